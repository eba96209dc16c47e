/*
 * Layout hashed, all big-endian: seed (2), address and address (4 or 16 each), protocol (1), zero
 * (1), port and port (2 each). The end that sorts first, by address and then by port, comes first.
 */
#include "src/file/community_id.h"

#include <stdbool.h>
#include <string.h>

#include "src/file/digest.h"

enum { SEED = 0, V4_AT = 12, MAX_HASHED_BYTES = 2 + 2 * 16 + 2 + 2 * 2 };

static uint8_t *put_u16be(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
    return at + 2;
}

static uint8_t *put_addr(uint8_t *at, const struct addr *a, bool is_v4)
{
    size_t from = is_v4 ? V4_AT : 0, n = sizeof(a->bytes) - from;

    memcpy(at, a->bytes + from, n);
    return at + n;
}

/* RFC 4648, section 4. */
static void base64_text(char *to, const uint8_t *bytes, size_t n_bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < n_bytes; i += 3) {
        size_t n = n_bytes - i < 3 ? n_bytes - i : 3;
        uint32_t bits = (uint32_t)bytes[i] << 16;

        bits |= n > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
        bits |= n > 2 ? bytes[i + 2] : 0;
        *to++ = digits[bits >> 18];
        *to++ = digits[bits >> 12 & 63];
        *to++ = n > 1 ? digits[bits >> 6 & 63] : '=';
        *to++ = n > 2 ? digits[bits & 63] : '=';
    }
    *to = '\0';
}

char *community_id_text(char *to, uint8_t protocol, const struct addr ends[2],
                        const uint16_t ports[2])
{
    uint8_t bytes[MAX_HASHED_BYTES], sha1[SHA1_BYTES], *at = bytes;
    bool is_v4 = addr_is_v4(&ends[0]) && addr_is_v4(&ends[1]);
    int order = memcmp(ends[0].bytes, ends[1].bytes, sizeof(ends[0].bytes));
    unsigned first = order > 0 || (order == 0 && ports[0] > ports[1]);

    at = put_u16be(at, SEED);
    at = put_addr(at, &ends[first], is_v4);
    at = put_addr(at, &ends[!first], is_v4);
    *at++ = protocol;
    *at++ = 0;
    at = put_u16be(at, ports[first]);
    at = put_u16be(at, ports[!first]);
    if (digest_sha1(bytes, (size_t)(at - bytes), sha1, NULL) < 0)
        return NULL;
    memcpy(to, "1:", 2);
    base64_text(to + 2, sha1, sizeof(sha1));
    return to;
}
