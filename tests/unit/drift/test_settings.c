#include "analyzers/drift/settings.h"

#include <criterion/criterion.h>
#include <string.h>

static void check_setting(const struct section_kind *section, const struct setting_kind *s)
{
    bool is_enum = s->form == FORM_ENUM || s->form == FORM_FLAGS;

    cr_expect((s->flags & SETTING_IS_KEY) || (s->name && s->effect), "%s.%s says what it is",
              section->cmdlet, s->property);
    cr_expect(!s->effect || s->effect[strlen(s->effect) - 1] == '.', "%s.%s: a sentence",
              section->cmdlet, s->property);
    cr_expect_eq(is_enum, s->words != NULL, "%s.%s: words", section->cmdlet, s->property);
    cr_expect_eq(s->form == FORM_SUBNETS, s->beside != NULL, "%s.%s: lengths", section->cmdlet,
                 s->property);
}

Test(settings, are_whole_rows)
{
    const struct section_kind *section;

    for (size_t i = 0; (section = settings_section(i)); i++) {
        cr_assert_lt(i, SECTIONS_MAX);
        cr_expect_lt(settings_count(section), SETTINGS_MAX, "%s", section->cmdlet);
        cr_expect(section->noun && section->effect, "%s", section->cmdlet);
        for (size_t k = 0; k < settings_count(section); k++)
            check_setting(section, &section->settings[k]);
    }
}

/* Labels, matching and lookups go by that. */
Test(settings, have_their_keys_first)
{
    const struct section_kind *section;

    for (size_t i = 0; (section = settings_section(i)); i++) {
        bool was_key = true, is_key;

        for (const struct setting_kind *s = section->settings; s->property; s++) {
            is_key = s->flags & SETTING_IS_KEY;
            cr_expect(was_key || !is_key, "%s.%s", section->cmdlet, s->property);
            was_key = is_key;
        }
        is_key = section->settings[0].flags & SETTING_IS_KEY;
        cr_expect_eq(is_key,
                     !section->is_single && !section->is_parameters &&
                         strcmp(section->cmdlet, "Get-NetIntent -GlobalOverrides") != 0,
                     "%s", section->cmdlet);
    }
}

Test(settings, name_each_section_once)
{
    const struct section_kind *a, *b;

    for (size_t i = 0; (a = settings_section(i)); i++)
        for (size_t k = i + 1; (b = settings_section(k)); k++)
            cr_expect(strcmp(a->cmdlet, b->cmdlet) != 0, "%s", a->cmdlet);
}
