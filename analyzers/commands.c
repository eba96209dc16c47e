#include "analyzers/commands.h"

#include <string.h>

#include "src/cli/exit_codes.h"
#include "src/cli/suggest.h"

static const struct command *const commands[] = {
    &command_analyze,  &command_report,
    &command_check,    &command_drift,
    &command_fix,      &command_explain,
#ifdef LIVE_COMMANDS
    &command_record,   &command_run,
    &command_snapshot, &command_watch,
    &command_ctl,      &command_interfaces,
#endif
    &command_help_on,  NULL,
};

static int show_version(void *options, const char *value, struct error *err)
{
    (void)options;
    (void)value;
    (void)err;
    printf("lmpath %s\n", LMPATH_VERSION);
    return 1;
}

static const struct option_row program_rows[] = {
    { 'V', "version", NULL, "show the version", show_version },
    { 0 },
};
static const struct option_group program_groups[] = { { "Options", program_rows }, { NULL, NULL } };

const struct command command_lmpath = {
    .name = "lmpath",
    .operands = "COMMAND [ARGUMENT]...",
    .summary = "prove which cluster network carried a live-migrated VM's memory",
    .text = "Live migration over the wrong network fails nowhere: no warning, a green cluster. "
            "lmpath looks at the packets instead of the configuration and tells which network "
            "the memory took, with the numbers that prove it.",
    .groups = program_groups,
    .examples = "lmpath analyze migration.pcapng -n LM=10.20.0.0/24 -n Mgmt=10.10.10.0/24 -e LM\n"
                "    which of the two networks carried the VM?\n"
                "lmpath help analyze\n"
                "    every option of analyze",
    .commands = commands,
};

/* What looks like a capture was meant for analyze. */
static bool is_file_name(const char *word)
{
    return strpbrk(word, "./\\") != NULL;
}

int command_find(const struct command **ret_command, const char *name, struct error *err)
{
    struct suggestion near = suggestion_for(name);

    for (size_t i = 0; commands[i]; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            *ret_command = commands[i];
            return 0;
        }
        suggestion_consider(&near, commands[i]->name);
    }
    if (near.best)
        return error_set(err, ERR_USAGE, "unknown command '%s', did you mean '%s'?", name,
                         near.best);
    if (is_file_name(name))
        return error_set(err, ERR_USAGE,
                         "unknown command '%s', a capture is read by 'lmpath analyze %s'", name,
                         name);
    return error_set(err, ERR_USAGE, "unknown command '%s', see 'lmpath --help'", name);
}

int command_fail(const struct error *err)
{
    fprintf(stderr, "lmpath: %s\n", err->text);
    return EXIT_TROUBLE;
}
