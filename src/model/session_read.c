/* session.json as it is read: what is missing is unknown, what is of another type is an error. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/auto.h"
#include "src/base/units.h"
#include "src/model/session.h"

enum { SESSION_MAX_BYTES = 64 << 20, READ_BYTES = 64 * 1024 };

/* An object being read, and where it stands: "interfaces[2]". */
struct place {
    const json_t *object;
    char path[64];
};

static int wrong(const struct place *p, const char *key, const char *what, struct error *err)
{
    return error_set(err, ERR_INPUT, "%s%s%s: %s", p->path, *p->path ? "." : "", key, what);
}

/* NULL: absent, or null. */
static const json_t *member(const struct place *p, const char *key)
{
    const json_t *value = json_object_get(p->object, key);

    return json_is_null(value) ? NULL : value;
}

static int get_text(const struct place *p, const char *key, char **text, struct error *err)
{
    const json_t *value = member(p, key);

    if (!value)
        return 0;
    if (!json_is_string(value))
        return wrong(p, key, "is no text", err);
    return session_set_text(text, json_string_value(value), err);
}

static int get_integer(const struct place *p, const char *key, int64_t *number, struct error *err)
{
    const json_t *value = member(p, key);

    if (!value)
        return 0;
    if (!json_is_integer(value))
        return wrong(p, key, "is no whole number", err);
    *number = json_integer_value(value);
    return 0;
}

static int get_count(const struct place *p, const char *key, uint64_t *count, struct error *err)
{
    int64_t number = -1;
    int r = get_integer(p, key, &number, err);

    if (r < 0 || !member(p, key))
        return r;
    if (number < 0)
        return wrong(p, key, "is negative", err);
    *count = (uint64_t)number;
    return 0;
}

static int get_u16(const struct place *p, const char *key, uint16_t *count, struct error *err)
{
    uint64_t number = *count;
    int r = get_count(p, key, &number, err);

    if (r < 0)
        return r;
    if (number > UINT16_MAX)
        return wrong(p, key, "is over 65535", err);
    *count = (uint16_t)number;
    return 0;
}

static int get_bool(const struct place *p, const char *key, bool *flag, struct error *err)
{
    const json_t *value = member(p, key);

    if (value && !json_is_boolean(value))
        return wrong(p, key, "is neither true nor false", err);
    *flag = json_is_true(value);
    return 0;
}

static int get_time(const struct place *p, const char *key, int64_t *time_ns, struct error *err)
{
    const json_t *value = member(p, key);
    int r;

    if (!value)
        return 0;
    if (!json_is_string(value))
        return wrong(p, key, "is no text", err);
    r = time_parse(time_ns, json_string_value(value), err);
    return r < 0 ? error_prefix(err, r, "%s%s%s", p->path, *p->path ? "." : "", key) : 0;
}

/* Several members of one kind, until the first that is wrong. */
struct text_member {
    const char *key;
    char **text;
};
struct count_member {
    const char *key;
    uint64_t *count;
};

static int get_texts(const struct place *p, const struct text_member *members, size_t n,
                     struct error *err)
{
    int r = 0;

    for (size_t i = 0; i < n && r == 0; i++)
        r = get_text(p, members[i].key, members[i].text, err);
    return r;
}

static int get_counts(const struct place *p, const struct count_member *members, size_t n,
                      struct error *err)
{
    int r = 0;

    for (size_t i = 0; i < n && r == 0; i++)
        r = get_count(p, members[i].key, members[i].count, err);
    return r;
}

#define N_OF(array) (sizeof(array) / sizeof(*(array)))

/* Calls @read for each item of the list @key, which are objects. */
static int each(const struct place *p, const char *key, struct session *s,
                int (*read)(struct session *s, const struct place *item, struct error *err),
                struct error *err)
{
    const json_t *list = member(p, key);
    size_t n = json_array_size(list);

