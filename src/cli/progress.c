#include "src/cli/progress.h"

#include "src/base/units.h"
#include "src/cli/platform.h"

enum { QUIET_MS = 1000, INTERVAL_MS = 200, LINE_BYTES = 160 };

void progress_start(struct progress *p, FILE *out)
{
    *p = (struct progress){ .out = platform_is_terminal(out) ? out : NULL };
    p->started_ms = platform_clock_ms();
}

void progress_text(char *to, size_t n_bytes, uint64_t packets, uint64_t bytes, uint64_t total_bytes)
{
    char done[UNITS_TEXT_BYTES], total[UNITS_TEXT_BYTES], count[UNITS_TEXT_BYTES];

    bytes_text(done, bytes);
    count_text(count, packets);
    if (total_bytes >= bytes && total_bytes > 0)
        snprintf(to, n_bytes, "reading: %3.0f %%, %s of %s, %s packets",
                 100 * (double)bytes / (double)total_bytes, done, bytes_text(total, total_bytes),
                 count);
    else
        snprintf(to, n_bytes, "reading: %s, %s packets", done, count);
}

void progress_show(struct progress *p, uint64_t packets, uint64_t bytes, uint64_t total_bytes)
{
    char line[LINE_BYTES];
    int64_t now_ms;

    if (!p->out)
        return;
    now_ms = platform_clock_ms();
    if (now_ms - p->started_ms < QUIET_MS || now_ms - p->shown_ms < INTERVAL_MS)
        return;
    progress_text(line, sizeof(line), packets, bytes, total_bytes);
    p->shown_ms = now_ms;
    /* blanks, not an escape sequence: an old console obeys none */
    p->shown_columns = fprintf(p->out, "\r%-*s", p->shown_columns, line) - 1;
    fflush(p->out);
}

void progress_end(struct progress *p)
{
    if (p->shown_columns > 0)
        fprintf(p->out, "\r%*s\r", p->shown_columns, "");
    p->shown_columns = 0;
}
