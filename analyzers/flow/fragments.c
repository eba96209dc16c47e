#include "analyzers/flow/fragments.h"

#include <stddef.h>

struct fragment_note *fragments_find(struct fragments *f, uint64_t print, int64_t time_ns)
{
    struct fragment_note *note = &f->notes[print % FRAGMENT_SLOTS];
    uint64_t apart = (uint64_t)time_ns - (uint64_t)note->time_ns;

    if (time_ns < note->time_ns)
        apart = (uint64_t)note->time_ns - (uint64_t)time_ns;
    if (!note->is_set || note->print != print || apart > (uint64_t)FRAGMENT_LIFE_NS)
        return NULL;
    return note;
}

void fragments_add(struct fragments *f, struct fragment_note note)
{
    note.is_set = true;
    f->notes[note.print % FRAGMENT_SLOTS] = note;
}
