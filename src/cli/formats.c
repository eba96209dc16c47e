#include "src/cli/formats.h"

#include <string.h>
#include <strings.h>

enum { NAMES_BYTES = 128 };

int formats_add(const struct output_format *formats, struct outputs *to, const char *name,
                struct error *err)
{
    char names[NAMES_BYTES] = "";
    size_t used = 0;

    for (const struct output_format *f = formats; f->name; f++) {
        if (strcmp(name, f->name) == 0)
            return outputs_add_format(to, name, err);
        if (used < sizeof(names))
            used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s", used ? ", " : "",
                                     f->name);
    }
    return error_set(err, ERR_USAGE, "'%s' is not one of %s", name, names);
}

const struct output_format *formats_find(const struct output_format *formats,
                                         const struct output *o)
{
    const char *end = o->path ? strrchr(o->path, '.') : NULL;

    for (const struct output_format *f = formats; f->name; f++)
        if (o->format ? strcmp(o->format, f->name) == 0
                      : end && f->extension && strcasecmp(end, f->extension) == 0)
            return f;
    return formats;
}
