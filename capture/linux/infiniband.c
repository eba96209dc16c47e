/*
 * Layout: DEVICE/device/net/NIC tells which NIC a device belongs to, and for devices made in
 * software DEVICE/parent; DEVICE/ports/N/counters/port_rcv_data and port_xmit_data count words of
 * four bytes (kernel: Documentation/ABI/stable/sysfs-class-infiniband).
 */
#include "capture/linux/infiniband.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WORD_BYTES = 4, PATH_BYTES = 512, NAME_BYTES_MAX = 128 };

static bool is_name(const char *name)
{
    return name[0] != '.' && strlen(name) < NAME_BYTES_MAX;
}

static bool belongs_to(const char *root, const char *device, const char *nic)
{
    char path[PATH_BYTES], line[NAME_BYTES_MAX] = "";
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s/device/net/%s", root, device, nic);
    if (access(path, F_OK) == 0)
        return true;
    snprintf(path, sizeof(path), "%s/%s/parent", root, device);
    file = fopen(path, "re");
    if (!file)
        return false;
    if (!fgets(line, sizeof(line), file))
        line[0] = '\0';
    fclose(file);
    line[strcspn(line, "\n")] = '\0';
    return strcmp(line, nic) == 0;
}

/* read_words() - adds to @sum. Returns false when the count is unknown. */
static bool read_words(const char *ports, const char *port, const char *counter, uint64_t *sum)
{
    char path[PATH_BYTES + NAME_BYTES_MAX + 64];
    uint64_t words;
    FILE *file;
    int n;

    snprintf(path, sizeof(path), "%s/%s/counters/%s", ports, port, counter);
    file = fopen(path, "re");
    if (!file)
        return false;
    n = fscanf(file, "%" SCNu64, &words);
    fclose(file);
    if (n != 1 || words == UINT32_MAX || words > UINT64_MAX / WORD_BYTES)
        return false;
    *sum += words * WORD_BYTES;
    return true;
}

static int read_device(const char *root, const char *device, uint64_t *rx_bytes, uint64_t *tx_bytes)
{
    char ports[PATH_BYTES];
    const struct dirent *port;
    DIR *folder;
    int known = 0;

    snprintf(ports, sizeof(ports), "%s/%s/ports", root, device);
    folder = opendir(ports);
    if (!folder)
        return 0;
    while ((port = readdir(folder))) {
        if (!is_name(port->d_name))
            continue;
        known = read_words(ports, port->d_name, "port_rcv_data", rx_bytes) &&
                read_words(ports, port->d_name, "port_xmit_data", tx_bytes);
        if (!known)
            break;
    }
    closedir(folder);
    return known;
}

int infiniband_read(const char *root, const char *nic, uint64_t *ret_rx_bytes,
                    uint64_t *ret_tx_bytes)
{
    uint64_t rx_bytes = 0, tx_bytes = 0;
    const struct dirent *device;
    DIR *folder = opendir(root);
    int known = 0;

    if (!folder)
        return 0;
    while ((device = readdir(folder))) {
        if (!is_name(device->d_name) || !belongs_to(root, device->d_name, nic))
            continue;
        known = read_device(root, device->d_name, &rx_bytes, &tx_bytes);
        if (!known)
            break;
    }
    closedir(folder);
    if (known) {
        *ret_rx_bytes = rx_bytes;
        *ret_tx_bytes = tx_bytes;
    }
    return known;
}
