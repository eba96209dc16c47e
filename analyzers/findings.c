#include "analyzers/findings.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "src/base/text.h"

static const struct finding_kind kinds[] = {
    { "LM101", FINDING_ERROR, "memory went over a network that is not intended for it",
      "The migration is slower than it could be, and what else uses that network (management, "
      "heartbeats, clients) is starved meanwhile. Nothing in Windows warns of it.",
      "Watch the byte counters of both hosts' adapters while a test VM moves: the adapter of the "
      "network named here rises by about the VM's memory.",
      "Put the intended network first in the cluster's live migration settings, exclude the "
      "others, and give every host a matching list of migration subnets; then move a test VM "
      "in both directions and look again." },
    { "LM102", FINDING_ERROR, "memory was split over several networks",
      "Part of the memory takes the slow way, and the whole migration waits for it. SMB "
      "Multichannel does this when it finds another adapter of the same class.",
      "Get-SmbMultichannelConnection on the source, for the destination's name, lists the "
      "adapters in use.",
      "Exclude the networks that should not carry it; with SMB restrict Multichannel to the "
      "intended adapters (New-SmbMultichannelConstraint)." },
    { "LM103", FINDING_WARNING, "a transfer's two ends are in different networks",
      "Then the traffic is routed: through a gateway that may be slow or a firewall, and not "
      "over the link that both adapters share.",
      "Test-NetConnection -TraceRoute between the two addresses shows a hop.",
      "Give both hosts an address in the same migration network, and list only that subnet." },
    { "LM104", FINDING_WARNING, "a transfer used an address outside every network given",
      "It can't be said what this network is for, so it counts as not intended.",
      "Get-ClusterNetwork and Get-NetIPAddress on the host tell which adapter bears the address.",
      "Name the network (-n NAME=PREFIX, or a snapshot with -t); if the address should not "
      "exist, remove it." },
    { "LM105", FINDING_WARNING, "a transfer left through another network's adapter",
      "The address tells one story and the wire another: the memory loads the adapter it really "
      "passed, not the one whose address it bears.",
      "Get-NetRoute and the interface metrics on the host; two adapters in one subnet do this.",
      "Give every adapter a subnet of its own, and check routes and interface metrics." },
    { "LM106", FINDING_WARNING, "a migration was talked about, but its memory was not seen",
      "The memory may have gone over SMB Direct (RDMA), which a capture on the host can't see, "
      "over a NIC that was not captured, or not at all, if the migration failed early.",
      "Look at the RDMA Activity counters, or Get-NetAdapterStatistics with RdmaStatistics, "
      "before and after.",
      "Capture on all NICs and record the counters with it; or mirror the switch port." },
    { "LM107", FINDING_WARNING, "far less was seen than the VM has memory",
      "Pages that are zero and compression make a transfer smaller than the memory, but not so "
      "much smaller: part of it may have gone where the capture could not see it.",
      "Compare with the NICs' byte counters over the same time.",
      "Capture from before the migration starts until it has ended, on all NICs of the host." },
    { "LM108", FINDING_WARNING, "the way back took other networks than the way there",
      "The source host chooses the network, so each host has settings of its own. A machine that "
      "moves well may come back slowly, or over the management network.",
      "Move the same VM both ways: lmpath run -- COMMAND --reverse -- COMMAND2.",
      "Compare Get-VMHost and Get-VMMigrationNetwork of the two hosts, and make them alike; the "
      "cluster's order holds for both." },
    { "LM109", FINDING_INFO, "both ways took the same networks",
      "The two hosts choose alike. Times differ with how fast the VM changes its memory.",
      "The result's directions have median and spread of each way.", "Nothing is needed." },
    { "LM110", FINDING_INFO, "the migration was seen several times",
      "How much the times differ tells how far one of them can be trusted.",
      "The result's directions have median and spread.",
      "Watch the way back, too: the other host chooses for itself." },
    { "LM201", FINDING_WARNING, "RDMA counters rose, which no capture on the host shows",
      "Memory that goes over SMB Direct bypasses the host's network stack: only the adapters' RDMA "
      "counters tell that it passed, and through which adapter.",
      "Get-NetAdapterStatistics with RdmaStatistics, or the RDMA Activity counters, before and "
      "after a test migration; a mirror port of the switch shows the packets.",
      "Take the adapter named here for the path, or move a test VM with SMB Direct off "
      "(Disable-NetAdapterRdma) to see the path in packets." },
    { "LM202", FINDING_WARNING, "an adapter moved far more than the capture explains",
      "Something passed there that was not captured: other ports, RDMA that the adapter counts "
      "with the rest, a virtual machine's own traffic, or packets lost while capturing. It may "
      "have been memory.",
      "The interface's counters and captured_bytes tell how much; repeat the test while the "
      "adapter is otherwise quiet.",
      "Record on this adapter too (-i), at a time without other traffic." },
    { "LM203", FINDING_WARNING, "an adapter was not captured, or not all the time",
      "What passed it is known from its counters alone.",
      "lmpath interfaces tells which adapters can be captured, and why others can't.",
      "Remove what is in the way, or leave the adapter out with -i if it can't carry memory." },
    { "LM204", FINDING_WARNING, "the disk was full: packets were counted and not stored",
      "From then on only counters tell what passed; connections are not known.",
      "The interface's counters go on to the end of the recording.",
      "Record to a disk with more room (-w), or with ring files (-b)." },
    { "LM205", FINDING_WARNING, "the session is not complete",
      "Either it is still being recorded, or the recorder was stopped by force: then at most the "
      "last second is missing.",
      "The counters' last sample tells how far it reaches.",
      "Analyze it again once the recording has ended; if it was cut off, repeat the test when the "
      "transfer's end is missing." },
    { "LM206", FINDING_WARNING, "something disturbed the recording", "It may have missed packets.",
      "The session's warnings and the recorder's log tell when.", "Repeat the test." },
    { "LM207", FINDING_INFO, "the traffic before the migration is not known",
      "Counters rise by what else an adapter carries, too; without a quiet time before, that can't "
      "be told from memory.",
      "Compare with the counters of a time without migration.",
      "Begin the recording at least 2 s before the migration, as lmpath run does." },
    { "LM208", FINDING_WARNING, "the watched command failed",
      "The migration may not have happened, or not to its end.",
      "Run the command by itself and read what it says.", "Mend the command and repeat the test." },
    { "LM209", FINDING_WARNING, "Hyper-V's own counters tell another amount than the capture",
      "Hyper-V counts what it hands to its transport. What is missing in the capture went where "
      "it could not be seen; what it has more belongs to something else.",
      "The counter set Hyper-V VM Live Migration, while a VM moves.",
      "Capture on all adapters of the host, and compare again." },
    { "LM210", FINDING_INFO, "the session has no counters",
      "Then nothing tells whether traffic passed that was not captured.",
      "Look for counters.jsonl in the session's folder.",
      "Record again with lmpath record or lmpath run." },
    { "LM211", FINDING_INFO, "Hyper-V compressed the memory",
      "Fewer bytes pass than the VM has memory; both sides spend processor time on it.",
      "Get-VMHost: VirtualMachineMigrationPerformanceOption is Compression.",
      "Nothing is needed; on 25 GbE and above, with RDMA, SMB is faster." },
    { "LM301", FINDING_WARNING, "the capture lost packets",
      "Bytes that were acknowledged are still counted, but a connection of which nothing was "
      "captured stays unseen.",
      "Compare with the NICs' byte counters over the same time.",
      "Capture again with a larger buffer (-B), a snap length of 128 and a filter for the ports "
      "in question." },
    { "LM302", FINDING_INFO, "packets were captured more than once",
      "Each was counted once. Packet Monitor writes a packet at every component it passes; a "
      "mirror port may double it.",
      "The vantage points' duplicate_packets tell where.",
      "Nothing is needed; pktmon start --comp nics captures each packet once." },
    { "LM303", FINDING_WARNING, "an input is damaged or ends too early",
      "Everything before the damage was counted; what came behind it is unknown.",
      "capinfos tells whether other tools can read further.",
      "Copy the capture again, or stop the capture properly before it is copied." },
    { "LM304", FINDING_INFO, "time runs backwards within a capture",
      "Byte counts don't depend on it; starts, ends and rates are off by up to the step.",
      "The vantage points' backward_times tell where.",
      "Nothing is needed for a few microseconds; for more, look at the host's clock." },
    { "LM305", FINDING_WARNING, "packets could not be decoded",
      "What they carried is not in the totals.",
      "Open the capture in Wireshark and look at the frames of that interface.",
      "Capture on an Ethernet interface, or tell us the link type." },
    { "LM306", FINDING_INFO, "vantage points disagree about a connection",
      "Each saw a part: one lost packets, or started later. The one that saw most is used.",
      "The connection's vantage_points have the bytes that each one saw.",
      "Start all captures before the migration and stop them after it." },
    { "LM307", FINDING_WARNING, "encrypted traffic (ESP) hides what it carries",
      "IPsec may carry the migration: then neither ports nor bytes of it can be attributed.",
      "Get-NetIPsecRule and Get-NetIPsecMainModeSA on the host.",
      "Exempt the migration network from IPsec for the test, or rely on the NICs' counters." },
    { "LM308", FINDING_WARNING, "more connections than the table holds",
      "Packets of further connections were left out of the totals.",
      "capinfos and tshark -q -z conv,tcp tell how many connections the capture has.",
      "Filter the capture to the hosts or ports in question." },
    { "LM309", FINDING_WARNING, "the capture began while memory was moving",
      "What moved before is not in the totals, and may have taken another path.",
      "Compare the bytes with the VM's memory (--vm-memory), or with the NICs' counters.",
      "Start the capture before the migration, and stop it after it." },
};

