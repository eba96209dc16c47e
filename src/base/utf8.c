#include "src/base/utf8.h"

enum { REPLACEMENT = 0xfffd };

uint32_t utf8_next(const char **at)
{
    static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
    const unsigned char *p = (const unsigned char *)*at;
    unsigned n_more = p[0] < 0x80                   ? 0
                      : p[0] >= 0xc2 && p[0] < 0xe0 ? 1
                      : p[0] >= 0xe0 && p[0] < 0xf0 ? 2
                      : p[0] >= 0xf0 && p[0] < 0xf5 ? 3
                                                    : 4;
    uint32_t c;

    if (p[0] == 0)
        return 0;
    *at += 1;
    if (n_more == 0)
        return p[0];
    if (n_more == 4)
        return REPLACEMENT;
    c = p[0] & (0x3fu >> n_more);
    for (unsigned i = 1; i <= n_more; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return REPLACEMENT;
        c = c << 6 | (p[i] & 0x3f);
    }
    if (c < least[n_more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return REPLACEMENT;
    *at += n_more;
    return c;
}
