/*
 * A session's files of any bytes: counters.jsonl behind a first byte 'c', else session.json. What a
 * session says is held against what must be true of it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "src/model/counters.h"
#include "src/model/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

static void parse_counters(const uint8_t *bytes, size_t n_bytes)
{
    struct counters c = { 0 };
    struct error err = { "" };
    int r = counters_parse(&c, bytes, n_bytes, &err);

    if (c.n_moments * c.n_nics > COUNTERS_MAX_CELLS || c.n_nics > COUNTERS_MAX_NICS ||
        c.n_totals > COUNTERS_MAX_OTHERS || (r < 0 && !*err.text))
        abort();
    for (size_t m = 0; m < c.n_moments; m++)
        for (uint32_t nic = 0; nic < c.n_nics; nic++)
            if (counters_row(&c, m, nic)->nic != nic)
                abort();
    counters_release(&c);
}

static void parse_session(const uint8_t *bytes, size_t n_bytes)
{
    struct session s;
    struct error err = { "" };
    int r;

    session_init(&s);
    r = session_parse(&s, bytes, n_bytes, "x.json", &err);
    if (s.n_nics > SESSION_MAX_NICS || s.n_marks > SESSION_MAX_MARKS || (r < 0 && !*err.text))
        abort();
    for (size_t i = 0; i < s.n_nics; i++)
        for (size_t k = 0; k < s.nics[i].n_addresses; k++)
            if (s.nics[i].addresses[k].family_bits > 128)
                abort();
    session_release(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    if (n_bytes > 0 && bytes[0] == 'c')
        parse_counters(bytes + 1, n_bytes - 1);
    else
        parse_session(bytes, n_bytes);
    return 0;
}
