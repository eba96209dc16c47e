"""--redact: no name and no address of the originals in any output, in any format; the rest as it was."""
import io
import ipaddress
import json
import pathlib
import re
import tempfile
import unittest
import zipfile

import lmpath

RESULTS = lmpath.ROOT / 'fixtures' / 'results'
BEFORE = RESULTS / 'b_wrong_management.json'
AFTER = RESULTS / 'a_right_storage.json'
CAPTURE = lmpath.CAPTURES / 'b_wrong_management/hv01-all.pcapng.gz'
TITLE = ('--customer', 'Contoso & Zn.', '--cluster', 'HVCL01.corp.contoso.com', '--author',
         'CONTOSO\\rdevries', '--reference', 'CHG-1042')
TITLE_ORIGINALS = ('Contoso', 'HVCL01', 'corp.contoso', 'rdevries', 'CHG-1042')
SOURCE, DESTINATION = '10.10.10.1', '10.10.10.2'
IPV4 = re.compile(r'\d+\.\d+\.\d+\.\d+')


def formats():
    """All that a report can be; the program tells."""
    known = lmpath.run('report', BEFORE, '-f', 'no-such-format')[2]
    names = re.search(r'known are: (.*)', known)[1].split(', ')
    return [name for name in names if name != 'text']


def texts(output):
    """What a reader could find in an output; of an archive, in its parts."""
    if not output.startswith(b'PK'):
        return [output.decode()]
    with zipfile.ZipFile(io.BytesIO(output)) as archive:
        return [archive.read(name).decode(errors='replace') for name in archive.namelist()]


def rendered(*args, known=formats()):
    """{format: its texts} of one report."""
    with tempfile.TemporaryDirectory() as folder:
        pairs = [word for name in known for word in ('-f', name, '-o', f'{folder}/{name}')]
        code, _, err = lmpath.run('report', *args, *pairs)
        if code != 0:
            raise AssertionError(f'{args} ended with {code}: {err}')
        return {name: texts((pathlib.Path(folder) / name).read_bytes()) for name in known}


def hosts_named(result, source, destination):
    """The result, as with a snapshot that names the hosts."""
    text = json.dumps(result)
    for address, name in ((SOURCE, source), (DESTINATION, destination)):
        text = text.replace(f'"host": "{address}"', f'"host": {json.dumps(name)}')
        text = text.replace(f'"source": "{address}"', f'"source": {json.dumps(name)}')
        text = text.replace(f'"destination": "{address}"', f'"destination": {json.dumps(name)}')
    result = json.loads(text)
    for transfer in result['transfers']:
        transfer['source']['inferred'] = transfer['destination']['inferred'] = False
    finding = result['findings'][0]
    finding['detail'] = f'{source} to {destination}: 100 % of 198 MiB went over Management'
    return result


def with_session(result, words, mark='', host='HV01'):
    result['sessions'] = [{
        'path': '/home/jan/contoso/hv01-20261122', 'host': host, 'complete': True,
        'start': '2026-11-21T22:11:00Z', 'end': '2026-11-21T22:11:05Z',
        'stop_reason': 'the command ended', 'write_problem': None,
        'commands': [{'words': words, 'start': None, 'end': None, 'status': 1, 'signal': None,
                      'problem': None}],
        'marks': [{'time': '2026-11-21T22:11:02Z', 'text': mark}]}]
    result['findings'].append({
        'id': 'LM208', 'severity': 'warning', 'title': 'the command failed',
        'detail': f"'{words[0]}' ended with status 1", 'evidence': {'command': words[0]},
        'remedy': {'text': f'see {words[-1]} for why', 'powershell': None}})
    return result


