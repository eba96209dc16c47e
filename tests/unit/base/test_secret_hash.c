#include "src/base/secret_hash.h"

#include <criterion/criterion.h>

/* Key, bytes and value of the paper's appendix A. */
Test(secret_hash, is_siphash_2_4)
{
    static const uint8_t bytes[15] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 };
    static const struct secret_key key = { { UINT64_C(0x0706050403020100),
                                             UINT64_C(0x0f0e0d0c0b0a0908) } };

    cr_assert_eq(secret_hash(&key, bytes, sizeof(bytes)), UINT64_C(0xa129ca6149be45e5));
}

Test(secret_hash, depends_on_key_bytes_and_length)
{
    static const uint8_t zeros[16] = { 0 };
    struct secret_key one = secret_key_of("one", 3), other = secret_key_of("other", 5);

    cr_assert_neq(secret_hash(&one, zeros, 8), secret_hash(&other, zeros, 8));
    cr_assert_neq(secret_hash(&one, zeros, 8), secret_hash(&one, zeros, 9));
    cr_assert_neq(one.words[0], one.words[1]);
    cr_assert_eq(secret_hash(&one, NULL, 0), secret_hash(&one, zeros, 0));
}
