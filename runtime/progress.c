#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "say.h"

enum { BAR = 20 };
static const double between_drawings = 0.1;    // seconds

double progress_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_begin(struct progress *progress, bool quiet, uint64_t epochs, size_t samples) {
    const char *no_colour = getenv("NO_COLOR"), *kind = getenv("TERM");
    bool terminal = isatty(STDERR_FILENO) && !(kind && strcmp(kind, "dumb") == 0);
    *progress = (struct progress){.quiet = quiet,
                                  .terminal = terminal,
                                  .colour = terminal && !(no_colour && *no_colour),
                                  .epochs = epochs,
                                  .samples = samples,
                                  .begun = progress_seconds()};
}

static void format_time(char text[32], double seconds) {
    unsigned long long whole = seconds > 0 && seconds < 1e9 ? (unsigned long long)(seconds + 0.5) : 0;
    if (whole >= 3600)
        snprintf(text, 32, "%llu:%02llu:%02llu", whole / 3600, whole / 60 % 60, whole % 60);
    else
        snprintf(text, 32, "%llu:%02llu", whole / 60, whole % 60);
}

void progress_clear(struct progress *progress) {
    if (progress->drawn) fputs("\r\033[K", stderr);
    progress->drawn = false;
}

void progress_step(struct progress *progress, uint64_t epoch, size_t done, double loss) {
    if (progress->quiet || !progress->terminal) return;
    double now = progress_seconds();
    if (now - progress->last_drawn < between_drawings) return;
    progress->last_drawn = now;
    double seen = (double)(epoch - 1) * (double)progress->samples + (double)done;
    double rate = seen / (now - progress->begun);
    char left[32], bar[BAR + 1] = {0};
    format_time(left, ((double)progress->epochs * (double)progress->samples - seen) / rate);
    size_t filled = done * BAR / progress->samples;
    memset(bar, '-', BAR);
    memset(bar, '#', filled);
    fprintf(stderr, "\r\033[Kepoch %llu/%llu [%s%.*s%s%s] %.0f samples/s, %s left, loss %.6g",
            (unsigned long long)epoch, (unsigned long long)progress->epochs, progress->colour ? "\033[32m" : "",
            (int)filled, bar, progress->colour ? "\033[0m" : "", bar + filled, rate, left, loss);
    fflush(stderr);
    progress->drawn = true;
}

void progress_epoch(struct progress *progress, uint64_t epoch, double seconds, double samples_per_second, double train,
                    const double *test) {
    if (progress->quiet) return;
    progress_clear(progress);
    fprintf(stderr, "epoch %llu/%llu: train loss %.6g", (unsigned long long)epoch, (unsigned long long)progress->epochs,
            say_number(train));
    if (test) fprintf(stderr, ", test loss %.6g", say_number(*test));
    fprintf(stderr, ", %.1f s, %.0f samples/s\n", seconds, samples_per_second);
}
