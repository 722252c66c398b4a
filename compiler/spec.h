// The analysed spec: names resolved, defaults filled in, numbers checked. resolve.c makes it from the syntax tree,
// shapes.c adds the shapes. Memory is the arena's of the compilation.
#ifndef SPEC_H
#define SPEC_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/names.h"
#include "compiler/shape.h"
#include "grammar/errors.h"
#include "grammar/syntax.h"

// Kinds of layers, activations included: a row of layers.def or activations.def each.
enum layer_kind {
#define LAYER(name, ...) LAYER_##name,
#define EXPANSION(name, ...) LAYER_##name,
#include "language/layers.def"
#define ACTIVATION(name, ...) LAYER_##name,
#include "language/activations.def"
    LAYER_KINDS
};

enum latent_kind {
#define LATENT(name, ...) LATENT_##name,
#include "language/latents.def"
    LATENT_KINDS
};

enum term_kind {
#define TERM(name, ...) TERM_##name,
#include "language/terms.def"
    TERM_KINDS
};

// The settings of the train block, and the words of those that are a choice.
enum setting_id {
#define SETTING(id, kind, initial, least, most, doc) SETTING_##id,
#include "language/settings.def"
    SETTING_COUNT
};

enum optimizer {
#define OPTIMIZER(word, states, reads) OPTIMIZER_##word,
#include "language/settings.def"
    OPTIMIZERS
};

enum reduction {
#define REDUCTION(word) REDUCTION_##word,
#include "language/settings.def"
    REDUCTIONS
};

enum { ARGUMENTS_MAX = 5, HEADS_MAX = 2, SIZE_LIMIT = 2147483647 };

// The value of an argument, in the order of its row. A pair is [height, width].
struct value {
    bool given;    // false: the value is the default, or absent
    double number;
    int pair[2];
    struct shape sizes;
    struct span span;    // from the argument's name, or from its value if it is positional
};

struct layer {
    enum layer_kind kind;
    struct value arguments[ARGUMENTS_MAX];
    struct span span;          // of the layer's name
    struct span claim_span;    // of the claim after it; zero without one
    struct shape claim;
    bool damaged;    // its arguments have errors, so its shape is unknown

    // Set by shapes.c. Layers made by mirror have the span of the word mirror.
    struct shape input, output;
    const char *name;    // "encoder.3"
    struct layer *next;
};

struct layer_list {
    struct layer *first, *last;
    struct span word;    // "encoder"
    bool damaged;        // layers are missing because of an error, so shapes are unknown
};

struct latent {
    enum latent_kind kind;
    struct name name;
    int units;    // 0: the encoder's output as it is
    double prior_std;
    struct span span;      // of the call's name
    struct shape input;    // the encoder's output
    struct shape shape;    // of z
};

struct term {
    enum term_kind kind;
    const char *name;             // of the line
    struct span name_span;        // of the line's name, or of the term's if it has none
    struct span span;             // of the term's name
    struct expression *weight;    // NULL: 1
    double weight_value;          // with the values that the consts have in the spec
    struct value arguments[ARGUMENTS_MAX];
    struct term *next;
};

struct constant {
    struct name name;
    struct expression *value;
    bool is_number;    // lists and strings are always compile-time constants
    double number;
    const char *string;               // NULL unless the value is a string
    const struct expression *list;    // NULL unless the value is a list
    bool fixed;                       // the generated code depends on its value, so it cannot change at run time
    bool damaged;
    int number_of;    // among the run-time constants, from 0, when not fixed
    struct constant *next;
    struct constant *next_fixed;    // in the list of consts that constants_fix has yet to visit
};

struct sweep_axis {
    const char *name;
    int setting;       // of settings.def, -1 for a const
    double *values;    // [count]
    size_t count;
    struct sweep_axis *next;
};

struct spec {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const char *model;
    struct name input_name;
    struct shape input;
    struct span input_span;    // of its list
    bool input_known;
    const char *source;    // of data; NULL if not given
    double scale;
    const double *mean_list, *std_list;
    size_t mean_count, std_count;    // 1 or the list's length
    struct span mean_span, std_span;
    struct layer_list encoder, decoder;
    struct latent latent;
    bool latent_known;
    struct term *terms, *last_term;
    int term_count;
    struct constant *constants, *last_constant;
    struct names constant_names;                   // each with its struct constant
    int constant_count;                            // of run-time constants, numbered after resolving
    struct expression *settings[SETTING_COUNT];    // NULL: the default
    double setting_values[SETTING_COUNT];
    struct sweep_axis *axes, *last_axis;
};

// An assignment of --set, parsed.
struct assignment {
    struct item *item;
    bool used;
};

// Resolves names and reports all errors except those of shapes. Damaged parts of the tree cause no further errors.
struct spec *resolve(struct arena *arena, const struct syntax *syntax, struct assignment *assignments,
                     size_t assignment_count, struct diagnostics *diagnostics);

// The spec as text, before or after its shapes are known. It must have no errors.
void spec_print(const struct spec *spec, struct buffer *out);

// Infers shapes, names layers and expands mirror; checks claims, sizes and that the decoder's output has the input's
// shape.
void shapes_infer(struct spec *spec);

