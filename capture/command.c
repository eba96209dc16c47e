#include "capture/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "capture/daemon.h"
#include "src/base/array.h"
#include "src/base/units.h"
#include "src/cli/exit_codes.h"

enum {
    WORDS_MAX = 1024, /* NICs, or networks, of one command line */
    SNAP_BYTES = 256, /* headers with all their options, and an SMB request's fixed part */
    BUFFER_MIB = 16,
    SERVICE_BUFFER_MIB = 4,
    INTERVAL_MS = 250,
    KEEP_BYTES = 1024 * 1024 * 1024,
    BEFORE_S = 10,
    KILOBYTE = 1000, /* as dumpcap counts */
};

#ifdef _WIN32
#define SESSIONS_FOLDER "C:\\ProgramData\\lmpathd"
#define SERVICE_SOCKET "\\\\.\\pipe\\lmpathd"
#else
#define SESSIONS_FOLDER "/var/lib/lmpathd"
#define SERVICE_SOCKET "/run/lmpathd/control"
#endif

struct words {
    char **rows;
    size_t n_rows, capacity;
};

struct lmpathd_options {
    struct daemon_options daemon;
    struct words nics, networks;
    bool is_list;
    bool is_stdio;
    bool is_service;
    bool has_file_limit; /* -a files: or -b something: needs -b filesize: or -b duration: */
};

static int add_word(struct words *words, const char *word, struct error *err)
{
    int r = array_reserve(&words->rows, &words->capacity, words->n_rows + 1, sizeof(*words->rows),
                          WORDS_MAX, err);

    if (r < 0)
        return r;
    words->rows[words->n_rows++] = (char *)word;
    return 0;
}

static int parse_number(uint64_t *ret_number, const char *text, uint64_t least, uint64_t most,
                        struct error *err)
{
    unsigned long long number;
    char *end;

    errno = 0;
    number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || number < least || number > most)
        return error_set(err, ERR_USAGE, "'%s' is no whole number from %llu to %llu", text,
                         (unsigned long long)least, (unsigned long long)most);
    *ret_number = number;
    return 0;
}

static int add_nic(void *options, const char *value, struct error *err)
{
    return add_word(&((struct lmpathd_options *)options)->nics, value, err);
}

static int add_network(void *options, const char *value, struct error *err)
{
    return add_word(&((struct lmpathd_options *)options)->networks, value, err);
}

static int set_topology(void *options, const char *value, struct error *err)
{
    struct lmpathd_options *o = options;

    if (o->daemon.snapshot)
        return error_set(err, ERR_USAGE, "given twice, one snapshot describes one cluster");
    o->daemon.snapshot = value;
    return 0;
}

static int set_expect(void *options, const char *value, struct error *err)
{
    struct lmpathd_options *o = options;

    if (o->daemon.expect)
        return error_set(err, ERR_USAGE, "given twice, write several networks as one list: %s,%s",
                         o->daemon.expect, value);
    o->daemon.expect = value;
    return 0;
}

static int set_list(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct lmpathd_options *)options)->is_list = true;
    return 0;
}

static int set_folder(void *options, const char *value, struct error *err)
{
    if (!*value)
        return error_set(err, ERR_USAGE, "a folder's name is missing");
    ((struct lmpathd_options *)options)->daemon.folder = value;
    return 0;
}

static int set_snap(void *options, const char *value, struct error *err)
{
    uint64_t n = 0;
    int r = parse_number(&n, value, 64, TAP_SNAP_MAX, err);

    if (r == 0)
        ((struct lmpathd_options *)options)->daemon.sources.snap_bytes = (uint32_t)n;
    return r;
}

static int set_buffer(void *options, const char *value, struct error *err)
{
    uint64_t n = 0;
    int r = parse_number(&n, value, 1, 2047, err);

    if (r == 0)
        ((struct lmpathd_options *)options)->daemon.sources.buffer_bytes = n * 1024 * 1024;
    return r;
}

static int set_interval(void *options, const char *value, struct error *err)
{
    return parse_number(&((struct lmpathd_options *)options)->daemon.interval_ms, value, 10, 60000,
                        err);
}

static int set_port(uint16_t *port, const char *value, struct error *err)
{
    uint64_t n = 0;
    int r = parse_number(&n, value, 1, UINT16_MAX, err);

    if (r == 0)
        *port = (uint16_t)n;
    return r;
}

static int set_lm_port(void *options, const char *value, struct error *err)
{
    return set_port(&((struct lmpathd_options *)options)->daemon.sources.ports.lm, value, err);
}

static int set_smb_port(void *options, const char *value, struct error *err)
{
    return set_port(&((struct lmpathd_options *)options)->daemon.sources.ports.smb, value, err);
}

/* A condition is "NAME:NUMBER", as dumpcap writes them. */
struct condition {
    const char *name;
    uint64_t most;
    void (*set)(struct lmpathd_options *o, uint64_t n);
};

