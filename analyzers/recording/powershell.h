/*
 * A command line as PowerShell runs it: a cmdlet, function or script with the words that follow it.
 *
 * The script quotes every word, so that nothing in it is run or expanded; words of the form -Name
 * and -Name:Value stay parameters. It ends with the command's exit status, 1 after an error and 127
 * when there is no such command.
 */
#pragma once

#include "src/base/error.h"

/* powershell_script() - @words is NULL-ended. The caller frees it; NULL without memory. */
char *powershell_script(char *const *words);
/* powershell_encode() - as -EncodedCommand takes it: Base64 of UTF-16, little-endian. The caller
 * frees it; NULL without memory. */
char *powershell_encode(const char *script);
