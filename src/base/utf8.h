/* UTF-8, RFC 3629: what may pass from hostile names into output. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * utf8_next() - the character at *at; moves past it.
 *
 * Returns the code point, 0xfffd for a byte that begins no valid sequence (moves past that byte
 * alone), 0 at the terminator (moves nothing).
 */
uint32_t utf8_next(const char **at);
