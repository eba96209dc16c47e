"""Sessions as inputs: what their counters say for and against a verdict, whole, growing or cut off.

The sessions are made here, from nothing: what lmpathd writes, other tests look at.
"""
import datetime
import json
import pathlib
import tempfile
import unittest

import generate as g
import lmpath

MIB = 1 << 20
SECOND = 10**9
INTERVAL_NS = SECOND // 4
STORAGE, MANAGEMENT, BACKUP = 0, 1, 2
NETWORKS = ('-n', 'Storage=10.20.0.0/24', '-n', 'Management=10.10.10.0/24', '-e', 'Storage')
SEGMENT_BYTES = 60000  # as segmentation offload hands them over
MONOTONIC_NS = 5 * SECOND
RATE = 10 * MIB  # of background, bytes a second


def text_of(time_ns):
    when = datetime.datetime.fromtimestamp(time_ns // SECOND, datetime.timezone.utc)
    return f'{when:%Y-%m-%dT%H:%M:%S}.{time_ns % SECOND:09d}Z'


class Recording:
    """Three NICs, quiet for 2 s, then 100 MiB over one of them, then quiet for 2 s."""

    def __init__(self, *, via=STORAGE, n_bytes=100 * MIB, quiet_s=2):
        self.start_ns = g.START_NS
        self.test_ns = self.start_ns + quiet_s * SECOND
        self.via = via
        self.nics = [self.nic('stor1', '10.20.0.1/24'), self.nic('mgmt', '10.10.10.1/24'),
                     self.nic('bkp', '10.30.0.1/24')]
        self.frames = []
        if n_bytes:
            self.move(n_bytes)
        self.end_ns = max(self.test_ns, *(f.time_ns for f in self.frames), 0) + 2 * SECOND
        self.extra = []  # functions of (sample's time, rows)
        self.session = {'schema': 'lmpath.session/1', 'state': 'complete', 'host': 'hv01',
                        'start': text_of(self.start_ns), 'end': text_of(self.end_ns),
                        'interfaces': self.nics}
        self.others = None

    @staticmethod
    def nic(name, *addresses, captured=True):
        return {'name': name, 'addresses': list(addresses), 'captured': captured, 'link_type': 1}

    def move(self, n_bytes):
        prefix = self.nics[self.via]['addresses'][0].rsplit('.', 1)[0]
        talk = g.Talk((f'{prefix}.1', 50000), (f'{prefix}.2', 6600), start_ns=self.test_ns + g.MILLISECOND,
                      step_ns=SECOND // 10**4, nic=self.via).open()
        for _ in range(0, n_bytes, SEGMENT_BYTES):
            talk.data(SEGMENT_BYTES)
        talk.ack()
        self.frames = talk.close().frames

    def rise(self, nic, counter, n_bytes, *, at=0.5, for_s=0.001):
        """A count that rises by n_bytes, so many seconds behind the test's start."""
        def apply(time_ns, rows):
            share = (time_ns - self.test_ns - at * SECOND) / (for_s * SECOND)
            rows[nic][counter] = rows[nic].get(counter, 0) + int(min(max(share, 0), 1) * n_bytes)
        self.extra.append(apply)

    def background(self, nic, counter, rate=RATE):
        def apply(time_ns, rows):
            rows[nic][counter] = rows[nic].get(counter, 0) + (time_ns - self.start_ns) * rate // SECOND
        self.extra.append(apply)

    def sample(self, time_ns):
        rows = [{'nic': i, 'rx_bytes': 10**6, 'tx_bytes': 10**9, 'capture_bytes': 0}
                for i in range(len(self.nics))]
        for f in self.frames:
            if f.time_ns <= time_ns:
                rows[f.nic]['tx_bytes'] += f.wire_bytes
                rows[f.nic]['capture_bytes'] += f.wire_bytes
        for apply in self.extra:
            apply(time_ns, rows)
        line = {'time': text_of(time_ns), 'monotonic_ns': time_ns - self.start_ns + MONOTONIC_NS,
                'nics': rows}
        if self.others:
            line['others'] = self.others
        return line

    def lines(self):
        yield {'schema': 'lmpath.counters/1'}
        for time_ns in range(self.start_ns, self.end_ns + 1, INTERVAL_NS):
            yield self.sample(time_ns)

    def capture(self, frames=None):
        nics = [g.Nic(n['name'], ticks=9, addresses=tuple(n['addresses'])) for n in self.nics]
        return g.pcapng(self.frames if frames is None else frames, nics)

    def write(self, folder):
        folder = pathlib.Path(folder)
        folder.mkdir()
        (folder / 'session.json').write_text(json.dumps(self.session))
        (folder / 'counters.jsonl').write_text(''.join(json.dumps(line) + '\n'
                                                       for line in self.lines()))
        (folder / 'capture.pcapng').write_bytes(self.capture())
        return folder


class Sessions(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def analyze(self, *sessions, options=NETWORKS):
        code, result = lmpath.analyze(*sessions, *options)
        self.assertEqual(schema_messages(result), [])
        return code, result

    def judge(self, recording, *, options=NETWORKS):
        return self.analyze(recording.write(self.root / 'session'), options=options)

    def ids(self, result):
        return sorted(f['id'] for f in result['findings'])

    def counted(self, result, name='stor1'):
        return next(c for c in result['counted_interfaces'] if c['name'] == name)


class WhatItKnows(Sessions):
    """A session tells what its recorder was told, to those who tell nothing themselves."""

    def recording(self):
        recording = Recording()
        recording.session.update(networks=['Storage=10.20.0.0/24', 'Management=10.10.10.0/24'],
                                 expect='Storage')
        return recording

    def test_its_networks_and_expectation_judge(self):
        code, result = self.judge(self.recording(), options=())
        self.assertEqual((code, result['verdict']), (0, 'right-network'))
        self.assertEqual([(n['name'], n['intended'], n['guessed']) for n in result['networks']],
                         [('Storage', True, False), ('Management', False, False)])
        self.assertEqual(result['options']['expect'], 'Storage')

    def test_what_the_user_expects_counts_more(self):
        code, result = self.judge(self.recording(), options=('-e', 'Management'))
        self.assertEqual((code, result['verdict']), (1, 'wrong-network'))

    def test_what_the_user_calls_the_networks_counts_more(self):
        code, result = self.judge(self.recording(), options=('-n', 'X=10.20.0.0/24'))
        self.assertEqual(code, 3)
        self.assertEqual(result['transfers'][0]['networks'][0]['name'], 'X')

    def test_its_host_has_its_name(self):
        _, result = self.judge(Recording())
        self.assertEqual(result['transfers'][0]['source']['host'], 'hv01')

    def test_two_hosts_that_call_themselves_the_same_stay_two(self):
        there = Recording()
        for nic, network in zip(there.nics, ('10.20.0', '10.10.10', '10.30.0')):
            nic['addresses'] = [network + '.2/24']
        sessions = Recording().write(self.root / 'a'), there.write(self.root / 'b')
        _, result = self.analyze(*sessions)
        transfer, = result['transfers']
        self.assertEqual(transfer['source']['host'], 'hv01')
        self.assertIn(transfer['destination']['host'], ('10.20.0.2', '10.10.10.2', '10.30.0.2'))


class Agreement(Sessions):
    def test_counters_that_agree_are_a_reason(self):
        code, result = self.judge(Recording())
        self.assertEqual((code, result['verdict']), (0, 'right-network'))
        self.assertEqual(self.ids(result), [])
        self.assertIn('the counters agree: stor1 rose by 100 MiB', ' '.join(result['reasons']))
        stor = self.counted(result)
        self.assertEqual(stor['counters']['tx_bytes'], sum(f.wire_bytes for f in Recording().frames))
        self.assertEqual(stor['counters']['rx_bytes'], 0)
        self.assertEqual(stor['explained'], 1)
        self.assertIsNone(stor['counters']['rdma_rx_bytes'])
        self.assertIsNone(self.counted(result, 'mgmt')['explained'])

    def test_a_saved_result_is_read_back(self):
        recording = Recording()
        recording.session['commands'] = [{'words': ['move', 'vm'], 'start': text_of(recording.test_ns),
                                          'end': text_of(recording.end_ns), 'status': 0}]
        recording.session['marks'] = [{'time': text_of(recording.test_ns), 'text': 'now'}]
        folder = recording.write(self.root / 'session')
        lmpath.run('analyze', folder, *NETWORKS, '-o', self.root / 'first.json')
        code, _, err = lmpath.run('report', self.root / 'first.json', '-o', self.root / 'second.json')
        self.assertEqual((code, err), (0, ''))
        self.assertEqual(*((self.root / name).read_bytes() for name in ('first.json', 'second.json')))

    def test_rates_over_the_whole_recording(self):
        recording = Recording()
        recording.background(MANAGEMENT, 'tx_bytes')
        _, result = self.judge(recording)
        stor, mgmt = (self.counted(result, name)['rate'] for name in ('stor1', 'mgmt'))
        self.assertEqual((stor['start'], stor['bucket_s']), (text_of(recording.start_ns), 1))
        self.assertEqual(stor['bytes'][:2], [0, 0])
        self.assertEqual(sum(stor['bytes']), sum(f.wire_bytes for f in recording.frames))
        self.assertEqual(mgmt['bytes'][:4], [RATE] * 4)

    def test_interfaces_bear_the_counters_of_their_nic(self):
        _, result = self.judge(Recording())
        by_name = {i['name']: i for i in result['interfaces']}
        for counted in result['counted_interfaces']:
            self.assertEqual(by_name[counted['name']]['counters'], counted['counters'])

    def test_background_is_not_the_transfers(self):
        recording = Recording()
        recording.background(STORAGE, 'rx_bytes')
        recording.background(MANAGEMENT, 'tx_bytes', 100 * MIB)
        code, result = self.judge(recording)
        self.assertEqual((code, self.ids(result)), (0, []))
        self.assertGreater(self.counted(result)['counters']['rx_bytes'], 10 * MIB)
        self.assertAlmostEqual(self.counted(result)['explained'], 1, delta=0.001)
        self.assertEqual(self.counted(result, 'mgmt')['counters']['net_bytes'], 0)

    def test_captured_background_is_not_the_transfers_either(self):
        recording = Recording()
        for counter in ('rx_bytes', 'capture_bytes'):
            recording.background(STORAGE, counter)
        _, result = self.judge(recording)
        self.assertAlmostEqual(self.counted(result)['explained'], 1, delta=0.001)

    def test_headers_that_offload_adds_on_the_wire_are_no_contradiction(self):
        recording = Recording()
        recording.rise(STORAGE, 'tx_bytes', 5 * MIB)
        code, result = self.judge(recording)
        self.assertEqual((code, self.ids(result)), (0, []))
        self.assertAlmostEqual(self.counted(result)['explained'], 100 / 105, delta=0.01)

    def test_a_team_member_shows_the_same_bytes_again(self):
        recording = Recording()
        recording.nics.append(recording.nic('member0', captured=False))
        recording.rise(3, 'tx_bytes', 105 * MIB)
        code, result = self.judge(recording)
        self.assertEqual((code, self.ids(result)), (0, []))

    def test_a_counter_that_was_reset_counts_from_zero(self):
        recording = Recording()
        total = recording.sample(recording.end_ns)['nics'][STORAGE]['tx_bytes']

        def reset(time_ns, rows):
            if time_ns > recording.test_ns + SECOND // 2:
                rows[STORAGE]['tx_bytes'] -= total - 7
        recording.extra.append(reset)
        _, result = self.judge(recording)
        self.assertEqual(self.counted(result)['counters']['tx_bytes'],
                         sum(f.wire_bytes for f in recording.frames) + 7)


class Contradiction(Sessions):
    def test_rdma_elsewhere_makes_the_right_network_doubtful(self):
        recording = Recording(n_bytes=20 * MIB)
        recording.rise(BACKUP, 'rdma_tx_bytes', 500 * MIB)
        code, result = self.judge(recording)
        self.assertEqual((code, result['verdict']), (3, 'inconclusive'))
        self.assertIn('LM201', self.ids(result))
        self.assertIn('RDMA counters of bkp', ' '.join(result['reasons']))

    def test_rdma_on_the_intended_network_is_told_and_agrees(self):
        recording = Recording(n_bytes=20 * MIB)
        recording.rise(STORAGE, 'rdma_tx_bytes', 500 * MIB)
        code, result = self.judge(recording)
        self.assertEqual((code, result['verdict']), (0, 'right-network'))
        self.assertIn('LM201', self.ids(result))

    def test_rdma_on_the_intended_network_makes_a_wrong_one_doubtful(self):
        recording = Recording(via=MANAGEMENT, n_bytes=20 * MIB)
        recording.rise(STORAGE, 'rdma_tx_bytes', 500 * MIB)
        self.assertEqual(self.judge(recording)[1]['verdict'], 'inconclusive')

    def test_rdma_alone_is_not_no_migration(self):
        recording = Recording(n_bytes=0)
        recording.session['commands'] = [self.command(recording)]
        recording.rise(STORAGE, 'rdma_rx_bytes', 500 * MIB)
        code, result = self.judge(recording)
        self.assertEqual((code, result['verdict']), (3, 'inconclusive'))
        self.assertIn('LM201', self.ids(result))

    def command(self, recording, **more):
        return {'words': ['move'], 'start': text_of(recording.test_ns),
                'end': text_of(recording.end_ns - SECOND), 'status': 0, **more}

    def test_constant_rdma_is_no_migration(self):
        recording = Recording()
        recording.background(STORAGE, 'rdma_tx_bytes', 1000 * MIB)
        code, result = self.judge(recording)
        self.assertEqual((code, self.ids(result)), (0, []))

    def test_a_nic_that_was_not_captured_may_have_carried_it(self):
        recording = Recording(n_bytes=20 * MIB)
        recording.nics[BACKUP].update(captured=False, problem='you have no right to capture')
        recording.rise(BACKUP, 'tx_bytes', 500 * MIB)
        code, result = self.judge(recording)
        self.assertEqual((code, result['verdict']), (3, 'inconclusive'))
        self.assertLessEqual({'LM202', 'LM203'}, set(self.ids(result)))

    def test_a_nic_with_an_address_is_no_layer_of_another(self):
        recording = Recording()
        recording.nics[BACKUP].update(captured=False)
        recording.rise(BACKUP, 'tx_bytes', 90 * MIB)
        self.assertIn('LM202', self.ids(self.judge(recording)[1]))

    def test_much_that_was_not_captured_of_a_captured_nic_is_told(self):
        recording = Recording()
        recording.rise(MANAGEMENT, 'tx_bytes', 80 * MIB)
        code, result = self.judge(recording)
        self.assertEqual((code, result['verdict']), (0, 'right-network'))  # less than was seen
        self.assertEqual(self.ids(result), ['LM202'])

    def test_more_than_was_seen_makes_it_inconclusive(self):
        recording = Recording()
        recording.rise(MANAGEMENT, 'rx_bytes', 300 * MIB)
        self.assertEqual(self.judge(recording)[1]['verdict'], 'inconclusive')

    def test_hyperv_counted_more_than_was_captured(self):
        recording = Recording()
        recording.others = [{'set': 'Hyper-V VM Live Migration', 'instance': 'VM1',
                             'name': 'SMB Transport: Bytes Sent', 'value': 900 * MIB}]
        self.assertEqual(self.ids(self.judge(recording)[1]), ['LM209'])

    def test_hyperv_counted_what_was_captured(self):
        recording = Recording()
        recording.others = [{'set': 'Hyper-V VM Live Migration', 'instance': 'VM1',
                             'name': 'TCP Transport: Bytes Sent/sec', 'value': 101 * MIB}]
        self.assertEqual(self.ids(self.judge(recording)[1]), [])


    def test_compression_explains_why_it_is_less_than_the_memory(self):
        def judge(name, *counts):
            recording = Recording()
            recording.others = [{'set': 'Hyper-V VM Live Migration', 'instance': 'VM1',
                                 'name': counter, 'value': value} for counter, value in counts]
            folder = recording.write(self.root / name)
            return self.ids(self.analyze(folder, options=NETWORKS + ('-m', '400MiB'))[1])
        self.assertEqual(judge('plain'), ['LM107'])
        self.assertEqual(judge('compressed',
                               ('Memory Walker: Bytes Sent for Compression', 400 * MIB),
                               ('Compressor: Compressed Bytes Sent', 100 * MIB)), ['LM211'])


class Telling(Sessions):
    """What a session tells of itself."""

    def test_command_and_marks_are_in_the_result(self):
        recording = Recording()
        recording.session['commands'] = [{'words': ['move', 'VM 1'], 'status': 0,
                                          'start': text_of(recording.test_ns),
                                          'end': text_of(recording.end_ns)}]
        recording.session['marks'] = [{'time': text_of(recording.test_ns), 'text': 'now'}]
        _, result = self.judge(recording)
        session, = result['sessions']
        self.assertEqual(session['commands'][0]['words'], ['move', 'VM 1'])
        self.assertEqual(session['commands'][0]['status'], 0)
        self.assertEqual(session['marks'], [{'time': text_of(recording.test_ns), 'text': 'now'}])
        self.assertTrue(session['complete'])

    def test_a_command_that_failed(self):
        for fate in ({'status': 3}, {'signal': 9}, {'problem': 'no such file'}):
            with self.subTest(fate=fate):
                recording = Recording()
                recording.session['commands'] = [{'words': ['move'],
                                                  'start': text_of(recording.test_ns),
                                                  'end': text_of(recording.end_ns), **fate}]
                folder = recording.write(self.root / next(iter(fate)))
                code, result = self.analyze(folder)
                self.assertEqual((code, self.ids(result)), (0, ['LM208']))

    def test_a_full_disk(self):
        recording = Recording()
        recording.session['write_problem'] = {'time': text_of(recording.test_ns),
                                              'text': 'No space left on device'}
        _, result = self.judge(recording)
        self.assertEqual(self.ids(result), ['LM204'])
        self.assertEqual(result['sessions'][0]['write_problem'], 'No space left on device')

    def test_what_disturbed_the_recording(self):
        recording = Recording()
        recording.session['warnings'] = ['the clock was set by -3600 s']
        self.assertEqual(self.ids(self.judge(recording)[1]), ['LM206'])

    def test_no_quiet_before(self):
        self.assertEqual(self.ids(self.judge(Recording(quiet_s=0))[1]), ['LM207'])

    def test_without_counters(self):
        folder = Recording().write(self.root / 'session')
        (folder / 'counters.jsonl').unlink()
        code, result = self.analyze(folder)
        self.assertEqual((code, self.ids(result), result['counted_interfaces']), (0, ['LM210'], []))

    def test_counters_of_a_later_format(self):
        folder = Recording().write(self.root / 'session')
        (folder / 'counters.jsonl').write_text('{"schema": "lmpath.counters/2"}\n')
        code, result = self.analyze(folder)
        self.assertEqual((code, self.ids(result)), (0, ['LM210']))

    def test_drops_of_the_last_sample(self):
        recording = Recording()
        recording.rise(STORAGE, 'dropped_kernel', 5)
        recording.rise(STORAGE, 'dropped_ring', 2)
        _, result = self.judge(recording)
        self.assertEqual(self.ids(result), ['LM301'])
        self.assertEqual([i['dropped'] for i in result['interfaces']][STORAGE], 7)

    def test_a_labs_ports_need_not_be_told_again(self):
        recording = Recording()
        recording.session['lm_port'] = 6601
        _, result = self.judge(recording)
        self.assertEqual((result['verdict'], result['options']['lm_port']), ('no-migration', 6601))

    def test_the_snapshot_in_force_names_the_networks(self):
        folder = Recording().write(self.root / 'session')
        snapshot = (lmpath.ROOT / 'fixtures/snapshots/lab.json').read_bytes()
        (folder / 'snapshot.json').write_bytes(snapshot)
        _, result = self.analyze(folder, options=())
        self.assertEqual(result['options']['topology'], str(folder / 'snapshot.json'))
        other = self.root / 'other.json'
        other.write_bytes(snapshot)
        _, result = self.analyze(folder, options=('-t', other))
        self.assertEqual(result['options']['topology'], str(other))

    def test_its_snapshot_tells_the_cause(self):
        folder = Recording(via=MANAGEMENT).write(self.root / 'session')
        snapshot = lmpath.ROOT / 'fixtures/snapshots/wrong-host-list.json'
        (folder / 'snapshot.json').write_bytes(snapshot.read_bytes())
        _, result = self.analyze(folder, options=())
        self.assertEqual((result['verdict'], result['cause']['finding']), ('wrong-network', 'LM420'))


class Incomplete(Sessions):
    """kill -9, power loss, or simply not yet the end."""

    def cut(self, share):
        recording = Recording()
        recording.session.update(state='recording', end=None)
        folder = recording.write(self.root / f'cut_{share}')
        for name in ('capture.pcapng', 'counters.jsonl'):
            data = (folder / name).read_bytes()
            (folder / name).write_bytes(data[:int(len(data) * share)])
        return self.analyze(folder)

    def test_what_was_written_counts(self):
        for share in (0.3, 0.7, 0.95):
            with self.subTest(share=share):
                code, result = self.cut(share)
                self.assertEqual((code, result['verdict']), (0, 'right-network'))
                self.assertIn('LM205', self.ids(result))
                self.assertFalse(result['sessions'][0]['complete'])

    def test_each_length_is_an_answer(self):
        for share in range(0, 100, 7):
            code, _ = self.cut(share / 1000)
            self.assertEqual(code, 3 if share < 3 else code)
            self.assertIn(code, (0, 3))

    def test_nothing_but_a_session_file(self):
        recording = Recording(n_bytes=0)
        recording.session.update(state='recording', end=None)
        folder = recording.write(self.root / 'session')
        (folder / 'capture.pcapng').unlink()
        (folder / 'counters.jsonl').unlink()
        code, result = self.analyze(folder)
        self.assertEqual((code, result['verdict']), (3, 'no-migration'))
        self.assertEqual(self.ids(result), ['LM205', 'LM210'])

    def test_a_ring_file_of_which_nothing_was_flushed(self):
        folder = Recording().write(self.root / 'session')
        (folder / 'capture.pcapng').rename(folder / 'capture_00001.pcapng')
        (folder / 'capture_00002.pcapng').write_bytes(b'')
        code, result = self.analyze(folder)
        self.assertEqual((code, self.ids(result)), (0, ['LM303']))

    def test_a_damaged_session_file_is_told(self):
        folder = Recording().write(self.root / 'session')
        (folder / 'session.json').write_text('{"schema": "lmpath.session/1"')
        code, out, err = lmpath.run('analyze', folder)
        self.assertEqual((code, out), (2, b''))
        self.assertIn('session.json', err)
        self.assertEqual(err.count('\n'), 1)


class Several(Sessions):
    def test_ring_files_are_one_view(self):
        recording = Recording()
        folder = recording.write(self.root / 'session')
        (folder / 'capture.pcapng').unlink()
        third = len(recording.frames) // 3
        for i in range(3):
            frames = recording.frames[i * third:(i + 1) * third if i < 2 else None]
            (folder / f'capture_{i + 1:05}.pcapng').write_bytes(recording.capture(frames))
        code, result = self.analyze(folder)
        self.assertEqual((code, self.ids(result)), (0, []))
        self.assertEqual(len(result['connections']), 1)
        self.assertEqual(result['connections'][0]['client_to_server']['missing_bytes'], 0)
        self.assertEqual(self.counted(result)['explained'], 1)

    def test_both_hosts(self):
        here, there = Recording(), Recording()
        there.session['host'] = 'hv02'
        there.nics[STORAGE]['addresses'] = ['10.20.0.2/24']
        code, result = self.analyze(here.write(self.root / 'a'), there.write(self.root / 'b'))
        self.assertEqual((code, self.ids(result)), (0, []))
        self.assertEqual([s['host'] for s in result['sessions']], ['hv01', 'hv02'])
        self.assertEqual(len(result['counted_interfaces']), 6)
        self.assertEqual(len(result['connections']), 1)

    def test_a_session_beside_a_capture(self):
        recording = Recording()
        folder = recording.write(self.root / 'a')
        other = self.root / 'x.pcapng'
        other.write_bytes(recording.capture())
        code, result = self.analyze(other, folder)
        self.assertEqual((code, self.ids(result)), (0, []))
        stor = [i for i in result['interfaces'] if i['name'] == 'stor1']
        self.assertEqual([i['counters'] is None for i in stor], [True, False])


def schema_messages(result):
    if VALIDATOR is None:
        return []
    return check.messages('result', json.dumps(result), VALIDATOR)


try:
    import check_analysis_schema as check
    VALIDATOR = check.jsonschema.Draft202012Validator(check.strict(json.loads(
        check.SCHEMA.read_text(encoding='utf-8'))))
except ImportError:
    VALIDATOR = None

if __name__ == '__main__':
    unittest.main()
