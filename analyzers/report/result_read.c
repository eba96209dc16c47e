/*
 * Reading goes on after the first mistake with nothing more to say: the reader keeps that one, and
 * every getter gives "unknown" from then on.
 */
#include "analyzers/report/result_read.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/result_reduce.h"
#include "analyzers/report/words.h"
#include "src/base/array.h"
#include "src/base/text.h"
#include "src/base/units.h"
#include "src/net/packet.h"

#define SCHEMA_FAMILY "lmpath.analysis/"
#define SCHEMA SCHEMA_FAMILY "1"

enum { READ_BYTES = 1 << 20, PATH_BYTES = 128, VLAN_PRESENT = 0x1000, VLAN_MAX = 0xfff };

#define SHARE_SLACK 1e-6

static const double ns_per_s = 1e9;

struct reader {
    struct saved_result *saved;
    bool is_reduced; /* by result_reduce() */
    int status;      /* negative from the first mistake on */
    struct error *err;
};

/* An object, and where it stands: "transfers[2].source". */
struct place {
    struct reader *reader;
    const json_t *object;
    char path[PATH_BYTES];
};

static void wrong(const struct place *p, const char *key, const char *what)
{
    struct reader *rd = p->reader;

    if (rd->status == 0)
        rd->status = error_set(rd->err, ERR_INPUT, "%s%s%s: %s, save the result anew", p->path,
                               *p->path && *key ? "." : "", key, what);
}

static void no_memory(const struct place *p)
{
    if (p->reader->status == 0)
        p->reader->status = error_memory(p->reader->err);
}

static void *room(const struct place *p, size_t n, size_t item_bytes)
{
    void *items = calloc(n > 0 ? n : 1, item_bytes);

    if (!items)
        no_memory(p);
    return items;
}

/* NULL: absent, null, or there was a mistake before. */
static const json_t *member(const struct place *p, const char *key)
{
    const json_t *value = p->reader->status < 0 ? NULL : json_object_get(p->object, key);

    return json_is_null(value) ? NULL : value;
}

static struct place object_of(const struct place *p, const char *key)
{
    struct place inner = { .reader = p->reader, .object = member(p, key) };

    if (inner.object && !json_is_object(inner.object)) {
        wrong(p, key, "is no object");
        inner.object = NULL;
    }
    snprintf(inner.path, sizeof(inner.path), "%.90s%s%.30s", p->path, *p->path ? "." : "", key);
    return inner;
}

static struct place item_of(const struct place *p, const char *key, const json_t *list, size_t i)
{
    struct place inner = { .reader = p->reader, .object = json_array_get(list, i) };

    snprintf(inner.path, sizeof(inner.path), "%.70s%s%.30s[%zu]", p->path, *p->path ? "." : "", key,
             i);
    if (!json_is_object(inner.object)) {
        wrong(&inner, "", "is no object");
        inner.object = NULL;
    }
    return inner;
}

/* NULL, and no items: absent. */
static const json_t *list_of(const struct place *p, const char *key, size_t max_items,
                             size_t *ret_n)
{
    const json_t *list = member(p, key);

    *ret_n = 0;
    if (list && !json_is_array(list)) {
        wrong(p, key, "is no list");
        return NULL;
    }
    if (json_array_size(list) > max_items) {
        p->reader->status = error_set(p->reader->err, ERR_LIMIT, "%s%s%s: has more than %zu items",
                                      p->path, *p->path ? "." : "", key, max_items);
        return NULL;
    }
    *ret_n = json_array_size(list);
    return list;
}

/* Borrowed; NULL: unknown. */
static const char *string_of(const struct place *p, const char *key)
{
    const json_t *value = member(p, key);

    if (value && !json_is_string(value))
        wrong(p, key, "is no text");
    return json_string_value(value);
}

static char *text_of(const struct place *p, const char *key, const char *otherwise)
{
    const char *value = string_of(p, key);
    char *copy;

    if (!value)
        value = otherwise;
    copy = text_copy(value);
    if (value && !copy)
        no_memory(p);
    return copy;
}

static const char *kept(const struct place *p, const char *text)
{
    struct saved_result *s = p->reader->saved;
    int r;

    if (!text || p->reader->status < 0)
        return NULL;
    for (size_t i = 0; i < s->n_texts; i++) {
        if (strcmp(s->texts[i], text) == 0)
            return s->texts[i];
    }
    r = array_reserve(&s->texts, &s->texts_capacity, s->n_texts + 1, sizeof(*s->texts),
                      RESULT_MAX_TEXTS, p->reader->err);
    if (r < 0) {
        p->reader->status = r;
        return NULL;
    }
    s->texts[s->n_texts] = text_copy(text);
    if (!s->texts[s->n_texts])
        no_memory(p);
    else
        s->n_texts++;
    return p->reader->status < 0 ? NULL : s->texts[s->n_texts - 1];
}

/* What is a constant in a result that was not read back. */
static const char *constant_of(const struct place *p, const char *key)
{
    return kept(p, string_of(p, key));
}

static uint64_t count_of(const struct place *p, const char *key, uint64_t otherwise)
{
    const json_t *value = member(p, key);

    if (!value)
        return otherwise;
    if (!json_is_integer(value) || json_integer_value(value) < 0) {
        wrong(p, key, "is no count");
        return otherwise;
    }
    return (uint64_t)json_integer_value(value);
}

