/*
 * JUnit XML: each run a suite, each check a case: the verdict, that of each transfer, and each rule
 * by which an error or a warning could have been found. What is an error fails and says what was
 * expected, what was found and what to do; warnings pass with a note, as the exit code does. A rule
 * that there was nothing to look at for is skipped and says what was missing: it never passes.
 */
#include "analyzers/report/junit.h"

#include <string.h>

#include "analyzers/report/headline.h"
#include "analyzers/report/report.h"
#include "analyzers/report/words.h"
#include "analyzers/report/xml_text.h"

/* ---- which checks there are ---- */

static bool has_transfer(const struct result *r)
{
    return r->n_transfers > 0;
}

static bool has_intended(const struct result *r)
{
    for (size_t i = 0; i < r->n_networks; i++) {
        if (r->networks[i].is_intended)
            return r->n_transfers > 0;
    }
    return false;
}

static bool has_way_back(const struct result *r)
{
    return r->symmetry != SYMMETRY_UNKNOWN;
}

static bool has_vm_memory(const struct result *r)
{
    return r->options.vm_memory_bytes != RESULT_UNKNOWN;
}

static bool has_session(const struct result *r)
{
    return r->n_sessions > 0;
}

static bool has_counters(const struct result *r)
{
    return r->n_counted > 0;
}

static bool has_command(const struct result *r)
{
    for (size_t i = 0; i < r->n_sessions; i++) {
        if (r->sessions[i].session.n_commands > 0)
            return true;
    }
    return false;
}

/* What rules need, by the first letters of their ids, the most special first. */
static const struct need {
    const char *ids;
    bool (*is_met)(const struct result *r);
    const char *missing;
} needs[] = {
    { "LM101", has_intended, "there is no transfer, or no network is known to be intended" },
    { "LM102", has_intended, "there is no transfer, or no network is known to be intended" },
    { "LM103", has_transfer, "there is no transfer" },
    { "LM104", has_transfer, "there is no transfer" },
    { "LM105", has_transfer, "there is no transfer" },
    { "LM107", has_vm_memory, "the VM's memory is not known: give it with -m" },
    { "LM108", has_way_back, "no migration was seen in both directions" },
    { "LM201", has_counters, "no session with counters is among the inputs" },
    { "LM202", has_counters, "no session with counters is among the inputs" },
    { "LM208", has_command, "no session with a watched command is among the inputs" },
    { "LM209", has_counters, "no session with counters is among the inputs" },
    { "LM2", has_session, "no session is among the inputs" },
};

/* Why a rule was not looked at; NULL: it was. */
static const char *why_skipped(const struct result *r, const struct finding_kind *k)
{
    for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++) {
        if (strncmp(k->id, needs[i].ids, strlen(needs[i].ids)) == 0)
            return needs[i].is_met(r) ? NULL : needs[i].missing;
    }
    return NULL;
}

const struct finding *junit_rule_finding(const struct junit_rule *rule)
{
    for (size_t i = 0; i < rule->n_findings; i++) {
        if (strcmp(rule->findings[i].id, rule->kind->id) == 0)
            return &rule->findings[i];
    }
    return NULL;
}

bool junit_rule_fails(const struct junit_rule *rule)
{
    const struct finding *f = junit_rule_finding(rule);

    return f && f->severity >= rule->fails_from;
}

/* The rules by which something wrong can be found, from 0: of an analysis all, and with a snapshot
 * all on the configuration. Returns false behind the end. */
static bool rule_at(struct junit_rule *rule, const struct result *r, size_t index)
{
    size_t n = 0;

    for (size_t i = 0; finding_kind_at(i); i++) {
        const struct finding_kind *k = finding_kind_at(i);

        if (k->severity > FINDING_INFO && n++ == index) {
            *rule = (struct junit_rule){
                k, r->findings, r->n_findings, why_skipped(r, k), FINDING_ERROR, ""
            };
            return true;
        }
    }
    for (size_t i = 0; i < r->n_checks; i++) {
        const struct result_check *c = &r->checks[i];
        const struct finding_kind *k = finding_kind_find(c->id);

        if (k && k->severity > FINDING_INFO && n++ == index) {
            *rule = (struct junit_rule){ k,
                                         r->check_findings,
                                         r->n_check_findings,
                                         c->missing ? "the snapshot does not tell " : NULL,
                                         FINDING_ERROR,
                                         c->missing ? c->missing : "" };
            return true;
        }
    }
    return false;
}

static bool counts(const struct result_transfer *t)
{
    return t->certainty > CERTAINTY_POSSIBLE;
}

struct tally {
    size_t cases, failures, skipped;
};

static struct tally tally(const struct result *r)
{
    struct tally t = { .cases = 1, .failures = r->verdict != VERDICT_RIGHT_NETWORK };
    struct junit_rule rule;

    for (size_t i = 0; i < r->n_transfers; i++) {
        t.cases += counts(&r->transfers[i]);
        t.failures += counts(&r->transfers[i]) && r->transfers[i].verdict != VERDICT_RIGHT_NETWORK;
    }
    for (size_t i = 0; rule_at(&rule, r, i); i++) {
        t.cases++;
        t.failures += junit_rule_fails(&rule);
        t.skipped += !junit_rule_finding(&rule) && rule.lacks;
    }
    return t;
}

/* ---- the cases ---- */

static void begin_case(FILE *out, const char *suite, const char *name)
{
    fprintf(out, "    <testcase classname=\"lmpath.%s\" name=\"", suite);
    xml_text(out, name);
    fputs("\"", out);
}

