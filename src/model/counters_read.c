/*
 * counters.jsonl as it is read. However long the recording was, a bounded number of samples is
 * kept: when there is no room for more, every other one is let go, and from then on every other
 * line of those that would have been kept. First and last sample always stay.
 */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"
#include "src/base/text.h"
#include "src/base/units.h"
#include "src/model/counters.h"
#include "src/model/session.h"

enum { LEAST_COLUMNS = 4, LEAST_MOMENTS = 64 };

/* A counters.jsonl under way. The moment at n_kept is the last one seen: kept only if its turn
 * comes, or if none follows. */
struct reading {
    struct counters *counters;
    size_t n_columns;   /* of rows; grows by doubling */
    size_t n_capacity;  /* moments there is room for */
    size_t n_kept;      /* moments that stay */
    bool has_last;      /* a moment at n_kept */
    uint64_t n_samples; /* seen */
    uint64_t n_stride;  /* of these every n-th is kept */
    bool has_schema;    /* a line told it */
    size_t totals_capacity;
};

static size_t n_moments(const struct reading *g)
{
    return g->n_kept + g->has_last;
}

static struct counter_row *row_at(const struct reading *g, size_t moment, size_t nic)
{
    return &g->counters->rows[moment * g->n_columns + nic];
}

/* ---- room ---- */

static int resize(struct reading *g, size_t n_columns, size_t n_capacity, struct error *err)
{
    struct counters *c = g->counters;
    struct counter_row *rows = malloc(n_columns * n_capacity * sizeof(*rows));
    struct counter_moment *moments = realloc(c->moments, n_capacity * sizeof(*moments));

    if (moments)
        c->moments = moments;
    if (!rows || !moments) {
        free(rows);
        return error_memory(err);
    }
    for (size_t m = 0; m < n_capacity; m++)
        for (size_t i = 0; i < n_columns; i++) {
            if (m < n_moments(g) && i < g->n_columns)
                rows[m * n_columns + i] = *row_at(g, m, i);
            else
                counter_row_init(&rows[m * n_columns + i], (uint32_t)i);
        }
    free(c->rows);
    c->rows = rows;
    g->n_columns = n_columns;
    g->n_capacity = n_capacity;
    return 0;
}

static void copy_moment(struct reading *g, size_t to, size_t from)
{
    g->counters->moments[to] = g->counters->moments[from];
    memcpy(row_at(g, to, 0), row_at(g, from, 0), g->n_columns * sizeof(struct counter_row));
}

/* Every other kept moment stays, the first among them; the last one seen moves down. */
static void thin_out(struct reading *g)
{
    size_t n = (g->n_kept + 1) / 2;

    for (size_t m = 1; m < n; m++)
        copy_moment(g, m, 2 * m);
    if (g->has_last)
        copy_moment(g, n, g->n_kept);
    g->n_kept = n;
    g->n_stride *= 2;
}

static int have_columns(struct reading *g, size_t n_needed, struct error *err)
{
    size_t n = g->n_columns ? g->n_columns : LEAST_COLUMNS;

    while (n < n_needed)
        n *= 2;
    if (n == g->n_columns)
        return 0;
    while (n * g->n_capacity > COUNTERS_MAX_CELLS && n * (n_moments(g) + 1) > COUNTERS_MAX_CELLS)
        thin_out(g);
    if (n * g->n_capacity > COUNTERS_MAX_CELLS)
        return resize(g, n, COUNTERS_MAX_CELLS / n, err);
    return resize(g, n, g->n_capacity ? g->n_capacity : LEAST_MOMENTS, err);
}

/* Room for one more moment behind those there are. */
static int have_moment(struct reading *g, struct error *err)
{
    size_t n = g->n_capacity ? g->n_capacity : LEAST_MOMENTS;

    if (n_moments(g) < g->n_capacity)
        return 0;
    if (g->n_columns == 0)
        return resize(g, LEAST_COLUMNS, n, err);
    if (2 * n * g->n_columns > COUNTERS_MAX_CELLS) {
        thin_out(g);
        return 0;
    }
    return resize(g, g->n_columns, 2 * n, err);
}

/* ---- lines ---- */

