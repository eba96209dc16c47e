/*
 * Which connection a later fragment belongs to: the first fragment bears the ports and leaves a
 * note here.
 *
 * A direct-mapped table of fixed size; a note is lost when another takes its place or grows old,
 * and the fragments that needed it are counted apart.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "src/net/packet.h"

enum { FRAGMENT_SLOTS = 1 << 12 };
/* Reassembly gives up after a minute (RFC 8200, 4.5; RFC 1122, 3.3.2). */
#define FRAGMENT_LIFE_NS (INT64_C(60) * 1000000000)

struct fragment_note {
    uint64_t print;
    int64_t time_ns;
    uint32_t observation;
    uint32_t seq; /* of the first payload byte */
    uint8_t half;
    uint8_t header_bytes; /* of TCP: what the first fragment's offset 0 begins with */
    bool is_set;
};

struct fragments {
    struct fragment_note notes[FRAGMENT_SLOTS];
};

/* fragments_find() - the note for @print, or NULL. */
struct fragment_note *fragments_find(struct fragments *f, uint64_t print, int64_t time_ns);
/* fragments_add() - leave a note. */
void fragments_add(struct fragments *f, struct fragment_note note);
