"""One generated capture for each rule of counting, with exact expected numbers."""
import gzip
import pathlib
import random
import struct
import tempfile
import unittest

import generate as g
import lmpath
from generate import ACK, CLIENT, FIN, MILLISECOND, PSH, RST, SERVER, SYN, Nic, Talk

NOTHING = (0, 0, 0, 0)
MICROSECOND = 1000


class Counting(unittest.TestCase):
    """Expected numbers are (payload, stream, retransmitted, missing) bytes of client and server."""
    maxDiff = None

    def analyze(self, *files):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for i, data in enumerate(files):
                paths.append(pathlib.Path(folder) / f'{i}.cap')
                paths[-1].write_bytes(data)
            return lmpath.analyze(*paths)[1]

    def expected(self, sent, numbers, duplicates):
        self.assertEqual(numbers[0], numbers[1] - numbers[3] + numbers[2], 'a mistake in the test')
        return {'packets': sent.packets, 'wire_bytes': sent.wire_bytes,
                'payload_bytes': numbers[0], 'stream_bytes': numbers[1],
                'retransmitted_bytes': numbers[2], 'missing_bytes': numbers[3],
                'duplicate_packets': duplicates}

    def check(self, talk, client, server=NOTHING, *, result=None, duplicates=(0, 0)):
        """The capture of one Talk; returns its connection for more checks."""
        if result is None:
            result = self.analyze(g.pcap(talk.frames))
        found = lmpath.by_ends(result).get(talk.key, [])
        self.assertEqual(len(found), 1, result['connections'])
        for half, sent, numbers, n in zip(lmpath.HALVES, talk.sent, (client, server), duplicates):
            self.assertEqual(found[0][half], self.expected(sent, numbers, n), half)
        return found[0]


class Streams(Counting):
    def test_a_plain_connection(self):
        t = Talk().open()
        t.data(1000)
        t.data(2000, flags=PSH | ACK)
        t.ack()
        t.send(SERVER, 500)
        self.check(t.close(), (3000, 3000, 0, 0), (500, 500, 0, 0))

    def test_a_connection_without_data(self):
        self.check(Talk().open().close(), NOTHING)

    def test_sequence_numbers_wrap_at_the_start(self):
        t = Talk(isn=(2**32 - 500, 2**32 - 1)).open()
        t.data(2000)
        t.send(SERVER, 100)
        t.data(2000)
        self.check(t, (4000, 4000, 0, 0), (100, 100, 0, 0))

    def test_a_stream_passes_4_gib_several_times(self):
        # 100,000 offload frames: 18 GB, four times round; one of a thousand is sent again.
        t = Talk(isn=(3 * 2**30, 0), step_ns=10 * MICROSECOND).open()
        zero = {'total_bytes': 0}
        for i in range(100_000):
            t.data(178_000, ip=zero)
            if i % 2:
                t.ack()
            if i % 1000 == 999:
                t.now_ns += MILLISECOND
                t.data(178_000, offset=t.next[CLIENT] - 178_000, ip=zero)
        self.check(t.close(), (100_100 * 178_000, 100_000 * 178_000, 100 * 178_000, 0))

    def test_losses_near_2_gib_each_wrap_several_times(self):
        t = Talk().open()
        for _ in range(10):
            t.data(1_000_000_000, lost=True)
            t.data(1_000_000_000, lost=True)
            t.data(1000)
        self.check(t, (10_000, 20_000_010_000, 0, 20_000_000_000))

    def test_both_directions_are_apart(self):
        t = Talk().open()
        for _ in range(20):
            t.data(700)
            t.send(SERVER, 900)
        t.data(700, offset=0)
        t.send(SERVER, 900, offset=900)
        self.check(t, (14_700, 14_000, 700, 0), (18_900, 18_000, 900, 0))


class Loss(Counting):
    def test_a_later_segment_proves_what_passed(self):
        t = Talk().open()
        t.data(1000)
        t.data(1000, lost=True)
        t.data(1000)
        self.check(t, (2000, 3000, 0, 1000))

    def test_an_acknowledgement_proves_what_passed(self):
        t = Talk().open()
        t.data(1000)
        t.data(5000, lost=True)
        t.ack()
        self.check(t, (1000, 6000, 0, 5000))

    def test_an_acknowledgement_far_ahead_proves_what_passed(self):
        t = Talk().open()
        t.data(1000)
        t.data(900_000_000, lost=True)
        t.ack()
        self.check(t, (1000, 900_001_000, 0, 900_000_000))

    def test_a_fin_proves_what_passed(self):
        t = Talk().open()
        t.data(1000)
        t.data(5000, lost=True)
        t.send(CLIENT, flags=FIN | ACK)
        self.check(t, (1000, 6000, 0, 5000))

    def test_holes_are_filled_in_any_order(self):
        t = Talk().open()
        for i in (4, 0, 3, 1, 2):
            t.data(1000, offset=i * 1000)
        self.check(t, (5000, 5000, 0, 0))

    def test_a_hole_may_be_filled_in_part(self):
        t = Talk().open()
        t.data(1000, offset=0)
        t.data(1000, offset=4000)
        t.data(500, offset=2000)
        t.ack(5000)
        self.check(t, (2500, 5000, 0, 2500))

    def test_what_fills_a_hole_and_more_is_both(self):
        t = Talk().open()
        t.data(1000, offset=0)
        t.data(1000, offset=2000)
        t.data(3000, offset=0)
        self.check(t, (5000, 3000, 2000, 0))

    def test_many_holes_at_once(self):
        t = Talk(step_ns=10 * MICROSECOND).open()
        for i in range(2000):
            t.data(100, offset=i * 200)
        for i in range(0, 2000, 2):
            t.data(100, offset=i * 200 + 100)
        self.check(t, (300_000, 399_900, 0, 99_900))

    def test_only_acknowledgements_were_captured(self):
        t = Talk()
        t.send(CLIENT, flags=SYN, lost=True)
        t.send(SERVER, flags=SYN | ACK)
        for _ in range(10):
            t.data(50_000, lost=True)
            t.ack()
        self.check(t, (0, 500_000, 0, 500_000))

    def test_only_acknowledgements_from_the_middle_on(self):
        # nothing says what passed before the first of them
        t = Talk().open(lost=True)
        for _ in range(10):
            t.data(50_000, lost=True)
            t.ack()
        self.check(t, (0, 450_000, 0, 450_000))

    def test_only_data_was_captured(self):
        t = Talk()
        t.send(CLIENT, flags=SYN)
        t.data(1000)
        t.data(1000, lost=True)
        t.data(1000)
        self.check(t, (2000, 3000, 0, 1000))

    def test_a_lost_reply_is_proved_by_the_data_that_acknowledges_it(self):
        t = Talk().open()
        t.send(SERVER, 800, lost=True)
        t.data(1000)
        self.check(t, (1000, 1000, 0, 0), (0, 800, 0, 800))


