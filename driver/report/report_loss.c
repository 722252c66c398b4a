// Plots of the losses against the epochs, one for each quantity, and a table of their last and lowest values.
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "compiler/views/show.h"
#include "driver/report/report.h"
#include "driver/report/report_axis.h"
#include "driver/report/report_html.h"

enum { WIDTH = 420, HEIGHT = 250, POINTS_MAX = 60, VERTICES_MAX = 1000 };

struct curve {
    const char *name;    // "train" or "test"; also the class of its lines
    size_t column;
};

struct plot {
    struct arena *arena;
    const struct table *table;
    struct curve curves[2];
    int curve_count;
    struct chart_axis x, y;
};

// The range of all curves; false if there is no finite number.
static bool find_range(const struct plot *plot, double *low, double *high) {
    *low = INFINITY;
    *high = -INFINITY;
    for (int i = 0; i < plot->curve_count; i++)
        for (size_t line = 1; line < plot->table->count; line++) {
            double value = table_number(plot->table, line, plot->curves[i].column);
            if (!isfinite(value)) continue;
            *low = fmin(*low, value);
            *high = fmax(*high, value);
        }
    return *low <= *high;
}

// Logarithmic if a linear scale would show little more than the first epochs.
static bool make_axes(struct plot *plot) {
    double low, high;
    if (!find_range(plot, &low, &high)) return false;
    bool log = low > 0 && high > 30 * low;
    double margin = 0.04 * (high - low);
    plot->y = log ? axis_make(low / 1.15, high * 1.15, true, false, 0)
                  : axis_make(low - margin, high + margin, false, false, 5);
    size_t epochs = plot->table->count - 1, widest = 0;
    plot->x = axis_make(table_number(plot->table, 1, 0), table_number(plot->table, epochs, 0), false, true, 8);
    for (int i = 0; i < plot->y.ticks; i++) {
        size_t length = strlen(axis_text(plot->arena, &plot->y, i));
        if (length > widest) widest = length;
    }
    plot->x.from = 14 + 6.2 * (double)widest;
    plot->x.to = WIDTH - 14;
    plot->y.from = HEIGHT - 36;
    plot->y.to = 10;
    return true;
}

static void print_axes(const struct plot *plot, struct buffer *out) {
    const struct chart_axis *x = &plot->x;
    axes_print(plot->arena, x, &plot->y, false, out);
    buffer_print(out, "<g class=\"tick\" text-anchor=\"middle\">");
    buffer_print(out, "<text x=\"%.1f\" y=\"%d\">epoch</text></g>\n", (x->from + x->to) / 2, HEIGHT - 4);
}

// Epochs at a regular distance, so that at most `most` are marked, and the last one.
static bool is_shown(const struct plot *plot, size_t line, size_t most) {
    size_t epochs = plot->table->count - 1, every = (epochs + most - 1) / most;
    return (line - 1) % every == 0 || line == epochs;
}

static void print_curve(const struct plot *plot, const struct curve *curve, const char *quantity, struct buffer *out) {
    buffer_print(out, "<g class=\"curve %s\"><path d=\"", curve->name);
    bool drawn = false;    // the pen is down
    for (size_t line = 1; line < plot->table->count; line++) {
        if (!is_shown(plot, line, VERTICES_MAX)) continue;
        double value = table_number(plot->table, line, curve->column);
        if (isfinite(value))
            buffer_print(out, "%s%.1f %.1f", drawn ? "L" : "M",
                         axis_place(&plot->x, table_number(plot->table, line, 0)), axis_place(&plot->y, value));
        drawn = isfinite(value);
    }
    buffer_print(out, "\"/>\n");
    for (size_t line = 1; line < plot->table->count; line++) {
        double value = table_number(plot->table, line, curve->column), epoch = table_number(plot->table, line, 0);
        if (!isfinite(value) || !is_shown(plot, line, POINTS_MAX)) continue;
        buffer_print(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"><title>epoch %.0f, %s %s %s</title></circle>\n",
                     axis_place(&plot->x, epoch), axis_place(&plot->y, value), epoch, curve->name,
                     html_escaped(plot->arena, quantity), number_text(plot->arena, value));
    }
    buffer_print(out, "</g>\n");
}

// "kl of z, sum over 2 elements, weight 0.5"
static void print_meaning(const struct report *report, const char *quantity, struct buffer *out) {
    for (const struct term *term = report->spec->terms; term; term = term->next) {
        if (strcmp(term->name, quantity) != 0) continue;
        size_t elements = term_elements(report->spec, term);
        const json_t *weight = json_object_get(json_object_get(report->facts, "weights"), quantity);
        buffer_print(out, " <span class=\"note\">%s of %s, %s over %zu element%s, weight ",
                     term_rows[term->kind].row.name, html_escaped(report->arena, term_of(report->spec, term)),
                     term_is_mean(term) ? "mean" : "sum", elements, elements == 1 ? "" : "s");
        html_number(report->arena, out, weight ? json_number_value(weight) : NAN);
        buffer_print(out, "</span>");
        return;
    }
    if (report->metrics.quantity_count > 1) buffer_print(out, " <span class=\"note\">weighted sum of all terms</span>");
}

