#include "analyzers/report/docx/chart.h"

#include <math.h>
#include <stdlib.h>

#include "analyzers/report/docx/docx.h"
#include "analyzers/report/html.h"

enum { X_AXIS = 111111111, Y_AXIS = 222222222, LINE_EMU = 28575 };

#define TEXT_COLOR "<a:solidFill><a:srgbClr val=\"404A5A\"/></a:solidFill>"

void chart_release(struct chart *c)
{
    for (size_t i = 0; i < c->n_series; i++) {
        free(c->series[i].name);
        free(c->series[i].x);
        free(c->series[i].y);
        free(c->series[i].is_hatched);
        free(c->series[i].colors);
    }
    for (size_t i = 0; i < c->n_categories; i++)
        free(c->categories[i]);
    free(c->categories);
    *c = (struct chart){ 0 };
}

size_t chart_x_column(const struct chart *c, size_t series)
{
    return c->kind == CHART_LINES ? 2 * series : 0;
}

size_t chart_y_column(const struct chart *c, size_t series)
{
    return c->kind == CHART_LINES ? 2 * series + 1 : series + 1;
}

char *chart_column_name(char to[4], size_t column)
{
    if (column < 26)
        snprintf(to, 4, "%c", (char)('A' + column));
    else
        snprintf(to, 4, "%c%c", (char)('A' + column / 26 - 1), (char)('A' + column % 26));
    return to;
}

/* ---- what the workbook holds, and its values ---- */

static void write_reference(FILE *out, size_t column, size_t n)
{
    char name[4];

    chart_column_name(name, column);
    if (n == 0)
        fprintf(out, "<c:f>Sheet1!$%s$1</c:f>", name);
    else
        fprintf(out, "<c:f>Sheet1!$%s$2:$%s$%zu</c:f>", name, name, n + 1);
}

static void write_name(FILE *out, const struct chart *c, size_t i)
{
    fputs("<c:tx><c:strRef>", out);
    write_reference(out, chart_y_column(c, i), 0);
    fputs("<c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>", out);
    html_text(out, c->series[i].name);
    fputs("</c:v></c:pt></c:strCache></c:strRef></c:tx>", out);
}

static void write_numbers(FILE *out, const char *element, size_t column, const double *values,
                          size_t n)
{
    fprintf(out, "<c:%s><c:numRef>", element);
    write_reference(out, column, n);
    fprintf(out, "<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"%zu\"/>", n);
    for (size_t i = 0; i < n; i++) {
        if (!isnan(values[i]))
            fprintf(out, "<c:pt idx=\"%zu\"><c:v>%.9g</c:v></c:pt>", i, values[i]);
    }
    fprintf(out, "</c:numCache></c:numRef></c:%s>", element);
}

static void write_categories(FILE *out, const struct chart *c)
{
    fputs("<c:cat><c:strRef>", out);
    write_reference(out, 0, c->n_categories);
    fprintf(out, "<c:strCache><c:ptCount val=\"%zu\"/>", c->n_categories);
    for (size_t i = 0; i < c->n_categories; i++) {
        fprintf(out, "<c:pt idx=\"%zu\"><c:v>", i);
        html_text(out, c->categories[i]);
        fputs("</c:v></c:pt>", out);
    }
    fputs("</c:strCache></c:strRef></c:cat>", out);
}

/* ---- series ---- */

static void write_line(FILE *out, const struct chart *c, size_t i)
{
    const struct chart_series *s = &c->series[i];

    fprintf(out, "<c:ser><c:idx val=\"%zu\"/><c:order val=\"%zu\"/>", i, i);
    write_name(out, c, i);
    fprintf(out,
            "<c:spPr><a:ln w=\"%d\" cap=\"rnd\"><a:solidFill><a:schemeClr val=\"accent%d\"/>"
            "</a:solidFill><a:prstDash val=\"%s\"/><a:round/></a:ln></c:spPr><c:marker>"
            "<c:symbol val=\"none\"/></c:marker>",
            LINE_EMU, s->color, s->color == CHART_ACCENT_2 ? "sysDash" : "solid");
    write_numbers(out, "xVal", chart_x_column(c, i), s->x, s->n);
    write_numbers(out, "yVal", chart_y_column(c, i), s->y, s->n);
    fputs("<c:smooth val=\"0\"/></c:ser>\n", out);
}

static void write_fill(FILE *out, enum chart_color color, bool is_hatched)
{
    fputs("<c:spPr>", out);
    if (is_hatched)
        fprintf(out,
                "<a:pattFill prst=\"wdUpDiag\"><a:fgClr><a:schemeClr val=\"accent%d\"/></a:fgClr>"
                "<a:bgClr><a:srgbClr val=\"FFFFFF\"/></a:bgClr></a:pattFill>",
                color);
    else
        fprintf(out, "<a:solidFill><a:schemeClr val=\"accent%d\"/></a:solidFill>", color);
    fprintf(out,
            "<a:ln w=\"9525\"><a:solidFill><a:schemeClr val=\"accent%d\"/></a:solidFill></a:ln>"
            "</c:spPr>",
            color);
}

