#include "analyzers/replay.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/flow/predict.h"
#include "analyzers/ingest/merge.h"
#include "src/base/array.h"
#include "src/base/text.h"
#include "src/net/packet.h"

enum { PROGRESS_EVERY_PACKETS = 1 << 20 };
enum { MAX_OVERLAP_NS = 10 * 1000 * 1000 };

/* The vantage points of one input: an index into result.nics for each interface of the capture. */
struct vantages {
    uint16_t *of_nic;
    uint32_t n;
    bool is_done; /* the input was read to its end */
};

/* What one run carries about. */
struct run {
    struct result *result;
    struct replay *replay;
    struct flow_table *table;
    const struct analysis_options *options;
    struct merge *merge;
    struct vantages *vantages; /* by input */
    size_t nics_capacity;
    uint64_t n_packets;
    struct predictor predictor;
};

void replay_release(struct replay *replay)
{
    free(replay->locals);
    *replay = (struct replay){ 0 };
}

static int add_locals(struct run *run, const struct capture_nic *nic, int index, struct error *err)
{
    struct replay *replay = run->replay;
    int r = array_reserve(&replay->locals, &replay->locals_capacity,
                          replay->n_locals + nic->n_addresses, sizeof(*replay->locals),
                          (size_t)MAX_VANTAGE_POINTS * CAPTURE_MAX_NIC_ADDRESSES, err);

    for (size_t i = 0; !r && i < nic->n_addresses; i++)
        replay->locals[replay->n_locals++] = (struct local_address){ nic->addresses[i], index };
    return r;
}

static int add_vantage(struct run *run, size_t input, const struct capture_nic *nic,
                       uint16_t *ret_vantage, struct error *err)
{
    struct result *result = run->result;
    struct result_nic *n;
    int r = array_reserve(&result->nics, &run->nics_capacity, result->n_nics + 1,
                          sizeof(*result->nics), MAX_VANTAGE_POINTS, err);

    if (r < 0)
        return error_prefix(err, r, "interfaces of all inputs together");
    n = &result->nics[result->n_nics];
    *n = (struct result_nic){
        .input = (int)input,
        .name = text_copy(nic->name),
        .description = text_copy(nic->description),
        .link_type = link_type_name(nic->link_type),
        .link_type_number = nic->link_type,
        .network = -1,
        .host = -1,
        .dropped = RESULT_UNKNOWN,
        .received = RESULT_UNKNOWN,
        .first_ns = INT64_MAX,
        .last_ns = INT64_MIN,
    };
    *ret_vantage = (uint16_t)result->n_nics++;
    if (!n->name || !n->description)
        return error_memory(err);
    return add_locals(run, nic, *ret_vantage, err);
}

/* Names that differ in nothing but digits: ring files, and what editcap and tcpdump -C split. */
static bool is_one_series(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (isdigit((unsigned char)*a))
            a++;
        while (isdigit((unsigned char)*b))
            b++;
        if (*a != *b)
            return false;
        if (!*a)
            return true;
    }
}

/* Whether an input takes up where an earlier one ended, but for packets that several NICs put out
 * of order. */
static bool is_continuation(const struct result_input *earlier, int64_t start_ns)
{
    int64_t overlap_ns;

    if (!earlier->packets)
        return false;
    overlap_ns = earlier->last_ns - start_ns;
    return overlap_ns <= MAX_OVERLAP_NS && overlap_ns <= (earlier->last_ns - earlier->first_ns) / 2;
}

/* The vantage point of an earlier file of the series that this interface continues, or -1. */
static int find_continued(const struct run *run, const struct merge_item *item, uint32_t nic_index,
                          const struct capture_nic *nic)
{
    const struct result *result = run->result;

    for (size_t i = 0; i < result->n_inputs && item->n_records; i++) {
        const struct vantages *v = &run->vantages[i];
        const struct result_nic *n;

        if (!v->is_done || nic_index >= v->n ||
            !is_continuation(&result->inputs[i], item->records[0].time_ns) ||
            !is_one_series(result->inputs[i].path, result->inputs[item->input].path))
            continue;
        n = &result->nics[v->of_nic[nic_index]];
        if (n->link_type_number == nic->link_type && strcmp(n->name, nic->name) == 0 &&
            strcmp(n->description, nic->description) == 0)
            return v->of_nic[nic_index];
    }
    return -1;
}

/* The vantage points of interfaces that the capture has declared by now, also those without a
 * packet. */
static int learn_vantages(struct run *run, const struct merge_item *item, struct error *err)
{
    struct vantages *v = &run->vantages[item->input];
    uint32_t n_nics = capture_info(item->capture)->n_nics;
    uint16_t *grown;

    if (n_nics == v->n)
        return 0;
    grown = realloc(v->of_nic, n_nics * sizeof(*grown));
    if (!grown)
        return error_memory(err);
    v->of_nic = grown;
    for (; v->n < n_nics; v->n++) {
        const struct capture_nic *nic = capture_nic(item->capture, v->n);
        int continued = find_continued(run, item, v->n, nic);
        int r = 0;

        if (continued >= 0)
            grown[v->n] = (uint16_t)continued;
        else
            r = add_vantage(run, item->input, nic, &grown[v->n], err);
        if (r < 0)
            return r;
    }
    return 0;
}

