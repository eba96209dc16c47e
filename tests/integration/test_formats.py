#!/usr/bin/env python3
"""Every format of a report tells the same facts, and is what its readers take.

The facts are read back from each format by a parser of its own and compared with the results that the
report was made from. JUnit is held against the schema that Jenkins and its like take, the Prometheus text
against promtool (where it is installed), the comparison against its JSON Schema.
"""
import io
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import zipfile
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import lmpath

try:
    import check_analysis_schema as schema
except ImportError:
    schema = None

NETWORKS = ('-n', 'Management=10.10.10.0/24,fd00:10::/64', '-n', 'Storage1=10.20.0.0/24,fd00:20::/64',
            '-e', 'Storage1')
FORMATS = ('html', 'md', 'json', 'xml', 'prom', 'prtg', 'docx')
SIDES = ('before', 'after')
WORDS = {'right network': 'right-network', 'wrong network': 'wrong-network',
         'split over several networks': 'split-networks', 'inconclusive': 'inconclusive',
         'no migration seen': 'no-migration'}
UNITS = {'B': 1, 'KiB': 2**10, 'MiB': 2**20, 'GiB': 2**30, 's': 1, 'ms': 0.001, '%': 0.01,
         'bit/s': 1, 'kbit/s': 1e3, 'Mbit/s': 1e6, 'Gbit/s': 1e9}
NUMBER = re.compile(r'([0-9][0-9,.]*) ?([A-Za-z%/]*)')


def number(text):
    """'198 MiB' -> 207618048.0; '38,016' -> 38016.0; None: no number."""
    match = NUMBER.match(text)
    if not match or match[2] not in UNITS | {'': 1}:
        return None
    return float(match[1].replace(',', '').rstrip('.')) * UNITS.get(match[2], 1)


