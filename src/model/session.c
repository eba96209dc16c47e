#include "src/model/session.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"
#include "src/base/auto.h"
#include "src/base/disk.h"
#include "src/base/text.h"
#include "src/base/units.h"

/* Held while recording: some minutes of counters and several session.json. */
enum { RESERVE_BYTES = 2 * 1024 * 1024, COPY_BYTES = 64 * 1024 };
#define RESERVE_FILE "reserve.tmp"

/* ---- text and lists ---- */

/* The one "" that stands for every text that was never set; it is not freed. */
static char no_text[1] = "";

static void free_text(char *text)
{
    if (text != no_text)
        free(text);
}

/* A copy that is not longer than a session's texts may be. */
static char *copy_text(const char *text, struct error *err)
{
    char *copy = text_format("%.*s", SESSION_MAX_TEXT_BYTES, text ? text : "");

    if (!copy)
        error_memory(err);
    return copy;
}

int session_set_text(char **text, const char *to, struct error *err)
{
    char *copy = copy_text(to, err);

    if (!copy)
        return ERR_MEMORY;
    free_text(*text);
    *text = copy;
    return 0;
}

void session_init(struct session *s)
{
    *s = (struct session){ .state = SESSION_RECORDING,
                           .host = no_text,
                           .os = no_text,
                           .program = no_text,
                           .libraries = no_text,
                           .stop_reason = no_text,
                           .start_ns = SESSION_NO_TIME,
                           .end_ns = SESSION_NO_TIME,
                           .interval_ns = SESSION_UNKNOWN,
                           .lm_port = 6600,
                           .smb_port = 445,
                           .expect = no_text,
                           .write_problem = no_text,
                           .write_problem_ns = SESSION_NO_TIME };
}

static void release_nic(struct session_nic *n)
{
    free_text(n->name);
    free_text(n->description);
    free_text(n->network);
    free_text(n->filter);
    free_text(n->problem);
    free(n->addresses);
}

static void release_command(struct session_command *c)
{
    for (size_t i = 0; i < c->n_words; i++)
        free(c->words[i]);
    free(c->words);
    free_text(c->problem);
}

void session_release(struct session *s)
{
    for (size_t i = 0; i < s->n_nics; i++)
        release_nic(&s->nics[i]);
    for (size_t i = 0; i < s->n_marks; i++)
        free(s->marks[i].text);
    for (size_t i = 0; i < s->n_commands; i++)
        release_command(&s->commands[i]);
    for (size_t i = 0; i < s->n_captures; i++)
        free(s->captures[i].name);
    for (size_t i = 0; i < s->n_warnings; i++)
        free(s->warnings[i]);
    free(s->nics);
    free(s->marks);
    free(s->commands);
    free(s->captures);
    for (size_t i = 0; i < s->n_networks; i++)
        free(s->networks[i]);
    free(s->warnings);
    free(s->networks);
    free_text(s->host);
    free_text(s->os);
    free_text(s->program);
    free_text(s->libraries);
    free_text(s->stop_reason);
    free_text(s->expect);
    free_text(s->write_problem);
    session_init(s);
}

int session_add_nic(struct session *s, const char *name, struct error *err)
{
    struct session_nic *n;
    char *copy;
    int r = array_reserve(&s->nics, &s->nics_capacity, s->n_nics + 1, sizeof(*s->nics),
                          SESSION_MAX_NICS, err);

    if (r < 0)
        return error_prefix(err, r, "interfaces of a session");
    copy = copy_text(name, err);
    if (!copy)
        return ERR_MEMORY;
    n = &s->nics[s->n_nics];
    *n = (struct session_nic){ .name = copy,
                               .description = no_text,
                               .network = no_text,
                               .filter = no_text,
                               .problem = no_text,
                               .snap_bytes = SESSION_UNKNOWN,
                               .speed_bits_per_s = SESSION_UNKNOWN,
                               .mtu_bytes = SESSION_UNKNOWN,
                               .received_packets = SESSION_UNKNOWN,
                               .stored_packets = SESSION_UNKNOWN,
                               .dropped_kernel = SESSION_UNKNOWN,
                               .dropped_nic = SESSION_UNKNOWN,
                               .dropped_ring = SESSION_UNKNOWN,
                               .unstored_packets = SESSION_UNKNOWN };
    return (int)s->n_nics++;
}

