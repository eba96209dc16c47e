#include "capture/windows/counter_sets.h"

#include <criterion/criterion.h>
#include <string.h>

enum { PATH_BYTES = 256 };

static const struct counter_choice *choice_of(enum counter_set_subject subject, const char *set)
{
    for (int i = 0; i < N_COUNTER_CHOICES; i++) {
        const struct counter_choice *c = &counter_choices()[i];

        if (c->subject == subject && strcmp(c->spellings[0].set, set) == 0)
            return c;
    }
    return NULL;
}

Test(counter_sets, makes_paths_of_sets_with_instances_and_without)
{
    const struct counter_choice *c = choice_of(COUNTERS_OF_OTHERS, "SMB Direct Connection");
    char path[PATH_BYTES];

    cr_assert(c != NULL);
    counter_path(path, sizeof(path), &c->spellings[0]);
    cr_assert_str_eq(path, "\\SMB Direct Connection(*)\\Bytes Sent/sec");
    counter_path(path, sizeof(path), &c->spellings[1]);
    cr_assert_str_eq(path, "\\SMB Direct\\Bytes Sent/sec");
    cr_assert(c->spellings[2].set == NULL);
}

Test(counter_sets, has_every_choice_filled_and_ended)
{
    char path[PATH_BYTES];

    for (int i = 0; i < N_COUNTER_CHOICES; i++) {
        const struct counter_choice *c = &counter_choices()[i];
        size_t n = 0;

        for (; c->spellings[n].set; n++) {
            counter_path(path, sizeof(path), &c->spellings[n]);
            cr_expect(strlen(path) + 1 < sizeof(path));
        }
        cr_expect(n > 0 && n < sizeof(c->spellings) / sizeof(c->spellings[0]));
    }
}

Test(counter_sets, reads_rdma_bytes_of_both_directions)
{
    cr_assert(choice_of(COUNTERS_OF_NIC_IN, "RDMA Activity") != NULL);
    cr_assert(choice_of(COUNTERS_OF_NIC_OUT, "RDMA Activity") != NULL);
}

Test(counter_sets, finds_the_instance_of_a_nic_by_its_description)
{
    const char *nic = "Mellanox ConnectX-5 (25/50 GbE) Adapter #2";

    cr_expect(counter_instance_is("Mellanox ConnectX-5 [25_50 GbE] Adapter _2", nic));
    cr_expect(counter_instance_is(nic, nic));
    cr_expect(!counter_instance_is("Mellanox ConnectX-5 [25_50 GbE] Adapter _", nic));
    cr_expect(!counter_instance_is("Mellanox ConnectX-5 [25_50 GbE] Adapter _23", nic));
    cr_expect(!counter_instance_is("Mellanox ConnectX-5 [25_50 GbE] Adapter _3", nic));
    cr_expect(!counter_instance_is("", nic));
}
