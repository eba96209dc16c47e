"""lmpath snapshot: the collector within the program, run where PowerShell is.

On Linux there is no Hyper-V to ask, and it says so. Under Wine fake_powershell.exe (FAKE_POWERSHELL)
stands in for powershell.exe: it shows what is started and what becomes of its output; what a real
PowerShell makes of it, only Windows can tell.
"""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import lmpath

COLLECTOR = lmpath.ROOT / 'tools/Get-LmPathSnapshot.ps1'
LAB = lmpath.ROOT / 'fixtures/snapshots/lab.json'
FAKE = os.environ.get('FAKE_POWERSHELL')
TIMEOUT_S = 60


def windows(path):
    """A path of this machine as Wine's programs know it."""
    return 'Z:' + str(path).replace('/', '\\')


class Asked(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def lmpath(self, *args, **environment):
        done = subprocess.run([*lmpath.program(), *map(str, args)], cwd=self.folder,
                              env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=TIMEOUT_S, check=False)
        return done.returncode, done.stdout, done.stderr.decode()

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())


class Snapshot(Asked):
    def test_the_script_is_the_one_of_the_tree(self):
        code, out, err = self.lmpath('snapshot', '--script')
        self.assertEqual((code, out.replace(b'\r\n', b'\n'), err), (0, COLLECTOR.read_bytes(), ''))
        code, out, err = self.lmpath('snapshot', '--script', '-o', 'collector.ps1')
        self.assertEqual((code, out, err), (0, b'', ''))
        self.assertEqual((self.folder / 'collector.ps1').read_bytes(), COLLECTOR.read_bytes())

    def test_what_can_not_be_is_one_line(self):
        for args in (('--script', 'HV01'), ('-o', 'a', '-o', 'b'), ('-o', 'no/such/folder'), ('-x',),
                     ('--no-cluster',)):
            with self.subTest(args):
                code, out, err = self.lmpath('snapshot', *args)
                self.assertEqual((code, out, err.replace('\r', '').count('\n')), (2, b'', 1), err)
                self.assertEqual(self.names(), [])

    @unittest.skipIf(FAKE, 'there is a PowerShell')
    def test_says_where_to_run_it(self):
        code, out, err = self.lmpath('snapshot', TMPDIR=str(self.folder))
        self.assertEqual((code, out, err.count('\n')), (2, b'', 1))
        self.assertIn('run this on a cluster node', err)
        self.assertIn('lmpath snapshot --script', err)
        self.assertEqual(self.names(), [])


@unittest.skipUnless(FAKE, 'only under Wine')
class Collected(Asked):
    def setUp(self):
        super().setUp()
        shells = tempfile.TemporaryDirectory()
        self.addCleanup(shells.cleanup)
        self.shells = pathlib.Path(shells.name)
        shutil.copy(FAKE, self.shells / 'powershell.exe')
        self.script = self.shells / 'script'

    def collect(self, *args, snapshot=LAB, status=0):
        return self.lmpath('snapshot', *args, WINEPATH=windows(self.shells),
                           FAKE_SCRIPT=windows(self.script), FAKE_SNAPSHOT=windows(snapshot),
                           FAKE_STATUS=str(status))

    def test_writes_what_was_collected(self):
        code, out, err = self.collect()
        self.assertEqual((code, out), (0, b''), err)
        self.assertEqual(err.split(), 'WARNING: 1 sections could not be read'.split())
        self.assertEqual((self.folder / 'snapshot.json').read_bytes(), LAB.read_bytes())

    def test_standard_output_is_the_snapshot_alone(self):
        code, out, err = self.collect('-o', '-')
        self.assertEqual((code, out.replace(b'\r\n', b'\n')), (0, LAB.read_bytes()), err)
        self.assertEqual(self.names(), [])

    def test_nodes_are_words_and_nothing_else(self):
        self.collect('HV01', "HV02'; Stop-Computer; '")
        script = self.script.read_text().splitlines()
        self.assertTrue(script[2].endswith(
            "snapshot.json' -Node 'HV01', 'HV02''; Stop-Computer; ''' | Out-Null"), script[2])

    def test_hosts_without_a_cluster(self):
        self.collect('--no-cluster', 'HV01', 'HV02')
        self.assertTrue(self.script.read_text().splitlines()[2].endswith(
            "snapshot.json' -ComputerName 'HV01', 'HV02' | Out-Null"))

    def test_what_failed_leaves_nothing(self):
        for snapshot, status, told in ((LAB, 1, 'the collector ended with status 1'),
                                       (self.folder / 'none', 0, 'the collector wrote nothing'),
                                       (LAB.parent / 'broken-not-json.json', 0, 'snapshot.json')):
            with self.subTest(told):
                code, out, err = self.collect(snapshot=snapshot, status=status)
                self.assertEqual((code, out), (2, b''))
                self.assertIn(told, err)
                self.assertEqual(self.names(), [])

    def test_the_scripts_folder_is_gone_afterwards(self):
        self.collect()
        folder = self.script.read_text().split("& '")[1].split("/Get-LmPathSnapshot.ps1'")[0]
        self.assertIn('lmpath-', folder)
        code, _, _ = self.lmpath('check', folder + '/snapshot.json')
        self.assertEqual(code, 2)


if __name__ == '__main__':
    unittest.main()