enum { N_KINDS = sizeof(kinds) / sizeof(kinds[0]) };

const struct finding_kind *finding_kind_at(size_t index)
{
    return index < N_KINDS ? &kinds[index] : NULL;
}

const struct finding_kind *finding_kind_find(const char *id)
{
    const struct finding_kind *k;

    for (size_t i = 0; (k = finding_kind_at(i)) != NULL; i++)
        if (strcasecmp(k->id, id) == 0)
            return k;
    for (size_t i = 0; (k = finding_check_kind_at(i)) != NULL; i++)
        if (strcasecmp(k->id, id) == 0)
            return k;
    return NULL;
}

struct finding *finding_add(struct result *r, const char *id, struct error *err, const char *format,
                            ...)
{
    const struct finding_kind *kind = finding_kind_find(id);
    struct finding *grown = realloc(r->findings, (r->n_findings + 1) * sizeof(*grown));
    struct finding *f;
    va_list args;
    int n;

    assert(kind);
    if (!grown) {
        error_memory(err);
        return NULL;
    }
    r->findings = grown;
    f = &grown[r->n_findings++];
    *f = (struct finding){ .id = kind->id,
                           .severity = kind->severity,
                           .title = text_copy(kind->title),
                           .remedy = text_copy(kind->remedy) };
    va_start(args, format);
    n = text_vformat(&f->detail, format, args);
    va_end(args);
    if (n >= 0 && f->title && f->remedy)
        return f;
    error_memory(err);
    return NULL;
}

