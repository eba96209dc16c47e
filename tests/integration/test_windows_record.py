"""The Windows build records: lmpath.exe and lmpathd.exe under Wine, whose wpcap.dll captures real
packets, over two networks between two network namespaces that are made here.

LMPATH holds the command that starts lmpath.exe, LMPATHD the path of lmpathd.exe. Needs root and ip.
What Wine can't show: the real Npcap, the counters of RDMA and Hyper-V, access lists, PowerShell.
"""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import lmpath

WINE = lmpath.ROOT / 'tools/windows/wine.sh'
SUBNETS = {'mgmt0': '10.97.10', 'stor1': '10.97.20', 'away0': '10.97.30'}
NICS = ('mgmt0', 'stor1')
NETWORKS = ('-n', 'Management=10.97.10.0/24', '-n', 'Storage1=10.97.20.0/24')
MEMORY = 32 << 20
TEXT = b'GUEST-MEMORY-MUST-NOT-BE-KEPT...'
TIMEOUT_S = 120

SERVER = '''
import socket
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(('', 6600))
    s.listen()
    print('ready', flush=True)
    while True:
        with s.accept()[0] as c:
            while c.recv(1 << 20):
                pass
'''
# lmpath's command under Wine is a Windows program, so the memory is moved beside it.
MOVE = '''
import socket, sys
text, left = sys.argv[2].encode() * 32768, int(sys.argv[3])
with socket.create_connection((sys.argv[1], 6600), 10) as s:
    while left:
        s.sendall(text[:left])
        left -= min(left, len(text))
    s.shutdown(socket.SHUT_WR)
    s.recv(1)
'''
BEAT = '''
import socket, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.sendto(b'beat', (sys.argv[1], 3343))
'''


def windows(path):
    """A path of this machine as Wine's programs know it."""
    return 'Z:' + str(path).replace('/', '\\')


