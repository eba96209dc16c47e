"""lmpath run and record as the user meets them: exit codes, signals, what is said and what is kept.

lmpathd is played by fake_lmpathd.py, so neither rights nor NICs are needed.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import lmpath

FAKE = pathlib.Path(__file__).resolve().parent / 'fake_lmpathd.py'
WRONG = lmpath.CAPTURES / 'b_wrong_management/hv01-all.pcapng.gz'
NETWORKS = ('-n', 'Management=10.10.10.0/24', '-n', 'Storage1=10.20.0.0/24')
TIMEOUT_S = 60


def plays_in(process, folder):
    """Whether a process, a folder of /proc, is a false lmpathd that was started there."""
    try:
        return (str(FAKE).encode() in (process / 'cmdline').read_bytes()
                and (process / 'cwd').resolve() == folder.resolve())
    except OSError:  # gone meanwhile, or another user's
        return False


class Played(unittest.TestCase):
    """A test with a folder of its own, in which lmpath runs, and with the false lmpathd."""

    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = pathlib.Path(self.scratch.name)
        self.requests = self.folder / 'requests'

    def environment(self, mood, capture=WRONG):
        fake = {'requests': str(self.requests), 'mood': mood}
        if capture:
            fake['capture'] = str(capture)
        return {**os.environ, 'LMPATHD': str(FAKE), 'FAKE': json.dumps(fake)}

    def start(self, *args, mood=None, **options):
        return subprocess.Popen([*lmpath.program(), *map(str, args)], cwd=self.folder, text=True,
                                env=self.environment(mood), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def finish(self, process):
        try:
            out, err = process.communicate(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return process.returncode, out, err

    def run_lmpath(self, *args, mood=None):
        return self.finish(self.start(*args, mood=mood))

    def said(self):
        """The requests that the false lmpathd got."""
        lines = self.requests.read_text().splitlines() if self.requests.exists() else []
        return [json.loads(line) for line in lines]

    def actions(self):
        return [request['action'] for request in self.said()]

    def wait_for(self, path):
        deadline = time.monotonic() + TIMEOUT_S
        while not path.exists():
            self.assertLess(time.monotonic(), deadline, f'{path} never came')
            time.sleep(0.02)


class Run(Played):
    def test_tells_the_verdict_and_keeps_the_result(self):
        code, out, err = self.run_lmpath('run', '-w', 's', *NETWORKS, '-e', 'Storage1', '--',
                                         sys.executable, '-c', 'print("moving")', mood='quiet')
        self.assertEqual(code, 1, err)
        self.assertTrue(out.startswith('moving\nWRONG NETWORK'), out)
        self.assertEqual(self.actions(), ['command', 'command_end', 'stop'])
        self.assertEqual(self.said()[0]['argv'], [sys.executable, '-c', 'print("moving")'])
        self.assertEqual(self.said()[1]['status'], 0)
        result = json.loads((self.folder / 's/result.json').read_text())
        self.assertEqual(result['verdict'], 'wrong-network')

    def test_a_failed_command_is_judged_too(self):
        code, _, err = self.run_lmpath('run', '-w', 's', *NETWORKS, '-e', 'Management', '--', 'sh',
                                       '-c', 'exit 9', mood='quiet')
        self.assertEqual(code, 0, err)
        self.assertIn('with status 9', err)
        self.assertEqual(self.said()[1]['status'], 9)

    def test_a_command_that_a_signal_ended(self):
        self.run_lmpath('run', '-w', 's', '--', 'sh', '-c', 'kill -9 $$', mood='quiet')
        self.assertEqual(self.said()[1]['signal'], 9)
        self.assertNotIn('status', self.said()[1])

    def test_no_such_command_is_127_and_records_nothing(self):
        code, out, err = self.run_lmpath('run', '-w', 's', '--', 'no-such-command-anywhere')
        self.assertEqual((code, out), (127, ''))
        self.assertEqual(err, "lmpath: can't run 'no-such-command-anywhere': there is no such "
                              "command\n")
        self.assertFalse((self.folder / 's').exists())

    def test_what_may_not_be_run_is_126(self):
        (self.folder / 'text').write_text('no program\n')
        code, _, err = self.run_lmpath('run', '-w', 's', '--', './text')
        self.assertEqual(code, 126)
        self.assertEqual(err.count('\n'), 1, err)
        self.assertFalse((self.folder / 's').exists())

    def test_what_the_system_does_not_run_is_126(self):
        broken = self.folder / 'broken'
        broken.write_text('#!/no/such/interpreter\n')
        broken.chmod(0o755)
        code, _, err = self.run_lmpath('run', '-q', '-w', 's', '--', './broken')
        self.assertEqual(code, 126)
        self.assertEqual(err.count('\n'), 1, err)
        self.assertIn('error', self.said()[1])

    def test_repeats_there_and_back(self):
        code, _, err = self.run_lmpath('run', '-w', 's', '--repeat', 2, '--', 'echo', 'there',
                                       '--reverse', '--', 'echo', 'back', mood='quiet')
        self.assertEqual(code, 3, err)
        argvs = [request['argv'][1] for request in self.said() if request['action'] == 'command']
        self.assertEqual(argvs, ['there', 'back', 'there', 'back'])

    def test_no_way_back_once_the_way_there_failed(self):
        self.run_lmpath('run', '-w', 's', '--', 'false', '--reverse', '--', 'echo', mood='quiet')
        self.assertEqual(self.actions(), ['command', 'command_end', 'stop'])

    def test_waits_for_traffic_five_seconds_at_most(self):
        started = time.monotonic()
        code, _, err = self.run_lmpath('run', '-w', 's', '--', 'true')  # its traffic never ends
        self.assertEqual(code, 3, err)
        self.assertGreater(time.monotonic() - started, 2 + 5)

    def test_mistakes_are_told_before_anything_is_recorded(self):
        for args, part in ((('-e', 'Elsewhere', '--', 'true'), 'Elsewhere'),
                           (('--repeat', '0', '--', 'true'), '--repeat'),
                           (('true',), 'put -- before'),
                           (('--',), 'no command'),
                           (('--', 'true', '--reverse', '--'), 'no command'),
                           (('--events', '-', '--', 'true'), 'standard output'),
                           (('-t', 'no.json', '--', 'true'), 'no.json')):
            code, out, err = self.run_lmpath('run', '-w', 's', *NETWORKS, *args)
            self.assertEqual((code, out), (2, ''), args)
            self.assertEqual(err.count('\n'), 1, err)
            self.assertIn(part, err)
        self.assertFalse((self.folder / 's').exists())

    def test_without_a_snapshot_it_is_told_and_goes_on(self):
        code, _, err = self.run_lmpath('run', *NETWORKS, '-w', 's', '--snapshot', '-e', 'Storage1', '--', 'true')
        self.assertEqual(code, 1)
        self.assertIn('lmpath: warning: no snapshot: there is no Hyper-V here to ask', err)
        self.assertEqual([r['action'] for r in self.said()][:2], ['mark', 'command'])
        self.assertIn('no snapshot could be collected: there is no Hyper-V', self.said()[0]['text'])

    def test_one_snapshot_at_most(self):
        snapshot = lmpath.ROOT / 'fixtures/snapshots/lab.json'
        for command in (('record',), ('run', '--', 'true')):
            code, out, err = self.run_lmpath(command[0], '--snapshot', '-t', snapshot, *command[1:])
            self.assertEqual((code, out, err.count('\n')), (2, '', 1))
            self.assertIn('give one of -t and --snapshot', err)
        self.assertEqual(self.said(), [])

    def test_no_rights_run_no_command(self):
        code, out, err = self.run_lmpath('run', '-w', 's', '--', 'touch', 'moved',
                                         mood='no rights')
        self.assertEqual((code, out, err), (2, '', 'lmpathd: no right to capture\n'))
        self.assertFalse((self.folder / 'moved').exists())

    def test_events_are_one_object_a_line(self):
        self.run_lmpath('run', '-q', '-w', 's', '--events', 'events', '--', 'true', mood='quiet')
        events = [json.loads(line) for line in (self.folder / 'events').read_text().splitlines()]
        kinds = [event['event'] for event in events]
        self.assertEqual((kinds[0], kinds[-1]), ('start', 'end'))
        self.assertLess(kinds.index('command'), kinds.index('command_end'))
        self.assertIn('interval', kinds)


class Interrupted(Played):
    """Signals as a terminal or a service manager sends them. The command leaves a mark when it
    runs and when it ends."""

    COMMAND = ('sh', '-c', 'trap "echo INT >>ended; exit 5" INT; trap "echo TERM >>ended; exit 6" '
               'TERM; : >running; while :; do sleep 0.05; done')
    STUBBORN = ('sh', '-c', 'trap "" INT TERM HUP; : >running; while :; do sleep 0.05; done')

    def begin(self, command):
        process = self.start('run', '-w', 's', *NETWORKS, '-e', 'Management', '--', *command,
                             mood='quiet')
        self.wait_for(self.folder / 'running')
        return process

    def test_sigint_ends_the_command_and_gives_a_verdict(self):
        process = self.begin(self.COMMAND)
        process.send_signal(signal.SIGINT)
        code, out, err = self.finish(process)
        self.assertEqual(code, 0, err)
        self.assertTrue(out.startswith('RIGHT NETWORK'), out)
        self.assertEqual((self.folder / 'ended').read_text(), 'INT\n')
        self.assertEqual(self.said()[1]['status'], 5)

    def test_sigterm_is_passed_on(self):
        process = self.begin(self.COMMAND)
        process.send_signal(signal.SIGTERM)
        code, _, err = self.finish(process)
        self.assertEqual(code, 0, err)
        self.assertEqual((self.folder / 'ended').read_text(), 'TERM\n')

    def test_the_second_sigint_ends_a_command_that_does_not_listen(self):
        process = self.begin(self.STUBBORN)
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        code, out, err = self.finish(process)
        self.assertEqual(code, 0, err)
        self.assertEqual(self.said()[1]['signal'], 9)
        self.assertTrue((self.folder / 's/result.json').exists())

    def test_sigint_before_the_command_runs_none(self):
        process = self.start('run', '-w', 's', '--', 'touch', 'moved')
        self.wait_for(self.folder / 's')
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        code, out, err = self.finish(process)
        self.assertEqual((code, out), (2, ''), err)
        self.assertFalse((self.folder / 'moved').exists())
        self.assertIn("'s'", err.splitlines()[-1])

    def test_each_signal_completes_a_recording(self):
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            process = self.start('record', '-w', f's{number}',
                                 preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL))
            self.wait_for(self.folder / f's{number}')
            time.sleep(0.3)
            process.send_signal(number)
            code, out, err = self.finish(process)
            self.assertEqual((code, out), (0, f's{number}\n'), err)
            self.assertEqual(self.actions(), ['stop'])
            self.requests.unlink()

    def test_an_ignored_sighup_stays_ignored(self):
        process = self.start('record', '-w', 's',
                             preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        self.wait_for(self.folder / 's')
        process.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        self.assertEqual(self.finish(process)[0], 0)

    def test_lmpathd_ends_when_lmpath_is_killed(self):
        process = self.start('record', '-w', 's', '--events', 'events')
        self.wait_for(self.folder / 's')
        self.assertTrue(self.is_playing())
        process.kill()
        process.communicate()
        deadline = time.monotonic() + TIMEOUT_S
        while self.is_playing() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertFalse(self.is_playing())

    def is_playing(self):
        return any(plays_in(process, self.folder)
                   for process in pathlib.Path('/proc').glob('[0-9]*'))


class Interfaces(Played):
    def test_a_nic_that_can_not_be_captured_is_not_recorded(self):
        nic = {'name': 'eth0', 'description': None, 'index': 1, 'mac': None, 'addresses': [],
               'mtu': 1500, 'speed_bits_per_second': None, 'link_type': None, 'is_up': True,
               'network': None, 'is_chosen': True, 'problem': "'eth0': not allowed to capture"}
        told = {'event': 'interfaces', 'time': '2026-11-22T06:28:50.221096000Z', 'nics': [nic]}
        teller = self.folder / 'lmpathd'
        teller.write_text(f'#!{sys.executable}\nprint({json.dumps(told)!r})\n')
        teller.chmod(0o755)
        done = subprocess.run([*lmpath.program(), 'interfaces'], capture_output=True, text=True,
                              env={**os.environ, 'LMPATHD': str(teller)}, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertEqual(done.stdout.splitlines()[1].split(maxsplit=2),
                         ['eth0', '1500', 'no: not allowed to capture'])


class Trouble(Played):
    """An lmpathd that doesn't do as it should: told in one line, and what was recorded is used."""

    def test_killed(self):
        code, out, err = self.run_lmpath('run', '-w', 's', *NETWORKS, '-e', 'Management', '-q',
                                         '--', 'sleep', '0.2', mood='killed')
        self.assertEqual(code, 2, err)
        self.assertIn('ended by signal 9', err)

    def test_killed_before_it_began(self):
        code, out, err = self.run_lmpath('record', '-w', 's', mood='killed early')
        self.assertEqual((code, out, err), (2, '', 'lmpath: lmpathd was ended by signal 9\n'))

    def test_says_what_is_no_message(self):
        for mood in 'garbage', 'endless':
            code, out, err = self.run_lmpath('record', '-w', 's', mood=mood)
            self.assertEqual((code, out), (2, ''))
            self.assertEqual(err.count('\n'), 1, err)
            self.assertIn("can't be followed", err)

    def test_an_incomplete_session_is_told(self):
        process = self.start('record', '-w', 's', mood='incomplete')
        self.wait_for(self.folder / 's')
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        code, out, err = self.finish(process)
        self.assertEqual((code, out), (2, 's\n'))
        self.assertIn('warning: the disk is full', err)
        self.assertIn("the session 's' is not complete", err)

    def test_stops_by_itself(self):
        code, out, err = self.run_lmpath('record', '-q', '-w', 's', mood='stops itself')
        self.assertEqual((code, out, err), (0, 's\n', ''))

    def test_is_not_there(self):
        done = subprocess.run([*lmpath.program(), 'record'], capture_output=True, text=True,
                              env={**os.environ, 'LMPATHD': 'no-such-lmpathd'})
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr,
                         "lmpath: can't run 'no-such-lmpathd', which LMPATHD names\n")

    def test_no_resident_one(self):
        code, out, err = self.run_lmpath('ctl', '--control', 'nobody', 'status')
        self.assertEqual((code, out), (2, ''))
        self.assertEqual(err.count('\n'), 1, err)
        self.assertIn('lmpathd --service', err)


if __name__ == '__main__':
    unittest.main()
