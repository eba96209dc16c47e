"""Names as an attacker would choose them, through every format of a report: each output is read by a parser
of its own, which finds them as text alone."""
import html.parser
import io
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

import lmpath

RESULT = lmpath.ROOT / 'fixtures' / 'results' / 'b_wrong_management.json'
NAMES = {
    'markup': '<img src=x onerror=alert(1)></td></table><script>alert(1)</script><!--',
    'quotes': '"\'`&amp;\\" onmouseover="alert(1)',
    'url': '[click](javascript:alert(1)) ![x](http://a.example/x.png) <http://a.example> www.a.example',
    'markdown': '| a | b\n# heading\n***bold*** `code` ~~~ ``` \\| $x^2$ <br>',
    'control': 'a\x01\x07\x1b[31mred\x1b[0m\r\nb\tc\x7f\x9b31m',
    'bidi': '\u202egnp.exe\u2066\u2069\u200f\u061c',
    'hidden': 'a\u200b\u200c\ufeff\u00adb\u2060\ufff9\ufffa\U000e0041',
    'long': 'W' * 300,
    'words': ' '.join(['word'] * 100),
    'emoji': '\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1f3\U0001f1f1\U0001f600',
    'combining': 'a' + '\u0301\u0489' * 150,
    'cdata': ']]> <![CDATA[ <?xml version="1.0"?> <!ENTITY x SYSTEM "file:///etc/passwd"> &x;',
    'nonchars': 'a\ufffe\uffffb\U0001ffff',
    'template': '{{7*7}} ${7*7} {1} {2} %s %n %d',
    'formula': '=cmd|\'/c calc\'!A1',
    'label': 'x"} 1\nlmpath_verdict{a="b',
    'powershell': "'; Remove-VM * #$(calc)\u2019; calc\u201b",
    'rtl': '\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627',
}
# what would turn text around, hide in it or steer a terminal, in any output that people read
UNFIT = re.compile('[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060'
                   '\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0001-\U000e007f]')
PILED = re.compile('[\u0300-\u036f\u0483-\u0489]{5}')  # covers what stands around it
VOID = ('meta', 'br', 'hr', 'img', 'input', 'link', 'rect', 'path', 'circle', 'line', 'polygon', 'use')


