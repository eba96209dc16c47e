/* NICs as getifaddrs(3) and the socket ioctls tell them: both know the process's own network
 * namespace, which /sys does only where it was mounted anew. */
#include "capture/nics.h"

#include <errno.h>
#include <ifaddrs.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* ethtool's request for link settings carries three masks of at most this many words. */
enum { LINK_MODE_WORDS = 127 };

static unsigned count_bits(const uint8_t *mask, size_t n_bytes)
{
    unsigned n = 0;

    for (size_t i = 0; i < n_bytes; i++)
        n += (unsigned)__builtin_popcount(mask[i]);
    return n;
}

static int add_address(struct nic *nic, const struct ifaddrs *at, struct error *err)
{
    const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)at->ifa_addr;
    const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)(const void *)at->ifa_addr;
    struct addr addr;

    if (at->ifa_addr->sa_family == AF_INET) {
        const struct sockaddr_in *mask = (const struct sockaddr_in *)(const void *)at->ifa_netmask;

        addr = addr_v4((const uint8_t *)&in->sin_addr);
        return nic_add_address(nic, &addr,
                               mask ? count_bits((const uint8_t *)&mask->sin_addr, 4) : 32, err);
    }
    if (at->ifa_addr->sa_family == AF_INET6) {
        const struct sockaddr_in6 *mask =
            (const struct sockaddr_in6 *)(const void *)at->ifa_netmask;

        memcpy(addr.bytes, &in6->sin6_addr, sizeof(addr.bytes));
        return nic_add_address(nic, &addr,
                               mask ? count_bits((const uint8_t *)&mask->sin6_addr, 16) : 128, err);
    }
    return 0;
}

static void set_link(struct nic *nic, const struct ifaddrs *at)
{
    const struct sockaddr_ll *link = (const struct sockaddr_ll *)(const void *)at->ifa_addr;

    if (at->ifa_addr->sa_family != AF_PACKET)
        return;
    nic->index = (uint32_t)link->sll_ifindex;
    if (link->sll_halen == sizeof(nic->mac) && !nic->is_loopback) {
        memcpy(nic->mac, link->sll_addr, sizeof(nic->mac));
        nic->has_mac = true;
    }
}

/* ethtool_ask() - @question begins with its command and takes the answer. */
static bool ethtool_ask(int fd, const char *device, void *question)
{
    struct ifreq request = { .ifr_data = question };

    memcpy(request.ifr_name, device, strlen(device));
    return ioctl(fd, SIOCETHTOOL, &request) == 0;
}

/* Speed in the two steps that the kernel wants: it tells the size of its masks, then fills. */
static uint64_t read_speed(int fd, const char *device)
{
    union {
        struct ethtool_link_settings settings; /* ends in the masks */
        uint8_t bytes[sizeof(struct ethtool_link_settings) + 3 * LINK_MODE_WORDS * 4];
    } link = { .settings.cmd = ETHTOOL_GLINKSETTINGS };

    if (!ethtool_ask(fd, device, &link) || link.settings.link_mode_masks_nwords >= 0)
        return NIC_UNKNOWN;
    link.settings.link_mode_masks_nwords = (int8_t)-link.settings.link_mode_masks_nwords;
    link.settings.cmd = ETHTOOL_GLINKSETTINGS;
    if (!ethtool_ask(fd, device, &link) || link.settings.speed == 0 ||
        link.settings.speed == (uint32_t)SPEED_UNKNOWN)
        return NIC_UNKNOWN;
    return UINT64_C(1000000) * link.settings.speed;
}

/* The name that an administrator gave, else the driver's and where the hardware sits. */
static void read_description(int fd, struct nic *nic)
{
    struct ethtool_drvinfo driver = { .cmd = ETHTOOL_GDRVINFO };
    char path[IFNAMSIZ + 64];
    FILE *file;
    size_t n;

    snprintf(path, sizeof(path), "/sys/class/net/%.*s/ifalias", IFNAMSIZ, nic->device);
    file = fopen(path, "re");
    if (file) {
        n = fread(nic->description, 1, sizeof(nic->description) - 1, file);
        nic->description[n] = '\0';
        nic->description[strcspn(nic->description, "\n")] = '\0';
        fclose(file);
    }
    if (!*nic->description && ethtool_ask(fd, nic->device, &driver))
        snprintf(nic->description, sizeof(nic->description), "%.32s%s%.32s", driver.driver,
                 *driver.bus_info ? " " : "", driver.bus_info);
}

static void read_settings(int fd, struct nic *nic)
{
    struct ifreq request = { 0 };

    if (strlen(nic->device) >= sizeof(request.ifr_name))
        return;
    memcpy(request.ifr_name, nic->device, strlen(nic->device));
    if (ioctl(fd, SIOCGIFMTU, &request) == 0)
        nic->mtu = (uint64_t)request.ifr_mtu;
    nic->speed_bits_per_s = read_speed(fd, nic->device);
    read_description(fd, nic);
}

static int add_rows(struct nics *nics, const struct ifaddrs *first, struct error *err)
{
    int r = 0;

    for (const struct ifaddrs *at = first; r == 0 && at; at = at->ifa_next) {
        struct nic *nic;

        if (!at->ifa_addr || (!nics_find(nics, at->ifa_name) && nics->n_rows == NICS_MAX))
            continue;
        r = nics_add(nics, at->ifa_name, &nic, err);
        if (r < 0)
            break;
        nic->is_up = at->ifa_flags & IFF_UP;
        nic->is_loopback = at->ifa_flags & IFF_LOOPBACK;
        set_link(nic, at);
        r = add_address(nic, at, err);
    }
    return r;
}

int nics_read(struct nics *nics, struct error *err)
{
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), r;
    struct ifaddrs *first;

    if (fd < 0)
        return error_system(err, errno, "NICs can't be listed");
    if (getifaddrs(&first) < 0) {
        r = error_system(err, errno, "NICs can't be listed");
        close(fd);
        return r;
    }
    r = add_rows(nics, first, err);
    freeifaddrs(first);
    for (size_t i = 0; r == 0 && i < nics->n_rows; i++)
        read_settings(fd, &nics->rows[i]);
    close(fd);
    if (r < 0)
        nics_release(nics);
    return r;
}
