#include "driver/sweep/sweep_plan.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "driver/trainers/sets.h"

// `show --json` of the spec with these sets; the caller's.
static int ask_compiler(struct compile_options options, const char *const *sets, size_t set_count, json_t **shown) {
    options.sets = sets;
    options.set_count = set_count;
    struct buffer text = {0};
    int code = compile_show(&options, true, &text);
    *shown = code == EXIT_OK ? json_loadb(text.text, text.length, 0, NULL) : NULL;
    buffer_free(&text);
    return code;
}

static int read_axes(struct arena *arena, const char *path, const json_t *shown, struct sweep_plan *plan) {
    const json_t *sweep = json_object_get(shown, "sweep");
    plan->axes = json_array_size(sweep);
    if (plan->axes == 0)
        return message_error(
            EXIT_CONTENT, "sweep: %s has no sweep block; one looks so: sweep { learning_rate in [1e-2, 1e-3] }", path);
    plan->axis = ARENA_ARRAY(arena, struct sweep_axis_values, plan->axes);
    plan->points = 1;
    for (size_t i = 0; i < plan->axes; i++) {
        const json_t *row = json_array_get(sweep, i), *values = json_object_get(row, "values");
        struct sweep_axis_values *axis = &plan->axis[i];
        const char *name = json_string_value(json_object_get(row, "name"));
        *axis =
            (struct sweep_axis_values){.name = arena_copy(arena, name, strlen(name)), .count = json_array_size(values)};
        axis->value = ARENA_ARRAY(arena, const char *, axis->count);
        for (size_t j = 0; j < axis->count; j++)
            axis->value[j] = strchr(sets_assignment(arena, name, json_array_get(values, j)), '=') + 1;
        plan->points *= axis->count;
        if (plan->points <= SWEEP_POINTS_MAX) continue;
        return message_error(EXIT_CONTENT, "sweep: %s has more than %d points", path, SWEEP_POINTS_MAX);
    }
    return EXIT_OK;
}

static bool is_unread(const json_t *shown, const char *name) {
    const json_t *unread = json_object_get(shown, "unread");
    for (size_t i = 0; i < json_array_size(unread); i++)
        if (strcmp(json_string_value(json_array_get(unread, i)), name) == 0) return true;
    return false;
}

// All that the numbers of a training follow from: the network's consts, the weights of the loss, the settings that the
// optimizer reads. Its epochs are left out: they say how long it goes on.
static const char *key_of(struct arena *arena, const json_t *shown) {
    struct buffer key = {0};
    const json_t *consts = json_object_get(shown, "consts"), *loss = json_object_get(shown, "loss");
    for (size_t i = 0; i < json_array_size(consts); i++) {
        const json_t *row = json_array_get(consts, i);
        if (json_is_true(json_object_get(row, "run_time"))) continue;
        buffer_print(
            &key, "%s;",
            sets_assignment(arena, json_string_value(json_object_get(row, "name")), json_object_get(row, "value")));
    }
    for (size_t i = 0; i < json_array_size(loss); i++)
        buffer_print(&key, "%s;", sets_assignment(arena, "weight", json_object_get(json_array_get(loss, i), "weight")));
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(shown, "train"), name, value) {
        if (strcmp(name, "epochs") != 0 && !is_unread(shown, name))
            buffer_print(&key, "%s;", sets_assignment(arena, name, value));
    }
    const char *text = arena_copy(arena, key.text, key.length);
    buffer_free(&key);
    return text;
}

// The axes that have an effect on a point, but for the epochs.
static const char *name_of(struct arena *arena, const struct sweep_plan *plan, const struct sweep_point *point,
                           const json_t *shown) {
    const char *name = NULL;
    for (size_t i = 0; i < plan->axes; i++) {
        const struct sweep_axis_values *axis = &plan->axis[i];
        if (strcmp(axis->name, "epochs") == 0 || is_unread(shown, axis->name)) continue;
        name = arena_print(arena, "%s%s%s=%s", name ? name : "", name ? "_" : "", axis->name,
                           axis->value[point->value[i]]);
    }
    return name ? name : plan->model;
}

