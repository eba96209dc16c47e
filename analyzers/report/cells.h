/* The cells of a table's row: what is unknown, or not worth telling, stays empty. */
#pragma once

#include "analyzers/report/table.h"

/* Of columns that hold names, and the two ends of something. */
enum { NAME_COLUMNS = 40, END_COLUMNS = 64 };

void cell_text(struct table_row *row, size_t i, const char *text);
/* cell_path() - of a long one the end, which tells files apart. */
void cell_path(struct table_row *row, size_t i, const char *path);
void cell_count(struct table_row *row, size_t i, uint64_t count);
/* cell_trouble() - a count whose zero is what is expected. */
void cell_trouble(struct table_row *row, size_t i, uint64_t count);