/* Whole numbers only; a count that is no number is unknown. */
static void read_row(struct reading *g, size_t moment, uint32_t nic, const json_t *json)
{
    struct counter_row *row = row_at(g, moment, nic);

    for (unsigned i = 0; i < N_COUNTERS; i++) {
        const json_t *value = json_object_get(json, counter_name(i));
        json_int_t number = json_integer_value(value);

        if (json_is_integer(value) && number >= 0)
            row->values[i] = (uint64_t)number;
    }
}

static bool nic_of(const json_t *json, uint32_t *ret_nic)
{
    const json_t *value = json_object_get(json, "nic");
    json_int_t number = json_integer_value(value);

    if (!json_is_integer(value) || number < 0 || number >= COUNTERS_MAX_NICS)
        return false;
    *ret_nic = (uint32_t)number;
    return true;
}

static int read_rows(struct reading *g, const json_t *list, struct error *err)
{
    size_t n = json_array_size(list);
    uint32_t nic;

    for (size_t i = 0; i < g->n_columns; i++)
        counter_row_init(row_at(g, g->n_kept, i), (uint32_t)i);
    for (size_t i = 0; i < n; i++) {
        const json_t *json = json_array_get(list, i);
        int r;

        if (!nic_of(json, &nic))
            continue;
        r = have_columns(g, nic + 1, err);
        if (r < 0)
            return r;
        read_row(g, g->n_kept, nic, json); /* not earlier: columns may have cost moments */
        if (nic + 1 > g->counters->n_nics)
            g->counters->n_nics = nic + 1;
    }
    return 0;
}

static int add_total(struct reading *g, const char *const key[3], uint64_t value, struct error *err)
{
    struct counters *c = g->counters;
    struct counter_total t = { .first = value, .last = value };
    int r;

    for (size_t i = 0; i < c->n_totals; i++) {
        struct counter_total *known = &c->totals[i];

        if (strcmp(known->name, key[2]) == 0 && strcmp(known->instance, key[1]) == 0 &&
            strcmp(known->set, key[0]) == 0) {
            known->last = value;
            return 0;
        }
    }
    if (c->n_totals == COUNTERS_MAX_OTHERS)
        return 0; /* the rest is left untold */
    r = array_reserve(&c->totals, &g->totals_capacity, c->n_totals + 1, sizeof(*c->totals),
                      COUNTERS_MAX_OTHERS, err);
    if (r < 0)
        return r;
    t.set = text_copy(key[0]);
    t.instance = text_copy(key[1]);
    t.name = text_copy(key[2]);
    c->totals[c->n_totals++] = t;
    return t.set && t.instance && t.name ? 0 : error_memory(err);
}

static int read_others(struct reading *g, const json_t *list, struct error *err)
{
    size_t n = json_array_size(list);

    for (size_t i = 0; i < n; i++) {
        const json_t *json = json_array_get(list, i);
        const json_t *value = json_object_get(json, "value");
        const char *const key[] = { json_string_value(json_object_get(json, "set")),
                                    json_string_value(json_object_get(json, "instance")),
                                    json_string_value(json_object_get(json, "name")) };
        int r;

        if (!key[0] || !key[1] || !key[2] || !json_is_integer(value) ||
            json_integer_value(value) < 0)
            continue;
        r = add_total(g, key, (uint64_t)json_integer_value(value), err);
        if (r < 0)
            return r;
    }
    return 0;
}

/* Returns 1 when @json is a sample, 0 when it is none, or a negative code. */
static int read_sample(struct reading *g, const json_t *json, struct error *err)
{
    const char *time = json_string_value(json_object_get(json, "time"));
    const json_t *monotonic = json_object_get(json, "monotonic_ns");
    const json_t *nics = json_object_get(json, "nics");
    struct counter_moment moment;
    int r;

    if (!time || time_parse(&moment.time_ns, time, NULL) < 0 || !json_is_integer(monotonic) ||
        !json_is_array(nics))
        return 0;
    moment.monotonic_ns = json_integer_value(monotonic);
    if (g->has_last && (g->n_samples - 1) % g->n_stride == 0) {
        g->n_kept++;
        g->has_last = false;
    }
    g->has_last = false; /* one that is not kept is written over */
    r = have_moment(g, err);
    if (r < 0)
        return r;
    g->counters->moments[g->n_kept] = moment;
    g->has_last = true;
    g->n_samples++;
    r = read_rows(g, nics, err);
    if (!r)
        r = read_others(g, json_object_get(json, "others"), err);
    return r < 0 ? r : 1;
}