class Page(HTMLParser):
    """The tables of a page as lists of rows, and the text of what has a class or is a heading."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.texts, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == 'table':
            self.tables.append([])
        elif tag == 'tr':
            self.tables[-1].append([])
        elif tag in ('td', 'th'):
            self.tables[-1][-1].append('')
        if tag in ('strong', 'h3', 'td', 'th', 'title'):
            self.open.append((tag, len(self.texts)))
            self.texts.append([tag, ''])

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data):
        for tag, at in self.open:
            self.texts[at][1] += data
        if self.open and self.open[-1][0] in ('td', 'th'):
            self.tables[-1][-1][-1] += data

    def of(self, tag):
        return [text for kind, text in self.texts if kind == tag]


def facts_of_results(results):
    """What is true, from the saved results themselves."""
    facts = {}
    for side, result in zip(SIDES, results):
        moved = {n['name']: 0 for n in result['networks']}
        for transfer in result['transfers']:
            for network in transfer['networks']:
                moved[network['name']] += network['bytes']
        intended = sum(moved[name] for name in result['intended_networks'])
        facts[side] = {
            'verdict': result['verdict'], 'networks': moved, 'bytes': sum(moved.values()),
            'share': intended / sum(moved.values()),
            'seconds': sum(t['duration_s'] for t in result['transfers']),
            'findings': sorted(f['id'] for f in result['findings'])}
    return facts


def facts_of_json(text):
    told = json.loads(text)
    facts = {}
    for side in SIDES:
        measures = {m['name']: m[side]['median'] for m in told['measures']}
        facts[side] = {
            'verdict': told[side]['verdict'],
            'networks': {n['name']: n['bytes'] for n in told[side]['networks']},
            'bytes': measures['bytes'], 'share': measures['intended_share'],
            'seconds': measures['seconds'],
            'findings': sorted(f['id'] for f in told['findings'] if f['set'] == side)}
    return facts


def facts_of_numbers(rows):
    """A table of numbers with a column for each side."""
    rows = {row[0].lower(): row for row in rows}
    return {side: {'bytes': number(rows['memory moved'][i]), 'seconds': number(rows['time'][i]),
                   'share': number(rows['over the intended network'][i])}
            for i, side in enumerate(SIDES, 1)}


def facts_of_html(text):
    page = Page(text)
    facts = facts_of_numbers(page.tables[0])
    for side, verdict in zip(SIDES, page.of('strong')):
        facts[side]['verdict'] = WORDS[verdict.lower()]
        facts[side]['networks'] = {
            match[2]: number(match[3]) for match in (
                re.fullmatch(r'(\w+), (\w+): ([^,]*)', title)
                for title in page.of('title')[:page.of('title').index('Bytes by NIC')])
            if match and match[1].lower() == side}
        facts[side]['findings'] = sorted(
            match[1] for match in (re.search(r'(LM[0-9]+): .*\((\w+)\)$', h) for h in page.of('h3'))
            if match and match[2].lower() == side)
    return facts


def facts_of_markdown(text):
    parts = {title.strip(): body for title, body in
             (part.split('\n', 1) for part in re.split(r'^## ', text, flags=re.M)[1:])}

    def rows(body):
        return [[cell.strip() for cell in line.strip('|').split('|')]
                for line in body.splitlines() if line.startswith('|')]

    facts = facts_of_numbers(rows(parts['The numbers']))
    found = re.findall(r'^\*(\w+)\*\n\n### (LM[0-9]+)', parts.get('Findings', ''), re.M)
    for side in SIDES:
        body = parts[side.capitalize()]
        facts[side]['verdict'] = WORDS[body.strip().split(':')[0].lower()]
        facts[side]['networks'] = {row[0]: number(row[2])
                                   for row in rows(body.split('\n\n| from |')[0])[2:]}
        facts[side]['findings'] = sorted(i for s, i in found if s.lower() == side)
    return facts


def facts_of_junit(text):
    facts = {}
    for suite in ElementTree.fromstring(text):
        side = suite.get('name').split()[1]
        cases = list(suite)
        failure = cases[0].find('failure')
        told = [case for case in cases[1:] if case.get('name').startswith('LM')
                and (case.find('failure') is not None or case.find('system-out') is not None)]
        facts[side] = {'verdict': 'right-network' if failure is None else failure.get('type'),
                       'findings': sorted(case.get('name')[:5] for case in told)}
    return facts


def facts_of_prometheus(text):
    facts = {side: {'networks': {}, 'seconds': 0} for side in SIDES}
    for name, labels, value in re.findall(r'^(lmpath_\w+)\{(.*)\} (\S+)$', text, re.M):
        labels = dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels))
        side = facts[labels['set']]
        if name == 'lmpath_verdict' and value == '1':
            side['verdict'] = labels['verdict']
        elif name == 'lmpath_transfer_bytes':
            side['networks'].setdefault(labels['network'], 0)
            side['networks'][labels['network']] += float(value)
        elif name == 'lmpath_transfer_seconds':
            side['seconds'] += float(value)
    return facts


def facts_of_prtg(text):
    told = {c['channel']: c['value'] for c in json.loads(text)['prtg']['result']}
    return {'after': {
        'verdict': {0: 'right-network', 2: 'split-networks', 3: 'wrong-network'}[told['Verdict']],
        'bytes': told['Memory moved'], 'seconds': told['Migration time'],
        'share': told['Over the intended network'] / 100,
        'networks': {name.removeprefix('Memory over '): value for name, value in told.items()
                     if name.startswith('Memory over ')}}}


def facts_of_docx(data):
    """Its paragraphs and tables, as Word has them."""
    w = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = ElementTree.fromstring(parts.read('word/document.xml'))

    def text(element):
        return ''.join(t.text or '' for t in element.iter(w + 't'))

    tables = [[[text(p) for cell in row.iter(w + 'tc') for p in list(cell.iter(w + 'p'))[:1]]
               for row in table.iter(w + 'tr')] for table in body.iter(w + 'tbl')]
    numbers = next(t for t in tables if any(row and row[0] == 'Memory moved' for row in t))
    facts = facts_of_numbers(numbers)
    paragraphs = [text(p) for p in body.iter(w + 'p')]
    for side in SIDES:
        facts[side]['findings'] = sorted({
            match[1] for match in (re.match(r'(LM[0-9]+) .*\((\w+)\)$', p) for p in paragraphs)
            if match and match[2].lower() == side})  # a heading stands in the contents, too
    told = (p.split('  ')[-1].lower() for p in paragraphs)  # behind an icon
    verdicts = [WORDS[words] for words in told if words in WORDS]
    assert len(verdicts) == len(SIDES), verdicts
    for side, verdict in zip(SIDES, verdicts):
        facts[side]['verdict'] = verdict
    return facts


READERS = {'json': facts_of_json, 'html': facts_of_html, 'md': facts_of_markdown,
           'docx': facts_of_docx, 'xml': facts_of_junit, 'prom': facts_of_prometheus, 'prtg': facts_of_prtg}

# element: (attributes it must have, attributes it may have, a pattern of its children)
JUNIT = {
    'testsuites': (set(), {'name', 'time', 'tests', 'failures', 'errors', 'disabled'},
                   '(testsuite )*'),
    'testsuite': ({'name', 'tests', 'failures', 'errors'},
                  {'time', 'timestamp', 'hostname', 'skipped', 'package', 'id'},
                  '(properties )?(testcase )*(system-out )?(system-err )?'),
    'testcase': ({'name', 'classname'}, {'time'},
                 '((skipped|error|failure) )?(system-out )*(system-err )*'),
    'failure': ({'type'}, {'message'}, ''), 'error': ({'type'}, {'message'}, ''),
    'skipped': (set(), {'message'}, ''), 'system-out': (set(), set(), ''),
}


def junit_problems(element):
    """What Ant's and Jenkins' schemas of JUnit results would say."""
    need, may, children = JUNIT[element.tag]
    have = set(element.attrib)
    if need - have or have - need - may:
        yield f'{element.tag} has the attributes {sorted(have)}'
    names = ''.join(child.tag + ' ' for child in element)
    if not re.fullmatch(children, names):
        yield f'{element.tag} has the children {names}'
    if element.tag == 'testsuite':
        cases = list(element.iter('testcase'))
        for count, kind in (('failures', 'failure'), ('skipped', 'skipped'), ('errors', 'error')):
            if int(element.get(count)) != len(list(element.iter(kind))):
                yield f'{element.get("name")} counts other {count}'
        if int(element.get('tests')) != len(cases):
            yield f'{element.get("name")} counts other tests'
        if len({case.get('name') for case in cases}) != len(cases):
            yield f'{element.get("name")} has two cases of one name'
    for child in element:
        yield from junit_problems(child)


class Formats(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        out = pathlib.Path(cls.folder.name)
        cls.results = []
        for side, scenario in zip(SIDES, ('b_wrong_management', 'a_right_storage')):
            capture = next((lmpath.CAPTURES / scenario).glob('hv01-all*'))
            code, _, err = lmpath.run('analyze', capture, *NETWORKS, '-o', out / f'{side}.json')
            assert code in (0, 1), err
            cls.results.append(json.loads((out / f'{side}.json').read_text()))
        cls.make(out, 'report', out / 'before.json', out / 'after.json')
        cls.text = {f: (out / f'report.{f}').read_text() for f in FORMATS if f != 'docx'}
        cls.text['docx'] = (out / 'report.docx').read_bytes()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @staticmethod
    def make(out, name, before, after):
        words = ['report', '--before', before, '--after', after]
        for f in FORMATS:
            words += ['-o', out / f'{name}.{f}']
        code, _, err = lmpath.run(*words)
        assert code == 0, err

    def test_same_facts(self):
        """Machines are told exact numbers, people rounded ones."""
        truth = facts_of_results(self.results)
        for name, reader in READERS.items():
            for side, told in reader(self.text[name]).items():
                for fact, value in told.items():
                    with self.subTest(format=name, side=side, fact=fact):
                        self.agree(value, truth[side][fact])

    def agree(self, told, true):
        if isinstance(true, dict):
            self.assertLessEqual(set(told), set(true))
            for name, value in true.items():
                self.agree(told.get(name, 0) or 0, value)
        elif isinstance(true, (str, list)):
            self.assertEqual(told, true)
        else:
            self.assertIsNotNone(told)
            self.assertAlmostEqual(told, true, delta=0.008 * true)

    def test_junit_is_what_servers_take(self):
        self.assertEqual(list(junit_problems(ElementTree.fromstring(self.text['xml']))), [])

    def test_junit_passes_nothing_that_was_not_looked_at(self):
        before = ElementTree.fromstring(self.text['xml'])[0]
        cases = {case.get('name')[:5]: case for case in before if case.get('name').startswith('LM')}
        for rule in ('LM107', 'LM108', 'LM202'):
            self.assertIsNotNone(cases[rule].find('skipped'), rule)
        self.assertIsNone(cases['LM301'].find('skipped'))
        self.assertNotIn('LM109', cases)  # it tells of nothing wrong

    @unittest.skipUnless(shutil.which('promtool'), 'promtool is not installed')
    def test_prometheus_is_what_promtool_takes(self):
        done = subprocess.run(['promtool', 'check', 'metrics'], input=self.text['prom'], text=True,
                              capture_output=True)
        self.assertEqual((done.returncode, done.stderr), (0, ''))

    def test_prtg_tells_how_it_is_now(self):
        told = json.loads(self.text['prtg'])['prtg']
        names = [c['channel'] for c in told['result']]
        self.assertEqual(len(names), len(set(names)))
        self.assertLessEqual(len(names), 50)
        verdict = told['result'][0]
        self.assertEqual((verdict['channel'], verdict['value'], verdict['limitmode']), ('Verdict', 0, 1))
        self.assertNotIn('#', told['text'])

    def test_prtg_turns_red_by_its_limits(self):
        out = pathlib.Path(self.folder.name)
        for f, level in (('before', 3), ('after', 0)):
            _, text, _ = lmpath.run('report', out / f'{f}.json', '-f', 'prtg')
            verdict = json.loads(text)['prtg']['result'][0]
            self.assertEqual(verdict['value'], level)
            self.assertEqual(level > float(verdict['limitmaxerror']), f == 'before')

    def test_older_results_are_told_as_well(self):
        """That one knows neither rates by network nor Community IDs."""
        older = lmpath.ROOT / 'tests/fuzz/corpus/result/older.json'
        self.assertNotIn('rate_bytes', older.read_text())
        out = pathlib.Path(self.folder.name)
        self.make(out, 'older', older, out / 'after.json')
        for f in ('html', 'json', 'xml', 'prom'):
            with self.subTest(format=f):
                told = READERS[f]((out / f'older.{f}').read_text())
                self.assertEqual(told, READERS[f](self.text[f]))
        self.assertIn('id="rates"', (out / 'older.html').read_text())

    @unittest.skipUnless(schema, 'python3-jsonschema is not installed')
    def test_comparison_is_what_its_schema_says(self):
        rules = json.loads((lmpath.ROOT / 'schemas/comparison-1.schema.json').read_text())
        schema.jsonschema.Draft202012Validator.check_schema(rules)
        validator = schema.jsonschema.Draft202012Validator(schema.strict(rules))
        self.assertEqual(schema.messages('comparison', self.text['json'], validator), [])
        file = pathlib.Path(self.folder.name) / 'before.json'
        _, runs, _ = lmpath.run('report', file, file, '-f', 'json')
        self.assertEqual(schema.messages('runs', runs.decode(), validator), [])


if __name__ == '__main__':
    unittest.main()
