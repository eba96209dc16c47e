#include "analyzers/analysis.h"

#include <stdlib.h>

#include "analyzers/cause/cause.h"
#include "analyzers/findings.h"
#include "analyzers/flow/join.h"
#include "analyzers/ingest/inputs.h"
#include "analyzers/ingest/session.h"
#include "analyzers/questions/questions.h"
#include "analyzers/replay.h"
#include "analyzers/verdict.h"
#include "src/base/random.h"
#include "src/base/text.h"

void analysis_options_init(struct analysis_options *o)
{
    *o = (struct analysis_options){
        .min_share = 0.95, .vm_memory_bytes = RESULT_UNKNOWN, .lm_port = 6600, .smb_port = 445
    };
}

/* What the user and the snapshot say about networks and hosts, and where the memory should go. */
static int make_topology(struct topology *t, const struct analysis_options *o,
                         const struct snapshot *s, struct error *err)
{
    int r = s ? topology_add_snapshot(t, s, err) : 0;

    for (size_t i = 0; i < o->n_networks && !r; i++)
        r = topology_define(t, o->networks[i], err);
    if (r < 0)
        return r;
    return o->expect ? topology_expect(t, o->expect, err) : topology_intend(t, err);
}

static int read_snapshot(struct snapshot **ret_snapshot, const struct analysis_options *o,
                         struct error *err)
{
    return o->snapshot ? snapshot_read(ret_snapshot, o->snapshot, err) : 0;
}

int analysis_check(const struct analysis_options *options, struct error *err)
{
    AUTO(snapshot) snapshot = NULL;
    struct topology topology;
    int r = read_snapshot(&snapshot, options, err);

    topology_init(&topology);
    if (r == 0)
        r = make_topology(&topology, options, snapshot, err);
    topology_release(&topology);
    return r;
}

static int list_inputs(struct input_list *list, struct session_list *sessions,
                       const struct analysis_options *o, struct error *err)
{
    int r = 0;

    for (size_t i = 0; i < o->n_inputs && !r; i++)
        r = session_list_add(sessions, list, o->inputs[i], err);
    return r;
}

/* Who says nothing of networks gets those that the recorder was told of. */
static void complete_networks(struct analysis_options *o, const struct session *s)
{
    if (o->snapshot || o->n_networks)
        return;
    o->networks = s->networks;
    o->n_networks = s->n_networks;
    if (!o->expect && *s->expect)
        o->expect = s->expect;
}

/* What the user left open and a session knows: networks, snapshot, and the ports of a lab. */
static int complete_options(struct analysis_options *o, char **ret_snapshot,
                            const struct session_list *sessions, struct error *err)
{
    struct analysis_options defaults;
    const struct session *first;
    int r;

    analysis_options_init(&defaults);
    if (!sessions->n)
        return 0;
    first = &sessions->items[0].session;
    if (o->lm_port == defaults.lm_port)
        o->lm_port = first->lm_port;
    if (o->smb_port == defaults.smb_port)
        o->smb_port = first->smb_port;
    complete_networks(o, first);
    if (o->snapshot)
        return 0;
    r = session_list_snapshot(sessions, ret_snapshot, err);
    o->snapshot = *ret_snapshot;
    return r;
}

/* The result takes the sessions over. */
static void keep_sessions(struct result *r, struct session_list *sessions)
{
    r->sessions = sessions->items;
    r->n_sessions = sessions->n;
    session_list_init(sessions);
}

static int keep_options(struct result *r, const struct analysis_options *o, struct error *err)
{
    struct result_options *to = &r->options;

    to->min_share = o->min_share;
    to->lm_port = o->lm_port;
    to->smb_port = o->smb_port;
    to->vm_memory_bytes = o->vm_memory_bytes;
    to->expect = text_copy(o->expect);
    to->topology = text_copy(o->snapshot);
    to->networks = calloc(o->n_networks + 1, sizeof(*to->networks));
    if ((o->expect && !to->expect) || (o->snapshot && !to->topology) || !to->networks)
        return error_memory(err);
    for (; to->n_networks < o->n_networks; to->n_networks++) {
        to->networks[to->n_networks] = text_copy(o->networks[to->n_networks]);
        if (!to->networks[to->n_networks])
            return error_memory(err);
    }
    return 0;
}

