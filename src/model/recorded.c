#include "src/model/recorded.h"

#include <stdlib.h>

#include "src/base/disk.h"
#include "src/base/text.h"

static int read_counters(struct recorded *r, struct error *err)
{
    struct error why = { "" };
    int status = counters_read(&r->counters, r->folder, &why);

    r->has_counters = status == 0;
    if (status >= 0)
        return 0;
    counters_release(&r->counters);
    r->counters_problem = text_copy(why.text);
    return r->counters_problem && status != ERR_MEMORY ? 0 : error_memory(err);
}

static int read_all(struct recorded *r, const char *folder, struct error *err)
{
    char path[SESSION_PATH_BYTES];
    int status;

    r->folder = text_copy(folder);
    if (!r->folder)
        return error_memory(err);
    status = session_read(&r->session, folder, err);
    if (!status)
        status = read_counters(r, err);
    if (!status)
        status = session_path(path, folder, SESSION_SNAPSHOT_FILE, err);
    r->has_snapshot = !status && disk_has(path);
    return status;
}

int recorded_read(struct recorded *ret_recorded, const char *folder, struct error *err)
{
    struct recorded r = { 0 };
    int status;

    session_init(&r.session);
    status = read_all(&r, folder, err);
    if (status < 0)
        recorded_release(&r);
    else
        *ret_recorded = r;
    return status;
}

void recorded_release(struct recorded *r)
{
    free(r->folder);
    free(r->counters_problem);
    session_release(&r->session);
    counters_release(&r->counters);
}
