#include "compiler/nest/check/formula.h"

#include "compiler/nest/choose.h"
#include "compiler/nest/split.h"

// One function an op: what an element of its result is. Elements are numbered as they are in memory.

static struct number read_shared(const struct formula *f, int array, long element) {
    return f->before(f, array, element);
}

static struct number read_sample(const struct formula *f, int array, long sample, long element) {
    return f->before(f, array, memory_place(f->nest, array, sample, element));
}

static struct number fma_of(const struct formula *f, struct number sum, struct number a, struct number b) {
    return f->arithmetic->fma(f->arithmetic->context, sum, a, b);
}

static struct number constant_of(const struct formula *f, double constant) {
    return f->arithmetic->constant(f->arithmetic->context, constant);
}

static struct number first_sum(const struct formula *f, long channel) {
    int bias = f->kernel->roles.bias;
    return bias < 0 ? constant_of(f, 0) : read_shared(f, bias, channel);
}

// A weight's place: [ky][kx][large channel][small channel], of a dense layer in panels of small channels.
static long weight_place(const struct geometry *g, long ky, long kx, long large, long small) {
    if (g->panel) return (small / g->panel * g->large_channels + large) * g->panel + small % g->panel;
    return ((ky * g->kernel[1] + kx) * g->large_channels + large) * g->small_channels + small;
}

// output[y][x][o] = bias[o] + sum over ky, kx, i of input[y * stride + ky - padding][x * stride + kx - padding][i] * weight
static struct number convolve_element(const struct formula *f, long sample, long element) {
    const struct geometry *g = &f->kernel->geometry;
    long o = element % g->small_channels, x = element / g->small_channels % g->small_width;
    long y = element / g->small_channels / g->small_width;
    struct number sum = first_sum(f, o);
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long kx = 0; kx < g->kernel[1]; kx++) {
            long row = y * g->stride[0] + ky - g->padding[0], column = x * g->stride[1] + kx - g->padding[1];
            if (row < 0 || row >= g->large_height || column < 0 || column >= g->large_width) continue;
            for (long i = 0; i < g->large_channels; i++) {
                long at = (row * g->large_width + column) * g->large_channels + i;
                sum = fma_of(f, sum, read_sample(f, f->kernel->roles.input, sample, at),
                             read_shared(f, f->kernel->roles.weight, weight_place(g, ky, kx, i, o)));
            }
        }
    return sum;
}

// output[y][x][o] = bias[o] + sum over ky, i, kx of
//     input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
static struct number transposed_element(const struct formula *f, long sample, long element) {
    const struct geometry *g = &f->kernel->geometry;
    long o = element % g->large_channels, x = element / g->large_channels % g->large_width;
    long y = element / g->large_channels / g->large_width;
    struct number sum = first_sum(f, o);
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long i = 0; i < g->small_channels; i++)
            for (long kx = 0; kx < g->kernel[1]; kx++) {
                long down = y + g->padding[0] - ky, across = x + g->padding[1] - kx;
                if (down < 0 || down % g->stride[0] || across < 0 || across % g->stride[1]) continue;
                long row = down / g->stride[0], column = across / g->stride[1];
                if (row >= g->small_height || column >= g->small_width) continue;
                long at = (row * g->small_width + column) * g->small_channels + i;
                long weight = ((ky * g->small_channels + i) * g->kernel[1] + kx) * g->large_channels + o;
                sum = fma_of(f, sum, read_sample(f, f->kernel->roles.input, sample, at),
                             read_shared(f, f->kernel->roles.weight, weight));
            }
    return sum;
}

// gradient[ky][kx][l][s] += sum over samples, y, x of
//     large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
static struct number weight_gradient_element(const struct formula *f, long ky, long kx, long l, long s) {
    const struct geometry *g = &f->kernel->geometry;
    const struct kernel_roles *roles = &f->kernel->roles;
    struct number sum =
        f->kernel->whole_batch ? constant_of(f, 0) : read_shared(f, roles->output, weight_place(g, ky, kx, l, s));
    for (long sample = 0; sample < f->samples; sample++)
        for (long y = 0; y < g->small_height; y++)
            for (long x = 0; x < g->small_width; x++) {
                long row = y * g->stride[0] + ky - g->padding[0], column = x * g->stride[1] + kx - g->padding[1];
                if (row < 0 || row >= g->large_height || column < 0 || column >= g->large_width) continue;
                long large = (row * g->large_width + column) * g->large_channels + l;
                long small = (y * g->small_width + x) * g->small_channels + s;
                sum = fma_of(f, sum, read_sample(f, roles->input, sample, large),
                             read_sample(f, roles->weight, sample, small));
            }
    return sum;
}

