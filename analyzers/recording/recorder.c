#include "analyzers/recording/recorder.h"

#include <stdlib.h>

#include "analyzers/live/event_log.h"
#include "analyzers/recording/client.h"
#include "src/base/plain.h"
#include "src/base/text.h"
#include "src/base/units.h"
#include "src/cli/exit_codes.h"

enum { TEXT_BYTES = 512 };

struct recorder {
    struct recorder_hooks hooks;
    struct client *client;
    struct event_log *events; /* NULL: none */
    FILE *line_out;           /* a terminal that is shown how it goes; NULL: none */
    int line_columns;
    const char *snapshot_problem; /* borrowed from the options; "": none */
    char *session;
    bool has_begun, has_end_event, has_ended, is_complete;
    unsigned n_stops;
    char reason[32];
    char problem[TEXT_BYTES];
    uint64_t packets, file_bytes, lost_packets, seen_bytes;
};

static void clear_line(struct recorder *r)
{
    if (r->line_columns > 0)
        fprintf(r->line_out, "\r%*s\r", r->line_columns, "");
    r->line_columns = 0;
}

static uint64_t known(uint64_t count)
{
    return count == MESSAGE_UNKNOWN ? 0 : count;
}

void recorder_summary(const struct recorder *r, char *to, size_t n_bytes)
{
    char packets[UNITS_TEXT_BYTES], bytes[UNITS_TEXT_BYTES], lost[UNITS_TEXT_BYTES];

    snprintf(to, n_bytes, "%s packets, %s, %s%s", count_text(packets, r->packets),
             bytes_text(bytes, r->file_bytes),
             r->lost_packets ? count_text(lost, r->lost_packets) : "nothing",
             r->lost_packets ? " packets lost" : " lost");
}

static void show_line(struct recorder *r)
{
    char text[TEXT_BYTES];

    if (!r->line_out)
        return;
    recorder_summary(r, text, sizeof(text));
    r->line_columns = fprintf(r->line_out, "\r%-*s", r->line_columns, text) - 1;
    fflush(r->line_out);
}

static void hear_interval(struct recorder *r, const struct message *m)
{
    uint64_t packets = 0, seen = 0, lost = 0, before = r->seen_bytes;

    for (size_t i = 0; i < m->n_nics; i++) {
        const struct message_nic *nic = &m->nics[i];

        packets += known(nic->packets);
        seen += known(nic->wire_bytes);
        lost += known(nic->kernel_dropped) + known(nic->ring_dropped) + known(nic->nic_dropped);
    }
    r->packets = packets;
    r->seen_bytes = seen;
    r->lost_packets = lost;
    r->file_bytes = known(m->file_bytes);
    show_line(r);
    if (r->hooks.ticked)
        r->hooks.ticked(r->hooks.context, m, seen > before ? seen - before : 0);
}

static void hear_warning(struct recorder *r, const struct message *m)
{
    char text[TEXT_BYTES];

    clear_line(r);
    plain_text(text, sizeof(text), m->text, PLAIN_UNCUT);
    fprintf(stderr, "lmpath: warning: %s\n", text);
}

/* A mark is how a client writes into a session. */
static void tell_problem(struct recorder *r)
{
    char text[TEXT_BYTES];
    struct request mark = {
        .action = "mark", .text = text, .status = MESSAGE_NO_STATUS, .signal = MESSAGE_NO_STATUS
    };

    snprintf(text, sizeof(text), "no snapshot could be collected: %.400s", r->snapshot_problem);
    recorder_tell(r, &mark);
}

static void hear_start(struct recorder *r, const struct message *m)
{
    if (r->has_begun)
        return;
    r->session = text_copy(m->session);
    r->has_begun = r->session;
    if (!r->has_begun)
        return;
    if (*r->snapshot_problem)
        tell_problem(r);
    r->hooks.began(r->hooks.context);
}

static void hear_end(struct recorder *r, const struct message *m)
{
    r->has_end_event = true;
    r->is_complete = m->is_complete;
    r->packets = known(m->packets);
    r->file_bytes = known(m->file_bytes);
    snprintf(r->reason, sizeof(r->reason), "%s", m->reason);
}

