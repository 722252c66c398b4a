// The model of a trainer and how the trainer was built. `aespec build` writes the definition of `ae_build` to a second
// C file next to the model's and compiles both with the same flags. A trainer that is linked by hand must define it,
// too.
#ifndef AE_BUILD_H
#define AE_BUILD_H

#include <stddef.h>

#include "runtime/api/model.h"

struct ae_build {
    const struct ae_model *model;    // the model that the trainer trains
    const char *version;             // of aespec
    const char *compiler;            // what the C compiler prints as its version, one line
    const char *flags;               // flags of the C compiler
    const char *const *sets;         // [set_count] NAME=EXPR of each --set of the build, in order
    size_t set_count;
};

extern const struct ae_build ae_build;

// The name of the driver. It passes this name to a trainer as argv[0]; the trainer then begins its messages with it.
#define AESPEC_NAME "aespec"

// Every trainer contains the concatenation of these two strings. `aespec build` replaces an existing file only if it
// finds the marker. The strings are separate here so that only trainers contain the whole marker. It is defined and
// used in runtime/commands/main.c; the use keeps the linker from dropping it.
#define AE_TRAINER_MARKER_BEGIN "aespec-trainer"
#define AE_TRAINER_MARKER_END "-marker"
extern const char ae_trainer_marker[];

#endif
