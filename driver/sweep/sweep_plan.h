// What a sweep has to train: the product of its axes, with those points merged that must end in the same numbers.
#ifndef SWEEP_PLAN_H
#define SWEEP_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "compiler/compiler.h"

struct sweep_axis_values {
    const char *name;
    const char **value;    // [count] as sweep.csv has them: shortest numbers, words
    size_t count;
};

// A point of the product.
struct sweep_point {
    size_t *value;      // [axes] which value of each axis
    size_t training;    // that answers it
    size_t epochs;      // of its own, at most the training's
};

// A run of the trainer: all its epochs answer the points that agree in all that has an effect.
struct sweep_training {
    const char *name;           // of its folder: the axes that have an effect on it, "batch=128_optimizer=adam"
    const char *key;            // all that its numbers follow from, but for the epochs
    const char *const *sets;    // [set_count] NAME=VALUE of its longest point
    size_t set_count;
    size_t epochs, batch;
    size_t points;    // that it answers
    double work;      // FLOPs of a sample in all epochs
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
    size_t shorter;           // points that are the beginning of a longer one, of those that are left
    const char *unread;       // which settings had no effect: "momentum (adam)", NULL for none
};

enum { SWEEP_POINTS_MAX = 10000 };

// The plan of the sweep block of a compilation under the options, whose sets the axes replace. An exit code, told on stderr:
// EXIT_CONTENT when the spec has no sweep block, or too many points. Memory is the arena's.
int sweep_plan_make(struct arena *arena, const struct compile_options *options, const struct compilation *compilation,
                    struct sweep_plan *plan);
size_t sweep_plan_epochs(const struct sweep_plan *plan);
// The plan as --dry-run shows it, but for the time.
void sweep_plan_print(const struct sweep_plan *plan, struct buffer *out);

#endif
