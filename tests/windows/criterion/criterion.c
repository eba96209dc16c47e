#include "criterion/criterion.h"

#include <stdarg.h>

jmp_buf criterion_leave;

static struct criterion_test *first;
static struct criterion_test **last = &first;
static bool has_failed;

void criterion_add(struct criterion_test *test)
{
    *last = test;
    last = &test->next;
}

void criterion_fail(const char *file, int line, const char *condition, const char *format, ...)
{
    va_list args;

    has_failed = true;
    printf("%s:%d: %s: ", file, line, condition);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n");
}

static void run(struct criterion_test *t)
{
    has_failed = false;
    if (setjmp(criterion_leave) == 0) {
        if (t->init)
            t->init();
        t->run();
    }
    if (t->fini)
        t->fini();
    if (has_failed)
        printf("FAILED %s: %s\n", t->suite, t->name);
    fflush(stdout);
}

int main(void)
{
    unsigned n_passed = 0, n_failed = 0;

    for (struct criterion_test *t = first; t; t = t->next) {
        run(t);
        n_failed += has_failed;
        n_passed += !has_failed;
    }
    printf("%u passed, %u failed\n", n_passed, n_failed);
    return n_failed != 0;
}
