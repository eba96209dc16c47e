/*
 * Stands in for powershell.exe under Wine, whose own does nothing: decodes the script that it is
 * given, keeps it in the file FAKE_SCRIPT, and has FAKE_SNAPSHOT written to where -OutputPath says.
 * Ends with FAKE_STATUS.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* Every other byte of UTF-16 is the text, as long as that is ASCII. */
static char *decode(const char *code)
{
    char *text = calloc(strlen(code) + 1, 1);
    unsigned bits = 0, n_bits = 0;
    size_t n = 0;

    for (; text && digit(*code) >= 0; code++) {
        bits = bits << 6 | (unsigned)digit(*code);
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            if (n++ % 2 == 0)
                text[(n - 1) / 2] = (char)(bits >> n_bits);
        }
    }
    return text;
}

static void copy(const char *from, const char *to)
{
    FILE *in = fopen(from, "rb"), *out = in ? fopen(to, "wb") : NULL;

    for (int c; in && out && (c = getc(in)) != EOF;)
        putc(c, out);
    if (in)
        fclose(in);
    if (out)
        fclose(out);
}

int main(int argc, char **argv)
{
    const char *log = getenv("FAKE_SCRIPT"), *snapshot = getenv("FAKE_SNAPSHOT"),
               *status = getenv("FAKE_STATUS");
    char *script = argc == 7 ? decode(argv[6]) : NULL, *path;
    FILE *file = log ? fopen(log, "wb") : NULL;

    puts("WARNING: 1 sections could not be read");
    if (script && file)
        fputs(script, file);
    if (file)
        fclose(file);
    path = script ? strstr(script, "-OutputPath '") : NULL;
    if (path && snapshot) {
        path += strlen("-OutputPath '");
        path[strcspn(path, "'")] = '\0';
        copy(snapshot, path);
    }
    free(script);
    return status ? atoi(status) : 0;
}
