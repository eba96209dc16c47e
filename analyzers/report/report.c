#include "analyzers/report/report.h"

#include <string.h>

static const struct report_format formats[] = {
    { "text", ".txt", "for people at a terminal", false, report_write_text },
    { "json", ".json", "for programs: one object, schema lmpath.analysis/1", true,
      report_write_json },
    { "markdown", ".md", "for tickets and wikis", true, report_write_markdown },
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

        if (n_path > n_extension && strcmp(path + n_path - n_extension, f->extension) == 0)
            return f;
    }
    return &formats[0];
}
