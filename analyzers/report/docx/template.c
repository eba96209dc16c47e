#include "analyzers/report/docx/template.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyzers/report/docx/scan.h"
#include "analyzers/report/docx/template_parts.h"
#include "src/base/array.h"

enum { SOME_BYTES = 64 * 1024 };

static bool ends_with(struct scan_text text, const char *end)
{
    size_t n = strlen(end);

    return text.n >= n && memcmp(text.at + text.n - n, end, n) == 0;
}

int template_in_part(const struct archive_part *part, int r, struct error *err)
{
    return r < 0 ? error_prefix(err, r, "'%s' in it", part->name) : r;
}

/* ---- relationships ---- */

/* The path of a relationship's target: absolute, or from @folder ("word/", ""). */
static int resolve(char to[ARCHIVE_NAME_BYTES], const char *folder, struct scan_text target,
                   struct error *err)
{
    bool is_absolute = target.n > 0 && target.at[0] == '/';
    int n =
        snprintf(to, ARCHIVE_NAME_BYTES, "%s%.*s", is_absolute ? "" : folder,
                 (int)(target.n > ARCHIVE_NAME_BYTES ? ARCHIVE_NAME_BYTES : target.n) - is_absolute,
                 target.at + is_absolute);

    if (n >= ARCHIVE_NAME_BYTES)
        return error_set(err, ERR_INPUT, "a relationship leads nowhere");
    return 0;
}

/*
 * Finds the part to which the relationships of @part lead by a type that ends in @type.
 * Returns 1, 0: none, or a negative code.
 */
static int find_related(const struct docx_template *t, const struct archive_part *part,
                        const char *folder, const char *type, const struct archive_part **ret_part,
                        struct error *err)
{
    char name[ARCHIVE_NAME_BYTES];
    struct scan_text kind, target;
    struct scan_token token;
    struct scan scan;
    int r;

    scan_begin(&scan, part->bytes, part->n_bytes);
    while ((r = scan_next(&scan, &token, err)) > 0) {
        if (!scan_begins(&token, "Relationship") || !scan_attribute(&token, "Type", &kind) ||
            !ends_with(kind, type) || !scan_attribute(&token, "Target", &target))
            continue;
        r = resolve(name, folder, target, err);
        *ret_part = r < 0 ? NULL : archive_find(&t->parts, name);
        if (r == 0 && !*ret_part)
            r = error_set(err, ERR_INPUT, "it names '%s', which is not there", name);
        return r < 0 ? template_in_part(part, r, err) : 1;
    }
    return template_in_part(part, r, err);
}

static int need_related(const struct docx_template *t, const struct archive_part *part,
                        const char *folder, const char *type, const struct archive_part **ret_part,
                        struct error *err)
{
    int r = find_related(t, part, folder, type, ret_part, err);

    return r == 0 ? error_set(err, ERR_INPUT, "it has no part of the kind '%s'", type + 1) : r;
}

static int find_relations(struct docx_template *t, struct error *err)
{
    const char *slash = strrchr(t->document->name, '/');
    const char *base = slash ? slash + 1 : t->document->name;
    char name[ARCHIVE_NAME_BYTES * 2 + 16];

    snprintf(t->folder, sizeof(t->folder), "%.*s", (int)(base - t->document->name),
             t->document->name);
    snprintf(name, sizeof(name), "%s_rels/%s.rels", t->folder, base);
    t->relations = archive_find(&t->parts, name);
    return t->relations ? 0 : error_set(err, ERR_INPUT, "it has no styles");
}

static int find_parts(struct docx_template *t, struct error *err)
{
    const struct archive_part *roots = archive_find(&t->parts, "_rels/.rels");
    int r;

    t->types = archive_find(&t->parts, "[Content_Types].xml");
    if (!roots || !t->types)
        return error_set(err, ERR_INPUT, "it is a zip archive, but no Word document");
    r = need_related(t, roots, "", "/officeDocument", &t->document, err);
    if (r > 0)
        r = find_related(t, roots, "", "/core-properties", &t->properties, err);
    if (r >= 0)
        r = find_relations(t, err);
    if (r >= 0)
        r = need_related(t, t->relations, t->folder, "/styles", &t->styles, err);
    return r < 0 ? r : 0;
}

