#!/usr/bin/env python3
"""Make a C file of a file's bytes: the array NAME with a zero behind it.

    embed.py FILE NAME HEADER
"""
import pathlib
import sys

path, name, header = sys.argv[1:]
data = pathlib.Path(path).read_bytes() + b'\0'
print(f'/* Made of {pathlib.Path(path).name}. */\n#include "{header}"\n\nconst char {name}[] = {{')
for at in range(0, len(data), 20):
    print('    ' + ' '.join(f'{byte},' for byte in data[at:at + 20]))
print('};')
