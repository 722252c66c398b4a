#include "driver/sweep/sweep_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "compiler/spec.h"
#include "driver/trainers/sets.h"

static int read_axes(struct arena *arena, const char *path, const struct spec *spec, struct sweep_plan *plan) {
    for (const struct sweep_axis *axis = spec->axes; axis; axis = axis->next)
        plan->axes++;
    if (plan->axes == 0)
        return message_error(EXIT_CONTENT,
                             "sweep: %s has no sweep block; an example: sweep { learning_rate in [1e-2, 1e-3] }", path);
    plan->axis = ARENA_ARRAY(arena, struct sweep_axis_values, plan->axes);
    plan->points = 1;
    struct sweep_axis_values *values = plan->axis;
    for (const struct sweep_axis *axis = spec->axes; axis; axis = axis->next, values++) {
        *values = (struct sweep_axis_values){.name = arena_copy(arena, axis->name, strlen(axis->name)),
                                             .value = ARENA_ARRAY(arena, const char *, axis->count),
                                             .count = axis->count};
        for (size_t i = 0; i < axis->count; i++)
            values->value[i] = sets_value(arena, axis->setting, axis->values[i]);
        plan->points *= axis->count;
        if (plan->points <= SWEEP_POINTS_MAX) continue;
        return message_error(EXIT_CONTENT, "sweep: %s has more than %d points", path, SWEEP_POINTS_MAX);
    }
    return EXIT_OK;
}

static enum optimizer optimizer_of(const struct spec *spec) {
    return (enum optimizer)spec->setting_values[SETTING_optimizer];
}

// True for a setting that the optimizer does not read.
static bool is_unread(const struct spec *spec, const char *name) {
    for (int i = 0; i < SETTING_COUNT; i++)
        if (strcmp(setting_names[i], name) == 0) return !setting_reaches((enum setting_id)i, optimizer_of(spec));
    return false;
}

// True for the setting epochs, unless the optimizer reads it: a training with fewer epochs is then the beginning of a
// longer one.
static bool is_continued(const struct spec *spec, int setting) {
    return setting == SETTING_epochs && !optimizer_reads(optimizer_of(spec), SETTING_epochs);
}

// A text of everything that affects the numbers of a training: the consts of the network, the weights of the loss, and
// the settings that the optimizer reads; without the epochs if these only set the length.
static const char *key_of(struct arena *arena, const struct spec *spec) {
    struct buffer key = {0};
    for (const struct constant *constant = spec->constants; constant; constant = constant->next)
        if (constant->is_number && constant->fixed)
            buffer_print(&key, "%s=%s;", constant->name.text, sets_value(arena, -1, constant->number));
    for (const struct term *term = spec->terms; term; term = term->next)
        buffer_print(&key, "weight=%s;", sets_value(arena, -1, term->weight_value));
    for (int i = 0; i < SETTING_COUNT; i++)
        if (!is_continued(spec, i) && setting_reaches((enum setting_id)i, optimizer_of(spec)))
            buffer_print(&key, "%s=%s;", setting_names[i], sets_value(arena, i, spec->setting_values[i]));
    const char *text = arena_copy(arena, key.text, key.length);
    buffer_free(&key);
    return text;
}

// The values of the axes that affect a point, without the epochs if longer trainings continue it.
static const char *name_of(struct arena *arena, const struct sweep_plan *plan, const struct sweep_point *point,
                           const struct spec *spec) {
    const char *name = NULL;
    for (size_t i = 0; i < plan->axes; i++) {
        const struct sweep_axis_values *axis = &plan->axis[i];
        if (is_unread(spec, axis->name)) continue;
        if (strcmp(axis->name, "epochs") == 0 && is_continued(spec, SETTING_epochs)) continue;
        name = arena_print(arena, "%s%s%s=%s", name ? name : "", name ? "_" : "", axis->name,
                           axis->value[point->value[i]]);
    }
    return name ? name : plan->model;
}

static void note_unread(struct arena *arena, const struct spec *spec, struct sweep_plan *plan) {
    const char *optimizer = sets_value(arena, SETTING_optimizer, optimizer_of(spec));
    for (size_t i = 0; i < plan->axes; i++) {
        if (!is_unread(spec, plan->axis[i].name)) continue;
        const char *note = arena_print(arena, "%s does not read %s", optimizer, plan->axis[i].name);
        if (!plan->unread)
            plan->unread = note;
        else if (!strstr(plan->unread, note))
            plan->unread = arena_print(arena, "%s, %s", plan->unread, note);
    }
}

static size_t training_find(const struct sweep_plan *plan, const char *key) {
    size_t i = 0;
    while (i < plan->trainings && strcmp(plan->training[i].key, key) != 0)
        i++;
    return i;
}

// Appends a number if another training already has the name, which a const without effect can cause.
static const char *name_alone(struct arena *arena, const struct sweep_plan *plan, const char *name) {
    for (size_t i = 0; i < plan->trainings; i++)
        if (strcmp(plan->training[i].name, name) == 0) return arena_print(arena, "%s_%zu", name, plan->trainings);
    return name;
}

