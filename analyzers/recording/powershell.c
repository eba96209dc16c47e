#include "analyzers/recording/powershell.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "src/base/auto.h"
#include "src/base/quote.h"
#include "src/base/text.h"
#include "src/base/utf8.h"

static void append_quoted(char **script, const char *word)
{
    AUTO_MEMORY char *quoted = quote_powershell(word);

    if (quoted) {
        text_append(script, "%s", quoted);
        return;
    }
    free(*script);
    *script = NULL;
}

/* The length of "-Name" when the word is that, or that and ":Value"; else 0. */
static size_t parameter_length(const char *word)
{
    size_t n = 1;

    if (word[0] != '-' || !isalpha((unsigned char)word[1]))
        return 0;
    while (isalnum((unsigned char)word[n]) || word[n] == '_')
        n++;
    return word[n] == '\0' || word[n] == ':' ? n : 0;
}

/* The calling shell has expanded $false by now; a switch takes no text. */
static void append_value(char **script, const char *value)
{
    static const char *const flags[] = { "false", "true", "$false", "$true" };

    for (int i = 0; i < 4; i++) {
        if (strcasecmp(value, flags[i]) == 0) {
            text_append(script, "%s", i % 2 ? "$true" : "$false");
            return;
        }
    }
    append_quoted(script, value);
}

static void append_word(char **script, const char *word)
{
    size_t n = parameter_length(word);
    AUTO_MEMORY char *name = text_format("%.*s", (int)n, word);

    text_append(script, " ");
    if (n == 0 || !name) {
        append_quoted(script, word);
        return;
    }
    text_append(script, "%s", name);
    if (word[n] == ':') {
        text_append(script, ":");
        append_value(script, word + n + 1);
    }
}

char *powershell_script(char *const *words)
{
    char *script = text_copy("$ErrorActionPreference = 'Stop'; $name = ");

    append_quoted(&script, words[0]);
    text_append(&script,
                "; if (-not (Get-Command -Name $name -ErrorAction SilentlyContinue)) "
                "{ [Console]::Error.WriteLine(\"lmpath: no such command: $name\"); exit 127 }; "
                "& $name");
    for (size_t i = 1; words[i]; i++)
        append_word(&script, words[i]);
    text_append(&script, "; if ($LASTEXITCODE) { exit $LASTEXITCODE }");
    return script;
}

static void put_utf16(uint8_t *to, size_t *n, uint32_t unit)
{
    to[(*n)++] = (uint8_t)unit;
    to[(*n)++] = (uint8_t)(unit >> 8);
}

char *powershell_encode(const char *script)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    AUTO_MEMORY uint8_t *units = calloc(2 * strlen(script) + 3, 1); /* two zeros to read past it */
    char *encoded = malloc(4 * strlen(script) + 8);
    size_t n = 0, at = 0;
    uint32_t c;

    if (!units || !encoded) {
        free(encoded);
        return NULL;
    }
    while ((c = utf8_next(&script)) != 0) {
        if (c >= 0x10000) {
            put_utf16(units, &n, 0xd800 + ((c - 0x10000) >> 10));
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        put_utf16(units, &n, c);
    }
    for (size_t i = 0; i < n; i += 3) {
        uint32_t three = (uint32_t)units[i] << 16 | (uint32_t)units[i + 1] << 8 | units[i + 2];

        for (size_t k = 0; k < 4; k++)
            encoded[at++] = i + k > n ? '=' : digits[three >> (18 - 6 * k) & 63];
    }
    encoded[at] = '\0';
    return encoded;
}
