#include "src/net/packet.h"

#include <criterion/criterion.h>

#include "tests/unit/net/frame.h"

Test(packet, says_so_when_the_link_type_has_no_row)
{
    struct packet p;

    cr_assert_eq(frame_decode(&p, 105, IPV4_PACKET), PACKET_LINK_UNKNOWN);
    cr_assert_eq(p.protocol, 0);
    cr_assert(link_type_name(105) == NULL);
}

Test(packet, names_its_link_types)
{
    static const uint16_t known[] = {
        LINK_NULL,     LINK_ETHERNET, LINK_PPP,        LINK_RAW_BSD,   LINK_RAW_OPENBSD,
        LINK_PPP_HDLC, LINK_RAW,      LINK_LOOP,       LINK_LINUX_SLL, LINK_IPV4,
        LINK_IPV6,     LINK_NFLOG,    LINK_LINUX_SLL2,
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        cr_expect(link_type_name(known[i]) != NULL);
    cr_assert_str_eq(link_type_name(LINK_ETHERNET), "Ethernet");
    cr_assert_str_eq(link_type_name(LINK_LINUX_SLL2), "Linux cooked v2");
}

Test(packet, writes_every_field_of_the_result)
{
    struct packet full, empty;

    memset(&full, 0xff, sizeof(full));
    memset(&empty, 0, sizeof(empty));
    cr_assert_eq(packet_decode(&full, LINK_ETHERNET, NULL, 0, 0), PACKET_MALFORMED);
    cr_assert_eq(memcmp(&full, &empty, sizeof(full)), 0);
}

Test(packet, stops_at_too_many_headers)
{
    struct frame f = frame_of(ETHERNET("81 00"));
    struct frame inner = frame_of("00 0a 08 00 " IPV4_PACKET);
    struct packet p;
    uint32_t n;

    for (n = 0; n < PACKET_LAYERS_MAX; n++) {
        memcpy(f.bytes + 14 + 4 * n, inner.bytes, inner.n_bytes);
        cr_assert_eq(frame_decode_cut(&p, LINK_ETHERNET, &f, 14 + 4 * n + inner.n_bytes, 200),
                     n < PACKET_LAYERS_MAX - 2 ? PACKET_OK : PACKET_MALFORMED);
        memcpy(f.bytes + 14 + 4 * n, "\x00\x0a\x81\x00", 4);
    }
}

Test(packet, takes_a_wire_length_below_the_captured_one_for_that)
{
    struct frame f = frame_of(ETHERNET("08 00") IPV4("00 00", "06") TCP("50", "18") DATA);
    struct packet p;

    cr_assert_eq(frame_decode_cut(&p, LINK_ETHERNET, &f, f.n_bytes, 0), PACKET_OK);
    cr_assert(packet_is_sample(&p));
}

static uint32_t header_bytes_of(const char *hex, uint32_t cut_bytes)
{
    struct frame f = frame_of(hex);
    struct packet p, same;
    uint32_t header_bytes;
    enum packet_status status = packet_decode_headers(&p, &header_bytes, LINK_ETHERNET, f.bytes,
                                                      f.n_bytes - cut_bytes, f.n_bytes);

    cr_expect_eq(frame_decode_cut(&same, LINK_ETHERNET, &f, f.n_bytes - cut_bytes, f.n_bytes),
                 status);
    cr_expect_eq(memcmp(&p, &same, sizeof(p)), 0);
    return header_bytes;
}

Test(packet, tells_where_the_headers_end)
{
    const char *tcp = ETHERNET("08 00") IPV4("00 2c", "06") TCP("50", "18") DATA;

    cr_expect_eq(header_bytes_of(tcp, 0), 54);
    cr_expect_eq(header_bytes_of(tcp, DATA_BYTES), 54);
    cr_expect_eq(header_bytes_of(tcp, DATA_BYTES + 1), 34);
    cr_expect_eq(header_bytes_of(tcp, 25), 14);
    cr_expect_eq(header_bytes_of(
                     ETHERNET("08 00") IPV4("00 30", "06") TCP("60", "18") "01 01 01 00" DATA, 0),
                 58);
    cr_expect_eq(header_bytes_of(ETHERNET("08 00") IPV4("00 20", "11") UDP("00 0c") DATA, 0), 42);
    cr_expect_eq(header_bytes_of(ETHERNET("08 06") DATA, 0), 14);
}
