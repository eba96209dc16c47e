#!/usr/bin/env python3
"""Measure lmpath against a bare walk over the record headers and against the peers present.

usage: bench.py LMPATH DIR [--rounds N] [--scale X] [--only CASE,...] [--peers NAME,...]
       bench.py LMPATH DIR --long PACKETS

The generator, the walk and the captures (5 GB) are made in DIR and kept there. First, what lmpath
counts is compared with the generator's truth. Then each round runs every program once, in turn, so
that a busy spell of the machine hits all alike; the tables show medians of CPU seconds (user and
system). --long sends PACKETS packets through a pipe and tells the memory that they took.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

# name: scenario and packets of generate.c; more words for it
CASES = {
    'bulk': ('bulk', 10_000_000, []),
    'bulk-ng': ('bulk', 10_000_000, ['--pcapng']),
    'full': ('full', 1_500_000, []),
    'many': ('many', 5_000_000, []),
    'oneway': ('oneway', 10_000_000, []),
    'disorder': ('disorder', 10_000_000, []),
}
WITHOUT_PEERS = ('oneway', 'disorder')  # for comparing with bulk; some peers need hours for these
# {} is the capture, {T} an empty directory; the program named first must be there
PEERS = {
    'softflowd': 'softflowd -d -m 4000000 -p {T}/pid -c none -r {}',
    'ndpiReader': 'ndpiReader -q -C {T}/flows.csv -i {}',
    'nfpcapd+nfdump': "nfpcapd -e 3600,3600 -B 4194304 -t 86400 -w {T} -r {} && "
                      "nfdump -R {T} -q -N -a -o 'fmt:%sa %sp %da %dp %pkt %byt'",
    'argus+racluster': 'argus -A -J -r {} -w - | '
                       'racluster -n -r - -s saddr sport daddr dport spkts dpkts sbytes dbytes',
    'tcptrace': 'tcptrace -n {}',
    'tshark conv': 'tshark -r {} -q -z conv,tcp',
}
HERE = pathlib.Path(__file__).resolve().parent
SLOW_S = 10  # a program that takes longer runs once,
LIMIT_S = 300  # and one that takes longer than this is stopped
COUNTS = ('packets', 'wire_bytes', 'payload_bytes', 'stream_bytes', 'retransmitted_bytes',
          'missing_bytes')


def measure(command, *, stdin=None):
    """CPU seconds and peak memory in KiB of a command line and all that it waits for."""
    process = subprocess.Popen(command, shell=isinstance(command, str), stdin=stdin,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    err = process.stderr.read().decode(errors='replace')
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, process.returncode, err


def measure_lmpath(command, *, stdin=None):
    cpu, rss, code, err = measure(command, stdin=stdin)
    if code not in (0, 1, 3):
        sys.exit(f'{command}: exit code {code}: {err}')
    return cpu, rss


class Bench:
    def __init__(self, options):
        self.options = options
        self.lmpath = pathlib.Path(options.lmpath).resolve()
        self.data = pathlib.Path(options.dir)
        self.data.mkdir(parents=True, exist_ok=True)
        self.generate = self.build('generate')
        self.walk = self.build('walk')

    def build(self, name):
        program = (self.data / name).resolve()
        subprocess.run(['cc', '-std=c11', '-D_GNU_SOURCE', '-O2', '-Wall', '-Wextra', '-Werror',
                        '-Wno-missing-field-initializers', '-o', program, HERE / f'{name}.c'],
                       check=True)
        return program

    def make(self, case, packets):
        scenario, _, more = CASES[case]
        capture = self.data / f'{case}-{packets}.cap'
        truth = capture.with_suffix('.json')
        if not truth.exists():
            part = capture.with_suffix('.part')
            subprocess.run([self.generate, scenario, *more, '-n', str(packets), '-o', capture,
                            '--truth', part], check=True)
            part.rename(truth)
        with open(truth, encoding='utf-8') as f:
            return capture, json.load(f)

    def check(self, case, packets):
        """Every count of every connection against the generator's truth."""
        capture, truth = self.make(case, packets)
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / 'result.json'
            measure_lmpath([self.lmpath, 'analyze', '-q', '-f', 'json', '-o', out, capture])
            with open(out, encoding='utf-8') as f:
                result = json.load(f)
        found = {(c['client'], c['client_port'], c['server'], c['server_port']): c
                 for c in result['connections']}
        wrong = 0
        for t in truth['connections']:
            c = found.get((t['client'], t['client_port'], t['server'], t['server_port']))
            for half in ('client_to_server', 'server_to_client'):
                if c is None or any(c[half][k] != t[half][k] for k in COUNTS):
                    wrong += 1
        for half in ('client_to_server', 'server_to_client'):
            for k in COUNTS:
                wrong += sum(c[half][k] for c in found.values()) != truth[half][k]
        n = truth['connections_total']
        print(f'{case}: {n:,} connections in {truth["packets"]:,} packets, '
              + (f'{wrong} WRONG' if wrong or len(found) != n else 'every count exact'),
              flush=True)
        return wrong == 0 and len(found) == n

    def programs(self, case):
        chosen = {'walk': f'{self.walk} {{}}', 'lmpath': f'{self.lmpath} analyze -q {{}}'}
        for name, command in PEERS.items() if case not in WITHOUT_PEERS else ():
            if name in self.options.peers.split(',') and shutil.which(command.split()[0]):
                chosen[name] = command
        return chosen

    def run(self, case, packets):
        capture, truth = self.make(case, packets)
        runs = {}
        failed = {}
        for _ in range(self.options.rounds):
            for name, command in self.programs(case).items():
                if name in failed or runs.get(name, [(0, 0)])[0][0] > SLOW_S:
                    continue
                with tempfile.TemporaryDirectory() as folder:
                    line = command.replace('{}', str(capture)).replace('{T}', folder)
                    if name == 'lmpath':
                        one = measure_lmpath(line.split())
                    else:
                        cpu, rss, code, err = measure(f'ulimit -t {LIMIT_S}; {line}')
                        if code:
                            failed[name] = (err.strip().splitlines() or [f'exit code {code}'])[-1]
                            continue
                        one = cpu, rss
                runs.setdefault(name, []).append(one)
        self.table(case, capture, truth, runs, failed)

    def table(self, case, capture, truth, runs, failed):
        cpu = {name: statistics.median(c for c, _ in r) for name, r in runs.items()}
        print(f'\n{case}: {truth["packets"]:,} packets, {truth["connections_total"]:,} '
              f'connections, {capture.stat().st_size / 1e6:,.0f} MB\n')
        print('| program | runs | CPU s | least | ns a packet | x walk | x lmpath | peak MiB |')
        print('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
        for name, r in runs.items():
            print(f'| {name} | {len(r)} | {cpu[name]:.2f} | {min(c for c, _ in r):.2f} '
                  f'| {cpu[name] * 1e9 / truth["packets"]:.0f} | {cpu[name] / cpu["walk"]:.2f} '
                  f'| {cpu[name] / cpu["lmpath"]:.2f} | {max(m for _, m in r) / 1024:.0f} |')
        for name, why in failed.items():
            print(f'| {name} | failed: {why} |')
        if case == 'many':
            most = max(m for _, m in runs['lmpath']) * 1024
            print(f"\nall memory of lmpath by connection: "
                  f"{most / truth['connections_total']:,.0f} bytes")

    def long(self, packets):
        for n in (packets // 1000, packets):
            source = subprocess.Popen([self.generate, 'bulk', '-n', str(n)],
                                      stdout=subprocess.PIPE)
            cpu, rss = measure_lmpath([self.lmpath, 'analyze', '-q', '-'], stdin=source.stdout)
            source.stdout.close()
            source.wait()
            print(f'{n:,} packets through a pipe: {cpu:.2f} s of CPU, {rss / 1024:.1f} MiB at the '
                  'most')


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split('usage: ')[1].split('\n\n')[0])
    parser.add_argument('lmpath')
    parser.add_argument('dir')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--scale', type=float, default=1.0)
    parser.add_argument('--only', default=','.join(CASES))
    parser.add_argument('--peers', default=','.join(PEERS))
    parser.add_argument('--long', type=int)
    options = parser.parse_args()
    os.environ['PATH'] += ':/usr/sbin:/sbin'
    bench = Bench(options)
    if options.long:
        bench.long(options.long)
        return 0
    cases = [(case, int(CASES[case][1] * options.scale)) for case in options.only.split(',')]
    if options.rounds == 0:
        # a million connections as JSON are too much for this script: a tenth of them shows the same
        return 1 - all([bench.check(case, n // 10 if case == 'many' else n) for case, n in cases])
    # The check in a process of its own: a child's peak memory begins with what its parent has.
    check = subprocess.run([sys.executable, __file__, options.lmpath, options.dir, '--rounds', '0',
                            '--scale', str(options.scale), '--only', options.only], check=False)
    for case, n in cases:
        bench.run(case, n)
    return check.returncode


if __name__ == '__main__':
    sys.exit(main())
