// A run as one page. report.c collects the data, report_page.c prints the page, and each of the other report_*.c prints
// some of its sections. Memory is in the arena, except JSON and buffers, which report.c frees.
#ifndef REPORT_H
#define REPORT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json/json.h"
#include "base/option/option.h"
#include "compiler/compiler.h"
#include "compiler/spec.h"
#include "driver/trainers/metrics.h"
#include "driver/trainers/run_folder.h"
#include "driver/trainers/table.h"

struct report {
    struct arena *arena;
    struct run_folder run;
    const char *data;     // path of the data: the value of --data, else the data of the run
    bool own_data;        // --data was not given
    const char *split;    // the value of --split, NULL for test
    json_t *facts;        // run.json
    json_t *evaluated;    // evaluate --json
    json_t *measured;     // measure --json; NULL if the data do not allow it
    struct metrics metrics;
    struct table timing;
    const struct spec *spec;    // of the compilation from which the trainer was built
    struct compile_costs costs;
    struct buffer source, topology;    // the spec as HTML, its topology as SVG
    // The trainer's figures; missing ones are empty.
    struct table latent, histogram, losses;
    struct buffer plane, reconstructions, best, worst;    // PNG
};

// The command report: builds the trainer, runs its commands, and writes the page. Returns an exit code; errors are
// reported on stderr.
int command_report(struct arena *arena, const struct line *line);

// Appends the complete page.
void report_page(const struct report *report, struct buffer *out);

void report_loss(const struct report *report, struct buffer *out);
void report_latent(const struct report *report, struct buffer *out);
void report_reconstructions(const struct report *report, struct buffer *out);
void report_plane(const struct report *report, struct buffer *out);
void report_measures(const struct report *report, struct buffer *out);
void report_speed(const struct report *report, struct buffer *out);
void report_repeat(const struct report *report, struct buffer *out);

// "test" or "train": the split of the trainer's figures.
const char *report_split(const struct report *report);
// Samples of that split.
size_t report_samples(const struct report *report);
// Units of the latent space.
size_t report_units(const struct report *report);

#endif
