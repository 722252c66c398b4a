// A trainer's command line.
#ifndef AE_COMMANDS_H
#define AE_COMMANDS_H

#include "runtime/api/model.h"

// Runs the command that argv [argc] names, argv[0] being the program, on the model; returns the program's exit code.
int trainer_run(const struct ae_model *model, int argc, char **argv);

#endif
