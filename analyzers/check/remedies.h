/*
 * The PowerShell that mends a setting, one command each: findings show it, 'lmpath fix' writes it.
 *
 * All return a new string that the caller frees, or NULL without memory. Names and addresses are
 * quoted; what is said to be code is written as it is.
 */
#pragma once

#include <stdint.h>

#include "src/net/addr.h"

enum { NO_PRIORITY = -1 };

/* remedy_host() - a command of Hyper-V's for one host. @rest: code, or "". */
char *remedy_host(const char *command, const char *host, const char *rest);
/* remedy_add() - an entry of a host's list; @priority may be NO_PRIORITY. */
char *remedy_add(const char *host, const struct prefix *p, int64_t priority);
char *remedy_remove(const char *host, const struct prefix *p);
/* remedy_option() - @option: "Compression", ... */
char *remedy_option(const char *host, const char *option);
/* remedy_role() - @network: code that gives the cluster network; the role as a number. */
char *remedy_role(const char *network, int role);
/* remedy_parameter() - MigrationNetworkOrder or MigrationExcludeNetworks; @value: code. */
char *remedy_parameter(const char *name, const char *value);
