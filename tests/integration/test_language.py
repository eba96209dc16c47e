#!/usr/bin/env python3
"""Reports in Dutch: of every result here, no English is left in what a reader sees, and numbers and
names are those of the English report. Machine output is the same in both.
"""

import collections
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

import lmpath

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = ROOT / 'fixtures' / 'results'
HOSTILE = '<b>x</b>"\'&\u202e{1}%s' + 'W' * 300 + '\U0001f600'
# Words that Dutch doesn't have.
ENGLISH = re.compile(
    r"\b(the|and|which|were|not|from|this|these|with|without|seen|went|network|networks|memory|"
    r"captures?d?|share|transfers?|connections?|intended|unknown|before|after|error|warning|rate|"
    r"packets?|bytes moved|outside|between|other|more|less|time|times|file|host's|counters?|verdict|"
    r"findings?|inputs?|options|made|by|likely|certain|possible|yes|start|first|received|sent|"
    r"can't|it|that|an|to|for)\b")
# What a result calls by its name: these may be English.
NAMED = {'name', 'path', 'host', 'input', 'interface', 'folder', 'command', 'description',
         'format', 'expect', 'topology', 'session', 'counters', 'source_address', 'adapter'}
CODE_STYLE = 'LmpathCode'
OCTET = r'(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)'
ADDRESS = re.compile(r'(?<![\w.])(?:%s\.){3}%s(?![\w.])|[0-9a-f]*::?[0-9a-f:]*:[0-9a-f:/]*' % (OCTET, OCTET))
OPTION = re.compile(r' --?[a-z][a-z-]* \S+(?: %)?')
VERSION = re.compile(r'lmpath \d[\d.]*\d')
DUTCH_TIME = re.compile(r'(\d\d)-(\d\d)-(\d{4}) (\d\d:\d\d:\d\d),(\d+) UTC')
ENGLISH_TIME = re.compile(r'(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d\.\d+)Z')


class Visible(html.parser.HTMLParser):
    """What a page shows and reads out; not its commands, and not what it marks as English."""

    def __init__(self):
        super().__init__()
        self.text, self.hidden, self.language, self.english = [], [], None, 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == 'html':
            self.language = attrs.get('lang')
        if tag in ('script', 'style', 'pre', 'code') or (tag == 'span' and 'lang' in attrs):
            self.hidden.append(tag)
            self.english += tag == 'span'
        self.text += [attrs[key] for key in ('aria-label', 'alt', 'title', 'data-l') if key in attrs]
        self.text += [value for key, value in attrs.items() if key in ('data-copy', 'data-copied')]

    def handle_endtag(self, tag):
        if self.hidden and tag == self.hidden[-1]:
            self.hidden.pop()

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def run(*words):
    done = subprocess.run(lmpath.program() + [str(word) for word in words], capture_output=True,
                          timeout=120)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout.decode()