static uint64_t bounded_of(const struct place *p, const char *key, uint64_t otherwise,
                           uint64_t most)
{
    uint64_t count = count_of(p, key, otherwise);

    if (count == otherwise || count <= most)
        return count;
    wrong(p, key, "is too large");
    return otherwise;
}

static int64_t integer_of(const struct place *p, const char *key, int64_t otherwise)
{
    const json_t *value = member(p, key);

    if (!value)
        return otherwise;
    if (!json_is_integer(value)) {
        wrong(p, key, "is no whole number");
        return otherwise;
    }
    return json_integer_value(value);
}

static double real_of(const struct place *p, const char *key, double otherwise)
{
    const json_t *value = member(p, key);

    if (!value)
        return otherwise;
    if (!json_is_number(value)) {
        wrong(p, key, "is no number");
        return otherwise;
    }
    if (json_number_value(value) < 0) {
        wrong(p, key, "is below 0");
        return otherwise;
    }
    return json_number_value(value);
}

/* Of a whole; written with a few decimals. */
static double share_of(const struct place *p, const char *key)
{
    double share = real_of(p, key, 0);

    if (share <= 1 + SHARE_SLACK)
        return share;
    wrong(p, key, "is no share from 0 to 1");
    return 0;
}

static bool bool_of(const struct place *p, const char *key, bool otherwise)
{
    const json_t *value = member(p, key);

    if (!value)
        return otherwise;
    if (!json_is_boolean(value))
        wrong(p, key, "is neither true nor false");
    return json_is_true(value);
}

/* A span in seconds, in nanoseconds. */
static int64_t span_of(const struct place *p, const char *key)
{
    double seconds = real_of(p, key, 0);

    if (seconds >= 0 && seconds < 4e9)
        return llround(seconds * ns_per_s);
    wrong(p, key, "is no span of time");
    return 0;
}

static int64_t time_of(const struct place *p, const char *key, int64_t otherwise)
{
    const char *text = string_of(p, key);
    struct error why;
    int64_t time_ns;

    if (!text)
        return otherwise;
    if (time_parse(&time_ns, text, &why) == 0)
        return time_ns;
    wrong(p, key, "is no time");
    return otherwise;
}

static struct addr addr_of(const struct place *p, const char *key)
{
    const char *text = string_of(p, key);
    struct addr a = { 0 };
    struct error why;

    if (!text || addr_parse(&a, text, &why) < 0)
        wrong(p, key, "is no address");
    return a;
}

/* One of several names: @name_of gives that of each of @n. */
#define ENUM_OF(p, key, n, name_of, otherwise)                                                     \
    __extension__({                                                                                \
        const char *text_ = string_of(p, key);                                                     \
        int found_ = text_ ? -1 : (int)(otherwise);                                                \
        for (int i_ = 0; text_ && i_ < (int)(n); i_++) {                                           \
            if (name_of(i_) && strcmp(name_of(i_), text_) == 0)                                    \
                found_ = i_;                                                                       \
        }                                                                                          \
        if (found_ < 0) {                                                                          \
            wrong(p, key, "is a name that is not known here");                                     \
            found_ = (int)(otherwise);                                                             \
        }                                                                                          \
        found_;                                                                                    \
    })

enum { N_VERDICTS = 5, N_CERTAINTIES = 4, N_SEVERITIES = 3, N_TRANSPORTS = 3, N_ROLES = 6 };

static char **texts_of(const struct place *p, const char *key, size_t *ret_n)
{
    size_t n, kept_n = 0;
    const json_t *list = list_of(p, key, RESULT_MAX_ITEMS, &n);
    char **texts = room(p, n, sizeof(*texts));

    for (size_t i = 0; texts && i < n; i++) {
        const char *text = json_string_value(json_array_get(list, i));

        if (!text) {
            wrong(p, key, "has an item that is no text");
            break;
        }
        texts[i] = text_copy(text);
        if (!texts[i]) {
            no_memory(p);
            break;
        }
        kept_n++;
    }
    *ret_n = kept_n;
    return texts;
}

static int network_named(const struct result *r, const char *name)
{
    for (size_t i = 0; i < r->n_networks; i++) {
        if (strcmp(r->networks[i].name, name) == 0)
            return (int)i;
    }
    return -1;
}

/* -1: none. */
static int network_of(const struct place *p, const char *key)
{
    const char *name = string_of(p, key);
    int network = name ? network_named(&p->reader->saved->result, name) : -1;

    if (name && network < 0)
        wrong(p, key, "is none of the networks");
    return network;
}

static int input_of(const struct place *p, const char *key)
{
    const struct result *r = &p->reader->saved->result;
    const char *path = string_of(p, key);

    for (size_t i = 0; path && i < r->n_inputs; i++) {
        if (strcmp(r->inputs[i].path, path) == 0)
            return (int)i;
    }
    wrong(p, key, "is none of the inputs");
    return 0;
}

/* Hosts are known by their names; they are added as they are met. -1: none. */
static int host_of(const struct place *p, const char *key, bool is_inferred)
{
    struct result *r = &p->reader->saved->result;
    const char *name = string_of(p, key);
    struct result_host *grown;

    if (!name)
        return -1;
    for (size_t i = 0; i < r->n_hosts; i++) {
        if (strcmp(r->hosts[i].name, name) == 0)
            return (int)i;
    }
    if (r->n_hosts == RESULT_MAX_HOSTS) {
        wrong(p, key, "is one host too many");
        return -1;
    }
    grown = realloc(r->hosts, (r->n_hosts + 1) * sizeof(*grown));
    if (!grown) {
        no_memory(p);
        return -1;
    }
    r->hosts = grown;
    grown[r->n_hosts] = (struct result_host){ text_of(p, key, ""), is_inferred };
    if (!grown[r->n_hosts].name)
        return -1;
    return (int)r->n_hosts++;
}

