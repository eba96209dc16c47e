#include "analyzers/report/language.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "analyzers/report/filling.h"

static const char *const names[N_LANGUAGES] = { [LANGUAGE_EN] = "en", [LANGUAGE_NL] = "nl" };

#define TEXT_ROW(name, en, nl) [TEXT_##name] = { [LANGUAGE_EN] = en, [LANGUAGE_NL] = nl },
static const char *const texts[N_TEXTS][N_LANGUAGES] = { [TEXT_NONE] = { "", "" },
                                                         TEXTS(TEXT_ROW) };
#undef TEXT_ROW

#define TEXT_CHECK(name, en, nl)                                                                   \
    static_assert(sizeof(en) > 1 && sizeof(nl) > 1, "a text of " #name " is missing");
TEXTS(TEXT_CHECK)
#undef TEXT_CHECK

int language_find(enum language *ret_language, const char *name, struct error *err)
{
    for (enum language l = 0; l < N_LANGUAGES; l++) {
        if (strcmp(names[l], name) == 0) {
            *ret_language = l;
            return 0;
        }
    }
    return error_set(err, ERR_USAGE, "'%s' is no language of reports, choose en or nl", name);
}

const char *language_name(enum language language)
{
    return names[language];
}

const char *text_in(enum language language, enum text text)
{
    return texts[text][language];
}

/* "{1}": returns 1, else 0. */
static size_t place_at(const char *at)
{
    return at[0] == '{' && at[1] >= '1' && at[1] <= '0' + TEXT_MAX_PLACES && at[2] == '}'
               ? (size_t)(at[1] - '0')
               : 0;
}

char *text_with_words(char *to, size_t size, enum language language, enum text text,
                      const char *const words[])
{
    struct filling f = filling_of(to, size);
    const char *at = text_in(language, text);
    size_t n_words = 0;

    while (words[n_words])
        n_words++;
    while (*at) {
        size_t place = place_at(at), n = place ? 0 : 1 + strcspn(at + 1, "{");

        assert(place <= n_words);
        if (place)
            filling_add(&f, words[place - 1], strlen(words[place - 1]));
        else
            filling_add(&f, at, n);
        at += place ? 3 : n;
    }
    return to;
}

char *text_list(char *to, size_t size, enum language language, const char *const items[], size_t n,
                size_t n_more)
{
    struct filling f = filling_of(to, size);
    char more[24];

    snprintf(more, sizeof(more), "%zu", n_more);
    for (size_t i = 0; i < n; i++) {
        const char *between = i + 1 == n && n_more == 0 ? text_in(language, TEXT_LIST_AND) : ", ";

        if (i > 0)
            filling_add(&f, between, strlen(between));
        filling_add(&f, items[i], strlen(items[i]));
    }
    if (n_more > 0) {
        char rest[64];

        text_with(rest, sizeof(rest), language, TEXT_LIST_MORE, more);
        filling_add(&f, rest, strlen(rest));
    }
    return to;
}
