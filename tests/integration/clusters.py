"""Random clusters as snapshots, and what a script of 'lmpath fix' would make of them.

Script.run() stands in for PowerShell and a cluster: it knows the commands that such a script holds,
and nothing else, and takes every literal apart by itself.

    clusters.py FOLDER COUNT    writes snapshots there
"""
import copy
import json
import pathlib
import random
import re
import sys

NAMES = ['Storage1', 'LM 2', "it's", 'L\u00f8kke', 'a$(Stop-Computer)`n', '\u2019; Stop-VM * #',
         'two\nlines', '#>', '\U0001f600', 'x' * 300]
ROLES = ['None', 'Cluster', 'Client', 'ClusterAndClient']
OPTIONS = ['TCPIP', 'Compression', 'SMB']


def guid(dice):
    return '%08x-%04x-4000-8000-%012x' % (dice.getrandbits(32), dice.getrandbits(16),
                                          dice.getrandbits(48))


def subnets_of(network):
    return [f'{address}/{bits}' for family in ('4', '6')
            for address, bits in zip(network[f'Ipv{family}Addresses'],
                                     network[f'Ipv{family}PrefixLengths'])]


def make_network(dice, i, name):
    families = dice.choice(['4', '4', '46', '6'])
    return {'Name': name, 'Id': guid(dice), 'Role': dice.choice([0, 1, 1, 3, 3]), 'State': 3,
            'Metric': 1000 + i, 'AutoMetric': True,
            'Ipv4Addresses': [f'10.{i + 1}.0.0'] if '4' in families else [],
            'Ipv4PrefixLengths': ['24'] if '4' in families else [],
            'Ipv6Addresses': [f'fd00:{i + 1}::'] if '6' in families else [],
            'Ipv6PrefixLengths': ['64'] if '6' in families else []}


def make_entries(dice, networks, host):
    known = [s for n in networks for s in subnets_of(n)] + ['10.99.0.0/24', f'10.1.0.{host}/32']
    chosen = dice.sample(known, dice.randint(0, min(4, len(known))))
    return [{'Subnet': s, 'Priority': dice.choice([None, 0, 1, 1, 2, 5000])} for s in chosen]


def make_node(dice, networks, host, habits):
    adapters = [f'nic{i}' for i in range(len(networks))]
    node = {
        'Get-VMHost': {
            'VirtualMachineMigrationEnabled': dice.random() < 0.9,
            'VirtualMachineMigrationPerformanceOption': dice.choice(habits['options']),
            'UseAnyNetworkForMigration': dice.random() < 0.3,
            'MaximumVirtualMachineMigrations': dice.choice(habits['maximums'])},
        'Get-VMMigrationNetwork': make_entries(dice, networks, host),
        'Get-NetAdapter': [{'Name': a, 'TransmitLinkSpeed': dice.choice(habits['speeds'])}
                           for a in adapters],
        'Get-NetAdapterRdma': [{'Name': a, 'Enabled': dice.random() < habits['rdma']}
                               for a in adapters],
        'Get-NetIPAddress': [
            {'IPAddress': s.split('/')[0] + str(host), 'PrefixLength': int(s.split('/')[1]),
             'InterfaceAlias': a} if ':' in s else
            {'IPAddress': s.split('/')[0][:-1] + str(host), 'PrefixLength': int(s.split('/')[1]),
             'InterfaceAlias': a}
            for a, n in zip(adapters, networks) for s in subnets_of(n)]}
    for section in ('Get-VMHost', 'Get-VMMigrationNetwork', 'Get-NetAdapterRdma'):
        if dice.random() < 0.07:
            del node[section]
    return node


def make_lists(dice, networks):
    ids = [n['Id'] for n in networks]
    lists = []
    for name in ('MigrationNetworkOrder', 'MigrationExcludeNetworks'):
        chosen = dice.sample(ids, dice.randint(0, len(ids)))
        if dice.random() < 0.3:
            chosen.insert(dice.randint(0, len(chosen)), guid(dice))
        lists.append({'Name': name, 'Value': ';'.join(chosen)})
    return lists


def make(seed):
    """A snapshot of a cluster of 1 to 16 nodes with 1 to 6 networks, and ids that are intended."""
    dice = random.Random(seed)
    names = dice.sample(NAMES, dice.randint(1, 6))
    networks = [make_network(dice, i, name) for i, name in enumerate(names)]
    habits = {'options': dice.choice([[0, 1, 2], [1], [2], [1, 2]]),
              'maximums': dice.choice([[2], [1, 2, 10], [50]]),
              'speeds': dice.choice([[10 ** 9], [10 ** 10, 25 * 10 ** 9], [10 ** 8, 10 ** 9]]),
              'rdma': dice.choice([0, 0.5, 1])}
    cluster = {'Name': dice.choice(['LAB', "it's", 'L\u00f8kke']), 'Id': guid(dice)}
    if dice.random() < 0.5:
        cluster['MaximumParallelMigrations'] = dice.choice([1, 2, 30])
    snapshot = {
        'schema': 'lmpath.snapshot/1', 'Collected': '2026-11-21T09:30:00Z', 'CollectedOn': 'N1',
        'Get-Cluster': cluster, 'Get-ClusterNetwork': networks,
        'Get-ClusterParameter': make_lists(dice, networks),
        'Nodes': {f'N{i}': make_node(dice, networks, i, habits)
                  for i in range(1, 1 + dice.choice([1, 2, 2, 3, 4, 8, 16]))},
        'Errors': []}
    if dice.random() < 0.05:
        snapshot['Errors'].append({'Node': None, 'Cmdlet': 'Get-ClusterParameter'})
    intended = dice.sample(networks, dice.choice([1, 1, min(2, len(networks))]))
    return snapshot, [n['Id'] for n in intended]


