#include "analyzers/ingest/merge.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One input and the records of it that wait for their turn. */
struct source {
    const char *path;
    struct capture *capture; /* NULL: not open yet, or done with */
    struct capture_record records[MERGE_MAX_RECORDS];
    size_t at; /* the first that waits */
    size_t n;
    int64_t first_ns, last_ns; /* of all records so far */
    int64_t due_ns; /* the first waiting record's time; before opening that of the first record */
    char *problem;  /* of one found in a folder */
    bool is_at_end; /* read to its end, not told yet */
    bool is_done;
};

struct merge {
    struct source *sources;
    size_t n_sources;
    struct source *current; /* its records were handed out last; NULL: choose */
    int64_t until_ns;       /* when another source is due, and the slack */
    bool want_digests;
    uint64_t done_bytes;
    uint64_t total_bytes;
};

static int64_t bounded_time(int64_t time_ns)
{
    if (time_ns > MERGE_MAX_TIME_NS)
        return MERGE_MAX_TIME_NS;
    return time_ns < -MERGE_MAX_TIME_NS ? -MERGE_MAX_TIME_NS : time_ns;
}

/* Gives records without a time that of the one before, and keeps all within bounds. */
static void settle_times(struct source *s)
{
    int64_t time_ns = s->due_ns, first_ns = s->first_ns, last_ns = s->last_ns;

    for (size_t i = 0; i < s->n; i++) {
        if (s->records[i].has_time)
            time_ns = bounded_time(s->records[i].time_ns);
        s->records[i].time_ns = time_ns;
        first_ns = time_ns < first_ns ? time_ns : first_ns;
        last_ns = time_ns > last_ns ? time_ns : last_ns;
    }
    s->first_ns = first_ns;
    s->last_ns = last_ns;
}

/* The next records become the waiting ones, or the source is at its end. */
static int source_fill(struct source *s, struct error *err)
{
    int r = capture_read(s->capture, s->records, MERGE_MAX_RECORDS, err);

    if (r < 0)
        return error_prefix(err, r, "'%s'", s->path);
    s->at = 0;
    s->n = (size_t)r;
    s->is_at_end = r == 0;
    settle_times(s);
    if (s->n)
        s->due_ns = s->records[0].time_ns;
    return 0;
}

static int source_open(struct source *s, bool want_digests, struct error *err)
{
    int r = capture_open(&s->capture, s->path, err);

    if (r < 0)
        return r;
    if (want_digests)
        capture_want_digest(s->capture);
    return source_fill(s, err);
}

/* Standard input, and pipes: what one opening has read the next one misses. */
static bool is_read_once(const char *path)
{
    struct stat st;

    return strcmp(path, "-") == 0 || (stat(path, &st) == 0 && !S_ISREG(st.st_mode));
}

/* When is the first packet due? What can't be opened twice stays open. */
static int source_peek(struct source *s, bool want_digests, struct error *err)
{
    AUTO(capture) capture = NULL;
    struct capture_record record;
    int r;

    if (is_read_once(s->path))
        return source_open(s, want_digests, err);
    r = capture_open(&capture, s->path, err);
    if (r < 0)
        return r;
    r = capture_next(capture, &record, err);
    if (r < 0)
        return error_prefix(err, r, "'%s'", s->path);
    if (r)
        s->due_ns = record.has_time ? bounded_time(record.time_ns) : 0;
    else
        s->due_ns = -MERGE_MAX_TIME_NS;
    return 0;
}

static uint64_t size_of_file(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && st.st_size > 0 ? (uint64_t)st.st_size : 0;
}

static int source_prepare(struct merge *m, struct source *s, bool is_found, struct error *err)
{
    struct error own = { "" };
    int r;

    if (is_found && is_read_once(s->path)) /* a pipe that nobody fills would be waited for */
        r = error_set(&own, ERR_INPUT, "'%s': is no file; name it outright to read it", s->path);
    else if (m->n_sources == 1)
        r = source_open(s, m->want_digests, &own);
    else
        r = source_peek(s, m->want_digests, &own);
    m->total_bytes += size_of_file(s->path);
    if (r >= 0)
        return 0;
    if (!is_found) {
        if (err)
            *err = own;
        return r;
    }
    s->problem = strdup(own.text);
    return s->problem ? 0 : error_memory(err);
}

