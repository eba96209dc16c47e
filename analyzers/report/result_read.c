#include "analyzers/report/result_read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/place.h"
#include "analyzers/report/result_reduce.h"
#include "src/base/array.h"

#define SCHEMA_FAMILY "lmpath.analysis/"
#define SCHEMA SCHEMA_FAMILY "1"

enum { READ_BYTES = 1 << 20 };

static void read_options(const struct place *top, struct result_options *o)
{
    struct place p = place_object(top, "options");

    o->topology = place_text(&p, "topology", NULL);
    o->networks = place_texts(&p, "networks", &o->n_networks);
    o->expect = place_text(&p, "expect", NULL);
    o->min_share = place_share(&p, "min_share");
    o->vm_memory_bytes = place_count(&p, "vm_memory_bytes", RESULT_UNKNOWN);
    o->lm_port = (uint16_t)place_bounded(&p, "lm_port", 0, UINT16_MAX);
    o->smb_port = (uint16_t)place_bounded(&p, "smb_port", 0, UINT16_MAX);
}

static void read_input(const struct place *p, struct result *r, size_t i)
{
    struct result_input *input = &r->inputs[i];
    const char *digest = place_string(p, "sha256");

    input->path = place_text(p, "path", "");
    input->format = place_constant(p, "format");
    input->compression = place_constant(p, "compression");
    input->packets = place_count(p, "packets", 0);
    input->bytes = place_count(p, "bytes", 0);
    input->first_ns = place_time(p, "first", 0);
    input->last_ns = place_time(p, "last", 0);
    input->is_truncated = place_bool(p, "truncated", false);
    input->damage = place_text(p, "damage", NULL);
    input->damage_offset = place_count(p, "damage_offset", 0);
    if (digest && strlen(digest) >= sizeof(input->sha256))
        place_wrong(p, "sha256", "is too long");
    else if (digest)
        snprintf(input->sha256, sizeof(input->sha256), "%s", digest);
}

static void read_network(const struct place *p, struct result *r, size_t i)
{
    struct result_network *network = &r->networks[i];
    const char *name = place_string(p, "name");
    struct error why;
    size_t n;
    const json_t *list = place_list(p, "subnets", RESULT_MAX_ITEMS, &n);

    if (!name || place_network_named(r, name) >= 0)
        place_wrong(p, "name", name ? "names a second network so" : "is no text");
    network->name = place_text(p, "name", "");
    network->role = place_constant(p, "role");
    network->prefixes = place_room(p, n, sizeof(*network->prefixes));
    for (size_t k = 0; network->prefixes && k < n; k++) {
        const char *text = json_string_value(json_array_get(list, k));

        if (!text || prefix_parse(&network->prefixes[k], text, &why) < 0)
            place_wrong(p, "subnets", "has an item that is no subnet");
    }
    network->n_prefixes = network->prefixes ? n : 0;
    network->is_intended = place_bool(p, "intended", false);
    network->is_guessed = place_bool(p, "guessed", false);
    network->transfer_bytes = place_count(p, "transfer_bytes", 0);
    network->share = place_share(p, "share");
}

static void read_side(const struct place *transfer, const char *key, int *host, struct addr *a)
{
    struct place p = place_object(transfer, key);

    if (!p.object)
        place_wrong(transfer, key, "is missing");
    *host = place_host(&p, "host", true);
    if (*host >= 0) /* an interface may have named it before, which doesn't tell */
        p.reader->saved->result.hosts[*host].is_inferred = place_bool(&p, "inferred", true);
    *a = place_addr(&p, "address");
}

static void read_rate_bytes(const struct place *p, const char *key, struct rate_series *rate)
{
    size_t n;
    const json_t *list = place_list(p, key, RESULT_MAX_ITEMS, &n);

    rate->bytes = place_room(p, n, sizeof(*rate->bytes));
    for (size_t i = 0; rate->bytes && i < n; i++) {
        const json_t *value = json_array_get(list, i);

        if (!json_is_integer(value) || json_integer_value(value) < 0)
            place_wrong(p, key, "has an item that is no count");
        rate->bytes[i] = (uint64_t)json_integer_value(value);
    }
    rate->n_buckets = rate->bytes ? n : 0;
}

