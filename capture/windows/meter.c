/*
 * Counters of NICs by the IP helper, 64 bits wide; what else there is by PDH, Windows' reader of
 * performance counters. PDH names rates ("/sec"), what is read here is the raw number beneath,
 * which only grows.
 */
#include "capture/meter.h"

#include <stdlib.h>
#include <string.h>
/* first the sockets, in the order that these headers want */
#include <winsock2.h>
#include <ws2ipdef.h>

#include <iphlpapi.h>
#include <netioapi.h>
#include <pdh.h>
#include <pdhmsg.h>

#include "capture/windows/counter_sets.h"
#include "capture/windows/text.h"

enum {
    PATH_CHARACTERS = 256,
    INSTANCE_BYTES = 512,
    ITEM_BYTES_MOST = 1024 * 1024, /* of all instances of one counter; more is left out */
    COLLECT_MS = 100,              /* NICs read closer together share one collection */
};

/* A counter that the system knows. */
struct known {
    enum counter_set_subject subject;
    const struct counter_spelling *spelling;
    PDH_HCOUNTER counter;
};

struct value {
    enum counter_set_subject subject;
    const struct counter_spelling *spelling;
    char instance[INSTANCE_BYTES];
    uint64_t value;
};

struct meter {
    PDH_HQUERY query; /* NULL: there is no PDH */
    struct known known[N_COUNTER_CHOICES];
    size_t n_known;
    PDH_RAW_COUNTER_ITEM_W *items;
    DWORD items_bytes;
    ULONGLONG collected_ms;
    struct value values[COUNTERS_MAX_OTHERS];
    size_t n_values;
    struct counter_other others[COUNTERS_MAX_OTHERS];
};

static bool add_spelling(struct meter *m, const struct counter_choice *choice,
                         const struct counter_spelling *spelling)
{
    struct known *known = &m->known[m->n_known];
    wchar_t wide[PATH_CHARACTERS];
    char path[PATH_CHARACTERS];

    counter_path(path, sizeof(path), spelling);
    for (size_t i = 0; i <= strlen(path); i++)
        wide[i] = (wchar_t)path[i];
    if (PdhAddEnglishCounterW(m->query, wide, 0, &known->counter) != ERROR_SUCCESS)
        return false;
    known->subject = choice->subject;
    known->spelling = spelling;
    m->n_known++;
    return true;
}

static void add_choice(struct meter *m, const struct counter_choice *choice)
{
    size_t n = sizeof(choice->spellings) / sizeof(choice->spellings[0]);

    for (size_t i = 0; i < n && choice->spellings[i].set; i++)
        if (add_spelling(m, choice, &choice->spellings[i]))
            return;
}

int meter_new(struct meter **ret_meter, struct error *err)
{
    struct meter *m = calloc(1, sizeof(*m));

    if (!m)
        return error_memory(err);
    if (PdhOpenQueryW(NULL, 0, &m->query) != ERROR_SUCCESS)
        m->query = NULL;
    for (size_t i = 0; m->query && i < N_COUNTER_CHOICES; i++)
        add_choice(m, &counter_choices()[i]);
    *ret_meter = m;
    return 0;
}

struct meter *meter_free(struct meter *m)
{
    if (!m)
        return NULL;
    if (m->query)
        PdhCloseQuery(m->query);
    free(m->items);
    free(m);
    return NULL;
}

/* Returns how many instances there are, with their values in items. */
static DWORD read_items(struct meter *m, PDH_HCOUNTER counter)
{
    DWORD n_bytes = m->items_bytes, n_items = 0;
    PDH_STATUS status = PdhGetRawCounterArrayW(counter, &n_bytes, &n_items, m->items);

    if (status == (PDH_STATUS)PDH_MORE_DATA && n_bytes <= ITEM_BYTES_MOST) {
        free(m->items);
        m->items = malloc(n_bytes);
        m->items_bytes = m->items ? n_bytes : 0;
        status = m->items ? PdhGetRawCounterArrayW(counter, &n_bytes, &n_items, m->items)
                          : (PDH_STATUS)PDH_MEMORY_ALLOCATION_FAILURE;
    }
    return status == ERROR_SUCCESS ? n_items : 0;
}