// Rows of language/.
enum argument_kind {
    ARGUMENT_WHOLE,
    ARGUMENT_PAIR,
    ARGUMENT_REAL,
    ARGUMENT_POSITIVE,
    ARGUMENT_FRACTION,
    ARGUMENT_SIZES,
    ARGUMENT_ENCODER
};

struct argument_row {
    const char *name;    // NULL after the last row
    enum argument_kind kind;
    double initial;    // the default; NAN: required; INFINITY: optional without a default
    double least, most;
    const char *same_as;    // the default is the value of this argument of the row, before this one
};

struct row {
    const char *name, *doc;
    struct argument_row arguments[ARGUMENTS_MAX + 1];
};

struct latent_row {
    struct row row;
    char symbol;
    const char *heads[HEADS_MAX + 1];    // "mu", or "" for the latent's own name; NULL after the last one
};

enum term_target { TARGET_INPUT, TARGET_LATENT, TARGET_GAUSSIAN };
// What the decoder's output must be: any values, or logits of data within 0 and 1.
enum term_expects { EXPECTS_VALUES, EXPECTS_LOGITS };

struct term_row {
    struct row row;    // its arguments are those after the target
    enum term_target target;
    enum reduction reduction;
    enum term_expects expects;
};

struct function_row {
    const char *name, *doc;
    int least, most;    // numbers of arguments
};

struct item_row {
    const char *name, *form, *doc;    // form: "model NAME"
};

extern const struct row layer_rows[LAYER_KINDS];
extern const struct term_row term_rows[TERM_KINDS];
// The rows of tables.def, in their order.
enum {
#define ITEM(name, ...) ITEM_ROW_##name,
#include "language/tables.def"
    ITEM_ROWS
};

enum {
#define RESERVED(name, ...) RESERVED_##name,
#include "language/tables.def"
    RESERVED_ROWS
};

enum {
#define FUNCTION(name, ...) FUNCTION_##name,
#include "language/tables.def"
    FUNCTION_ROWS
};

enum {
#define DATA(name, ...) DATA_##name,
#include "language/tables.def"
    DATA_ROWS
};

enum {
#define READER(name, ...) READER_##name,
#include "language/tables.def"
    READER_ROWS
};

enum choice_kind {
#define CHOICE(kind, what) CHOICE_##kind,
#include "language/settings.def"
    CHOICE_ROWS
};

// The words of all choices; those of one choice are consecutive.
enum {
#define WORD(kind, word) WORD_##kind##_##word,
#include "language/settings.def"
    CHOICE_WORDS
};

struct choice_row {
    const char *name, *what;    // "OPTIMIZER", "an optimizer"
};

// The kind of a setting: a kind of number, as for arguments, or a choice, in the order of enum choice_kind.
enum setting_kind {
    SETTING_WHOLE = ARGUMENT_WHOLE,
    SETTING_REAL = ARGUMENT_REAL,
    SETTING_POSITIVE = ARGUMENT_POSITIVE,
    SETTING_FRACTION = ARGUMENT_FRACTION,
    SETTING_BEFORE_CHOICES = ARGUMENT_ENCODER,
#define CHOICE(kind, what) SETTING_##kind,
#include "language/settings.def"
};

struct setting_row {
    const char *name, *doc;
    enum setting_kind kind;
    double initial, least, most;
};
extern const struct item_row item_rows[ITEM_ROWS];
extern const char *const reserved_rows[RESERVED_ROWS];
extern const struct latent_row latent_rows[LATENT_KINDS];
extern const struct function_row function_rows[FUNCTION_ROWS];
extern const char *const data_rows[DATA_ROWS];
extern const char *const reader_rows[READER_ROWS];
extern const struct choice_row choice_rows[CHOICE_ROWS];
extern const char *const setting_names[SETTING_COUNT];
extern const struct setting_row setting_rows[SETTING_COUNT];
// Stores the words of a choice, in the order of their numbers, in `words` [CHOICE_WORDS]; returns their count.
int choice_words(enum choice_kind kind, const char **words);
// "adam, rmsprop or sgd", each word between two `quote`s.
const char *choice_text(struct arena *arena, enum choice_kind kind, const char *quote);
// The choice_kind of a setting; -1 if the setting is a number.
int setting_choice(enum setting_id setting);
// The word for the value of a setting; NULL if the setting is a number.
const char *setting_value_word(enum setting_id setting, double value);
bool layer_is_activation(enum layer_kind kind);
// True if the output always has the shape of the input.
bool layer_keeps_shape(enum layer_kind kind);
int latent_heads(const struct latent *latent);
// "z" or "z.mu"
const char *latent_head_name(struct arena *arena, const struct latent *latent, int head);
// Whether an optimizer's updates depend on a setting.
bool optimizer_reads(enum optimizer optimizer, enum setting_id setting);
// Arrays of the parameters' size that the optimizer of these settings [SETTING_COUNT] keeps.
size_t optimizer_states(const double *settings);
// Whether a train setting has an effect with this optimizer.
bool setting_reaches(enum setting_id setting, enum optimizer optimizer);
// Describes a word of the tables ("a layer"); NULL for other words.
const char *table_describe(const char *word);

#endif