static void read_rate(const struct place *transfer, struct rate_series *rate)
{
    struct place p = place_object(transfer, "rate");

    rate->start_ns = place_time(&p, "start", 0);
    rate->bucket_ns = place_span(&p, "bucket_s");
    read_rate_bytes(&p, "bytes", rate);
    if (rate->n_buckets > 0 && rate->bucket_ns == 0)
        place_wrong(&p, "bucket_s", "is no span of time");
}

static void read_transfer_network(const struct place *p, struct result_transfer_network *network)
{
    const char *kind = place_string(p, "kind");

    network->network = place_network(p, "name");
    if (kind && strcmp(kind, "cross-network") == 0)
        network->network = NETWORK_CROSS;
    else if (kind && strcmp(kind, "outside") == 0)
        network->network = NETWORK_OUTSIDE;
    else if (!kind || strcmp(kind, "network") != 0 || network->network < 0)
        place_wrong(p, "kind", "is none of network (with its name), outside and cross-network");
    network->bytes = place_count(p, "bytes", 0);
    network->share = place_share(p, "share");
    read_rate_bytes(p, "rate_bytes", &network->rate);
}

static struct result_transfer_network *transfer_networks_of(const struct place *p, size_t *ret_n)
{
    size_t n;
    const json_t *list = place_list(p, "networks", RESULT_MAX_ITEMS, &n);
    struct result_transfer_network *networks = place_room(p, n, sizeof(*networks));

    for (size_t i = 0; networks && i < n; i++) {
        struct place item = place_item(p, "networks", list, i);

        read_transfer_network(&item, &networks[i]);
    }
    *ret_n = networks ? n : 0;
    return networks;
}

/* Results before rates by network tell them where there is one network. */
static void place_network_rates(const struct place *p, struct result_transfer *t)
{
    for (size_t i = 0; i < t->n_networks; i++) {
        struct rate_series *rate = &t->networks[i].rate;

        rate->start_ns = t->rate.start_ns;
        rate->bucket_ns = t->rate.bucket_ns;
        if (rate->n_buckets == 0 && t->n_networks == 1 && t->rate.n_buckets > 0) {
            free(rate->bytes);
            rate->bytes = place_room(p, t->rate.n_buckets, sizeof(*rate->bytes));
            rate->n_buckets = rate->bytes ? t->rate.n_buckets : 0;
            if (rate->bytes)
                memcpy(rate->bytes, t->rate.bytes, rate->n_buckets * sizeof(*rate->bytes));
        } else if (rate->n_buckets != 0 && rate->n_buckets != t->rate.n_buckets) {
            place_wrong(p, "networks", "have other rate_bytes than the rate has bytes");
        }
    }
}

static void read_transfer_connections(const struct place *p, const struct result *r,
                                      struct result_transfer *t)
{
    size_t n;
    const json_t *list = place_list(p, "connections", RESULT_MAX_ITEMS, &n);

    t->connections = place_room(p, n, sizeof(*t->connections));
    for (size_t i = 0; t->connections && i < n; i++) {
        json_int_t id = json_integer_value(json_array_get(list, i));

        if (id < 1 || (uint64_t)id > r->n_connections)
            place_wrong(p, "connections", "has an item that is no connection's id");
        t->connections[i] = (uint32_t)(id - 1);
    }
    t->n_connections = t->connections ? n : 0;
}

