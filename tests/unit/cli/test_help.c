#include "src/cli/help.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/scratch.h"

static const struct option_row rows[] = {
    { 'n', "network", "NAME=PREFIX[,PREFIX]...",
      "define a network, which is a name and the prefixes that belong to it, however many they are",
      NULL },
    { 'q', "quiet", NULL, "say less", NULL },
    { 0, "lm_port", "N", "a #port", NULL },
    { 0 },
};
static const struct option_group groups[] = { { "Networks", rows }, { NULL, NULL } };
static const struct command part = {
    .program = "tool",
    .name = "part",
    .operands = "INPUT...",
    .summary = "do a part",
    .text = "The first paragraph is long enough that it has to be wrapped somewhere before column "
            "eighty.\n\nThe second.",
    .groups = groups,
    .exit_codes = "0\n    good",
    .examples = "tool part x\n    does x",
};
static const struct command *const parts[] = { &part, NULL };
static const struct command whole = { .name = "tool", .summary = "do it all", .commands = parts };

static char text[8192];

static const char *written(void (*write)(const struct command *, FILE *), const struct command *c)
{
    struct scratch s = scratch_open();

    write(c, s.out);
    return scratch_close(&s, text, sizeof(text));
}

Test(help, fits_eighty_columns)
{
    for (const char *line = written(command_help, &part); *line;) {
        size_t n_bytes = strcspn(line, "\n");

        cr_assert(n_bytes <= 80);
        cr_assert(n_bytes == 0 || line[n_bytes - 1] != ' ');
        line += n_bytes + (line[n_bytes] == '\n');
    }
}

Test(help, shows_every_option_in_its_group)
{
    const char *at = written(command_help, &part);

    cr_assert(strstr(at, "usage: tool part [OPTION]... INPUT...\n"));
    cr_assert(strstr(at, "\nNetworks:\n  -n, --network NAME=PREFIX[,PREFIX]...\n"));
    cr_assert(strstr(at, "\n  -q, --quiet             say less\n"));
    cr_assert(strstr(at, "\n      --lm_port N         a #port\n"));
    cr_assert(strstr(at, "\n  -h, --help              show this help\n"));
}

Test(help, keeps_paragraphs_notes_and_examples_apart)
{
    const char *at = written(command_help, &part);

    cr_assert(strstr(at, "before\ncolumn eighty.\n\nThe second.\n\n"));
    cr_assert(strstr(at, "\nExit code:\n  0   good\n"));
    cr_assert(strstr(at, "\nExamples:\n  tool part x\n      does x\n"));
}

Test(help, lists_the_commands_of_a_program)
{
    const char *at = written(command_help, &whole);

    cr_assert(strstr(at, "usage: tool\n"));
    cr_assert(strstr(at, "\nCommands:\n  part                    do a part\n"));
}

Test(manual, escapes_what_the_markup_would_take)
{
    const char *at = written(command_manual, &part);

    cr_assert(strncmp(at, "tool-part(1)\n\n# NAME\n\ntool-part - do a part\n", 42) == 0);
    cr_assert(strstr(at, "*\\-n*, *\\-\\-network* _NAME=PREFIX\\[,PREFIX\\]..._\n\tdefine"));
    cr_assert(strstr(at, "*\\-\\-lm\\_port* _N_\n\ta \\#port\n"));
    cr_assert(strstr(at, "# EXIT STATUS\n\n*0*\n\tgood\n"));
}
