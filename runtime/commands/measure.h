// The command `measure`: measures of the latent space, as lines or JSON.
#ifndef AE_MEASURE_H
#define AE_MEASURE_H

#include "runtime/commands/options.h"

int command_measure(const struct ae_model *model, const struct line *line);

#endif
