"""lmpathd as a process: what it records, what it answers, and what it does in bad times.

Two network namespaces joined by a veth pair are made here and removed at the end. Needs root, Linux
and ip. LMPATHD holds lmpathd's path.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

import lmpath

HERE, THERE = '10.99.0.1', '10.99.0.2'
HERE6, THERE6 = 'fd00:99::1', 'fd00:99::2'
NIC = 'stor1'
NETWORK = ('-n', 'Storage1=10.99.0.0/24')
PORT = 6600
LIMIT_S = 20  # for anything that is waited for
HEADERS = 66  # of a segment: Ethernet, IPv4, TCP with timestamps

SERVER = '''
import socket, sys
family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET
with socket.socket(family) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((sys.argv[1], int(sys.argv[2])))
    s.listen()
    print('ready', flush=True)
    while True:
        with s.accept()[0] as c:
            while c.recv(1 << 20):
                pass
'''
CLIENT = '''
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2])), 10) as s:
    print(s.getsockname()[1])
    chunk, left = bytes(65536), int(sys.argv[3])
    while left:
        n = min(left, len(chunk))
        s.sendall(chunk[:n])
        left -= n
    s.shutdown(socket.SHUT_WR)
    s.recv(1)
'''

# A segment with 100 bytes behind one tag, and one behind two.
TAGGED = '''
import socket, struct, sys
def frame(port, *tags):
    tcp = struct.pack('!HHIIBBHHH', port, 6600, 1, 1, 0x50, 0x10, 1000, 0, 0) + bytes(100)
    ip = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(tcp), 1, 0, 64, 6, 0,
                     socket.inet_aton('10.98.0.2'), socket.inet_aton('10.98.0.1'))
    return bytes([255] * 6 + [2] + [0] * 5) + b''.join(struct.pack('!HH', t, v) for t, v in tags) \\
        + struct.pack('!H', 0x800) + ip + tcp
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as s:
    s.bind((sys.argv[1], 0))
    s.send(frame(1001, (0x8100, 42)))
    s.send(frame(1002, (0x88a8, 7), (0x8100, 42)))
'''


def daemon_program():
    return os.environ.get('LMPATHD') or sys.exit("LMPATHD must hold lmpathd's path")


def ip(*words):
    subprocess.run(('ip',) + words, check=True, capture_output=True)


def wait_for(condition, what):
    """Poll until condition() is true; returns its value."""
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f'waited {LIMIT_S} s for {what}')


class Hosts:
    """Two namespaces, a NIC of the same name in both."""

    def __init__(self):
        self.names = [f'lmdaemon-{os.getpid()}-{side}' for side in 'ab']
        self.servers = []

    def up(self):
        for name in self.names:
            ip('netns', 'add', name)
            ip('-n', name, 'link', 'set', 'lo', 'up')
        self.join()

    def join(self):
        a, b = self.names
        ip('link', 'add', NIC, 'netns', a, 'type', 'veth', 'peer', 'name', NIC, 'netns', b)
        for name, addresses in ((a, (HERE, HERE6)), (b, (THERE, THERE6))):
            ip('-n', name, 'addr', 'add', addresses[0] + '/24', 'dev', NIC)
            ip('-n', name, 'addr', 'add', addresses[1] + '/64', 'dev', NIC, 'nodad')
            ip('-n', name, 'link', 'set', NIC, 'up')

    def part(self):
        ip('-n', self.names[0], 'link', 'del', NIC)

    def on(self, side, *command):
        return ['ip', 'netns', 'exec', self.names[side], *map(str, command)]

    @contextlib.contextmanager
    def server(self, address=THERE, port=PORT):
        command = self.on(1, sys.executable, '-c', SERVER, address, port)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                if process.stdout.readline() != 'ready\n':
                    raise AssertionError('the server does not start')
                yield
            finally:
                process.kill()

    def send(self, n_bytes, address=THERE, port=PORT):
        """Move bytes as a migration does. Returns the client's port."""
        done = subprocess.run(self.on(0, sys.executable, '-c', CLIENT, address, port, n_bytes),
                              check=True, capture_output=True, text=True, timeout=60)
        return int(done.stdout)

    def down(self):
        for name in self.names:
            subprocess.run(('ip', 'netns', 'del', name), check=False, capture_output=True)


