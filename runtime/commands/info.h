// The command `info`: what a trainer knows of its model.
#ifndef AE_INFO_H
#define AE_INFO_H

#include "runtime/commands/options.h"

int command_info(const struct ae_model *model, const struct line *line);

#endif
