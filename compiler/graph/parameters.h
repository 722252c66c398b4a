// The table of a model's parameters. All graphs of the model share it and find a parameter by its name.
#ifndef PARAMETERS_TABLE_H
#define PARAMETERS_TABLE_H

#include "base/names.h"
#include "compiler/shape.h"

struct parameter {
    struct parameter_info info;
    size_t count;
};

struct parameters {
    struct parameter *list;
    int count, capacity;
    struct names by_name;     // the index of "encoder.3.weight"
    struct names by_owner;    // the elements of all parameters of "encoder.3"
};

// The index of the parameter `info.name`. Adds it with `count` elements if it is new.
int parameter_add(struct parameters *parameters, struct arena *arena, const struct parameter_info *info, size_t count);
// Elements of the parameters of a layer or a head of the latent, by its name ("encoder.3").
size_t parameters_of(const struct parameters *parameters, const char *name);

#endif