static inline void note_record(struct result_nic *n, const struct capture_record *record)
{
    int64_t time_ns = record->time_ns;

    n->packets++;
    n->wire_bytes += record->wire_bytes;
    if (time_ns >= n->last_ns) {
        n->last_ns = time_ns;
    } else {
        n->backward_times++;
        if (n->last_ns - time_ns > n->backward_worst_ns)
            n->backward_worst_ns = n->last_ns - time_ns;
    }
    if (time_ns < n->first_ns)
        n->first_ns = time_ns;
}

static void note_decoding(struct result_nic *n, const struct packet *p, enum packet_status status,
                          uint32_t wire_bytes)
{
    if (status == PACKET_CUT) {
        n->cut_packets++;
        n->blind_packets += !p->has_seq;
    } else if (status == PACKET_MALFORMED) {
        n->malformed_packets++;
    }
    if (p->protocol == IP_ESP)
        n->esp_bytes += wire_bytes;
}

static void note_outcome(struct result_nic *n, enum flow_outcome outcome)
{
    switch (outcome) {
    case FLOW_COUNTED:
    case FLOW_DUPLICATE: /* settled with the connections */
        break;
    case FLOW_UNATTRIBUTED:
        n->fragments_unattributed++;
        break;
    case FLOW_IGNORED:
        n->other_packets++;
        break;
    case FLOW_UNTRACKED:
        n->untracked_packets++;
        break;
    }
}

/* Packets that were not predicted, and wait to be counted together. */
struct batch {
    struct flow_packet packets[MERGE_MAX_RECORDS];
    const struct capture_record *records[MERGE_MAX_RECORDS]; /* of each packet */
    size_t n;
    size_t n_counted;
};

static void decode(struct batch *b, struct result_nic *n, uint16_t vantage,
                   const struct capture_record *record)
{
    struct flow_packet *f = &b->packets[b->n];
    enum packet_status status = packet_decode(&f->packet, n->link_type_number, record->bytes,
                                              record->captured_bytes, record->wire_bytes);

    if (status != PACKET_OK || f->packet.protocol == IP_ESP)
        note_decoding(n, &f->packet, status, record->wire_bytes);
    f->time_ns = record->time_ns;
    f->wire_bytes = record->wire_bytes;
    f->vantage = vantage;
    b->records[b->n++] = record;
}

static int count_waiting(struct run *run, struct batch *b, struct error *err)
{
    struct flow_packet *waiting = b->packets + b->n_counted;
    size_t n = b->n - b->n_counted;
    int r = flow_table_add(run->table, waiting, n, err);

    b->n_counted = b->n;
    for (size_t i = 0; i < n && r > 0; i++)
        note_outcome(&run->result->nics[waiting[i].vantage], (enum flow_outcome)waiting[i].outcome);
    return r < 0 ? r : 0;
}

/* Counts a record that goes on where an earlier one was counted. Returns 1 when it does. */
static inline int count_predicted(struct run *run, struct batch *b, uint16_t vantage,
                                  const struct capture_record *record, struct error *err)
{
    const struct prediction *guess =
        predict_find(&run->predictor, vantage, record->bytes, record->captured_bytes);
    int r = 0;

    if (!guess)
        return 0;
    if (b->n > b->n_counted)
        r = count_waiting(run, b, err);
    return r < 0 ? r
                 : flow_table_add_frame(run->table, guess, record->bytes, record->captured_bytes,
                                        record->wire_bytes, record->time_ns);
}

static int count_records(struct run *run, const struct merge_item *item, struct error *err)
{
    struct result_nic *nics;
    const uint16_t *of_nic;
    struct batch b;
    int r = learn_vantages(run, item, err);

    b.n = b.n_counted = 0;
    nics = run->result->nics;
    of_nic = run->vantages[item->input].of_nic;
    for (size_t i = 0; i < item->n_records && r >= 0; i++) {
        const struct capture_record *record = &item->records[i];
        uint16_t vantage = of_nic[record->nic];

        note_record(&nics[vantage], record);
        if (record->is_dropped) {
            nics[vantage].other_packets++;
            continue;
        }
        r = count_predicted(run, &b, vantage, record, err);
        if (r == 0)
            decode(&b, &nics[vantage], vantage, record);
    }
    if (r >= 0)
        r = count_waiting(run, &b, err);
    for (size_t i = 0; i < b.n && r >= 0; i++) {
        const struct capture_record *record = b.records[i];

        if (nics[b.packets[i].vantage].link_type_number == LINK_ETHERNET)
            predict_learn(&run->predictor, record->bytes, record->captured_bytes, &b.packets[i]);
    }
    return r < 0 ? r : 0;
}

static void report_progress(struct run *run, size_t n_more)
{
    uint64_t before = run->n_packets / PROGRESS_EVERY_PACKETS, total_bytes, bytes;

    run->n_packets += n_more;
    if (!run->options->progress || run->n_packets / PROGRESS_EVERY_PACKETS == before)
        return;
    bytes = merge_bytes(run->merge, &total_bytes);
    run->options->progress(run->options->progress_context, run->n_packets, bytes, total_bytes);
}

