// What a command line asks of the model, checked by aespec before it builds a trainer and by a trainer before it runs.
#ifndef AE_CHECKS_H
#define AE_CHECKS_H

#include "base/option/option.h"

// What the checks need to know of a model.
struct model_facts {
    const char *latent_name;
    bool latent_is_gaussian;
    size_t latent_count;    // units
    const size_t *input;    // [input_rank] sizes
    size_t input_rank;
};

// EXIT_USAGE, reported on stderr, when the line's command cannot be run on the model.
int line_check_model(const struct line *line, const struct model_facts *facts);

#endif
