#!/usr/bin/env python3
"""Make a fixture of a capture: no payload byte survives, every length stays as it was.

usage: strip_capture.py INPUT OUTPUT

Bytes behind the TCP header, behind the UDP header and behind an ICMP message's quoted headers
become zero; so does everything behind an IP header whose protocol is not known here. ARP, neighbour
discovery and the like carry nothing to hide and stay. The names of the capturing machine's
processor and kernel are taken out of a pcapng. Ethernet captures, pcap or pcapng, little-endian
(what dumpcap and tcpdump write here); the suffix says the compression on both sides: .xz (to read),
.gz, .zst, .lz4 or none.
"""
import gzip
import lzma
import struct
import subprocess
import sys

ETHERNET = 1
ETHERTYPE_IPV4, ETHERTYPE_IPV6 = 0x0800, 0x86DD
ETHERTYPE_VLANS = (0x8100, 0x88A8, 0x9100)
HOP_BY_HOP, ICMP, TCP, UDP, ICMPV6 = 0, 1, 6, 17, 58
ICMP_ERRORS = (3, 4, 5, 11, 12)
ICMPV6_ERRORS = (1, 2, 3, 4)

SECTION, NIC, ENHANCED = 0x0A0D0D0A, 1, 6
SECTION_HARDWARE, SECTION_OS, NIC_OS = 2, 3, 12


def read_capture(path):
    if path.endswith('.xz'):
        return lzma.open(path).read()
    if path.endswith('.gz'):
        return gzip.open(path).read()
    if path.endswith(('.zst', '.lz4')):
        tool = 'zstd' if path.endswith('.zst') else 'lz4'
        return subprocess.run([tool, '-dcq', path], check=True, capture_output=True).stdout
    with open(path, 'rb') as f:
        return f.read()


def write_capture(path, data):
    if path.endswith('.gz'):
        # no name and no time in the header: the same input gives the same file
        data = gzip.compress(data, 9, mtime=0)
    elif path.endswith(('.zst', '.lz4')):
        tool = ['zstd', '-19'] if path.endswith('.zst') else ['lz4', '-9']
        data = subprocess.run(tool + ['-cq'], input=data, check=True, capture_output=True).stdout
    with open(path, 'wb') as f:
        f.write(data)


def header_bytes_ip(frame, at):
    """How many bytes of the IP packet at `at` are headers and may stay."""
    version = frame[at] >> 4 if at < len(frame) else 0
    if version == 4 and at + 20 <= len(frame):
        transport = at + (frame[at] & 15) * 4
        protocol = frame[at + 9]
    elif version == 6 and at + 40 <= len(frame):
        transport = at + 40
        protocol = frame[at + 6]
        if protocol == HOP_BY_HOP and transport + 8 <= len(frame):
            protocol = frame[transport]
            transport += (frame[transport + 1] + 1) * 8
    else:
        return len(frame) - at
    return transport - at + header_bytes_transport(frame, transport, protocol)


def header_bytes_transport(frame, at, protocol):
    if protocol == TCP:
        return (frame[at + 12] >> 4) * 4 if at + 13 <= len(frame) else 20
    if protocol == UDP:
        return 8
    if protocol in (ICMP, ICMPV6) and at < len(frame):
        errors = ICMP_ERRORS if protocol == ICMP else ICMPV6_ERRORS
        if frame[at] in errors:
            return 8 + header_bytes_ip(frame, at + 8)
        return len(frame) - at if protocol == ICMPV6 else 8
    return 0


def strip_frame(frame):
    at = 12
    while at + 2 <= len(frame) and struct.unpack_from('!H', frame, at)[0] in ETHERTYPE_VLANS:
        at += 4
    if at + 2 > len(frame):
        return frame
    if struct.unpack_from('!H', frame, at)[0] not in (ETHERTYPE_IPV4, ETHERTYPE_IPV6):
        return frame
    keep = at + 2 + header_bytes_ip(frame, at + 2)
    return frame[:keep] + bytes(max(0, len(frame) - keep))


def strip_pcap(data):
    out = bytearray(data[:24])
    if struct.unpack_from('<I', data, 20)[0] != ETHERNET:
        sys.exit('not an Ethernet capture')
    at = 24
    while at < len(data):
        captured = struct.unpack_from('<I', data, at + 8)[0]
        out += data[at:at + 16] + strip_frame(data[at + 16:at + 16 + captured])
        at += 16 + captured
    return bytes(out)


def rewrite_options(options, replace):
    """Options with the values of `replace` {code: new bytes, or None to leave it out}."""
    out = bytearray()
    at = 0
    while at + 4 <= len(options):
        code, size = struct.unpack_from('<HH', options, at)
        value = options[at + 4:at + 4 + size]
        at += 4 + (size + 3 & ~3)
        value = replace.get(code, value)
        if value is not None:
            out += struct.pack('<HH', code, len(value)) + value + bytes(-len(value) % 4)
    return bytes(out)


def strip_block(kind, body):
    if kind == SECTION:
        options = rewrite_options(body[16:], {SECTION_HARDWARE: None, SECTION_OS: b'Linux'})
        return body[:16] + options
    if kind == NIC:
        if struct.unpack_from('<H', body)[0] != ETHERNET:
            sys.exit('not an Ethernet capture')
        return body[:8] + rewrite_options(body[8:], {NIC_OS: b'Linux'})
    if kind == ENHANCED:
        captured = struct.unpack_from('<I', body, 12)[0]
        return body[:20] + strip_frame(body[20:20 + captured]) + body[20 + captured:]
    return body


def strip_pcapng(data):
    out = bytearray()
    at = 0
    while at < len(data):
        kind, size = struct.unpack_from('<II', data, at)
        body = strip_block(kind, data[at + 8:at + size - 4])
        total = struct.pack('<I', len(body) + 12)
        out += struct.pack('<I', kind) + total + body + total
        at += size
    return bytes(out)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.split('\n\n')[1])
    data = read_capture(sys.argv[1])
    strip = {b'\xd4\xc3\xb2\xa1': strip_pcap, b'\x4d\x3c\xb2\xa1': strip_pcap,
             b'\x0a\x0d\x0d\x0a': strip_pcapng}.get(data[:4])
    if strip is None:
        sys.exit(f"'{sys.argv[1]}': neither a little-endian pcap nor a pcapng")
    write_capture(sys.argv[2], strip(data))


if __name__ == '__main__':
    main()
