/*
 * Several captures as one stream of records, nearly in the order of time: an input goes on until
 * another is due more than MERGE_SLACK_NS earlier, so that a file ends before the one that
 * continues it begins.
 *
 * A file is held open only from its first packet's time to its end, so a folder of ring files needs
 * no more memory than those that overlap. (Times that run backwards within one file stay as they
 * are.)
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzers/ingest/inputs.h"
#include "src/base/auto.h"
#include "src/base/error.h"
#include "src/file/capture.h"

struct merge; /* opaque */

/* Times beyond are damage; within, sums and differences of a few of them don't overflow. */
#define MERGE_MAX_TIME_NS (INT64_MAX / 4)

#define MERGE_SLACK_NS INT64_C(1000000000)

enum merge_event {
    MERGE_END = 0,       /* all inputs are read */
    MERGE_RECORDS = 1,   /* the next packets of one input */
    MERGE_INPUT_END = 2, /* this input is read to its end; capture can still be asked */
    MERGE_INPUT_BAD = 3, /* an input found in a folder can't be read; problem says why */
};

enum { MERGE_MAX_RECORDS = 64 };

/* Everything is borrowed until the next merge_next(). */
struct merge_item {
    size_t input;            /* index into the list */
    struct capture *capture; /* of the input; NULL for MERGE_INPUT_BAD */
    /* Of MERGE_RECORDS, at most MERGE_MAX_RECORDS. A record that tells no time has that of the one
     * before. */
    const struct capture_record *records;
    size_t n_records;
    const char *problem;
    /* Of MERGE_INPUT_END: the least and greatest time of a record, meaningless without any. */
    int64_t first_ns, last_ns;
};

/*
 * merge_new() - look into all inputs.
 * @inputs: borrowed until merge_free()
 *
 * Returns 0, or what capture_open() returned for an input named outright.
 */
int merge_new(struct merge **ret_merge, const struct input_list *inputs, bool want_digests,
              struct error *err);
struct merge *merge_free(struct merge *m);
DEFINE_AUTO(merge)

/* merge_next() - Returns an event and sets @ret_item, or a negative code. */
int merge_next(struct merge *m, struct merge_item *ret_item, struct error *err);
/* merge_bytes() - stored bytes read so far, over all inputs; and of how many in all (0: unknown).
 */
uint64_t merge_bytes(const struct merge *m, uint64_t *ret_total_bytes);
