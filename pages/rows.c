#include "pages/rows.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "compiler/meaning/evaluate.h"

const char *const data_docs[DATA_ROWS] = {
#define DATA(name, doc) doc,
#include "language/tables.def"
};

const char *text_replace(struct arena *arena, const char *text, char from, const char *to) {
    const char *found = strchr(text, from);
    if (!found) return text;
    return arena_print(arena, "%.*s%s%s", (int)(found - text), text, to, text_replace(arena, found + 1, from, to));
}

static const char *number(struct arena *arena, double value) {
    return floor(value) == value ? arena_print(arena, "%.0f", value) : number_text(arena, value);
}

// False for bounds that only keep numbers finite, which are not documented.
static bool is_limit(double bound) {
    return fabs(bound) < 1e30;
}

static const char *range_text(struct arena *arena, double least, double most) {
    if (is_limit(least) && is_limit(most))
        return arena_print(arena, "%s to %s", number(arena, least), number(arena, most));
    return is_limit(least) ? arena_print(arena, "at least %s", number(arena, least)) : "any";
}

const char *value_text(struct arena *arena, enum argument_kind kind, double least, double most) {
    const char *range = range_text(arena, least, most), *from = number(arena, least), *below = number(arena, most);
    switch (kind) {
    case ARGUMENT_WHOLE: return arena_print(arena, "whole number, %s", range);
    case ARGUMENT_PAIR: return arena_print(arena, "whole number, or `[height, width]`, %s", range);
    case ARGUMENT_REAL: return arena_print(arena, "number, %s", range);
    case ARGUMENT_POSITIVE: return arena_print(arena, "number above %s", from);
    case ARGUMENT_FRACTION: return arena_print(arena, "number, at least %s and below %s", from, below);
    case ARGUMENT_SIZES: return arena_print(arena, "1 or 3 whole numbers, each %s", range);
    case ARGUMENT_ENCODER: return "the word `encoder`";
    }
    return NULL;
}

const char *setting_text(struct arena *arena, enum setting_id setting) {
    const struct setting_row *row = &setting_rows[setting];
    int choice = setting_choice(setting);
    if (choice >= 0) return choice_text(arena, (enum choice_kind)choice, "`");
    return value_text(arena, (enum argument_kind)row->kind, row->least, row->most);
}

const char *argument_initial_text(struct arena *arena, const struct argument_row *argument) {
    if (argument->same_as) return arena_print(arena, "`%s`", argument->same_as);
    if (isnan(argument->initial)) return "required";
    return isinf(argument->initial) ? "optional" : number(arena, argument->initial);
}

const char *setting_initial_text(struct arena *arena, enum setting_id setting) {
    double initial = setting_rows[setting].initial;
    const char *word = setting_value_word(setting, initial);
    return word ? word : number(arena, initial);
}

// `first`: an argument before the row's, "" for none.
static const char *arguments_text(struct arena *arena, const struct row *row, const char *first) {
    const char *text = first;
    for (const struct argument_row *argument = row->arguments; argument->name; argument++) {
        text = arena_print(arena, "%s%s%s", text, *text ? ", " : "", argument->name);
        if (argument->same_as)
            text = arena_print(arena, "%s = %s", text, argument->same_as);
        else if (isfinite(argument->initial))
            text = arena_print(arena, "%s = %s", text, number(arena, argument->initial));
    }
    return *text ? arena_print(arena, "%s(%s)", row->name, text) : row->name;
}

const char *call_text(struct arena *arena, const struct row *row) {
    return arguments_text(arena, row, "");
}

const char *term_text(struct arena *arena, const struct term_row *term) {
    return arguments_text(arena, &term->row, term->target == TARGET_INPUT ? "x" : "z");
}

const char *target_text(enum term_target target) {
    static const char *const texts[] = {
        [TARGET_INPUT] = "the input", [TARGET_LATENT] = "the latent", [TARGET_GAUSSIAN] = "a gaussian latent"};
    return texts[target];
}

const char *count_text(struct arena *arena, const struct function_row *function) {
    if (function->most == function->least) return arena_print(arena, "%d", function->least);
    return arena_print(arena, "%d to %d", function->least, function->most);
}
