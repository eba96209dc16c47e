#include "capture/smb_stream.h"

#include <criterion/criterion.h>

#include "tests/unit/capture/smb.h"

enum { START = 1000 };

static const char secret[] = "GUEST-MEMORY-MUST-NOT-BE-KEPT";

static uint32_t read_at(struct smb_stream *s, const struct smb *m, uint32_t at, uint32_t n_bytes)
{
    return smb_stream_read(s, START + at, m->bytes + at, n_bytes, n_bytes);
}

/* What is kept of a stream that comes in one segment. */
static uint32_t kept_of(const struct smb *m)
{
    struct smb_stream s;

    smb_stream_begin(&s, START);
    return read_at(&s, m, 0, m->n);
}

/* A message of one command whose variable part is the secret. */
static struct smb message_of(uint32_t number, uint32_t flags, uint32_t size)
{
    struct smb m = { .n = 0 };

    smb_add_zeros(&m, SMB_FRAMING);
    smb_add_command(&m, number, flags, size);
    smb_add(&m, secret, sizeof(secret));
    smb_set_length(&m, 0);
    return m;
}

Test(smb_stream, keeps_a_write_up_to_its_data)
{
    struct smb m = { .n = 0 };

    smb_add_write(&m, secret, sizeof(secret));
    cr_assert_eq(kept_of(&m), SMB_FRAMING + SMB_HEADER + SMB_WRITE);
}

Test(smb_stream, keeps_the_fixed_part_of_each_command)
{
    static const struct {
        uint16_t number, flags, size;
    } rows[] = {
        { 0, 0, 36 },  { 0, 1, 65 },  { 1, 0, 25 },  { 1, 1, 9 },   { 2, 0, 4 },   { 2, 1, 4 },
        { 3, 0, 9 },   { 3, 1, 16 },  { 4, 0, 4 },   { 4, 1, 4 },   { 5, 0, 57 },  { 5, 1, 89 },
        { 6, 0, 24 },  { 6, 1, 60 },  { 7, 0, 24 },  { 7, 1, 4 },   { 8, 0, 49 },  { 8, 1, 17 },
        { 9, 0, 49 },  { 9, 1, 17 },  { 10, 0, 48 }, { 10, 1, 4 },  { 11, 0, 57 }, { 11, 1, 49 },
        { 12, 0, 4 },  { 13, 0, 4 },  { 13, 1, 4 },  { 14, 0, 33 }, { 14, 1, 9 },  { 15, 0, 32 },
        { 15, 1, 9 },  { 16, 0, 41 }, { 16, 1, 9 },  { 17, 0, 33 }, { 17, 1, 2 },  { 18, 0, 24 },
        { 18, 1, 24 },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct smb m = message_of(rows[i].number, rows[i].flags, rows[i].size);

        cr_expect_eq(kept_of(&m), SMB_FRAMING + SMB_HEADER + (rows[i].size & ~1u));
    }
}

Test(smb_stream, keeps_the_eight_bytes_of_an_error)
{
    struct smb m = message_of(SMB_COMMAND_CREATE, SMB_RESPONSE, 9);

    cr_assert_eq(kept_of(&m), SMB_FRAMING + SMB_HEADER + 8);
    m = message_of(SMB_COMMAND_CREATE, SMB_REQUEST, 9);
    cr_assert_eq(kept_of(&m), SMB_FRAMING + SMB_HEADER + 2);
}

Test(smb_stream, keeps_no_command_of_another_size_than_it_should_have)
{
    struct smb m = message_of(SMB_COMMAND_WRITE, SMB_REQUEST, 57);

    cr_assert_eq(kept_of(&m), SMB_FRAMING + SMB_HEADER + 2);
    m = message_of(19, SMB_REQUEST, 4);
    cr_assert_eq(kept_of(&m), SMB_FRAMING + SMB_HEADER + 2);
}

Test(smb_stream, keeps_the_path_of_a_tree)
{
    static const char path[] = "\\\0\\\0h\0v\0\\\0c\0$";
    struct smb m = { .n = 0 };

    smb_add_tree_connect(&m, path, sizeof(path));
    cr_assert_eq(kept_of(&m), m.n);
    cr_assert_eq(m.n, SMB_FRAMING + SMB_HEADER + SMB_TREE_CONNECT + sizeof(path));
}