def until(what, limit_s=30):
    """What a function returns, once that is something."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError('nothing happened in time')


class Windows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        cls.addClassCleanup(cls.stack.close)
        folder = cls.stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        cls.environment = {**os.environ, 'LMPATH_WINE': folder + '/wine',
                           'LMPATHD': windows(os.environ['LMPATHD'])}
        cls.hosts = [f'lmwin{os.getpid()}{side}' for side in 'ab']
        for host in cls.hosts:
            subprocess.run(['ip', 'netns', 'add', host], check=True)
            cls.stack.callback(subprocess.run, ['ip', 'netns', 'del', host], check=True)
            cls.ip(host, 'link', 'set', 'lo', 'up')
        for nic in NICS:
            cls.join(nic)
        server = cls.stack.enter_context(subprocess.Popen(
            cls.on(1, sys.executable, '-c', SERVER), stdout=subprocess.PIPE))
        cls.stack.callback(server.kill)
        server.stdout.readline()
        cls.wine('--start')
        cls.stack.callback(cls.wine, '--stop')

    @classmethod
    def wine(cls, action):
        # its server keeps what it inherits: no pipes
        subprocess.run(cls.on(0, WINE, action), env=cls.environment, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=TIMEOUT_S, check=False)

    @staticmethod
    def ip(host, *words):
        subprocess.run(['ip', '-n', host, *words], check=True)

    @classmethod
    def join(cls, nic):
        here, there = cls.hosts
        cls.ip(here, 'link', 'add', nic, 'type', 'veth', 'peer', nic, 'netns', there)
        for last, host in enumerate(cls.hosts, 1):
            cls.ip(host, 'address', 'add', f'{SUBNETS[nic]}.{last}/24', 'dev', nic)
            cls.ip(host, 'link', 'set', nic, 'up')

    @classmethod
    def on(cls, number, *command):
        return ['ip', 'netns', 'exec', cls.hosts[number], *map(str, command)]

    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = pathlib.Path(self.scratch.name)
        self.session = self.folder / 'session'

    def start(self, *command, **environment):
        return subprocess.Popen(self.on(0, *command), cwd=self.folder, text=True,
                                env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self, process):
        out, err = process.communicate(timeout=TIMEOUT_S)
        return process.returncode, out, err

    def lmpath(self, *args, **environment):
        return self.finish(self.start(*lmpath.program(), *args, **environment))

    def lmpathd(self, *args, **environment):
        return self.start(WINE, os.environ['LMPATHD'], *args, **environment)

    def move(self, nic):
        subprocess.run(self.on(0, sys.executable, '-c', MOVE, SUBNETS[nic] + '.2', TEXT.decode(), MEMORY),
                       timeout=TIMEOUT_S, check=True)

    def beat(self, nic):
        """One heartbeat. Wine's pcap_next_ex waits for a packet without end, where Npcap's returns
        after its timeout: with nothing more to come, what was read before is kept waiting, too."""
        subprocess.run(self.on(0, sys.executable, '-c', BEAT, SUBNETS[nic] + '.2'), timeout=TIMEOUT_S,
                       check=True)

    def read(self, name):
        return json.loads((self.session / name).read_text())

    def run_beside(self, nic, *words, **environment):
        """lmpath run, whose command takes a while in which the memory moves."""
        process = self.start(*lmpath.program(), 'run', *NETWORKS, '-w', 'session', '-e', 'Storage1',
                             '-f', 'json', '--', *words, **environment)
        until(lambda: self.command_has_begun() or process.poll() is not None)
        self.move(nic)
        return self.finish(process)

    def command_has_begun(self):
        try:
            return self.read('session.json')['commands']
        except (OSError, ValueError):
            return []

    def check_run(self, nic, network, verdict, status):
        code, out, err = self.run_beside(nic, 'cmd.exe', '/c', 'ping -n 6 127.0.0.1 >nul & exit 7')
        self.assertEqual(code, status, err)
        result, session = json.loads(out), self.read('session.json')
        self.assertEqual(result['verdict'], verdict)
        self.assertEqual([t['bytes'] for t in result['transfers']], [MEMORY])
        self.assertEqual(result['transfers'][0]['networks'][0]['name'], network)
        self.assertEqual(session['state'], 'complete')
        self.assertEqual(session['commands'][0]['status'], 7)
        nics = {n['name']: n for n in session['interfaces']}
        self.assertTrue(nics[nic]['captured'])
        self.assertIn(f'{SUBNETS[nic]}.1/24', nics[nic]['addresses'])
        self.check_counters(nics, nic)
        for path in self.session.iterdir():
            self.assertFalse(TEXT[:8] in path.read_bytes(), path.name)

    def check_counters(self, nics, nic):
        lines = [json.loads(line) for line in (self.session / 'counters.jsonl').read_text().splitlines()[1:]]
        place = list(nics).index(nic)
        sent = [row['tx_bytes'] for line in lines for row in line['nics'] if row['nic'] == place]
        self.assertGreater(sent[-1] - sent[0], MEMORY)
        self.assertLess(sent[-1] - sent[0], 1.05 * MEMORY)

    def test_lists_nics(self):
        code, out, err = self.finish(self.lmpathd('-D', *NETWORKS))
        self.assertEqual((code, err), (0, ''))
        for nic in NICS:
            self.assertIn(nic, out)
            self.assertIn(f'{SUBNETS[nic]}.1/24', out)
        self.assertEqual(out.count('can be captured; these options choose it'), len(NICS), out)

    def test_tells_the_right_network(self):
        self.check_run('stor1', 'Storage1', 'right-network', 0)

    def test_tells_the_wrong_network(self):
        self.check_run('mgmt0', 'Management', 'wrong-network', 1)

    def test_records_until_ctrl_c(self):
        process = self.start(*lmpath.program(), 'record', *NETWORKS, '-w', 'session')
        until(lambda: (self.session / 'session.json').exists())
        self.move('stor1')
        time.sleep(1)
        self.interrupt('lmpath.exe')
        code, out, err = self.finish(process)
        self.assertEqual((code, out.strip()), (0, 'session'), err)
        self.assertEqual(self.read('session.json')['state'], 'complete')

    def interrupt(self, name):
        """Ctrl-C for the Windows program of that name which this test started."""
        found = subprocess.run(['ip', 'netns', 'pids', self.hosts[0]], capture_output=True, text=True,
                               check=True).stdout.split()
        for pid in found:
            words = pathlib.Path(f'/proc/{pid}/cmdline').read_bytes().split(b'\0')
            if words[0].endswith(name.encode()):
                os.kill(int(pid), signal.SIGINT)

    def warned(self, text):
        return any(text in warning for warning in self.read('session.json')['warnings'])

    def test_captures_a_nic_again_that_was_away(self):
        # one of its own, since Wine doesn't learn the addresses of one that came back
        nic, networks = 'away0', ('-n', f'Away={SUBNETS["away0"]}.0/24')
        self.join(nic)
        self.addCleanup(self.ip, self.hosts[0], 'link', 'del', nic)
        process = self.lmpathd('-w', 'session', *networks)
        until(lambda: (self.session / 'session.json').exists())
        self.ip(self.hosts[0], 'link', 'del', nic)
        until(lambda: self.warned(f"'{nic}': the NIC went away"))
        self.join(nic)
        until(lambda: self.warned(f"'{nic}': the NIC is back"))
        self.move(nic)
        self.interrupt('lmpathd.exe')
        self.assertEqual(self.finish(process)[0], 0)
        code, out, err = self.lmpath('analyze', *networks, '-e', 'Away', '-f', 'json', 'session')
        self.assertEqual(code, 0, err)
        self.assertEqual([t['bytes'] for t in json.loads(out)['transfers']], [MEMORY])

    def test_stays_and_is_talked_to(self):
        daemon = self.lmpathd('--service', '-w', 'sessions', *NETWORKS)
        self.addCleanup(self.finish, daemon)
        self.addCleanup(self.interrupt, 'lmpathd.exe')
        until(lambda: self.lmpath('ctl', 'status')[0] == 0)
        self.move('stor1')
        sessions = until(lambda: self.beat('stor1') or
                         list(self.folder.glob('sessions/*/session.json')))
        self.assertEqual(self.lmpath('ctl', 'mark', 'in time')[0], 0)
        self.assertEqual(self.lmpath('ctl', 'stop')[0], 0)
        code, out, err = self.lmpath('ctl', 'sessions')
        self.assertEqual(code, 0, err)
        self.assertIn(sessions[0].parent.name, out)
        session = json.loads(sessions[0].read_text())
        self.assertEqual([mark['text'] for mark in session['marks']], ['in time'])
        code, out, _ = self.lmpath('analyze', '-e', 'Storage1', *NETWORKS, '-f', 'json',
                                   sessions[0].parent.relative_to(self.folder).as_posix())
        self.assertEqual((code, json.loads(out)['verdict']), (0, 'right-network'))

    def test_counts_where_npcap_is_missing(self):
        code, out, err = self.run_beside('stor1', 'cmd.exe', '/c', 'ping -n 6 127.0.0.1 >nul',
                                         LMPATH_WINE_WITHOUT='wpcap')
        self.assertEqual(code, 3, err)
        self.assertRegex(err, r'(?m)^lmpath: warning: Npcap is not installed[^\n]*$')
        nics = {n['name']: n for n in self.read('session.json')['interfaces']}
        self.assertFalse(any(n['captured'] for n in nics.values()))
        self.assertIn('Npcap is not installed', nics['stor1']['problem'])
        self.check_counters(nics, 'stor1')

    def test_stays_only_where_it_can_capture(self):
        code, out, err = self.finish(self.lmpathd('--service', '-w', 'sessions', *NETWORKS,
                                                  LMPATH_WINE_WITHOUT='wpcap'))
        self.assertEqual((code, out), (2, ''))
        self.assertRegex(err, r'\Almpathd: Npcap is not installed[^\n]*\n\Z')

    def test_replays_without_npcap(self):
        code, out, _ = self.lmpath('analyze', '-e', 'Storage1', '-n', 'Storage1=10.20.0.0/24', '-f',
                                   'json', windows(lmpath.CAPTURES / 'a_right_storage'),
                                   LMPATH_WINE_WITHOUT='wpcap')
        self.assertEqual((code, json.loads(out)['verdict']), (0, 'right-network'))


if __name__ == '__main__':
    if os.geteuid() or not shutil.which('ip'):
        print('skipped:', 'needs root' if os.geteuid() else 'not installed: ip')
        sys.exit(77)
    unittest.main()
