#include "src/cli/suggest.h"

#include <string.h>

enum { WORD_MAX_BYTES = 32, DISTANCE_MAX = 2 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, changes and swaps of neighbours that make one word the other (the
 * "optimal string alignment" distance), by rows of the usual matrix. */
static unsigned edit_distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    unsigned rows[3][WORD_MAX_BYTES + 1];

    for (size_t j = 0; j <= n_b; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= n_a; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i - 1) % 3];

        row[0] = (unsigned)i;
        for (size_t j = 1; j <= n_b; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return rows[n_a % 3][n_b];
}

void suggestion_consider(struct suggestion *s, const char *known)
{
    size_t n_word = strlen(s->word), n_known = strlen(known);
    unsigned distance;

    if (n_word < 2 || n_word > WORD_MAX_BYTES || n_known > WORD_MAX_BYTES)
        return;
    distance =
        strncmp(s->word, known, n_word) == 0 ? 0 : edit_distance(s->word, n_word, known, n_known);
    if (distance > DISTANCE_MAX || 2 * distance >= n_known || (s->best && distance >= s->distance))
        return;
    s->best = known;
    s->distance = distance;
}