Test(smb_stream, keeps_no_path_that_is_too_long_or_elsewhere_or_behind_the_message)
{
    uint32_t head = SMB_FRAMING + SMB_HEADER + SMB_TREE_CONNECT;
    uint8_t path[MAX_SMB_TREE_BYTES + 1] = { 0 };
    struct smb m = { .n = 0 };

    smb_add_tree_connect(&m, path, MAX_SMB_TREE_BYTES);
    cr_assert_eq(kept_of(&m), head + MAX_SMB_TREE_BYTES);
    m.n = 0;
    smb_add_tree_connect(&m, path, MAX_SMB_TREE_BYTES + 1);
    cr_assert_eq(kept_of(&m), head);
    m.n = 0;
    smb_add_tree_connect(&m, path, 64);
    smb_set_u16(&m, SMB_FRAMING + 68, 80);
    cr_assert_eq(kept_of(&m), head);
    smb_set_u16(&m, SMB_FRAMING + 68, 72);
    smb_set_u16(&m, SMB_FRAMING + 70, 65);
    cr_assert_eq(kept_of(&m), head);
}

Test(smb_stream, keeps_no_name_of_a_file)
{
    struct smb m = message_of(SMB_COMMAND_CREATE, SMB_REQUEST, 57);

    /* Even one that calls itself the path of a tree. */
    smb_set_u16(&m, SMB_FRAMING + 68, 72);
    smb_set_u16(&m, SMB_FRAMING + 70, 16);
    cr_assert_eq(kept_of(&m), SMB_FRAMING + SMB_HEADER + SMB_CREATE);
}

Test(smb_stream, keeps_the_header_of_other_messages)
{
    struct smb m = { .n = 0 };

    smb_add_other(&m, "\xfdSMB", 200);
    cr_assert_eq(kept_of(&m), SMB_FRAMING + 52);
    m.n = 0;
    smb_add_other(&m, "\xfcSMB", 200);
    cr_assert_eq(kept_of(&m), SMB_FRAMING + 16);
    m.n = 0;
    smb_add_other(&m, "\xffSMB", 200);
    cr_assert_eq(kept_of(&m), SMB_FRAMING + 32);
}

Test(smb_stream, keeps_messages_that_follow_without_data_between)
{
    struct smb m = { .n = 0 };
    uint32_t n;

    smb_add_close(&m);
    smb_add_close(&m);
    n = m.n;
    smb_add_write(&m, secret, sizeof(secret));
    smb_add_close(&m);
    cr_assert_eq(kept_of(&m), n + SMB_FRAMING + SMB_HEADER + SMB_WRITE);
}

/* Compounded: close, close with @padding bytes between, write. */
static struct smb compound_of(uint32_t padding)
{
    struct smb m = { .n = 0 };
    uint32_t at;

    smb_add_zeros(&m, SMB_FRAMING);
    at = smb_add_command(&m, SMB_COMMAND_CLOSE, SMB_REQUEST, 24);
    smb_add(&m, secret, padding);
    smb_set_u16(&m, at + 20, m.n - at);
    at = smb_add_command(&m, SMB_COMMAND_CLOSE, SMB_REQUEST, 24);
    smb_set_u16(&m, at + 20, m.n - at);
    smb_add_command(&m, SMB_COMMAND_WRITE, SMB_REQUEST, 49);
    smb_add(&m, secret, sizeof(secret));
    smb_set_length(&m, 0);
    return m;
}

Test(smb_stream, keeps_the_requests_of_a_compound)
{
    struct smb m = compound_of(0);

    cr_assert_eq(kept_of(&m), m.n - sizeof(secret));
}

Test(smb_stream, keeps_nothing_behind_the_padding_in_a_compound)
{
    struct smb m = compound_of(8);
    struct smb_stream s;

    cr_assert_eq(kept_of(&m), SMB_FRAMING + SMB_HEADER + SMB_CLOSE);
    /* ... but knows where the next request begins. */
    smb_stream_begin(&s, START);
    read_at(&s, &m, 0, SMB_FRAMING + SMB_HEADER + SMB_CLOSE + 8);
    cr_assert_eq(read_at(&s, &m, SMB_FRAMING + SMB_HEADER + SMB_CLOSE + 8,
                         m.n - SMB_FRAMING - SMB_HEADER - SMB_CLOSE - 8),
                 2 * SMB_HEADER + SMB_CLOSE + SMB_WRITE);
}

Test(smb_stream, takes_no_next_request_out_of_the_message)
{
    static const uint16_t wrong[] = { 8, 56, 92, 1024, 0xfff8 };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct smb m = { .n = 0 };
        uint32_t n;

        smb_add_write(&m, secret, sizeof(secret));
        smb_set_u16(&m, SMB_FRAMING + 20, wrong[i]);
        n = m.n;
        smb_add_close(&m);
        cr_expect_eq(kept_of(&m), SMB_FRAMING + SMB_HEADER + SMB_WRITE);
        {
            struct smb_stream s;

            smb_stream_begin(&s, START);
            read_at(&s, &m, 0, n);
            cr_expect_eq(read_at(&s, &m, n, m.n - n), m.n - n);
        }
    }
}

