#include "analyzers/recording/nic_list.h"

#include <stdio.h>
#include <string.h>

#include "analyzers/commands.h"
#include "analyzers/live/grid.h"
#include "analyzers/recording/client.h"
#include "src/base/units.h"
#include "src/cli/exit_codes.h"

enum { CELL_BYTES = 1024 };

static const struct grid_column columns[] = {
    { "name", false }, { "network", false },  { "addresses", false }, { "speed", true },
    { "mtu", true },   { "recorded", false }, { NULL, false },
};

struct listing {
    bool is_json;
    bool is_shown;
    int shown; /* 0 or a negative code */
    struct error *err;
    struct client_ending ending;
};

static char *addresses_text(char to[CELL_BYTES], const struct message_nic *nic)
{
    size_t n = 0;

    *to = '\0';
    for (size_t i = 0; i < nic->n_addresses && n < CELL_BYTES; i++)
        n += (size_t)snprintf(to + n, CELL_BYTES - n, "%s%s", i ? ", " : "", nic->addresses[i]);
    return to;
}

/* Why a NIC can't be captured; that it is this one the first column says. */
static const char *problem_of(const struct message_nic *nic)
{
    size_t n_name = strlen(nic->name);
    const char *p = nic->problem;

    if (p[0] == '\'' && strncmp(p + 1, nic->name, n_name) == 0 &&
        strncmp(p + 1 + n_name, "': ", 3) == 0)
        return p + n_name + 4;
    return p;
}

static int add_nic(struct grid *g, const struct message_nic *nic, struct error *err)
{
    char addresses[CELL_BYTES], recorded[CELL_BYTES];
    char speed[UNITS_TEXT_BYTES] = "", mtu[UNITS_TEXT_BYTES] = "";
    const char *const cells[] = { nic->name, nic->network, addresses_text(addresses, nic),
                                  speed,     mtu,          recorded };
    int r = 0;

    if (nic->speed_bits_per_s != MESSAGE_UNKNOWN)
        rate_text(speed, (double)nic->speed_bits_per_s);
    if (nic->mtu != MESSAGE_UNKNOWN)
        snprintf(mtu, sizeof(mtu), "%llu", (unsigned long long)nic->mtu);
    snprintf(recorded, sizeof(recorded), "%s%s%s", nic->is_chosen && !*nic->problem ? "yes" : "no",
             *nic->problem ? ": " : "", problem_of(nic));
    for (size_t i = 0; i < sizeof(cells) / sizeof(*cells) && r == 0; i++)
        r = grid_add(g, cells[i], err);
    return r;
}

static void put_line(void *context, const char *line)
{
    fprintf(context, "%s\n", line);
}

static int show_table(const struct message *m, struct error *err)
{
    struct grid g;
    int r = 0;

    grid_init(&g, columns);
    for (size_t i = 0; i < m->n_nics && r == 0; i++)
        r = add_nic(&g, &m->nics[i], err);
    if (r == 0)
        grid_write(&g, put_line, stdout);
    grid_release(&g);
    return r;
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
        l->shown = show_table(m, l->err);
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
        return r < 0 ? r : l->shown;
    if (l->ending.status == EXIT_TROUBLE) /* it has said why */
        return 1;
    return error_set(err, ERR_SYSTEM, "lmpathd listed no NICs");
}

int nic_list_show(const struct recording *o, bool is_json)
{
    struct error err;
    struct listing l = { .is_json = is_json, .err = &err };
    struct daemon_command command;
    int r = daemon_command_init(&command, o, &err);

    if (r == 0)
        r = word_list_add(&command.argv, "-D", &err);
    if (r == 0)
        r = list(&l, command.argv.words, &err);
    daemon_command_release(&command);
    return r < 0 ? command_fail(&err) : r > 0 ? EXIT_TROUBLE : EXIT_AS_IT_SHOULD;
}
