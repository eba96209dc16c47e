/*
 * Which connections carried a migration, from which host to which?
 *
 * Connections to the migration port of one host pair that follow each other closely are one
 * transfer. Bytes are weighed, not connections: in SMB mode the migration port carries only the
 * conversation about it, and the memory is the bulk that is written over SMB meanwhile.
 */
#include <stdlib.h>

#include "analyzers/questions/draft.h"
#include "src/base/text.h"
#include "src/base/units.h"

/* With this much on the migration port itself the memory is there, whatever SMB carries meanwhile.
 */
enum { MIN_BULK_BYTES = 16 * 1024 * 1024 };

/* What the work on one capture carries about. */
struct search {
    struct result *r;
    const struct question *q;
    bool has_topology;           /* without any nobody is a stranger */
    struct candidates migration; /* to the migration port */
    struct candidates bulk;      /* bulk writes over SMB or SMB Direct */
    size_t transfers_capacity;
};

/* What went on between two hosts without a longer pause: a conversation on the migration port, and
 * the bulk writes that it accompanies behind. */
struct window {
    struct draft draft;
    size_t n_talks;
    int64_t start_ns;
    int64_t end_ns;
    uint64_t migration_bytes;
    uint64_t bulk_bytes;
};

static int window_fill(struct window *w, struct candidates *list, size_t from, size_t to,
                       struct error *err)
{
    *w = (struct window){ .start_ns = list->items[from].start_ns,
                          .end_ns = list->items[from].end_ns };
    for (size_t i = from; i < to; i++) {
        int n = draft_add(&w->draft, &list->items[i], err);

        if (n < 0)
            return n;
        if (list->items[i].end_ns > w->end_ns)
            w->end_ns = list->items[i].end_ns;
        w->migration_bytes += list->items[i].bytes;
    }
    w->n_talks = w->draft.n;
    return 0;
}

/* An end that the user's networks or the snapshot know. */
static bool is_known_end(const struct search *s, const struct result_connection *c, int end)
{
    const struct observation *o = result_totals(s->r, c);
    int network = c->network[end];

    return topology_host_of(s->q->topology, &o->addr[end]) != NO_HOST ||
           (network >= 0 && !s->r->networks[network].is_guessed);
}

static bool are_known(const struct search *s, const struct candidate *c)
{
    const struct result_connection *connection = &s->r->connections[c->connection];

    return is_known_end(s, connection, 0) && is_known_end(s, connection, 1);
}

static bool has_topology(const struct result *r)
{
    for (size_t i = 0; i < r->n_networks; i++)
        if (!r->networks[i].is_guessed)
            return true;
    return false;
}

static bool may_be_memory(const struct search *s, const struct candidate *bulk)
{
    return !bulk->is_taken && (!s->has_topology || are_known(s, bulk));
}

static int window_add_bulk(struct window *w, struct search *s, struct error *err)
{
    const struct candidate *talk = w->draft.members[0];

    for (size_t i = 0; i < s->bulk.n; i++) {
        struct candidate *b = &s->bulk.items[i];
        int n;

        if (!may_be_memory(s, b) || !candidate_accompanies(b, talk, s->r, w->start_ns, w->end_ns))
            continue;
        n = draft_add(&w->draft, b, err);
        if (n < 0)
            return n;
        w->bulk_bytes += b->bytes;
    }
    return 0;
}

static int transfer_add_evidence(struct result_transfer *t, char *sentence, struct error *err)
{
    char **grown = realloc(t->evidence, (t->n_evidence + 1) * sizeof(*grown));

    if (grown)
        t->evidence = grown;
    if (!grown || !sentence) {
        free(sentence);
        return error_memory(err);
    }
    t->evidence[t->n_evidence++] = sentence;
    return 0;
}

/* Makes a transfer; @sentence, which it takes over, is the first of its evidence. */
static int transfer_add(struct search *s, const struct draft *d, enum transport transport,
                        enum certainty certainty, char *sentence, struct error *err)
{
    int n = draft_finish(d, s->r, &s->transfers_capacity, s->q, transport, certainty, err);