/* Write, close, tree connect: two of them begin behind data. */
static struct smb conversation(void)
{
    struct smb m = { .n = 0 };

    smb_add_close(&m);
    smb_add_write(&m, secret, sizeof(secret));
    smb_add_close(&m);
    smb_add_tree_connect(&m, "\\\0\\\0h\0\\\0s", 10);
    return m;
}

/* Where the secret of conversation() is. */
enum { DATA_START = 2 * (SMB_FRAMING + SMB_HEADER) + SMB_CLOSE + SMB_WRITE };
enum { DATA_END = DATA_START + sizeof(secret) };

Test(smb_stream, finds_messages_wherever_segments_end)
{
    struct smb m = conversation();

    for (uint32_t cut = SMB_FRAMING + 4; cut < m.n; cut++) {
        struct smb_stream s;
        uint32_t first, second;

        smb_stream_begin(&s, START);
        first = read_at(&s, &m, 0, cut);
        second = read_at(&s, &m, cut, m.n - cut);
        cr_expect_eq(first, cut < DATA_START ? cut : DATA_START);
        if (cut < DATA_START)
            cr_expect_eq(second, DATA_START - cut);
        else
            cr_expect_eq(second, cut < DATA_END ? 0 : m.n - cut);
    }
}

Test(smb_stream, finds_messages_in_segments_of_each_length)
{
    struct smb m = conversation();

    for (uint32_t n = 1; n < m.n; n++) {
        struct smb_stream s;

        smb_stream_begin(&s, START);
        for (uint32_t at = 0; at < m.n; at += n) {
            uint32_t end = at + n < m.n ? at + n : m.n, kept = read_at(&s, &m, at, end - at);

            if (end < SMB_FRAMING + 4)
                cr_expect_eq(kept, 0);
            else if (end <= DATA_START || at >= DATA_END)
                cr_expect_eq(kept, end - at);
            else
                cr_expect_eq(kept, at < DATA_START ? DATA_START - at : 0);
        }
    }
}

Test(smb_stream, keeps_at_most_what_was_captured)
{
    struct smb m = conversation();

    for (uint32_t n = 0; n < DATA_START; n++) {
        struct smb_stream s;

        smb_stream_begin(&s, START);
        cr_expect_eq(smb_stream_read(&s, START, m.bytes, n, m.n), n < SMB_FRAMING + 4 ? 0 : n);
    }
}

Test(smb_stream, stops_for_good_where_a_length_was_lost)
{
    struct smb m = conversation();
    struct smb_stream s;

    for (uint32_t lost = 0; lost < SMB_FRAMING; lost++) {
        smb_stream_begin(&s, START);
        read_at(&s, &m, 0, DATA_END + lost);
        cr_expect_eq(read_at(&s, &m, DATA_END + lost + 1, m.n - DATA_END - lost - 1), 0);
        cr_expect_eq(read_at(&s, &m, DATA_END, m.n - DATA_END), 0);
        cr_expect(!s.is_followed);
    }
}

Test(smb_stream, stops_for_good_where_a_length_was_not_captured)
{
    struct smb m = conversation();
    struct smb_stream s;

    smb_stream_begin(&s, START);
    cr_assert_eq(smb_stream_read(&s, START, m.bytes, DATA_END + 2, m.n), DATA_START);
    cr_assert(!s.is_followed);
}

Test(smb_stream, goes_on_behind_what_was_lost_inside_a_message)
{
    struct smb m = conversation();

    for (uint32_t from = SMB_FRAMING + SMB_HEADER + SMB_CLOSE + SMB_FRAMING; from < DATA_END;
         from++) {
        struct smb_stream s;

        smb_stream_begin(&s, START);
        read_at(&s, &m, 0, from);
        cr_expect_eq(read_at(&s, &m, DATA_END, m.n - DATA_END), m.n - DATA_END);
    }
}

Test(smb_stream, lets_data_come_in_any_order)
{
    struct smb m = conversation();
    struct smb_stream s;

    smb_stream_begin(&s, START);
    read_at(&s, &m, 0, DATA_START);
    cr_assert_eq(read_at(&s, &m, DATA_START + 8, 8), 0);
    cr_assert_eq(read_at(&s, &m, DATA_START, 8), 0);
    cr_assert_eq(read_at(&s, &m, DATA_END, m.n - DATA_END), m.n - DATA_END);
}

Test(smb_stream, keeps_nothing_of_what_is_sent_again)
{
    struct smb m = conversation();
    struct smb_stream s;

    smb_stream_begin(&s, START);
    cr_assert_eq(read_at(&s, &m, 0, DATA_START), DATA_START);
    cr_assert_eq(read_at(&s, &m, 0, DATA_START), 0);
    /* again, with more behind it */
    cr_assert_eq(read_at(&s, &m, 0, m.n), 0);
    cr_assert_eq(s.next, START + m.n);
}

