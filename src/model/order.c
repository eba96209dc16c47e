#include "src/model/order.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* set_text() - a text member of at most @n_max bytes. Returns 0, also without one, or ERR_INPUT. */
static int set_text(const json_t *root, const char *key, size_t n_max, const char **ret_text,
                    struct error *err)
{
    const json_t *value = json_object_get(root, key);

    if (!value || json_is_null(value))
        return 0;
    if (!json_is_string(value))
        return error_set(err, ERR_INPUT, "'%s' is no text", key);
    if (json_string_length(value) > n_max)
        return error_set(err, ERR_INPUT, "'%s' is longer than %zu bytes", key, n_max);
    *ret_text = json_string_value(value);
    return 0;
}

static int set_number(const json_t *root, const char *key, int64_t *ret_number, struct error *err)
{
    const json_t *value = json_object_get(root, key);

    if (!value || json_is_null(value))
        return 0;
    if (!json_is_integer(value))
        return error_set(err, ERR_INPUT, "'%s' is no whole number", key);
    *ret_number = json_integer_value(value);
    return 0;
}

static int read_status(struct order *o, const json_t *root, struct error *err)
{
    (void)o;
    (void)root;
    (void)err;
    return 0;
}

/* A name becomes part of a folder's. */
static int read_start(struct order *o, const json_t *root, struct error *err)
{
    int r = set_text(root, "name", ORDER_MAX_NAME_BYTES, &o->name, err);

    for (const char *at = o->name; r == 0 && at && *at; at++)
        if (!isalnum((unsigned char)*at) && !strchr("._-", *at))
            r = error_set(err, ERR_INPUT, "'name' may have letters, digits, '.', '_' and '-' only");
    return r;
}

static int read_mark(struct order *o, const json_t *root, struct error *err)
{
    int r = set_text(root, "text", ORDER_MAX_TEXT_BYTES, &o->text, err);

    if (r == 0 && (!o->text || !*o->text))
        r = error_set(err, ERR_INPUT, "'text' is missing, a mark says something");
    return r;
}

static int read_command(struct order *o, const json_t *root, struct error *err)
{
    const json_t *words = json_object_get(root, "argv");
    size_t n = json_array_size(words);

    if (n == 0)
        return error_set(err, ERR_INPUT, "'argv' is no list of words");
    for (size_t i = 0; i < n; i++)
        if (!json_is_string(json_array_get(words, i)))
            return error_set(err, ERR_INPUT, "'argv' has something that is no text");
    o->words = calloc(n + 1, sizeof(*o->words));
    if (!o->words)
        return error_memory(err);
    for (o->n_words = 0; o->n_words < n; o->n_words++)
        o->words[o->n_words] = (char *)json_string_value(json_array_get(words, o->n_words));
    return 0;
}

static int read_command_end(struct order *o, const json_t *root, struct error *err)
{
    int r = set_number(root, "status", &o->status, err);

    if (r == 0)
        r = set_number(root, "signal", &o->signal, err);
    if (r == 0)
        r = set_text(root, "error", ORDER_MAX_TEXT_BYTES, &o->error, err);
    return r;
}

static const struct {
    const char *name;
    enum order_action action;
    int (*read)(struct order *o, const json_t *root, struct error *err);
} ACTIONS[] = {
    { "status", ORDER_STATUS, read_status },
    { "start", ORDER_START, read_start },
    { "mark", ORDER_MARK, read_mark },
    { "command", ORDER_COMMAND, read_command },
    { "command_end", ORDER_COMMAND_END, read_command_end },
    { "stop", ORDER_STOP, read_status },
    { "sessions", ORDER_SESSIONS, read_status },
    { "events", ORDER_EVENTS, read_status },
};

static int read_order(struct order *o, const json_t *root, struct error *err)
{
    const char *action = NULL;
    int64_t id = 0;
    int r = set_number(root, "id", &id, err);

    if (r < 0)
        return r;
    if (id < 0)
        return error_set(err, ERR_INPUT, "'id' is negative");
    o->id = (uint64_t)id;
    r = set_text(root, "action", ORDER_MAX_TEXT_BYTES, &action, err);
    if (r < 0)
        return r;
    if (!action)
        return error_set(err, ERR_INPUT, "'action' is missing");
    for (size_t i = 0; i < sizeof(ACTIONS) / sizeof(ACTIONS[0]); i++) {
        if (strcmp(ACTIONS[i].name, action) == 0) {
            o->action = ACTIONS[i].action;
            return ACTIONS[i].read(o, root, err);
        }
    }
    return error_set(err, ERR_INPUT, "'%s' is no action", action);
}

int order_parse(struct order *ret_order, const char *line, size_t n_bytes, struct error *err)
{
    json_error_t trouble;
    json_t *root;
    int r;

    *ret_order = (struct order){ .status = ORDER_NO_STATUS, .signal = ORDER_NO_STATUS };
    if (n_bytes > ORDER_MAX_LINE_BYTES)
        return error_set(err, ERR_LIMIT, "a line of more than %d bytes", ORDER_MAX_LINE_BYTES);
    root = json_loadb(line, n_bytes, JSON_REJECT_DUPLICATES, &trouble);
    if (!json_is_object(root)) {
        json_decref(root);
        return error_set(err, ERR_INPUT, "no JSON object: %s",
                         root ? "something else" : trouble.text);
    }
    ret_order->json = root;
    r = read_order(ret_order, root, err);
    if (r < 0)
        order_release(ret_order);
    return r;
}

void order_release(struct order *o)
{
    free(o->words);
    json_decref(o->json);
    *o = (struct order){ .id = o->id };
}
