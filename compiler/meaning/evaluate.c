#include "compiler/meaning/evaluate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"

struct constant *constant_find(const struct spec *spec, const char *name) {
    return names_find(&spec->constant_names, name);
}

const struct expression *expression_bare(const struct expression *expression) {
    while (expression->kind == EXPRESSION_GROUP)
        expression = expression->operand;
    return expression;
}

const char *expression_word(const struct expression *expression) {
    if (expression->kind != EXPRESSION_CALL || expression->call->span.end != expression->call->name.span.end)
        return NULL;
    return expression->call->name.text;
}

const char *expression_describe(struct scope *scope, const struct expression *expression) {
    struct arena *arena = scope->spec->arena;
    const char *word = expression_word(expression);
    const struct constant *constant = word ? constant_find(scope->spec, word) : NULL;
    if (constant && constant->is_number) return number_text(arena, constant->number);
    if (word) return arena_print(arena, "'%s'", word);
    switch (expression->kind) {
    case EXPRESSION_STRING: return "a string";
    case EXPRESSION_LIST: return "a list";
    case EXPRESSION_GROUP: return expression_describe(scope, expression->operand);
    case EXPRESSION_CALL:
    case EXPRESSION_NUMBER:
    case EXPRESSION_BINARY:
    case EXPRESSION_NEGATE: break;
    }
    return span_text(arena, expression->span);
}

const char *name_meaning(const struct scope *scope, const char *name) {
    if (scope->input.text && strcmp(scope->input.text, name) == 0) return "the input";
    if (scope->latent.text && strcmp(scope->latent.text, name) == 0) return "the latent";
    return table_describe(name);
}

void name_suggest(struct scope *scope, struct diagnostic *error, const char *name, const char *const *others,
                  size_t count) {
    enum { TRIED_MAX = 100000 };
    struct spec *spec = scope->spec;
    if (scope->suggestions_tried > TRIED_MAX) return;
    scope->suggestions_tried += spec->constant_names.count;
    const char **names = ARENA_ARRAY(spec->arena, const char *, spec->constant_names.count + count);
    size_t filled = 0;
    for (; filled < count; filled++)
        names[filled] = others[filled];
    for (const struct constant *constant = spec->constants; constant; constant = constant->next)
        names[filled++] = constant->name.text;
    diagnostic_suggest(spec->diagnostics, error, nearest_name(name, names, filled));
}

void name_unknown(struct scope *scope, struct name name) {
    struct diagnostics *diagnostics = scope->spec->diagnostics;
    // The definition may be in an item that was dropped because of an error.
    if (scope->damaged) return;
    if (names_find(&scope->defined, name.text)) {
        error_at(diagnostics, ERROR_used_above_definition, name.span, name.text);
        return;
    }
    const char *others[2];
    size_t count = 0;
    if (scope->input.text) others[count++] = scope->input.text;
    if (scope->latent.text) others[count++] = scope->latent.text;
    name_suggest(scope, error_at(diagnostics, ERROR_unknown_name, name.span, name.text), name.text, others, count);
}

// Marks the consts that an expression names as fixed and adds those that were not to `pending`.
static void constants_mark(struct spec *spec, const struct expression *expression, struct constant **pending) {
    switch (expression->kind) {
    case EXPRESSION_NUMBER:
    case EXPRESSION_STRING: return;
    case EXPRESSION_GROUP:
    case EXPRESSION_NEGATE: constants_mark(spec, expression->operand, pending); return;
    case EXPRESSION_BINARY:
        constants_mark(spec, expression->binary.left, pending);
        constants_mark(spec, expression->binary.right, pending);
        return;
    case EXPRESSION_LIST:
        for (const struct argument *a = expression->list.first; a; a = a->next)
            constants_mark(spec, a->value, pending);
        return;
    case EXPRESSION_CALL: break;
    }
    for (const struct argument *a = expression->call->arguments.first; a; a = a->next)
        constants_mark(spec, a->value, pending);
    struct constant *constant = constant_find(spec, expression->call->name.text);
    if (!constant || constant->fixed || !expression_word(expression)) return;
    constant->fixed = true;
    constant->next_fixed = *pending;
    *pending = constant;
}

// Fixes the consts of an expression on which the generated code depends, and all consts that their values use. A list
// of pending ones, because a chain of consts can be too long for recursion.
static void constants_fix(struct spec *spec, const struct expression *expression) {
    struct constant *pending = NULL;
    constants_mark(spec, expression, &pending);
    while (pending) {
        struct constant *constant = pending;
        pending = constant->next_fixed;
        constants_mark(spec, constant->value, &pending);
    }
}