class Child:
    """lmpathd --stdio, and what it says."""

    def __init__(self, process):
        self.process = process
        self.events = []
        self.n_asked = 0

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f'lmpathd ended: {self.process.stderr.read()}')
        message = json.loads(line)
        self.events.append(message)
        return message

    def wait(self, is_it):
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end:
            message = self.read()
            if is_it(message):
                return message
        raise AssertionError(f'waited {LIMIT_S} s, it said: {self.events[-3:]}')

    def wait_event(self, name):
        return self.wait(lambda m: m.get('event') == name)

    def ask(self, action, **members):
        self.n_asked += 1
        self.process.stdin.write(json.dumps({'id': self.n_asked, 'action': action, **members}) + '\n')
        self.process.stdin.flush()
        return self.wait(lambda m: m.get('id') == self.n_asked)

    def stop(self):
        """The reply; lmpathd has ended then."""
        reply = self.ask('stop')
        self.process.wait(LIMIT_S)
        return reply

    def warnings(self):
        return [m['text'] for m in self.events if m.get('event') == 'warning']


class Client:
    """One at the socket."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(LIMIT_S)
        try:
            wait_for(lambda: self.connects(path), 'the socket to be listened at')
        except OSError:
            self.socket.close()
            raise
        self.file = self.socket.makefile('rwb')

    def connects(self, path):
        """The socket's name is there a moment before it is listened at."""
        with contextlib.suppress(ConnectionRefusedError):
            self.socket.connect(str(path))
            return True
        return False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def say(self, content):
        self.file.write(content)
        self.file.flush()

    def ask(self, action, **members):
        self.say(json.dumps({'id': 7, 'action': action, **members}).encode() + b'\n')
        return json.loads(self.file.readline())


class DaemonTest(unittest.TestCase):
    def setUp(self):
        self.hosts = Hosts()
        self.addCleanup(self.hosts.down)
        self.hosts.up()
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.session = self.folder / 'session'

    def start(self, *options, env=None, before=()):
        command = self.hosts.on(0, *before, daemon_program(), *options)
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, cwd=self.folder,
                                   env={**os.environ, **(env or {})})
        self.addCleanup(self.kill, process)
        return process

    @staticmethod
    def kill(process):
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def child(self, *options, **more):
        child = Child(self.start('--stdio', '-i', NIC, '-w', self.session, *options, **more))
        child.wait_event('start')
        return child

    def service(self, *options, **more):
        process = self.start('--service', '-i', NIC, '-w', self.folder / 'sessions',
                             '--control', self.folder / 'control', *NETWORK, *options, **more)
        wait_for(lambda: (self.folder / 'control').exists() or process.poll() is not None,
                 'the socket')
        return process

    def client(self):
        client = Client(self.folder / 'control')
        self.addCleanup(client.__exit__)
        return client

    def fails(self, *options, **more):
        """lmpathd can't begin: one line, status 2."""
        process = self.start(*options, **more)
        out, err = process.communicate(timeout=LIMIT_S)
        self.assertEqual(process.returncode, 2, err)
        self.assertEqual(out, '')
        self.assertRegex(err, r'\Almpathd: [^\n]+\n\Z')
        return err

    def facts(self, session=None):
        return json.loads(((session or self.session) / 'session.json').read_text())

    def samples(self, session=None):
        lines = ((session or self.session) / 'counters.jsonl').read_text().splitlines()
        return [json.loads(line) for line in lines[1:]]

    def connections(self, *inputs):
        return lmpath.analyze(*(inputs or (self.session,)))[1]['connections']

    def sent_by_connection(self, *inputs):
        return [c['client_to_server']['stream_bytes'] for c in self.connections(*inputs)]