/* ---- types, relationships: where to add to them ---- */

static bool is_taken(const struct scan_token *token)
{
    struct scan_text id;

    return scan_attribute(token, "Id", &id) && id.n >= 6 && strncasecmp(id.at, "lmpath", 6) == 0;
}

static bool is_macro(const struct scan_token *token)
{
    struct scan_text type;

    return scan_attribute(token, "ContentType", &type) && ends_with(type, "macroEnabled.main+xml");
}

/* Where the root element of a list ends. */
static int find_list_end(const struct archive_part *part, size_t *ret_end, struct error *err)
{
    struct scan_token token;
    struct scan scan;
    int r;

    *ret_end = 0;
    scan_begin(&scan, part->bytes, part->n_bytes);
    while ((r = scan_next(&scan, &token, err)) > 0) {
        if (is_taken(&token))
            return error_set(err, ERR_INPUT,
                             "it has a report in it already, take one that has none");
        if (is_macro(&token))
            return error_set(err, ERR_INPUT, "it has macros, save it as .docx without them");
        if (token.kind == SCAN_CLOSE && token.depth == 0)
            *ret_end = token.start;
    }
    if (r == 0 && *ret_end == 0)
        r = error_set(err, ERR_INPUT, "it is empty");
    return template_in_part(part, r, err);
}

/* ---- styles ---- */

static bool is_style_called(struct scan_text name, enum style s)
{
    return strlen(style_name(s)) == name.n && strncasecmp(style_name(s), name.at, name.n) == 0;
}

static bool is_plain_id(struct scan_text id)
{
    for (size_t i = 0; i < id.n; i++) {
        if (strchr("\"'&<> \t\r\n", id.at[i]))
            return false;
    }
    return id.n > 0 && id.n < STYLE_ID_BYTES;
}

static void take_style(struct docx_template *t, struct scan_text id, struct scan_text type,
                       struct scan_text name)
{
    for (enum style s = 0; s < N_STYLES; s++) {
        if (!is_style_called(name, s) || !scan_equals(type, style_type(s)) || t->has_style[s])
            continue;
        snprintf(t->ids.ids[s], STYLE_ID_BYTES, "%.*s", (int)id.n, id.at);
        t->has_style[s] = true;
    }
}

/* An own id that another style has: ours takes a longer one. */
static void avoid_id(struct docx_template *t, struct scan_text id, struct scan_text name)
{
    for (enum style s = 0; s < N_STYLES; s++) {
        if (!t->has_style[s] && scan_equals(id, t->ids.ids[s]) && !is_style_called(name, s)) {
            char own[STYLE_ID_BYTES];

            snprintf(own, sizeof(own), "Lmpath0%.40s", t->ids.ids[s]);
            memcpy(t->ids.ids[s], own, sizeof(own));
        }
    }
}

static int read_styles(struct docx_template *t, bool avoids, struct error *err)
{
    struct scan_text id = { 0 }, type = { 0 }, name;
    struct scan_token token;
    struct scan scan;
    bool is_bullet = false;
    int r;

    scan_begin(&scan, t->styles->bytes, t->styles->n_bytes);
    while ((r = scan_next(&scan, &token, err)) > 0) {
        if (scan_begins(&token, "style") && token.depth == 1) {
            is_bullet = false;
            if (!scan_attribute(&token, "styleId", &id) || !is_plain_id(id) ||
                !scan_attribute(&token, "type", &type))
                id.n = 0;
        } else if (scan_begins(&token, "name") && token.depth == 2 && id.n > 0 &&
                   scan_attribute(&token, "val", &name)) {
            if (avoids)
                avoid_id(t, id, name);
            else
                take_style(t, id, type, name);
            is_bullet = is_style_called(name, STYLE_LIST_BULLET);
        } else if (scan_begins(&token, "numPr") && is_bullet) {
            t->has_bullets = true;
        } else if (scan_is(&token, SCAN_CLOSE, "styles") && token.depth == 0) {
            t->styles_end = token.start;
        }
    }
    if (r == 0 && t->styles_end == 0)
        r = error_set(err, ERR_INPUT, "it has no styles");
    return template_in_part(t->styles, r, err);
}