class Page(html.parser.HTMLParser):
    """Checks that elements close in order, and keeps the kinds of elements and attributes."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.links, self.comments = [], set(), [], 0
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for key, value in attrs:
            assert not key.startswith('on'), (tag, key)
            if key in ('src', 'href', 'action', 'srcset', 'data'):
                self.links.append(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open and self.open.pop() == tag, tag

    def handle_comment(self, data):
        self.comments += 1


def with_names(name):
    """The result of the lab, with the name wherever a result has one."""
    result = json.loads(RESULT.read_text())
    rename = {n['name']: name + n['name'] for n in result['networks']}

    def renamed(value):
        if isinstance(value, dict):
            return {k: renamed(v) for k, v in value.items()}
        if isinstance(value, list):
            return [renamed(v) for v in value]
        return rename.get(value, value) if isinstance(value, str) else value

    result = renamed(result)
    path = result['inputs'][0]['path'] = name + '.pcapng'
    for nic in result['interfaces']:
        nic.update(input=path, name=name, description=name, host=name)
    for connection in result['connections']:
        for vantage in connection['vantage_points']:
            vantage.update(input=path, interface=name)
    for transfer in result['transfers']:
        transfer['source']['host'], transfer['destination']['host'] = name, name + '2'
        transfer['evidence'] = [name]
    for direction in result['directions']:
        direction['source'], direction['destination'] = name, name + '2'
    result['options'].update(topology=name, networks=[name], expect=name)
    result['reasons'] = [name, name]
    finding = result['findings'][0]
    finding.update(title=name, detail=name, evidence={'network': name, name: 1},
                   remedy={'text': name, 'powershell': name})
    result['sessions'] = [{
        'path': name, 'host': name, 'complete': True, 'start': None, 'end': None,
        'stop_reason': name, 'write_problem': name,
        'commands': [{'words': [name], 'start': None, 'end': None, 'status': None, 'signal': None,
                      'problem': name}],
        'marks': [{'time': '2026-11-21T22:11:02Z', 'text': name}]}]
    return result


def reports(name, formats, *options):
    """{format: bytes} of a report with the name everywhere: of one result, and compared."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        file = folder / 'hostile.json'
        file.write_text(json.dumps(with_names(name)))
        pairs = [w for f in formats for w in ('-f', f, '-o', folder / f)]
        for inputs in ((file,), ('--before', file, '--after', file, file)):
            code, out, err = lmpath.run('report', *inputs, '--customer', name, '--cluster', name,
                                        '--author', name, '--date', name, '--reference', name,
                                        *options, *pairs)
            assert (code, out, err) == (0, b'', ''), (name, err)
            yield {f: (folder / f).read_bytes() for f in formats}


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        known = lmpath.run('report', RESULT, '-f', 'no-such-format')[2]
        formats = [f for f in re.search(r'known are: (.*)', known)[1].split(', ') if f != 'text']
        cls.outputs = {kind: list(reports(name, formats)) for kind, name in NAMES.items()}
        cls.plain = list(reports('plain', formats))

    def each(self, check):
        for kind, name in NAMES.items():
            for outputs, plain in zip(self.outputs[kind], self.plain):
                with self.subTest(kind=kind):
                    check(name, outputs, plain)

    def check_page(self, text, plain):
        page = Page(text.decode())
        self.assertLessEqual(page.tags, Page(plain.decode()).tags)
        self.assertEqual(page.comments, 0)
        self.assertTrue(all(link.startswith('#') for link in page.links), page.links)
        self.assertIsNone(UNFIT.search(text.decode()))
        self.assertIsNone(PILED.search(text.decode()))

    def test_html_has_no_element_of_a_name(self):
        self.each(lambda _, outputs, plain: self.check_page(outputs['html'], plain['html']))

    def test_nor_has_dutch_html(self):
        for name in NAMES.values():
            for outputs, plain in zip(reports(name, ['html'], '--lang', 'nl'), self.plain):
                self.check_page(outputs['html'], plain['html'])

    @unittest.skipUnless(shutil.which('cmark-gfm'), 'cmark-gfm is not installed')
    def test_markdown_has_no_element_of_a_name(self):
        def rendered(outputs):
            text = outputs['markdown'].decode()
            self.assertIsNone(UNFIT.search(text))
            done = subprocess.run(['cmark-gfm', '--unsafe', '-e', 'table', '-e', 'autolink', '-e',
                                   'strikethrough'], input=outputs['markdown'], capture_output=True,
                                  check=True)
            return done.stdout.decode()

        shape = re.compile(r'<(?:table|tr|h\d|li)>')

        def check(_, outputs, plain):
            page = rendered(outputs)
            self.assertEqual(Page(page).links, [])
            self.assertLessEqual(Page(page).tags, Page(rendered(plain)).tags)
            self.assertEqual(shape.findall(page), shape.findall(rendered(plain)))

        self.each(check)

    def test_json_gives_names_back_as_they_are(self):
        def check(name, outputs, _):
            result = json.loads(outputs['json'])
            if 'inputs' in result:
                self.assertEqual(result['inputs'][0]['path'], name + '.pcapng')
                self.assertEqual(result['transfers'][0]['source']['host'], name)
            else:
                self.assertEqual(result['title']['customer'], name)

        self.each(check)

    def test_junit_is_xml_of_the_same_cases(self):
        def check(_, outputs, __):
            suites = ElementTree.fromstring(outputs['junit'])
            self.assertEqual({e.tag for e in suites.iter()} - {
                'testsuites', 'testsuite', 'testcase', 'failure', 'properties', 'property', 'skipped',
                'system-out'}, set())
            self.assertIsNone(UNFIT.search(outputs['junit'].decode()))

        self.each(check)

    def test_prometheus_text_stays_whole(self):
        sample = re.compile(r'[a-z_]+\{([a-z_]+="([^"\\\n]|\\["\\n])*",?)*\} [-0-9.e+]+')

        def check(_, outputs, __):
            text = outputs['prometheus'].decode()
            for line in text.removesuffix('\n').split('\n'):
                self.assertTrue(line.startswith('# ') or sample.fullmatch(line), line)
            if shutil.which('promtool'):
                done = subprocess.run(['promtool', 'check', 'metrics'], input=text.encode(),
                                      capture_output=True)
                self.assertEqual(done.returncode, 0, done.stderr)

        self.each(check)

    def test_other_formats_are_whole(self):
        def check(_, outputs, __):
            if 'prtg' in outputs:
                json.loads(outputs['prtg'])
            if 'docx' not in outputs:
                return
            with zipfile.ZipFile(io.BytesIO(outputs['docx'])) as parts:
                for part in parts.namelist():
                    if part.endswith(('.xml', '.rels')):
                        text = parts.read(part).decode()
                        ElementTree.fromstring(text)
                        self.assertIsNone(UNFIT.search(text), part)

        self.each(check)

    def test_text_that_is_no_unicode_is_refused(self):
        text = RESULT.read_text().replace('"Management"', '"\\ud800x"')
        for content in (text.encode(), RESULT.read_bytes().replace(b'Management', b'\xff\xfe\xc0')):
            with tempfile.TemporaryDirectory() as folder:
                file = pathlib.Path(folder) / 'bad.json'
                file.write_bytes(content)
                code, out, err = lmpath.run('report', file)
            self.assertEqual((code, out, err.count('\n')), (2, b'', 1), err)
            self.assertIn('is no JSON or is cut off, line ', err)


if __name__ == '__main__':
    unittest.main()