static void read_options(const struct place *top, struct result_options *o)
{
    struct place p = object_of(top, "options");

    o->topology = text_of(&p, "topology", NULL);
    o->networks = texts_of(&p, "networks", &o->n_networks);
    o->expect = text_of(&p, "expect", NULL);
    o->min_share = share_of(&p, "min_share");
    o->vm_memory_bytes = count_of(&p, "vm_memory_bytes", RESULT_UNKNOWN);
    o->lm_port = (uint16_t)bounded_of(&p, "lm_port", 0, UINT16_MAX);
    o->smb_port = (uint16_t)bounded_of(&p, "smb_port", 0, UINT16_MAX);
}

static void read_input(const struct place *p, struct result *r, size_t i)
{
    struct result_input *input = &r->inputs[i];
    const char *digest = string_of(p, "sha256");

    input->path = text_of(p, "path", "");
    input->format = constant_of(p, "format");
    input->compression = constant_of(p, "compression");
    input->packets = count_of(p, "packets", 0);
    input->bytes = count_of(p, "bytes", 0);
    input->first_ns = time_of(p, "first", 0);
    input->last_ns = time_of(p, "last", 0);
    input->is_truncated = bool_of(p, "truncated", false);
    input->damage = text_of(p, "damage", NULL);
    input->damage_offset = count_of(p, "damage_offset", 0);
    if (digest && strlen(digest) >= sizeof(input->sha256))
        wrong(p, "sha256", "is too long");
    else if (digest)
        snprintf(input->sha256, sizeof(input->sha256), "%s", digest);
}

static void read_network(const struct place *p, struct result *r, size_t i)
{
    struct result_network *network = &r->networks[i];
    const char *name = string_of(p, "name");
    struct error why;
    size_t n;
    const json_t *list = list_of(p, "subnets", RESULT_MAX_ITEMS, &n);

    if (!name || network_named(r, name) >= 0)
        wrong(p, "name", name ? "names a second network so" : "is no text");
    network->name = text_of(p, "name", "");
    network->role = constant_of(p, "role");
    network->prefixes = room(p, n, sizeof(*network->prefixes));
    for (size_t k = 0; network->prefixes && k < n; k++) {
        const char *text = json_string_value(json_array_get(list, k));

        if (!text || prefix_parse(&network->prefixes[k], text, &why) < 0)
            wrong(p, "subnets", "has an item that is no subnet");
    }
    network->n_prefixes = network->prefixes ? n : 0;
    network->is_intended = bool_of(p, "intended", false);
    network->is_guessed = bool_of(p, "guessed", false);
    network->transfer_bytes = count_of(p, "transfer_bytes", 0);
    network->share = share_of(p, "share");
}

static void read_side(const struct place *transfer, const char *key, int *host, struct addr *a)
{
    struct place p = object_of(transfer, key);

    if (!p.object)
        wrong(transfer, key, "is missing");
    *host = host_of(&p, "host", true);
    if (*host >= 0) /* an interface may have named it before, which doesn't tell */
        p.reader->saved->result.hosts[*host].is_inferred = bool_of(&p, "inferred", true);
    *a = addr_of(&p, "address");
}

static void read_rate_bytes(const struct place *p, const char *key, struct rate_series *rate)
{
    size_t n;
    const json_t *list = list_of(p, key, RESULT_MAX_ITEMS, &n);

    rate->bytes = room(p, n, sizeof(*rate->bytes));
    for (size_t i = 0; rate->bytes && i < n; i++) {
        const json_t *value = json_array_get(list, i);

        if (!json_is_integer(value) || json_integer_value(value) < 0)
            wrong(p, key, "has an item that is no count");
        rate->bytes[i] = (uint64_t)json_integer_value(value);
    }
    rate->n_buckets = rate->bytes ? n : 0;
}

static void read_rate(const struct place *transfer, struct rate_series *rate)
{
    struct place p = object_of(transfer, "rate");

    rate->start_ns = time_of(&p, "start", 0);
    rate->bucket_ns = span_of(&p, "bucket_s");
    read_rate_bytes(&p, "bytes", rate);
    if (rate->n_buckets > 0 && rate->bucket_ns == 0)
        wrong(&p, "bucket_s", "is no span of time");
}

static void read_transfer_network(const struct place *p, struct result_transfer_network *network)
{
    const char *kind = string_of(p, "kind");

    network->network = network_of(p, "name");
    if (kind && strcmp(kind, "cross-network") == 0)
        network->network = NETWORK_CROSS;
    else if (kind && strcmp(kind, "outside") == 0)
        network->network = NETWORK_OUTSIDE;
    else if (!kind || strcmp(kind, "network") != 0 || network->network < 0)
        wrong(p, "kind", "is none of network (with its name), outside and cross-network");
    network->bytes = count_of(p, "bytes", 0);
    network->share = share_of(p, "share");
    read_rate_bytes(p, "rate_bytes", &network->rate);
}

