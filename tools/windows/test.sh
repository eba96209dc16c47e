#!/bin/bash
# Runs the tests of build-windows under Wine: the unit tests, the golden cases with lmpath.exe, and
# a comparison of its output with the native build's. Wine's prefix (700 MB) lives for this run only.
# Arguments go to "meson test".
source "$(dirname "$0")/../common.sh"

export LMPATH_NATIVE=$PWD/build-release/analyzers/lmpath
wine=$PWD/tools/windows/wine.sh
trap '"$wine" --stop; rm -rf build-windows/wine' EXIT

"$wine" --start
meson test --num-processes 1 -C build-windows --no-rebuild --print-errorlogs --no-suite style --timeout-multiplier 4 "$@"
