/*
 * Community ID version 1: the name that Zeek, Suricata and Arkime give to the same connection.
 * It is the same for both directions, with the default seed of 0.
 */
#pragma once

#include <stdint.h>

#include "src/net/addr.h"

enum { COMMUNITY_ID_BYTES = 32 };

/*
 * community_id_text() - "1:LQU9qZlK+B5F3KDmev6m5PMibrg=", into the caller's COMMUNITY_ID_BYTES.
 * @protocol: IP_TCP or IP_UDP; both ends are of one family
 *
 * Returns @to, or NULL when the system refuses SHA-1.
 */
char *community_id_text(char *to, uint8_t protocol, const struct addr ends[2],
                        const uint16_t ports[2]);
