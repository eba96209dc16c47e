#include "analyzers/report/docx/archive.h"

#include <criterion/criterion.h>
#include <string.h>

static struct archive *archive;

static void make(void)
{
    cr_assert_eq(archive_new(&archive, NULL), 0);
}

static void drop(void)
{
    archive = archive_free(archive);
}

static const void *finish(size_t *ret_n_bytes)
{
    const void *bytes;

    cr_assert_eq(archive_finish(archive, &bytes, ret_n_bytes, NULL), 0);
    return bytes;
}

Test(archive, reads_what_it_wrote, .init = make, .fini = drop)
{
    struct archive_parts parts;
    const void *bytes;
    size_t n_bytes;
    FILE *out = archive_begin(archive, "word/a.xml");

    fputs("<a/>", out);
    cr_assert_eq(archive_end(archive, NULL), 0);
    cr_assert_eq(archive_add(archive, "empty", "", 0, NULL), 0);
    bytes = finish(&n_bytes);
    cr_assert_eq(archive_read(&parts, bytes, n_bytes, NULL), 0);
    cr_assert_eq(parts.n, 2);
    cr_assert_str_eq(parts.parts[0].name, "word/a.xml");
    cr_assert_str_eq(archive_find(&parts, "WORD/A.xml")->bytes, "<a/>");
    cr_assert_eq(archive_find(&parts, "empty")->n_bytes, 0);
    cr_assert_eq((void *)archive_find(&parts, "none"), NULL);
    archive_parts_release(&parts);
}

Test(archive, makes_the_same_bytes_again, .init = make, .fini = drop)
{
    const void *first, *second;
    size_t n_first, n_second;
    struct archive *other;

    cr_assert_eq(archive_add(archive, "a", "text text text", 14, NULL), 0);
    first = finish(&n_first);
    cr_assert_eq(archive_new(&other, NULL), 0);
    cr_assert_eq(archive_add(other, "a", "text text text", 14, NULL), 0);
    cr_assert_eq(archive_finish(other, &second, &n_second, NULL), 0);
    cr_assert_eq(n_first, n_second);
    cr_assert_eq(memcmp(first, second, n_first), 0);
    archive_free(other);
}

Test(archive, refuses_every_cut_of_itself, .init = make, .fini = drop)
{
    struct archive_parts parts;
    struct error err;
    const char *bytes;
    size_t n_bytes;

    cr_assert_eq(archive_add(archive, "a", "text text text", 14, NULL), 0);
    bytes = finish(&n_bytes);
    for (size_t n = 0; n < n_bytes; n++) {
        cr_assert_eq(archive_read(&parts, bytes, n, &err), ERR_INPUT);
        archive_parts_release(&parts);
    }
}

Test(archive, refuses_names_that_lead_out, .init = make, .fini = drop)
{
    struct archive_parts parts;
    struct error err;
    const void *bytes;
    size_t n_bytes;

    cr_assert_eq(archive_add(archive, "../a", "", 0, NULL), 0);
    bytes = finish(&n_bytes);
    cr_assert_eq(archive_read(&parts, bytes, n_bytes, &err), ERR_INPUT);
    cr_assert_str_eq(err.text, "it holds a part with a name that no document has");
    archive_parts_release(&parts);
}

Test(archive, holds_so_many_parts, .init = make, .fini = drop)
{
    struct archive_parts parts;
    struct error err;
    const void *bytes;
    size_t n_bytes;
    char name[16];

    for (int i = 0; i <= ARCHIVE_MAX_PARTS; i++) {
        snprintf(name, sizeof(name), "%d", i);
        cr_assert_eq(archive_add(archive, name, "", 0, NULL), 0);
    }
    bytes = finish(&n_bytes);
    cr_assert_eq(archive_read(&parts, bytes, n_bytes, &err), ERR_LIMIT);
    cr_assert_eq(parts.n, ARCHIVE_MAX_PARTS);
    archive_parts_release(&parts);
}
