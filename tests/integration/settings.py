"""One cluster with every setting that lmpath drift knows, and the ways to write it down.

synthetic: made from the documented types, no real cluster's. whole() is its snapshot; rearranged()
the same configuration in another form; places() where each of its values stands.
"""
import copy
import json
import re

ENUMS = {
    'Role': {'None': 0, 'Cluster': 1, 'Client': 2, 'ClusterAndClient': 3},
    'State': {'Unavailable': 0, 'Down': 1, 'Partitioned': 2, 'Up': 3},
    'SecurityLevel': {'ClearText': 0, 'Sign': 1, 'Encrypt': 2},
    'SecurityLevelForStorage': {'ClearText': 0, 'Sign': 1, 'Encrypt': 2},
    'VirtualMachineMigrationPerformanceOption': {'TCPIP': 0, 'Compression': 1, 'SMB': 2},
    'VirtualMachineMigrationAuthenticationType': {'CredSSP': 0, 'Kerberos': 1},
    'AutomaticMetric': {'Disabled': 0, 'Enabled': 1},
    'Dhcp': {'Disabled': 0, 'Enabled': 1},
    'Forwarding': {'Disabled': 0, 'Enabled': 1},
    'WeakHostSend': {'Disabled': 0, 'Enabled': 1},
    'WeakHostReceive': {'Disabled': 0, 'Enabled': 1},
    'AddressFamily': {'IPv4': 2, 'IPv6': 23},
    'PrefixOrigin': {'Manual': 1, 'Dhcp': 3},
    'RdmaTechnology': {'iWARP': 1, 'RoCEv2': 4},
    'ReceiveSideScaling': {'Disabled': 0, 'Enabled': 1},
    'NetworkDirectAcrossIPSubnets': {'Blocked': 0, 'Allowed': 1},
    'SwitchType': {'Internal': 1, 'External': 2},
    'BandwidthReservationMode': {'Weight': 1, 'Absolute': 2},
    'OperationMode': {'Untagged': 0, 'Access': 1},
    'TeamingMode': {'Static': 0, 'SwitchIndependent': 1, 'Lacp': 2},
    'LoadBalancingAlgorithm': {'HyperVPort': 4, 'Dynamic': 5},
    'NetworkCategory': {'Public': 0, 'Private': 1, 'DomainAuthenticated': 2},
    'DefaultInboundAction': {'NotConfigured': 0, 'Allow': 2, 'Block': 4},
    'Action': {'Allow': 2, 'Block': 4},
    'Direction': {'Inbound': 1, 'Outbound': 2},
    'StartType': {'Automatic': 2, 'Manual': 3, 'Disabled': 4},
    'InboundSecurity': {'None': 0, 'Request': 1, 'Require': 2},
    'OutboundSecurity': {'None': 0, 'Request': 1, 'Require': 2},
}
IDS = ('1f0c5a52-7a3e-4d0e-9b61-0c8a5d2e1a01', '7e5d2a1c-93b4-4f7a-8c12-5b7d9e3f2b02')
# lists in which the order says nothing; each has at least two
SETS = ('Tags', 'Members', 'NetAdapterInterfaceDescriptions', 'msDS-AllowedToDelegateTo',
        'MigrationServiceListenerIPAddressList', 'SecurityServicesRunning', 'LocalPort')
