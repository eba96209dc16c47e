#!/bin/bash
# Cross-builds lmpath.exe and its unit tests with mingw-w64, into build-windows. zlib comes as a
# Debian package; jansson, minizip, zstd, lz4 and libuv are built once, from the distribution's source
# packages.
source "$(dirname "$0")/../common.sh"

deps=$PWD/build-windows-deps
prefix=$deps/prefix

# The sources these builds were tried with. apt-get checks every download against the signed lists;
# this also tells when a distribution's source is not the one known here.
known_sources='
c739578bf6b764aa0752db9a2fdadcfe921c78f1228c7ec0bb47fa804c55d17b  jansson_2.14.orig.tar.gz
8cf4bbb65e77ec348d052c8d6230eba66d435bddf64c8b5be2fcb16880c19953  libzstd_1.5.4+dfsg2.orig.tar.xz
0b0e3aa07c8c063ddf40b082bdf7e37a1562bda40a0ff5272957f3e987e0e54b  lz4_1.9.4.orig.tar.gz
7d8da446d3b6799e7851f077a66551a46b80fc3de708549e79dbd3e49e842ba1  minizip_1.1.orig.tar.xz
d79b4b06ef04be85fb890bf39d55942cc64c2e15fd14eaa32dae5dce94485484  libuv1_1.44.2.orig.tar.gz'

# The machine's own package sources, as source lists, in a folder of our own: nothing in /etc or
# /var is touched, and no rights are needed.
fetch_sources() {
  local list
  mkdir -p apt/sources lists/partial cache/archives/partial
  for list in /etc/apt/sources.list.d/*.sources; do
    [ ! -e "$list" ] || sed -E 's/^Types:.*/Types: deb-src/' "$list" >"apt/sources/${list##*/}"
  done
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -e "$list" ] || sed -nE 's/^deb([[:space:]])/deb-src\1/p' "$list" \
      >"apt/sources/${list##*/}.list"
  done
  cat >apt/apt.conf <<CONF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$PWD/apt/sources";
Dir::State::lists "$PWD/lists";
Dir::Cache "$PWD/cache";
APT::Sandbox::User "";
CONF
  APT_CONFIG=$PWD/apt/apt.conf apt-get -q update
  APT_CONFIG=$PWD/apt/apt.conf apt-get -q source --download-only jansson libminizip-dev libzstd \
    lz4 libuv1
  rm -rf lists cache apt
}

unpack() {
  local name=$1 tarball=$2
  if grep -qF "  $tarball" <<<"$known_sources"; then
    grep -F "  $tarball" <<<"$known_sources" | sha256sum --check --strict
  else
    printf 'note: %s is not one of the versions known here\n' "$tarball"
  fi
  rm -rf "$name"
  mkdir "$name"
  tar -x --strip-components=1 -C "$name" -f "$tarball"
}

# minizip has a source package of its own, or comes with zlib's.
unpack_minizip() {
  if compgen -G 'minizip_*.orig.tar.*z*' >/dev/null; then
    unpack minizip minizip_*.orig.tar.*z*
    return
  fi
  unpack zlib zlib_*.orig.tar.*z*
  rm -rf minizip
  mv zlib/contrib/minizip minizip
}

build_deps() {
  # a changed recipe builds them again
  ! cmp -s "$PWD/tools/windows/deps/meson.build" "$prefix/recipe" || return 0
  mkdir -p "$deps"
  cd "$deps"
  fetch_sources
  unpack jansson jansson_*.orig.tar.*z
  unpack_minizip
  unpack zstd libzstd_*.orig.tar.*z
  unpack lz4 lz4_*.orig.tar.*z
  unpack libuv libuv1_*.orig.tar.*z
  rm -rf build "$prefix" ../build-windows # which remembers what it found
  cp ../tools/windows/deps/meson.build .
  meson setup build --cross-file ../tools/windows/cross.ini --prefix "$prefix" --libdir lib
  ninja -C build install
  cp meson.build "$prefix/recipe"
}

build_lmpath() {
  mkdir -p "$deps"
  cat >"$deps/local.ini" <<INI
[binaries]
exe_wrapper = '$PWD/tools/windows/wine.sh'

[properties]
skip_sanity_check = true
pkg_config_libdir = ['$prefix/lib/pkgconfig', '/usr/x86_64-w64-mingw32/lib/pkgconfig']
INI
  configure build-windows --cross-file tools/windows/cross.ini --cross-file "$deps/local.ini" \
    --buildtype=release
  ninja -C build-windows
}

# Inside step "set -e" is off, so each part runs in a shell of its own.
self=$PWD/tools/windows/build.sh
if [ $# -eq 1 ]; then
  "$1"
  exit
fi
install_packages "${build_packages[@]}" "${windows_packages[@]}"
step 'Windows: build jansson, minizip, zstd, lz4, libuv' "$self" build_deps
step 'Windows: build' "$self" build_lmpath
