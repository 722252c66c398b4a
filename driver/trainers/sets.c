#include "driver/trainers/sets.h"

#include "base/number.h"

#include <string.h>

#include "runtime/api/command_rows.h"

const char *sets_value(struct arena *arena, int setting, double value) {
    if (setting < 0 || setting_values[setting].kind != VALUE_WORD) return number_text(arena, value);
    const char *const *words;
    option_split(arena, setting_values[setting].shown, &words);
    return words[(int)value];
}

// NAME=VALUE if the const or setting can be changed without compiling, else NULL.
static const char *run_time_value(struct arena *arena, const struct spec *spec, const char *name) {
    for (int i = 0; i < SETTING_COUNT; i++)
        if (strcmp(setting_names[i], name) == 0)
            return arena_print(arena, "%s=%s", name, sets_value(arena, i, spec->setting_values[i]));
    for (const struct constant *constant = spec->constants; constant; constant = constant->next)
        if (strcmp(constant->name.text, name) == 0 && constant->is_number && !constant->fixed)
            return arena_print(arena, "%s=%s", name, sets_value(arena, -1, constant->number));
    return NULL;
}

static bool set_again(const struct compile_options *options, size_t place, const char *name) {
    size_t length = strlen(name);
    for (size_t i = place + 1; i < options->set_count; i++)
        if (strncmp(options->sets[i], name, length) == 0 && options->sets[i][length] == '=') return true;
    return false;
}

int sets_split(struct arena *arena, struct compile_options *options, struct compilation **compilation,
               struct sets *run_time) {
    size_t all = options->set_count;
    struct sets compiled = {ARENA_ARRAY(arena, const char *, all + 1), 0};
    *run_time = (struct sets){ARENA_ARRAY(arena, const char *, all + 1), 0};
    const struct spec *spec = compilation_spec(*compilation);
    for (size_t i = 0; i < all; i++) {
        const char *name = arena_copy(arena, options->sets[i], strcspn(options->sets[i], "="));
        const char *value = run_time_value(arena, spec, name);
        if (!value)
            compiled.set[compiled.count++] = options->sets[i];
        else if (!set_again(options, i, name))
            run_time->set[run_time->count++] = value;
    }
    if (compiled.count == all) return EXIT_OK;
    options->sets = compiled.set;
    options->set_count = compiled.count;
    compilation_close(*compilation);
    return compilation_open(options, compilation);
}
