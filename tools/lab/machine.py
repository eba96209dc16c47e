"""Virtual machines and their live migration, by QEMU."""

import contextlib
import json
import math
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

from common import LabError, need, run
from pattern import pattern_bytes

HERE = Path(__file__).resolve().parent
PORT = 6600
MEMORY_MIN, MEMORY_MAX = 64 << 20, 2 << 30  # a 32-bit guest that fills from 16 MiB on
PATTERN_MAX = 8 << 20  # it is loaded below these 16 MiB
POLL_SECONDS = 0.02
PATIENCE_SECONDS = 120
UNLIMITED = {"max-bandwidth": 1 << 40, "downtime-limit": 300}
GUEST = "guest.elf"
ACCELERATOR = "accelerator"


def prepare(lab):
    """Build the guest and choose how it runs. Some machines have KVM's device alone: try it."""
    need("gcc", "qemu-system-x86")
    run(["gcc", "-m32", "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-ffreestanding",
         "-fno-pic", "-no-pie", "-fno-stack-protector", "-nostdlib", "-static",
         "-Wl,--build-id=none", f"-Wl,-T,{HERE / 'guest.ld'}", "-o", str(lab.folder / GUEST),
         str(HERE / "guest.c")])
    choice = "tcg"
    if os.access("/dev/kvm", os.R_OK | os.W_OK):
        with contextlib.suppress(LabError), started(lab, "hv01", MEMORY_MIN, "kvm") as vm:
            vm.wait_for("TICK", patience=2)
            choice = "kvm"
    (lab.folder / ACCELERATOR).write_text(choice)
    return {"kvm": "KVM", "tcg": "software emulation"}[choice]


