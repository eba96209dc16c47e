#include "analyzers/result.h"

#include <stdlib.h>

#include "src/base/text.h"

void result_init(struct result *r)
{
    *r = (struct result){
        .verdict = VERDICT_NO_MIGRATION,
        .options = { .vm_memory_bytes = RESULT_UNKNOWN },
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

void result_release(struct result *r)
{
    texts_free(r->reasons, r->n_reasons);
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
    for (size_t i = 0; i < r->n_chunks; i++)
        free(r->chunks[i]);
    free(r->inputs);
    free(r->networks);
    free(r->hosts);
    free(r->nics);
    free(r->transfers);
    free(r->connections);
    free(r->findings);
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

const struct observation *result_totals(const struct result *r, const struct result_connection *c)
{
    return result_observation(r, c, c->best);
}

int result_connection_network(const struct result_connection *c)
{
    return c->network[0] == c->network[1] ? c->network[0] : -1;
}

int result_add_reason(struct result *r, struct error *err, const char *format, ...)
{
    char **grown = realloc(r->reasons, (r->n_reasons + 1) * sizeof(*grown));
    va_list args;
    char *text;
    int n;

    if (!grown)
        return error_memory(err);
    r->reasons = grown;
    va_start(args, format);
    n = text_vformat(&text, format, args);
    va_end(args);
    if (n < 0)
        return error_memory(err);
    r->reasons[r->n_reasons++] = text;
    return 0;
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
