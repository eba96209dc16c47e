#!/bin/sh
# Checks the PowerShell files without a PowerShell: check.sh BUILD_DIR. Exits 77 (skip) where the
# grammar can't be had.
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 BUILD_DIR" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
build=$(cd "$1" && pwd)

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "skipped: node and npm are needed to parse PowerShell"
    exit 77
fi
if ! cmp -s "$here/package.json" "$build/package.json" || [ ! -e "$build/installed" ]; then
    rm -f "$build/installed"
    cp "$here/package.json" "$build/package.json"
    # --legacy-peer-deps: the grammar's peer is the native binding, which we don't use.
    if ! npm install --prefix "$build" --no-package-lock --ignore-scripts --legacy-peer-deps \
        --no-audit --no-fund >"$build/npm.log" 2>&1; then
        echo "skipped: npm can't install the grammar, see $build/npm.log"
        exit 77
    fi
    touch "$build/installed"
fi
exec node "$here/check_syntax.mjs" "$build"
