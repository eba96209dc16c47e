#include "analyzers/report/docx/styles.h"

#include <string.h>

#include "analyzers/report/docx/docx.h"

/* What a paragraph or a table is based on; N_STYLES: nothing. */
static const struct row {
    const char *id, *name, *type;
    enum style based_on, next;
    const char *rest; /* behind basedOn and next; $ stands for the accent colour */
} rows[N_STYLES] = {
    [STYLE_NORMAL] = { "Normal", "Normal", "paragraph", N_STYLES, N_STYLES, "<w:qFormat/>" },
    [STYLE_TITLE] = { "Title", "Title", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                      "<w:uiPriority w:val=\"10\"/><w:qFormat/><w:pPr><w:keepNext/>"
                      "<w:spacing w:before=\"0\" w:after=\"60\" w:line=\"240\" "
                      "w:lineRule=\"auto\"/></w:pPr><w:rPr><w:b/><w:color w:val=\"17202E\"/>"
                      "<w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/></w:rPr>" },
    [STYLE_SUBTITLE] = { "Subtitle", "Subtitle", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                         "<w:uiPriority w:val=\"11\"/><w:qFormat/><w:pPr>"
                         "<w:spacing w:before=\"0\" w:after=\"200\"/></w:pPr><w:rPr>"
                         "<w:color w:val=\"515D70\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>"
                         "</w:rPr>" },
    [STYLE_HEADING_1] = { "Heading1", "heading 1", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                          "<w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/>"
                          "<w:keepLines/><w:spacing w:before=\"360\" w:after=\"120\" "
                          "w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"0\"/></w:pPr>"
                          "<w:rPr><w:b/><w:color w:val=\"$\" w:themeColor=\"accent1\"/>"
                          "<w:sz w:val=\"30\"/><w:szCs w:val=\"30\"/></w:rPr>" },
    [STYLE_HEADING_2] = { "Heading2", "heading 2", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                          "<w:uiPriority w:val=\"9\"/><w:unhideWhenUsed/><w:qFormat/><w:pPr>"
                          "<w:keepNext/><w:keepLines/><w:spacing w:before=\"280\" w:after=\"80\" "
                          "w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"1\"/></w:pPr>"
                          "<w:rPr><w:b/><w:color w:val=\"$\" w:themeColor=\"accent1\"/>"
                          "<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr>" },
    [STYLE_HEADING_3] = { "Heading3", "heading 3", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                          "<w:uiPriority w:val=\"9\"/><w:unhideWhenUsed/><w:qFormat/><w:pPr>"
                          "<w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"60\" "
                          "w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"2\"/></w:pPr>"
                          "<w:rPr><w:b/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/></w:rPr>" },
    [STYLE_CONTENTS_HEADING] = { "TOCHeading", "TOC Heading", "paragraph", STYLE_NORMAL,
                                 STYLE_NORMAL,
                                 "<w:uiPriority w:val=\"39\"/><w:unhideWhenUsed/><w:qFormat/>"
                                 "<w:pPr><w:keepNext/><w:spacing w:before=\"280\" w:after=\"80\"/>"
                                 "</w:pPr><w:rPr><w:b/><w:color w:val=\"$\" "
                                 "w:themeColor=\"accent1\"/><w:sz w:val=\"24\"/>"
                                 "<w:szCs w:val=\"24\"/></w:rPr>" },
    [STYLE_CONTENTS_1] = { "TOC1", "toc 1", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                           "<w:uiPriority w:val=\"39\"/><w:unhideWhenUsed/><w:pPr><w:tabs>"
                           "<w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9638\"/></w:tabs>"
                           "<w:spacing w:before=\"20\" w:after=\"20\"/></w:pPr>" },
    [STYLE_CONTENTS_2] = { "TOC2", "toc 2", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                           "<w:uiPriority w:val=\"39\"/><w:unhideWhenUsed/><w:pPr><w:tabs>"
                           "<w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9638\"/></w:tabs>"
                           "<w:spacing w:before=\"0\" w:after=\"0\"/><w:ind w:left=\"284\" "
                           "w:right=\"567\"/></w:pPr>" },
    [STYLE_CAPTION] = { "Caption", "caption", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                        "<w:uiPriority w:val=\"35\"/><w:unhideWhenUsed/><w:qFormat/><w:pPr>"
                        "<w:keepLines/><w:spacing w:before=\"80\" w:after=\"120\" w:line=\"240\" "
                        "w:lineRule=\"auto\"/></w:pPr><w:rPr><w:color w:val=\"515D70\"/>"
                        "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>" },
    [STYLE_LIST_BULLET] = { "ListBullet", "List Bullet", "paragraph", STYLE_NORMAL, N_STYLES,
                            "<w:uiPriority w:val=\"99\"/><w:unhideWhenUsed/><w:pPr><w:spacing "
                            "w:after=\"60\"/><w:ind w:left=\"360\" w:hanging=\"360\"/></w:pPr>" },
    [STYLE_HEADER] = { "Header", "header", "paragraph", STYLE_NORMAL, N_STYLES,
                       "<w:uiPriority w:val=\"99\"/><w:unhideWhenUsed/><w:pPr><w:tabs>"
                       "<w:tab w:val=\"right\" w:pos=\"9638\"/></w:tabs><w:spacing w:after=\"0\"/>"
                       "</w:pPr><w:rPr><w:color w:val=\"515D70\"/><w:sz w:val=\"17\"/>"
                       "<w:szCs w:val=\"17\"/></w:rPr>" },
    [STYLE_FOOTER] = { "Footer", "footer", "paragraph", STYLE_NORMAL, N_STYLES,
                       "<w:uiPriority w:val=\"99\"/><w:unhideWhenUsed/><w:pPr><w:tabs>"
                       "<w:tab w:val=\"right\" w:pos=\"9638\"/></w:tabs><w:spacing w:after=\"0\"/>"
                       "</w:pPr><w:rPr><w:color w:val=\"515D70\"/><w:sz w:val=\"17\"/>"
                       "<w:szCs w:val=\"17\"/></w:rPr>" },
    [STYLE_LEAD] = { "LmpathLead", "lmpath Lead", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                     "<w:qFormat/><w:pPr><w:spacing w:after=\"160\"/></w:pPr><w:rPr>"
                     "<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr>" },
    [STYLE_NOTE] = { "LmpathNote", "lmpath Note", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                     "<w:qFormat/><w:pPr><w:spacing w:before=\"60\" w:after=\"100\" "
                     "w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:color "
                     "w:val=\"515D70\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>" },
    [STYLE_WARNING] = { "LmpathWarning", "lmpath Warning", "paragraph", STYLE_NORMAL, STYLE_NORMAL,
                        "<w:qFormat/><w:pPr><w:keepLines/><w:pBdr><w:left w:val=\"single\" "
                        "w:sz=\"24\" w:space=\"8\" w:color=\"7A4A00\"/></w:pBdr><w:shd "
                        "w:val=\"clear\" w:color=\"auto\" w:fill=\"FDF3E0\"/><w:ind "
                        "w:left=\"200\"/></w:pPr>" },
    [STYLE_GOOD] = { "LmpathVerdictGood", "lmpath Verdict Good", "paragraph", STYLE_NORMAL,
                     STYLE_NORMAL,
                     "<w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"80\" "
                     "w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:b/>"
                     "<w:color w:val=\"0A6640\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>"
                     "</w:rPr>" },
    [STYLE_BAD] = { "LmpathVerdictBad", "lmpath Verdict Bad", "paragraph", STYLE_GOOD, STYLE_NORMAL,
                    "<w:qFormat/><w:rPr><w:color w:val=\"A1122A\"/></w:rPr>" },
    [STYLE_UNSURE] = { "LmpathVerdictUnsure", "lmpath Verdict Unsure", "paragraph", STYLE_GOOD,
                       STYLE_NORMAL, "<w:qFormat/><w:rPr><w:color w:val=\"7A4A00\"/></w:rPr>" },
    [STYLE_CODE] = { "LmpathCode", "lmpath Code", "paragraph", STYLE_NORMAL, N_STYLES,
                     "<w:qFormat/><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"4\" "
                     "w:space=\"6\" w:color=\"C9D0DB\"/><w:left w:val=\"single\" w:sz=\"4\" "
                     "w:space=\"6\" w:color=\"C9D0DB\"/><w:bottom w:val=\"single\" w:sz=\"4\" "
                     "w:space=\"6\" w:color=\"C9D0DB\"/><w:right w:val=\"single\" w:sz=\"4\" "
                     "w:space=\"6\" w:color=\"C9D0DB\"/></w:pBdr><w:shd w:val=\"clear\" "
                     "w:color=\"auto\" w:fill=\"F2F4F7\"/><w:suppressAutoHyphens/><w:spacing "
                     "w:before=\"120\" w:after=\"200\" w:line=\"240\" w:lineRule=\"auto\"/>"
                     "<w:ind w:left=\"140\" w:right=\"140\"/><w:jc w:val=\"left\"/></w:pPr><w:rPr>"
                     "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/>"
                     "<w:noProof/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/></w:rPr>" },
    [STYLE_CELL] = { "LmpathCell", "lmpath Cell", "paragraph", STYLE_NORMAL, N_STYLES,
                     "<w:qFormat/><w:pPr><w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" "
                     "w:lineRule=\"auto\"/><w:jc w:val=\"left\"/></w:pPr><w:rPr>"
                     "<w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/></w:rPr>" },
    [STYLE_CELL_NUMBER] = { "LmpathCellNumber", "lmpath Cell Number", "paragraph", STYLE_CELL,
                            N_STYLES, "<w:qFormat/><w:pPr><w:jc w:val=\"right\"/></w:pPr>" },
    [STYLE_CELL_SMALL] = { "LmpathCellSmall", "lmpath Cell Small", "paragraph", STYLE_CELL,
                           N_STYLES,
                           "<w:qFormat/><w:pPr><w:suppressAutoHyphens/></w:pPr><w:rPr>"
                           "<w:sz w:val=\"15\"/><w:szCs w:val=\"15\"/></w:rPr>" },
    [STYLE_CELL_SMALL_NUMBER] = { "LmpathCellSmallNumber", "lmpath Cell Small Number", "paragraph",
                                  STYLE_CELL_SMALL, N_STYLES,
                                  "<w:qFormat/><w:pPr><w:jc w:val=\"right\"/></w:pPr>" },
    [STYLE_CELL_CENTERED] = { "LmpathCellCentered", "lmpath Cell Centered", "paragraph", STYLE_CELL,
                              N_STYLES, "<w:qFormat/><w:pPr><w:jc w:val=\"center\"/></w:pPr>" },
    [STYLE_TABLE_NORMAL] = { "TableNormal", "Normal Table", "table", N_STYLES, N_STYLES,
                             "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/>"
                             "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top "
                             "w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>"
                             "<w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" "
                             "w:type=\"dxa\"/></w:tblCellMar></w:tblPr>" },
    [STYLE_TABLE] = { "LmpathTable", "lmpath Table", "table", STYLE_TABLE_NORMAL, N_STYLES,
                      "<w:uiPriority w:val=\"59\"/><w:qFormat/><w:tblPr><w:tblBorders><w:top "
                      "w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"515D70\"/><w:bottom "
                      "w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"515D70\"/><w:insideH "
                      "w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"D5DBE5\"/>"
                      "</w:tblBorders><w:tblCellMar><w:top w:w=\"28\" w:type=\"dxa\"/><w:left "
                      "w:w=\"70\" w:type=\"dxa\"/><w:bottom w:w=\"28\" w:type=\"dxa\"/><w:right "
                      "w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblStylePr "
                      "w:type=\"firstRow\"><w:rPr><w:b/></w:rPr><w:tblPr/><w:tcPr><w:tcBorders>"
                      "<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"515D70\"/>"
                      "</w:tcBorders><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDF0F5\"/>"
                      "</w:tcPr></w:tblStylePr>" },
    [STYLE_TABLE_BARE] = { "LmpathTableBare", "lmpath Table Bare", "table", STYLE_TABLE_NORMAL,
                           N_STYLES,
                           "<w:uiPriority w:val=\"59\"/><w:qFormat/><w:tblPr><w:tblCellMar><w:top "
                           "w:w=\"20\" w:type=\"dxa\"/><w:left w:w=\"70\" w:type=\"dxa\"/>"
                           "<w:bottom w:w=\"20\" w:type=\"dxa\"/><w:right w:w=\"70\" "
                           "w:type=\"dxa\"/></w:tblCellMar></w:tblPr>" },
};

