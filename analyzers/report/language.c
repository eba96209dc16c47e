#include "analyzers/report/language.h"

#include <assert.h>
#include <string.h>

static const char *const names[N_LANGUAGES] = { [LANGUAGE_EN] = "en", [LANGUAGE_NL] = "nl" };

#define TEXT_ROW(name, en, nl) [TEXT_##name] = { [LANGUAGE_EN] = en, [LANGUAGE_NL] = nl },
static const char *const texts[N_TEXTS][N_LANGUAGES] = { TEXTS(TEXT_ROW) };
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
