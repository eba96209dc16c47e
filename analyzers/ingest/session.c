#include "analyzers/ingest/session.h"

#include <stdlib.h>

#include "src/base/array.h"
#include "src/base/text.h"

void session_list_init(struct session_list *list)
{
    *list = (struct session_list){ 0 };
}

void session_list_release(struct session_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        recorded_release(&list->items[i]);
    free(list->items);
    session_list_init(list);
}

int session_list_add(struct session_list *list, struct input_list *inputs, const char *path,
                     struct error *err)
{
    struct recorded *s;
    int r;

    if (!session_is_folder(path))
        return input_list_add(inputs, path, err);
    for (size_t i = 0; i < list->n; i++)
        if (input_is_same(list->items[i].folder, path))
            return 0;
    r = array_reserve(&list->items, &list->capacity, list->n + 1, sizeof(*list->items),
                      MAX_SESSIONS, err);
    if (r < 0)
        return error_prefix(err, r, "sessions");
    s = &list->items[list->n];
    r = recorded_read(s, path, err);
    if (r < 0)
        return r;
    list->n++;
    s->first_input = inputs->n;
    r = input_list_add_found(inputs, path, err); /* none is fine: counters alone tell something */
    s->n_inputs = inputs->n - s->first_input;
    return r;
}

int session_list_snapshot(const struct session_list *list, char **ret_path, struct error *err)
{
    char path[SESSION_PATH_BYTES];

    *ret_path = NULL;
    for (size_t i = 0; i < list->n; i++) {
        int r;

        if (!list->items[i].has_snapshot)
            continue;
        r = session_path(path, list->items[i].folder, SESSION_SNAPSHOT_FILE, err);
        if (r < 0)
            return r;
        *ret_path = text_copy(path);
        return *ret_path ? 0 : error_memory(err);
    }
    return 0;
}
