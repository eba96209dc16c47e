/* Input: a file that may be a picture. Checked: what is told of it is within its limits. */
#include <stdint.h>
#include <stdlib.h>

#include "analyzers/report/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    struct error err = { "" };
    struct image image;
    int r = image_read(&image, bytes, n_bytes, &err);

    if (r < 0 ? !err.text[0]
              : image.width - 1 >= IMAGE_MAX_PIXELS || image.height - 1 >= IMAGE_MAX_PIXELS)
        abort();
    return 0;
}