class Retransmissions(Counting):
    def test_the_same_segment_again(self):
        t = Talk().open()
        t.data(1000)
        t.data(1000)
        t.data(1000, offset=0)
        self.check(t, (3000, 2000, 1000, 0))

    def test_again_and_again(self):
        t = Talk().open()
        t.data(1000)
        for _ in range(7):
            t.data(1000, offset=0)
        self.check(t, (8000, 1000, 7000, 0))

    def test_the_last_segment_again_as_tail_loss_probe(self):
        t = Talk().open()
        t.data(60_000)
        t.data(1448, offset=60_000 - 1448)
        self.check(t, (61_448, 60_000, 1448, 0))

    def test_partial_overlaps(self):
        t = Talk().open()
        t.data(1000, offset=0)
        t.data(1000, offset=400)   # 600 again, 400 new
        t.data(200, offset=1300)   # 100 again, 100 new
        t.data(100, offset=700)    # again
        self.check(t, (2300, 1500, 800, 0))

    def test_small_segments_again_as_one_large(self):
        t = Talk().open()
        for _ in range(5):
            t.data(100)
        t.data(900, offset=0)
        self.check(t, (1400, 900, 500, 0))

    def test_one_large_segment_again_as_small_ones(self):
        t = Talk().open()
        t.data(1000)
        for i in range(10):
            t.data(100, offset=i * 100)
        self.check(t, (2000, 1000, 1000, 0))

    def test_what_the_capture_lost_and_then_saw_again_is_new(self):
        t = Talk().open()
        t.data(1000, lost=True)
        t.data(1000)
        t.data(1000, offset=0)
        self.check(t, (2000, 2000, 0, 0))

    def test_an_ipv6_retransmission_has_no_id_but_comes_later(self):
        t = Talk(('fd00:20::1', 50000), ('fd00:20::2', 6600)).open()
        t.data(1000)
        t.data(1000, offset=0)
        self.check(t, (2000, 1000, 1000, 0))

    def test_sent_before_the_acknowledged(self):
        # an old copy that arrives behind its acknowledgement is still a retransmission
        t = Talk().open()
        t.data(1000)
        t.ack()
        t.data(1000)
        t.ack()
        t.data(1000, offset=0)
        t.ack()
        self.check(t, (3000, 2000, 1000, 0))


