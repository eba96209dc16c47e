#!/usr/bin/env python3
"""Check which files include which: the table below, over every .c and .h of the product.

    check_layers.py [ROOT]

Each folder may include its own headers, those of the folders named for it, the C standard library
and (in a platform's folder) the platform, and the outside libraries named for it. Prints one line
for each violation; exits 1 when there is one.
"""

import pathlib
import re
import sys

# folder or file: (may include these folders, outside libraries). The longest that matches counts.
LAYERS = {
    'src/base': ([], []),
    'src/net': (['src/base'], []),
    'src/file': (['src/base', 'src/net'], ['zlib', 'zstd', 'lz4', 'digest']),
    'src/model': (['src/base', 'src/net'], ['jansson']),
    'src/cli': (['src/base'], []),
    'capture': (['src', 'capture/windows/pipe.h'], ['libuv']),
    'capture/linux': (['src/base', 'src/net', 'src/model', 'capture'], ['libpcap']),
    'capture/windows': (['src/base', 'src/net', 'src/model', 'capture'], []),
    'analyzers/flow': (['src/base', 'src/net', 'src/model', 'analyzers/result.h'], []),
    'analyzers/ingest': (['src'], []),
    'analyzers/questions': (['src/base', 'src/net', 'src/model', 'analyzers/flow',
                             'analyzers/result.h', 'analyzers/findings.h'], []),
    'analyzers/report': (['src/base', 'src/net', 'src/model', 'src/file/community_id.h',
                          'analyzers/result.h', 'analyzers/findings.h'], ['jansson']),
    'analyzers/report/docx': (['src/base', 'analyzers/report', 'analyzers/result.h',
                               'analyzers/findings.h'], []),
    'analyzers/report/docx/archive.c': (['src/base', 'analyzers/report/docx/archive.h'],
                                        ['minizip']),
    'analyzers/check': (['src/base', 'src/net', 'src/model', 'src/cli', 'analyzers/report',
                         'analyzers/result.h', 'analyzers/findings.h'], []),
    'analyzers/cause': (['src/base', 'src/net', 'src/model', 'analyzers/check',
                         'analyzers/result.h', 'analyzers/findings.h'], []),
    'analyzers/drift': (['src/base', 'src/net', 'src/model', 'src/cli', 'analyzers/report/table.h',
                         'analyzers/report/xml_text.h'], []),
    'analyzers/fix': (['src/base', 'src/model', 'src/cli', 'analyzers/check'], []),
    'analyzers': (['src', 'analyzers'], ['libuv']),
}

LIBRARIES = {
    'zlib': r'zlib\.h',
    'zstd': r'zstd(_errors)?\.h',
    'lz4': r'lz4.*\.h',
    'digest': r'openssl/.*|bcrypt\.h',
    'jansson': r'jansson\.h',
    'libuv': r'uv\.h',
    'libpcap': r'pcap(/.*)?\.h',
    'minizip': r'minizip/(un)?zip\.h',
}

# what needs no permission: ISO C and, as base hides the rest, what POSIX and mingw-w64 share
STANDARD = set('''assert ctype dirent errno fcntl fenv float getopt inttypes limits locale math
    setjmp signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn
    string strings sys/stat sys/types time unistd wchar wctype'''.split())

# where the operating system's own headers may be used; a file of another folder may name its
# platform in its own name (platform_posix.c, nics_windows.c)
PLATFORM_FOLDERS = ('src/base', 'capture/linux', 'capture/windows')
PLATFORM_FILE = re.compile(r'_(posix|linux|windows)\.[ch]$')

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)


def layer_of(path):
    folders = [f for f in LAYERS if is_within(path, [f])]
    return max(folders, key=len, default=None)


def is_within(path, allowed):
    return any(path == a or path.startswith(a + '/') for a in allowed)


def violation(path, kind, name):
    """What is wrong with the file at path including name, or None."""
    layer = layer_of(path)
    folders, libraries = LAYERS[layer]
    if kind == '"':
        if not re.match(r'(src|capture|analyzers)/', name):
            return 'includes start at the root'
        own = str(pathlib.PurePosixPath(name).parent) == layer or layer_of(name) == layer
        return None if own or is_within(name, folders) else f'{layer} may not include it'
    for library, pattern in LIBRARIES.items():
        if re.fullmatch(pattern, name):
            return None if library in libraries else f'{layer} may not use {library}'
    if name.removesuffix('.h') in STANDARD:
        return None
    if layer in PLATFORM_FOLDERS or PLATFORM_FILE.search(path):
        return None
    return f'{layer} may not use headers of the operating system'


def check(root):
    n_files, problems = 0, []
    for top in ('src', 'capture', 'analyzers'):
        for file in sorted((root / top).rglob('*.[ch]')):
            path = file.relative_to(root).as_posix()
            n_files += 1
            if not layer_of(path):
                problems.append(f'{path}: no row in the table of layers')
                continue
            text = COMMENT.sub(lambda m: re.sub(r'[^\n]', ' ', m[0]), file.read_text())
            for match in INCLUDE.finditer(text):
                why = violation(path, match[1], match[2])
                if why:
                    line = text.count('\n', 0, match.start()) + 1
                    problems.append(f'{path}:{line}: {match[2]}: {why}')
    return n_files, problems


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.')
    n_files, problems = check(root)
    for problem in problems:
        print(problem)
    if not n_files:
        print(f'no source files below {root}')
    print(f'{n_files} files, {len(problems)} violations')
    return 1 if problems or not n_files else 0


if __name__ == '__main__':
    sys.exit(main())