static int parse_condition(struct lmpathd_options *o, const struct condition *rows,
                           const char *value, struct error *err)
{
    const char *colon = strchr(value, ':');
    uint64_t n = 0;

    for (; colon && rows->name; rows++) {
        int r;

        if (strlen(rows->name) != (size_t)(colon - value) ||
            strncmp(rows->name, value, (size_t)(colon - value)) != 0)
            continue;
        r = parse_number(&n, colon + 1, 1, rows->most, err);
        if (r == 0)
            rows->set(o, n);
        return r;
    }
    return error_set(err, ERR_USAGE, "'%s' is no condition known here, see --help", value);
}

static void stop_after_seconds(struct lmpathd_options *o, uint64_t n)
{
    o->daemon.limits.duration_ns = (int64_t)n * INT64_C(1000000000);
}

static void stop_after_kilobytes(struct lmpathd_options *o, uint64_t n)
{
    o->daemon.limits.stop_bytes = n * KILOBYTE;
}

static void next_after_seconds(struct lmpathd_options *o, uint64_t n)
{
    o->daemon.limits.ring_duration_ns = (int64_t)n * INT64_C(1000000000);
}

static void next_after_kilobytes(struct lmpathd_options *o, uint64_t n)
{
    o->daemon.limits.ring_bytes = n * KILOBYTE;
}

static void keep_files(struct lmpathd_options *o, uint64_t n)
{
    o->daemon.limits.ring_files = (unsigned)n;
    o->has_file_limit = true;
}

static int set_stop(void *options, const char *value, struct error *err)
{
    static const struct condition rows[] = {
        { "duration", UINT32_MAX, stop_after_seconds },
        { "filesize", UINT32_MAX, stop_after_kilobytes },
        { 0 },
    };

    return parse_condition(options, rows, value, err);
}

static int set_ring(void *options, const char *value, struct error *err)
{
    static const struct condition rows[] = {
        { "duration", UINT32_MAX, next_after_seconds },
        { "filesize", UINT32_MAX, next_after_kilobytes },
        { "files", 65535, keep_files },
        { 0 },
    };

    return parse_condition(options, rows, value, err);
}

static int set_stdio(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct lmpathd_options *)options)->is_stdio = true;
    return 0;
}

static int set_control(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct lmpathd_options *)options)->daemon.socket = value;
    return 0;
}

static int set_service(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct lmpathd_options *)options)->is_service = true;
    return 0;
}

static int set_keep(void *options, const char *value, struct error *err)
{
    return bytes_parse(&((struct lmpathd_options *)options)->daemon.service.keep_bytes, value, err);
}

static int set_before(void *options, const char *value, struct error *err)
{
    uint64_t n = 0;
    int r = parse_number(&n, value, 0, 60, err);

    if (r == 0)
        ((struct lmpathd_options *)options)->daemon.service.before_ns =
            (int64_t)n * INT64_C(1000000000);
    return r;
}

static int set_on_session(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct lmpathd_options *)options)->daemon.service.on_session = value;
    return 0;
}

static int show_version(void *options, const char *value, struct error *err)
{
    (void)options;
    (void)value;
    (void)err;
    puts("lmpathd " LMPATH_VERSION);
    return 1;
}

static const struct option_row capture_rows[] = {
    { 'i', "interface", "NIC",
      "capture this NIC; repeatable. Without it: those that have an address of a known network, or "
      "where no network is known, all that are up and have an address",
      add_nic },
    { 'D', "list-interfaces", NULL,
      "list the NICs with their addresses and networks, and why one can't be captured", set_list },
    { 's', "snapshot-length", "BYTES",
      "look at and store no more than this of a packet (default 256). What is stored ends with "
      "the protocol headers in any case",
      set_snap },
    { 'B', "buffer-size", "MIB", "the kernel's buffer for each NIC (default 16, resident 4)",
      set_buffer },
    { 0, "interval", "MS", "between two readings of the counters (default 250)", set_interval },
    { 0, "lm-port", "N", "TCP port of live migration, for labs (default 6600)", set_lm_port },
    { 0, "smb-port", "N", "TCP port of SMB, for labs (default 445)", set_smb_port },
    { 0 },
};

static const struct option_row network_rows[] = {
    { 'n', "network", "NAME=PREFIX[,PREFIX]...", "a known network; repeatable", add_network },
    { 't', "topology", "SNAPSHOT",
      "the cluster's configuration; a copy of it is kept in the session", set_topology },
    { 'e', "expect", "NAME|PREFIX[,...]",
      "where the memory should go: noted in the session, for 'lmpath analyze'", set_expect },
    { 0 },
};

static const struct option_row session_rows[] = {
    { 'w', "session", "DIR",
      "the session's folder, which must not exist (default: named by host and time)", set_folder },
    { 'a', "autostop", "CONDITION",
      "stop after duration:SECONDS or filesize:KILOBYTES (1000 bytes each)", set_stop },
    { 'b', "ring-buffer", "CONDITION",
      "begin a new file after filesize:KILOBYTES or duration:SECONDS; keep the last files:N only",
      set_ring },
    { 0 },
};

