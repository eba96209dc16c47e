/*
 * How a failed operation is told: a negative code and one line of text.
 *
 * The caller owns the struct error and may pass NULL where the text does not matter. Text is lower
 * case, has no full stop, names its subject in single quotes and says what to do where that helps.
 * Expected outcomes are positive return values, not errors; bad packets are counted, not told.
 */
#pragma once

#include <stdarg.h>

enum err_code {
    ERR_USAGE = -1,  /* the user asked for something that can't be done so */
    ERR_INPUT = -2,  /* bytes from outside are not what they should be */
    ERR_SYSTEM = -3, /* the operating system refused */
    ERR_LIMIT = -4,  /* a container's documented limit is reached */
    ERR_MEMORY = -5, /* no memory */
};

struct error {
    char text[1024]; /* always terminated; control characters and what is no UTF-8 are escaped */
};

/* error_set() - write the line (control characters, and what is no UTF-8, become \xNN). Returns
 * @code, so that a caller can return it. */
int error_set(struct error *err, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* error_prefix() - put "PREFIX: " before the text that is there. Returns @code. */
int error_prefix(struct error *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* error_system() - as error_set() with ERR_SYSTEM, followed by ": " and the text of @number
 * (errno). */
int error_system(struct error *err, int number, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* error_memory() - the one text for "no memory". Returns ERR_MEMORY. */
int error_memory(struct error *err);
