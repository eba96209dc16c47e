#!/bin/bash
# wine.sh PROGRAM.exe ARGUMENT... - run a Windows program, quietly and without a screen. Meson runs
# the tests of the Windows build through this. Wine's own files (700 MB) go to build-windows/wine.
# wine.sh --start makes them, and keeps Wine's server for the programs to come (each starts ten times
# faster then) until wine.sh --stop. LMPATH_WINE names another folder for them: a server stays in the
# network namespace where it was started. LMPATH_WINE_WITHOUT=wpcap hides that DLL.
#
# Without address randomization: Linux else puts the heap anywhere in the GiB behind wine64, which is
# linked to a fixed address, and once in some 8,000 starts where Wine must have a page of its own
# (0x7ffe0000). Wine ends with 1 then, and with WINEDEBUG=-all it said nothing. A container may forbid
# this; Wine's one message about it is left on for that.
root=$(cd "$(dirname "$0")/../.." && pwd)
export WINEPREFIX=${LMPATH_WINE:-$root/build-windows/wine} WINEARCH=win64 WINEDEBUG=-all,err+virtual \
  WINEDLLOVERRIDES="mscoree,mshtml=${LMPATH_WINE_WITHOUT:+;$LMPATH_WINE_WITHOUT=}" DISPLAY=
steady=(setarch -R)
"${steady[@]}" true 2>/dev/null || steady=()
for folder in /usr/lib/wine /usr/lib/x86_64-linux-gnu/wine /opt/wine-stable/bin; do
  if [ -x "$folder/wine64" ]; then
    export WINESERVER=$folder/wineserver64
    [ -x "$WINESERVER" ] || WINESERVER=$folder/wineserver
    case $1 in
    --start)
      mkdir -p "$WINEPREFIX"
      "$WINESERVER" -p
      exec "${steady[@]}" "$folder/wine64" wineboot -i
      ;;
    --stop)
      "$WINESERVER" -k
      exec "$WINESERVER" -w
      ;;
    esac
    exec "${steady[@]}" "$folder/wine64" "$@"
  fi
done
echo 'wine64 is not installed' >&2
exit 127