class Records(DaemonTest):
    def test_every_byte_of_a_transfer_is_accounted_for(self):
        child = self.child()
        with self.hosts.server():
            self.hosts.send(3_000_000)
        reply = child.stop()
        self.assertEqual((reply['ok'], reply['complete']), (True, True))
        self.assertEqual(self.sent_by_connection(), [3_000_000])
        facts = self.facts()
        self.assertEqual((facts['state'], facts['stop_reason']), ('complete', 'asked'))
        nic = next(n for n in facts['interfaces'] if n['name'] == NIC)
        self.assertEqual(nic['received_packets'], nic['stored_packets'])
        self.assertEqual((nic['dropped_kernel'], nic['dropped_ring']), (0, 0))
        samples = self.samples()
        rise = samples[-1]['nics'][0]['tx_bytes'] - samples[0]['nics'][0]['tx_bytes']
        self.assertGreater(rise, 3_000_000)

    def test_tags_and_ipv6_are_matched_too(self):
        child = self.child()
        with self.hosts.server(THERE6):
            self.hosts.send(50_000, THERE6)
        subprocess.run(self.hosts.on(1, sys.executable, '-c', TAGGED, NIC), check=True)
        child.stop()
        found = {c['client_port']: (c['vlan'], c['client_to_server']['payload_bytes'])
                 for c in self.connections()}
        self.assertEqual({port: found.pop(port) for port in (1001, 1002)},
                         {1001: (42, 100), 1002: (42, 100)})
        self.assertEqual(list(found.values()), [(None, 50_000)])

    def test_ports_can_be_other_ones(self):
        child = self.child('--lm-port', '7600')
        for port in (7600, PORT):
            with self.hosts.server(port=port):
                self.hosts.send(1000, port=port)
        child.stop()
        self.assertEqual([c['server_port'] for c in self.connections()], [7600])

    def test_stored_packets_end_with_their_headers(self):
        child = self.child('-s', '65535')
        with self.hosts.server():
            self.hosts.send(1_000_000)
        child.stop()
        self.assertNotIn(bytes(64), (self.session / 'capture.pcapng').read_bytes())

    def test_marks_and_commands_are_kept(self):
        child = self.child()
        self.assertTrue(child.ask('mark', text='before')['ok'])
        self.assertTrue(child.ask('command', argv=['Move-It', '-Name', 'VM1'])['ok'])
        self.assertTrue(child.ask('command_end', status=3)['ok'])
        self.assertFalse(child.ask('command_end', status=3)['ok'])
        child.stop()
        facts = self.facts()
        self.assertEqual([m['text'] for m in facts['marks']], ['before'])
        self.assertEqual(facts['commands'][0]['status'], 3)
        self.assertIn(b'before', (self.session / 'capture.pcapng').read_bytes())

    def test_the_snapshot_in_force_is_kept(self):
        snapshot = lmpath.ROOT / 'fixtures' / 'snapshots' / 'hosts.json'
        self.child('-t', snapshot).stop()
        self.assertEqual((self.session / 'snapshot.json').read_bytes(), snapshot.read_bytes())

    def test_without_names_it_takes_the_nics_of_known_networks(self):
        ip('-n', self.hosts.names[0], 'link', 'add', 'other0', 'type', 'veth', 'peer', 'name', 'other1')
        ip('-n', self.hosts.names[0], 'addr', 'add', '10.97.0.1/24', 'dev', 'other0')
        ip('-n', self.hosts.names[0], 'link', 'set', 'other0', 'up')
        child = Child(self.start('--stdio', '-w', self.session, *NETWORK))
        start = child.wait_event('start')
        self.assertEqual([(n['name'], n['network']) for n in start['nics']], [(NIC, 'Storage1')])
        child.stop()
        self.assertEqual({n['name']: n['captured'] for n in self.facts()['interfaces']},
                         {NIC: True, 'other0': False, 'other1': False})

    def test_the_list_tells_what_is_there(self):
        def listed(*options):
            return subprocess.run(self.hosts.on(0, daemon_program(), '-D', *options, *NETWORK),
                                  capture_output=True, text=True, check=True).stdout

        nic = next(n for n in json.loads(listed('--stdio'))['nics'] if n['name'] == NIC)
        self.assertIn(HERE + '/24', nic['addresses'])
        self.assertEqual((nic['network'], nic['is_chosen'], nic['problem'], nic['mtu']),
                         ('Storage1', True, None, 1500))
        self.assertRegex(listed(), NIC + r'(.|\n)*10\.99\.0\.1/24(.|\n)*network Storage1')


