/* Values of a result as JSON has them. */
#include "analyzers/report/json_parts.h"

static const double ns_per_s = 1e9;

void json_put_count(struct json_writer *w, const char *key, uint64_t count)
{
    if (count == RESULT_UNKNOWN)
        json_put_null(w, key);
    else
        json_put_u64(w, key, count);
}

void json_put_known(struct json_writer *w, const char *key, const char *text)
{
    json_put_string(w, key, text && *text ? text : NULL);
}

void json_put_texts(struct json_writer *w, const char *key, char *const *texts, size_t n)
{
    json_array_begin(w, key);
    for (size_t i = 0; i < n; i++)
        json_put_string(w, NULL, texts[i]);
    json_array_end(w);
}

void json_put_addr(struct json_writer *w, const char *key, const struct addr *a)
{
    char text[ADDR_TEXT_BYTES];

    json_put_string(w, key, addr_text(text, a));
}

void json_put_seconds(struct json_writer *w, const char *key, int64_t ns)
{
    json_put_real(w, key, (double)ns / ns_per_s, TIME_DECIMALS);
}

void json_put_network(struct json_writer *w, const char *key, const struct result *r, int network)
{
    json_put_string(w, key, network >= 0 ? r->networks[network].name : NULL);
}

void json_put_ends(struct json_writer *w, uint64_t packets, int64_t first_ns, int64_t last_ns)
{
    if (packets > 0) {
        json_put_time(w, "first", first_ns);
        json_put_time(w, "last", last_ns);
    } else {
        json_put_null(w, "first");
        json_put_null(w, "last");
    }
}
