/* What a script begins with: what it will do, in plain words, and what it leaves alone. */
#include <stdlib.h>
#include <string.h>

#include "analyzers/fix/parts.h"
#include "analyzers/fix/script.h"
#include "src/base/auto.h"
#include "src/base/quote.h"
#include "src/base/text.h"

static const char BULLET[] = "  - ";

/* The intended networks: "Storage1", "LM1 and LM2". */
static const char *intended_names(const struct script *s, struct plan_names *names)
{
    for (size_t i = 0; i < s->plan->n_intended; i++)
        plan_names_add(names, s->plan->config->topology.networks[s->plan->intended[i]].name);
    return plan_names_text(names);
}

static const char *root_text(const struct script *s, const char *member)
{
    struct snapshot_node node = snapshot_node_member(&s->plan->config->root, member);
    const char *text;

    return snapshot_node_text(&node, &text, NULL) > 0 ? text : "?";
}

static void write_title(struct script *s)
{
    const struct config *c = s->plan->config;
    struct plan_names names = { .n = 0 };
    const char *whose = c->is_cluster ? "cluster " : "these hosts";
    const char *cluster = c->is_cluster ? c->topology.cluster : "";

    if (s->plan->is_undo)
        script_comment(s, "", "Puts the live migration settings of %s%s back to what they were.",
                       whose, cluster);
    else
        script_comment(s, "", "Makes the live migrations of %s%s take %s%s.", whose, cluster,
                       intended_names(s, &names), c->is_cluster ? ", in all three layers" : "");
    script_line(s, "%s", "");
    script_comment(
        s, "", "Written by lmpath %s from %s, collected %s on %s. Nothing is changed yet.",
        LMPATH_VERSION, s->report->path, root_text(s, "Collected"), root_text(s, "CollectedOn"));
}

/* ---- the table ---- */

struct row {
    const struct plan_change *change;
    char *old, *new;
    struct plan_names names;
    bool is_told; /* with an earlier one */
};

static bool is_alike(const struct row *a, const struct row *b)
{
    return a->change->setting == b->change->setting && a->change->host && b->change->host &&
           strcmp(a->old, b->old) == 0 && strcmp(a->new, b->new) == 0;
}

/* Hosts where the same happens share a row. */
static bool rows_make(struct script *s, struct row *rows)
{
    size_t n = s->plan->n_changes;

    for (size_t i = 0; i < n; i++) {
        struct row *row = &rows[i];

        row->change = &s->plan->changes[i];
        row->old = plan_value_text(s->plan, row->change->setting, &row->change->old);
        row->new = plan_value_text(s->plan, row->change->setting, &row->change->new);
        if (!row->old || !row->new)
            return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].is_told)
            continue;
        plan_names_add(&rows[i].names, script_subject(s, rows[i].change));
        for (size_t k = i + 1; k < n; k++) {
            if (rows[k].is_told || !is_alike(&rows[i], &rows[k]))
                continue;
            plan_names_add(&rows[i].names, script_subject(s, rows[k].change));
            rows[k].is_told = true;
        }
    }
    return true;
}

static void write_row(struct script *s, struct row *row, int columns)
{
    enum { WORDS = 18, BESIDE = 56 };
    const char *who = plan_names_text(&row->names), *words = plan_words(row->change->setting);

    if (strlen(row->old) + strlen(row->new) <= BESIDE) {
        script_line(s, "  %-*s  %-*s  %s -> %s", columns, who, WORDS, words, row->old, row->new);
        return;
    }
    script_line(s, "  %-*s  %-*s  %s", columns, who, WORDS, words, row->old);
    script_line(s, "  %*s  %*s  -> %s", columns, "", WORDS, "", row->new);
}

static void write_table(struct script *s, struct row *rows)
{
    enum { WIDEST = 32 };
    int columns = 0;

    for (size_t i = 0; i < s->plan->n_changes; i++) {
        int n = rows[i].is_told ? 0 : (int)strlen(plan_names_text(&rows[i].names));

        if (n > columns)
            columns = n < WIDEST ? n : WIDEST;
    }
    for (size_t i = 0; i < s->plan->n_changes; i++)
        if (!rows[i].is_told)
            write_row(s, &rows[i], columns);
}

static void write_changes(struct script *s)
{
    size_t n = s->plan->n_changes;
    struct row *rows = calloc(n + 1, sizeof(*rows));

    script_line(s, "%s", "");
    script_line(s, "%zu change%s, old -> new:", n, n == 1 ? "" : "s");
    script_line(s, "%s", "");
    if (rows && rows_make(s, rows))
        write_table(s, rows);
    else
        s->is_out_of_memory = true;
    for (size_t i = 0; rows && i < n; i++) {
        free(rows[i].old);
        free(rows[i].new);
    }
    free(rows);
}

