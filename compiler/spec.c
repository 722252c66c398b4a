#include "compiler/spec.h"

#include <math.h>
#include <string.h>

// The rows of language/ as tables.
#define NEEDED NAN
#define OPTIONAL INFINITY
#define SAME(argument) 0, .same_as = #argument
#define ARGUMENT(id, type, start, from, to) \
    {.name = #id, .kind = ARGUMENT_##type, .least = from, .most = to, .initial = start},
#define LAST_ARGUMENT \
    { .name = NULL }

const struct row layer_rows[LAYER_KINDS] = {
#define LAYER(name, shape, arguments, doc) {#name, doc, {arguments LAST_ARGUMENT}},
#define EXPANSION(name, arguments, doc) {#name, doc, {arguments LAST_ARGUMENT}},
#include "language/layers.def"
#define ACTIVATION(name, arguments, doc) {#name, doc, {arguments LAST_ARGUMENT}},
#include "language/activations.def"
};

const struct item_row item_rows[ITEM_ROWS] = {
#define ITEM(name, token, follows, form, doc) {#name, form, doc},
#include "language/tables.def"
};

const char *const reserved_rows[RESERVED_ROWS] = {
#define RESERVED(name) #name,
#include "language/tables.def"
};

const struct latent_row latent_rows[LATENT_KINDS] = {
#define HEAD(name) name,
#define LATENT(name, symbol, heads, arguments, doc) {{#name, doc, {arguments LAST_ARGUMENT}}, symbol, {heads NULL}},
#include "language/latents.def"
};

const struct term_row term_rows[TERM_KINDS] = {
#define TERM(name, elements, target, reduction, expects, arguments, doc) \
    {#name, doc, TARGET_##target, REDUCTION_##reduction, EXPECTS_##expects, {arguments LAST_ARGUMENT}},
#include "language/terms.def"
};

const struct function_row function_rows[FUNCTION_ROWS] = {
#define FUNCTION(name, least, most, doc) {#name, doc, least, most},
#include "language/tables.def"
};

const char *const data_rows[DATA_ROWS] = {
#define DATA(name, doc) #name,
#include "language/tables.def"
};

const char *const reader_rows[READER_ROWS] = {
#define READER(name) #name,
#include "language/tables.def"
};

const char *const setting_names[SETTING_COUNT] = {
#define SETTING(id, kind, initial, least, most, doc) #id,
#include "language/settings.def"
};

const struct choice_row choice_rows[CHOICE_ROWS] = {
#define CHOICE(kind, what, first, second) {what, {#first, #second}},
#include "language/settings.def"
};

static const bool activations[LAYER_KINDS] = {
#define ACTIVATION(name, ...) [LAYER_##name] = true,
#include "language/activations.def"
};

bool layer_is_activation(enum layer_kind kind) {
    return activations[kind];
}

bool layer_keeps_shape(enum layer_kind kind) {
    enum { CHANGES, KEEPS };
    static const bool keeps[LAYER_KINDS] = {
#define LAYER(name, shape, ...) [LAYER_##name] = shape,
#include "language/layers.def"
    };
    return keeps[kind] || activations[kind];
}

int latent_heads(const struct latent *latent) {
    int count = 0;
    while (latent_rows[latent->kind].heads[count])
        count++;
    return count;
}

const char *latent_head_name(struct arena *arena, const struct latent *latent, int head) {
    const char *name = latent_rows[latent->kind].heads[head];
    return *name ? arena_print(arena, "%s.%s", latent->name.text, name) : latent->name.text;
}

bool setting_reaches(enum setting_id setting, enum optimizer optimizer) {
    if (setting == SETTING_momentum) return optimizer == OPTIMIZER_sgd;
    bool adams = setting == SETTING_beta1 || setting == SETTING_beta2 || setting == SETTING_epsilon;
    return !adams || optimizer == OPTIMIZER_adam;
}

const char *table_describe(const char *word) {
    for (int i = 0; i < LAYER_KINDS; i++)
        if (strcmp(layer_rows[i].name, word) == 0) return activations[i] ? "an activation" : "a layer";
    for (int i = 0; i < LATENT_KINDS; i++)
        if (strcmp(latent_rows[i].row.name, word) == 0) return "a latent";
    for (int i = 0; i < TERM_KINDS; i++)
        if (strcmp(term_rows[i].name, word) == 0) return "a loss term";
    for (int i = 0; i < FUNCTION_ROWS; i++)
        if (strcmp(function_rows[i].name, word) == 0) return "a function";
    for (int i = 0; i < DATA_ROWS; i++)
        if (strcmp(data_rows[i], word) == 0) return "a data setting";
    for (int i = 0; i < SETTING_COUNT; i++)
        if (strcmp(setting_names[i], word) == 0) return "a train setting";
    for (int i = 0; i < READER_ROWS; i++)
        if (strcmp(reader_rows[i], word) == 0) return "a reader of data";
    for (int i = 0; i < CHOICE_ROWS; i++)
        if (strcmp(choice_rows[i].words[0], word) == 0 || strcmp(choice_rows[i].words[1], word) == 0)
            return choice_rows[i].what;
    return NULL;
}