static struct result_transfer_network *transfer_networks_of(const struct place *p, size_t *ret_n)
{
    size_t n;
    const json_t *list = list_of(p, "networks", RESULT_MAX_ITEMS, &n);
    struct result_transfer_network *networks = room(p, n, sizeof(*networks));

    for (size_t i = 0; networks && i < n; i++) {
        struct place item = item_of(p, "networks", list, i);

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
            rate->bytes = room(p, t->rate.n_buckets, sizeof(*rate->bytes));
            rate->n_buckets = rate->bytes ? t->rate.n_buckets : 0;
            if (rate->bytes)
                memcpy(rate->bytes, t->rate.bytes, rate->n_buckets * sizeof(*rate->bytes));
        } else if (rate->n_buckets != 0 && rate->n_buckets != t->rate.n_buckets) {
            wrong(p, "networks", "have other rate_bytes than the rate has bytes");
        }
    }
}

static void read_transfer_connections(const struct place *p, const struct result *r,
                                      struct result_transfer *t)
{
    size_t n;
    const json_t *list = list_of(p, "connections", RESULT_MAX_ITEMS, &n);

    t->connections = room(p, n, sizeof(*t->connections));
    for (size_t i = 0; t->connections && i < n; i++) {
        json_int_t id = json_integer_value(json_array_get(list, i));

        if (id < 1 || (uint64_t)id > r->n_connections)
            wrong(p, "connections", "has an item that is no connection's id");
        t->connections[i] = (uint32_t)(id - 1);
    }
    t->n_connections = t->connections ? n : 0;
}

static void read_transfer(const struct place *p, struct result *r, size_t i)
{
    struct result_transfer *t = &r->transfers[i];

    read_side(p, "source", &t->source_host, &t->source);
    read_side(p, "destination", &t->destination_host, &t->destination);
    t->start_ns = time_of(p, "start", 0);
    t->end_ns = time_of(p, "end", 0);
    if (t->end_ns < t->start_ns)
        wrong(p, "end", "is before the start");
    t->transport = ENUM_OF(p, "transport", N_TRANSPORTS, transport_name, TRANSPORT_TCP);
    t->certainty = ENUM_OF(p, "certainty", N_CERTAINTIES, certainty_name, CERTAINTY_NONE);
    t->evidence = texts_of(p, "evidence", &t->n_evidence);
    t->bytes = count_of(p, "bytes", 0);
    t->missing_bytes = count_of(p, "missing_bytes", 0);
    t->retransmitted_bytes = count_of(p, "retransmitted_bytes", 0);
    t->mean_bits_per_second = real_of(p, "mean_bits_per_second", 0);
    t->peak_bits_per_second = real_of(p, "peak_bits_per_second", 0);
    read_rate(p, &t->rate);
    t->networks = transfer_networks_of(p, &t->n_networks);
    place_network_rates(p, t);
    read_transfer_connections(p, r, t);
    t->was_aborted = bool_of(p, "aborted", false);
    t->verdict = ENUM_OF(p, "verdict", N_VERDICTS, verdict_name, VERDICT_INCONCLUSIVE);
}

static struct result_spread spread_of(const struct place *direction, const char *key)
{
    struct place p = object_of(direction, key);

    return (struct result_spread){ real_of(&p, "median", 0), real_of(&p, "least", 0),
                                   real_of(&p, "most", 0) };
}

static int named_host_of(const struct place *p, const char *key)
{
    int host = host_of(p, key, true);

    if (host < 0)
        wrong(p, key, "is no host's name");
    return host;
}

static void read_direction(const struct place *p, struct result *r, size_t i)
{
    struct result_direction *d = &r->directions[i];

    d->source_host = named_host_of(p, "source");
    d->destination_host = named_host_of(p, "destination");
    d->n_transfers = count_of(p, "transfers", 0);
    d->bytes = count_of(p, "bytes", 0);
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
    if (!member(p, "symmetric"))
        return SYMMETRY_UNKNOWN;
    return bool_of(p, "symmetric", false) ? SYMMETRY_SAME : SYMMETRY_DIFFERENT;
}

static uint32_t vlan_of(const struct place *p, const char *key)
{
    int64_t id = integer_of(p, key, -1);

    if (id < -1 || id > VLAN_MAX)
        wrong(p, key, "is no VLAN");
    return id < 0 ? 0 : VLAN_PRESENT | (uint32_t)id;
}

static uint32_t tunnel_of(const struct place *vantage)
{
    struct place p = object_of(vantage, "tunnel");
    const char *kind = string_of(&p, "kind");
    uint32_t id = (uint32_t)bounded_of(&p, "id", 0, 0xffffff);

    for (uint32_t i = 0; kind && i < 8; i++) {
        if (tunnel_name(i << 24) && strcmp(tunnel_name(i << 24), kind) == 0)
            return i << 24 | id;
    }
    if (kind)
        wrong(&p, "kind", "is no tunnel known here");
    return 0;
}

/* What is written of a half, in a half of which the same is written. */
static void read_half(const struct place *vantage, const char *key, struct half *h)
{
    struct place p = object_of(vantage, key);
    uint64_t stream, missing;

    h->packets = count_of(&p, "packets", 0);
    h->wire_bytes = count_of(&p, "wire_bytes", 0);
    h->payload_bytes = count_of(&p, "payload_bytes", 0);
    h->retransmitted_bytes = count_of(&p, "retransmitted_bytes", 0);
    h->duplicate_packets = (uint32_t)bounded_of(&p, "duplicate_packets", 0, UINT32_MAX);
    h->holes = NO_HOLES;
    stream = count_of(&p, "stream_bytes", h->payload_bytes);
    missing = count_of(&p, "missing_bytes", 0);
    if (h->payload_bytes != stream - missing + h->retransmitted_bytes)
        wrong(&p, "payload_bytes", "is not stream less missing and with retransmitted bytes");
    h->next = stream;
}

