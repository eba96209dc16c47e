/* lmpath report: results in, a report out, of one set or of before and after. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyzers/commands.h"
#include "analyzers/judging.h"
#include "analyzers/report/brand.h"
#include "analyzers/report/comparison.h"
#include "analyzers/report/docx/template.h"
#include "analyzers/report/result_read.h"
#include "analyzers/report/title_read.h"
#include "src/cli/exit_codes.h"

enum { LOOKED_AT_BYTES = 64 };

struct run_list {
    struct saved_result *saved; /* room for all that are named, so that they never move */
    struct comparison_run *runs;
    size_t n;
};

struct report_command {
    struct judging judging; /* first: the shared rows expect it there */
    struct word_list inputs[N_SETS];
    enum language language;
    struct report_title title;
    const char *title_path, *logo_path;
    struct brand brand;
    struct docx_template *docx_template; /* NULL: none */
    struct redactor *redactor;           /* NULL: nothing is redacted */
    bool has_sets;                       /* --before, --after */
};

static int add_before(void *options, const char *value, struct error *err)
{
    struct report_command *o = options;

    o->has_sets = true;
    return word_list_add(&o->inputs[0], value, err);
}

static int add_after(void *options, const char *value, struct error *err)
{
    struct report_command *o = options;

    o->has_sets = true;
    return word_list_add(&o->inputs[1], value, err);
}

static int set_customer(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct report_command *)options)->title.customer = value;
    return 0;
}

static int set_cluster(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct report_command *)options)->title.cluster = value;
    return 0;
}

static int set_author(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct report_command *)options)->title.author = value;
    return 0;
}

static int set_date(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct report_command *)options)->title.date = value;
    return 0;
}

static int set_reference(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct report_command *)options)->title.reference = value;
    return 0;
}

static int set_title(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct report_command *)options)->title_path = value;
    return 0;
}

static int set_logo(void *options, const char *value, struct error *err)
{
    struct report_command *o = options;

    o->logo_path = value;
    return brand_read_logo(&o->brand, value, err);
}

static int set_accent(void *options, const char *value, struct error *err)
{
    return brand_set_accent(&((struct report_command *)options)->brand, value, err);
}

static int set_template(void *options, const char *value, struct error *err)
{
    struct report_command *o = options;

    o->docx_template = docx_template_free(o->docx_template);
    return docx_template_read(&o->docx_template, value, err);
}

static int set_language(void *options, const char *value, struct error *err)
{
    return language_find(&((struct report_command *)options)->language, value, err);
}

static const struct option_row set_rows[] = {
    { 0, "before", "INPUT...", "how it was: one or several runs, up to the next option",
      add_before },
    { 0, "after", "INPUT...", "how it is now: one or several runs", add_after },
    { 0 },
};

static const struct option_row title_rows[] = {
    { 0, "customer", "TEXT", "for whom the report is", set_customer },
    { 0, "cluster", "TEXT", "the cluster's name", set_cluster },
    { 0, "author", "TEXT", "who made it", set_author },
    { 0, "date", "TEXT", "as it should read; no date is written without", set_date },
    { 0, "reference", "TEXT", "an order or ticket number", set_reference },
    { 0, "title", "FILE", "all of these from a JSON file: {\"customer\": \"...\", ...}",
      set_title },
    { 0 },
};

static const struct option_row brand_rows[] = {
    { 0, "logo", "FILE", "your logo on top of the report: PNG or JPEG, up to 1 MiB", set_logo },
    { 0, "accent", "COLOUR",
      "your colour, such as #0b57a4; text takes a darker or lighter one where it could not be read",
      set_accent },
    { 0, "template", "FILE",
      "a Word document whose styles, pages, headers and logo a DOCX report takes; it is put at the "
      "bookmark 'lmpath', or at the end",
      set_template },
    { 0 },
};

static const struct option_row language_rows[] = {
    { 0, "lang", "en|nl", "write the report in English or Dutch (English by default)",
      set_language },
    { 0 },
};

static const struct option_group groups[] = {
    { "Before and after", set_rows },     { "Title", title_rows },
    { "Language", language_rows },        { "Brand", brand_rows },
    { "Networks", judging_network_rows }, { "Judging", judging_rows },
    { "Ports", judging_port_rows },       { "Output", judging_report_rows },
    { "Redaction", judging_redact_rows }, { NULL, NULL }
};

