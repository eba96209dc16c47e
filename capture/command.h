/* lmpathd's options, and what they lead to: its --help and its manual page are made from the same.
 */
#pragma once

#include "src/cli/options.h"

extern const struct command command_lmpathd;
