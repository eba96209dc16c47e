"""The Windows build prints what the native one does, byte for byte, for every capture in fixtures/.

LMPATH_NATIVE names the native program; without it there is nothing to compare with.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import lmpath
import test_template

FIXTURES = lmpath.ROOT / 'fixtures'
ANALYSES = ('text', 'json', 'markdown')
REPORTS = ('html', 'docx', 'markdown')
CAPTURE = 'captures/b_wrong_management/hv01-all.pcapng.gz'
NETWORKS = ('-n', 'Management=10.10.10.0/24,fd00:10::/64', '-n', 'Storage1=10.20.0.0/24,fd00:20::/64')


def inputs():
    """Every capture, every folder of captures, as the user names them in fixtures/."""
    for folder in sorted(lmpath.CAPTURES.iterdir()):
        yield folder.relative_to(FIXTURES).as_posix()
        for file in sorted(folder.glob('*.pcap*')):
            yield file.relative_to(FIXTURES).as_posix()


def outcome(program, formats, *args):
    """Exit code, stdout, stderr and the content of each file written."""
    with tempfile.TemporaryDirectory() as out:
        pairs = [word for f in formats for word in ('-f', f, '-o', f'{out}/{f}')]
        done = subprocess.run([*program, *args, *pairs], cwd=FIXTURES,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=300)
        files = {f.name: f.read_bytes() for f in sorted(pathlib.Path(out).iterdir())}
        return {'exit': done.returncode, 'stdout': done.stdout, 'stderr': done.stderr, **files}


class SameOutput(unittest.TestCase):
    maxDiff = None

    def same(self, *args):
        self.same_files(ANALYSES, 'analyze', '-v', *args)

    def same_files(self, formats, *args):
        native = outcome([os.environ['LMPATH_NATIVE']], formats, *args)
        other = outcome(lmpath.program(), formats, *args)
        self.assertLess(native['exit'], 4)
        for name in native.keys() | other.keys():
            with self.subTest(args=args, what=name):
                self.assertEqual(native.get(name), other.get(name))

    def test_with_networks(self):
        for path in inputs():
            self.same(path, *NETWORKS, '-e', 'Storage1')

    def test_without_networks(self):
        for path in inputs():
            self.same(path)

    def test_all_at_once(self):
        self.same(*(f'captures/{f.name}' for f in sorted(lmpath.CAPTURES.iterdir())), *NETWORKS)

    def test_reports(self):
        for language in ('en', 'nl'):
            self.same_files(REPORTS, 'report', '--before', 'results/b_wrong_management.json', '--after',
                            'results/a_right_storage.json', '--lang', language,
                            '--accent', '#8800cc', '--customer', 'Contoso')

    def test_template(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, 'template.docx')
            file.write_bytes(test_template.pack(test_template.parts()))
            self.same_files(('docx',), 'report', 'results/a_right_storage.json', '--template',
                            str(file))

    def test_redacted_reports(self):
        self.same_files((*REPORTS, 'json', 'junit', 'prometheus'), 'report', '--redact',
                        'results/b_wrong_management.json', '--redact-name', 'storage', '--logo',
                        '../tests/fuzz/corpus/image/baseline.jpg')
        self.same(CAPTURE, *NETWORKS, '--redact-key', 'secret')

    def test_help(self):
        for args in (['--help'], ['analyze', '--help'], ['--version'], ['no-such-command']):
            native = subprocess.run([os.environ['LMPATH_NATIVE'], *args], capture_output=True)
            other = subprocess.run([*lmpath.program(), *args], capture_output=True)
            with self.subTest(args=args):
                self.assertEqual((native.returncode, native.stdout, native.stderr),
                                 (other.returncode, other.stdout, other.stderr))


if __name__ == '__main__':
    if 'LMPATH_NATIVE' not in os.environ:
        sys.exit(77)
    unittest.main()
