/* lmpathd -D */
#include <inttypes.h>
#include <stdio.h>

#include "capture/clock.h"
#include "capture/daemon.h"
#include "capture/events.h"
#include "src/base/units.h"

static void list_nic(FILE *out, const struct source *source)
{
    char addr[ADDR_TEXT_BYTES], speed[UNITS_TEXT_BYTES];
    const struct nic *nic = source->nic;

    fprintf(out, "%s", nic->name);
    if (*nic->description)
        fprintf(out, " (%s)", nic->description);
    if (nic->speed_bits_per_s != NIC_UNKNOWN)
        fprintf(out, ", %s", rate_text(speed, (double)nic->speed_bits_per_s));
    if (nic->mtu != NIC_UNKNOWN)
        fprintf(out, ", MTU %" PRIu64, nic->mtu);
    fprintf(out, "\n");
    for (size_t i = 0; i < nic->n_addresses; i++)
        fprintf(out, "    %s/%u\n", addr_text(addr, &nic->addresses[i].addr),
                nic->addresses[i].family_bits);
    if (*source->network)
        fprintf(out, "    network %s\n", source->network);
    if (*source->problem)
        fprintf(out, "    can't be captured: %s\n", source->problem);
    else
        fprintf(out, "    can be captured%s\n",
                source->is_chosen ? "; these options choose it" : "");
}

int daemon_list(const struct daemon_options *options, FILE *out, bool for_programs,
                struct error *err)
{
    struct topology topology;
    struct sources sources = { 0 };
    AUTO(events) events = NULL;
    int r = daemon_know_networks(&topology, options, err);

    if (r == 0)
        r = sources_init(&sources, &topology, &options->sources, err);
    if (r == 0)
        r = events_new(&events, err);
    if (r == 0) {
        const char *line;

        sources_try(&sources, &options->sources);
        line = for_programs ? event_interfaces(events, clock_wall_ns(), &sources) : NULL;
        if (line)
            fputs(line, out);
        for (size_t i = 0; !for_programs && i < sources.n_rows; i++)
            list_nic(out, &sources.rows[i]);
    }
    sources_release(&sources);
    topology_release(&topology);
    return r;
}