class Redact(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def saved(self, result, name='result-of-contoso.json'):
        file = self.folder / name
        file.write_text(json.dumps(result))
        return file

    def has_none(self, outputs, originals):
        for name, parts in outputs.items():
            for original in originals:
                word = re.compile(r'(?<![a-z0-9])' + re.escape(original) + r'(?![a-z0-9])', re.I)
                for part in parts:
                    found = word.search(part)
                    self.assertIsNone(found, (name, original, found and part[max(
                        0, found.start() - 80):found.end() + 80]))

    def test_no_address_and_no_file_of_lab_results_is_left(self):
        originals = set(TITLE_ORIGINALS) | {'hv01-all.pcapng.gz', BEFORE.stem, AFTER.stem}
        for file in (BEFORE, AFTER):
            originals |= set(IPV4.findall(file.read_text()))
            originals |= set(re.findall(r'fd00:[0-9a-f:]+', file.read_text()))
        self.has_none(rendered('--before', BEFORE, '--after', AFTER, '--redact', *TITLE), originals)

    def test_names_go_wherever_they_stand(self):
        result = with_session(
            hosts_named(json.loads(BEFORE.read_text()), 'HV01.corp.contoso.com', 'HV02'),
            ['powershell.exe', '-Command',
             'Move-ClusterVirtualMachineRole -Name "sql-prod01" -Node:HV02 -Cluster HVCL01 '
             '-Credential CONTOSO\\adm.jan; cd C:\\Users\\Jan\\Contoso; ./move-web7.ps1 s3cr3t'],
            mark='cable of rack Utrecht moved', host='hv01')
        result['reasons'] += ['hv02.corp.contoso.com answered for hv01 (10.10.10.1:6600)',
                              'jan@contoso.com looked at SQL-PROD01 in /srv/contoso/x.pcapng',
                              "the NIC 00:15:5D:0a:0b:0c of 'hv01' is one"]
        result['interfaces'][0]['description'] = 'Team of HV02 for sql-prod01'
        file = self.saved(result)
        outputs = rendered(file, '--redact', *TITLE)
        self.has_none(outputs, [
            'HV01', 'HV02', 'sql-prod01', 'HVCL01', 'CONTOSO', 'adm.jan', 'jan', 'web7', 's3cr3t',
            'Utrecht', 'cable', 'contoso', '0a:0b:0c', SOURCE, DESTINATION])
        redacted = json.loads(outputs['json'][0])
        self.assertEqual(redacted['transfers'][0]['source']['host'], 'HOST-1')
        self.assertEqual(redacted['sessions'][0]['host'], 'HOST-1')
        words = redacted['sessions'][0]['commands'][0]['words']
        self.assertEqual(words[:2], ['powershell.exe', '-Command'])
        self.assertRegex(words[2], r'^Move-ClusterVirtualMachineRole -Name "VM-1" -Node:HOST-2 '
                         r'-Cluster CLUSTER-1 -Credential DOMAIN-\d\\USER-\d; [ ;A-Z0-9-]+$')
        self.assertEqual(redacted['interfaces'][0]['description'], 'Team of HOST-2 for VM-1')
        self.assertEqual(redacted['sessions'][0]['marks'][0]['text'], 'NOTE-1')
        self.assertIn('HOST-1 to HOST-2: 100 % of 198 MiB went over Management',
                      [f['detail'] for f in redacted['findings']])

    def test_hostile_names_are_only_names(self):
        for name in ('a', 'host', 'VM1', 'HOST-1', 'HOST-2', 'h.v*0[1', '$(rm -rf)', '<img src=x>',
                     "o'brien", 'wëb', 'x' * 300, '\u202eevil', 'network', 'migration', '\U0001f600'):
            result = with_session(hosts_named(json.loads(BEFORE.read_text()), 'HV7', name),
                                  ['move', '-VMName', name + 'vm'])
            with self.subTest(name=name):
                outputs = rendered(self.saved(result), '--redact')
                redacted = json.loads(outputs['json'][0])
                host = redacted['transfers'][0]['destination']['host']
                self.assertRegex(host, r'^HOST-\d+$')
                self.assertNotEqual(host, name)
                self.assertEqual(redacted['sessions'][0]['commands'][0]['words'][2], 'VM-1')
                if len(name) > 4 and name not in ('network', 'migration', 'HOST-1', 'HOST-2'):
                    self.has_none(outputs, [name, json.dumps(name)[1:-1]])

    def test_names_within_other_words_end_where_a_word_could(self):
        result = hosts_named(json.loads(BEFORE.read_text()), 'web01', 'HV2')
        description = 'web01nic web011 xweb01 LM_web01 web01-lm HV2Team (web01)'
        result['interfaces'][0]['description'] = description
        redacted = json.loads(rendered(self.saved(result), '--redact')['json'][0])
        self.assertEqual(redacted['interfaces'][0]['description'],
                         'HOST-1nic web011 xweb01 LM_HOST-1 HOST-1-lm HOST-2Team (HOST-1)')

    def test_the_user_may_name_more(self):
        result = json.loads(BEFORE.read_text().replace('Management', 'Mgmt-Fabrikam'))
        outputs = rendered(self.saved(result, 'r.json'), '--redact-name', 'fabrikam')
        self.has_none(outputs, ['Fabrikam', SOURCE])
        self.assertIn('Mgmt-NAME-1', outputs['json'][0])

    def test_addresses_stay_in_their_networks(self):
        redacted = json.loads(rendered(BEFORE, '--redact')['json'][0])
        original = json.loads(BEFORE.read_text())
        networks = {n['name']: [ipaddress.ip_network(s) for s in n['subnets']]
                    for n in redacted['networks']}
        for was, now in zip(original['networks'], redacted['networks']):
            self.assertEqual([s.split('/')[1] for s in was['subnets']],
                             [s.split('/')[1] for s in now['subnets']])
        n_seen = 0
        for connection in redacted['connections']:
            for end in ('client', 'server'):
                network = connection[end + '_network']
                if network:
                    address = ipaddress.ip_address(connection[end])
                    self.assertTrue(any(address in s for s in networks[network]
                                        if s.version == address.version), connection)
                    n_seen += 1
        self.assertGreater(n_seen, 0)

    def test_nothing_else_changes(self):
        numbers = re.compile(r'"(?:bytes|packets|duration_s|share|verdict|role|start|id|sha256)": '
                             r'[^\n]*')
        plain, redacted = rendered(BEFORE), rendered(BEFORE, '--redact')
        self.assertEqual(numbers.findall(plain['json'][0]), numbers.findall(redacted['json'][0]))

    def test_the_same_inputs_give_the_same_report(self):
        once, again = rendered(BEFORE, '--redact'), rendered(BEFORE, '--redact')
        self.assertEqual(once, again)

    def test_a_key_makes_addresses_the_same_in_several_reports(self):
        def storage(file, *args):
            result = json.loads(rendered(file, *args)['json'][0])
            return [n['subnets'] for n in result['networks'] if n['name'] == 'Storage1']

        self.assertEqual(storage(BEFORE, '--redact-key', 'k'), storage(AFTER, '--redact-key', 'k'))
        self.assertNotEqual(storage(BEFORE, '--redact-key', 'k'), storage(BEFORE, '--redact-key', 'l'))
        self.assertNotEqual(storage(BEFORE, '--redact'), storage(AFTER, '--redact'))

    def test_a_redacted_result_can_be_reported_on_and_redacted_again(self):
        once = self.folder / 'once.json'
        lmpath.run('report', BEFORE, '--redact', '-o', once)
        outputs = rendered(once, '--redact')
        self.has_none(outputs, [SOURCE] + IPV4.findall(json.dumps(
            json.loads(once.read_text())['connections'])))

    def test_analyze_redacts_too(self):
        snapshot = lmpath.ROOT / 'fixtures' / 'snapshots'
        self.assertTrue(snapshot.is_dir())
        args = ('analyze', CAPTURE, '-n', 'Mgmt=10.10.10.0/24', '-e', '10.20.0.0/24', '--redact', '-v')
        for name in ('text', 'json', 'markdown', 'html'):
            code, out, err = lmpath.run(*args, '-f', name)
            self.assertEqual((code, err), (1, ''))
            self.has_none({name: [out.decode()]}, ['hv01', SOURCE, DESTINATION, '10.20.0.0'])


if __name__ == '__main__':
    unittest.main()
