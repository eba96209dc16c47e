/*
 * Observations put together to connections: the same connection seen from several vantage points is
 * one.
 */
#pragma once

#include "analyzers/flow/flow_table.h"
#include "analyzers/result.h"
#include "src/base/error.h"

/*
 * connections_join() - fill result's connections, order and chunks from the table, and its NICs'
 * duplicates.
 *
 * Two observations are one connection when their addresses, ports and protocol are equal, their
 * tags don't contradict each other (an untagged view matches a tagged one), they come from
 * different vantage points and their sequence numbers (else their times) fit. Takes the table's
 * chunks; the table may still be read until it is freed, which must come before result_release().
 * Returns 0 or a negative code.
 */
int connections_join(struct result *r, struct flow_table *t, struct flow_ports ports,
                     struct error *err);
