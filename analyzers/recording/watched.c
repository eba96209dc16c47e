#include "analyzers/recording/watched.h"

#include <signal.h>

#include "analyzers/recording/powershell.h"
#include "analyzers/recording/program.h"
#include "analyzers/recording/shell.h"
#include "src/base/auto.h"

int watched_check(char *const *words, struct error *err)
{
    char path[PROGRAM_PATH_BYTES];
    enum program_state state = program_find(path, words[0]);

    if (state == PROGRAM_FOUND || (state == PROGRAM_MISSING && shell_is_there()))
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

static int start_in_shell(struct watched *w, uv_loop_t *loop, char *const *words, struct error *err)
{
    AUTO_MEMORY char *script = powershell_script(words);
    struct shell_command shell;
    int r = script ? shell_command_init(&shell, script, err) : error_memory(err);

    if (!script)
        return STATUS_REFUSED;
    r = r < 0 ? STATUS_REFUSED : spawn(w, loop, shell.program, shell.words, shell.env, err);
    shell_command_release(&shell);
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
