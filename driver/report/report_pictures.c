// Samples above their reconstructions, and the decoded plane.
#include <stdlib.h>
#include <string.h>

#include "driver/report/report.h"
#include "driver/report/report_html.h"
#include "runtime/measures/sample_loss.h"

// Before base64, which adds a third.
enum { PNG_BYTES_MAX = 1 << 20 };

// A picture of `count` columns, samples above and reconstructions below, separated by one pixel.
struct strip {
    const char *id, *heading;
    const struct buffer *png;
    const size_t *samples;    // [count]
    size_t count, width, height;
};

// A size of the input: channels, height, width.
static size_t input_size(const struct report *report, size_t axis) {
    return report->spec->input.size[axis];
}

static void print_view(const struct strip *strip, size_t column, size_t row, const char *words, struct buffer *out) {
    buffer_print(out, "<svg viewBox=\"%zu %zu %zu %zu\" role=\"img\" aria-label=\"%s %zu\"><use href=\"#%s\"/></svg>",
                 column * (strip->width + 1), row * (strip->height + 1), strip->width, strip->height, words,
                 strip->samples[column], strip->id);
}

static void print_caption(const struct report *report, size_t sample, struct buffer *out) {
    const struct table *losses = &report->losses;
    buffer_print(out, "<figcaption><b>");
    html_number(report->arena, out, table_number(losses, sample + 1, 1));
    buffer_print(out, "</b><br><span class=\"note\">no. %zu", sample);
    const char *label = sample + 1 < losses->count ? table_cell(report->arena, losses->line[sample + 1], 2) : "";
    if (*label) buffer_print(out, "<br>label %s", html_escaped(report->arena, label));
    buffer_print(out, "</span></figcaption>");
}

// The picture is embedded once and each sample is a view into it, so that the samples wrap to the width of the page.
static void print_strip(const struct report *report, const struct strip *strip, struct buffer *out) {
    size_t width = strip->count * (strip->width + 1) - 1, height = 2 * strip->height + 1;
    buffer_print(out, "<h3>%s</h3>\n", strip->heading);
    if (strip->png->length > PNG_BYTES_MAX) {
        buffer_print(
            out,
            "<p class=\"note\">Omitted because the picture is large. <code>aespec figures</code> creates it.</p>\n");
        return;
    }
    buffer_print(out,
                 "<svg class=\"store\" aria-hidden=\"true\"><defs><image style=\"image-rendering: pixelated\" "
                 "id=\"%s\" width=\"%zu\" height=\"%zu\" href=\"",
                 strip->id, width, height);
    html_png(out, strip->png);
    buffer_print(out, "\"/></defs></svg>\n<div class=\"pairs\">\n");
    for (size_t i = 0; i < strip->count; i++) {
        buffer_print(out, "<figure>");
        print_view(strip, i, 0, "sample", out);
        print_view(strip, i, 1, "reconstruction of sample", out);
        print_caption(report, strip->samples[i], out);
        buffer_print(out, "</figure>\n");
    }
    buffer_print(out, "</div>\n");
}

static const struct sample_loss *sort_losses(const struct report *report, size_t *count) {
    *count = report->losses.count > 0 ? report->losses.count - 1 : 0;
    struct sample_loss *sorted = ARENA_ARRAY(report->arena, struct sample_loss, *count);
    for (size_t i = 0; i < *count; i++)
        sorted[i] = (struct sample_loss){table_number(&report->losses, i + 1, 1), i};
    qsort(sorted, *count, sizeof *sorted, sample_loss_compare);
    return sorted;
}

enum { SHOWN = 10, EXTREMES = 8 };

// For samples that are not images: a table of numbers, losses and labels.
static void print_extremes(const struct report *report, const char *caption, const size_t *samples, size_t count,
                           struct buffer *out) {
    bool labels = *table_cell(report->arena, report->losses.line[0], 2) != 0;
    html_table_begin(out, caption, labels ? "sample|loss|label" : "sample|loss");
    for (size_t i = 0; i < count; i++) {
        buffer_print(out, "<tr><th scope=\"row\">no. %zu</th><td>", samples[i]);
        html_number(report->arena, out, table_number(&report->losses, samples[i] + 1, 1));
        if (labels) buffer_print(out, "</td><td>");
        if (labels) html_text(out, table_cell(report->arena, report->losses.line[samples[i] + 1], 2));
        buffer_print(out, "</td></tr>\n");
    }
    html_table_end(out);
}

void report_reconstructions(const struct report *report, struct buffer *out) {
    size_t count, first[SHOWN], best[EXTREMES], worst[EXTREMES];
    const struct sample_loss *sorted = sort_losses(report, &count);
    size_t extremes = count < EXTREMES ? count : EXTREMES, shown = count < SHOWN ? count : SHOWN;
    for (size_t i = 0; i < shown; i++)
        first[i] = i;
    for (size_t i = 0; i < extremes; i++) {
        best[i] = sorted[i].sample;
        worst[i] = sorted[count - 1 - i].sample;
    }
    html_section_begin(out, "reconstructions", "Reconstructions");
    buffer_print(out, "<p>Of the %s data; numbers count from 0 in the order of the file. ", report_split(report));
    if (report->reconstructions.length == 0) {
        buffer_print(out, "The inputs are not images of one or three channels, so the samples with the lowest and the "
                          "highest loss are only listed.</p>\n<div class=\"plots\">\n");
        print_extremes(report, "Lowest loss", best, extremes, out);
        print_extremes(report, "Highest loss", worst, extremes, out);
        buffer_print(out, "</div>\n");
    } else {
        buffer_print(out, "Each sample is above its reconstruction and its loss.</p>\n");
        size_t height = input_size(report, 1), width = input_size(report, 2);
        print_strip(
            report,
            &(struct strip){"first-samples", "First samples", &report->reconstructions, first, shown, width, height},
            out);
        print_strip(report,
                    &(struct strip){"best-samples", "Lowest loss", &report->best, best, extremes, width, height}, out);
        print_strip(report,
                    &(struct strip){"worst-samples", "Highest loss", &report->worst, worst, extremes, width, height},
                    out);
    }
    html_section_end(out);
}

void report_plane(const struct report *report, struct buffer *out) {
    html_section_begin(out, "plane", "Decoded plane");
    if (report->plane.length > PNG_BYTES_MAX) {
        buffer_print(out, "<p>Omitted because the picture is large. <code>aespec figures</code> creates it.</p>\n");
    } else if (report->plane.length > 0) {
        const char *head = report->latent.line[0];
        const char *across = table_cell(report->arena, head, 0), *upwards = table_cell(report->arena, head, 1);
        buffer_print(
            out,
            "<p>The decoder's outputs for a grid of 20 × 20 points between the 1st and the 99th percentiles of "
            "the codes: %s grows to the right, %s upwards.</p>\n",
            html_escaped(report->arena, across), html_escaped(report->arena, upwards));
        buffer_print(out, "<figure class=\"plane\"><img alt=\"20 by 20 decoded points of the latent plane\" src=\"");
        html_png(out, &report->plane);
        buffer_print(out, "\"></figure>\n");
    } else if (report_units(report) < 2) {
        buffer_print(out, "<p>There is no plane for one latent unit.</p>\n");
    } else if (report->histogram.count < 2) {
        buffer_print(out, "<p>Some codes are not finite, so there is no plane.</p>\n");
    } else {
        buffer_print(out, "<p>The inputs are not images of one or three channels, so the plane cannot be drawn.</p>\n");
    }
    html_section_end(out);
}
