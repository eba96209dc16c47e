#!/bin/bash
# Installs what is missing (apt-get, as root or through sudo), builds lmpath four times and runs all
# tests: gcc with sanitizers, clang, gcc optimized, and mingw-w64 under Wine. Needs Debian 12 or
# Ubuntu 24.04, or later. The builds are kept, so a second run only builds what changed. Where systemd
# runs, Debian starts the services of two of the packages, samba and prometheus: stop them if unwanted.
#
#   tools/test.sh           everything
#   tools/test.sh --quick   the sanitizer build alone
#
# The last line is "tests: N passed, N failed"; the exit code is 0 when none failed.
source "$(dirname "$0")/common.sh"

quick=no
case "$*" in
'') ;;
--quick) quick=yes ;;
*)
  printf 'usage: tools/test.sh [--quick]\n' >&2
  exit 2
  ;;
esac
failed_steps=0
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 \
  UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 LC_ALL=C.UTF-8

# build_and_test NAME DIR TEST-ARGUMENTS -- SETUP-ARGUMENTS
build_and_test() {
  local name=$1 dir=$2 test_args=()
  shift 2
  while [ "$1" != -- ]; do
    test_args+=("$1")
    shift
  done
  shift
  rm -f "$dir/meson-logs/testlog.json"
  if ! step "$name: build" build "$dir" "$@"; then
    failed_steps=$((failed_steps + 1))
    return
  fi
  step "$name: test" meson test -C "$dir" --no-rebuild --print-errorlogs "${test_args[@]}" ||
    count_step "$dir"
}

# count_step DIR - what failed is counted from meson's log; a failure that is not in it counts here.
count_step() {
  if [ ! -s "$1/meson-logs/testlog.json" ] || python3 tools/test_summary.py "$1" >/dev/null; then
    failed_steps=$((failed_steps + 1))
  fi
}

build() {
  local dir=$1
  shift
  configure "$dir" "$@" && ninja -C "$dir"
}

builds=(build-asan)
if [ $quick = yes ]; then
  install_packages "${build_packages[@]}" libcriterion-dev python3 python3-jsonschema
else
  install_packages "${build_packages[@]}" "${windows_packages[@]}" "${test_packages[@]}" \
    "${lab_packages[@]}"
  mapfile -t browser < <(browser_packages)
  install_packages "${browser[@]}"
fi

# Warnings are errors with Debian 12's compilers; those to come will have new ones.
export werror=false
[ "$(gcc -dumpversion)" != 12 ] || werror=true

build_and_test 'gcc with sanitizers' build-asan -- -Db_sanitize=address,undefined
if [ $quick = no ]; then
  builds+=(build-clang build-release build-windows)
  CC=clang build_and_test 'clang, fuzzing' build-clang --suite unit --suite fuzz -- -Dfuzz=true \
    -Db_lundef=false -Db_sanitize=address,undefined
  build_and_test 'gcc, optimized' build-release --no-suite style -- --buildtype=release

  rm -f build-windows/meson-logs/testlog.json
  if tools/windows/build.sh; then
    step 'Windows: test under Wine' tools/windows/test.sh || count_step build-windows
  else
    failed_steps=$((failed_steps + 1))
  fi
fi

python3 tools/test_summary.py --failed-steps "$failed_steps" "${builds[@]}"