static void read_observation(const struct place *p, const struct result *r, struct observation *o)
{
    uint64_t id = count_of(p, "interface_id", 0);

    if (id < 1 || id > r->n_nics)
        wrong(p, "interface_id", "is no interface's id");
    o->vantage = (uint16_t)(id - 1);
    o->vlan = vlan_of(p, "vlan") | vlan_of(p, "outer_vlan") << 16;
    o->tunnel = tunnel_of(p);
    o->series[0] = o->series[1] = NO_SERIES;
    read_half(p, "client_to_server", &o->half[0]);
    read_half(p, "server_to_client", &o->half[1]);
    o->half[0].flags |= HALF_IS_CLIENT;
}

/* The next observation's place; NULL without memory. */
static struct observation *add_observation(const struct place *p, struct result *r, size_t number)
{
    size_t chunk = number / OBSERVATIONS_PER_CHUNK;

    if (chunk == r->n_chunks) {
        struct observation **grown = realloc(r->chunks, (chunk + 1) * sizeof(struct observation *));

        if (grown) {
            r->chunks = grown;
            grown[chunk] = calloc(OBSERVATIONS_PER_CHUNK, sizeof(**grown));
        }
        if (!grown || !grown[chunk]) {
            no_memory(p);
            return NULL;
        }
        r->n_chunks++;
    }
    return &r->chunks[chunk][number % OBSERVATIONS_PER_CHUNK];
}

static bool same_member(const struct place *a, const struct place *b, const char *key)
{
    json_t *x = json_object_get(a->object, key), *y = json_object_get(b->object, key);

    return x == y || (x && y && json_equal(x, y));
}

static bool has_totals(const struct place *vantage, const struct place *connection)
{
    return same_member(vantage, connection, "client_to_server") &&
           same_member(vantage, connection, "server_to_client") &&
           same_member(vantage, connection, "vlan");
}

static void read_ends(const struct place *p, struct observation *o)
{
    const char *protocol = string_of(p, "protocol");

    o->protocol = protocol && strcmp(protocol, "udp") == 0 ? IP_UDP : IP_TCP;
    o->addr[0] = addr_of(p, "client");
    o->addr[1] = addr_of(p, "server");
    o->port[0] = (uint16_t)bounded_of(p, "client_port", 0, UINT16_MAX);
    o->port[1] = (uint16_t)bounded_of(p, "server_port", 0, UINT16_MAX);
    o->first_ns = time_of(p, "start", 0);
    o->last_ns = time_of(p, "end", 0);
}

static void read_vantage_points(const struct place *p, struct result *r,
                                struct result_connection *c)
{
    struct observation ends = { 0 };
    struct place mss = object_of(p, "mss");
    bool has_best = false;
    size_t n;
    const json_t *list = list_of(p, "vantage_points", UINT16_MAX, &n);

    read_ends(p, &ends);
    for (size_t i = 0; i < n && p->reader->status == 0; i++) {
        struct place item = item_of(p, "vantage_points", list, i);
        struct observation *o = add_observation(p, r, c->first_observation + i);

        if (!o)
            return;
        *o = ends;
        read_observation(&item, r, o);
        c->n_observations++;
        if (has_best || !has_totals(&item, p))
            continue;
        has_best = true;
        c->best = (uint16_t)i;
        o->half[0].mss = (uint16_t)bounded_of(&mss, "client", 0, UINT16_MAX);
        o->half[1].mss = (uint16_t)bounded_of(&mss, "server", 0, UINT16_MAX);
    }
    if (!has_best)
        wrong(p, "vantage_points", "none has the connection's totals");
}

/* What result_reduce() left out has one observation of nothing, so that nobody needs to mind. */
static void read_left_out(const struct place *p, struct result *r, struct result_connection *c)
{
    if (r->n_nics == 0)
        wrong(p, "interfaces", "are none, but connections were seen");
    else if (add_observation(p, r, c->first_observation))
        c->n_observations = 1;
    c->network[0] = c->network[1] = -1;
}

static void read_connection(const struct place *p, struct result *r, size_t i)
{
    struct result_connection *c = &r->connections[i];

    if (i > 0)
        c->first_observation =
            r->connections[i - 1].first_observation + r->connections[i - 1].n_observations;
    if (json_is_integer(p->object)) {
        read_left_out(p, r, c);
        return;
    }
    c->network[0] = (int16_t)network_of(p, "client_network");
    c->network[1] = (int16_t)network_of(p, "server_network");
    c->role = (uint8_t)ENUM_OF(p, "role", N_ROLES, connection_role_name, CONNECTION_OTHER);
    c->certainty = (uint8_t)ENUM_OF(p, "certainty", N_CERTAINTIES, certainty_name, CERTAINTY_NONE);
    c->disagrees = !bool_of(p, "vantage_points_agree", true);
    read_vantage_points(p, r, c);
}

