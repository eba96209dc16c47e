#!/bin/bash
# Installs what a build needs (apt-get, as root or through sudo), builds lmpath into build/ and asks
# it which network carried the memory in two real captures. Needs Debian 12 or Ubuntu 24.04, or
# later. A second run only builds what changed.
source "$(dirname "$0")/common.sh"

if [ $# -gt 0 ]; then
  printf 'usage: tools/demo.sh\n' >&2
  exit 2
fi

build() {
  configure build --buildtype=release -Dtests=false && ninja -C build analyzers/lmpath
}

show() {
  printf '\n$ lmpath %s\n' "$*"
  # 1: the memory went the wrong way, which is an answer, too
  build/analyzers/lmpath "$@" || [ $? -eq 1 ]
}

install_packages "${build_packages[@]}"
step 'build lmpath' build
show analyze -n Management=10.10.10.0/24 -n Storage1=10.20.0.0/24 -e Storage1 \
  fixtures/captures/a_right_storage/hv01-all.pcapng.zst
show analyze -n Management=10.10.10.0/24 -n Storage1=10.20.0.0/24 -e Storage1 \
  fixtures/captures/b_wrong_management/hv01-all.pcapng.gz
