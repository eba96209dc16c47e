/*
 * The result of an analysis: the only input of every writer, and what a saved result is read back
 * into.
 *
 * Plain data. A struct result owns everything in it (result_release()); indices point into the
 * arrays named beside them; unknown is -1, NULL or RESULT_UNKNOWN, never 0. Its JSON form is
 * schemas/analysis-1.schema.json.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzers/flow/observation.h"
#include "src/base/auto.h"
#include "src/base/error.h"
#include "src/model/recorded.h"
#include "src/net/addr.h"

#define RESULT_UNKNOWN UINT64_MAX

enum verdict {
    VERDICT_RIGHT_NETWORK,
    VERDICT_WRONG_NETWORK,
    VERDICT_SPLIT_NETWORKS,
    VERDICT_INCONCLUSIVE,
    VERDICT_NO_MIGRATION,
};

enum certainty { CERTAINTY_NONE, CERTAINTY_POSSIBLE, CERTAINTY_LIKELY, CERTAINTY_CERTAIN };
enum severity { FINDING_INFO, FINDING_WARNING, FINDING_ERROR };
enum transport { TRANSPORT_TCP, TRANSPORT_SMB, TRANSPORT_RDMA };

enum connection_role {
    CONNECTION_OTHER,
    CONNECTION_MIGRATION,
    CONNECTION_MIGRATION_CONTROL,
    CONNECTION_SMB_MEMORY,
    CONNECTION_SMB_OTHER,
    CONNECTION_HEARTBEAT,
};

struct result_input {
    char *path;         /* as the user wrote it, or as found in a folder; "-" is standard input */
    const char *format; /* "pcap", "pcapng"; a constant */
    const char *compression; /* "gzip", "zstd", "lz4"; NULL: none */
    uint64_t packets;
    uint64_t bytes;            /* as stored */
    int64_t first_ns, last_ns; /* meaningless when packets is 0 */
    bool is_truncated;
    uint64_t damage_offset;
    char *damage;    /* NULL: none */
    char sha256[65]; /* "" when not asked for */
};

struct result_network {
    char *name;
    const char *role; /* "Cluster", ...; NULL: unknown; a constant */
    struct prefix *prefixes;
    size_t n_prefixes;
    bool is_intended;
    bool is_guessed;
    uint64_t transfer_bytes; /* over all transfers */
    double share;            /* of all transfers' bytes; 0 without any */
};

/* Bytes moved in each bucket of bucket_ns from start_ns on. */
struct rate_series {
    int64_t start_ns;
    int64_t bucket_ns;
    uint64_t *bytes;
    size_t n_buckets;
};

/*
 * What one NIC of a session counted while the memory moved: from the first transfer's start to the
 * last one's end; without a transfer while the command ran, else over the whole recording.
 */
struct result_counted {
    int session;     /* index into sessions */
    int session_nic; /* index into that session's nics */
    int network;     /* that its addresses are in; -1 unknown */
    bool has_addresses;
    int64_t start_ns, end_ns;     /* of the two samples compared */
    uint64_t rise[N_COUNTERS];    /* RESULT_UNKNOWN */
    uint64_t background_rx_bytes; /* of the rise, what would have come anyway: as much as came in */
    uint64_t background_tx_bytes; /* that time before; RESULT_UNKNOWN */
    uint64_t background_rdma_bytes;
    uint64_t net_bytes;      /* rx and tx together, less the background; RESULT_UNKNOWN */
    uint64_t net_rdma_bytes; /* likewise */
    uint64_t captured_bytes; /* of net_bytes, what the capture saw */
    double explained; /* captured_bytes / net_bytes; below 0: unknown, or nothing to explain */
    struct rate_series rate; /* rx and tx together, over the whole recording */
};

/* One vantage point: an interface of an input. Counts are of frames, whatever they carry. */
struct result_nic {
    int input;
    char *name; /* "" when the capture doesn't tell */
    char *description;
    const char *link_type; /* name, or NULL: unknown to us */
    uint16_t link_type_number;
    int network; /* that the NIC's own addresses are in; -1 unknown */
    int host;    /* -1 unknown */
    uint64_t packets;
    uint64_t wire_bytes;
    uint64_t dropped;     /* packets the capture says it lost, all causes; RESULT_UNKNOWN */
    uint64_t received;    /* packets that came, also those no longer in the file; RESULT_UNKNOWN */
    uint64_t cut_packets; /* a header cut by the snap length */
    uint64_t blind_packets; /* of those, cut before the sequence number */
    uint64_t malformed_packets;
    uint64_t other_packets; /* no TCP or UDP of interest */
    uint64_t esp_bytes;     /* wire bytes in ESP: encrypted, purpose unknown */
    uint64_t duplicate_packets;
    uint64_t fragments_unattributed;
    uint64_t untracked_packets; /* of connections that found the table full */
    uint64_t backward_times;    /* packets older than the one before at this NIC */
    int64_t backward_worst_ns;  /* the largest such step */
    int64_t first_ns, last_ns;
    const struct result_counted *counted; /* in result.counted; NULL: its counters are not known */
};

