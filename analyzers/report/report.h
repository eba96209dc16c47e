/*
 * The writers: a result in, bytes out. Each is a row in one table; none computes, each reads the
 * result alone, so a saved result can be rendered again in any of them.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "analyzers/report/comparison.h"
#include "analyzers/result.h"
#include "src/base/error.h"

enum report_detail {
    REPORT_VERDICT, /* one line */
    REPORT_SUMMARY, /* text: ten lines; Markdown: a page */
    REPORT_ALL,     /* every connection and vantage point */
};

struct report_options {
    bool use_color;
    enum report_detail detail; /* JSON is always whole */
};

struct report_format {
    const char *name;      /* as -f takes it */
    const char *extension; /* that an -o without an -f is known by */
    const char *summary;
    bool is_machine;    /* read by programs: never translated */
    bool is_binary;     /* nothing for a terminal */
    bool wants_digests; /* shows the inputs' SHA-256, so they must be computed */
    /* Returns 0 or a negative code; what the FILE refuses shows in ferror(). */
    int (*write)(const struct result *r, const struct report_options *options, FILE *out,
                 struct error *err);
    /* The same for reports; NULL: not a format of reports. */
    int (*write_comparison)(const struct comparison *c, FILE *out, struct error *err);
};

/* report_formats() - the table, ended by a row without a name. The first row is the default. */
const struct report_format *report_formats(void);
/* report_find() - the row called @name. Returns 0 or ERR_USAGE (the text lists the formats). */
int report_find(const struct report_format **ret_format, const char *name, struct error *err);
/* report_for_file() - the row that a file's name asks for by its end, else the default. */
const struct report_format *report_for_file(const char *path);

int report_write_text(const struct result *r, const struct report_options *options, FILE *out,
                      struct error *err);
int report_write_json(const struct result *r, const struct report_options *options, FILE *out,
                      struct error *err);
int report_write_markdown(const struct result *r, const struct report_options *options, FILE *out,
                          struct error *err);

int report_write_html(const struct comparison *c, FILE *out, struct error *err);
int report_write_docx(const struct comparison *c, FILE *out, struct error *err);
int report_write_junit(const struct comparison *c, FILE *out, struct error *err);
int report_write_prometheus(const struct comparison *c, FILE *out, struct error *err);
int report_write_prtg(const struct comparison *c, FILE *out, struct error *err);
int report_write_comparison_markdown(const struct comparison *c, FILE *out, struct error *err);
/* One result is written as it is, two sets as one object, schema lmpath.comparison/1. */
int report_write_comparison_json(const struct comparison *c, FILE *out, struct error *err);