class Stops(DaemonTest):
    def test_each_signal_completes_the_session(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number):
                shutil.rmtree(self.session, ignore_errors=True)
                process = self.start('-i', NIC, '-w', self.session)
                self.assertIn('recording', process.stderr.readline())
                process.send_signal(number)
                self.assertEqual(process.wait(LIMIT_S), 0)
                facts = self.facts()
                self.assertEqual((facts['state'], facts['stop_reason']), ('complete', 'signal'))

    def test_a_client_that_goes_ends_it(self):
        child = self.child()
        child.process.stdin.close()
        self.assertEqual(child.wait_event('end')['reason'], 'client-gone')
        self.assertEqual(child.process.wait(LIMIT_S), 0)
        self.assertEqual(self.facts()['state'], 'complete')

    def test_a_client_that_is_killed_ends_it(self):
        child = self.child()
        child.process.stdout.close()
        time.sleep(0.6)  # events are said meanwhile
        child.process.stdin.close()
        self.assertEqual(child.process.wait(LIMIT_S), 0)
        facts = self.facts()
        self.assertEqual((facts['state'], facts['stop_reason']), ('complete', 'client-gone'))

    def test_duration(self):
        child = self.child('-a', 'duration:1')
        self.assertEqual(child.wait_event('end')['reason'], 'duration')
        self.assertEqual(child.process.wait(LIMIT_S), 0)

    def test_filesize(self):
        child = self.child('-a', 'filesize:20')
        with self.hosts.server():
            for _ in range(60):
                self.hosts.send(100)
        self.assertEqual(child.wait_event('end')['reason'], 'filesize')
        size = (self.session / 'capture.pcapng').stat().st_size
        self.assertTrue(20_000 <= size < 22_000, size)
        self.assertEqual(self.facts()['state'], 'complete')

    def test_ring_files_keep_the_last(self):
        child = self.child('-b', 'filesize:5', '-b', 'files:2')
        with self.hosts.server():
            ports = [self.hosts.send(100) for _ in range(40)]
        child.stop()
        names = sorted(p.name for p in self.session.glob('*.pcapng'))
        self.assertEqual(len(names), 2)
        facts = self.facts()
        self.assertEqual([c['name'] for c in facts['captures'] if not c['removed']], names)
        self.assertGreater(len(facts['captures']), 2)
        self.assertEqual(self.connections()[-1]['client_port'], ports[-1])

    def test_conditions_that_say_nothing_are_refused(self):
        self.assertIn('needs -b filesize', self.fails('-i', NIC, '-b', 'files:2'))
        self.assertIn('packets:5', self.fails('-i', NIC, '-a', 'packets:5'))
        self.assertIn('0', self.fails('-i', NIC, '-a', 'duration:0'))


