/* lmpath ctl: talk to the resident lmpathd. */
#include <string.h>

#include "analyzers/commands.h"
#include "analyzers/recording/client.h"
#include "analyzers/recording/program.h"
#include "src/base/plain.h"
#include "src/base/units.h"
#include "src/cli/exit_codes.h"

enum { VALUE_BYTES = 1024 };

struct ctl_options {
    const char *path;
    bool is_json;
};

struct action {
    const char *name;
    bool takes_text; /* mark needs one, start may have one: a name */
    bool needs_text;
    void (*show)(const struct message *m);
};

struct talk {
    const struct ctl_options *options;
    const struct action *action;
    struct client *client;
    int exit_code;
    bool is_answered;
};

static int set_path(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct ctl_options *)options)->path = value;
    return 0;
}

static int set_format(void *options, const char *value, struct error *err)
{
    struct ctl_options *o = options;

    o->is_json = strcmp(value, "json") == 0;
    if (!o->is_json && strcmp(value, "text") != 0)
        return error_set(err, ERR_USAGE, "'%s' is not one of text, json", value);
    return 0;
}

static const struct option_row rows[] = {
    { 0, "control", "PATH", "the socket or pipe where lmpathd listens", set_path },
    { 'f', "format", "FORMAT", "text (the default), or json: lmpathd's answer as it is",
      set_format },
    { 0 },
};
static const struct option_group groups[] = { { "Options", rows }, { NULL, NULL } };

/* "name      value", nothing where the value is not known. */
static void show_text(const char *name, const char *value)
{
    char plain[VALUE_BYTES];

    if (!*value)
        return;
    plain_text(plain, sizeof(plain), value, PLAIN_UNCUT);
    printf("%-11s %s\n", name, plain);
}

static void show_nic(const struct message_nic *nic)
{
    char name[VALUE_BYTES], packets[UNITS_TEXT_BYTES], bytes[UNITS_TEXT_BYTES];
    uint64_t lost = 0;
    const uint64_t drops[] = { nic->kernel_dropped, nic->ring_dropped, nic->nic_dropped };

    for (int i = 0; i < 3; i++)
        lost += drops[i] == MESSAGE_UNKNOWN ? 0 : drops[i];
    plain_text(name, sizeof(name), nic->name, PLAIN_UNCUT);
    printf("%-11s %s: ", "nic", name);
    if (nic->packets == MESSAGE_UNKNOWN || nic->wire_bytes == MESSAGE_UNKNOWN)
        printf("no packets known");
    else
        printf("%s packets, %s", count_text(packets, nic->packets),
               bytes_text(bytes, nic->wire_bytes));
    printf(", %s lost\n", lost ? count_text(packets, lost) : "nothing");
}

static void show_status(const struct message *m)
{
    char written[UNITS_TEXT_BYTES] = "";

    if (m->file_bytes != MESSAGE_UNKNOWN && *m->session)
        bytes_text(written, m->file_bytes);
    show_text("state", m->state);
    show_text("session", m->session);
    show_text("since", m->since);
    show_text("written", written);
    for (size_t i = 0; i < m->n_nics; i++)
        show_nic(&m->nics[i]);
    show_text("host", m->host);
    show_text("version", m->version);
}

static void show_session(const struct message *m)
{
    show_text("session", m->session);
}

static void show_stop(const struct message *m)
{
    show_session(m);
    if (!m->is_complete)
        printf("%-11s %s\n", "state", "not complete");
}

static void show_time(const struct message *m)
{
    show_text("time", m->time);
}

static void show_sessions(const struct message *m)
{
    for (size_t i = 0; i < m->n_sessions; i++) {
        const struct message_session *s = &m->sessions[i];
        char path[VALUE_BYTES], start[64], state[64], bytes[UNITS_TEXT_BYTES] = "";

        plain_text(path, sizeof(path), s->path, PLAIN_UNCUT);
        plain_text(start, sizeof(start), s->start, PLAIN_UNCUT);
        plain_text(state, sizeof(state), s->state, PLAIN_UNCUT);
        if (s->bytes != MESSAGE_UNKNOWN)
            bytes_text(bytes, s->bytes);
        printf("%-30s  %-10s  %10s  %s\n", start, state, bytes, path);
    }
}

static const struct action actions[] = {
    { "status", false, false, show_status },     { "start", true, false, show_session },
    { "mark", true, true, show_time },           { "stop", false, false, show_stop },
    { "sessions", false, false, show_sessions },
};