static struct result result_number(struct scope *scope, const struct expression *expression, double number) {
    if (isfinite(number)) return (struct result){.kind = RESULT_NUMBER, .number = number};
    error_at(scope->spec->diagnostics, ERROR_not_finite, expression->span,
             span_text(scope->spec->arena, expression->span));
    return (struct result){0};
}

static struct result evaluate_word(struct scope *scope, const struct expression *expression, bool fixed) {
    struct name name = expression->call->name;
    struct constant *constant = constant_find(scope->spec, name.text);
    if (constant && constant->damaged) return (struct result){0};
    if (constant) {
        if (fixed) constants_fix(scope->spec, expression);
        if (constant->is_number) return (struct result){.kind = RESULT_NUMBER, .number = constant->number};
        if (constant->string) return (struct result){.kind = RESULT_STRING, .string = constant->string};
        return (struct result){.kind = RESULT_LIST, .list = constant->list};
    }
    const char *meaning = name_meaning(scope, name.text);
    if (meaning)
        error_at(scope->spec->diagnostics, ERROR_not_a_value, name.span, name.text, meaning);
    else
        name_unknown(scope, name);
    return (struct result){0};
}

static const struct function_row *function_find(struct scope *scope, struct name name) {
    const char *names[FUNCTION_ROWS] = {0};
    for (int i = 0; i < FUNCTION_ROWS; i++) {
        names[i] = function_rows[i].name;
        if (name.text && strcmp(names[i], name.text) == 0) return &function_rows[i];
    }
    struct diagnostics *diagnostics = scope->spec->diagnostics;
    struct diagnostic *error = error_at(diagnostics, ERROR_unknown_function, name.span, name.text);
    diagnostic_suggest(diagnostics, error, nearest_name(name.text, names, FUNCTION_ROWS));
    return NULL;
}

static double sqrt_apply(const double *x, int count) {
    (void)count;
    return sqrt(x[0]);
}

static double exp_apply(const double *x, int count) {
    (void)count;
    return exp(x[0]);
}

static double log_apply(const double *x, int count) {
    (void)count;
    return log(x[0]);
}

static double min_apply(const double *x, int count) {
    double result = x[0];
    for (int i = 1; i < count; i++)
        result = fmin(result, x[i]);
    return result;
}

static double max_apply(const double *x, int count) {
    double result = x[0];
    for (int i = 1; i < count; i++)
        result = fmax(result, x[i]);
    return result;
}

static double (*const functions[FUNCTION_ROWS])(const double *x, int count) = {
#define FUNCTION(name, ...) name##_apply,
#include "language/tables.def"
};

// The function's arguments are positional numbers; false after an error.
static bool function_arguments(struct scope *scope, const struct call *call, const struct function_row *row, bool fixed,
                               double *x, int *count) {
    struct diagnostics *diagnostics = scope->spec->diagnostics;
    bool fine = true;
    *count = 0;
    const struct argument *extra = NULL;
    for (const struct argument *a = call->arguments.first; a; a = a->next, ++*count) {
        if (a->name.text) {
            error_at(diagnostics, ERROR_unknown_argument, a->name.span, row->name, a->name.text);
            fine = false;
        } else if (*count < row->most) {
            fine &= evaluate_number(scope, a->value, fixed,
                                    arena_print(scope->spec->arena, "an argument of %s", row->name), &x[*count]);
        } else if (!extra) {
            extra = a;
        }
    }
    if (extra)
        error_at(diagnostics, ERROR_too_many_arguments, extra->value->span, row->name,
                 arena_print(scope->spec->arena, row->most == 1 ? "1 argument" : "%d arguments", row->most), *count);
    if (*count < row->least) error_at(diagnostics, ERROR_missing_argument, call->name.span, row->name, "x");
    return fine && !extra && *count >= row->least;
}

static struct result evaluate_call(struct scope *scope, const struct expression *expression, bool fixed) {
    if (expression_word(expression)) return evaluate_word(scope, expression, fixed);
    const struct call *call = expression->call;
    const struct function_row *row = function_find(scope, call->name);
    if (!row) return (struct result){0};
    double x[100] = {0};
    int count;
    if (!function_arguments(scope, call, row, fixed, x, &count)) return (struct result){0};
    return result_number(scope, expression, functions[row - function_rows](x, count));
}

static double operator_apply(char symbol, double left, double right) {
    switch (symbol) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '/': return left / right;
    case '%': return fmod(left, right);
    default: return pow(left, right);
    }
}