static void write_expected(FILE *out, const struct result *r)
{
    size_t n = 0;

    fputs("expected: all memory over ", out);
    for (size_t i = 0; i < r->n_networks; i++) {
        if (!r->networks[i].is_intended)
            continue;
        fputs(n++ > 0 ? ", " : "", out);
        xml_text(out, r->networks[i].name);
    }
    fputs(n > 0 ? " (the intended network)\nfound: " : "the intended network\nfound: ", out);
}

static void write_verdict(FILE *out, const char *suite, const struct result *r)
{
    char headline[HEADLINE_BYTES];

    begin_case(out, suite, "the memory went over the intended network");
    if (r->verdict == VERDICT_RIGHT_NETWORK) {
        fputs("/>\n", out);
        return;
    }
    headline_text(LANGUAGE_EN, headline, r);
    fprintf(out, ">\n      <failure type=\"%s\" message=\"", verdict_name(r->verdict));
    xml_text(out, headline);
    fputs("\">", out);
    write_expected(out, r);
    xml_text(out, headline);
    for (size_t i = 0; i < r->n_reasons; i++) {
        fputs("\n  ", out);
        xml_text(out, r->reasons[i]);
    }
    fputs("\nwhat to do: see the findings below; 'lmpath explain ID' tells more of each", out);
    fputs("</failure>\n    </testcase>\n", out);
}

static void write_transfer(FILE *out, const char *suite, const struct result *r, size_t index)
{
    const struct result_transfer *t = &r->transfers[index];
    char from[WORDS_BYTES], to[WORDS_BYTES], name[2 * WORDS_BYTES + PHRASE_BYTES];
    char size[UNITS_TEXT_BYTES], share[UNITS_TEXT_BYTES];

    snprintf(name, sizeof(name),
             "transfer %zu, %s to %s: its memory went over the intended network", index + 1,
             words_host(from, r, t->source_host, &t->source),
             words_host(to, r, t->destination_host, &t->destination));
    begin_case(out, suite, name);
    if (t->verdict == VERDICT_RIGHT_NETWORK) {
        fputs("/>\n", out);
        return;
    }
    fprintf(out, ">\n      <failure type=\"%s\" message=\"%s\">", verdict_name(t->verdict),
            verdict_name(t->verdict));
    write_expected(out, r);
    for (size_t i = 0; i < t->n_networks; i++) {
        fprintf(out, "%s%s (%s) over ", i > 0 ? ", " : "", bytes_text(size, t->networks[i].bytes),
                percent_text(share, t->networks[i].share));
        xml_text(out, words_network(LANGUAGE_EN, r, t->networks[i].network));
    }
    fputs("\nwhat to do: see the findings below; 'lmpath explain ID' tells more of each", out);
    fputs("</failure>\n    </testcase>\n", out);
}

/* All findings of one rule: each with its own remedy. */
static void write_found(FILE *out, const struct junit_rule *rule)
{
    const struct finding *first = junit_rule_finding(rule);
    const struct finding_kind *k = rule->kind;
    bool fails = junit_rule_fails(rule);

    if (fails) {
        fprintf(out, ">\n      <failure type=\"%s\" message=\"", k->id);
        xml_text(out, first->detail);
        fputs("\">", out);
    } else {
        fprintf(out, ">\n      <system-out>%s: ", severity_name(first->severity));
    }
    fputs("expected: nothing of this kind: ", out);
    xml_text(out, k->title);
    for (const struct finding *f = first; f < rule->findings + rule->n_findings; f++) {
        if (strcmp(f->id, k->id) != 0)
            continue;
        fputs("\nfound: ", out);
        xml_text(out, f->detail);
        fputs("\nwhat to do: ", out);
        xml_text(out, f->remedy ? f->remedy : k->remedy);
        if (f->powershell) {
            fputs("\n\n", out);
            xml_text(out, f->powershell);
        }
    }
    fputs(fails ? "</failure>\n    </testcase>\n" : "</system-out>\n    </testcase>\n", out);
}

void junit_write_rule(FILE *out, const char *suite, const struct junit_rule *rule)
{
    char name[PHRASE_BYTES];

    snprintf(name, sizeof(name), "%s: not found: %s", rule->kind->id, rule->kind->title);
    begin_case(out, suite, name);
    if (junit_rule_finding(rule)) {
        write_found(out, rule);
    } else if (rule->lacks) {
        fprintf(out, ">\n      <skipped message=\"%s", rule->lacks);
        xml_text(out, rule->missing);
        fputs("\"/>\n    </testcase>\n", out);
    } else {
        fputs("/>\n", out);
    }
}

static void write_suite(FILE *out, const struct comparison_set *set, size_t run)
{
    const struct result *r = set->runs[run].result;
    struct tally t = tally(r);
    struct junit_rule rule;

    fprintf(out,
            "  <testsuite name=\"lmpath %s %zu\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
            "skipped=\"%zu\">\n",
            set->key, run + 1, t.cases, t.failures, t.skipped);
    write_verdict(out, set->key, r);
    for (size_t i = 0; i < r->n_transfers; i++) {
        if (counts(&r->transfers[i]))
            write_transfer(out, set->key, r, i);
    }
    for (size_t i = 0; rule_at(&rule, r, i); i++)
        junit_write_rule(out, set->key, &rule);
    fputs("  </testsuite>\n", out);
}

int report_write_junit(const struct comparison *c, FILE *out, struct error *err)
{
    struct tally all = { 0 };

    (void)err;
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs; i++) {
            struct tally t = tally(c->sets[s].runs[i].result);

            all.cases += t.cases;
            all.failures += t.failures;
        }
    }
    fprintf(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"lmpath\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n",
            all.cases, all.failures);
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs; i++)
            write_suite(out, &c->sets[s], i);
    }
    fputs("</testsuites>\n", out);
    return 0;
}
