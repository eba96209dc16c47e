#!/usr/bin/env python3
"""Add up what the tests of several meson builds found.

Prints the failed tests and, last, "tests: N passed, N failed"; exits 1 when one failed or none ran.
Test programs that hold many tests say how many in their closing line (Criterion's synthesis,
Python's unittest, or "N passed, N failed"); any other counts as one. Builds without a log (not run)
count nothing.
"""

import argparse
import json
import pathlib
import re
import sys

CRITERION = re.compile(r'Tested: *\d+ *\| *Passing: *(\d+) *\| *Failing: *(\d+) *\| *Crashing: *(\d+)')
UNITTEST = re.compile(r'^Ran (\d+) tests? in .*\n\n(OK|FAILED)(?: \((.*)\))?', re.MULTILINE)
PLAIN = re.compile(r'^(\d+) passed, (\d+) failed', re.MULTILINE)
COLOUR = re.compile(r'\x1b\[[0-9;]*m')


def count(test):
    """(passed, failed) of one entry of meson's log."""
    if test['result'] == 'SKIP':
        return 0, 0
    text = COLOUR.sub('', test.get('stdout', '') + '\n' + test.get('stderr', ''))
    passed, failed = 0, 0
    for match in CRITERION.finditer(text):
        passed += int(match[1])
        failed += int(match[2]) + int(match[3])
    for match in PLAIN.finditer(text):
        passed += int(match[1])
        failed += int(match[2])
    for match in UNITTEST.finditer(text):
        counts = dict(pair.split('=') for pair in (match[3] or '').split(', ') if '=' in pair)
        bad = int(counts.get('failures', 0)) + int(counts.get('errors', 0))
        failed += bad
        passed += max(int(match[1]) - bad - int(counts.get('skipped', 0)), 0)
    if test['result'] in ('OK', 'EXPECTEDFAIL'):
        return max(passed, 1), failed
    return passed, max(failed, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--failed-steps', type=int, default=0, help='failures outside the tests')
    parser.add_argument('builds', nargs='+', type=pathlib.Path)
    args = parser.parse_args()

    passed, failed = 0, args.failed_steps
    for build in args.builds:
        log = build / 'meson-logs' / 'testlog.json'
        if not log.exists():
            continue
        for line in log.read_text(encoding='utf-8', errors='replace').splitlines():
            test = json.loads(line)
            test_passed, test_failed = count(test)
            passed += test_passed
            failed += test_failed
            if test_failed:
                print(f'{build}: {test["name"]} failed ({test["result"].lower()})')
            if test['result'] == 'SKIP':
                print(f'{build}: {test["name"]} skipped')
    print(f'tests: {passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