# what the collector reads and drift leaves out: it changes by itself, is told elsewhere, or says
# nothing of the path; a section alone: all of it
LEFT_OUT = {
    'Get-ClusterNode': 'Id DrainStatus FaultDomain MajorVersion MinorVersion CSDVersion',
    'Get-ClusterNetwork': 'Address AddressMask Description LinkSpeed',
    'Get-ClusterNetworkInterface': 'Id AdapterId Address DhcpEnabled Description',
    'Get-ClusterSharedVolumeState': None,
    'Get-ADComputer': 'DNSHostName',
    'Win32_OperatingSystem': 'Version',
    'Win32_ComputerSystem': 'Name DNSHostName Manufacturer Model HypervisorPresent '
                            'TotalPhysicalMemory',
    'Win32_DeviceGuard': 'VirtualizationBasedSecurityStatus',
    'PSVersionTable': None,
    'Get-VMHost': 'Name ComputerName FullyQualifiedDomainName LogicalProcessorCount '
                  'MemoryCapacity NumaSpanningEnabled IovSupport',
    'Get-VMMigrationNetwork': 'ComputerName',
    'Msvm_VirtualSystemMigrationService': 'ActiveStorageMigrationCount',
    'Msvm_VirtualSystemMigrationServiceSettingData':
        'EnableVirtualSystemMigration AuthenticationType MaximumActiveVirtualSystemMigration '
        'MaximumActiveStorageMigration',
    'Get-NetAdapter': 'InterfaceGuid MediaConnectionState LinkSpeed Virtual HardwareInterface '
                      'PhysicalMediaType DriverProvider',
    'Get-NetIPAddress': 'AddressState SuffixOrigin SkipAsSource PolicyStore',
    'Get-NetIPInterface': 'InterfaceIndex ConnectionState',
    'Get-NetConnectionProfile': 'InterfaceIndex',
    'Get-NetAdapterStatistics': None,
    'Get-NetAdapterRdma': 'InterfaceDescription RdmaMissingCounterInfo',
    'Get-NetAdapterAdvancedProperty': 'InterfaceDescription DisplayName',
    'Get-NetAdapterRss': 'InterfaceDescription',
    'Get-NetAdapterBinding': 'InterfaceDescription',
    'Get-VMNetworkAdapter': 'DeviceId AdapterId SwitchId Status',
    'Get-VMNetworkAdapterTeamMapping': 'NetAdapterDeviceId',
    'Get-VMSwitch': 'Id NetAdapterInterfaceDescription NetAdapterInterfaceGuid',
    'Get-VMSwitchTeam': 'Id NetAdapterInterfaceGuid',
    'Get-NetLbfoTeamNic': 'InterfaceDescription Default',
    'Get-SmbClientNetworkInterface': 'InterfaceIndex IpAddresses',
    'Get-SmbMultichannelConnection': None,
    'Get-SmbMultichannelConstraint': 'InterfaceIndex InterfaceGuid',
    'Get-NetTCPConnection': None,
    'Get-NetIntent': 'Scope',
}
# names that Windows takes in any case
NAMES = ('InterfaceAlias', 'SwitchName', 'ParentAdapter', 'Adapter', 'FriendlyName')
VOLATILE = {
    'Get-NetAdapterStatistics': [{'Name': 'mgmt0', 'ReceivedBytes': 1}],
    'Get-NetTCPConnection': [{'LocalAddress': '10.20.0.1', 'OwningProcess': 7}],
    'Get-SmbMultichannelConnection': [{'ServerName': 'x', 'CurrentChannels': 4}],
    'Clock': {'OffsetMilliseconds': 3.5},
    'PSVersionTable': {'PSVersion': '7.5.1'},
}


def network(name, identity, role, third, metric):
    return {'Name': name, 'Id': identity, 'Role': role, 'State': 'Up',
            'Ipv4Addresses': [f'10.{third}.0.0'], 'Ipv4PrefixLengths': ['24'],
            'Ipv6Addresses': [f'fd00:{third}::'], 'Ipv6PrefixLengths': ['64'],
            'Metric': metric, 'AutoMetric': True, 'RdmaCapable': False, 'RssCapable': True}


def nic(node, last, adapter, name, third):
    return {'Node': node, 'Name': f'{node} - {adapter}', 'Network': name, 'Adapter': adapter,
            'Ipv4Addresses': [f'10.{third}.0.{last}'], 'Ipv6Addresses': [f'fd00:{third}::{last}'],
            'State': 'Up'}


def adapter(name, index, speed):
    return {'Name': name, 'InterfaceIndex': index, 'Status': 'Up', 'TransmitLinkSpeed': speed,
            'ReceiveLinkSpeed': speed, 'MtuSize': 9000, 'VlanID': 20,
            'InterfaceDescription': f'NIC #{index}', 'MacAddress': f'00-15-5D-00-00-{index:02}',
            'DriverVersionString': '3.2.1'}


def of_adapters(make):
    return [make('mgmt0', 10), make('stor1', 11)]