int session_add_address(struct session *s, int nic, const struct addr *a, unsigned family_bits,
                        struct error *err)
{
    struct session_nic *n = &s->nics[nic];
    struct session_address *grown;

    if (n->n_addresses == SESSION_MAX_ADDRESSES)
        return error_set(err, ERR_LIMIT, "more than %d addresses of '%s'", SESSION_MAX_ADDRESSES,
                         n->name);
    grown = realloc(n->addresses, (n->n_addresses + 1) * sizeof(*grown));
    if (!grown)
        return error_memory(err);
    n->addresses = grown;
    grown[n->n_addresses++] = (struct session_address){ *a, family_bits };
    return 0;
}

int session_add_mark(struct session *s, int64_t time_ns, const char *text, struct error *err)
{
    char *copy;
    int r = array_reserve(&s->marks, &s->marks_capacity, s->n_marks + 1, sizeof(*s->marks),
                          SESSION_MAX_MARKS, err);

    if (r < 0)
        return error_prefix(err, r, "marks of a session");
    copy = copy_text(text, err);
    if (!copy)
        return ERR_MEMORY;
    s->marks[s->n_marks] = (struct session_mark){ time_ns, copy };
    return (int)s->n_marks++;
}

int session_add_command(struct session *s, char *const *words, size_t n_words, struct error *err)
{
    struct session_command c = { .problem = no_text,
                                 .start_ns = SESSION_NO_TIME,
                                 .end_ns = SESSION_NO_TIME,
                                 .status = SESSION_NO_STATUS,
                                 .signal = SESSION_NO_STATUS };
    int r = array_reserve(&s->commands, &s->commands_capacity, s->n_commands + 1,
                          sizeof(*s->commands), SESSION_MAX_COMMANDS, err);

    if (r < 0)
        return error_prefix(err, r, "commands of a session");
    if (n_words > SESSION_MAX_WORDS)
        return error_set(err, ERR_LIMIT, "a command of more than %d words", SESSION_MAX_WORDS);
    c.words = calloc(n_words + 1, sizeof(*c.words));
    if (!c.words)
        return error_memory(err);
    for (; c.n_words < n_words; c.n_words++) {
        c.words[c.n_words] = copy_text(words[c.n_words], err);
        if (!c.words[c.n_words]) {
            release_command(&c);
            return ERR_MEMORY;
        }
    }
    s->commands[s->n_commands] = c;
    return (int)s->n_commands++;
}

int session_add_capture(struct session *s, const char *name, struct error *err)
{
    char *copy;
    int r = array_reserve(&s->captures, &s->captures_capacity, s->n_captures + 1,
                          sizeof(*s->captures), SESSION_MAX_FILES, err);

    if (r < 0)
        return error_prefix(err, r, "captures of a session");
    copy = copy_text(name, err);
    if (!copy)
        return ERR_MEMORY;
    s->captures[s->n_captures] = (struct session_capture){ .name = copy };
    return (int)s->n_captures++;
}

static int add_text(char ***texts, size_t *n, size_t *capacity, size_t most, const char *text,
                    const char *what, struct error *err)
{
    char *copy;
    int r = array_reserve(texts, capacity, *n + 1, sizeof(**texts), most, err);

    if (r < 0)
        return error_prefix(err, r, "%s of a session", what);
    copy = copy_text(text, err);
    if (!copy)
        return ERR_MEMORY;
    (*texts)[*n] = copy;
    return (int)(*n)++;
}

int session_add_warning(struct session *s, const char *text, struct error *err)
{
    return add_text(&s->warnings, &s->n_warnings, &s->warnings_capacity, SESSION_MAX_WARNINGS, text,
                    "warnings", err);
}

int session_add_network(struct session *s, const char *definition, struct error *err)
{
    return add_text(&s->networks, &s->n_networks, &s->networks_capacity, SESSION_MAX_NETWORKS,
                    definition, "networks", err);
}

/* ---- the folder ---- */

int session_folder_create(const char *folder, struct error *err)
{
    int r = disk_make_folder(folder);

    if (r == -EEXIST)
        return error_set(err, ERR_USAGE, "'%s': exists already; name a folder that does not",
                         folder);
    return r < 0 ? error_system(err, -r, "'%s': can't make the folder", folder) : 0;
}

