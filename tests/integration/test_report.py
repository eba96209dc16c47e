#!/usr/bin/env python3
"""Reports: a saved result read back is written the same; JUnit XML and Prometheus text as parsers of
their own see them; the page loads nothing; in a browser (when chromium is installed) it draws and its
script runs without a complaint, hostile names or not.
"""

import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import lmpath

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / 'fixtures'
BEFORE = FIXTURES / 'results' / 'b_wrong_management.json'
AFTER = FIXTURES / 'results' / 'a_right_storage.json'
NETWORKS = ['-n', 'Management=10.10.10.0/24,fd00:10::/64', '-n', 'Storage1=10.20.0.0/24,fd00:20::/64',
            '-e', 'Storage1']
HOSTILE = '<img src=x onerror=alert(1)>"\'&\u202e' + 'W' * 300 + '\U0001f600'
SAMPLE = re.compile(r'([a-z_]+)\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*)\} (-?[0-9.]+)')
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')


class Links(html.parser.HTMLParser):
    """All that a page may load or lead to; nested markup from a name would show here, too."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        assert tag not in ('img', 'iframe', 'object', 'embed', 'link', 'base', 'form'), tag
        self.found += [v for k, v in attrs if k in ('src', 'href', 'action', 'srcset', 'data')]
        assert not any(k.startswith('on') for k, _ in attrs), attrs


def run(*words):
    done = subprocess.run(lmpath.program() + [str(word) for word in words], capture_output=True,
                          timeout=120)
    assert done.returncode in (0, 1, 3), (words, done.stderr)
    return done.stdout


def check_round_trip(out):
    for capture in sorted(FIXTURES.glob('captures/*/*.pcap*')):
        first, second = out / 'first.json', out / 'second.json'
        run('analyze', capture, *NETWORKS, '-q', '-f', 'json', '-o', first)
        run('report', first, '-f', 'json', '-o', second)
        assert first.read_bytes() == second.read_bytes(), capture


def check_junit(before, after):
    suites = ElementTree.fromstring(run('report', '--before', before, '--after', after, '-f',
                                        'junit'))
    assert suites.tag == 'testsuites'
    cases = list(suites.iter('testcase'))
    failures = list(suites.iter('failure'))
    assert int(suites.get('tests')) == len(cases) > 2
    assert int(suites.get('failures')) == len(failures)
    for failure in failures:
        for word in ('expected: ', 'found: ', 'what to do: '):
            assert word in failure.text, failure.text
    return [suite.get('failures') for suite in suites]


def check_prometheus(before, after):
    text = run('report', '--before', before, '--after', after, '-f', 'prometheus',
               '--cluster', 'a"b\\c').decode()
    samples, seen, current = {}, set(), None
    assert text.endswith('\n')
    for line in text.splitlines():
        if line.startswith('#'):
            name = line.split()[2]
            if line.startswith('# HELP'):
                assert name not in seen, name
                seen.add(name)
                current = name
            continue
        match = SAMPLE.fullmatch(line)
        assert match, line
        assert match[1] == current, line
        labels = tuple(sorted(LABEL.findall(match[2])))
        assert (match[1], labels) not in samples, line
        assert ('cluster', 'a\\"b\\\\c') in labels, line
        samples[match[1], labels] = float(match[3])
    want = sum(network['bytes'] for file in (before, after)
               for transfer in json.loads(file.read_text())['transfers']
               for network in transfer['networks'])
    assert want == sum(v for (name, _), v in samples.items() if name == 'lmpath_transfer_bytes')


def hostile(out):
    """The result of before, its names as an attacker would choose them."""
    text = BEFORE.read_text()
    for name in ('Management', 'mgmt0', 'memory went over a network that is not intended for it'):
        text = text.replace(json.dumps(name), json.dumps(HOSTILE))
    file = out / 'hostile.json'
    file.write_text(text)
    assert HOSTILE in json.dumps(json.loads(text), ensure_ascii=False).replace('\\"', '"')
    return file


def check_page(out, before, after):
    page = out / 'report.html'
    run('report', '--before', before, '--after', after, '-o', page, '--customer', HOSTILE)
    text = page.read_text()
    assert '<img' not in text and '\u202e' not in text
    links = Links()
    links.feed(text)
    assert links.found and all(link.startswith('#') for link in links.found), links.found
    assert set(re.findall(r'url\(([^)]*)\)', text)) <= {'#hatch', '#dots'}
    assert '@import' not in text
    chromium = shutil.which('chromium')
    if not chromium:
        print('chromium is not installed: the page was not drawn')
        return
    done = subprocess.run(
        [chromium, '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
         '--disable-background-networking', '--disable-component-update', '--disable-sync',
         '--enable-logging=stderr', f'--user-data-dir={out}/profile',
         '--host-resolver-rules=MAP * ~NOTFOUND',
         '--dump-dom', page.as_uri()], capture_output=True, timeout=300)
    dom = done.stdout.decode()
    assert 'class="sort"' in dom and 'class="copy"' in dom, 'the script did not run'
    assert b'CONSOLE' not in done.stderr, done.stderr


def main():
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder)
        check_round_trip(out)
        bad = hostile(out)
        assert check_junit(BEFORE, AFTER) == ['3', '0']
        check_junit(bad, AFTER)
        check_prometheus(BEFORE, AFTER)
        check_prometheus(bad, AFTER)
        check_page(out, bad, AFTER)
    return 0


if __name__ == '__main__':
    sys.exit(main())
