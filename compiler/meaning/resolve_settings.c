#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "compiler/meaning/resolver.h"

static int setting_find(struct resolver *r, struct name name, const char *const *names, int count, const char *where) {
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name.text) == 0) return i;
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_setting, name.span, name.text, where);
    diagnostic_suggest(r->diagnostics, error, nearest_name(name.text, names, (size_t)count));
    return -1;
}

// The row of a line of data or train, or -1 after an error. `first` has the first line of each row so far.
static int setting_row(struct resolver *r, const struct item *item, const struct setting *setting,
                       const char *const *names, int count, const struct setting **first) {
    const char *where = item_word(item->kind);
    struct name name = setting->name;
    if (!name.text) {
        error_at(r->diagnostics, ERROR_setting_form, setting->value->span, where);
        return -1;
    }
    int row = setting_find(r, name, names, count, where);
    if (row < 0) return -1;
    if (first[row]) {
        struct diagnostic *error = error_at(r->diagnostics, ERROR_duplicate_setting, name.span, name.text);
        diagnostic_note(r->diagnostics, error, first[row]->name.span, "first set here");
        return -1;
    }
    first[row] = setting;
    if (setting->value) return row;
    error_at(r->diagnostics, ERROR_setting_form, name.span, where);
    return -1;
}

// True for a path that was written without quotes: names and numbers with '/' or '-' between them, of which some name
// is not a const.
static bool path_unquoted(const struct spec *spec, const struct expression *expression, bool *unknown) {
    const char *word = expression_word(expression);
    if (word) *unknown |= !constant_find(spec, word);
    if (word || expression->kind == EXPRESSION_NUMBER) return true;
    return expression->kind == EXPRESSION_BINARY && strchr("/-", expression->binary.symbol) &&
           path_unquoted(spec, expression->binary.left, unknown) &&
           path_unquoted(spec, expression->binary.right, unknown);
}

static void resolve_path(struct resolver *r, const struct expression *path) {
    bool unknown = false;
    // A single word may be the misspelled name of a const.
    bool name = expression_word(path) && r->spec->constants;
    if (!name && path_unquoted(r->spec, path, &unknown) && unknown) {
        struct diagnostic *error = error_at(r->diagnostics, ERROR_path_unquoted, path->span);
        diagnostic_hint(r->diagnostics, error, "write \"%s\"", span_text(r->arena, path->span));
        return;
    }
    struct result result = evaluate(&r->scope, path, true);
    if (result.kind == RESULT_STRING)
        r->spec->source = result.string;
    else if (result.kind != RESULT_NONE)
        error_at(r->diagnostics, ERROR_wrong_type, path->span, "the path of idx", "a string",
                 result.kind == RESULT_LIST ? "a list" : "a number");
}

static void source_unknown(struct resolver *r, const struct expression *value) {
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_choice, value->span, "source", "idx(\"PATH\")",
                                        expression_describe(&r->scope, value));
    const struct expression *bare = expression_bare(value);
    bool unknown = false;
    if (bare->kind == EXPRESSION_STRING)
        diagnostic_hint(r->diagnostics, error, "write idx(\"%s\")", bare->string);
    else if (path_unquoted(r->spec, bare, &unknown) && unknown)
        diagnostic_hint(r->diagnostics, error, "write idx(\"%s\")", span_text(r->arena, bare->span));
}

static void resolve_source(struct resolver *r, const struct expression *value) {
    const struct expression *bare = expression_bare(value);
    const struct call *call = bare->kind == EXPRESSION_CALL ? bare->call : NULL;
    if (!call || strcmp(call->name.text, "idx") != 0) {
        source_unknown(r, value);
        return;
    }
    const struct argument *path = call->arguments.first;
    if (!path) {
        error_at(r->diagnostics, ERROR_missing_argument, call->name.span, "idx", "path");
        return;
    }
    if (path->next) error_at(r->diagnostics, ERROR_too_many_arguments, path->next->value->span, "idx", "1 argument", 2);
    if (path->name.text && strcmp(path->name.text, "path") != 0)
        error_at(r->diagnostics, ERROR_unknown_argument, path->name.span, "idx", path->name.text);
    resolve_path(r, path->value);
}

