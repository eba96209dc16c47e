/*
 * What a client asks of lmpathd: one JSON object a line (docs/control.md), read as hostile bytes.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

enum {
    ORDER_MAX_LINE_BYTES = 4096, /* without its end */
    ORDER_MAX_TEXT_BYTES = 1024,
    ORDER_MAX_NAME_BYTES = 64,
};

#define ORDER_NO_STATUS INT64_MIN

enum order_action {
    ORDER_STATUS,
    ORDER_START,
    ORDER_MARK,
    ORDER_COMMAND,
    ORDER_COMMAND_END,
    ORDER_STOP,
    ORDER_SESSIONS,
    ORDER_EVENTS,
};

/* Text and words live until order_release(). */
struct order {
    uint64_t id;
    enum order_action action;
    const char *name; /* of start; NULL: none */
    const char *text; /* of mark */
    char **words;     /* of command; NULL-ended */
    size_t n_words;
    int64_t status; /* of command_end; ORDER_NO_STATUS */
    int64_t signal;
    const char *error; /* of command_end; NULL: none */
    void *json;        /* private to order.c */
};

/*
 * order_parse() - one line, without its end.
 * @ret_order: on failure its id is set, as far as it could be read, and nothing is to be released
 *
 * Returns 0, ERR_INPUT (with what is wrong), ERR_LIMIT or ERR_MEMORY.
 */
int order_parse(struct order *ret_order, const char *line, size_t n_bytes, struct error *err);
void order_release(struct order *o);
