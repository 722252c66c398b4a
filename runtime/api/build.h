// What a trainer trains and how it was made. `aespec build` writes the definition as a second C file next to the model's
// and compiles both with the same flags; a trainer linked by hand needs one too.
#ifndef AE_BUILD_H
#define AE_BUILD_H

#include <stddef.h>

#include "runtime/api/model.h"

struct ae_build {
    const struct ae_model *model;    // that the trainer trains
    const char *version;             // of aespec
    const char *compiler;            // the C compiler's own words, one line
    const char *flags;               // it was given
    const char *const *sets;         // [set_count] NAME=EXPR of each --set that the C was made with, in their order
    size_t set_count;
};

extern const struct ae_build ae_build;

// The compiler's name. A trainer that it starts gets this one as argv[0] and begins its messages with it.
#define AESPEC_NAME "aespec"

// A trainer's file holds these two texts, one right after the other, by which `aespec build` knows what it may replace.
// Apart here, so that only a trainer has the whole. One definition, in the runtime's main.c, referred to from there so
// that the linker keeps it: const char ae_trainer_marker[] = AE_TRAINER_MARKER_BEGIN AE_TRAINER_MARKER_END;
#define AE_TRAINER_MARKER_BEGIN "aespec-trainer"
#define AE_TRAINER_MARKER_END "-marker"
extern const char ae_trainer_marker[];

#endif
