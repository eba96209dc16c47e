"""lmpath check: every rule has a snapshot that it speaks up about and one that it is silent on.

All are made from the lab's: sound() adds the sections that the lab leaves out, and a case changes
one thing. What is unknown is never held against anybody.
"""
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

from lmpath import ROOT, program, run

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
        node['Get-Service'] = [{'Name': 'ClusSvc', 'Status': 'Running'}]
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


def without_cluster(s, entries=()):
    """The two hosts by themselves, HV01 with these entries of delegation."""
    for name in [n for n in s if n.startswith('Get-Cluster')]:
        del s[name]
    s['Get-ADComputer'] = [
        {'Name': name, 'TrustedForDelegation': False, 'HasResourceBasedDelegation': False,
         'msDS-AllowedToDelegateTo': list(entries) if name == 'HV01' else DELEGATION['HV01']}
        for name in ('HV01', 'HV02')]


DELEGATION = {name: [f'cifs/{name}', f'Microsoft Virtual System Migration Service/{name}']
              for name in ('HV01', 'HV02')}


def design(s, adapters, switch, team=(), shares_cluster=False):
    """Hosts like a row of the table: these adapters (name: Gbit/s), the switch with the virtual
    machines on its own one, and a team of the old kind of two of them, with the team's name."""
    if shares_cluster:
        s['Get-ClusterNetwork'].pop(HEARTBEAT)
        s['Get-ClusterNetworkInterface'] = [
            i for i in s['Get-ClusterNetworkInterface'] if 'hb0' not in i['Name']]
        s['Get-ClusterParameter'][1]['Value'] = ids(s)[MANAGEMENT]
    for node in s['Nodes'].values():
        node['Get-NetAdapter'] = [
            {'Name': name, 'InterfaceDescription': f'Adapter {name}',
             'TransmitLinkSpeed': speed * 10 ** 9} for name, speed in adapters.items()]
        node['Get-VMSwitch'] = [{'Name': 'VMs', 'SwitchType': 'External',
                                 'NetAdapterInterfaceDescription': f'Adapter {switch}'}]
        node['Get-NetLbfoTeam'] = [{'Name': team[0], 'TeamNics': [team[0]], 'Members': list(team[1:])}] if team else []
        node['Get-NetAdapterRss'], node['Get-NetIPInterface'] = [], []


def converged(s, members=1, **change):
    """Storage1 on a vNIC of a switch that has these members, and keeps to the guidance."""
    for node in s['Nodes'].values():
        names = [f'pNIC{i}' for i in range(members)]
        for section_name in ('Get-NetIPAddress', 'Get-NetAdapter', 'Get-NetAdapterAdvancedProperty',
                             'Get-NetAdapterRdma', 'Get-NetAdapterBinding', 'Get-NetIPInterface'):
            for item in node[section_name]:
                for key in ('InterfaceAlias', 'Name'):
                    if item.get(key) == 'stor1':
                        item[key] = 'vEthernet (LM)'
        node['Get-NetAdapter'] += [{'Name': n, 'InterfaceDescription': f'Port {n}',
                                    'TransmitLinkSpeed': 25 * 10 ** 9} for n in names]
        node['Get-NetAdapterAdvancedProperty'] += [
            {'Name': n, 'RegistryKeyword': '*JumboPacket', 'RegistryValue': ['9014']} for n in names]
        node['Get-NetAdapterRss'] = [
            {'Name': n, 'Enabled': True, 'BaseProcessorNumber': 2 + 4 * i, 'MaxProcessorNumber': 5 + 4 * i}
            for i, n in enumerate(names)]
        node['Get-VMNetworkAdapter'] = [{'Name': 'LM', 'SwitchName': 'SET'}]
        node['Get-VMSwitch'] = [{'Name': 'SET', 'EmbeddedTeamingEnabled': True,
                                 'NetAdapterInterfaceDescriptions': [f'Port {n}' for n in names]}]
        node['Get-VMNetworkAdapterVlan'] = [{'ParentAdapter': 'LM', 'AccessVlanId': 711}]
        node['Get-VMNetworkAdapterTeamMapping'] = [{'ParentAdapter': 'LM', 'NetAdapterName': 'pNIC0'}]
        node['Get-NetLbfoTeam'] = []
        node.update(change)
    for nic in s['Get-ClusterNetworkInterface']:
        if nic.get('Adapter') == 'stor1':
            nic['Adapter'] = 'vEthernet (LM)'


