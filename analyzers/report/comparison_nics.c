/*
 * What went through the NICs of the run that is shown: by their counters where a session has them,
 * else what the capture saw. Bytes of layers (a virtual NIC and the one beneath it) stand side by
 * side and are never added.
 */
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/comparison_parts.h"
#include "analyzers/report/words.h"
#include "src/base/plain.h"

enum { NAME_COLUMNS = 30, HOST_COLUMNS = 20 };

/* @host: "" leaves it out. */
static void make_label(struct comparison_nic *nic, enum language language, const char *host,
                       const char *name, const char *network)
{
    char plain_host[HOST_COLUMNS * 4 + 1], plain[NAME_COLUMNS * 4 + 1],
        plain_network[NAME_COLUMNS * 4 + 1], inner[PHRASE_BYTES * 2];

    plain_text(plain_host, sizeof(plain_host), host, HOST_COLUMNS);
    plain_text(plain, sizeof(plain), name, NAME_COLUMNS);
    plain_text(plain_network, sizeof(plain_network), network, NAME_COLUMNS);
    text_with(inner, sizeof(inner), language, *network ? TEXT_NAME_ASIDE : TEXT_AS_IT_IS, plain,
              plain_network);
    if (*host)
        text_with(nic->label, sizeof(nic->label), language, TEXT_SET_SAYS, plain_host, inner);
    else
        text_with(nic->label, sizeof(nic->label), language, TEXT_AS_IT_IS, inner);
}

static void set_network(struct comparison_nic *nic, const struct result *r, int network)
{
    nic->is_intended = network >= 0 && r->networks[network].is_intended;
}

static uint64_t sum_known(uint64_t a, uint64_t b)
{
    if (a == RESULT_UNKNOWN || b == RESULT_UNKNOWN)
        return a == RESULT_UNKNOWN ? b : a;
    return a + b;
}

static void add_counted(struct comparison_set *set, enum language language, const struct result *r)
{
    for (size_t i = 0; i < r->n_counted; i++) {
        const struct result_counted *c = &r->counted[i];
        const struct session *s = &r->sessions[c->session].session;
        struct comparison_nic *nic = &set->nics[set->n_nics];
        uint64_t bytes = sum_known(c->net_bytes, c->net_rdma_bytes);

        if (bytes == RESULT_UNKNOWN)
            continue;
        make_label(nic, language, r->n_sessions > 1 ? s->host : "", s->nics[c->session_nic].name,
                   c->network >= 0 ? r->networks[c->network].name : "");
        set_network(nic, r, c->network);
        nic->bytes = bytes;
        set->n_nics++;
    }
    set->nics_are_counted = set->n_nics > 0;
}

/* The files of a ring follow each other; captures of one moment saw the same. */
static void merge(struct comparison_nic *into, const struct comparison_nic *nic)
{
    if (nic->first_ns > into->last_ns || nic->last_ns < into->first_ns)
        into->bytes += nic->bytes;
    else if (nic->bytes > into->bytes)
        into->bytes = nic->bytes;
    into->first_ns = nic->first_ns < into->first_ns ? nic->first_ns : into->first_ns;
    into->last_ns = nic->last_ns > into->last_ns ? nic->last_ns : into->last_ns;
}

static void add_captured(struct comparison_set *set, enum language language, const struct result *r)
{
    for (size_t i = 0; i < r->n_nics; i++) {
        const struct result_nic *seen = &r->nics[i];
        struct comparison_nic *nic = &set->nics[set->n_nics];
        size_t same = 0;

        *nic = (struct comparison_nic){ .bytes = seen->wire_bytes,
                                        .first_ns = seen->first_ns,
                                        .last_ns = seen->last_ns };
        make_label(nic, language, seen->host >= 0 ? r->hosts[seen->host].name : "",
                   words_nic(language, seen),
                   seen->network >= 0 ? r->networks[seen->network].name : "");
        set_network(nic, r, seen->network);
        while (strcmp(set->nics[same].label, nic->label) != 0)
            same++;
        if (same == set->n_nics)
            set->n_nics++;
        else if (seen->packets > 0)
            merge(&set->nics[same], nic);
    }
}

int comparison_make_nics(struct comparison_set *set, enum language language, struct error *err)
{
    const struct result *r = set->shown->result;

    set->nics = calloc(r->n_counted + r->n_nics + 1, sizeof(*set->nics));
    if (!set->nics)
        return error_memory(err);
    add_counted(set, language, r);
    if (set->n_nics == 0)
        add_captured(set, language, r);
    return 0;
}
