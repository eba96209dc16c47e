"""lmpath with the real lmpathd: run, record, watch, interfaces and ctl, over two networks between two
network namespaces, which are made here and removed at the end.

LMPATHD holds lmpathd's path, which lmpath takes it from, too. Needs root, Linux and ip.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import lmpath

SKIPPED = 77
TIMEOUT_S = 60
NOBODY = 65534
MEMORY = 64 << 20
SUBNETS = {'mgmt0': '10.98.10', 'stor1': '10.98.20'}
NETWORKS = ('-n', 'Management=10.98.10.0/24', '-n', 'Storage1=10.98.20.0/24')

SERVER = '''
import socket, threading
def eat(c):
    while c.recv(1 << 20):
        pass
    c.close()
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(('', 6600))
    s.listen()
    print('ready', flush=True)
    while True:
        threading.Thread(target=eat, args=(s.accept()[0],), daemon=True).start()
'''
MOVE = '''
import socket, sys, time
pace_s = float(sys.argv[3]) if len(sys.argv) > 3 else 0
with socket.create_connection((sys.argv[1], 6600), 10) as s:
    for _ in range(int(sys.argv[2]) >> 20):
        s.sendall(bytes(1 << 20))
        time.sleep(pace_s)
    s.shutdown(socket.SHUT_WR)
    s.recv(1)
'''


def ip(*words):
    subprocess.run(('ip', *words), check=True, capture_output=True)


class Hosts:
    """Two namespaces with two networks between them; on each a server takes what comes."""

    def __init__(self):
        self.names = [f'lmrecord-{os.getpid()}-{side}' for side in 'ab']
        self.servers = []

    def up(self):
        for name in self.names:
            ip('netns', 'add', name)
            ip('-n', name, 'link', 'set', 'lo', 'up')
        for nic, subnet in SUBNETS.items():
            ip('link', 'add', nic, 'netns', self.names[0], 'type', 'veth', 'peer', 'name', nic,
               'netns', self.names[1])
            for number, name in enumerate(self.names, 1):
                ip('-n', name, 'address', 'add', f'{subnet}.{number}/24', 'dev', nic)
                ip('-n', name, 'link', 'set', nic, 'up')
        for name in self.names:
            server = subprocess.Popen(self.on(name, sys.executable, '-c', SERVER),
                                      stdout=subprocess.PIPE, text=True)
            self.servers.append(server)
            server.stdout.readline()

    def on(self, name, *argv):
        return ['ip', 'netns', 'exec', name, *map(str, argv)]

    def down(self):
        for server in self.servers:
            server.kill()
            server.communicate()
        for name in self.names:
            subprocess.run(('ip', 'netns', 'delete', name), capture_output=True)


hosts = Hosts()


def setUpModule():
    unittest.addModuleCleanup(hosts.down)
    hosts.up()


def move(nic, back=False, n_bytes=MEMORY, pace_s=0):
    """The command that moves memory there, or back, over the network of a NIC."""
    target = f'{SUBNETS[nic]}.{1 if back else 2}'
    argv = [sys.executable, '-c', MOVE, target, str(n_bytes), str(pace_s)]
    return hosts.on(hosts.names[1], *argv) if back else argv


class Recorded(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def start(self, *args, **options):
        argv = hosts.on(hosts.names[0], *lmpath.program(), *args)
        process = subprocess.Popen(argv, cwd=self.folder, text=True, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        with contextlib.suppress(ValueError):  # has been read to its end
            process.communicate()

    def finish(self, process):
        out, err = process.communicate(timeout=TIMEOUT_S)
        return process.returncode, out, err

    def lmpath(self, *args):
        return self.finish(self.start(*args))

    def result(self, session='s'):
        return json.loads((self.folder / session / 'result.json').read_text())

    def wait_for(self, condition, what):
        deadline = time.monotonic() + TIMEOUT_S
        while not condition():
            self.assertLess(time.monotonic(), deadline, f'waited for {what}')
            time.sleep(0.05)

    def recording(self, session='s', *args):
        """An lmpath record that has begun."""
        process = self.start('record', '-q', '-w', session, *NETWORKS, *args)
        self.wait_for(lambda: (self.folder / session / 'session.json').exists(), 'the session')
        return process


    def kill_lmpathd(self):
        """The one that writes into this test's folder."""
        for process in pathlib.Path('/proc').glob('[0-9]*'):
            with contextlib.suppress(OSError):
                if os.readlink(process / 'cwd') == str(self.folder) and \
                        os.path.samefile(process / 'exe', os.environ['LMPATHD']):
                    os.kill(int(process.name), signal.SIGKILL)


