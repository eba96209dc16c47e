#include "src/base/memory_file.h"

#include <stdlib.h>

struct memory_file {
    FILE *out;
    char *text;
    size_t n_bytes;
};

int memory_file_new(struct memory_file **ret_file, struct error *err)
{
    struct memory_file *m = calloc(1, sizeof(*m));

    if (!m)
        return error_memory(err);
    *ret_file = m;
    return 0;
}

struct memory_file *memory_file_free(struct memory_file *m)
{
    if (!m)
        return NULL;
    if (m->out)
        fclose(m->out);
    free(m->text);
    free(m);
    return NULL;
}

#ifdef _WIN32

/* There is no open_memstream(): a temporary file (T) that goes when it is closed (D) is written
 * again and again instead. tmpfile() would want to write to the drive's root. */
static FILE *open_temporary(void)
{
    char *path = _tempnam(NULL, "lmpath");
    FILE *file = path ? fopen(path, "w+bTD") : NULL;

    free(path);
    return file;
}

FILE *memory_file_begin(struct memory_file *m)
{
    if (!m->out)
        m->out = open_temporary();
    if (m->out)
        rewind(m->out);
    return m->out;
}

const char *memory_file_end(struct memory_file *m, size_t *ret_n_bytes)
{
    long n = m->out ? ftell(m->out) : -1;
    char *text = n < 0 ? NULL : realloc(m->text, (size_t)n + 1);

    if (!text)
        return NULL;
    m->text = text;
    rewind(m->out);
    if (fread(m->text, 1, (size_t)n, m->out) != (size_t)n)
        return NULL;
    m->text[n] = '\0';
    *ret_n_bytes = (size_t)n;
    return m->text;
}

#else

FILE *memory_file_begin(struct memory_file *m)
{
    free(m->text);
    m->text = NULL;
    m->out = open_memstream(&m->text, &m->n_bytes);
    return m->out;
}

const char *memory_file_end(struct memory_file *m, size_t *ret_n_bytes)
{
    int r = m->out ? fclose(m->out) : EOF;

    m->out = NULL;
    *ret_n_bytes = m->n_bytes;
    return r == 0 ? m->text : NULL;
}

#endif
