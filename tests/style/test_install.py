#!/usr/bin/env python3
"""What tools/common.sh does about missing packages: with sudo, without, offline, elsewhere than Debian."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

DPKG_QUERY = 'exit 1'
USER = 'echo 1000'
APT_GET = '[ "$4" = update ] || touch installed'
SUDO_WITHOUT_PASSWORD = '[ "$1" != -v ] || exit 1\nexec "$@"'
SUDO_REFUSES = 'echo "Sorry, user joe may not run sudo." >&2\nexit 1'
OFFLINE = 'seq 100\necho "E: Temporary failure resolving" >&2\nexit 100'


class Install(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / 'tools').mkdir()
        shutil.copy(ROOT / 'tools' / 'common.sh', self.root / 'tools')
        self.bin = self.root / 'bin'
        self.bin.mkdir()
        for name in ('bash', 'cat', 'dirname', 'env', 'mkdir', 'seq', 'sed', 'tail', 'touch', 'tr',
                     'true', 'grep'):
            (self.bin / name).symlink_to(shutil.which(name))
        self.command('dpkg-query', DPKG_QUERY)
        self.command('id', USER)

    def command(self, name, body):
        """A program that stands in for the system's."""
        path = self.bin / name
        path.write_text('#!/bin/bash\n' + body + '\n')
        path.chmod(0o755)

    def install(self):
        done = subprocess.run(
            ['bash', '-c', 'source tools/common.sh; install_packages gcc meson; echo went on'],
            cwd=self.root, env={'PATH': str(self.bin)}, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def assert_told(self, result, words):
        code, out, err = result
        self.assertEqual(code, 2)
        self.assertNotIn('went on', out)
        self.assertIn(words, err.splitlines()[-1])
        self.assertIn('gcc meson', err.splitlines()[-1])

    def test_sudo_without_a_password_is_enough(self):
        self.command('apt-get', APT_GET)
        self.command('sudo', SUDO_WITHOUT_PASSWORD)
        code, out, err = self.install()
        self.assertEqual((code, err), (0, ''))
        self.assertIn('went on', out)
        self.assertTrue((self.root / 'installed').exists())

    def test_without_sudo_the_packages_are_named(self):
        self.command('apt-get', APT_GET)
        self.assert_told(self.install(), 'as root: apt-get install')

    def test_a_user_whom_sudo_refuses_is_told_the_packages(self):
        self.command('apt-get', APT_GET)
        self.command('sudo', SUDO_REFUSES)
        self.assert_told(self.install(), 'as root: apt-get install')

    def test_offline_the_end_says_what_is_to_be_installed(self):
        self.command('id', 'echo 0')
        self.command('apt-get', OFFLINE)
        result = self.install()
        self.assert_told(result, 'try again')
        self.assertIn('Temporary failure resolving', result[1])
        self.assertLess(len(result[1].splitlines()), 20)

    def test_elsewhere_than_on_debian_the_packages_are_named(self):
        self.assert_told(self.install(), 'no apt-get here')


class Usage(unittest.TestCase):
    def test_a_mistyped_option_starts_nothing(self):
        for command in (('tools/test.sh', '--quik'), ('tools/test.sh', '--quick', 'x'),
                        ('tools/demo.sh', '-h')):
            done = subprocess.run(['bash', ROOT / command[0], *command[1:]], capture_output=True,
                                  text=True, timeout=30)
            self.assertEqual((done.returncode, done.stdout), (2, ''), command)
            self.assertTrue(done.stderr.startswith('usage: '), done.stderr)


if __name__ == '__main__':
    unittest.main()
