"""lmpath drift: every setting that it knows is told when it changes, and nothing else ever is.

The cluster is made here: an object for each section, a value for each setting. A case changes one
value; a rearrangement changes only the form. What only one side tells is held against neither.
"""
import copy
import json
import pathlib
import sys
import tempfile
import unittest

from lmpath import ROOT, run

try:
    import jsonschema
except ImportError:
    sys.exit(77)

SNAPSHOTS = ROOT / 'fixtures/snapshots'
SCHEMA = json.loads((ROOT / 'schemas/drift-1.schema.json').read_text(encoding='utf-8'))


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, snapshot):
        path = pathlib.Path(self.folder.name) / name
        if isinstance(snapshot, bytes):
            path.write_bytes(snapshot)
        else:
            path.write_text(json.dumps(snapshot), encoding='utf-8')
        return path

    def drift_files(self, base, now):
        code, out, err = run('drift', base, now, '-f', 'json')
        self.assertIn(code, (0, 1), err)
        result = json.loads(out)
        jsonschema.validate(result, SCHEMA)
        is_drift = any(c['severity'] == 'warning' for c in result['changes'])
        self.assertEqual((code, result['drift']), (int(is_drift), is_drift))
        return result

    def drift(self, base, now):
        return self.drift_files(self.write('base.json', base), self.write('now.json', now))


def lab():
    return json.loads((SNAPSHOTS / 'lab.json').read_text(encoding='utf-8'))


class Drift(Files):
    def test_the_layers_of_the_broken_labs(self):
        for name, layer, n in (('wrong-role', 'network-role', 1), ('wrong-order', 'cluster-order', 2),
                               ('wrong-host-list', 'host-list', 2)):
            with self.subTest(name):
                result = self.drift_files(SNAPSHOTS / 'lab.json', SNAPSHOTS / f'{name}.json')
                self.assertEqual([c['layer'] for c in result['changes']], [layer] * n)

    def test_other_powershells_write_the_same(self):
        result = self.drift_files(SNAPSHOTS / 'lab.json', SNAPSHOTS / 'lab-ps51.json')
        self.assertEqual((result['changes'], result['not_comparable']), ([], []))

    def test_what_failed_is_not_comparable(self):
        result = self.drift_files(SNAPSHOTS / 'lab.json', SNAPSHOTS / 'section-errored.json')
        self.assertEqual(result['changes'], [])
        self.assertEqual(result['not_comparable'], [
            {'cmdlet': 'Get-ClusterParameter', 'property': None, 'known_in': 'base', 'nodes': []},
            {'cmdlet': 'Get-VMMigrationNetwork', 'property': None, 'known_in': 'base',
             'nodes': ['HV02']}])

    def test_two_clusters_are_refused(self):
        code, out, err = run('drift', SNAPSHOTS / 'lab.json', SNAPSHOTS / 'converged.json')
        self.assertEqual((code, out, err.count('\n')), (2, b'', 1))
        self.assertIn("'CONVERGED'", err)

    def test_hosts_in_common_are_needed(self):
        base = {'Nodes': {'A': {'Get-VMHost': {}}}}
        other = {'Nodes': {'B': {'Get-VMHost': {}}}}
        code, _, err = run('drift', self.write('a.json', base), self.write('b.json', other))
        self.assertEqual((code, err.count('\n')), (2, 1))
        self.assertIn('no host in common', err)

    def test_a_host_that_was_not_read_is_no_change(self):
        now = lab()
        del now['Nodes']['HV02']
        result = self.drift(lab(), now)
        self.assertEqual(result['changes'], [])
        self.assertEqual(result['not_comparable'], [
            {'cmdlet': None, 'property': None, 'known_in': 'base', 'nodes': ['HV02']}])

    def test_a_host_that_left_is_one_change(self):
        now = lab()
        del now['Nodes']['HV02']
        now['Get-ClusterNode'] = now['Get-ClusterNode'][:1]
        now['Get-ClusterNetworkInterface'] = [i for i in now['Get-ClusterNetworkInterface']
                                              if i['Node'] == 'HV01']
        result = self.drift(lab(), now)
        self.assertEqual([(c['node'], c['what'], c['kind']) for c in result['changes']],
                         [('HV02', 'node', 'removed')])
        self.assertEqual(result['not_comparable'], [])

    def test_a_renamed_network_is_one_change(self):
        now = lab()
        now['Get-ClusterNetwork'][1]['Name'] = 'LM'
        for nic in now['Get-ClusterNetworkInterface']:
            nic['Network'] = nic['Network'].replace('Storage1', 'LM')
        changes = self.drift(lab(), now)['changes']
        self.assertEqual([(c['what'], c['old'], c['new']) for c in changes],
                         [('Storage1: name', 'Storage1', 'LM')])

    def test_lists_that_follow_a_new_id_are_the_same(self):
        now = lab()
        text = json.dumps(now).replace('7e5d2a1c-93b4-4f7a-8c12-5b7d9e3f2b02',
                                       '00000000-93b4-4f7a-8c12-5b7d9e3f2b02')
        changes = self.drift(lab(), json.loads(text))['changes']
        self.assertEqual([c['what'] for c in changes], ['Storage1: id'])
        now['Get-ClusterNetwork'][1]['Id'] = '00000000-93b4-4f7a-8c12-5b7d9e3f2b02'
        changes = self.drift(lab(), now)['changes'] # the list stayed behind, and the id says so
        self.assertEqual([c['what'] for c in changes], ['Storage1: id'])

    def test_a_full_name_is_the_short_one_s_host(self):
        now = lab()
        now['Nodes'] = {f'{k.lower()}.lab.example': v for k, v in now['Nodes'].items()}
        result = self.drift(lab(), now)
        self.assertEqual((result['changes'], result['not_comparable']), ([], []))


if __name__ == '__main__':
    unittest.main()