/* One connection: a run of observations, contiguous in result.observations. */
struct result_connection {
    uint32_t first_observation;
    uint16_t n_observations;
    uint16_t best;      /* offset of the observation that saw most: the totals */
    int16_t network[2]; /* of half[0]'s and half[1]'s address; -1 outside every network */
    uint8_t role;       /* enum connection_role */
    uint8_t certainty;  /* enum certainty */
    uint8_t client;     /* 0 or 1: which end opened it */
    uint8_t disagrees;  /* the vantage points' stream bytes differ */
};

struct result_transfer_network {
    int network; /* index; -1: outside every network; -2: cross-network */
    uint64_t bytes;
    double share;
    struct rate_series rate; /* of a transfer: in its rate's buckets; else, or unknown, none */
};

enum { NETWORK_OUTSIDE = -1, NETWORK_CROSS = -2 };

struct result_transfer {
    int source_host, destination_host; /* index into hosts */
    struct addr source, destination;   /* of the connection that carried most */
    int64_t start_ns, end_ns;
    enum transport transport;
    enum certainty certainty;
    char **evidence; /* sentences */
    size_t n_evidence;
    uint64_t bytes;         /* stream bytes in the memory's direction */
    uint64_t missing_bytes; /* of those, not captured */
    uint64_t retransmitted_bytes;
    double mean_bits_per_second;
    double peak_bits_per_second; /* over one bucket of the rate, never below the mean */
    struct rate_series rate;     /* 1 s buckets (wider for very long transfers) */
    struct result_transfer_network *networks; /* largest first */
    size_t n_networks;
    uint32_t *connections; /* indices into connections; ids are index + 1 */
    size_t n_connections;
    bool was_aborted; /* ended by reset, or without what a completed one shows; a hint */
    enum verdict verdict;
};

/* Of repeated measurements; of an even number the median is the middle between two. */
struct result_spread {
    double median, least, most;
};

/* All transfers from one host to another that are at least likely. */
struct result_direction {
    int source_host, destination_host; /* index into hosts */
    size_t n_transfers;
    uint64_t bytes;
    struct result_transfer_network *networks; /* largest first */
    size_t n_networks;
    struct result_spread duration_s; /* of one transfer */
    struct result_spread bits_per_second;
    int way_back; /* index into directions; -1: not seen */
};

/* Do both ways take the same networks? */
enum symmetry { SYMMETRY_UNKNOWN, SYMMETRY_SAME, SYMMETRY_DIFFERENT };

struct result_host {
    char *name;       /* from the snapshot; else the address it is known by */
    bool is_inferred; /* no snapshot says so */
};

/* Evidence is a small list of named values, kept as they are written to JSON. */
enum evidence_kind { EVIDENCE_TEXT, EVIDENCE_COUNT, EVIDENCE_REAL };
struct finding_evidence {
    const char *key; /* a constant */
    enum evidence_kind kind;
    char *text;
    uint64_t count;
    double real;
};

struct finding {
    const char *id; /* "LM101": a row of the catalogue, analyzers/findings.h */
    enum severity severity;
    char *title;
    char *detail;
    struct finding_evidence *evidence;
    size_t n_evidence;
    char *remedy;     /* text */
    char *powershell; /* NULL: none */
};

enum agreement { AGREEMENT_UNKNOWN, AGREEMENT_NO, AGREEMENT_YES };

/* What one rule picks for a pair of hosts; a rule that picks several networks has one for each. */
struct result_prediction {
    int source_host, destination_host; /* index into hosts */
    const char *rule;                  /* "cluster-order", "host-list", ...; a constant */
    int network;                       /* index; -1: the rule finds none */
    struct addr source, destination;   /* meaningless without a network */
    enum agreement agrees;             /* the rule, with the path seen between the two */
};

/* A setting that leads the memory astray. */
struct result_cause {
    char *text;          /* one sentence, no full stop */
    const char *layer;   /* "host-list", "cluster-order", ...; a constant */
    const char *rule;    /* that picks the path seen because of it; NULL: no known rule does */
    const char *finding; /* the id of its finding, which is among the findings; NULL: none */
    char *path, *value;  /* where in the snapshot it stands, and what stands there; NULL: untold */
    enum certainty certainty; /* likely: it alone explains the path; possible */
};

/* The three layers as the snapshot has them. Flags are 1, 0 or -1: unknown. */
struct result_cluster_layer {
    int network;       /* index; its role stands there */
    const char *state; /* "Up", ...; NULL: unknown; a constant */
    int order;         /* place in the migration order from 1; 0: not in it; -1: unknown */
    int is_excluded;
    int64_t metric; /* -1: unknown */
};

