"""Packets and capture files with known content, from nothing but the standard library.

Three layers: functions that build headers (ethernet(), gre(), ...), Talk for one TCP connection
whose packets are told by stream offset, and pcap()/pcapng() that turn frames into a file's bytes.
Frames hold headers only unless told otherwise; their original length counts the payload in full, as
in a capture with a short snap length.
"""
import bisect
import dataclasses
import functools
import ipaddress
import struct

FIN, SYN, RST, PSH, ACK, URG = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
CLIENT, SERVER = 0, 1

IPV4, IPV6, VLAN, VLAN_SERVICE, BRIDGED = 0x0800, 0x86DD, 0x8100, 0x88A8, 0x6558
HOP_BY_HOP, TCP, UDP, FRAGMENT, GRE, DESTINATION_OPTIONS = 0, 6, 17, 44, 47, 60

# https://www.tcpdump.org/linktypes.html
LINK_NULL, LINK_ETHERNET, LINK_PPP, LINK_RAW_BSD, LINK_PPP_HDLC = 0, 1, 9, 12, 50
LINK_RAW, LINK_LOOP, LINK_SLL, LINK_IPV4, LINK_IPV6, LINK_NFLOG = 101, 108, 113, 228, 229, 239
LINK_SLL2 = 276

START_NS = 1_700_000_000 * 10**9
MILLISECOND = 10**6


@functools.cache
def packed(address):
    return ipaddress.ip_address(address).packed


# --- headers: what stands before an IP packet of ip_bytes ----------------------------------------


def ethernet(*tags):
    """Ethernet with 802.1Q tags given as VLAN ids or (ethertype, id)."""
    def wrap(ether_type, ip_bytes):
        del ip_bytes
        header = bytes.fromhex('0215 5d00 0200 0215 5d00 0100')
        for tag in tags:
            kind, vid = tag if isinstance(tag, tuple) else (VLAN, tag)
            header += struct.pack('!HH', kind, vid)
        return header + struct.pack('!H', ether_type)
    return wrap


def raw(ether_type, ip_bytes):
    del ether_type, ip_bytes
    return b''


def sll(ether_type, ip_bytes):
    del ip_bytes
    return struct.pack('!HHH8sH', 4, 1, 6, bytes(8), ether_type)


def sll2(ether_type, ip_bytes):
    del ip_bytes
    return struct.pack('!HHIHBB8s', ether_type, 0, 3, 1, 4, 6, bytes(8))


def null(order='<', family_v6=24):
    """BSD loopback: the address family in the capturing host's order; IPv6 differs by system."""
    def wrap(ether_type, ip_bytes):
        del ip_bytes
        return struct.pack(order + 'I', 2 if ether_type == IPV4 else family_v6)
    return wrap


def loop(ether_type, ip_bytes):
    del ip_bytes
    return struct.pack('!I', 2 if ether_type == IPV4 else 24)


def ppp(prefix=b''):
    def wrap(ether_type, ip_bytes):
        del ip_bytes
        return prefix + struct.pack('!H', 0x0021 if ether_type == IPV4 else 0x0057)
    return wrap


def nflog(ether_type, ip_bytes):
    """A prefix text and then the packet, as TLVs (type 10, type 9), each with its own length."""
    family = 2 if ether_type == IPV4 else 10
    return (struct.pack('!BBH', family, 0, 1) + struct.pack('<HH5s3x', 9, 10, b'test\0')
            + struct.pack('<HH', 4 + ip_bytes, 9))


def ipv4(source, destination, protocol, payload_bytes, *, ip_id=0, total_bytes=None,
         fragment=0x4000, options=b''):
    header_bytes = 20 + len(options)
    if total_bytes is None:
        total_bytes = header_bytes + payload_bytes
    return struct.pack('!BBHHHBBH4s4s', 0x40 | header_bytes // 4, 0, total_bytes, ip_id, fragment,
                       64, protocol, 0, packed(source), packed(destination)) + options