static const struct argument_row mean_row = {"mean", ARGUMENT_REAL, 0, -1e30, 1e30, NULL};
static const struct argument_row std_row = {"std", ARGUMENT_POSITIVE, 1, 0, 1e30, NULL};
static const struct argument_row scale_row = {"scale", ARGUMENT_POSITIVE, 1, 0, 1e30, NULL};

// mean or std: one number, or a list with one for each channel.
static const double *channels_evaluate(struct resolver *r, const struct expression *value,
                                       const struct argument_row *row, size_t *count) {
    struct result result = evaluate(&r->scope, value, true);
    if (result.kind == RESULT_LIST) return evaluate_list(&r->scope, result.list, row, count);
    double *number = ARENA_NEW(r->arena, double);
    *count = 0;
    return result.kind != RESULT_NONE && evaluate_argument(&r->scope, value, true, row, number) ? number : NULL;
}

void resolve_data(struct resolver *r, const struct item *item) {
    struct spec *spec = r->spec;
    const struct setting *first[DATA_ROWS] = {NULL};
    for (const struct setting *s = item->settings.first; s; s = s->next) {
        int row = setting_row(r, item, s, data_rows, DATA_ROWS, first);
        if (row == DATA_source) resolve_source(r, s->value);
        if (row == DATA_scale && !evaluate_argument(&r->scope, s->value, true, &scale_row, &spec->scale))
            spec->scale = 1;
        if (row == DATA_mean) spec->mean_list = channels_evaluate(r, s->value, &mean_row, &spec->mean_count);
        if (row == DATA_std) spec->std_list = channels_evaluate(r, s->value, &std_row, &spec->std_count);
        if (row == DATA_mean) spec->mean_span = s->value->span;
        if (row == DATA_std) spec->std_span = s->value->span;
    }
}

// A setting that is one of several words.
static bool choice_evaluate(struct resolver *r, const struct expression *value, const char *what, enum choice_kind kind,
                            double *number) {
    const char *choices[CHOICE_WORDS], *word = expression_word(value);
    int count = choice_words(kind, choices);
    for (int i = 0; word && i < count; i++)
        if (strcmp(word, choices[i]) == 0) {
            *number = i;
            return true;
        }
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_choice, value->span, what,
                                        choice_text(r->arena, kind, ""), expression_describe(&r->scope, value));
    if (word) diagnostic_suggest(r->diagnostics, error, nearest_name(word, choices, (size_t)count));
    return false;
}

static bool setting_evaluate(struct resolver *r, int setting, const struct expression *value, double *number) {
    const struct setting_row *own = &setting_rows[setting];
    struct argument_row row = {own->name, (enum argument_kind)own->kind, 0, own->least, own->most, NULL};
    int choice = setting_choice((enum setting_id)setting);
    if (choice >= 0) return choice_evaluate(r, value, own->name, (enum choice_kind)choice, number);
    return evaluate_argument(&r->scope, value, false, &row, number);
}

void resolve_train(struct resolver *r, const struct item *item) {
    const struct setting *first[SETTING_COUNT] = {NULL};
    for (const struct setting *s = item->settings.first; s; s = s->next) {
        int row = setting_row(r, item, s, setting_names, SETTING_COUNT, first);
        if (row >= 0 && setting_evaluate(r, row, s->value, &r->spec->setting_values[row]))
            r->spec->settings[row] = s->value;
    }
}

// A name that is neither a train setting nor a const.
static void axis_unknown(struct resolver *r, struct name name) {
    if (r->scope.damaged) return;
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_axis, name.span, name.text);
    name_suggest(&r->scope, error, name.text, setting_names, SETTING_COUNT);
}

