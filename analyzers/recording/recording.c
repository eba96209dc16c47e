#include "analyzers/recording/recording.h"

#include <stdio.h>

void recording_init(struct recording *o)
{
    *o = (struct recording){ 0 };
    judging_init(&o->judging);
}

void recording_release(struct recording *o)
{
    word_list_release(&o->daemon_options);
    collection_release(&o->collection);
    judging_release(&o->judging);
}

static int pass_on(void *options, const char *letter, const char *value, struct error *err)
{
    struct word_list *list = &((struct recording *)options)->daemon_options;
    int r = word_list_add(list, letter, err);

    return r < 0 ? r : word_list_add(list, value, err);
}

static int add_nic(void *options, const char *value, struct error *err)
{
    return pass_on(options, "-i", value, err);
}

static int list_nics(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct recording *)options)->is_list = true;
    return 0;
}

static int set_snap(void *options, const char *value, struct error *err)
{
    return pass_on(options, "-s", value, err);
}

static int set_buffer(void *options, const char *value, struct error *err)
{
    return pass_on(options, "-B", value, err);
}

static int set_interval(void *options, const char *value, struct error *err)
{
    return pass_on(options, "--interval", value, err);
}

static int add_stop(void *options, const char *value, struct error *err)
{
    return pass_on(options, "-a", value, err);
}

static int add_ring(void *options, const char *value, struct error *err)
{
    return pass_on(options, "-b", value, err);
}

static int set_folder(void *options, const char *value, struct error *err)
{
    struct recording *o = options;

    if (o->folder)
        return error_set(err, ERR_USAGE, "given twice, a recording makes one session");
    o->folder = value;
    return pass_on(options, "-w", value, err);
}

static int want_snapshot(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct recording *)options)->wants_snapshot = true;
    return 0;
}

static int set_events(void *options, const char *value, struct error *err)
{
    struct recording *o = options;

    if (o->events)
        return error_set(err, ERR_USAGE, "given twice, the events go to one file");
    o->events = value;
    return 0;
}

const struct option_row recording_capture_rows[] = {
    { 'i', "interface", "NIC",
      "capture on this one; repeatable (default: every NIC with an address of a known network, or "
      "with any address when no network is known)",
      add_nic },
    { 'D', "list-interfaces", NULL, "list the NICs instead, as 'lmpath interfaces' does",
      list_nics },
    { 's', "snapshot-length", "BYTES",
      "keep at most this much of a packet; its end is cut off in any case, behind the protocol "
      "headers",
      set_snap },
    { 'B', "buffer-size", "MIB", "the system's capture buffer of each NIC", set_buffer },
    { 0, "interval", "MS", "how often the counters are read (default 250)", set_interval },
    { 0 },
};

const struct option_row recording_session_rows[] = {
    { 'w', "session", "DIR",
      "the folder to write, which must not exist (default: one named by host and time)",
      set_folder },
    { 0, "snapshot", NULL,
      "collect a fresh snapshot first, as 'lmpath snapshot' does, and keep it in the session; "
      "without it the recording goes on",
      want_snapshot },
    { 'a', "autostop", "duration:S|filesize:KB", "stop by itself; repeatable", add_stop },
    { 'b', "ring-buffer", "filesize:KB|files:N",
      "several files instead of one, of which the newest are kept; repeatable", add_ring },
    { 0, "events", "FILE", "write what happens there, one JSON object a line; - is standard output",
      set_events },
    { 0 },
};

int recording_take_snapshot(struct recording *o, struct error *err)
{
    char *const every_node[] = { NULL };

    if (!o->wants_snapshot)
        return 0;
    if (o->judging.analysis.snapshot)
        return error_set(err, ERR_USAGE, "give one of -t and --snapshot: there is one snapshot");
    if (collection_make(&o->collection, every_node, true, &o->snapshot_problem) == 0) {
        o->judging.analysis.snapshot = o->collection.snapshot;
        return 0;
    }
    fprintf(stderr, "lmpath: warning: no snapshot: %s\n", o->snapshot_problem.text);
    return 0;
}

static int add_words(struct word_list *argv, const char *const *words, size_t n, struct error *err)
{
    int r = 0;

    for (size_t i = 0; i < n && !r; i++)
        r = word_list_add(argv, words[i], err);
    return r;
}

int daemon_command_init(struct daemon_command *c, const struct recording *o, struct error *err)
{
    const struct analysis_options *a = &o->judging.analysis;
    const char *const begin[] = { c->program, "--stdio" };
    const char *const topology[] = { "-t", a->snapshot };
    const char *const expect[] = { "-e", a->expect };
    const char *const end[] = { "--lm-port", c->ports[0], "--smb-port", c->ports[1] };
    int r;

    *c = (struct daemon_command){ 0 };
    snprintf(c->ports[0], sizeof(c->ports[0]), "%u", a->lm_port);
    snprintf(c->ports[1], sizeof(c->ports[1]), "%u", a->smb_port);
    r = program_find_daemon(c->program, err);
    if (!r)
        r = add_words(&c->argv, begin, 2, err);
    if (!r)
        r = add_words(&c->argv, (const char *const *)o->daemon_options.words, o->daemon_options.n,
                      err);
    for (size_t i = 0; i < o->judging.networks.n && !r; i++) {
        const char *const network[] = { "-n", o->judging.networks.words[i] };

        r = add_words(&c->argv, network, 2, err);
    }
    if (!r && a->snapshot)
        r = add_words(&c->argv, topology, 2, err);
    if (!r && a->expect)
        r = add_words(&c->argv, expect, 2, err);
    return r ? r : add_words(&c->argv, end, 4, err);
}

void daemon_command_release(struct daemon_command *c)
{
    word_list_release(&c->argv);
}
