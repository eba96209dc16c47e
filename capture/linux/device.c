/*
 * Capturing through libpcap: a packet socket whose ring of blocks (TPACKET_V3) is mapped into this
 * process, so that the system copies a packet's head once and hands over a block at a time.
 */
#include "capture/device.h"

#include <errno.h>
#include <limits.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "src/base/text.h"

enum {
    BLOCK_TIMEOUT_MS = 100, /* after which a block is handed over that isn't full */
};

struct device {
    pcap_t *pcap;
    char *name;
    char *filter;
    bool is_waiting;       /* as pcap_setnonblock() was told */
    device_packet *packet; /* during device_read() */
    void *context;
    struct pcap_stat seen; /* the last statistics: 32 bits that wrap */
    struct device_statistics statistics;
};

int device_check(struct error *err)
{
    (void)err;
    return 0;
}

/* "libpcap version 1.10.3 (with TPACKET_V3)" */
const char *device_library(void)
{
    return pcap_lib_version();
}

static int permission_error(const struct device *d, struct error *err)
{
    char program[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - 1);

    program[n > 0 ? n : 0] = '\0';
    return error_set(err, ERR_SYSTEM,
                     "'%s': not allowed to capture; be root, or give lmpathd the right once: "
                     "sudo setcap cap_net_raw+ep %s",
                     d->name, n > 0 ? program : "lmpathd");
}

/* What libpcap's status says, and what to do. */
static int open_error(struct device *d, int status, struct error *err)
{
    switch (status) {
    case PCAP_ERROR_NO_SUCH_DEVICE:
        return error_set(err, ERR_USAGE, "'%s': there is no such NIC, -D lists those there are",
                         d->name);
    case PCAP_ERROR_PERM_DENIED:
        return permission_error(d, err);
    case PCAP_ERROR_IFACE_NOT_UP:
        return error_set(err, ERR_SYSTEM, "'%s': the NIC is down", d->name);
    case PCAP_ERROR:
        return error_set(err, ERR_SYSTEM, "'%s': %s", d->name, pcap_geterr(d->pcap));
    default:
        return error_set(err, ERR_SYSTEM, "'%s': %s", d->name, pcap_statustostr(status));
    }
}

static int activate(struct device *d, const struct device_options *options, struct error *err)
{
    int buffer_bytes = options->buffer_bytes > INT32_MAX ? INT32_MAX : (int)options->buffer_bytes;
    int status;

    pcap_set_snaplen(d->pcap, (int)options->snap_bytes);
    pcap_set_timeout(d->pcap, BLOCK_TIMEOUT_MS);
    pcap_set_buffer_size(d->pcap, buffer_bytes);
    pcap_set_tstamp_precision(d->pcap, PCAP_TSTAMP_PRECISION_NANO);
    status = pcap_activate(d->pcap);
    return status < 0 ? open_error(d, status, err) : 0;
}

static int set_filter(struct device *d, const struct device_options *options, struct error *err)
{
    struct bpf_program program;
    int status;

    d->filter = options->filter(options->filter_context, device_link_type(d));
    if (!d->filter)
        return error_memory(err);
    if (pcap_compile(d->pcap, &program, d->filter, 1, PCAP_NETMASK_UNKNOWN) < 0)
        return open_error(d, PCAP_ERROR, err);
    status = pcap_setfilter(d->pcap, &program);
    pcap_freecode(&program);
    return status < 0 ? open_error(d, status, err) : 0;
}

int device_open(struct device **ret_device, const char *name, const struct device_options *options,
                struct error *err)
{
    struct device *d = calloc(1, sizeof(*d));
    char text[PCAP_ERRBUF_SIZE];
    int r = 0;

    if (!d)
        return error_memory(err);
    d->name = text_copy(name);
    d->is_waiting = true;
    if (!d->name)
        r = error_memory(err);
    if (r == 0) {
        d->pcap = pcap_create(name, text);
        if (!d->pcap)
            r = error_set(err, ERR_SYSTEM, "'%s': %s", name, text);
    }
    if (r == 0)
        r = activate(d, options, err);
    if (r == 0)
        r = set_filter(d, options, err);
    if (r < 0) {
        device_free(d);
        return r;
    }
    *ret_device = d;
    return 0;
}

