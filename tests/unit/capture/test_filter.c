/* The filter as libpcap understands it, over frames of each kind. */
#include <criterion/criterion.h>
#include <pcap/pcap.h>
#include <stdlib.h>

#include "capture/filter.h"
#include "src/net/packet.h"

enum { TAGS_MAX = 2, FRAME_BYTES = 128 };

struct frame {
    uint8_t bytes[FRAME_BYTES];
    unsigned n;
};

static void put16(struct frame *f, unsigned value)
{
    f->bytes[f->n++] = (uint8_t)(value >> 8);
    f->bytes[f->n++] = (uint8_t)value;
}

static struct frame begin(unsigned n_tags, unsigned ether_type)
{
    struct frame f = { .n = 12 };

    for (unsigned i = 0; i < n_tags; i++) {
        put16(&f, 0x8100);
        put16(&f, 42);
    }
    put16(&f, ether_type);
    return f;
}

/* ip() - @type: of ICMP, or the first byte of whatever it carries. */
static struct frame ip(unsigned n_tags, bool is_v6, unsigned protocol, unsigned source_port,
                       unsigned destination_port)
{
    struct frame f = begin(n_tags, is_v6 ? 0x86dd : 0x0800);
    unsigned at = f.n;

    if (is_v6) {
        f.bytes[at] = 0x60;
        f.bytes[at + 6] = (uint8_t)protocol;
    } else {
        f.bytes[at] = 0x45;
        f.bytes[at + 9] = (uint8_t)protocol;
    }
    f.n += is_v6 ? 40 : 20;
    put16(&f, source_port);
    put16(&f, destination_port);
    return f;
}

static bool passes(const struct frame *f, uint16_t lm_port)
{
    const struct filter_ports ports = { lm_port, 445 };
    const struct pcap_pkthdr head = { .caplen = FRAME_BYTES, .len = FRAME_BYTES };
    pcap_t *pcap = pcap_open_dead(DLT_EN10MB, 256);
    char *text = filter_text(&ports, LINK_ETHERNET);
    struct bpf_program program;
    bool result;

    cr_assert_not_null(pcap);
    cr_assert_eq(pcap_compile(pcap, &program, text, 1, PCAP_NETMASK_UNKNOWN), 0, "%s",
                 pcap_geterr(pcap));
    result = pcap_offline_filter(&program, &head, f->bytes) > 0;
    pcap_freecode(&program);
    pcap_close(pcap);
    free(text);
    return result;
}

static bool ip_passes(unsigned protocol, unsigned source_port, unsigned destination_port)
{
    unsigned n = 0;

    for (unsigned n_tags = 0; n_tags <= TAGS_MAX; n_tags++) {
        for (int is_v6 = 0; is_v6 <= 1; is_v6++) {
            struct frame f = ip(n_tags, is_v6, protocol, source_port, destination_port);

            n += passes(&f, 6600);
        }
    }
    cr_expect(n == 0 || n == 6, "the same with and without tags, IPv4 and IPv6");
    return n == 6;
}

Test(filter, takes_what_bears_on_the_question_tagged_or_not)
{
    cr_expect(ip_passes(IP_TCP, 1000, 6600));
    cr_expect(ip_passes(IP_TCP, 6600, 1000));
    cr_expect(ip_passes(IP_TCP, 445, 1000));
    cr_expect(ip_passes(IP_TCP, 1000, 5445));
    cr_expect(ip_passes(IP_UDP, 1000, 4791));
    cr_expect(ip_passes(IP_UDP, 3343, 3343));
    cr_expect(ip_passes(IP_ESP, 0, 0));
}

Test(filter, leaves_the_rest)
{
    cr_expect(!ip_passes(IP_TCP, 1000, 80));
    cr_expect(!ip_passes(IP_UDP, 1000, 6600));
    cr_expect(!ip_passes(IP_UDP, 1000, 53));
    cr_expect(!ip_passes(IP_GRE, 6600, 6600));
}

Test(filter, takes_arp)
{
    for (unsigned n_tags = 0; n_tags <= TAGS_MAX; n_tags++) {
        struct frame f = begin(n_tags, 0x0806);

        cr_expect(passes(&f, 6600));
    }
}

Test(filter, takes_icmp_errors_and_no_other_icmp)
{
    static const struct {
        bool is_v6;
        unsigned type;
        bool is_error;
    } rows[] = {
        { false, 3, true },  { false, 5, true },   { false, 11, true },
        { false, 8, false }, { false, 0, false },  { true, 1, true },
        { true, 2, true },   { true, 128, false }, { true, 135, false },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct frame f =
            ip(1, rows[i].is_v6, rows[i].is_v6 ? IP_ICMPV6 : IP_ICMP, rows[i].type << 8, 0);

        cr_expect_eq(passes(&f, 6600), rows[i].is_error, "type %u", rows[i].type);
    }
}

Test(filter, follows_the_ports_that_were_given)
{
    struct frame f = ip(0, false, IP_TCP, 1000, 7600);

    cr_expect(passes(&f, 7600));
    cr_expect(!passes(&f, 6600));
}

Test(filter, knows_links_without_tags)
{
    const struct filter_ports ports = { 6600, 445 };
    pcap_t *pcap = pcap_open_dead(DLT_RAW, 256);
    char *text = filter_text(&ports, LINK_RAW);
    struct bpf_program program;

    cr_assert_eq(pcap_compile(pcap, &program, text, 1, PCAP_NETMASK_UNKNOWN), 0, "%s",
                 pcap_geterr(pcap));
    pcap_freecode(&program);
    pcap_close(pcap);
    free(text);
}
