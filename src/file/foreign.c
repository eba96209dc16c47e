#include "src/file/foreign.h"

#include <stdbool.h>
#include <string.h>

enum { LEAST_BYTES = 4 }; /* fewer tell nothing */

struct signature {
    size_t offset;
    const char *bytes;
    size_t n_bytes;
    const char *advice; /* behind "is no capture: " */
};

/* Bytes as the formats' own documents give them; libmagic's database names the same ones. */
static const struct signature signatures[] = {
    /* the header of an event trace follows a buffer header of 72 bytes (evntrace.h) */
    { 72, "\x02\x00\x02\xc0", 4,
      "an ETL trace; convert it with etl2pcapng, or with pktmon etl2pcap where pktmon made it" },
    { 72, "\x02\x00\x01\xc0", 4,
      "an ETL trace; convert it with etl2pcapng, or with pktmon etl2pcap where pktmon made it" },
    { 0, "PK\x03\x04", 4, "a zip archive; unpack it first" },
    { 0,
      "\xfd"
      "7zXZ\0",
      6, "xz data; unpack it first" },
    { 0, "BZh", 3, "bzip2 data; unpack it first" },
    { 0, "7z\xbc\xaf\x27\x1c", 6, "a 7-Zip archive; unpack it first" },
    { 0, "Rar!", 4, "a RAR archive; unpack it first" },
    { 0, "\x02\x21\x4c\x18", 4, "lz4 data of the legacy format; unpack it first" },
    { 257, "ustar", 5, "a tar archive; unpack it first" },
    { 0, "MSCF", 4, "a cabinet archive; unpack it first" },
    { 0, "snoop\0\0\0", 8, "a snoop capture; convert it with editcap" },
    { 0, "GMBU", 4, "a Network Monitor capture; convert it with editcap" },
    { 0, "RTSS", 4, "a Network Monitor capture; convert it with editcap" },
    { 0, "XCP\0", 4, "a NetXray capture; convert it with editcap" },
    { 0, "TRSNIFF data", 12, "a Sniffer capture; convert it with editcap" },
    { 0, "ElfFile\0", 8, "a Windows event log" },
    { 0, "\x0a\x0d\x0a", 3, "a pcapng file that was transferred as text; transfer it as binary" },
    { 0, "\x0d\x0a\x0d\x0d\x0a", 5,
      "a pcapng file that was transferred as text; transfer it as binary" },
    { 0, "\xff\xfe", 2, "text in UTF-16, as PowerShell's > writes it" },
};

static bool fits(const struct signature *s, const uint8_t *bytes, size_t n_bytes)
{
    return n_bytes >= s->offset && n_bytes - s->offset >= s->n_bytes &&
           memcmp(bytes + s->offset, s->bytes, s->n_bytes) == 0;
}

static bool is_text(const uint8_t *bytes, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i++) {
        if (bytes[i] < ' ' && !memchr("\t\r\n\f", bytes[i], 4))
            return false;
    }
    return true;
}

static bool is_json(const uint8_t *bytes, size_t n_bytes)
{
    size_t i = 0;

    while (i < n_bytes && memchr(" \t\r\n", bytes[i], 4))
        i++;
    return i < n_bytes && bytes[i] == '{';
}

int foreign_error(const uint8_t *bytes, size_t n_bytes, struct error *err)
{
    if (n_bytes == 0)
        return error_set(err, ERR_INPUT, "is empty: no capture was written to it");
    if (n_bytes < LEAST_BYTES)
        return error_set(err, ERR_INPUT,
                         "is no capture: it ends after %zu bytes; copy the capture again", n_bytes);
    for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
        if (fits(&signatures[i], bytes, n_bytes))
            return error_set(err, ERR_INPUT, "is no capture: it looks like %s",
                             signatures[i].advice);
    }
    if (is_text(bytes, n_bytes))
        return error_set(err, ERR_INPUT, "is no capture: it looks like %s",
                         is_json(bytes, n_bytes) ? "JSON; a snapshot is given with -t, and a saved "
                                                   "result to 'lmpath report'"
                                                 : "text; name a pcap or pcapng file");
    return error_set(err, ERR_INPUT,
                     "is no capture: neither pcap nor pcapng begins with %02x %02x %02x %02x "
                     "(byte 0); name a capture",
                     bytes[0], bytes[1], bytes[2], bytes[3]);
}
