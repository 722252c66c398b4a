// The command `train`.
#ifndef AE_TRAIN_H
#define AE_TRAIN_H

#include "base/option/option.h"
#include "runtime/api/model.h"

// Returns the program's exit code.
int command_train(const struct ae_model *model, const struct line *line);

#endif
