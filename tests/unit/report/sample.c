#include "tests/unit/report/sample.h"

#include <stdlib.h>

#include "src/net/packet.h"
#include "tests/unit/scratch.h"

#define NS(seconds) ((int64_t)((seconds)*1e9))
#define START (INT64_C(1795301948) * 1000000000) /* 2026-11-21T22:59:08Z */

static struct observation observations[3];
static struct observation *chunks[] = { observations };
static struct result_connection connections[2];
static struct prefix management[2], storage[1];
static struct result_network networks[2];
static struct result_host hosts[2];
static struct result_nic nics[2];
static struct result_input inputs[1];
static uint64_t rate_bytes[] = { 100000000, 107925976 };
static struct result_transfer_network shares[1];
static uint32_t transfer_connections[] = { 0 };
static struct result_transfer transfers[1];
static struct finding_evidence evidence[3];
static struct finding findings[2];
static char *reasons[2];
static char *defined[1];
static struct result result;

static struct addr v4(uint8_t network, uint8_t host)
{
    return addr_v4((uint8_t[]){ 10, network, 0, host });
}

static struct half half(uint64_t packets, uint64_t stream, uint64_t again)
{
    return (struct half){ .packets = packets,
                          .wire_bytes = stream + again + 66 * packets,
                          .payload_bytes = stream + again,
                          .retransmitted_bytes = again,
                          .start = 1001,
                          .next = 1001 + stream };
}

static void make_observations(void)
{
    observations[0] =
        (struct observation){ .addr = { v4(10, 1), v4(10, 2) },
                              .port = { 49152, 6600 },
                              .protocol = IP_TCP,
                              .vantage = 0,
                              .first_ns = START,
                              .last_ns = START + NS(1.75),
                              .half = { half(3000, 207925976, 8948), half(900, 0, 0) } };
    observations[0].half[0].mss = 1460;
    observations[1] = observations[0];
    observations[1].vantage = 1;
    observations[1].vlan = 0x1014;
    observations[2] = (struct observation){ .addr = { v4(10, 1), v4(10, 2) },
                                            .port = { 3343, 3343 },
                                            .protocol = IP_UDP,
                                            .first_ns = START,
                                            .last_ns = START + NS(9) };
    observations[2].half[0] =
        (struct half){ .packets = 9, .wire_bytes = 900, .payload_bytes = 522 };
    connections[0] = (struct result_connection){ .first_observation = 0,
                                                 .n_observations = 2,
                                                 .role = CONNECTION_MIGRATION,
                                                 .certainty = CERTAINTY_CERTAIN };
    connections[1] = (struct result_connection){ .first_observation = 2,
                                                 .n_observations = 1,
                                                 .role = CONNECTION_HEARTBEAT };
}

static void make_places(void)
{
    struct addr v6, any_management = v4(10, 0), any_storage = v4(20, 0);

    addr_parse(&v6, "fd00:10::", NULL);
    management[0] = prefix_of(&any_management, 24);
    management[1] = prefix_of(&v6, 64);
    storage[0] = prefix_of(&any_storage, 24);
    networks[0] = (struct result_network){ .name = TEXT("Management"),
                                           .role = "ClusterAndClient",
                                           .prefixes = management,
                                           .n_prefixes = 2,
                                           .transfer_bytes = 207925976,
                                           .share = 1 };
    networks[1] = (struct result_network){
        .name = TEXT("Storage1"), .prefixes = storage, .n_prefixes = 1, .is_intended = true
    };
    hosts[0] = (struct result_host){ TEXT("HV01"), false };
    hosts[1] = (struct result_host){ TEXT("10.10.0.2"), true };
    inputs[0] = (struct result_input){ .path = TEXT("hv01.pcapng"),
                                       .format = "pcapng",
                                       .packets = 3909,
                                       .bytes = 500000,
                                       .first_ns = START,
                                       .last_ns = START + NS(9) };
    nics[0] = (struct result_nic){ .input = 0,
                                   .name = TEXT("mgmt0"),
                                   .link_type = "Ethernet",
                                   .link_type_number = 1,
                                   .packets = 3909,
                                   .wire_bytes = 208200000,
                                   .dropped = 0,
                                   .first_ns = START,
                                   .last_ns = START + NS(9) };
    nics[1] = (struct result_nic){ .input = 0,
                                   .name = TEXT(""),
                                   .description = TEXT("Uplink"),
                                   .network = -1,
                                   .host = -1,
                                   .link_type_number = 999,
                                   .dropped = RESULT_UNKNOWN };
}

