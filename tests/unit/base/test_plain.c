#include "src/base/plain.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/scratch.h"

static char text[64];

Test(plain, leaves_ordinary_text_alone)
{
    cr_assert_eq(plain_text(text, sizeof(text), "vEthernet (LM) \\Device\\NPF", PLAIN_UNCUT), 26);
    cr_assert_str_eq(text, "vEthernet (LM) \\Device\\NPF");
}

Test(plain, shows_what_would_move_the_cursor)
{
    plain_text(text, sizeof(text), "a\033[2Jb\r\nc\td\x7f", PLAIN_UNCUT);
    cr_assert_str_eq(text, "a\\x1b[2Jb\\x0d\\x0ac\\x09d\\x7f");
    plain_text(text, sizeof(text), "a\302\233b", PLAIN_UNCUT);
    cr_assert_str_eq(text, "a\\x9bb");
}

Test(plain, shows_marks_that_pile_up)
{
    plain_text(text, sizeof(text), "e\314\201\314\200\314\202\314\203 e\314\201", PLAIN_UNCUT);
    cr_assert_str_eq(text, "e\314\201\314\200\314\202\314\203 e\314\201");
    cr_assert_eq(plain_text(text, sizeof(text), "e\314\201\314\201\314\201\314\201\314\201\314\201",
                            PLAIN_UNCUT),
                 13);
    cr_assert_str_eq(text, "e\314\201\314\201\314\201\314\201\\u0301\\u0301");
}

Test(plain, shows_what_would_turn_or_hide_text)
{
    plain_text(text, sizeof(text), "gpj.\342\200\256exe\342\200\213", PLAIN_UNCUT);
    cr_assert_str_eq(text, "gpj.\\u202eexe\\u200b");
    plain_text(text, sizeof(text), "\363\240\201\201", PLAIN_UNCUT);
    cr_assert_str_eq(text, "\\ue0041");
    plain_text(text, sizeof(text), "\357\277\277", PLAIN_UNCUT);
    cr_assert_str_eq(text, "\\uffff");
}

Test(plain, shows_bytes_that_are_no_utf8_as_question_marks)
{
    plain_text(text, sizeof(text), "a\xff\xc3", PLAIN_UNCUT);
    cr_assert_str_eq(text, "a??");
}

Test(plain, counts_columns_not_bytes)
{
    cr_assert_eq(plain_text(text, sizeof(text), "M\303\274nchen", PLAIN_UNCUT), 7);
    cr_assert_eq(plain_text(text, sizeof(text), "\347\275\221\347\273\234", PLAIN_UNCUT), 4);
    cr_assert_eq(plain_text(text, sizeof(text), "e\314\201", PLAIN_UNCUT), 1);
    cr_assert_eq(plain_columns("\347\275\221 M\303\274"), 5);
}

Test(plain, cuts_at_columns)
{
    cr_assert_eq(plain_text(text, sizeof(text), "abcdefgh", 8), 8);
    cr_assert_str_eq(text, "abcdefgh");
    cr_assert_eq(plain_text(text, sizeof(text), "abcdefghi", 8), 8);
    cr_assert_str_eq(text, "abcde...");
    cr_assert_eq(plain_text(text, sizeof(text), "ab\347\275\221\347\275\221\347\275\221", 7), 7);
    cr_assert_str_eq(text, "ab\347\275\221...");
}

Test(plain, never_overruns_nor_splits_a_character)
{
    char long_text[400];

    memset(long_text, 'x', sizeof(long_text));
    long_text[sizeof(long_text) - 1] = '\0';
    cr_assert_eq(plain_text(text, sizeof(text), long_text, PLAIN_UNCUT), 63);
    cr_assert_eq(strlen(text), 63);
    cr_assert_str_eq(text + 60, "...");
    for (size_t room = 4; room < 20; room++) {
        memset(text, '#', sizeof(text));
        plain_text(text, room, "\303\274\303\274\303\274\303\274\303\274\303\274\303\274\303\274",
                   PLAIN_UNCUT);
        cr_assert(strlen(text) < room);
        cr_assert(text[room] == '#');
        cr_assert(strchr(text, '?') == NULL);
    }
}

Test(plain, changes_nothing_when_done_twice)
{
    char twice[64];

    plain_text(text, sizeof(text), "a\033b\342\200\256\xff", PLAIN_UNCUT);
    plain_text(twice, sizeof(twice), text, PLAIN_UNCUT);
    cr_assert_str_eq(twice, text);
}

static const char *lines(const char *words, unsigned indent)
{
    static char to[4096];
    struct scratch s = scratch_open();

    plain_write_lines(s.out, words, indent);
    return scratch_close(&s, to, sizeof(to));
}

Test(plain_lines, keeps_the_lines_of_a_text)
{
    cr_expect_str_eq(lines("", 2), "");
    cr_expect_str_eq(lines("one", 2), "  one\n");
    cr_expect_str_eq(lines("one\n\n two\n", 2), "  one\n  \n   two\n");
}

Test(plain_lines, shows_what_would_move_the_cursor)
{
    cr_expect_str_eq(lines("a\033b\r\n\xc3\nc\342\200\256", 0), "a\\x1bb\\x0d\n?\nc\\u202e\n");
}

Test(plain_lines, counts_marks_anew_on_each_line)
{
    const char *marks = "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\n\xcc\x81";

    cr_expect_str_eq(lines(marks, 0), "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\n\xcc\x81\n");
}

Test(plain_lines, cuts_nothing)
{
    char line[3002];

    memset(line, 'x', sizeof(line) - 2);
    line[sizeof(line) - 2] = '\n';
    line[sizeof(line) - 1] = '\0';
    cr_expect_str_eq(lines(line, 0), line);
}

static const char *wrapped(const char *words, struct plain_margins m, unsigned *ret_lines)
{
    static char lines[256];
    struct scratch s = scratch_open();

    *ret_lines = plain_wrap(s.out, words, strlen(words), m);
    return scratch_close(&s, lines, sizeof(lines));
}

Test(plain_wrap, breaks_between_words)
{
    unsigned n;

    cr_assert_str_eq(wrapped("one two  three\nfour", (struct plain_margins){ 2, 2, 9 }, &n),
                     "one two\n  three\n  four\n");
    cr_assert_eq(n, 3);
}

Test(plain_wrap, fills_a_line_to_its_last_column)
{
    unsigned n;

    cr_assert_str_eq(wrapped("ab cd ef", (struct plain_margins){ 0, 0, 5 }, &n), "ab cd\nef\n");
    cr_assert_eq(n, 2);
    cr_assert_str_eq(wrapped("ab cd ef", (struct plain_margins){ 0, 1, 5 }, &n), "ab\ncd ef\n");
}

Test(plain_wrap, counts_columns_not_bytes)
{
    unsigned n;

    wrapped("\303\274\303\274 \303\274\303\274", (struct plain_margins){ 0, 0, 5 }, &n);
    cr_assert_eq(n, 1);
}

Test(plain_wrap, gives_a_wide_word_a_line_of_its_own)
{
    unsigned n;

    cr_assert_str_eq(wrapped("a bcdefghij k", (struct plain_margins){ 0, 0, 5 }, &n),
                     "a\nbcdefghij\nk\n");
    cr_assert_eq(n, 3);
}

Test(plain_wrap, counts_without_writing)
{
    cr_assert_eq(plain_wrap(NULL, "ab cd ef", 8, (struct plain_margins){ 0, 0, 5 }), 2);
    cr_assert_eq(plain_wrap(NULL, "", 0, (struct plain_margins){ 0, 0, 5 }), 1);
}
