#include "runtime/net/parameters.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "runtime/numbers/random.h"
#include "runtime/numbers/reals.h"

size_t ae_shape_count(const struct ae_shape *shape) {
    size_t count = 1;
    for (int i = 0; i < shape->rank; i++)
        count *= shape->size[i];
    return count;
}

size_t parameters_total(const struct ae_model *model) {
    size_t total = 0;
    for (size_t i = 0; i < model->parameter_tensors; i++)
        total += ae_shape_count(&model->parameters[i].shape);
    return total;
}

// Walks a view in the file's order; `place` is the element's index in memory.
struct walk {
    const struct ae_parameter *parameter;
    size_t index[AE_VIEW_MAX];
    size_t place;
};

static struct walk walk_begin(const struct ae_parameter *parameter) {
    return (struct walk){.parameter = parameter, .place = parameter->offset};
}

static void walk_on(struct walk *walk) {
    const struct ae_parameter *parameter = walk->parameter;
    for (int i = parameter->view_rank - 1; i >= 0; i--) {
        walk->place += parameter->stride[i];
        if (++walk->index[i] < parameter->view[i]) return;
        walk->place -= parameter->view[i] * parameter->stride[i];
        walk->index[i] = 0;
    }
}

void parameter_to_file(const struct ae_parameter *parameter, const ae_real *memory, ae_real *file) {
    size_t count = ae_shape_count(&parameter->shape);
    struct walk walk = walk_begin(parameter);
    for (size_t i = 0; i < count; i++, walk_on(&walk))
        file[i] = memory[walk.place];
}

void parameter_from_file(const struct ae_parameter *parameter, const ae_real *file, ae_real *memory) {
    size_t count = ae_shape_count(&parameter->shape);
    struct walk walk = walk_begin(parameter);
    for (size_t i = 0; i < count; i++, walk_on(&walk))
        memory[walk.place] = file[i];
}

void parameters_initialise(const struct ae_model *model, uint64_t seed, ae_real *memory) {
    for (size_t i = 0; i < model->parameter_count; i++)
        memory[i] = 0;
    for (size_t i = 0; i < model->parameter_tensors; i++) {
        const struct ae_parameter *parameter = &model->parameters[i];
        size_t count = ae_shape_count(&parameter->shape);
        ae_real *file = reals_allocate(count);
        ae_random_uniform(seed, (uint32_t)i, count, parameter->bound, file);
        parameter_from_file(parameter, file, memory);
        free(file);
    }
}

const struct ae_parameter *parameters_find_not_finite(const struct ae_model *model, const ae_real *memory,
                                                      size_t count) {
    for (size_t i = 0; i < model->parameter_tensors; i++) {
        const struct ae_parameter *parameter = &model->parameters[i];
        if (parameter->offset >= count) continue;
        size_t elements = ae_shape_count(&parameter->shape);
        struct walk walk = walk_begin(parameter);
        for (size_t j = 0; j < elements; j++, walk_on(&walk))
            if (!isfinite(memory[walk.place])) return parameter;
    }
    return NULL;
}