static void heard(void *context, const struct message *m, const char *line, size_t n_bytes)
{
    struct recorder *r = context;

    if (r->events)
        event_log_hear(r->events, m, line, n_bytes);
    if (m->kind == MESSAGE_START)
        hear_start(r, m);
    else if (m->kind == MESSAGE_INTERVAL)
        hear_interval(r, m);
    else if (m->kind == MESSAGE_WARNING)
        hear_warning(r, m);
    else if (m->kind == MESSAGE_END)
        hear_end(r, m);
}

static void client_ended(void *context, const struct client_ending *ending)
{
    struct recorder *r = context;

    clear_line(r);
    r->has_ended = true;
    if (r->events)
        event_log_end(r->events);
    if (ending->problem)
        snprintf(r->problem, sizeof(r->problem), "lmpathd can't be followed: %s", ending->problem);
    else if (ending->signal)
        snprintf(r->problem, sizeof(r->problem), "lmpathd was ended by signal %d", ending->signal);
    else if (!r->has_end_event && (r->has_begun || ending->status != EXIT_TROUBLE))
        snprintf(r->problem, sizeof(r->problem), "lmpathd ended early, with status %d",
                 (int)ending->status);
    r->hooks.ended(r->hooks.context);
}

static int start(struct recorder *r, uv_loop_t *loop, const struct recording *o, struct error *err)
{
    struct client_hooks hooks = { .heard = heard, .ended = client_ended, .context = r };
    struct daemon_command command;
    int n = daemon_command_init(&command, o, err);

    if (n == 0 && o->events)
        n = event_log_new(&r->events, loop, &o->judging, o->events, err);
    if (n == 0)
        n = client_spawn(&r->client, loop, command.argv.words, &hooks, err);
    daemon_command_release(&command);
    return n;
}

int recorder_new(struct recorder **ret_recorder, uv_loop_t *loop, const struct recording *options,
                 const struct recorder_hooks *hooks, struct error *err)
{
    struct recorder *r = calloc(1, sizeof(*r));
    int n;

    if (!r)
        return error_memory(err);
    r->hooks = *hooks;
    r->snapshot_problem = options->snapshot_problem.text;
    n = start(r, loop, options, err);
    if (n < 0) {
        recorder_free(r);
        return n;
    }
    *ret_recorder = r;
    return 0;
}

struct recorder *recorder_free(struct recorder *r)
{
    if (!r)
        return NULL;
    clear_line(r);
    client_free(r->client);
    event_log_free(r->events);
    free(r->session);
    free(r);
    return NULL;
}

void recorder_show_line(struct recorder *r, FILE *terminal)
{
    r->line_out = terminal;
}

void recorder_tell(struct recorder *r, struct request *q)
{
    client_send(r->client, q, NULL);
}

void recorder_stop(struct recorder *r)
{
    if (r->has_ended)
        return;
    if (r->n_stops++ == 0 && r->has_begun)
        client_request(r->client, "stop", NULL, NULL);
    else if (r->n_stops <= 2)
        client_hang_up(r->client);
    else
        client_kill(r->client);
}

bool recorder_has_ended(const struct recorder *r)
{
    return r->has_ended;
}

const char *recorder_session(const struct recorder *r)
{
    return r->session;
}

int recorder_result(const struct recorder *r, struct error *err)
{
    if (!r->has_begun) {
        error_set(err, ERR_SYSTEM, "%s", r->problem);
        return ERR_SYSTEM;
    }
    if (*r->problem) {
        error_set(err, ERR_SYSTEM, "%s; what it recorded is in '%s'", r->problem, r->session);
        return 1;
    }
    if (r->events && event_log_has_failed(r->events)) {
        error_set(err, ERR_SYSTEM, "can't write the events; the session is '%s'", r->session);
        return 1;
    }
    if (!r->is_complete) {
        error_set(err, ERR_SYSTEM, "the session '%s' is not complete", r->session);
        return 1;
    }
    return 0;
}
