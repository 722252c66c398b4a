#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "compiler/meaning/evaluate.h"

static int row_arguments(const struct row *row) {
    int count = 0;
    while (row->arguments[count].name)
        count++;
    return count;
}

// Binds a pair; one number gives both.
static bool pair_bind(struct scope *scope, const struct expression *expression, const struct argument_row *row,
                      struct value *value) {
    struct result result = evaluate(scope, expression, true);
    if (result.kind == RESULT_NONE) return false;
    if (result.kind == RESULT_STRING) {
        error_at(scope->spec->diagnostics, ERROR_wrong_type, expression->span, row->name, "a number or [height, width]",
                 "a string");
        return false;
    }
    if (result.kind == RESULT_NUMBER) {
        double number;
        if (!evaluate_argument(scope, expression, true, row, &number)) return false;
        value->pair[0] = value->pair[1] = (int)number;
        return true;
    }
    size_t count;
    const double *numbers = evaluate_list(scope, result.list, row, &count);
    if (numbers && count != 2)
        error_at(scope->spec->diagnostics, ERROR_list_length, expression->span, row->name,
                 "two numbers, [height, width]", (int)count);
    if (!numbers || count != 2) return false;
    value->pair[0] = (int)numbers[0];
    value->pair[1] = (int)numbers[1];
    return true;
}

// The argument of mirror: the word encoder, after the encoder itself.
static bool encoder_bind(struct scope *scope, const struct expression *expression) {
    static const char *const words[] = {"encoder"};
    struct spec *spec = scope->spec;
    const char *word = expression_word(expression);
    if (!word || strcmp(word, words[0]) != 0) {
        struct diagnostic *error = error_at(spec->diagnostics, ERROR_mirror_argument, expression->span,
                                            expression_describe(scope, expression));
        if (word) diagnostic_suggest(spec->diagnostics, error, nearest_name(word, words, 1));
        return false;
    }
    if (spec->encoder.word.source) return true;
    if (scope->given[ITEM_ENCODER]) error_at(spec->diagnostics, ERROR_used_above_definition, expression->span, word);
    return false;
}

static bool value_bind(struct scope *scope, const struct expression *expression, const struct argument_row *row,
                       struct value *value) {
    switch (row->kind) {
    case ARGUMENT_PAIR: return pair_bind(scope, expression, row, value);
    case ARGUMENT_ENCODER: return encoder_bind(scope, expression);
    case ARGUMENT_WHOLE:
    case ARGUMENT_REAL:
    case ARGUMENT_POSITIVE:
    case ARGUMENT_FRACTION:
    case ARGUMENT_SIZES: break;
    }
    return evaluate_argument(scope, expression, true, row, &value->number);
}

// reshape(1, 28, 28): every argument is a size.
static bool sizes_bind(struct scope *scope, const struct call *call, const struct row *row, struct value *value) {
    struct diagnostics *diagnostics = scope->spec->diagnostics;
    struct argument_row size = row->arguments[0];
    bool fine = true;
    int count = 0;
    double number = 0;
    size.name = "a size of reshape";
    for (const struct argument *a = call->arguments.first; a; a = a->next, count++) {
        if (a->name.text) {
            error_at(diagnostics, ERROR_unknown_argument, a->name.span, row->name, a->name.text);
            fine = false;
        } else if (!evaluate_argument(scope, a->value, true, &size, &number)) {
            fine = false;
        } else if (count < 3) {
            value->sizes.size[count] = (size_t)number;
        }
    }
    value->sizes.rank = count;
    value->given = true;
    value->span = call->span;
    if (count == 0)
        error_at(diagnostics, ERROR_missing_argument, call->name.span, row->name, row->arguments[0].name);
    else if (count != 1 && count != 3)
        error_at(diagnostics, ERROR_list_length, call->name.span, row->name, "1 or 3 sizes, (N) or (C, H, W)", count);
    return fine && (count == 1 || count == 3);
}

// "conv takes channels, kernel, stride, padding"
static const char *arguments_text(struct scope *scope, const struct row *row) {
    const char *text = arena_print(scope->spec->arena, "%s takes", row->name);
    for (int i = 0; row->arguments[i].name; i++)
        text = arena_print(scope->spec->arena, "%s%s %s", text, i ? "," : "", row->arguments[i].name);
    return text;
}

static int argument_find(struct scope *scope, const struct row *row, struct name name) {
    const char *names[ARGUMENTS_MAX];
    int count = 0;
    for (; row->arguments[count].name; count++) {
        names[count] = row->arguments[count].name;
        if (strcmp(names[count], name.text) == 0) return count;
    }
    struct diagnostic *error =
        error_at(scope->spec->diagnostics, ERROR_unknown_argument, name.span, row->name, name.text);
    const char *nearest = nearest_name(name.text, names, (size_t)count);
    diagnostic_suggest(scope->spec->diagnostics, error, nearest);
    if (!nearest && count) diagnostic_hint(scope->spec->diagnostics, error, "%s", arguments_text(scope, row));
    return -1;
}

