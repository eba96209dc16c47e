/*
 * Stands in for Criterion where there is none: the Windows build's unit tests. The same test
 * sources, one process, tests in the order of their file; a failed assertion leaves its test by
 * longjmp, so a crash ends the program (and fails it).
 *
 * Only what our tests use: Test(suite, name, .init, .fini), cr_assert*, cr_expect*, each with an
 * optional message.
 */
#pragma once

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct criterion_test {
    const char *suite;
    const char *name;
    void (*run)(void);
    struct criterion_test *next;
    void (*init)(void);
    void (*fini)(void);
};

extern jmp_buf criterion_leave;

/* criterion_add() - appends a test to the run. Borrows it until the program ends. */
void criterion_add(struct criterion_test *test);
/* criterion_fail() - marks the running test as failed and prints where and what. */
void criterion_fail(const char *file, int line, const char *condition, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#define Test(suite_, name_, ...)                                                                   \
    static void suite_##_##name_##_run(void);                                                      \
    static struct criterion_test suite_##_##name_##_test = { #suite_, #name_,                      \
                                                             suite_##_##name_##_run, NULL,         \
                                                             __VA_ARGS__ };                        \
    __attribute__((constructor)) static void suite_##_##name_##_add(void)                          \
    {                                                                                              \
        criterion_add(&suite_##_##name_##_test);                                                   \
    }                                                                                              \
    static void suite_##_##name_##_run(void)

/* "" first, so that the message may be absent */
#define CRITERION_CHECK(condition, text, leave, ...)                                               \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            criterion_fail(__FILE__, __LINE__, text, "" __VA_ARGS__);                              \
            leave;                                                                                 \
        }                                                                                          \
    } while (0)
#define CRITERION_LEAVE longjmp(criterion_leave, 1)

#define cr_fail(...) CRITERION_CHECK(false, "cr_fail", (void)0, __VA_ARGS__)
#define cr_assert_fail(...) CRITERION_CHECK(false, "cr_assert_fail", CRITERION_LEAVE, __VA_ARGS__)

#define cr_assert(c, ...) CRITERION_CHECK(c, #c, CRITERION_LEAVE, __VA_ARGS__)
#define cr_assert_not(c, ...) cr_assert(!(c), __VA_ARGS__)
#define cr_assert_null(p, ...) cr_assert((p) == NULL, __VA_ARGS__)
#define cr_assert_not_null(p, ...) cr_assert((p) != NULL, __VA_ARGS__)
#define cr_assert_eq(a, b, ...) cr_assert((a) == (b), __VA_ARGS__)
#define cr_assert_neq(a, b, ...) cr_assert((a) != (b), __VA_ARGS__)
#define cr_assert_lt(a, b, ...) cr_assert((a) < (b), __VA_ARGS__)
#define cr_assert_leq(a, b, ...) cr_assert((a) <= (b), __VA_ARGS__)
#define cr_assert_gt(a, b, ...) cr_assert((a) > (b), __VA_ARGS__)
#define cr_assert_geq(a, b, ...) cr_assert((a) >= (b), __VA_ARGS__)
#define cr_assert_str_eq(a, b, ...) cr_assert(strcmp(a, b) == 0, __VA_ARGS__)
#define cr_assert_str_neq(a, b, ...) cr_assert(strcmp(a, b) != 0, __VA_ARGS__)
#define cr_assert_arr_eq(a, b, n, ...) cr_assert(memcmp(a, b, n) == 0, __VA_ARGS__)
#define cr_assert_float_eq(a, b, d, ...)                                                           \
    cr_assert((a) - (b) <= (d) && (b) - (a) <= (d), __VA_ARGS__)

#define cr_expect(c, ...) CRITERION_CHECK(c, #c, (void)0, __VA_ARGS__)
#define cr_expect_not(c, ...) cr_expect(!(c), __VA_ARGS__)
#define cr_expect_null(p, ...) cr_expect((p) == NULL, __VA_ARGS__)
#define cr_expect_not_null(p, ...) cr_expect((p) != NULL, __VA_ARGS__)
#define cr_expect_eq(a, b, ...) cr_expect((a) == (b), __VA_ARGS__)
#define cr_expect_neq(a, b, ...) cr_expect((a) != (b), __VA_ARGS__)
#define cr_expect_lt(a, b, ...) cr_expect((a) < (b), __VA_ARGS__)
#define cr_expect_leq(a, b, ...) cr_expect((a) <= (b), __VA_ARGS__)
#define cr_expect_gt(a, b, ...) cr_expect((a) > (b), __VA_ARGS__)
#define cr_expect_geq(a, b, ...) cr_expect((a) >= (b), __VA_ARGS__)
#define cr_expect_str_eq(a, b, ...) cr_expect(strcmp(a, b) == 0, __VA_ARGS__)
#define cr_expect_str_neq(a, b, ...) cr_expect(strcmp(a, b) != 0, __VA_ARGS__)
#define cr_expect_arr_eq(a, b, n, ...) cr_expect(memcmp(a, b, n) == 0, __VA_ARGS__)
#define cr_expect_float_eq(a, b, d, ...)                                                           \
    cr_expect((a) - (b) <= (d) && (b) - (a) <= (d), __VA_ARGS__)
