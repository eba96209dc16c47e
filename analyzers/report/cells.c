#include "analyzers/report/cells.h"

#include "analyzers/report/numbers.h"
#include "src/base/plain.h"
#include "src/base/utf8.h"

enum { PATH_COLUMNS = 57 };

void cell_text(struct table_row *row, size_t i, const char *text)
{
    plain_text(row->cells[i], CELL_BYTES, text ? text : "", PLAIN_UNCUT);
}

void cell_path(struct table_row *row, size_t i, const char *path)
{
    char whole[4 * CELL_BYTES];
    const char *at = whole;
    unsigned columns = plain_text(whole, sizeof(whole), path, PLAIN_UNCUT);

    while (columns > PATH_COLUMNS) {
        utf8_next(&at);
        columns = plain_columns(at);
    }
    snprintf(row->cells[i], CELL_BYTES, "%s%s", at > whole ? "..." : "", at);
}

void cell_count(struct table_row *row, size_t i, uint64_t count)
{
    if (count != RESULT_UNKNOWN)
        count_in(row->language, row->cells[i], count);
}

void cell_trouble(struct table_row *row, size_t i, uint64_t count)
{
    if (count != 0)
        cell_count(row, i, count);
}
