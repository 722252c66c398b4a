// The commands that use a trained model: each returns the program's exit code.
#ifndef AE_EXPORT_H
#define AE_EXPORT_H

#include "options.h"

int command_evaluate(const struct line *line);
int command_encode(const struct line *line);
int command_decode(const struct line *line);
int command_reconstruct(const struct line *line);
int command_sample(const struct line *line);
int command_grid(const struct line *line);

#endif