static int read_schema(struct reading *g, const json_t *json, struct error *err)
{
    const char *schema = json_string_value(json_object_get(json, "schema"));

    if (!schema || strcmp(schema, COUNTERS_SCHEMA) != 0)
        return error_set(err, ERR_INPUT, "the first line has no schema '" COUNTERS_SCHEMA "'");
    g->has_schema = true;
    return 0;
}

static int read_line(struct reading *g, const char *line, size_t n_bytes, struct error *err)
{
    json_auto_t *json = json_loadb(line, n_bytes, JSON_REJECT_DUPLICATES, NULL);
    int r;

    if (!g->has_schema)
        return read_schema(g, json, err);
    r = json ? read_sample(g, json, err) : 0;
    if (r == 0)
        g->counters->n_bad_lines++;
    return r < 0 ? r : 0;
}

/* ---- files ---- */

static struct reading begin(struct counters *c)
{
    *c = (struct counters){ 0 };
    return (struct reading){ .counters = c, .n_stride = 1 };
}

/* What readers of the result need not know of: rows are as wide as there are NICs. */
static void finish(struct reading *g)
{
    struct counters *c = g->counters;

    c->n_moments = n_moments(g);
    for (size_t m = 0; m < c->n_moments; m++)
        memmove(&c->rows[m * c->n_nics], row_at(g, m, 0), c->n_nics * sizeof(*c->rows));
}

int counters_parse(struct counters *ret_counters, const void *bytes, size_t n_bytes,
                   struct error *err)
{
    struct reading g = begin(ret_counters);
    const char *at = bytes, *end = at + n_bytes, *feed;
    int r = 0;

    while (r == 0 && at != end && (feed = memchr(at, '\n', (size_t)(end - at)))) {
        r = read_line(&g, at, (size_t)(feed - at), err);
        at = feed + 1;
    }
    ret_counters->is_cut = at != end;
    finish(&g);
    return r;
}

/* The rest of a line that is too long. */
static void skip_line(FILE *file)
{
    int c;

    do
        c = getc(file);
    while (c != EOF && c != '\n');
}

static int read_lines(struct reading *g, FILE *file, char *line, struct error *err)
{
    int r = 0;

    while (r == 0 && fgets(line, COUNTERS_MAX_LINE_BYTES, file)) {
        size_t n = strlen(line);

        if (n > 0 && line[n - 1] == '\n') {
            r = read_line(g, line, n - 1, err);
        } else if (feof(file)) {
            g->counters->is_cut = true;
        } else { /* too long, or a zero byte hides the line's end */
            g->counters->n_bad_lines++;
            if (n == COUNTERS_MAX_LINE_BYTES - 1)
                skip_line(file);
        }
    }
    if (r == 0 && ferror(file))
        return error_system(err, errno, "can't be read");
    return r;
}

int counters_read(struct counters *ret_counters, const char *folder, struct error *err)
{
    struct reading g = begin(ret_counters);
    char path[SESSION_PATH_BYTES];
    AUTO_MEMORY char *line = malloc(COUNTERS_MAX_LINE_BYTES);
    AUTO_FILE file = NULL;
    int r = session_path(path, folder, COUNTERS_FILE, err);

    if (r < 0)
        return r;
    if (!line)
        return error_memory(err);
    file = fopen(path, "rb");
    if (!file && errno == ENOENT)
        return 1;
    if (!file)
        return error_system(err, errno, "'%s': can't be opened", path);
    r = read_lines(&g, file, line, err);
    finish(&g);
    return r < 0 ? error_prefix(err, r, "'%s'", path) : 0;
}

void counters_release(struct counters *c)
{
    for (size_t i = 0; i < c->n_totals; i++) {
        free(c->totals[i].set);
        free(c->totals[i].instance);
        free(c->totals[i].name);
    }
    free(c->totals);
    free(c->moments);
    free(c->rows);
    *c = (struct counters){ 0 };
}
