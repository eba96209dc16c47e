#include "analyzers/report/result_reduce.h"

#include <stdbool.h>
#include <string.h>

/* How deep things stand: the result is 1, the list of connections 2, a connection 3. */
enum { TOP = 1, LIST = 2, CONNECTION = 3 };

/* No longer than the shortest object with a role, and part of no other token. */
static const char left_out[] = { 'n', 'u', 'l', 'l' };

/* A string that was a member's name, or may become one: what its value is compared with. */
enum pending { PENDING_NONE, PENDING_ROLE, PENDING_CONNECTIONS };

struct reducer {
    char *to;
    size_t at;
    int depth;
    bool is_in_list;      /* of connections */
    bool is_other;        /* the connection's role */
    size_t connection_at; /* where it begins in @to */
    enum pending pending;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Behind the string that begins at @i, at most @n. */
static size_t string_end(const char *text, size_t i, size_t n)
{
    for (i++; i < n && text[i] != '"'; i++)
        i += text[i] == '\\';
    return i < n ? i + 1 : n;
}

static bool is_string(const char *text, size_t n, const char *name)
{
    return n == strlen(name) && memcmp(text, name, n) == 0;
}

static void take_string(struct reducer *r, const char *string, size_t n)
{
    enum pending was = r->pending;

    memcpy(r->to + r->at, string, n);
    r->at += n;
    r->pending = PENDING_NONE;
    if (r->depth == CONNECTION && r->is_in_list) {
        if (was == PENDING_ROLE)
            r->is_other = is_string(string, n, "\"other\"");
        else if (is_string(string, n, "\"role\""))
            r->pending = PENDING_ROLE;
    } else if (r->depth == TOP && is_string(string, n, "\"connections\"")) {
        r->pending = PENDING_CONNECTIONS;
    }
}

static void open(struct reducer *r, char c)
{
    if (r->depth == TOP && c == '[' && r->pending == PENDING_CONNECTIONS)
        r->is_in_list = true;
    if (r->depth == LIST && r->is_in_list) {
        r->connection_at = r->at;
        r->is_other = false;
    }
    r->depth++;
    r->to[r->at++] = c;
}

static void close(struct reducer *r, char c)
{
    r->to[r->at++] = c;
    r->depth--;
    if (r->depth == LIST && r->is_in_list && r->is_other && c == '}') {
        memcpy(r->to + r->connection_at, left_out, sizeof(left_out));
        r->at = r->connection_at + sizeof(left_out);
        r->is_other = false;
    }
    if (r->depth <= TOP)
        r->is_in_list = false;
}

static void take(struct reducer *r, char c)
{
    if (c == '{' || c == '[')
        open(r, c);
    else if (c == '}' || c == ']')
        close(r, c);
    else
        r->to[r->at++] = c;
    if (c != ':' && !is_blank(c))
        r->pending = PENDING_NONE;
}

size_t result_reduce(char *to, const char *text, size_t n)
{
    struct reducer r = { .to = to };

    for (size_t i = 0, end; i < n; i = end) {
        end = i + 1;
        if (text[i] != '"') {
            take(&r, text[i]);
            continue;
        }
        end = string_end(text, i, n);
        take_string(&r, text + i, end - i);
    }
    return r.at;
}
