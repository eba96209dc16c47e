"""lmpath check: every rule has a snapshot that it speaks up about and one that it is silent on.

All are made from the lab's: sound() adds the sections that the lab leaves out, and a case changes
one thing. What is unknown is never held against anybody.
"""
import copy
import json
import pathlib
import re
import sys
import tempfile
import unittest

from lmpath import ROOT, run

try:
    import jsonschema
except ImportError:
    sys.exit(77)

SNAPSHOTS = ROOT / 'fixtures/snapshots'
SCHEMA = json.loads((ROOT / 'schemas/check-1.schema.json').read_text(encoding='utf-8'))
MANAGEMENT, STORAGE, HEARTBEAT = range(3)
SPEEDS = {'mgmt0': 10 ** 9, 'stor1': 25 * 10 ** 9, 'hb0': 10 ** 9}


def ids(snapshot):
    return [n['Id'] for n in snapshot['Get-ClusterNetwork']]


def sound():
    """The lab, with all sections that rules read, and nothing to find in it."""
    snapshot = json.loads((SNAPSHOTS / 'lab.json').read_text(encoding='utf-8'))
    network = ids(snapshot)
    snapshot['Get-ClusterParameter'][1]['Value'] = f'{network[MANAGEMENT]};{network[HEARTBEAT]}'
    snapshot['Get-Cluster'].update(MaximumParallelMigrations=2, SetSMBBandwidthLimit=0,
                                   SMBBandwidthLimitFactor=2500)
    for node in snapshot['Nodes'].values():
        node['Get-NetAdapter'] = [
            {'Name': name, 'TransmitLinkSpeed': speed, 'MtuSize': 9000, 'VlanID': 0}
            for name, speed in SPEEDS.items()]
        node['Get-NetAdapterAdvancedProperty'] = [
            {'Name': 'stor1', 'RegistryKeyword': '*JumboPacket', 'RegistryValue': ['9014']}]
        node['Get-VMNetworkAdapterVlan'] = [{'ParentAdapter': 'stor1', 'AccessVlanId': 711}]
        node['Get-NetAdapterRdma'] = [{'Name': name, 'Enabled': False} for name in SPEEDS]
        node['Get-NetAdapterRss'] = [
            {'Name': name, 'Enabled': True, 'BaseProcessorNumber': 2 + 4 * i,
             'MaxProcessorNumber': 5 + 4 * i} for i, name in enumerate(SPEEDS)]
        node['Get-NetAdapterBinding'] = [
            {'Name': 'stor1', 'ComponentID': component, 'Enabled': True}
            for component in ('ms_msclient', 'ms_server')]
        node['Get-NetIPInterface'] = [
            {'InterfaceAlias': name, 'InterfaceMetric': metric, 'AddressFamily': 2}
            for name, metric in (('mgmt0', 25), ('stor1', 5), ('hb0', 30))]
        node['Get-SmbServerConfiguration'] = {'EncryptData': False}
        node['Get-SmbBandwidthLimit'] = [{'Category': 'Default', 'BytesPerSecond': 1000}]
        node['Get-NetQosPolicy'] = [{'Name': 'other', 'IPDstPortStartMatchCondition': 445,
                                     'IPDstPortEndMatchCondition': 445,
                                     'ThrottleRateAction': 1000}]
        node['Get-NetFirewallRule'] = [
            {'Name': 'lm', 'Enabled': 1, 'Action': 2, 'Protocol': 'TCP', 'LocalPort': '6600'},
            {'Name': 'smb', 'Enabled': 'True', 'Action': 'Allow', 'LocalPort': ['445']}]
        node['Get-NetIPsecRule'] = [{'DisplayName': 'off', 'Enabled': 2}]
        node['Get-NetIntent'] = []
        node['Win32_DeviceGuard'] = {'SecurityServicesRunning': [1, 2]}
    return snapshot


def network(s, index, **properties):
    s['Get-ClusterNetwork'][index].update(properties)


def parameter(s, name, *indices, more=''):
    value = ';'.join([ids(s)[i] for i in indices] + ([more] if more else []))
    s['Get-ClusterParameter'][name == 'exclude']['Value'] = value


def host(s, name='HV02', **properties):
    s['Nodes'][name]['Get-VMHost'].update(properties)


def hosts(s, **properties):
    for name in s['Nodes']:
        host(s, name, **properties)


def migration_list(s, *subnets, name='HV01'):
    s['Nodes'][name]['Get-VMMigrationNetwork'] = [
        {'Subnet': subnet, 'Priority': priority} for subnet, priority in subnets]


