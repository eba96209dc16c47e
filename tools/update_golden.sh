#!/bin/bash
# update_golden.sh NAME... - rewrite what these golden cases expect, with a fresh build (a new case
# needs only its "cmd"; "tests/golden/*/" means all). Review the difference before committing it.
source "$(dirname "$0")/common.sh"

if [ $# -eq 0 ]; then
  printf 'usage: tools/update_golden.sh NAME...  (folders of tests/golden)\n' >&2
  exit 2
fi
configure build-release --buildtype=release >/dev/null
ninja -C build-release --quiet
cases=()
for name; do
  cases+=(--case "$(basename "$name")")
done
python3 tests/golden/run.py --update "${cases[@]}" build-release/analyzers/lmpath
git --no-pager diff --stat -- tests/golden
