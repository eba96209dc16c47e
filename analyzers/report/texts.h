/*
 * Every text of the reports, in every language: TEXT(name, English, Dutch).
 *
 * A row that lacks a language does not compile. The words of results (findings, reasons) are in
 * sentences.h, since results are written in English alone.
 */
#define TEXTS(TEXT)                                                                                \
    TEXT(LOGO, "Logo", "Logo")                                                                     \
    TEXT(REPORT, "Live migration path", "Netwerkpad van de livemigratie")                          \
    TEXT(PEAK_RATE, "Peak rate", "Hoogste snelheid")
