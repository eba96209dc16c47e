/* The tables of inputs and their digests. */
#include <inttypes.h>

#include "analyzers/report/cells.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/sentences.h"

static bool next_input(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_input *input;
    char offset[UNITS_TEXT_BYTES], damage[SENTENCE_BYTES];

    if (at->major >= r->n_inputs)
        return false;
    input = &r->inputs[at->major++];
    cell_path(row, 0, input->path);
    snprintf(row->cells[1], CELL_BYTES, "%s%s%s",
             input->format ? input->format : text_in(row->language, TEXT_UNKNOWN),
             input->compression ? ", " : "", input->compression ? input->compression : "");
    cell_count(row, 2, input->bytes);
    cell_count(row, 3, input->packets);
    if (input->packets > 0) {
        time_in(row->language, row->cells[4], input->first_ns);
        duration_in(row->language, row->cells[5], input->last_ns - input->first_ns);
    }
    snprintf(offset, sizeof(offset), "%" PRIu64, input->damage_offset);
    if (input->damage)
        sentence_in(row->language, r, SENTENCE_DAMAGE, damage, input->damage);
    if (input->damage)
        text_with(row->cells[6], CELL_BYTES, row->language, TEXT_DAMAGED_AT, offset, damage);
    else if (input->is_truncated)
        cell_text(row, 6, text_in(row->language, TEXT_CUT_SHORT));
    return true;
}

static const struct table_column input_columns[] = {
    { TEXT_COL_FILE, false, 0 },   { TEXT_COL_FORMAT, false, 0 },
    { TEXT_COL_BYTES, true, 0 },   { TEXT_COL_PACKETS, true, 0 },
    { TEXT_COL_FIRST, false, 0 },  { TEXT_COL_TIME, true, 0 },
    { TEXT_COL_DAMAGE, false, 0 }, { 0 },
};
const struct table table_inputs = { TEXT_INPUTS, input_columns, next_input };

static bool next_digest(const struct result *r, struct table_place *at, struct table_row *row)
{
    while (at->major < r->n_inputs && !r->inputs[at->major].sha256[0])
        at->major++;
    if (at->major >= r->n_inputs)
        return false;
    cell_text(row, 0, r->inputs[at->major].sha256);
    cell_text(row, 1, r->inputs[at->major++].path);
    return true;
}

static const struct table_column digest_columns[] = {
    { TEXT_COL_SHA256, false, 0 },
    { TEXT_COL_FILE, false, 0 },
    { 0 },
};
const struct table table_digests = { TEXT_DIGESTS, digest_columns, next_digest };
