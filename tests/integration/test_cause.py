"""The cause of a wrong path: told where the configuration shows one, and never of a right layer.

Snapshots are made from the lab's, whose three layers are right; captures are one migration each,
from HV01 to HV02 unless said otherwise, over the network named.
"""
import json
import pathlib
import random
import re
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import generate as g
import lmpath

SNAPSHOTS = lmpath.ROOT / 'fixtures/snapshots'
LAB = json.loads((SNAPSHOTS / 'lab.json').read_text(encoding='utf-8'))
NAMES = ('Management', 'Storage1', 'Heartbeat')
SUBNETS = ('10.10.10', '10.20.0', '10.30.0')
IDS = [n['Id'] for n in LAB['Get-ClusterNetwork']]
MANAGEMENT, STORAGE, HEARTBEAT = range(3)
CASES = 150


def migration(*networks, way=(1, 2)):
    """The frames of one migration, in equal parts over these networks."""
    frames = []
    for i, network in enumerate(networks):
        ends = [f'{SUBNETS[network]}.{host}' for host in way]
        talk = g.Talk((ends[0], 50000 + i), (ends[1], 6600)).open()
        for _ in range(200):
            talk.data(60_000)
        frames += talk.close().frames
    return sorted(frames, key=lambda f: f.time_ns)


def lab():
    return json.loads(json.dumps(LAB))


def set_order(snapshot, order, excluded):
    snapshot['Get-ClusterParameter'][0]['Value'] = ';'.join(order)
    snapshot['Get-ClusterParameter'][1]['Value'] = ';'.join(excluded)


def set_list(snapshot, host, *networks):
    snapshot['Nodes'][host]['Get-VMMigrationNetwork'] = [
        {'Subnet': f'{SUBNETS[n]}.0/24', 'Priority': priority} for n, priority in networks]


def at_path(snapshot, path):
    """What stands at a JSON path such as Nodes.HV01.Get-VMMigrationNetwork[0].Subnet."""
    for key, index in re.findall(r'([^.\[\]]+)|\[(\d+)\]', path):
        snapshot = snapshot[int(index)] if index else snapshot[key]
    return snapshot


