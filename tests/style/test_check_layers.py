#!/usr/bin/env python3
"""The layer check finds each kind of violation, and nothing in what is allowed."""

import pathlib
import subprocess
import sys
import tempfile

CHECK = pathlib.Path(__file__).parents[2] / 'tools' / 'check_layers.py'

ALLOWED = {
    'src/base/text.c': '#include "src/base/text.h"\n#include <windows.h>',
    'src/base/text.h': '#include <stdint.h>\n/* #include "analyzers/x.h" */',
    'src/file/gzip.c': '#include "src/net/addr.h"\n#include <zlib.h>',
    'src/cli/terminal_posix.c': '#include <sys/ioctl.h>',
    'capture/linux/tap.c': '#include <pcap/pcap.h>\n#include <net/if.h>',
    'analyzers/flow/table.c': '#include "src/model/topology.h"',
    'analyzers/questions/path.c': '#include "analyzers/flow/table.h"\n#include "analyzers/result.h"',
    'analyzers/main.c': '#include "analyzers/report/report.h"\n#include <uv.h>',
}

# one file, and the words that must be in what is said about it
FORBIDDEN = [
    ('src/base/a.c', '#include "src/net/addr.h"', 'src/base may not include it'),
    ('src/net/a.h', '#include "src/file/capture.h"', 'src/net may not include it'),
    ('src/cli/a.c', '#include "src/model/topology.h"', 'src/cli may not include it'),
    ('src/net/a.c', '#include <jansson.h>', 'src/net may not use jansson'),
    ('src/model/a.c', '#  include <zlib.h>', 'src/model may not use zlib'),
    ('capture/daemon.c', '#include "analyzers/result.h"', 'capture may not include it'),
    ('analyzers/main.c', '#include "capture/tap.h"', 'analyzers may not include it'),
    ('analyzers/flow/a.c', '#include "src/file/capture.h"', 'analyzers/flow may not include it'),
    ('analyzers/flow/a.c', '#include <sys/socket.h>', 'headers of the operating system'),
    ('analyzers/questions/a.c', '#include "analyzers/report/report.h"', 'may not include it'),
    ('analyzers/report/a.c', '#include "analyzers/analysis.h"', 'may not include it'),
    ('analyzers/questions/a.c', '#include "analyzers/cause/cause.h"', 'may not include it'),
    ('analyzers/cause/a.c', '#include "analyzers/report/report.h"', 'may not include it'),
    ('analyzers/check/a.c', '#include "analyzers/cause/cause.h"', 'may not include it'),
    ('analyzers/ingest/a.c', '#include <pcap.h>', 'may not use libpcap'),
    ('src/file/a.c', '\n#include "capture.h"', 'a.c:2: capture.h: includes start at the root'),
    ('src/other/a.c', '', 'no row in the table'),
]


def run(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            file = pathlib.Path(root, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text + '\n')
        return subprocess.run([sys.executable, CHECK, root], capture_output=True, text=True)


def main():
    passed, failed = 0, 0
    cases = [(path, run(ALLOWED | {path: text}), 1, words) for path, text, words in FORBIDDEN]
    cases.append(('what is allowed', run(ALLOWED), 0, '0 violations'))
    cases.append(('no files at all', run({}), 1, 'no source files'))
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