def host(last):
    def ip(name, index, third):
        return {'IPAddress': f'10.{third}.0.{last}', 'InterfaceAlias': name, 'InterfaceIndex': index,
                'PrefixLength': 24, 'PrefixOrigin': 'Manual', 'AddressFamily': 'IPv4'}

    def rule(name, port):
        return {'Name': name, 'DisplayName': name, 'Enabled': 'True', 'Action': 'Allow',
                'Direction': 'Inbound', 'Profile': 'Domain, Private', 'Protocol': 'TCP', 'LocalPort': [port, '5445'],
                'LocalAddress': 'Any', 'RemoteAddress': ['LocalSubnet'], 'InterfaceAlias': 'Any',
                'Program': 'Any', 'PolicyStoreSourceType': 'Local'}

    return {
        'Get-VMHost': {
            'VirtualMachineMigrationEnabled': True, 'UseAnyNetworkForMigration': False,
            'VirtualMachineMigrationPerformanceOption': 'Compression',
            'VirtualMachineMigrationAuthenticationType': 'Kerberos',
            'MaximumVirtualMachineMigrations': 2, 'MaximumStorageMigrations': 2},
        'Get-VMMigrationNetwork': [{'Subnet': '10.20.0.0/24', 'Priority': 1},
                                   {'Subnet': 'fd00:20::/64', 'Priority': None}],
        'Msvm_VirtualSystemMigrationNetworkSettingData': [
            {'SubnetNumber': '10.20.0.0', 'PrefixLength': 24, 'Metric': 5,
             'Tags': ['Cluster', 'Microsoft: other']},
            {'SubnetNumber': '10.20.0.0', 'PrefixLength': 24, 'Metric': 1,
             'Tags': ['Microsoft:UserManaged']}],
        'Msvm_VirtualSystemMigrationService': {
            'MigrationServiceListenerIPAddressList': [f'10.20.0.{last}', f'fd00:20::{last}'],
            'ActiveVirtualSystemMigrationCount': 0},
        'Msvm_VirtualSystemMigrationServiceSettingData': {'EnableCompression': True,
                                                          'EnableSmbTransport': False},
        'Get-Service': [{'Name': 'SCVMMAgent', 'Status': 'Running', 'StartType': 'Automatic'}],
        'Get-NetIntent': [{
            'IntentName': 'Storage', 'IntentType': 'Storage', 'IsManagementIntentSet': False,
            'IsComputeIntentSet': False, 'IsStorageIntentSet': True, 'IsStretchIntentSet': False,
            'NetAdapterNamesAsList': ['stor1', 'Ethernet 2'], 'ManagementVLAN': 10,
            'StorageVLANs': [711]}],
        'Get-NetIntent -GlobalOverrides': [{'ClusterOverride': {
            'EnableNetworkNaming': False, 'EnableLiveMigrationNetworkSelection': None,
            'EnableVirtualMachineMigrationPerformanceSelection': False,
            'VirtualMachineMigrationPerformanceOption': 'SMB',
            'MaximumVirtualMachineMigrations': 1, 'MaximumSMBMigrationBandwidthInGbps': 7.5}}],
        'Win32_OperatingSystem': {'Caption': 'Windows Server', 'BuildNumber': '20348', 'UBR': 2700,
                                  'DisplayVersion': '21H2', 'InstallationType': 'Server Core',
                                  'LastBootUpTime': f'2026-11-0{last}T00:00:00Z'},
        'Win32_ComputerSystem': {'Domain': 'lab.example', 'PartOfDomain': True},
        'Win32_DeviceGuard': {'SecurityServicesRunning': [0, 2], 'SecurityServicesConfigured': [2]},
        'Get-NetAdapter': of_adapters(lambda n, i: adapter(n, i, 25 * 10 ** 9)),
        'Get-NetIPAddress': [ip('mgmt0', 10, 10), ip('stor1', 11, 20)],
        'Get-NetIPInterface': of_adapters(lambda n, i: {
            'InterfaceAlias': n, 'AddressFamily': 'IPv4', 'InterfaceMetric': 35 - 2 * i,
            'AutomaticMetric': 'Enabled', 'NlMtu': 9000, 'Dhcp': 'Disabled',
            'Forwarding': 'Disabled', 'WeakHostSend': 'Disabled', 'WeakHostReceive': 'Disabled'}),
        'Get-NetAdapterRdma': of_adapters(lambda n, i: {
            'Name': n, 'Enabled': False, 'Operational': False, 'PFC': False, 'ETS': 'NA',
            'RdmaAdapterInfo': {'RdmaTechnology': 'RoCEv2'}}),
        'Get-NetAdapterAdvancedProperty': [
            {'Name': 'stor1', 'RegistryKeyword': word, 'RegistryValue': [value],
             'DisplayValue': 'Jumbo'} for word, value in (
                 ('*JumboPacket', '9014'), ('VlanID', '20'), ('*NetworkDirect', '0'),
                 ('*NetworkDirectTechnology', '4'), ('*PriorityVLANTag', '3'))],
        'Get-NetAdapterRss': of_adapters(lambda n, i: {
            'Name': n, 'Enabled': True, 'Profile': 'NUMAStatic', 'NumberOfReceiveQueues': 4,
            'BaseProcessorGroup': 0, 'BaseProcessorNumber': 8 * (i - 10) + 2,
            'MaxProcessorGroup': 0, 'MaxProcessorNumber': 8 * (i - 10) + 8, 'MaxProcessors': 4,
            'NumaNode': 0}),
        'Get-NetAdapterBinding': [
            {'Name': 'stor1', 'ComponentID': component, 'DisplayName': 'x', 'Enabled': True}
            for component in ('ms_msclient', 'ms_server')],
        'Get-NetOffloadGlobalSetting': {
            'ReceiveSideScaling': 'Enabled', 'ReceiveSegmentCoalescing': 'Enabled',
            'Chimney': 'Disabled', 'TaskOffload': 'Enabled', 'NetworkDirect': 'Enabled',
            'NetworkDirectAcrossIPSubnets': 'Blocked'},
        'Get-VMSwitch': [{
            'Name': 'SET', 'SwitchType': 'External', 'AllowManagementOS': True,
            'EmbeddedTeamingEnabled': True,
            'NetAdapterInterfaceDescriptions': ['NIC #10', 'NIC #12'],
            'BandwidthReservationMode': 'Weight', 'DefaultFlowMinimumBandwidthAbsolute': 0,
            'DefaultFlowMinimumBandwidthWeight': 10, 'IovEnabled': False,
            'PacketDirectEnabled': False, 'SoftwareRscEnabled': True}],
        'Get-VMSwitchTeam': [{
            'Name': 'SET', 'TeamingMode': 'SwitchIndependent',
            'LoadBalancingAlgorithm': 'HyperVPort',
            'NetAdapterInterfaceDescription': ['NIC #10', 'NIC #12']}],
        'Get-NetLbfoTeam': [{'Name': 'Team', 'Members': ['Ethernet 1', 'Ethernet 2'],
                             'TeamNics': 'Team', 'TeamingMode': 'Lacp',
                             'LoadBalancingAlgorithm': 'Dynamic', 'Status': 'Up'}],
        'Get-NetLbfoTeamNic': [{'Name': 'Team - VLAN 30', 'Team': 'Team', 'VlanID': 30,
                                'Primary': False}],
        'Get-VMNetworkAdapter': [{
            'Name': 'LM', 'SwitchName': 'SET', 'MacAddress': '00155D0000AA',
            'BandwidthPercentage': 40, 'VMQWeight': 100, 'VrssEnabled': True, 'RdmaWeight': 0,
            'AllowTeaming': 'Off', 'BandwidthSetting': {
                'MinimumBandwidthAbsolute': 0, 'MinimumBandwidthWeight': 40,
                'MaximumBandwidth': 0}}],
        'Get-VMNetworkAdapterVlan': [{
            'ParentAdapter': 'LM', 'OperationMode': 'Access', 'AccessVlanId': 20,
            'NativeVlanId': 0, 'AllowedVlanIdListString': '30,31'}],
        'Get-VMNetworkAdapterTeamMapping': [{
            'ParentAdapter': 'LM', 'NetAdapterName': 'Ethernet 1', 'DisableOnFailover': False}],
        'Get-SmbServerConfiguration': {
            'EncryptData': False, 'RejectUnencryptedAccess': True,
            'RequireSecuritySignature': False, 'EnableSecuritySignature': True,
            'EnableMultiChannel': True, 'EnableSMBQUIC': False, 'DisableCompression': False,
            'RequestCompression': False},
        'Get-SmbClientConfiguration': {
            'EnableMultiChannel': True, 'RequireEncryption': False,
            'RequireSecuritySignature': False, 'EnableSecuritySignature': True,
            'ConnectionCountPerRssNetworkInterface': 4,
            'ConnectionCountPerRdmaNetworkInterface': 2, 'MaximumConnectionCountPerServer': 32,
            'DisableCompression': False, 'RequestCompression': False},
        'Get-SmbBandwidthLimit': [{'Category': 'Default', 'BytesPerSecond': 10 ** 9}],
        'Get-SmbMultichannelConstraint': [{'ServerName': 'HV02', 'InterfaceAlias': 'stor1'}],
        'Get-SmbClientNetworkInterface': of_adapters(lambda n, i: {
            'FriendlyName': n, 'LinkSpeed': 25 * 10 ** 9, 'RssCapable': True,
            'RdmaCapable': False}),
        'Get-NetConnectionProfile': of_adapters(lambda n, i: {
            'InterfaceAlias': n, 'NetworkCategory': 'DomainAuthenticated'}),
        'Get-NetFirewallProfile': [
            {'Name': name, 'Enabled': 'True', 'DefaultInboundAction': 'Block',
             'AllowInboundRules': 'NotConfigured'} for name in ('Domain', 'Private', 'Public')],
        'Get-NetFirewallRule': [rule('lm', '6600'), rule('smb', '445')],
        'Get-NetIPsecRule': [{
            'Name': 'ipsec', 'DisplayName': 'ipsec', 'Enabled': 'False', 'Profile': 'Any',
            'Mode': 'Transport', 'InboundSecurity': 'Request', 'OutboundSecurity': 'Request',
            'LocalAddress': '10.30.0.0/24', 'RemoteAddress': 'Any',
            'PolicyStoreSourceType': 'Local'}],
        'Get-NetQosPolicy': [{
            'Name': 'SMB', 'Owner': 'Local', 'NetworkProfile': 'All', 'Precedence': 127,
            'TemplateMatchCondition': 'None', 'AppPathNameMatchCondition': None,
            'IPProtocolMatchCondition': 'TCP', 'IPPortMatchCondition': None,
            'IPDstPortStartMatchCondition': 445, 'IPDstPortEndMatchCondition': 445,
            'IPDstPrefixMatchCondition': None, 'NetDirectPortMatchCondition': 445,
            'ThrottleRateAction': None, 'MinBandwidthWeightAction': None, 'DSCPAction': None,
            'PriorityValue8021Action': 3}],
    }


