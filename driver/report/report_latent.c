// The codes: a scatter plot with one point per sample, and a histogram of each unit.
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "driver/report/report.h"
#include "driver/report/report_axis.h"
#include "driver/report/report_html.h"

// Coordinates are whole numbers, FINE steps per pixel, so that a point takes about ten bytes.
enum { WIDTH = 560, HEIGHT = 500, FINE = 4, ROUND = 2000 };
enum { COLOURS = 10, LEGEND_MAX = 30, LABELS_MAX = 1000, UNITS_SHOWN = 16 };

struct labels {
    long long *value;    // [count], sorted, without duplicates
    size_t count;
};

struct scatter {
    struct arena *arena;
    const struct table *points;
    struct labels labels;    // empty if the data have no labels, or too many to distinguish
    struct chart_axis x, y;
};

static int compare_labels(const void *a, const void *b) {
    long long first = *(const long long *)a, second = *(const long long *)b;
    return (first > second) - (first < second);
}

static long long label_of(const struct scatter *scatter, size_t line) {
    return (long long)table_number(scatter->points, line, 2);
}

static void find_labels(struct scatter *scatter) {
    const struct table *points = scatter->points;
    struct labels *labels = &scatter->labels;
    if (!*table_cell(scatter->arena, points->line[0], 2)) return;
    long long *all = ARENA_ARRAY(scatter->arena, long long, points->count);
    for (size_t line = 1; line < points->count; line++)
        all[line - 1] = label_of(scatter, line);
    qsort(all, points->count - 1, sizeof *all, compare_labels);
    size_t count = 0;
    for (size_t i = 0; i + 1 < points->count; i++)
        if (i == 0 || all[i] != all[count - 1]) all[count++] = all[i];
    if (count <= LABELS_MAX) *labels = (struct labels){all, count};
}

static struct chart_axis make_axis(const struct table *points, size_t column, double from, double to) {
    double low = INFINITY, high = -INFINITY;
    for (size_t line = 1; line < points->count; line++) {
        double value = table_number(points, line, column);
        low = fmin(low, value);
        high = fmax(high, value);
    }
    double margin = 0.03 * (high - low);
    struct chart_axis axis = axis_make(low - margin, high + margin, false, false, 6);
    axis.from = from;
    axis.to = to;
    return axis;
}

static void print_axes(const struct scatter *scatter, struct buffer *out) {
    const struct chart_axis *x = &scatter->x, *y = &scatter->y;
    axes_print(scatter->arena, x, y, true, out);
    buffer_print(out, "<g class=\"tick\" text-anchor=\"middle\">");
    const char *head = scatter->points->line[0];
    buffer_print(out, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", (x->from + x->to) / 2, y->from + 34,
                 html_escaped(scatter->arena, table_cell(scatter->arena, head, 0)));
    buffer_print(out, "<text transform=\"translate(14 %.1f) rotate(-90)\">%s</text></g>\n", (y->from + y->to) / 2,
                 html_escaped(scatter->arena, table_cell(scatter->arena, head, 1)));
}

static size_t label_index(const struct labels *labels, long long label) {
    const long long *found = bsearch(&label, labels->value, labels->count, sizeof label, compare_labels);
    return found ? (size_t)(found - labels->value) : 0;
}

// An attribute: a class of the style sheet, or a computed colour if there are more labels than classes.
static const char *colour_of(struct arena *arena, const struct labels *labels, size_t index) {
    if (labels->count <= COLOURS) return arena_print(arena, " class=\"c%zu\"", index);
    return arena_print(arena, " stroke=\"hsl(%zu 65%% 52%%)\"", 360 * index / labels->count);
}