int merge_new(struct merge **ret_merge, const struct input_list *inputs, bool want_digests,
              struct error *err)
{
    AUTO(merge) m = calloc(1, sizeof(*m));

    if (!m || !(m->sources = calloc(inputs->n + 1, sizeof(*m->sources))))
        return error_memory(err);
    m->n_sources = inputs->n;
    m->want_digests = want_digests;
    for (size_t i = 0; i < inputs->n; i++) {
        int r;

        m->sources[i].path = inputs->paths[i];
        m->sources[i].first_ns = INT64_MAX;
        m->sources[i].last_ns = INT64_MIN;
        r = source_prepare(m, &m->sources[i], inputs->is_found[i], err);
        if (r < 0)
            return r;
    }
    *ret_merge = m;
    m = NULL;
    return 0;
}

struct merge *merge_free(struct merge *m)
{
    if (!m)
        return NULL;
    for (size_t i = 0; i < m->n_sources; i++) {
        capture_free(m->sources[i].capture);
        free(m->sources[i].problem);
    }
    free(m->sources);
    free(m);
    return NULL;
}

/* The source whose record is due first, the earlier in the list of two; and when the next other one
 * is. */
static struct source *first_due(struct merge *m)
{
    struct source *first = NULL;

    m->until_ns = INT64_MAX;
    for (size_t i = 0; i < m->n_sources; i++) {
        struct source *s = &m->sources[i];

        if (s->is_done)
            continue;
        if (!first || s->due_ns < first->due_ns) {
            if (first)
                m->until_ns = first->due_ns;
            first = s;
        } else if (s->due_ns < m->until_ns) {
            m->until_ns = s->due_ns;
        }
    }
    if (m->until_ns < INT64_MAX)
        m->until_ns += MERGE_SLACK_NS;
    return first;
}

/* What was handed out last is used up. */
static int use_up(struct merge *m, struct error *err)
{
    struct source *s = m->current;

    if (s->is_at_end || s->problem) {
        if (s->capture)
            m->done_bytes += capture_info(s->capture)->n_bytes;
        s->capture = capture_free(s->capture);
        s->is_done = true;
        m->current = NULL;
        return 0;
    }
    if (s->at == s->n)
        return source_fill(s, err);
    s->due_ns = s->records[s->at].time_ns;
    return 0;
}

static int choose(struct merge *m, struct error *err)
{
    struct source *s = first_due(m);

    m->current = s;
    if (!s || s->capture || s->problem)
        return 0;
    return source_open(s, m->want_digests, err);
}

/* The waiting records up to the one that another source's comes before. */
static void hand_out(struct source *s, int64_t until_ns, struct merge_item *ret_item)
{
    size_t first = s->at;

    if (until_ns == INT64_MAX) /* no other source */
        s->at = s->n;
    while (s->at < s->n && s->records[s->at].time_ns <= until_ns)
        s->at++;
    if (s->at == first)
        s->at++;
    ret_item->records = &s->records[first];
    ret_item->n_records = s->at - first;
}

int merge_next(struct merge *m, struct merge_item *ret_item, struct error *err)
{
    struct source *s;
    int r = 0;

    if (m->current)
        r = use_up(m, err);
    if (!r && (!m->current || m->current->due_ns > m->until_ns))
        r = choose(m, err);
    if (r < 0)
        return r;
    s = m->current;
    if (!s)
        return MERGE_END;
    *ret_item = (struct merge_item){ .input = (size_t)(s - m->sources),
                                     .capture = s->capture,
                                     .problem = s->problem,
                                     .first_ns = s->first_ns,
                                     .last_ns = s->last_ns };
    if (s->problem)
        return MERGE_INPUT_BAD;
    if (s->is_at_end)
        return MERGE_INPUT_END;
    hand_out(s, m->until_ns, ret_item);
    return MERGE_RECORDS;
}

uint64_t merge_bytes(const struct merge *m, uint64_t *ret_total_bytes)
{
    uint64_t bytes = m->done_bytes;

    for (size_t i = 0; i < m->n_sources; i++)
        if (m->sources[i].capture)
            bytes += capture_info(m->sources[i].capture)->n_bytes;
    *ret_total_bytes = m->total_bytes;
    return bytes;
}
