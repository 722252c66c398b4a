// Values of expressions, and the arguments of calls bound to their rows. Private to compiler/meaning.
#ifndef EVALUATE_H
#define EVALUATE_H

#include "compiler/spec.h"

// The meaning of names at one point of the spec.
struct scope {
    struct spec *spec;
    struct name input, latent;    // once defined
    // Of the whole spec; these distinguish a name that is defined further down from an unknown one.
    bool damaged;                // items are missing in the syntax tree because of an error
    bool given[ITEM_KINDS];      // the spec has an item of this kind
    struct names defined;        // names of consts, inputs and latents, each with its struct item
    struct names blocks;         // names of blocks, each with its struct item
    size_t suggestions_tried;    // consts compared with misspelled names so far
};

enum result_kind { RESULT_NONE, RESULT_NUMBER, RESULT_STRING, RESULT_LIST };

struct result {
    enum result_kind kind;    // NONE: an error was reported
    double number;
    const char *string;
    const struct expression *list;    // an EXPRESSION_LIST
};

// `fixed`: the generated code depends on the value, so the consts that it uses become compile-time constants.
struct result evaluate(struct scope *scope, const struct expression *expression, bool fixed);
// Evaluates a number; false after an error, whose message names the expression `what`.
bool evaluate_number(struct scope *scope, const struct expression *expression, bool fixed, const char *what,
                     double *number);
// The same, and checks the number against the row's kind and limits.
bool evaluate_argument(struct scope *scope, const struct expression *expression, bool fixed,
                       const struct argument_row *row, double *number);
// Binds a call's arguments to the row's, in the row's order; false after an error.
bool arguments_bind(struct scope *scope, const struct call *call, const struct row *row, struct value *values);
// The same for a term: the first argument of the call is its target, which is not in the row.
bool arguments_bind_rest(struct scope *scope, const struct call *call, const struct row *row, struct value *values);
// Evaluates the numbers of a list [count], in the arena; NULL after an error.
const double *evaluate_list(struct scope *scope, const struct expression *list, const struct argument_row *row,
                            size_t *count);

// What a name is where it is not a value ("the input"); NULL for a const and for an unknown name.
const char *name_meaning(const struct scope *scope, const char *name);
// Reports a name that has no meaning here.
void name_unknown(struct scope *scope, struct name name);
// Suggests the nearest name to `name` among the consts and `others` [count]. Does nothing after a certain number of
// comparisons, so that a spec with many errors does not take noticeable time.
void name_suggest(struct scope *scope, struct diagnostic *error, const char *name, const char *const *others,
                  size_t count);
struct constant *constant_find(const struct spec *spec, const char *name);
// The expression without its parentheses.
const struct expression *expression_bare(const struct expression *expression);
// The name of a call without arguments, or NULL.
const char *expression_word(const struct expression *expression);
// An expression for a message: its value, its text, or its kind.
const char *expression_describe(struct scope *scope, const struct expression *expression);

#endif
