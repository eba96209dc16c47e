/*
 * Make a capture with known totals, for measuring: the same bytes on every run.
 *
 * The truth (every connection's counts) is written as JSON beside it. Frames are
 * Ethernet, IPv4, TCP with the timestamps option, as a migration between two hosts looks.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEADER_BYTES = 14 + 20 + 32, /* Ethernet, IPv4, TCP with timestamps */
    MAX_FRAME_BYTES = 9014,
    BULK_FLOWS = 8,
    SMALL_FLOWS = 1000,
    SMALL_STEPS = 12, /* packets of a small connection */
    OPEN_CONNECTIONS = 100000,
    MANY_STEPS = 5,          /* packets of a connection in 'many' */
    DISORDER_SEGMENTS = 256, /* shuffled among themselves */
    RETRANSMIT_AFTER = 64,   /* segments of the same flow */
    PACKET_GAP_NS = 3000,
};

enum tcp_flag { FIN = 0x01, SYN = 0x02, PSH = 0x08, ACK = 0x10 };
enum side { CLIENT, SERVER };

struct half {
    uint64_t packets;
    uint64_t wire_bytes;
    uint64_t payload_bytes;
    uint64_t retransmitted_bytes;
    uint64_t missing_bytes;
    uint64_t stream_bytes; /* also the offset of the next byte to send */
    uint32_t isn;
    uint16_t ip_id;
};

struct connection {
    uint32_t address[2]; /* client, server */
    uint16_t port[2];
    struct half half[2];
    uint64_t again; /* offset of a segment to be sent again, and after how many more segments */
    unsigned again_after;
    unsigned unacknowledged; /* segments since the last ACK */
};

struct output {
    FILE *file;
    bool is_pcapng;
    uint32_t snap_bytes;
    uint64_t packets;
    uint64_t time_ns;
    uint64_t random;
    uint8_t frame[MAX_FRAME_BYTES];
};

struct scenario {
    const char *name;
    const char *what;
    uint64_t packets; /* unless told otherwise */
    uint32_t snap_bytes;
    void (*run)(struct output *out, const struct scenario *s, uint64_t packets, FILE *truth);
    uint32_t frame_bytes;
    bool has_acks;
    bool has_small_flows;
    bool is_shuffled;
};

