#include "driver/report/report_axis.h"

#include <math.h>

static void add_tick(struct chart_axis *axis, double value) {
    double room = 1e-9 * (axis->high - axis->low);
    if (axis->ticks < TICKS_MAX && value >= axis->low - room && value <= axis->high + room)
        axis->tick[axis->ticks++] = value;
}

static void tick_evenly(struct chart_axis *axis, bool whole, int wanted) {
    double rough = (axis->high - axis->low) / wanted, step = pow(10, floor(log10(rough)));
    if (rough > 5 * step)
        step *= 10;
    else if (rough > 2 * step)
        step *= 5;
    else if (rough > step)
        step *= 2;
    if (whole && step < 1) step = 1;
    double first = ceil(axis->low / step - 1e-9);
    for (int i = 0; i < TICKS_MAX && (first + i) * step <= axis->high + 1e-9 * step; i++)
        add_tick(axis, (first + i) * step + 0.0);
}

// Ticks at powers of ten; if there are few, also at 2 and 5 times these.
static void tick_powers(struct chart_axis *axis) {
    int first = (int)floor(log10(axis->low)), last = (int)ceil(log10(axis->high));
    int every = 1 + (last - first) / 12;
    for (int power = first; power <= last; power += every) {
        add_tick(axis, pow(10, power));
        if (last - first > 3) continue;
        add_tick(axis, 2 * pow(10, power));
        add_tick(axis, 5 * pow(10, power));
    }
}

struct chart_axis axis_make(double low, double high, bool log, bool whole, int wanted) {
    if (low == high) {
        double margin = whole ? 0.5 : low == 0 ? 1 : fabs(low) / 10;
        low -= margin;
        high += margin;
    }
    struct chart_axis axis = {.low = low, .high = high, .log = log};
    if (log)
        tick_powers(&axis);
    else
        tick_evenly(&axis, whole, wanted);
    return axis;
}

double axis_place(const struct chart_axis *axis, double value) {
    double part = axis->log ? log(value / axis->low) / log(axis->high / axis->low)
                            : (value - axis->low) / (axis->high - axis->low);
    return axis->from + part * (axis->to - axis->from);
}

const char *axis_text(struct arena *arena, const struct chart_axis *axis, int tick) {
    double value = axis->tick[tick];
    return arena_print(arena, "%.6g", fabs(value) < 1e-9 * (axis->high - axis->low) ? 0 : value);
}

void axes_print(struct arena *arena, const struct chart_axis *x, const struct chart_axis *y, bool upright,
                struct buffer *out) {
    buffer_print(out, "<g class=\"grid\">");
    for (int i = 0; i < x->ticks && upright; i++)
        buffer_print(out, "<path d=\"M%.1f %.1fV%.1f\"/>", axis_place(x, x->tick[i]), y->from, y->to);
    for (int i = 0; i < y->ticks; i++)
        buffer_print(out, "<path d=\"M%.1f %.1fH%.1f\"/>", x->from, axis_place(y, y->tick[i]), x->to);
    buffer_print(out, "</g>\n<g class=\"tick\" text-anchor=\"end\">");
    for (int i = 0; i < y->ticks; i++)
        buffer_print(out, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", x->from - 6, axis_place(y, y->tick[i]) + 4,
                     axis_text(arena, y, i));
    buffer_print(out, "</g>\n<g class=\"tick\" text-anchor=\"middle\">");
    for (int i = 0; i < x->ticks; i++)
        buffer_print(out, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", axis_place(x, x->tick[i]), y->from + 16,
                     axis_text(arena, x, i));
    buffer_print(out, "</g>\n");
}
