#!/usr/bin/env python3
"""The check of sentences finds each kind of omission in a copy of the tree, and nothing in the tree."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHECK = ROOT / 'tools' / 'check_sentences.py'
RESULTS, CATALOGUE = ('analyzers/report/sentences_%s.h' % name for name in ('results', 'catalogue'))

# one file, what stands in it and what instead (None: at its end), the words that must be said about it
OMISSIONS = [
    ('analyzers/verdict.c', None, 'void f(void) { result_add_reason(r, err, "it rains " "on %s", x); }',
     'add SENTENCE("reason", "it rains on %s", "...")'),
    ('analyzers/questions/path.c', None, 'void f(void) { finding_add(r, "LM106", err, "%s hails", x); }',
     'add SENTENCE("LM106", "%s hails", "...")'),
    ('analyzers/questions/quality.c', None,
     'void f(void) { finding_add(r, x ? "LM301" : "LM302", err, "snow"); }',
     'add SENTENCE("LM301 LM302", "snow", "...")'),
    ('analyzers/questions/path.c', None, 'const char *f(void) { return "thunder and %s"; }',
     'add SENTENCE("phrase", "thunder and %s", "...")'),
    ('analyzers/questions/path.c', '"network"', '"weather"', 'add KEY("weather", "...")'),
    ('analyzers/questions/path.c', 'and no bulk was', 'and no rain was', 'no code says so'),
    ('analyzers/cause/notes.c', None, 'void f(void) { result_add_cause_note(r, err, "fog"); }',
     'add SENTENCE("cause", "fog", "...")'),
    ('src/file/pcap.c', None, 'void f(void) { reader_damage(c, offset, "a wet packet"); }',
     'add SENTENCE("damage", "a wet packet", "...")'),
    ('analyzers/findings.c', 'both ways took the same networks', 'both ways were dry',
     'add SENTENCE("LM109", "both ways were dry", "...")'),
    ('analyzers/findings_check.c', "a host's list lacks the intended network", 'a list is wet',
     'add SENTENCE("LM420", "a list is wet", "...")'),
    ('analyzers/check/rules_cluster.c', 'is intended for migration and excluded from it', 'is wet',
     'SENTENCE("LM404", "%s is intended for migration and excluded from it"): no code says so'),
    (RESULTS, 'SENTENCE("phrase", "the migration port"', 'SENTENCE("phrase", "the rain"',
     'add SENTENCE("phrase", "the migration port", "...")'),
    (RESULTS, '{1} gezien van een VM met {2}', '{1} gezien van een VM', 'has the places [1]'),
    (CATALOGUE, 'SENTENCE("LM101", "memory went', 'SENTENCE("LM102", "memory went',
     'add SENTENCE("LM101", "memory went'),
]


def run(root):
    return subprocess.run([sys.executable, CHECK, root], capture_output=True, text=True)


def main():
    passed, failed = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name in ('analyzers', 'src'):
            shutil.copytree(ROOT / name, root / name)
        cases = [('the tree', run(root), 0, 'sentences in two languages')]
        for path, old, new, words in OMISSIONS:
            text = (root / path).read_text()
            changed = text + new + '\n' if old is None else text.replace(old, new)
            assert changed != text, (path, old)
            (root / path).write_text(changed)
            cases.append((path, run(root), 1, words))
            (root / path).write_text(text)
    for name, result, code, words in cases:
        if result.returncode == code and words in result.stdout:
            passed += 1
        else:
            failed += 1
            print(f'{name}: expected exit {code} and "{words}"; exit {result.returncode} and:\n'
                  f'{result.stdout}{result.stderr}')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