static void heard(void *context, const struct message *m, const char *line, size_t n_bytes)
{
    struct talk *talk = context;
    struct error err;

    if (m->kind != MESSAGE_REPLY || talk->is_answered)
        return;
    talk->is_answered = true;
    if (talk->options->is_json)
        printf("%.*s\n", (int)n_bytes, line);
    if (m->is_ok) {
        talk->exit_code = EXIT_AS_IT_SHOULD;
        if (!talk->options->is_json)
            talk->action->show(m);
    } else {
        error_set(&err, ERR_INPUT, "lmpathd refuses to %s: %s", talk->action->name, m->error);
        command_fail(&err);
    }
    client_free(talk->client);
}

static void ended(void *context, const struct client_ending *ending)
{
    struct talk *talk = context;
    const char *path = talk->options->path;
    struct error err;

    if (ending->code == UV_ENOENT || ending->code == UV_ECONNREFUSED)
        error_set(&err, ERR_SYSTEM,
                  "no lmpathd listens at '%s': start one with 'lmpathd --service', or name its "
                  "place with --control",
                  path);
    else if (ending->code == UV_EACCES || ending->code == UV_EPERM)
        error_set(&err, ERR_SYSTEM,
                  "can't talk to lmpathd at '%s': only its own user and administrators may", path);
    else
        error_set(&err, ERR_SYSTEM, "lmpathd at '%s' gave no answer%s%s", path,
                  ending->problem ? ": " : "", ending->problem ? ending->problem : "");
    command_fail(&err);
    client_free(talk->client);
}

static int ask(const struct ctl_options *o, const struct action *action, const char *text,
               struct error *err)
{
    struct talk talk = { .options = o, .action = action, .exit_code = EXIT_TROUBLE };
    struct client_hooks hooks = { .heard = heard, .ended = ended, .context = &talk };
    struct request q = { .action = action->name,
                         .status = MESSAGE_NO_STATUS,
                         .signal = MESSAGE_NO_STATUS };
    uv_loop_t loop;
    int r;

    if (action->needs_text)
        q.text = text;
    else
        q.name = text;
    uv_loop_init(&loop);
    r = client_connect(&talk.client, &loop, o->path, &hooks, err);
    if (r == 0)
        r = client_send(talk.client, &q, err);
    if (r < 0) {
        command_fail(err);
        client_free(talk.client);
    }
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    return talk.exit_code;
}

static int find_action(const struct action **ret_action, int n_words, char **words,
                       struct error *err)
{
    static const char known[] = "status, start, mark TEXT, stop, sessions";

    if (n_words == 0)
        return error_set(err, ERR_USAGE, "no action: one of %s", known);
    for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
        const struct action *a = &actions[i];

        if (strcmp(a->name, words[0]) != 0)
            continue;
        if (n_words < 1 + a->needs_text)
            return error_set(err, ERR_USAGE,
                             "mark needs a text: lmpath ctl mark 'before the move'");
        if (n_words > 1 + a->takes_text)
            return error_set(err, ERR_USAGE, "'%s' is one word too many", words[1 + a->takes_text]);
        *ret_action = a;
        return 0;
    }
    return error_set(err, ERR_USAGE, "unknown action '%s', one of %s", words[0], known);
}

static int run(const struct command *command, int argc, char **argv)
{
    struct ctl_options o = { .path = program_control_path };
    const struct action *action = NULL;
    struct error err;
    int operands = 0, r;

    r = options_parse(command, argc, argv, &o, &operands, &err);
    if (r > 0)
        return EXIT_AS_IT_SHOULD;
    if (r == 0)
        r = find_action(&action, argc - operands, argv + operands, &err);
    if (r < 0)
        return command_fail(&err);
    return ask(&o, action, operands + 1 < argc ? argv[operands + 1] : NULL, &err);
}

const struct command command_ctl = {
    .program = "lmpath",
    .name = "ctl",
    .operands = "status | start [NAME] | mark TEXT | stop | sessions",
    .summary = "talk to a resident lmpathd",
    .text = "lmpathd --service watches by itself, and makes a session of each migration that it "
            "sees. status tells what it does; start begins a session at once, with NAME in the "
            "name of its folder, and stop completes the one that is open; mark puts a remark into "
            "it; sessions lists what is kept. Only lmpathd's own user and administrators may.",
    .groups = groups,
    .exit_codes = "0\n    done\n"
                  "2\n    lmpathd refused, or could not be reached; one line says why",
    .examples = "lmpath ctl mark 'patched HV01'\n"
                "    the mark stands in the session and in its capture",
    .run = run,
};
