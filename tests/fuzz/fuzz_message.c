/*
 * A line as lmpathd may send it, of any bytes: what is read stays within the limits, and all text
 * in it is there to be read. What was asked by a text of the same bytes fits into a line.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "src/model/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

/* Terminated, and no longer than the line that it stood in. */
static void check_text(const char *text, size_t n_bytes)
{
    if (strlen(text) > n_bytes)
        abort();
}

static void check_texts(const struct message *m, size_t n_bytes)
{
    const char *const texts[] = { m->error,   m->time,  m->version, m->host, m->mode,   m->state,
                                  m->session, m->since, m->filter,  m->text, m->reason, m->nic };

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        check_text(texts[i], n_bytes);
    for (size_t i = 0; i < m->n_nics; i++) {
        check_text(m->nics[i].name, n_bytes);
        check_text(m->nics[i].problem, n_bytes);
        if (m->nics[i].n_addresses > MESSAGE_MAX_ADDRESSES)
            abort();
        for (size_t k = 0; k < m->nics[i].n_addresses; k++)
            check_text(m->nics[i].addresses[k], n_bytes);
    }
    for (size_t i = 0; i < m->n_sessions; i++)
        check_text(m->sessions[i].path, n_bytes);
}

static void parse(const uint8_t *bytes, size_t n_bytes)
{
    struct message m;
    struct error err = { "" };
    int r = message_parse(&m, (const char *)bytes, n_bytes, &err);

    if (r < 0) {
        if (!*err.text)
            abort();
        return;
    }
    if (m.n_nics > MESSAGE_MAX_NICS || m.n_sessions > MESSAGE_MAX_SESSIONS)
        abort();
    check_texts(&m, n_bytes);
    message_release(&m);
}

/* The bytes as a mark, and as the words of a command. */
static void ask(const uint8_t *bytes, size_t n_bytes)
{
    char *text = calloc(n_bytes + 1, 1), *line;
    char *const words[] = { text, text, NULL };
    struct request q = { .action = "mark",
                         .text = text,
                         .argv = words,
                         .status = MESSAGE_NO_STATUS,
                         .signal = MESSAGE_NO_STATUS };
    struct message m;

    if (!text)
        return;
    memcpy(text, bytes, n_bytes);
    if (request_line(&line, &q, NULL) == 0) {
        if (strlen(line) > REQUEST_MAX_LINE_BYTES ||
            strchr(line, '\n') != line + strlen(line) - 1 ||
            message_parse(&m, line, strlen(line), NULL) < 0)
            abort(); /* a request is a reply's twin: it has an id */
        message_release(&m);
        free(line);
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    parse(bytes, n_bytes);
    ask(bytes, n_bytes);
    return 0;
}