/* A saved result begins as an object; no capture begins so. */
static bool is_result(const char *path)
{
    char bytes[LOOKED_AT_BYTES];
    size_t n = 0, i = 0;
    FILE *in = strcmp(path, "-") == 0 ? NULL : fopen(path, "rb");

    if (in) {
        n = fread(bytes, 1, sizeof(bytes), in);
        fclose(in);
    }
    while (i < n && isspace((unsigned char)bytes[i]))
        i++;
    return i < n && bytes[i] == '{';
}

static bool names_result(const char *path)
{
    size_t n = strlen(path);

    return n > 5 && strcasecmp(path + n - 5, ".json") == 0;
}

/* The @n inputs from @at on as one run. */
static int load_run(struct report_command *o, struct run_list *list, char **at, size_t n,
                    struct error *err)
{
    struct saved_result *saved = &list->saved[list->n];
    int r;

    if (is_result(*at) || names_result(*at)) {
        r = o->has_sets && !o->judging.redact.is_on ? result_read_bearing(saved, *at, err)
                                                    : result_read(saved, *at, err);
    } else {
        o->judging.analysis.inputs = at;
        o->judging.analysis.n_inputs = n;
        result_init(&saved->result);
        r = judging_analyze(&o->judging, &saved->result, err);
        if (r < 0)
            result_release(&saved->result);
    }
    if (r < 0)
        return r;
    list->runs[list->n] =
        (struct comparison_run){ .path = saved->lmpath ? *at : NULL,
                                 .lmpath = saved->lmpath ? saved->lmpath : LMPATH_VERSION,
                                 .result = &saved->result };
    list->n++;
    return judging_spare(&o->judging, &saved->result, err);
}

/* Of two sets every input is a run; else captures that stand side by side are one. */
static int load_runs(struct report_command *o, struct run_list *list, const struct word_list *words,
                     struct error *err)
{
    int r = 0;

    list->saved = calloc(words->n + 1, sizeof(*list->saved));
    list->runs = calloc(words->n + 1, sizeof(*list->runs));
    if (!list->saved || !list->runs)
        return error_memory(err);
    for (size_t i = 0, n; i < words->n && r == 0; i += n) {
        for (n = 1; !o->has_sets && i + n < words->n && !is_result(words->words[i]) &&
                    !is_result(words->words[i + n]);)
            n++;
        r = load_run(o, list, words->words + i, n, err);
    }
    return r;
}

static void run_list_release(struct run_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        saved_result_release(&list->saved[i]);
    free(list->saved);
    free(list->runs);
}

struct writing {
    const struct comparison *comparison;
    const struct report_format *format;
};

static int write_report(const void *context, FILE *out, struct error *err)
{
    const struct writing *w = context;

    return w->format->write_comparison(w->comparison, out, err);
}

/* Markdown is legible on a terminal; text has no form of a report. */
static int format_of(const struct report_format **ret_format, const struct output *output,
                     struct error *err)
{
    if (output->format)
        report_find(ret_format, output->format, NULL); /* checked as it was parsed */
    else if (output->path)
        *ret_format = report_for_file(output->path);
    else
        report_find(ret_format, "markdown", NULL);
    if ((*ret_format)->write_comparison)
        return 0;
    return error_set(err, ERR_USAGE,
                     "a report can't be %s, choose html, docx, markdown, json, junit, "
                     "prometheus or prtg with -f",
                     (*ret_format)->name);
}

static int check_formats(const struct report_command *o, struct error *err)
{
    const struct report_format *format;
    int r = 0;

    for (size_t i = 0; r == 0 && i < o->judging.outputs.n_rows; i++)
        r = format_of(&format, &o->judging.outputs.rows[i], err);
    return r;
}

static enum language language_of(const struct report_command *o, const struct report_format *format)
{
    return format->is_machine ? LANGUAGE_EN : o->language;
}

