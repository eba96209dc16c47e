/* What clients ask of lmpathd, carried out; as control_handlers wants it, with the struct daemon
 * for context. */
#pragma once

#include <stdint.h>

#include "capture/control.h"

void orders_carry_out(void *daemon, struct client *client, const struct order *order);
/* orders_refuse() - a line that is no order. */
void orders_refuse(void *daemon, struct client *client, uint64_t id, const char *why);
