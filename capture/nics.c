#include "capture/nics.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"

void nics_release(struct nics *nics)
{
    for (size_t i = 0; i < nics->n_rows; i++)
        free(nics->rows[i].addresses);
    free(nics->rows);
    *nics = (struct nics){ 0 };
}

const struct nic *nics_find(const struct nics *nics, const char *name)
{
    for (size_t i = 0; i < nics->n_rows; i++)
        if (strcmp(nics->rows[i].name, name) == 0 || strcmp(nics->rows[i].device, name) == 0)
            return &nics->rows[i];
    return NULL;
}

int nics_add(struct nics *nics, const char *name, struct nic **ret_nic, struct error *err)
{
    struct nic *nic = (struct nic *)nics_find(nics, name);
    int r;

    if (!nic) {
        r = array_reserve(&nics->rows, &nics->capacity, nics->n_rows + 1, sizeof(*nics->rows),
                          NICS_MAX, err);
        if (r < 0)
            return r;
        nic = &nics->rows[nics->n_rows++];
        *nic = (struct nic){ .mtu = NIC_UNKNOWN, .speed_bits_per_s = NIC_UNKNOWN };
        strncpy(nic->name, name, sizeof(nic->name) - 1);
        strncpy(nic->device, name, sizeof(nic->device) - 1);
    }
    *ret_nic = nic;
    return 0;
}

int nic_add_address(struct nic *nic, const struct addr *addr, unsigned family_bits,
                    struct error *err)
{
    int r;

    if (nic->n_addresses >= NIC_ADDRESSES_MAX)
        return 0;
    r = array_reserve(&nic->addresses, &nic->addresses_capacity, nic->n_addresses + 1,
                      sizeof(*nic->addresses), NIC_ADDRESSES_MAX, err);
    if (r < 0)
        return r;
    nic->addresses[nic->n_addresses++] = (struct nic_address){ *addr, (uint8_t)family_bits };
    return 0;
}
