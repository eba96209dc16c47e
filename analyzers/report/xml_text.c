#include "analyzers/report/xml_text.h"

#include "src/base/plain.h"
#include "src/base/utf8.h"

/* XML 1.0 has no place for most control characters, not even escaped. */
void xml_text(FILE *out, const char *text)
{
    char encoded[5];

    for (const char *at = text; *at;) {
        const char *from = at;
        uint32_t c = utf8_next(&at);

        if (c == '&')
            fputs("&amp;", out);
        else if (c == '<')
            fputs("&lt;", out);
        else if (c == '>')
            fputs("&gt;", out);
        else if (c == '"')
            fputs("&quot;", out);
        else if (c == '\n')
            fputs("&#10;", out);
        else if (c == 0xfffd || plain_is_hidden(c))
            fputc('?', out);
        else {
            snprintf(encoded, sizeof(encoded), "%.*s", (int)(at - from), from);
            fputs(encoded, out);
        }
    }
}