// Prints the points of one label in lines [first, end) as one path. Each point is a line of length zero with round
// ends.
static void print_points(const struct scatter *scatter, size_t label, size_t first, size_t end, struct buffer *out) {
    const struct labels *labels = &scatter->labels;
    struct buffer path = {0};
    long before[2] = {0, 0};
    for (size_t line = first; line < end; line++) {
        if (labels->count && label_index(labels, label_of(scatter, line)) != label) continue;
        long x = lround(FINE * axis_place(&scatter->x, table_number(scatter->points, line, 0)));
        long y = lround(FINE * axis_place(&scatter->y, table_number(scatter->points, line, 1)));
        buffer_print(&path, "m%ld %ldh0", x - before[0], y - before[1]);
        before[0] = x;
        before[1] = y;
    }
    if (path.length > 0) {
        buffer_print(out, "<path%s d=\"%s\">",
                     labels->count ? colour_of(scatter->arena, labels, label) : " class=\"c0\"", path.text);
        if (labels->count) buffer_print(out, "<title>label %lld</title>", labels->value[label]);
        buffer_print(out, "</path>\n");
    }
    buffer_free(&path);
}

static void print_legend(const struct scatter *scatter, struct buffer *out) {
    const struct labels *labels = &scatter->labels;
    if (labels->count == 0 || labels->count > LEGEND_MAX) return;
    buffer_print(out, "<p class=\"legend\">label");
    for (size_t i = 0; i < labels->count; i++)
        buffer_print(out,
                     "<span><svg class=\"swatch dot\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><g "
                     "class=\"key\"><path%s d=\"M5 5h0\"/></g></svg> %lld</span>",
                     colour_of(scatter->arena, labels, i), labels->value[i]);
    buffer_print(out, "</p>\n");
}

// The labels alternate every ROUND samples, so that the last label does not cover the others.
static void print_scatter(const struct report *report, struct buffer *out) {
    struct scatter scatter = {.arena = report->arena, .points = &report->latent};
    find_labels(&scatter);
    scatter.x = make_axis(scatter.points, 0, 62, WIDTH - 10);
    scatter.y = make_axis(scatter.points, 1, HEIGHT - 44, 10);
    size_t lines = scatter.points->count, paths = scatter.labels.count ? scatter.labels.count : 1;
    buffer_print(out,
                 "<figure class=\"scatter\">\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Codes of %zu "
                 "samples in a plane%s\">\n",
                 WIDTH, HEIGHT, lines - 1, scatter.labels.count ? ", coloured by label" : "");
    print_axes(&scatter, out);
    const char *size = lines > 2000 ? "" : lines > 500 ? " some" : " few";
    buffer_print(out, "<g class=\"points%s\" transform=\"scale(%g)\">\n", size, 1.0 / FINE);
    for (size_t first = 1; first < lines; first += ROUND)
        for (size_t i = 0; i < paths; i++)
            print_points(&scatter, i, first, first + ROUND < lines ? first + ROUND : lines, out);
    buffer_print(out, "</g>\n</svg>\n");
    print_legend(&scatter, out);
    buffer_print(out, "</figure>\n");
}

enum { SPREAD_WIDTH = 160, SPREAD_HEIGHT = 60 };

// Prints a bar for each line [first, end) of the histogram, scaled to the highest.
static void print_bars(const struct table *bins, size_t first, size_t end, struct buffer *out) {
    double most = 0;
    for (size_t line = first; line < end; line++)
        most = fmax(most, table_number(bins, line, 3));
    buffer_print(out, "<path class=\"bars\" d=\"M0 %d", SPREAD_HEIGHT);
    for (size_t line = first; line < end; line++)
        buffer_print(out, "V%.1fH%.1f", SPREAD_HEIGHT - (SPREAD_HEIGHT - 2) * table_number(bins, line, 3) / most,
                     (double)SPREAD_WIDTH * (double)(line + 1 - first) / (double)(end - first));
    buffer_print(out, "V%dZ\"/>", SPREAD_HEIGHT);
}

