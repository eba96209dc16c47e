"""Random segments, losses, repeats and orders: the counts must be those of an interval set.

Hundreds of connections share a capture. Each is played twice, in two arrival orders: the totals
must be the same, since Count doesn't know the order.
"""
import pathlib
import random
import tempfile
import unittest

import generate as g
import lmpath
from generate import ACK, CLIENT, FIN, MILLISECOND, SERVER, SYN, Count, Talk

CONNECTIONS = 300
MAX_SEGMENTS = 200  # what is not sent within these, only the FIN or an ACK tells of
PORTS = (6600, 445, 443)


def random_isn(rng):
    return rng.choice((rng.randrange(2**32), 2**32 - 1 - rng.randrange(20_000)))


def segments(rng, stream_bytes):
    """(offset, bytes) of one side's packets in sending order: the stream, and repeats."""
    sent = []
    offset = 0
    largest = rng.choice((1, 500, 1448, 60_000))
    while offset < stream_bytes and len(sent) < MAX_SEGMENTS:
        n_bytes = min(rng.randint(1, largest), stream_bytes - offset)
        sent.append((offset, n_bytes))
        offset += n_bytes
        if rng.random() < 0.15:
            # some of what was sent before, cut in another way
            start = rng.randrange(offset)
            sent.append((start, rng.randint(1, min(offset - start, 60_000))))
        if rng.random() < 0.1:
            sent.append((offset, 0))
    return sent


def shuffled(rng, packets):
    """In order; or each up to some places early or late; or anyhow."""
    distance = rng.choice((0, 3, 20, len(packets) + 1))
    order = sorted(range(len(packets)), key=lambda i: i + rng.random() * distance)
    return [packets[i] for i in order]


class Case:
    """What one connection's two sides send, decided once; play() captures it in some order."""

    def __init__(self, rng, number):
        self.isn = (random_isn(rng), random_isn(rng))
        self.is_v6 = rng.random() < 0.3
        self.client_port = 20_000 + number
        self.server_port = rng.choice(PORTS)
        self.has_syn = (rng.random() < 0.8, rng.random() < 0.8)
        self.stream_bytes = tuple(rng.choice((0, 1, 3000, 50_000, 300_000)) for _ in range(2))
        self.packets = []
        # both or none: behind a peer's FIN, one number more than what was seen is taken for a FIN
        # that the capture lost
        has_fin = [rng.random() < 0.5] * 2
        for side in (CLIENT, SERVER):
            peer_bytes = self.stream_bytes[1 - side]
            for offset, n_bytes in segments(rng, self.stream_bytes[side]):
                if rng.random() < 0.9:
                    self.packets.append((side, offset, n_bytes, ACK, rng.randint(0, peer_bytes)))
            if has_fin[side]:
                self.packets.append((side, self.stream_bytes[side], 0, FIN | ACK,
                                     rng.randint(0, peer_bytes)))
            if has_fin[1 - side]:
                # behind the peer's FIN, too
                self.packets.append((side, 0, 0, ACK, peer_bytes + 1))
        rng.shuffle(self.packets)
        self.packets.sort(key=lambda p: p[1] / max(self.stream_bytes[p[0]], 1))

    def play(self, rng, start_ns):
        """A Talk with its frames, a Count for each side, and how many copies each side has."""
        ends = (('fd00:20::1', 'fd00:20::2') if self.is_v6 else ('10.20.0.1', '10.20.0.2'))
        t = Talk((ends[0], self.client_port), (ends[1], self.server_port), isn=self.isn,
                 start_ns=start_ns)
        counts = [Count(has_syn) for has_syn in self.has_syn]
        copies = [0, 0]
        # Single copies are known by their IP id, once a side's ids are seen to differ. IPv6 has
        # none: there a direction is captured twice throughout, and no two packets are the same.
        has_copies = [rng.random() < 0.3 for _ in range(2)]

        def send(side, *words, is_captured=True, **more):
            t.send(side, *words, lost=not is_captured, window=1 + len(t.frames), **more)
            chance = has_copies[side] if self.is_v6 else 0.05 * (t.sent[side].packets > 1)
            if is_captured and rng.random() < chance:
                t.again(t.frames[-1])
                copies[side] += 1

        send(CLIENT, 0, SYN, is_captured=self.has_syn[CLIENT])
        send(SERVER, 0, SYN | ACK, is_captured=self.has_syn[SERVER])
        if self.has_syn[SERVER]:
            counts[CLIENT].ack(0)
        for side, offset, n_bytes, flags, ack in shuffled(rng, self.packets):
            send(side, n_bytes, flags, offset=offset, ack=ack)
            counts[side].data(offset, n_bytes)
            if flags & FIN:
                counts[side].ack(offset)
            counts[1 - side].ack(min(ack, self.stream_bytes[1 - side]))
        return t, counts, copies


class Properties(unittest.TestCase):
    maxDiff = None

    def check(self, seed):
        rng = random.Random(seed)
        cases = [Case(rng, i) for i in range(CONNECTIONS)]
        for order in range(2):
            played = [case.play(rng, g.START_NS + rng.randrange(50 * MILLISECOND))
                      for case in cases]
            frames = sorted((f for t, _, _ in played for f in t.frames), key=lambda f: f.time_ns)
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / 'random.pcap'
                path.write_bytes(g.pcap(frames, magic=g.NANOSECONDS))
                found = lmpath.by_ends(lmpath.analyze(path)[1])
            for number, (talk, counts, copies) in enumerate(played):
                if not talk.frames:
                    continue
                with self.subTest(seed=seed, order=order, number=number):
                    self.check_connection(found, talk, counts, copies)

    def check_connection(self, found, talk, counts, copies):
        self.assertEqual(len(found.get(talk.key, [])), 1)
        connection = found[talk.key][0]
        for side, name in enumerate(lmpath.HALVES):
            expected = {'packets': talk.sent[side].packets,
                        'wire_bytes': talk.sent[side].wire_bytes,
                        'duplicate_packets': copies[side], **counts[side].expected()}
            self.assertEqual(connection[name], expected, name)
            self.assertTrue(lmpath.identity_holds(connection[name]))

    def test_counts_are_those_of_an_interval_set(self):
        for seed in (1, 2):
            self.check(seed)


if __name__ == '__main__':
    unittest.main()
