/* RDMA octets as /sys/class/infiniband tells them. */
#pragma once

#include <stdint.h>

/*
 * infiniband_read() - what the RDMA devices behind a NIC moved, all their ports together.
 * @root: "/sys/class/infiniband", or a copy of one
 * @nic:  the NIC's name
 *
 * Returns 1 and writes both in bytes; 0 when there is no such device behind that NIC, or it doesn't
 * tell (the old 32-bit counters stop at their highest value: then it doesn't).
 */
int infiniband_read(const char *root, const char *nic, uint64_t *ret_rx_bytes,
                    uint64_t *ret_tx_bytes);
