#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "capture/linux/infiniband.h"

static char root[64];

static void make_root(void)
{
    snprintf(root, sizeof(root), "test_infiniband_XXXXXX");
    cr_assert_not_null(mkdtemp(root));
}

static void remove_root(void)
{
    char command[128];

    snprintf(command, sizeof(command), "rm -r %s", root);
    cr_expect_eq(system(command), 0);
}

/* put() - a file below the root with all its folders. */
static void put(const char *name, const char *text)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", root, name);
    for (char *at = path + strlen(root) + 1; (at = strchr(at, '/')); *at++ = '/') {
        *at = '\0';
        mkdir(path, 0700);
    }
    file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

static int read_nic(const char *nic, uint64_t *rx_bytes, uint64_t *tx_bytes)
{
    *rx_bytes = *tx_bytes = 77;
    return infiniband_read(root, nic, rx_bytes, tx_bytes);
}

TestSuite(infiniband, .init = make_root, .fini = remove_root);

Test(infiniband, counts_words_of_four_bytes_over_all_ports)
{
    uint64_t rx_bytes, tx_bytes;

    put("mlx5_0/device/net/stor1/ifindex", "4\n");
    put("mlx5_0/ports/1/counters/port_rcv_data", "1000\n");
    put("mlx5_0/ports/1/counters/port_xmit_data", "8589934592\n");
    put("mlx5_0/ports/2/counters/port_rcv_data", "1\n");
    put("mlx5_0/ports/2/counters/port_xmit_data", "0\n");
    cr_assert_eq(read_nic("stor1", &rx_bytes, &tx_bytes), 1);
    cr_expect_eq(rx_bytes, 4004);
    cr_expect_eq(tx_bytes, UINT64_C(34359738368));
}

Test(infiniband, knows_devices_made_in_software_by_their_parent)
{
    uint64_t rx_bytes, tx_bytes;

    put("rxe0/parent", "stor1\n");
    put("rxe0/ports/1/counters/port_rcv_data", "2\n");
    put("rxe0/ports/1/counters/port_xmit_data", "3\n");
    cr_assert_eq(read_nic("stor1", &rx_bytes, &tx_bytes), 1);
    cr_expect_eq(tx_bytes, 12);
}

Test(infiniband, tells_nothing_of_other_nics)
{
    uint64_t rx_bytes, tx_bytes;

    put("rxe0/parent", "stor1\n");
    put("rxe0/ports/1/counters/port_rcv_data", "2\n");
    put("rxe0/ports/1/counters/port_xmit_data", "3\n");
    cr_expect_eq(read_nic("stor", &rx_bytes, &tx_bytes), 0);
    cr_expect_eq(rx_bytes, 77);
    cr_expect_eq(infiniband_read("no such folder", "stor1", &rx_bytes, &tx_bytes), 0);
}

Test(infiniband, takes_no_saturated_or_missing_count_for_one)
{
    uint64_t rx_bytes, tx_bytes;

    put("a/parent", "stor1\n");
    put("a/ports/1/counters/port_rcv_data", "4294967295\n");
    put("a/ports/1/counters/port_xmit_data", "1\n");
    cr_expect_eq(read_nic("stor1", &rx_bytes, &tx_bytes), 0);
    put("b/parent", "stor2\n");
    put("b/ports/1/counters/port_rcv_data", "1\n");
    cr_expect_eq(read_nic("stor2", &rx_bytes, &tx_bytes), 0);
    put("c/parent", "stor3\n");
    put("c/ports/1/counters/port_rcv_data", "x\n");
    put("c/ports/1/counters/port_xmit_data", "1\n");
    cr_expect_eq(read_nic("stor3", &rx_bytes, &tx_bytes), 0);
    cr_expect_eq(rx_bytes, 77);
    cr_expect_eq(tx_bytes, 77);
}
