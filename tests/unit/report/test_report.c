#include "analyzers/report/report.h"

#include <criterion/criterion.h>

Test(report, finds_a_format_by_name)
{
    const struct report_format *format;

    cr_assert_eq(report_find(&format, "json", NULL), 0);
    cr_assert_str_eq(format->name, "json");
}

Test(report, tells_the_formats_it_knows)
{
    const struct report_format *format;
    struct error err;

    cr_assert_eq(report_find(&format, "pdf", &err), ERR_USAGE);
    cr_assert_str_eq(err.text, "'pdf' is no format, known are: text, json, markdown, "
                               "html, docx, junit, prometheus, prtg");
}

Test(report, takes_the_format_from_the_files_name)
{
    cr_assert_str_eq(report_for_file("r.json")->name, "json");
    cr_assert_str_eq(report_for_file("a.b/r.md")->name, "markdown");
    cr_assert_str_eq(report_for_file("r.txt")->name, "text");
    cr_assert_str_eq(report_for_file("result")->name, "text");
    cr_assert_str_eq(report_for_file(".json")->name, "text");
}