static void note_unread(struct arena *arena, const json_t *shown, struct sweep_plan *plan) {
    const char *optimizer = json_string_value(json_object_get(json_object_get(shown, "train"), "optimizer"));
    for (size_t i = 0; i < plan->axes; i++) {
        if (!is_unread(shown, plan->axis[i].name)) continue;
        const char *note = arena_print(arena, "%s does not read %s", optimizer, plan->axis[i].name);
        if (!plan->unread)
            plan->unread = note;
        else if (!strstr(plan->unread, note))
            plan->unread = arena_print(arena, "%s, %s", plan->unread, note);
    }
}

static double train_number(const json_t *shown, const char *name) {
    return json_number_value(json_object_get(json_object_get(shown, "train"), name));
}

static size_t training_find(const struct sweep_plan *plan, const char *key) {
    size_t i = 0;
    while (i < plan->trainings && strcmp(plan->training[i].key, key) != 0)
        i++;
    return i;
}

// A name that another training has already, as a const without effect can bring about, gets a number.
static const char *name_alone(struct arena *arena, const struct sweep_plan *plan, const char *name) {
    for (size_t i = 0; i < plan->trainings; i++)
        if (strcmp(plan->training[i].name, name) == 0) return arena_print(arena, "%s_%zu", name, plan->trainings);
    return name;
}

// The training of a point, a new one where none answers it yet.
static void place_point(struct arena *arena, struct sweep_plan *plan, struct sweep_point *point, const json_t *shown,
                        const char *const *sets, size_t set_count) {
    const char *key = key_of(arena, shown);
    double flops = json_number_value(json_object_get(json_object_get(shown, "step"), "flops"));
    point->epochs = (size_t)train_number(shown, "epochs");
    point->training = training_find(plan, key);
    struct sweep_training *training = &plan->training[point->training];
    if (point->training == plan->trainings) {
        *training = (struct sweep_training){.key = key,
                                            .name = name_alone(arena, plan, name_of(arena, plan, point, shown)),
                                            .batch = (size_t)train_number(shown, "batch")};
        plan->trainings++;
    }
    training->points++;
    if (point->epochs <= training->epochs) return;
    training->sets = sets;
    training->set_count = set_count;
    training->epochs = point->epochs;
    training->work = flops * (double)point->epochs;
}

// Points whose training another point of as many epochs has already are without effect; of the others, those that are
// not the longest of their training are its beginning.
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
        json_t *shown;
        int code = ask_compiler(*options, sets, count, &shown);
        if (code != EXIT_OK) return code;
        note_unread(arena, shown, plan);
        place_point(arena, plan, point, shown, sets, count);
        json_decref(shown);
    }
    count_merged(plan);
    return EXIT_OK;
}

int sweep_plan_make(struct arena *arena, const struct compile_options *options, struct sweep_plan *plan) {
    *plan = (struct sweep_plan){0};
    json_t *shown;
    int code = ask_compiler(*options, options->sets, options->set_count, &shown);
    if (code != EXIT_OK) return code;
    const char *model = json_string_value(json_object_get(shown, "model"));
    plan->model = arena_copy(arena, model, strlen(model));
    code = read_axes(arena, options->path, shown, plan);
    json_decref(shown);
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
        buffer_print(out, "%zu end in the same numbers as another: %s\n", plan->without_effect,
                     plan->unread ? plan->unread : "their values have no effect");
    if (plan->shorter) buffer_print(out, "%zu are the first epochs of a longer one\n", plan->shorter);
    buffer_print(out, "%zu trainings, %zu epochs\n\n%8s %8s %8s  %s\n", plan->trainings, sweep_plan_epochs(plan),
                 "training", "epochs", "points", "of");
    for (size_t i = 0; i < plan->trainings; i++)
        buffer_print(out, "%8zu %8zu %8zu  %s\n", i + 1, plan->training[i].epochs, plan->training[i].points,
                     plan->training[i].name);
}
