/* The values are those of the specification's baseline (corelight/community-id-spec). */
#include "src/file/community_id.h"

#include <criterion/criterion.h>

enum { TCP = 6, UDP = 17 };

static void expect(uint8_t protocol, const char *a, uint16_t a_port, const char *b, uint16_t b_port,
                   const char *id)
{
    char text[COMMUNITY_ID_BYTES];
    struct addr there[2], back[2];

    cr_assert_eq(addr_parse(&there[0], a, NULL), 0);
    cr_assert_eq(addr_parse(&there[1], b, NULL), 0);
    back[0] = there[1];
    back[1] = there[0];
    cr_expect_str_eq(community_id_text(text, protocol, there, (uint16_t[]){ a_port, b_port }), id);
    cr_expect_str_eq(community_id_text(text, protocol, back, (uint16_t[]){ b_port, a_port }), id);
}

Test(community_id, of_tcp_is_the_baselines)
{
    expect(TCP, "128.232.110.120", 34855, "66.35.250.204", 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
}

Test(community_id, of_udp_is_the_baselines)
{
    expect(UDP, "192.168.1.52", 54585, "8.8.8.8", 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ=");
}

Test(community_id, of_ipv6_is_the_baselines)
{
    expect(TCP, "2001:470:e5bf:dead:4957:2174:e82c:4887", 63943, "2607:f8b0:400c:c03::1a", 25,
           "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=");
}

Test(community_id, of_one_address_sorts_by_port)
{
    expect(TCP, "10.20.0.1", 6600, "10.20.0.1", 50000, "1:kApcnX1ZgompYJYpVGdUrZ4KI4U=");
}