class Disturbances(Counting):
    def test_keep_alives_without_a_byte(self):
        t = Talk().open()
        t.data(1000)
        for _ in range(3):
            t.send(CLIENT, offset=999, advance=False)
            t.ack()
        self.check(t, (1000, 1000, 0, 0))

    def test_keep_alives_of_one_byte_are_retransmissions(self):
        t = Talk().open()
        t.data(1000)
        for _ in range(3):
            t.data(1, offset=999)
            t.ack()
        self.check(t, (1003, 1000, 3, 0))

    def test_a_keep_alive_before_any_data_adds_nothing_to_the_stream(self):
        # Windows sends the byte before the next one: here the SYN's own number
        t = Talk().open()
        t.data(1, offset=-1)
        t.ack(0)
        t.data(1000)
        self.check(t, (1001, 1000, 1, 0))

    def test_zero_window_probes_without_a_byte(self):
        t = Talk().open()
        t.data(1000)
        t.ack(window=0)
        t.send(CLIENT, offset=999, advance=False)
        t.ack(window=0)
        t.data(1000)
        self.check(t, (2000, 2000, 0, 0))

    def test_zero_window_probes_of_one_byte(self):
        t = Talk().open()
        t.data(1000)
        t.ack(window=0)
        for _ in range(3):
            t.data(1, offset=1000)  # beyond the window, not taken
            t.ack(1000, window=0)
        t.data(1000, offset=1000)
        t.ack(2000)
        self.check(t, (2003, 2000, 3, 0))

    def test_data_in_a_syn(self):
        t = Talk()
        t.send(CLIENT, 500, SYN)
        t.send(SERVER, flags=SYN | ACK)
        t.data(1000)
        self.check(t, (1500, 1500, 0, 0))

    def test_data_of_a_refused_syn_is_sent_again(self):
        t = Talk()
        t.send(CLIENT, 500, SYN)
        t.send(SERVER, flags=SYN | ACK, ack=0)
        t.data(500, offset=0)
        self.check(t, (1000, 500, 500, 0))

    def test_a_syn_sent_again_opens_no_second_connection(self):
        t = Talk()
        t.send(CLIENT, flags=SYN)
        t.now_ns += 10**9
        t.open()
        t.data(1000)
        self.check(t, (1000, 1000, 0, 0))

    def test_a_syn_overtaken_by_data(self):
        t = Talk().open()
        t.data(1000)
        t.data(1000)
        t.frames.append(t.frames.pop(0))
        self.check(t, (2000, 2000, 0, 0))

    def test_a_fin_takes_no_byte_even_when_sent_twice(self):
        t = Talk().open()
        t.data(1000)
        t.send(CLIENT, flags=FIN | ACK)
        t.send(CLIENT, flags=FIN | ACK)
        t.ack(1001)
        self.check(t, (1000, 1000, 0, 0))

    def test_a_fin_that_the_capture_lost_is_no_missing_byte(self):
        t = Talk().open()
        t.data(1000)
        t.send(CLIENT, flags=FIN | ACK, lost=True)
        t.ack(1001, flags=FIN | ACK)
        self.check(t, (1000, 1000, 0, 0))

    def test_a_fin_with_data(self):
        t = Talk().open()
        t.data(1000, flags=FIN | ACK)
        t.ack(1001)
        self.check(t, (1000, 1000, 0, 0))

    def test_data_that_fills_a_hole_behind_a_fin(self):
        t = Talk().open()
        t.data(1000, offset=0)
        t.send(CLIENT, offset=3000, flags=FIN | ACK)
        t.data(2000, offset=1000)
        t.ack(3001)
        self.check(t, (3000, 3000, 0, 0))

    def test_the_server_may_send_on_behind_the_client_s_fin(self):
        t = Talk().open()
        t.data(100)
        t.send(CLIENT, flags=FIN | ACK)
        for _ in range(5):
            t.send(SERVER, 1000, ack=101)
        self.check(t, (100, 100, 0, 0), (5000, 5000, 0, 0))

    def test_the_text_in_a_reset_is_no_payload(self):
        t = Talk().open()
        t.data(1000)
        t.send(SERVER, 40, RST | ACK, advance=False)
        self.check(t, (1000, 1000, 0, 0))

    def test_a_reset_with_a_foreign_number_moves_nothing(self):
        t = Talk().open()
        t.data(1000)
        t.send(CLIENT, flags=RST, offset=1_500_000_000, advance=False)
        t.send(SERVER, flags=RST | ACK, offset=77, ack=1_400_000_000, advance=False)
        self.check(t, (1000, 1000, 0, 0))

    def test_urgent_data_is_data(self):
        t = Talk().open()
        t.data(1000)
        t.data(1, flags=PSH | ACK | g.URG, urgent=1)
        t.data(1000)
        self.check(t, (2001, 2001, 0, 0))

    def test_acknowledgements_behind_and_repeated_ones_move_nothing(self):
        t = Talk().open()
        t.data(3000)
        for offset in (3000, 1000, 3000, 3000, 0, 2000):
            t.ack(offset)
        self.check(t, (3000, 3000, 0, 0))


class Middles(Counting):
    def test_a_capture_that_starts_in_the_middle(self):
        t = Talk().open(lost=True)
        t.data(1_000_000, lost=True)
        t.data(1000)
        t.ack()
        t.data(1000)
        self.check(t, (2000, 2000, 0, 0))

    def test_acknowledgements_of_what_passed_before_the_capture_are_not_counted(self):
        t = Talk().open(lost=True)
        t.data(10_000, lost=True)
        t.ack(5000)
        t.ack(8000)
        t.data(1000, offset=10_000)
        t.ack(10_000)
        t.ack(11_000)
        self.check(t, (1000, 1000, 0, 0))

    def test_the_first_segment_seen_need_not_be_the_lowest(self):
        t = Talk().open(lost=True)
        for i in (3, 1, 2, 4):
            t.data(1000, offset=i * 1000)
        self.check(t, (4000, 4000, 0, 0))

    def test_a_start_in_the_middle_right_at_the_wrap(self):
        t = Talk(isn=(2**32 - 5001, 5)).open(lost=True)
        for i in (6, 4, 5, 7):
            t.data(1000, offset=i * 1000)
        t.ack()
        self.check(t, (4000, 4000, 0, 0))

    def test_a_capture_that_ends_in_the_middle(self):
        t = Talk().open()
        t.data(1000)
        t.data(500_000, lost=True)
        self.check(t, (1000, 1000, 0, 0))

    def test_the_client_is_known_by_the_port_without_a_syn(self):
        t = Talk().open(lost=True)
        t.send(SERVER, 10)
        t.data(1000)
        self.check(t, (1000, 1000, 0, 0), (10, 10, 0, 0))


