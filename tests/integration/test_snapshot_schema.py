"""The published shape of a snapshot takes the forms that the reader takes, and no wrong types."""
import copy
import json
import pathlib
import sys
import unittest

try:
    import jsonschema
except ImportError:
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / 'schemas/snapshot-1.schema.json').read_text(encoding='utf-8'))
FIXTURES = ROOT / 'fixtures/snapshots'
NO_JSON = {'broken-not-json.json', 'broken-cut.json'}
WRONG_SHAPE = {'broken-types.json', 'broken-depth.json'}


def load(path):
    data = path.read_bytes()
    return json.loads(data.decode('utf-16' if data[:2] == b'\xff\xfe' else 'utf-8-sig'))


def problems(snapshot):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return [f'{error.json_path}: {error.message}' for error in validator.iter_errors(snapshot)]


class SnapshotSchema(unittest.TestCase):
    def setUp(self):
        self.lab = load(FIXTURES / 'lab.json')

    def changed(self, path, value):
        snapshot = copy.deepcopy(self.lab)
        at = snapshot
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value
        return problems(snapshot)

    def test_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_fixtures(self):
        paths = sorted(FIXTURES.glob('*.json'))
        self.assertGreater(len(paths), 10)
        for path in paths:
            with self.subTest(path.name):
                if path.name in NO_JSON:
                    self.assertRaises(ValueError, load, path)
                elif path.name in WRONG_SHAPE:
                    self.assertNotEqual(problems(load(path)), [])
                else:
                    self.assertEqual(problems(load(path)), [])

    def test_takes_every_form(self):
        networks = self.lab['Get-ClusterNetwork']
        forms = {
            ('Get-ClusterNetwork',): [networks, networks[0], None, [],
                                      {'value': networks, 'Count': 3}],
            ('Get-ClusterNetwork', 0, 'Role'): [3, '3', 'ClusterAndClient', None, {'value__': 3},
                                                {'value': 3, 'Value': 'ClusterAndClient'}],
            ('Get-ClusterNetwork', 0, 'Metric'): [70384, '70384', 18446744073709551615, None, ''],
            ('Get-ClusterNetwork', 0, 'AutoMetric'): [True, 'True', 'false', 1, '0', None],
            ('Get-ClusterNetwork', 0, 'Ipv4PrefixLengths'): [
                ['24'], [24], '24', 24, {'value': ['24'], 'Count': 1}, None,
                'System.Collections.Specialized.StringCollection'],
            ('Get-ClusterNetworkInterface', 0, 'Network'): ['Management', None,
                                                            {'Name': 'Management'}],
            ('Get-ClusterParameter',): [{'MigrationNetworkOrder': 'a;b'}, []],
            ('Nodes',): [{}, None, {'HV01': None}],
            ('Errors',): [None, [], {'Node': 'HV01', 'Cmdlet': 'Get-VMHost', 'Message': 'no'}],
            ('Nodes', 'HV01', 'Get-VMMigrationNetwork', 0, 'Priority'): [1, '1', None],
            ('of a later version',): [{'any': 'thing'}],
        }
        for path, values in forms.items():
            for value in values:
                with self.subTest(path=path, value=value):
                    self.assertEqual(self.changed(path, value), [])

    def test_refuses_wrong_types(self):
        wrong = {
            ('schema',): ['lmpath.analysis/1', None],
            ('Get-ClusterNetwork',): ['text', 1, ['text'], {'Role': 1}],
            ('Get-ClusterNetwork', 0, 'Name'): [1, ['x']],
            ('Get-ClusterNetwork', 0, 'Role'): [[3], True, {}],
            ('Get-ClusterNetwork', 0, 'Metric'): ['high', [1], True],
            ('Get-ClusterNetwork', 0, 'AutoMetric'): ['yes', []],
            ('Get-ClusterNetwork', 0, 'Ipv4Addresses'): [True, [[]], {}],
            ('Nodes',): ['HV01', []],
            ('Nodes', 'HV01'): ['text', 7],
            ('Nodes', 'HV01', 'Get-VMMigrationNetwork', 0, 'Subnet'): [24],
            ('Nodes', 'HV01', 'Get-NetAdapter'): ['MSFT_NetAdapter'],
            ('Errors',): ['none', [1]],
        }
        for path, values in wrong.items():
            for value in values:
                with self.subTest(path=path, value=value):
                    self.assertNotEqual(self.changed(path, value), [])


if __name__ == '__main__':
    unittest.main()
