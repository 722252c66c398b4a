// The command `train`.
#ifndef AE_TRAIN_H
#define AE_TRAIN_H

#include "runtime/commands/options.h"

// Returns the program's exit code.
int command_train(const struct ae_model *model, const struct line *line);

#endif
