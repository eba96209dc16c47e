#include "analyzers/report/docx/scan.h"

#include <string.h>

static int fail(const struct scan *s, struct error *err, const char *what)
{
    return error_set(err, ERR_INPUT, "byte %zu: %s", s->at, what);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t left(const struct scan *s)
{
    return s->n_bytes - s->at;
}

static bool looks_at(const struct scan *s, const char *word)
{
    size_t n = strlen(word);

    return left(s) >= n && memcmp(s->text + s->at, word, n) == 0;
}

/* Moves behind the next @word. Returns false when there is none. */
static bool skip_past(struct scan *s, const char *word)
{
    size_t n = strlen(word);

    for (; left(s) >= n; s->at++) {
        if (memcmp(s->text + s->at, word, n) == 0) {
            s->at += n;
            return true;
        }
    }
    return false;
}

void scan_begin(struct scan *s, const char *text, size_t n_bytes)
{
    s->text = text;
    s->n_bytes = n_bytes;
    s->at = s->depth = 0;
    s->has_root = false;
    if (looks_at(s, "\357\273\277"))
        s->at = 3;
}

bool scan_equals(struct scan_text text, const char *word)
{
    return strlen(word) == text.n && memcmp(text.at, word, text.n) == 0;
}

static struct scan_text without_prefix(struct scan_text name)
{
    const char *colon = name.n ? memchr(name.at, ':', name.n) : NULL;

    if (!colon)
        return name;
    return (struct scan_text){ colon + 1, name.n - (size_t)(colon + 1 - name.at) };
}

/* One name="value" of what is left; moves past it. Returns 1, 0 at the end, or -1: none. */
static int next_attribute(struct scan_text *rest, struct scan_text *ret_name,
                          struct scan_text *ret_value)
{
    const char *at = rest->at, *end = rest->at + rest->n, *close;

    while (at < end && is_space(*at))
        at++;
    if (at == end)
        return 0;
    ret_name->at = at;
    while (at < end && *at != '=' && !is_space(*at) && *at != '"' && *at != '\'')
        at++;
    ret_name->n = (size_t)(at - ret_name->at);
    if (ret_name->n == 0 || end - at < 3 || *at != '=' || (at[1] != '"' && at[1] != '\''))
        return -1;
    close = memchr(at + 2, at[1], (size_t)(end - at - 2));
    if (!close)
        return -1;
    *ret_value = (struct scan_text){ at + 2, (size_t)(close - at - 2) };
    rest->n = (size_t)(end - close - 1);
    rest->at = close + 1;
    return 1;
}

bool scan_attribute(const struct scan_token *t, const char *name, struct scan_text *ret_value)
{
    struct scan_text rest = t->attributes, key, value;

    while (next_attribute(&rest, &key, &value) > 0) {
        if (scan_equals(key, name) || scan_equals(without_prefix(key), name)) {
            *ret_value = value;
            return true;
        }
    }
    return false;
}

static int check_attributes(const struct scan *s, const struct scan_token *t, struct error *err)
{
    struct scan_text rest = t->attributes, key, value;
    int r;

    while ((r = next_attribute(&rest, &key, &value)) > 0) {
        if (memchr(value.at, '<', value.n))
            return fail(s, err, "an attribute holds '<'");
    }
    return r < 0 ? fail(s, err, "an attribute is malformed") : 0;
}

/* At '<' of a tag: finds its '>', which may also stand in quotes. */
static bool find_tag_end(const struct scan *s, size_t *ret_end)
{
    char quote = '\0';

    for (size_t i = s->at + 1; i < s->n_bytes; i++) {
        char c = s->text[i];

        if (quote) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            *ret_end = i;
            return true;
        } else if (c == '<') {
            return false;
        }
    }
    return false;
}

static int close_element(struct scan *s, struct scan_token *t, struct scan_text name,
                         struct error *err)
{
    const struct scan_text *open;

    while (name.n > 0 && is_space(name.at[name.n - 1]))
        name.n--;
    if (s->depth == 0)
        return fail(s, err, "an element is closed that is not open");
    open = &s->open[s->depth - 1];
    if (open->n != name.n || memcmp(open->at, name.at, name.n) != 0)
        return fail(s, err, "an element is closed that is not the last one opened");
    t->depth = --s->depth;
    t->kind = SCAN_CLOSE;
    t->name = without_prefix(name);
    return 1;
}

static int open_element(struct scan *s, struct scan_token *t, const char *from, const char *end,
                        struct error *err)
{
    const char *at = from;
    bool is_empty = end > from && end[-1] == '/';
    struct scan_text name;
    int r;

