#include "analyzers/judging.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/units.h"
#include "src/cli/progress.h"

/* Hyper-V gives a VM 32 MiB at least; "16" is meant as something else than bytes. */
#define LEAST_VM_BYTES (UINT64_C(1) << 20)

void judging_init(struct judging *o)
{
    *o = (struct judging){ .detail = REPORT_SUMMARY };
    analysis_options_init(&o->analysis);
}

void judging_release(struct judging *o)
{
    word_list_release(&o->networks);
    word_list_release(&o->redact_names);
}

static int add_network(void *options, const char *value, struct error *err)
{
    struct judging *o = options;
    int r = word_list_add(&o->networks, value, err);

    o->analysis.networks = o->networks.words;
    o->analysis.n_networks = o->networks.n;
    return r;
}

static int set_topology(void *options, const char *value, struct error *err)
{
    struct judging *o = options;

    if (o->analysis.snapshot)
        return error_set(err, ERR_USAGE, "given twice, one snapshot describes one cluster");
    o->analysis.snapshot = value;
    return 0;
}

static int set_expect(void *options, const char *value, struct error *err)
{
    struct judging *o = options;

    if (o->analysis.expect)
        return error_set(err, ERR_USAGE, "given twice, write several networks as one list: %s,%s",
                         o->analysis.expect, value);
    o->analysis.expect = value;
    return 0;
}

static int set_vm_memory(void *options, const char *value, struct error *err)
{
    struct judging *o = options;
    uint64_t bytes;
    int r = bytes_parse(&bytes, value, err);

    if (r < 0)
        return r;
    if (bytes < LEAST_VM_BYTES)
        return error_set(err, ERR_USAGE,
                         "'%s' is less memory than any VM has, give the unit: 16GiB", value);
    o->analysis.vm_memory_bytes = bytes;
    return 0;
}

/* Below half, a transfer could be on the right and on the wrong network at once. */
static int set_min_share(void *options, const char *value, struct error *err)
{
    struct judging *o = options;
    char *end;
    double percent = strtod(value, &end);

    if (end == value || (*end && strcmp(end, "%") != 0) || !isfinite(percent))
        return error_set(err, ERR_USAGE, "'%s' is no percentage, write one like 95", value);
    if (percent < 50 || percent > 100)
        return error_set(err, ERR_USAGE, "'%s' is not between 50 and 100", value);
    o->analysis.min_share = percent / 100;
    return 0;
}

static int parse_port(uint16_t *ret_port, const char *value, struct error *err)
{
    char *end;
    unsigned long port = strtoul(value, &end, 10);

    if (*value < '0' || *value > '9' || *end || port == 0 || port > UINT16_MAX)
        return error_set(err, ERR_USAGE, "'%s' is no TCP port, those are 1 to 65535", value);
    *ret_port = (uint16_t)port;
    return 0;
}

static int set_lm_port(void *options, const char *value, struct error *err)
{
    return parse_port(&((struct judging *)options)->analysis.lm_port, value, err);
}

static int set_smb_port(void *options, const char *value, struct error *err)
{
    return parse_port(&((struct judging *)options)->analysis.smb_port, value, err);
}

static int add_format(void *options, const char *value, struct error *err)
{
    const struct report_format *format;
    int r = report_find(&format, value, err);

    if (r < 0)
        return r;
    return outputs_add_format(&((struct judging *)options)->outputs, format->name, err);
}

static int add_output(void *options, const char *value, struct error *err)
{
    return outputs_add_path(&((struct judging *)options)->outputs, value, err);
}

static int be_quiet(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct judging *)options)->detail = REPORT_VERDICT;
    return 0;
}

static int be_verbose(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct judging *)options)->detail = REPORT_ALL;
    return 0;
}

static int set_color(void *options, const char *value, struct error *err)
{
    return color_choice_parse(&((struct judging *)options)->color, value, err);
}

const struct option_row judging_network_rows[] = {
    { 'n', "network", "NAME=PREFIX[,PREFIX]...",
      "define a network by its subnets, IPv4 or IPv6; repeatable, and adds to what a snapshot "
      "tells",
      add_network },
    { 't', "topology", "SNAPSHOT",
      "the cluster's configuration as 'lmpath snapshot' collected it: networks, hosts, "
      "addresses and migration settings",
      set_topology },
    { 'e', "expect", "NAME|PREFIX[,...]",
      "where the memory should go; without it, what the snapshot's migration settings intend",
      set_expect },
    { 0 },
};

const struct option_row judging_rows[] = {
    { 'm', "vm-memory", "SIZE",
      "the VM's memory, such as 16GiB: a transfer far smaller than that is told, as most of it may "
      "have gone unseen",
      set_vm_memory },
    { 0, "min-share", "PERCENT",
      "share of the memory that makes a verdict of right or wrong, less is split (default 95)",
      set_min_share },
    { 0 },
};

const struct option_row judging_port_rows[] = {
    { 0, "lm-port", "N", "TCP port of live migration, for labs (default 6600)", set_lm_port },
    { 0, "smb-port", "N", "TCP port of SMB, for labs (default 445)", set_smb_port },
    { 0 },
};

const struct option_row judging_output_rows[] = {
    { 'f', "format", "FORMAT",
      "text (the default), json, markdown, html, docx, junit, prometheus or prtg; repeatable, each "
      "is written to the -o behind it, one may go to standard output",
      add_format },
    { 'o', "output", "FILE",
      "write there, - is standard output; without an -f of its own the name tells the format: "
      ".json, .md, .html, .docx, .xml, .prom, .prtg, else text",
      add_output },
    { 'v', "verbose", NULL,
      "show everything: all connections, vantage points, interfaces and evidence", be_verbose },
    { 'q', "quiet", NULL, "show the verdict's line only, and no progress", be_quiet },
    { 0, "color", "WHEN", "auto (on a terminal, unless NO_COLOR is set), always or never",
      set_color },
    { 0 },
};

