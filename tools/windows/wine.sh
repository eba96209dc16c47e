#!/bin/bash
# wine.sh PROGRAM.exe ARGUMENT... - run a Windows program, quietly and without a screen. Meson runs
# the tests of the Windows build through this. Wine's own files (700 MB) go to build-windows/wine.
# wine.sh --start makes them, and keeps Wine's server for the programs to come (each starts ten times
# faster then) until wine.sh --stop. LMPATH_WINE names another folder for them: a server stays in the
# network namespace where it was started. LMPATH_WINE_WITHOUT=wpcap hides that DLL.
root=$(cd "$(dirname "$0")/../.." && pwd)
export WINEPREFIX=${LMPATH_WINE:-$root/build-windows/wine} WINEARCH=win64 WINEDEBUG=-all \
  WINEDLLOVERRIDES="mscoree,mshtml=${LMPATH_WINE_WITHOUT:+;$LMPATH_WINE_WITHOUT=}" DISPLAY=
for folder in /usr/lib/wine /usr/lib/x86_64-linux-gnu/wine /opt/wine-stable/bin; do
  if [ -x "$folder/wine64" ]; then
    export WINESERVER=$folder/wineserver64
    [ -x "$WINESERVER" ] || WINESERVER=$folder/wineserver
    case $1 in
    --start)
      mkdir -p "$WINEPREFIX"
      "$WINESERVER" -p
      exec "$folder/wine64" wineboot -i
      ;;
    --stop)
      "$WINESERVER" -k
      exec "$WINESERVER" -w
      ;;
    esac
    exec "$folder/wine64" "$@"
  fi
done
echo 'wine64 is not installed' >&2
exit 127
