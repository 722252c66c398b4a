#include "compiler/nest/build.h"
#include "compiler/nest/check/formula.h"
#include "compiler/nest/kernels/kernels.h"

// The gradient of a bias: gradient[c] += sum over samples and positions of image[y][x][c], one chain a channel over
// (sample, y, x), some vectors of channels at a time. Of the whole batch it is the sum itself: the chain begins at 0.

enum { COLUMNS_MOST = 4 };

// Of one channel the partial sums of each sample are joined.
static bool is_one_channel(const struct geometry *g) {
    return g->large_channels == 1 && g->large_height * g->large_width > 1;
}

static struct operand image_operand(struct nest *nest, const struct index *sample, const struct index *position,
                                    const struct index *channel) {
    const struct geometry *g = &nest->kernel->geometry;
    int number = nest->kernel->roles.input;
    long positions = g->large_height * g->large_width;
    const long size[] = {0, positions > 1 ? positions : (long)nest->kernel->arrays[number].stride, g->large_channels};
    const struct index *at[] = {sample, positions > 1 ? position : channel, channel};
    return operand_memory(nest_array(nest, number, positions > 1 ? 3 : 2, size), at);
}

static struct operand gradient_operand(struct nest *nest, const struct index *channel) {
    const long size[] = {nest->kernel->geometry.large_channels};
    return operand_memory(nest_array(nest, nest->kernel->roles.output, 1, size), &channel);
}

static void sums_move(struct nest *nest, const struct symbol *sums, const struct index *channel, bool back) {
    bool zero = nest->kernel->whole_batch && !back;
    for (long i = 0; i < sums->size[1]; i++) {
        struct operand sum = operand_register(sums, at_constant(nest, 0), at_constant(nest, i));
        struct operand element = gradient_operand(nest, at_plus(nest, channel, i * nest->machine->lanes));
        nest_lanes(nest, i + 1 == sums->size[1] ? sums->last_lanes : sums->lanes);
        nest_assign(nest, back ? element : sum, zero ? operand_constant(0) : back ? sum : element);
        nest_close(nest, 1);
    }
}

static void channels_build(struct nest *nest, const struct index *channel, long columns, int last_lanes) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct symbol *sums = nest_registers(nest, "sum", 1, columns, nest->machine->lanes, last_lanes);
    sums_move(nest, sums, channel, false);
    const struct index *sample = nest_samples(nest);
    const struct index *position = nest_loop(nest, "i", 0, g->large_height * g->large_width, 1);
    for (long i = 0; i < columns; i++) {
        nest_lanes(nest, i + 1 == columns ? last_lanes : nest->machine->lanes);
        nest_sum(nest, operand_register(sums, at_constant(nest, 0), at_constant(nest, i)),
                 image_operand(nest, sample, position, at_plus(nest, channel, i * nest->machine->lanes)));
        nest_close(nest, 1);
    }
    nest_close(nest, 2);
    sums_move(nest, sums, channel, true);
}

// One channel: partial sums over the positions of each sample, joined, then summed over the samples.
static void one_channel_build(struct nest *nest) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct index *zero = at_constant(nest, 0), *sample = nest_samples(nest);
    int number = nest->kernel->roles.input;
    struct symbol *partial = nest_symbol(nest, SYMBOL_PARTIALS, "partial");
    nest_add(nest, STATEMENT_PARTIALS)->symbol = partial;
    struct elements_walk walk = {.count = g->large_height * g->large_width, .partials = true};
    const long size[] = {0, (long)nest->kernel->arrays[number].stride};
    while (elements_next(nest, &walk)) {
        const struct index *at[] = {sample, walk.at};
        nest_sum(nest,
                 (struct operand){.kind = OPERAND_PARTIAL, .symbol = partial, .at = {at_constant(nest, walk.vector)}},
                 operand_memory(nest_array(nest, number, 2, size), at));
    }
    struct statement *join = nest_add(nest, STATEMENT_JOIN);
    join->symbol = nest_symbol(nest, SYMBOL_NUMBER, "sum");
    join->a = (struct operand){.kind = OPERAND_PARTIAL, .symbol = partial};
    struct operand gradient = gradient_operand(nest, zero);
    gradient.kind = OPERAND_ELEMENT;
    nest_sum(nest, gradient, operand_scalar(join->symbol));
    nest_close(nest, 1);
}

void bias_gradient_build(struct nest *nest) {
    const struct geometry *g = &nest->kernel->geometry;
    if (is_one_channel(g)) {
        one_channel_build(nest);
        return;
    }
    long lanes = nest->machine->lanes, most = (machine_names_registers(nest->machine) ? COLUMNS_MOST : 1) * lanes;
    long full = g->large_channels / most * most, rest = g->large_channels - full;
    if (full) {
        const struct index *channel = nest_loop(nest, "c", 0, full, most);
        channels_build(nest, channel, most / lanes, (int)lanes);
        nest_close(nest, 1);
    }
    if (rest)
        channels_build(nest, at_constant(nest, full), (rest + lanes - 1) / lanes,
                       (int)(rest % lanes ? rest % lanes : lanes));
}

// gradient[c] += sum over samples and positions of image[y][x][c]; of one channel by partial sums of each sample
static struct number bias_gradient_element(const struct formula *f, long channel) {
    const struct geometry *g = &f->kernel->geometry;
    const struct arithmetic *a = f->arithmetic;
    long positions = g->large_height * g->large_width, image = f->kernel->roles.input;
    struct number sum =
        f->kernel->whole_batch ? formula_constant(f, 0) : formula_shared(f, f->kernel->roles.output, channel);
    bool one = is_one_channel(g);
    for (long sample = 0; sample < f->samples; sample++) {
        struct number partials[PARTIALS];
        for (int i = 0; i < PARTIALS; i++)
            partials[i] = formula_constant(f, 0);
        for (long i = 0; i < positions; i++) {
            struct number *into = one ? &partials[i % PARTIALS] : &sum;
            *into = a->add(a->context, *into, formula_sample(f, (int)image, sample, i * g->large_channels + channel));
        }
        if (one) sum = a->add(a->context, sum, a->join(a->context, partials));
    }
    return sum;
}

void bias_gradient_formula(struct formula *f) {
    const struct geometry *g = &f->kernel->geometry;
    for (long c = 0; c < g->large_channels; c++)
        formula_expects(f, f->kernel->roles.output, 0, c, bias_gradient_element(f, c),
                        is_one_channel(g) ? f->samples : 1);
}

void bias_gradient_stem(const struct kernel_use *use, struct buffer *out) {
    buffer_print(out, "bias_gradient_");
    stem_image(use, out);
}

const char *bias_gradient_comment(const struct kernel_use *use) {
    const struct geometry *g = &use->geometry;
    return g->large_height * g->large_width == 1
               ? "//   gradient[c] = sum over samples of d_output[c]\n"
               : "//   gradient[c] += sum over samples and pixels of d_output[y][x][c]\n";
}