Test(smb_stream, follows_sequence_numbers_around)
{
    struct smb m = conversation();

    for (uint32_t before = 0; before < m.n; before++) {
        struct smb_stream s;
        uint32_t start = 0u - before;

        smb_stream_begin(&s, start);
        cr_expect_eq(smb_stream_read(&s, start, m.bytes, DATA_END, DATA_END), DATA_START);
        cr_expect_eq(smb_stream_read(&s, start + DATA_END, m.bytes + DATA_END, m.n - DATA_END,
                                     m.n - DATA_END),
                     m.n - DATA_END);
    }
}

Test(smb_stream, stops_where_the_numbers_went_around_unseen)
{
    struct smb m = conversation();
    struct smb_stream s;

    smb_stream_begin(&s, START);
    read_at(&s, &m, 0, DATA_END);
    cr_assert_eq(smb_stream_read(&s, START - (1 << 26), m.bytes, 8, 8), 0);
    cr_assert(!s.is_followed);
    cr_assert_eq(read_at(&s, &m, DATA_END, m.n - DATA_END), 0);
}

Test(smb_stream, keeps_nothing_of_what_is_no_smb)
{
    static const char *const others[] = { "QEVM", "GET ",
                                          "\xfe"
                                          "SMC",
                                          "\xfb"
                                          "SMB",
                                          "\xfe\0MB" };

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        struct smb m = { .n = 0 };

        smb_add_other(&m, others[i], 200);
        cr_expect_eq(kept_of(&m), 0);
        memmove(m.bytes, m.bytes + SMB_FRAMING, 200);
        m.n = 200;
        cr_expect_eq(kept_of(&m), 0);
    }
}

Test(smb_stream, keeps_nothing_behind_a_message_that_is_none)
{
    struct smb m = { .n = 0 };
    struct smb_stream s;
    uint32_t n;

    smb_add_close(&m);
    n = m.n;
    smb_add_other(&m, secret, 64);
    smb_add_close(&m);
    smb_stream_begin(&s, START);
    cr_assert_eq(read_at(&s, &m, 0, n), n);
    cr_assert_eq(read_at(&s, &m, n, 68), 0);
    cr_assert_eq(read_at(&s, &m, n + 68, m.n - n - 68), 0);
}

Test(smb_stream, keeps_no_message_shorter_than_its_header)
{
    static const char *const ids[] = { "\xfc"
                                       "SMB",
                                       "\xfdSMB", "\xfeSMB",
                                       "\xff"
                                       "SMB" };
    static const uint8_t header_bytes[] = { 16, 52, 64, 32 };

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        struct smb m = { .n = 0 };

        smb_add_other(&m, ids[i], header_bytes[i] - 1u);
        smb_add_close(&m);
        cr_expect_eq(kept_of(&m), 0);
    }
}

Test(smb_stream, keeps_nothing_of_a_message_without_bytes)
{
    struct smb m = { .n = 0 };

    smb_add_zeros(&m, SMB_FRAMING);
    smb_add_close(&m);
    cr_assert_eq(kept_of(&m), 0);
}

/* A write whose data is one forged message after the other. */
static struct smb forged_write(void)
{
    struct smb data = { .n = 0 }, m = { .n = 0 };

    for (int i = 0; i < 8; i++) {
        smb_add_tree_connect(&data, secret, sizeof(secret));
        smb_add_close(&data);
        smb_add_write(&data, secret, sizeof(secret));
    }
    smb_add_write(&m, data.bytes, data.n);
    return m;
}

Test(smb_stream, keeps_no_forged_message_wherever_segments_end)
{
    struct smb m = forged_write();
    const uint32_t data_at = SMB_FRAMING + SMB_HEADER + SMB_WRITE;

    for (uint32_t cut = data_at; cut < m.n; cut++) {
        struct smb_stream s;

        smb_stream_begin(&s, START);
        cr_expect_eq(read_at(&s, &m, 0, cut), data_at);
        cr_expect_eq(read_at(&s, &m, cut, m.n - cut), 0);
    }
}

Test(smb_stream, keeps_no_forged_message_whatever_is_lost)
{
    struct smb m = forged_write();
    const uint32_t data_at = SMB_FRAMING + SMB_HEADER + SMB_WRITE;

    for (uint32_t from = 0; from < data_at; from++) {
        for (uint32_t to = data_at; to < m.n; to += 7) {
            struct smb_stream s;

            smb_stream_begin(&s, START);
            cr_expect(read_at(&s, &m, 0, from) <= data_at);
            cr_expect_eq(read_at(&s, &m, to, m.n - to), 0);
        }
    }
}
