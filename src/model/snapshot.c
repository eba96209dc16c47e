/* A snapshot file as a tree, and which of its sections can be believed. */
#include "src/model/snapshot.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "src/base/array.h"

static const char SCHEMA[] = "lmpath.snapshot/1";
static const char SCHEMA_FAMILY[] = "lmpath.snapshot/";
enum { READ_BYTES = 1 << 16 };

/* One entry of "Errors"; both borrow from the tree, and are "" where the entry doesn't tell. */
struct failure {
    const char *node;
    const char *cmdlet;
};

struct snapshot {
    char *name;
    json_t *root;
    struct failure *failures;
    size_t n_failures;
};

struct snapshot *snapshot_free(struct snapshot *s)
{
    if (!s)
        return NULL;
    json_decref(s->root);
    free(s->failures);
    free(s->name);
    free(s);
    return NULL;
}

const char *snapshot_name(const struct snapshot *s)
{
    return s->name;
}

struct snapshot_node snapshot_root(const struct snapshot *s)
{
    return (struct snapshot_node){ .json = s->root };
}

/* ---- reading ---- */

static int json_load_text(json_t **ret_root, const char *bytes, size_t n_bytes, struct error *err)
{
    AUTO_MEMORY char *text = NULL;
    size_t n_text_bytes = 0;
    json_error_t why;
    json_t *root;
    int r;

    r = snapshot_text_decode(&text, &n_text_bytes, bytes, n_bytes, err);
    if (r < 0)
        return r;
    if (text[strspn(text, " \t\r\n")] == '\0')
        return error_set(err, ERR_INPUT, "is empty; collect it again with 'lmpath snapshot'");
    root = json_loadb(text, n_text_bytes, JSON_DECODE_ANY, &why);
    if (!root && json_error_code(&why) == json_error_out_of_memory)
        return error_memory(err);
    if (!root)
        return error_set(err, ERR_INPUT,
                         "line %d, column %d: no JSON: %s; collect it again with 'lmpath snapshot'",
                         why.line, why.column, why.text);
    if (!json_is_object(root)) {
        json_decref(root);
        return error_set(err, ERR_INPUT,
                         "no JSON object with the cmdlets' names as its keys; name what "
                         "'lmpath snapshot' wrote");
    }
    *ret_root = root;
    return 0;
}

/* A hand-made snapshot may lack the schema; another one's file may not be taken for one. */
static int schema_check(const struct snapshot *s, struct error *err)
{
    struct snapshot_node root = snapshot_root(s);
    struct snapshot_node schema = snapshot_node_member(&root, "schema");
    const char *text;
    int r = snapshot_node_text(&schema, &text, err);

    if (r <= 0 || strcmp(text, SCHEMA) == 0)
        return r < 0 ? r : 0;
    if (strncmp(text, SCHEMA_FAMILY, strlen(SCHEMA_FAMILY)) == 0)
        return snapshot_node_error(&schema, err,
                                   "'%.64s' is newer than this program's '%s'; use a newer lmpath",
                                   text, SCHEMA);
    return snapshot_node_error(&schema, err,
                               "'%.64s' is no snapshot's '%s'; name what 'lmpath snapshot' wrote",
                               text, SCHEMA);
}

static int failure_read(struct failure *ret_failure, const struct snapshot_node *entry,
                        struct error *err)
{
    struct snapshot_node node = snapshot_node_member(entry, "Node");
    struct snapshot_node cmdlet = snapshot_node_member(entry, "Cmdlet");
    struct failure f = { "", "" };
    int r;

    r = snapshot_node_text(&node, &f.node, err);
    if (r < 0)
        return r;
    r = snapshot_node_text(&cmdlet, &f.cmdlet, err);
    if (r < 0)
        return r;
    *ret_failure = f;
    return 0;
}

static int failures_read(struct snapshot *s, struct error *err)
{
    struct snapshot_node root = snapshot_root(s), entry;
    struct snapshot_node errors = snapshot_node_member(&root, "Errors");
    size_t n;
    int r;

    r = snapshot_node_count(&errors, &n, err);
    if (r < 0)
        return r;
    if (n > SNAPSHOT_MAX_ERRORS)
        return error_set(err, ERR_LIMIT, "Errors: more than %d entries", SNAPSHOT_MAX_ERRORS);
    s->failures = calloc(n + 1, sizeof(*s->failures));
    if (!s->failures)
        return error_memory(err);
    for (size_t i = 0; i < n; i++) {
        r = snapshot_node_item(&errors, i, &entry, err);
        if (r > 0)
            r = failure_read(&s->failures[s->n_failures++], &entry, err);
        if (r < 0)
            return r;
    }
    return 0;
}