    if (list && !json_is_array(list))
        return wrong(p, key, "is no list", err);
    for (size_t i = 0; i < n; i++) {
        struct place item = { .object = json_array_get(list, i) };
        int r;

        snprintf(item.path, sizeof(item.path), "%s[%zu]", key, i);
        if (!json_is_object(item.object))
            return error_set(err, ERR_INPUT, "%s: is no object", item.path);
        r = read(s, &item, err);
        if (r < 0)
            return r;
    }
    return 0;
}

/* "10.20.0.1/24": the address, not the network. */
static int read_address(struct session *s, int nic, const char *text, struct error *err)
{
    char address[ADDR_TEXT_BYTES];
    const char *slash = strchr(text, '/');
    struct addr a;
    char *end;
    unsigned long bits;

    if (!slash || (size_t)(slash - text) >= sizeof(address) || slash[1] < '0' || slash[1] > '9')
        return error_set(err, ERR_INPUT, "'%.80s' is no address with the length of its prefix",
                         text);
    memcpy(address, text, (size_t)(slash - text));
    address[slash - text] = '\0';
    bits = strtoul(slash + 1, &end, 10);
    if (addr_parse(&a, address, err) < 0)
        return ERR_INPUT;
    if (*end || bits > (addr_is_v4(&a) ? 32 : 128))
        return error_set(err, ERR_INPUT, "'%.80s' has no such length of a prefix", text);
    return session_add_address(s, nic, &a, (unsigned)bits, err);
}

static int read_addresses(struct session *s, int nic, const struct place *p, struct error *err)
{
    const json_t *list = member(p, "addresses");
    size_t n = json_array_size(list);

    if (list && !json_is_array(list))
        return wrong(p, "addresses", "is no list", err);
    for (size_t i = 0; i < n; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        int r;

        if (!text)
            return wrong(p, "addresses", "has something else than text in it", err);
        r = read_address(s, nic, text, err);
        if (r < 0)
            return error_prefix(err, r, "%s.addresses[%zu]", p->path, i);
    }
    return 0;
}

static int read_mac(struct session_nic *n, const struct place *p, struct error *err)
{
    const json_t *value = member(p, "mac");
    const char *text = json_string_value(value);
    unsigned bytes[6];
    char rest;

    if (!value)
        return 0;
    if (!text || strlen(text) != 17 ||
        sscanf(text, "%2x:%2x:%2x:%2x:%2x:%2x%c", &bytes[0], &bytes[1], &bytes[2], &bytes[3],
               &bytes[4], &bytes[5], &rest) != 6)
        return wrong(p, "mac", "is no address such as 02:00:5e:00:53:01", err);
    for (int i = 0; i < 6; i++)
        n->mac[i] = (uint8_t)bytes[i];
    n->has_mac = true;
    return 0;
}

static int read_nic_members(struct session_nic *n, const struct place *p, struct error *err)
{
    const struct text_member texts[] = {
        { "name", &n->name },     { "description", &n->description }, { "network", &n->network },
        { "filter", &n->filter }, { "problem", &n->problem },
    };
    const struct count_member counts[] = {
        { "snap_bytes", &n->snap_bytes },         { "speed_bits_per_second", &n->speed_bits_per_s },
        { "mtu_bytes", &n->mtu_bytes },           { "received_packets", &n->received_packets },
        { "stored_packets", &n->stored_packets }, { "unstored_packets", &n->unstored_packets },
        { "dropped_kernel", &n->dropped_kernel }, { "dropped_interface", &n->dropped_nic },
        { "dropped_ring", &n->dropped_ring },
    };
    int r = get_texts(p, texts, N_OF(texts), err);

    if (!r)
        r = get_counts(p, counts, N_OF(counts), err);
    if (!r)
        r = get_u16(p, "link_type", &n->link_type, err);
    if (!r)
        r = get_bool(p, "captured", &n->is_captured, err);
    return r ? r : read_mac(n, p, err);
}

static int read_nic(struct session *s, const struct place *p, struct error *err)
{
    int nic = session_add_nic(s, "", err);
    int r = nic < 0 ? nic : read_nic_members(&s->nics[nic], p, err);

    return r < 0 ? r : read_addresses(s, nic, p, err);
}

