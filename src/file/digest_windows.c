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
    return error_set(err, ERR_SYSTEM, "a digest is refused by bcrypt.dll");
}

static int make(struct digest **ret_digest, LPCWSTR algorithm, struct error *err)
{
    struct digest *d = calloc(1, sizeof(*d));

    if (!d)
        return error_memory(err);
    if (BCryptOpenAlgorithmProvider(&d->provider, algorithm, NULL, 0) < 0 ||
        BCryptCreateHash(d->provider, &d->hash, NULL, 0, NULL, 0, 0) < 0) {
        digest_free(d);
        return refused(err);
    }
    *ret_digest = d;
    return 0;
}

int digest_new(struct digest **ret_digest, struct error *err)
{
    return make(ret_digest, BCRYPT_SHA256_ALGORITHM, err);
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

int digest_sha1(const void *bytes, size_t n_bytes, uint8_t ret_sha1[SHA1_BYTES], struct error *err)
{
    struct digest *d = NULL;
    int r = make(&d, BCRYPT_SHA1_ALGORITHM, err);

    if (r < 0)
        return r;
    r = digest_update(d, bytes, n_bytes, err);
    if (r == 0 && BCryptFinishHash(d->hash, ret_sha1, SHA1_BYTES, 0) < 0)
        r = refused(err);
    digest_free(d);
    return r;
}