static void read_nic(const struct place *p, struct result *r, size_t i)
{
    struct result_nic *nic = &r->nics[i];

    nic->input = input_of(p, "input");
    nic->name = text_of(p, "name", "");
    nic->description = text_of(p, "description", "");
    nic->link_type = constant_of(p, "link_type");
    nic->link_type_number = (uint16_t)bounded_of(p, "link_type_number", 0, UINT16_MAX);
    nic->network = network_of(p, "network");
    nic->host = host_of(p, "host", true);
    nic->packets = count_of(p, "packets", 0);
    nic->wire_bytes = count_of(p, "wire_bytes", 0);
    nic->dropped = count_of(p, "dropped", RESULT_UNKNOWN);
    nic->duplicate_packets = count_of(p, "duplicate_packets", 0);
    nic->cut_packets = count_of(p, "cut_packets", 0);
    nic->malformed_packets = count_of(p, "malformed_packets", 0);
    nic->other_packets = count_of(p, "other_packets", 0);
    nic->fragments_unattributed = count_of(p, "fragments_unattributed", 0);
    nic->esp_bytes = count_of(p, "esp_bytes", 0);
    nic->backward_times = count_of(p, "backward_times", 0);
    nic->backward_worst_ns = span_of(p, "backward_worst_s");
    nic->first_ns = time_of(p, "first", 0);
    nic->last_ns = time_of(p, "last", 0);
}

/* A session knows by itself which of its texts it may free. */
static void read_session_text(const struct place *p, const char *key, char **text)
{
    const char *value = string_of(p, key);
    int r = session_set_text(text, value ? value : "", p->reader->err);

    if (r < 0 && p->reader->status == 0)
        p->reader->status = r;
}

static void read_command(const struct place *p, struct session *s)
{
    size_t n;
    char **words = texts_of(p, "words", &n);
    int c = p->reader->status < 0 ? -1 : session_add_command(s, words, n, p->reader->err);

    if (c < 0 && p->reader->status == 0)
        p->reader->status = c;
    for (size_t i = 0; words && i < n; i++)
        free(words[i]);
    free(words);
    if (c < 0)
        return;
    s->commands[c].start_ns = time_of(p, "start", SESSION_NO_TIME);
    s->commands[c].end_ns = time_of(p, "end", SESSION_NO_TIME);
    s->commands[c].status = integer_of(p, "status", SESSION_NO_STATUS);
    s->commands[c].signal = integer_of(p, "signal", SESSION_NO_STATUS);
    read_session_text(p, "problem", &s->commands[c].problem);
}

static void read_session(const struct place *p, struct result *r, size_t i)
{
    struct recorded *recorded = &r->sessions[i];
    struct session *s = &recorded->session;
    size_t n;
    const json_t *list;

    session_init(s);
    recorded->folder = text_of(p, "path", "");
    read_session_text(p, "host", &s->host);
    read_session_text(p, "stop_reason", &s->stop_reason);
    read_session_text(p, "write_problem", &s->write_problem);
    s->state = bool_of(p, "complete", false) ? SESSION_COMPLETE : SESSION_RECORDING;
    s->start_ns = time_of(p, "start", SESSION_NO_TIME);
    s->end_ns = time_of(p, "end", SESSION_NO_TIME);
    list = list_of(p, "commands", SESSION_MAX_COMMANDS, &n);
    for (size_t k = 0; k < n; k++) {
        struct place item = item_of(p, "commands", list, k);

        read_command(&item, s);
    }
    list = list_of(p, "marks", SESSION_MAX_MARKS, &n);
    for (size_t k = 0; k < n && p->reader->status == 0; k++) {
        struct place item = item_of(p, "marks", list, k);
        const char *text = string_of(&item, "text");
        int m = session_add_mark(s, time_of(&item, "time", SESSION_NO_TIME), text ? text : "",
                                 p->reader->err);

        if (m < 0 && p->reader->status == 0)
            p->reader->status = m;
    }
}

static int session_of(const struct place *p, const struct result *r)
{
    const char *folder = string_of(p, "session");

    for (size_t i = 0; folder && i < r->n_sessions; i++) {
        if (strcmp(r->sessions[i].folder, folder) == 0)
            return (int)i;
    }
    wrong(p, "session", "is none of the sessions");
    return -1;
}

static void read_counted(const struct place *p, struct result *r, size_t i)
{
    struct result_counted *c = &r->counted[i];
    struct place counters = object_of(p, "counters");
    const char *name = string_of(p, "name");
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
    s->nics[c->session_nic].is_captured = bool_of(p, "captured", false);
    c->network = network_of(p, "network");
    c->start_ns = time_of(&counters, "start", 0);
    c->end_ns = time_of(&counters, "end", 0);
    for (unsigned k = 0; k < N_COUNTERS; k++)
        c->rise[k] = count_of(&counters, counter_name(k), RESULT_UNKNOWN);
    c->background_rx_bytes = count_of(&counters, "background_rx_bytes", RESULT_UNKNOWN);
    c->background_tx_bytes = count_of(&counters, "background_tx_bytes", RESULT_UNKNOWN);
    c->background_rdma_bytes = count_of(&counters, "background_rdma_bytes", RESULT_UNKNOWN);
    c->net_bytes = count_of(&counters, "net_bytes", RESULT_UNKNOWN);
    c->net_rdma_bytes = count_of(&counters, "net_rdma_bytes", RESULT_UNKNOWN);
    c->captured_bytes = count_of(&counters, "captured_bytes", 0);
    c->explained = real_of(p, "explained", -1);
    read_rate(p, &c->rate);
}