static int note(struct finding *f, struct finding_evidence e, struct error *err)
{
    struct finding_evidence *grown;

    if (!f) {
        free(e.text);
        return ERR_MEMORY;
    }
    grown = realloc(f->evidence, (f->n_evidence + 1) * sizeof(*grown));
    if (!grown || (e.kind == EVIDENCE_TEXT && !e.text)) {
        free(e.text);
        return error_memory(err);
    }
    f->evidence = grown;
    grown[f->n_evidence++] = e;
    return 0;
}

int finding_note_text(struct finding *f, const char *key, const char *text, struct error *err)
{
    return note(f, (struct finding_evidence){ key, EVIDENCE_TEXT, text_copy(text), 0, 0 }, err);
}

int finding_note_count(struct finding *f, const char *key, uint64_t count, struct error *err)
{
    return note(f, (struct finding_evidence){ key, EVIDENCE_COUNT, NULL, count, 0 }, err);
}

int finding_note_real(struct finding *f, const char *key, double real, struct error *err)
{
    return note(f, (struct finding_evidence){ key, EVIDENCE_REAL, NULL, 0, real }, err);
}

/* Few enough, and stable: findings of one kind stay in the order in which they were added. */
void findings_sort(struct result *r)
{
    for (size_t i = 1; i < r->n_findings; i++) {
        struct finding f = r->findings[i];
        size_t at = i;

        for (; at > 0; at--) {
            const struct finding *before = &r->findings[at - 1];

            if (before->severity > f.severity ||
                (before->severity == f.severity && strcmp(before->id, f.id) <= 0))
                break;
            r->findings[at] = *before;
        }
        r->findings[at] = f;
    }
}
