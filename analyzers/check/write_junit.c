/* A check's outcome as JUnit XML: a case for each rule that can find something wrong. */
#include "analyzers/check/looked.h"
#include "analyzers/check/writers.h"
#include "analyzers/report/junit.h"

/* Returns false behind the last rule. */
static bool rule_at(struct junit_rule *rule, const struct check *c, size_t index)
{
    const char *id;
    size_t n = 0;

    for (size_t i = 0; (id = check_rule_id(i)) != NULL; i++) {
        const struct finding_kind *k = finding_kind_find(id);
        const char *missing = looked_missing(c, id);

        if (k->severity == FINDING_INFO || n++ != index)
            continue;
        *rule = (struct junit_rule){ .kind = k,
                                     .findings = c->result.findings,
                                     .n_findings = c->result.n_findings,
                                     .lacks = missing ? "the snapshot does not tell " : NULL,
                                     .fails_from = FINDING_WARNING, /* as the exit code does */
                                     .missing = missing ? missing : "" };
        return true;
    }
    return false;
}

int check_write_junit(const void *context, FILE *out, struct error *err)
{
    const struct check *c = ((const struct check_report *)context)->check;
    size_t n_failures = 0, n_skipped = 0, n = 0;
    struct junit_rule rule;

    (void)err;
    for (; rule_at(&rule, c, n); n++) {
        n_failures += junit_rule_fails(&rule);
        n_skipped += !junit_rule_finding(&rule) && rule.lacks;
    }
    fprintf(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"lmpath\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n"
            "  <testsuite name=\"lmpath check\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
            "skipped=\"%zu\">\n",
            n, n_failures, n, n_failures, n_skipped);
    for (size_t i = 0; rule_at(&rule, c, i); i++)
        junit_write_rule(out, "check", &rule);
    fputs("  </testsuite>\n</testsuites>\n", out);
    return 0;
}