/* What the runs tell in one language, in all formats that are in it. */
static int write_in(const struct report_command *o, enum language language,
                    const struct run_list lists[N_SETS], struct error *err)
{
    struct comparison c;
    int r = comparison_make(&c, language, &o->title,
                            (const struct comparison_run *const[]){ lists[0].runs, lists[1].runs },
                            (const size_t[]){ lists[0].n, lists[1].n }, err);

    if (r < 0)
        return r;
    c.brand = &o->brand;
    c.docx_template = o->docx_template;
    for (size_t i = 0; r == 0 && i < o->judging.outputs.n_rows; i++) {
        const struct output *output = &o->judging.outputs.rows[i];
        struct writing w = { .comparison = &c };

        r = format_of(&w.format, output, err);
        if (r == 0 && language_of(o, w.format) == language)
            r = output_write(output, write_report, &w, err);
    }
    comparison_release(&c);
    return r;
}

static bool is_wanted(const struct report_command *o, enum language language)
{
    const struct report_format *format;

    for (size_t i = 0; i < o->judging.outputs.n_rows; i++) {
        if (format_of(&format, &o->judging.outputs.rows[i], NULL) == 0 &&
            language_of(o, format) == language)
            return true;
    }
    return false;
}

static void title_fill(struct report_title *title, const struct title_file *file)
{
    title->customer = title->customer ? title->customer : file->customer;
    title->cluster = title->cluster ? title->cluster : file->cluster;
    title->author = title->author ? title->author : file->author;
    title->date = title->date ? title->date : file->date;
    title->reference = title->reference ? title->reference : file->reference;
}

static int redact_title(struct report_title *t, struct redactor *rd, struct error *err)
{
    const char **const parts[] = { &t->customer, &t->cluster, &t->author, &t->reference };
    int r = 0;

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && r == 0; i++)
        r = redactor_pseudonym(rd, *parts[i], parts[i], err);
    return r;
}

/* The run keeps its place, and the version that made it. */
static int redact_run(struct comparison_run *run, struct saved_result *saved, struct redactor *rd,
                      struct error *err)
{
    struct saved_result redacted;
    int r = redactor_pseudonym(rd, run->path, &run->path, err);

    if (r == 0)
        r = redactor_rewrite(rd, &saved->result, &redacted, err);
    if (r < 0)
        return r;
    free(redacted.lmpath);
    redacted.lmpath = saved->lmpath;
    saved->lmpath = NULL;
    saved_result_release(saved);
    *saved = redacted;
    return 0;
}

static int redact(struct report_command *o, struct run_list lists[N_SETS], struct error *err)
{
    int r = redactor_new(&o->redactor, &o->judging.redact, err);

    if (r == 0)
        r = redactor_learn_title(o->redactor, &o->title, err);
    for (size_t s = 0; s < N_SETS; s++) {
        for (size_t i = 0; i < lists[s].n && r == 0; i++)
            r = redactor_learn(o->redactor, lists[s].runs[i].result, lists[s].runs[i].path, err);
    }
    for (size_t s = 0; s < N_SETS; s++) {
        for (size_t i = 0; i < lists[s].n && r == 0; i++)
            r = redact_run(&lists[s].runs[i], &lists[s].saved[i], o->redactor, err);
    }
    return r < 0 ? r : redact_title(&o->title, o->redactor, err);
}

static int report(struct report_command *o, struct run_list lists[N_SETS], struct error *err)
{
    int r = 0;

    for (size_t s = 0; s < N_SETS && r == 0; s++)
        r = load_runs(o, &lists[s], &o->inputs[s], err);
    if (r == 0 && o->judging.redact.is_on)
        r = redact(o, lists, err);
    for (enum language l = 0; l < N_LANGUAGES && r == 0; l++) {
        if (is_wanted(o, l))
            r = write_in(o, l, lists, err);
    }
    return r;
}

static int check(struct report_command *o, struct error *err)
{
    int r;

    if (o->has_sets && (o->inputs[0].n == 0 || o->inputs[1].n == 0))
        return error_set(err, ERR_USAGE,
                         "--before and --after go together, name a result for each");
    if (o->inputs[0].n == 0)
        return error_set(err, ERR_USAGE,
                         "no input: name a saved result, a session or captures, as in 'lmpath "
                         "report result.json -o report.html'");
    r = judging_check(&o->judging, err);
    if (r == 0)
        r = check_formats(o, err);
    for (size_t s = 0; s < N_SETS; s++) {
        for (size_t i = 0; r == 0 && i < o->inputs[s].n; i++)
            r = outputs_spare(&o->judging.outputs, o->inputs[s].words[i], err);
    }
    if (r == 0)
        r = outputs_spare(&o->judging.outputs, o->title_path, err);
    if (r == 0)
        r = outputs_spare(&o->judging.outputs, o->logo_path, err);
    o->judging.analysis.want_digests = true;
    return r;
}

