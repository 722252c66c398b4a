#include "compiler/nest/build.h"
#include "compiler/nest/check/formula.h"
#include "compiler/nest/kernels/kernels.h"

// Samples one after the other -> groups of samples, one a lane, or back.
static void packing_build(struct nest *nest) {
    const struct kernel_description *kernel = nest->kernel;
    const struct kernel_array *input = &kernel->arrays[kernel->roles.input];
    const struct kernel_array *output = &kernel->arrays[kernel->roles.output];
    bool pack = kernel->kind == KERNEL_PACK;
    long lanes = nest->machine->lanes, count = (long)output->count;
    const long from_size[] = {0, (long)input->stride * (pack ? 1 : lanes)};
    const long to_size[] = {0, (long)output->stride * (pack ? lanes : 1)};
    const struct index *zero[] = {at_constant(nest, 0), at_constant(nest, 0)};
    struct statement *call = nest_call(nest, pack ? CALL_PACK : CALL_UNPACK);
    call_index(nest, call, at_symbol(nest, nest->samples));
    call_index(nest, call, at_constant(nest, count));
    call_index(nest, call, at_constant(nest, (long)(pack ? input : output)->stride));
    call_place(nest, call, operand_element(nest_array(nest, kernel->roles.input, 2, from_size), zero));
    call_place(nest, call, operand_element(nest_array(nest, kernel->roles.output, 2, to_size), zero));
}

// Samples into the lanes of groups, those of the last group that no sample fills 0, or back.
static void packing_formula(struct formula *f) {
    const struct kernel_roles *roles = &f->kernel->roles;
    bool pack = f->kernel->kind == KERNEL_PACK;
    long lanes = f->nest->machine->lanes, filled = (f->samples + lanes - 1) / lanes * lanes;
    for (long sample = 0; sample < (pack ? filled : f->samples); sample++)
        for (long i = 0; i < (long)f->kernel->count; i++)
            formula_expects(f, roles->output, sample, i,
                            sample < f->samples ? formula_sample(f, roles->input, sample, i) : formula_constant(f, 0),
                            1);
}

static void packing_stem(const struct kernel_use *use, struct buffer *out) {
    stem_elements(use, kernel_rows[use->kernel->kind].name, out);
}

static const char *packing_comment(const struct kernel_use *use) {
    (void)use;
    return "";
}

#define PACKING(name)                                                    \
    void name##_build(struct nest *nest) {                               \
        packing_build(nest);                                             \
    }                                                                    \
    void name##_formula(struct formula *f) {                             \
        packing_formula(f);                                              \
    }                                                                    \
    void name##_stem(const struct kernel_use *use, struct buffer *out) { \
        packing_stem(use, out);                                          \
    }                                                                    \
    const char *name##_comment(const struct kernel_use *use) {           \
        return packing_comment(use);                                     \
    }

PACKING(pack)
PACKING(unpack)