// Settings of --set override the train block.
void resolve_assigned_settings(struct resolver *r) {
    for (int i = 0; i < SETTING_COUNT; i++) {
        struct expression *value = assigned_value(r, setting_names[i], NULL);
        if (value && setting_evaluate(r, i, value, &r->spec->setting_values[i])) r->spec->settings[i] = value;
    }
    for (size_t i = 0; i < r->assignment_count; i++)
        if (!r->assignments[i].used && r->assignments[i].item) axis_unknown(r, r->assignments[i].item->name);
}

static void axis_values(struct resolver *r, const struct expression *values, struct sweep_axis *axis) {
    const char *word = expression_word(values);
    struct result result = {0};
    if (!word || constant_find(r->spec, word) || !table_describe(word)) {
        result = evaluate(&r->scope, values, false);
        if (result.kind == RESULT_NONE) return;
    }
    if (result.kind != RESULT_LIST || !result.list->list.first) {
        error_at(r->diagnostics, ERROR_sweep_values, values->span);
        return;
    }
    size_t count = 0;
    for (const struct argument *a = result.list->list.first; a; a = a->next)
        count++;
    axis->values = ARENA_ARRAY(r->arena, double, count);
    for (const struct argument *a = result.list->list.first; a; a = a->next) {
        double *number = &axis->values[axis->count++];
        if (a->name.text)
            error_at(r->diagnostics, ERROR_unknown_argument, a->name.span, "a list", a->name.text);
        else if (axis->setting >= 0)
            setting_evaluate(r, axis->setting, a->value, number);
        else
            evaluate_number(&r->scope, a->value, false, "a value of a const", number);
    }
}

static void resolve_axis(struct resolver *r, struct axis *axis, struct names *seen) {
    if (!names_add(seen, axis->name.text, axis)) {
        const struct axis *first = names_find(seen, axis->name.text);
        struct diagnostic *error = error_at(r->diagnostics, ERROR_duplicate_setting, axis->name.span, axis->name.text);
        diagnostic_note(r->diagnostics, error, first->name.span, "first set here");
        return;
    }
    int setting = SETTING_COUNT - 1;
    while (setting >= 0 && !same_name(axis->name, setting_names[setting]))
        setting--;
    if (setting < 0 && !constant_find(r->spec, axis->name.text)) axis_unknown(r, axis->name);
    struct sweep_axis *resolved = ARENA_NEW(r->arena, struct sweep_axis);
    *resolved = (struct sweep_axis){.name = axis->name.text, .setting = setting};
    axis_values(r, axis->values, resolved);
    if (r->spec->last_axis)
        r->spec->last_axis->next = resolved;
    else
        r->spec->axes = resolved;
    r->spec->last_axis = resolved;
}

void resolve_sweep(struct resolver *r, const struct item *item) {
    struct names seen = {.arena = r->arena};
    for (struct axis *axis = item->axes.first; axis; axis = axis->next)
        resolve_axis(r, axis, &seen);
}

static size_t input_channels(const struct spec *spec) {
    return spec->input.rank == 3 ? spec->input.size[0] : 1;
}

static void channels_check(struct resolver *r, const char *what, size_t count, struct span span) {
    size_t channels = input_channels(r->spec);
    if (count == 0 || !r->spec->input_known || count == channels) return;
    error_at(r->diagnostics, ERROR_channels_mismatch, span, what, (int)count,
             arena_print(r->arena, channels == 1 ? "1 channel" : "%zu channels", channels));
}

static double channel_value(const double *list, size_t count, size_t channel, double initial) {
    if (!list) return initial;
    return list[count == 0 || channel >= count ? 0 : channel];
}

void data_finish(struct resolver *r) {
    struct spec *spec = r->spec;
    channels_check(r, "mean", spec->mean_count, spec->mean_span);
    channels_check(r, "std", spec->std_count, spec->std_span);
    size_t channels = input_channels(spec);
    double *mean = ARENA_ARRAY(r->arena, double, channels), *std = ARENA_ARRAY(r->arena, double, channels);
    for (size_t c = 0; c < channels; c++) {
        mean[c] = channel_value(spec->mean_list, spec->mean_count, c, 0);
        std[c] = channel_value(spec->std_list, spec->std_count, c, 1);
    }
    spec->mean_list = mean;
    spec->std_list = std;
}