/* An interface's counters are those of one of the counted ones, and written there too. */
static void link_counters(const struct place *top, struct result *r)
{
    const json_t *nics = member(top, "interfaces"), *counted = member(top, "counted_interfaces");

    for (size_t i = 0; i < r->n_nics; i++) {
        struct place nic = { .reader = top->reader, .object = json_array_get(nics, i) };

        for (size_t k = 0; member(&nic, "counters") && k < r->n_counted; k++) {
            struct place other = { .reader = top->reader, .object = json_array_get(counted, k) };

            if (same_member(&nic, &other, "counters") && same_member(&nic, &other, "name")) {
                r->nics[i].counted = &r->counted[k];
                break;
            }
        }
    }
}

static void read_evidence(const struct place *p, const char *key, const json_t *value,
                          struct finding_evidence *e)
{
    e->key = kept(p, key);
    if (json_is_string(value)) {
        e->kind = EVIDENCE_TEXT;
        e->text = text_copy(json_string_value(value));
        if (!e->text)
            no_memory(p);
    } else if (json_is_null(value) || (json_is_integer(value) && json_integer_value(value) >= 0)) {
        e->kind = EVIDENCE_COUNT;
        e->count = json_is_null(value) ? RESULT_UNKNOWN : (uint64_t)json_integer_value(value);
    } else if (json_is_number(value)) {
        e->kind = EVIDENCE_REAL;
        e->real = json_number_value(value);
    } else {
        wrong(p, key, "is neither a text nor a number");
    }
}

static void read_finding_into(const struct place *p, struct finding *f)
{
    struct place evidence = object_of(p, "evidence"), remedy = object_of(p, "remedy");
    json_t *list = (json_t *)evidence.object; /* jansson's iteration isn't const */
    const char *key;
    json_t *value;

    f->id = constant_of(p, "id");
    if (!f->id)
        wrong(p, "id", "is no text");
    f->severity = ENUM_OF(p, "severity", N_SEVERITIES, severity_name, FINDING_INFO);
    f->title = text_of(p, "title", "");
    f->detail = text_of(p, "detail", "");
    f->evidence = room(p, json_object_size(list), sizeof(*f->evidence));
    if (f->evidence) {
        json_object_foreach(list, key, value)
            read_evidence(&evidence, key, value, &f->evidence[f->n_evidence++]);
    }
    f->remedy = text_of(&remedy, "text", NULL);
    f->powershell = text_of(&remedy, "powershell", NULL);
}

static void read_finding(const struct place *p, struct result *r, size_t i)
{
    read_finding_into(p, &r->findings[i]);
}

static void read_check_finding(const struct place *p, struct result *r, size_t i)
{
    read_finding_into(p, &r->check_findings[i]);
}

static void read_check(const struct place *p, struct result *r, size_t i)
{
    struct result_check *c = &r->checks[i];

    c->id = constant_of(p, "id");
    c->layer = constant_of(p, "layer");
    c->missing = constant_of(p, "missing");
    if (!c->id || !c->layer)
        wrong(p, "id", "or layer is no text");
}

static int flag_of(const struct place *p, const char *key)
{
    return member(p, key) ? bool_of(p, key, false) : -1;
}

static void read_cause(const struct place *p, struct result *r, size_t i)
{
    struct result_cause *c = &r->causes[i];

    c->text = text_of(p, "text", "");
    c->certainty = ENUM_OF(p, "certainty", N_CERTAINTIES, certainty_name, CERTAINTY_POSSIBLE);
    c->layer = constant_of(p, "layer");
    c->rule = constant_of(p, "rule");
    c->finding = constant_of(p, "finding");
    c->path = text_of(p, "path", NULL);
    c->value = text_of(p, "value", NULL);
    if (!c->layer)
        wrong(p, "layer", "is no text");
}

/* The first of them stands by itself. */
static void read_causes(const struct place *top, struct result *r)
{
    struct place first = object_of(top, "cause");
    size_t n;
    const json_t *list = list_of(top, "other_causes", RESULT_MAX_ITEMS, &n);

    r->cause_notes = texts_of(top, "cause_notes", &r->n_cause_notes);
    if (!first.object)
        return;
    r->causes = room(top, n + 1, sizeof(*r->causes));
    if (!r->causes)
        return;
    read_cause(&first, r, r->n_causes++);
    for (size_t i = 0; i < n && top->reader->status == 0; i++) {
        struct place item = item_of(top, "other_causes", list, i);

        read_cause(&item, r, r->n_causes++);
    }
}

static void read_prediction(const struct place *p, struct result *r, size_t i)
{
    struct result_prediction *to = &r->predictions[i];
    int agrees = flag_of(p, "agrees");

    to->source_host = named_host_of(p, "source");
    to->destination_host = named_host_of(p, "destination");
    to->rule = constant_of(p, "rule");
    to->network = network_of(p, "network");
    to->agrees = agrees < 0 ? AGREEMENT_UNKNOWN : agrees ? AGREEMENT_YES : AGREEMENT_NO;
    if (!to->rule)
        wrong(p, "rule", "is no text");
    if (to->network < 0)
        return;
    to->source = addr_of(p, "source_address");
    to->destination = addr_of(p, "destination_address");
}