def whole():
    nodes = (('HV01', 1), ('HV02', 2))
    return {
        'schema': 'lmpath.snapshot/1', 'Collected': '2026-11-21T09:30:00Z', 'CollectedOn': 'HV01',
        'Get-Cluster': {
            'Name': 'LAB', 'Id': '5d0b7c30-0f4e-4c55-9f0a-2b6c1d8e4f10', 'Domain': 'lab.example',
            'ClusterFunctionalLevel': 12, 'MaximumParallelMigrations': 2,
            'SetSMBBandwidthLimit': 0, 'SMBBandwidthLimitFactor': 2500, 'SameSubnetDelay': 1000,
            'SameSubnetThreshold': 20, 'CrossSubnetDelay': 1000, 'CrossSubnetThreshold': 20,
            'CrossSiteDelay': 1000, 'CrossSiteThreshold': 20, 'RouteHistoryLength': 40,
            'PlumbAllCrossSubnetRoutes': 0, 'NetftIPSecEnabled': 1, 'SecurityLevel': 'Sign',
            'SecurityLevelForStorage': 'ClearText', 'S2DEnabled': 0},
        'Get-ClusterNode': [{'Name': n, 'State': 'Up', 'BuildNumber': 20348} for n, _ in nodes],
        'Get-ClusterNetwork': [network('Management', IDS[0], 'ClusterAndClient', 10, 70384),
                               network('Storage1', IDS[1], 'Cluster', 20, 30240)],
        'Get-ClusterNetworkInterface': [
            nic(n, last, name, of, third) for n, last in nodes
            for name, of, third in (('mgmt0', 'Management', 10), ('stor1', 'Storage1', 20))],
        'Get-ClusterParameter': [{'Name': 'MigrationNetworkOrder', 'Value': IDS[1]},
                                 {'Name': 'MigrationExcludeNetworks', 'Value': IDS[0]}],
        'Get-ADComputer': [{
            'Name': n, 'TrustedForDelegation': False, 'TrustedToAuthForDelegation': False,
            'HasResourceBasedDelegation': False, 'msDS-AllowedToDelegateTo': [
                f'cifs/{n}', f'Microsoft Virtual System Migration Service/{n}']}
            for n, _ in nodes],
        'Nodes': {n: host(last) for n, last in nodes},
        'Errors': [],
    }


