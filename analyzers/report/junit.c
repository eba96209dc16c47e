/*
 * JUnit XML: each run a suite, each check a case. What is an error fails and says what was
 * expected, what was found and what to do; warnings pass with a note, as the exit code does.
 */
#include <string.h>

#include "analyzers/findings.h"
#include "analyzers/report/headline.h"
#include "analyzers/report/report.h"
#include "src/base/plain.h"
#include "src/base/utf8.h"

/* XML 1.0 has no place for most control characters, not even escaped. */
static void xml_text(FILE *out, const char *text)
{
    char encoded[5];

    for (const char *at = text; *at;) {
        const char *from = at;
        uint32_t c = utf8_next(&at);

        if (c == '&')
            fputs("&amp;", out);
        else if (c == '<')
            fputs("&lt;", out);
        else if (c == '>')
            fputs("&gt;", out);
        else if (c == '"')
            fputs("&quot;", out);
        else if (c == '\n')
            fputs("&#10;", out);
        else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffd || c == 0xfffe || c == 0xffff ||
                 (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
                 (c >= 0x2066 && c <= 0x2069))
            fputc('?', out);
        else {
            snprintf(encoded, sizeof(encoded), "%.*s", (int)(at - from), from);
            fputs(encoded, out);
        }
    }
}

static const struct finding *find_finding(const struct result *r, const char *id)
{
    for (size_t i = 0; i < r->n_findings; i++) {
        if (strcmp(r->findings[i].id, id) == 0)
            return &r->findings[i];
    }
    return NULL;
}

static bool verdict_fails(const struct result *r)
{
    return r->verdict != VERDICT_RIGHT_NETWORK;
}

static size_t count_kinds(void)
{
    size_t n = 0;

    while (finding_kind_at(n))
        n++;
    return n;
}

static size_t count_failures(const struct result *r)
{
    size_t n = verdict_fails(r);

    for (size_t i = 0; finding_kind_at(i); i++) {
        const struct finding *f = find_finding(r, finding_kind_at(i)->id);

        n += f && f->severity == FINDING_ERROR;
    }
    return n;
}

static void begin_case(FILE *out, const char *suite, const char *name)
{
    fprintf(out, "    <testcase classname=\"lmpath.%s\" name=\"", suite);
    xml_text(out, name);
    fputs("\"", out);
}

static void write_verdict(FILE *out, const char *suite, const struct result *r)
{
    char headline[HEADLINE_BYTES];

    begin_case(out, suite, "the memory went over the intended network");
    if (!verdict_fails(r)) {
        fputs("/>\n", out);
        return;
    }
    headline_text(LANGUAGE_EN, headline, r);
    fprintf(out, ">\n      <failure type=\"%s\" message=\"", verdict_name(r->verdict));
    xml_text(out, headline);
    fputs("\">expected: all memory over ", out);
    for (size_t i = 0, n = 0; i < r->n_networks; i++) {
        if (!r->networks[i].is_intended)
            continue;
        fputs(n++ > 0 ? ", " : "", out);
        xml_text(out, r->networks[i].name);
    }
    fputs(" (the intended network)\nfound: ", out);
    xml_text(out, headline);
    for (size_t i = 0; i < r->n_reasons; i++) {
        fputs("\n  ", out);
        xml_text(out, r->reasons[i]);
    }
    fputs("\nwhat to do: see the findings below; 'lmpath explain ID' tells more of each", out);
    fputs("</failure>\n    </testcase>\n", out);
}

static void write_found(FILE *out, const struct finding_kind *k, const struct finding *f)
{
    bool fails = f->severity == FINDING_ERROR;

    if (fails) {
        fprintf(out, ">\n      <failure type=\"%s\" message=\"", k->id);
        xml_text(out, f->detail);
        fputs("\">", out);
    } else {
        fprintf(out, ">\n      <system-out>%s: ", severity_name(f->severity));
    }
    fputs("expected: nothing of this kind: ", out);
    xml_text(out, k->title);
    fputs("\nfound: ", out);
    xml_text(out, f->detail);
    fputs("\nwhat to do: ", out);
    xml_text(out, f->remedy ? f->remedy : k->remedy);
    if (f->powershell) {
        fputs("\n\n", out);
        xml_text(out, f->powershell);
    }
    fputs(fails ? "</failure>\n    </testcase>\n" : "</system-out>\n    </testcase>\n", out);
}

static void write_suite(FILE *out, const struct comparison_set *set, size_t run)
{
    const struct result *r = set->runs[run].result;

    fprintf(out,
            "  <testsuite name=\"lmpath %s %zu\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
            "skipped=\"0\">\n",
            set->key, run + 1, count_kinds() + 1, count_failures(r));
    write_verdict(out, set->key, r);
    for (size_t i = 0; finding_kind_at(i); i++) {
        const struct finding_kind *k = finding_kind_at(i);
        const struct finding *f = find_finding(r, k->id);
        char name[PHRASE_BYTES];

        snprintf(name, sizeof(name), "%s: not found: %s", k->id, k->title);
        begin_case(out, set->key, name);
        if (f)
            write_found(out, k, f);
        else
            fputs("/>\n", out);
    }
    fputs("  </testsuite>\n", out);
}

int report_write_junit(const struct comparison *c, FILE *out, struct error *err)
{
    size_t n_runs = 0, n_failures = 0;

    (void)err;
    for (size_t s = 0; s < c->n_sets; s++) {
        n_runs += c->sets[s].n_runs;
        for (size_t i = 0; i < c->sets[s].n_runs; i++)
            n_failures += count_failures(c->sets[s].runs[i].result);
    }
    fprintf(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"lmpath\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n",
            n_runs * (count_kinds() + 1), n_failures);
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs; i++)
            write_suite(out, &c->sets[s], i);
    }
    fputs("</testsuites>\n", out);
    return 0;
}
