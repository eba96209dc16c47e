"""lmpath drift: every setting that it knows is told when it changes, and nothing else ever is.

The cluster is made here: an object for each section, a value for each setting. A case changes one
value; a rearrangement changes only the form. What only one side tells is held against neither.
"""
import json
import pathlib
import random
import re
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

from lmpath import ROOT, is_native, run
from settings import LEFT_OUT, collected, encoded, places, rearranged, sections, whole

try:
    import jsonschema
except ImportError:
    sys.exit(77)

SNAPSHOTS = ROOT / 'fixtures/snapshots'
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((ROOT / 'schemas/drift-1.schema.json').read_text(encoding='utf-8')))


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
        SCHEMA.validate(result)
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


def other(key, value):
    """A value that means something else."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if isinstance(value, list):
        return value + (['10.99.0.0'] if 'Address' in key else ['77'])
    return 'Other' if value is not None else 7


def cases_of(page):
    """(cmdlet, property, name) of each setting that JUnit has a case for."""
    names = [case.get('name') for case in ElementTree.fromstring(page).iter('testcase')]
    found = [re.fullmatch(r'(Get-NetIntent -GlobalOverrides|[^.]*)\.(.*): no change of (.*)', n)
             for n in names]
    return {m.groups() for m in found if m}


@unittest.skipUnless(is_native(), 'hundreds of starts, and the tables are the same everywhere')
class Settings(Files):
    def test_every_setting_is_told_when_it_changes(self):
        base = self.write('base.json', whole())
        _, page, _ = run('drift', base, base, '-f', 'junit')
        told, n = set(), len(list(places(whole())))
        for i in range(n):
            now = whole()
            cmdlet, item, name, owner, key = list(places(now))[i]
            owner[key] = other(key, owner[key])
            if key.endswith('PrefixLengths'):
                continue # goes with its addresses
            if key.startswith('Ipv') and cmdlet == 'Get-ClusterNetwork':
                owner[key.replace('Addresses', 'PrefixLengths')].append('24')
            with self.subTest(f'{cmdlet}.{name}'):
                changes = self.drift_files(base, self.write('now.json', now))['changes']
                told |= self.tell(changes, cmdlet, name, item)
        self.assertEqual(sorted(cases_of(page) - told), [])

    def tell(self, changes, cmdlet, name, item):
        """What one changed value is told as: itself and no other setting, or its object."""
        self.assertEqual({c['cmdlet'] for c in changes} - {cmdlet}, set())
        if any(c['property'] is None for c in changes): # a key: another object
            self.assertEqual({c['kind'] for c in changes}, {'added', 'removed'})
            return set()
        if cmdlet == 'Get-ClusterParameter':
            name = item['Name']
        self.assertLessEqual(len(changes), 1)
        return {(c['cmdlet'], c['property'], c['what'].split(': ')[-1]) for c in changes
                if c['property'] == name}

    def test_all_that_is_collected_is_compared_or_left_out_on_purpose(self):
        script = (ROOT / 'tools/Get-LmPathSnapshot.ps1').read_text(encoding='utf-8')
        known = {(cmdlet, name.split('.')[-1]) for cmdlet, _, name, _, _ in places(whole())}
        whole_sections = {cmdlet for cmdlet, names in LEFT_OUT.items() if names is None}
        missing = {(cmdlet, name) for cmdlet, name in collected(script) - known
                   if cmdlet not in whole_sections and
                   name not in LEFT_OUT.get(cmdlet, '').split()}
        self.assertEqual(missing, set(), 'a row of analyzers/drift/settings_*.c, or LEFT_OUT')

    def test_what_volatile_members_hold_is_no_drift(self):
        silent = {'State': {'Get-ClusterNode'}, 'InterfaceIndex': None, 'DisplayValue': None,
                  'LastBootUpTime': None, 'ActiveVirtualSystemMigrationCount': None}
        now = whole()
        for cmdlet, _, _, owner, key in list(places(now)):
            if key in silent and (silent[key] is None or cmdlet in silent[key]):
                owner[key] = 'another'
        self.assertEqual(self.drift(whole(), now)['changes'], [])

    def test_every_object_is_told_when_it_goes_and_comes(self):
        for i, (_, cmdlet) in enumerate(sections(whole())):
            now = whole()
            holder, _ = list(sections(now))[i]
            if isinstance(holder[cmdlet], dict) or cmdlet == 'Get-ClusterParameter':
                continue
            with self.subTest(cmdlet):
                holder[cmdlet].pop(0)
                if cmdlet == 'Get-NetAdapter': # takes along what stands on it
                    for name in ('Get-NetIPInterface', 'Get-NetAdapterRdma', 'Get-NetAdapterRss',
                                 'Get-SmbClientNetworkInterface', 'Get-NetConnectionProfile'):
                        holder[name].pop(0)
                for base, new, kind in ((whole(), now, 'removed'), (now, whole(), 'added')):
                    result = self.drift(base, new)
                    self.assertEqual([(c['cmdlet'], c['kind']) for c in result['changes']],
                                     [(cmdlet, kind)])

    def test_a_section_of_one_side_is_not_comparable(self):
        for i, (_, cmdlet) in enumerate(sections(whole())):
            with self.subTest(cmdlet):
                absent, errored = whole(), whole()
                list(sections(absent))[i][0].pop(cmdlet)
                node = 'HV01' if list(sections(errored))[i][0] is not errored['Nodes']['HV02'] else 'HV02'
                errored['Errors'] = [{'Node': node, 'Cmdlet': cmdlet, 'Message': 'no right'}]
                for now in (absent, errored):
                    result = self.drift(whole(), now)
                    self.assertEqual(result['changes'], [])
                    self.assertEqual([(g['cmdlet'], g['known_in']) for g in
                                      result['not_comparable']], [(cmdlet, 'base')])


class Forms(Files):
    SEEDS = range(40 if is_native() else 5)

    def test_another_form_is_no_drift(self):
        base = self.write('base.json', whole())
        for seed in self.SEEDS:
            with self.subTest(seed=seed):
                chance = random.Random(seed)
                now = self.write('now.json', encoded(chance, rearranged(chance, whole())))
                result = self.drift_files(base, now)
                self.assertEqual((result['changes'], result['not_comparable']), ([], []))

    def baseline(self, path):
        code, out, err = run('check', path, '--baseline')
        self.assertEqual((code, err), (0, ''))
        return out

    def test_a_baseline_is_the_same_for_every_form(self):
        expected = self.baseline(self.write('base.json', whole()))
        for seed in self.SEEDS:
            with self.subTest(seed=seed):
                chance = random.Random(seed)
                snapshot = rearranged(chance, whole(), any_case=False)
                now = self.write('now.json', encoded(chance, snapshot))
                self.assertEqual(self.baseline(now), expected)

    def test_a_baseline_is_its_snapshot_and_its_own_baseline(self):
        paths = [self.write('whole.json', whole())]
        paths += [p for p in SNAPSHOTS.glob('*.json') if not p.name.startswith('broken')]
        for path in paths:
            with self.subTest(path.name):
                baseline = self.baseline(path)
                again = self.write('baseline.json', baseline)
                self.assertEqual(self.baseline(again), baseline)
                result = self.drift_files(path, again)
                self.assertEqual((result['changes'], result['not_comparable']), ([], []))
                self.assertEqual(self.findings(again), self.findings(path))

    def findings(self, path):
        _, out, _ = run('check', path, '-f', 'json')
        result = json.loads(out)
        return (sorted((f['id'], f['detail']) for f in result['findings']),
                sorted(json.dumps(p) for p in result['predictions']))


class Trouble(Files):
    def test_wrong_types_are_told_in_one_line_with_their_place(self):
        base = self.write('base.json', whole())
        for i in range(0, len(list(places(whole()))), 3 if is_native() else 30):
            for wrong in ([[]], {'a': {'b': []}}):
                now = whole()
                cmdlet, _, name, owner, key = list(places(now))[i]
                owner[key] = wrong
                with self.subTest(f'{cmdlet}.{name}'):
                    code, out, err = run('drift', base, self.write('now.json', now))
                    if code == 2:
                        self.assertEqual((out, err.count('\n')), (b'', 1))
                        self.assertIn(cmdlet, err)
                    else:
                        self.assertEqual(err, '')

    def test_huge_and_deep_ones_are_told_in_one_line(self):
        base = self.write('base.json', whole())
        policies = whole()
        policies['Nodes']['HV01']['Get-NetQosPolicy'] = [{}] * 70000
        for now in (b'[' * 100000, policies, {'Nodes': {f'H{i}': {} for i in range(2000)}},
                    b'', b'null', {'schema': 'lmpath.analysis/1'}, {}):
            code, out, err = run('drift', base, self.write('now.json', now))
            self.assertEqual((code, out, err.count('\n')), (2, b'', 1), err)

    def test_hostile_names_stay_harmless(self):
        name = '</failure>|\x1b[31m\u202e**x**\n' + 'n' * 300
        now = whole()
        now['Nodes']['HV01']['Get-NetQosPolicy'].append({'Name': name, 'ThrottleRateAction': 1})
        now['Nodes']['HV01']['Get-NetAdapter'][0]['Status'] = name
        base, now = self.write('base.json', whole()), self.write('now.json', now)
        for form in ('text', 'markdown', 'junit'):
            code, out, _ = run('drift', base, now, '-f', form)
            text = out.decode()
            self.assertEqual(code, 1)
            self.assertNotIn('\x1b', text)
            self.assertNotIn('\u202e', text)
            if form == 'junit':
                ElementTree.fromstring(text)

    def test_no_file_is_left_where_there_is_none_to_write(self):
        target = pathlib.Path(self.folder.name) / 'drift.json'
        code, _, _ = run('drift', SNAPSHOTS / 'lab.json', SNAPSHOTS / 'converged.json', '-o', target)
        self.assertEqual((code, target.exists()), (2, False))
        base = self.write('base.json', whole())
        bytes_before = base.read_bytes()
        code, _, err = run('drift', SNAPSHOTS / 'lab.json', base, '-o', base)
        self.assertEqual((code, err.count('\n'), base.read_bytes()), (2, 1, bytes_before))


class Outputs(Files):
    def test_junit_counts_what_it_has(self):
        now = whole()
        now['Nodes']['HV02']['Get-VMHost']['UseAnyNetworkForMigration'] = True
        now['Nodes']['HV02']['Win32_OperatingSystem']['UBR'] = 2701
        del now['Nodes']['HV01']['Get-NetIntent'], now['Nodes']['HV02']['Get-NetIntent']
        code, page, _ = run('drift', self.write('base.json', whole()), self.write('now.json', now),
                            '-f', 'junit')
        root = ElementTree.fromstring(page)
        self.assertEqual(code, 1)
        self.assertEqual([f.text.splitlines()[2] for f in root.iter('failure')],
                         ['  HV02: any network: false -> true'])
        self.assertEqual([o.text.splitlines()[2] for o in root.iter('system-out')],
                         ['  HV02: update: 2700 -> 2701'])
        for suite in [root, *root.iter('testsuite')]:
            self.assertEqual(int(suite.get('tests')), len(list(suite.iter('testcase'))))
            self.assertEqual(int(suite.get('skipped')), len(list(suite.iter('skipped'))))
            self.assertEqual(int(suite.get('failures')), len(list(suite.iter('failure'))))
        names = [c.get('name') for c in root.iter('testcase')]
        skipped = [c.get('name') for c in root.iter('testcase') if c.find('skipped') is not None]
        self.assertTrue(all(n.startswith('Get-NetIntent') for n in skipped), skipped)
        self.assertIn('Get-NetIntent: no intent came or went', skipped)
        self.assertEqual(len(names), len(set(names)))

    def test_notes_alone_are_no_drift(self):
        now = whole()
        now['Nodes']['HV01']['Get-NetAdapter'][0]['DriverVersionString'] = '3.2.2'
        result = self.drift(whole(), now)
        self.assertEqual([c['severity'] for c in result['changes']], ['info'])

    def test_a_check_can_be_written_beside_its_baseline(self):
        path = self.write('snapshot.json', whole())
        target = pathlib.Path(self.folder.name) / 'baseline.json'
        code, out, _ = run('check', path, '-f', 'text', '--baseline', '-o', target)
        self.assertIn(code, (0, 1))
        self.assertIn(b'predicted path', out)
        baseline = run('check', path, '--baseline')[1]
        self.assertEqual(baseline, target.read_bytes())
        target.unlink()
        self.assertEqual(run('check', path, '-o', target, '--baseline')[:2], (0, b''))
        self.assertEqual(baseline, target.read_bytes())


if __name__ == '__main__':
    unittest.main()
