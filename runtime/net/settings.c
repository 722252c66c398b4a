#include "runtime/net/settings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/text.h"
#include "runtime/api/command_rows.h"

// The kinds after WHOLE are choices.
enum kind {
    REAL,
    POSITIVE,
    FRACTION,
    WHOLE,
#define CHOICE(kind, what) kind,
#include "language/settings.def"
};

static const struct {
    const char *name;
    enum kind kind;
    double initial;
} rows[] = {
#define SETTING(id, kind, initial, minimum, maximum, doc) {#id, kind, initial},
#include "language/settings.def"
};

// The words of all choices; those of one choice are in order.
static const struct {
    enum kind kind;
    const char *word;
} words[] = {
#define WORD(kind, word) {kind, #word},
#include "language/settings.def"
};
enum { WORDS = sizeof words / sizeof *words };

// Lists the words of a choice; returns their number.
static size_t list_words(enum kind kind, const char *list[WORDS]) {
    size_t count = 0;
    for (size_t i = 0; i < WORDS; i++)
        if (words[i].kind == kind) list[count++] = words[i].word;
    return count;
}

const char *setting_name(enum ae_setting setting) {
    return rows[setting].name;
}

double setting_initial(enum ae_setting setting) {
    return rows[setting].initial;
}

const char *setting_word(enum ae_setting setting, double value) {
    const char *list[WORDS];
    size_t count = list_words(rows[setting].kind, list);
    return value >= 0 && value < (double)count ? list[(size_t)value] : NULL;
}

json_t *settings_to_json(const struct settings *settings) {
    json_t *object = json_object();
    for (size_t i = 0; i < AE_SETTING_COUNT; i++) {
        double value = settings->value[i];
        const char *word = setting_word((enum ae_setting)i, value);
        json_put(object, rows[i].name,
                 word                    ? json_string(word)
                 : rows[i].kind == WHOLE ? json_integer((json_int_t)value)
                                         : json_number(value));
    }
    return object;
}

// The value of a choice is the index of its word.
static bool in_range(enum ae_setting setting, double value) {
    if (setting_word(setting, 0)) return value == floor(value) && setting_word(setting, value);
    return value_holds(&setting_values[setting], value);
}

