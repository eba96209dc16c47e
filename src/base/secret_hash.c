#include "src/base/secret_hash.h"

#include "src/base/cursor.h"

enum { WORD_BYTES = 8, ROUNDS_EACH = 2, ROUNDS_LAST = 4 };

struct state {
    uint64_t a, b, c, d;
};

static uint64_t rotate(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

static void mix(struct state *s, unsigned n_rounds)
{
    for (unsigned i = 0; i < n_rounds; i++) {
        s->a += s->b;
        s->c += s->d;
        s->b = rotate(s->b, 13) ^ s->a;
        s->d = rotate(s->d, 16) ^ s->c;
        s->a = rotate(s->a, 32) + s->d;
        s->c += s->b;
        s->d = rotate(s->d, 21) ^ s->a;
        s->b = rotate(s->b, 17) ^ s->c;
        s->c = rotate(s->c, 32);
    }
}

static void absorb(struct state *s, uint64_t word)
{
    s->d ^= word;
    mix(s, ROUNDS_EACH);
    s->a ^= word;
}

uint64_t secret_hash(const struct secret_key *key, const void *bytes, size_t n_bytes)
{
    /* the paper's constants */
    struct state s = { key->words[0] ^ UINT64_C(0x736f6d6570736575),
                       key->words[1] ^ UINT64_C(0x646f72616e646f6d),
                       key->words[0] ^ UINT64_C(0x6c7967656e657261),
                       key->words[1] ^ UINT64_C(0x7465646279746573) };
    struct cursor c = cursor_of(bytes, n_bytes);
    uint64_t last = (uint64_t)n_bytes << 56;

    while (cursor_left(&c) >= WORD_BYTES)
        absorb(&s, cursor_u64le(&c));
    for (unsigned shift = 0; cursor_left(&c) > 0; shift += 8)
        last |= (uint64_t)cursor_u8(&c) << shift;
    absorb(&s, last);
    s.c ^= 0xff;
    mix(&s, ROUNDS_LAST);
    return s.a ^ s.b ^ s.c ^ s.d;
}

struct secret_key secret_key_of(const void *bytes, size_t n_bytes)
{
    static const struct secret_key first = { { 0, 0 } }, second = { { 1, 0 } };

    return (struct secret_key){ { secret_hash(&first, bytes, n_bytes),
                                  secret_hash(&second, bytes, n_bytes) } };
}