class Lengths(Counting):
    def lengths(self, talk, frames=None, **file):
        result = self.analyze(g.pcap(talk.frames if frames is None else frames, **file))
        return lambda *numbers: self.check(talk, *numbers, result=result)

    def test_offload_frames_with_an_ipv4_length_of_0(self):
        t = Talk().open()
        for _ in range(10):
            t.data(178_000, ip={'total_bytes': 0})
        self.check(t, (1_780_000, 1_780_000, 0, 0))

    def test_offload_frames_with_an_ipv6_length_of_0(self):
        t = Talk(('fd00:20::1', 50000), ('fd00:20::2', 6600)).open()
        for _ in range(10):
            t.data(65_000, ip={'total_bytes': 0})
        self.check(t, (650_000, 650_000, 0, 0))

    def test_offload_frames_with_a_vlan_tag(self):
        t = Talk(link=g.ethernet(20)).open()
        t.data(100_000, ip={'total_bytes': 0})
        self.check(t, (100_000, 100_000, 0, 0))

    def test_jumbograms(self):
        t = Talk(('fd00:20::1', 50000), ('fd00:20::2', 6600)).open()
        for _ in range(10):
            jumbo = (g.HOP_BY_HOP, struct.pack('!BBI', 0xC2, 4, 8 + 20 + 178_000))
            t.data(178_000, ip={'total_bytes': 0, 'extensions': (jumbo,)})
        self.check(t, (1_780_000, 1_780_000, 0, 0))

    def test_ipv6_extension_headers_are_no_payload(self):
        t = Talk(('fd00:20::1', 50000), ('fd00:20::2', 6600)).open()
        t.data(1000, ip={'extensions': ((g.HOP_BY_HOP, bytes(6)),
                                        (g.DESTINATION_OPTIONS, bytes(14)))})
        self.check(t, (1000, 1000, 0, 0))

    def test_ipv4_and_tcp_options_are_no_payload(self):
        t = Talk().open()
        t.data(1000, ip={'options': bytes([1]) * 12}, options=bytes([1]) * 40)
        self.check(t, (1000, 1000, 0, 0))

    def test_frames_snapped_short_count_in_full(self):
        for snap in (96, 64, 54):
            with self.subTest(snap=snap):
                t = Talk().open()
                options = bytes([1]) * 12 if snap > 54 else b''
                for _ in range(5):
                    t.data(1448, captured_payload=1448, options=options)
                self.lengths(t, snap=snap)((7240, 7240, 0, 0))

    def test_ipv6_frames_snapped_at_64_bytes_end_inside_the_tcp_header(self):
        # 10 bytes of TCP are left: ports, sequence number; the header's length is not to be seen
        # and is taken for the plainest.
        t = Talk(('fd00:20::1', 50000), ('fd00:20::2', 6600)).open()
        t.data(1000)
        t.data(1000)
        self.lengths(t, snap=64)((2000, 2000, 0, 0))

    def test_acknowledgements_cut_before_their_number_are_no_copies(self):
        # IPv6 has no id, and without the number all of them look alike
        t = Talk(('fd00:20::1', 50000), ('fd00:20::2', 6600), step_ns=10 * MICROSECOND).open()
        for _ in range(200):
            t.data(1000)
            t.ack()
        result = self.analyze(g.pcap(t.frames, snap=64))
        self.assertEqual([0, 0], [result['connections'][0][half]['duplicate_packets']
                                  for half in lmpath.HALVES])

    def test_a_tagged_frame_snapped_at_64_bytes(self):
        t = Talk(link=g.ethernet(7)).open()
        for _ in range(5):
            t.data(1448, options=bytes([1]) * 12)
        self.lengths(t, snap=64)((7240, 7240, 0, 0))

    def test_padding_to_60_bytes_is_no_payload(self):
        t = Talk()
        t.open(trailer=6)
        t.data(2, captured_payload=2, trailer=4)
        t.ack(trailer=6)
        self.check(t, (2, 2, 0, 0))

    def test_a_trailer_behind_a_full_frame_is_no_payload(self):
        t = Talk().open()
        t.data(1000, captured_payload=1000, trailer=12)
        self.check(t, (1000, 1000, 0, 0))


class Duplicates(Counting):
    def test_each_packet_twice_at_one_vantage_point(self):
        t = Talk().open()
        for _ in range(5):
            t.data(1000)
            t.ack()
        sent = list(t.frames)
        t.frames = []
        for frame in sent:
            t.frames.append(frame)
            t.again(frame)
        self.check(t, (5000, 5000, 0, 0), duplicates=(7, 6))

    def test_each_packet_at_four_components(self):
        t = Talk().open()
        for _ in range(5):
            t.data(1000)
        sent = list(t.frames)
        t.frames = []
        for frame in sent:
            t.frames.append(frame)
            for i in range(3):
                t.again(frame, after_ns=(i + 1) * 2 * MICROSECOND)
        self.check(t, (5000, 5000, 0, 0), duplicates=(3 * 7, 3))

    def test_copies_that_come_some_packets_later(self):
        t = Talk(step_ns=20 * MICROSECOND).open()
        for _ in range(20):
            t.data(1000)
            t.ack()
        sent = list(t.frames)
        t.frames = []
        for i, frame in enumerate(sent):
            t.frames.append(frame)
            if i >= 5:
                t.again(sent[i - 5], after_ns=5 * t.step_ns + MICROSECOND)
        self.check(t, (20_000, 20_000, 0, 0), duplicates=(20, 18))

    def test_none_of_many_copies_is_overlooked(self):
        # as on a busy link: each copy comes when 30 other packets have been seen
        t = Talk(step_ns=2 * MICROSECOND).open()
        for _ in range(30_000):
            t.data(1000)
        sent = list(t.frames)
        t.frames = sent[:30]
        for i, frame in enumerate(sent[30:]):
            t.frames.append(frame)
            t.again(sent[i], after_ns=61 * MICROSECOND)
        copies = len(sent) - 30
        self.check(t, (30_000_000, 30_000_000, 0, 0), duplicates=(copies - 1, 1))

    def test_ipv6_copies_right_behind(self):
        t = Talk(('fd00:20::1', 50000), ('fd00:20::2', 6600)).open()
        for _ in range(5):
            t.data(1000)
        sent = list(t.frames)
        t.frames = []
        for frame in sent:
            t.frames.append(frame)
            t.again(frame, after_ns=3 * MICROSECOND)
        self.check(t, (5000, 5000, 0, 0), duplicates=(7, 1))

    def test_a_copy_and_a_retransmission_are_told_apart(self):
        t = Talk().open()
        first = t.data(1000)
        t.again(first)
        t.data(1000, offset=0)
        t.again(t.frames[-1])
        self.check(t, (2000, 1000, 1000, 0), duplicates=(2, 0))

    def test_repeated_acknowledgements_are_no_copies(self):
        # three for a lost segment, as fast retransmit needs them: each has an id of its own
        t = Talk(step_ns=MICROSECOND).open()
        t.data(1000)
        t.data(1000, lost=True)
        t.data(1000)
        for _ in range(4):
            t.ack(1000)
        t.data(1000, offset=1000)
        t.ack(3000)
        self.check(t, (3000, 3000, 0, 0))


