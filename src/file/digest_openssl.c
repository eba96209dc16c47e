#include "src/file/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct digest {
    EVP_MD_CTX *context;
};

static int refused(struct error *err)
{
    return error_set(err, ERR_SYSTEM, "SHA-256 is refused by libcrypto");
}

int digest_new(struct digest **ret_digest, struct error *err)
{
    struct digest *d = calloc(1, sizeof(*d));

    if (!d)
        return error_memory(err);
    d->context = EVP_MD_CTX_new();
    if (!d->context || !EVP_DigestInit_ex(d->context, EVP_sha256(), NULL)) {
        digest_free(d);
        return refused(err);
    }
    *ret_digest = d;
    return 0;
}

int digest_update(struct digest *d, const void *bytes, size_t n_bytes, struct error *err)
{
    return EVP_DigestUpdate(d->context, bytes, n_bytes) ? 0 : refused(err);
}

int digest_finish(struct digest *d, uint8_t ret_sha256[DIGEST_BYTES], struct error *err)
{
    return EVP_DigestFinal_ex(d->context, ret_sha256, NULL) ? 0 : refused(err);
}

struct digest *digest_free(struct digest *d)
{
    if (d)
        EVP_MD_CTX_free(d->context);
    free(d);
    return NULL;
}

int digest_sha1(const void *bytes, size_t n_bytes, uint8_t ret_sha1[SHA1_BYTES], struct error *err)
{
    if (!EVP_Digest(bytes, n_bytes, ret_sha1, NULL, EVP_sha1(), NULL))
        return error_set(err, ERR_SYSTEM, "SHA-1 is refused by libcrypto");
    return 0;
}
