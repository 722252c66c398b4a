// Train settings, run-time consts and loss weights, resolved: a flag beats --set beats the spec beats the default.
#ifndef AE_SETTINGS_H
#define AE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json/json.h"
#include "base/option/option.h"
#include "runtime/api/model.h"

struct settings {
    const struct ae_model *model;
    double value[AE_SETTING_COUNT];
    double *constants;    // [constant_count]
    bool *given;          // [constant_count] set by hand
    double *weights;      // [term_count]
};

// What the spec alone says. settings_free afterwards, also after settings_resolve in any case.
void settings_default(const struct ae_model *model, struct settings *settings);
// From the line's flags and --set; EXIT_USAGE, with a message on stderr, for a wrong name or value.
int settings_resolve(const struct ae_model *model, const struct line *line, struct settings *settings);
// Sets one const, when the model has a run-time const of this name, and derives the rest again.
void settings_set_constant(struct settings *settings, const char *name, double value);
void settings_free(struct settings *settings);

const char *setting_name(enum ae_setting setting);
// Its default, as settings.def has it.
double setting_initial(enum ae_setting setting);
// "adam", "sum" for a setting that is a choice, NULL for one that is a number.
const char *setting_word(enum ae_setting setting, double value);
// {"optimizer": "adam", "learning_rate": 0.001, ...}, the caller's reference.
json_t *settings_to_json(const struct settings *settings);

#endif
