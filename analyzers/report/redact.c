/*
 * A result is redacted in its JSON form, as that has all that any report can tell, also what later
 * versions add: a text that isn't known to be harmless here is searched for names.
 */
#include "analyzers/report/redact.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/findings.h"
#include "analyzers/report/redact_text.h"
#include "analyzers/report/report.h"
#include "src/base/memory_file.h"

struct redactor {
    struct names *names;
    struct secret_key key; /* grows with what is learned, unless it was given */
    bool has_key, is_settled;
};

/* How the texts of a key are treated: @parent is the object's own key, NULL: any. */
enum treatment { TREAT_TEXT, TREAT_NAME, TREAT_COMMAND, TREAT_CONSTANT };

static const struct rule {
    const char *parent, *key;
    enum treatment treatment;
    enum name_kind kind;
} rules[] = {
    { "evidence", "host", TREAT_NAME, NAME_HOST },
    { "evidence", "node", TREAT_NAME, NAME_HOST },
    { "evidence", "cluster", TREAT_NAME, NAME_CLUSTER },
    { "evidence", "vm", TREAT_NAME, NAME_VM },
    { "evidence", "input", TREAT_NAME, NAME_FILE },
    { "evidence", "session", TREAT_NAME, NAME_SESSION },
    { "evidence", "command", TREAT_COMMAND, 0 },
    { "evidence", NULL, TREAT_TEXT, 0 }, /* whatever its keys are called */
    { "commands", "words", TREAT_COMMAND, 0 },
    { "marks", "text", TREAT_NAME, NAME_NOTE },
    { "sessions", "path", TREAT_NAME, NAME_SESSION },
    { NULL, "session", TREAT_NAME, NAME_SESSION },
    { "inputs", "path", TREAT_NAME, NAME_FILE },
    { NULL, "input", TREAT_NAME, NAME_FILE },
    { "options", "topology", TREAT_NAME, NAME_FILE },
    { NULL, "host", TREAT_NAME, NAME_HOST },
    { "directions", "source", TREAT_NAME, NAME_HOST },
    { "directions", "destination", TREAT_NAME, NAME_HOST },
    { "predictions", "source", TREAT_NAME, NAME_HOST },
    { "predictions", "destination", TREAT_NAME, NAME_HOST },
    { "cluster", "state", TREAT_CONSTANT, 0 },
    { "hosts", "performance", TREAT_CONSTANT, 0 },
    { NULL, "rule", TREAT_CONSTANT, 0 },
    { NULL, "layer", TREAT_CONSTANT, 0 },
    { NULL, "finding", TREAT_CONSTANT, 0 },
    { NULL, "collected", TREAT_CONSTANT, 0 },
    { NULL, "schema", TREAT_CONSTANT, 0 },
    { NULL, "lmpath", TREAT_CONSTANT, 0 },
    { NULL, "verdict", TREAT_CONSTANT, 0 },
    { NULL, "format", TREAT_CONSTANT, 0 },
    { NULL, "compression", TREAT_CONSTANT, 0 },
    { NULL, "role", TREAT_CONSTANT, 0 },
    { NULL, "kind", TREAT_CONSTANT, 0 },
    { NULL, "transport", TREAT_CONSTANT, 0 },
    { NULL, "certainty", TREAT_CONSTANT, 0 },
    { NULL, "protocol", TREAT_CONSTANT, 0 },
    { NULL, "link_type", TREAT_CONSTANT, 0 },
    { NULL, "severity", TREAT_CONSTANT, 0 },
    { NULL, "id", TREAT_CONSTANT, 0 },
    { NULL, "sha256", TREAT_CONSTANT, 0 },
    { NULL, "start", TREAT_CONSTANT, 0 },
    { NULL, "end", TREAT_CONSTANT, 0 },
    { NULL, "first", TREAT_CONSTANT, 0 },
    { NULL, "last", TREAT_CONSTANT, 0 },
    { NULL, "time", TREAT_CONSTANT, 0 },
    { NULL, NULL, TREAT_TEXT, 0 },
};

static const struct rule *rule_of(const char *parent, const char *key)
{
    const struct rule *rule = rules;

    while ((rule->parent && strcmp(rule->parent, parent) != 0) ||
           (rule->key && strcmp(rule->key, key) != 0))
        rule++;
    return rule;
}

/* The texts of the catalogue name nobody. */
static bool is_of_catalogue(const char *text)
{
    static const struct finding_kind *(*const catalogues[])(size_t) = { finding_kind_at,
                                                                        finding_check_kind_at };
    const struct finding_kind *kind;

    for (size_t c = 0; c < sizeof(catalogues) / sizeof(*catalogues); c++) {
        for (size_t i = 0; (kind = catalogues[c](i)) != NULL; i++) {
            if (strcmp(kind->title, text) == 0 || strcmp(kind->remedy, text) == 0)
                return true;
        }
    }
    return false;
}

/* Takes a text, or a command's list of words. Returns 0 or a negative code. */
typedef int visitor(struct redactor *rd, const struct rule *rule, json_t *value, struct error *err);

/* The texts in @value, which has @key in an object that has @parent; a list's items have its. */
static int walk(struct redactor *rd, const char *parent, const char *key, json_t *value,
                visitor *visit, struct error *err)
{
    const struct rule *rule = rule_of(parent, key);
    const char *inner_key;
    json_t *inner;
    size_t i;
    int r = 0;

    if (rule->treatment == TREAT_CONSTANT && json_is_string(value))
        return 0;
    if (json_is_string(value) || (json_is_array(value) && rule->treatment == TREAT_COMMAND))
        return visit(rd, rule, value, err);
    if (json_is_array(value)) {
        json_array_foreach(value, i, inner)
        {
            if (r == 0)
                r = walk(rd, parent, key, inner, visit, err);
        }
        return r;
    }
    json_object_foreach(value, inner_key, inner)
    {
        if (r == 0)
            r = walk(rd, key, inner_key, inner, visit, err);
    }
    return r;
}