def put(snapshot, what, network, node, value):
    """Set one value, as a plan of 'lmpath fix -f json' has it."""
    if what == 'Role':
        one = next(n for n in snapshot['Get-ClusterNetwork'] if n['Name'] == network)
        one['Role'] = ROLES.index(value)
    elif what.startswith('Migration'):
        one = next(p for p in snapshot['Get-ClusterParameter'] if p['Name'] == what)
        one['Value'] = ';'.join(value)
    elif what == 'VMMigrationNetwork':
        snapshot['Nodes'][node]['Get-VMMigrationNetwork'] = copy.deepcopy(value)
    else:
        if what.endswith('PerformanceOption'):
            value = OPTIONS.index(value)
        snapshot['Nodes'][node]['Get-VMHost'][what] = value


def bare(snapshot):
    """Without what a list's entries tell besides subnet and priority."""
    snapshot = copy.deepcopy(snapshot)
    for node in snapshot['Nodes'].values():
        for entry in node.get('Get-VMMigrationNetwork', []):
            for key in set(entry) - {'Subnet', 'Priority'}:
                del entry[key]
    return snapshot


def apply(snapshot, plan):
    """The snapshot as the plan leaves it."""
    after = copy.deepcopy(snapshot)
    for change in plan['changes']:
        put(after, change['what'], change['network'], change['node'], change['new'])
    return after


LITERAL = r"(?:'(?:[^']|'')*'|\((?:'(?:[^']|'')*'|\[char\]0x[0-9A-F]+| \+ )+\))"


def text_of(literal):
    """What PowerShell makes of a literal."""
    units = []
    for piece in re.findall(r"'((?:[^']|'')*)'|\[char\]0x([0-9A-F]+)", literal):
        if piece[1]:
            units.append(int(piece[1], 16).to_bytes(2, 'little'))
        else:
            units.append(piece[0].replace("''", "'").encode('utf-16-le'))
    return b''.join(units).decode('utf-16-le')


class Script:
    """Runs the changes of a script against a snapshot."""

    def __init__(self, snapshot, text):
        self.snapshot = copy.deepcopy(snapshot)
        _, _, self.changes = text.partition('\n# ---- the changes ----\n')
        self.new = None

    def network_id(self, code):
        named = re.fullmatch(rf'\$network\[({LITERAL})\]\.Id', code)
        if not named:
            return text_of(code)
        return next(n['Id'] for n in self.snapshot['Get-ClusterNetwork']
                    if n['Name'] == text_of(named[1]))

    def list_new(self, codes):
        split = re.findall(rf'\$network\[{LITERAL}\]\.Id|{LITERAL}', codes)
        self.new = [self.network_id(c) for c in split]

    def list_clear(self, host):
        put(self.snapshot, 'VMMigrationNetwork', None, text_of(host), [])

    def list_add(self, host, subnet, priority):
        self.snapshot['Nodes'][text_of(host)]['Get-VMMigrationNetwork'].append(
            {'Subnet': subnet, 'Priority': int(priority) if priority else None})

    def option(self, host, name, value):
        values = {'$true': True, '$false': False}
        value = values.get(value, int(value) if value.isdigit() else value)
        put(self.snapshot, name, None, text_of(host), value)

    def run(self):
        """The snapshot as the script leaves it. A line that is no known command is an error."""
        host = rf'-ComputerName ({LITERAL})'
        commands = [
            (rf'\$network\[({LITERAL})\]\.Role = (\d)',
             lambda name, role: put(self.snapshot, 'Role', text_of(name), None, ROLES[int(role)])),
            (r"\$new = @\((.*)\) -join ';'", self.list_new),
            (r"Get-ClusterResourceType -Name 'Virtual Machine' \| Set-ClusterParameter -Name (\w+) "
             r'-Value \$new', lambda name: put(self.snapshot, name, None, None, self.new)),
            (rf'foreach \(\$entry in @\(Get-VMMigrationNetwork {host}\)\) \{{', self.list_clear),
            (rf'Remove-VMMigrationNetwork {host} -Subnet \$entry\.Subnet', lambda _: None),
            (rf"Add-VMMigrationNetwork {host} -Subnet '([0-9a-f.:/]+)'(?: -Priority (\d+))?",
             self.list_add),
            (rf'Set-VMHost {host} -(\w+) (\S+)', self.option),
            (rf'Enable-VMMigration {host}',
             lambda h: self.option(h, 'VirtualMachineMigrationEnabled', '$true')),
            (rf'Disable-VMMigration {host}',
             lambda h: self.option(h, 'VirtualMachineMigrationEnabled', '$false')),
            (r'\$now = .*|if \(Test-Change .*\) \{|\}|\$roles = .*|#.*|', lambda: None)]
        for line in self.changes.split('\n'):
            for pattern, act in commands:
                match = re.fullmatch(pattern, line.strip())
                if match:
                    act(*match.groups())
                    break
            else:
                raise AssertionError(f'no command of a fix: {line}')
        return self.snapshot


def main(folder, count):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    for seed in range(int(count)):
        snapshot, _ = make(seed)
        path = folder / f'{seed}.json'
        path.write_text(json.dumps(snapshot), encoding='utf-8')


if __name__ == '__main__':
    main(*sys.argv[1:])