/* splitmix64: small, fast, and the same everywhere */
static uint64_t random_next(struct output *out)
{
    uint64_t z = out->random += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void put_u16be(uint8_t *to, uint32_t value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
}

static void put_u32be(uint8_t *to, uint32_t value)
{
    put_u16be(to, value >> 16);
    put_u16be(to + 2, value & 0xffff);
}

static void put_u32le(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

static void write_bytes(struct output *out, const void *bytes, size_t n_bytes)
{
    if (fwrite(bytes, 1, n_bytes, out->file) != n_bytes) {
        perror("generate: write");
        exit(2);
    }
}

static void write_words(struct output *out, const uint32_t *words, size_t n_words)
{
    uint8_t bytes[64];

    for (size_t i = 0; i < n_words; i++)
        put_u32le(bytes + 4 * i, words[i]);
    write_bytes(out, bytes, 4 * n_words);
}

static void write_file_header(struct output *out)
{
    if (out->is_pcapng) {
        /* section header block of unknown length; interface description: Ethernet, microseconds */
        write_words(out, (uint32_t[]){ 0x0a0d0d0a, 28, 0x1a2b3c4d, 1, UINT32_MAX, UINT32_MAX, 28 },
                    7);
        write_words(out, (uint32_t[]){ 1, 20, 1, out->snap_bytes, 20 }, 5);
    } else {
        write_words(out, (uint32_t[]){ 0xa1b2c3d4, 4 << 16 | 2, 0, 0, out->snap_bytes, 1 }, 6);
    }
}

static void write_record(struct output *out, uint32_t wire_bytes)
{
    static const uint8_t padding[4];
    uint32_t captured = wire_bytes < out->snap_bytes ? wire_bytes : out->snap_bytes;
    uint64_t us = out->time_ns / 1000;

    if (out->is_pcapng) {
        uint32_t pad = -captured & 3;
        uint32_t total = 32 + captured + pad;

        write_words(
            out,
            (uint32_t[]){ 6, total, 0, (uint32_t)(us >> 32), (uint32_t)us, captured, wire_bytes },
            7);
        write_bytes(out, out->frame, captured);
        write_bytes(out, padding, pad);
        write_words(out, &total, 1);
    } else {
        write_words(out,
                    (uint32_t[]){ (uint32_t)(us / 1000000), (uint32_t)(us % 1000000), captured,
                                  wire_bytes },
                    4);
        write_bytes(out, out->frame, captured);
    }
    out->packets++;
    out->time_ns += PACKET_GAP_NS;
}

/* One segment of @side at @offset of its stream; -1 is the SYN's place. Counts packet and payload.
 */
static void send_segment(struct output *out, struct connection *c, enum side side, uint64_t offset,
                         uint32_t payload_bytes, unsigned flags)
{
    struct half *from = &c->half[side];
    struct half *peer = &c->half[!side];
    uint8_t *ip = out->frame + 14;
    uint8_t *tcp = ip + 20;
    uint32_t wire_bytes = HEADER_BYTES + payload_bytes;
    uint32_t milliseconds = (uint32_t)(out->time_ns / 1000000);

    out->frame[5] = side == CLIENT ? 2 : 1;
    out->frame[11] = side == CLIENT ? 1 : 2;
    put_u16be(ip + 2, wire_bytes - 14);
    put_u16be(ip + 4, from->ip_id++);
    put_u32be(ip + 12, c->address[side]);
    put_u32be(ip + 16, c->address[!side]);
    put_u16be(tcp, c->port[side]);
    put_u16be(tcp + 2, c->port[!side]);
    put_u32be(tcp + 4, from->isn + 1 + (uint32_t)offset);
    put_u32be(tcp + 8, flags & ACK ? peer->isn + 1 + (uint32_t)peer->stream_bytes : 0);
    tcp[13] = (uint8_t)flags;
    put_u32be(tcp + 24, milliseconds);
    put_u32be(tcp + 28, milliseconds);
    write_record(out, wire_bytes);
    from->packets++;
    from->wire_bytes += wire_bytes;
    from->payload_bytes += payload_bytes;
}

static void send_next(struct output *out, struct connection *c, enum side side,
                      uint32_t payload_bytes, unsigned flags)
{
    send_segment(out, c, side, c->half[side].stream_bytes, payload_bytes, flags);
    c->half[side].stream_bytes += payload_bytes;
}

static void send_syn(struct output *out, struct connection *c, enum side side)
{
    send_segment(out, c, side, UINT64_MAX, 0, side == CLIENT ? SYN : SYN | ACK);
}

static void init_frame(struct output *out)
{
    static const uint8_t start[HEADER_BYTES] = {
        [0] = 2,   [6] = 2,  [12] = 8,      [14] = 0x45, [20] = 0x40,
        [22] = 64, [23] = 6, [46] = 8 << 4, [48] = 0x01, [49] = 0xf6, /* window 502 */
        [54] = 1,  [55] = 1, [56] = 8,      [57] = 10,                /* two NOPs, timestamps */
    };

    memcpy(out->frame, start, sizeof(start));
    for (int i = HEADER_BYTES; i < MAX_FRAME_BYTES; i++)
        out->frame[i] = (uint8_t)(i * 7);
}

static void init_connection(struct output *out, struct connection *c, uint32_t client,
                            uint16_t client_port, uint32_t server, uint16_t server_port)
{
    memset(c, 0, sizeof(*c));
    c->address[CLIENT] = client;
    c->address[SERVER] = server;
    c->port[CLIENT] = client_port;
    c->port[SERVER] = server_port;
    for (int side = 0; side < 2; side++) {
        c->half[side].isn = (uint32_t)random_next(out);
        c->half[side].ip_id = (uint16_t)random_next(out);
    }
}

/* One step of a bulk flow: a segment, now and then one that the capture missed or that is sent
 * twice. */
static void bulk_step(struct output *out, const struct scenario *s, struct connection *c)
{
    struct half *from = &c->half[CLIENT];
    uint32_t payload_bytes = s->frame_bytes - HEADER_BYTES;
    unsigned chance = (unsigned)(random_next(out) % 10000);

    if (c->again_after > 0 && --c->again_after == 0) {
        send_segment(out, c, CLIENT, c->again, payload_bytes, ACK);
        from->retransmitted_bytes += payload_bytes;
    } else if (chance < 5) { /* 0.05 %: passed, but not captured */
        from->stream_bytes += payload_bytes;
        from->missing_bytes += payload_bytes;
    } else {
        if (chance < 15 && c->again_after == 0) { /* 0.1 % */
            c->again = from->stream_bytes;
            c->again_after = RETRANSMIT_AFTER;
        }
        send_next(out, c, CLIENT, payload_bytes, ACK);
    }
    if (s->has_acks && ++c->unacknowledged == 2) {
        send_next(out, c, SERVER, 0, ACK);
        c->unacknowledged = 0;
    }
}

static void disorder_step(struct output *out, const struct scenario *s, struct connection *c)
{
    struct half *from = &c->half[CLIENT];
    uint32_t payload_bytes = s->frame_bytes - HEADER_BYTES;
    unsigned order[DISORDER_SEGMENTS];

    for (unsigned i = 0; i < DISORDER_SEGMENTS; i++) {
        unsigned j = (unsigned)(random_next(out) % (i + 1));

        order[i] = order[j];
        order[j] = i;
    }
    for (unsigned i = 0; i < DISORDER_SEGMENTS; i++)
        send_segment(out, c, CLIENT, from->stream_bytes + (uint64_t)order[i] * payload_bytes,
                     payload_bytes, ACK);
    from->stream_bytes += (uint64_t)DISORDER_SEGMENTS * payload_bytes;
}

/* Packet @step (0 .. SMALL_STEPS - 1) of a small connection: a few requests and answers. */
static void small_step(struct output *out, struct connection *c, unsigned step)
{
    uint32_t request = 60 + c->port[CLIENT] % 300;

    switch (step) {
    case 0:
        send_syn(out, c, CLIENT);
        break;
    case 1:
        send_syn(out, c, SERVER);
        break;
    case 2:
        send_next(out, c, CLIENT, 0, ACK);
        break;
    case SMALL_STEPS - 3:
        send_next(out, c, CLIENT, 0, FIN | ACK);
        break;
    case SMALL_STEPS - 2:
        send_next(out, c, SERVER, 0, FIN | ACK);
        break;
    case SMALL_STEPS - 1:
        send_next(out, c, CLIENT, 0, ACK);
        break;
    default:
        if (step % 2)
            send_next(out, c, CLIENT, request, PSH | ACK);
        else
            send_next(out, c, SERVER, 4 * request, PSH | ACK);
    }
}

static void truth_half(FILE *truth, const char *name, const struct half *h, const char *end)
{
    fprintf(truth,
            "\"%s\": {\"packets\": %" PRIu64 ", \"wire_bytes\": %" PRIu64
            ", \"payload_bytes\": %" PRIu64 ", \"stream_bytes\": %" PRIu64
            ", \"retransmitted_bytes\": %" PRIu64 ", \"missing_bytes\": %" PRIu64 "}%s",
            name, h->packets, h->wire_bytes, h->payload_bytes, h->stream_bytes,
            h->retransmitted_bytes, h->missing_bytes, end);
}

static void truth_address(FILE *truth, const char *name, uint32_t a)
{
    fprintf(truth, "\"%s\": \"%u.%u.%u.%u\", ", name, a >> 24, a >> 16 & 255, a >> 8 & 255,
            a & 255);
}

static void truth_connection(FILE *truth, const struct connection *c, bool is_first)
{
    fprintf(truth, "%s  {", is_first ? "" : ",\n");
    truth_address(truth, "client", c->address[CLIENT]);
    truth_address(truth, "server", c->address[SERVER]);
    fprintf(truth, "\"client_port\": %u, \"server_port\": %u, ", c->port[CLIENT], c->port[SERVER]);
    truth_half(truth, "client_to_server", &c->half[CLIENT], ", ");
    truth_half(truth, "server_to_client", &c->half[SERVER], "}");
}

static void half_add(struct half *sum, const struct half *h)
{
    sum->packets += h->packets;
    sum->wire_bytes += h->wire_bytes;
    sum->payload_bytes += h->payload_bytes;
    sum->stream_bytes += h->stream_bytes;
    sum->retransmitted_bytes += h->retransmitted_bytes;
    sum->missing_bytes += h->missing_bytes;
}

static void truth_totals(FILE *truth, uint64_t connections, const struct half total[2],
                         const struct output *out)
{
    fprintf(truth, "],\n \"connections_total\": %" PRIu64 ", \"packets\": %" PRIu64 ",\n ",
            connections, out->packets);
    truth_half(truth, "client_to_server", &total[CLIENT], ",\n ");
    truth_half(truth, "server_to_client", &total[SERVER], "}\n");
}

static void run_bulk(struct output *out, const struct scenario *s, uint64_t packets, FILE *truth)
{
    static struct connection flows[BULK_FLOWS + SMALL_FLOWS];
    struct connection *small = flows + BULK_FLOWS;
    unsigned n_flows = BULK_FLOWS + (s->has_small_flows ? SMALL_FLOWS : 0);
    uint64_t small_every = packets / (2 * SMALL_FLOWS * SMALL_STEPS) + 1; /* all within the run */
    uint64_t small_sent = 0;
    struct half total[2] = { 0 };

    for (unsigned i = 0; i < BULK_FLOWS; i++) {
        init_connection(out, &flows[i], 0x0a140001 + i % 2 * 256, (uint16_t)(50000 + i),
                        0x0a140002 + i % 2 * 256, 6600);
        send_syn(out, &flows[i], CLIENT);
        if (s->has_acks)
            send_syn(out, &flows[i], SERVER);
    }
    for (unsigned i = 0; i < SMALL_FLOWS; i++)
        init_connection(out, &small[i], 0x0a0a0a01 + i % 50, (uint16_t)(30000 + i),
                        0x0a0a0b01 + i % 7, i % 3 ? 443 : 445);

    for (uint64_t step = 0; out->packets < packets; step++) {
        struct connection *c = &flows[random_next(out) % BULK_FLOWS];

        if (s->is_shuffled)
            disorder_step(out, s, c);
        else
            bulk_step(out, s, c);
        if (s->has_small_flows && step % small_every == 0 &&
            small_sent < (uint64_t)SMALL_FLOWS * SMALL_STEPS) {
            small_step(out, &small[small_sent % SMALL_FLOWS], (unsigned)(small_sent / SMALL_FLOWS));
            small_sent++;
        }
    }
    for (unsigned i = 0; i < BULK_FLOWS; i++) {
        /* a segment behind everything, so that what is missing can be told without ACKs, too */
        send_next(out, &flows[i], CLIENT, s->frame_bytes - HEADER_BYTES, FIN | ACK);
        if (s->has_acks)
            send_next(out, &flows[i], SERVER, 0, FIN | ACK);
    }
    for (unsigned i = 0; i < n_flows; i++) {
        if (flows[i].half[CLIENT].packets > 0)
            truth_connection(truth, &flows[i], i == 0);
        half_add(&total[CLIENT], &flows[i].half[CLIENT]);
        half_add(&total[SERVER], &flows[i].half[SERVER]);
    }
    truth_totals(truth, n_flows, total, out);
}

static void many_step(struct output *out, struct connection *c, unsigned step)
{
    switch (step) {
    case 0:
        send_syn(out, c, CLIENT);
        break;
    case 1:
        send_syn(out, c, SERVER);
        break;
    case 2:
        send_next(out, c, CLIENT, 200 + c->port[CLIENT] % 512, PSH | ACK);
        break;
    case 3:
        send_next(out, c, SERVER, 500 + c->port[CLIENT] % 900, PSH | ACK);
        break;
    case 4:
        send_next(out, c, CLIENT, 0, FIN | ACK);
        break;
    }
}

/* Connections of MANY_STEPS packets, each open while OPEN_CONNECTIONS others come and go. */
static void run_many(struct output *out, const struct scenario *s, uint64_t packets, FILE *truth)
{
    const uint64_t n_connections = packets / MANY_STEPS;
    const uint64_t n_slots =
        n_connections < OPEN_CONNECTIONS + 4 ? n_connections + 4 : OPEN_CONNECTIONS + 4;
    const uint64_t lag = (n_slots - 4) / (MANY_STEPS - 1);
    struct connection *slots = calloc((size_t)n_slots, sizeof(*slots));
    struct half total[2] = { 0 };

    (void)s;
    if (slots == NULL) {
        fputs("generate: out of memory\n", stderr);
        exit(2);
    }
    for (uint64_t i = 0; i < n_connections + lag * (MANY_STEPS - 1); i++) {
        for (unsigned step = 0; step < MANY_STEPS; step++) {
            uint64_t j = i - step * lag; /* wraps far above n_connections before its time */
            struct connection *c = &slots[j % n_slots];

            if (j >= n_connections)
                continue;
            if (step == 0)
                init_connection(out, c, 0x0a000000 + (uint32_t)(j % 65521),
                                (uint16_t)(1024 + j / 65521), 0xac100001 + (uint32_t)(j % 16), 443);
            many_step(out, c, step);
            if (step < MANY_STEPS - 1)
                continue;
            if (j % 1000 == 0)
                truth_connection(truth, c, j == 0);
            half_add(&total[CLIENT], &c->half[CLIENT]);
            half_add(&total[SERVER], &c->half[SERVER]);
        }
    }
    truth_totals(truth, n_connections, total, out);
    free(slots);
}

static const struct scenario SCENARIOS[] = {
    { "bulk", "8 bulk flows and 1,000 small ones, headers only, jumbo frames", 10000000, 96,
      run_bulk, 9014, .has_acks = true, .has_small_flows = true },
    { "full", "8 bulk flows, whole 1514-byte frames", 1500000, 65535, run_bulk, 1514,
      .has_acks = true },
    { "oneway", "8 bulk flows of which only the data was captured, no ACK", 10000000, 96, run_bulk,
      9014 },
    { "disorder", "as oneway, each 256 segments shuffled", 10000000, 96, run_bulk, 9014,
      .is_shuffled = true },
    { "many", "connections of 5 packets, 100,000 open at a time", 5000000, 96, run_many, 0 },
    { NULL },
};

static void usage(FILE *to)
{
    fputs("usage: generate SCENARIO [-n PACKETS] [--pcapng] [-o FILE] [--truth FILE]\n\n", to);
    for (const struct scenario *s = SCENARIOS; s->name; s++)
        fprintf(to, "  %-9s %s (%" PRIu64 " packets)\n", s->name, s->what, s->packets);
    fputs("\nThe capture goes to standard output without -o.\n", to);
}

static FILE *open_or_exit(const char *path)
{
    FILE *f = fopen(path, "wb");

    if (f == NULL) {
        perror(path);
        exit(2);
    }
    return f;
}

int main(int argc, char **argv)
{
    static struct output out = { .random = 1 };
    const struct scenario *s = SCENARIOS;
    const char *truth_path = NULL;
    uint64_t packets = 0;
    FILE *truth;

    out.file = stdout;
    while (argc > 1 && s->name && strcmp(s->name, argv[1]) != 0)
        s++;
    if (argc < 2 || s->name == NULL) {
        usage(stderr);
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--pcapng") == 0)
            out.is_pcapng = true;
        else if (strcmp(argv[i], "-n") == 0 && i + 1 < argc)
            packets = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
            out.file = open_or_exit(argv[++i]);
        else if (strcmp(argv[i], "--truth") == 0 && i + 1 < argc)
            truth_path = argv[++i];
        else {
            usage(stderr);
            return 2;
        }
    }
    setvbuf(out.file, NULL, _IOFBF, 1 << 20);
    truth = open_or_exit(truth_path ? truth_path : "/dev/null");
    out.snap_bytes = s->snap_bytes;
    out.time_ns = 1700000000000000000u;
    init_frame(&out);
    write_file_header(&out);
    fprintf(truth, "{\"scenario\": \"%s\",\n \"connections\": [\n", s->name);
    s->run(&out, s, packets ? packets : s->packets, truth);
    if (fclose(truth) != 0 || fclose(out.file) != 0) {
        perror("generate: write");
        return 2;
    }
    return 0;
}
