#!/usr/bin/env python3
"""Check that each header compiles alone: check_headers.py ROOT COMPILER..."""

import concurrent.futures
import pathlib
import subprocess
import sys


def main():
    root = pathlib.Path(sys.argv[1])
    command = sys.argv[2:] + ['-std=c11', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Werror',
                              '-fsyntax-only', '-I', root, '-include']
    headers = sorted(h for top in ('src', 'capture', 'analyzers') for h in (root / top).rglob('*.h')
                     if 'windows' not in h.relative_to(root).parts)

    def compile_alone(header):
        return subprocess.run(command + [header, '-x', 'c', '/dev/null'], capture_output=True, text=True)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(compile_alone, headers))
    bad = [r.stderr for r in results if r.returncode]
    print(''.join(bad), end='')
    print(f'{len(headers) - len(bad)} passed, {len(bad)} failed')
    return 1 if bad or not headers else 0


if __name__ == '__main__':
    sys.exit(main())
