#!/usr/bin/env python3
"""Measure lmpathd against dumpcap and tcpdump while iperf3 sends on TCP/6600.

usage: capture.py LMPATHD [--rounds N] [--seconds S] [--case NAME,...] [--idle S]

As root, on Linux. Two hosts out of network namespaces, made here and removed at the end, three veth
pairs between them. Each round runs every program once, in turn, with lmpathd's filter and snap
length 128; the tables show medians. --idle tells what a resident lmpathd uses when nothing moves.
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

# name: NICs, segmentation offload, what it is
CASES = {
    'offload': (1, True, 'one NIC, frames up to 64 KiB'),
    'frames': (1, False, 'one NIC, 1500-byte frames'),
    'three': (3, True, 'three NICs at once, frames up to 64 KiB'),
    'three-frames': (3, False, 'three NICs at once, 1500-byte frames'),
}
SNAP = '128'
OFFLOADS = ('tso', 'gso', 'gro')
PORT = '6600'
START_LIMIT_S = 10


def run(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


class Hosts:
    """Two namespaces; nic(i) of the first reaches address(i) of the second."""

    def __init__(self, nics):
        self.names = [f'lmbench-{os.getpid()}-{side}' for side in 'ab']
        self.nics = nics
        self.servers = []

    def __enter__(self):
        try:
            for name in self.names:
                run('ip', 'netns', 'add', name)
            for i in range(self.nics):
                self.join(i)
        except subprocess.CalledProcessError as e:
            self.__exit__()
            sys.exit(e.stderr.strip())
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.kill()
            server.wait()
        for name in self.names:
            subprocess.run(['ip', 'netns', 'del', name], capture_output=True, check=False)

    def join(self, i):
        a, b = self.names
        run('ip', 'link', 'add', self.nic(i), 'netns', a, 'type', 'veth', 'peer', self.nic(i),
            'netns', b)
        for host, last in ((a, 1), (b, 2)):
            self.on(host, 'ip', 'address', 'add', f'10.20.{i}.{last}/24', 'dev', self.nic(i))
            self.on(host, 'ip', 'link', 'set', self.nic(i), 'up')
        self.servers.append(subprocess.Popen(
            self.prefix(b) + ['iperf3', '-s', '-p', PORT, '-B', self.address(i)],
            stdout=subprocess.DEVNULL))

    def set_offload(self, on):
        for host in self.names:
            for i in range(self.nics):
                self.on(host, 'ethtool', '-K', self.nic(i),
                        *(word for o in OFFLOADS for word in (o, 'on' if on else 'off')))

    @staticmethod
    def prefix(host):
        return ['ip', 'netns', 'exec', host]

    def on(self, host, *command):
        run(*self.prefix(host), *command)

    @staticmethod
    def nic(i):
        return f'stor{i}'

    @staticmethod
    def address(i):
        return f'10.20.{i}.2'

    def send(self, seconds):
        """On all NICs at once. Returns the bits per second of all together."""
        clients = [subprocess.Popen(self.prefix(self.names[0])
                                    + ['iperf3', '-J', '-c', self.address(i), '-p', PORT, '-t', str(seconds)],
                                    stdout=subprocess.PIPE, text=True) for i in range(self.nics)]
        sent = [json.loads(client.communicate()[0]) for client in clients]
        for one in sent:
            if 'error' in one:
                sys.exit(f'iperf3: {one["error"]}')
        return sum(one['end']['sum_received']['bits_per_second'] for one in sent)


class Capture:
    """A program that captures on some NICs until finish(), which tells what it saw and lost."""

    ready = ''

    def __init__(self, hosts, folder, program, filter_text):
        self.folder = folder
        self.lines = []
        self.process = subprocess.Popen(
            hosts.prefix(hosts.names[0]) + self.command(hosts, program, filter_text),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.reader = threading.Thread(target=lambda: self.lines.extend(self.process.stdout))
        self.reader.start()
        end = time.monotonic() + START_LIMIT_S
        while self.ready not in self.text():
            if self.process.poll() is not None or time.monotonic() > end:
                sys.exit(f'{program} does not start: {self.text().strip()}')
            time.sleep(0.05)
        time.sleep(0.2)

    def text(self):
        return ''.join(self.lines)

    def stop(self):
        self.process.send_signal(signal.SIGINT)

    def finish(self):
        """CPU seconds, peak memory in KiB, packets stored, packets lost."""
        self.stop()
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.reader.join()
        self.process.stdin.close()
        self.process.stdout.close()
        stored, lost = self.counts()
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, stored, lost

    def numbers(self, pattern):
        return sum(int(n) for n in re.findall(pattern, self.text()))


class Lmpathd(Capture):
    ready = '"start"'

    def command(self, hosts, program, filter_text):
        nics = [word for i in range(hosts.nics) for word in ('-i', hosts.nic(i))]
        return [program, '--stdio', '-w', str(self.folder / 'session'), '-s', SNAP, *nics]

    def stop(self):
        self.process.stdin.write('{"id": 1, "action": "stop"}\n')
        self.process.stdin.flush()

    def session(self):
        with open(self.folder / 'session/session.json', encoding='utf-8') as f:
            return json.load(f)

    def counts(self):
        nics = [nic for nic in self.session()['interfaces'] if nic['captured']]
        return (sum(nic['stored_packets'] for nic in nics),
                sum(nic[drops] or 0 for nic in nics for drops in
                    ('dropped_kernel', 'dropped_ring', 'dropped_interface')))

    def filter_text(self):
        return next(nic['filter'] for nic in self.session()['interfaces'] if nic['captured'])


class Dumpcap(Capture):
    ready = 'File:'

    def command(self, hosts, program, filter_text):
        nics = [word for i in range(hosts.nics)
                for word in ('-i', hosts.nic(i), '-f', filter_text, '-s', SNAP)]
        return [program, *nics, '-w', str(self.folder / 'capture.pcapng')]

    def counts(self):
        return self.numbers(r'Packets captured: (\d+)'), self.numbers(r"interface '.*': \d+/(\d+) ")


class Tcpdump(Capture):
    ready = 'listening on'

    def command(self, hosts, program, filter_text):
        return [program, '-i', hosts.nic(0), '-s', SNAP, '-w', str(self.folder / 'capture.pcap'), filter_text]

    def counts(self):
        return (self.numbers(r'(\d+) packets captured'),
                self.numbers(r'(\d+) packets dropped by kernel'))


PROGRAMS = {'lmpathd': Lmpathd, 'dumpcap': Dumpcap, 'tcpdump': Tcpdump}


def once(hosts, name, program, filter_text, seconds):
    with tempfile.TemporaryDirectory() as folder:
        capture = PROGRAMS[name](hosts, pathlib.Path(folder), program, filter_text)
        rate = hosts.send(seconds)
        one = capture.finish()
        if name == 'lmpathd':
            filter_text = capture.filter_text()
    return (rate, *one), filter_text


def measure(options, case):
    n_nics, offload, what = CASES[case]
    paths = {'lmpathd': options.lmpathd}
    for name in ('dumpcap', 'tcpdump') if n_nics == 1 else ('dumpcap',):
        if shutil.which(name):
            paths[name] = shutil.which(name)
    runs = {name: [] for name in paths}
    filter_text = ''
    with Hosts(n_nics) as hosts:
        hosts.set_offload(offload)
        hosts.send(1)
        for _ in range(options.rounds):
            for name, path in paths.items():
                one, filter_text = once(hosts, name, path, filter_text, options.seconds)
                runs[name].append(one)
    print(f'\n{case}: {what}, {options.rounds} rounds of {options.seconds} s')
    print(f'{"":10} {"Gbit/s":>7} {"packets/s":>10} {"us/packet":>10} {"least":>6} {"lost %":>8} {"MiB":>6}')
    for name, rows in runs.items():
        cost = [1e6 * cpu / max(stored, 1) for _, cpu, _, stored, _ in rows]
        lost = sum(row[4] for row in rows) / max(sum(row[3] + row[4] for row in rows), 1)
        print(f'{name:10} {statistics.median(row[0] for row in rows) / 1e9:7.1f} '
              f'{statistics.median(row[3] for row in rows) / options.seconds:10,.0f} '
              f'{statistics.median(cost):10.3f} {min(cost):6.3f} {100 * lost:8.3f} '
              f'{max(row[2] for row in rows) / 1024:6.1f}', flush=True)


def measure_idle(options):
    """Share of a core and memory of a resident lmpathd."""
    with Hosts(3) as hosts, tempfile.TemporaryDirectory() as folder:
        nics = [word for i in range(3) for word in ('-i', hosts.nic(i))]
        log = open(pathlib.Path(folder) / 'log', 'w', encoding='utf-8')
        process = subprocess.Popen(
            hosts.prefix(hosts.names[0]) + [options.lmpathd, '--service', '--control', folder + '/control',
                                            '-w', folder + '/sessions', *nics],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        with contextlib.ExitStack() as stack:
            stack.callback(process.kill)
            time.sleep(2)
            if process.poll() is not None:
                sys.exit('lmpathd --service does not start')
            before = ticks(process.pid)
            time.sleep(options.idle)
            share = (ticks(process.pid) - before) / os.sysconf('SC_CLK_TCK') / options.idle
            with open(f'/proc/{process.pid}/status', encoding='utf-8') as f:
                kib = int(re.search(r'VmRSS:\s+(\d+)', f.read())[1])
        process.wait()
        log.close()
    print(f'\nidle, three NICs, {options.idle} s: {100 * share:.2f} % of a core, {kib / 1024:.1f} MiB')


def ticks(pid):
    with open(f'/proc/{pid}/stat', encoding='utf-8') as f:
        fields = f.read().rpartition(')')[2].split()
    return int(fields[11]) + int(fields[12])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('lmpathd')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--seconds', type=int, default=4)
    parser.add_argument('--case', default=','.join(CASES))
    parser.add_argument('--idle', type=int, default=0)
    options = parser.parse_args()
    options.lmpathd = os.path.abspath(options.lmpathd)
    missing = [name for name in ('ip', 'ethtool', 'iperf3') if not shutil.which(name)]
    if os.geteuid() or missing:
        sys.exit('needs root' if os.geteuid() else f'not installed: {", ".join(missing)}')
    if options.idle:
        measure_idle(options)
    else:
        for case in options.case.split(','):
            measure(options, case)


if __name__ == '__main__':
    main()