/* "2026-11-21T22:59:08.1..." becomes "20261121-225908". Names of hosts keep letters and digits. */
void session_folder_name(char *to, size_t n_bytes, const char *host, int64_t time_ns)
{
    char time[UNITS_TEXT_BYTES], name[64];
    size_t n = 0;

    for (; *host && *host != '.' && n < sizeof(name) - 1; host++)
        name[n++] = isalnum((unsigned char)*host) ? (char)tolower((unsigned char)*host) : '-';
    name[n] = '\0';
    time_text(time, time_ns);
    snprintf(to, n_bytes, "%s-%.4s%.2s%.2s-%.2s%.2s%.2s", n ? name : "session", time, time + 5,
             time + 8, time + 11, time + 14, time + 17);
}

void session_capture_name(char *to, size_t n_bytes, unsigned number)
{
    if (number)
        snprintf(to, n_bytes, "capture_%05u.pcapng", number);
    else
        snprintf(to, n_bytes, "capture.pcapng");
}

int session_path(char to[SESSION_PATH_BYTES], const char *folder, const char *name,
                 struct error *err)
{
    size_t n = strlen(folder), n_name = strlen(name);

    while (n > 1 && folder[n - 1] == '/')
        n--;
    if (n + n_name + 2 > SESSION_PATH_BYTES)
        return error_set(err, ERR_LIMIT, "'%.40s...': the path is too long", folder);
    memcpy(to, folder, n);
    to[n] = '/';
    memcpy(to + n + 1, name, n_name + 1);
    return 0;
}

bool session_is_folder(const char *folder)
{
    char path[SESSION_PATH_BYTES];

    return session_path(path, folder, SESSION_FILE, NULL) == 0 && disk_has(path);
}

/* Zeros that are really written: a hole would hold no room. */
static int fill(int file, size_t n_bytes)
{
    static const char zeros[COPY_BYTES];
    size_t n_written;
    int r = 0;

    for (; n_bytes > 0 && r == 0; n_bytes -= sizeof(zeros))
        r = disk_write(file, zeros, sizeof(zeros), &n_written);
    return r;
}

int session_reserve(const char *folder, struct error *err)
{
    char path[SESSION_PATH_BYTES];
    int r = session_path(path, folder, RESERVE_FILE, err);
    int file;

    if (r < 0)
        return r;
    file = disk_create(path);
    if (file < 0)
        return error_system(err, -file, "'%s': can't be made", path);
    r = fill(file, RESERVE_BYTES);
    disk_close(file);
    if (r == 0)
        return 0;
    disk_remove(path);
    return error_system(err, -r, "'%s': can't be written", path);
}

void session_unreserve(const char *folder)
{
    char path[SESSION_PATH_BYTES];

    if (session_path(path, folder, RESERVE_FILE, NULL) == 0)
        disk_remove(path);
}

static int copy_bytes(int to, FILE *from, const char *from_name, struct error *err)
{
    AUTO_MEMORY char *bytes = malloc(COPY_BYTES);
    size_t n, n_written;
    int r = 0;

    if (!bytes)
        return error_memory(err);
    while (r == 0 && (n = fread(bytes, 1, COPY_BYTES, from)) > 0)
        r = disk_write(to, bytes, n, &n_written);
    if (r < 0)
        return error_system(err, -r, "'%s': can't be copied", from_name);
    return ferror(from) ? error_system(err, errno, "'%s': can't be read", from_name) : 0;
}

int session_keep_snapshot(const char *folder, const char *snapshot, struct error *err)
{
    char path[SESSION_PATH_BYTES];
    AUTO_FILE from = fopen(snapshot, "rb");
    int r = session_path(path, folder, SESSION_SNAPSHOT_FILE, err);
    int to;

    if (r < 0)
        return r;
    if (!from)
        return error_system(err, errno, "'%s': can't be opened", snapshot);
    to = disk_create(path);
    if (to < 0)
        return error_system(err, -to, "'%s': can't be made", path);
    r = copy_bytes(to, from, snapshot, err);
    disk_close(to);
    if (r < 0)
        disk_remove(path);
    return r;
}
