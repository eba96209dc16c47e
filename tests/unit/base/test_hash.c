#include "src/base/hash.h"

#include <criterion/criterion.h>

static const struct hash_key key = { { 0x9ae16a3b2f90404f, 0xc949d7c7509e6557, 0xff51afd7ed558ccd,
                                       0x4cf5ad432745937f } };

Test(hash, folds_the_whole_product)
{
    cr_expect_eq(hash_fold(3, 5), 15);
    /* (2^64 - 1)^2 = 2^128 - 2^65 + 1: upper half 2^64 - 2, lower 1 */
    cr_expect_eq(hash_fold(UINT64_MAX, UINT64_MAX), UINT64_MAX);
    cr_expect_eq(hash_fold(UINT64_C(1) << 63, 2), 1);
}

Test(hash, loads_bytes_wherever_they_lie)
{
    uint8_t bytes[9] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
    uint64_t word;

    memcpy(&word, bytes + 1, sizeof(word));
    cr_expect_eq(hash_load64(bytes + 1), word);
}

Test(hash, depends_on_every_word_and_its_place)
{
    uint64_t plain = hash_words(&key, 1, 2, 3, 4);

    cr_expect_eq(hash_words(&key, 1, 2, 3, 4), plain);
    cr_expect_neq(hash_words(&key, 9, 2, 3, 4), plain);
    cr_expect_neq(hash_words(&key, 1, 9, 3, 4), plain);
    cr_expect_neq(hash_words(&key, 1, 2, 9, 4), plain);
    cr_expect_neq(hash_words(&key, 1, 2, 3, 9), plain);
    cr_expect_neq(hash_words(&key, 2, 1, 3, 4), plain);
    cr_expect_neq(hash_words(&key, 3, 4, 1, 2), plain);
}

Test(hash, depends_on_every_word_of_the_key)
{
    uint64_t plain = hash_words(&key, 1, 2, 3, 4);

    for (int i = 0; i < 4; i++) {
        struct hash_key other = key;

        other.words[i] ^= 1;
        cr_expect_neq(hash_words(&other, 1, 2, 3, 4), plain);
    }
}

/* The table takes its slot from the low bits and the slot's print from the high ones. */
Test(hash, spreads_neighbours_over_low_and_high_bits)
{
    enum { N = 4096, BUCKETS = 256 };
    unsigned low[BUCKETS] = { 0 }, high[BUCKETS] = { 0 };

    for (uint64_t i = 0; i < N; i++) {
        uint64_t hash = hash_words(&key, 1, 2, i << 32, 4);

        low[hash % BUCKETS]++;
        high[hash >> 56]++;
    }
    for (int i = 0; i < BUCKETS; i++) { /* 16 each would be even */
        cr_expect(low[i] < 48);
        cr_expect(high[i] < 48);
    }
}
