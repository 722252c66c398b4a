// The command `train`.
#ifndef AE_TRAIN_H
#define AE_TRAIN_H

#include "options.h"

// Returns the program's exit code.
int command_train(const struct line *line);

#endif