/* What one file's statistics say was lost; unknown counts stay out of the sum, all unknown is
 * unknown. */
static uint64_t dropped_packets(const struct capture_statistics *st)
{
    uint64_t nic = st->dropped_packets, os = st->os_dropped_packets;

    if (nic == CAPTURE_UNKNOWN || os == CAPTURE_UNKNOWN)
        return nic == CAPTURE_UNKNOWN ? os : nic;
    return nic + os;
}

static void raise_to(uint64_t *count, uint64_t told)
{
    if (told != CAPTURE_UNKNOWN && (*count == RESULT_UNKNOWN || told > *count))
        *count = told;
}

/* Statistics count from the capture's start, so the files of a series repeat what those before
 * said. */
static void note_statistics(struct result_nic *n, const struct capture *capture, uint32_t index)
{
    const struct capture_nic *nic = capture_nic(capture, index);

    raise_to(&n->dropped, dropped_packets(&nic->statistics));
    /* Npcap counts what came before its filter, which says nothing of what the filter let pass. */
    if (!nic->filter[0] || !strstr(capture_info(capture)->os, "Windows"))
        raise_to(&n->received, nic->statistics.received_packets);
}

static const char *compression_name(enum capture_compression compression)
{
    static const char *const names[] = { [CAPTURE_PLAIN] = NULL,
                                         [CAPTURE_GZIP] = "gzip",
                                         [CAPTURE_ZSTD] = "zstd",
                                         [CAPTURE_LZ4] = "lz4" };

    return names[compression];
}

/* What a capture can tell once it was read to its end. */
static int finish_input(struct run *run, const struct merge_item *item, struct error *err)
{
    const struct capture_info *info = capture_info(item->capture);
    struct result_input *input = &run->result->inputs[item->input];
    struct vantages *v = &run->vantages[item->input];
    int r = learn_vantages(run, item, err);

    if (r < 0)
        return r;
    v->is_done = true;
    input->first_ns = item->first_ns;
    input->last_ns = item->last_ns;
    input->format = capture_format_name(info->format);
    input->compression = compression_name(info->compression);
    input->packets = info->n_packets;
    input->bytes = info->n_bytes;
    input->is_truncated = info->is_truncated;
    input->damage_offset = info->damage_offset;
    if (info->is_truncated && !(input->damage = text_copy(info->damage)))
        return error_memory(err);
    for (uint32_t i = 0; i < v->n; i++) {
        note_statistics(&run->result->nics[v->of_nic[i]], item->capture, i);
    }
    if (run->options->want_digests)
        r = capture_digest(item->capture, input->sha256, err);
    return r < 0 ? error_prefix(err, r, "'%s'", input->path) : 0;
}

/* An input of a folder that can't be read has no packets and says why. */
static int note_bad_input(struct run *run, const struct merge_item *item, struct error *err)
{
    struct result_input *input = &run->result->inputs[item->input];

    input->is_truncated = true;
    input->damage = text_copy(item->problem);
    return input->damage ? 0 : error_memory(err);
}

static int run_all(struct run *run, struct error *err)
{
    struct merge_item item;
    int event, r = 0;

    while (!r && (event = merge_next(run->merge, &item, err)) != MERGE_END) {
        if (event < 0)
            return event;
        if (event == MERGE_RECORDS) {
            r = count_records(run, &item, err);
            report_progress(run, item.n_records);
        } else if (event == MERGE_INPUT_END) {
            r = finish_input(run, &item, err);
        } else {
            r = note_bad_input(run, &item, err);
        }
    }
    return r;
}

static int name_inputs(struct result *r, const struct input_list *inputs, struct error *err)
{
    r->inputs = calloc(inputs->n + 1, sizeof(*r->inputs));
    if (!r->inputs)
        return error_memory(err);
    for (; r->n_inputs < inputs->n; r->n_inputs++) {
        r->inputs[r->n_inputs].path = text_copy(inputs->paths[r->n_inputs]);
        if (!r->inputs[r->n_inputs].path)
            return error_memory(err);
    }
    return 0;
}

int replay_run(struct replay *ret_replay, struct result *result, struct flow_table *table,
               const struct input_list *inputs, const struct analysis_options *options,
               struct error *err)
{
    AUTO(merge) merge = NULL;
    AUTO_MEMORY struct vantages *vantages = calloc(inputs->n + 1, sizeof(*vantages));
    struct run run = { .result = result,
                       .replay = ret_replay,
                       .table = table,
                       .options = options,
                       .vantages = vantages };
    int r;

    *ret_replay = (struct replay){ 0 };
    if (!vantages)
        return error_memory(err);
    predict_init(&run.predictor);
    r = name_inputs(result, inputs, err);
    if (!r)
        r = merge_new(&merge, inputs, options->want_digests, err);
    run.merge = merge;
    if (!r)
        r = run_all(&run, err);
    for (size_t i = 0; i < inputs->n; i++)
        free(vantages[i].of_nic);
    return r;
}
