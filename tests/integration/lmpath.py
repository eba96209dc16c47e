"""Run lmpath from a test: where the program is, what it printed.

LMPATH holds the command that starts it; it may be several words ("wine lmpath.exe").
"""
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CAPTURES = ROOT / 'fixtures' / 'captures'

HALVES = ('client_to_server', 'server_to_client')
COUNTS = ('packets', 'wire_bytes', 'payload_bytes', 'stream_bytes', 'retransmitted_bytes',
          'missing_bytes', 'duplicate_packets')


def program():
    """The command as a list of words."""
    command = os.environ.get('LMPATH')
    if not command:
        sys.exit('LMPATH must hold the command that starts lmpath')
    return shlex.split(command)


def is_native():
    """Whether starting it is quick: under Wine it takes ten times as long."""
    return not any('wine' in word for word in program())


def run(*args, stdin=None):
    """Exit code, standard output and standard error of `lmpath ARGS`."""
    command = program() + [str(a) for a in args]
    done = subprocess.run(command, input=stdin, capture_output=True, timeout=600)
    return done.returncode, done.stdout, done.stderr.decode(errors='replace')


def analyze(*args, stdin=None):
    """Exit code and result of `lmpath analyze -f json ARGS`; a code of 2 is a failed test."""
    code, out, err = run('analyze', '-f', 'json', *args, stdin=stdin)
    if code not in (0, 1, 3):
        raise AssertionError(f'lmpath analyze {args} ended with {code}: {err}')
    return code, json.loads(out)


def by_ends(result):
    """Lists of connections by (client, client port, server, server port): ports get used again."""
    found = {}
    for c in result['connections']:
        ends = (c['client'], c['client_port'], c['server'], c['server_port'])
        found.setdefault(ends, []).append(c)
    return found


def identity_holds(half):
    """payload = stream - missing + retransmitted."""
    return half['payload_bytes'] == (half['stream_bytes'] - half['missing_bytes']
                                     + half['retransmitted_bytes'])
