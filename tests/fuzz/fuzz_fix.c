/* A snapshot file of any bytes, as far as the script that mends it and the one that takes it back.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyzers/fix/fix.h"
#include "src/model/snapshot.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

/* Code page or terminal: no byte of a name may show. */
static void look(FILE *script)
{
    int c;

    rewind(script);
    while ((c = getc(script)) != EOF)
        if (c != '\n' && (c < 0x20 || c > 0x7e))
            abort();
}

static void print(const struct plan *p)
{
    struct fix_report report = { p, "x.json", NULL, NULL };
    FILE *script = tmpfile(), *data = tmpfile();
    struct error err;

    if (!script || !data || fix_write_script(&report, script, &err) < 0 ||
        fix_write_json(&report, data, &err) < 0)
        abort();
    look(script);
    fclose(script);
    fclose(data);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    struct snapshot *s = NULL;
    struct config c;
    struct plan p = { 0 };
    struct error err = { "" };

    if (snapshot_parse(&s, bytes, n_bytes, "x.json", &err) < 0)
        return 0;
    if (config_init(&c, s, NULL, &err) == 0 && plan_make(&p, &c, NULL, &err) == 0) {
        print(&p);
        plan_reverse(&p);
        print(&p);
    }
    plan_release(&p);
    config_release(&c);
    snapshot_free(s);
    return 0;
}
