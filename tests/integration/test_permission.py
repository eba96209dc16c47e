"""A capture that may not be read: one line that says so, exit code 2."""
import os
import pathlib
import subprocess
import tempfile
import shutil
import unittest

import lmpath

NOBODY = 65534


class Permission(unittest.TestCase):
    def refuse(self, folder, path):
        program = lmpath.program()
        # root may read anything, so as root the program runs as nobody, from where nobody reaches it
        as_nobody = {'user': NOBODY, 'group': NOBODY} if os.geteuid() == 0 else {}
        if as_nobody:
            program = [shutil.copy(program[0], folder / 'lmpath')]
        done = subprocess.run([*program, 'analyze', path], cwd=folder, capture_output=True, text=True,
                              timeout=60, **as_nobody)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, '')
        self.assertEqual(done.stderr.count('\n'), 1, done.stderr)
        self.assertIn(path, done.stderr)
        self.assertIn('Permission denied', done.stderr)

    def test_file(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            folder.chmod(0o755)
            shutil.copy(lmpath.CAPTURES / 'f_cancelled/hv01-all.pcapng', folder / 'a.pcapng')
            (folder / 'a.pcapng').chmod(0)
            self.refuse(folder, 'a.pcapng')

    def test_folder(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            folder.chmod(0o755)
            (folder / 'captures').mkdir(mode=0)
            self.refuse(folder, 'captures')


if __name__ == '__main__':
    unittest.main()
