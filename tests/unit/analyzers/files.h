/* A folder of small captures, made and removed by a test. */
#pragma once

#include <stdint.h>

/* files_begin() - an empty folder; files_end() removes it and all that files_...() put there. */
void files_begin(void);
void files_end(void);
/* files_path() - of a name in it; kept until files_end(). */
const char *files_path(const char *name);
void files_write_text(const char *name, const char *text);
/* files_write_pcap() - records of 60 bytes at these seconds, each beginning with @mark. */
void files_write_pcap(const char *name, uint8_t mark, const uint32_t *seconds, unsigned n);
void files_make_folder(const char *name);
