#include "src/cli/outputs.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/auto.h"
#include "src/cli/platform.h"

/* The temporary file being written, for the signal handler. */
static char *volatile unfinished;

static int add_row(struct outputs *o, const char *format, const char *path, struct error *err)
{
    if (o->n_rows == OUTPUTS_MAX)
        return error_set(err, ERR_USAGE, "more than %d outputs", OUTPUTS_MAX);
    o->rows[o->n_rows++] = (struct output){ format, path };
    return 0;
}

int outputs_add_format(struct outputs *o, const char *format, struct error *err)
{
    o->has_open_format = true;
    return add_row(o, format, NULL, err);
}

/* Linux gives it names, too: links, which must not be replaced by a result. */
static bool is_standard_output(const char *path)
{
    static const char *const names[] = { "-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strcmp(path, names[i]) == 0)
            return true;
    return false;
}

int outputs_add_path(struct outputs *o, const char *path, struct error *err)
{
    bool completes = o->has_open_format;

    if (!*path)
        return error_set(err, ERR_USAGE, "the file name is empty");
    if (is_standard_output(path))
        path = NULL;
    o->has_open_format = false;
    if (!completes)
        return add_row(o, NULL, path, err);
    o->rows[o->n_rows - 1].path = path;
    return 0;
}

static int check_distinct(const struct output *a, const struct output *b, struct error *err)
{
    if (!a->path && !b->path)
        return error_set(err, ERR_USAGE,
                         "two results would go to standard output, give one a file: -f %s -o FILE",
                         b->format ? b->format : "FORMAT");
    if (a->path && b->path && strcmp(a->path, b->path) == 0)
        return error_set(err, ERR_USAGE, "two results would go to '%s'", a->path);
    return 0;
}

static char *temporary_name(const char *path)
{
    size_t n_bytes = strlen(path) + 32;
    char *name = malloc(n_bytes);

    if (name)
        snprintf(name, n_bytes, "%s.%ld.tmp", path, platform_process_id());
    return name;
}

static FILE *open_new(const char *path, const char *name, struct error *err)
{
    FILE *file = fopen(name, "wbx");

    if (!file)
        error_system(err, errno, "can't write '%s'", path);
    return file;
}

/* A trial beats an access check, which knows nothing of read-only mounts. */
static int check_writable(const char *path, struct error *err)
{
    AUTO_MEMORY char *target = NULL, *name = NULL;
    FILE *file;

    if (platform_is_special(path))
        return 0;
    target = platform_follow(path);
    name = target ? temporary_name(target) : NULL;
    if (!name)
        return error_memory(err);
    file = open_new(path, name, err);
    if (!file)
        return ERR_SYSTEM;
    fclose(file);
    remove(name);
    file = fopen(path, "r+b");
    if (!file && errno != ENOENT)
        return error_system(err, errno, "can't write '%s'", path);
    if (file)
        fclose(file);
    return 0;
}

int outputs_check(struct outputs *o, struct error *err)
{
    int r = 0;

    if (o->n_rows == 0)
        r = add_row(o, NULL, NULL, err);
    for (size_t i = 0; r == 0 && i < o->n_rows; i++) {
        for (size_t j = 0; r == 0 && j < i; j++)
            r = check_distinct(&o->rows[j], &o->rows[i], err);
        if (r == 0 && o->rows[i].path)
            r = check_writable(o->rows[i].path, err);
    }
    return r;
}

int outputs_spare(const struct outputs *o, const char *input, struct error *err)
{
    for (size_t i = 0; input && strcmp(input, "-") != 0 && i < o->n_rows; i++) {
        const char *path = o->rows[i].path;

        if (path && !platform_is_special(path) && platform_is_same_file(path, input))
            return error_set(err, ERR_USAGE, "'%s' is an input, write to another file", path);
    }
    return 0;
}

static void remove_unfinished(int number)
{
    if (unfinished)
        remove(unfinished);
    signal(number, SIG_DFL);
    raise(number);
}

/* Signals that the caller ignores (nohup) stay ignored. */
static void guard(int number)
{
    if (signal(number, remove_unfinished) == SIG_IGN)
        signal(number, SIG_IGN);
}

/* Closes @file unless it is stdout, which has no path. */
static int finish(FILE *file, const char *path, struct error *err)
{
    bool failed = fflush(file) != 0 || ferror(file);
    int number = errno;

    if (file != stdout && fclose(file) != 0 && !failed) {
        failed = true;
        number = errno;
    }
    if (!failed)
        return 0;
    return path ? error_system(err, number, "can't write '%s'", path)
                : error_system(err, number, "can't write to standard output");
}

static int write_plain(const char *path, output_writer *write, const void *context,
                       struct error *err)
{
    FILE *file = path ? fopen(path, "wb") : stdout;
    int r, closed;

    if (!file)
        return error_system(err, errno, "can't write '%s'", path);
    r = write(context, file, err);
    closed = finish(file, path, r < 0 ? NULL : err);
    return r < 0 ? r : closed;
}

static int write_replacing(const char *path, output_writer *write, const void *context,
                           struct error *err)
{
    AUTO_MEMORY char *name = temporary_name(path);
    FILE *file;
    int r, closed;

    if (!name)
        return error_memory(err);
    file = open_new(path, name, err);
    if (!file)
        return ERR_SYSTEM;
    unfinished = name;
    guard(SIGINT);
    guard(SIGTERM);
    r = write(context, file, err);
    closed = finish(file, path, r < 0 ? NULL : err);
    if (r == 0)
        r = closed;
    if (r == 0 && platform_replace(name, path) < 0)
        r = error_system(err, errno, "can't write '%s'", path);
    if (r < 0)
        remove(name);
    unfinished = NULL;
    return r;
}

int output_write(const struct output *o, output_writer *write, const void *context,
                 struct error *err)
{
    AUTO_MEMORY char *target = NULL;

    if (!o->path || platform_is_special(o->path))
        return write_plain(o->path, write, context, err);
    target = platform_follow(o->path);
    if (!target)
        return error_memory(err);
    return write_replacing(target, write, context, err);
}
