#include <stdlib.h>
#include <string.h>

#include "analyzers/report/html.h"
#include "src/base/auto.h"
#include "src/base/plain.h"

enum {
    SPARE_BYTES = 16,
    ESCAPED_BYTES = 6
}; /* what one byte may become: \xNN; a format character is \uNNNNN */

static void write_escaped(FILE *out, const char *plain)
{
    for (; *plain; plain++) {
        switch (*plain) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        case '\'':
            fputs("&#39;", out);
            break;
        default:
            fputc(*plain, out);
        }
    }
}

void html_cut(FILE *out, const char *text, unsigned max_columns)
{
    size_t n_bytes = strlen(text) * ESCAPED_BYTES + SPARE_BYTES;
    AUTO_MEMORY char *plain = malloc(n_bytes);

    if (!plain)
        return;
    plain_text(plain, n_bytes, text, max_columns);
    write_escaped(out, plain);
}

void html_text(FILE *out, const char *text)
{
    html_cut(out, text, PLAIN_UNCUT);
}

void html_with_words(FILE *out, enum language language, enum text text, const char *const words[])
{
    char filled[PARAGRAPH_BYTES];

    html_text(out, text_with_words(filled, sizeof(filled), language, text, words));
}

void html_sentence(FILE *out, enum language language, const struct result *r, const char *where,
                   const char *sentence)
{
    char words[SENTENCE_BYTES];
    bool is_translated = sentence_in(language, r, where, words, sentence);

    if (!is_translated)
        fprintf(out, "<span lang=\"%s\">", language_name(LANGUAGE_EN));
    html_text(out, language == LANGUAGE_EN ? sentence : words);
    if (!is_translated)
        fputs("</span>", out);
}
