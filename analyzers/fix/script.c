#include "analyzers/fix/script.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/quote.h"
#include "src/base/text.h"
#include "src/base/utf8.h"

enum { COLUMNS = 100 };

static void put_ascii(FILE *out, const char *from, const char *end)
{
    while (from < end) {
        uint32_t c = utf8_next(&from);

        if (c >= 0x20 && c < 0x7f)
            fputc((int)c, out);
        else
            fprintf(out, "\\u%04x", (unsigned)c);
    }
}

static size_t ascii_columns(const char *from, const char *end)
{
    size_t n = 0;

    while (from < end) {
        uint32_t c = utf8_next(&from);

        n += c >= 0x20 && c < 0x7f ? 1 : c < 0x10000 ? 6 : 7;
    }
    return n;
}

/* Blanks part words; other control characters are shown. */
static void wrap(FILE *out, const char *first, const char *text)
{
    size_t indent = strlen(first), at = 2 + indent;

    fprintf(out, "# %s", first);
    while (*text) {
        const char *end = text + strcspn(text, " ");
        size_t n = ascii_columns(text, end);

        if (at > 2 + indent && at + 1 + n > COLUMNS) {
            fprintf(out, "\n# %*s", (int)indent, "");
            at = 2 + indent;
        } else if (at > 2 + indent) {
            fputc(' ', out);
            at++;
        }
        put_ascii(out, text, end);
        at += n;
        text = end + (*end == ' ');
    }
    fputc('\n', out);
}

/* NULL without memory, which the script keeps in mind. */
static char *text_of(struct script *s, const char *format, va_list args)
{
    char *text = NULL;

    s->is_out_of_memory |= text_vformat(&text, format, args) < 0;
    return text;
}

void script_comment(struct script *s, const char *first, const char *format, ...)
{
    AUTO_MEMORY char *text = NULL;
    va_list args;

    va_start(args, format);
    text = text_of(s, format, args);
    va_end(args);
    if (text)
        wrap(s->out, first, text);
}

void script_line(struct script *s, const char *format, ...)
{
    AUTO_MEMORY char *text = NULL;
    va_list args;

    va_start(args, format);
    text = text_of(s, format, args);
    va_end(args);
    fputs(text && *text ? "# " : "#", s->out);
    if (text)
        put_ascii(s->out, text, text + strlen(text));
    fputc('\n', s->out);
}

void script_code(struct script *s, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfprintf(s->out, format, args);
    va_end(args);
}

void script_own(struct script *s, char *code)
{
    s->is_out_of_memory |= !code;
    fputs(code ? code : "", s->out);
    free(code);
}

void script_literal(struct script *s, const char *text)
{
    script_own(s, quote_powershell(text));
}

const char *script_subject(const struct script *s, const struct plan_change *c)
{
    if (c->host)
        return c->host->name;
    return c->setting == PLAN_ROLE ? s->plan->config->topology.networks[c->network].name
                                   : "cluster";
}

bool script_has(const struct script *s, enum plan_setting setting)
{
    for (size_t i = 0; i < s->plan->n_changes; i++)
        if (s->plan->changes[i].setting == setting)
            return true;
    return false;
}

int fix_write_script(const void *context, FILE *out, struct error *err)
{
    const struct fix_report *report = context;
    struct script s = { out, report, report->plan, false };

    script_header(&s);
    if (report->plan->n_changes) {
        script_helpers(&s);
        script_guards(&s);
        script_changes(&s);
    } else {
        script_code(&s, "\nWrite-Host 'Nothing to change.'\n");
    }
    return s.is_out_of_memory ? error_memory(err) : 0;
}