static void write_bars(FILE *out, const struct chart *c, size_t i)
{
    const struct chart_series *s = &c->series[i];

    fprintf(out, "<c:ser><c:idx val=\"%zu\"/><c:order val=\"%zu\"/>", i, i);
    write_name(out, c, i);
    write_fill(out, s->color, false);
    fputs("<c:invertIfNegative val=\"0\"/>", out);
    for (size_t k = 0; k < s->n; k++) {
        fprintf(out,
                "<c:dPt><c:idx val=\"%zu\"/><c:invertIfNegative val=\"0\"/><c:bubble3D "
                "val=\"0\"/>",
                k);
        write_fill(out, s->colors ? s->colors[k] : s->color, s->is_hatched && s->is_hatched[k]);
        fputs("</c:dPt>", out);
    }
    fprintf(out,
            "<c:dLbls><c:numFmt formatCode=\"#,##0.0&quot; %s&quot;;;0\" sourceLinked=\"0\"/>"
            "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val=\"outEnd\"/>"
            "<c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/><c:showCatName val=\"0\"/>"
            "<c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/>"
            "</c:dLbls>",
            c->unit);
    write_categories(out, c);
    write_numbers(out, "val", chart_y_column(c, i), s->y, s->n);
    fputs("</c:ser>\n", out);
}

/* ---- axes ---- */

static void write_axis_title(FILE *out, const char *text, bool is_upright)
{
    if (!*text)
        return;
    fprintf(out,
            "<c:title><c:tx><c:rich><a:bodyPr rot=\"%d\" vert=\"horz\"/><a:lstStyle/><a:p><a:pPr>"
            "<a:defRPr sz=\"900\" b=\"0\">" TEXT_COLOR
            "</a:defRPr></a:pPr><a:r><a:rPr sz=\"900\" b=\"0\">" TEXT_COLOR "</a:rPr><a:t>",
            is_upright ? -5400000 : 0);
    html_text(out, text);
    fputs("</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title>", out);
}

static void write_axis_begin(FILE *out, int id, const char *orientation, const char *position)
{
    fprintf(out,
            "<c:axId val=\"%d\"/><c:scaling><c:orientation val=\"%s\"/>%s</c:scaling><c:delete "
            "val=\"0\"/><c:axPos val=\"%s\"/>",
            id, orientation,
            *orientation == 'm' && orientation[2] == 'n' ? "<c:min val=\"0\"/>" : "", position);
}

static void write_axis_end(FILE *out, int crossing, bool is_value, const char *crosses)
{
    fprintf(out,
            "<c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"%s\"/>"
            "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:spPr><a:ln "
            "w=\"9525\"><a:solidFill><a:srgbClr val=\"8A94A6\"/></a:solidFill></a:ln></c:spPr>"
            "<c:crossAx val=\"%d\"/><c:crosses val=\"%s\"/>",
            is_value ? "out" : "none", crossing, crosses);
    fputs(is_value ? "<c:crossBetween val=\"midCat\"/>"
                   : "<c:auto val=\"1\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/>"
                     "<c:noMultiLvlLbl val=\"0\"/>",
          out);
}

#define GRID_LINES                                                                                 \
    "<c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"D5DBE5\"/>"          \
    "</a:solidFill></a:ln></c:spPr></c:majorGridlines>"

static void write_lines_plot(FILE *out, const struct chart *c)
{
    fputs("<c:scatterChart><c:scatterStyle val=\"lineMarker\"/><c:varyColors val=\"0\"/>\n", out);
    for (size_t i = 0; i < c->n_series; i++)
        write_line(out, c, i);
    fprintf(out, "<c:axId val=\"%d\"/><c:axId val=\"%d\"/></c:scatterChart>\n<c:valAx>", X_AXIS,
            Y_AXIS);
    write_axis_begin(out, X_AXIS, "minMax", "b");
    write_axis_title(out, c->x_title, false);
    write_axis_end(out, Y_AXIS, true, "autoZero");
    fputs("</c:valAx>\n<c:valAx>", out);
    write_axis_begin(out, Y_AXIS, "minMax", "l");
    fputs(GRID_LINES, out);
    write_axis_title(out, c->y_title, true);
    write_axis_end(out, X_AXIS, true, "autoZero");
    fputs("</c:valAx>\n", out);
}

/* The first category stands on top: then zero is at the far end of that axis. */
static void write_bars_plot(FILE *out, const struct chart *c)
{
    fputs("<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/><c:varyColors "
          "val=\"0\"/>\n",
          out);
    for (size_t i = 0; i < c->n_series; i++)
        write_bars(out, c, i);
    fprintf(out,
            "<c:gapWidth val=\"60\"/><c:axId val=\"%d\"/><c:axId val=\"%d\"/></c:barChart>\n"
            "<c:catAx>",
            X_AXIS, Y_AXIS);
    write_axis_begin(out, X_AXIS, "maxMin", "l");
    write_axis_end(out, Y_AXIS, false, "autoZero");
    fputs("</c:catAx>\n<c:valAx>", out);
    write_axis_begin(out, Y_AXIS, "minMax", "b");
    fputs(GRID_LINES, out);
    write_axis_title(out, c->y_title, false);
    write_axis_end(out, X_AXIS, true, "max");
    fputs("</c:valAx>\n", out);
}

void chart_write(const struct chart *c, FILE *out)
{
    fputs(DOCX_XML "<c:chartSpace xmlns:c=\"" DOCX_C "\" xmlns:a=\"" DOCX_A "\" xmlns:r=\"" DOCX_R
                   "\"><c:date1904 val=\"0\"/><c:roundedCorners val=\"0\"/><c:chart>"
                   "<c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/>",
          out);
    if (c->kind == CHART_LINES)
        write_lines_plot(out, c);
    else
        write_bars_plot(out, c);
    fputs("<c:spPr><a:noFill/></c:spPr></c:plotArea>", out);
    if (c->n_series > 1 || c->kind == CHART_LINES)
        fputs("<c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/></c:legend>", out);
    fputs("<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart><c:spPr><a:solidFill>"
          "<a:srgbClr val=\"FFFFFF\"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr><c:txPr>"
          "<a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"900\">" TEXT_COLOR
          "</a:defRPr></a:pPr><a:endParaRPr lang=\"en-US\"/></a:p></c:txPr><c:externalData "
          "r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>\n",
          out);
}
