#include "analyzers/result.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "src/base/text.h"

void result_init(struct result *r)
{
    *r = (struct result){
        .verdict = VERDICT_NO_MIGRATION,
        .options = { .vm_memory_bytes = RESULT_UNKNOWN },
        .layers = { .collected_ns = SESSION_NO_TIME },
    };
}

static void texts_free(char **texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(texts[i]);
    free(texts);
}

static void options_release(struct result_options *o)
{
    free(o->expect);
    free(o->topology);
    texts_free(o->networks, o->n_networks);
}

static void transfer_networks_free(struct result_transfer_network *networks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(networks[i].rate.bytes);
    free(networks);
}

static void transfer_release(struct result_transfer *t)
{
    texts_free(t->evidence, t->n_evidence);
    free(t->rate.bytes);
    transfer_networks_free(t->networks, t->n_networks);
    free(t->connections);
}

static void finding_release(struct finding *f)
{
    for (size_t i = 0; i < f->n_evidence; i++)
        free(f->evidence[i].text);
    free(f->evidence);
    free(f->title);
    free(f->detail);
    free(f->remedy);
    free(f->powershell);
}

static void causes_release(struct result *r)
{
    for (size_t i = 0; i < r->n_causes; i++) {
        free(r->causes[i].text);
        free(r->causes[i].path);
        free(r->causes[i].value);
    }
    free(r->causes);
    texts_free(r->cause_notes, r->n_cause_notes);
    free(r->predictions);
}

static void layers_release(struct result_layers *l)
{
    for (size_t i = 0; i < l->n_hosts; i++) {
        struct result_host_layer *h = &l->hosts[i];

        for (size_t k = 0; k < h->n_entries; k++) {
            free(h->entries[k].subnet);
            free(h->entries[k].adapter);
            free(h->entries[k].address);
        }
        free(h->entries);
    }
    free(l->hosts);
    free(l->networks);
}

void result_release(struct result *r)
{
    texts_free(r->reasons, r->n_reasons);
    causes_release(r);
    layers_release(&r->layers);
    options_release(&r->options);
    for (size_t i = 0; i < r->n_inputs; i++) {
        free(r->inputs[i].path);
        free(r->inputs[i].damage);
    }
    for (size_t i = 0; i < r->n_sessions; i++)
        recorded_release(&r->sessions[i]);
    free(r->sessions);
    for (size_t i = 0; i < r->n_counted; i++)
        free(r->counted[i].rate.bytes);
    free(r->counted);
    for (size_t i = 0; i < r->n_networks; i++) {
        free(r->networks[i].name);
        free(r->networks[i].prefixes);
    }
    for (size_t i = 0; i < r->n_hosts; i++)
        free(r->hosts[i].name);
    for (size_t i = 0; i < r->n_nics; i++) {
        free(r->nics[i].name);
        free(r->nics[i].description);
    }
    for (size_t i = 0; i < r->n_transfers; i++)
        transfer_release(&r->transfers[i]);
    for (size_t i = 0; i < r->n_directions; i++)
        transfer_networks_free(r->directions[i].networks, r->directions[i].n_networks);
    free(r->directions);
    for (size_t i = 0; i < r->n_findings; i++)
        finding_release(&r->findings[i]);
    for (size_t i = 0; i < r->n_check_findings; i++)
        finding_release(&r->check_findings[i]);
    for (size_t i = 0; i < r->n_chunks; i++)
        free(r->chunks[i]);
    free(r->inputs);
    free(r->networks);
    free(r->hosts);
    free(r->nics);
    free(r->transfers);
    free(r->connections);
    free(r->findings);
    free(r->check_findings);
    free(r->checks);
    free(r->chunks);
    free(r->order);
    result_init(r);
}

const struct observation *result_observation(const struct result *r,
                                             const struct result_connection *c, unsigned i)
{
    uint32_t number = c->first_observation + i;

    if (r->order)
        number = r->order[number];
    return &r->chunks[number / OBSERVATIONS_PER_CHUNK][number % OBSERVATIONS_PER_CHUNK];
}

