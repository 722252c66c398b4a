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
    bool *given;          // [constant_count] true: set by --set
    double *weights;      // [term_count]
};

// The values of the spec. The caller must call settings_free, also after settings_resolve in any case.
void settings_default(const struct ae_model *model, struct settings *settings);
// The values of the command line, the spec and the defaults; EXIT_USAGE, with an error on stderr, for a wrong name or
// value.
int settings_resolve(const struct ae_model *model, const struct line *line, struct settings *settings);
// Sets a run-time const, if the model has one of this name, and recomputes the values that depend on it.
void settings_set_constant(struct settings *settings, const char *name, double value);
void settings_free(struct settings *settings);

const char *setting_name(enum ae_setting setting);
// The default of a setting, from settings.def.
double setting_initial(enum ae_setting setting);
// The word of a setting that is a choice, such as "adam"; NULL for a number.
const char *setting_word(enum ae_setting setting, double value);
// {"optimizer": "adam", "learning_rate": 0.001, ...}. The caller owns the reference.
json_t *settings_to_json(const struct settings *settings);

#endif
