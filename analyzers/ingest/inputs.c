#include "analyzers/ingest/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "src/base/array.h"
#include "src/base/auto.h"
#include "src/base/text.h"

void input_list_init(struct input_list *list)
{
    *list = (struct input_list){ 0 };
}

void input_list_release(struct input_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->paths[i]);
    free(list->paths);
    free(list->is_found);
    free(list->ids);
    input_list_init(list);
}

static bool has_ending(const char *name, const char *const *endings)
{
    size_t n = strlen(name);

    for (; *endings; endings++) {
        size_t n_ending = strlen(*endings);

        if (n > n_ending && strcasecmp(name + n - n_ending, *endings) == 0)
            return true;
    }
    return false;
}

/* In a folder only names that say "capture" count; a file named outright is read whatever its name.
 */
static bool is_capture_name(const char *name)
{
    static const char *const plain[] = { ".pcap", ".pcapng", ".cap", ".ntar", ".dmp", NULL };
    static const char *const packed[] = { ".gz", ".zst", ".lz4", NULL };
    char *stem;
    bool is_capture;

    if (name[0] == '.')
        return false;
    if (!has_ending(name, packed))
        return has_ending(name, plain) || strstr(name, ".pcap");
    stem = text_copy(name);
    if (!stem)
        return false;
    *strrchr(stem, '.') = '\0';
    is_capture = has_ending(stem, plain);
    free(stem);
    return is_capture;
}

static struct input_id identify(const char *path)
{
    struct stat st;

    if (strcmp(path, "-") == 0 || stat(path, &st) < 0)
        return (struct input_id){ 0 };
    return (struct input_id){ (uint64_t)st.st_dev, (uint64_t)st.st_ino };
}

static bool is_same_file(struct input_id a, struct input_id b)
{
    return a.number && a.number == b.number && a.device == b.device;
}

bool input_is_same(const char *a, const char *b)
{
    return strcmp(a, b) == 0 || is_same_file(identify(a), identify(b));
}

static bool is_listed_before(const struct input_list *list, size_t n_before, size_t i)
{
    for (size_t j = 0; j < n_before; j++)
        if (strcmp(list->paths[j], list->paths[i]) == 0 || is_same_file(list->ids[j], list->ids[i]))
            return true;
    return false;
}

/* Takes out, of the inputs from @n_before on, each that stands before it. */
static void drop_repeated(struct input_list *list, size_t n_before)
{
    size_t n = n_before;

    for (size_t i = n_before; i < list->n; i++) {
        if (is_listed_before(list, n, i)) {
            free(list->paths[i]);
            continue;
        }
        list->paths[n] = list->paths[i];
        list->is_found[n] = list->is_found[i];
        list->ids[n++] = list->ids[i];
    }
    list->n = n;
}

/* Takes over @path, also on failure. */
static int append(struct input_list *list, char *path, bool is_found, struct error *err)
{
    int r = path ? 0 : error_memory(err);

    if (!r)
        r = array_reserve(&list->paths, &list->paths_capacity, list->n + 1, sizeof(*list->paths),
                          MAX_INPUTS, err);
    if (!r)
        r = array_reserve(&list->is_found, &list->found_capacity, list->n + 1,
                          sizeof(*list->is_found), MAX_INPUTS, err);
    if (!r)
        r = array_reserve(&list->ids, &list->ids_capacity, list->n + 1, sizeof(*list->ids),
                          MAX_INPUTS, err);
    if (r < 0) {
        free(path);
        return error_prefix(err, r, "inputs");
    }
    list->paths[list->n] = path;
    list->is_found[list->n++] = is_found;
    return 0;
}

static int name_order(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

int input_list_add_found(struct input_list *list, const char *path, struct error *err)
{
    size_t n_before = list->n, n_path = strlen(path);
    DIR *folder = opendir(path);
    struct dirent *entry;
    int r = 0;

    if (!folder)
        return error_system(err, errno, "'%s': can't open the folder", path);
    while (n_path > 1 && path[n_path - 1] == '/')
        n_path--;
    while (!r && (entry = readdir(folder)))
        if (is_capture_name(entry->d_name))
            r = append(list, text_format("%.*s/%s", (int)n_path, path, entry->d_name), true, err);
    closedir(folder);
    if (r < 0)
        return r;
    if (list->n > n_before)
        qsort(list->paths + n_before, list->n - n_before, sizeof(*list->paths), name_order);
    for (size_t i = n_before; i < list->n; i++)
        list->ids[i] = identify(list->paths[i]);
    return 0;
}

static int add_folder(struct input_list *list, const char *path, struct error *err)
{
    size_t n_before = list->n;
    int r = input_list_add_found(list, path, err);

    if (r < 0)
        return r;
    if (list->n == n_before)
        return error_set(err, ERR_INPUT,
                         "'%s': no captures in this folder (looked for *.pcap, *.pcapng, *.cap, "
                         "plain or with .gz, .zst, .lz4); name the files themselves",
                         path);
    drop_repeated(list, n_before);
    return 0;
}

/* Windows finds no folder whose name ends in a slash, but for a drive's root ("C:/"). */
static char *without_slashes(const char *path)
{
    char *bare = text_copy(path);
    size_t n = bare ? strlen(bare) : 0;

    while (n > 1 && bare[n - 1] == '/' && bare[n - 2] != ':')
        bare[--n] = '\0';
    return bare;
}

int input_list_add(struct input_list *list, const char *path, struct error *err)
{
    AUTO_MEMORY char *bare = without_slashes(path);
    struct stat st;
    int r;

    if (!bare)
        return error_memory(err);
    if (strcmp(path, "-") != 0 && stat(bare, &st) == 0 && S_ISDIR(st.st_mode))
        return add_folder(list, bare, err);
    r = append(list, text_copy(path), false, err);
    if (r < 0)
        return r;
    list->ids[list->n - 1] = identify(path);
    drop_repeated(list, list->n - 1);
    return 0;
}
