"""No guest memory on disk: virtual machines and files full of a known text, and of forged SMB
requests, are moved in the lab while lmpath records with the longest snap length there is.

Searched is every file of the session, and what lmpath said. Another capture beside it shows that the
text was there to be kept. Needs root, the lab's programs and tcpdump.
"""
import contextlib
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

import lmpath

LAB = lmpath.ROOT / 'tools/lab/lab'
NEEDED = ('ip', 'qemu-system-x86_64', 'smbd', 'smbclient', 'smbpasswd', 'gcc', 'tcpdump')
HOST, NIC = 'hv01', 'stor1'
NETWORKS = ('Management=10.10.10.0/24', 'Storage1=10.20.0.0/24')
SHARE = r'\\10.20.0.2\vmstore'
TIMEOUT_S = 120
CONTROL_SNAP = 512  # shows headers, a name and some of each segment's data

MARKER = 'GUEST-MEMORY-MUST-NOT-BE-KEPT'  # as tools/lab/README.md has it
PIECE = 6  # of the marker's characters: a longer one than chance would make
FILE = 'memory.bin'  # the copied file's name
# process, tree and session of the forged headers
FORGED = struct.pack('<IIQ', 0xfeff, 1, 0x0000400000000001)


def leaks(content):
    """What of the memory is in there."""
    pieces = [MARKER[i:i + PIECE] for i in range(len(MARKER) - PIECE + 1)]
    found = [p for p in pieces if p.encode() in content or p.encode('utf-16-le') in content]
    return found + ['a forged header'] * (FORGED in content)


class Lab(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.id = f'secret{os.getpid()}'
        cls.lab('up')

    @classmethod
    def tearDownClass(cls):
        cls.lab('down')

    @classmethod
    def lab(cls, action):
        done = subprocess.run([sys.executable, LAB, action, '--lab', cls.id], capture_output=True,
                              text=True, timeout=TIMEOUT_S)
        if done.returncode:
            sys.exit(f'lab {action}: {done.stderr.strip()}')

    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = pathlib.Path(self.scratch.name)
        self.session = self.folder / 'session'

    def on_host(self, *command):
        return ['ip', 'netns', 'exec', f'lmlab-{self.id}-{HOST}', *map(str, command)]

    @contextlib.contextmanager
    def capture(self, path):
        """One beside lmpath's, that keeps data."""
        with subprocess.Popen(self.on_host('tcpdump', '-i', NIC, '-s', CONTROL_SNAP, '-U', '-w', path,
                                           'tcp'), stderr=subprocess.PIPE) as process:
            try:
                while b'listening on' not in process.stderr.readline():
                    self.assertIsNone(process.poll(), 'tcpdump does not start')
                yield
            finally:
                process.terminate()

    def record(self, *command):
        """Run a command of the lab under lmpath. Returns what passed, and what lmpath said."""
        control = self.folder / 'control.pcap'
        networks = [word for network in NETWORKS for word in ('-n', network)]
        with self.capture(control):
            done = subprocess.run(
                self.on_host(*lmpath.program(), 'run', '-s', '65535', '-v', '-w', self.session,
                             *networks, '--', sys.executable, LAB, *command, '--lab', self.id),
                capture_output=True, timeout=TIMEOUT_S)
        self.assertIn(done.returncode, (0, 1, 3), done.stderr.decode(errors='replace'))
        return control.read_bytes(), done.stdout + done.stderr

    def check(self, *command, pattern):
        control, said = self.record(*command, '--network', 'Storage1', '--pattern', pattern)
        self.assertTrue(MARKER.encode() in control, 'the memory did not pass')
        self.assertEqual(FORGED in control, pattern == 'forged-smb')
        self.assertEqual(leaks(said), [])
        files = [path for path in self.session.rglob('*') if path.is_file()]
        self.assertIn(self.session / 'capture.pcapng', files)
        for path in files:
            with self.subTest(file=path.name):
                self.assertEqual(leaks(path.read_bytes()), [])
        return (self.session / 'capture.pcapng').read_bytes(), control

    def check_copy(self, pattern):
        """Over SMB what is kept of messages is kept: the share's name, and not the file's."""
        kept, control = self.check('smb-copy', pattern=pattern)
        for name, is_kept in ((SHARE, True), (FILE, False)):
            self.assertTrue(name.encode('utf-16-le') in control)
            self.assertEqual(name.encode('utf-16-le') in kept, is_kept)
        self.assertTrue(b'NTLMSSP' in control)
        self.assertFalse(b'NTLMSSP' in kept)

    def test_keeps_no_memory_of_a_machine_that_is_moved(self):
        self.check('migrate', pattern='known')

    def test_keeps_no_forged_requests_of_a_machine_that_is_moved(self):
        self.check('migrate', pattern='forged-smb')

    def test_keeps_no_content_of_a_file_that_is_copied(self):
        self.check_copy('known')

    def test_keeps_no_forged_requests_of_a_file_that_is_copied(self):
        self.check_copy('forged-smb')


if __name__ == '__main__':
    missing = [name for name in NEEDED if not shutil.which(name)]
    if os.geteuid() or missing:
        print('skipped:', 'needs root' if os.geteuid() else f'not installed: {", ".join(missing)}')
        sys.exit(77)
    unittest.main()
