"""What an input may be: pipes, one file under several names, a folder with all sorts in it, and files
that end before their first packet."""
import gzip
import os
import pathlib
import tempfile
import threading
import unittest

import lmpath

A = lmpath.CAPTURES / 'a_right_storage'
ONE, OTHER = A / 'hv01-all.pcapng.zst', A / 'hv02-all.pcapng.gz'
PLAIN = lmpath.CAPTURES / 'f_cancelled/hv01-all.pcapng'
EXPECT = ('-e', '10.20.0.0/24')
NATIVE = lmpath.is_native()  # a Windows program has other pipes and links


class Inputs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def refused(self, *args):
        code, out, err = lmpath.run('analyze', *args)
        self.assertEqual((code, out, err.count('\n')), (2, b'', 1), err)
        return err

    def pipe(self, name, path):
        """A named pipe through which a file comes once."""
        pipe = self.folder / name
        os.mkfifo(pipe)
        writer = threading.Thread(target=lambda: pipe.write_bytes(path.read_bytes()))
        writer.start()
        self.addCleanup(writer.join)
        return pipe

    @unittest.skipUnless(NATIVE, 'needs named pipes')
    def test_several_pipes_give_what_their_files_give(self):
        code, result = lmpath.analyze(self.pipe('a', ONE), self.pipe('b', OTHER), *EXPECT)
        _, expected = lmpath.analyze(ONE, OTHER, *EXPECT)
        self.assertEqual(code, 0)
        self.assertEqual([i['packets'] for i in result['inputs']],
                         [i['packets'] for i in expected['inputs']])
        self.assertEqual(result['transfers'], expected['transfers'])

    @unittest.skipUnless(NATIVE, 'needs named pipes')
    def test_a_pipe_in_a_folder_is_not_waited_for(self):
        (self.folder / 'a.pcapng.zst').write_bytes(ONE.read_bytes())
        os.mkfifo(self.folder / 'b.pcap')
        code, result = lmpath.analyze(self.folder, *EXPECT)
        self.assertEqual(code, 0)
        self.assertEqual([i['truncated'] for i in result['inputs']], [False, True])

    def test_a_file_named_twice_is_read_once(self):
        (self.folder / 'a.pcapng.zst').write_bytes(ONE.read_bytes())
        _, result = lmpath.analyze(self.folder / 'a.pcapng.zst', self.folder,
                                   self.folder / 'a.pcapng.zst', *EXPECT)
        self.assertEqual(len(result['inputs']), 1)
        self.assertEqual([len(c['vantage_points']) for c in result['connections']], [1])

    def test_standard_input_named_twice_is_read_once(self):
        code, result = lmpath.analyze('-', '-', *EXPECT, stdin=ONE.read_bytes())
        self.assertEqual((code, len(result['inputs'])), (0, 1))

    def test_a_file_that_ends_before_its_first_packet_is_an_error(self):
        for n_bytes in (40, 200):
            path = self.folder / f'cut-{n_bytes}.pcapng'
            path.write_bytes(PLAIN.read_bytes()[:n_bytes])
            err = self.refused(path)
            self.assertIn(path.name, err)
            self.assertRegex(err, r'byte \d+.*copy the capture again')

    def test_beside_another_it_is_a_finding(self):
        path = self.folder / 'cut.pcapng'
        path.write_bytes(PLAIN.read_bytes()[:200])
        code, result = lmpath.analyze(path, ONE, *EXPECT)
        self.assertEqual(code, 0)
        self.assertEqual([i['truncated'] for i in result['inputs']], [True, False])
        self.assertIn('LM303', [f['id'] for f in result['findings']])

    def test_a_capture_without_packets_is_none_of_that(self):
        path = self.folder / 'quiet.pcap'
        path.write_bytes((A / 'hv01-mgmt0.pcap').read_bytes()[:24])
        code, result = lmpath.analyze(path, *EXPECT)
        self.assertEqual((code, result['verdict']), (3, 'no-migration'))

    def test_a_folder_in_which_nothing_can_be_read_is_an_error(self):
        (self.folder / 'a.pcap').write_text('none')
        self.assertIn('a.pcap', self.refused(self.folder))

    def test_a_cut_of_compressed_data_says_what_to_do(self):
        path = self.folder / 'cut.pcapng.gz'
        path.write_bytes(gzip.compress(PLAIN.read_bytes())[:12])
        self.assertIn('copy the capture again', self.refused(path))

    def test_json_is_sent_where_it_belongs(self):
        err = self.refused(lmpath.ROOT / 'fixtures/snapshots/lab.json')
        self.assertIn('-t', err)


if __name__ == '__main__':
    unittest.main()