static struct result evaluate_binary(struct scope *scope, const struct expression *expression, bool fixed) {
    double left, right;
    const char *what = arena_print(scope->spec->arena, "an operand of '%c'", expression->binary.symbol);
    bool fine = evaluate_number(scope, expression->binary.left, fixed, what, &left);
    fine &= evaluate_number(scope, expression->binary.right, fixed, what, &right);
    if (!fine) return (struct result){0};
    return result_number(scope, expression, operator_apply(expression->binary.symbol, left, right));
}

struct result evaluate(struct scope *scope, const struct expression *expression, bool fixed) {
    double number;
    switch (expression->kind) {
    case EXPRESSION_NUMBER: return (struct result){.kind = RESULT_NUMBER, .number = expression->number};
    case EXPRESSION_STRING: return (struct result){.kind = RESULT_STRING, .string = expression->string};
    case EXPRESSION_LIST: return (struct result){.kind = RESULT_LIST, .list = expression};
    case EXPRESSION_GROUP: return evaluate(scope, expression->operand, fixed);
    case EXPRESSION_CALL: return evaluate_call(scope, expression, fixed);
    case EXPRESSION_BINARY: return evaluate_binary(scope, expression, fixed);
    case EXPRESSION_NEGATE: break;
    }
    if (!evaluate_number(scope, expression->operand, fixed, "an operand of '-'", &number)) return (struct result){0};
    return (struct result){.kind = RESULT_NUMBER, .number = -number};
}

static void wrong_type(struct scope *scope, const struct expression *expression, const char *what, const char *wanted,
                       struct result found) {
    error_at(scope->spec->diagnostics, ERROR_wrong_type, expression->span, what, wanted,
             found.kind == RESULT_LIST     ? "a list"
             : found.kind == RESULT_STRING ? "a string"
                                           : "a number");
}

bool evaluate_number(struct scope *scope, const struct expression *expression, bool fixed, const char *what,
                     double *number) {
    struct result result = evaluate(scope, expression, fixed);
    if (result.kind == RESULT_NONE) return false;
    if (result.kind != RESULT_NUMBER) {
        wrong_type(scope, expression, what, "a number", result);
        return false;
    }
    *number = result.number;
    return true;
}

static const char *range_text(struct arena *arena, const struct argument_row *row, double number) {
    const char *least = number_text(arena, row->least), *most = number_text(arena, row->most);
    if (row->kind == ARGUMENT_FRACTION) return arena_print(arena, "at least %s and below %s", least, most);
    if (number > row->most) return arena_print(arena, "at most %s", most);
    return arena_print(arena, row->kind == ARGUMENT_POSITIVE ? "above %s" : "at least %s", least);
}

static bool in_range(const struct argument_row *row, double number) {
    if (row->kind == ARGUMENT_POSITIVE && number <= row->least) return false;
    if (row->kind == ARGUMENT_FRACTION && number >= row->most) return false;
    return number >= row->least && number <= row->most;
}

static bool number_check(struct scope *scope, const struct expression *expression, const struct argument_row *row,
                         double number) {
    struct arena *arena = scope->spec->arena;
    bool whole = row->kind == ARGUMENT_WHOLE || row->kind == ARGUMENT_PAIR || row->kind == ARGUMENT_SIZES;
    if (whole && floor(number) != number) {
        error_at(scope->spec->diagnostics, ERROR_not_whole, expression->span, row->name, number_text(arena, number));
        return false;
    }
    if (in_range(row, number)) return true;
    error_at(scope->spec->diagnostics, ERROR_out_of_range, expression->span, row->name, range_text(arena, row, number),
             number_text(arena, number));
    return false;
}

bool evaluate_argument(struct scope *scope, const struct expression *expression, bool fixed,
                       const struct argument_row *row, double *number) {
    return evaluate_number(scope, expression, fixed, row->name, number) &&
           number_check(scope, expression, row, *number);
}

const double *evaluate_list(struct scope *scope, const struct expression *list, const struct argument_row *row,
                            size_t *count) {
    *count = 0;
    for (const struct argument *a = list->list.first; a; a = a->next)
        ++*count;
    double *numbers = ARENA_ARRAY(scope->spec->arena, double, *count + 1);
    size_t i = 0;
    bool fine = true;
    for (const struct argument *a = list->list.first; a; a = a->next) {
        if (a->name.text) {
            error_at(scope->spec->diagnostics, ERROR_unknown_argument, a->name.span, "a list", a->name.text);
            fine = false;
        } else {
            fine &= evaluate_argument(scope, a->value, true, row, &numbers[i++]);
        }
    }
    return fine ? numbers : NULL;
}
