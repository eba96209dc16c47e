#include "analyzers/nic_list.h"

#include <string.h>

#include "analyzers/commands.h"
#include "src/base/plain.h"
#include "src/base/units.h"
#include "src/cli/exit_codes.h"

enum { N_COLUMNS = 6, CELL_BYTES = 1024 };

static const char *const titles[N_COLUMNS] = { "name",  "network", "addresses",
                                               "speed", "mtu",     "recorded" };

struct listing {
    bool is_json;
    bool is_shown;
    struct client_ending ending;
};

static void fill_cell(char cell[CELL_BYTES], const struct message_nic *nic, int column)
{
    char raw[CELL_BYTES] = "";
    size_t n = 0;

    switch (column) {
    case 0:
        snprintf(raw, sizeof(raw), "%s", nic->name);
        break;
    case 1:
        snprintf(raw, sizeof(raw), "%s", nic->network);
        break;
    case 2:
        for (size_t i = 0; i < nic->n_addresses && n < sizeof(raw); i++)
            n += (size_t)snprintf(raw + n, sizeof(raw) - n, "%s%s", i ? ", " : "",
                                  nic->addresses[i]);
        break;
    case 3:
        if (nic->speed_bits_per_s != MESSAGE_UNKNOWN)
            rate_text(raw, (double)nic->speed_bits_per_s);
        break;
    case 4:
        if (nic->mtu != MESSAGE_UNKNOWN)
            snprintf(raw, sizeof(raw), "%llu", (unsigned long long)nic->mtu);
        break;
    default:
        snprintf(raw, sizeof(raw), "%s%s%s", nic->is_chosen ? "yes" : "no",
                 *nic->problem ? ": " : "", nic->problem);
        break;
    }
    plain_text(cell, CELL_BYTES, raw, PLAIN_UNCUT);
}

static void show_table(const struct message *m)
{
    unsigned widths[N_COLUMNS];
    char cell[CELL_BYTES];

    for (int c = 0; c < N_COLUMNS; c++) {
        widths[c] = (unsigned)strlen(titles[c]);
        for (size_t i = 0; i < m->n_nics; i++) {
            fill_cell(cell, &m->nics[i], c);
            if (plain_columns(cell) > widths[c])
                widths[c] = plain_columns(cell);
        }
    }
    for (size_t i = 0; i <= m->n_nics; i++) {
        for (int c = 0; c < N_COLUMNS; c++) {
            if (i == 0)
                snprintf(cell, sizeof(cell), "%s", titles[c]);
            else
                fill_cell(cell, &m->nics[i - 1], c);
            printf("%s", cell);
            if (c < N_COLUMNS - 1)
                printf("%*s", (int)(widths[c] - plain_columns(cell)) + 2, "");
        }
        putchar('\n');
    }
}

static void heard(void *context, const struct message *m, const char *line, size_t n_bytes)
{
    struct listing *l = context;

    if (m->kind != MESSAGE_INTERFACES || l->is_shown)
        return;
    l->is_shown = true;
    if (l->is_json)
        printf("%.*s\n", (int)n_bytes, line);
    else
        show_table(m);
}

static void ended(void *context, const struct client_ending *ending)
{
    struct listing *l = context;

    l->ending = *ending;
    l->ending.problem = NULL; /* borrowed */
}

static int list(struct listing *l, char **argv, struct error *err)
{
    struct client_hooks hooks = { .heard = heard, .ended = ended, .context = l };
    struct client *client = NULL;
    uv_loop_t loop;
    int r;

    uv_loop_init(&loop);
    r = client_spawn(&client, &loop, argv, &hooks, err);
    uv_run(&loop, UV_RUN_DEFAULT);
    client_free(client);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    if (r < 0 || l->is_shown)
        return r;
    if (l->ending.status == EXIT_TROUBLE) /* it has said why */
        return 1;
    return error_set(err, ERR_SYSTEM, "lmpathd listed no NICs");
}

int nic_list_show(const struct recording *o, bool is_json)
{
    struct listing l = { .is_json = is_json };
    struct daemon_command command;
    struct error err;
    int r = daemon_command_init(&command, o, &err);

    if (r == 0)
        r = word_list_add(&command.argv, "-D", &err);
    if (r == 0)
        r = list(&l, command.argv.words, &err);
    daemon_command_release(&command);
    return r < 0 ? command_fail(&err) : r > 0 ? EXIT_TROUBLE : EXIT_AS_IT_SHOULD;
}