def collected(script):
    """(section, property) of each that the collector's script keeps."""
    found = set()
    for section, row in re.findall(r"Section = '([^']+)'(.*?)\n        \}\n", script, re.DOTALL):
        kept = row[row.rindex('Keep ='):]
        found |= {(section, name) for name in re.findall(r"'([^']+)'", kept)}
    return found


def sections(snapshot):
    """Each section with the members that hold it: (holder, cmdlet)."""
    for name in snapshot:
        if name.startswith('Get-'):
            yield snapshot, name
    for node in snapshot['Nodes'].values():
        for name in node:
            yield node, name


def places(snapshot):
    """Each value: (cmdlet, object, property as drift calls it, the object it is a member of, key)."""
    for holder, cmdlet in sections(snapshot):
        section = holder[cmdlet]
        for item in section if isinstance(section, list) else [section]:
            for key, value in item.items():
                if isinstance(value, dict):
                    for inner in value:
                        yield cmdlet, item, f'{key}.{inner}', value, inner
                else:
                    yield cmdlet, item, key, item, key


def _value(random, key, value, any_case):
    """The same value in another form."""
    number = ENUMS.get(key, {}).get(value) if isinstance(value, str) else None
    if number is not None:
        return random.choice([value, number, str(number), value.upper(),
                              {'value__': number}, {'value': number, 'Value': value}])
    if isinstance(value, bool):
        return random.choice([value, str(value), str(value).lower(), int(value)])
    if isinstance(value, int):
        return random.choice([value, str(value), float(value), {'value': value}])
    if isinstance(value, list):
        items = list(value)
        if key in SETS:
            random.shuffle(items)
        return random.choice([items, {'value': items, 'Count': len(items)}] +
                             ([items[0]] if len(items) == 1 else []))
    if key == 'Id':
        return random.choice([value, '{' + value + '}', value.upper()])
    if key == 'MacAddress':
        return random.choice([value, value.replace('-', ''), value.lower()])
    if key == 'Profile' and value == 'Domain, Private':
        return random.choice([value, 3, 'Private, Domain', '3'])
    if key in NAMES and any_case:
        return random.choice([value, value.upper(), value.lower()])
    return value