static void read_transfer(const struct place *p, struct result *r, size_t i)
{
    struct result_transfer *t = &r->transfers[i];

    read_side(p, "source", &t->source_host, &t->source);
    read_side(p, "destination", &t->destination_host, &t->destination);
    t->start_ns = place_time(p, "start", 0);
    t->end_ns = place_time(p, "end", 0);
    if (t->end_ns < t->start_ns)
        place_wrong(p, "end", "is before the start");
    t->transport = PLACE_ENUM(p, "transport", N_TRANSPORTS, transport_name, TRANSPORT_TCP);
    t->certainty = PLACE_ENUM(p, "certainty", N_CERTAINTIES, certainty_name, CERTAINTY_NONE);
    t->evidence = place_texts(p, "evidence", &t->n_evidence);
    t->bytes = place_count(p, "bytes", 0);
    t->missing_bytes = place_count(p, "missing_bytes", 0);
    t->retransmitted_bytes = place_count(p, "retransmitted_bytes", 0);
    t->mean_bits_per_second = place_real(p, "mean_bits_per_second", 0);
    t->peak_bits_per_second = place_real(p, "peak_bits_per_second", 0);
    read_rate(p, &t->rate);
    t->networks = transfer_networks_of(p, &t->n_networks);
    place_network_rates(p, t);
    read_transfer_connections(p, r, t);
    t->was_aborted = place_bool(p, "aborted", false);
    t->verdict = PLACE_ENUM(p, "verdict", N_VERDICTS, verdict_name, VERDICT_INCONCLUSIVE);
}

static struct result_spread spread_of(const struct place *direction, const char *key)
{
    struct place p = place_object(direction, key);

    return (struct result_spread){ place_real(&p, "median", 0), place_real(&p, "least", 0),
                                   place_real(&p, "most", 0) };
}

static void read_direction(const struct place *p, struct result *r, size_t i)
{
    struct result_direction *d = &r->directions[i];

    d->source_host = place_named_host(p, "source");
    d->destination_host = place_named_host(p, "destination");
    d->n_transfers = place_count(p, "transfers", 0);
    d->bytes = place_count(p, "bytes", 0);
    d->networks = transfer_networks_of(p, &d->n_networks);
    d->duration_s = spread_of(p, "duration_s");
    d->bits_per_second = spread_of(p, "bits_per_second");
    d->way_back = -1;
    for (size_t k = 0; k < i; k++) {
        struct result_direction *other = &r->directions[k];

        if (other->source_host == d->destination_host &&
            other->destination_host == d->source_host) {
            d->way_back = (int)k;
            other->way_back = (int)i;
        }
    }
}

static enum symmetry symmetry_of(const struct place *p)
{
    if (!place_member(p, "symmetric"))
        return SYMMETRY_UNKNOWN;
    return place_bool(p, "symmetric", false) ? SYMMETRY_SAME : SYMMETRY_DIFFERENT;
}

static void read_nic(const struct place *p, struct result *r, size_t i)
{
    struct result_nic *nic = &r->nics[i];

    nic->input = place_input(p, "input");
    nic->name = place_text(p, "name", "");
    nic->description = place_text(p, "description", "");
    nic->link_type = place_constant(p, "link_type");
    nic->link_type_number = (uint16_t)place_bounded(p, "link_type_number", 0, UINT16_MAX);
    nic->network = place_network(p, "network");
    nic->host = place_host(p, "host", true);
    nic->packets = place_count(p, "packets", 0);
    nic->wire_bytes = place_count(p, "wire_bytes", 0);
    nic->dropped = place_count(p, "dropped", RESULT_UNKNOWN);
    nic->duplicate_packets = place_count(p, "duplicate_packets", 0);
    nic->cut_packets = place_count(p, "cut_packets", 0);
    nic->malformed_packets = place_count(p, "malformed_packets", 0);
    nic->other_packets = place_count(p, "other_packets", 0);
    nic->fragments_unattributed = place_count(p, "fragments_unattributed", 0);
    nic->esp_bytes = place_count(p, "esp_bytes", 0);
    nic->backward_times = place_count(p, "backward_times", 0);
    nic->backward_worst_ns = place_span(p, "backward_worst_s");
    nic->first_ns = place_time(p, "first", 0);
    nic->last_ns = place_time(p, "last", 0);
}