/* A result as JSON; NULL: told in @err. @add_to: what it is made of is mixed into that. */
static json_t *json_of(const struct result *r, struct secret_key *add_to, struct error *err)
{
    const struct report_options whole = { .detail = REPORT_ALL };
    AUTO(memory_file) file = NULL;
    const char *text = NULL;
    size_t n_bytes;
    FILE *out;
    json_t *json;

    if (memory_file_new(&file, err) < 0)
        return NULL;
    out = memory_file_begin(file);
    if (out && report_write_json(r, &whole, out, err) == 0)
        text = memory_file_end(file, &n_bytes);
    json = text ? json_loadb(text, n_bytes, 0, NULL) : NULL;
    if (!json)
        error_memory(err);
    if (json && add_to) {
        struct secret_key both[] = { *add_to, secret_key_of(text, n_bytes) };

        *add_to = secret_key_of(both, sizeof(both));
    }
    return json;
}

/* ---- learning ---- */

static int learn_command(struct redactor *rd, const json_t *value, struct error *err)
{
    size_t n = json_is_array(value) ? json_array_size(value) : 1;
    AUTO_MEMORY const char **words = calloc(n + 1, sizeof(*words));

    if (!words)
        return error_memory(err);
    for (size_t i = 0; i < n; i++)
        words[i] = json_string_value(json_is_array(value) ? json_array_get(value, i) : value);
    return command_learn(rd->names, words, n, err);
}

static int learn(struct redactor *rd, const struct rule *rule, json_t *value, struct error *err)
{
    switch (rule->treatment) {
    case TREAT_NAME:
        return names_add(rd->names, rule->kind, json_string_value(value), err);
    case TREAT_COMMAND:
        return learn_command(rd, value, err);
    default:
        return text_learn(rd->names, json_string_value(value), err);
    }
}

int redactor_new(struct redactor **ret_redactor, const struct redact_options *o, struct error *err)
{
    AUTO(redactor) rd = calloc(1, sizeof(*rd));
    int r;

    if (!rd)
        return error_memory(err);
    r = names_new(&rd->names, err);
    for (size_t i = 0; r == 0 && i < o->n_names; i++)
        r = names_add(rd->names, NAME_OTHER, o->names[i], err);
    if (r < 0)
        return r;
    rd->has_key = o->key != NULL;
    if (o->key)
        rd->key = secret_key_of(o->key, strlen(o->key));
    *ret_redactor = rd;
    rd = NULL;
    return 0;
}

struct redactor *redactor_free(struct redactor *rd)
{
    if (rd)
        names_free(rd->names);
    free(rd);
    return NULL;
}

int redactor_learn(struct redactor *rd, const struct result *r, const char *path, struct error *err)
{
    json_auto_t *json = json_of(r, rd->has_key ? NULL : &rd->key, err);
    int status = json ? names_add(rd->names, NAME_FILE, path, err) : ERR_MEMORY;

    for (size_t i = 0; status == 0 && i < r->n_hosts; i++)
        status = names_add(rd->names, NAME_HOST, r->hosts[i].name, err);
    return status < 0 ? status : walk(rd, "", "", json, learn, err);
}

int redactor_learn_title(struct redactor *rd, const struct report_title *title, struct error *err)
{
    int r = names_add(rd->names, NAME_CUSTOMER, title->customer, err);

    if (r == 0)
        r = names_add(rd->names, NAME_CLUSTER, title->cluster, err);
    if (r == 0)
        r = names_add(rd->names, NAME_USER, title->author, err);
    return r < 0 ? r : names_add(rd->names, NAME_REFERENCE, title->reference, err);
}

/* ---- rewriting ---- */

static int replace(json_t *value, char *text, struct error *err)
{
    AUTO_MEMORY char *redacted = text;

    if (!redacted || json_string_set(value, redacted) < 0)
        return error_memory(err);
    return 0;
}

static int rewrite(struct redactor *rd, const struct rule *rule, json_t *value, struct error *err)
{
    const struct disguise d = { rd->names, rd->key };
    int r = 0;

    if (json_is_array(value)) {
        for (size_t i = 0; r == 0 && i < json_array_size(value); i++)
            r = rewrite(rd, rule, json_array_get(value, i), err);
        return r;
    }
    if (rule->treatment == TREAT_COMMAND)
        return replace(value, command_redact(&d, json_string_value(value)), err);
    if (is_of_catalogue(json_string_value(value)))
        return 0;
    return replace(value, text_redact(&d, json_string_value(value)), err);
}

static int settle(struct redactor *rd, struct error *err)
{
    if (rd->is_settled)
        return 0;
    rd->is_settled = true;
    return names_settle(rd->names, err);
}

int redactor_rewrite(struct redactor *rd, const struct result *r, struct saved_result *ret_saved,
                     struct error *err)
{
    json_auto_t *json = NULL;
    int status = settle(rd, err);

    if (status < 0)
        return status;
    json = json_of(r, NULL, err);
    status = json ? walk(rd, "", "", json, rewrite, err) : ERR_MEMORY;
    return status < 0 ? status : result_from_json(ret_saved, json, "redacted result", err);
}

int redactor_pseudonym(struct redactor *rd, const char *text, const char **ret_pseudonym,
                       struct error *err)
{
    int r = settle(rd, err);

    if (r < 0)
        return r;
    *ret_pseudonym = text ? names_find(rd->names, text) : NULL;
    if (text && !*ret_pseudonym)
        *ret_pseudonym = ""; /* an address, or nothing */
    return 0;
}
