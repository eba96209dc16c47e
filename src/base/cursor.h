/*
 * The only way to read bytes from outside: a position, an end, and a sticky failure.
 *
 * Read the fields, test c->failed once, then use the values. A read past the end yields 0, sets
 * failed and moves nothing. A cursor borrows its bytes and owns nothing. Any thread.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct cursor {
    const uint8_t *at;
    const uint8_t *end;
    bool failed;
};

static inline struct cursor cursor_of(const void *bytes, size_t n_bytes)
{
    const uint8_t *at = (const uint8_t *)bytes;

    return (struct cursor){ at, at ? at + n_bytes : at, false };
}

static inline size_t cursor_left(const struct cursor *c)
{
    return (size_t)(c->end - c->at);
}

/* cursor_take() - moves past n bytes. Returns their start, or NULL (and fails) when there are
 * fewer. */
static inline const uint8_t *cursor_take(struct cursor *c, size_t n_bytes)
{
    const uint8_t *taken = c->at;

    if (cursor_left(c) < n_bytes) {
        c->failed = true;
        return NULL;
    }
    c->at += n_bytes;
    return taken;
}

static inline void cursor_skip(struct cursor *c, size_t n_bytes)
{
    (void)cursor_take(c, n_bytes);
}

/* cursor_sub() - the next n bytes as a cursor of their own; moves past them. Fails both when short.
 */
static inline struct cursor cursor_sub(struct cursor *c, size_t n_bytes)
{
    const uint8_t *taken = cursor_take(c, n_bytes);

    return (struct cursor){ taken, taken ? taken + n_bytes : taken, taken == NULL };
}

static inline uint8_t cursor_u8(struct cursor *c)
{
    const uint8_t *p = cursor_take(c, 1);

    return p ? p[0] : 0;
}

static inline uint16_t cursor_u16be(struct cursor *c)
{
    const uint8_t *p = cursor_take(c, 2);

    return p ? (uint16_t)(p[0] << 8 | p[1]) : 0;
}

static inline uint32_t cursor_u32be(struct cursor *c)
{
    const uint8_t *p = cursor_take(c, 4);

    return p ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3] : 0;
}

static inline uint64_t cursor_u64be(struct cursor *c)
{
    const uint8_t *p = cursor_take(c, 8);
    uint64_t value = 0;

    for (int i = 0; p && i < 8; i++)
        value = value << 8 | p[i];
    return value;
}

static inline uint16_t cursor_u16le(struct cursor *c)
{
    const uint8_t *p = cursor_take(c, 2);

    return p ? (uint16_t)(p[1] << 8 | p[0]) : 0;
}

static inline uint32_t cursor_u32le(struct cursor *c)
{
    const uint8_t *p = cursor_take(c, 4);

    return p ? (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0] : 0;
}

static inline uint64_t cursor_u64le(struct cursor *c)
{
    const uint8_t *p = cursor_take(c, 8);
    uint64_t value = 0;

    for (int i = 7; p && i >= 0; i--)
        value = value << 8 | p[i];
    return value;
}
