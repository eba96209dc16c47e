/* Text from outside within XML. */
#pragma once

#include <stdio.h>

/* xml_text() - escaped for content and attributes; what XML can't hold, or would turn the text
 * around, becomes a question mark. */
void xml_text(FILE *out, const char *text);