static bool is_valid(const PDH_RAW_COUNTER *raw)
{
    return raw->CStatus == PDH_CSTATUS_VALID_DATA || raw->CStatus == PDH_CSTATUS_NEW_DATA;
}

static void add_values(struct meter *m, const struct known *known)
{
    DWORD n = read_items(m, known->counter);

    for (DWORD i = 0; i < n && m->n_values < COUNTERS_MAX_OTHERS; i++) {
        struct value *value = &m->values[m->n_values];

        if (!is_valid(&m->items[i].RawValue))
            continue;
        value->subject = known->subject;
        value->spelling = known->spelling;
        value->instance[0] = '\0';
        if (known->spelling->has_instances && m->items[i].szName)
            utf8_of(value->instance, sizeof(value->instance), m->items[i].szName);
        value->value = (uint64_t)m->items[i].RawValue.FirstValue;
        m->n_values += strcmp(value->instance, "_Total") != 0;
    }
}

static void collect(struct meter *m)
{
    ULONGLONG now_ms = GetTickCount64();

    if (m->n_known == 0 || (m->collected_ms && now_ms - m->collected_ms < COLLECT_MS))
        return;
    m->collected_ms = now_ms;
    m->n_values = 0;
    if (PdhCollectQueryData(m->query) != ERROR_SUCCESS)
        return;
    for (size_t i = 0; i < m->n_known; i++)
        add_values(m, &m->known[i]);
}

static ULONG read_row(const struct nic *nic, MIB_IF_ROW2 *row)
{
    wchar_t alias[NIC_NAME_BYTES];
    ULONG number;

    *row = (MIB_IF_ROW2){ .InterfaceIndex = nic->index };
    number = GetIfEntry2(row);
    if (number != ERROR_FILE_NOT_FOUND)
        return number;
    *row = (MIB_IF_ROW2){ 0 };
    if (MultiByteToWideChar(CP_UTF8, 0, nic->name, -1, alias, NIC_NAME_BYTES) <= 0 ||
        ConvertInterfaceAliasToLuid(alias, &row->InterfaceLuid) != NO_ERROR)
        return ERROR_FILE_NOT_FOUND;
    return GetIfEntry2(row);
}

int meter_read(struct meter *m, const struct nic *nic, uint64_t values[N_COUNTERS],
               struct error *err)
{
    MIB_IF_ROW2 row;
    ULONG number = read_row(nic, &row);

    if (number == ERROR_FILE_NOT_FOUND)
        return 0;
    if (number != NO_ERROR)
        return error_set(err, ERR_SYSTEM, "'%s': its counters can't be read: Windows error %lu",
                         nic->name, number);
    values[COUNTER_RX_BYTES] = row.InOctets;
    values[COUNTER_TX_BYTES] = row.OutOctets;
    values[COUNTER_RX_PACKETS] = row.InUcastPkts + row.InNUcastPkts;
    values[COUNTER_TX_PACKETS] = row.OutUcastPkts + row.OutNUcastPkts;
    values[COUNTER_RX_DROPPED] = row.InDiscards;
    values[COUNTER_TX_DROPPED] = row.OutDiscards;
    values[COUNTER_RX_ERRORS] = row.InErrors;
    values[COUNTER_TX_ERRORS] = row.OutErrors;
    collect(m);
    for (size_t i = 0; i < m->n_values; i++) {
        const struct value *value = &m->values[i];

        if (value->subject == COUNTERS_OF_OTHERS ||
            !counter_instance_is(value->instance, nic->description))
            continue;
        values[value->subject == COUNTERS_OF_NIC_IN ? COUNTER_RDMA_RX_BYTES
                                                    : COUNTER_RDMA_TX_BYTES] = value->value;
    }
    return 1;
}

size_t meter_others(struct meter *m, const struct counter_other **ret_others)
{
    size_t n = 0;

    collect(m);
    for (size_t i = 0; i < m->n_values; i++) {
        const struct value *value = &m->values[i];

        if (value->subject == COUNTERS_OF_OTHERS)
            m->others[n++] = (struct counter_other){ value->spelling->set, value->instance,
                                                     value->spelling->counter, value->value };
    }
    *ret_others = m->others;
    return n;
}