// Finds the training of a point, or adds a new one.
static int place_point(struct arena *arena, struct sweep_plan *plan, struct sweep_point *point,
                       struct compilation *compilation, const char *const *sets, size_t set_count) {
    const struct spec *spec = compilation_spec(compilation);
    const char *key = key_of(arena, spec);
    point->epochs = (size_t)spec->setting_values[SETTING_epochs];
    point->training = training_find(plan, key);
    struct sweep_training *training = &plan->training[point->training];
    if (point->training == plan->trainings) {
        *training = (struct sweep_training){.key = key,
                                            .name = name_alone(arena, plan, name_of(arena, plan, point, spec)),
                                            .batch = (size_t)spec->setting_values[SETTING_batch]};
        plan->trainings++;
    }
    training->points++;
    if (point->epochs <= training->epochs) return EXIT_OK;
    struct compile_costs costs = {0};
    int code = compile_costs(compilation, &costs);
    training->sets = sets;
    training->set_count = set_count;
    training->epochs = point->epochs;
    training->work = costs.step_flops * (double)point->epochs;
    return code;
}

// Counts merged points: points with the same training and number of epochs as another point, and shorter points, which
// are the beginning of their training.
static void count_merged(struct sweep_plan *plan) {
    size_t kinds = 0;
    for (size_t i = 0; i < plan->points; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = plan->point[j].training == plan->point[i].training && plan->point[j].epochs == plan->point[i].epochs;
        kinds += !seen;
    }
    plan->without_effect = plan->points - kinds;
    plan->shorter = kinds - plan->trainings;
}

static int make_points(struct arena *arena, const struct compile_options *options, struct sweep_plan *plan) {
    plan->point = ARENA_ARRAY(arena, struct sweep_point, plan->points);
    plan->training = ARENA_ARRAY(arena, struct sweep_training, plan->points);
    for (size_t i = 0; i < plan->points; i++) {
        struct sweep_point *point = &plan->point[i];
        const char **sets = ARENA_ARRAY(arena, const char *, options->set_count + plan->axes + 1);
        size_t count = 0, rest = i;
        for (; count < options->set_count; count++)
            sets[count] = options->sets[count];
        point->value = ARENA_ARRAY(arena, size_t, plan->axes);
        for (size_t axis = plan->axes; axis-- > 0; rest /= plan->axis[axis].count)
            point->value[axis] = rest % plan->axis[axis].count;
        for (size_t axis = 0; axis < plan->axes; axis++)
            sets[count++] =
                arena_print(arena, "%s=%s", plan->axis[axis].name, plan->axis[axis].value[point->value[axis]]);
        struct compile_options own = *options;
        own.sets = sets;
        own.set_count = count;
        struct compilation *compilation;
        int code = compilation_open(&own, &compilation);
        if (code != EXIT_OK) return code;
        note_unread(arena, compilation_spec(compilation), plan);
        code = place_point(arena, plan, point, compilation, sets, count);
        compilation_close(compilation);
        if (code != EXIT_OK) return code;
    }
    count_merged(plan);
    return EXIT_OK;
}

int sweep_plan_make(struct arena *arena, const struct compile_options *options, const struct compilation *compilation,
                    struct sweep_plan *plan) {
    const struct spec *spec = compilation_spec(compilation);
    *plan = (struct sweep_plan){.model = arena_copy(arena, spec->model, strlen(spec->model))};
    int code = read_axes(arena, options->path, spec, plan);
    return code == EXIT_OK ? make_points(arena, options, plan) : code;
}

size_t sweep_plan_epochs(const struct sweep_plan *plan) {
    size_t epochs = 0;
    for (size_t i = 0; i < plan->trainings; i++)
        epochs += plan->training[i].epochs;
    return epochs;
}

void sweep_plan_print(const struct sweep_plan *plan, struct buffer *out) {
    buffer_print(out, "%zu points:", plan->points);
    for (size_t i = 0; i < plan->axes; i++)
        buffer_print(out, "%s %zu of %s", i ? " x" : "", plan->axis[i].count, plan->axis[i].name);
    buffer_print(out, "\n");
    if (plan->without_effect)
        buffer_print(out, "%zu have the same result as another: %s\n", plan->without_effect,
                     plan->unread ? plan->unread : "their values have no effect");
    if (plan->shorter) buffer_print(out, "%zu are the first epochs of a longer training\n", plan->shorter);
    buffer_print(out, "%zu trainings, %zu epochs\n\n%8s %8s %8s  %s\n", plan->trainings, sweep_plan_epochs(plan),
                 "training", "epochs", "points", "of");
    for (size_t i = 0; i < plan->trainings; i++)
        buffer_print(out, "%8zu %8zu %8zu  %s\n", i + 1, plan->training[i].epochs, plan->training[i].points,
                     plan->training[i].name);
}
