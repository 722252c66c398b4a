// Axes of the page's plots: the mapping from numbers to coordinates, and the ticks.
#ifndef REPORT_AXIS_H
#define REPORT_AXIS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"

enum { TICKS_MAX = 24 };

struct chart_axis {
    double low, high;    // numbers at its ends
    double from, to;     // their coordinates
    bool log;
    double tick[TICKS_MAX];
    int ticks;
};

// An axis from low to high, which must be finite, with about `wanted` ticks; if `whole`, only at whole numbers. A
// logarithmic axis requires low > 0.
struct chart_axis axis_make(double low, double high, bool log, bool whole, int wanted);
double axis_place(const struct chart_axis *axis, double value);
// The number at a tick, with as many digits as needed to distinguish the ticks.
const char *axis_text(struct arena *arena, const struct chart_axis *axis, int tick);
// Prints the grid lines and numbers of both axes as SVG; `upright`: also the lines at the ticks of x.
void axes_print(struct arena *arena, const struct chart_axis *x, const struct chart_axis *y, bool upright,
                struct buffer *out);

#endif