class Run(Recorded):
    def test_right_and_wrong(self):
        for nic, code, verdict in ('stor1', 0, 'right-network'), ('mgmt0', 1, 'wrong-network'):
            got, out, err = self.lmpath('run', '-w', nic, *NETWORKS, '-e', 'Storage1', '--',
                                        *move(nic))
            result = self.result(nic)
            self.assertEqual((got, result['verdict']), (code, verdict), out + err)
            self.assertAlmostEqual(result['transfers'][0]['bytes'], MEMORY, delta=MEMORY / 1000)
            command = result['sessions'][0]['commands'][0]
            self.assertEqual((command['words'][-2], command['status']), (str(MEMORY), 0))
            counted = {c['name']: c['counters'] for c in result['counted_interfaces']}
            self.assertGreater(counted[nic]['tx_bytes'], MEMORY)
            again, _, _ = self.lmpath('analyze', nic, *NETWORKS, '-e', 'Storage1')
            self.assertEqual(again, code)

    def test_the_way_back_is_another(self):
        code, out, err = self.lmpath('run', '-w', 's', *NETWORKS, '-e', 'Storage1', '--repeat', 2,
                                     '--', *move('stor1'), '--reverse', '--',
                                     *move('mgmt0', back=True))
        result = self.result()
        self.assertEqual((code, result['symmetric']), (1, False), out + err)
        self.assertEqual([(way['transfers'], way['networks'][0]['name'])
                          for way in result['directions']],
                         [(2, 'Storage1'), (2, 'Management')])
        self.assertIn('LM108', [finding['id'] for finding in result['findings']])

    def test_both_ways_the_same(self):
        code, out, err = self.lmpath('run', '-w', 's', *NETWORKS, '-e', 'Storage1', '--',
                                     *move('stor1'), '--reverse', '--', *move('stor1', back=True))
        self.assertEqual((code, self.result()['symmetric']), (0, True), out + err)

    def test_what_was_recorded_before_lmpathd_was_killed_is_judged(self):
        process = self.start('run', '-w', 's', *NETWORKS, '-e', 'Storage1', '--',
                             *move('mgmt0', pace_s=0.05))
        self.wait_for(lambda: self.recorded_bytes('s') > 1 << 16, 'traffic')
        time.sleep(1.5)  # lmpathd keeps at most a second to itself
        self.kill_lmpathd()
        code, out, err = self.finish(process)
        self.assertEqual(code, 1, out + err)
        self.assertIn('ended by signal 9', err)
        self.assertEqual(self.result()['sessions'][0]['complete'], False)

    def recorded_bytes(self, session):
        capture = self.folder / session / 'capture.pcapng'
        return capture.stat().st_size if capture.exists() else 0

    def test_a_command_that_moves_nothing(self):
        code, out, _ = self.lmpath('run', '-w', 's', *NETWORKS, '-e', 'Storage1', '--', 'true')
        self.assertEqual((code, self.result()['verdict']), (3, 'no-migration'), out)

    def test_events_have_the_connection_before_the_end(self):
        code, out, err = self.lmpath('run', '-q', '-w', 's', '-o', 'verdict.txt', '--events', '-',
                                     *NETWORKS, '-e', 'Storage1', '--', *move('stor1'))
        self.assertEqual(code, 0, err)
        events = [json.loads(line) for line in out.splitlines()]
        self.assertEqual((events[0]['event'], events[-1]['event']), ('start', 'end'))
        found = [e for e in events if e['event'] == 'connection' and e['server_port'] == 6600]
        self.assertEqual(len(found), 1)
        self.assertEqual((found[0]['server'], found[0]['network']), ('10.98.20.2', 'Storage1'))


class Record(Recorded):
    def test_until_ctrl_c(self):
        process = self.recording()
        subprocess.run(hosts.on(hosts.names[0], *move('mgmt0')), check=True)
        process.send_signal(signal.SIGINT)
        code, out, err = self.finish(process)
        self.assertEqual((code, out), (0, 's\n'), err)
        code, out, _ = self.lmpath('analyze', 's', '-e', 'Storage1', *NETWORKS)
        self.assertEqual(code, 1, out)

    def test_when_lmpath_is_killed_nothing_is_lost(self):
        process = self.recording()
        subprocess.run(hosts.on(hosts.names[0], *move('stor1')), check=True)
        process.kill()
        process.communicate()
        self.wait_for(lambda: json.loads((self.folder / 's/session.json').read_text())['state']
                      == 'complete', 'lmpathd to complete the session')
        code, out, _ = self.lmpath('analyze', 's', '-e', 'Storage1', *NETWORKS)
        self.assertEqual(code, 0, out)

    def test_what_can_not_be_is_one_line(self):
        (self.folder / 'there').mkdir()
        for args, part in ((('-i', 'nowhere0'), 'nowhere0'), (('-w', 'there'), 'there'),
                           (('-s', 'much'), 'much'), (('-a', 'sometime:5'), 'sometime')):
            code, out, err = self.lmpath('record', *args)
            self.assertEqual((code, out), (2, ''), args)
            self.assertEqual(err.count('\n'), 1, err)
            self.assertIn(part, err)

    def test_without_rights_it_says_what_to_do(self):
        self.folder.chmod(0o777)
        copies = [shutil.copy(path, self.folder)
                  for path in (lmpath.program()[0], os.environ['LMPATHD'])]
        done = subprocess.run(['ip', 'netns', 'exec', hosts.names[0], 'setpriv', f'--reuid={NOBODY}',
                               f'--regid={NOBODY}', '--clear-groups', copies[0], 'record'],
                              cwd=self.folder, capture_output=True, text=True, timeout=TIMEOUT_S,
                              env={**os.environ, 'LMPATHD': copies[1]})
        self.assertEqual((done.returncode, done.stdout), (2, ''))
        self.assertEqual(done.stderr.count('\n'), 1, done.stderr)
        self.assertRegex(done.stderr, 'root|cap_net_raw')


