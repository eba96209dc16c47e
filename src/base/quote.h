/* Text as a literal of another language: nothing in it is run or expanded there. */
#pragma once

/*
 * quote_powershell() - 'it''s', ('L' + [char]0xF8 + 'kke'): an expression of PowerShell's whose
 * value is @text.
 *
 * In ASCII whatever @text holds: typographic quotes count as quotes there, a line end may end more
 * than the literal, and Windows PowerShell reads a file in the machine's code page, where parts of
 * other characters turn into quotes. The caller frees it; NULL without memory.
 */
char *quote_powershell(const char *text);
/* quote_append() - @text as an element more of a list in PowerShell: 'a', 'b'. @list is the
 * caller's,
 * "" to begin with, and fares as text_append()'s does. */
void quote_append(char **list, const char *text);