class VantagePoints(Counting):
    def two_nics(self, talk, *, second=(), nics=(Nic('nic0'), Nic('nic1'))):
        frames = talk.frames + list(second)
        return self.analyze(g.pcapng(sorted(frames, key=lambda f: f.time_ns), nics))

    def again_on(self, talk, nic=1, frames=None, tag=None):
        copies = []
        for f in talk.frames if frames is None else frames:
            header = b'' if tag is None else struct.pack('!HH', g.VLAN, tag)
            copies.append(g.Frame(f.time_ns + 500, f.data[:12] + header + f.data[12:],
                                  f.wire_bytes + len(header), nic))
        return copies

    def test_two_interfaces_of_one_capture(self):
        t = Talk().open()
        for _ in range(5):
            t.data(1000)
            t.ack()
        c = self.check(t, (5000, 5000, 0, 0), result=self.two_nics(t, second=self.again_on(t)))
        self.assertEqual([('nic0', 13, 5000), ('nic1', 13, 5000)],
                         sorted((v['interface'], v['packets'], v['stream_bytes'])
                                for v in c['vantage_points']))

    def test_two_files(self):
        t = Talk().open()
        for _ in range(5):
            t.data(1000)
        data = g.pcap(t.frames)
        c = self.check(t, (5000, 5000, 0, 0), result=self.analyze(data, data))
        self.assertEqual([8, 8], [v['packets'] for v in c['vantage_points']])

    def test_ring_files_of_one_interface_are_one_view(self):
        # dumpcap -b: the capture goes on in the next file, and so does the connection
        t = Talk().open()
        for _ in range(50):
            t.data(1000)
            t.ack()
        half = len(t.frames) // 2
        files = [g.pcapng(frames, (Nic('nic0'),)) for frames in (t.frames[:half], t.frames[half:])]
        for order in (files, files[::-1]):
            self.check(t, (50_000, 50_000, 0, 0), result=self.analyze(*order))

    def test_the_totals_are_of_the_view_that_saw_most(self):
        t = Talk().open()
        for _ in range(5):
            t.data(1000)
        seen_less = [f for i, f in enumerate(t.frames) if i not in (4, 7)]
        for files in ((g.pcap(t.frames), g.pcap(seen_less)), (g.pcap(seen_less), g.pcap(t.frames))):
            c = self.check(t, (5000, 5000, 0, 0), result=self.analyze(*files))
            self.assertEqual([4000, 5000], sorted(v['stream_bytes'] for v in c['vantage_points']))

    def test_a_tagged_and_an_untagged_view_are_one_connection(self):
        t = Talk().open()
        for _ in range(5):
            t.data(1000)
        result = self.two_nics(t, second=self.again_on(t, tag=20))
        found = lmpath.by_ends(result)[t.key]
        self.assertEqual(len(found), 1)
        self.assertEqual([5000, 5000], [v['stream_bytes'] for v in found[0]['vantage_points']])
        self.assertEqual(5000, found[0]['client_to_server']['stream_bytes'])

    def test_the_same_ends_in_two_vlans_are_two_connections(self):
        first, second = Talk(link=g.ethernet(10)).open(), Talk(link=g.ethernet(20)).open()
        first.data(1000)
        second.data(3000)
        result = self.analyze(g.pcap(first.frames + second.frames))
        found = lmpath.by_ends(result)[first.key]
        self.assertEqual([(10, 1000), (20, 3000)],
                         sorted((c['vlan'], c['client_to_server']['stream_bytes']) for c in found))

    def test_the_same_ends_in_two_tunnels_are_two_connections(self):
        first, second = Talk(link=g.vxlan(10)).open(), Talk(link=g.vxlan(20)).open()
        first.data(1000)
        second.data(3000)
        result = self.analyze(g.pcap(first.frames + second.frames))
        self.assertEqual([1000, 3000], sorted(c['client_to_server']['stream_bytes']
                                              for c in lmpath.by_ends(result)[first.key]))

    def test_a_reused_5_tuple_is_a_new_connection(self):
        first = Talk().open()
        first.data(1000)
        first.close()
        second = Talk(isn=(5_000_000, 6_000_000), start_ns=first.now_ns + 10**9).open()
        second.data(2000)
        second.close()
        result = self.analyze(g.pcap(first.frames + second.frames))
        self.assertEqual([(1000, 1000), (2000, 2000)],
                         sorted((c['client_to_server']['payload_bytes'],
                                 c['client_to_server']['stream_bytes'])
                                for c in lmpath.by_ends(result)[first.key]))

    def test_a_5_tuple_reused_without_a_close_is_a_new_connection(self):
        first = Talk().open()
        first.data(1000)
        second = Talk(isn=(3_000_000_000, 6_000_000), start_ns=first.now_ns + 10**9).open()
        second.data(2000)
        result = self.analyze(g.pcap(first.frames + second.frames))
        self.assertEqual([1000, 2000], sorted(c['client_to_server']['stream_bytes']
                                              for c in lmpath.by_ends(result)[first.key]))

    def test_a_reused_5_tuple_seen_twice_is_two_connections_with_two_views(self):
        first = Talk().open()
        first.data(1000)
        first.close()
        second = Talk(isn=(5_000_000, 6_000_000), start_ns=first.now_ns + 10**9).open()
        second.data(2000)
        data = g.pcap(first.frames + second.frames)
        found = lmpath.by_ends(self.analyze(data, data))[first.key]
        self.assertEqual([(1000, 2), (2000, 2)],
                         sorted((c['client_to_server']['stream_bytes'], len(c['vantage_points']))
                                for c in found))