FOUR = {'mgmt0': 1, 'stor1': 1, 'hb0': 1, 'vm0': 1}


def rule(s, node='HV02', **properties):
    adapter(s, 'Get-NetFirewallRule', 'lm', node, **properties)


def profile(s, category, node='HV02'):
    s['Nodes'][node]['Get-NetConnectionProfile'] = [
        {'InterfaceAlias': 'stor1', 'NetworkCategory': category}]


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
    'LM436': ('host-options', without_cluster),
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
    'LM458': ('smb', lambda s: smb(s, True)),
    'LM460': ('host-options', lambda s: section(s, 'Get-NetIntent', [{'IntentName': 'Compute'}])),
    'LM461': ('cluster', lambda s: s['Get-Cluster'].update(MaximumParallelMigrations=1)),
    'LM462': ('host-options', lambda s: section(s, 'Get-Service', {'Name': 'SCVMMAgent'})),
    'LM470': ('adapter', lambda s: design(s, FOUR, 'vm0')),
    'LM471': ('adapter', lambda s: design(s, {'mgmt0': 1, 'stor1': 1}, 'mgmt0',
                                          shares_cluster=True)),
    'LM472': ('adapter', lambda s: converged(s, 2)),
}


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


WRONG = [None, True, -1, 1.5, 2 ** 63 - 1, -2 ** 63, '', 'x', "\u202e<b>'\u2019;$(x)", 'MSFT_x',
         '0' * 200, '1;2,3 4', [], [[]], [None], ['x', 1, {}], {}, {'value': []}, {'value': [{}]}, {'value': {'value': {'value': 1}}}, {'Name': {}},
         nested(100), ['Any'] * 5000, '::/0']


