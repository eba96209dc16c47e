/*
 * What the user named, as a list of captures: files, folders (their captures, by name; of a session
 * its capture files), "-" for standard input.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

enum { MAX_INPUTS = 4096 };

/* A file whatever its name; where the system doesn't tell, the number is 0. */
struct input_id {
    uint64_t device, number;
};

struct input_list {
    char **paths;
    bool *is_found; /* found in a folder, so one that can't be read is told and passed over */
    struct input_id *ids;
    size_t n;
    size_t paths_capacity, found_capacity, ids_capacity;
};

void input_list_init(struct input_list *list);
void input_list_release(struct input_list *list);

/* input_list_add() - a path as the user gave it; a file that is listed already is not listed again,
 * as it can't confirm itself. Returns 0, ERR_SYSTEM, ERR_INPUT (a folder without captures),
 * ERR_LIMIT.
 */
int input_list_add(struct input_list *list, const char *path, struct error *err);
/* input_is_same() - whether two paths lead to one file or folder. */
bool input_is_same(const char *a, const char *b);
/* input_list_add_found() - the captures of a folder by name, also none or some again. Returns 0,
 * ERR_SYSTEM, ERR_LIMIT. */
int input_list_add_found(struct input_list *list, const char *path, struct error *err);