/* @bytes has a zero behind its end. */
static int parse_terminated(struct snapshot **ret_snapshot, const char *bytes, size_t n_bytes,
                            const char *name, struct error *err)
{
    AUTO(snapshot) s = calloc(1, sizeof(*s));
    int r;

    if (!s)
        return error_memory(err);
    s->name = strdup(name);
    if (!s->name)
        return error_memory(err);
    r = json_load_text(&s->root, bytes, n_bytes, err);
    if (r == 0)
        r = schema_check(s, err);
    if (r == 0)
        r = failures_read(s, err);
    if (r < 0)
        return error_prefix(err, r, "%s", name);
    *ret_snapshot = s;
    s = NULL;
    return 0;
}

int snapshot_parse(struct snapshot **ret_snapshot, const void *bytes, size_t n_bytes,
                   const char *name, struct error *err)
{
    AUTO_MEMORY char *copy = NULL;

    if (n_bytes > SNAPSHOT_MAX_BYTES)
        return error_set(err, ERR_LIMIT, "%s: larger than %d MiB", name, SNAPSHOT_MAX_BYTES >> 20);
    copy = malloc(n_bytes + 1);
    if (!copy)
        return error_memory(err);
    if (n_bytes)
        memcpy(copy, bytes, n_bytes);
    copy[n_bytes] = '\0';
    return parse_terminated(ret_snapshot, copy, n_bytes, name, err);
}

static int file_read(char **ret_bytes, size_t *ret_n_bytes, const char *path, struct error *err)
{
    AUTO_MEMORY char *bytes = NULL;
    AUTO_FILE file = fopen(path, "rb");
    size_t n = 0, n_read, capacity = 0;
    int r;

    if (!file)
        return error_system(err, errno, "can't open snapshot '%s'", path);
    do {
        if (n > SNAPSHOT_MAX_BYTES)
            return error_set(err, ERR_LIMIT, "%s: larger than %d MiB", path,
                             SNAPSHOT_MAX_BYTES >> 20);
        r = array_reserve(&bytes, &capacity, n + READ_BYTES + 1, 1,
                          SNAPSHOT_MAX_BYTES + READ_BYTES + 1, err);
        if (r < 0)
            return r;
        n_read = fread(bytes + n, 1, READ_BYTES, file);
        n += n_read;
    } while (n_read);
    if (ferror(file))
        return error_system(err, errno, "can't read snapshot '%s'", path);
    bytes[n] = '\0';
    *ret_bytes = bytes;
    *ret_n_bytes = n;
    bytes = NULL;
    return 0;
}

int snapshot_read(struct snapshot **ret_snapshot, const char *path, struct error *err)
{
    AUTO_MEMORY char *bytes = NULL;
    size_t n_bytes = 0;
    int r = file_read(&bytes, &n_bytes, path, err);

    return r < 0 ? r : parse_terminated(ret_snapshot, bytes, n_bytes, path, err);
}

/* ---- sections ---- */

/* has_failed() - @host: NULL for a section of the whole cluster, whichever node it was asked on. */
static bool has_failed(const struct snapshot *s, const char *host, const char *cmdlet)
{
    for (size_t i = 0; i < s->n_failures; i++) {
        const struct failure *f = &s->failures[i];

        if (host && strcasecmp(f->node, host) != 0)
            continue;
        if (strcasecmp(f->cmdlet, cmdlet) == 0 || (host && !*f->cmdlet))
            return true;
    }
    return false;
}

bool snapshot_section(const struct snapshot *s, const struct snapshot_node *owner,
                      const char *cmdlet, struct snapshot_node *ret_section)
{
    struct snapshot_node section = snapshot_node_member(owner, cmdlet);

    if (!section.json || has_failed(s, owner->parent ? owner->key : NULL, cmdlet))
        return false;
    *ret_section = section;
    return true;
}