class BadTimes(DaemonTest):
    def test_no_such_nic(self):
        self.assertIn("'nosuch0': there is no such NIC",
                      self.fails('-i', 'nosuch0', '-w', self.session))
        self.assertFalse(self.session.exists())

    def test_a_nic_that_cannot_be_opened_does_not_stop_the_others(self):
        child = self.child('-i', 'nosuch0')
        self.assertIn('nosuch0', child.wait_event('warning')['text'])
        child.stop()
        nics = {n['name']: n for n in self.facts()['interfaces']}
        self.assertIn('no such NIC', nics['nosuch0']['problem'])
        self.assertEqual((nics['nosuch0']['captured'], nics[NIC]['captured']), (False, True))

    def test_no_rights(self):
        self.folder.chmod(0o777)
        err = self.fails('-i', NIC, '-w', self.session,
                         before=('setpriv', '--reuid', '65534', '--clear-groups', '--bounding-set',
                                 '-all', '--inh-caps', '-all'))
        self.assertIn('not allowed to capture', err)

    def test_one_right_is_enough(self):
        self.folder.chmod(0o777)
        self.child(before=('setpriv', '--reuid', '65534', '--clear-groups', '--inh-caps', '+net_raw',
                           '--ambient-caps', '+net_raw')).stop()
        self.assertEqual(self.facts()['state'], 'complete')

    def test_a_session_that_exists_is_left_alone(self):
        self.session.mkdir()
        (self.session / 'mine').write_text('')
        self.assertIn('session', self.fails('-i', NIC, '-w', self.session))
        self.assertEqual([p.name for p in self.session.iterdir()], ['mine'])

    @contextlib.contextmanager
    def disk(self, options):
        """A small one of its own."""
        place = self.folder / 'disk'
        place.mkdir()
        subprocess.run(('mount', '-t', 'tmpfs', '-o', options, 'none', place), check=True)
        try:
            yield place
        finally:
            subprocess.run(('umount', '-l', place), check=True)

    def test_a_read_only_disk(self):
        with self.disk('ro') as place:
            self.assertIn('ead-only', self.fails('-i', NIC, '-w', place / 'session'))

    def test_on_a_full_disk_counting_goes_on(self):
        with self.disk('size=16m') as place:
            self.session = place / 'session'
            child = self.child()
            with self.hosts.server():
                self.hosts.send(1000)
                child.wait(lambda m: m.get('file_bytes', 0) > 1500)
                with contextlib.suppress(OSError), open(place / 'filler', 'wb', 0) as filler:
                    while filler.write(bytes(4096)):
                        pass
                while not child.warnings():
                    self.hosts.send(500_000)
                    child.ask('status')
                self.hosts.send(1000)
            self.assertIn('No space left', child.warnings()[0])
            n_before = len(self.samples())
            wait_for(lambda: len(self.samples()) > n_before, 'a sample')
            self.assertFalse(child.stop()['complete'])
            self.assertEqual(child.process.returncode, 2)
            facts = self.facts()
            self.assertIn('No space left', facts['write_problem']['text'])
            nic = facts['interfaces'][0]
            self.assertGreater(nic['unstored_packets'], 0)
            self.assertEqual(nic['received_packets'],
                             nic['stored_packets'] + nic['unstored_packets'])
            self.assertTrue(self.connections())

    def test_after_kill_minus_9_the_session_opens(self):
        child = self.child()
        with self.hosts.server():
            self.hosts.send(500_000)
        status = child.ask('status')
        capture = self.session / 'capture.pcapng'
        wait_for(lambda: child.ask('status')['nics'][0]['packets'] and capture.stat().st_size > 1000,
                 'packets on the disk')
        time.sleep(1)  # what lies back longer than that has to be there
        child.process.kill()
        child.process.wait()
        self.assertEqual(self.facts()['state'], 'recording')
        self.assertEqual(self.sent_by_connection(), [500_000])
        self.assertTrue(status['ok'])

    def test_a_nic_that_goes_and_comes_back_is_captured_again(self):
        child = self.child()
        for n_times in (1, 2):
            self.hosts.part()
            self.assertIn('went away', child.wait_event('warning')['text'])
            self.hosts.join()
            self.assertIn('is back', child.wait_event('warning')['text'])
            with self.hosts.server():
                self.hosts.send(1000 * n_times)
        child.stop()
        self.assertEqual(sorted(self.sent_by_connection()), [1000, 2000])
        facts = self.facts()
        self.assertIn('is back', facts['interfaces'][0]['problem'])
        self.assertTrue(any('went away' in w for w in facts['warnings']))

    @unittest.skipUnless(shutil.which('gcc'), 'gcc makes the clock that jumps')
    def test_a_clock_that_jumps_is_told(self):
        (self.folder / 'clock.c').write_text(textwrap.dedent('''
            #include <sys/time.h>
            #include <time.h>
            #include <unistd.h>
            int gettimeofday(struct timeval *t, void *zone)
            {
                struct timespec now;

                (void)zone;
                clock_gettime(CLOCK_REALTIME, &now);
                t->tv_sec = now.tv_sec + (access("jump", F_OK) == 0 ? 100 : 0);
                t->tv_usec = now.tv_nsec / 1000;
                return 0;
            }
            '''))
        subprocess.run(('gcc', '-shared', '-fPIC', '-o', 'clock.so', 'clock.c'), cwd=self.folder,
                       check=True)
        child = self.child(before=('env', f'LD_PRELOAD={self.folder}/clock.so'),
                           env={'ASAN_OPTIONS': 'verify_asan_link_order=0:detect_leaks=0'})
        child.wait_event('interval')
        (self.folder / 'jump').write_text('')
        self.assertRegex(child.wait_event('warning')['text'], r'set (99|100)\.\d+ s forward')
        child.stop()
        self.assertTrue(any('forward' in w for w in self.facts()['warnings']))

    def test_asked_twice_it_leaves_at_once(self):
        process = self.start('-i', NIC, '-w', self.session)
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        self.assertIn(process.wait(LIMIT_S), (0, 2))
        self.assertTrue(self.facts()['interfaces'])


