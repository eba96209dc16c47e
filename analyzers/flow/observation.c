/* Totals of an observation, derived from the few fields it keeps. */
#include "analyzers/flow/observation.h"

/*
 * An acknowledgement one past the data covers the FIN, whether that was captured or only the peer's
 * side of the close was.
 */
static uint64_t stream_end(const struct half *h, const struct half *peer)
{
    bool fin_is_known = (h->flags & HALF_HAS_FIN) != 0;
    bool fin_is_likely = (peer->flags & HALF_HAS_FIN) != 0;

    if (!(h->flags & HALF_HAS_ACK) || h->acked <= h->next)
        return h->next;
    if (h->acked == h->next + 1 && (fin_is_known || fin_is_likely))
        return h->next;
    return h->acked;
}

uint64_t half_stream_bytes(const struct half *h, const struct half *peer)
{
    return stream_end(h, peer) - h->start;
}

uint64_t half_missing_bytes(const struct half *h, const struct half *peer)
{
    return half_stream_bytes(h, peer) - (h->payload_bytes - h->retransmitted_bytes);
}

int observation_client(const struct observation *o)
{
    enum { FIRST_EPHEMERAL_PORT = 32768, LAST_SYSTEM_PORT = 1023 };

    for (int i = 0; i < 2; i++) {
        if (o->half[i].flags & HALF_IS_CLIENT)
            return i;
    }
    for (int i = 0; i < 2; i++) {
        if (o->port[i] >= FIRST_EPHEMERAL_PORT && o->port[!i] < FIRST_EPHEMERAL_PORT)
            return i;
    }
    for (int i = 0; i < 2; i++) {
        if (o->port[i] > LAST_SYSTEM_PORT && o->port[!i] <= LAST_SYSTEM_PORT)
            return i;
    }
    return o->flags & OBSERVATION_SECOND_SPOKE_FIRST ? 1 : 0;
}
