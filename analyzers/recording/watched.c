#include "analyzers/recording/watched.h"

#include <signal.h>
#include <stdlib.h>
#include <strings.h>

#include "analyzers/recording/powershell.h"
#include "analyzers/recording/program.h"
#include "src/base/auto.h"
#include "src/base/text.h"

int watched_check(char *const *words, struct error *err)
{
    char path[PROGRAM_PATH_BYTES];
    enum program_state state = program_find(path, words[0]);

    if (state == PROGRAM_FOUND || (state == PROGRAM_MISSING && program_has_cmdlets))
        return 0;
    if (state == PROGRAM_REFUSED) {
        error_set(err, ERR_USAGE, "can't run '%s': it is no program that may be run", words[0]);
        return STATUS_REFUSED;
    }
    error_set(err, ERR_USAGE, "can't run '%s': there is no such command", words[0]);
    return STATUS_MISSING;
}

static void exited(uv_process_t *process, int64_t status, int number)
{
    struct watched *w = process->data;

    w->ended_ns = uv_hrtime();
    w->is_running = false;
    w->status = status;
    w->signal = number;
    uv_close((uv_handle_t *)process, NULL);
    w->ended(w->context);
}

static int spawn(struct watched *w, uv_loop_t *loop, const char *file, char **words, char **env,
                 struct error *err)
{
    uv_stdio_container_t stdio[3];
    uv_process_options_t options = {
        .exit_cb = exited, .file = file, .args = words, .env = env, .stdio = stdio, .stdio_count = 3
    };
    int r;

    for (int i = 0; i < 3; i++) {
        stdio[i].flags = UV_INHERIT_FD;
        stdio[i].data.fd = i;
    }
    w->process.data = w;
    w->status = w->signal = 0;
    w->started_ns = uv_hrtime();
    r = uv_spawn(loop, &w->process, &options);
    w->is_running = r == 0;
    if (r == 0)
        return 0;
    uv_close((uv_handle_t *)&w->process, NULL);
    error_set(err, ERR_SYSTEM, "can't run '%s': %s", words[0], uv_strerror(r));
    return STATUS_REFUSED; /* it was found just now */
}

/* Without PSModulePath: another PowerShell may have set it, whose modules this one can't load. */
static char **environment_for_shell(uv_env_item_t *items, int n_items)
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

static void environment_release(char **env)
{
    for (size_t i = 0; env && env[i]; i++)
        free(env[i]);
    free(env);
}

static int start_in_shell(struct watched *w, uv_loop_t *loop, char *const *words, struct error *err)
{
    static char shell[] = "powershell.exe", logo[] = "-NoLogo", profile[] = "-NoProfile",
                form[] = "-OutputFormat", text[] = "Text", encoded[] = "-EncodedCommand";
    AUTO_MEMORY char *script = powershell_script(words);
    AUTO_MEMORY char *code = script ? powershell_encode(script) : NULL;
    char *argv[] = { shell, logo, profile, form, text, encoded, code, NULL };
    uv_env_item_t *items = NULL;
    char **env;
    int n_items = 0, r;

    if (!code || uv_os_environ(&items, &n_items) < 0) {
        error_memory(err);
        return STATUS_REFUSED;
    }
    env = environment_for_shell(items, n_items);
    r = spawn(w, loop, shell, argv, env, err);
    environment_release(env);
    uv_os_free_environ(items, n_items);
    return r;
}

int watched_start(struct watched *w, uv_loop_t *loop, char *const *words, struct error *err)
{
    char path[PROGRAM_PATH_BYTES];
    int r = watched_check(words, err);

    if (r != 0)
        return r;
    w->is_in_shell = program_find(path, words[0]) != PROGRAM_FOUND;
    if (w->is_in_shell)
        return start_in_shell(w, loop, words, err);
    return spawn(w, loop, path, (char **)words, NULL, err);
}

/* Standard input, output or error: then Ctrl-C there has reached the command, too. */
static bool has_terminal(void)
{
    for (int i = 0; i < 3; i++) {
        if (uv_guess_handle(i) == UV_TTY)
            return true;
    }
    return false;
}

void watched_pass_on(struct watched *w, int number)
{
    if (!w->is_running || !program_takes_signals)
        return;
    if (number != SIGINT || !has_terminal())
        uv_process_kill(&w->process, number);
}

void watched_kill(struct watched *w)
{
    if (w->is_running)
        uv_process_kill(&w->process, SIGKILL);
}
