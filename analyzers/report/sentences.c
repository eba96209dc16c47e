#include "analyzers/report/sentences.h"

#include <string.h>

#include "analyzers/report/filling.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/sentences_catalogue.h"
#include "analyzers/report/sentences_checks.h"
#include "analyzers/report/sentences_results.h"

enum { MAX_DEPTH = 3 };

struct sentence {
    const char *where; /* "reason", "LM103 LM104" */
    const char *english, *dutch;
};

#define SENTENCE_ROW(where, en, nl) { where, en, nl },
static const struct sentence sentences[] = { SENTENCES_OF_RESULTS(
    SENTENCE_ROW) SENTENCES_OF_CATALOGUE(SENTENCE_ROW) SENTENCES_OF_CHECKS(SENTENCE_ROW) };
#undef SENTENCE_ROW
enum { N_SENTENCES = sizeof(sentences) / sizeof(*sentences) };

#define KEY_ROW(en, nl) { en, nl },
static const struct {
    const char *english, *dutch;
} keys[] = { EVIDENCE_KEYS(KEY_ROW) };
#undef KEY_ROW

/* What stood in the places of a template. */
struct match {
    const struct sentence *sentence; /* NULL: none */
    size_t n_literal;                /* bytes that are the template's own */
    size_t n_places;
    struct {
        const char *at;
        size_t n_bytes;
        bool is_real;
    } places[TEXT_MAX_PLACES];
};

struct translation {
    enum language language;
    const struct result *result;
    const char *where;
    unsigned depth;
};

/* "%s", "%.3f", "%llu": its length; 0: no place begins here. */
static size_t place_bytes(const char *at)
{
    return *at == '%' ? 2 + strspn(at + 1, ".0123456789lz") : 0;
}

/* Bytes up to the next place or the end. */
static size_t literal_bytes(const char *at)
{
    return strcspn(at, "%");
}

/* The first place that ends with the literal behind it; the last literal is the text's end. */
static const char *find_literal(const char *text, const char *literal, size_t n)
{
    size_t n_text = strlen(text);

    if (literal[n] == '\0')
        return n_text >= n && memcmp(text + n_text - n, literal, n) == 0 ? text + n_text - n : NULL;
    for (const char *at = text; n > 0 && (at = strchr(at, *literal)) != NULL; at++) {
        if (strncmp(at, literal, n) == 0)
            return at;
    }
    return NULL;
}

static bool match_one(struct match *m, const struct sentence *s, const char *text)
{
    const char *at = s->english;
    size_t n = literal_bytes(at);

    *m = (struct match){ .sentence = s, .n_literal = n };
    if (strncmp(text, at, n) != 0)
        return false;
    text += n;
    at += n;
    while (*at) {
        size_t n_place = place_bytes(at);
        const char *end;

        n = literal_bytes(at + n_place);
        end = find_literal(text, at + n_place, n);
        if (!end || m->n_places == TEXT_MAX_PLACES ||
            (at[n_place - 1] != 's' && strspn(text, "-.0123456789") < (size_t)(end - text)))
            return false;
        m->places[m->n_places].at = text;
        m->places[m->n_places].n_bytes = (size_t)(end - text);
        m->places[m->n_places++].is_real = at[n_place - 1] == 'f';
        m->n_literal += n;
        text = end + n;
        at += n_place + n;
    }
    return *text == '\0';
}

static bool comes_from(const struct sentence *s, const struct translation *t)
{
    return strstr(s->where, t->where) ||
           (t->depth > 0 && (strcmp(s->where, "phrase") == 0 || strcmp(s->where, "damage") == 0));
}

/* Of several that fit, the one that says most by itself. */
static struct match match_best(const struct translation *t, const char *text, bool has_places)
{
    struct match best = { 0 }, m;

    for (size_t i = 0; i < N_SENTENCES; i++) {
        const struct sentence *s = &sentences[i];

        if (comes_from(s, t) && (has_places || !strchr(s->english, '%')) &&
            match_one(&m, s, text) && (!best.sentence || m.n_literal > best.n_literal))
            best = m;
    }
    return best;
}

static bool translate(const struct translation *t, struct filling *f, const char *text,
                      bool has_places);

/* A place: of a number its language's form, of a phrase its translation, else what it is. */
static void fill_place(const struct translation *t, struct filling *f, const char *text,
                       bool is_real, char kind)
{
    struct translation within = *t;
    char value[UNITS_TEXT_BYTES];

    within.depth++;
    if (value_in(t->language, value, text, is_real))
        filling_add(f, value, strlen(value));
    else if (kind == '\0' || within.depth > MAX_DEPTH || !translate(&within, f, text, kind == '='))
        filling_add(f, text, strlen(text));
}

