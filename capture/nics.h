/*
 * The machine's network interfaces as they are at one moment. linux/nics.c and windows/nics.c fetch
 * them; the build takes one.
 *
 * Plain data; struct nics owns everything in it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"
#include "src/net/addr.h"

enum {
    NICS_MAX = 1024,         /* of one machine; further ones are left out */
    NIC_ADDRESSES_MAX = 256, /* of one NIC; further ones are left out */
    NIC_NAME_BYTES = 256,    /* terminated */
};
#define NIC_UNKNOWN UINT64_MAX

struct nic_address {
    struct addr addr;
    uint8_t family_bits; /* 24 of an IPv4 /24, 64 of an IPv6 /64 */
};

struct nic {
    char name[NIC_NAME_BYTES];        /* as people name it: "stor1", "vEthernet (LM)" */
    char device[NIC_NAME_BYTES];      /* as device_open() takes it; on Linux the same */
    char description[NIC_NAME_BYTES]; /* "" when there is none */
    uint32_t index;                   /* the system's own, for counters_read() */
    uint8_t mac[6];
    bool has_mac;
    bool is_up;
    bool is_loopback;
    struct nic_address *addresses;
    size_t n_addresses, addresses_capacity;
    uint64_t mtu;              /* bytes; NIC_UNKNOWN */
    uint64_t speed_bits_per_s; /* NIC_UNKNOWN, also for a virtual NIC that has none */
};

struct nics {
    struct nic *rows;
    size_t n_rows, capacity;
};

/* nics_read() - needs no rights. Returns 0, ERR_SYSTEM or ERR_MEMORY. @nics is all zero before. */
int nics_read(struct nics *nics, struct error *err);
void nics_release(struct nics *nics);
/* nics_find() - by name or device. NULL: there is none. */
const struct nic *nics_find(const struct nics *nics, const char *name);

/* For the platform's half. nics_add() - a NIC by its name and device, found or made. */
int nics_add(struct nics *nics, const char *name, struct nic **ret_nic, struct error *err);
int nic_add_address(struct nic *nic, const struct addr *addr, unsigned family_bits,
                    struct error *err);
