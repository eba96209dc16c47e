#include "tests/unit/analyzers/lab.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/findings.h"
#include "analyzers/flow/join.h"
#include "analyzers/verdict.h"
#include "src/base/text.h"

struct lab lab;

void lab_begin(void)
{
    static const struct hash_key key = { { 0x9ae16a3b2f90404f, 0xc949d7c7509e6557,
                                           0xff51afd7ed558ccd, 0x4cf5ad432745937f } };
    struct flow_ports ports = { 6600, 445 };

    memset(&lab, 0, sizeof(lab));
    topology_init(&lab.topology);
    result_init(&lab.result);
    cr_assert_eq(flow_table_new(&lab.table, &key, ports, NULL), 0);
    lab.next_port = 50000;
    lab.q = (struct question){ .topology = &lab.topology,
                               .locals = lab.locals,
                               .table = lab.table,
                               .ports = ports,
                               .min_share = 0.95,
                               .vm_memory_bytes = RESULT_UNKNOWN };
}

void lab_end(void)
{
    lab.table = flow_table_free(lab.table);
    result_release(&lab.result);
    topology_release(&lab.topology);
}

struct addr lab_addr(const char *text)
{
    struct addr a;

    cr_assert_eq(addr_parse(&a, text, NULL), 0, "%s", text);
    return a;
}

void lab_network(const char *definition)
{
    cr_assert_eq(topology_define(&lab.topology, definition, NULL), 0, "%s", definition);
}

void lab_networks(void)
{
    lab_network("Storage1=10.20.0.0/24");
    lab_network("Storage2=10.20.1.0/24");
    lab_network("Management=10.10.0.0/24");
}

void lab_expect(const char *list)
{
    cr_assert_eq(topology_expect(&lab.topology, list, NULL), 0, "%s", list);
}

void lab_host(const char *name, const char *addresses)
{
    int host = topology_host_add(&lab.topology, name, NULL);
    char *list = text_copy(addresses);

    cr_assert_geq(host, 0);
    for (char *text = strtok(list, ","); text; text = strtok(NULL, ",")) {
        struct addr a = lab_addr(text);

        cr_assert_eq(topology_address_add(&lab.topology, &a, host,
                                          topology_network_of(&lab.topology, &a), "", NULL),
                     0);
    }
    free(list);
}

int lab_nic(int input, const char *name)
{
    struct result *r = &lab.result;

    if (!r->nics) {
        r->nics = calloc(LAB_MAX_NICS, sizeof(*r->nics));
        r->inputs = calloc(LAB_MAX_NICS, sizeof(*r->inputs));
    }
    cr_assert(r->nics && r->inputs && r->n_nics < LAB_MAX_NICS);
    for (; (int)r->n_inputs <= input; r->n_inputs++) {
        r->inputs[r->n_inputs].path = text_format("input%zu.pcapng", r->n_inputs);
        r->inputs[r->n_inputs].format = "pcapng";
    }
    r->nics[r->n_nics] = (struct result_nic){ .input = input,
                                              .name = text_copy(name),
                                              .description = text_copy(""),
                                              .link_type = "Ethernet",
                                              .link_type_number = 1,
                                              .network = -1,
                                              .host = -1,
                                              .dropped = RESULT_UNKNOWN };
    return (int)r->n_nics++;
}

void lab_local(int nic, const char *address)
{
    cr_assert_lt(lab.q.n_locals, LAB_MAX_LOCALS);
    lab.locals[lab.q.n_locals++] = (struct local_address){ lab_addr(address), nic };
}

static void send_packet(const struct lab_connection *c, uint16_t client_port, bool from_client,
                        double at_s, uint32_t seq, uint32_t ack, uint64_t n_bytes, unsigned flags)
{
    static uint16_t id;
    struct flow_packet f = { .time_ns = LAB_START_NS + (int64_t)((c->start_s + at_s) * 1e9),
                             .vantage = c->vantage,
                             .wire_bytes = (uint32_t)n_bytes + 54 };
    struct packet *p = &f.packet;

    p->source = lab_addr(from_client ? c->from : c->to);
    p->destination = lab_addr(from_client ? c->to : c->from);
    p->source_port = from_client ? client_port : c->port;
    p->destination_port = from_client ? c->port : client_port;
    p->protocol = c->is_udp ? IP_UDP : IP_TCP;
    p->has_ports = true;
    p->ip_id = ++id ? id : ++id;
    p->payload_bytes = (uint32_t)n_bytes;
    if (!c->is_udp) {
        p->has_seq = p->has_tcp = true;
        p->seq = seq;
        p->ack = ack;
        p->tcp_flags = (uint8_t)flags;
        p->tcp_header_bytes = 20;
    }
    cr_assert_geq(flow_table_add(lab.table, &f, 1, NULL), 0);
    lab.result.nics[c->vantage].packets++;
}