/* The networks of a list, one at @*at: its name or phrase into @to. Returns false at neither. */
static bool next_item(const struct translation *t, const char **at, char to[SENTENCE_BYTES])
{
    size_t longest = 0;
    struct filling f = filling_of(to, SENTENCE_BYTES);

    for (size_t i = 0; t->result && i < t->result->n_networks; i++) {
        const char *name = t->result->networks[i].name;
        size_t n = strlen(name);

        if (n > longest && strncmp(*at, name, n) == 0 &&
            (!(*at)[n] || strncmp(*at + n, ", ", 2) == 0 || strncmp(*at + n, " and ", 5) == 0))
            longest = n;
    }
    filling_add(&f, *at, longest);
    *at += longest;
    return longest > 0;
}

/* "A, B and C", where all of them are networks; anything else stays as it is. */
static void fill_list(const struct translation *t, struct filling *f, const char *text)
{
    char list[SENTENCE_BYTES], item[SENTENCE_BYTES];
    struct filling l = filling_of(list, sizeof(list));
    const char *and = text_in(t->language, TEXT_LIST_AND);

    for (const char *at = text; next_item(t, &at, item);) {
        filling_add(&l, item, strlen(item));
        if (!*at) {
            filling_add(f, list, strlen(list));
            return;
        }
        if (*at == ',')
            filling_add(&l, ", ", 2);
        else
            filling_add(&l, and, strlen(and));
        at += *at == ',' ? 2 : 5;
    }
    fill_place(t, f, text, false, '~');
}

/* Up to the next ", " or " and " that no parentheses enclose, and before the first of those. */
static size_t phrase_bytes(const char *at, size_t *ret_head)
{
    size_t n = 0;
    unsigned depth = 0;

    *ret_head = 0;
    for (; at[n] &&
           (depth > 0 || (strncmp(at + n, ", ", 2) != 0 && strncmp(at + n, " and ", 5) != 0));
         n++) {
        if (*ret_head == 0 && strncmp(at + n, " (", 2) == 0)
            *ret_head = n;
        depth += at[n] == '(';
        depth -= at[n] == ')' && depth > 0;
    }
    if (*ret_head == 0)
        *ret_head = n;
    return n;
}

/* "the cluster's order (Storage1), HV01's list (Management) and SMB Multichannel" */
static void fill_phrases(const struct translation *t, struct filling *f, const char *text)
{
    const char *and = text_in(t->language, TEXT_LIST_AND);
    char phrase[SENTENCE_BYTES];

    while (*text) {
        struct filling head = filling_of(phrase, sizeof(phrase));
        size_t n_head, n = phrase_bytes(text, &n_head);

        filling_add(&head, text, n_head);
        fill_place(t, f, phrase, false, '=');
        filling_add(f, text + n_head, n - n_head);
        text += n;
        if (!*text)
            break;
        if (*text == ',')
            filling_add(f, ", ", 2);
        else
            filling_add(f, and, strlen(and));
        text += *text == ',' ? 2 : 5;
    }
}

/* "{1}", "{=1}": the kind, and the place's number from 0. Returns its length; 0: none begins. */
static size_t read_place(const char *at, char *ret_kind, size_t *ret_place)
{
    size_t n = 1;

    if (at[0] != '{')
        return 0;
    *ret_kind = strchr("=~&+", at[n]) ? at[n++] : '\0';
    *ret_place = (size_t)(at[n] - '1');
    return n + 2;
}

static bool translate(const struct translation *t, struct filling *f, const char *text,
                      bool has_places)
{
    struct match m = match_best(t, text, has_places);
    const char *at = m.sentence ? m.sentence->dutch : NULL;
    char kind, place[SENTENCE_BYTES];

    if (!at)
        return false;
    while (*at) {
        size_t i = 0, n = read_place(at, &kind, &i);
        struct filling slice = filling_of(place, sizeof(place));

        if (n == 0) {
            n = strcspn(at, "{");
            filling_add(f, at, n);
        } else if (i < m.n_places) {
            filling_add(&slice, m.places[i].at, m.places[i].n_bytes);
            if (kind == '&')
                fill_list(t, f, place);
            else if (kind == '+')
                fill_phrases(t, f, place);
            else
                fill_place(t, f, place, m.places[i].is_real, kind);
        }
        at += n;
    }
    return true;
}

bool sentence_in(enum language language, const struct result *r, const char *where, char *to,
                 const char *sentence)
{
    struct translation t = { .language = language, .result = r, .where = where };
    struct filling f = filling_of(to, SENTENCE_BYTES);
    bool is_translated = language == LANGUAGE_EN;

    if (!is_translated)
        is_translated = translate(&t, &f, sentence, true);
    if (!is_translated || language == LANGUAGE_EN)
        filling_add(&f, sentence, strlen(sentence));
    return is_translated;
}

const char *phrase_in(enum language language, const char *text)
{
    struct translation t = { .language = language, .where = "phrase" };
    struct match m = language == LANGUAGE_NL ? match_best(&t, text, false) : (struct match){ 0 };

    return m.sentence ? m.sentence->dutch : text;
}

const char *sentence_key_in(enum language language, const char *key)
{
    for (size_t i = 0; language == LANGUAGE_NL && i < sizeof(keys) / sizeof(*keys); i++) {
        if (strcmp(keys[i].english, key) == 0)
            return keys[i].dutch;
    }
    return key;
}
