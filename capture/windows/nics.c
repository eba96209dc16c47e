/* NICs as the IP helper tells them: the table of interfaces, and the addresses they have. */
#include "capture/nics.h"

#include <stdio.h>
#include <string.h>
/* first the sockets, in the order that these headers want */
#include <winsock2.h>
#include <ws2ipdef.h>

#include <iphlpapi.h>
#include <netioapi.h>

#include "capture/windows/text.h"

static int table_error(ULONG number, struct error *err)
{
    return error_set(err, ERR_SYSTEM, "NICs can't be listed: Windows error %lu", number);
}

/* Npcap names a device by the NIC's id: \Device\NPF_{GUID}. */
static void set_device(struct nic *nic, const GUID *id)
{
    snprintf(nic->device, sizeof(nic->device),
             "\\Device\\NPF_{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}", id->Data1,
             id->Data2, id->Data3, id->Data4[0], id->Data4[1], id->Data4[2], id->Data4[3],
             id->Data4[4], id->Data4[5], id->Data4[6], id->Data4[7]);
}

/* Speeds that mean "none": 0, and all bits set of disconnected NICs. */
static uint64_t speed_of(const MIB_IF_ROW2 *row)
{
    uint64_t speed = row->TransmitLinkSpeed;

    return speed == 0 || speed == UINT64_MAX ? NIC_UNKNOWN : speed;
}

static int add_row(struct nics *nics, const MIB_IF_ROW2 *row, struct error *err)
{
    char name[NIC_NAME_BYTES];
    struct nic *nic;
    int r;

    /* Filters and the like show up as copies of the NIC that they sit on. */
    if (row->InterfaceAndOperStatusFlags.FilterInterface || !row->Alias[0] ||
        nics->n_rows == NICS_MAX)
        return 0;
    r = nics_add(nics, utf8_of(name, sizeof(name), row->Alias), &nic, err);
    if (r < 0)
        return r;
    set_device(nic, &row->InterfaceGuid);
    utf8_of(nic->description, sizeof(nic->description), row->Description);
    nic->index = row->InterfaceIndex;
    nic->is_up = row->OperStatus == IfOperStatusUp;
    nic->is_loopback = row->Type == IF_TYPE_SOFTWARE_LOOPBACK;
    nic->mtu = row->Mtu ? row->Mtu : NIC_UNKNOWN;
    nic->speed_bits_per_s = speed_of(row);
    nic->has_mac =
        row->PhysicalAddressLength == sizeof(nic->mac) && row->Type == IF_TYPE_ETHERNET_CSMACD;
    if (nic->has_mac)
        memcpy(nic->mac, row->PhysicalAddress, sizeof(nic->mac));
    return 0;
}

static struct nic *find_index(struct nics *nics, NET_IFINDEX index)
{
    for (size_t i = 0; i < nics->n_rows; i++)
        if (nics->rows[i].index == index)
            return &nics->rows[i];
    return NULL;
}

static int add_address(struct nics *nics, const MIB_UNICASTIPADDRESS_ROW *row, struct error *err)
{
    struct nic *nic = find_index(nics, row->InterfaceIndex);
    struct addr addr;

    if (!nic)
        return 0;
    if (row->Address.si_family == AF_INET)
        addr = addr_v4((const uint8_t *)&row->Address.Ipv4.sin_addr);
    else if (row->Address.si_family == AF_INET6)
        memcpy(addr.bytes, &row->Address.Ipv6.sin6_addr, sizeof(addr.bytes));
    else
        return 0;
    return nic_add_address(nic, &addr, row->OnLinkPrefixLength, err);
}

static int read_rows(struct nics *nics, struct error *err)
{
    MIB_IF_TABLE2 *table;
    ULONG number = GetIfTable2(&table);
    int r = 0;

    if (number != NO_ERROR)
        return table_error(number, err);
    for (ULONG i = 0; r == 0 && i < table->NumEntries; i++)
        r = add_row(nics, &table->Table[i], err);
    FreeMibTable(table);
    return r;
}

static int read_addresses(struct nics *nics, struct error *err)
{
    MIB_UNICASTIPADDRESS_TABLE *table;
    ULONG number = GetUnicastIpAddressTable(AF_UNSPEC, &table);
    int r = 0;

    if (number == ERROR_NOT_FOUND) /* not one address on the machine */
        return 0;
    if (number != NO_ERROR)
        return table_error(number, err);
    for (ULONG i = 0; r == 0 && i < table->NumEntries; i++)
        r = add_address(nics, &table->Table[i], err);
    FreeMibTable(table);
    return r;
}

int nics_read(struct nics *nics, struct error *err)
{
    int r = read_rows(nics, err);

    if (r == 0)
        r = read_addresses(nics, err);
    if (r < 0)
        nics_release(nics);
    return r;
}