/* A session knows by itself which of its texts it may free. */
static void read_session_text(const struct place *p, const char *key, char **text)
{
    const char *value = place_string(p, key);
    int r = session_set_text(text, value ? value : "", p->reader->err);

    if (r < 0 && p->reader->status == 0)
        p->reader->status = r;
}

static void read_command(const struct place *p, struct session *s)
{
    size_t n;
    char **words = place_texts(p, "words", &n);
    int c = p->reader->status < 0 ? -1 : session_add_command(s, words, n, p->reader->err);

    if (c < 0 && p->reader->status == 0)
        p->reader->status = c;
    for (size_t i = 0; words && i < n; i++)
        free(words[i]);
    free(words);
    if (c < 0)
        return;
    s->commands[c].start_ns = place_time(p, "start", SESSION_NO_TIME);
    s->commands[c].end_ns = place_time(p, "end", SESSION_NO_TIME);
    s->commands[c].status = place_integer(p, "status", SESSION_NO_STATUS);
    s->commands[c].signal = place_integer(p, "signal", SESSION_NO_STATUS);
    read_session_text(p, "problem", &s->commands[c].problem);
}

static void read_session(const struct place *p, struct result *r, size_t i)
{
    struct recorded *recorded = &r->sessions[i];
    struct session *s = &recorded->session;
    size_t n;
    const json_t *list;

    session_init(s);
    recorded->folder = place_text(p, "path", "");
    read_session_text(p, "host", &s->host);
    read_session_text(p, "stop_reason", &s->stop_reason);
    read_session_text(p, "write_problem", &s->write_problem);
    s->state = place_bool(p, "complete", false) ? SESSION_COMPLETE : SESSION_RECORDING;
    s->start_ns = place_time(p, "start", SESSION_NO_TIME);
    s->end_ns = place_time(p, "end", SESSION_NO_TIME);
    list = place_list(p, "commands", SESSION_MAX_COMMANDS, &n);
    for (size_t k = 0; k < n; k++) {
        struct place item = place_item(p, "commands", list, k);

        read_command(&item, s);
    }
    list = place_list(p, "marks", SESSION_MAX_MARKS, &n);
    for (size_t k = 0; k < n && p->reader->status == 0; k++) {
        struct place item = place_item(p, "marks", list, k);
        const char *text = place_string(&item, "text");
        int m = session_add_mark(s, place_time(&item, "time", SESSION_NO_TIME), text ? text : "",
                                 p->reader->err);

        if (m < 0 && p->reader->status == 0)
            p->reader->status = m;
    }
}

static int session_of(const struct place *p, const struct result *r)
{
    const char *folder = place_string(p, "session");

    for (size_t i = 0; folder && i < r->n_sessions; i++) {
        if (strcmp(r->sessions[i].folder, folder) == 0)
            return (int)i;
    }
    place_wrong(p, "session", "is none of the sessions");
    return -1;
}

static void read_counted(const struct place *p, struct result *r, size_t i)
{
    struct result_counted *c = &r->counted[i];
    struct place counters = place_object(p, "counters");
    const char *name = place_string(p, "name");
    struct session *s;

    c->session = session_of(p, r);
    if (c->session < 0)
        return;
    s = &r->sessions[c->session].session;
    c->session_nic = session_add_nic(s, name ? name : "", p->reader->err);
    if (c->session_nic < 0) {
        p->reader->status = c->session_nic;
        return;
    }
    s->nics[c->session_nic].is_captured = place_bool(p, "captured", false);
    c->network = place_network(p, "network");
    c->start_ns = place_time(&counters, "start", 0);
    c->end_ns = place_time(&counters, "end", 0);
    for (unsigned k = 0; k < N_COUNTERS; k++)
        c->rise[k] = place_count(&counters, counter_name(k), RESULT_UNKNOWN);
    c->background_rx_bytes = place_count(&counters, "background_rx_bytes", RESULT_UNKNOWN);
    c->background_tx_bytes = place_count(&counters, "background_tx_bytes", RESULT_UNKNOWN);
    c->background_rdma_bytes = place_count(&counters, "background_rdma_bytes", RESULT_UNKNOWN);
    c->net_bytes = place_count(&counters, "net_bytes", RESULT_UNKNOWN);
    c->net_rdma_bytes = place_count(&counters, "net_rdma_bytes", RESULT_UNKNOWN);
    c->captured_bytes = place_count(&counters, "captured_bytes", 0);
    c->explained = place_real(p, "explained", -1);
    read_rate(p, &c->rate);
}