static void read_cluster_layer(const struct place *p, struct result *r, size_t i)
{
    struct result_cluster_layer *l = &r->layers.networks[i];

    l->network = network_of(p, "network");
    if (l->network < 0)
        wrong(p, "network", "is none of the networks");
    l->state = constant_of(p, "state");
    l->order = (int)bounded_of(p, "order", UINT64_MAX, INT32_MAX);
    l->is_excluded = flag_of(p, "excluded");
    l->metric = integer_of(p, "metric", -1);
}

static void read_entry(const struct place *p, struct result_host_entry *e)
{
    e->network = network_of(p, "network");
    e->is_listed = flag_of(p, "listed");
    e->subnet = text_of(p, "subnet", NULL);
    e->priority = integer_of(p, "priority", -1);
    e->adapter = text_of(p, "adapter", NULL);
    e->address = text_of(p, "address", NULL);
    e->adapter_metric = integer_of(p, "interface_metric", -1);
    e->bits_per_second = count_of(p, "bits_per_second", RESULT_UNKNOWN);
}

static void read_host_layer(const struct place *p, struct result *r, size_t i)
{
    struct result_host_layer *h = &r->layers.hosts[i];
    size_t n;
    const json_t *list = list_of(p, "networks", RESULT_MAX_NETWORKS, &n);

    h->host = named_host_of(p, "host");
    h->is_enabled = flag_of(p, "enabled");
    h->any_network = flag_of(p, "any_network");
    h->performance = constant_of(p, "performance");
    h->entries = room(p, n, sizeof(*h->entries));
    for (size_t k = 0; h->entries && k < n && p->reader->status == 0; k++) {
        struct place item = item_of(p, "networks", list, k);

        read_entry(&item, &h->entries[h->n_entries++]);
    }
}

/* One list of objects into an array of the result; the count grows as items are read. */
static void read_list(const struct place *top, const char *key, void *array, size_t *n_items,
                      size_t item_bytes, size_t max_items,
                      void (*read)(const struct place *p, struct result *r, size_t i))
{
    size_t n;
    const json_t *list = list_of(top, key, max_items, &n);

    *(void **)array = room(top, n, item_bytes);
    for (size_t i = 0; i < n && top->reader->status == 0; i++) {
        struct place item = item_of(top, key, list, i);

        if (!item.object)
            return;
        read(&item, &top->reader->saved->result, i);
        *n_items = i + 1;
    }
}

#define READ_LIST(top, key, field, max, read)                                                      \
    read_list(top, key, &r->field, &r->n_##field, sizeof(*r->field), max, read)

static void read_connections(const struct place *top, struct result *r)
{
    size_t n;
    const json_t *list = list_of(top, "connections", RESULT_MAX_ITEMS, &n);

    r->connections = room(top, n, sizeof(*r->connections));
    for (size_t i = 0; r->connections && i < n && top->reader->status == 0; i++) {
        const json_t *value = json_array_get(list, i);
        struct place item = { .reader = top->reader, .object = value };

        if (!json_is_integer(value) || json_integer_value(value) != RESULT_LEFT_OUT ||
            !top->reader->is_reduced)
            item = item_of(top, "connections", list, i);
        if (!item.object)
            return;
        read_connection(&item, r, i);
        r->n_connections = i + 1;
    }
}

static void read_layers(const struct place *top, struct result *r)
{
    struct place p = object_of(top, "layers");

    r->layers.collected_ns = time_of(&p, "collected", SESSION_NO_TIME);
    if (!p.object)
        return;
    read_list(&p, "cluster", &r->layers.networks, &r->layers.n_networks,
              sizeof(*r->layers.networks), RESULT_MAX_NETWORKS, read_cluster_layer);
    read_list(&p, "hosts", &r->layers.hosts, &r->layers.n_hosts, sizeof(*r->layers.hosts),
              RESULT_MAX_HOSTS, read_host_layer);
}

static void read_all(const struct place *top, struct result *r)
{
    if (!member(top, "verdict"))
        wrong(top, "verdict", "is missing");
    r->verdict = ENUM_OF(top, "verdict", N_VERDICTS, verdict_name, VERDICT_INCONCLUSIVE);
    r->reasons = texts_of(top, "reasons", &r->n_reasons);
    read_options(top, &r->options);
    READ_LIST(top, "inputs", inputs, RESULT_MAX_INPUTS, read_input);
    READ_LIST(top, "networks", networks, RESULT_MAX_NETWORKS, read_network);
    READ_LIST(top, "interfaces", nics, UINT16_MAX, read_nic);
    read_connections(top, r);
    READ_LIST(top, "transfers", transfers, RESULT_MAX_ITEMS, read_transfer);
    READ_LIST(top, "directions", directions, RESULT_MAX_HOSTS, read_direction);
    r->symmetry = symmetry_of(top);
    READ_LIST(top, "sessions", sessions, SESSION_MAX_COMMANDS, read_session);
    READ_LIST(top, "counted_interfaces", counted, UINT16_MAX, read_counted);
    READ_LIST(top, "findings", findings, RESULT_MAX_ITEMS, read_finding);
    read_causes(top, r);
    READ_LIST(top, "predictions", predictions, RESULT_MAX_ITEMS, read_prediction);
    read_layers(top, r);
    READ_LIST(top, "checks", checks, RESULT_MAX_TEXTS, read_check);
    READ_LIST(top, "check_findings", check_findings, RESULT_MAX_ITEMS, read_check_finding);
    r->connections_folded = count_of(top, "connections_folded", 0);
    r->folded_bytes = count_of(top, "folded_bytes", 0);
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
    saved.lmpath = text_of(&top, "lmpath", "");
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
