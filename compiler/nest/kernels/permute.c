#include "compiler/nest/build.h"
#include "compiler/nest/check/formula.h"
#include "compiler/nest/kernels/kernels.h"

// Channels innermost -> channels first, or back.
void permute_build(struct nest *nest) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct kernel_description *kernel = nest->kernel;
    long positions = g->large_height * g->large_width;
    const struct index *sample = nest_samples(nest), *channel = nest_loop(nest, "c", 0, g->large_channels, 1);
    const struct index *position = nest_loop(nest, "i", 0, positions, 1);
    const struct index *first = at_add(nest, at_times(nest, channel, positions), position);
    const struct index *innermost = at_add(nest, at_times(nest, position, g->large_channels), channel);
    const struct index *from[] = {sample, kernel->back ? first : innermost};
    const struct index *to[] = {sample, kernel->back ? innermost : first};
    const long from_size[] = {0, (long)kernel->arrays[kernel->roles.input].stride};
    const long to_size[] = {0, (long)kernel->arrays[kernel->roles.output].stride};
    nest_assign(nest, operand_element(nest_array(nest, kernel->roles.output, 2, to_size), to),
                operand_element(nest_array(nest, kernel->roles.input, 2, from_size), from));
    nest_close(nest, 3);
}

// output[c][position] = input[position][c], or back
static struct number permute_element(const struct formula *f, long sample, long element) {
    const struct geometry *g = &f->kernel->geometry;
    long positions = g->large_height * g->large_width, channels = g->large_channels;
    long at = f->kernel->back ? element % channels * positions + element / channels
                              : element % positions * channels + element / positions;
    return formula_sample(f, f->kernel->roles.input, sample, at);
}

void permute_formula(struct formula *f) {
    formula_samples(f, permute_element);
}

void permute_stem(const struct kernel_use *use, struct buffer *out) {
    buffer_print(out, use->kernel->back ? "channels_innermost_" : "channels_first_");
    stem_image(use, out);
}

const char *permute_comment(const struct kernel_use *use) {
    (void)use;
    return "";
}