static void make_transfer(void)
{
    shares[0] = (struct result_transfer_network){
        .network = 0, .bytes = 207925976, .share = 1, .rate = { START, NS(1), rate_bytes, 2 }
    };
    transfers[0] = (struct result_transfer){ .source_host = 0,
                                             .destination_host = 1,
                                             .source = v4(10, 1),
                                             .destination = v4(10, 2),
                                             .start_ns = START,
                                             .end_ns = START + NS(1.75),
                                             .transport = TRANSPORT_TCP,
                                             .certainty = CERTAINTY_CERTAIN,
                                             .bytes = 207925976,
                                             .retransmitted_bytes = 8948,
                                             .mean_bits_per_second = 950518747,
                                             .peak_bits_per_second = 951000000,
                                             .rate = { START, NS(1), rate_bytes, 2 },
                                             .networks = shares,
                                             .n_networks = 1,
                                             .connections = transfer_connections,
                                             .n_connections = 1,
                                             .verdict = VERDICT_WRONG_NETWORK };
}

static void make_findings(void)
{
    evidence[0] = (struct finding_evidence){ "network", EVIDENCE_TEXT, TEXT("Management"), 0, 0 };
    evidence[1] = (struct finding_evidence){ "bytes", EVIDENCE_COUNT, NULL, 207925976, 0 };
    evidence[2] = (struct finding_evidence){ "share", EVIDENCE_REAL, NULL, 0, 1 };
    findings[0] = (struct finding){ "LM101",
                                    FINDING_ERROR,
                                    TEXT("memory on the wrong network"),
                                    TEXT("the memory went over Management"),
                                    evidence,
                                    3,
                                    TEXT("put Storage1 first"),
                                    TEXT("Get-ClusterNetwork\nSet-It 1") };
    findings[1] = (struct finding){ "LM205",
                                    FINDING_INFO,
                                    TEXT("packets seen twice"),
                                    TEXT("12 duplicates"),
                                    NULL,
                                    0,
                                    TEXT("none needed"),
                                    NULL };
}

struct result *sample_result(void)
{
    make_observations();
    make_places();
    make_transfer();
    make_findings();
    reasons[0] = TEXT("100 % of the memory (198 MiB) went over Management, not over Storage1");
    reasons[1] = TEXT("both ends of the connection are in 10.10.0.0/24");
    defined[0] = TEXT("Management=10.10.0.0/24,fd00:10::/64");
    result = (struct result){ .verdict = VERDICT_WRONG_NETWORK,
                              .reasons = reasons,
                              .n_reasons = 2,
                              .options = { .min_share = 0.95,
                                           .lm_port = 6600,
                                           .smb_port = 445,
                                           .vm_memory_bytes = RESULT_UNKNOWN,
                                           .expect = TEXT("Storage1"),
                                           .networks = defined,
                                           .n_networks = 1 },
                              .inputs = inputs,
                              .n_inputs = 1,
                              .networks = networks,
                              .n_networks = 2,
                              .hosts = hosts,
                              .n_hosts = 2,
                              .nics = nics,
                              .n_nics = 2,
                              .transfers = transfers,
                              .n_transfers = 1,
                              .connections = connections,
                              .n_connections = 2,
                              .findings = findings,
                              .n_findings = 2,
                              .chunks = chunks,
                              .n_chunks = 1 };
    return &result;
}

const char *sample_write(const struct result *r, const char *format,
                         const struct report_options *options)
{
    static char text[65536];
    const struct report_format *f;
    struct scratch s = scratch_open();

    if (report_find(&f, format, NULL) < 0 || f->write(r, options, s.out, NULL) < 0)
        abort();
    return scratch_close(&s, text, sizeof(text));
}

size_t sample_lines(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += *text == '\n';
    return n;
}
