#!/bin/bash
# Checks that clang-format would change nothing. Versions lay code out differently, so only version
# 14 (Debian 12's) counts; without it the check is skipped (exit code 77, as test runners take it).
# Arguments are files; by default all C files of the tree.
cd "$(dirname "$0")/.." || exit 2
tool=$(command -v clang-format-14 || command -v clang-format)
if [ -z "$tool" ] || ! "$tool" --version | grep -q 'version 14\.'; then
  echo 'clang-format 14 is not installed: not checked'
  exit 77
fi
if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(find . -path "./build*" -prune -o -name "*.[ch]" -print | sort)
fi
"$tool" --dry-run --Werror "${files[@]}" && echo "${#files[@]} files as clang-format lays them out"