def places(value, path=()):
    """Every place of a snapshot once, hosts and items of a list standing for each other."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for i, (key, inner) in enumerate(items):
        if i == 0 or path != ('Nodes',):
            yield from places(inner, path + (key,))


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
                fired = [f for f in self.check(snapshot, '-e', '10.20.0.0/24')['findings']
                         if f['id'] == finding]
                self.assertTrue(fired, 'is silent')
                self.assertEqual(fired[0]['layer'], layer)
                self.assertTrue(fired[0]['evidence'].get('path'), fired[0])

    def details(self, snapshot, finding):
        return [f['detail'] for f in self.check(snapshot, '-e', '10.20.0.0/24')['findings']
                if f['id'] == finding]

    def test_an_intended_network_behind_another_one(self):
        snapshot = sound()
        parameter(snapshot, 'order', MANAGEMENT, STORAGE)
        parameter(snapshot, 'exclude', HEARTBEAT)
        self.assertEqual(self.details(snapshot, 'LM405'),
                         ["Management comes first in the cluster's order and is not intended"])
        parameter(snapshot, 'order', STORAGE, MANAGEMENT, HEARTBEAT)
        parameter(snapshot, 'exclude')
        result = self.check(snapshot, '-e', 'Storage1,Heartbeat')
        self.assertEqual([f['detail'] for f in result['findings'] if f['id'] == 'LM405'],
                         ["Management comes before Heartbeat in the cluster's order and is not intended"])

    def test_iscsi_by_its_name(self):
        snapshot = sound()
        network(snapshot, HEARTBEAT, Name='Cluster iSCSI A')
        for nic in snapshot['Get-ClusterNetworkInterface']:
            nic['Network'] = nic['Network'].replace('Heartbeat', 'Cluster iSCSI A')
        parameter(snapshot, 'order', STORAGE, HEARTBEAT)
        parameter(snapshot, 'exclude', MANAGEMENT)
        migration_list(snapshot, ('10.20.0.0/24', 1), ('10.30.0.0/24', 2))
        self.assertEqual(self.details(snapshot, 'LM408'),
                         ['Cluster iSCSI A is for iSCSI by its name and stands in the migration order'])
        self.assertEqual(len(self.details(snapshot, 'LM425')), 1)

    def test_delegation(self):
        whole = DELEGATION['HV02']
        for entries, told in ((whole, None), (whole[:1], '1 of 2'), ([], '2 of 2'),
                              ([e + '.corp.example' for e in whole], None),
                              (['cifs/HV020', 'http/HV02'], '2 of 2')):
            with self.subTest(entries):
                snapshot = sound()
                without_cluster(snapshot, entries)
                found = self.details(snapshot, 'LM436')
                self.assertEqual(len(found), told is not None)
                self.assertIn(told or '', ''.join(found))
        result = self.check(snapshot, '-e', '10.20.0.0/24')
        remedy = [f['remedy'] for f in result['findings'] if f['id'] == 'LM436'][0]['powershell']
        self.assertEqual(remedy, "Set-ADComputer -Identity 'HV01' -Add @{ 'msDS-AllowedToDelegateTo' = "
                                 "'cifs/HV02', 'Microsoft Virtual System Migration Service/HV02' }")

    def test_no_delegation_is_asked_for(self):
        def changed(change):
            snapshot = sound()
            without_cluster(snapshot)
            change(snapshot)
            return self.details(snapshot, 'LM436')
        self.assertEqual(changed(lambda s: hosts(s, VirtualMachineMigrationAuthenticationType=0)), [])
        self.assertEqual(changed(lambda s: s['Get-ADComputer'][0].update(TrustedForDelegation=True)), [])
        self.assertEqual(changed(lambda s: s['Get-ADComputer'][1].update(HasResourceBasedDelegation=True)), [])
        self.assertEqual(changed(lambda s: s['Get-ADComputer'].pop(0)), [])
        self.assertEqual(changed(lambda s: s.update(
            Errors=[{'Node': 'HV01', 'Cmdlet': 'Get-Cluster', 'Message': 'no right'}])), [])
        snapshot = sound() # one cluster
        snapshot['Get-ADComputer'] = [{'Name': n, 'msDS-AllowedToDelegateTo': []} for n in ('HV01', 'HV02')]
        self.assertEqual(self.details(snapshot, 'LM436'), [])
        snapshot['Get-ClusterNode'] = [{'Name': 'HV01'}] # the other is not in it
        self.assertEqual(len(self.details(snapshot, 'LM436')), 2)

    def test_the_firewall_on_the_intended_address(self):
        cases = (
            ({}, None),
            ({'LocalAddress': '10.20.0.2'}, None),
            ({'LocalAddress': ['10.10.10.2']}, 'but not on 10.20.0.2 (Storage1)'),
            ({'LocalAddress': '10.20.0.0/255.255.255.0'}, None),
            ({'RemoteAddress': 'LocalSubnet'}, None),
            ({'RemoteAddress': '10.20.0.1-10.20.0.9'}, None),
            ({'RemoteAddress': ['10.10.10.0/24', '10.20.0.128/25']}, 'but not from HV01'),
            ({'RemoteAddress': '10.20.0.9-10.20.0.99'}, 'but not from HV01'),
            ({'InterfaceAlias': 'mgmt0'}, 'but not on 10.20.0.2 (Storage1)'),
            ({'InterfaceAlias': ['mgmt0', 'stor1']}, None),
            ({'Direction': 2}, 'no enabled rule of HV02 lets TCP port 6600 in'),
            ({'LocalPort': ['445', '6000-6700']}, None),
            ({'LocalPort': ['6000-6599']}, 'no enabled rule'),
            ({'Action': 4}, "the rule 'without a name' of HV02 blocks TCP port 6600"),
            ({'Action': 4, 'Program': 'x.exe'}, 'no enabled rule'),
        )
        for properties, told in cases:
            with self.subTest(properties):
                snapshot = sound()
                rule(snapshot, **properties)
                found = self.details(snapshot, 'LM456')
                self.assertEqual(len(found), told is not None, found)
                self.assertIn(told or '', ''.join(found))

    def test_the_firewall_by_profile(self):
        cases = (('Domain', 'Public', True), ('Domain, Private', 0, True), (1, 2, False),
                 ('Public', 'Public', False), ('Any', 'Public', False), (0, 'Public', False),
                 ('Domain', None, False))
        for of_rule, of_network, is_told in cases:
            with self.subTest((of_rule, of_network)):
                snapshot = sound()
                rule(snapshot, Profile=of_rule)
                if of_network is not None:
                    profile(snapshot, of_network)
                found = self.details(snapshot, 'LM456')
                self.assertEqual(len(found), is_told, found)
                self.assertIn('on a public network' if is_told else '', ''.join(found))

    def test_a_firewall_that_is_off_blocks_nothing(self):
        for properties in ({'Enabled': False}, {'Enabled': 1, 'DefaultInboundAction': 'Allow'}):
            snapshot = sound()
            rule(snapshot, Enabled=2)
            profile(snapshot, 'DomainAuthenticated')
            snapshot['Nodes']['HV02']['Get-NetFirewallProfile'] = [
                {'Name': 'Domain', **properties}, {'Name': 'Public', 'Enabled': True}]
            self.assertEqual(self.details(snapshot, 'LM456'), [])

    def test_smb_needs_both_ports(self):
        snapshot = sound()
        smb(snapshot, True)
        self.assertEqual(self.details(snapshot, 'LM456'), [])
        adapter(snapshot, 'Get-NetFirewallRule', 'smb', Enabled='False')
        self.assertEqual(self.details(snapshot, 'LM456'),
                         ['no enabled rule of HV02 lets TCP port 445 in'])
        rule(snapshot, Enabled=2)
        self.assertEqual(len(self.details(snapshot, 'LM456')), 2)

    def test_ipsec_elsewhere_is_no_affair_of_migration(self):
        for properties, is_told in (({}, True), ({'RemoteAddress': '10.10.10.0/24'}, False),
                                    ({'LocalAddress': '10.20.0.0/24', 'RemoteAddress': '10.20.0.1'}, True),
                                    ({'LocalAddress': '10.10.10.2'}, False),
                                    ({'InboundSecurity': 'None', 'OutboundSecurity': 0}, False),
                                    ({'InboundSecurity': 1, 'OutboundSecurity': 2}, True)):
            with self.subTest(properties):
                snapshot = sound()
                adapter(snapshot, 'Get-NetIPsecRule', 'off', Enabled=1, **properties)
                self.assertEqual(len(self.details(snapshot, 'LM457')), is_told)

    def test_smb_of_csv_networks_and_migration(self):
        snapshot = sound()
        for node in snapshot['Nodes'].values():
            node['Get-NetAdapterBinding'] += [
                {'Name': name, 'ComponentID': 'ms_server', 'Enabled': False} for name in ('hb0', 'mgmt0')]
        self.assertEqual(self.details(snapshot, 'LM445'),
                         ['the SMB server is not bound to hb0 of HV01', 'the SMB server is not bound to hb0 of HV02'])

    def test_limits_are_told_with_the_link(self):
        snapshot = sound()
        adapter(snapshot, 'Get-NetQosPolicy', 'other', IPDstPortStartMatchCondition=None, IPPortMatchCondition=6600,
                IPDstPortEndMatchCondition=None, ThrottleRateAction=920000000)
        self.assertEqual(self.details(snapshot, 'LM455'),
                         ['a QoS policy of HV02 caps it at 920 Mbit/s, of a link of 25.0 Gbit/s'])
        for bytes_per_second in (-2 ** 63, 0, 2 ** 63 - 1):
            section(snapshot, 'Get-SmbBandwidthLimit',
                    {'Category': 'LiveMigration', 'BytesPerSecond': bytes_per_second})
            self.assertEqual(self.details(snapshot, 'LM453'), [])
        section(snapshot, 'Get-NetOffloadGlobalSetting', {'Chimney': 'Enabled'})
        self.assertIn('(without effect: TCP Chimney is on)', self.details(snapshot, 'LM455')[0])

    def test_the_table_of_2008_r2(self):
        cases = (
            ((FOUR, 'vm0'), 'LM470', 'row 1, recommended'),
            (({'mgmt0': 1, 'stor1': 1, 'hb0': 1}, 'mgmt0'), 'LM470', 'row 3, supported'),
            (({'mgmt0': 1, 'hb0': 1, 'stor1': 10, 'vm0': 10}, 'vm0'), 'LM470', 'row 6, supported'),
            (({'mgmt0': 1, 'stor1': 10, 'vm0': 10}, 'vm0', (), True), 'LM470', 'row 5, supported'),
            (({'mgmt0': 10, 'stor1': 10}, 'mgmt0', (), True), 'LM470', 'row 4, supported'),
            (({'mgmt0': 1, 'a': 1, 'b': 1}, 'mgmt0', ('stor1', 'a', 'b'), True), 'LM470', 'row 2, supported'),
            (({'mgmt0': 2, 'a': 1, 'b': 1, 'stor1': 1}, 'mgmt0', ('mgmt0', 'a', 'b'), True), 'LM471',
             'row 7, not recommended'),
            (({'mgmt0': 1, 'stor1': 1}, 'mgmt0', (), True), 'LM471', 'row 8, not recommended'),
            (({'mgmt0': 10, 'stor1': 1}, 'mgmt0', (), True), 'LM471', 'row 9, not recommended'),
            (({'mgmt0': 1, 'stor1': 10, 'hb0': 10, 'vm0': 1}, 'vm0'), None, None),
        )
        for args, finding, told in cases:
            with self.subTest(args):
                snapshot = sound()
                design(snapshot, *args)
                result = self.check(snapshot, '-e', 'Storage1')
                rated = [f for f in result['findings'] if f['id'] in ('LM470', 'LM471')]
                self.assertEqual([f['id'] for f in rated], [finding] if finding else [])
                for f in rated:
                    self.assertIn('HV01 and 1 other: ' + told, f['detail'])
                    self.assertEqual(f['evidence']['value'], told)

    def test_the_guidance_for_converged_hosts(self):
        def told(members=1, change=lambda s: None, **sections):
            snapshot = sound()
            converged(snapshot, members, **sections)
            change(snapshot)
            found = self.details(snapshot, 'LM472')
            return found[0].removeprefix('HV01: ') if found else None
        self.assertIsNone(told())
        self.assertEqual(told(2), '1 migration vNIC for 2 members, one for each is advised')
        self.assertTrue(told(2, **{'Get-VMNetworkAdapterTeamMapping': []}).endswith(
            '; no member is mapped to vEthernet (LM)'))
        vlans = [{'ParentAdapter': name, 'AccessVlanId': 0} for name in ('LM', 'hb0')]
        self.assertEqual(told(**{'Get-VMNetworkAdapterVlan': vlans}),
                         'a VLAN for each role, and migration shares one with hb0')
        small = [{'Name': 'pNIC0', 'RegistryKeyword': '*JumboPacket', 'RegistryValue': '1514'}]
        self.assertEqual(told(**{'Get-NetAdapterAdvancedProperty': small}), 'no jumbo frames on pNIC0')
        rdma = [{'Name': 'pNIC0', 'Enabled': True}, {'Name': 'vEthernet (LM)', 'Enabled': False}]
        self.assertEqual(told(**{'Get-NetAdapterRdma': rdma}), 'the members have RDMA, and not vEthernet (LM)')
        team = [{'Name': 'Old', 'TeamNics': 'pNIC0', 'Members': ['a']}]
        self.assertTrue(told(**{'Get-NetLbfoTeam': team}).startswith(
            'Switch Embedded Teaming replaces the team below the switch SET'))
        self.assertIsNone(told(**{'Get-VMSwitch': None}))

    def test_receive_processors_of_the_members(self):
        snapshot = sound()
        converged(snapshot, 2)
        self.assertEqual(self.details(snapshot, 'LM446'), [])
        adapter(snapshot, 'Get-NetAdapterRss', 'pNIC1', BaseProcessorNumber=4)
        self.assertEqual(self.details(snapshot, 'LM446'),
                         ['pNIC1 and pNIC0 of HV02 receive on the same processors'])

    def test_adapters_that_are_not_listed_can_not(self):
        snapshot = sound()
        hosts(snapshot, VirtualMachineMigrationPerformanceOption='SMB')
        for node in snapshot['Nodes'].values():
            node['Get-NetAdapterRdma'] = []
        self.assertEqual(len(self.details(snapshot, 'LM451')), 2)
        section(snapshot, 'Get-NetAdapterRdma', {'Name': 'stor1', 'Enabled': True}, 'HV01')
        self.assertEqual(len(self.details(snapshot, 'LM451')), 1)
        self.assertEqual(self.details(snapshot, 'LM443'),
                         ['in Storage1 RDMA is off at stor1 of HV02, and on at stor1 of HV01'])
        for unknown in ([{'Enabled': False}], [{'Name': 'stor1', 'Enabled': None}], None):
            section(snapshot, 'Get-NetAdapterRdma', unknown)
            if unknown is None:
                del snapshot['Nodes']['HV02']['Get-NetAdapterRdma']
            self.assertEqual(self.details(snapshot, 'LM451') + self.details(snapshot, 'LM443'), [], unknown)

    def test_the_fixtures_are_as_their_script_makes_them(self):
        generated = pathlib.Path(self.folder.name)
        subprocess.run([sys.executable, SNAPSHOTS / 'generate.py', generated], check=True)
        for path in generated.glob('*.json'):
            self.assertEqual(path.read_text(), (SNAPSHOTS / path.name).read_text(), path.name)

    def test_one_host_of_many(self):
        for n_hosts in (16, 64):
            made = subprocess.run([sys.executable, SNAPSHOTS / 'generate.py', '--nodes', str(n_hosts)],
                                  check=True, capture_output=True).stdout
            snapshot = json.loads(made)
            result = self.check(snapshot)
            self.assertEqual(result['findings'], [])
            self.assertEqual(len(result['predictions']), 2 * n_hosts * (n_hosts - 1))
            migration_list(snapshot, ('10.10.10.0/24', 1), name='HV07')
            result = self.check(snapshot)
            self.assertEqual([(f['id'], 'HV07' in f['detail']) for f in result['findings']],
                             [('LM420', True), ('LM422', True)])
            self.assertEqual({(p['source'], p['network']) for p in result['predictions']
                              if p['network'] != 'Storage1'}, {('HV07', 'Management')})

    def test_the_odd_one_out_is_told(self):
        made = subprocess.run([sys.executable, SNAPSHOTS / 'generate.py', '--nodes', '16'], check=True,
                              capture_output=True).stdout
        snapshot = json.loads(made)
        host(snapshot, 'HV01', MaximumVirtualMachineMigrations=7, VirtualMachineMigrationAuthenticationType='CredSSP')
        migration_list(snapshot, ('10.20.0.0/24', 5))
        for item in snapshot['Nodes']['HV01']['Get-NetAdapter']:
            item['MtuSize'] = 1500
        found = self.check(snapshot)['findings']
        self.assertEqual(sorted((f['id'], f['evidence']['path'].startswith('Nodes.HV01.')) for f in found),
                         [(i, True) for i in ('LM423', 'LM433', 'LM434', 'LM441', 'LM461')])

    def test_a_faster_storage_network_is_no_reproach(self):
        snapshot = sound()
        network(snapshot, HEARTBEAT, Role=0)
        for node in snapshot['Nodes']:
            adapter(snapshot, 'Get-NetAdapter', 'hb0', node, TransmitLinkSpeed=100 * 10 ** 9)
        self.assertEqual(self.details(snapshot, 'LM440'), [])
        network(snapshot, HEARTBEAT, Role=1)
        self.assertEqual(len(self.details(snapshot, 'LM440')), 2)

    def test_the_same_of_many_hosts_is_told_once(self):
        made = subprocess.run([sys.executable, SNAPSHOTS / 'generate.py', '--nodes', '16'], check=True,
                              capture_output=True).stdout
        snapshot = json.loads(made)
        for name in snapshot['Nodes']:
            host(snapshot, name, UseAnyNetworkForMigration=True)
        self.path.write_text(json.dumps(snapshot), encoding='utf-8')
        out = run('check', self.path)[1].decode()
        self.assertEqual(out.count('LM430'), 1)
        self.assertEqual(len(re.findall(r'(?m)^  HV\d+ may use', out)), 4)
        self.assertIn('\n  and 12 more like these\n', out)

    def test_heartbeats_on_the_adapters_of_migration(self):
        def told(threshold, names):
            snapshot = sound()
            converged(snapshot)
            snapshot['Get-Cluster'].update(SameSubnetThreshold=threshold)
            for node in snapshot['Nodes'].values():
                for item in node['Get-NetIPAddress']:
                    if item['InterfaceAlias'] in names:
                        item['InterfaceAlias'] = f"vEthernet ({item['InterfaceAlias']})"
                node['Get-VMNetworkAdapter'] += [{'Name': name, 'SwitchName': 'SET'} for name in names]
            for nic in snapshot['Get-ClusterNetworkInterface']:
                if nic.get('Adapter') in names:
                    nic['Adapter'] = f"vEthernet ({nic['Adapter']})"
            return self.details(snapshot, 'LM418')
        self.assertEqual(told(5, ('mgmt0', 'hb0')),
                         ['all heartbeats take the adapters of the intended network on HV01, and a '
                          'node is given up after 5000 ms'])
        self.assertEqual(told(10, ('mgmt0', 'hb0')), [])
        self.assertEqual(told(5, ('mgmt0',)), [])

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

    def test_a_wrong_type_anywhere_is_one_line_with_its_place(self):
        whole = json.loads((SNAPSHOTS / 'set-two-lm.json').read_text())
        for node in whole['Nodes'].values():
            node.update({name: value for name, value in sound()['Nodes']['HV01'].items() if not node.get(name)})
        every = 1 if len(program()) == 1 else 12 # an emulator is slow to start
        for i, path in enumerate(list(places(whole))[1::every]):
            made = copy.deepcopy(whole)
            at = made
            for key in path[:-1]:
                at = at[key]
            at[path[-1]] = WRONG[i % len(WRONG)]
            self.path.write_text(json.dumps(made), encoding='utf-8')
            code, out, err = run('check', self.path)
            with self.subTest((path, WRONG[i % len(WRONG)])):
                self.assertIn(code, (0, 1, 2))
                if code < 2:
                    self.assertEqual(err, '')
                    continue
                self.assertEqual((out, err.replace('\r', '').count('\n')), (b'', 1))
                place = err.split('snapshot.json: ', 1)[1]
                self.assertTrue(place.startswith(path[0]) or path[0] in ('schema', 'Nodes'), err)

    def test_what_is_too_deep_or_too_much_is_one_line(self):
        lab = (SNAPSHOTS / 'lab.json').read_text()
        for text in ('[' * 100000, '{"Nodes":' * 5000 + '1' + '}' * 5000, '{"a":1,' * 3,
                     lab.replace('"Nodes"', f'"Get-VMHost": {json.dumps(["x"] * 70000)}, "Nodes"', 1),
                     '{"schema": "lmpath.snapshot/1", "Get-ClusterNetwork": ' + json.dumps(
                         [{'Name': str(i), 'Ipv4Addresses': ['10.0.0.0']} for i in range(5000)]) + '}'):
            self.path.write_text(text, encoding='utf-8')
            code, out, err = run('check', self.path)
            if code == 2:
                self.assertEqual((out, err.replace('\r', '').count('\n')), (b'', 1))
            else:
                self.assertEqual(err, '')

    def test_ids_that_lead_in_circles(self):
        snapshot = sound()
        network(snapshot, MANAGEMENT, Id=ids(snapshot)[STORAGE])
        network(snapshot, HEARTBEAT, Name=ids(snapshot)[STORAGE])
        for nic in snapshot['Get-ClusterNetworkInterface']:
            nic['Network'] = {'Name': nic['Network'], 'Id': ids(snapshot)[STORAGE]}
        self.path.write_text(json.dumps(snapshot), encoding='utf-8')
        code, _, err = run('check', self.path)
        self.assertIn(code, (0, 1, 2))
        self.assertLessEqual(err.count('\n'), 1)

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

    def test_junit_fails_where_the_exit_code_does(self):
        for name, failed in (('wrong-host-list', {'LM420', 'LM422'}), ('article-mended', set())):
            with self.subTest(name):
                code, out, _ = run('check', SNAPSHOTS / f'{name}.json', '-f', 'junit')
                cases = list(ElementTree.fromstring(out).iter('testcase'))
                self.assertEqual({c.get('name').split(':')[0] for c in cases
                                  if c.find('failure') is not None}, failed)
                self.assertEqual(code, int(bool(failed)))
                self.assertEqual(any(c.find('skipped') is not None for c in cases),
                                 name == 'wrong-host-list')

    def test_writes_text_and_markdown(self):
        code, out, _ = run('check', SNAPSHOTS / 'wrong-host-list.json', '-f', 'markdown')
        self.assertEqual(code, 1)
        self.assertIn(b'## LM420 (error, host-list)', out)
        self.assertIn(b"\n```powershell\nAdd-VMMigrationNetwork -ComputerName 'HV01'", out)


if __name__ == '__main__':
    unittest.main()
