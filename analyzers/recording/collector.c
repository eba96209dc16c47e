#include "analyzers/recording/collector.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>

#include "analyzers/recording/interrupts.h"
#include "analyzers/recording/shell.h"
#include "src/base/auto.h"
#include "src/base/disk.h"
#include "src/base/quote.h"
#include "src/base/text.h"
#include "src/model/snapshot.h"

struct reading {
    uv_process_t process;
    struct interrupts interrupts;
    bool was_interrupted;
    int64_t status;
};

/* ---- the folder ---- */

static int make_folder(struct collection *c, struct error *err)
{
    char base[PROGRAM_PATH_BYTES - 32], template[PROGRAM_PATH_BYTES];
    size_t n = sizeof(base);
    uv_fs_t request;
    int r = uv_os_tmpdir(base, &n);

    if (r == 0) {
        snprintf(template, sizeof(template), "%s/lmpath-XXXXXX", base);
        r = uv_fs_mkdtemp(NULL, &request, template, NULL);
        if (r == 0)
            snprintf(c->folder, sizeof(c->folder), "%s", request.path);
        uv_fs_req_cleanup(&request);
    }
    if (r < 0)
        return error_set(err, ERR_SYSTEM, "can't make a temporary folder: %s", uv_strerror(r));
    snprintf(c->script, sizeof(c->script), "%s/Get-LmPathSnapshot.ps1", c->folder);
    snprintf(c->snapshot, sizeof(c->snapshot), "%s/snapshot.json", c->folder);
    return 0;
}

static int write_script(const struct collection *c, struct error *err)
{
    int file = disk_create(c->script), r = file;
    size_t written;

    if (file >= 0) {
        r = disk_write(file, collector_script, strlen(collector_script), &written);
        disk_close(file);
    }
    return r < 0 ? error_system(err, -r, "can't write '%s'", c->script) : 0;
}

void collection_release(struct collection *c)
{
    uv_fs_t request;

    if (!*c->folder)
        return;
    disk_remove(c->script);
    disk_remove(c->snapshot);
    uv_fs_rmdir(NULL, &request, c->folder, NULL);
    uv_fs_req_cleanup(&request);
}

/* ---- running it ---- */

static void exited(uv_process_t *process, int64_t status, int number)
{
    struct reading *reading = process->data;

    reading->status = number ? number : status;
    interrupts_stop(&reading->interrupts);
    uv_close((uv_handle_t *)process, NULL);
}

static void interrupted(void *context, int number)
{
    struct reading *reading = context;

    (void)number;
    reading->was_interrupted = true;
    uv_process_kill(&reading->process, SIGKILL);
}

/* Its standard output is our standard error: ours may be asked for the snapshot. */
static int start(struct reading *reading, uv_loop_t *loop, struct shell_command *shell,
                 struct error *err)
{
    uv_stdio_container_t stdio[3] = { { .flags = UV_IGNORE },
                                      { .flags = UV_INHERIT_FD, .data.fd = 2 },
                                      { .flags = UV_INHERIT_FD, .data.fd = 2 } };
    uv_process_options_t options = { .exit_cb = exited,
                                     .file = shell->program,
                                     .args = shell->words,
                                     .env = shell->env,
                                     .stdio = stdio,
                                     .stdio_count = 3 };
    int r;

    reading->process.data = reading;
    interrupts_start(&reading->interrupts, loop, interrupted, reading);
    r = uv_spawn(loop, &reading->process, &options);
    if (r == 0)
        return 0;
    interrupts_stop(&reading->interrupts);
    uv_close((uv_handle_t *)&reading->process, NULL);
    return error_set(err, ERR_SYSTEM, "can't run '%s': %s", shell->program, uv_strerror(r));
}

static int run(const char *script, struct error *err)
{
    struct shell_command shell;
    struct reading reading = { 0 };
    uv_loop_t loop;
    int r = shell_command_init(&shell, script, err);

    if (r == 0) {
        uv_loop_init(&loop);
        r = start(&reading, &loop, &shell, err);
        uv_run(&loop, UV_RUN_DEFAULT);
        uv_loop_close(&loop);
    }
    shell_command_release(&shell);
    if (r < 0)
        return r;
    if (reading.was_interrupted)
        return error_set(err, ERR_SYSTEM, "the collector was interrupted");
    if (reading.status != 0)
        return error_set(err, ERR_SYSTEM,
                         "the collector ended with status %d; what it said stands above",
                         (int)reading.status);
    return 0;
}

/* A policy of the domain's goes before what is set here for this one process. */
static char *run_script(const struct collection *c, char *const *nodes, bool in_cluster)
{
    AUTO_MEMORY char *script = quote_powershell(c->script);
    const char *parameter = in_cluster ? " -Node " : " -ComputerName ";
    AUTO_MEMORY char *snapshot = quote_powershell(c->snapshot);
    AUTO_MEMORY char *names = text_copy("");

    for (size_t i = 0; nodes[i]; i++)
        quote_append(&names, nodes[i]);
    if (!script || !snapshot || !names)
        return NULL;
    return text_format("$ErrorActionPreference = 'Stop'\n"
                       "Set-ExecutionPolicy -Scope Process -ExecutionPolicy Bypass "
                       "-Force -ErrorAction SilentlyContinue\n"
                       "& %s -OutputPath %s%s%s | Out-Null",
                       script, snapshot, *names ? parameter : "", names);
}

static int judge(const struct collection *c, struct error *err)
{
    AUTO(snapshot) snapshot = NULL;

    if (!disk_has(c->snapshot))
        return error_set(err, ERR_SYSTEM, "the collector wrote nothing; what it said stands above");
    return snapshot_read(&snapshot, c->snapshot, err);
}

int collection_make(struct collection *c, char *const *nodes, bool in_cluster, struct error *err)
{
    AUTO_MEMORY char *script = NULL;
    int r;

    *c->folder = '\0';
    if (!shell_is_there())
        return error_set(
            err, ERR_USAGE,
            "there is no Hyper-V here to ask: run this on a cluster node, or carry the "
            "script there ('lmpath snapshot --script -o Get-LmPathSnapshot.ps1'), run "
            "it as administrator and bring its snapshot.json back");
    r = make_folder(c, err);
    if (r == 0)
        r = write_script(c, err);
    if (r < 0)
        return r;
    script = run_script(c, nodes, in_cluster);
    if (!script)
        return error_memory(err);
    r = run(script, err);
    return r < 0 ? r : judge(c, err);
}
