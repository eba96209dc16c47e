"""-f and -o: what is written where, whole or not at all, and told before any work when it can't be."""
import json
import os
import pathlib
import signal
import stat
import subprocess
import tempfile
import unittest

import lmpath

CAPTURE = lmpath.CAPTURES / 'b_wrong_management/hv01-all.pcapng.gz'
# a Windows program has other pipes, devices and signals
NATIVE = lmpath.is_native()
OPTIONS = ('-n', 'Management=10.10.10.0/24', '-n', 'Storage1=10.20.0.0/24', '-e', 'Storage1')


class Outputs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def analyze(self, *args):
        return lmpath.run('analyze', CAPTURE, *OPTIONS, *args)

    def left(self):
        return sorted(path.name for path in self.folder.iterdir())

    def test_each_format_goes_to_the_file_behind_it(self):
        result, page = self.folder / 'r', self.folder / 'p'
        code, out, err = self.analyze('-f', 'text', '-f', 'json', '-o', result, '-f', 'markdown',
                                      '-o', page)
        self.assertEqual((code, err), (1, ''))
        self.assertTrue(out.startswith(b'WRONG NETWORK: 100 % of the memory (198 MiB)'))
        self.assertEqual(json.loads(result.read_text())['verdict'], 'wrong-network')
        self.assertTrue(page.read_text().startswith('# WRONG NETWORK'))
        self.assertEqual(self.left(), ['p', 'r'])

    def test_the_name_tells_the_format_where_none_is_given(self):
        code, out, _ = self.analyze('-o', self.folder / 'r.json', '-o', self.folder / 'r.md')
        self.assertEqual((code, out), (1, b''))
        self.assertEqual(json.loads((self.folder / 'r.json').read_text())['lmpath'],
                         lmpath.run('--version')[1].decode().split()[1])
        self.assertTrue((self.folder / 'r.md').read_text().startswith('# '))

    def test_the_name_tells_the_format_in_capitals_too(self):
        self.analyze('-o', self.folder / 'R.JSON')
        self.assertTrue((self.folder / 'R.JSON').read_text().startswith('{'))

    def test_a_dash_is_standard_output(self):
        code, out, _ = self.analyze('-f', 'json', '-o', '-')
        self.assertEqual((code, json.loads(out)['schema']), (1, 'lmpath.analysis/1'))

    def test_lines_end_alike_on_every_system(self):
        self.assertNotIn(b'\r', self.analyze('-v')[1])

    def test_standard_output_takes_one_result(self):
        code, out, err = self.analyze('-f', 'text', '-f', 'json')
        self.assertEqual((code, out), (2, b''))
        self.assertIn('two results would go to standard output', err)

    def test_an_older_result_is_replaced(self):
        result = self.folder / 'r.json'
        result.write_text('old')
        self.analyze('-o', result)
        self.assertTrue(result.read_text().startswith('{'))
        self.assertEqual(self.left(), ['r.json'])

    def test_an_older_result_survives_a_failed_run(self):
        result = self.folder / 'r.json'
        result.write_text('old')
        code, _, err = lmpath.run('analyze', lmpath.ROOT / 'fixtures/bad/letter.pcapng', '-o', result)
        self.assertEqual((code, err.count('\n')), (2, 1))
        self.assertEqual(result.read_text(), 'old')
        self.assertEqual(self.left(), ['r.json'])

    def test_a_missing_folder_is_told_in_one_line(self):
        code, out, err = self.analyze('-o', self.folder / 'none/r.json')
        self.assertEqual((code, out, err.count('\n')), (2, b'', 1))
        self.assertIn('No such file or directory', err)

    def test_a_folder_is_no_file(self):
        code, _, err = self.analyze('-o', self.folder)
        self.assertEqual((code, err.count('\n')), (2, 1))
        self.assertTrue(self.folder.is_dir())

    @unittest.skipUnless(NATIVE and os.path.exists('/dev/full'), 'needs /dev/full')
    def test_a_full_disk_is_an_error_and_no_verdict(self):
        code, _, err = self.analyze('-f', 'json', '-o', '/dev/full')
        self.assertEqual((code, err.count('\n')), (2, 1))
        self.assertIn('No space left on device', err)
        self.assertTrue(stat.S_ISCHR(os.stat('/dev/full').st_mode))

    @unittest.skipUnless(NATIVE and os.path.exists('/dev/full'), 'needs /dev/full')
    def test_help_that_nobody_gets_is_an_error(self):
        for words in ('--help',), ('--version',), ('help', 'check'), ('explain', '--all'):
            with open('/dev/full', 'wb') as full:
                done = subprocess.run(lmpath.program() + list(words), stdout=full,
                                      stderr=subprocess.PIPE, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr.count('\n')), (2, 1), words)
            self.assertIn('No space left on device', done.stderr)

    @unittest.skipUnless(NATIVE, 'needs terminals')
    def test_a_terminal_gets_no_document(self):
        for command in 'analyze', 'report':
            master, terminal = os.openpty()
            self.addCleanup(os.close, master)
            done = subprocess.run(lmpath.program() + [command, str(CAPTURE), '-f', 'docx'],
                                  stdout=terminal, stderr=subprocess.PIPE, text=True, check=False)
            os.close(terminal)
            self.assertEqual((done.returncode, done.stderr), (
                2, 'lmpath: docx is nothing for a terminal, name a file: -f docx -o FILE\n'))

    @unittest.skipUnless(NATIVE, 'needs named pipes')
    def test_a_pipe_is_written_to_as_it_is(self):
        pipe = self.folder / 'pipe'
        os.mkfifo(pipe)
        with subprocess.Popen(lmpath.program() + ['analyze', str(CAPTURE), *OPTIONS, '-q', '-o',
                                                  str(pipe)]) as process:
            self.addCleanup(process.kill)
            read = subprocess.run(['cat', pipe], stdout=subprocess.PIPE, timeout=60)
            self.assertEqual(process.wait(timeout=60), 1)
        self.assertTrue(read.stdout.startswith(b'WRONG NETWORK'))
        self.assertTrue(stat.S_ISFIFO(os.stat(pipe).st_mode))

    @unittest.skipUnless(NATIVE, 'needs links')
    def test_a_link_stays_and_its_file_is_replaced(self):
        link, real = self.folder / 'latest.json', self.folder / 'real.json'
        real.write_text('old')
        link.symlink_to(real.name)
        self.analyze('-o', link)
        self.assertTrue(link.is_symlink())
        self.assertTrue(real.read_text().startswith('{'))

    @unittest.skipUnless(NATIVE and os.path.exists('/dev/fd'), 'needs /dev/fd')
    def test_an_open_file_is_written_to_as_it_is(self):
        with open(self.folder / 'open', 'wb') as file:
            number = file.fileno()
            subprocess.run(lmpath.program() + ['analyze', str(CAPTURE), *OPTIONS, '-f', 'json', '-o',
                                               f'/dev/fd/{number}'], pass_fds=[number], check=False)
            self.assertEqual(os.fstat(number).st_nlink, 1)
        self.assertTrue((self.folder / 'open').read_text().startswith('{'))

    @unittest.skipUnless(NATIVE, 'needs signals')
    def test_an_interrupt_leaves_nothing_behind(self):
        with subprocess.Popen(lmpath.program() + ['analyze', '-', '-o', str(self.folder / 'r.json')],
                              stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            process.stdin.write(b'\xd4\xc3\xb2\xa1')
            process.stdin.flush()
            self.addCleanup(process.kill)
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
        self.assertEqual(self.left(), [])


if __name__ == '__main__':
    unittest.main()
