// Axes of the page's plots: from numbers to places in a picture, and the ticks between.
#ifndef REPORT_AXIS_H
#define REPORT_AXIS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"

enum { TICKS_MAX = 24 };

struct chart_axis {
    double low, high;    // numbers at its ends
    double from, to;     // their places
    bool log;
    double tick[TICKS_MAX];
    int ticks;
};

// An axis that shows the numbers from low to high, both finite, and gives them no more room than asked for. About
// `wanted` ticks; with `whole`, at whole numbers alone. A logarithmic axis needs low > 0.
struct chart_axis axis_make(double low, double high, bool log, bool whole, int wanted);
double axis_place(const struct chart_axis *axis, double value);
// The number at a tick, as short as tells it from the others.
const char *axis_text(struct arena *arena, const struct chart_axis *axis, int tick);
// The lines and numbers at the ticks of both axes, as SVG; `upright`: lines at those of x, too.
void axes_print(struct arena *arena, const struct chart_axis *x, const struct chart_axis *y, bool upright,
                struct buffer *out);

#endif
