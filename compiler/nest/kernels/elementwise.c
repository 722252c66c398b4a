#include "compiler/nest/build.h"
#include "compiler/nest/check/formula.h"
#include "compiler/nest/kernels/kernels.h"

// Values alone.

void elementwise_build(struct nest *nest) {
    const long size[] = {0, (long)nest->kernel->count};
    struct place element = {.at = {nest_samples(nest)}, .rank = 2, .size = size};
    struct elements_walk walk = {.count = size[1]};
    const struct symbol **partials = values_partials(nest, &walk.partials);
    while (elements_next(nest, &walk)) {
        element.at[1] = walk.at;
        values_build(nest, (struct operand){0}, &element, partials, walk.vector);
    }
    element.at[1] = at_constant(nest, 0);
    values_finish(nest, partials, &element);
    nest_close(nest, 1);
}

static struct number no_element(const struct formula *f, long sample, long element) {
    (void)f;
    (void)sample;
    (void)element;
    return (struct number){0};
}

void elementwise_formula(struct formula *f) {
    formula_samples(f, no_element);
}

void elementwise_stem(const struct kernel_use *use, struct buffer *out) {
    if (!use->loss) {
        buffer_print(out, "elementwise");
        stem_values(use, out);
        buffer_print(out, "_%zu", use->kernel->count);
        return;
    }
    buffer_print(out, "loss_%s", use->loss);
    if (!use->backward) buffer_print(out, "_forward");
    if (use->any_backward) buffer_print(out, "_backward");
}

const char *elementwise_comment(const struct kernel_use *use) {
    (void)use;
    return "";
}