class Rights(DaemonTest):
    def test_every_thread_has_given_them_up(self):
        child = self.child()
        pid = child.ask('status')['pid']
        tasks = list(pathlib.Path(f'/proc/{pid}/task').iterdir())
        self.assertGreater(len(tasks), 1)
        for task in tasks:
            status = dict(re.findall(r'(\w+):\s+(\w+)', (task / 'status').read_text()))
            for name in ('CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'):
                self.assertEqual(int(status[name], 16), 0, name)
            self.assertEqual((status['NoNewPrivs'], status['Seccomp']), ('1', '2'))
        limits = pathlib.Path(f'/proc/{pid}/limits').read_text()
        self.assertRegex(limits, r'Max core file size +0 +0')
        child.stop()


class Talks(DaemonTest):
    def setUp(self):
        super().setUp()
        self.process = self.service()

    def test_only_its_owner_can_open_the_socket(self):
        self.assertEqual((self.folder / 'control').stat().st_mode & 0o777, 0o600)

    def test_nonsense_is_answered_and_changes_nothing(self):
        client = self.client()
        for line in (b'garbage', b'[]', b'{}', b'{"action": 5}', b'{"action": "fly"}', b'\xff\xfe',
                     b'{"id": -1, "action": "status"}', b'{"action": "mark"}', b'{"a": 1, "a": 2}',
                     b'{"action": "start", "name": "../../etc"}', b'[' * 4000):
            client.say(line + b'\n')
            self.assertFalse(json.loads(client.file.readline())['ok'], line)
        client.say(b'\n\r\n{"id": 9, "action": "sta')
        client.say(b'tus"}\r\n')
        self.assertEqual(json.loads(client.file.readline())['id'], 9)

    def test_a_line_without_end_ends_the_connection(self):
        client = self.client()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            client.say(b'x' * 100_000)
        with contextlib.suppress(ConnectionResetError):
            self.assertIn('4096', client.file.readline().decode())
            self.assertEqual(client.file.read(), b'')
        self.assertTrue(self.client().ask('status')['ok'])

    def test_one_client_too_many_is_told_so(self):
        clients = [self.client() for _ in range(16)]
        self.assertTrue(all(c.ask('status')['ok'] for c in clients))
        self.assertIn('too many', json.loads(self.client().file.readline())['error'])
        clients.pop().__exit__()
        wait_for(lambda: json.loads(self.try_status() or '{"ok": false}')['ok'], 'a free place')

    def try_status(self):
        with Client(self.folder / 'control') as client, contextlib.suppress(OSError):
            client.say(b'{"action": "status"}\n')
            return client.file.readline().decode()
        return ''

    def test_clients_that_flood_and_do_not_read_cost_no_packet(self):
        floods = [self.client() for _ in range(8)]
        for client in floods:
            client.socket.setblocking(False)
            with contextlib.suppress(BlockingIOError, BrokenPipeError, ConnectionResetError):
                for _ in range(2000):
                    client.socket.send(b'{"action": "status"}\n' * 50)
        with self.hosts.server():
            self.hosts.send(20_000_000)
        status = self.client().ask('status')
        self.assertTrue(status['ok'])
        nic = next(n for n in status['nics'] if n['name'] == NIC)
        self.assertEqual((nic['ring_dropped'], nic['kernel_dropped'] or 0), (0, 0))

    def test_events_come_to_those_who_want_them(self):
        client = self.client()
        self.assertTrue(client.ask('events')['ok'])
        self.assertEqual(json.loads(client.file.readline())['event'], 'interval')

    def test_a_second_one_is_refused(self):
        self.assertIn('another lmpathd', self.fails('--service', '-i', NIC, '-w',
                                                    self.folder / 'sessions', '--control',
                                                    self.folder / 'control'))
        self.assertTrue(self.client().ask('status')['ok'])

    def test_a_socket_left_behind_is_taken_over(self):
        self.process.kill()
        self.process.wait()
        self.assertTrue((self.folder / 'control').exists())
        self.process = self.service()
        wait_for(lambda: self.answers(), 'an answer')

    def answers(self):
        try:
            with Client(self.folder / 'control') as client:
                return client.ask('status')['ok']
        except (ConnectionRefusedError, FileNotFoundError):
            return False


