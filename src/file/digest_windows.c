#include "src/file/digest.h"

#include <limits.h>
#include <stdlib.h>
#include <windows.h>

#include <bcrypt.h>

struct digest {
    BCRYPT_ALG_HANDLE provider;
    BCRYPT_HASH_HANDLE hash;
};

static int refused(struct error *err)
{
    return error_set(err, ERR_SYSTEM, "SHA-256 is refused by bcrypt.dll");
}

int digest_new(struct digest **ret_digest, struct error *err)
{
    struct digest *d = calloc(1, sizeof(*d));

    if (!d)
        return error_memory(err);
    if (BCryptOpenAlgorithmProvider(&d->provider, BCRYPT_SHA256_ALGORITHM, NULL, 0) < 0 ||
        BCryptCreateHash(d->provider, &d->hash, NULL, 0, NULL, 0, 0) < 0) {
        digest_free(d);
        return refused(err);
    }
    *ret_digest = d;
    return 0;
}

int digest_update(struct digest *d, const void *bytes, size_t n_bytes, struct error *err)
{
    const uint8_t *at = bytes;
    ULONG n;

    while (n_bytes) {
        n = n_bytes > INT_MAX ? INT_MAX : (ULONG)n_bytes;
        if (BCryptHashData(d->hash, (PUCHAR)at, n, 0) < 0)
            return refused(err);
        at += n;
        n_bytes -= n;
    }
    return 0;
}

int digest_finish(struct digest *d, uint8_t ret_sha256[DIGEST_BYTES], struct error *err)
{
    return BCryptFinishHash(d->hash, ret_sha256, DIGEST_BYTES, 0) < 0 ? refused(err) : 0;
}

struct digest *digest_free(struct digest *d)
{
    if (d && d->hash)
        BCryptDestroyHash(d->hash);
    if (d && d->provider)
        BCryptCloseAlgorithmProvider(d->provider, 0);
    free(d);
    return NULL;
}
