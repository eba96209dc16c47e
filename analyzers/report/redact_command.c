/*
 * Commands as users typed them. What a word of one names can't be known, so that all of it is taken
 * for a name but programs, cmdlets and parameters that are known, numbers, and options.
 */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "analyzers/report/redact_text.h"
#include "src/base/auto.h"
#include "src/base/text.h"
#include "src/net/addr.h"

static const char between[] = " \t\r\n'\",;|&(){}=`";

/* Words that name nobody; letter case doesn't matter. */
static const char *const harmless[] = {
    "Get-ClusterGroup",
    "Get-VM",
    "Invoke-Command",
    "Move-ClusterGroup",
    "Move-ClusterVirtualMachineRole",
    "Move-VM",
    "Move-VMStorage",
    "Start-Sleep",
    "Suspend-ClusterNode",
    "Resume-ClusterNode",
    "powershell",
    "powershell.exe",
    "pwsh",
    "pwsh.exe",
    "cmd",
    "cmd.exe",
    "sh",
    "bash",
    "ssh",
    "ssh.exe",
    "sleep",
    "virsh",
    "migrate",
    "true",
    "false",
    "$true",
    "$false",
    "Live",
    "Quick",
    "Bypass",
};

/* What stands behind a parameter. */
static const struct {
    const char *parameter;
    enum name_kind kind;
} parameters[] = {
    { "-Name", NAME_VM },
    { "-VMName", NAME_VM },
    { "-VM", NAME_VM },
    { "-Node", NAME_HOST },
    { "-DestinationHost", NAME_HOST },
    { "-ComputerName", NAME_HOST },
    { "-DestinationNode", NAME_HOST },
    { "-Cluster", NAME_CLUSTER },
    { "-Credential", NAME_USER },
    { "-DestinationCredential", NAME_USER },
    { "-User", NAME_USER },
    { "-UserName", NAME_USER },
};

static bool same(const char *a, const char *b)
{
    while (*a && tolower((unsigned char)*a) == tolower((unsigned char)*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

static bool is_harmless(const char *piece)
{
    for (size_t i = 0; i < sizeof(harmless) / sizeof(*harmless); i++) {
        if (same(piece, harmless[i]))
            return true;
    }
    return false;
}

/*
 * "-VMName", "--live", "-n". A word glued to a short option, as a password to -p, is none: letters
 * behind one dash are a parameter's name only with a capital in front, as PowerShell writes them.
 */
static bool is_option(const char *token)
{
    static const char lower[] = "abcdefghijklmnopqrstuvwxyz-";
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t n = strlen(token);

    if (token[0] != '-')
        return false;
    if (n <= 2)
        return true;
    return token[1] == '-'
               ? strspn(token + 1, lower) == n - 1
               : isupper((unsigned char)token[1]) && strspn(token + 1, letters) == n - 1;
}

static bool is_number(const char *token)
{
    return strspn(token, "0123456789.:") == strlen(token);
}

static bool is_address(const char *token)
{
    struct prefix p;

    return prefix_parse(&p, token, NULL) == 0;
}

static bool is_known(const char *token)
{
    return !*token || is_harmless(token) || is_option(token) || is_number(token) ||
           is_address(token);
}

static bool is_path(const char *at, size_t n_bytes)
{
    return memchr(at, '/', n_bytes) || (n_bytes > 2 && at[1] == ':' && at[2] == '\\') ||
           (n_bytes > 1 && (at[0] == '\\' || at[0] == '.') && at[1] == '\\');
}

/* How long the piece at @at is; 0: something between pieces. "-Name:web01" is two, and so are
 * "CONTOSO\svc" and "root@hv01". */
static size_t piece_bytes(const char *at)
{
    size_t n = strcspn(at, between), n_part;

    if (at[0] == ':')
        return 0;
    n_part = at[0] == '-' ? strcspn(at, ":") : is_path(at, n) ? n : strcspn(at, "\\@");
    return n_part < n ? n_part : n;
}

char *command_redact(const struct disguise *d, const char *word)
{
    const char *whole = names_find(d->names, word);
    struct text_parts to = { 0 };

    if (whole && !is_known(word))
        return text_copy(whole);
    while (*word) {
        size_t n = piece_bytes(word), n_taken = n > 0 ? n : 1;
        AUTO_MEMORY char *piece = text_format("%.*s", (int)n_taken, word);
        AUTO_MEMORY char *redacted = NULL;

        if (piece && n > 0 && (is_address(piece) || !is_known(piece)))
            redacted = text_redact(d, piece);
        else
            redacted = text_copy(piece);
        text_add(&to, redacted ? redacted : "", redacted ? strlen(redacted) : 0);
        to.failed |= !redacted;
        word += n_taken;
    }
    return text_end(&to);
}

static enum name_kind kind_behind(const char *option)
{
    for (size_t i = 0; i < sizeof(parameters) / sizeof(*parameters); i++) {
        if (same(option, parameters[i].parameter))
            return parameters[i].kind;
    }
    return NAME_WORD;
}

/* @kind: what the next piece is; changed by options. */
static int learn_piece(struct names *names, const char *piece, enum name_kind *kind,
                       struct error *err)
{
    int r;

    if (is_known(piece)) {
        *kind = kind_behind(piece);
        return 0;
    }
    r = names_add(names, is_path(piece, strlen(piece)) ? NAME_FILE : *kind, piece, err);
    *kind = NAME_WORD;
    return r;
}

/* A word that stands behind a parameter of its own is a name as a whole. */
static int learn_word(struct names *names, const char *word, enum name_kind *kind,
                      struct error *err)
{
    int r;

    if (*kind != NAME_WORD && !is_known(word)) {
        r = names_add(names, *kind, word, err);
        *kind = NAME_WORD;
        return r;
    }
    r = text_learn(names, word, err);
    while (*word && r == 0) {
        size_t n = piece_bytes(word);
        AUTO_MEMORY char *piece = n > 0 ? text_format("%.*s", (int)n, word) : NULL;

        if (n > 0)
            r = piece ? learn_piece(names, piece, kind, err) : error_memory(err);
        word += n > 0 ? n : 1;
    }
    return r;
}

int command_learn(struct names *names, const char *const *words, size_t n_words, struct error *err)
{
    enum name_kind kind = NAME_WORD;
    int r = 0;

    for (size_t i = 0; i < n_words && r == 0; i++)
        r = learn_word(names, words[i], &kind, err);
    return r;
}