static const struct option_row service_rows[] = {
    { 0, "service", NULL,
      "stay, and make a session of every migration that is seen, with what came before it; -w is "
      "the folder of them all (default " SESSIONS_FOLDER "), the other conditions hold for each",
      set_service },
    { 0, "keep", "SIZE",
      "of all sessions together; the oldest go first, never one in progress (default 1GiB)",
      set_keep },
    { 0, "before", "SECONDS", "that are remembered of what came before (default 10)", set_before },
    { 0, "on-session", "COMMAND",
      "run by the shell for each session that ended, with its path as last argument and in "
      "LMPATH_SESSION",
      set_on_session },
    { 0 },
};

static const struct option_row talk_rows[] = {
    { 0, "stdio", NULL,
      "be the child of a program: orders from standard input, replies and events to standard "
      "output, as docs/control.md describes",
      set_stdio },
    { 0, "control", "PATH", "listen for orders on this local socket", set_control },
    { 0, "version", NULL, "show the version", show_version },
    { 0 },
};

static const struct option_group groups[] = {
    { "Capturing", capture_rows },    { "Networks", network_rows },
    { "The session", session_rows },  { "Staying", service_rows },
    { "Being talked to", talk_rows }, { NULL, NULL }
};

static int complete_options(struct lmpathd_options *o, struct error *err)
{
    struct daemon_options *d = &o->daemon;

    if (d->limits.ring_files && !d->limits.ring_bytes && !d->limits.ring_duration_ns)
        return error_set(err, ERR_USAGE,
                         "-b files: needs -b filesize: or -b duration:, which end a file");
    if (o->is_stdio && o->is_service)
        return error_set(err, ERR_USAGE, "--stdio and --service exclude each other");
    d->service.folder = d->folder ? d->folder : SESSIONS_FOLDER;
    d->mode = o->is_stdio ? DAEMON_CHILD : o->is_service ? DAEMON_SERVICE : DAEMON_FOREGROUND;
    if (o->is_service && !d->socket)
        d->socket = SERVICE_SOCKET;
    d->sources.names = o->nics.rows;
    d->sources.n_names = o->nics.n_rows;
    d->networks = o->networks.rows;
    d->n_networks = o->networks.n_rows;
    if (!d->sources.buffer_bytes)
        d->sources.buffer_bytes =
            (uint64_t)(o->is_service ? SERVICE_BUFFER_MIB : BUFFER_MIB) * 1024 * 1024;
    if (o->is_service && (!d->limits.stop_bytes || d->limits.stop_bytes > d->service.keep_bytes))
        d->limits.stop_bytes = d->service.keep_bytes; /* one session is not to push out itself */
    return 0;
}

static int fail(const struct error *err)
{
    fprintf(stderr, "lmpathd: %s\n", err->text);
    return EXIT_TROUBLE;
}

static int run_parsed(struct lmpathd_options *o, struct error *err)
{
    int r = complete_options(o, err);

    if (r == 0)
        r = o->is_list ? daemon_list(&o->daemon, stdout, o->is_stdio, err)
                       : daemon_run(&o->daemon, err);
    if (r < 0)
        return fail(err);
    return r == 0 ? EXIT_AS_IT_SHOULD : EXIT_TROUBLE;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct lmpathd_options o = {
        .daemon = { .sources = { .snap_bytes = SNAP_BYTES, .ports = { 6600, 445 } },
                    .interval_ms = INTERVAL_MS,
                    .service = { .keep_bytes = KEEP_BYTES,
                                 .before_ns = BEFORE_S * INT64_C(1000000000) },
                    .version = LMPATH_VERSION },
    };
    struct error err;
    int operands = 0, r;

    r = options_parse(command, argc, argv, &o, &operands, &err);
    if (r == 0 && operands < argc)
        r = error_set(&err, ERR_USAGE, "'%s': lmpathd takes options only", argv[operands]);
    r = r < 0 ? fail(&err) : r > 0 ? EXIT_AS_IT_SHOULD : run_parsed(&o, &err);
    free(o.nics.rows);
    free(o.networks.rows);
    return r;
}

const struct command command_lmpathd = {
    .name = "lmpathd",
    .summary = "record what a live migration does on this host's networks",
    .text =
        "Captures the headers of migration, SMB and cluster traffic on every NIC that matters, "
        "reads the NICs' counters, and writes a session, a folder that 'lmpath analyze' takes. "
        "It is the part of lmpath that needs rights (on Linux CAP_NET_RAW), and gives them up "
        "as soon as the NICs are open. 'lmpath record' and 'lmpath run' start it.\n\n"
        "What is stored of a packet ends with its protocol headers: no memory, file contents or "
        "credentials.",
    .groups = groups,
    .exit_codes = "0\n    the session is complete\n"
                  "2\n    it could not begin, or not be stored to its end\n",
    .examples = "lmpathd -D\n    the NICs, and whether they can be captured\n"
                "lmpathd -i stor1 -i mgmt0 -w session\n    two NICs, until Ctrl-C\n"
                "lmpathd -n Storage1=10.20.0.0/24 -w session -a duration:60\n"
                "    the NICs of a network, for a minute\n"
                "lmpathd --service -t snapshot.json --on-session 'lmpath analyze -q'\n"
                "    every migration from now on, and a verdict for each in the log\n",
    .run = run,
};
