/* pcapng's numbers: the types of blocks, and the options in them (draft-ietf-opsawg-pcapng). */
#pragma once

enum pcapng_block {
    BLOCK_SECTION = 0x0a0d0d0a, /* the same in both byte orders */
    BLOCK_NIC = 1,
    BLOCK_OLD_PACKET = 2, /* obsolete */
    BLOCK_SIMPLE_PACKET = 3,
    BLOCK_STATISTICS = 5,
    BLOCK_PACKET = 6,
};

enum {
    BYTE_ORDER_MAGIC = 0x1a2b3c4d,

    OPTION_END = 0,
    OPTION_COMMENT = 1, /* these two in every block */

    SHB_HARDWARE = 2,
    SHB_OS = 3,
    SHB_APPLICATION = 4,

    IF_NAME = 2,
    IF_DESCRIPTION = 3,
    IF_IPV4 = 4,
    IF_IPV6 = 5,
    IF_MAC = 6,
    IF_SPEED = 8,
    IF_TSRESOL = 9,
    IF_FILTER = 11,
    FILTER_IS_TEXT = 0, /* its first byte */
    IF_OS = 12,
    IF_TSOFFSET = 14,
    IF_HARDWARE = 15,

    ISB_START = 2,
    ISB_END = 3,
    ISB_RECEIVED = 4,
    ISB_DROPPED = 5,
    ISB_FILTER_ACCEPTED = 6,
    ISB_OS_DROPPED = 7,
    ISB_DELIVERED = 8,

    EPB_FLAGS = 2,
    EPB_PACKET_ID = 5,
    EPB_VERDICT = 7,
};
