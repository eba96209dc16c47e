/*
 * A keyed 64-bit hash for tables that hostile input fills: folded 64 x 64 -> 128-bit
 * multiplication. Who doesn't know the key can't choose keys that collide. Not for anything that
 * must stay secret.
 */
#pragma once

#include <stdint.h>
#include <string.h>

struct hash_key {
    uint64_t words[4];
};

static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t hash_load64(const uint8_t *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof(word));
    return word;
}

/* hash_words() - of four words, in order. */
static inline uint64_t hash_words(const struct hash_key *key, uint64_t a, uint64_t b, uint64_t c,
                                  uint64_t d)
{
    uint64_t left = hash_fold(a ^ key->words[0], b ^ key->words[1]);
    uint64_t right = hash_fold(c ^ key->words[2], d ^ key->words[3]);

    return hash_fold(left ^ key->words[1], right ^ key->words[2]);
}
