"""A file copy over SMB 3, by Samba: what Hyper-V's SMB mode puts on the network."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import LabError, need, run
from pattern import pattern_bytes

TALK = Path(__file__).resolve().with_name("talk.py")
PORT = 445
CONTROL_PORT = 6600
PASSWORD = "lab"
FILE = "memory.bin"
CHUNK_BYTES = 1 << 20
PATIENCE_SECONDS = 120

CONFIGURATION = """[global]
  server role = standalone server
  netbios name = {host}
  smb ports = {port}
  server min protocol = SMB3
  load printers = no
  log file = {folder}/log
  private dir = {folder}
  lock directory = {folder}
  state directory = {folder}
  cache directory = {folder}
  pid directory = {folder}
  ncalrpc dir = {folder}/ncalrpc
[vmstore]
  path = {folder}/files
  read only = no
"""


@contextlib.contextmanager
def served(lab, host, folder):
    """Samba on a host while the block runs; its share is folder/files."""
    configuration = folder / "smb.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, host=host, port=PORT))
    (folder / "files").mkdir()
    run(["smbpasswd", "-c", configuration, "-a", "-s", "root"], input=f"{PASSWORD}\n" * 2)
    # smbd ends its whole process group when it ends, so it gets a session of its own.
    with lab.background(host, "smbd", "--foreground", "--no-process-group", "-s", configuration,
                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL, start_new_session=True):
        wait_for_port(lab, host, PORT)
        yield configuration


def wait_for_port(lab, host, port):
    listing = lab.on(host, "cat", "/proc/net/tcp", "/proc/net/tcp6")
    end = time.monotonic() + 20
    while not re.search(f":{port:04X} 0+:0000 0A ", run(listing)):  # local, remote, listening
        if time.monotonic() > end:
            raise LabError(f"nothing listens on {host}, port {port}")
        time.sleep(0.05)


@contextlib.contextmanager
def conversation(lab, source, destination, net):
    """A small exchange on TCP/6600 while the block runs: settings, then a few words at times."""
    peer = net.address(destination), str(CONTROL_PORT)
    with lab.background(destination, sys.executable, TALK, "listen", *peer):
        wait_for_port(lab, destination, CONTROL_PORT)
        with lab.background(source, sys.executable, TALK, "speak", *peer):
            time.sleep(0.5)
            yield


def content(pattern, length):
    """A file's bytes, chunk by chunk."""
    repeated = pattern_bytes(pattern)
    if repeated:
        repeated *= CHUNK_BYTES // len(repeated) + 1
    while length > 0:
        chunk = repeated or os.urandom(CHUNK_BYTES)
        yield chunk[:length]
        length -= len(chunk)


def copy(lab, source, destination, net, length, pattern, control):
    """Write a file from one host into a share of the other. Returns the facts."""
    need("samba", "samba-common-bin", "smbclient")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(
            tempfile.TemporaryDirectory(prefix="smb-", dir=lab.folder)))
        configuration = stack.enter_context(served(lab, destination, folder))
        if control:
            stack.enter_context(conversation(lab, source, destination, control))
        begin = time.time()
        client = stack.enter_context(lab.background(
            source, "smbclient", f"//{net.address(destination)}/vmstore", "-U", f"root%{PASSWORD}",
            "-s", configuration, "-c", f"put - {FILE}",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
        with contextlib.suppress(BrokenPipeError):
            for chunk in content(pattern, length):
                client.stdin.write(chunk)
        said = client.communicate(timeout=PATIENCE_SECONDS)[0].decode().splitlines()
        end = time.time()
        if client.returncode != 0 or (folder / "files" / FILE).stat().st_size != length:
            raise LabError(f"the copy failed: {said[-1] if said else 'smbclient said nothing'}")
    return {**net.facts(source, destination), "port": PORT, "begin": begin, "end": end,
            "file_bytes": length, "pattern": pattern,
            "control_network": control.name if control else None}
