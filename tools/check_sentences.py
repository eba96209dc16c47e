#!/usr/bin/env python3
"""Check that what results say can be said in Dutch: every sentence that the code puts into a result
against the rows of analyzers/report/sentences_*.h.

    check_sentences.py [ROOT]

Tells each sentence without a row (and the row to add), each row without a sentence, and each row
whose Dutch leaves out a place or has one too many; exits 1 when there is one.
"""

import pathlib
import re
import sys

# Where sentences are made, and the calls whose argument (from 0) is the sentence's format. A finding's
# rows are found by its id, which is another argument.
SOURCES = ['analyzers/verdict.c', 'analyzers/questions/*.c', 'analyzers/cause/*.c', 'src/model/topology_intend.c',
           'src/model/topology_options.c', 'src/file/capture.c', 'src/file/codec.c',
           'src/file/pcap*.c']
SINKS = {'result_add_reason': (2, 'reason'), 'withdraw': (2, 'reason'), 'reason_set': (2, 'reason'),
         'strdup': (0, 'reason'), 'transfer_add_evidence': (1, 'evidence'),
         'result_add_cause_note': (2, 'cause'), 'reader_damage': (2, 'damage'), 'finding_add': (3, None)}
FINDING_ID_ARGUMENT = 1
DAMAGE_BUFFER = 'damage'  # snprintf() into it tells damage, too
# Words elsewhere in these files become a place's phrase, but for the arguments of these calls.
PHRASES_IN = ('analyzers/verdict.c', 'analyzers/questions/', 'analyzers/cause/cause.c',
              'analyzers/cause/notes.c')
NO_PHRASE_OF = re.compile(r'str\w*cmp|hyperv_total|finding_note_\w+|evidence_of|cause_add|assert')
POWERSHELL = r'[A-Z][a-z]+-[A-Z]|^LM\d{3}$'  # and ids in variables
JOINERS = {' and '}  # of lists, which sentences.c takes apart itself
# The catalogues, and where their rows are. The details of checks are made in many ways (which network,
# then what is wrong with it) and come into reports as causes alone, so of their rows it is only checked
# that the end of each is still said.
CATALOGUES = {'analyzers/findings.c': 'analyzers/report/sentences_catalogue.h',
              'analyzers/findings_check.c': 'analyzers/report/sentences_checks.h'}
CHECKS = 'analyzers/check/*.c'
CATALOGUE_SHOWN = (1, 2, 4)  # after the id: title, why, remedy; how to verify is not in reports
ROWS = ('analyzers/report/sentences_results.h', *CATALOGUES.values())

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|^[ \t]*#\s*include[^\n]*|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\]|\\.)+\'|\w+|\S',
                   re.S | re.M)
PLACE = re.compile(r'%[.0-9]*[lz]*[a-z]')
DUTCH_PLACE = re.compile(r'\{[=~&+]?([1-9])\}')
FINDING_ID = re.compile(r'LM\d{3}$')


class Literal:
    """A string (neighbours joined), its line and the calls around it: [(name, argument, words)]."""

    def __init__(self, text, line, calls):
        self.text, self.line, self.calls = text, line, calls


def unescape(token):
    return re.sub(r'\\(.)', lambda m: {'n': '\n', 't': '\t'}.get(m.group(1), m.group(1)),
                  token[1:-1])


def literals(source):
    """Every string literal of a C source. A call's words are its arguments' tokens, filled as they
    are read, so that they are whole once the source is."""
    found, calls, before, joined = [], [], '', None
    for match in TOKEN.finditer(source):
        token = match.group()
        if token.startswith(('//', '/*')) or token.lstrip().startswith('#'):
            continue
        if token.startswith('"'):
            if joined:
                joined.text += unescape(token)
            else:
                line = source.count('\n', 0, match.start()) + 1
                joined = Literal(unescape(token), line, [(c[0], c[1], c[2]) for c in calls])
                found.append(joined)
            for call in calls:
                call[2].setdefault(call[1], []).append(token)
            continue
        joined = None
        if token in '({[':
            calls.append([before if token == '(' else token, 0, {}])
        elif token in ')}]':
            if calls:
                calls.pop()
        elif token == ',' and calls:
            calls[-1][1] += 1
        else:
            for call in calls:
                call[2].setdefault(call[1], []).append(token)
        before = token
    return found


def place_of(literal):
    """Where its row belongs: "reason", "LM101 LM102", "" (any finding), "phrase"; None: no text."""
    for name, argument, words in reversed(literal.calls):
        if name == 'snprintf' and words.get(0) == [DAMAGE_BUFFER]:
            return 'damage' if argument == 2 else None
        if name not in SINKS:
            continue
        fmt, where = SINKS[name]
        if argument != fmt:
            return 'phrase' if argument > fmt else None
        if where is None:
            ids = [word.strip('"') for word in words.get(FINDING_ID_ARGUMENT, [])]
            where = ' '.join(word for word in ids if FINDING_ID.match(word))
        return where
    return 'phrase?'