    if (n < 0) {
        free(sentence);
        return n;
    }
    return transfer_add_evidence(&s->r->transfers[s->r->n_transfers - 1], sentence, err);
}

/* The memory went over the migration port itself. */
static int add_tcp_transfer(struct search *s, const struct window *w, struct error *err)
{
    const struct draft *d = &w->draft;
    char size[UNITS_TEXT_BYTES];
    const char *more = NULL;
    enum certainty certainty;
    bool known = true;
    int n;

    for (size_t i = 0; i < d->n; i++)
        known = known && are_known(s, d->members[i]);
    certainty = known                                  ? CERTAINTY_CERTAIN
                : w->migration_bytes >= MIN_BULK_BYTES ? CERTAINTY_LIKELY
                                                       : CERTAINTY_POSSIBLE;
    n = transfer_add(s, d, TRANSPORT_TCP, certainty,
                     text_format(d->n == 1 ? "%s sent to TCP port %u over %zu connection"
                                           : "%s sent to TCP port %u over %zu connections",
                                 bytes_text(size, w->migration_bytes), s->q->ports.lm, d->n),
                     err);
    if (known)
        more = "both ends are in the networks given";
    else if (certainty == CERTAINTY_POSSIBLE)
        more = "an end is in no network given, and others use this port too, so it may be "
               "something else";
    if (n < 0 || !more)
        return n;
    return transfer_add_evidence(&s->r->transfers[s->r->n_transfers - 1], text_copy(more), err);
}

static const char *bulk_name(const struct candidate *bulk)
{
    return bulk->transport == TRANSPORT_RDMA ? "SMB Direct" : "SMB";
}

/* The migration port carried a conversation, and SMB bulk meanwhile. */
static int add_smb_transfer(struct search *s, const struct window *w, struct error *err)
{
    char size[UNITS_TEXT_BYTES], control[UNITS_TEXT_BYTES];
    const struct candidate *bulk = w->draft.members[w->n_talks];
    size_t n_bulk = w->draft.n - w->n_talks;

    return transfer_add(
        s, &w->draft, bulk->transport, CERTAINTY_LIKELY,
        text_format(n_bulk == 1
                        ? "%s written over %s in %zu connection while a conversation on TCP port "
                          "%u (%s) ran from the same host to the same host"
                        : "%s written over %s in %zu connections while a conversation on TCP port "
                          "%u (%s) ran from the same host to the same host",
                    bytes_text(size, w->bulk_bytes), bulk_name(bulk), n_bulk, s->q->ports.lm,
                    bytes_text(control, w->migration_bytes)),
        err);
}

/* Too little to be a memory, whatever it was about. */
static void give_control_roles(struct result *r, const struct draft *d)
{
    for (size_t i = 0; i < d->n; i++) {
        struct result_connection *c = &r->connections[d->members[i]->connection];

        c->role = CONNECTION_MIGRATION_CONTROL;
        c->certainty = CERTAINTY_POSSIBLE;
    }
}

static int judge_window(struct search *s, struct window *w, struct error *err)
{
    struct draft *d = &w->draft;
    int n = w->migration_bytes < MIN_BULK_BYTES ? window_add_bulk(w, s, err) : 0;

    if (n < 0)
        return n;
    if (w->bulk_bytes > w->migration_bytes) {
        for (size_t i = w->n_talks; i < d->n; i++)
            d->members[i]->is_taken = true;
        return add_smb_transfer(s, w, err);
    }
    d->n = w->n_talks;
    if (w->migration_bytes >= MIN_MEMORY_BYTES)
        return add_tcp_transfer(s, w, err);
    give_control_roles(s->r, d);
    return 0;
}

static int judge_windows(struct search *s, struct error *err)
{
    int n = 0;

    for (size_t from = 0, to; !n && from < s->migration.n; from = to) {
        struct window w;

        to = candidates_window_end(&s->migration, from);
        n = window_fill(&w, &s->migration, from, to, err);
        if (!n)
            n = judge_window(s, &w, err);
        draft_release(&w.draft);
    }
    return n;
}

