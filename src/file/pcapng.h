/* What pcapng.c and pcapng_nic.c share. Not for other files. */
#pragma once

#include "src/file/reader.h"

struct pcapng_option {
    uint16_t code;
    struct cursor value;
};

/*
 * pcapng_next_option() - moves past one option and its padding.
 *
 * Returns 1 and writes @ret_option; 0 behind the last, with or without opt_endofopt; -1 when it
 * runs past the block.
 */
static inline int pcapng_next_option(struct cursor *options, bool is_big_endian,
                                     struct pcapng_option *ret_option)
{
    uint16_t code, n_bytes;
    struct cursor value;

    if (cursor_left(options) == 0)
        return 0;
    code = reader_u16(options, is_big_endian);
    n_bytes = reader_u16(options, is_big_endian);
    if (!options->failed && code == 0)
        return 0;
    value = cursor_sub(options, n_bytes);
    cursor_skip(options, -n_bytes & 3u);
    if (options->failed)
        return -1;
    *ret_option = (struct pcapng_option){ code, value };
    return 1;
}

/*
 * The bodies of Interface Description and Interface Statistics Blocks. Return 1 when read, 0 when
 * damage ended the capture, or a negative code.
 */
int pcapng_read_nic(struct capture *c, struct cursor *body, struct error *err);
int pcapng_read_statistics(struct capture *c, struct cursor *body);

/* pcapng_overrun() - the damage that -1 of pcapng_next_option() is. Returns 0. */
int pcapng_overrun(struct capture *c);
