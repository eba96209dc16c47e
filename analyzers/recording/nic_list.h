/* The NICs of this machine, and whether they can be captured, as lmpathd tells it. */
#pragma once

#include "analyzers/recording/recording.h"

/*
 * nic_list_show() - to standard output.
 * @o: its networks, and its -i as they choose
 * @is_json: lmpathd's own line
 *
 * Returns the exit code; an error has been told.
 */
int nic_list_show(const struct recording *o, bool is_json);
