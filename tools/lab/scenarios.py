"""Migrations that lmpath has to judge rightly, and the demonstration."""

import json
import math
import os
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import NamedTuple

from common import LabError
from hosts import NETWORKS, made
from machine import prepare

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OBSERVER = "hv01"  # the host that captures
INTENDED = "Storage1"
SNAP_BYTES = 128

# QEMU's figure is memory alone: device state and stream framing come on top of it.
FRAMING_MIN, FRAMING_MAX = 100_000, 130_000
UNSENT_MAX = 8 << 20  # what an abort may leave in the socket's buffer
TOLERANCE = 0.02
QUIET_BYTES = 64 << 10  # neighbour discovery and acknowledgements on a network without the memory


class Scenario(NamedTuple):
    command: str
    verdict: str
    status: int


SCENARIOS = {
    "right": Scenario("migrate --network Storage1", "right-network", 0),
    "wrong": Scenario("migrate --network Management", "wrong-network", 1),
    "split": Scenario("migrate --vm vm01 --network Storage1 --vm vm02 --network Management",
                      "split-networks", 1),
    "aborted": Scenario("migrate --network Management --cancel-after 0.5", "wrong-network", 1),
    "ipv6": Scenario("migrate --network Storage1 --ipv6", "right-network", 0),
    "reverse": Scenario("migrate --network Storage1 --from hv02", "right-network", 0),
    "smb": Scenario("smb-copy --network Storage1 --control Management", "right-network", 0),
    "smb-alone": Scenario("smb-copy --network Storage1", "inconclusive", 3),
}


class Observation(NamedTuple):
    status: int  # lmpath's exit status
    text: str
    result: dict
    facts: dict  # what the lab knows to be true
    rise: dict  # of the counters, by NIC: bytes received and sent


def find_lmpath(given):
    """The program given, else the newest built here, else the one in PATH."""
    built = ROOT.glob("build*/analyzers/lmpath")
    found = shutil.which(given or max(built, key=os.path.getmtime, default="lmpath"))
    if not found:
        raise LabError(f"no program '{given}'" if given else "no lmpath: build it, or use --lmpath")
    return os.path.realpath(found)


def observe(lab, lmpath, command, folder):
    """Record on the observing host while a command of the lab runs, and judge."""
    folder.mkdir(parents=True, exist_ok=True)
    session, facts, text, result = (folder / name for name in
                                    ("session", "facts.json", "verdict.txt", "result.json"))
    options = ["-w", session, "-s", str(SNAP_BYTES), "-e", INTENDED]
    for net in NETWORKS:
        options += ["-n", f"{net.name}={net.subnet},{net.subnet6}"]
    for form, path in ("text", text), ("json", result):
        options += ["-f", form, "-o", path]
    before = lab.counters(OBSERVER)
    watched = [sys.executable, HERE / "lab", *command, "--lab", lab.id, "--facts", facts]
    judged = subprocess.run(lab.on(OBSERVER, lmpath, "run", *options, "--", *watched),
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    after = lab.counters(OBSERVER)
    if judged.returncode not in (0, 1, 3):
        said = (judged.stderr.strip() or f"exit status {judged.returncode}").splitlines()
        raise LabError(f"lmpath gave no verdict: {said[-1]}")
    seen = json.loads(result.read_text())
    rise = {nic: (after[nic][0] - before[nic][0], after[nic][1] - before[nic][1]) for nic in after}
    return Observation(judged.returncode, text.read_text(), seen, json.loads(facts.read_text()),
                       rise)


def disagreements(scenario, seen):
    """Where lmpath, QEMU or Samba, and the NICs' counters tell different stories."""
    verdict, connections = seen.result["verdict"], seen.result["connections"]
    if (verdict, seen.status) != (scenario.verdict, scenario.status):
        yield (f"verdict {verdict}, exit status {seen.status}; "
               f"right is {scenario.verdict}, {scenario.status}")
    moved = seen.facts.get("migrations", [seen.facts])
    for fact in moved:
        ends = fact["source_address"], fact["destination_address"], fact["port"]
        stream = sum(c["client_to_server"]["stream_bytes"] for c in connections
                     if (c["client"], c["server"], c["server_port"]) == ends)
        truth = fact.get("file_bytes") or fact["ram_transferred_bytes"]
        if "file_bytes" in fact:
            agrees = math.isclose(stream, truth, rel_tol=TOLERANCE)
        elif fact["status"] == "completed":
            agrees = FRAMING_MIN <= stream - truth <= FRAMING_MAX
        else:
            agrees = 0 < stream and truth - UNSENT_MAX <= stream
        if not agrees:
            yield f"lmpath counts {stream} bytes on {fact['network']}, sent were {truth}"
    direction = 1 if moved[0]["from"] == OBSERVER else 0
    for net in NETWORKS:
        counted = seen.rise[net.nic][direction]
        streams = [c["client_to_server"] for c in connections if c["network"] == net.name]
        on_wire = sum(s["stream_bytes"] + s["retransmitted_bytes"] for s in streams)
        if not math.isclose(on_wire, counted, rel_tol=TOLERANCE, abs_tol=QUIET_BYTES):
            yield f"lmpath counts {on_wire} bytes on {net.name}, the NIC {counted}"


def test(names, lmpath, keep):
    """Returns 0 when every scenario was judged rightly."""
    lmpath = find_lmpath(lmpath)
    unknown = [name for name in names if name not in SCENARIOS]
    if unknown:
        raise LabError(f"no scenario '{unknown[0]}': there are {', '.join(SCENARIOS)}")
    chosen, failed = names or list(SCENARIOS), 0
    with made(str(os.getpid())) as lab:
        print(f"virtual machines run by {prepare(lab)}", flush=True)
        for name in chosen:
            scenario, begin = SCENARIOS[name], time.monotonic()
            try:
                seen = observe(lab, lmpath, scenario.command.split(),
                               Path(keep or lab.folder, name))
                found = list(disagreements(scenario, seen))
            except (LabError, subprocess.CalledProcessError) as error:
                found = [str(error)]
            failed += bool(found)
            print(f"{'FAILED' if found else 'ok':8}{name:12}{scenario.verdict:16}"
                  f"{time.monotonic() - begin:5.1f} s", flush=True)
            for line in found:
                print(f"        {line}", flush=True)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed else 0


DEMO = {
    "Management": "A virtual machine moves from hv01 to hv02. Nobody told the hosts which network\n"
                  "to use: its memory goes over Management, and the migration succeeds.",
    "Storage1": "The same virtual machine moves again, now over Storage1.",
}


def demo(memory, lmpath, keep):
    lmpath = find_lmpath(lmpath)
    with made(str(os.getpid())) as lab:
        print(f"Two hosts, hv01 and hv02, are up. Virtual machines run by {prepare(lab)}.")
        for net in NETWORKS:
            print(f"  {net.name:12}{net.subnet:16}{net.rate or 'no limit'}")
        for name, story in DEMO.items():
            print(f"\n{story}\n", flush=True)
            command = ["migrate", "--network", name, "--memory", f"{memory >> 20}M"]
            seen = observe(lab, lmpath, command, Path(keep or lab.folder, name))
            fact = seen.facts["migrations"][0]
            print(f"  QEMU says: {fact['status']} in {fact['total_ms'] / 1000:.1f} s, "
                  f"{fact['ram_transferred_bytes'] / 2**20:.0f} MiB of memory")
            print(f"  lmpath says, with exit status {seen.status}:\n")
            print(textwrap.indent(seen.text.rstrip(), "    "), flush=True)