static int read_mark(struct session *s, const struct place *p, struct error *err)
{
    int64_t time_ns = SESSION_NO_TIME;
    int r = get_time(p, "time", &time_ns, err);

    if (!r && !json_is_string(member(p, "text")))
        r = wrong(p, "text", "is no text", err);
    if (!r)
        r = session_add_mark(s, time_ns, json_string_value(member(p, "text")), err);
    return r < 0 ? r : 0;
}

/* The words are borrowed from the JSON. */
static int read_words(struct session *s, const struct place *p, struct error *err)
{
    const json_t *list = member(p, "words");
    size_t n = json_array_size(list);
    AUTO_MEMORY char **words = calloc(n + 1, sizeof(*words));

    if (!words)
        return error_memory(err);
    if (list && !json_is_array(list))
        return wrong(p, "words", "is no list", err);
    for (size_t i = 0; i < n; i++) {
        const char *word = json_string_value(json_array_get(list, i));

        if (!word)
            return wrong(p, "words", "has something else than text in it", err);
        words[i] = (char *)(uintptr_t)word;
    }
    return session_add_command(s, words, n, err);
}

static int read_command(struct session *s, const struct place *p, struct error *err)
{
    int index = read_words(s, p, err);
    struct session_command *c;
    int r;

    if (index < 0)
        return index;
    c = &s->commands[index];
    r = get_time(p, "start", &c->start_ns, err);
    if (!r)
        r = get_time(p, "end", &c->end_ns, err);
    if (!r)
        r = get_integer(p, "status", &c->status, err);
    if (!r)
        r = get_integer(p, "signal", &c->signal, err);
    return r ? r : get_text(p, "problem", &c->problem, err);
}

static int read_capture(struct session *s, const struct place *p, struct error *err)
{
    const char *name = json_string_value(member(p, "name"));
    const char *digest = json_string_value(member(p, "sha256"));
    struct session_capture *c;
    int index, r;

    if (!name)
        return wrong(p, "name", "is no text", err);
    index = session_add_capture(s, name, err);
    if (index < 0)
        return index;
    c = &s->captures[index];
    if (digest && strlen(digest) == sizeof(c->sha256) - 1)
        memcpy(c->sha256, digest, sizeof(c->sha256));
    r = get_count(p, "packets", &c->packets, err);
    if (!r)
        r = get_count(p, "bytes", &c->bytes, err);
    return r ? r : get_bool(p, "removed", &c->is_removed, err);
}

/* Calls @add for each text of the list @key. */
static int each_text(const struct place *p, const char *key, struct session *s,
                     int (*add)(struct session *s, const char *text, struct error *err),
                     struct error *err)
{
    const json_t *list = member(p, key);
    size_t n = json_array_size(list);

    if (list && !json_is_array(list))
        return wrong(p, key, "is no list", err);
    for (size_t i = 0; i < n; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        int r = text ? add(s, text, err) : wrong(p, key, "has something else than text in it", err);

        if (r < 0)
            return r;
    }
    return 0;
}

static int read_state(struct session *s, const struct place *p, struct error *err)
{
    const char *schema = json_string_value(member(p, "schema"));
    const char *state = json_string_value(member(p, "state"));

    if (!schema || strcmp(schema, SESSION_SCHEMA) != 0)
        return error_set(err, ERR_INPUT, "schema: is '%.40s', not '" SESSION_SCHEMA "'",
                         schema ? schema : "");
    if (!state || (strcmp(state, "complete") != 0 && strcmp(state, "recording") != 0))
        return wrong(p, "state", "is neither \"recording\" nor \"complete\"", err);
    s->state = strcmp(state, "complete") == 0 ? SESSION_COMPLETE : SESSION_RECORDING;
    return 0;
}

static int read_write_problem(struct session *s, const struct place *p, struct error *err)
{
    struct place problem = { member(p, "write_problem"), "write_problem" };
    int r;

    if (!problem.object)
        return 0;
    if (!json_is_object(problem.object))
        return wrong(p, "write_problem", "is no object", err);
    r = get_time(&problem, "time", &s->write_problem_ns, err);
    return r ? r : get_text(&problem, "text", &s->write_problem, err);
}