static void print_ends(const char *low, const char *high, struct buffer *out) {
    buffer_print(out, "<text x=\"0\" y=\"%d\">%s</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                 SPREAD_HEIGHT + 13, low, SPREAD_WIDTH, SPREAD_HEIGHT + 13, high);
}

static void print_spread(const struct report *report, size_t first, size_t end, struct buffer *out) {
    const struct table *bins = &report->histogram;
    size_t unit = (size_t)table_number(bins, first, 0);
    bool constant = end - first == 1;
    const char *low = arena_print(report->arena, "%.3g", table_number(bins, first, 1));
    const char *high = arena_print(report->arena, "%.3g", table_number(bins, end - 1, 2));
    const char *words = arena_print(
        report->arena, constant ? "unit %zu is %s for every sample" : "unit %zu, from %s to %s", unit, low, high);
    buffer_print(out,
                 "<figure>\n<figcaption>unit %zu%s</figcaption>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" "
                 "aria-label=\"%s\"><title>%s</title>",
                 unit, constant ? ", constant" : "", SPREAD_WIDTH, SPREAD_HEIGHT + 16, words, words);
    if (constant)
        buffer_print(out, "<path class=\"bars\" d=\"M78 %dV2H82V%dZ\"/>", SPREAD_HEIGHT, SPREAD_HEIGHT);
    else
        print_bars(bins, first, end, out);
    buffer_print(out, "<path class=\"base\" d=\"M0 %dH%d\"/><g class=\"tick\">", SPREAD_HEIGHT, SPREAD_WIDTH);
    if (constant)
        buffer_print(out, "<text x=\"80\" y=\"%d\" text-anchor=\"middle\">%s</text>", SPREAD_HEIGHT + 13, low);
    else
        print_ends(low, high, out);
    buffer_print(out, "</g></svg>\n</figure>\n");
}

static void print_spreads(const struct report *report, struct buffer *out) {
    const struct table *bins = &report->histogram;
    size_t units = report_units(report), shown = units < UNITS_SHOWN ? units : UNITS_SHOWN;
    buffer_print(out, "<h3>Spread of %s</h3>\n<div class=\"spreads%s\">\n",
                 units == 1      ? "the unit"
                 : shown < units ? arena_print(report->arena, "the first %zu of %zu units", shown, units)
                                 : "each unit",
                 units <= 4 ? " few" : "");
    for (size_t first = 1, end; first < bins->count; first = end) {
        double unit = table_number(bins, first, 0);
        if (unit >= UNITS_SHOWN) break;
        for (end = first + 1; end < bins->count && table_number(bins, end, 0) == unit;)
            end++;
        print_spread(report, first, end, out);
    }
    buffer_print(out, "</div>\n");
}

void report_latent(const struct report *report, struct buffer *out) {
    const struct latent *latent = &report->spec->latent;
    bool gaussian = latent->kind == LATENT_gaussian;
    size_t units = report_units(report);
    html_section_begin(out, "latent", "Latent space");
    buffer_print(out, "<p>%s: %zu unit%s, ", html_escaped(report->arena, latent->name.text), units,
                 units == 1 ? "" : "s");
    buffer_print(out, gaussian ? "gaussian; the code of a sample is its mean mu. " : "a code. ");
    if (report->histogram.count < 2) {
        buffer_print(out, "Some codes are not finite, so they cannot be drawn.</p>\n");
        html_section_end(out);
        return;
    }
    size_t points = report->latent.count > 0 ? report->latent.count - 1 : 0, samples = report_samples(report);
    if (points > 0 && points < samples)
        buffer_print(out, "Every point is one of %s samples, evenly spaced among the %s of the %s data.</p>\n",
                     number_grouped(report->arena, points), number_grouped(report->arena, samples),
                     report_split(report));
    else if (points > 0)
        buffer_print(out, "Every point is one of the %s samples of the %s data.</p>\n",
                     number_grouped(report->arena, samples), report_split(report));
    else
        buffer_print(
            out, "With one unit there is no plane; this is the distribution of the %s samples of the %s data.</p>\n",
            number_grouped(report->arena, samples), report_split(report));
    if (points > 0) print_scatter(report, out);
    print_spreads(report, out);
    html_section_end(out);
}