    end -= is_empty;
    while (at < end && !is_space(*at))
        at++;
    name = (struct scan_text){ from, (size_t)(at - from) };
    if (name.n == 0 || memchr(name.at, '=', name.n) || memchr(name.at, '"', name.n))
        return fail(s, err, "a tag has no name");
    if (s->depth == 0 && s->has_root)
        return fail(s, err, "a second root element");
    if (s->depth == SCAN_MAX_DEPTH)
        return error_set(err, ERR_LIMIT, "byte %zu: more than %d elements within each other", s->at,
                         SCAN_MAX_DEPTH);
    t->kind = is_empty ? SCAN_EMPTY : SCAN_OPEN;
    t->depth = s->depth;
    t->name = without_prefix(name);
    t->attributes = (struct scan_text){ at, (size_t)(end - at) };
    r = check_attributes(s, t, err);
    if (r < 0)
        return r;
    s->has_root = true;
    if (!is_empty)
        s->open[s->depth++] = name;
    return 1;
}

static int next_tag(struct scan *s, struct scan_token *t, struct error *err)
{
    size_t end;
    int r;

    if (!find_tag_end(s, &end))
        return fail(s, err, "a tag does not end");
    if (s->text[s->at + 1] == '/')
        r = close_element(s, t, (struct scan_text){ s->text + s->at + 2, end - s->at - 2 }, err);
    else
        r = open_element(s, t, s->text + s->at + 1, s->text + end, err);
    if (r > 0)
        s->at = end + 1;
    return r;
}

/* <?xml version="1.0" encoding="UTF-8"?> */
static int check_declaration(const struct scan *s, size_t start, struct error *err)
{
    struct scan_token t = { .attributes = { s->text + start + 5, s->at - start - 7 } };
    struct scan_text encoding;

    if (!scan_attribute(&t, "encoding", &encoding) || scan_equals(encoding, "UTF-8") ||
        scan_equals(encoding, "utf-8"))
        return 1;
    return error_set(err, ERR_INPUT, "byte %zu: an encoding other than UTF-8", start);
}

static int next_special(struct scan *s, struct scan_token *t, struct error *err)
{
    size_t start = s->at;
    bool is_whole;

    t->kind = SCAN_OTHER;
    if (looks_at(s, "<!--")) {
        s->at += 4;
        is_whole = skip_past(s, "-->");
    } else if (looks_at(s, "<![CDATA[")) {
        t->kind = SCAN_TEXT;
        is_whole = s->depth > 0 && skip_past(s, "]]>");
    } else if (looks_at(s, "<?")) {
        s->at += 2;
        is_whole = skip_past(s, "?>");
        if (is_whole && s->at - start >= 7 && memcmp(s->text + start, "<?xml", 5) == 0 &&
            is_space(s->text[start + 5]))
            return check_declaration(s, start, err);
    } else {
        return fail(s, err, "it declares a document type, which no Word document does");
    }
    return is_whole ? 1 : fail(s, err, "it ends in the middle");
}

static int next_text(struct scan *s, struct scan_token *t, struct error *err)
{
    const char *from = s->text + s->at, *end = memchr(from, '<', left(s));
    size_t n = end ? (size_t)(end - from) : left(s);

    if (memchr(from, '\0', n))
        return fail(s, err, "it is no UTF-8 text");
    for (size_t i = 0; s->depth == 0 && i < n; i++) {
        if (!is_space(from[i]))
            return fail(s, err, "text outside of the root element");
    }
    t->kind = SCAN_TEXT;
    s->at += n;
    return 1;
}

int scan_next(struct scan *s, struct scan_token *ret_token, struct error *err)
{
    const struct scan_text nothing = { s->text, 0 };
    int r;

    *ret_token = (struct scan_token){
        .start = s->at, .depth = s->depth, .name = nothing, .attributes = nothing
    };
    if (left(s) == 0) {
        ret_token->end = s->at;
        if (s->depth > 0 || !s->has_root)
            return fail(s, err, "it ends in the middle");
        return 0;
    }
    if (s->text[s->at] != '<')
        r = next_text(s, ret_token, err);
    else if (left(s) > 1 && (s->text[s->at + 1] == '!' || s->text[s->at + 1] == '?'))
        r = next_special(s, ret_token, err);
    else
        r = next_tag(s, ret_token, err);
    ret_token->end = s->at;
    return r;
}

bool scan_is(const struct scan_token *t, enum scan_kind kind, const char *name)
{
    return t->kind == kind && scan_equals(t->name, name);
}

bool scan_begins(const struct scan_token *t, const char *name)
{
    return scan_is(t, SCAN_OPEN, name) || scan_is(t, SCAN_EMPTY, name);
}