/* ---- the whole ---- */

static int check_parts(const struct docx_template *t, struct error *err)
{
    for (size_t i = 0; i < t->parts.n; i++) {
        if (strncasecmp(t->parts.parts[i].name, "_xmlsignatures/", 15) == 0)
            return error_set(err, ERR_INPUT, "it is signed, take a copy without a signature");
    }
    return 0;
}

static int parse(struct docx_template *t, const void *bytes, size_t n_bytes, struct error *err)
{
    int r = archive_read(&t->parts, bytes, n_bytes, err);

    styles_own_ids(&t->ids);
    if (r == 0)
        r = check_parts(t, err);
    if (r == 0)
        r = find_parts(t, err);
    if (r == 0)
        r = find_list_end(t->types, &t->types_end, err);
    if (r == 0)
        r = find_list_end(t->relations, &t->relations_end, err);
    if (r == 0)
        r = read_styles(t, false, err);
    if (r == 0)
        r = read_styles(t, true, err);
    if (r == 0)
        r = template_place(t, err);
    return r == 0 ? template_sections(t, err) : r;
}

int docx_template_parse(struct docx_template **ret_template, const void *bytes, size_t n_bytes,
                        struct error *err)
{
    AUTO(docx_template) t = calloc(1, sizeof(*t));
    int r = t ? parse(t, bytes, n_bytes, err) : error_memory(err);

    if (r < 0)
        return r;
    *ret_template = t;
    t = NULL; /* the caller owns it now */
    return 0;
}

struct docx_template *docx_template_free(struct docx_template *t)
{
    if (!t)
        return NULL;
    archive_parts_release(&t->parts);
    docx_pages_release(&t->pages);
    free(t->rest_section);
    free(t);
    return NULL;
}

static int read_file(char **ret_bytes, size_t *ret_n_bytes, const char *path, struct error *err)
{
    AUTO_FILE in = fopen(path, "rb");
    AUTO_MEMORY char *bytes = NULL;
    size_t n = 0, capacity = 0, more;

    if (!in)
        return error_system(err, errno, "can't open '%s'", path);
    do {
        int r = array_reserve(&bytes, &capacity, n + SOME_BYTES, 1,
                              DOCX_TEMPLATE_MAX_BYTES + SOME_BYTES, err);

        if (r < 0)
            return r;
        more = fread(bytes + n, 1, SOME_BYTES, in);
        n += more;
    } while (more > 0 && n <= DOCX_TEMPLATE_MAX_BYTES);
    if (ferror(in))
        return error_system(err, errno, "can't read '%s'", path);
    if (n > DOCX_TEMPLATE_MAX_BYTES)
        return error_set(err, ERR_LIMIT, "'%s' has more than %d MiB, take a smaller template", path,
                         DOCX_TEMPLATE_MAX_BYTES / 1024 / 1024);
    *ret_bytes = bytes;
    *ret_n_bytes = n;
    bytes = NULL;
    return 0;
}

int docx_template_read(struct docx_template **ret_template, const char *path, struct error *err)
{
    AUTO_MEMORY char *bytes = NULL;
    size_t n_bytes = 0;
    int r = read_file(&bytes, &n_bytes, path, err);

    if (r < 0)
        return r;
    r = docx_template_parse(ret_template, bytes, n_bytes, err);
    return r < 0 ? error_prefix(err, r, "'%s' is no template", path) : 0;
}
