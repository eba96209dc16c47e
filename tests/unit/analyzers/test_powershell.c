#include "analyzers/recording/powershell.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* The words behind "& $name" are what PowerShell gets. */
static void expect_words(char *const *words, const char *expected)
{
    char *script = powershell_script(words);
    char *from = strstr(script, "& $name"), *end;

    cr_assert(from);
    from += strlen("& $name");
    end = strstr(from, "; if ($LASTEXITCODE)");
    cr_assert(end);
    *end = '\0';
    cr_assert_str_eq(from, expected);
    free(script);
}

Test(powershell, keeps_parameters_and_quotes_values)
{
    static char name[] = "Move-ClusterVirtualMachineRole", p1[] = "-Name", v1[] = "VM 1",
                p2[] = "-Node", v2[] = "HV02", p3[] = "-MigrationType", v3[] = "Live";
    char *const words[] = { name, p1, v1, p2, v2, p3, v3, NULL };

    expect_words(words, " -Name 'VM 1' -Node 'HV02' -MigrationType 'Live'");
}

Test(powershell, turns_switches_that_the_calling_shell_expanded_back)
{
    static char name[] = "x", a[] = "-Wait:False", b[] = "-Force:$true", c[] = "-Node:HV02";
    char *const words[] = { name, a, b, c, NULL };

    expect_words(words, " -Wait:$false -Force:$true -Node:'HV02'");
}

Test(powershell, runs_and_expands_nothing_within_a_word)
{
    static char name[] = "it's", a[] = "$(whoami)", b[] = "'; Remove-VM *; '", c[] = "-5",
                d[] = "-Name;Stop-VM", e[] = "\xe2\x80\x99; x \xe2\x80\x98", f[] = "";
    char *const words[] = { name, a, b, c, d, e, f, NULL };
    char *script = powershell_script(words);

    cr_assert(strstr(script, "$name = 'it''s';"));
    free(script);
    expect_words(words, " '$(whoami)' '''; Remove-VM *; ''' '-5' '-Name;Stop-VM' "
                        "('' + [char]0x2019 + '; x ' + [char]0x2018) ''");
}

static void expect_code(const char *script, const char *expected)
{
    char *code = powershell_encode(script);

    cr_assert_str_eq(code, expected);
    free(code);
}

/* Expected from: printf %s TEXT | iconv -t UTF-16LE | base64 */
Test(powershell, encodes_as_base64_of_utf16)
{
    expect_code("", "");
    expect_code("a", "YQA=");
    expect_code("ab", "YQBiAA==");
    expect_code("abc", "YQBiAGMA");
    expect_code("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "6QCsID3YAN4=");
}