// gradient[c] += sum over samples and positions of image[y][x][c]; of one channel by partial sums of each sample
static struct number bias_gradient_element(const struct formula *f, long channel) {
    const struct geometry *g = &f->kernel->geometry;
    const struct arithmetic *a = f->arithmetic;
    long positions = g->large_height * g->large_width, image = f->kernel->roles.input;
    struct number sum = f->kernel->whole_batch ? constant_of(f, 0) : read_shared(f, f->kernel->roles.output, channel);
    bool one = g->large_channels == 1 && positions > 1;
    for (long sample = 0; sample < f->samples; sample++) {
        struct number partials[PARTIALS];
        for (int i = 0; i < PARTIALS; i++)
            partials[i] = constant_of(f, 0);
        for (long i = 0; i < positions; i++) {
            struct number *into = one ? &partials[i % PARTIALS] : &sum;
            *into = a->add(a->context, *into, read_sample(f, (int)image, sample, i * g->large_channels + channel));
        }
        if (one) sum = a->add(a->context, sum, a->join(a->context, partials));
    }
    return sum;
}

// packed[ky][s][kx][l] = weight[ky][kx][l][s], of a dense layer packed[l / 16][s][l % 16]
static struct number repack_element(const struct formula *f, long element) {
    const struct geometry *g = &f->kernel->geometry;
    const struct geometry turned = geometry_turned(g);
    if (geometry_is_dense(g) && turned.panel) {
        long l = element / (g->small_channels * PANEL) * PANEL + element % PANEL;
        return read_shared(f, f->kernel->roles.input, weight_place(g, 0, 0, l, element / PANEL % g->small_channels));
    }
    long l = element % g->large_channels, kx = element / g->large_channels % g->kernel[1];
    long s = element / g->large_channels / g->kernel[1] % g->small_channels;
    long ky = element / g->large_channels / g->kernel[1] / g->small_channels;
    return read_shared(f, f->kernel->roles.input, weight_place(g, ky, kx, l, s));
}

// output[c][position] = input[position][c], or back
static struct number permute_element(const struct formula *f, long sample, long element) {
    const struct geometry *g = &f->kernel->geometry;
    long positions = g->large_height * g->large_width, channels = g->large_channels;
    long at = f->kernel->back ? element % channels * positions + element / channels
                              : element % positions * channels + element / positions;
    return read_sample(f, f->kernel->roles.input, sample, at);
}

static struct number random_element(const struct formula *f, long sample, long element) {
    const struct arithmetic *a = f->arithmetic;
    bool dropout = f->kernel->op == OP_DROPOUT;
    const long named[] = {sample, f->kernel->site, element};
    return a->random(a->context, dropout ? CALL_DROPOUT : CALL_NORMAL, named, dropout ? f->kernel->probability : 0);
}

static struct number uniform_number(const struct formula *f, int number) {
    const struct kernel_uniform *uniform = &f->kernel->uniforms[number];
    if (uniform->op == OP_TERM_SCALE) return read_shared(f, f->kernel->array_count, uniform->term);
    struct number inputs[3];
    for (int i = 0; i < uniform->input_count; i++)
        inputs[i] = uniform->inputs[i].source == SOURCE_NUMBER ? constant_of(f, uniform->inputs[i].constant)
                                                               : uniform_number(f, uniform->inputs[i].number);
    return f->arithmetic->op(f->arithmetic->context, uniform->op, uniform->constant, inputs, uniform->input_count);
}

static struct number operand_number(const struct formula *f, const struct kernel_operand *operand, long sample,
                                    long element, struct number anchor) {
    switch (operand->source) {
    case SOURCE_NUMBER: return constant_of(f, operand->constant);
    case SOURCE_UNIFORM: return uniform_number(f, operand->number);
    case SOURCE_ANCHOR: return anchor;
    case SOURCE_VALUE: return f->values[operand->number];
    case SOURCE_ARRAY: break;
    }
    const struct kernel_array *array = &f->kernel->arrays[operand->number];
    long at = array->count == 1 ? 0 : element;
    return array->stride ? read_sample(f, operand->number, sample, at) : read_shared(f, operand->number, at);
}

// The values of one element, or, `after`, what follows from the sums of a sample.
static void values_compute(const struct formula *f, long sample, long element, struct number anchor, bool after,
                           formula_expect *expect, void *context) {
    const struct arithmetic *a = f->arithmetic;
    for (int i = 0; i < f->kernel->value_count; i++) {
        const struct kernel_value *value = &f->kernel->values[i];
        struct number inputs[3] = {{0}}, *sums = f->sums + (size_t)i * PARTIALS;
        bool adds = value->op == OP_SUM && !after;
        if (value->after_sum != after && !adds) continue;
        for (int j = 0; j < value->input_count && !(after && value->op == OP_SUM); j++)
            inputs[j] = operand_number(f, &value->inputs[j], sample, element, anchor);
        if (adds)
            sums[element % PARTIALS] = a->add(a->context, sums[element % PARTIALS], inputs[0]);
        else if (value->op == OP_SUM)
            f->values[i] = a->join(a->context, sums);
        else
            f->values[i] = a->op(a->context, value->op, value->constant, inputs, value->input_count);
        if (!adds && value->array >= 0) expect(context, value->array, sample, element, f->values[i], 1);
    }
}