def ipv6(source, destination, protocol, payload_bytes, *, total_bytes=None, extensions=()):
    """extensions: (number, bytes from the third byte on, filled to 8 bytes)."""
    chain = b''
    for i, (_, body) in enumerate(extensions):
        following = extensions[i + 1][0] if i + 1 < len(extensions) else protocol
        chain += struct.pack('!BB', following, (2 + len(body)) // 8 - 1) + body
    if total_bytes is None:
        total_bytes = len(chain) + payload_bytes
    first = extensions[0][0] if extensions else protocol
    return struct.pack('!IHBB16s16s', 6 << 28, total_bytes, first, 64, packed(source),
                       packed(destination)) + chain


def in_ip(protocol, inner, *, link=ethernet()):
    """A tunnel: inner(ether_type, ip_bytes) is what stands between outer IP and inner packet."""
    def wrap(ether_type, ip_bytes):
        between = inner(ether_type, ip_bytes)
        outer = ipv4('192.0.2.1', '192.0.2.2', protocol, len(between) + ip_bytes, ip_id=7)
        return link(IPV4, len(outer) + len(between) + ip_bytes) + outer + between
    return wrap


def gre(*, key=None, bridged=False):
    def inner(ether_type, ip_bytes):
        header = struct.pack('!HH', 0x2000 if key is not None else 0,
                             BRIDGED if bridged else ether_type)
        if key is not None:
            header += struct.pack('!I', key)
        return header + (ethernet()(ether_type, ip_bytes) if bridged else b'')
    return in_ip(GRE, inner)


def erspan2(session, *tags):
    def inner(ether_type, ip_bytes):
        return (struct.pack('!HHI', 0x1000, 0x88BE, 1) + struct.pack('!HHI', 0x1000, session, 0)
                + ethernet(*tags)(ether_type, ip_bytes))
    return in_ip(GRE, inner)


def erspan3(session, *tags, platform=False):
    def inner(ether_type, ip_bytes):
        return (struct.pack('!HHI', 0x1000, 0x22EB, 1)
                + struct.pack('!HHIHH', 0x2000, session, 0, 0, 1 if platform else 0)
                + (bytes(8) if platform else b'') + ethernet(*tags)(ether_type, ip_bytes))
    return in_ip(GRE, inner)


def vxlan(vni):
    def inner(ether_type, ip_bytes):
        bridged = ethernet()(ether_type, ip_bytes)
        return (struct.pack('!HHHH', 40000, 4789, 16 + len(bridged) + ip_bytes, 0)
                + struct.pack('!II', 0x08000000, vni << 8) + bridged)
    return in_ip(UDP, inner)


def geneve(vni, options=b''):
    def inner(ether_type, ip_bytes):
        bridged = ethernet()(ether_type, ip_bytes)
        head = struct.pack('!BBHI', len(options) // 4, 0, 0x6558, vni << 8) + options + bridged
        return struct.pack('!HHHH', 40000, 6081, 8 + len(head) + ip_bytes, 0) + head
    return in_ip(UDP, inner)


def behind(ether_type, head, inner=raw):
    """Ethernet whose type leads to a header of its own, which ends in the next type where it has
    one: what switches' tags, MPLS and 802.1ah look like."""
    def frame(next_type, ip_bytes):
        tag = head(next_type) if callable(head) else head
        return ethernet()(ether_type, 0) + tag + inner(next_type, ip_bytes)
    return frame


def mpls(*labels, inner=raw, control_word=b''):
    stack = b''.join(struct.pack('!I', label << 12 | (i == len(labels) - 1) << 8 | 64)
                     for i, label in enumerate(labels))
    return behind(0x8847, stack + control_word, inner)


def vntag(next_type):
    return struct.pack('!IH', 0x00110022, next_type)


def etag(next_type):
    return struct.pack('!IHH', 0x20110022, 0, next_type)


def sgt_tag(next_type):
    return struct.pack('!IHH', 0x01010001, 7, next_type)


def backbone(service):
    return behind(0x88E7, struct.pack('!I', service), ethernet())


# --- one connection ------------------------------------------------------------------------------


@dataclasses.dataclass
class Frame:
    time_ns: int
    data: bytes
    wire_bytes: int
    nic: int = 0


@dataclasses.dataclass
class Sent:
    """What one side sent, counted as it was sent."""
    packets: int = 0
    wire_bytes: int = 0


class Talk:
    """One TCP connection. Offsets count the stream's bytes from 0; each millisecond has a frame.

    Each IPv4 packet gets the next IP id of its sender, as real stacks do.
    """

    def __init__(self, client=('10.20.0.1', 50000), server=('10.20.0.2', 6600), *,
                 isn=(1000, 9000), link=ethernet(), start_ns=START_NS, step_ns=MILLISECOND, nic=0):
        self.ends = (client, server)
        self.isn = isn
        self.link = link
        self.now_ns = start_ns
        self.step_ns = step_ns
        self.nic = nic
        self.frames = []
        self.sent = (Sent(), Sent())
        self.next = [0, 0]
        self.ip_id = [100, 7000]

    @property
    def key(self):
        return self.ends[CLIENT] + self.ends[SERVER]

    @property
    def is_v6(self):
        return ':' in self.ends[CLIENT][0]

    def segment(self, side, offset, flags, *, ack=None, options=b'', window=500, urgent=0):
        """A TCP header. ack: offset in the peer's stream, by default behind all that it sent."""
        if ack is None:
            ack = self.next[1 - side]
        number = (self.isn[1 - side] + 1 + ack) % 2**32 if flags & ACK else 0
        return struct.pack('!HHIIBBHHH', self.ends[side][1], self.ends[1 - side][1],
                           (self.isn[side] + 1 + offset) % 2**32, number,
                           (20 + len(options)) // 4 << 4, flags, window, 0, urgent) + options

    def send(self, side, n_bytes=0, flags=ACK, *, offset=None, ip_id=None, ip=None, link=None,
             nic=None, captured_payload=0, trailer=0, advance=True, lost=False, **tcp):
        """Send a packet and capture it, unless the capture lost it.

        ip: more arguments for ipv4() or ipv6(). tcp: more arguments for segment().
        """
        if offset is None:
            offset = self.next[side]
        # a SYN takes the number before the stream's first byte
        header = self.segment(side, offset - 1 if flags & SYN else offset, flags, **tcp)
        if advance:
            self.next[side] = max(self.next[side], offset + n_bytes)
        if lost:
            return None
        return self.put(side, header, n_bytes, TCP, ip_id=ip_id, ip=ip, link=link, nic=nic,
                        captured_payload=captured_payload, trailer=trailer)

    def put(self, side, header, n_bytes, protocol, *, ip_id=None, ip=None, link=None, nic=None,
            captured_payload=0, trailer=0, is_counted=True):
        """Capture an IP packet of `header` and n_bytes more."""
        ip = dict(ip or {})
        source, destination = self.ends[side][0], self.ends[1 - side][0]
        if self.is_v6:
            ip_header = ipv6(source, destination, protocol, len(header) + n_bytes, **ip)
        else:
            if ip_id is None:
                ip_id = self.ip_id[side] = (self.ip_id[side] + 1) % 2**16
            ip_header = ipv4(source, destination, protocol, len(header) + n_bytes, ip_id=ip_id,
                             **ip)
        ip_bytes = len(ip_header) + len(header) + n_bytes
        data = ((link or self.link)(IPV6 if self.is_v6 else IPV4, ip_bytes) + ip_header + header
                + bytes(captured_payload))
        wire_bytes = len(data) - captured_payload + n_bytes + trailer
        if captured_payload == n_bytes:
            data += b'\xee' * trailer
        frame = Frame(self.now_ns, data, wire_bytes, self.nic if nic is None else nic)
        self.now_ns += self.step_ns
        self.frames.append(frame)
        if is_counted:
            self.sent[side].packets += 1
            self.sent[side].wire_bytes += wire_bytes
        return frame

    def open(self, **more):
        """Three packets, no payload."""
        self.send(CLIENT, flags=SYN, **more)
        self.send(SERVER, flags=SYN | ACK, **more)
        self.send(CLIENT, **more)
        return self

    def data(self, n_bytes, **more):
        """The client sends."""
        return self.send(CLIENT, n_bytes, **more)

    def ack(self, offset=None, **more):
        """The server acknowledges the client's bytes below offset."""
        return self.send(SERVER, ack=offset, **more)

    def close(self):
        """Three packets; each FIN takes a number, no byte."""
        self.send(CLIENT, flags=FIN | ACK)
        self.send(SERVER, flags=FIN | ACK, ack=self.next[CLIENT] + 1)
        self.send(CLIENT, offset=self.next[CLIENT] + 1, ack=self.next[SERVER] + 1, advance=False)
        return self

    def again(self, frame, *, after_ns=1000, nic=None):
        """The very same bytes captured once more; not counted as sent."""
        copy = dataclasses.replace(frame, time_ns=frame.time_ns + after_ns,
                                   nic=frame.nic if nic is None else nic)
        self.frames.append(copy)
        return copy


# --- files ---------------------------------------------------------------------------------------

MICROSECONDS, NANOSECONDS, MODIFIED = 0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34


def pcap(frames, *, order='<', magic=MICROSECONDS, link_type=LINK_ETHERNET, snap=65535):
    out = bytearray(struct.pack(order + 'IHHiIII', magic, 2, 4, 0, 0, snap, link_type))
    unit = 1 if magic == NANOSECONDS else 1000
    for f in frames:
        data = f.data[:snap]
        out += struct.pack(order + 'IIII', f.time_ns // 10**9, f.time_ns % 10**9 // unit, len(data),
                           f.wire_bytes)
        if magic == MODIFIED:
            out += struct.pack(order + 'IHBB', f.nic, 0x0800, 0, 0)
        out += data
    return bytes(out)


@dataclasses.dataclass
class Nic:
    """An interface description: ticks is if_tsresol's byte, offset_s if_tsoffset."""
    name: str = ''
    link_type: int = LINK_ETHERNET
    snap: int = 0
    ticks: int = None
    offset_s: int = None
    addresses: tuple = ()
    more: tuple = ()

    def per_second(self):
        if self.ticks is None:
            return 10**6
        return 2**(self.ticks & 0x7F) if self.ticks & 0x80 else 10**self.ticks


def block(order, kind, body):
    body += bytes(-len(body) % 4)
    total = struct.pack(order + 'I', len(body) + 12)
    return struct.pack(order + 'I', kind) + total + body + total


def options(order, pairs):
    out = b''
    for code, value in pairs:
        out += struct.pack(order + 'HH', code, len(value)) + value + bytes(-len(value) % 4)
    return out + struct.pack(order + 'HH', 0, 0) if pairs else b''


def section_block(order='<', pairs=(), length=-1):
    return block(order, 0x0A0D0D0A,
                 struct.pack(order + 'IHHq', 0x1A2B3C4D, 1, 0, length) + options(order, pairs))


def nic_block(order, nic):
    pairs = []
    if nic.name:
        pairs.append((2, nic.name.encode()))
    for address in nic.addresses:
        a = ipaddress.ip_interface(address)
        if a.version == 4:
            pairs.append((4, a.packed + a.netmask.packed))
        else:
            pairs.append((5, a.packed + bytes([a.network.prefixlen])))
    if nic.ticks is not None:
        pairs.append((9, bytes([nic.ticks])))
    if nic.offset_s is not None:
        pairs.append((14, struct.pack(order + 'q', nic.offset_s)))
    return block(order, 1, struct.pack(order + 'HHI', nic.link_type, 0, nic.snap)
                 + options(order, pairs + list(nic.more)))


def time_halves(order, nic, time_ns):
    time = (time_ns - (nic.offset_s or 0) * 10**9) * nic.per_second() // 10**9
    return struct.pack(order + 'II', time >> 32, time & 0xFFFFFFFF)


def cut(nic, data):
    return data[:nic.snap] if nic.snap else data


def enhanced_block(order, nic, frame, pairs=()):
    data = cut(nic, frame.data)
    return block(order, 6, struct.pack(order + 'I', frame.nic)
                 + time_halves(order, nic, frame.time_ns)
                 + struct.pack(order + 'II', len(data), frame.wire_bytes) + data
                 + bytes(-len(data) % 4) + options(order, pairs))


def obsolete_block(order, nic, frame, drops=0xFFFF):
    data = cut(nic, frame.data)
    return block(order, 2, struct.pack(order + 'HH', frame.nic, drops)
                 + time_halves(order, nic, frame.time_ns)
                 + struct.pack(order + 'II', len(data), frame.wire_bytes) + data)


def simple_block(order, nic, frame):
    """Of the first interface, without a time."""
    data = cut(nic, frame.data)
    return block(order, 3, struct.pack(order + 'I', frame.wire_bytes) + data)


def statistics_block(order, nic_index, pairs):
    return block(order, 5, struct.pack(order + 'III', nic_index, 0, 0)
                 + options(order, [(code, struct.pack(order + 'Q', v)) for code, v in pairs]))


def pcapng(frames, nics=(Nic(),), *, order='<', packet=enhanced_block):
    return (section_block(order) + b''.join(nic_block(order, n) for n in nics)
            + b''.join(packet(order, nics[f.nic], f) for f in frames))


# --- an independent count ------------------------------------------------------------------------


class Ranges:
    """A set of byte offsets, kept as ranges in order that do not touch."""

    def __init__(self):
        self.starts = []
        self.ends = []

    def add(self, start, end):
        """Returns how many of the bytes were not in the set."""
        first = bisect.bisect_left(self.ends, start)
        behind = bisect.bisect_right(self.starts, end)
        had = sum(self.ends[first:behind]) - sum(self.starts[first:behind])
        if first < behind:
            start = min(start, self.starts[first])
            end = max(end, self.ends[behind - 1])
        self.starts[first:behind] = [start]
        self.ends[first:behind] = [end]
        return end - start - had

    def size(self):
        return sum(self.ends) - sum(self.starts)


class Count:
    """The counts of one direction: from offsets, whatever the order."""

    def __init__(self, has_syn=True):
        self.seen = Ranges()
        self.payload_bytes = 0
        self.retransmitted_bytes = 0
        self.acked = []
        self.has_syn = has_syn

    def data(self, offset, n_bytes):
        if n_bytes > 0:
            self.payload_bytes += n_bytes
            self.retransmitted_bytes += n_bytes - self.seen.add(offset, offset + n_bytes)

    def ack(self, offset):
        """What was acknowledged has passed, and so has what stands before a FIN."""
        self.acked.append(offset)

    def stream_bytes(self):
        """Without a SYN the stream starts with the lowest data seen, else the lowest ACK."""
        start = 0
        if not self.has_syn:
            start = min(self.seen.starts[:1] or self.acked, default=0)
        end = max([start] + self.acked + self.seen.ends[-1:])
        return end - start

    def expected(self):
        return {'payload_bytes': self.payload_bytes, 'stream_bytes': self.stream_bytes(),
                'retransmitted_bytes': self.retransmitted_bytes,
                'missing_bytes': self.stream_bytes() - self.seen.size()}
