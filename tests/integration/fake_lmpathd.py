#!/usr/bin/env python3
"""Stands in for lmpathd where a test needs one that misbehaves, or no rights.

It speaks docs/control.md over standard input and output, and needs neither rights nor NICs. FAKE in
the environment is a JSON object: "capture", copied into the session; "requests", a file that gets
every line it is sent; "mood", what goes wrong.
"""
import json
import os
import pathlib
import select
import shutil
import signal
import sys
import time

TIME = '2026-11-21T22:59:08.152896400Z'
TICK_S = 0.02
fake = json.loads(os.environ.get('FAKE', '{}'))
mood = fake.get('mood')


def say(**message):
    line = json.dumps(message) + '\n'
    os.write(1, line.encode())


def nics(wire_bytes):
    return [{'name': 'stor1', 'packets': wire_bytes // 1000, 'wire_bytes': wire_bytes,
             'kernel_dropped': 0, 'ring_dropped': 0, 'interface_dropped': None,
             'counters': {'rx_bytes': 1, 'tx_bytes': wire_bytes}}]


def end(folder, reason):
    if mood == 'incomplete':
        say(event='warning', time=TIME, text='the disk is full', nic=None)
    say(event='end', time=TIME, session=str(folder), reason=reason,
        complete=mood != 'incomplete', packets=1234, file_bytes=5678)
    sys.exit(0)


def answer(line, folder):
    request = json.loads(line)
    if 'requests' in fake:
        with open(fake['requests'], 'a') as log:
            log.write(line + '\n')
    reply = {'id': request['id'], 'ok': True, 'time': TIME}
    if request['action'] == 'stop':
        say(**reply, session=str(folder), complete=mood != 'incomplete')
        end(folder, 'asked')
    say(**reply)
    if request['action'] in ('command', 'command_end'):
        say(event=request['action'], time=TIME)


def main():
    if mood == 'no rights':
        print('lmpathd: no right to capture', file=sys.stderr)
        return 2
    if mood == 'killed early':
        os.kill(os.getpid(), signal.SIGKILL)
    if mood == 'garbage':
        os.write(1, b'\x00\xff what?\n')
        time.sleep(60)
    if mood == 'endless':
        while True:
            os.write(1, b'{' * 65536)
    folder = pathlib.Path(sys.argv[sys.argv.index('-w') + 1])
    folder.mkdir()
    if 'capture' in fake:
        shutil.copy(fake['capture'], folder)
    say(event='start', time=TIME, session=str(folder), nics=nics(0))
    sent, ticks, pending = 0, 0, b''
    while True:
        if select.select([0], [], [], TICK_S)[0]:
            got = os.read(0, 65536)
            if not got:
                end(folder, 'client-gone')
            *lines, pending = (pending + got).split(b'\n')
            for line in lines:
                answer(line.decode(), folder)
        else:
            sent += 1000
            ticks += 1
            say(event='interval', time=TIME, session=str(folder), file_bytes=sent,
                nics=nics(0 if mood == 'quiet' else sent))
            if mood == 'killed' and ticks == 5:
                os.kill(os.getpid(), signal.SIGKILL)
            if mood == 'stops itself' and ticks == 5:
                end(folder, 'duration')


if __name__ == '__main__':
    sys.exit(main())