def names_of(node, found):
    """All strings that are names, by the keys they stand under, and evidence, which has names."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in NAMED and isinstance(value, str):
                found.add(value)
            names_of(value, found)
    elif isinstance(node, list):
        for value in node:
            names_of(value, found)
    return found


def without_names(text, names):
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 2:
            text = text.replace(name, ' ')
    return text


def numbers_of(text, is_dutch):
    """Every number and time, as one would write it in C; addresses as they are."""
    found = collections.Counter()

    def take(match, word=None):
        found[word or match.group()] += 1
        return ' '

    if is_dutch:
        text = DUTCH_TIME.sub(lambda m: take(m, '%s-%s-%s %s.%s' % (m[3], m[2], m[1], m[4], m[5])),
                              text)
    else:
        text = ENGLISH_TIME.sub(lambda m: take(m, m[1] + ' ' + m[2]), text)
    text = VERSION.sub(take, ADDRESS.sub(take, text))
    for number in re.findall(r'\d[\d.,]*(?<![.,])', text):
        if is_dutch:
            number = number.replace('.', '').replace(',', '.')
        else:
            number = number.replace(',', '')
        found[number] += 1
    return found


def visible(page):
    reader = Visible()
    reader.feed(page)
    return '\n'.join(reader.text), reader


def prose(markdown):
    """Without commands, and without what keeps names from being markup."""
    text = re.sub(r'^(`{3,})powershell\n.*?^\1$', '', markdown, flags=re.S | re.M)
    return re.sub(r'\\([!-/:-@\[-`{-~])', r'\1', text)


def document(path):
    """What a Word document shows and reads out, without its commands; and its language."""
    word = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
    with zipfile.ZipFile(path) as package:
        body = ElementTree.fromstring(package.read('word/document.xml'))
        styles = ElementTree.fromstring(package.read('word/styles.xml'))
    text = [node.get('descr') for node in body.iter() if node.get('descr')]
    for paragraph in body.iter(word + 'p'):
        style = paragraph.find('%spPr/%spStyle' % (word, word))
        if style is None or style.get(word + 'val') != CODE_STYLE:
            text.append(''.join(run.text or '' for run in paragraph.iter(word + 't')))
    return '\n'.join(text), next(styles.iter(word + 'lang')).get(word + 'val')


def check_text(what, english, dutch, names):
    """@names: of the result, longer ones first taken out before words are looked for."""
    english, dutch = (OPTION.sub('', text) for text in (english, dutch))
    text = without_names(dutch, names)
    left = ENGLISH.search(text)
    assert not left, '%s: English is left: %s' % (what, text[max(0, left.start() - 90):][:200])
    want, got = numbers_of(english, False), numbers_of(dutch, True)
    assert want == got, '%s: %s only English, %s only Dutch' % (what, want - got, got - want)
    for name in names:
        if len(name) > 3 and not re.search(r'[\x00-\x1f\u2000-\uffff]', name):
            assert (name in english) == (name in dutch), (what, name)


def check_report(what, words, names):
    pages = [visible(run('report', *words, '-f', 'html', '--lang', lang)) for lang in ('en', 'nl')]
    assert [reader.language for _, reader in pages] == ['en', 'nl']
    assert pages[0][1].english == 0
    assert pages[1][1].english == 0, '%s: %s' % (what, 'a sentence has no Dutch')
    check_text(what, pages[0][0], pages[1][0], names)
    check_text(what, prose(run('report', *words)), prose(run('report', *words, '--lang', 'nl')), names)


def check_document(what, out, words, names):
    files = [out / lang for lang in ('en', 'nl')]
    for lang, file in zip(('en', 'nl'), files):
        run('report', *words, '-f', 'docx', '-o', file, '--lang', lang)
    (english, _), (dutch, language) = document(files[0]), document(files[1])
    assert language.startswith('nl'), language
    check_text(what, english, dutch, names)


def hostile(out, file):
    """A result whose names are an attacker's; sentences have them, too."""
    result = json.loads(file.read_text())
    names = [n['name'] for n in result['networks']] + [n['name'] for n in result['interfaces']]
    text = json.dumps(result)
    for i, name in enumerate(sorted(set(names))):
        text = re.sub(r'(?<![\w])%s(?!\w)' % re.escape(json.dumps(name)[1:-1]),
                      lambda m: json.dumps(HOSTILE + str(i))[1:-1], text)
    path = out / ('hostile_' + file.name)
    path.write_text(text)
    return path


def check_machine_output(before, after):
    for form in ('json', 'junit', 'prometheus'):
        words = ('report', '--before', before, '--after', after, '-f', form)
        assert run(*words) == run(*words, '--lang', 'nl'), form


def results():
    for file in [*sorted(ROOT.glob('tests/golden/*/expected.json')), *sorted(RESULTS.glob('*.json')),
                 *sorted(ROOT.glob('tests/fuzz/corpus/result/*.json'))]:
        try:
            result = json.loads(file.read_text())
        except ValueError:
            continue
        if result.get('schema') == 'lmpath.analysis/1':
            yield file, result


def main():
    n = 0
    with tempfile.TemporaryDirectory() as folder:
        for file, result in results():
            check_report(file, [file], names_of(result, set()))
            bad = hostile(pathlib.Path(folder), file)
            check_report(bad, [bad], names_of(result, {HOSTILE}))
            check_document(file, pathlib.Path(folder), [file], names_of(result, set()))
            n += 1
    before, after = RESULTS / 'b_wrong_management.json', RESULTS / 'a_right_storage.json'
    names = {name for file in (before, after) for name in names_of(json.loads(file.read_text()), set())}
    check_report('before and after', ['--before', before, before, '--after', after, after],
                 names | {str(before), str(after)})
    check_machine_output(before, after)
    done = subprocess.run(lmpath.program() + ['report', str(before), '--lang', 'de'],
                          capture_output=True, timeout=120)
    assert done.returncode == 2 and b"'de' is no language" in done.stderr, done.stderr
    print('%d results in two languages' % n)
    return 0


if __name__ == '__main__':
    sys.exit(main())