class Machine:
    """One running QEMU with the guest of guest.c."""

    def __init__(self, host, folder, process):
        self.host, self.folder, self.process = host, folder, process

    def read(self, name):
        return (self.folder / name).read_text(errors="replace")

    def ended(self):
        said = self.read("errors").strip().splitlines()
        return LabError(f"QEMU on {self.host} ended: {said[-1] if said else 'it said nothing'}")

    def answer(self, key="return"):
        """The next answer of QEMU; what it tells unasked is skipped."""
        for line in self.process.stdout:
            message = json.loads(line)
            if "error" in message:
                raise LabError(f"QEMU on {self.host}: {message['error']['desc']}")
            if key in message:
                return message[key]
        raise self.ended()

    def ask(self, command, **arguments):
        try:
            message = {"execute": command, "arguments": arguments}
            print(json.dumps(message), file=self.process.stdin, flush=True)
        except BrokenPipeError:
            raise self.ended() from None
        return self.answer()

    def ticks(self):
        return [int(tick, 16) for tick in re.findall(r"^TICK (\w{8})$", self.read("serial"), re.M)]

    def wait_for(self, expression, patience=PATIENCE_SECONDS):
        """Wait for something on the serial line, return it."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            match = re.search(expression, self.read("serial"), re.M | re.S)
            if match:
                return match
            if self.process.poll() is not None:
                raise self.ended()
            time.sleep(POLL_SECONDS)
        raise LabError(f"the guest on {self.host} told no '{expression}' in {patience} s")


@contextlib.contextmanager
def started(lab, host, memory, accelerator, pattern=None, incoming=False):
    """A virtual machine on a host while the block runs."""
    arguments = ["qemu-system-x86_64", "-machine", f"pc,accel={accelerator}", "-m",
                 f"{memory >> 20}M", "-nodefaults", "-no-user-config", "-display", "none",
                 "-serial", "file:serial", "-qmp", "stdio", "-kernel", GUEST]
    with tempfile.TemporaryDirectory(prefix=f"vm-{host}-", dir=lab.folder) as name:
        folder = Path(name)
        # QEMU copies the names of its files into guest memory: relative ones keep the paths of this
        # machine out of the migration stream.
        os.link(lab.folder / GUEST, folder / GUEST)
        (folder / "serial").touch()
        if pattern:
            (folder / "pattern").write_bytes(pattern)
            arguments += ["-initrd", "pattern"]
        if incoming:
            arguments += ["-incoming", "defer"]
        with open(folder / "errors", "w") as errors, lab.background(
                host, *arguments, cwd=folder, text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=errors) as process:
            machine = Machine(host, folder, process)
            machine.answer("QMP")
            machine.ask("qmp_capabilities")
            yield machine


class Migration:
    """One virtual machine on its way: QEMU on both hosts, and what became of it."""

    def __init__(self, name, source, destination, net, ipv6, cancel_after):
        self.source, self.destination = source, destination
        self.cancel_after = math.inf if cancel_after is None else cancel_after
        self.facts = {"vm": name, **net.facts(source.host, destination.host, ipv6), "port": PORT}
        address = self.facts["destination_address"]
        self.uri = f"tcp:[{address}]:{PORT}" if ipv6 else f"tcp:{address}:{PORT}"

    def start(self):
        self.source.ask("migrate-set-parameters", **UNLIMITED)
        self.destination.ask("migrate-incoming", uri=self.uri)
        self.begin = time.time()
        self.cancel_at = self.begin + self.cancel_after
        self.source.ask("migrate", uri=self.uri)

    def moving(self):
        told = self.source.ask("query-migrate")
        status, now = told["status"], time.time()
        if "ram" in told:  # gone after an abort: then the last one stays
            self.facts["ram_transferred_bytes"] = told["ram"]["transferred"]
        if now >= self.cancel_at:
            self.source.ask("migrate_cancel")
            self.cancel_at = math.inf
        if status not in ("completed", "failed", "cancelled"):
            if now > self.begin + PATIENCE_SECONDS:
                raise LabError(f"'{self.facts['vm']}' did not arrive in {PATIENCE_SECONDS} s")
            return True
        if status == "completed" and not told.get("total-time"):
            return True  # QEMU says so an instant before it knows the totals
        self.facts |= {"status": status, "begin": self.begin, "end": now,
                       "total_ms": told.get("total-time"), "downtime_ms": told.get("downtime")}
        return False

    def prove(self):
        """The guest goes on where it should, with the memory that it had."""
        facts, moved = self.facts, self.facts["status"] == "completed"
        holder = self.destination if moved else self.source
        # A check that began before the move says nothing: only one that follows a tick counts.
        seen = 0 if moved else len(holder.read("serial"))
        check = holder.wait_for(r"\A.{%d}.*?^TICK \w{8}\n.*?^CHECK (\w+)$" % seen)
        facts |= {"runs_on": holder.host, "memory": check[1],
                  "last_tick_on_source": self.source.ticks()[-1],
                  "first_tick_on_destination": self.destination.ticks()[0] if moved else None}
        if facts["status"] != ("completed" if self.cancel_after == math.inf else "cancelled"):
            return f"'{facts['vm']}': the migration {facts['status']}"
        if facts["memory"] != "ok":
            return f"'{facts['vm']}': its memory is not what it was"
        if moved and self.destination.ticks()[0] - self.source.ticks()[-1] not in (0, 1, 2):
            return f"'{facts['vm']}': it did not go on where it was"
        return None


def migrate(lab, vms, source, destination, ipv6, cancel_after, memory, pattern):
    """
    Move virtual machines at the same time. vms are pairs of a name and a network.
    Returns the facts, and what is wrong with them or None.
    """
    need("qemu-system-x86")
    if not MEMORY_MIN <= memory <= MEMORY_MAX:
        raise LabError("--memory must be between 64M and 2G")
    data = pattern_bytes(pattern)
    if data and len(data) > PATTERN_MAX:
        raise LabError(f"'{pattern}' is above {PATTERN_MAX >> 20} MiB")
    accelerator = (lab.folder / ACCELERATOR).read_text()
    migrations = []
    with contextlib.ExitStack() as stack:
        for name, net in vms:
            here, there = (stack.enter_context(
                started(lab, host, memory, accelerator, data, host == destination))
                for host in (source, destination))
            migrations.append(Migration(name, here, there, net, ipv6, cancel_after))
        for migration in migrations:
            migration.source.wait_for("^TICK 00000002$")
        for migration in migrations:
            migration.start()
        moving = migrations
        while moving:
            time.sleep(POLL_SECONDS)
            moving = [migration for migration in moving if migration.moving()]
        complaints = [migration.prove() for migration in migrations]
    facts = {"migrations": [migration.facts for migration in migrations], "memory_bytes": memory,
             "pattern": pattern, "accelerator": accelerator}
    return facts, next(filter(None, complaints), None)
