/*
 * A PowerShell script as it is written, in ASCII whatever the names in it are: Windows PowerShell
 * reads a file without a mark in the machine's code page.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "analyzers/fix/fix.h"

struct script {
    FILE *out;
    const struct fix_report *report;
    const struct plan *plan;
    bool is_out_of_memory;
};

/* script_comment() - words wrapped as comment lines: "# ", @first, then as many blanks. */
void script_comment(struct script *s, const char *first, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* script_line() - one comment line, not wrapped. */
void script_line(struct script *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void script_code(struct script *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* script_own() - code that is taken over and freed; NULL: no memory. */
void script_own(struct script *s, char *code);
/* script_literal() - text as a literal. */
void script_literal(struct script *s, const char *text);

/* The parts. */
void script_header(struct script *s);
void script_helpers(struct script *s);
void script_guards(struct script *s);
void script_changes(struct script *s);

/* script_subject() - whose setting a change is: a network, a host, or the cluster; borrowed. */
const char *script_subject(const struct script *s, const struct plan_change *c);
/* script_has() - is there such a change? */
bool script_has(const struct script *s, enum plan_setting setting);
