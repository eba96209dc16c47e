/*
 * SHA-256, and SHA-1 where a format has it (FIPS 180-4), by the system's own cryptography:
 * digest_openssl.c, or digest_windows.c on Windows; the build takes one.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

enum { DIGEST_BYTES = 32, SHA1_BYTES = 20 };

struct digest; /* opaque */

/* Each returns 0, ERR_MEMORY or ERR_SYSTEM. */
int digest_new(struct digest **ret_digest, struct error *err);
int digest_update(struct digest *d, const void *bytes, size_t n_bytes, struct error *err);
/* digest_finish() - once, behind the last byte. */
int digest_finish(struct digest *d, uint8_t ret_sha256[DIGEST_BYTES], struct error *err);
struct digest *digest_free(struct digest *d);

/* digest_sha1() - of all bytes at once. Returns 0, ERR_MEMORY or ERR_SYSTEM. */
int digest_sha1(const void *bytes, size_t n_bytes, uint8_t ret_sha1[SHA1_BYTES], struct error *err);
