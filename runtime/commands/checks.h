// Checks whether a command line fits the model. aespec runs them before it builds a trainer, a trainer before it runs a
// command.
#ifndef AE_CHECKS_H
#define AE_CHECKS_H

#include "base/option/option.h"

// The facts about a model that the checks use.
struct model_facts {
    const char *latent_name;
    bool latent_is_gaussian;
    size_t latent_count;    // units
    const size_t *input;    // [input_rank] sizes
    size_t input_rank;
};

// EXIT_USAGE, with an error on stderr, if the command cannot be run on the model.
int line_check_model(const struct line *line, const struct model_facts *facts);

#endif