static int refuse_value(enum ae_setting setting, const char *found) {
    const struct option_value *value = &setting_values[setting];
    struct arena arena = {0};
    char what[VALUE_TEXT];
    const char *nearest = value_nearest(&arena, value, found);
    message_error(EXIT_USAGE, "%s must be %s, found %s%s%s%s", rows[setting].name, value_describe(value, what), found,
                  nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    arena_free(&arena);
    return EXIT_USAGE;
}

static int parse_setting(enum ae_setting setting, const char *text, double *value) {
    const struct option_value *takes = &setting_values[setting];
    if (!value_check(takes, text)) return refuse_value(setting, text);
    if (takes->kind == VALUE_WORD)
        *value = value_word(takes, text);
    else
        number_parse(text, value);
    return EXIT_OK;
}

static void derive(struct settings *settings) {
    for (size_t i = 0; i < AE_SETTING_COUNT; i++)
        settings->value[i] = rows[i].initial;
    settings->model->derive(settings->constants, settings->given, settings->weights, settings->value);
}

void settings_default(const struct ae_model *model, struct settings *settings) {
    *settings = (struct settings){.model = model,
                                  .constants = memory_allocate(model->constant_count, sizeof(double)),
                                  .given = memory_allocate(model->constant_count, sizeof(bool)),
                                  .weights = memory_allocate(model->term_count, sizeof(double))};
    derive(settings);
}

void settings_free(struct settings *settings) {
    free(settings->constants);
    free(settings->given);
    free(settings->weights);
    *settings = (struct settings){0};
}

static size_t find_constant(const struct ae_model *model, const char *name, size_t length) {
    size_t i = 0;
    while (i < model->constant_count &&
           (strncmp(model->constants[i].name, name, length) != 0 || model->constants[i].name[length]))
        i++;
    return i;
}

static size_t find_setting(const char *name, size_t length) {
    size_t i = 0;
    while (i < AE_SETTING_COUNT && (strncmp(rows[i].name, name, length) != 0 || rows[i].name[length]))
        i++;
    return i;
}

void settings_set_constant(struct settings *settings, const char *name, double value) {
    size_t constant = find_constant(settings->model, name, strlen(name));
    if (constant == settings->model->constant_count) return;
    settings->constants[constant] = value;
    settings->given[constant] = true;
    derive(settings);
}

static int refuse_name(const struct ae_model *model, const char *name, size_t length) {
    const char **names = memory_allocate(model->constant_count + AE_SETTING_COUNT, sizeof *names);
    for (size_t i = 0; i < model->constant_count; i++)
        names[i] = model->constants[i].name;
    for (size_t i = 0; i < AE_SETTING_COUNT; i++)
        names[model->constant_count + i] = rows[i].name;
    char *word = text_copy(name);
    word[length] = 0;
    const char *nearest = nearest_name(word, names, model->constant_count + AE_SETTING_COUNT);
    message_error(EXIT_USAGE, "--set: '%s' is neither a train setting nor a run-time const%s%s%s", word,
                  nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    message_error(EXIT_USAGE, "a const that shapes the network requires a new trainer: aespec build --set %s=VALUE %s",
                  word, model->file);
    free(word);
    free(names);
    return EXIT_USAGE;
}

// Consts come first, because settings may depend on them.
static int set_constants(const struct line *line, struct settings *settings) {
    const struct ae_model *model = settings->model;
    for (size_t i = 0; i < line->given_count; i++) {
        if (strcmp(line->given[i].option->name, "set") != 0) continue;
        const char *text = line->given[i].value;
        size_t length = strcspn(text, "=");
        if (!length || !text[length]) return message_error(EXIT_USAGE, "--set must be NAME=NUMBER, found '%s'", text);
        size_t constant = find_constant(model, text, length);
        if (constant == model->constant_count) {
            if (find_setting(text, length) == AE_SETTING_COUNT) return refuse_name(model, text, length);
            continue;
        }
        if (!number_parse(text + length + 1, &settings->constants[constant]))
            return message_error(EXIT_USAGE, "--set: %s must be a number, found '%s'", model->constants[constant].name,
                                 text + length + 1);
        settings->given[constant] = true;
    }
    derive(settings);
    return EXIT_OK;
}

static int set_settings(const struct line *line, struct settings *settings) {
    const struct ae_model *model = settings->model;
    for (size_t i = 0; i < line->given_count; i++) {
        if (strcmp(line->given[i].option->name, "set") != 0) continue;
        const char *text = line->given[i].value;
        size_t length = strcspn(text, "="), setting = find_setting(text, length);
        if (setting == AE_SETTING_COUNT || find_constant(model, text, length) < model->constant_count) continue;
        int code = parse_setting((enum ae_setting)setting, text + length + 1, &settings->value[setting]);
        if (code != EXIT_OK) return code;
    }
    for (size_t i = 0; i < AE_SETTING_COUNT; i++) {
        const char *text = line_value(line, rows[i].name);
        int code = text ? parse_setting((enum ae_setting)i, text, &settings->value[i]) : EXIT_OK;
        if (code != EXIT_OK) return code;
    }
    return EXIT_OK;
}

static int check_derived(const struct settings *settings) {
    const struct ae_model *model = settings->model;
    for (size_t i = 0; i < AE_SETTING_COUNT; i++) {
        char found[32];
        snprintf(found, sizeof found, "%.9g", settings->value[i]);
        if (!in_range((enum ae_setting)i, settings->value[i])) return refuse_value((enum ae_setting)i, found);
    }
    for (size_t i = 0; i < model->term_count; i++)
        if (!isfinite(settings->weights[i]))
            return message_error(EXIT_USAGE, "the weight of the loss '%s' must be finite, found %g",
                                 model->terms[i].name, settings->weights[i]);
    return EXIT_OK;
}

int settings_resolve(const struct ae_model *model, const struct line *line, struct settings *settings) {
    settings_default(model, settings);
    int code = set_constants(line, settings);
    if (code == EXIT_OK) code = set_settings(line, settings);
    return code == EXIT_OK ? check_derived(settings) : code;
}