struct device *device_free(struct device *d)
{
    if (!d)
        return NULL;
    if (d->pcap)
        pcap_close(d->pcap);
    free(d->name);
    free(d->filter);
    free(d);
    return NULL;
}

/* Files bear LINKTYPE_ numbers, libpcap's handles DLT_ ones; of those that NICs have here only raw
 * IP differs. */
uint16_t device_link_type(const struct device *d)
{
    int dlt = pcap_datalink(d->pcap);

    return dlt == DLT_RAW ? 101 : (uint16_t)dlt;
}

const char *device_filter(const struct device *d)
{
    return d->filter;
}

static void take(u_char *context, const struct pcap_pkthdr *head, const u_char *bytes)
{
    struct device *d = (struct device *)(void *)context;

    d->packet(d->context, (int64_t)head->ts.tv_sec * INT64_C(1000000000) + head->ts.tv_usec, bytes,
              head->caplen, head->len);
}

/* is_gone() - is the socket still bound to the NIC of that name? */
static bool is_gone(const struct device *d)
{
    struct sockaddr_ll bound = { 0 };
    socklen_t n_bytes = sizeof(bound);

    if (getsockname(pcap_fileno(d->pcap), (struct sockaddr *)&bound, &n_bytes) < 0)
        return true;
    return bound.sll_ifindex <= 0 || (unsigned)bound.sll_ifindex != if_nametoindex(d->name);
}

int device_read(struct device *d, bool wait, device_packet *packet, void *context,
                struct error *err)
{
    char text[PCAP_ERRBUF_SIZE];
    int n;

    if (wait != d->is_waiting && pcap_setnonblock(d->pcap, !wait, text) == 0)
        d->is_waiting = wait;
    d->packet = packet;
    d->context = context;
    n = pcap_dispatch(d->pcap, -1, take, (u_char *)d);
    if (n >= 0 || n == PCAP_ERROR_BREAK)
        return DEVICE_OK;
    if (is_gone(d))
        return DEVICE_GONE;
    return error_set(err, ERR_SYSTEM, "'%s': %s", d->name, pcap_geterr(d->pcap));
}

void device_wake(struct device *d)
{
    pcap_breakloop(d->pcap);
}

/* A packet socket needs rights to be made, and none to be bound again: its ring and filter stay. */
int device_reopen(struct device *d, struct error *err)
{
    struct sockaddr_ll link = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL) };
    struct ifreq request = { 0 };
    int fd = pcap_fileno(d->pcap), ignored;
    socklen_t n_bytes = sizeof(ignored);

    strncpy(request.ifr_name, d->name, sizeof(request.ifr_name) - 1);
    if (ioctl(fd, SIOCGIFFLAGS, &request) < 0 || !(request.ifr_flags & IFF_UP))
        return 0;
    link.sll_ifindex = (int)if_nametoindex(d->name);
    if (link.sll_ifindex == 0)
        return 0;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &ignored, &n_bytes); /* reading it clears it */
    if (bind(fd, (struct sockaddr *)&link, sizeof(link)) < 0) {
        if (errno == ENODEV || errno == ENXIO || errno == ENETDOWN)
            return 0;
        return error_system(err, errno, "'%s': came back, but can't be captured again", d->name);
    }
    return 1;
}

/* unwrap() - libpcap counts in 32 bits, which pass within hours at a million packets a second. */
static void unwrap(uint64_t *total, unsigned *seen, unsigned now)
{
    *total += now - *seen;
    *seen = now;
}

void device_statistics(struct device *d, struct device_statistics *ret_statistics)
{
    struct pcap_stat now;

    if (pcap_stats(d->pcap, &now) == 0) {
        unwrap(&d->statistics.received_packets, &d->seen.ps_recv, now.ps_recv);
        unwrap(&d->statistics.kernel_dropped_packets, &d->seen.ps_drop, now.ps_drop);
        unwrap(&d->statistics.interface_dropped_packets, &d->seen.ps_ifdrop, now.ps_ifdrop);
    }
    *ret_statistics = d->statistics;
}
