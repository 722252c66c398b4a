// The weights of a command: a safetensors file or a RUN, with what is remembered beside them.
#ifndef AE_TRAINED_H
#define AE_TRAINED_H

#include "base/option/option.h"
#include "runtime/net/evaluation.h"
#include "runtime/net/safetensors.h"
#include "runtime/net/settings.h"

// A model that is ready to evaluate.
struct trained {
    const struct ae_model *model;
    ae_real *parameters;
    struct weights_notes notes;
    struct settings settings;    // with the consts of the RUN, where the weights are a RUN's
    struct pool *pool;
    struct evaluation evaluation;
};

// path: a file, or a folder that holds weights.safetensors. An exit code, told on stderr.
int weights_read(const struct ae_model *model, const char *path, ae_real *parameters, struct weights_notes *notes);
// The model of the line's --weights. trained_free afterwards, in any case.
int trained_load(const struct ae_model *model, const struct line *line, struct trained *trained);
void trained_free(struct trained *trained);
// The value of --threads, or as many as there are processors.
size_t line_threads(const struct line *line);

#endif