struct result_host_entry {
    int network;      /* index; -1: an entry in no known network */
    int is_listed;    /* the host's list of migration networks has it */
    char *subnet;     /* of the entry; NULL: none */
    int64_t priority; /* of the entry; -1: none */
    char *adapter;    /* that bears the host's address in the network; NULL: none, unknown */
    char *address;
    int64_t adapter_metric;   /* -1: unknown */
    uint64_t bits_per_second; /* RESULT_UNKNOWN */
};

struct result_host_layer {
    int host; /* index into hosts */
    int is_enabled, any_network;
    const char *performance;           /* "SMB", ...; NULL: unknown; a constant */
    struct result_host_entry *entries; /* the networks' in their order, then those of no network */
    size_t n_entries;
};

struct result_layers {
    int64_t collected_ns;                  /* SESSION_NO_TIME: unknown */
    struct result_cluster_layer *networks; /* none without a cluster */
    size_t n_networks;
    struct result_host_layer *hosts; /* between which memory moved; all, when none did */
    size_t n_hosts;
};

/* A rule on the configuration; what it found is among the check's findings. */
struct result_check {
    const char *id, *layer; /* constants */
    const char *missing;    /* what the snapshot lacks for it, a constant; NULL: it could look */
};

/* The options that shaped the result, so that it can be reproduced. */
struct result_options {
    double min_share;
    uint16_t lm_port, smb_port;
    uint64_t vm_memory_bytes; /* RESULT_UNKNOWN */
    char *expect;             /* as given; NULL: none */
    char *topology;           /* path as given; NULL: none */
    char **networks;          /* -n as given */
    size_t n_networks;
};

struct result {
    enum verdict verdict;
    char **reasons; /* sentences, the most important first */
    size_t n_reasons;
    struct result_options options;

    struct result_input *inputs;
    size_t n_inputs;
    struct result_network *networks;
    size_t n_networks;
    struct result_host *hosts;
    size_t n_hosts;
    struct result_nic *nics;
    size_t n_nics;
    struct recorded *sessions; /* among the inputs */
    size_t n_sessions;
    struct result_counted *counted; /* all NICs of all sessions whose counters are known */
    size_t n_counted;
    struct result_transfer *transfers;
    size_t n_transfers;
    struct result_direction *directions; /* in the order of their first transfers */
    size_t n_directions;
    enum symmetry symmetry;                /* of all pairs of hosts with transfers both ways */
    struct result_connection *connections; /* by start, then addresses */
    size_t n_connections;
    uint64_t connections_folded; /* closed ones of no bearing, dropped to bound memory */
    uint64_t folded_bytes;       /* their wire bytes */
    struct finding *findings;    /* most severe first, then by id */
    size_t n_findings;

    /* With a snapshot only; what it tells is never a verdict. */
    struct result_cause *causes; /* of a wrong path, the first leads; none where none is found */
    size_t n_causes;
    char **cause_notes; /* sentences: which rules the path fits, what weakens the cause */
    size_t n_cause_notes;
    struct result_prediction *predictions; /* of the directions, by rule */
    size_t n_predictions;
    struct result_layers layers;
    struct result_check *checks; /* all rules */
    size_t n_checks;
    struct finding *check_findings; /* theirs, also those that are causes; sorted as findings */
    size_t n_check_findings;

    /* The observations live in chunks, so that a million of them is never copied. */
    struct observation **chunks; /* OBSERVATIONS_PER_CHUNK each */
    size_t n_chunks;
    uint32_t *order; /* observation numbers, a connection's side by side; NULL: as they lie */
};

void result_init(struct result *r);
void result_release(struct result *r);

/* result_observation() - observation @i of a connection (0 .. n_observations - 1). */
const struct observation *result_observation(const struct result *r,
                                             const struct result_connection *c, unsigned i);
/* result_offered() - packets that came to all NICs while capturing; and how many were lost. */
uint64_t result_offered(const struct result *r, uint64_t *ret_lost);
/* result_nic_label() - what people call an interface: its name, or where that is a device's, as
 * Npcap gives it (\Device\NPF_{...}), the description; "" when the capture tells neither. Borrowed.
 */
const char *result_nic_label(const struct result_nic *nic);
/* result_totals() - the observation whose counts are the connection's. */
const struct observation *result_totals(const struct result *r, const struct result_connection *c);
/* result_connection_network() - the network both ends share, or -1. */
int result_connection_network(const struct result_connection *c);

int result_add_reason(struct result *r, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

int result_add_cause_note(struct result *r, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Names as JSON and text have them: constants. */
const char *verdict_name(enum verdict v);                 /* "right-network", ... */
const char *certainty_name(enum certainty c);             /* "certain", ...; NULL for none */
const char *severity_name(enum severity s);               /* "error", ... */
const char *transport_name(enum transport t);             /* "tcp", "smb", "rdma" */
const char *connection_role_name(enum connection_role r); /* "migration", ... */

/* verdict_exit_code() - one of enum exit_code. */
int verdict_exit_code(enum verdict v);
