#include "analyzers/findings.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/text.h"

enum { ID_BYTES = 5 };

/* One line without the ends of it. */
static bool is_clean(const char *text)
{
    size_t n = strlen(text);

    return n > 0 && !strchr(text, '\n') && !isspace((unsigned char)text[0]) &&
           !isspace((unsigned char)text[n - 1]) && !strstr(text, "  ");
}

static bool is_sentence(const char *text)
{
    size_t n = strlen(text);

    return is_clean(text) && n > 1 && text[n - 1] == '.' && text[n - 2] != '.';
}

Test(findings, every_kind_has_all_its_texts)
{
    const struct finding_kind *k;

    for (size_t i = 0; (k = finding_kind_at(i)) != NULL; i++) {
        cr_expect(strlen(k->id) == ID_BYTES && strncmp(k->id, "LM", 2) == 0, "%s", k->id);
        cr_expect(is_clean(k->title) && k->title[strlen(k->title) - 1] != '.', "%s", k->id);
        cr_expect(is_sentence(k->why), "%s: why", k->id);
        cr_expect(is_sentence(k->verify), "%s: verify", k->id);
        cr_expect(is_sentence(k->remedy), "%s: remedy", k->id);
    }
}

Test(findings, ids_rise_and_are_found)
{
    const char *before = "";
    const struct finding_kind *k;
    size_t n = 0;

    for (; (k = finding_kind_at(n)) != NULL; n++) {
        cr_expect(strcmp(before, k->id) < 0, "%s", k->id);
        cr_expect_eq(finding_kind_find(k->id), k);
        before = k->id;
    }
    cr_expect(n > 10);
    cr_expect_null(finding_kind_find("LM000"));
    cr_expect_null(finding_kind_find(""));
}

static void remember(bool *is_used, const char *id)
{
    const struct finding_kind *k = finding_kind_find(id);

    cr_expect_not_null(k, "'%s' is in no row of the catalogue", id);
    for (size_t i = 0; k && finding_kind_at(i); i++)
        is_used[i] |= finding_kind_at(i) == k;
}

/* Every "LM..." of a source file. */
static void read_ids(const char *path, bool *is_used)
{
    char line[1024], id[ID_BYTES + 1];
    FILE *f = fopen(path, "r");

    cr_assert_not_null(f, "%s", path);
    while (fgets(line, sizeof(line), f)) {
        for (const char *at = line; (at = strstr(at, "\"LM")) != NULL; at += 1 + ID_BYTES) {
            if (strlen(at) <= 1 + ID_BYTES || at[1 + ID_BYTES] != '"')
                continue;
            memcpy(id, at + 1, ID_BYTES);
            id[ID_BYTES] = '\0';
            remember(is_used, id);
        }
    }
    fclose(f);
}

Test(findings, every_id_used_is_a_kind_and_every_kind_is_used)
{
    enum { MAX_KINDS = 1000 };
    static bool is_used[MAX_KINDS];
    DIR *folder = opendir(ANALYZERS "/questions");
    struct dirent *entry;

    cr_assert_not_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        size_t n = strlen(entry->d_name);
        char *path = text_format(ANALYZERS "/questions/%s", entry->d_name);

        if (n > 2 && strcmp(entry->d_name + n - 2, ".c") == 0)
            read_ids(path, is_used);
        free(path);
    }
    closedir(folder);
    for (size_t i = 0; finding_kind_at(i); i++)
        cr_expect(is_used[i], "nothing finds %s", finding_kind_at(i)->id);
}

static struct result result;

static void begin(void)
{
    result_init(&result);
}

static void end(void)
{
    result_release(&result);
}

Test(findings, one_takes_its_kind_s_texts_and_its_own, .init = begin, .fini = end)
{
    const struct finding_kind *k = finding_kind_find("LM101");
    struct finding *f = finding_add(&result, "LM101", NULL, "%d of %s", 3, "x");

    cr_assert_not_null(f);
    cr_expect_str_eq(f->id, "LM101");
    cr_expect_eq(f->severity, k->severity);
    cr_expect_str_eq(f->title, k->title);
    cr_expect_str_eq(f->remedy, k->remedy);
    cr_expect_str_eq(f->detail, "3 of x");
    cr_expect_null(f->powershell);
}

Test(findings, evidence_stays_in_order, .init = begin, .fini = end)
{
    struct finding *f = finding_add(&result, "LM101", NULL, "x");

    cr_assert_eq(finding_note_text(f, "a", "text", NULL), 0);
    cr_assert_eq(finding_note_count(f, "b", UINT64_MAX - 1, NULL), 0);
    cr_assert_eq(finding_note_real(f, "c", 0.95, NULL), 0);
    cr_assert_eq(f->n_evidence, 3);
    cr_expect_str_eq(f->evidence[0].text, "text");
    cr_expect_eq(f->evidence[1].kind, EVIDENCE_COUNT);
    cr_expect_eq(f->evidence[1].count, UINT64_MAX - 1);
    cr_expect_eq(f->evidence[2].real, 0.95);
    cr_expect_lt(finding_note_text(NULL, "a", "text", NULL), 0);
}

Test(findings, the_most_severe_come_first_then_by_id_then_as_added, .init = begin, .fini = end)
{
    static const char *const added[] = { "LM302", "LM301", "LM102", "LM301", "LM101", "LM304" };
    static const char *const sorted[] = { "LM101", "LM102", "LM301", "LM301", "LM302", "LM304" };

    for (int i = 0; i < 6; i++)
        cr_assert_not_null(finding_add(&result, added[i], NULL, "%d", i));
    findings_sort(&result);
    for (int i = 0; i < 6; i++)
        cr_expect_str_eq(result.findings[i].id, sorted[i]);
    cr_expect_str_eq(result.findings[2].detail, "1");
    cr_expect_str_eq(result.findings[3].detail, "3");
}
