/* A cluster in a few lines: networks, hosts and connections, for the tests of what is asked of
 * them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzers/flow/flow_table.h"
#include "analyzers/questions/questions.h"
#include "analyzers/result.h"
#include "src/model/topology.h"

#define MIB (UINT64_C(1) << 20)
#define LAB_START_NS INT64_C(1700000000000000000)

enum { LAB_MAX_LOCALS = 16, LAB_MAX_NICS = 8 };

/* The one lab of a test. All failures end the test. */
struct lab {
    struct topology topology;
    struct flow_table *table;
    struct result result;
    struct question q;
    struct local_address locals[LAB_MAX_LOCALS];
    uint16_t next_port;
};

extern struct lab lab;

void lab_begin(void); /* .init */
void lab_end(void);   /* .fini */

/* lab_network() - "Storage1=10.20.0.0/24". */
void lab_network(const char *definition);
/* lab_networks() - Storage1 and Storage2, 10.20.0.0/24 and 10.20.1.0/24; Management, 10.10.0.0/24.
 */
void lab_networks(void);
void lab_expect(const char *list);
/* lab_host() - one of the snapshot, with its addresses in those networks, apart by commas. */
void lab_host(const char *name, const char *addresses);
/* lab_nic() - one more vantage point. Returns its index. */
int lab_nic(int input, const char *name);
/* lab_local() - an address that the capture gives to the NIC. */
void lab_local(int nic, const char *address);

/* What a connection is like; all but ends and bytes may be left out. */
struct lab_connection {
    const char *from, *to;
    uint16_t port;        /* of the server */
    uint64_t bytes;       /* client to server */
    uint64_t reply_bytes; /* server to client */
    double start_s;
    double length_s; /* 0: a second */
    uint64_t lost_bytes;
    bool ends_in_reset;
    bool is_udp;
    uint16_t vantage;
    bool has_no_syn;
};

void lab_connect(struct lab_connection c);

/* lab_join() - the connections, and what is asked of them: networks, transfers; lab_judge() asks
 * on: verdict, path, quality. */
void lab_join(void);
void lab_judge(void);

struct addr lab_addr(const char *text);
/* lab_finding() - the first one of that id, or NULL. */
const struct finding *lab_finding(const char *id);
size_t lab_count_findings(const char *id);
bool lab_has_reason(const char *part);
/* lab_share() - of a transfer's bytes, what a network carried. */
double lab_share(const struct result_transfer *t, const char *network);
/* lab_role() - of the connection with this server address and port. */
enum connection_role lab_role(const char *server, uint16_t port);