/* Bulk writes that no conversation accompanies: a file copy, CSV, storage, or a memory. */
static int add_lone_bulk(struct search *s, struct draft *d, size_t from, size_t to,
                         struct error *err)
{
    const struct candidate *first;

    for (size_t i = from; i < to; i++) {
        struct candidate *c = &s->bulk.items[i];
        int n = may_be_memory(s, c) ? draft_add(d, c, err) : 0;

        if (n < 0)
            return n;
    }
    if (d->n == 0)
        return 0;
    first = d->members[0];
    return transfer_add(
        s, d, first->transport, CERTAINTY_POSSIBLE,
        text_format("bulk written over %s with no conversation on TCP port %u beside it: "
                    "a file copy, storage or cluster shared volume looks the same",
                    bulk_name(first), s->q->ports.lm),
        err);
}

static int judge_lone_bulk(struct search *s, struct error *err)
{
    int n = 0;

    for (size_t from = 0, to; !n && from < s->bulk.n; from = to) {
        struct draft d = { 0 };

        to = candidates_window_end(&s->bulk, from);
        n = add_lone_bulk(s, &d, from, to, err);
        draft_release(&d);
    }
    return n;
}

static int by_start(const void *left, const void *right)
{
    const struct result_transfer *a = left, *b = right;

    if (a->start_ns != b->start_ns)
        return a->start_ns < b->start_ns ? -1 : 1;
    return a->connections[0] < b->connections[0] ? -1 : 1;
}

/* Roles by port alone, for all that no transfer has. */
static void give_plain_roles(struct result *r, const struct question *q)
{
    for (size_t i = 0; i < r->n_connections; i++) {
        struct result_connection *c = &r->connections[i];
        const struct observation *o = result_totals(r, c);

        if (c->role != CONNECTION_OTHER || !(o->flags & OBSERVATION_OF_INTEREST))
            continue;
        if (o->protocol == IP_UDP)
            c->role = o->port[0] == PORT_CLUSTER || o->port[1] == PORT_CLUSTER
                          ? CONNECTION_HEARTBEAT
                          : CONNECTION_OTHER;
        else if (o->port[!c->client] == q->ports.smb || o->port[!c->client] == PORT_SMB_DIRECT)
            c->role = CONNECTION_SMB_OTHER;
    }
}

static void share_out(struct result *r)
{
    uint64_t total = 0;

    for (size_t i = 0; i < r->n_transfers; i++) {
        if (r->transfers[i].certainty <= CERTAINTY_POSSIBLE)
            continue;
        total += r->transfers[i].bytes;
        for (size_t n = 0; n < r->transfers[i].n_networks; n++) {
            const struct result_transfer_network *from = &r->transfers[i].networks[n];

            if (from->network >= 0)
                r->networks[from->network].transfer_bytes += from->bytes;
        }
    }
    for (size_t i = 0; i < r->n_networks; i++)
        r->networks[i].share = total ? (double)r->networks[i].transfer_bytes / (double)total : 0;
}

int question_transfers(struct result *r, const struct question *q, struct error *err)
{
    struct search s = { .r = r, .q = q, .has_topology = has_topology(r) };
    struct host_index hosts = { 0 };
    int n = host_index_init(&hosts, r, q, err);

    if (!n)
        n = candidates_collect(&s.migration, &s.bulk, &hosts, q, err);
    host_index_release(&hosts);
    if (!n)
        n = judge_windows(&s, err);
    if (!n)
        n = judge_lone_bulk(&s, err);
    candidates_release(&s.migration);
    candidates_release(&s.bulk);
    if (n < 0)
        return n;
    if (r->n_transfers)
        qsort(r->transfers, r->n_transfers, sizeof(*r->transfers), by_start);
    give_plain_roles(r, q);
    share_out(r);
    return 0;
}
