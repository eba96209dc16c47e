#include "capture/recorder_state.h"

#include <stdlib.h>

#include "capture/clock.h"

void recorder_free(struct recorder *r)
{
    pcapng_writer_free(r->writer);
    counters_writer_free(r->counters);
    session_release(&r->session);
    free(r->places);
    memory_file_free(r->text_file);
    free(r->rows);
    free(r->folder);
    free(r);
}

void recorder_stop_storing(struct recorder *r, const struct error *why)
{
    if (*r->session.write_problem)
        return;
    r->problem = *why;
    r->owes_problem = true;
    if (r->writer && r->session.n_captures) {
        recorder_current_file(r)->bytes = pcapng_writer_bytes(r->writer);
        recorder_current_file(r)->packets = pcapng_writer_packets(r->writer);
    }
    session_set_text(&r->session.write_problem, why->text, NULL);
    r->session.write_problem_ns = clock_wall_ns();
    session_unreserve(r->folder);
    r->is_dirty = true;
}

uint64_t recorder_since(uint64_t now, uint64_t before)
{
    if (now == COUNTER_UNKNOWN)
        return COUNTER_UNKNOWN;
    return before == COUNTER_UNKNOWN || before > now ? now : now - before;
}

uint64_t recorder_known(uint64_t count)
{
    return count == COUNTER_UNKNOWN ? 0 : count;
}