static const char *count_text(struct arena *arena, int count) {
    if (count == 0) return "no arguments";
    return arena_print(arena, count == 1 ? "1 argument" : "at most %d arguments", count);
}

// `first`: the position of the call's first argument in the row; below 0 where arguments of the call precede the row's.
static void arguments_exceeded(struct scope *scope, const struct call *call, const struct row *row, int first,
                               const struct argument *argument) {
    struct arena *arena = scope->spec->arena;
    struct diagnostics *diagnostics = scope->spec->diagnostics;
    int most = row_arguments(row) - first, found = 0;
    for (const struct argument *a = call->arguments.first; a; a = a->next)
        found++;
    struct diagnostic *error = error_at(diagnostics, ERROR_too_many_arguments, argument->value->span, row->name,
                                        count_text(arena, most), found);
    // dense(784, 32), as in other libraries: inputs and units.
    if (first == 0 && most == 1 && found == 2 && strcmp(row->arguments[0].name, "units") == 0)
        diagnostic_hint(diagnostics, error, "the input's size is inferred: %s(%s)", row->name,
                        span_text(arena, argument->value->span));
}

// The index of an argument in the row, or -1 after an error.
static int argument_place(struct scope *scope, const struct call *call, const struct row *row, int first,
                          const struct argument *argument, int position, bool named_before) {
    struct diagnostics *diagnostics = scope->spec->diagnostics;
    if (argument->name.text) return argument_find(scope, row, argument->name);
    if (named_before) {
        error_at(diagnostics, ERROR_positional_after_named, argument->value->span);
        return -1;
    }
    int most = row_arguments(row);
    if (position < most) return position;
    if (position == most) arguments_exceeded(scope, call, row, first, argument);
    return -1;
}

// The value that a default refers to; its argument is before the one that refers to it.
static const struct value *value_named(const struct row *row, const struct value *values, const char *name) {
    int i = 0;
    while (strcmp(row->arguments[i].name, name) != 0)
        i++;
    return &values[i];
}

static bool defaults_fill(struct scope *scope, const struct call *call, const struct row *row, const bool *placed,
                          struct value *values) {
    bool fine = true;
    for (int i = 0; row->arguments[i].name; i++) {
        if (placed[i]) continue;
        double initial = row->arguments[i].initial;
        if (row->arguments[i].same_as) {
            const struct value *other = value_named(row, values, row->arguments[i].same_as);
            values[i].number = other->number;
            memcpy(values[i].pair, other->pair, sizeof values[i].pair);
        } else if (isnan(initial)) {
            error_at(scope->spec->diagnostics, ERROR_missing_argument, call->name.span, row->name,
                     row->arguments[i].name);
            fine = false;
        } else if (isfinite(initial)) {
            values[i].number = initial;
            values[i].pair[0] = values[i].pair[1] = (int)initial;
        }
    }
    return fine;
}

static bool row_bind(struct scope *scope, const struct call *call, const struct row *row, int first,
                     struct value *values) {
    bool fine = true, named = false, placed[ARGUMENTS_MAX] = {false};
    int position = first;
    for (const struct argument *a = call->arguments.first; a; a = a->next, position++) {
        if (position < 0) continue;
        int place = argument_place(scope, call, row, first, a, position, named);
        named |= a->name.text != NULL;
        fine &= place >= 0;
        if (place < 0) continue;
        struct span span = a->name.text ? a->name.span : a->value->span;
        if (placed[place]) {
            struct diagnostic *error =
                error_at(scope->spec->diagnostics, ERROR_duplicate_argument, span, row->arguments[place].name);
            diagnostic_note(scope->spec->diagnostics, error, values[place].span, "first given here");
            fine = false;
            continue;
        }
        placed[place] = values[place].given = true;
        values[place].span = span_join(span, a->value->span);
        fine &= value_bind(scope, a->value, &row->arguments[place], &values[place]);
    }
    // In a call with another error, the argument that seems to be missing may be the erroneous one.
    if (fine || position == 0) fine &= defaults_fill(scope, call, row, placed, values);
    return fine;
}

bool arguments_bind(struct scope *scope, const struct call *call, const struct row *row, struct value *values) {
    if (row->arguments[0].name && row->arguments[0].kind == ARGUMENT_SIZES)
        return sizes_bind(scope, call, row, &values[0]);
    return row_bind(scope, call, row, 0, values);
}

bool arguments_bind_rest(struct scope *scope, const struct call *call, const struct row *row, struct value *values) {
    return row_bind(scope, call, row, -1, values);
}