/* An interface's counters are those of one of the counted ones, and written there too. */
static void link_counters(const struct place *top, struct result *r)
{
    const json_t *nics = place_member(top, "interfaces"),
                 *counted = place_member(top, "counted_interfaces");

    for (size_t i = 0; i < r->n_nics; i++) {
        struct place nic = { .reader = top->reader, .object = json_array_get(nics, i) };

        for (size_t k = 0; place_member(&nic, "counters") && k < r->n_counted; k++) {
            struct place other = { .reader = top->reader, .object = json_array_get(counted, k) };

            if (place_same(&nic, &other, "counters") && place_same(&nic, &other, "name")) {
                r->nics[i].counted = &r->counted[k];
                break;
            }
        }
    }
}

static void read_all(const struct place *top, struct result *r)
{
    if (!place_member(top, "verdict"))
        place_wrong(top, "verdict", "is missing");
    r->verdict = PLACE_ENUM(top, "verdict", N_VERDICTS, verdict_name, VERDICT_INCONCLUSIVE);
    r->reasons = place_texts(top, "reasons", &r->n_reasons);
    read_options(top, &r->options);
    PLACE_READ_LIST(top, "inputs", inputs, RESULT_MAX_INPUTS, read_input);
    PLACE_READ_LIST(top, "networks", networks, RESULT_MAX_NETWORKS, read_network);
    PLACE_READ_LIST(top, "interfaces", nics, UINT16_MAX, read_nic);
    result_read_connections(top, r);
    PLACE_READ_LIST(top, "transfers", transfers, RESULT_MAX_ITEMS, read_transfer);
    PLACE_READ_LIST(top, "directions", directions, RESULT_MAX_HOSTS, read_direction);
    r->symmetry = symmetry_of(top);
    PLACE_READ_LIST(top, "sessions", sessions, SESSION_MAX_COMMANDS, read_session);
    PLACE_READ_LIST(top, "counted_interfaces", counted, UINT16_MAX, read_counted);
    result_read_findings(top, r);
    r->connections_folded = place_count(top, "connections_folded", 0);
    r->folded_bytes = place_count(top, "folded_bytes", 0);
    link_counters(top, r);
}

static int check_schema(const json_t *json, const char *name, struct error *err)
{
    const char *schema = json_string_value(json_object_get(json, "schema"));

    if (!json_is_object(json) || !schema)
        return error_set(err, ERR_INPUT,
                         "'%s' is no result of lmpath, which 'lmpath analyze -f json' writes",
                         name);
    if (strncmp(schema, SCHEMA_FAMILY, strlen(SCHEMA_FAMILY)) != 0)
        return error_set(err, ERR_INPUT,
                         "'%s': schema: is '%s', not " SCHEMA ", which 'lmpath analyze -f json' "
                         "writes",
                         name, schema);
    if (strcmp(schema, SCHEMA) != 0)
        return error_set(err, ERR_INPUT,
                         "'%s': schema: is '%s', not " SCHEMA ": a newer lmpath made it, use that",
                         name, schema);
    return 0;
}

