#include "src/model/message.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static int parse(struct message *m, const char *line)
{
    return message_parse(m, line, strlen(line), NULL);
}

Test(message, reads_a_reply)
{
    struct message m;

    cr_assert_eq(parse(&m, "{\"id\": 7, \"ok\": false, \"error\": \"no such action\"}"), 0);
    cr_expect_eq(m.kind, MESSAGE_REPLY);
    cr_expect_eq(m.id, 7);
    cr_expect(!m.is_ok);
    cr_assert_str_eq(m.error, "no such action");
    message_release(&m);
}

Test(message, reads_an_interval)
{
    static const char line[] =
        "{\"event\": \"interval\", \"time\": \"2026-11-21T22:59:08.152896400Z\", \"nics\": ["
        "{\"name\": \"stor1\", \"packets\": 3, \"wire_bytes\": 200, \"kernel_dropped\": 0, "
        "\"ring_dropped\": 1, \"interface_dropped\": null, "
        "\"counters\": {\"rx_bytes\": 10, \"tx_bytes\": 20}}, "
        "{\"name\": \"gone0\", \"packets\": 0, \"wire_bytes\": 0, \"counters\": null}]}";
    struct message m;

    cr_assert_eq(parse(&m, line), 0);
    cr_expect_eq(m.kind, MESSAGE_INTERVAL);
    cr_assert_eq(m.n_nics, 2);
    cr_assert_str_eq(m.nics[0].name, "stor1");
    cr_expect_eq(m.nics[0].wire_bytes, 200);
    cr_expect_eq(m.nics[0].ring_dropped, 1);
    cr_expect_eq(m.nics[0].nic_dropped, MESSAGE_UNKNOWN);
    cr_expect_eq(m.nics[0].tx_bytes, 20);
    cr_expect_eq(m.nics[0].rdma_tx_bytes, MESSAGE_UNKNOWN);
    cr_expect_eq(m.nics[1].rx_bytes, MESSAGE_UNKNOWN, "counters of a NIC that is away");
    message_release(&m);
}

Test(message, reads_nics_and_sessions)
{
    struct message m;

    cr_assert_eq(parse(&m,
                       "{\"event\": \"interfaces\", \"nics\": [{\"name\": \"a\", \"mtu\": 1500, "
                       "\"addresses\": [\"10.0.0.1/24\", 5, \"fd00::1/64\"], "
                       "\"network\": null, \"is_up\": true}]}"),
                 0);
    cr_expect_eq(m.kind, MESSAGE_INTERFACES);
    cr_assert_eq(m.nics[0].n_addresses, 2);
    cr_assert_str_eq(m.nics[0].addresses[1], "fd00::1/64");
    cr_assert_str_eq(m.nics[0].network, "");
    cr_expect(m.nics[0].is_up);
    message_release(&m);

    cr_assert_eq(parse(&m, "{\"id\": 1, \"ok\": true, \"sessions\": [{\"path\": \"/a\", "
                           "\"bytes\": 5, \"state\": \"complete\"}]}"),
                 0);
    cr_assert_eq(m.n_sessions, 1);
    cr_assert_str_eq(m.sessions[0].path, "/a");
    cr_assert_str_eq(m.sessions[0].start, "");
    message_release(&m);
}

Test(message, takes_members_of_other_types_as_unknown)
{
    struct message m;

    cr_assert_eq(parse(&m, "{\"event\": \"end\", \"session\": 5, \"packets\": -1, \"nics\": {}, "
                           "\"complete\": \"true\", \"file_bytes\": 1.5}"),
                 0);
    cr_assert_str_eq(m.session, "");
    cr_expect_eq(m.packets, MESSAGE_UNKNOWN);
    cr_expect_eq(m.file_bytes, MESSAGE_UNKNOWN);
    cr_expect_eq(m.n_nics, 0);
    cr_expect(!m.is_complete);
    message_release(&m);
}

Test(message, knows_events_of_later_versions)
{
    struct message m;

    cr_assert_eq(parse(&m, "{\"event\": \"eclipse\"}"), 0);
    cr_expect_eq(m.kind, MESSAGE_OTHER);
    message_release(&m);
}

Test(message, refuses_what_is_no_message)
{
    static const char *const lines[] = { "",
                                         "null",
                                         "[]",
                                         "{",
                                         "{}",
                                         "{\"id\": \"1\"}",
                                         "{\"id\": 1, \"id\": 2}",
                                         "{\"event\": \"\xff\"}" };
    struct message m;

    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
        cr_expect_eq(parse(&m, lines[i]), ERR_INPUT, "%s", lines[i]);
}

Test(message, takes_no_more_nics_than_the_limit)
{
    char *line = malloc(64 + 4 * ((size_t)MESSAGE_MAX_NICS + 1));
    struct message m;

    for (int n = MESSAGE_MAX_NICS; n <= MESSAGE_MAX_NICS + 1; n++) {
        strcpy(line, "{\"event\": \"start\", \"nics\": [{}");
        for (int i = 1; i < n; i++)
            strcat(line, ",{}");
        strcat(line, "]}");
        if (n <= MESSAGE_MAX_NICS) {
            cr_assert_eq(parse(&m, line), 0);
            message_release(&m);
        } else {
            cr_expect_eq(parse(&m, line), ERR_LIMIT);
        }
    }
    free(line);
}

static struct request request_for(const char *action)
{
    return (struct request){
        .id = 3, .action = action, .status = MESSAGE_NO_STATUS, .signal = MESSAGE_NO_STATUS
    };
}

Test(message, writes_requests)
{
    static char move[] = "move", say[] = "say \"hi\"\n", bad[] = "\xff";
    char *const words[] = { move, say, bad, NULL };
    struct request q = request_for("command");
    char *line = NULL;

    q.argv = words;
    cr_assert_eq(request_line(&line, &q, NULL), 0);
    cr_assert_str_eq(line, "{\"id\":3,\"action\":\"command\",\"argv\":[\"move\","
                           "\"say \\\"hi\\\"\\n\",\"\xef\xbf\xbd\"]}\n");
    free(line);
    q = request_for("command_end");
    q.status = 0;
    cr_assert_eq(request_line(&line, &q, NULL), 0);
    cr_assert_str_eq(line, "{\"id\":3,\"action\":\"command_end\",\"status\":0}\n");
    free(line);
}

Test(message, keeps_a_request_within_a_line)
{
    static char copy[] = "copy", word[1500], text[5000];
    char *const words[] = { copy, word, word, word, word, NULL };
    struct request q = request_for("command");
    char *line = NULL;

    memset(word, 'w', sizeof(word) - 1);
    memset(text, 't', sizeof(text) - 1);
    q.argv = words;
    cr_assert_eq(request_line(&line, &q, NULL), 0);
    cr_expect(strlen(line) <= REQUEST_MAX_LINE_BYTES);
    cr_expect(strstr(line, "\"copy\"") && strstr(line, "\"...\"]"));
    free(line);
    q = request_for("mark");
    q.text = text;
    cr_expect_eq(request_line(&line, &q, NULL), ERR_USAGE);
}