void styles_own_ids(struct style_ids *ret_ids)
{
    for (size_t i = 0; i < N_STYLES; i++)
        snprintf(ret_ids->ids[i], STYLE_ID_BYTES, "%s", rows[i].id);
}

const char *style_name(enum style style)
{
    return rows[style].name;
}

const char *style_type(enum style style)
{
    return rows[style].type;
}

void style_write(FILE *out, enum style style, const struct style_ids *ids, const char *accent)
{
    const struct row *row = &rows[style];
    bool is_default = style == STYLE_NORMAL || style == STYLE_TABLE_NORMAL;

    fprintf(out, "<w:style w:type=\"%s\"%s%s w:styleId=\"%s\"><w:name w:val=\"%s\"/>", row->type,
            is_default ? " w:default=\"1\"" : "",
            strncmp(row->name, "lmpath", 6) == 0 ? " w:customStyle=\"1\"" : "", ids->ids[style],
            row->name);
    if (row->based_on != N_STYLES)
        fprintf(out, "<w:basedOn w:val=\"%s\"/>", ids->ids[row->based_on]);
    if (row->next != N_STYLES)
        fprintf(out, "<w:next w:val=\"%s\"/>", ids->ids[row->next]);
    for (const char *c = row->rest; *c; c++) {
        if (*c == '$')
            fputs(accent, out);
        else
            fputc(*c, out);
    }
    fputs("</w:style>\n", out);
}

void styles_write(FILE *out, const struct style_ids *ids, const char *accent, const char *language)
{
    fprintf(out,
            DOCX_XML "<w:styles xmlns:w=\"" DOCX_W "\">\n<w:docDefaults><w:rPrDefault><w:rPr>"
                     "<w:rFonts w:asciiTheme=\"minorHAnsi\" w:eastAsiaTheme=\"minorEastAsia\" "
                     "w:hAnsiTheme=\"minorHAnsi\" w:cstheme=\"minorBidi\"/><w:sz w:val=\"21\"/>"
                     "<w:szCs w:val=\"21\"/><w:lang w:val=\"%s\" w:eastAsia=\"en-US\" "
                     "w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing "
                     "w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr>"
                     "</w:pPrDefault></w:docDefaults>\n",
            language);
    for (enum style s = 0; s < N_STYLES; s++)
        style_write(out, s, ids, accent);
    fputs("</w:styles>\n", out);
}
