/*
 * 64-bit counters through netlink: RTM_GETSTATS asks for one NIC's and nothing else
 * (linux/if_link.h), which costs a few microseconds.
 */
#include "capture/meter.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/linux/infiniband.h"

#define INFINIBAND_ROOT "/sys/class/infiniband"

enum { REPLY_BYTES = 4096 };

struct meter {
    int fd;
    bool has_infiniband;
    uint32_t sequence;
};

int meter_new(struct meter **ret_meter, struct error *err)
{
    struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
    struct meter *m = calloc(1, sizeof(*m));
    struct stat about;

    if (!m)
        return error_memory(err);
    m->has_infiniband = stat(INFINIBAND_ROOT, &about) == 0;
    m->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (m->fd < 0 || connect(m->fd, (struct sockaddr *)&kernel, sizeof(kernel)) < 0) {
        int r = error_system(err, errno, "the kernel's NIC counters can't be read");

        meter_free(m);
        return r;
    }
    *ret_meter = m;
    return 0;
}

struct meter *meter_free(struct meter *m)
{
    if (m && m->fd >= 0)
        close(m->fd);
    free(m);
    return NULL;
}

/* copy_statistics() - from a reply's attributes. Returns false when the 64-bit ones aren't there.
 */
static bool copy_statistics(const struct nlmsghdr *head, struct rtnl_link_stats64 *statistics)
{
    const size_t before = NLMSG_LENGTH(sizeof(struct if_stats_msg));
    const char *at = (const char *)head + NLMSG_ALIGN(before);
    size_t left = head->nlmsg_len > before ? head->nlmsg_len - before : 0;

    while (left >= sizeof(struct nlattr)) {
        struct nlattr attribute;
        size_t payload, step;

        memcpy(&attribute, at, sizeof(attribute));
        if (attribute.nla_len < sizeof(attribute) || attribute.nla_len > left)
            return false;
        payload = attribute.nla_len - sizeof(attribute);
        if ((attribute.nla_type & NLA_TYPE_MASK) == IFLA_STATS_LINK_64) {
            /* kernels differ in how many fields they have; ours are among the first */
            memset(statistics, 0, sizeof(*statistics));
            memcpy(statistics, at + sizeof(attribute),
                   payload < sizeof(*statistics) ? payload : sizeof(*statistics));
            return payload >= 8 * sizeof(uint64_t);
        }
        step = (size_t)NLA_ALIGN(attribute.nla_len);
        if (step >= left)
            return false;
        at += step;
        left -= step;
    }
    return false;
}

/* ask() - Returns 0 or the errno that the kernel answers with. */
static int ask(struct meter *m, uint32_t index, struct rtnl_link_stats64 *statistics)
{
    struct {
        struct nlmsghdr head;
        struct if_stats_msg about;
    } request = {
        .head = { .nlmsg_len = sizeof(request),
                  .nlmsg_type = RTM_GETSTATS,
                  .nlmsg_flags = NLM_F_REQUEST,
                  .nlmsg_seq = ++m->sequence },
        .about = { .ifindex = index, .filter_mask = IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_64) },
    };
    _Alignas(struct nlmsghdr) char reply[REPLY_BYTES];
    const struct nlmsghdr *head = (const struct nlmsghdr *)(const void *)reply;
    ssize_t n;

    if (send(m->fd, &request, sizeof(request), 0) < 0)
        return errno;
    do {
        n = recv(m->fd, reply, sizeof(reply), 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
    } while (n < (ssize_t)sizeof(*head) || head->nlmsg_seq != m->sequence);
    if (head->nlmsg_type == NLMSG_ERROR) {
        struct nlmsgerr why = { .error = -EPROTO };

        if ((size_t)n >= NLMSG_LENGTH(sizeof(why)))
            memcpy(&why, NLMSG_DATA(head), sizeof(why));
        return why.error ? -why.error : EPROTO;
    }
    if (head->nlmsg_len > (size_t)n || !copy_statistics(head, statistics))
        return EPROTO;
    return 0;
}

int meter_read(struct meter *m, const struct nic *nic, uint64_t values[N_COUNTERS],
               struct error *err)
{
    struct rtnl_link_stats64 s;
    int number = ask(m, nic->index, &s);

    if (number == ENODEV) {
        uint32_t index = if_nametoindex(nic->device);

        number = index == 0 ? ENODEV : ask(m, index, &s);
    }
    if (number == ENODEV)
        return 0;
    if (number)
        return error_system(err, number, "'%s': its counters can't be read", nic->name);
    values[COUNTER_RX_BYTES] = s.rx_bytes;
    values[COUNTER_TX_BYTES] = s.tx_bytes;
    values[COUNTER_RX_PACKETS] = s.rx_packets;
    values[COUNTER_TX_PACKETS] = s.tx_packets;
    values[COUNTER_RX_DROPPED] = s.rx_dropped;
    values[COUNTER_TX_DROPPED] = s.tx_dropped;
    values[COUNTER_RX_ERRORS] = s.rx_errors;
    values[COUNTER_TX_ERRORS] = s.tx_errors;
    if (m->has_infiniband)
        infiniband_read(INFINIBAND_ROOT, nic->device, &values[COUNTER_RDMA_RX_BYTES],
                        &values[COUNTER_RDMA_TX_BYTES]);
    return 1;
}

size_t meter_others(struct meter *m, const struct counter_other **ret_others)
{
    (void)m;
    *ret_others = NULL;
    return 0;
}
