// A run as one page: what is gathered about it, and the sections that are written of that. report.c gathers,
// report_page.c puts the sections in their order, each report_*.c writes some of them. Memory is the arena's, but for
// JSON and buffers, which report.c frees.
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
    const char *data;     // where the data are: the value of --data, else what the run was trained on
    bool own_data;        // there was no --data
    const char *split;    // the value of --split, NULL for test
    json_t *facts;        // run.json
    json_t *evaluated;    // evaluate --json
    json_t *measured;     // measure --json; NULL where the data do not allow it
    struct metrics metrics;
    struct table timing;
    const struct spec *spec;    // the compilation's that the trainer was built from
    struct compile_costs costs;
    struct buffer source, topology;    // of the spec, as HTML; as SVG
    // The trainer's figures; what it did not make is empty.
    struct table latent, histogram, losses;
    struct buffer plane, reconstructions, best, worst;    // PNG
};

// The command report: builds the trainer, asks it, and writes a run as one page. An exit code, reported on stderr.
int command_report(struct arena *arena, const struct line *line);

// Appends the page, whole.
void report_page(const struct report *report, struct buffer *out);

void report_loss(const struct report *report, struct buffer *out);
void report_latent(const struct report *report, struct buffer *out);
void report_reconstructions(const struct report *report, struct buffer *out);
void report_plane(const struct report *report, struct buffer *out);
void report_measures(const struct report *report, struct buffer *out);
void report_speed(const struct report *report, struct buffer *out);
void report_repeat(const struct report *report, struct buffer *out);

// "test", "train": whose codes, pictures and losses those of the trainer's figures are.
const char *report_split(const struct report *report);
// Samples of it.
size_t report_samples(const struct report *report);
// Units of the latent space.
size_t report_units(const struct report *report);

#endif