const struct option_row judging_report_rows[] = {
    { 'f', "format", "FORMAT",
      "markdown (the default), html, docx, json, junit, prometheus or prtg; repeatable, each is "
      "written to the -o behind it, one may go to standard output",
      add_format },
    { 'o', "output", "FILE",
      "write there, - is standard output; without an -f of its own the name tells the format: "
      ".md, .html, .docx, .json, .xml, .prom, .prtg",
      add_output },
    { 'q', "quiet", NULL, "show no progress", be_quiet },
    { 0 },
};

static int set_redact(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct judging *)options)->redact.is_on = true;
    return 0;
}

static int set_redact_key(void *options, const char *value, struct error *err)
{
    struct judging *o = options;

    if (!*value)
        return error_set(err, ERR_USAGE, "the key is empty");
    o->redact.is_on = true;
    o->redact.key = value;
    return 0;
}

static int add_redact_name(void *options, const char *value, struct error *err)
{
    struct judging *o = options;
    int r;

    if (!*value)
        return error_set(err, ERR_USAGE, "the name is empty");
    r = word_list_add(&o->redact_names, value, err);
    o->redact.is_on = true;
    o->redact.names = o->redact_names.words;
    o->redact.n_names = o->redact_names.n;
    return r;
}

const struct option_row judging_redact_rows[] = {
    { 0, "redact", NULL,
      "put pseudonyms for hosts, virtual machines, clusters, users, paths and addresses, in every "
      "format alike; names of networks stay",
      set_redact },
    { 0, "redact-name", "NAME", "redact this name, too, such as the customer's; repeatable",
      add_redact_name },
    { 0, "redact-key", "TEXT",
      "redact addresses by this secret, so that they are the same in several reports; without it "
      "they depend on all that is redacted",
      set_redact_key },
    { 0 },
};

struct writing {
    const struct result *result;
    const struct report_format *format;
    struct report_options options;
};

static int write_report(const void *context, FILE *out, struct error *err)
{
    const struct writing *w = context;

    return w->format->write(w->result, &w->options, out, err);
}

static const struct report_format *format_of(const struct output *output)
{
    const struct report_format *format = NULL;

    if (!output->format)
        return report_for_file(output->path ? output->path : "");
    report_find(&format, output->format, NULL); /* checked as it was parsed */
    return format;
}

static int write_all(const struct judging *o, const struct result *result, struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < o->outputs.n_rows; i++) {
        const struct output *output = &o->outputs.rows[i];
        struct writing w = { .result = result, .format = format_of(output) };

        w.options.detail = o->detail;
        w.options.use_color =
            output->path ? o->color == COLOR_ALWAYS : terminal_takes_color(stdout, o->color);
        r = output_write(output, write_report, &w, err);
    }
    return r;
}

static int write_redacted(const struct judging *o, const struct result *result, struct error *err)
{
    AUTO(redactor) redactor = NULL;
    struct saved_result redacted;
    int r = redactor_new(&redactor, &o->redact, err);

    if (r == 0)
        r = redactor_learn(redactor, result, NULL, err);
    if (r == 0)
        r = redactor_rewrite(redactor, result, &redacted, err);
    if (r < 0)
        return r;
    r = write_all(o, &redacted.result, err);
    saved_result_release(&redacted);
    return r;
}

int judging_spare(const struct judging *o, const struct result *result, struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < result->n_inputs; i++)
        r = outputs_spare(&o->outputs, result->inputs[i].path, err);
    return r;
}

int judging_write(const struct judging *o, const struct result *result, struct error *err)
{
    int r = judging_spare(o, result, err);

    if (r < 0)
        return r;
    return o->redact.is_on ? write_redacted(o, result, err) : write_all(o, result, err);
}

/* A terminal would take a document's bytes for commands. */
static int check_terminal(const struct outputs *outputs, struct error *err)
{
    for (size_t i = 0; i < outputs->n_rows; i++) {
        const struct output *o = &outputs->rows[i];
        const struct report_format *format = format_of(o);

        if (format->is_binary && !o->path && terminal_is_watched(stdout))
            return error_set(err, ERR_USAGE,
                             "%s is nothing for a terminal, name a file: -f %s -o FILE",
                             format->name, format->name);
    }
    return 0;
}

int judging_check(struct judging *o, struct error *err)
{
    int r = outputs_check(&o->outputs, err);

    if (r == 0)
        r = check_terminal(&o->outputs, err);

    for (size_t i = 0; r == 0 && i < o->analysis.n_inputs; i++)
        r = outputs_spare(&o->outputs, o->analysis.inputs[i], err);
    if (r == 0)
        r = outputs_spare(&o->outputs, o->analysis.snapshot, err);
    if (r < 0)
        return r;
    for (size_t i = 0; i < o->outputs.n_rows; i++)
        o->analysis.want_digests |= format_of(&o->outputs.rows[i])->wants_digests;
    return 0;
}

static void show_progress(void *context, uint64_t packets, uint64_t bytes, uint64_t total_bytes)
{
    progress_show(context, packets, bytes, total_bytes);
}

int judging_analyze(struct judging *o, struct result *ret_result, struct error *err)
{
    struct progress progress;
    int r;

    progress_start(&progress, stderr);
    if (o->detail != REPORT_VERDICT) {
        o->analysis.progress = show_progress;
        o->analysis.progress_context = &progress;
    }
    r = analysis_run(ret_result, &o->analysis, err);
    progress_end(&progress);
    return r;
}
