#include "compiler/nest/build.h"
#include "compiler/nest/check/formula.h"
#include "compiler/nest/kernels/kernels.h"

void random_build(struct nest *nest) {
    const struct kernel_description *kernel = nest->kernel;
    const struct kernel_array *output = &kernel->arrays[kernel->roles.output];
    const long size[] = {0, (long)output->stride};
    const struct index *at[] = {nest_samples(nest), at_constant(nest, 0)};
    struct statement *draw = nest_call(nest, kernel->op == OP_DROPOUT ? CALL_DROPOUT : CALL_NORMAL);
    draw->constant = kernel->probability;
    call_index(nest, draw, at[0]);
    call_index(nest, draw, at_constant(nest, kernel->site));
    call_index(nest, draw, at_constant(nest, (long)output->count));
    call_place(nest, draw, operand_element(nest_array(nest, kernel->roles.output, 2, size), at));
    nest_close(nest, 1);
}

static struct number random_element(const struct formula *f, long sample, long element) {
    const struct arithmetic *a = f->arithmetic;
    bool dropout = f->kernel->op == OP_DROPOUT;
    const long named[] = {sample, f->kernel->site, element};
    return a->random(a->context, dropout ? CALL_DROPOUT : CALL_NORMAL, named, dropout ? f->kernel->probability : 0);
}

void random_formula(struct formula *f) {
    formula_samples(f, random_element);
}

void random_stem(const struct kernel_use *use, struct buffer *out) {
    stem_elements(use, op_name(use->kernel->op), out);
}

const char *random_comment(const struct kernel_use *use) {
    (void)use;
    return "";
}
