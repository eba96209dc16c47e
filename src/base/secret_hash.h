/*
 * A keyed hash whose values tell nothing of the key, nor of the values of other bytes: SipHash-2-4
 * (J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", 2012). Slower than hash.h,
 * which is for tables.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct secret_key {
    uint64_t words[2];
};

uint64_t secret_hash(const struct secret_key *key, const void *bytes, size_t n_bytes);
/* secret_key_of() - a key made of any bytes; who can guess them has the key. */
struct secret_key secret_key_of(const void *bytes, size_t n_bytes);
