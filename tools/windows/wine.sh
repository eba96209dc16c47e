#!/bin/bash
# wine.sh PROGRAM.exe ARGUMENT... - run a Windows program, quietly and without a screen. Meson runs
# the tests of the Windows build through this. Wine's own files (700 MB) go to build-windows/wine;
# --stop as the only argument ends what runs in the background there.
root=$(cd "$(dirname "$0")/../.." && pwd)
export WINEPREFIX=$root/build-windows/wine WINEARCH=win64 WINEDEBUG=-all \
  WINEDLLOVERRIDES='mscoree,mshtml=' DISPLAY=
for folder in /usr/lib/wine /usr/lib/x86_64-linux-gnu/wine /opt/wine-stable/bin; do
  if [ -x "$folder/wine64" ]; then
    export WINESERVER=$folder/wineserver64
    [ -x "$WINESERVER" ] || WINESERVER=$folder/wineserver
    if [ "$1" = --stop ]; then
      "$WINESERVER" -k
      exec "$WINESERVER" -w
    fi
    exec "$folder/wine64" "$@"
  fi
done
echo 'wine64 is not installed' >&2
exit 127
