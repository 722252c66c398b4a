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
    {{#name, doc, {arguments LAST_ARGUMENT}}, TARGET_##target, REDUCTION_##reduction, EXPECTS_##expects},
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

const struct setting_row setting_rows[SETTING_COUNT] = {
#define SETTING(name, kind, initial, least, most, doc) {#name, doc, SETTING_##kind, initial, least, most},
#include "language/settings.def"
};

const struct choice_row choice_rows[CHOICE_ROWS] = {
#define CHOICE(kind, what) {#kind, what},
#include "language/settings.def"
};

static const struct {
    enum choice_kind kind;
    const char *word;
} word_rows[CHOICE_WORDS] = {
#define WORD(kind, word) {CHOICE_##kind, #word},
#include "language/settings.def"
};

int choice_words(enum choice_kind kind, const char **words) {
    int count = 0;
    for (int i = 0; i < CHOICE_WORDS; i++)
        if (word_rows[i].kind == kind) words[count++] = word_rows[i].word;
    return count;
}

const char *choice_text(struct arena *arena, enum choice_kind kind, const char *quote) {
    const char *words[CHOICE_WORDS];
    int count = choice_words(kind, words);
    const char *text = arena_print(arena, "%s%s%s", quote, words[0], quote);
    for (int i = 1; i < count; i++)
        text = arena_print(arena, "%s%s%s%s%s", text, i + 1 < count ? ", " : " or ", quote, words[i], quote);
    return text;
}

int setting_choice(enum setting_id setting) {
    int choice = (int)setting_rows[setting].kind - SETTING_BEFORE_CHOICES - 1;
    return choice < 0 ? -1 : choice;
}

const char *setting_value_word(enum setting_id setting, double value) {
    const char *words[CHOICE_WORDS];
    int choice = setting_choice(setting);
    if (choice < 0) return NULL;
    choice_words((enum choice_kind)choice, words);
    return words[(int)value];
}

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

#define READS(name) [SETTING_##name] = true,

bool optimizer_reads(enum optimizer optimizer, enum setting_id setting) {
    static const bool reads_setting[OPTIMIZERS][SETTING_COUNT] = {
#define OPTIMIZER(word, states, reads) [OPTIMIZER_##word] = {reads},
#include "language/settings.def"
    };
    return reads_setting[optimizer][setting];
}

bool setting_reaches(enum setting_id setting, enum optimizer optimizer) {
    static const bool reaches_all[SETTING_COUNT] = {
#define TRAINING(reads) reads
#include "language/settings.def"
    };
    return reaches_all[setting] || optimizer_reads(optimizer, setting);
}

size_t optimizer_states(const double *settings) {
    const size_t counts[OPTIMIZERS] = {
#define VALUE(name) settings[SETTING_##name]
#define OPTIMIZER(word, states, reads) [OPTIMIZER_##word] = (size_t)(states),
#include "language/settings.def"
    };
    return counts[(size_t)settings[SETTING_optimizer]];
}

const char *table_describe(const char *word) {
    for (int i = 0; i < LAYER_KINDS; i++)
        if (strcmp(layer_rows[i].name, word) == 0) return activations[i] ? "an activation" : "a layer";
    for (int i = 0; i < LATENT_KINDS; i++)
        if (strcmp(latent_rows[i].row.name, word) == 0) return "a latent";
    for (int i = 0; i < TERM_KINDS; i++)
        if (strcmp(term_rows[i].row.name, word) == 0) return "a loss term";
    for (int i = 0; i < FUNCTION_ROWS; i++)
        if (strcmp(function_rows[i].name, word) == 0) return "a function";
    for (int i = 0; i < DATA_ROWS; i++)
        if (strcmp(data_rows[i], word) == 0) return "a data setting";
    for (int i = 0; i < SETTING_COUNT; i++)
        if (strcmp(setting_names[i], word) == 0) return "a train setting";
    for (int i = 0; i < READER_ROWS; i++)
        if (strcmp(reader_rows[i], word) == 0) return "a reader of data";
    for (int i = 0; i < CHOICE_WORDS; i++)
        if (strcmp(word_rows[i].word, word) == 0) return choice_rows[word_rows[i].kind].what;
    return NULL;
}
