#include "analyzers/recording/shell.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uv.h>

#include "analyzers/recording/powershell.h"
#include "src/base/text.h"

bool shell_is_there(void)
{
    return program_shells[0] != NULL;
}

static int find(char ret_path[PROGRAM_PATH_BYTES], struct error *err)
{
    for (size_t i = 0; program_shells[i]; i++)
        if (program_find(ret_path, program_shells[i]) == PROGRAM_FOUND)
            return 0;
    return error_set(err, ERR_SYSTEM, "can't find PowerShell in PATH");
}

/* Without PSModulePath: another PowerShell may have set it, whose modules this one can't load. */
static char **environment_for(uv_env_item_t *items, int n_items)
{
    char **env = calloc((size_t)n_items + 1, sizeof(*env));
    int n = 0;

    for (int i = 0; env && i < n_items; i++) {
        if (strcasecmp(items[i].name, "PSModulePath") != 0)
            env[n] = text_format("%s=%s", items[i].name, items[i].value);
        n += env[n] != NULL;
    }
    return env;
}

int shell_command_init(struct shell_command *c, const char *script, struct error *err)
{
    static char logo[] = "-NoLogo", profile[] = "-NoProfile", form[] = "-OutputFormat",
                text[] = "Text", encoded[] = "-EncodedCommand";
    uv_env_item_t *items = NULL;
    int n_items = 0, r;

    *c = (struct shell_command){ 0 };
    r = find(c->program, err);
    if (r < 0)
        return r;
    c->code = powershell_encode(script);
    if (!c->code || uv_os_environ(&items, &n_items) < 0)
        return error_memory(err);
    c->env = environment_for(items, n_items);
    uv_os_free_environ(items, n_items);
    if (!c->env)
        return error_memory(err);
    memcpy(c->words, (char *[]){ c->program, logo, profile, form, text, encoded, c->code, NULL },
           sizeof(c->words));
    return 0;
}

void shell_command_release(struct shell_command *c)
{
    for (size_t i = 0; c->env && c->env[i]; i++)
        free(c->env[i]);
    free(c->env);
    free(c->code);
}
