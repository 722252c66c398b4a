#include "runtime/train/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/number.h"

enum { BAR_MAX = 30, BAR_MIN = 8, WIDTH_UNKNOWN = 80 };
static const double between_drawings = 0.1;    // seconds

void progress_begin(struct progress *progress, bool quiet, uint64_t epochs, size_t samples, double total) {
    const char *no_colour = getenv("NO_COLOR"), *kind = getenv("TERM");
    bool terminal = isatty(STDERR_FILENO) && !(kind && strcmp(kind, "dumb") == 0);
    *progress = (struct progress){.quiet = quiet,
                                  .terminal = terminal,
                                  .colour = terminal && !(no_colour && *no_colour),
                                  .epochs = epochs,
                                  .samples = samples,
                                  .total = total,
                                  .begun = clock_seconds()};
}

void progress_clear(struct progress *progress) {
    if (progress->drawn) fputs("\r\033[K", stderr);
    progress->drawn = false;
}

// Queried for each line, because the window may be resized.
static size_t terminal_width(void) {
    struct winsize size;
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : WIDTH_UNKNOWN;
}

// The parts of the line besides the bar, the most important first.
enum { PART_EPOCH, PART_LOSS, PART_LEFT, PART_RATE, PARTS };
struct parts {
    char text[PARTS][128];
    size_t count;    // number of parts that fit on the terminal
    size_t bar;      // its width, 0 for none
    size_t room;     // columns of the terminal without the last one
};

static size_t parts_length(const struct parts *parts, size_t count) {
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += strlen(parts->text[i]);
    return length;
}

// Omits parts that do not fit, because a line that wraps cannot be redrawn in place.
static void parts_fit(struct parts *parts) {
    parts->room = terminal_width() - 1;
    parts->count = PARTS;
    while (parts->count > 1 && parts_length(parts, parts->count) > parts->room)
        parts->count--;
    size_t length = parts_length(parts, parts->count) + strlen(" []");
    size_t left = length < parts->room ? parts->room - length : 0;
    parts->bar = left < BAR_MIN ? 0 : left > BAR_MAX ? BAR_MAX : left;
}

static void parts_draw(const struct progress *progress, const struct parts *parts, size_t done) {
    char bar[BAR_MAX + 1] = {0};
    size_t filled = done * parts->bar / progress->samples;
    memset(bar, '-', parts->bar);
    memset(bar, '#', filled);
    fprintf(stderr, "\r\033[K%.*s", (int)parts->room, parts->text[PART_EPOCH]);
    if (parts->bar)
        fprintf(stderr, " [%s%.*s%s%s]", progress->colour ? "\033[32m" : "", (int)filled, bar,
                progress->colour ? "\033[0m" : "", bar + filled);
    static const int order[] = {PART_RATE, PART_LEFT, PART_LOSS};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if ((size_t)order[i] < parts->count) fputs(parts->text[order[i]], stderr);
    fflush(stderr);
}

void progress_step(struct progress *progress, uint64_t epoch, size_t done, double loss) {
    if (progress->quiet || !progress->terminal) return;
    double now = clock_seconds();
    if (now - progress->last_drawn < between_drawings) return;
    progress->last_drawn = now;
    double seen = (double)(epoch - 1) * (double)progress->samples + (double)done;
    double rate = seen / (now - progress->begun);
    char left[DURATION_TEXT];
    duration_format(left, (progress->total - seen) / rate);
    struct parts parts;
    snprintf(parts.text[PART_EPOCH], sizeof *parts.text, "epoch %llu/%llu", (unsigned long long)epoch,
             (unsigned long long)progress->epochs);
    if (progress->has_test)
        snprintf(parts.text[PART_LOSS], sizeof *parts.text, "  train %.5g, test %.5g", number_unsigned_nan(loss),
                 number_unsigned_nan(progress->test));
    else
        snprintf(parts.text[PART_LOSS], sizeof *parts.text, "  train %.5g", number_unsigned_nan(loss));
    snprintf(parts.text[PART_LEFT], sizeof *parts.text, "  %s left", left);
    snprintf(parts.text[PART_RATE], sizeof *parts.text, "  %.0f samples/s", rate);
    parts_fit(&parts);
    parts_draw(progress, &parts, done);
    progress->drawn = true;
}

void progress_epoch(struct progress *progress, uint64_t epoch, double seconds, double samples_per_second, double train,
                    const double *test) {
    progress->has_test = test != NULL;
    if (test) progress->test = *test;
    if (progress->quiet) return;
    progress_clear(progress);
    fprintf(stderr, "epoch %llu/%llu: train loss %.6g", (unsigned long long)epoch, (unsigned long long)progress->epochs,
            number_unsigned_nan(train));
    if (test) fprintf(stderr, ", test loss %.6g", number_unsigned_nan(*test));
    fprintf(stderr, ", %.1f s, %.0f samples/s\n", seconds, samples_per_second);
}
