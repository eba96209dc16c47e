#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "src/model/order.h"

static int parse(struct order *o, const char *line, struct error *err)
{
    return order_parse(o, line, strlen(line), err);
}

Test(order, reads_what_an_action_needs)
{
    struct order o;
    struct error err;

    cr_assert_eq(parse(&o, "{\"id\": 7, \"action\": \"mark\", \"text\": \"before\"}", &err), 0);
    cr_expect_eq(o.id, 7);
    cr_expect_eq(o.action, ORDER_MARK);
    cr_expect_str_eq(o.text, "before");
    order_release(&o);
}

Test(order, reads_a_command_and_how_it_ended)
{
    struct order o;
    struct error err;

    cr_assert_eq(parse(&o, "{\"action\": \"command\", \"argv\": [\"a\", \"b c\"]}", &err), 0);
    cr_assert_eq(o.n_words, 2);
    cr_expect_str_eq(o.words[1], "b c");
    cr_expect(!o.words[2]);
    order_release(&o);
    cr_assert_eq(parse(&o, "{\"action\": \"command_end\", \"signal\": 9}", &err), 0);
    cr_expect_eq(o.signal, 9);
    cr_expect_eq(o.status, ORDER_NO_STATUS);
    cr_expect(!o.error);
    order_release(&o);
}

Test(order, takes_null_for_absent)
{
    struct order o;
    struct error err;

    cr_assert_eq(parse(&o, "{\"action\": \"start\", \"name\": null, \"id\": null}", &err), 0);
    cr_expect(!o.name);
    cr_expect_eq(o.id, 0);
    order_release(&o);
}

Test(order, keeps_the_id_of_what_it_refuses)
{
    struct order o;
    struct error err;

    cr_assert_eq(parse(&o, "{\"id\": 9, \"action\": \"fly\"}", &err), ERR_INPUT);
    cr_expect_eq(o.id, 9);
    cr_expect_str_eq(err.text, "'fly' is no action");
}

Test(order, refuses_what_is_no_order)
{
    static const char *const lines[] = {
        "",
        "x",
        "[]",
        "\"status\"",
        "{}",
        "{\"action\": null}",
        "{\"action\": 5}",
        "{\"action\": \"status\", \"action\": \"stop\"}",
        "{\"id\": \"1\", \"action\": \"status\"}",
        "{\"id\": -1, \"action\": \"status\"}",
        "{\"id\": 1.5, \"action\": \"status\"}",
        "{\"action\": \"mark\"}",
        "{\"action\": \"mark\", \"text\": \"\"}",
        "{\"action\": \"mark\", \"text\": 1}",
        "{\"action\": \"start\", \"name\": \"a/b\"}",
        "{\"action\": \"start\", \"name\": \"a b\"}",
        "{\"action\": \"command\"}",
        "{\"action\": \"command\", \"argv\": []}",
        "{\"action\": \"command\", \"argv\": [1]}",
        "{\"action\": \"command\", \"argv\": \"a\"}",
        "{\"action\": \"command_end\", \"status\": \"0\"}",
        "{\"action\": \"status\"} x",
    };
    struct order o;
    struct error err;

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        cr_expect_eq(parse(&o, lines[i], &err), ERR_INPUT, "%s", lines[i]);
}

Test(order, has_limits)
{
    char line[ORDER_MAX_LINE_BYTES + 2], text[ORDER_MAX_TEXT_BYTES + 2];
    struct order o;
    struct error err;

    memset(line, ' ', sizeof(line));
    memcpy(line, "{\"action\": \"status\"}", 20);
    cr_expect_eq(order_parse(&o, line, ORDER_MAX_LINE_BYTES, &err), 0);
    order_release(&o);
    cr_expect_eq(order_parse(&o, line, ORDER_MAX_LINE_BYTES + 1, &err), ERR_LIMIT);

    memset(text, 'x', sizeof(text));
    for (int over = 0; over <= 1; over++) {
        text[ORDER_MAX_TEXT_BYTES + over] = '\0';
        snprintf(line, sizeof(line), "{\"action\": \"mark\", \"text\": \"%s\"}", text);
        cr_expect_eq(parse(&o, line, &err), over ? ERR_INPUT : 0);
        if (!over)
            order_release(&o);
        text[ORDER_MAX_TEXT_BYTES] = 'x';
    }
}