/* ---- notes ---- */

/* Is the intended network the only one that migrations may still take? */
static bool leaves_no_choice(const struct plan *p)
{
    const struct topology *t = &p->config->topology;
    size_t n_others = 0;

    for (size_t i = 0; i < t->n_networks; i++)
        n_others += t->networks[i].origin == NETWORK_FROM_CLUSTER && !t->networks[i].is_intended;
    for (size_t i = 0; i < p->n_changes; i++)
        if (p->changes[i].setting == PLAN_EXCLUDE)
            return !p->is_undo && p->changes[i].new.n_items == n_others;
    return false;
}

static void write_notes(struct script *s, enum plan_note_kind kind, const char *title,
                        const char *first)
{
    bool is_first = true;

    for (size_t i = 0; i < s->plan->n_notes; i++) {
        const struct plan_note *n = &s->plan->notes[i];

        if (n->kind != kind)
            continue;
        if (is_first) {
            script_line(s, "%s", "");
            if (*title) {
                script_line(s, "%s", title);
                script_line(s, "%s", "");
            }
        }
        is_first = false;
        if (n->finding)
            script_comment(s, first, "%s (%s)", n->text, n->finding);
        else
            script_comment(s, first, "%s", n->text);
    }
}

/* ---- how to run it ---- */

static void write_use(struct script *s)
{
    bool is_cluster = s->plan->config->is_cluster;

    script_line(s, "%s", "");
    script_line(s, "Before you run it:");
    script_line(s, "%s", "");
    script_comment(s, BULLET,
                   "Run it %s as administrator%s. With -WhatIf it only tells what it "
                   "would change.",
                   is_cluster ? "on a node of the cluster," : "where the hosts can be reached,",
                   is_cluster ? ", in Windows PowerShell" : "");
    script_comment(s, BULLET,
                   "It changes only what differs, so it may be run again. Before the "
                   "first change it stops %s.",
                   !is_cluster        ? "when a host does not answer"
                   : s->plan->is_undo ? "when this is another cluster, or when a host does not "
                                        "answer"
                                      : "when this is another cluster, when a host does not "
                                        "answer, or when an intended network is not up on every "
                                        "node");
    if (leaves_no_choice(s->plan))
        script_comment(s, BULLET,
                       "It excludes all other networks: while the intended one is down, a "
                       "migration then fails instead of taking a slower one.");
    script_comment(s, BULLET,
                   "Where System Center VMM manages the hosts, make these changes "
                   "there: it sets its own values again.");
    script_comment(s, BULLET,
                   "Afterwards take a new snapshot and run 'lmpath check' on it. "
                   "Settings prove no path: watch a test migration with 'lmpath run'.");
}

/* As it is pasted into a shell. */
static char *argument(const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "._-/\\:,";

    return *text && text[strspn(text, plain)] == '\0' ? text_copy(text) : quote_powershell(text);
}

static char *option(const char *name, const char *value)
{
    AUTO_MEMORY char *quoted = value ? argument(value) : NULL;

    return !value ? text_copy("") : quoted ? text_format(" %s %s", name, quoted) : NULL;
}

static void write_way_back(struct script *s)
{
    AUTO_MEMORY char *path = argument(s->report->path);
    AUTO_MEMORY char *expect = option("-e", s->report->expect);
    AUTO_MEMORY char *exclude = option("--exclude", s->report->exclude);

    if (!path || !expect || !exclude) {
        s->is_out_of_memory = true;
        return;
    }
    script_line(s, "%s", "");
    script_line(s, "The way back, as long as you keep this snapshot:");
    script_line(s, "%s", "");
    script_line(s, "  lmpath fix %s%s%s --undo", path, expect, exclude);
}

static void write_nothing(struct script *s)
{
    script_line(s, "%s", "");
    if (s->plan->is_undo)
        script_comment(s, "",
                       "Nothing to put back: 'lmpath fix' changes nothing of this snapshot.");
    else
        script_comment(s, "",
                       "Nothing to change: what the snapshot tells of the layers agrees "
                       "already.");
}

void script_header(struct script *s)
{
    write_title(s);
    write_notes(s, PLAN_WARNING, "", "WARNING: ");
    if (s->plan->n_changes)
        write_changes(s);
    else
        write_nothing(s);
    write_notes(s, PLAN_LEFT, "Left alone:", BULLET);
    if (s->plan->n_changes) {
        write_use(s);
        if (!s->plan->is_undo)
            write_way_back(s);
    }
}