/* The questions, in the order in which each finds what it reads. */
static int ask(struct result *r, const struct question *q, struct error *err)
{
    static int (*const questions[])(struct result *, const struct question *, struct error *) = {
        question_attribution, question_transfers, question_counters,   verdict_reach,
        question_witness,     question_path,      question_directions, question_quality,
    };

    for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++) {
        int n = questions[i](r, q, err);

        if (n < 0)
            return n;
    }
    return 0;
}

/* Damage before the first packet leaves nothing to judge; of a session the counters are left. */
static int refuse_unread(const struct result *r, struct error *err)
{
    const struct result_input *damaged = NULL;

    for (size_t i = 0; i < r->n_inputs; i++) {
        if (r->inputs[i].packets > 0)
            return 0;
        if (r->inputs[i].is_truncated && !damaged)
            damaged = &r->inputs[i];
    }
    if (!damaged || r->n_sessions > 0)
        return 0;
    if (!damaged->format)
        return error_set(err, ERR_INPUT, "%s", damaged->damage);
    return error_set(err, ERR_INPUT,
                     "'%s': at byte %llu: %s; no packet stands before that: copy the capture again",
                     damaged->path, (unsigned long long)damaged->damage_offset, damaged->damage);
}

static int run_on(struct result *r, const struct analysis_options *o, struct topology *t,
                  struct replay *replay, const struct input_list *inputs, struct error *err)
{
    AUTO(flow_table) table = NULL;
    struct flow_ports ports = { o->lm_port, o->smb_port };
    struct question q = { .topology = t,
                          .ports = ports,
                          .min_share = o->min_share,
                          .vm_memory_bytes = o->vm_memory_bytes };
    struct hash_key key;
    int n = random_fill(&key, sizeof(key), err);

    if (!n)
        n = flow_table_new(&table, &key, ports, err);
    if (!n)
        n = replay_run(replay, r, table, inputs, o, err);
    if (!n)
        n = refuse_unread(r, err);
    if (!n)
        n = connections_join(r, table, ports, err);
    q.table = table;
    q.locals = replay->locals;
    q.n_locals = replay->n_locals;
    return n ? n : ask(r, &q, err);
}

/* The result takes the check's findings over. */
static void keep_findings(struct result *r, struct check *c)
{
    r->check_findings = c->result.findings;
    r->n_check_findings = c->result.n_findings;
    c->result.findings = NULL;
    c->result.n_findings = 0;
}

/* A verdict needs less of a snapshot than its cause does: what can't be judged is told, no more. */
static int tell_cause(struct result *r, const struct analysis_options *o, const struct snapshot *s,
                      struct error *err)
{
    struct topology made;
    struct check check;
    struct error why;
    int n;

    if (!s)
        return 0;
    topology_init(&made);
    n = make_topology(&made, o, s, err);
    if (n < 0) {
        topology_release(&made);
        return n;
    }
    n = check_init_made(&check, s, &made, &why);
    if (n == 0) {
        n = cause_find(r, &check, o->min_share, err);
        keep_findings(r, &check);
    } else if (n == ERR_INPUT) {
        n = result_add_cause_note(r, err, "no cause can be looked for: %s", why.text);
    } else {
        error_set(err, n, "%s", why.text);
    }
    check_release(&check);
    return n;
}

/* @o: the user's, to be completed by what the inputs know. */
static int run_with(struct result *r, struct analysis_options *o, struct input_list *inputs,
                    struct session_list *sessions, struct error *err)
{
    AUTO(snapshot) snapshot = NULL;
    AUTO_MEMORY char *path = NULL;
    struct replay replay = { 0 };
    struct topology topology;
    int n = list_inputs(inputs, sessions, o, err);

    topology_init(&topology);
    if (!n)
        n = complete_options(o, &path, sessions, err);
    if (!n)
        n = read_snapshot(&snapshot, o, err);
    if (!n)
        n = make_topology(&topology, o, snapshot, err);
    if (!n)
        n = keep_options(r, o, err);
    if (!n) {
        keep_sessions(r, sessions);
        n = run_on(r, o, &topology, &replay, inputs, err);
    }
    if (!n)
        n = tell_cause(r, o, snapshot, err);
    if (!n)
        findings_sort(r);
    replay_release(&replay);
    topology_release(&topology);
    return n;
}

int analysis_run(struct result *ret_result, const struct analysis_options *options,
                 struct error *err)
{
    struct analysis_options o = *options;
    struct session_list sessions;
    struct input_list inputs;
    int r;

    input_list_init(&inputs);
    session_list_init(&sessions);
    r = run_with(ret_result, &o, &inputs, &sessions, err);
    session_list_release(&sessions);
    input_list_release(&inputs);
    return r;
}
