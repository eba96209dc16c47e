/*
 * The names that a redacted report must not have, and what stands for each: HOST-1, VM-2. Names
 * are added first, then numbered in the order in which they were added.
 *
 * Letter case doesn't matter but in paths. Opaque; it copies what it keeps.
 */
#pragma once

#include <stddef.h>

#include "src/base/auto.h"
#include "src/base/error.h"

enum { NAMES_MAX = 65536 };

enum name_kind {
    NAME_HOST,
    NAME_VM,
    NAME_CLUSTER,
    NAME_DOMAIN,
    NAME_USER,
    NAME_CUSTOMER,
    NAME_REFERENCE,
    NAME_FILE,
    NAME_SESSION,
    NAME_NOTE,
    NAME_WORD, /* of a command, it is not known of what */
    NAME_OTHER,
    N_NAME_KINDS
};

struct names;

int names_new(struct names **ret_names, struct error *err);
struct names *names_free(struct names *n);
DEFINE_AUTO(names)

/*
 * names_add() - one more name; known already, it keeps its kind. Nothing is done for "", NULL and
 * addresses, which are disguised anyway. Of "hv01.corp.example" the parts are names, too.
 *
 * Returns 0, ERR_LIMIT or ERR_MEMORY.
 */
int names_add(struct names *n, enum name_kind kind, const char *text, struct error *err);
/* names_settle() - number them; nothing is added any more. Returns 0 or ERR_MEMORY. */
int names_settle(struct names *n, struct error *err);

/* names_find() - what stands for all of @text; borrowed. NULL: it is no name. */
const char *names_find(const struct names *n, const char *text);
/*
 * names_at() - what stands for the longest name at @at within @text, where a word of its own could
 * begin and end: "ContosoLM" and "web01nic" are two words, "web01" is one.
 * @ret_n_bytes: how much of @text it stands for
 *
 * Borrowed; NULL: no name begins there.
 */
const char *names_at(const struct names *n, const char *text, const char *at, size_t *ret_n_bytes);
