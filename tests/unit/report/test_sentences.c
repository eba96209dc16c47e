#include "analyzers/report/sentences.h"

#include <criterion/criterion.h>
#include <string.h>

#include "analyzers/findings.h"

static struct result_network networks[] = { { .name = (char[]){ "Storage1" } },
                                            { .name = (char[]){ "Backup and Restore" } },
                                            { .name = (char[]){ "HV01 to HV02" } } };
static const struct result result = { .networks = networks, .n_networks = 3 };
static char to[SENTENCE_BYTES];

static const char *dutch(const char *where, const char *sentence)
{
    cr_assert(sentence_in(LANGUAGE_NL, &result, where, to, sentence), "%s", sentence);
    return to;
}

Test(sentences, leave_english_alone)
{
    cr_assert(sentence_in(LANGUAGE_EN, &result, SENTENCE_REASON, to, "intended: 1,234.5 %"));
    cr_assert_str_eq(to, "intended: 1,234.5 %");
}

Test(sentences, fill_places_and_rewrite_their_numbers)
{
    cr_assert_str_eq(dutch(SENTENCE_REASON, "98.5 % of it (1.50 GiB) went over Management"),
                     "98,5% ervan (1,50 GiB) ging via Management");
    cr_assert_str_eq(dutch("LM304", "1,234 packets are older than the one before; the largest step "
                                    "back is 0.125 s, on eth1.5"),
                     "1.234 pakketten zijn ouder dan het vorige; de grootste stap terug is 0,125 "
                     "s, op eth1.5");
    cr_assert_str_eq(dutch("LM205", "'s1': the last sample is of 2026-11-22T02:18:33.500000000Z"),
                     "'s1': de laatste meting is van 22-11-2026 02:18:33,500000000 UTC");
}

Test(sentences, take_no_address_or_name_for_a_number)
{
    cr_assert_str_eq(dutch("LM103", "connection 7, 10.20.0.1 to 10.30.0.2: both ends are in no "
                                    "network given (10.20)"),
                     "verbinding 7, 10.20.0.1 naar 10.30.0.2: beide kanten liggen in geen "
                     "opgegeven netwerk (10.20)");
}

Test(sentences, translate_phrases_and_never_names)
{
    cr_assert_str_eq(dutch("LM101", "HV01 to HV02: 100 % of 16.0 GiB went over HV01 to HV02"),
                     "HV01 naar HV02: 100% van 16,0 GiB ging via HV01 to HV02");
    cr_assert_str_eq(dutch("LM102", "HV01 to HV02: 60.0 % of 16.0 GiB went over two different "
                                    "networks"),
                     "HV01 naar HV02: 60,0% van 16,0 GiB ging via twee verschillende netwerken");
    cr_assert_str_eq(dutch(SENTENCE_REASON, "intended: given with --expect"),
                     "bedoeld: opgegeven met --expect");
}

Test(sentences, know_the_networks_of_a_list)
{
    cr_assert_str_eq(dutch(SENTENCE_REASON, "100 % of the memory went over the intended network "
                                            "(Storage1 and Backup and Restore)"),
                     "100% van het geheugen ging via het bedoelde netwerk (Storage1 en Backup and "
                     "Restore)");
    cr_assert_str_eq(dutch(SENTENCE_REASON, "100 % of the memory went over the intended network "
                                            "(Elsewhere and nowhere)"),
                     "100% van het geheugen ging via het bedoelde netwerk (Elsewhere and nowhere)");
}

Test(sentences, go_as_deep_as_the_code_does)
{
    cr_assert_str_eq(
        dutch("LM108", "HV01 to HV02 over Storage1, 3 times, median 2.31 s (2.20 s to 2.50 s); "
                       "HV02 to HV01 over Storage1 and Backup and Restore, 4 min 12 s"),
        "HV01 naar HV02 via Storage1, 3 keer, mediaan 2,31 s (2,20 s tot 2,50 s); HV02 naar HV01 "
        "via Storage1 en Backup and Restore, 4 min 12 s");
}

Test(sentences, belong_to_their_finding)
{
    cr_assert(!sentence_in(LANGUAGE_NL, &result, "LM999", to, "1 % of ESP was captured"));
    cr_assert_str_eq(to, "1 % of ESP was captured");
    cr_assert(!sentence_in(LANGUAGE_NL, &result, SENTENCE_REASON, to, "HV01 to HV02"));
}

Test(sentences, stay_within_their_buffer)
{
    static char name[3 * SENTENCE_BYTES];
    static char sentence[4 * SENTENCE_BYTES];

    memset(name, 'W', sizeof(name) - 1);
    snprintf(sentence, sizeof(sentence), "98.5 %% of it (1.50 GiB) went over %s", name);
    dutch(SENTENCE_REASON, sentence);
    cr_assert_eq(strlen(to), SENTENCE_BYTES - 1);
    memset(name, '%', sizeof(name) - 1);
    snprintf(sentence, sizeof(sentence), "'%s': it has no samples", name);
    sentence_in(LANGUAGE_NL, &result, "LM205", to, sentence);
}

static void has_dutch(const struct finding_kind *k)
{
    dutch(k->id, k->title);
    dutch(k->id, k->why);
    dutch(k->id, k->remedy);
}

Test(sentences, has_the_whole_catalogue)
{
    const struct finding_kind *k;

    for (size_t i = 0; (k = finding_kind_at(i)) != NULL; i++)
        has_dutch(k);
    for (size_t i = 0; (k = finding_check_kind_at(i)) != NULL; i++)
        has_dutch(k);
}
