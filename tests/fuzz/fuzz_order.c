/* A client's line, as hostile bytes. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "src/model/order.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    struct order order;
    struct error err;

    if (order_parse(&order, (const char *)bytes, n_bytes, &err) < 0) {
        if (!*err.text)
            abort();
        return 0;
    }
    if (n_bytes > ORDER_MAX_LINE_BYTES || (order.text && strlen(order.text) > ORDER_MAX_TEXT_BYTES))
        abort();
    for (size_t i = 0; i < order.n_words; i++)
        if (!order.words[i])
            abort();
    order_release(&order);
    return 0;
}
