#include "runtime/commands/commands.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json/json.h"
#include "base/number.h"
#include "runtime/net/parameters.h"
#include "runtime/net/settings.h"
#include "runtime/net/step.h"

static json_t *sizes_to_json(const struct ae_shape *shape) {
    json_t *sizes = json_array();
    for (int i = 0; i < shape->rank; i++)
        json_append(sizes, json_integer((json_int_t)shape->size[i]));
    return sizes;
}

static const char *latent_kind(const struct ae_model *model) {
    return model_latent(model)->kind == AE_LATENT_GAUSSIAN ? "gaussian" : "code";
}

// Whole numbers are printed without a decimal point.
static json_t *number_to_json(double value) {
    return value == floor(value) && fabs(value) < 1e15 ? json_integer((json_int_t)value) : json_number(value);
}

static json_t *layers_to_json(const struct ae_model *model) {
    json_t *layers = json_array();
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct ae_layer *layer = &model->layers[i];
        json_append(layers, json_make("{s:s, s:s, s:o, s:I, s:o}", "name", layer->name, "kind", layer->kind, "shape",
                                      sizes_to_json(&layer->shape), "parameters", (json_int_t)layer->parameters,
                                      "flops", number_to_json(layer->flops)));
    }
    return layers;
}

static json_t *constants_to_json(const struct settings *settings) {
    const struct ae_model *model = settings->model;
    json_t *constants = json_array();
    for (size_t i = 0; i < model->constant_count; i++)
        json_append(constants, json_make("{s:s, s:o, s:b}", "name", model->constants[i].name, "value",
                                         json_number(settings->constants[i]), "run_time", 1));
    return constants;
}

static void print_json(const struct settings *settings) {
    const struct ae_model *model = settings->model;
    json_t *root =
        json_make("{s:s, s:{s:s, s:o}, s:{s:s, s:s, s:o}, s:o, s:I, s:{s:I}, s:o, s:o}", "model", model->name, "input",
                  "name", model_input(model)->name, "shape", sizes_to_json(&model_input(model)->shape), "latent",
                  "name", model_latent(model)->name, "kind", latent_kind(model), "shape",
                  sizes_to_json(&model_latent(model)->shape), "layers", layers_to_json(model), "parameters",
                  (json_int_t)parameters_total(model), "step", "bytes", (json_int_t)stepper_bytes(settings), "train",
                  settings_to_json(settings), "consts", constants_to_json(settings));
    json_print(root);
}

static void print_table(const struct settings *settings) {
    const struct ae_model *model = settings->model;
    char text[SIZES_TEXT];
    printf("model       %s (%s, %s, %s)\n", model->name, model->file, model->target,
           model->real_bytes == 8 ? "double" : "float");
    printf("input       %s : %s\n", model_input(model)->name,
           sizes_format(text, model_input(model)->shape.size, (size_t)model_input(model)->shape.rank));
    printf("latent      %s : %s, %s\n", model_latent(model)->name,
           sizes_format(text, model_latent(model)->shape.size, (size_t)model_latent(model)->shape.rank),
           latent_kind(model));
    printf("parameters  %zu\n", parameters_total(model));
    printf("memory      %zu bytes for training at batch %.0f, without the data\n", stepper_bytes(settings),
           settings->value[AE_SETTING_batch]);
    printf("\n%-16s %-12s %-16s %12s %14s\n", "layer", "kind", "shape", "parameters", "flops");
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct ae_layer *layer = &model->layers[i];
        printf("%-16s %-12s %-16s %12zu %14.0f\n", layer->name, layer->kind,
               sizes_format(text, layer->shape.size, (size_t)layer->shape.rank), layer->parameters, layer->flops);
    }
    putchar('\n');
    for (size_t i = 0; i < AE_SETTING_COUNT; i++) {
        const char *word = setting_word((enum ae_setting)i, settings->value[i]);
        printf("%-16s ", setting_name((enum ae_setting)i));
        if (word)
            puts(word);
        else
            printf("%.9g\n", settings->value[i]);
    }
    for (size_t i = 0; i < model->constant_count; i++)
        printf("%-16s %.9g    (const)\n", model->constants[i].name, settings->constants[i]);
}

int command_info(const struct ae_model *model, const struct line *line) {
    struct settings settings;
    settings_default(model, &settings);
    if (line_has(line, "json"))
        print_json(&settings);
    else
        print_table(&settings);
    settings_free(&settings);
    return EXIT_OK;
}
