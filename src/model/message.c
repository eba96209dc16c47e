#include "src/model/message.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/auto.h"
#include "src/base/text.h"
#include "src/base/utf8.h"

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static uint64_t count_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    json_int_t count = json_integer_value(value);

    return json_is_integer(value) && count >= 0 ? (uint64_t)count : MESSAGE_UNKNOWN;
}

static bool flag_of(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

static int kind_of(const json_t *root, enum message_kind *ret_kind, struct error *err)
{
    static const struct {
        const char *name;
        enum message_kind kind;
    } events[] = {
        { "start", MESSAGE_START },
        { "interval", MESSAGE_INTERVAL },
        { "mark", MESSAGE_MARK },
        { "command", MESSAGE_COMMAND },
        { "command_end", MESSAGE_COMMAND_END },
        { "warning", MESSAGE_WARNING },
        { "end", MESSAGE_END },
        { "interfaces", MESSAGE_INTERFACES },
    };
    const char *event = json_string_value(json_object_get(root, "event"));

    if (!event && !json_is_integer(json_object_get(root, "id")))
        return error_set(err, ERR_INPUT, "neither a reply nor an event");
    *ret_kind = event ? MESSAGE_OTHER : MESSAGE_REPLY;
    for (size_t i = 0; event && i < sizeof(events) / sizeof(*events); i++) {
        if (strcmp(event, events[i].name) == 0)
            *ret_kind = events[i].kind;
    }
    return 0;
}

static int read_addresses(struct message_nic *nic, const json_t *list, struct error *err)
{
    size_t n = json_array_size(list);

    if (n > MESSAGE_MAX_ADDRESSES)
        n = MESSAGE_MAX_ADDRESSES;
    nic->addresses = calloc(n + 1, sizeof(*nic->addresses));
    if (!nic->addresses)
        return error_memory(err);
    for (size_t i = 0; i < n; i++) {
        const char *text = json_string_value(json_array_get(list, i));

        if (text)
            nic->addresses[nic->n_addresses++] = text;
    }
    return 0;
}

static int read_nic(struct message_nic *nic, const json_t *row, struct error *err)
{
    const json_t *counters = json_object_get(row, "counters");

    *nic = (struct message_nic){
        .name = text_of(row, "name"),
        .description = text_of(row, "description"),
        .network = text_of(row, "network"),
        .problem = text_of(row, "problem"),
        .mac = text_of(row, "mac"),
        .mtu = count_of(row, "mtu"),
        .speed_bits_per_s = count_of(row, "speed_bits_per_second"),
        .is_up = flag_of(row, "is_up"),
        .is_chosen = flag_of(row, "is_chosen"),
        .packets = count_of(row, "packets"),
        .wire_bytes = count_of(row, "wire_bytes"),
        .kernel_dropped = count_of(row, "kernel_dropped"),
        .ring_dropped = count_of(row, "ring_dropped"),
        .nic_dropped = count_of(row, "interface_dropped"),
        .rx_bytes = count_of(counters, "rx_bytes"),
        .tx_bytes = count_of(counters, "tx_bytes"),
        .rdma_rx_bytes = count_of(counters, "rdma_rx_bytes"),
        .rdma_tx_bytes = count_of(counters, "rdma_tx_bytes"),
        .rx_dropped = count_of(counters, "rx_dropped"),
        .tx_dropped = count_of(counters, "tx_dropped"),
        .rx_errors = count_of(counters, "rx_errors"),
        .tx_errors = count_of(counters, "tx_errors"),
    };
    return read_addresses(nic, json_object_get(row, "addresses"), err);
}

static int read_nics(struct message *m, const json_t *list, struct error *err)
{
    size_t n = json_array_size(list);
    int r = 0;

    if (n > MESSAGE_MAX_NICS)
        return error_set(err, ERR_LIMIT, "more than %d NICs", MESSAGE_MAX_NICS);
    m->nics = calloc(n + 1, sizeof(*m->nics));
    if (!m->nics)
        return error_memory(err);
    for (size_t i = 0; i < n && r == 0; i++)
        r = read_nic(&m->nics[m->n_nics++], json_array_get(list, i), err);
    return r;
}

static int read_sessions(struct message *m, const json_t *list, struct error *err)
{
    size_t n = json_array_size(list);

    if (n > MESSAGE_MAX_SESSIONS)
        return error_set(err, ERR_LIMIT, "more than %d sessions", MESSAGE_MAX_SESSIONS);
    m->sessions = calloc(n + 1, sizeof(*m->sessions));
    if (!m->sessions)
        return error_memory(err);
    for (; m->n_sessions < n; m->n_sessions++) {
        const json_t *row = json_array_get(list, m->n_sessions);

        m->sessions[m->n_sessions] = (struct message_session){
            .path = text_of(row, "path"),
            .start = text_of(row, "start"),
            .end = text_of(row, "end"),
            .state = text_of(row, "state"),
            .bytes = count_of(row, "bytes"),
        };
    }
    return 0;
}

static int read_members(struct message *m, const json_t *root, struct error *err)
{
    int r = kind_of(root, &m->kind, err);

    if (r < 0)
        return r;
    m->id = count_of(root, "id");
    m->is_ok = flag_of(root, "ok");
    m->error = text_of(root, "error");
    m->time = text_of(root, "time");
    m->version = text_of(root, "version");
    m->host = text_of(root, "host");
    m->mode = text_of(root, "mode");
    m->state = text_of(root, "state");
    m->session = text_of(root, "session");
    m->since = text_of(root, "since");
    m->filter = text_of(root, "filter");
    m->text = text_of(root, "text");
    m->nic = text_of(root, "nic");
    m->reason = text_of(root, "reason");
    m->is_complete = flag_of(root, "complete");
    m->pid = count_of(root, "pid");
    m->interval_ms = count_of(root, "interval_ms");
    m->snap_bytes = count_of(root, "snap_bytes");
    m->file_bytes = count_of(root, "file_bytes");
    m->clients = count_of(root, "clients");
    m->packets = count_of(root, "packets");
    r = read_nics(m, json_object_get(root, "nics"), err);
    return r < 0 ? r : read_sessions(m, json_object_get(root, "sessions"), err);
}

int message_parse(struct message *ret_message, const char *line, size_t n_bytes, struct error *err)
{
    json_error_t why;
    json_t *root;
    int r;

    if (n_bytes > MESSAGE_MAX_LINE_BYTES)
        return error_set(err, ERR_LIMIT, "a line of more than %d bytes", MESSAGE_MAX_LINE_BYTES);
    *ret_message = (struct message){ 0 };
    root = json_loadb(line, n_bytes, JSON_REJECT_DUPLICATES, &why);
    if (!root)
        return error_set(err, ERR_INPUT, "%s", why.text);
    ret_message->json = root;
    r = read_members(ret_message, root, err);
    if (r < 0)
        message_release(ret_message);
    return r;
}

void message_release(struct message *m)
{
    for (size_t i = 0; i < m->n_nics; i++)
        free(m->nics[i].addresses);
    free(m->nics);
    free(m->sessions);
    json_decref(m->json);
    *m = (struct message){ 0 };
}

/* ---- requests ---- */

/* jansson refuses bytes that are no UTF-8, which a command line may hold. */
static json_t *text_value(const char *text)
{
    size_t n_bytes = 3 * strlen(text) + 1, n = 0;
    AUTO_MEMORY char *clean = malloc(n_bytes);
    uint32_t c;

    if (!clean)
        return NULL;
    for (const char *at = text, *from = at; (c = utf8_next(&at)) != 0; from = at) {
        size_t taken = (size_t)(at - from);

        if (c == 0xfffd) {
            from = "\xef\xbf\xbd";
            taken = 3;
        }
        memcpy(clean + n, from, taken);
        n += taken;
    }
    return json_stringn(clean, n);
}

static int put(json_t *to, const char *key, json_t *value)
{
    return json_object_set_new(to, key, value);
}

/* The first @n_words; "..." stands for the others. */
static int put_words(json_t *to, char *const *words, size_t n_words)
{
    json_t *list = json_array();
    int r = put(to, "argv", list);

    for (size_t i = 0; r == 0 && i < n_words && words[i]; i++)
        r = json_array_append_new(list, text_value(words[i]));
    if (r == 0 && words[json_array_size(list)])
        r = json_array_append_new(list, json_string("..."));
    return r;
}

static int put_members(json_t *to, const struct request *q, size_t n_words)
{
    int r = put(to, "id", json_integer((json_int_t)q->id));

    r |= put(to, "action", json_string(q->action));
    if (q->name)
        r |= put(to, "name", text_value(q->name));
    if (q->text)
        r |= put(to, "text", text_value(q->text));
    if (q->argv)
        r |= put_words(to, q->argv, n_words);
    if (q->status != MESSAGE_NO_STATUS)
        r |= put(to, "status", json_integer(q->status));
    if (q->signal != MESSAGE_NO_STATUS)
        r |= put(to, "signal", json_integer(q->signal));
    if (q->error)
        r |= put(to, "error", text_value(q->error));
    return r;
}

/* Sets *ret_line, or NULL without memory. */
static void write_line(char **ret_line, const struct request *q, size_t n_words)
{
    json_auto_t *root = json_object();
    AUTO_MEMORY char *text = NULL;

    if (root && put_members(root, q, n_words) == 0)
        text = json_dumps(root, JSON_COMPACT);
    *ret_line = text ? text_format("%s\n", text) : NULL;
}

int request_line(char **ret_line, const struct request *request, struct error *err)
{
    char *line = NULL;
    size_t n_words = 0;

    while (request->argv && request->argv[n_words] && n_words < REQUEST_MAX_WORDS)
        n_words++;
    for (;; n_words /= 2) {
        write_line(&line, request, n_words);
        if (!line)
            return error_memory(err);
        if (strlen(line) <= REQUEST_MAX_LINE_BYTES)
            break;
        free(line);
        if (n_words == 0)
            return error_set(err, ERR_USAGE, "text of more than %d bytes", REQUEST_MAX_LINE_BYTES);
    }
    *ret_line = line;
    return 0;
}
