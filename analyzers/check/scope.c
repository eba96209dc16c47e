#include "analyzers/check/scope.h"

#include <string.h>
#include <strings.h>

#include "src/model/snapshot_enums.h"

int scope_enum(const struct snapshot_node *item, const char *property,
               const struct snapshot_word *words)
{
    struct snapshot_node node = snapshot_node_member(item, property);
    int value;

    return snapshot_node_enum(&node, words, &value, NULL) > 0 ? value : -1;
}

bool scope_is_enabled(const struct snapshot_node *item)
{

    return scope_enum(item, "Enabled", enum_rule_enabled) == RULE_ENABLED;
}

static bool is_any(const char *word)
{
    return strcasecmp(word, "Any") == 0 || strcmp(word, "*") == 0;
}

/* "10.0.0.0/8", "10.0.0.0/255.0.0.0", "10.0.0.1-10.0.0.9", "10.0.0.1" */
static bool word_holds(const char *word, const struct addr *a)
{
    char first[ADDR_TEXT_BYTES];
    struct addr from, to;
    struct prefix p;
    unsigned bits;
    size_t n = strcspn(word, "-/");

    if (is_any(word) || n >= sizeof(first))
        return true;
    memcpy(first, word, n);
    first[n] = '\0';
    if (addr_parse(&from, first, NULL) < 0)
        return true;
    if (word[n] == '-')
        return addr_parse(&to, word + n + 1, NULL) < 0 ||
               (memcmp(&from, a, sizeof(*a)) <= 0 && memcmp(a, &to, sizeof(*a)) <= 0);
    if (word[n] == '\0')
        return addr_equal(&from, a);
    if (prefix_bits_parse(&bits, &from, word + n + 1) < 0)
        return true;
    p = prefix_of(&from, bits);
    return prefix_contains(&p, a);
}

static bool word_is_any(const char *word, const struct addr *a)
{
    (void)a;
    return is_any(word);
}

/* Does a word of the property's list fit? A list that is empty leaves nothing out. */
static int some_word_fits(const struct snapshot_node *item, const char *property,
                          bool (*fits)(const char *word, const struct addr *a),
                          const struct addr *a, struct error *err)
{
    struct snapshot_node list = snapshot_node_member(item, property);
    struct snapshot_words words;
    bool is_empty = true;
    int r;

    snapshot_words_init(&words, &list);
    while ((r = snapshot_words_next(&words, err)) > 0) {
        is_empty = false;
        if (fits(words.word, a))
            return 1;
    }
    return r < 0 ? r : is_empty;
}

int scope_holds(const struct snapshot_node *item, const char *property, const struct addr *a,
                struct error *err)
{
    return some_word_fits(item, property, word_holds, a, err);
}

int scope_is_any(const struct snapshot_node *item, const char *property, struct error *err)
{
    return some_word_fits(item, property, word_is_any, NULL, err);
}
