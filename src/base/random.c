#ifdef _WIN32
#define _CRT_RAND_S /* rand_s() is the C runtime's door to the system's generator */
#endif
#include "src/base/random.h"

#include <errno.h>
#ifdef _WIN32
#include <stdlib.h> /* rand_s() */
#else
#include <sys/random.h>
#endif

int random_fill(void *bytes, size_t n_bytes, struct error *err)
{
#ifdef _WIN32
    unsigned char *at = bytes;
    unsigned int word;

    for (size_t i = 0; i < n_bytes; i++) {
        if (i % sizeof(word) == 0 && rand_s(&word))
            return error_set(err, ERR_SYSTEM, "the system has no random numbers");
        at[i] = (unsigned char)(word >> 8 * (i % sizeof(word)));
    }
#else
    if (getrandom(bytes, n_bytes, 0) != (ssize_t)n_bytes)
        return error_system(err, errno, "the system has no random numbers");
#endif
    return 0;
}
