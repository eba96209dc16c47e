"""Payload bytes of every connection and direction equal what tshark sums up.

Over the real captures in fixtures/captures and over generated ones of many link types and tunnels.
Skipped (exit code 77) where tshark is not installed.
"""
import gzip
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

import generate as g
import lmpath
import test_properties

FIELDS = ('ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst', 'tcp.srcport', 'tcp.dstport', 'tcp.len',
          'frame.len')


def tshark(path):
    """{(source, port, destination, port): [segments, frame bytes, payload bytes]}."""
    command = ['tshark', '-n', '-r', str(path), '-Y', 'tcp', '-T', 'fields', '-E', 'separator=|',
               '-E', 'occurrence=l',  # the innermost header's, where there are tunnels
               '-o', 'tcp.desegment_tcp_streams:FALSE', '-o', 'ip.defragment:FALSE']
    for field in FIELDS:
        command += ['-e', field]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    sums = {}
    for line in done.stdout.splitlines():
        v4_from, v4_to, v6_from, v6_to, port_from, port_to, payload, frame = line.split('|')
        source, destination = (v6_from, v6_to) if v6_from else (v4_from, v4_to)
        one = sums.setdefault((source, int(port_from), destination, int(port_to)), [0, 0, 0])
        one[0] += 1
        one[1] += int(frame)
        one[2] += int(payload)
    return sums


def ours(result):
    sums = {}
    for c in result['connections']:
        client, server = (c['client'], c['client_port']), (c['server'], c['server_port'])
        for key, half in ((client + server, c['client_to_server']),
                          (server + client, c['server_to_client'])):
            if half['packets'] > 0:
                one = sums.setdefault(key, [0, 0, 0])
                for i, count in enumerate(('packets', 'wire_bytes', 'payload_bytes')):
                    one[i] += half[count]
    return sums


@unittest.skipUnless(shutil.which('tshark'), 'tshark is not installed')
class Peer(unittest.TestCase):
    maxDiff = None

    def compare(self, path):
        self.assertEqual(ours(lmpath.analyze(path)[1]), tshark(path))

    def test_community_ids(self):
        """tshark doesn't say which packets have no ID, so it is asked for small captures alone."""
        for scenario in ('a_right_storage', 'g_ipv6', 'u_smb_multichannel'):
            path = sorted((lmpath.CAPTURES / scenario).glob('hv01-all*'))[0]
            with self.subTest(capture=scenario), tempfile.TemporaryDirectory() as folder:
                path = self.readable(path, pathlib.Path(folder))
                done = subprocess.run(
                    ['tshark', '-n', '-r', str(path), '--enable-protocol', 'communityid', '-Y', 'tcp', '-T',
                     'fields', '-e', 'communityid'], check=True, capture_output=True, text=True)
                ids = {c['community_id'] for c in lmpath.analyze(path)[1]['connections']
                       if c['protocol'] == 'tcp'}
                self.assertEqual(ids, set(done.stdout.split()))

    def test_real_captures(self):
        for path in sorted(lmpath.CAPTURES.glob('*/hv0*')):
            with self.subTest(capture=f'{path.parent.name}/{path.name}'), \
                    tempfile.TemporaryDirectory() as folder:
                self.compare(self.readable(path, pathlib.Path(folder)))

    def readable(self, path, folder):
        """tshark 4.0 reads no lz4, and zstd only where it was built so."""
        tool = {'.zst': 'zstd', '.lz4': 'lz4'}.get(path.suffix)
        if tool is None:
            return path
        if not shutil.which(tool):
            self.skipTest(f'{tool} is not installed')
        plain = folder / path.stem
        with open(plain, 'wb') as out:
            subprocess.run([tool, '-dcq', str(path)], stdout=out, check=True)
        return plain

    def talks(self, link, families=(4, 6)):
        frames = []
        for i, family in enumerate(families):
            hosts = ('10.20.0.1', '10.20.0.2') if family == 4 else ('fd00:20::1', 'fd00:20::2')
            t = g.Talk((hosts[0], 50000 + i), (hosts[1], 6600), link=link).open()
            for n_bytes in (1, 536, 1448, 8948, 60_000):
                t.data(n_bytes, options=bytes([1]) * 12)
                t.ack()
                t.send(g.SERVER, n_bytes // 7)
            t.data(1448, offset=537, options=bytes([1]) * 12)
            frames += t.close().frames
        return frames

    def test_link_types(self):
        for name, link, link_type in (
                ('Ethernet', g.ethernet(), g.LINK_ETHERNET),
                ('one tag', g.ethernet(20), g.LINK_ETHERNET),
                ('two tags', g.ethernet((g.VLAN_SERVICE, 100), 20), g.LINK_ETHERNET),
                ('cooked', g.sll, g.LINK_SLL), ('cooked v2', g.sll2, g.LINK_SLL2),
                ('raw', g.raw, g.LINK_RAW), ('null', g.null(), g.LINK_NULL),
                ('loop', g.loop, g.LINK_LOOP), ('PPP', g.ppp(), g.LINK_PPP),
                ('PPP in HDLC', g.ppp(b'\xff\x03'), g.LINK_PPP_HDLC)):
            with self.subTest(link=name):
                self.compare_bytes(g.pcap(self.talks(link), link_type=link_type))

    def test_tunnels(self):
        for name, link in (('GRE', g.gre()), ('GRE with key', g.gre(key=5, bridged=True)),
                           ('ERSPAN II', g.erspan2(7)), ('ERSPAN II, tagged', g.erspan2(7, 20)),
                           ('ERSPAN III', g.erspan3(7, platform=True)), ('VXLAN', g.vxlan(7)), ('Geneve', g.geneve(7)),
                           ('Geneve with options', g.geneve(7, bytes((1, 2, 128, 1, 0, 0, 0, 7))))):
            with self.subTest(tunnel=name):
                self.compare_bytes(g.pcap(self.talks(link)))

    def test_mixed_interfaces(self):
        nics = [g.Nic('a', ticks=6), g.Nic('b', g.LINK_SLL2, snap=96),
                g.Nic('c', g.LINK_RAW, ticks=9)]
        frames = []
        for i, link in enumerate((g.ethernet(), g.sll2, g.raw)):
            t = g.Talk(('10.20.0.1', 50000 + i), ('10.20.0.2', 6600), link=link, nic=i).open()
            t.data(1000 + i, options=bytes([1]) * 12)
            t.ack()
            frames += t.close().frames
        self.compare_bytes(g.pcapng(frames, nics))

    def test_many_random_connections(self):
        rng = random.Random(7)
        frames = []
        for i in range(200):
            frames += test_properties.Case(rng, i).play(rng, g.START_NS)[0].frames
        # tshark counts a copy as another packet: keep each frame once
        seen = set()
        once = [f for f in frames if not (f.data in seen or seen.add(f.data))]
        self.compare_bytes(g.pcap(sorted(once, key=lambda f: f.time_ns)))

    def compare_bytes(self, data):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / 'generated.cap'
            path.write_bytes(data)
            self.compare(path)
            compressed = pathlib.Path(folder) / 'generated.cap.gz'
            compressed.write_bytes(gzip.compress(data))
            self.assertEqual(ours(lmpath.analyze(path)[1]), ours(lmpath.analyze(compressed)[1]))


if __name__ == '__main__':
    if not shutil.which('tshark'):
        print('skipped: tshark is not installed')
        sys.exit(77)
    unittest.main()