class Cause(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def capture(self, *networks, way=(1, 2)):
        path = self.root / f'{"".join(map(str, networks))}-{way[0]}.pcap'
        if not path.exists():
            path.write_bytes(g.pcap(migration(*networks, way=way)))
        return path

    def analyze(self, snapshot, *captures, expect='Storage1'):
        path = self.root / 'snapshot.json'
        path.write_text(json.dumps(snapshot), encoding='utf-8')
        return lmpath.analyze(*captures, '-t', path, *(('-e', expect) if expect else ()))[1]

    def expect(self, snapshot, captures, layer, rule, finding, certainty='likely'):
        result = self.analyze(snapshot, *captures)
        cause = result['cause']
        self.assertIsNotNone(cause, result['cause_notes'])
        self.assertEqual((cause['layer'], cause['rule'], cause['finding'], cause['certainty']),
                         (layer, rule, finding, certainty), result['other_causes'])
        self.assertIn(finding, [f['id'] for f in result['findings']])
        return result

    # --- each layer ---

    def test_the_host_list_lacks_the_network(self):
        snapshot = lab()
        set_list(snapshot, 'HV01', (MANAGEMENT, 1))
        result = self.expect(snapshot, [self.capture(MANAGEMENT)], 'host-list', 'host-list', 'LM420')
        self.assertEqual(result['cause']['text'],
                         'HV01 has no VMMigrationNetwork entry for 10.20.0.0/24 (Storage1); its '
                         'only entry is 10.10.10.0/24 (Management)')
        self.assertEqual(result['cause']['path'], 'Nodes.HV01.Get-VMMigrationNetwork')
        remedies = {f['id']: f['remedy']['powershell'] for f in result['findings']}
        self.assertIn('Add-VMMigrationNetwork', remedies['LM420'])
        self.assertEqual([(p['rule'], p['network'], p['agrees']) for p in result['predictions']],
                         [('cluster-order', 'Storage1', False), ('host-list', 'Management', True)])

    def test_the_host_list_has_it_behind_another(self):
        snapshot = lab()
        set_list(snapshot, 'HV01', (STORAGE, 2), (MANAGEMENT, 1))
        self.expect(snapshot, [self.capture(MANAGEMENT)], 'host-list', 'host-list', 'LM424')

    def test_only_the_source_decides_by_its_list(self):
        snapshot = lab()
        set_list(snapshot, 'HV02', (MANAGEMENT, 1))
        self.assertIsNone(self.analyze(snapshot, self.capture(MANAGEMENT))['cause'])
        self.expect(snapshot, [self.capture(MANAGEMENT, way=(2, 1))], 'host-list', 'host-list',
                    'LM420')

    def test_other_hosts_have_no_part_in_it(self):
        snapshot = lab()
        snapshot['Nodes']['HV011'] = {}  # of which HV01 is the beginning
        for host in ('HV01', 'HV011'):
            set_list(snapshot, host, (MANAGEMENT, 1))
        result = self.expect(snapshot, [self.capture(MANAGEMENT)], 'host-list', 'host-list', 'LM420')
        self.assertEqual(len([f for f in result['check_findings'] if f['id'] == 'LM420']), 2)
        self.assertIn('HV01 has no', result['cause']['text'])

    def test_the_order_has_another_first(self):
        snapshot = lab()
        set_order(snapshot, [IDS[MANAGEMENT], IDS[STORAGE]], [])
        self.expect(snapshot, [self.capture(MANAGEMENT)], 'cluster-order', 'cluster-order', 'LM405')

    def test_the_network_is_excluded(self):
        snapshot = lab()
        set_order(snapshot, [IDS[STORAGE], IDS[HEARTBEAT]], [IDS[STORAGE]])
        result = self.expect(snapshot, [self.capture(HEARTBEAT)], 'cluster-order', 'cluster-order',
                             'LM404')
        self.assertEqual(result['cause']['value'], IDS[STORAGE])

    def test_the_network_is_down(self):
        snapshot = lab()
        set_order(snapshot, [IDS[STORAGE], IDS[HEARTBEAT]], [])
        snapshot['Get-ClusterNetwork'][STORAGE]['State'] = 1
        self.expect(snapshot, [self.capture(HEARTBEAT)], 'cluster', 'cluster-order', 'LM412')

    def test_there_is_no_order(self):
        snapshot = lab()
        set_order(snapshot, [], [])
        set_list(snapshot, 'HV01')
        self.expect(snapshot, [self.capture(HEARTBEAT)], 'cluster-order', 'metric', 'LM401')

    def test_the_role_is_none_and_no_rule_fits(self):
        snapshot = lab()
        snapshot['Get-ClusterNetwork'][STORAGE]['Role'] = 0
        result = self.expect(snapshot, [self.capture(MANAGEMENT)], 'network-role', None, 'LM410',
                             'possible')
        self.assertIn('fits no known rule', result['cause_notes'][0])

    def test_two_layers_explain_it(self):
        snapshot = lab()
        set_order(snapshot, [IDS[MANAGEMENT]], [])
        set_list(snapshot, 'HV01', (MANAGEMENT, 1))
        result = self.expect(snapshot, [self.capture(MANAGEMENT)], 'cluster-order', 'cluster-order',
                             'LM405', 'possible')
        self.assertEqual([c['finding'] for c in result['other_causes']], ['LM420'])

    def test_multichannel_takes_another(self):
        snapshot = lab()
        for node in snapshot['Nodes'].values():
            names = {a['InterfaceAlias'] for a in node['Get-NetIPAddress']}
            node['Get-VMHost']['VirtualMachineMigrationPerformanceOption'] = 2
            node['Get-NetAdapter'] = [{'Name': n, 'TransmitLinkSpeed': 10**10} for n in names]
            node['Get-NetAdapterRdma'] = [{'Name': n, 'Enabled': False} for n in names]
            node['Get-NetAdapterRss'] = [{'Name': n, 'Enabled': True} for n in names]
        result = self.analyze(snapshot, self.capture(MANAGEMENT, STORAGE))
        self.assertEqual(result['verdict'], 'split-networks')
        self.assertEqual((result['cause']['layer'], result['cause']['rule']),
                         ('smb', 'smb-multichannel'))
        self.assertIn('nothing keeps it from Management', result['cause']['text'])

    # --- where there is none ---

    def test_all_layers_are_right(self):
        result = self.analyze(LAB, self.capture(MANAGEMENT))
        self.assertIsNone(result['cause'])
        self.assertIn('no setting in the snapshot explains it', ' '.join(result['cause_notes']))

    def test_the_right_network_needs_no_cause(self):
        snapshot = lab()
        set_list(snapshot, 'HV01', (MANAGEMENT, 1))
        result = self.analyze(snapshot, self.capture(STORAGE))
        self.assertEqual((result['verdict'], result['cause'], result['cause_notes']),
                         ('right-network', None, []))
        self.assertEqual([p['agrees'] for p in result['predictions']], [True, False])

    def test_nothing_is_invented_where_nothing_is_intended(self):
        snapshot = lab()
        set_order(snapshot, [], [])
        for host in snapshot['Nodes']:
            set_list(snapshot, host)
        result = self.analyze(snapshot, self.capture(MANAGEMENT), expect=None)
        self.assertEqual((result['verdict'], result['cause'], result['cause_notes']),
                         ('inconclusive', None, []))
        self.assertTrue(all(p['agrees'] is None for p in result['predictions']))

    def test_without_a_snapshot(self):
        _, result = lmpath.analyze(self.capture(MANAGEMENT), '-n', 'Storage1=10.20.0.0/24', '-e',
                                   'Storage1')
        self.assertEqual((result['cause'], result['predictions'], result['layers']),
                         (None, [], None))

    def test_a_broken_section_costs_the_cause_and_not_the_verdict(self):
        snapshot = lab()
        snapshot['Nodes']['HV01']['Get-VMHost']['VirtualMachineMigrationEnabled'] = [1]
        result = self.analyze(snapshot, self.capture(MANAGEMENT))
        self.assertEqual((result['verdict'], result['cause']), ('wrong-network', None))
        self.assertRegex(result['cause_notes'][0], 'no cause can be looked for: .*Nodes.HV01')

    # --- what weakens it ---

    def test_the_snapshot_is_of_another_time(self):
        for collected, words in (('2023-11-14T22:00:00Z', None),
                                 ('2020-01-01T00:00:00.0000000Z', 'days before the migration'),
                                 ('/Date(1900000000000)/', 'days after the migration'),
                                 ({'value': '/Date(1900000000000)/', 'DateTime': 'x'}, 'after'),
                                 ('yesterday', None)):
            with self.subTest(collected=collected):
                snapshot = lab()
                snapshot['Collected'] = collected
                notes = ' '.join(self.analyze(snapshot, self.capture(MANAGEMENT))['cause_notes'])
                if words:
                    self.assertIn(words, notes)
                else:
                    self.assertNotIn('snapshot was taken', notes)

    def test_the_layers_are_those_of_the_snapshot(self):
        snapshot = lab()
        set_order(snapshot, [IDS[MANAGEMENT], IDS[STORAGE]], [IDS[HEARTBEAT]])
        set_list(snapshot, 'HV01', (MANAGEMENT, 7))
        layers = self.analyze(snapshot, self.capture(MANAGEMENT))['layers']
        self.assertEqual([(n['network'], n['role'], n['order'], n['excluded'])
                          for n in layers['cluster']],
                         [('Management', 'ClusterAndClient', 1, False),
                          ('Storage1', 'Cluster', 2, False), ('Heartbeat', 'Cluster', 0, True)])
        self.assertEqual([h['host'] for h in layers['hosts']], ['HV01', 'HV02'])
        self.assertEqual([(e['network'], e['listed'], e['subnet'], e['priority'], e['adapter'])
                          for e in layers['hosts'][0]['networks']],
                         [('Management', True, '10.10.10.0/24', 7, 'mgmt0'),
                          ('Storage1', False, None, None, 'stor1'),
                          ('Heartbeat', False, None, None, 'hb0')])

    def test_it_is_read_back(self):
        snapshot = lab()
        set_order(snapshot, [IDS[MANAGEMENT]], ['0' * 8])
        set_list(snapshot, 'HV01', (MANAGEMENT, 1))
        snapshot['Nodes']['HV01']['Get-VMMigrationNetwork'].append({'Subnet': '192.0.2.0/24'})
        self.analyze(snapshot, self.capture(MANAGEMENT))
        saved = self.root / 'result.json'
        lmpath.run('analyze', self.capture(MANAGEMENT), '-t', self.root / 'snapshot.json', '-e',
                   'Storage1', '-o', saved)
        self.assertEqual(len(json.loads(saved.read_text(encoding='utf-8'))['other_causes']), 2)
        code, out, err = lmpath.run('report', saved, '-f', 'json')
        self.assertEqual((out.decode('utf-8'), err), (saved.read_text(encoding='utf-8'), ''))

    # --- in reports ---

    def report(self, form, *args):
        code, out, err = lmpath.run('report', *args, '-f', form)
        self.assertIn(code, (0, 1, 3), err)
        return out.decode('utf-8')

    def test_the_article_s_cluster_in_each_of_the_three_ways(self):
        capture = lmpath.CAPTURES / 'b_wrong_management/hv01-all.pcapng.gz'
        for name, layer in (('role', 'network-role'), ('order', 'cluster-order'),
                            ('list', 'host-list'), ('mended', None)):
            with self.subTest(name):
                cause = lmpath.analyze(capture, '-e', 'Storage1', '-t',
                                       SNAPSHOTS / f'article-{name}.json')[1]['cause']
                self.assertEqual(cause and cause['layer'], layer)

    def test_what_changed_is_marked_and_nothing_else(self):
        results = []
        for i, order in enumerate(([IDS[MANAGEMENT], IDS[STORAGE]], [IDS[STORAGE]])):
            snapshot = lab()
            set_order(snapshot, order, [])
            self.analyze(snapshot, self.capture((MANAGEMENT, STORAGE)[i]))
            results.append(self.root / f'side{i}.json')
            lmpath.run('analyze', self.capture((MANAGEMENT, STORAGE)[i]), '-t',
                       self.root / 'snapshot.json', '-e', 'Storage1', '-o', results[i])
        page = self.report('markdown', '--before', results[0], '--after', results[1])
        changed = [line for line in page.split('\n') if line.endswith('| changed |')]
        self.assertEqual(changed, ['| Management | **place 1** | **not in the order** | changed |',
                                   '| Storage1 | **place 2** | **place 1** | changed |'])
        self.assertIn('exclude list (Before: the cause)', page)
        html = self.report('html', '--before', results[0], '--after', results[1])
        self.assertEqual(html.count('\u25c6 changed'), 2)

    def test_hostile_names_stay_names(self):
        evil = '<script>x</script>|`*_[a](b)\u202e\x1b[31m\U0001f600'
        quoted = json.dumps(evil)[1:-1]
        text = json.dumps(lab()).replace('HV01', 'HV01' + quoted)
        snapshot = json.loads(text.replace('"Management"', f'"{quoted}{"w" * 300}"'))
        host = next(h for h in snapshot['Nodes'] if h.startswith('HV01'))
        set_list(snapshot, host, (MANAGEMENT, 1))
        result = self.analyze(snapshot, self.capture(MANAGEMENT))
        self.assertEqual(result['cause']['layer'], 'host-list')
        self.assertIn(host, result['cause']['text'])
        args = (self.capture(MANAGEMENT), '-t', self.root / 'snapshot.json', '-e', 'Storage1')
        ElementTree.fromstring(self.report('junit', *args))
        for form in ('html', 'markdown', 'text'):
            with self.subTest(form):
                page = (self.report(form, *args) if form != 'text' else
                        lmpath.run('analyze', '-v', *args)[1].decode('utf-8'))
                self.assertNotIn('\u202e', page)
                self.assertNotIn('\x1b', page)
                if form == 'markdown':
                    page = re.sub(r'(?ms)^```powershell$.*?^```$', '', page)  # as it is run
                if form != 'text':
                    self.assertNotIn('<script>x', page)
                    self.assertIn('x&lt;/script' if form == 'html' else 'x\\</script', page)

    def test_a_large_cluster_is_cut_and_says_so(self):
        snapshot = lab()
        for i in range(3, 90):
            snapshot['Nodes'][f'HV{i:02}'] = {
                'Get-NetIPAddress': [{'IPAddress': f'{s}.{i}', 'PrefixLength': 24,
                                      'InterfaceAlias': f'n{s}'} for s in SUBNETS],
                'Get-VMMigrationNetwork': [{'Subnet': '10.20.0.0/24', 'Priority': 1}]}
        self.analyze(snapshot, self.capture(STORAGE))
        empty = self.root / 'empty.pcap'
        empty.write_bytes(g.pcap(g.Talk(server=('10.20.0.2', 443)).open().close().frames))
        args = ('-t', self.root / 'snapshot.json', '-e', 'Storage1')
        self.assertIn('Settings that only the JSON result has: 34.', self.report('markdown', empty, *args))
        self.assertNotIn('only the JSON result has', self.report('markdown', self.capture(STORAGE), *args))

    # --- the rules on the configuration ---

    def looked_at(self, snapshot, **more):
        checks = self.analyze(snapshot, self.capture(STORAGE), **more)['checks']
        self.assertTrue(all(c['layer'] for c in checks))
        return {c['id'] for c in checks if c['missing'] is None}, {c['id'] for c in checks}

    def test_a_whole_snapshot_lets_every_rule_look(self):
        whole = json.loads((SNAPSHOTS / 'article-mended.json').read_text(encoding='utf-8'))
        looked, rules = self.looked_at(whole, expect=None)
        self.assertEqual(looked, rules)

    def test_no_rule_passes_that_could_not_look(self):
        address = {'IPAddress': '10.20.0.1', 'PrefixLength': 24, 'InterfaceAlias': 'stor1'}
        bare = {'schema': 'lmpath.snapshot/1', 'Nodes': {'HV01': {'Get-NetIPAddress': [address]}}}
        looked, rules = self.looked_at(bare, expect=None)
        self.assertEqual(looked, {'LM416'})
        self.assertGreater(len(rules), 40)

    def test_junit_has_a_case_for_every_rule(self):
        snapshot = lab()
        set_list(snapshot, 'HV01', (MANAGEMENT, 1))
        result = self.analyze(snapshot, self.capture(MANAGEMENT))
        out = lmpath.run('report', self.capture(MANAGEMENT), '-t', self.root / 'snapshot.json',
                         '-e', 'Storage1', '-f', 'junit')[1]
        cases = {c.get('name').split(':')[0]: c for c in ElementTree.fromstring(out).iter('testcase')}
        severities = {f['id']: f['severity'] for f in result['check_findings']}
        for check in result['checks']:
            case = cases.get(check['id'])
            if case is None:
                continue  # a note: nothing that can be wrong
            with self.subTest(rule=check['id']):
                kinds = [child.tag for child in case]
                found = {'error': ['failure'], 'warning': ['system-out'], None: []}
                self.assertEqual(kinds, ['skipped'] if check['missing'] else
                                 found[severities.get(check['id'])])
        self.assertEqual({i for i, s in severities.items() if s != 'info'} - set(cases), set())

    # --- random ---

    def random_snapshot(self, rng):
        snapshot = lab()
        order = rng.sample(IDS, rng.randrange(4)) + (['0' * 8] if rng.random() < 0.1 else [])
        rng.shuffle(order)
        set_order(snapshot, order, [i for i in IDS if rng.random() < 0.3])
        for network in snapshot['Get-ClusterNetwork']:
            network['Role'] = rng.choice((0, 1, 1, 1, 3))
            network['State'] = rng.choice((1, 2, 3, 3, 3, 3, 3))
        for host in snapshot['Nodes']:
            set_list(snapshot, host, *((n, rng.randrange(3)) for n in rng.sample(
                range(3), rng.randrange(4))))
            snapshot['Nodes'][host]['Get-VMHost']['UseAnyNetworkForMigration'] = rng.random() < 0.2
        return snapshot

    def is_wrong(self, snapshot, layer):
        """Is anything in that layer not as it should be, from HV01's point of view?"""
        order, excluded = (p['Value'].split(';') for p in snapshot['Get-ClusterParameter'])
        storage = snapshot['Get-ClusterNetwork'][STORAGE]
        entries = snapshot['Nodes']['HV01']['Get-VMMigrationNetwork']
        return {
            'network-role': storage['Role'] == 0,
            'cluster': storage['State'] != 3,
            'cluster-order': order[0] != IDS[STORAGE] or IDS[STORAGE] in excluded
                             or bool(set(order) & set(excluded)) or '0' * 8 in order,
            'host-list': [e['Subnet'] for e in entries] != ['10.20.0.0/24'],
            'host-options': any(n['Get-VMHost']['UseAnyNetworkForMigration']
                                for n in snapshot['Nodes'].values()),
        }[layer]

    def test_no_right_layer_is_ever_blamed(self):
        rng = random.Random(5)
        told = 0
        for case in range(CASES):
            with self.subTest(case=case):
                snapshot = self.random_snapshot(rng)
                result = self.analyze(snapshot, self.capture(rng.choice((MANAGEMENT, HEARTBEAT))))
                causes = ([result['cause']] if result['cause'] else []) + result['other_causes']
                told += len(causes)
                for cause in causes:
                    self.assertTrue(self.is_wrong(snapshot, cause['layer']), cause)
                    at_path(snapshot, cause['path'])
                    fits = [p['rule'] for p in result['predictions'] if p['agrees']]
                    if cause['rule']:
                        self.assertIn(cause['rule'], fits)
                    else:
                        self.assertEqual(cause['certainty'], 'possible')
                if result['cause'] and result['cause']['certainty'] == 'likely':
                    self.assertEqual(result['other_causes'], [])
        self.assertGreater(told, CASES / 2)


if __name__ == '__main__':
    unittest.main()
