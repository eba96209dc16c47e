"""The benchmark's own check, on small captures: what lmpath counts is the generator's truth."""
import subprocess
import sys
import tempfile
import unittest

import lmpath


class Bench(unittest.TestCase):
    def test_every_count_is_the_generators(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, lmpath.ROOT / 'tools' / 'bench' / 'bench.py', lmpath.program()[0],
                 folder, '--rounds', '0', '--scale', '0.01'], capture_output=True, text=True,
                timeout=600)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stdout.count('every count exact'), 6, done.stdout)


if __name__ == '__main__':
    unittest.main()