static int run_parsed(struct report_command *o, struct error *err)
{
    struct run_list lists[N_SETS] = { 0 };
    struct title_file file = { 0 };
    int r = check(o, err);

    if (r == 0 && o->title_path)
        r = title_read(&file, o->title_path, err);
    title_fill(&o->title, &file);
    if (r == 0)
        r = report(o, lists, err);
    r = r < 0 ? command_fail(err) : EXIT_AS_IT_SHOULD;
    for (size_t s = 0; s < N_SETS; s++)
        run_list_release(&lists[s]);
    title_release(&file);
    return r;
}

static bool takes_several(const char *word)
{
    return strcmp(word, "--before") == 0 || strcmp(word, "--after") == 0;
}

/* Each word of "--before A B" gets an option of its own: "--before A --before B". */
static int spread_words(struct word_list *to, int argc, char **argv, struct error *err)
{
    const char *option = NULL;
    int r = 0;

    for (int i = 0; i < argc && r == 0; i++) {
        bool is_option = argv[i][0] == '-' && argv[i][1];

        if (strcmp(argv[i], "--") == 0) {
            for (; i < argc && r == 0; i++)
                r = word_list_add(to, argv[i], err);
            break;
        }
        if (is_option)
            option = takes_several(argv[i]) ? argv[i] : NULL;
        else if (option && argv[i - 1] != option)
            r = word_list_add(to, option, err);
        if (r == 0)
            r = word_list_add(to, argv[i], err);
    }
    return r;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct report_command o = { 0 };
    struct word_list words = { 0 };
    struct error err;
    int operands = 0, r;

    judging_init(&o.judging);
    r = spread_words(&words, argc, argv, &err);
    if (r == 0)
        r = options_parse(command, (int)words.n, words.words, &o, &operands, &err);
    if (r == 0 && o.has_sets && operands < (int)words.n)
        r = error_set(&err, ERR_USAGE, "'%s' is neither before nor after", words.words[operands]);
    for (int i = operands; r == 0 && i < (int)words.n; i++)
        r = word_list_add(&o.inputs[0], words.words[i], &err);
    r = r < 0 ? command_fail(&err) : r > 0 ? EXIT_AS_IT_SHOULD : run_parsed(&o, &err);
    for (size_t s = 0; s < N_SETS; s++)
        word_list_release(&o.inputs[s]);
    word_list_release(&words);
    brand_release(&o.brand);
    docx_template_free(o.docx_template);
    redactor_free(o.redactor);
    judging_release(&o.judging);
    return r;
}

const struct command command_report = {
    .program = "lmpath",
    .name = "report",
    .operands = "INPUT...",
    .summary = "a report for the customer, on one test or on before and after",
    .text = "An INPUT is a result that 'lmpath analyze -f json' saved, a session, or captures, "
            "which are analyzed first. A saved result is all that is needed: reports can be made "
            "again, in any format, long after the test.\n\n"
            "With --before and --after the report compares: times, rates, networks, and by what "
            "factor they changed. Several runs a side give the median, the least and the most.\n\n"
            "Without -f and -o it is Markdown on standard output; report.html by its name is a "
            "page that needs no network, prints well and fits a phone. With --lang nl all of it is "
            "Dutch; JSON, JUnit and Prometheus are for programs, and English.",
    .groups = groups,
    .exit_codes = "0\n    the report is written, whatever it says\n"
                  "2\n    the command line, an input or the system is at fault",
    .examples = "lmpath report result.json -o report.html\n"
                "    one test\n"
                "lmpath report --before monday*.json --after friday*.json -o report.html "
                "--customer Contoso\n"
                "    what the change brought\n"
                "lmpath report result.json --template letter.docx -o report.docx\n"
                "    a Word document in your own layout\n"
                "lmpath report result.json -f junit -o junit.xml -f prometheus -o lmpath.prom\n"
                "    for a build server and for monitoring",
    .run = run,
};
