/* Compressed captures, packed here with the libraries that pack them elsewhere. */
#include <criterion/criterion.h>
#include <lz4frame.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "build.h"

static struct build b;

struct packed {
    uint8_t bytes[BUILD_MAX_BYTES];
    size_t n;
};

static struct packed packed;

static void pack_gzip(const uint8_t *from, size_t n_bytes)
{
    z_stream z = { 0 };

    cr_assert_eq(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (z_const Bytef *)from;
    z.avail_in = (uInt)n_bytes;
    z.next_out = packed.bytes + packed.n;
    z.avail_out = (uInt)(sizeof(packed.bytes) - packed.n);
    cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    packed.n = sizeof(packed.bytes) - z.avail_out;
    deflateEnd(&z);
}

static void pack_zstd(const uint8_t *from, size_t n_bytes)
{
    size_t n =
        ZSTD_compress(packed.bytes + packed.n, sizeof(packed.bytes) - packed.n, from, n_bytes, 3);

    cr_assert(!ZSTD_isError(n));
    packed.n += n;
}

static void pack_lz4(const uint8_t *from, size_t n_bytes)
{
    LZ4F_preferences_t preferences = { .frameInfo.contentChecksumFlag =
                                           LZ4F_contentChecksumEnabled };
    size_t n = LZ4F_compressFrame(packed.bytes + packed.n, sizeof(packed.bytes) - packed.n, from,
                                  n_bytes, &preferences);

    cr_assert(!LZ4F_isError(n));
    packed.n += n;
}

/* Readers of zstd and lz4 pass over it: RFC 8878, 3.1.2. */
static void pack_skippable(uint32_t n_bytes)
{
    uint8_t head[8] = { 0x5a, 0x2a, 0x4d, 0x18, n_bytes & 0xff, n_bytes >> 8 & 0xff };

    memcpy(packed.bytes + packed.n, head, sizeof(head));
    memset(packed.bytes + packed.n + 8, 'x', n_bytes);
    packed.n += 8 + n_bytes;
}

typedef void pack_function(const uint8_t *from, size_t n_bytes);

static const struct {
    enum capture_compression compression;
    pack_function *pack;
} kinds[] = {
    { CAPTURE_GZIP, pack_gzip },
    { CAPTURE_ZSTD, pack_zstd },
    { CAPTURE_LZ4, pack_lz4 },
};

enum { N_KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static void make_pcapng(unsigned n_packets)
{
    build_init(&b, false);
    put_section(&b);
    put_nic(&b, 1, 0);
    for (unsigned i = 0; i < n_packets; i++)
        put_packet(&b, 0, i * 1000003u, i % 200, 1514);
}

static struct capture *open_packed(void)
{
    struct capture *c = NULL;
    struct error err;

    cr_assert_eq(capture_open_memory(&c, packed.bytes, packed.n, &err), 0, "%s", err.text);
    return c;
}

static void expect_packets(unsigned n_packets, enum capture_compression compression)
{
    AUTO(capture) c = open_packed();

    cr_expect_eq(read_all(c), n_packets);
    cr_expect(!capture_info(c)->is_truncated, "%s", capture_info(c)->damage);
    cr_expect_eq(capture_info(c)->compression, compression);
    cr_expect_eq(capture_info(c)->n_bytes, packed.n);
}

Test(codec, unpacks_each_compression)
{
    make_pcapng(4000);
    for (size_t i = 0; i < N_KINDS; i++) {
        packed.n = 0;
        kinds[i].pack(b.bytes, b.n);
        expect_packets(4000, kinds[i].compression);
    }
}

Test(codec, unpacks_members_behind_one_another)
{
    make_pcapng(1000);
    for (size_t i = 0; i < N_KINDS; i++) {
        packed.n = 0;
        kinds[i].pack(b.bytes, 10);
        kinds[i].pack(b.bytes, 0);
        kinds[i].pack(b.bytes + 10, 4090);
        kinds[i].pack(b.bytes + 4100, b.n - 4100);
        expect_packets(1000, kinds[i].compression);
    }
}

Test(codec, passes_over_skippable_frames)
{
    make_pcapng(100);
    for (size_t i = 1; i < N_KINDS; i++) {
        packed.n = 0;
        pack_skippable(0);
        pack_skippable(5000);
        kinds[i].pack(b.bytes, 1000);
        pack_skippable(4);
        kinds[i].pack(b.bytes + 1000, b.n - 1000);
        pack_skippable(300);
        expect_packets(100, kinds[i].compression);
    }
}

Test(codec, ignores_zeros_behind_a_gzip_member)
{
    make_pcapng(10);
    packed.n = 0;
    pack_gzip(b.bytes, b.n);
    memset(packed.bytes + packed.n, 0, 10000);
    packed.n += 10000;
    expect_packets(10, CAPTURE_GZIP);
}

static void expect_damage_behind(unsigned n_packets, const char *text)
{
    AUTO(capture) c = open_packed();

    cr_expect_eq(read_all(c), n_packets);
    cr_expect(capture_info(c)->is_truncated);
    cr_expect(strstr(capture_info(c)->damage, text) != NULL, "%s", capture_info(c)->damage);
    cr_expect_eq(capture_info(c)->damage_offset, b.n);
}

Test(codec, tells_garbage_behind_the_last_member)
{
    static const char *const texts[] = { "gzip data is corrupt", "zstd data is corrupt",
                                         "lz4 data is corrupt" };

    make_pcapng(10);
    for (size_t i = 0; i < N_KINDS; i++) {
        packed.n = 0;
        kinds[i].pack(b.bytes, b.n);
        memcpy(packed.bytes + packed.n, "garbage garbage garbage", 23);
        packed.n += 23;
        expect_damage_behind(10, texts[i]);
    }
}

/* The codec still holds back output when its input ends. */
Test(codec, delivers_all_that_precedes_a_missing_end)
{
    make_pcapng(300);
    packed.n = 0;
    pack_lz4(b.bytes, b.n);
    packed.n -= 8; /* end mark and checksum */
    expect_damage_behind(300, "lz4 data ends early");
    packed.n = 0;
    pack_gzip(b.bytes, b.n);
    packed.n -= 8; /* checksum and length */
    expect_damage_behind(300, "gzip data ends early");
}

/* However the compressed bytes are cut, only whole packets come out, and the cut is told. */
Test(codec, tells_where_compressed_bytes_end_early)
{
    struct capture *c;
    size_t n_bytes;

    make_pcapng(300);
    for (size_t i = 0; i < N_KINDS; i++) {
        packed.n = 0;
        kinds[i].pack(b.bytes, b.n);
        n_bytes = packed.n;
        for (packed.n = 0; packed.n < n_bytes; packed.n++) {
            if (capture_open_memory(&c, packed.bytes, packed.n, NULL) < 0)
                continue;
            read_all(c);
            cr_assert(capture_info(c)->is_truncated);
            cr_assert(strstr(capture_info(c)->damage, "data ends early") != NULL);
            cr_assert(capture_info(c)->damage_offset <= b.n);
            capture_free(c);
        }
    }
}

Test(codec, tells_corrupt_bytes)
{
    make_pcapng(300);
    for (size_t i = 0; i < N_KINDS; i++) {
        AUTO(capture) c = NULL;

        packed.n = 0;
        kinds[i].pack(b.bytes, b.n / 2);
        kinds[i].pack(b.bytes + b.n / 2, b.n - b.n / 2);
        memset(packed.bytes + packed.n - 20, 0xa5, 20);
        c = open_packed();
        read_all(c);
        cr_expect(capture_info(c)->n_packets > 100);
        cr_assert(capture_info(c)->is_truncated);
        cr_expect(strstr(capture_info(c)->damage, " data ") != NULL, "%s", capture_info(c)->damage);
    }
}

Test(codec, tells_what_is_packed_when_it_is_no_capture)
{
    AUTO(capture) c = NULL;
    struct error err;

    packed.n = 0;
    pack_gzip((const uint8_t *)"hello", 5);
    cr_assert_eq(capture_open_memory(&c, packed.bytes, packed.n, &err), ERR_INPUT);
    cr_expect_str_eq(err.text, "is no capture: it looks like text; name a pcap or pcapng file");
    packed.n = 10; /* the header alone */
    cr_assert_eq(capture_open_memory(&c, packed.bytes, packed.n, &err), ERR_INPUT);
    cr_expect_str_eq(err.text,
                     "gzip data ends early (byte 0 of what it unpacks to); copy the capture again");
    packed.n = 0;
    pack_skippable(10);
    cr_assert_eq(capture_open_memory(&c, packed.bytes, packed.n, &err), ERR_INPUT);
    cr_expect_str_eq(err.text, "is empty: no capture was written to it");
}

Test(codec, lets_the_digest_see_the_compressed_bytes)
{
    make_pcapng(2000);
    for (size_t i = 0; i < N_KINDS; i++) {
        packed.n = 0;
        if (kinds[i].pack != pack_gzip)
            pack_skippable(20000); /* gone from the buffer before anybody wants a digest */
        kinds[i].pack(b.bytes, b.n);
        expect_digest(packed.bytes, packed.n);
    }
}
