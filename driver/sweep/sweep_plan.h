// The trainings of a sweep: the product of its axes, with points merged that must have the same result.
#ifndef SWEEP_PLAN_H
#define SWEEP_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "compiler/compiler.h"

struct sweep_axis_values {
    const char *name;
    const char **value;    // [count] as in sweep.csv: words, or numbers in their shortest form
    size_t count;
};

// A point of the product.
struct sweep_point {
    size_t *value;      // [axes] which value of each axis
    size_t training;    // the training that computes the point
    size_t epochs;      // epochs of the point, at most those of the training
};

// A run of the trainer, shared by all points whose settings with an effect are equal.
struct sweep_training {
    const char *name;           // name of its folder: the axes that have an effect, "batch=128_optimizer=adam"
    const char *key;            // everything that affects its numbers, except the epochs
    const char *const *sets;    // [set_count] NAME=VALUE of the longest point
    size_t set_count;
    size_t epochs, batch;
    size_t points;    // number of points that it computes
    double work;      // FLOPs per sample, for all epochs
};

struct sweep_plan {
    const char *model;
    struct sweep_axis_values *axis;    // [axes] in the spec's order
    size_t axes;
    struct sweep_point *point;    // [points] the last axis moving fastest
    size_t points;
    struct sweep_training *training;    // [trainings] in the order of their first points
    size_t trainings;
    size_t without_effect;    // points merged because an axis has no effect on them
    size_t shorter;           // other points that are the beginning of a longer one
    const char *unread;       // which settings had no effect: "momentum (adam)", NULL for none
};

enum { SWEEP_POINTS_MAX = 10000 };

// Makes the plan of the sweep block of a compilation. The values of the axes override the --sets of the options.
// Returns EXIT_CONTENT, with an error on stderr, if the spec has no sweep block or too many points. Memory is in the
// arena.
int sweep_plan_make(struct arena *arena, const struct compile_options *options, const struct compilation *compilation,
                    struct sweep_plan *plan);
size_t sweep_plan_epochs(const struct sweep_plan *plan);
// Prints the plan as for --dry-run, without the estimated time.
void sweep_plan_print(const struct sweep_plan *plan, struct buffer *out);

#endif
