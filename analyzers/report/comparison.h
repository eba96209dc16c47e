/*
 * What a report tells, computed once from one set of results, or from two: before and after. The
 * writers of reports only write it down.
 *
 * A set is one or several runs of the same test; its numbers are the median, least and most of the
 * runs. Pictures show one run of each set: the one whose time is the median.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "analyzers/report/brand.h"
#include "analyzers/report/language.h"
#include "analyzers/result.h"
#include "src/base/error.h"
#include "src/base/units.h"

enum {
    COMPARISON_MAX_RUNS = 1024,  /* of one set */
    COMPARISON_MAX_LINES = 8,    /* of the rate chart, of one set: transfers beyond are left out */
    COMPARISON_MAX_POINTS = 120, /* of one such line: buckets are joined until they fit */
    COMPARISON_MAX_PREDICTIONS = 64, /* of one set */
    COMPARISON_MAX_SETTINGS = 512,
    PHRASE_BYTES = 160,
    PARAGRAPH_BYTES = 4096,
    N_SETS = 2,
};

/* What stands on top of a report; NULL: not told. Borrowed. */
struct report_title {
    const char *customer, *cluster, *author, *date, *reference;
};

/* One result. Borrowed until the comparison is released. */
struct comparison_run {
    const char *path;   /* it came from; NULL: just analyzed */
    const char *lmpath; /* version that made it */
    const struct result *result;
};

enum measure {
    MEASURE_TIME,           /* s: all transfers of a run, added */
    MEASURE_MEMORY,         /* bytes: what they moved */
    MEASURE_MEAN_RATE,      /* bit/s */
    MEASURE_PEAK_RATE,      /* bit/s: the greatest of any transfer */
    MEASURE_INTENDED_SHARE, /* of the memory, over intended networks */
    MEASURE_ELSEWHERE,      /* bytes: of the memory, over other networks */
    MEASURE_RETRANSMITTED,  /* bytes */
    MEASURE_MISSING,        /* bytes: of the memory, not captured */
    MEASURE_DROPPED,        /* packets that captures say they lost */
    MEASURE_OTHER_NIC,      /* bit/s: of the busiest NIC outside the intended networks; the last, as
                               it has no row where it is unknown */
    N_MEASURES
};

struct spread {
    size_t n; /* runs in which it is known; 0: the rest is meaningless */
    double median, least, most;
};

enum change { CHANGE_NONE, CHANGE_BETTER, CHANGE_WORSE, CHANGE_OTHER };

/* One row of the table of numbers. */
struct comparison_row {
    const char *key;   /* "mean_bits_per_second": for programs */
    const char *label; /* "Mean rate" */
    struct spread spread[N_SETS];
    char value[N_SETS][PHRASE_BYTES]; /* the median, "unknown" */
    char range[N_SETS][PHRASE_BYTES]; /* "1.70 s to 1.82 s"; "" with one run */
    double factor;                    /* second / first; below 0: can't be told */
    enum change change;
    char change_text[PHRASE_BYTES]; /* "3.4 times as fast"; "" with one set */
};

/* A network as a lane from host to host. */
struct comparison_lane {
    const char *name;
    bool is_known; /* a network, not "outside every network" */
    bool is_intended;
    uint64_t bytes;
    double share;
    char source[ADDR_TEXT_BYTES], destination[ADDR_TEXT_BYTES]; /* "" where it carried nothing */
};

/* One line of the rate chart: what one transfer moved over one network. */
struct comparison_line {
    char label[2 * PHRASE_BYTES]; /* "HV01 to HV02: Storage1" */
    bool is_intended;
    double start_s;                         /* since the first transfer's start */
    double bucket_s[COMPARISON_MAX_POINTS]; /* how long each point holds */
    double bits_per_second[COMPARISON_MAX_POINTS];
    size_t n_points;
};

/* One direction, over all runs of a set. */
struct comparison_direction {
    const char *from, *to; /* hosts */
    size_t n_transfers;
    uint64_t bytes, intended_bytes;
    struct spread seconds, bits_per_second; /* of one transfer; median of the runs' medians */
    char share[PHRASE_BYTES];
    char size[PHRASE_BYTES];
    char time[PHRASE_BYTES], rate[PHRASE_BYTES];             /* the medians */
    char time_range[PHRASE_BYTES], rate_range[PHRASE_BYTES]; /* "" with one transfer */
};

/* A NIC, and what went through it while the memory moved. */
struct comparison_nic {
    char label[2 *
               PHRASE_BYTES];  /* "stor1 (Storage1)", with several hosts "HV01: stor1 (Storage1)" */
    bool is_intended;          /* its network */
    uint64_t bytes;            /* both ways, by RDMA too */
    int64_t first_ns, last_ns; /* seen */
};

/* ---- why: of the run shown, where it had a snapshot ---- */

struct comparison_cause {
    const struct result_cause *cause;
    char label[PHRASE_BYTES]; /* "Likely cause, in the host's list of migration networks:" */
};

