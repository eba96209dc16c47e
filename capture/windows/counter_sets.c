#include "capture/windows/counter_sets.h"

#include <stdio.h>

#define MIGRATION(counter)                                                                         \
    {                                                                                              \
        COUNTERS_OF_OTHERS,                                                                        \
        {                                                                                          \
            {                                                                                      \
                "Hyper-V VM Live Migration", true, counter                                         \
            }                                                                                      \
        }                                                                                          \
    }
/* Windows Server 2025 renamed the set and took its instances away: microsoft/SDN issue 623. */
#define SMB_DIRECT(counter)                                                                        \
    {                                                                                              \
        COUNTERS_OF_OTHERS,                                                                        \
        {                                                                                          \
            { "SMB Direct Connection", true, counter },                                            \
            {                                                                                      \
                "SMB Direct", false, counter                                                       \
            }                                                                                      \
        }                                                                                          \
    }

static const struct counter_choice choices[N_COUNTER_CHOICES] = {
    { COUNTERS_OF_NIC_IN,
      { { "RDMA Activity", true, "RDMA Inbound Bytes/sec" },
        { "RDMA Activity", true, "Inbound bytes/sec" } } },
    { COUNTERS_OF_NIC_OUT,
      { { "RDMA Activity", true, "RDMA Outbound Bytes/sec" },
        { "RDMA Activity", true, "Outbound bytes/sec" } } },
    SMB_DIRECT("Bytes Sent/sec"),
    SMB_DIRECT("Bytes Received/sec"),
    SMB_DIRECT("Bytes RDMA Read/sec"),
    SMB_DIRECT("Bytes RDMA Written/sec"),
    MIGRATION("TCP Transport: Bytes Sent/sec"),
    MIGRATION("TCP Transport: Bytes Received/sec"),
    MIGRATION("SMB Transport: Bytes Sent"),
    MIGRATION("Memory Walker: Uncompressed Bytes Sent"),
    MIGRATION("Memory Walker: Bytes Sent for Compression"),
    MIGRATION("Compressor: Compressed Bytes Sent"),
    MIGRATION("Receiver: Uncompressed Bytes Received/sec"),
    MIGRATION("Receiver: Compressed Bytes Received/sec"),
    MIGRATION("Receiver: Decompressed Bytes/sec"),
    MIGRATION("Receiver: Bytes Written/sec"),
    MIGRATION("Transfer Pass: Number"),
    MIGRATION("Transfer Pass: Dirty Page Count"),
    MIGRATION("Transfer Pass: Is blackout"),
};

const struct counter_choice *counter_choices(void)
{
    return choices;
}

void counter_path(char *to, size_t n_bytes, const struct counter_spelling *spelling)
{
    snprintf(to, n_bytes, "\\%s%s\\%s", spelling->set, spelling->has_instances ? "(*)" : "",
             spelling->counter);
}

/* As Windows puts a description into a path: parentheses become brackets, / \ and # underscores. */
static char instance_character(char c)
{
    switch (c) {
    case '(':
        return '[';
    case ')':
        return ']';
    case '/':
    case '\\':
    case '#':
        return '_';
    default:
        return c;
    }
}

bool counter_instance_is(const char *instance, const char *description)
{
    size_t i;

    for (i = 0; instance[i] && description[i]; i++)
        if (instance_character(instance[i]) != instance_character(description[i]))
            return false;
    return instance[i] == description[i];
}
