# Shared by the scripts in this folder; source it. Leaves the shell in the tree's root.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# What a build of lmpath needs, as Debian 12 and Ubuntu 24.04 (and later) name it.
build_packages=(gcc libc6-dev libcap-dev libjansson-dev liblz4-dev libminizip-dev libpcap-dev
  libseccomp-dev libssl-dev libuv1-dev libzstd-dev meson ninja-build pkg-config zlib1g-dev)

# What the Windows build needs beyond that, and what the tests do.
windows_packages=(gcc-mingw-w64-x86-64-win32 libz-mingw-w64-dev xz-utils)
test_packages=(clang clang-format cmark-gfm libclang-rt-dev libcriterion-dev libreoffice-writer-nogui
  poppler-utils prometheus python3 python3-docx python3-jsonschema scdoc tshark wine64)
# what tools/lab makes hosts, virtual machines and shares of
lab_packages=(iproute2 qemu-system-x86 samba samba-common-bin smbclient tcpdump util-linux)

# browser_packages - what draws and judges the report's page, of that what is missing and can be had:
# Ubuntu has Chromium as a snap alone, and npm may have come with a node that is not Debian's.
browser_packages() {
  local name
  for name in chromium npm; do
    if ! command -v "$name" >/dev/null && apt-cache show "$name" >/dev/null 2>&1; then
      printf '%s\n' "$name"
    fi
  done
}

# step NAME COMMAND... - run a command, its output in a log; one line for the reader, with the time.
# A failure shows the end of the log ($step_tail lines) and returns the command's status.
step() {
  local name=$1 log start=$SECONDS status=0
  shift
  mkdir -p build-logs
  log=build-logs/$(tr -cs 'a-z0-9' '-' <<<"${name,,}" | sed 's/-*$//').log
  printf '%-52s' "$name"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" -eq 0 ]; then
    printf ' ok      %4d s\n' $((SECONDS - start))
    return 0
  fi
  printf ' FAILED  %4d s\n' $((SECONDS - start))
  printf '\nthe end of %s:\n' "$log"
  tail -n "${step_tail:-60}" "$log"
  printf '\n'
  return "$status"
}

# is_installed PACKAGE - a package of any architecture counts.
is_installed() {
  dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# install_packages PACKAGE... - by apt-get, as root or through sudo; nothing when all are there.
install_packages() {
  local package sudo=() missing=()
  for package; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    not_installed 'no apt-get here; install what this system calls' "${missing[@]}"
  elif [ "$(id -u)" -ne 0 ]; then
    # asks for a password here, not in the middle of a step's line; sudo -v would ask where none is needed
    if ! command -v sudo >/dev/null || ! sudo true; then
      not_installed 'no right to install; as root: apt-get install' "${missing[@]}"
    fi
    sudo=(sudo)
  fi
  step_tail=10 step "install ${#missing[@]} packages" apt_install "${missing[@]}" ||
    not_installed 'when apt-get can fetch them, try again; it is to install' "${missing[@]}"
}

# not_installed WHAT-TO-DO PACKAGE... - the last line for the reader; ends the script.
not_installed() {
  printf 'packages are missing: %s %s\n' "$1" "${*:2}" >&2
  exit 2
}

apt_install() {
  local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300)
  "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$@"
}

# configure DIR OPTION... - set a build folder up once; later runs only re-read changed files.
# Warnings are errors only where the caller says werror=true.
configure() {
  local dir=$1
  shift
  [ -e "$dir/build.ninja" ] || meson setup "$dir" -Dwerror="${werror:-false}" "$@"
}