class Stays(DaemonTest):
    def sessions(self):
        with Client(self.folder / 'control') as client:
            return client.ask('sessions')['sessions']

    def wait_sessions(self, n, state='complete'):
        return wait_for(lambda: [s for s in self.sessions() if s['state'] == state][n - 1:]
                        and self.sessions(), f'{n} sessions')

    def test_each_migration_has_its_session_with_what_came_before(self):
        hook = self.folder / 'hook'
        process = self.service('--on-session', f'echo "$LMPATH_SESSION" >> {hook}; true')
        wait_for(lambda: len(self.sessions()) == 0, 'an answer')
        with self.hosts.server():
            for n in (1, 2):
                self.hosts.send(400_000)
                self.wait_sessions(n)
        sessions = self.sessions()
        self.assertEqual(len(sessions), 2)
        for row in sessions:
            path = pathlib.Path(row['path'])
            self.assertEqual(self.sent_by_connection(path), [400_000])
            self.assertEqual(self.facts(path)['stop_reason'], 'quiet')
            first = next(p for p in self.samples(path))
            self.assertLess(first['time'], lmpath.analyze(path)[1]['connections'][0]['start'])
        wait_for(lambda: hook.exists() and len(hook.read_text().split()) == 2, 'the hook')
        self.assertEqual(hook.read_text().split(), [row['path'] for row in sessions])
        process.send_signal(signal.SIGHUP)
        self.assertEqual(len(self.sessions()), 2)
        process.terminate()
        self.assertEqual(process.wait(LIMIT_S), 0)
        log = process.stderr.read()
        self.assertEqual(len(re.findall(r'migration from 10\.99\.0\.1 to 10\.99\.0\.2 in .* over '
                                        r'stor1 \(Storage1\)', log)), 2, log)
        self.assertFalse((self.folder / 'control').exists())

    def test_the_oldest_sessions_make_room(self):
        self.service('--keep', '60K')
        wait_for(lambda: len(self.sessions()) == 0, 'an answer')
        client = self.client()
        names = []
        with self.hosts.server():
            for n in range(4):
                reply = client.ask('start', name=f'n{n}')
                self.assertTrue(reply['ok'], reply)
                names.append(reply['session'])
                self.assertEqual(client.ask('sessions')['sessions'][-1]['state'], 'recording')
                for _ in range(10):
                    self.hosts.send(20_000)
                self.assertTrue(client.ask('stop')['complete'])
        kept = [row['path'] for row in self.sessions()]
        self.assertLess(len(kept), 4)
        self.assertEqual(kept, names[-len(kept):])
        self.assertEqual(sorted(map(str, (self.folder / 'sessions').iterdir())), sorted(kept))

    def test_a_scanned_port_makes_no_session(self):
        self.service()
        wait_for(lambda: len(self.sessions()) == 0, 'an answer')
        with self.assertRaises(subprocess.CalledProcessError):
            self.hosts.send(100)
        client = self.client()
        wait_for(lambda: client.ask('status')['nics'][0]['packets'], 'the packets')
        self.assertEqual(client.ask('status')['state'], 'watching')

    def test_the_service_manager_is_told(self):
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(manager.close)
        manager.bind(str(self.folder / 'notify'))
        manager.settimeout(LIMIT_S)
        process = self.service(env={'NOTIFY_SOCKET': str(self.folder / 'notify'),
                                    'WATCHDOG_USEC': '30000000'})
        self.assertEqual(manager.recv(100), b'READY=1')
        self.assertEqual(manager.recv(100), b'WATCHDOG=1')
        process.terminate()
        wait_for(lambda: manager.recv(100) == b'STOPPING=1', 'the farewell')


if __name__ == '__main__':
    if not sys.platform.startswith('linux') or os.geteuid() != 0 or not shutil.which('ip'):
        print('skipped: needs Linux, root and ip')
        sys.exit(77)
    unittest.main()