static int read_json(struct saved_result *ret_saved, const json_t *json, bool is_reduced,
                     const char *name, struct error *err)
{
    struct saved_result saved = { 0 };
    struct reader reader = { .saved = &saved, .is_reduced = is_reduced, .err = err };
    struct place top = { .reader = &reader };
    int r = check_schema(json, name, err);

    if (r < 0)
        return r;
    result_init(&saved.result);
    top.object = json;
    saved.lmpath = place_text(&top, "lmpath", "");
    read_all(&top, &saved.result);
    if (reader.status < 0) {
        saved_result_release(&saved);
        return error_prefix(err, reader.status, "'%s'", name);
    }
    *ret_saved = saved;
    return 0;
}

int result_parse(struct saved_result *ret_saved, const void *bytes, size_t n_bytes,
                 const char *name, struct error *err)
{
    json_error_t why;
    json_auto_t *json = NULL;

    if (n_bytes == 0)
        return error_set(err, ERR_INPUT, "'%s' is empty, save the result anew", name);
    json = json_loadb(bytes, n_bytes, JSON_REJECT_DUPLICATES, &why);

    if (!json)
        return error_set(
            err, ERR_INPUT,
            "'%s' is no JSON or is cut off, line %d, column %d: %s; save the result anew", name,
            why.line, why.column, why.text);
    return result_from_json(ret_saved, json, name, err);
}

int result_from_json(struct saved_result *ret_saved, const struct json_t *json, const char *name,
                     struct error *err)
{
    return read_json(ret_saved, json, false, name, err);
}

static int read_file(char **bytes, size_t *n_bytes, FILE *in, const char *path, struct error *err)
{
    size_t capacity = 0, n;

    do {
        int r = array_reserve(bytes, &capacity, *n_bytes + READ_BYTES, 1, RESULT_MAX_BYTES, err);

        if (r < 0)
            return error_prefix(err, r, "'%s'", path);
        n = fread(*bytes + *n_bytes, 1, capacity - *n_bytes, in);
        *n_bytes += n;
    } while (n > 0);
    return ferror(in) ? error_system(err, errno, "can't read '%s'", path) : 0;
}

static int read_bytes(char **bytes, size_t *n_bytes, const char *path, struct error *err)
{
    AUTO_FILE in = fopen(path, "rb");

    if (!in)
        return error_system(err, errno, "can't open '%s'", path);
    return read_file(bytes, n_bytes, in, path, err);
}

int result_read(struct saved_result *ret_saved, const char *path, struct error *err)
{
    AUTO_MEMORY char *bytes = NULL;
    size_t n_bytes = 0;
    int r = read_bytes(&bytes, &n_bytes, path, err);

    return r < 0 ? r : result_parse(ret_saved, bytes, n_bytes, path, err);
}

int result_read_bearing(struct saved_result *ret_saved, const char *path, struct error *err)
{
    AUTO_MEMORY char *bytes = NULL;
    size_t n_bytes = 0;
    int r = read_bytes(&bytes, &n_bytes, path, err);

    return r < 0 ? r : result_parse_bearing(ret_saved, bytes, n_bytes, path, err);
}

int result_parse_bearing(struct saved_result *ret_saved, const void *bytes, size_t n_bytes,
                         const char *name, struct error *err)
{
    AUTO_MEMORY char *reduced = malloc(n_bytes > 0 ? n_bytes : 1);
    json_error_t why;
    json_auto_t *json = NULL;

    if (!reduced)
        return error_memory(err);
    json =
        json_loadb(reduced, result_reduce(reduced, bytes, n_bytes), JSON_REJECT_DUPLICATES, &why);
    /* what is wrong, and where, the whole text tells */
    return json ? read_json(ret_saved, json, true, name, err)
                : result_parse(ret_saved, bytes, n_bytes, name, err);
}

void saved_result_release(struct saved_result *s)
{
    result_release(&s->result);
    for (size_t i = 0; i < s->n_texts; i++)
        free(s->texts[i]);
    free(s->texts);
    free(s->lmpath);
    *s = (struct saved_result){ 0 };
}
