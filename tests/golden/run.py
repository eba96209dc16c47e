#!/usr/bin/env python3
"""Golden tests: each folder here with a file "cmd" is a case.

    run.py [--update] [--case NAME]... PROGRAM...

"cmd" is one command line, run in fixtures/: "lmpath" stands for PROGRAM, "$OUT" for an empty folder,
"< FILE" gives standard input. The case expects, byte for byte:
    expected.stdout, expected.stderr   what it prints (no file: nothing)
    expected.exit                      its exit code
    expected.NAME                      the file it writes to $OUT/NAME
--update writes these files instead of comparing; review the difference before committing it.
"""

import argparse
import difflib
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parents[1] / 'fixtures'
TIMEOUT_S = 120


def run(case, program):
    """What the case's command gives: {name of the expected file: bytes}."""
    environment = {k: v for k, v in os.environ.items() if k not in ('NO_COLOR', 'COLUMNS')}
    with tempfile.TemporaryDirectory() as out:
        words = shlex.split((case / 'cmd').read_text())
        words = [word.replace('$OUT', out) for word in words]
        stdin = subprocess.DEVNULL
        if '<' in words:
            at = words.index('<')
            stdin = open(FIXTURES / words[at + 1], 'rb')
            del words[at:at + 2]
        if words[0] != 'lmpath':
            raise ValueError(f'{case.name}/cmd must begin with lmpath')
        done = subprocess.run(program + words[1:], cwd=FIXTURES, env=environment, stdin=stdin,
                              capture_output=True, timeout=TIMEOUT_S)
        got = {'expected.exit': b'%d\n' % done.returncode}
        if done.stdout:
            got['expected.stdout'] = done.stdout
        if done.stderr:
            got['expected.stderr'] = done.stderr
        for file in sorted(pathlib.Path(out).iterdir()):
            got['expected.' + file.name] = file.read_bytes()
        return got


def difference(name, want, got):
    def lines(content):
        text = (content or b'').decode('utf-8', 'backslashreplace').replace('\r', '\\r')
        return text.splitlines(keepends=True)

    return ''.join(difflib.unified_diff(lines(want), lines(got), name, 'got'))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--update', action='store_true')
    parser.add_argument('--case', action='append', help='only this one; repeatable')
    parser.add_argument('program', nargs='+', help='lmpath, with what it is started through')
    args = parser.parse_args()
    program = [os.path.abspath(word) if os.path.exists(word) else word for word in args.program]

    cases = [HERE / name for name in args.case] if args.case else \
        sorted(file.parent for file in HERE.glob('*/cmd'))
    passed, failed = 0, 0
    for case in cases:
        want = {file.name: file.read_bytes() for file in case.glob('expected.*')}
        got = run(case, program)
        if args.update:
            for name in want.keys() - got.keys():
                (case / name).unlink()
            for name, content in got.items():
                (case / name).write_bytes(content)
            print(f'{case.name}: written')
        elif got == want:
            passed += 1
        else:
            failed += 1
            print(f'{case.name}: {(case / "cmd").read_text().strip()}')
            for name in sorted(want.keys() | got.keys()):
                print(difference(f'{case.name}/{name}', want.get(name), got.get(name)), end='')
    if not args.update:
        print(f'{passed} passed, {failed} failed')
    return 1 if failed or not cases else 0


if __name__ == '__main__':
    sys.exit(main())
