/*
 * The settings of a snapshot that bear on a migration's path: one row each.
 *
 * A row tells where a setting stands, how its forms are brought to one, and what a change of it may
 * do. What no row names (counters, times, clocks, connections, indices that a restart changes) is
 * left out of baselines and of comparison.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "src/model/snapshot_enums.h"

/* In the order in which changes are told. */
enum layer {
    LAYER_NETWORK_ROLE,
    LAYER_CLUSTER_ORDER,
    LAYER_HOST_LIST,
    LAYER_HOST_OPTIONS,
    LAYER_SMB,
    LAYER_ADAPTER,
    LAYER_CLUSTER,
    LAYER_HOST, /* the computer itself: its build, its domain */
    N_LAYERS
};

/* How a value is read, and when two are one. */
enum setting_form {
    FORM_TEXT, /* as it stands; numbers and truth values too */
    FORM_NAME, /* the same without regard to letter case */
    FORM_INTEGER,
    FORM_BOOL,
    FORM_ENUM,    /* by name; a number that the words lack stays one */
    FORM_FLAGS,   /* names of bits; as a set */
    FORM_GUID,    /* lower case, no braces */
    FORM_MAC,     /* upper case, with dashes */
    FORM_ADDRESS, /* without its zone, which is an index */
    FORM_SUBNET,
    FORM_SUBNETS,  /* addresses and, beside them, their lengths; a set */
    FORM_WORDS,    /* a set of words: ports, numbers, addresses */
    FORM_NAMES,    /* a set of texts that may have blanks */
    FORM_NETWORK,  /* a cluster network, by its name */
    FORM_ORDER,    /* ids of cluster networks, first to last */
    FORM_NETWORKS, /* the same as a set */
};

enum setting_flags {
    SETTING_IS_KEY = 1,       /* one of the values that an object is matched by */
    SETTING_IS_ID = 2,        /* it is told by: matched by this first, whatever its keys */
    SETTING_IS_NOTE = 4,      /* good to know, and no drift by itself */
    SETTING_NULL_IS_NONE = 8, /* null says "none", elsewhere it says "unknown" */
};

enum setting_unit { UNIT_NONE, UNIT_BITS_PER_SECOND, UNIT_BYTES_PER_SECOND };

struct setting_kind {
    const char *property; /* "Outer.Inner": of a nested object */
    enum setting_form form;
    const char *name; /* what people call it */
    enum layer layer;
    const char *effect; /* what a change may do to the path: a sentence; NULL: a key */
    unsigned flags;     /* enum setting_flags */
    const struct snapshot_word *words;    /* of an enumeration */
    const char *only_of;                  /* a setting of those objects whose last key reads so */
    const char *beside;                   /* of FORM_SUBNETS: where the lengths are */
    const char *instead, *instead_beside; /* read when property tells none */
    enum setting_unit unit;
};

/* A cmdlet's objects. */
struct section_kind {
    const char *cmdlet;
    const struct setting_kind *settings; /* the keys first; ended by a row without a property */
    const char *noun;                    /* one object, as people call it */
    enum layer layer;                    /* of an object that came or went, ... */
    const char *effect;                  /* and what that may do to the path */
    bool is_note;
    bool is_of_cluster; /* else each host has it */
    bool is_single;     /* one object, no list */
    bool is_of_node;    /* of the cluster's: the first key names the host */
    bool is_of_adapter; /* the first key names an adapter, and goes with it */
    bool is_parameters; /* settings stand as {Name, Value}, or as members of one object */
    bool (*is_skipped)(const struct snapshot_node *item); /* objects to leave out; NULL: none */
};

enum { SECTIONS_MAX = 64, SETTINGS_MAX = 32 /* of one section */ };

/* settings_section() - all of them, those of the cluster first; NULL behind the last. */
const struct section_kind *settings_section(size_t index);
size_t settings_count(const struct section_kind *section);
/* layer_name() - "host-list"; a constant. */
const char *layer_name(enum layer layer);

/* The rows, by file. */
extern const struct section_kind sections_cluster[], sections_migration[], sections_adapter[],
    sections_switch[], sections_smb[], sections_traffic[];