def is_phrase(name, literal):
    """Of a literal outside of all sinks: does it become a part of what they say?"""
    return (name.startswith(PHRASES_IN) and '\n' not in literal.text and
            not re.search(POWERSHELL, literal.text) and
            not any(NO_PHRASE_OF.match(call) for call, _, _ in literal.calls))


def sentences_of(root):
    """(where, text, place in the source)."""
    for pattern in SOURCES:
        for path in sorted(root.glob(pattern)):
            name = path.relative_to(root).as_posix()
            for literal in literals(path.read_text()):
                where = place_of(literal)
                if where == 'phrase?':
                    where = 'phrase' if is_phrase(name, literal) else None
                if where == 'phrase' and (literal.text in JOINERS or
                                          not re.search('[a-z]{2}', PLACE.sub('', literal.text))):
                    where = None
                if where is not None and PLACE.sub('', literal.text):
                    yield where, literal.text, '%s:%d' % (name, literal.line)


def catalogue_of(root):
    for catalogue in CATALOGUES:
        yield from kinds_of(root, catalogue)


def kinds_of(root, catalogue):
    row = []
    for literal in literals((root / catalogue).read_text()):
        if FINDING_ID.match(literal.text):
            row = []
        row.append(literal.text)
        if len(row) - 1 in CATALOGUE_SHOWN:
            yield row[0], literal.text, '%s:%d' % (catalogue, literal.line)


def rows_of(root, macro='SENTENCE', n=3):
    text = r'((?:[\s\\]*"(?:[^"\\]|\\.)*")+)[\s\\]*'
    pattern = re.compile(r'\b%s\(%s\)' % (macro, ','.join([text] * n)))
    for name in ROWS:
        for match in pattern.finditer((root / name).read_text()):
            yield tuple(''.join(unescape(t) for t in re.findall(r'"(?:[^"\\]|\\.)*"', group))
                        for group in match.groups())


def details_of_checks(root, rows):
    """The rows that some literal of the checks ends."""
    ends = {literal.text for path in root.glob(CHECKS) for literal in literals(path.read_text())
            if re.search('[a-z]{2}', literal.text)}
    return {row for row in rows if row[0].startswith(('LM4', 'phrase')) and
            any(row[1] == end or row[1].endswith(' ' + end) for end in ends)}


def check_places(english, dutch):
    n = len(PLACE.findall(english))
    numbers = sorted(int(i) for i in DUTCH_PLACE.findall(dutch))
    if numbers != list(range(1, n + 1)):
        return ['"%s": its Dutch has the places %s, not each of %d once' % (english, numbers, n)]
    return []


def check_keys(root):
    known = dict(rows_of(root, 'KEY', 2))
    used, problems = set(), []
    for path in sorted(root.glob('analyzers/questions/*.c')) + sorted(root.glob(CHECKS)):
        for literal in literals(path.read_text()):
            if any(re.match('finding_note_', name) and argument == 1
                   for name, argument, _ in literal.calls):
                used.add(literal.text)
                if literal.text not in known:
                    problems.append('%s:%d: the evidence "%s" has no Dutch name: add KEY("%s", "...") '
                                    'to %s' % (path.relative_to(root).as_posix(), literal.line,
                                               literal.text, literal.text, ROWS[0]))
    return problems + ['%s: KEY("%s") is no evidence of any finding' % (ROWS[0], key)
                       for key in sorted(set(known) - used)]


def check(root):
    rows = list(rows_of(root))
    problems, used = [], details_of_checks(root, rows)
    for where, text, place in list(sentences_of(root)) + list(catalogue_of(root)):
        fits = [row for row in rows if row[1] == text and
                (where == 'phrase' or all(w in row[0].split() for w in where.split()))]
        used.update(fits)
        if not fits:
            header = CATALOGUES.get(place.split(':')[0], ROWS[0])
            problems.append('%s: no Dutch: add SENTENCE("%s", "%s", "...") to %s' % (
                place, where or 'LM...', text.replace('"', '\\"'),
                header))
    problems += ['SENTENCE("%s", "%s"): no code says so' % row[:2] for row in rows
                 if row not in used]
    for row in rows:
        problems += check_places(row[1], row[2])
    return problems + check_keys(root)


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.').resolve()
    problems = check(root)
    for problem in problems:
        print(problem)
    if not problems:
        print('%d sentences in two languages' % len(list(rows_of(root))))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
