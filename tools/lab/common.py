"""What every part of the lab needs: errors, programs, sizes."""

import os
import re
import shutil
import subprocess

# Debian's packages, and the programs of them that the lab runs.
PACKAGES = {
    "gcc": ["gcc"],
    "iproute2": ["ip", "tc"],
    "qemu-system-x86": ["qemu-system-x86_64"],
    "samba": ["smbd"],
    "samba-common-bin": ["smbpasswd"],
    "smbclient": ["smbclient"],
    "util-linux": ["setpriv"],
}

# Administrators' programs are outside many users' PATH, and sudo keeps it so.
os.environ["PATH"] += ":/usr/sbin:/sbin"


class LabError(Exception):
    """Told as one line; exit status 1."""


def missing(packages):
    return [package for package in packages if not all(map(shutil.which, PACKAGES[package]))]


def need(*packages):
    absent = " ".join(missing(packages))
    if absent:
        raise LabError(f"missing packages: {absent} (install them, or run 'lab install')")


def install():
    packages = missing(PACKAGES)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in ["update"], ["install", "-y", "--no-install-recommends", *packages]:
        if packages and subprocess.run(["apt-get", *arguments], env=environment).returncode != 0:
            raise LabError(f"apt-get {arguments[0]} failed; needed are: {' '.join(packages)}")
    return f"installed: {' '.join(packages) or 'nothing, all is there'}"


def run(argv, **options):
    """Run a program to its end, return what it printed."""
    result = subprocess.run(argv, capture_output=True, text=True, **options)
    if result.returncode != 0:
        said = (result.stderr.strip() or result.stdout.strip() or "it said nothing").splitlines()
        raise LabError(f"'{' '.join(argv[:8])}' failed: {said[-1]}")
    return result.stdout


def size(text):
    """'256M' or '256MiB' as bytes."""
    match = re.fullmatch(r"([1-9][0-9]{0,5})([KMG])(i?B)?", text)
    if not match:
        raise ValueError(text)
    return int(match[1]) << {"K": 10, "M": 20, "G": 30}[match[2]]