def adapter(s, section, name='stor1', node='HV02', **properties):
    for item in s['Nodes'][node][section]:
        if name in item.values():
            item.update(properties)


def section(s, name, value, node='HV02'):
    s['Nodes'][node][name] = value


def without_address(s):
    s['Get-ClusterNetworkInterface'] = [i for i in s['Get-ClusterNetworkInterface']
                                        if i['Name'] != 'HV02 - stor1']
    s['Nodes']['HV02']['Get-NetIPAddress'] = [
        a for a in s['Nodes']['HV02']['Get-NetIPAddress'] if a['InterfaceAlias'] != 'stor1']


def two_adapters(s):
    s['Nodes']['HV02']['Get-NetIPAddress'].append(
        {'IPAddress': '10.20.0.77', 'InterfaceAlias': 'stor2', 'PrefixLength': 24})


def second_subnet(s):
    network(s, STORAGE, Ipv4Addresses=['10.20.0.0', '10.40.0.0'], Ipv4PrefixLengths=['24', '24'])


def one_heartbeat_network(s):
    for i in (MANAGEMENT, HEARTBEAT):
        network(s, i, Role=0)
    s['Get-Cluster'].update(SameSubnetThreshold=5)


def smb(s, rdma):
    hosts(s, VirtualMachineMigrationPerformanceOption=2)
    for node in s['Nodes']:
        adapter(s, 'Get-NetAdapterRdma', node=node, Enabled=rdma)


def rdma_unused(s):
    for node in s['Nodes']:
        adapter(s, 'Get-NetAdapterRdma', node=node, Enabled=True)


# finding: (layer, what makes it so in a sound snapshot)
CASES = {
    'LM401': ('cluster-order', lambda s: parameter(s, 'order')),
    'LM402': ('cluster-order', lambda s: parameter(s, 'order', STORAGE, more='0' * 8)),
    'LM403': ('cluster-order', lambda s: parameter(s, 'order', STORAGE, MANAGEMENT)),
    'LM404': ('cluster-order', lambda s: parameter(s, 'exclude', STORAGE, MANAGEMENT, HEARTBEAT)),
    'LM405': ('cluster-order', lambda s: parameter(s, 'order', HEARTBEAT, STORAGE)),
    'LM406': ('cluster-order', lambda s: parameter(s, 'exclude', HEARTBEAT)),
    'LM407': ('cluster-order', lambda s: parameter(s, 'exclude', MANAGEMENT)),
    'LM408': ('cluster-order', lambda s: (network(s, HEARTBEAT, Role=0),
                                          parameter(s, 'exclude', MANAGEMENT),
                                          parameter(s, 'order', STORAGE, HEARTBEAT))),
    'LM410': ('network-role', lambda s: network(s, STORAGE, Role=0)),
    'LM411': ('network-role', lambda s: network(s, STORAGE, Role=3)),
    'LM412': ('cluster', lambda s: network(s, STORAGE, State=1)),
    'LM413': ('cluster', lambda s: network(s, STORAGE, State='Partitioned')),
    'LM414': ('cluster', without_address),
    'LM415': ('cluster', second_subnet),
    'LM416': ('adapter', two_adapters),
    'LM417': ('host-options', lambda s: s['Get-Cluster'].update(MaximumParallelMigrations=100)),
    'LM418': ('cluster', one_heartbeat_network),
    'LM420': ('host-list', lambda s: migration_list(s, ('10.10.10.0/24', 1))),
    'LM421': ('host-list', lambda s: migration_list(s)),
    'LM422': ('host-list', lambda s: migration_list(s, ('10.20.0.0/24', 1), ('10.99.0.0/24', 2))),
    'LM423': ('host-list', lambda s: migration_list(s, ('10.20.0.0/24', 7))),
    'LM424': ('host-list', lambda s: migration_list(s, ('10.20.0.0/24', 1), ('10.30.0.0/24', 0))),
    'LM425': ('host-list', lambda s: (network(s, HEARTBEAT, Role=0),
                                      migration_list(s, ('10.20.0.0/24', 1), ('10.30.0.0/24', 5)))),
    'LM430': ('host-options', lambda s: host(s, UseAnyNetworkForMigration=True)),
    'LM431': ('host-options', lambda s: host(s, VirtualMachineMigrationEnabled=False)),
    'LM432': ('host-options', lambda s: host(s, VirtualMachineMigrationPerformanceOption='TCPIP')),
    'LM433': ('host-options', lambda s: host(s, VirtualMachineMigrationAuthenticationType=0)),
    'LM434': ('host-options', lambda s: host(s, MaximumVirtualMachineMigrations=4)),
    'LM435': ('host-options', lambda s: hosts(s, VirtualMachineMigrationAuthenticationType=0)),
    'LM440': ('adapter', lambda s: adapter(s, 'Get-NetAdapter', TransmitLinkSpeed=10 ** 8)),
    'LM441': ('adapter', lambda s: adapter(s, 'Get-NetAdapter', MtuSize=1500)),
    'LM442': ('adapter', lambda s: adapter(s, 'Get-VMNetworkAdapterVlan', AccessVlanId=712)),
    'LM443': ('adapter', lambda s: adapter(s, 'Get-NetAdapterRdma', Enabled=True)),
    'LM444': ('adapter', lambda s: adapter(s, 'Get-NetIPInterface', InterfaceMetric=50)),
    'LM445': ('smb', lambda s: adapter(s, 'Get-NetAdapterBinding', 'ms_server', Enabled=False)),
    'LM446': ('adapter', lambda s: adapter(s, 'Get-NetAdapterRss', BaseProcessorNumber=0)),
    'LM450': ('smb', rdma_unused),
    'LM451': ('smb', lambda s: smb(s, False)),
    'LM452': ('smb', lambda s: section(s, 'Get-SmbServerConfiguration', {'EncryptData': True})),
    'LM453': ('smb', lambda s: section(s, 'Get-SmbBandwidthLimit',
                                       {'Category': 'LiveMigration', 'BytesPerSecond': 750000000})),
    'LM454': ('smb', lambda s: s['Get-Cluster'].update(SetSMBBandwidthLimit=1)),
    'LM455': ('host-options', lambda s: adapter(s, 'Get-NetQosPolicy', 'other',
                                                IPDstPortEndMatchCondition=7000)),
    'LM456': ('host-options', lambda s: adapter(s, 'Get-NetFirewallRule', 'lm', Enabled=2)),
    'LM457': ('host-options', lambda s: adapter(s, 'Get-NetIPsecRule', 'off', Enabled=1)),
    'LM460': ('host-options', lambda s: section(s, 'Get-NetIntent', [{'IntentName': 'Compute'}])),
    'LM461': ('cluster', lambda s: s['Get-Cluster'].update(MaximumParallelMigrations=1)),
}


