#include "analyzers/report/title_read.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/auto.h"
#include "src/base/text.h"

enum { TITLE_MAX_BYTES = 64 * 1024 };

static char **field(struct title_file *t, const char *key)
{
    const struct {
        const char *key;
        char **text;
    } fields[] = { { "customer", &t->customer },
                   { "cluster", &t->cluster },
                   { "author", &t->author },
                   { "date", &t->date },
                   { "reference", &t->reference } };

    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
        if (strcmp(fields[i].key, key) == 0)
            return fields[i].text;
    }
    return NULL;
}

int title_read(struct title_file *ret_title, const char *path, struct error *err)
{
    char bytes[TITLE_MAX_BYTES];
    AUTO_FILE in = fopen(path, "rb");
    json_auto_t *json = NULL;
    json_error_t why;
    const char *key;
    json_t *value;
    size_t n;

    *ret_title = (struct title_file){ 0 };
    if (!in)
        return error_system(err, errno, "can't open '%s'", path);
    n = fread(bytes, 1, sizeof(bytes), in);
    if (ferror(in))
        return error_system(err, errno, "can't read '%s'", path);
    json = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &why);
    if (!json_is_object(json))
        return error_set(err, ERR_INPUT,
                         "'%s' is no JSON object of customer, cluster, author, date and reference",
                         path);
    json_object_foreach(json, key, value)
    {
        char **text = field(ret_title, key);

        if (!text)
            return error_set(err, ERR_INPUT,
                             "'%s': '%s': is none of customer, cluster, author, date, reference",
                             path, key);
        if (!json_is_string(value))
            return error_set(err, ERR_INPUT, "'%s': %s: is no text", path, key);
        *text = text_copy(json_string_value(value));
        if (!*text)
            return error_memory(err);
    }
    return 0;
}

void title_release(struct title_file *t)
{
    free(t->customer);
    free(t->cluster);
    free(t->author);
    free(t->date);
    free(t->reference);
}
