/* Examples of FIPS 180-2, appendix B. */
#include "src/file/digest.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect_sha256(const char *text, size_t n_first_bytes, const uint8_t expected[32])
{
    struct digest *d = NULL;
    uint8_t sha256[DIGEST_BYTES];

    cr_assert_eq(digest_new(&d, NULL), 0);
    cr_assert_eq(digest_update(d, text, n_first_bytes, NULL), 0);
    cr_assert_eq(digest_update(d, text + n_first_bytes, strlen(text) - n_first_bytes, NULL), 0);
    cr_assert_eq(digest_finish(d, sha256, NULL), 0);
    cr_expect_eq(memcmp(sha256, expected, sizeof(sha256)), 0);
    digest_free(d);
}

Test(digest, is_sha256)
{
    static const uint8_t abc[] = {
        0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
        0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
        0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
    };
    static const uint8_t two_blocks[] = {
        0x24, 0x8d, 0x6a, 0x61, 0xd2, 0x06, 0x38, 0xb8, 0xe5, 0xc0, 0x26,
        0x93, 0x0c, 0x3e, 0x60, 0x39, 0xa3, 0x3c, 0xe4, 0x59, 0x64, 0xff,
        0x21, 0x67, 0xf6, 0xec, 0xed, 0xd4, 0x19, 0xdb, 0x06, 0xc1,
    };

    expect_sha256("abc", 0, abc);
    expect_sha256("abc", 2, abc);
    expect_sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 17, two_blocks);
}

Test(digest, frees_nothing)
{
    cr_expect(digest_free(NULL) == NULL);
}