def _object(random, item, any_case):
    keys = list(item)
    random.shuffle(keys)
    made = {}
    for key in keys:
        value = item[key]
        if isinstance(value, dict):
            made[key] = _object(random, value, any_case)
        else:
            made[key] = _value(random, key, value, any_case)
    return made


def _section(random, section, any_case):
    if isinstance(section, dict):
        made = _object(random, section, any_case)
        return random.choice([made, [made], {'value': [made], 'Count': 1}])
    items = [_object(random, item, any_case) for item in section]
    random.shuffle(items)
    forms = [items, {'value': items, 'Count': len(items)}] + ([items[0]] if len(items) == 1 else [])
    return random.choice(forms)


def _members(random, owner, any_case):
    names = list(owner)
    random.shuffle(names)
    return {name: _section(random, owner[name], any_case) for name in names}


def rearranged(random, snapshot, any_case=True):
    """The same configuration, as another PowerShell might have written it, on another day."""
    made = {'schema': snapshot['schema'], 'Collected': f'\\/Date({random.randrange(10 ** 12)})\\/',
            'CollectedOn': random.choice(['HV01', 'HV02'])}
    made |= _members(random, {k: v for k, v in snapshot.items() if k.startswith('Get-')}, any_case)
    names = list(snapshot['Nodes'])
    random.shuffle(names)
    made['Nodes'] = {name: _members(random, snapshot['Nodes'][name], any_case) for name in names}
    for node in made['Nodes'].values():
        node.update({k: copy.deepcopy(v) for k, v in VOLATILE.items() if random.random() < 0.5})
        node['Get-NetIPAddress'] = _passing(random, node['Get-NetIPAddress'])
    made['Errors'] = random.choice([[], None, {'Node': 'HV01', 'Cmdlet': 'Get-Nothing'}])
    return made


def _passing(random, section):
    """Addresses that come and go by themselves."""
    items = section['value'] if 'value' in section else section
    items = list(items) + [{'IPAddress': '10.10.0.99', 'SkipAsSource': True, 'PrefixLength': 24},
                           {'IPAddress': '127.0.0.1', 'PrefixLength': 8},
                           {'IPAddress': 'fd00:20::77', 'SuffixOrigin': 'Random'}]
    random.shuffle(items)
    return items


def encoded(random, snapshot):
    """The snapshot's bytes, in one of the encodings that PowerShell writes."""
    text = json.dumps(snapshot, ensure_ascii=random.random() < 0.5,
                      indent=random.choice([None, 2, 4])).replace('\\\\/', '\\/')
    newline = random.choice(['\n', '\r\n'])
    encoding = random.choice(['utf-8', 'utf-8-sig', 'utf-16', 'utf-16-be'])
    data = text.replace('\n', newline).encode(encoding)
    return b'\xfe\xff' + data if encoding == 'utf-16-be' else data
