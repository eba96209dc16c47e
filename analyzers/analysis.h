/*
 * From inputs and options to a result: the one way through that analyze, run and report share.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzers/result.h"
#include "src/base/error.h"
#include "src/model/topology.h"

struct analysis_options {
    char **inputs; /* files, folders, "-" */
    size_t n_inputs;
    const char *snapshot; /* path; NULL: none */
    char **networks;      /* NAME=PREFIX[,PREFIX]... */
    size_t n_networks;
    const char *expect;         /* NAME|PREFIX[,...]; NULL: none */
    double min_share;           /* 0.95 */
    uint64_t vm_memory_bytes;   /* RESULT_UNKNOWN */
    uint16_t lm_port, smb_port; /* 6600, 445 */
    bool want_digests;
    /* called now and then with what has been read; NULL: nobody looks */
    void (*progress)(void *context, uint64_t packets, uint64_t bytes, uint64_t total_bytes);
    void *progress_context;
};

/* analysis_options_init() - the defaults; everything else zero. */
void analysis_options_init(struct analysis_options *o);

/* analysis_check() - networks, snapshot and expectation alone, before there are inputs. Returns 0
 * or a negative code. */
int analysis_check(const struct analysis_options *options, struct error *err);

/*
 * analysis_run() - read the inputs, count, attribute, judge.
 *
 * @ret_result is initialized by the caller and filled. Returns 0, or a negative code when not one
 * packet could be read or the options don't fit; damage behind the first packet is in the result,
 * not an error.
 */
int analysis_run(struct result *ret_result, const struct analysis_options *options,
                 struct error *err);