static int read_root(struct session *s, const struct place *p, struct error *err)
{
    const struct text_member texts[] = {
        { "host", &s->host },
        { "os", &s->os },
        { "program", &s->program },
        { "libraries", &s->libraries },
        { "stop_reason", &s->stop_reason },
        { "expect", &s->expect },
    };
    int r = read_state(s, p, err);

    if (!r)
        r = get_texts(p, texts, N_OF(texts), err);
    if (!r)
        r = get_time(p, "start", &s->start_ns, err);
    if (!r)
        r = get_time(p, "end", &s->end_ns, err);
    if (!r)
        r = get_integer(p, "start_monotonic_ns", &s->start_monotonic_ns, err);
    if (!r)
        r = get_integer(p, "end_monotonic_ns", &s->end_monotonic_ns, err);
    if (!r)
        r = get_count(p, "interval_ns", &s->interval_ns, err);
    if (!r)
        r = get_u16(p, "lm_port", &s->lm_port, err);
    if (!r)
        r = get_u16(p, "smb_port", &s->smb_port, err);
    return r ? r : read_write_problem(s, p, err);
}

static int read_lists(struct session *s, const struct place *p, struct error *err)
{
    int r = each_text(p, "warnings", s, session_add_warning, err);

    if (!r)
        r = each_text(p, "networks", s, session_add_network, err);
    if (!r)
        r = each(p, "commands", s, read_command, err);
    if (!r)
        r = each(p, "marks", s, read_mark, err);
    if (!r)
        r = each(p, "interfaces", s, read_nic, err);
    return r ? r : each(p, "captures", s, read_capture, err);
}

int session_parse(struct session *ret_session, const void *bytes, size_t n_bytes, const char *name,
                  struct error *err)
{
    struct place root = { 0 };
    json_error_t why;
    json_auto_t *json = NULL;
    int r;

    if (n_bytes > SESSION_MAX_BYTES)
        return error_set(err, ERR_LIMIT, "'%s': larger than %d MiB", name, SESSION_MAX_BYTES >> 20);
    json = json_loadb(bytes, n_bytes, JSON_REJECT_DUPLICATES, &why);
    if (!json)
        return error_set(err, ERR_INPUT, "'%s': line %d: %s", name, why.line, why.text);
    if (!json_is_object(json))
        return error_set(err, ERR_INPUT, "'%s': is no object", name);
    root.object = json;
    r = read_root(ret_session, &root, err);
    if (!r)
        r = read_lists(ret_session, &root, err);
    return r < 0 ? error_prefix(err, r, "'%s'", name) : 0;
}

static int read_file(char **ret_bytes, size_t *ret_n_bytes, const char *path, struct error *err)
{
    AUTO_FILE file = fopen(path, "rb");
    AUTO_MEMORY char *bytes = NULL;
    size_t n = 0, n_read;

    if (!file)
        return error_system(err, errno, "'%s': can't be opened", path);
    do {
        char *grown = realloc(bytes, n + READ_BYTES);

        if (!grown)
            return error_memory(err);
        bytes = grown;
        n_read = fread(bytes + n, 1, READ_BYTES, file);
        n += n_read;
    } while (n_read > 0 && n <= SESSION_MAX_BYTES);
    if (ferror(file))
        return error_system(err, errno, "'%s': can't be read", path);
    *ret_bytes = bytes;
    *ret_n_bytes = n;
    bytes = NULL;
    return 0;
}

int session_read(struct session *ret_session, const char *folder, struct error *err)
{
    char path[SESSION_PATH_BYTES];
    AUTO_MEMORY char *bytes = NULL;
    size_t n_bytes = 0;
    int r = session_path(path, folder, SESSION_FILE, err);

    if (!r)
        r = read_file(&bytes, &n_bytes, path, err);
    return r ? r : session_parse(ret_session, bytes, n_bytes, path, err);
}