static struct number anchor_element(const struct formula *f, long sample, long element) {
    switch (f->kernel->kind) {
    case KERNEL_CONVOLVE: return convolve_element(f, sample, element);
    case KERNEL_TRANSPOSED: return transposed_element(f, sample, element);
    case KERNEL_PERMUTE: return permute_element(f, sample, element);
    case KERNEL_RANDOM: return random_element(f, sample, element);
    case KERNEL_ELEMENTWISE:
    case KERNEL_WEIGHT_GRADIENT:
    case KERNEL_BIAS_GRADIENT:
    case KERNEL_REPACK:
    case KERNEL_PACK:
    case KERNEL_UNPACK: break;
    }
    return (struct number){0};
}

// Kernels that compute each sample by itself; where samples are the lanes, those of whole groups.
static void samples_compute(struct formula *f, formula_expect *expect, void *context) {
    const struct kernel_description *kernel = f->kernel;
    long lanes = kernel->tiling.packed ? f->nest->machine->lanes : 1;
    for (long sample = 0; sample < (f->samples + lanes - 1) / lanes * lanes; sample++) {
        for (int i = 0; i < kernel->value_count * PARTIALS; i++)
            f->sums[i] = constant_of(f, 0);
        for (long element = 0; element < (long)kernel->count; element++) {
            struct number anchor = anchor_element(f, sample, element);
            if (kernel->roles.output >= 0) expect(context, kernel->roles.output, sample, element, anchor, 1);
            values_compute(f, sample, element, anchor, false, expect, context);
        }
        values_compute(f, sample, 0, (struct number){0}, true, expect, context);
    }
}

static void weight_gradient_compute(const struct formula *f, formula_expect *expect, void *context) {
    const struct geometry *g = &f->kernel->geometry;
    // Set to 0, then a block of samples after the other.
    long stores = f->kernel->whole_batch ? 1 + (f->samples + WEIGHT_SAMPLES - 1) / WEIGHT_SAMPLES : 1;
    for (long ky = 0; ky < g->kernel[0]; ky++)
        for (long kx = 0; kx < g->kernel[1]; kx++)
            for (long l = 0; l < g->large_channels; l++)
                for (long s = 0; s < g->small_channels; s++)
                    expect(context, f->kernel->roles.output, 0, weight_place(g, ky, kx, l, s),
                           weight_gradient_element(f, ky, kx, l, s), stores);
}

// Samples into the lanes of groups, those of the last group that no sample fills 0, or back.
static void pack_compute(const struct formula *f, formula_expect *expect, void *context) {
    const struct kernel_roles *roles = &f->kernel->roles;
    bool pack = f->kernel->kind == KERNEL_PACK;
    long lanes = f->nest->machine->lanes, filled = (f->samples + lanes - 1) / lanes * lanes;
    for (long sample = 0; sample < (pack ? filled : f->samples); sample++)
        for (long i = 0; i < (long)f->kernel->count; i++)
            expect(context, roles->output, sample, i,
                   sample < f->samples ? read_sample(f, roles->input, sample, i) : constant_of(f, 0), 1);
}

void formula_compute(struct formula *f, struct arena *arena, formula_expect *expect, void *context) {
    const struct kernel_description *kernel = f->kernel;
    const struct geometry *g = &kernel->geometry;
    bool one = g->large_channels == 1 && g->large_height * g->large_width > 1;
    size_t values = (size_t)kernel->value_count + 1;
    f->values = ARENA_ARRAY(arena, struct number, values);
    f->sums = ARENA_ARRAY(arena, struct number, values * PARTIALS);
    switch (kernel->kind) {
    case KERNEL_ELEMENTWISE:
    case KERNEL_CONVOLVE:
    case KERNEL_TRANSPOSED:
    case KERNEL_PERMUTE:
    case KERNEL_RANDOM: samples_compute(f, expect, context); return;
    case KERNEL_WEIGHT_GRADIENT: weight_gradient_compute(f, expect, context); return;
    case KERNEL_BIAS_GRADIENT:
        for (long c = 0; c < g->large_channels; c++)
            expect(context, kernel->roles.output, 0, c, bias_gradient_element(f, c), one ? f->samples : 1);
        return;
    case KERNEL_REPACK:
        for (long i = 0; i < (long)kernel->count; i++)
            expect(context, kernel->roles.output, 0, i, repack_element(f, i), 1);
        return;
    case KERNEL_PACK:
    case KERNEL_UNPACK: pack_compute(f, expect, context); return;
    }
}
