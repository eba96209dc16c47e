/*
 * Scope-bound ownership: AUTO(flow_table) table = NULL; frees at scope end.
 *
 * A type takes part by DEFINE_AUTO(x) behind the declaration of x_free().
 * x_free(NULL) is allowed everywhere and x_free() returns NULL.
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>

#define AUTO(type) __attribute__((cleanup(type##_auto_free))) struct type *
#define AUTO_MEMORY __attribute__((cleanup(memory_auto_free)))
#define AUTO_FILE __attribute__((cleanup(file_auto_close))) FILE *

#define DEFINE_AUTO(type)                                                                          \
    static inline void type##_auto_free(struct type **p)                                           \
    {                                                                                              \
        type##_free(*p);                                                                           \
    }

static inline void memory_auto_free(void *p)
{
    free(*(void **)p);
}

static inline void file_auto_close(FILE **p)
{
    if (*p)
        fclose(*p);
}