class Watch(Recorded):
    def test_lines_while_it_runs_and_a_verdict_at_its_end(self):
        self.recording('s', '-a', 'duration:6')
        watcher = self.start('watch', 's', *NETWORKS, '-e', 'Storage1')
        subprocess.run(hosts.on(hosts.names[0], *move('mgmt0', n_bytes=32 << 20, pace_s=0.1)),
                       check=True)
        code, out, err = self.finish(watcher)
        self.assertEqual(code, 1, out + err)
        rates = re.findall(r'^\d\d:\d\d:\d\d\.\d+  wrong-network so far, Management .* at [1-9]',
                           out, re.MULTILINE)
        self.assertTrue(rates, out)
        self.assertIn('\nWRONG NETWORK', out)

    def test_leaves_the_recording_alone(self):
        recording = self.recording()
        watcher = self.start('watch', 's')
        watcher.stdout.readline()
        watcher.send_signal(signal.SIGINT)
        code, _, err = self.finish(watcher)
        self.assertEqual(code, 3, err)
        self.assertIsNone(recording.poll())
        recording.send_signal(signal.SIGINT)
        self.assertEqual(self.finish(recording)[0], 0)

    def test_a_recording_that_broke_off(self):
        self.start('record', '-q', '-w', 's', *NETWORKS)
        counters = self.folder / 's/counters.jsonl'
        self.wait_for(lambda: counters.exists() and counters.read_text().count('\n') > 3, 'counts')
        self.kill_lmpathd()
        code, out, err = self.lmpath('watch', 's', *NETWORKS)
        self.assertEqual(code, 3, out)
        self.assertIn('broken off', err)

    def test_no_session(self):
        code, out, err = self.lmpath('watch', 'nothing')
        self.assertEqual((code, out), (2, ''))
        self.assertEqual(err, "lmpath: 'nothing' is no session: there is no session.json in it\n")


class Interfaces(Recorded):
    def test_lists_what_would_be_recorded(self):
        code, out, err = self.lmpath('interfaces', '-n', 'Storage1=10.98.20.0/24')
        self.assertEqual(code, 0, err)
        rows = {line.split()[0]: line for line in out.splitlines()[1:]}
        self.assertRegex(rows['stor1'], r'Storage1 .*10\.98\.20\.1/24.* 1500  yes$')
        self.assertRegex(rows['mgmt0'], r' no')
        self.assertEqual(self.lmpath('record', '-D', '-n', 'Storage1=10.98.20.0/24')[1], out)

    def test_json(self):
        code, out, _ = self.lmpath('interfaces', '-f', 'json')
        self.assertEqual(json.loads(out)['event'], 'interfaces')


class Resident(Recorded):
    def setUp(self):
        super().setUp()
        self.socket = self.folder / 'control'
        service = subprocess.Popen(
            hosts.on(hosts.names[0], os.environ['LMPATHD'], '--service', '--control', self.socket,
                     '-w', self.folder / 'sessions', *NETWORKS),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(service.wait)
        self.addCleanup(service.terminate)
        self.wait_for(self.socket.exists, 'the socket')

    def ctl(self, *args):
        code, out, err = self.lmpath('ctl', '--control', self.socket, *args)
        self.assertEqual(code, 0, err)
        return out

    def test_a_session_by_hand(self):
        self.assertRegex(self.ctl('status'), r'(?m)^state +watching$')
        session = self.ctl('start', 'byhand').split()[1]
        self.assertRegex(self.ctl('status'), r'(?m)^state +recording$')
        self.ctl('mark', 'before the patch')
        watcher = self.start('watch', '--control', self.socket)
        watcher.stdout.readline()
        self.assertEqual(self.ctl('stop').split()[1], session)
        self.assertEqual(self.finish(watcher)[0], 3)
        self.assertIn(session, self.ctl('sessions'))
        answer = json.loads(self.ctl('-f', 'json', 'sessions'))
        self.assertEqual([s['state'] for s in answer['sessions']], ['complete'])
        marks = json.loads(pathlib.Path(session, 'session.json').read_text())['marks']
        self.assertEqual([mark['text'] for mark in marks], ['before the patch'])

    def test_what_it_refuses(self):
        for args, part in ((('stop',), 'stop'), (('start', '../x'), 'start')):
            code, out, err = self.lmpath('ctl', '--control', self.socket, *args)
            self.assertEqual((code, out), (2, ''), args)
            self.assertEqual(err.count('\n'), 1, err)
            self.assertIn(f'refuses to {part}', err)


if __name__ == '__main__':
    if sys.platform != 'linux' or os.geteuid() != 0 or not shutil.which('ip'):
        print('skipped: needs root, Linux and ip')
        sys.exit(SKIPPED)
    unittest.main()
