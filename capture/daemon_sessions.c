/* A daemon's sessions: how they begin, and how they end. */
#include <stdlib.h>

#include "capture/clock.h"
#include "capture/daemon_state.h"
#include "src/base/text.h"
#include "src/base/units.h"

static int begin_session(struct daemon *d, const char *folder, int64_t start_ns,
                         const uint64_t (*first_values)[N_COUNTERS], struct error *err)
{
    const struct recorder_options options = {
        .folder = folder,
        .snapshot = d->options->snapshot,
        .networks = d->options->networks,
        .n_networks = d->options->n_networks,
        .expect = d->options->expect,
        .version = d->version,
        .host = d->host,
        .os = d->os,
        .interval_ns = d->options->interval_ms * 1000000,
        .snap_bytes = d->options->sources.snap_bytes,
        .ports = d->options->sources.ports,
        .limits = d->options->limits,
        .start_ns = start_ns,
        .first_values = first_values,
    };

    return recorder_new(&d->recorder, &d->loop, &options, &d->sources, err);
}

int daemon_begin_only_session(struct daemon *d, struct error *err)
{
    char name[DAEMON_NAME_BYTES + 64];
    int64_t now_ns = clock_wall_ns();

    session_folder_name(name, sizeof(name), d->host, now_ns);
    return begin_session(d, d->options->folder ? d->options->folder : name, now_ns,
                         (const uint64_t(*)[N_COUNTERS])d->sources.values, err);
}

static void replay_packet(void *context, size_t source, const struct tap_packet *packet)
{
    struct daemon *d = context;

    recorder_packet(d->recorder, source, packet);
}

static void replay_sample(void *context, int64_t time_ns, int64_t monotonic_ns,
                          const uint64_t (*values)[N_COUNTERS])
{
    struct daemon *d = context;

    recorder_sample(d->recorder, time_ns, monotonic_ns, values, NULL, 0);
}

int daemon_begin_session(struct daemon *d, const char *name, struct error *err)
{
    const struct history_reader reader = { replay_packet, replay_sample, d };
    int64_t now_ns = clock_wall_ns();
    const uint64_t(*first_values)[N_COUNTERS] = history_first_values(d->history);
    char *path = library_name(d->library, d->host, now_ns, name);
    int r;

    if (!path)
        return error_memory(err);
    r = begin_session(
        d, path, history_start_ns(d->history, now_ns),
        first_values ? first_values : (const uint64_t(*)[N_COUNTERS])d->sources.values, err);
    free(path);
    if (r < 0)
        return r;
    d->is_by_hand = name != NULL;
    history_replay(d->history, &reader);
    library_add(d->library, recorder_folder(d->recorder));
    control_tell(d->control, event_start(d->events, now_ns, &d->facts, recorder_folder(d->recorder),
                                         &d->sources));
    return 0;
}

struct ended {
    struct daemon *daemon;
    char *session;
    char *facts; /* of the migrations in it; NULL: none */
    const char *reason;
    uint64_t packets, bytes;
};

static void say_end(struct daemon *d, const struct ended *ended, bool is_complete)
{
    char packets[UNITS_TEXT_BYTES], bytes[UNITS_TEXT_BYTES];
    char *line =
        text_format("'%s': %s%s%s packets, %s%s", ended->session, ended->facts ? ended->facts : "",
                    ended->facts ? "; " : "", count_text(packets, ended->packets),
                    bytes_text(bytes, ended->bytes), is_complete ? "" : "; not complete");

    if (line)
        daemon_say(d, line);
    free(line);
}

static void session_done(void *context, bool is_complete)
{
    struct ended *ended = context;
    struct daemon *d = ended->daemon;

    d->is_incomplete |= !is_complete;
    say_end(d, ended, is_complete);
    control_tell(d->control, event_end(d->events, clock_wall_ns(), ended->session, ended->reason,
                                       is_complete, ended->packets, ended->bytes));
    if (d->owes_stop) {
        struct client *client = control_client(d->control, d->stop_client);

        d->owes_stop = false;
        if (client)
            client_say(client, reply_stop(d->events, d->stop_id, ended->session, is_complete));
    }
    if (daemon_is_service(d)) {
        library_add(d->library, ended->session);
        library_prune(d->library, d->recorder ? recorder_folder(d->recorder) : NULL);
    }
    if (d->hook)
        hook_run(d->hook, ended->session);
    free(ended->session);
    free(ended->facts);
    free(ended);
    d->n_finishing--;
    if (d->is_ending && !d->recorder && d->n_finishing == 0)
        daemon_close(d);
}

void daemon_end_session(struct daemon *d, const char *reason)
{
    struct ended *ended = calloc(1, sizeof(*ended));
    struct recorder *recorder = d->recorder;

    d->recorder = NULL;
    if (!ended) {
        daemon_close(d); /* no memory: the files are whole up to the last flush */
        return;
    }
    *ended = (struct ended){ .daemon = d,
                             .session = text_copy(recorder_folder(recorder)),
                             .facts = d->migrations ? migrations_text(d->migrations) : NULL,
                             .reason = reason,
                             .packets = recorder_packets(recorder),
                             .bytes = recorder_file_bytes(recorder) };
    d->ended_ns = clock_wall_ns();
    if (d->migrations)
        migrations_forget(d->migrations);
    d->n_finishing++;
    recorder_finish(recorder, reason, session_done, ended);
}
