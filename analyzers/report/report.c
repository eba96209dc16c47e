#include "analyzers/report/report.h"

#include <string.h>
#include <strings.h>

/* A result alone as a report. */
static int write_alone(const struct result *r, FILE *out, struct error *err,
                       int (*write)(const struct comparison *c, FILE *out, struct error *err))
{
    const struct report_title untitled = { 0 };
    const struct comparison_run run = { .lmpath = LMPATH_VERSION, .result = r };
    const struct comparison_run *const runs[N_SETS] = { &run };
    const size_t n[N_SETS] = { 1 };
    struct comparison c;
    int status = comparison_make(&c, LANGUAGE_EN, &untitled, runs, n, err);

    if (status < 0)
        return status;
    status = write(&c, out, err);
    comparison_release(&c);
    return status;
}

static int write_html(const struct result *r, const struct report_options *options, FILE *out,
                      struct error *err)
{
    (void)options;
    return write_alone(r, out, err, report_write_html);
}

static int write_docx(const struct result *r, const struct report_options *options, FILE *out,
                      struct error *err)
{
    (void)options;
    return write_alone(r, out, err, report_write_docx);
}

static int write_junit(const struct result *r, const struct report_options *options, FILE *out,
                       struct error *err)
{
    (void)options;
    return write_alone(r, out, err, report_write_junit);
}

static int write_prometheus(const struct result *r, const struct report_options *options, FILE *out,
                            struct error *err)
{
    (void)options;
    return write_alone(r, out, err, report_write_prometheus);
}

static int write_prtg(const struct result *r, const struct report_options *options, FILE *out,
                      struct error *err)
{
    (void)options;
    return write_alone(r, out, err, report_write_prtg);
}

static const struct report_format formats[] = {
    { "text", ".txt", "for people at a terminal", false, false, false, report_write_text, NULL },
    { "json", ".json", "for programs: one object, schema lmpath.analysis/1", true, false, true,
      report_write_json, report_write_comparison_json },
    { "markdown", ".md", "for tickets and wikis", false, false, true, report_write_markdown,
      report_write_comparison_markdown },
    { "html", ".html", "a page for people, in one file", false, false, true, write_html,
      report_write_html },
    { "docx", ".docx", "a Word document, with charts that can be edited", false, true, true,
      write_docx, report_write_docx },
    { "junit", ".xml", "JUnit XML, for build and test servers", true, false, false, write_junit,
      report_write_junit },
    { "prometheus", ".prom", "for the node exporter's textfile collector", true, false, false,
      write_prometheus, report_write_prometheus },
    { "prtg", ".prtg", "channels for PRTG's EXE/Script Advanced sensor", true, false, false,
      write_prtg, report_write_prtg },
    { 0 },
};

const struct report_format *report_formats(void)
{
    return formats;
}

int report_find(const struct report_format **ret_format, const char *name, struct error *err)
{
    char known[128] = "";

    for (const struct report_format *f = formats; f->name; f++) {
        size_t at = strlen(known);

        if (strcmp(f->name, name) == 0) {
            *ret_format = f;
            return 0;
        }
        snprintf(known + at, sizeof(known) - at, "%s%s", at ? ", " : "", f->name);
    }
    return error_set(err, ERR_USAGE, "'%s' is no format, known are: %s", name, known);
}

const struct report_format *report_for_file(const char *path)
{
    size_t n_path = strlen(path);

    for (const struct report_format *f = formats; f->name; f++) {
        size_t n_extension = strlen(f->extension);

        if (n_path > n_extension && strcasecmp(path + n_path - n_extension, f->extension) == 0)
            return f;
    }
    return &formats[0];
}
