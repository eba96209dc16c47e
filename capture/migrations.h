/*
 * Is a migration under way? What a resident daemon sees of TCP connections to the port of live
 * migration: enough to begin and end a session, and for its line in the log. The verdict is
 * lmpath's.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "capture/sources.h"
#include "src/base/auto.h"
#include "src/base/error.h"

enum {
    MIGRATIONS_CONNECTIONS_MAX = 64, /* further ones are told by their packets alone */
    MIGRATIONS_QUIET_MS = 5000,      /* after which it is over, with every connection closed */
    /* and with one still open: in SMB mode it waits while the memory takes another way */
    MIGRATIONS_SILENT_MS = 10 * 60 * 1000,
};

struct migrations;

int migrations_new(struct migrations **ret_migrations, const struct sources *sources,
                   uint16_t lm_port, struct error *err);
struct migrations *migrations_free(struct migrations *m);
DEFINE_AUTO(migrations)

/*
 * migrations_see() - a packet with is_migration. @now_ms: of a clock that never jumps.
 *
 * Returns true when a migration is under way: somebody accepted a connection, or data flows.
 */
bool migrations_see(struct migrations *m, size_t source, const struct tap_packet *packet,
                    int64_t now_ms);
bool migrations_are_over(const struct migrations *m, int64_t now_ms);
/* migrations_forget() - what was seen; the next one begins anew. */
void migrations_forget(struct migrations *m);

/* migrations_text() - who, how much and over which NICs, for the log; the caller frees it. NULL:
 * nothing was seen, or no memory. */
char *migrations_text(const struct migrations *m);
