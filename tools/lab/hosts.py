"""Two hosts out of network namespaces, joined by three networks."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from common import LabError, need, run

HOSTS = ("hv01", "hv02")
PREFIX = "lmlab-"
NAMESPACES = Path("/run/netns")  # where iproute2 keeps them

# A smaller burst cuts offloaded frames before the capture sees them, and misses the rate by far.
SHAPER = "tc qdisc add dev {} root tbf rate {} burst 256kb latency 30ms"


class Network(NamedTuple):
    name: str
    nic: str  # the same name on both hosts
    subnet: str
    subnet6: str
    mtu: int
    rate: str = ""

    def address(self, host, ipv6=False):
        """The first host has address 1, the second 2."""
        number = str(HOSTS.index(host) + 1)
        return self.subnet6.replace("/64", number) if ipv6 else self.subnet.replace("0/24", number)

    def facts(self, source, destination, ipv6=False):
        return {"from": source, "to": destination, "network": self.name,
                "source_address": self.address(source, ipv6),
                "destination_address": self.address(destination, ipv6)}


NETWORKS = (
    Network("Management", "mgmt0", "10.10.10.0/24", "fd00:10::/64", 1500, "1gbit"),
    Network("Storage1", "stor1", "10.20.0.0/24", "fd00:20::/64", 9000),
    Network("Heartbeat", "hb0", "10.30.0.0/24", "fd00:30::/64", 1500),
)
NETWORK_BY_NAME = {net.name: net for net in NETWORKS}


class Lab:
    """One lab by its id: the namespaces lmlab-ID-hv01 and lmlab-ID-hv02, and a folder."""

    def __init__(self, lab_id):
        self.id = lab_id
        self.folder = Path(tempfile.gettempdir(), PREFIX + lab_id)

    def namespace(self, host):
        return f"{PREFIX}{self.id}-{host}"

    def on(self, host, *argv):
        """The command line that runs argv on a host."""
        return ["ip", "netns", "exec", self.namespace(host), *argv]

    @contextlib.contextmanager
    def background(self, host, *argv, **options):
        """Run argv on a host while the block runs. It also ends when this program is killed."""
        tied = self.on(host, "setpriv", "--pdeathsig", "KILL", *argv)
        process = subprocess.Popen(tied, **options)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def connect(self):
        for host in HOSTS:
            run(["ip", "netns", "add", self.namespace(host)])
            run(self.on(host, "ip", "link", "set", "lo", "up"))
        first, second = map(self.namespace, HOSTS)
        for net in NETWORKS:
            run(["ip", "link", "add", net.nic, "netns", first, "type", "veth",
                 "peer", "name", net.nic, "netns", second])
            for host in HOSTS:
                self.configure(host, net)

    def configure(self, host, net):
        for command in (f"ip link set {net.nic} mtu {net.mtu} up",
                        f"ip address add {net.address(host)}/24 dev {net.nic}",
                        f"ip address add {net.address(host, ipv6=True)}/64 dev {net.nic} nodad",
                        net.rate and SHAPER.format(net.nic, net.rate)):
            if command:
                run(self.on(host, *command.split()))

    def remove(self):
        """End what runs on the hosts, then remove them. Right also for half a lab."""
        for host in HOSTS:
            namespace = self.namespace(host)
            if not (NAMESPACES / namespace).exists():
                continue
            for pid in run(["ip", "netns", "pids", namespace]).split():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
            run(["ip", "netns", "delete", namespace])
        shutil.rmtree(self.folder, ignore_errors=True)

    def counters(self, host):
        """Bytes received and sent by NIC, as the system counts them."""
        links = json.loads(run(self.on(host, "ip", "-s", "-j", "link")))
        return {link["ifname"]: (link["stats64"]["rx"]["bytes"], link["stats64"]["tx"]["bytes"])
                for link in links}


def labs():
    """All labs of this machine, also what is left of dead ones."""
    names = {path.name.rpartition("-")[0] for path in NAMESPACES.glob(f"{PREFIX}*-hv0[12]")}
    folders = Path(tempfile.gettempdir()).glob(PREFIX + "*")
    names |= {path.name for path in folders if path.lstat().st_uid == 0}
    return [Lab(name.removeprefix(PREFIX)) for name in sorted(names)]


def choose(wanted):
    """The lab that is meant: the one named, else the only one."""
    found = [lab for lab in labs() if wanted in (None, lab.id)]
    if len(found) > 1:
        names = ", ".join(lab.id for lab in found)
        raise LabError(f"several labs are up ({names}): choose one with --lab")
    if not found:
        raise LabError(f"no lab '{wanted}' is up" if wanted else "no lab is up: 'lab up' makes one")
    return found[0]


@contextlib.contextmanager
def made(lab_id, stays=False):
    """A new lab. It is removed after the block, unless it stays; also when something fails."""
    need("iproute2", "util-linux")
    lab = Lab(lab_id)
    if lab.folder.exists():
        raise LabError(f"lab '{lab_id}' exists: 'lab down --lab {lab_id}' removes it")
    lab.folder.mkdir(0o700)
    try:
        lab.connect()
        yield lab
    except BaseException:
        lab.remove()
        raise
    if not stays:
        lab.remove()