class Check(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name) / 'snapshot.json'

    def check(self, snapshot, *args):
        self.path.write_text(json.dumps(snapshot), encoding='utf-8')
        return self.check_file(self.path, *args)

    def check_file(self, path, *args):
        code, out, err = run('check', path, '-f', 'json', *args)
        self.assertIn(code, (0, 1), err)
        result = json.loads(out)
        jsonschema.validate(result, SCHEMA)
        bad = [f for f in result['findings'] if f['severity'] != 'info']
        self.assertEqual(code, 1 if bad else 0)
        return result

    def found(self, snapshot, *args):
        return [f['id'] for f in self.check(snapshot, *args)['findings']]

    def test_a_sound_snapshot_has_no_finding(self):
        self.assertEqual(self.found(sound(), '-e', 'Storage1'), [])
        self.assertEqual(self.found(sound()), [])

    def test_every_rule_fires_and_has_a_case(self):
        _, page, _ = run('explain', '--all')
        self.assertEqual(sorted(CASES), re.findall(r'(?m)^(LM4\d\d) ', page.decode()))
        for finding, (layer, change) in CASES.items():
            with self.subTest(finding):
                snapshot = sound()
                change(snapshot)
                fired = [f for f in self.check(snapshot, '-e', 'Storage1')['findings']
                         if f['id'] == finding]
                self.assertTrue(fired, 'is silent')
                self.assertEqual(fired[0]['layer'], layer)
                self.assertTrue(fired[0]['evidence'].get('path'), fired[0])

    def test_what_is_unknown_is_not_held_against_anybody(self):
        whole = sound()
        for name in list(whole) + ['Get-NetIPAddress'] + list(whole['Nodes']['HV02']):
            if name in ('schema', 'Nodes'):
                continue
            with self.subTest(name):
                absent, errored = copy.deepcopy(whole), copy.deepcopy(whole)
                for node in absent['Nodes'].values():
                    node.pop(name, None)
                absent.pop(name, None)
                errored['Errors'] = [{'Node': node, 'Cmdlet': name} for node in ('HV01', 'HV02')]
                for snapshot in (absent, errored):
                    if name == 'Get-ClusterNetwork':
                        continue # the intended network has no name then
                    self.assertEqual(self.found(snapshot, '-e', 'Storage1'), [])

    def test_evidence_stands_where_it_says(self):
        snapshot = sound()
        host(snapshot, UseAnyNetworkForMigration=True)
        finding = self.check(snapshot)['findings'][0]
        self.assertEqual(finding['evidence']['path'],
                         'Nodes.HV02.Get-VMHost.UseAnyNetworkForMigration')
        self.assertEqual(finding['remedy']['powershell'],
                         "Set-VMHost -ComputerName 'HV02' -UseAnyNetworkForMigration $false")

    def test_names_stay_names_in_powershell(self):
        snapshot = sound()
        network(snapshot, STORAGE, Name="S'; Stop-Computer; '", Role=0)
        for nic in snapshot['Get-ClusterNetworkInterface']:
            nic['Network'] = nic['Network'].replace('Storage1', "S'; Stop-Computer; '")
        finding = [f for f in self.check(snapshot)['findings'] if f['id'] == 'LM410'][0]
        self.assertEqual(finding['remedy']['powershell'],
                         "(Get-ClusterNetwork -Name 'S''; Stop-Computer; ''').Role = 1")

    def test_the_three_ways_to_break_a_cluster(self):
        for name, layer in (('wrong-role', 'network-role'), ('wrong-order', 'cluster-order'),
                            ('wrong-host-list', 'host-list')):
            with self.subTest(name):
                result = self.check_file(SNAPSHOTS / f'{name}.json', '-e', 'Storage1')
                bad = {f['layer'] for f in result['findings'] if f['severity'] != 'info'}
                self.assertEqual(bad, {layer})

    def paths(self, snapshot):
        return {(p['source'], p['rule'], p['network'])
                for p in self.check(snapshot, '-e', 'Storage1')['predictions']}

    def test_predicts_the_path_under_each_rule(self):
        snapshot = sound()
        migration_list(snapshot, ('10.10.10.0/24', 1))
        self.assertEqual(self.paths(snapshot), {
            ('HV01', 'cluster-order', 'Storage1'), ('HV02', 'cluster-order', 'Storage1'),
            ('HV01', 'host-list', 'Management'), ('HV02', 'host-list', 'Storage1')})

    def test_predicts_by_metric_without_an_order(self):
        snapshot = sound()
        parameter(snapshot, 'order')
        parameter(snapshot, 'exclude')
        for name in snapshot['Nodes']:
            migration_list(snapshot, name=name)
        self.assertEqual(self.paths(snapshot), {('HV01', 'metric', 'Heartbeat'),
                                                ('HV02', 'metric', 'Heartbeat')})

    def test_predicts_what_multichannel_adds(self):
        snapshot = sound()
        hosts(snapshot, VirtualMachineMigrationPerformanceOption=2)
        for node in snapshot['Nodes']:
            adapter(snapshot, 'Get-NetAdapter', 'mgmt0', node, TransmitLinkSpeed=25 * 10 ** 9)
        smb_paths = {n for _, rule, n in self.paths(snapshot) if rule == 'smb-multichannel'}
        self.assertEqual(smb_paths, {'Storage1', 'Management'})

    def test_damaged_snapshots_are_told_in_one_line(self):
        for name in ('broken-types', 'broken-cut', 'broken-not-json', 'broken-address'):
            with self.subTest(name):
                code, out, err = run('check', SNAPSHOTS / f'{name}.json')
                self.assertEqual((code, out, err.count('\n')), (2, b'', 1))
        snapshot = sound()
        section(snapshot, 'Get-NetAdapterRdma', [{'Name': 'stor1', 'Enabled': []}])
        self.path.write_text(json.dumps(snapshot), encoding='utf-8')
        code, _, err = run('check', self.path)
        self.assertEqual((code, err.count('\n')), (2, 1))
        self.assertIn('Nodes.HV02.Get-NetAdapterRdma[0].Enabled', err)

    def test_writes_text_and_markdown(self):
        code, out, _ = run('check', SNAPSHOTS / 'wrong-host-list.json', '-f', 'markdown')
        self.assertEqual(code, 1)
        self.assertIn(b'## LM420 (error, host-list)', out)
        self.assertIn(b"    Add-VMMigrationNetwork -ComputerName 'HV01'", out)


if __name__ == '__main__':
    unittest.main()