class Fragments(Counting):
    def fragmented(self, talk, n_bytes, pieces, *, drop=()):
        """The next segment in IPv4 fragments of `pieces` bytes of IP payload; 20 are TCP's."""
        header = talk.segment(CLIENT, talk.next[CLIENT], ACK)
        talk.next[CLIENT] += n_bytes
        talk.ip_id[CLIENT] += 1
        ip_id = talk.ip_id[CLIENT]
        at = 0
        for i, piece in enumerate(pieces):
            is_last = at + piece == 20 + n_bytes
            ip = {'fragment': (0 if is_last else 0x2000) | at // 8}
            first = header if at == 0 else b''
            if i not in drop:
                talk.put(CLIENT, first, piece - len(first), g.TCP, ip_id=ip_id, ip=ip,
                         is_counted=at == 0)
                if at > 0:  # a fragment is no segment, but its frame was on the wire
                    talk.sent[CLIENT].wire_bytes += talk.frames[-1].wire_bytes
            at += piece
        self.assertEqual(at, 20 + n_bytes, 'a mistake in the test')

    def test_later_fragments_bring_the_rest_of_the_payload(self):
        t = Talk().open()
        self.fragmented(t, 4000, (1480, 1480, 1060))
        t.data(1000)
        self.check(t, (5000, 5000, 0, 0))

    def test_ipv6_fragments(self):
        t = Talk(('fd00:20::1', 50000), ('fd00:20::2', 6600)).open()
        header = t.segment(CLIENT, 0, ACK)
        t.next[CLIENT] = 3980
        for at, piece in ((0, 1440), (1440, 1440), (2880, 1120)):
            more = at + piece < 4000
            ip = {'extensions': ((g.FRAGMENT, struct.pack('!HI', at | more, 4711)),)}
            first = header if at == 0 else b''
            t.put(CLIENT, first, piece - len(first), g.TCP, ip=ip, is_counted=at == 0)
            if at > 0:
                t.sent[CLIENT].wire_bytes += t.frames[-1].wire_bytes
        t.data(1000)
        self.check(t, (4980, 4980, 0, 0))

    def test_a_lost_fragment_is_a_hole(self):
        t = Talk().open()
        self.fragmented(t, 4000, (1480, 1480, 1060), drop=(1,))
        t.data(1000)
        self.check(t, (3520, 5000, 0, 1480))

    def test_fragments_without_their_first_are_counted_apart(self):
        t = Talk().open()
        t.data(100)
        self.fragmented(t, 4000, (1480, 1480, 1060), drop=(0,))
        t.sent[CLIENT].wire_bytes -= sum(f.wire_bytes for f in t.frames[-2:])
        t.ack()
        self.check(t, (100, 4100, 0, 4000))


class Encapsulations(Counting):
    def both_families(self, link, link_type=g.LINK_ETHERNET, **file):
        for client, server in (('10.20.0.1', '10.20.0.2'), ('fd00:20::1', 'fd00:20::2')):
            if link_type == (g.LINK_IPV4 if ':' in client else g.LINK_IPV6):
                continue
            with self.subTest(client=client):
                t = Talk((client, 50000), (server, 6600), link=link).open()
                for _ in range(5):
                    t.data(1448, options=bytes([1]) * 12)
                    t.ack()
                t.data(1448, offset=0)
                t.close()
                result = self.analyze(g.pcap(t.frames, link_type=link_type, **file))
                c = self.check(t, (6 * 1448, 5 * 1448, 1448, 0), result=result)
        return c

    def test_ethernet(self):
        self.assertIsNone(self.both_families(g.ethernet())['vlan'])

    def test_one_tag(self):
        self.assertEqual(self.both_families(g.ethernet(20))['vlan'], 20)

    def test_two_tags(self):
        self.both_families(g.ethernet((g.VLAN_SERVICE, 100), 20))
        self.both_families(g.ethernet(100, 20))
        self.both_families(g.ethernet((0x9100, 100), 20))

    def test_three_tags(self):
        self.both_families(g.ethernet((g.VLAN_SERVICE, 100), 20, 30))

    def test_a_priority_tag_is_no_vlan(self):
        self.assertIsNone(self.both_families(g.ethernet(0))['vlan'])

    def test_linux_cooked(self):
        self.both_families(g.sll, g.LINK_SLL)
        self.both_families(g.sll2, g.LINK_SLL2)

    def test_raw_ip(self):
        for link_type in (g.LINK_RAW, g.LINK_RAW_BSD, g.LINK_IPV4, g.LINK_IPV6):
            self.both_families(g.raw, link_type)

    def test_bsd_loopback(self):
        for order in '<>':
            for family_v6 in (10, 24, 28, 30):
                self.both_families(g.null(order, family_v6), g.LINK_NULL)
        self.both_families(g.loop, g.LINK_LOOP)

    def test_ppp(self):
        self.both_families(g.ppp(), g.LINK_PPP)
        self.both_families(g.ppp(b'\xff\x03'), g.LINK_PPP)
        self.both_families(g.ppp(b'\xff\x03'), g.LINK_PPP_HDLC)

    def test_nflog(self):
        self.both_families(g.nflog, g.LINK_NFLOG)

    def test_gre(self):
        self.both_families(g.gre())
        self.both_families(g.gre(key=77))
        self.both_families(g.gre(bridged=True))
        self.both_families(g.gre(key=77, bridged=True))

    def test_erspan(self):
        self.both_families(g.erspan2(5))
        self.both_families(g.erspan2(5, 20))
        self.both_families(g.erspan3(5))
        self.both_families(g.erspan3(5, 20, platform=True))

    def test_vxlan(self):
        self.both_families(g.vxlan(4711))

    def test_a_tcp_header_quoted_in_an_icmp_error_is_no_connection(self):
        t = Talk().open()
        t.data(1000)
        quoted = g.ipv4('10.99.0.1', '10.99.0.2', g.TCP, 28)
        inner = Talk(('10.99.0.1', 1), ('10.99.0.2', 2)).segment(CLIENT, 0, ACK)
        t.put(SERVER, struct.pack('!BBHI', 3, 3, 0, 0) + quoted + inner, 0, 1, is_counted=False)
        result = self.analyze(g.pcap(t.frames))
        self.check(t, (1000, 1000, 0, 0), result=result)
        self.assertEqual(len(result['connections']), 1)


class Files(Counting):
    def talk(self, **more):
        t = Talk(**more).open()
        for _ in range(5):
            t.data(1000)
            t.ack()
        return t.close()

    def check_file(self, data, *, times=True, talk=None):
        t = talk or self.talk()
        c = self.check(t, (5000, 5000, 0, 0), result=self.analyze(data))
        if times:
            self.assertEqual(('2023-11-14T22:13:20.000000000Z', '2023-11-14T22:13:20.015000000Z'),
                             (c['start'], c['end']))
            self.assertAlmostEqual(c['duration_s'], 0.015, places=9)

    def test_pcap_of_both_byte_orders_and_all_magics(self):
        for order in '<>':
            for magic in (g.MICROSECONDS, g.NANOSECONDS, g.MODIFIED):
                with self.subTest(order=order, magic=hex(magic)):
                    self.check_file(g.pcap(self.talk().frames, order=order, magic=magic))

    def test_pcapng_of_both_byte_orders(self):
        for order in '<>':
            with self.subTest(order=order):
                self.check_file(g.pcapng(self.talk().frames, order=order))

    def test_the_obsolete_packet_block(self):
        for order in '<>':
            with self.subTest(order=order):
                self.check_file(g.pcapng(self.talk().frames, order=order, packet=g.obsolete_block))

    def test_simple_packet_blocks(self):
        for snap in (0, 60):
            with self.subTest(snap=snap):
                self.check_file(g.pcapng(self.simple_talk().frames, (Nic(snap=snap),),
                                         packet=g.simple_block), times=False,
                                talk=self.simple_talk())

    def simple_talk(self):
        # whole frames, as the block bears no captured length
        t = Talk().open()
        for _ in range(5):
            t.data(1000, captured_payload=1000)
            t.ack()
        return t.close()

    def test_time_resolutions(self):
        for ticks in (3, 6, 9, 10, 0x80 | 20, 0x80 | 30):
            with self.subTest(ticks=ticks):
                t = self.talk()
                result = self.analyze(g.pcapng(t.frames, (Nic(ticks=ticks),)))
                c = self.check(t, (5000, 5000, 0, 0), result=result)
                self.assertAlmostEqual(c['duration_s'], 0.015, places=5)
                self.assertEqual(c['start'][:23], '2023-11-14T22:13:20.000')

    def test_a_time_offset(self):
        self.check_file(g.pcapng(self.talk().frames, (Nic(ticks=9, offset_s=1_600_000_000),)))
        self.check_file(g.pcapng(self.talk().frames, (Nic(ticks=9, offset_s=-3600),)))

    def test_interfaces_of_one_file_may_differ_in_everything(self):
        nics = (Nic('eth', ticks=6, snap=96), Nic('cooked', g.LINK_SLL2, ticks=9),
                Nic('raw', g.LINK_RAW, snap=60, ticks=0x80 | 30), Nic('idle'))
        talks = [Talk(('10.20.0.1', 50000 + i), nic=i, link=link).open()
                 for i, link in enumerate((g.ethernet(), g.sll2, g.raw))]
        for i, t in enumerate(talks):
            t.data(1000 * (i + 1))
            t.ack()
        frames = sorted((f for t in talks for f in t.frames), key=lambda f: f.time_ns)
        result = self.analyze(g.pcapng(frames, nics))
        for i, t in enumerate(talks):
            c = self.check(t, (1000 * (i + 1), 1000 * (i + 1), 0, 0), result=result)
            self.assertEqual([nics[i].name], [v['interface'] for v in c['vantage_points']])
        self.assertEqual({'eth': 5, 'cooked': 5, 'raw': 5, 'idle': 0},
                         {i['name']: i['packets'] for i in result['interfaces']})

    def test_several_sections_in_both_byte_orders(self):
        talks = [Talk(('10.20.0.1', 50000 + i), start_ns=g.START_NS + i * 10**9).open()
                 for i in range(3)]
        data = b''
        for i, t in enumerate(talks):
            t.data(1000 + i)
            data += g.pcapng(t.frames, (Nic(f'nic{i}', ticks=(6, 9, 3)[i]),), order='<><'[i])
        result = self.analyze(data)
        for i, t in enumerate(talks):
            self.check(t, (1000 + i, 1000 + i, 0, 0), result=result)

    def test_unknown_blocks_and_options_are_skipped(self):
        t = self.talk()
        nic = Nic(more=[(1, 'a comment'.encode()), (0x4FFF, b'?')])
        data = g.section_block(pairs=[(1, b'made by a test'), (0x4FFF, b'???')])
        data += g.block('<', 0x0BAD, b'\xff' * 41) + g.nic_block('<', nic)
        data += g.block('<', 4, bytes(4))  # name resolution, no records
        for f in t.frames:
            data += g.enhanced_block('<', nic, f, pairs=[(2, bytes(4)), (0x4FFF, b'?????')])
        data += g.statistics_block('<', 0, [(4, len(t.frames) + 3), (5, 3)])
        result = self.analyze(data)
        self.check(t, (5000, 5000, 0, 0), result=result)
        self.assertEqual([3], [i['dropped'] for i in result['interfaces']])

    def test_interface_statistics_are_cumulative(self):
        t = self.talk()
        data = g.pcapng(t.frames) + g.statistics_block('<', 0, [(5, 3)])
        data += g.statistics_block('<', 0, [(5, 10)])
        self.assertEqual([10], [i['dropped'] for i in self.analyze(data)['interfaces']])

    def lost_packets(self, system, nic, pairs):
        """What is told of a few packets and the statistics of their capture."""
        frames = self.talk().frames
        data = g.section_block(pairs=[(3, system)]) + g.nic_block('<', nic)
        data += b''.join(g.enhanced_block('<', nic, f) for f in frames)
        found = self.analyze(data + g.statistics_block('<', 0, pairs))['findings']
        return next(f['detail'] for f in found if f['id'] == 'LM301').split(' packets')[0]

    def test_losses_are_weighed_against_all_that_was_captured(self):
        """Packets exported from a large capture keep the statistics of the whole of it."""
        whole = [(4, 1_683_966), (5, 1020)]
        filtered = Nic(more=[(11, b'\0tcp port 6600')])
        n = len(self.talk().frames)
        for system, nic, pairs, of in (
                (b'Linux 6.1', Nic(), whole, 1_683_966), (b'Windows 11', Nic(), whole, 1_683_966),
                (b'Linux 6.1', filtered, whole, 1_683_966),
                # Npcap counts before the filter
                (b'Windows 11', filtered, whole, n + 1020),
                (b'Windows 11', Nic(), [(5, 1020)], n + 1020),
                (b'Linux 6.1', Nic(), [(4, n), (5, 1020)], n + 1020)):
            with self.subTest(system=system, pairs=pairs, filtered=bool(nic.more)):
                self.assertEqual(self.lost_packets(system, nic, pairs), f'1,020 of {of:,}')

    def test_no_statistics_is_unknown_and_not_zero(self):
        result = self.analyze(g.pcapng(self.talk().frames))
        self.assertEqual([None], [i['dropped'] for i in result['interfaces']])

    def test_times_that_run_backwards_disturb_no_count(self):
        t = self.talk()
        for i in range(1, len(t.frames), 3):
            t.frames[i].time_ns -= 50 * MILLISECOND
        times = [f.time_ns for f in t.frames]
        for data in (g.pcap(t.frames), g.pcapng(t.frames)):
            c = self.check(t, (5000, 5000, 0, 0), result=self.analyze(data))
            self.assertAlmostEqual(c['duration_s'], (max(times) - min(times)) / 1e9, places=9)

    def test_interfaces_written_one_behind_the_other(self):
        # dumpcap drains one interface for a while, then the next
        t = self.talk()
        copies = [g.Frame(f.time_ns + 300, f.data, f.wire_bytes, 1) for f in t.frames]
        result = self.analyze(g.pcapng(t.frames + copies, (Nic('a', ticks=9), Nic('b', ticks=9))))
        c = self.check(t, (5000, 5000, 0, 0), result=result)
        self.assertEqual([16, 16], [v['packets'] for v in c['vantage_points']])

    def test_each_side_of_a_tap_tells_its_own_direction(self):
        t = Talk(nic=0)
        t.send(CLIENT, flags=SYN)
        t.send(SERVER, flags=SYN | ACK, nic=1)
        for _ in range(5):
            t.data(1000)
            t.ack(nic=1)
        t.send(SERVER, 300, nic=1)
        t.data(1000)
        nics = (Nic('tap, to the server'), Nic('tap, to the client'))
        c = self.analyze(g.pcapng(t.frames, nics))['connections'][0]
        self.assertEqual(c['client_to_server']['stream_bytes'], 6000)
        self.assertTrue(c['vantage_points_agree'])

    def test_standard_input(self):
        t = self.talk()
        for data in (g.pcap(t.frames), g.pcapng(t.frames), gzip.compress(g.pcap(t.frames))):
            _, result = lmpath.analyze('-', stdin=data)
            self.check(t, (5000, 5000, 0, 0), result=result)

    def test_a_capture_cut_anywhere_gives_all_before_the_cut(self):
        t = self.talk()
        header = len(g.pcap([]))
        data = g.pcap(t.frames)
        sizes = [16 + len(f.data) for f in t.frames]
        for cut in random.Random(1).sample(range(header + sizes[0], len(data)), 20):
            whole = 0
            while header + sum(sizes[:whole + 1]) <= cut:
                whole += 1
            result = self.analyze(data[:cut])
            with self.subTest(cut=cut):
                self.assertEqual(whole, result['inputs'][0]['packets'])
                self.assertEqual(header + sum(sizes[:whole]) != cut,
                                 result['inputs'][0]['truncated'])


if __name__ == '__main__':
    unittest.main()