/* Segments of a mebibyte, evenly over the time; the last one short. */
static void send_all(const struct lab_connection *c, uint16_t client_port, bool from_client,
                     uint64_t bytes, double length_s)
{
    uint64_t lost = from_client ? c->lost_bytes : 0;

    for (uint64_t at = lost; at < bytes;) {
        uint64_t n = bytes - at < MIB ? bytes - at : MIB;

        send_packet(c, client_port, from_client, length_s * (double)at / (double)bytes,
                    1000 + (uint32_t)at, 1000, n, TCP_ACK);
        at += n;
    }
}

void lab_connect(struct lab_connection c)
{
    double length_s = c.length_s > 0 ? c.length_s : 1;
    uint16_t port = lab.next_port++;

    while (lab.result.n_nics <= c.vantage)
        lab_nic(0, "");
    if (!c.is_udp && !c.has_no_syn) {
        send_packet(&c, port, true, 0, 999, 0, 0, TCP_SYN);
        send_packet(&c, port, false, 0, 999, 1000, 0, TCP_SYN | TCP_ACK);
    }
    send_all(&c, port, true, c.bytes, length_s);
    send_all(&c, port, false, c.reply_bytes, length_s);
    if (!c.is_udp)
        send_packet(&c, port, false, length_s, 1000 + (uint32_t)c.reply_bytes,
                    1000 + (uint32_t)c.bytes, 0, c.ends_in_reset ? TCP_RST : TCP_ACK);
}

void lab_join(void)
{
    cr_assert_eq(connections_join(&lab.result, lab.table, lab.q.ports, NULL), 0);
    cr_assert_eq(question_attribution(&lab.result, &lab.q, NULL), 0);
    cr_assert_eq(question_transfers(&lab.result, &lab.q, NULL), 0);
}

void lab_judge(void)
{
    lab_join();
    lab.result.options.min_share = lab.q.min_share;
    cr_assert_eq(verdict_reach(&lab.result, &lab.q, NULL), 0);
    cr_assert_eq(question_path(&lab.result, &lab.q, NULL), 0);
    cr_assert_eq(question_quality(&lab.result, &lab.q, NULL), 0);
    findings_sort(&lab.result);
}

const struct finding *lab_finding(const char *id)
{
    for (size_t i = 0; i < lab.result.n_findings; i++)
        if (strcmp(lab.result.findings[i].id, id) == 0)
            return &lab.result.findings[i];
    return NULL;
}

size_t lab_count_findings(const char *id)
{
    size_t n = 0;

    for (size_t i = 0; i < lab.result.n_findings; i++)
        n += strcmp(lab.result.findings[i].id, id) == 0;
    return n;
}

bool lab_has_reason(const char *part)
{
    for (size_t i = 0; i < lab.result.n_reasons; i++)
        if (strstr(lab.result.reasons[i], part))
            return true;
    return false;
}

double lab_share(const struct result_transfer *t, const char *network)
{
    for (size_t i = 0; i < t->n_networks; i++) {
        int index = t->networks[i].network;

        if (index >= 0 && strcmp(lab.result.networks[index].name, network) == 0)
            return t->networks[i].share;
    }
    return 0;
}

enum connection_role lab_role(const char *server, uint16_t port)
{
    struct addr a = lab_addr(server);

    for (size_t i = 0; i < lab.result.n_connections; i++) {
        const struct result_connection *c = &lab.result.connections[i];
        const struct observation *o = result_totals(&lab.result, c);

        if (addr_equal(&o->addr[!c->client], &a) && o->port[!c->client] == port)
            return (enum connection_role)c->role;
    }
    cr_assert_fail("no connection to %s", server);
    return CONNECTION_OTHER;
}
