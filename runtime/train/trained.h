// The weights of a command: a safetensors file or a RUN, and the settings stored with them.
#ifndef AE_TRAINED_H
#define AE_TRAINED_H

#include "base/option/option.h"
#include "runtime/net/evaluation.h"
#include "runtime/net/safetensors.h"
#include "runtime/net/settings.h"

// A model with its weights.
struct trained {
    const struct ae_model *model;
    ae_real *parameters;
    struct weights_notes notes;
    struct settings settings;    // with the consts of the RUN, if the weights are those of a RUN
    struct pool *pool;
    struct evaluation evaluation;
};

// path: a file, or a folder that contains weights.safetensors. Returns an exit code; errors are reported on stderr.
int weights_read(const struct ae_model *model, const char *path, ae_real *parameters, struct weights_notes *notes);
// Loads the weights of --weights. The caller must call trained_free in any case.
int trained_load(const struct ae_model *model, const struct line *line, struct trained *trained);
void trained_free(struct trained *trained);
// The value of --threads, or the number of processors.
size_t line_threads(const struct line *line);

#endif