const char *result_nic_label(const struct result_nic *nic)
{
    static const char device[] = "\\Device\\";
    bool is_named = nic->name && *nic->name;

    if (is_named && strncasecmp(nic->name, device, strlen(device)) != 0)
        return nic->name;
    if (nic->description && *nic->description)
        return nic->description;
    return is_named ? nic->name : "";
}

const struct observation *result_totals(const struct result *r, const struct result_connection *c)
{
    return result_observation(r, c, c->best);
}

/* A file may be part of what was captured, and yet tell how it went with all of it. */
uint64_t result_offered(const struct result *r, uint64_t *ret_lost)
{
    uint64_t offered = 0;

    *ret_lost = 0;
    for (size_t i = 0; i < r->n_nics; i++) {
        const struct result_nic *n = &r->nics[i];
        uint64_t lost = n->dropped == RESULT_UNKNOWN ? 0 : n->dropped;
        uint64_t seen = n->packets + lost;

        *ret_lost += lost;
        offered += n->received != RESULT_UNKNOWN && n->received > seen ? n->received : seen;
    }
    return offered;
}

int result_connection_network(const struct result_connection *c)
{
    return c->network[0] == c->network[1] ? c->network[0] : -1;
}

static int add_text(char ***texts, size_t *n_texts, struct error *err, const char *format,
                    va_list args)
{
    char **grown = realloc(*texts, (*n_texts + 1) * sizeof(*grown));

    if (!grown)
        return error_memory(err);
    *texts = grown;
    if (text_vformat(&grown[*n_texts], format, args) < 0)
        return error_memory(err);
    *n_texts += 1;
    return 0;
}

int result_add_reason(struct result *r, struct error *err, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = add_text(&r->reasons, &r->n_reasons, err, format, args);
    va_end(args);
    return n;
}

int result_add_cause_note(struct result *r, struct error *err, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = add_text(&r->cause_notes, &r->n_cause_notes, err, format, args);
    va_end(args);
    return n;
}

const char *verdict_name(enum verdict v)
{
    static const char *const names[] = {
        [VERDICT_RIGHT_NETWORK] = "right-network",   [VERDICT_WRONG_NETWORK] = "wrong-network",
        [VERDICT_SPLIT_NETWORKS] = "split-networks", [VERDICT_INCONCLUSIVE] = "inconclusive",
        [VERDICT_NO_MIGRATION] = "no-migration",
    };

    return names[v];
}

const char *certainty_name(enum certainty c)
{
    static const char *const names[] = { [CERTAINTY_NONE] = NULL,
                                         [CERTAINTY_POSSIBLE] = "possible",
                                         [CERTAINTY_LIKELY] = "likely",
                                         [CERTAINTY_CERTAIN] = "certain" };

    return names[c];
}

const char *severity_name(enum severity s)
{
    static const char *const names[] = {
        [FINDING_INFO] = "info", [FINDING_WARNING] = "warning", [FINDING_ERROR] = "error"
    };

    return names[s];
}

const char *transport_name(enum transport t)
{
    static const char *const names[] = {
        [TRANSPORT_TCP] = "tcp", [TRANSPORT_SMB] = "smb", [TRANSPORT_RDMA] = "rdma"
    };

    return names[t];
}

const char *connection_role_name(enum connection_role r)
{
    static const char *const names[] = {
        [CONNECTION_OTHER] = "other",
        [CONNECTION_MIGRATION] = "migration",
        [CONNECTION_MIGRATION_CONTROL] = "migration-control",
        [CONNECTION_SMB_MEMORY] = "smb-memory",
        [CONNECTION_SMB_OTHER] = "smb-other",
        [CONNECTION_HEARTBEAT] = "heartbeat",
    };

    return names[r];
}

int verdict_exit_code(enum verdict v)
{
    switch (v) {
    case VERDICT_RIGHT_NETWORK:
        return 0;
    case VERDICT_WRONG_NETWORK:
    case VERDICT_SPLIT_NETWORKS:
        return 1;
    case VERDICT_INCONCLUSIVE:
    case VERDICT_NO_MIGRATION:
        break;
    }
    return 3;
}
