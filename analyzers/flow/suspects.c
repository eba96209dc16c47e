#include "analyzers/flow/suspects.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 256 };

void suspects_release(struct suspects *s)
{
    free(s->slots);
    *s = (struct suspects){ 0 };
}

static struct suspect *find_slot(struct suspect *slots, size_t n_slots, uint32_t half_number)
{
    for (size_t i = half_number * UINT64_C(0x9e3779b97f4a7c15) >> 32;; i++) {
        struct suspect *slot = &slots[i & (n_slots - 1)];

        if (!slot->half_number || slot->half_number == half_number)
            return slot;
    }
}

static bool grow(struct suspects *s)
{
    size_t n_slots = s->n_slots ? s->n_slots * 2 : FIRST_SLOTS;
    struct suspect *slots = calloc(n_slots, sizeof(*slots));

    if (!slots)
        return false;
    for (size_t i = 0; i < s->n_slots; i++)
        if (s->slots[i].half_number)
            *find_slot(slots, n_slots, s->slots[i].half_number) = s->slots[i];
    free(s->slots);
    s->slots = slots;
    s->n_slots = n_slots;
    return true;
}

bool suspects_count(struct suspects *s, uint32_t number, int half, uint32_t wire_bytes,
                    uint32_t payload_bytes)
{
    uint32_t half_number = 2 * number + (uint32_t)half + 1;
    struct suspect *slot;

    if (s->n * 2 >= s->n_slots && (s->n >= MAX_SUSPECTS || !grow(s)))
        return false;
    slot = find_slot(s->slots, s->n_slots, half_number);
    if (!slot->half_number) {
        slot->half_number = half_number;
        s->n++;
    }
    slot->packets++;
    slot->wire_bytes += wire_bytes;
    slot->payload_bytes += payload_bytes;
    return true;
}

void suspects_forget(struct suspects *s, uint32_t number)
{
    for (uint32_t half = 0; s->n_slots && half < 2; half++) {
        struct suspect *slot = find_slot(s->slots, s->n_slots, 2 * number + half + 1);

        slot->packets = 0;
        slot->wire_bytes = slot->payload_bytes = 0;
    }
}
