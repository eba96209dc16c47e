/*
 * The NICs of this machine as a recording has them: all are counted, some are captured.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "capture/filter.h"
#include "capture/meter.h"
#include "capture/nics.h"
#include "capture/tap.h"
#include "src/base/error.h"
#include "src/model/topology.h"

enum {
    SOURCES_COUNTED_MAX = 128, /* on a machine with more NICs only those with addresses count */
    SOURCES_CAPTURED_MAX = 64,
};

struct source {
    const struct nic *nic; /* borrowed from the nics */
    const char *network;   /* known network of its first address in one, borrowed; "" */
    bool is_chosen;        /* is to be captured */
    struct tap *tap;       /* NULL: is not captured; problem says why when it was chosen */
    char problem[512];     /* "" */
    /* the tap's, as the loop last saw them */
    unsigned times_away;
    enum tap_state state;
};

struct sources {
    struct nics nics;
    struct source *rows;
    size_t n_rows;
    uint64_t (*values)[N_COUNTERS]; /* of each row at the last sample; the capture's own since its
                                       tap was started. All unknown: there is no such NIC now */
};

struct sources_options {
    char *const *names; /* of -i; none: by their addresses */
    size_t n_names;
    uint32_t snap_bytes;
    uint64_t buffer_bytes;
    struct filter_ports ports;
};

/*
 * sources_init() - read the machine's NICs and choose. @topology: the known networks, borrowed
 * until sources_release(); without any every NIC is chosen that is up and has an address.
 *
 * A name that no NIC bears becomes a row with a problem. Returns 0 or a negative code.
 */
int sources_init(struct sources *s, const struct topology *topology,
                 const struct sources_options *options, struct error *err);
/* sources_release() - the taps have ended, or were never started. */
void sources_release(struct sources *s);

/*
 * sources_open() - those chosen. Returns how many can be captured; of the others the problem is
 * set. 0: this system can't capture at all, yet it counts. Negative: none of them can, or none was
 * chosen.
 */
int sources_open(struct sources *s, const struct sources_options *options, struct error *err);
/* sources_try() - open and close each NIC, chosen or not; the problem tells which can't be. */
void sources_try(struct sources *s, const struct sources_options *options);
/* sources_close() - taps that never started, as after a trial. */
void sources_close(struct sources *s);
int sources_start(struct sources *s, uv_async_t *ready, struct error *err);
void sources_stop(struct sources *s);
/* sources_are_ended() - every tap has, for whichever reason. */
bool sources_are_ended(const struct sources *s);

/* sources_sample() - everybody's counters into values. */
void sources_sample(struct sources *s, struct meter *meter);
/* counters_are_known() - was there such a NIC? */
bool counters_are_known(const uint64_t values[N_COUNTERS]);