static struct plot make_plot(const struct report *report, const char *quantity) {
    const struct metrics *metrics = &report->metrics;
    struct plot plot = {.arena = report->arena, .table = &metrics->table, .curve_count = metrics->tested ? 2 : 1};
    plot.curves[0] = (struct curve){"train", metrics_column(report->arena, metrics, quantity, false)};
    plot.curves[1] = (struct curve){"test", metrics_column(report->arena, metrics, quantity, true)};
    return plot;
}

static void print_plot(const struct report *report, const char *quantity, struct buffer *out) {
    struct plot plot = make_plot(report, quantity);
    if (!make_axes(&plot)) return;
    buffer_print(out, "<figure class=\"plot\">\n<figcaption><b>");
    html_text(out, quantity);
    buffer_print(out, "</b>");
    print_meaning(report, quantity, out);
    if (plot.y.log) buffer_print(out, " <span class=\"note\">– logarithmic scale</span>");
    buffer_print(out,
                 "</figcaption>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s against the epochs; the table "
                 "below has the numbers\">\n",
                 WIDTH, HEIGHT, html_escaped(report->arena, quantity));
    print_axes(&plot, out);
    for (int i = 0; i < plot.curve_count; i++)
        print_curve(&plot, &plot.curves[i], quantity, out);
    buffer_print(out, "</svg>\n</figure>\n");
}

// The last value, and the lowest with its epoch.
static void print_values(const struct plot *plot, const struct curve *curve, struct buffer *out) {
    size_t last = plot->table->count - 1, best = 0;
    for (size_t line = 1; line <= last; line++) {
        double value = table_number(plot->table, line, curve->column);
        if (isfinite(value) && (!best || value < table_number(plot->table, best, curve->column))) best = line;
    }
    buffer_print(out, "<td>");
    html_number(plot->arena, out, table_number(plot->table, last, curve->column));
    buffer_print(out, "</td><td>");
    html_number(plot->arena, out, best ? table_number(plot->table, best, curve->column) : NAN);
    if (best) buffer_print(out, " <span class=\"note\">epoch %.0f</span>", table_number(plot->table, best, 0));
    buffer_print(out, "</td>");
}

static void print_table(const struct report *report, struct buffer *out) {
    const struct metrics *metrics = &report->metrics;
    html_table_begin(out, "Losses after the last epoch, and the lowest ones",
                     metrics->tested ? "quantity|train, last|train, lowest|test, last|test, lowest"
                                     : "quantity|train, last|train, lowest");
    for (size_t i = 0; i < metrics->quantity_count; i++) {
        struct plot plot = make_plot(report, metrics->quantity[i]);
        buffer_print(out, "<tr><th scope=\"row\">%s</th>", html_escaped(report->arena, metrics->quantity[i]));
        for (int j = 0; j < plot.curve_count; j++)
            print_values(&plot, &plot.curves[j], out);
        buffer_print(out, "</tr>\n");
    }
    html_table_end(out);
}

void report_loss(const struct report *report, struct buffer *out) {
    const struct metrics *metrics = &report->metrics;
    html_section_begin(out, "loss", "Loss");
    if (metrics->epochs == 0) {
        buffer_print(out, "<p>No epochs: training ended before the end of the first one. The weights are the "
                          "initial ones.</p>\n");
        html_section_end(out);
        return;
    }
    buffer_print(out, "<p class=\"legend\"><span><svg class=\"swatch\" viewBox=\"0 0 18 10\" aria-hidden=\"true\"><g "
                      "class=\"curve train\"><path d=\"M0 5H18\"/></g></svg> train: mean over the epoch, each step "
                      "before its update</span>");
    if (metrics->tested)
        buffer_print(out, "<span><svg class=\"swatch\" viewBox=\"0 0 18 10\" aria-hidden=\"true\"><g class=\"curve "
                          "test\"><path d=\"M0 5H18\"/></g></svg> test: at the end of the epoch</span>");
    buffer_print(out, "</p>\n");
    if (!metrics->tested) buffer_print(out, "<p class=\"note\">There are no test data.</p>\n");
    buffer_print(out, "<div class=\"plots\">\n");
    for (size_t i = 0; i < metrics->quantity_count; i++)
        print_plot(report, metrics->quantity[i], out);
    buffer_print(out, "</div>\n");
    print_table(report, out);
    html_section_end(out);
}
