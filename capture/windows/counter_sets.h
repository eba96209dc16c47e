/*
 * Which of Windows' performance counters are read: those that see what a capture can't, bytes that
 * went by RDMA, and Hyper-V's own account of a live migration. Names are the English ones, which
 * every Windows knows beside those of its own language.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* What a counter set is about. */
enum counter_set_subject {
    COUNTERS_OF_NIC_IN,  /* of a NIC by its description: bytes by RDMA that came in, */
    COUNTERS_OF_NIC_OUT, /* ... that went out */
    COUNTERS_OF_OTHERS,  /* of no NIC */
};

struct counter_spelling {
    const char *set;
    bool has_instances;
    const char *counter;
};

/* One counter as the versions of Windows spell it: the first that the system knows is read. */
struct counter_choice {
    enum counter_set_subject subject;
    struct counter_spelling spellings[3]; /* up to one without a set */
};

enum { N_COUNTER_CHOICES = 19 };

/* counter_choices() - N_COUNTER_CHOICES of them, constant. */
const struct counter_choice *counter_choices(void);

/* counter_path() - "\SET(*)\COUNTER" into @n_bytes at @to. */
void counter_path(char *to, size_t n_bytes, const struct counter_spelling *spelling);

/*
 * counter_instance_is() - is this the instance of the NIC with that description? Instances don't
 * have the characters that paths are made of.
 */
bool counter_instance_is(const char *instance, const char *description);