/* What one rule picks for one direction, beside what was seen. */
struct comparison_prediction {
    char way[PHRASE_BYTES]; /* "HV01 to HV02" */
    const char *rule;       /* "the cluster's order" */
    char predicted[PHRASE_BYTES], seen[PHRASE_BYTES];
    const char *agrees; /* "yes", "no", "unknown" */
    bool is_seen;       /* it agrees */
};

enum layer { LAYER_ROLE, LAYER_ORDER, LAYER_LIST, LAYER_ADAPTER, N_LAYERS };

/* One setting of a layer, in both sets. */
struct comparison_setting {
    enum layer layer;
    const char *host;                 /* NULL: the cluster's */
    char what[2 * PHRASE_BYTES];      /* "HV01: Storage1" */
    char value[N_SETS][PHRASE_BYTES]; /* "unknown" without a snapshot */
    bool is_known[N_SETS];
    bool is_changed; /* both are known, and differ */
};

struct comparison_set {
    const char *label; /* "Before", "After"; "Result" when it is alone */
    const char *key;   /* "before", "after", "result" */
    const struct comparison_run *runs;
    size_t n_runs;
    const struct comparison_run *shown; /* the run in the pictures */
    enum verdict verdict;               /* the worst of its runs */
    char headline[PARAGRAPH_BYTES];
    const char *from, *to; /* hosts of the largest transfer shown; NULL: no transfer */
    struct comparison_lane *lanes;
    size_t n_lanes;
    struct comparison_line *lines;
    size_t n_lines, n_lines_left_out;
    struct comparison_direction *directions;
    size_t n_directions;
    enum symmetry symmetry;      /* of its results */
    struct comparison_nic *nics; /* of the run shown */
    size_t n_nics;
    bool nics_are_counted;           /* by their counters, less the background; else as captured */
    struct comparison_cause *causes; /* the first leads */
    size_t n_causes;
    bool is_blamed[N_LAYERS]; /* a cause lies there */
    struct comparison_prediction *predictions;
    size_t n_predictions;
};

/* A finding, and in which runs it was made: told once. */
struct comparison_finding {
    const struct finding *finding;
    size_t set;
    size_t n_runs;
    bool is_cause; /* of one of its set's causes: told with it, and not among the findings */
};

struct docx_template;

struct comparison {
    struct report_title title;
    enum language language;
    const struct brand *brand; /* borrowed; NULL: none. comparison_make() leaves it to the caller */
    const struct docx_template *docx_template; /* likewise: a document that DOCX is put into */
    struct comparison_set sets[N_SETS];
    size_t n_sets;
    struct comparison_row rows[N_MEASURES];
    size_t n_rows;
    double most_bits_per_second; /* of all lines */
    double most_seconds;         /* where the last of them ends */
    uint64_t most_bytes;         /* of all lanes */
    uint64_t vm_memory_bytes;    /* RESULT_UNKNOWN */
    uint64_t most_nic_bytes;     /* of all NICs */
    uint64_t memory_bytes;       /* to hold NICs against: the VM's, else what moved; 0: unknown */
    struct comparison_finding *findings;
    size_t n_findings;
    struct comparison_setting *settings; /* layer by layer */
    size_t n_settings, n_settings_left_out;
    char summary[PARAGRAPH_BYTES];  /* for a manager */
    char symmetry[PARAGRAPH_BYTES]; /* of the directions; "" */
    char **warnings;                /* why the sets may not be comparable */
    size_t n_warnings;
};

/*
 * comparison_make() - from the @n[i] runs of one set (@n[1] is 0), or of two; its words are in
 * @language.
 *
 * Returns 0, ERR_USAGE (no run), ERR_LIMIT or ERR_MEMORY. @ret_comparison is written on success.
 */
int comparison_make(struct comparison *ret_comparison, enum language language,
                    const struct report_title *title,
                    const struct comparison_run *const runs[N_SETS], const size_t n[N_SETS],
                    struct error *err);
void comparison_release(struct comparison *c);
/* comparison_result_of() - the result shown of the set that a finding belongs to. */
const struct result *comparison_result_of(const struct comparison *c,
                                          const struct comparison_finding *f);

/* comparison_where() - what was measured where in the run shown, a sentence. Returns @to. */
char *comparison_where(char to[PARAGRAPH_BYTES], const struct comparison *c, size_t set);

/* comparison_has_why() - is there a cause, a note on one, a prediction or a layer to tell? */
bool comparison_has_why(const struct comparison *c);
bool comparison_set_has_why(const struct comparison_set *set); /* layers apart */
bool comparison_has_findings(const struct comparison *c);      /* that are no causes */
/* comparison_cause_origin() - where its sentence comes from, for sentence_in(). */
const char *comparison_cause_origin(const struct comparison_cause *cause);
/* comparison_layer_label() - "1. Role of each network (Before: the cause)". Returns @to. */
char *comparison_layer_label(char to[2 * PHRASE_BYTES], const struct comparison *c,
                             enum layer layer);
