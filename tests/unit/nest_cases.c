#include "nest_cases.h"

#include "compiler/nest/choose.h"

// A 1x1 image; a weight that is a matrix.
#define DENSE(in, out, panel) \
    { 1, 1, in, 1, 1, out, {1, 1}, {1, 1}, {0, 0}, panel }

const struct nest_case nest_cases[] = {
    {.name = "convolution",
     .kind = KERNEL_CONVOLVE,
     .bias = true,
     .geometry = {5, 6, 3, 3, 4, 5, {3, 3}, {1, 1}, {0, 0}, 0}},
    {.name = "convolution padded",
     .kind = KERNEL_CONVOLVE,
     .bias = true,
     .geometry = {5, 4, 2, 5, 4, 18, {3, 3}, {1, 1}, {1, 1}, 0}},
    {.name = "convolution of stride 2",
     .kind = KERNEL_CONVOLVE,
     .geometry = {7, 9, 2, 4, 5, 3, {3, 3}, {2, 2}, {1, 1}, 0}},
    {.name = "convolution of a kernel 3x2",
     .kind = KERNEL_CONVOLVE,
     .bias = true,
     .geometry = {5, 7, 2, 5, 4, 4, {3, 2}, {1, 2}, {1, 1}, 0}},
    {.name = "convolution of 1x1 images",
     .kind = KERNEL_CONVOLVE,
     .bias = true,
     .geometry = {1, 1, 3, 1, 1, 6, {3, 3}, {1, 1}, {1, 1}, 0}},
    {.name = "convolution of a kernel as wide as its padding",
     .kind = KERNEL_CONVOLVE,
     .bias = true,
     .geometry = {2, 3, 2, 5, 6, 4, {2, 2}, {1, 1}, {2, 2}, 0}},
    {.name = "convolution packed",
     .kind = KERNEL_CONVOLVE,
     .bias = true,
     .packed = true,
     .geometry = {4, 5, 3, 4, 5, 2, {3, 3}, {1, 1}, {1, 1}, 0}},
    {.name = "convolution packed and not padded",
     .kind = KERNEL_CONVOLVE,
     .packed = true,
     .geometry = {7, 5, 1, 5, 3, 2, {3, 3}, {1, 1}, {0, 0}, 0}},
    {.name = "convolution and relu",
     .kind = KERNEL_CONVOLVE,
     .bias = true,
     .values = VALUES_RELU,
     .geometry = {4, 5, 2, 3, 4, 19, {2, 2}, {1, 1}, {0, 0}, 0}},
    {.name = "convolution and select",
     .kind = KERNEL_CONVOLVE,
     .values = VALUES_SELECT,
     .geometry = {4, 4, 2, 4, 4, 5, {3, 3}, {1, 1}, {1, 1}, 0}},
    {.name = "dense", .kind = KERNEL_CONVOLVE, .bias = true, .geometry = DENSE(7, 21, 0)},
    {.name = "dense of panels", .kind = KERNEL_CONVOLVE, .bias = true, .geometry = DENSE(5, 48, PANEL)},
    {.name = "dense and relu",
     .kind = KERNEL_CONVOLVE,
     .bias = true,
     .values = VALUES_RELU,
     .geometry = DENSE(6, 10, 0)},
    {.name = "dense packed", .kind = KERNEL_CONVOLVE, .bias = true, .packed = true, .geometry = DENSE(9, 3, 0)},
    {.name = "transposed",
     .kind = KERNEL_TRANSPOSED,
     .bias = true,
     .geometry = {7, 6, 5, 5, 4, 3, {3, 3}, {1, 1}, {0, 0}, 0}},
    {.name = "transposed of stride 2",
     .kind = KERNEL_TRANSPOSED,
     .bias = true,
     .geometry = {8, 10, 3, 4, 5, 2, {3, 3}, {2, 2}, {1, 1}, 0}},
    {.name = "transposed of stride 3 with a border",
     .kind = KERNEL_TRANSPOSED,
     .geometry = {9, 12, 2, 3, 4, 3, {4, 4}, {3, 3}, {1, 1}, 0}},
    {.name = "transposed and relu",
     .kind = KERNEL_TRANSPOSED,
     .bias = true,
     .values = VALUES_RELU,
     .geometry = {6, 7, 18, 6, 7, 2, {3, 3}, {1, 1}, {1, 1}, 0}},
    {.name = "transposed packed",
     .kind = KERNEL_TRANSPOSED,
     .bias = true,
     .packed = true,
     .geometry = {6, 6, 2, 3, 3, 2, {2, 2}, {2, 2}, {0, 0}, 0}},
    {.name = "weight gradient",
     .kind = KERNEL_WEIGHT_GRADIENT,
     .geometry = {5, 5, 3, 3, 3, 20, {3, 3}, {1, 1}, {0, 0}, 0}},
    {.name = "weight gradient of few channels",
     .kind = KERNEL_WEIGHT_GRADIENT,
     .geometry = {5, 6, 9, 3, 4, 2, {3, 3}, {1, 1}, {0, 0}, 0}},
    {.name = "weight gradient padded",
     .kind = KERNEL_WEIGHT_GRADIENT,
     .geometry = {4, 5, 2, 4, 5, 17, {3, 3}, {1, 1}, {1, 1}, 0}},
    {.name = "weight gradient of stride 2",
     .kind = KERNEL_WEIGHT_GRADIENT,
     .geometry = {6, 7, 2, 3, 4, 5, {3, 3}, {2, 2}, {1, 1}, 0}},
    {.name = "weight gradient of a dense layer",
     .kind = KERNEL_WEIGHT_GRADIENT,
     .task_rows = 48,
     .geometry = DENSE(100, 5, 0)},
    {.name = "weight gradient of panels",
     .kind = KERNEL_WEIGHT_GRADIENT,
     .task_rows = 16,
     .geometry = DENSE(23, 32, PANEL)},
    {.name = "bias gradient", .kind = KERNEL_BIAS_GRADIENT, .geometry = {3, 2, 70, 1, 1, 1, {1, 1}, {1, 1}, {0, 0}, 0}},
    {.name = "bias gradient of one channel",
     .kind = KERNEL_BIAS_GRADIENT,
     .geometry = {5, 8, 1, 1, 1, 1, {1, 1}, {1, 1}, {0, 0}, 0}},
    {.name = "bias gradient of a dense layer", .kind = KERNEL_BIAS_GRADIENT, .geometry = DENSE(21, 1, 0)},
    {.name = "repack", .kind = KERNEL_REPACK, .geometry = {4, 4, 3, 3, 3, 5, {2, 3}, {1, 1}, {0, 0}, 0}},
    {.name = "repack of a dense layer", .kind = KERNEL_REPACK, .geometry = DENSE(7, 5, 0)},
    {.name = "repack of panels", .kind = KERNEL_REPACK, .geometry = DENSE(7, 32, PANEL)},
    {.name = "repack into panels", .kind = KERNEL_REPACK, .task_rows = 64, .geometry = DENSE(80, 5, 0)},
    {.name = "repack of panels into panels", .kind = KERNEL_REPACK, .task_rows = 64, .geometry = DENSE(96, 32, PANEL)},
    {.name = "permute", .kind = KERNEL_PERMUTE, .geometry = {3, 4, 5, 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, 0}},
    {.name = "permute back",
     .kind = KERNEL_PERMUTE,
     .back = true,
     .geometry = {3, 4, 5, 0, 0, 0, {0, 0}, {0, 0}, {0, 0}, 0}},
    {.name = "pack", .kind = KERNEL_PACK, .packed = true, .count = 19},
    {.name = "unpack", .kind = KERNEL_UNPACK, .packed = true, .count = 19},
    {.name = "dropout", .kind = KERNEL_RANDOM, .op = OP_DROPOUT, .count = 13},
    {.name = "normal", .kind = KERNEL_RANDOM, .op = OP_NORMAL, .count = 13},
    {.name = "elementwise and a sum", .kind = KERNEL_ELEMENTWISE, .values = VALUES_LOSS, .count = 43},
    {.name = "elementwise of few elements", .kind = KERNEL_ELEMENTWISE, .values = VALUES_LOSS, .count = 3},
};

const int nest_case_count = sizeof nest_cases / sizeof *nest_cases;

static int array_add(struct kernel_description *d, const char *name, size_t count, size_t stride, bool written) {
    d->arrays[d->array_count] = (struct kernel_array){name, count, stride, written, !written};
    return d->array_count++;
}

static struct kernel_operand operand(enum kernel_source source, int number, double constant) {
    return (struct kernel_operand){source, number, constant};
}

static struct kernel_value *value_add(struct kernel_description *d, enum op op, double constant, int array) {
    d->values[d->value_count] = (struct kernel_value){.op = op, .constant = constant, .array = array};
    return &d->values[d->value_count++];
}

static void input_add(struct kernel_value *value, enum kernel_source source, int number, double constant) {
    value->inputs[value->input_count++] = operand(source, number, constant);
}

// out0 = the larger of anchor and 0
static void relu_describe(struct kernel_description *d) {
    struct kernel_value *relu = value_add(d, OP_RELU, 0, array_add(d, "out0", d->count, d->count, true));
    input_add(relu, SOURCE_ANCHOR, 0, 0);
    // The anchor itself is not stored.
    d->roles.output = -1;
}

// out0 = in0 <= 0 ? 0 : anchor; out1 = 2 * out0. The anchor's result is stored, too.
static void select_describe(struct kernel_description *d) {
    int before = array_add(d, "in0", d->count, d->count, false);
    struct kernel_value *select = value_add(d, OP_SELECT, 0, array_add(d, "out0", d->count, d->count, true));
    input_add(select, SOURCE_ARRAY, before, 0);
    input_add(select, SOURCE_NUMBER, 0, 0);
    input_add(select, SOURCE_ANCHOR, 0, 0);
    struct kernel_value *scale = value_add(d, OP_SCALE, 2, array_add(d, "out1", d->count, d->count + 3, true));
    input_add(scale, SOURCE_VALUE, 0, 0);
}

// With the difference d = in0 - in1 of each element: term = 3 * sum of d * d; out1 = d * in2 + 2 * term_scale[1], where
// in2 is one element.
static void loss_describe(struct kernel_description *d) {
    int a = array_add(d, "in0", d->count, d->count, false), b = array_add(d, "in1", d->count, d->count + 5, false);
    int one = array_add(d, "in2", 1, 1, false), term = array_add(d, "out0", 1, 3, true);
    int out = array_add(d, "out1", d->count, d->count, true);
    d->uniforms[0] = (struct kernel_uniform){.op = OP_TERM_SCALE, .term = 1};
    d->uniforms[1] = (struct kernel_uniform){.op = OP_SCALE, .constant = 2, .input_count = 1};
    d->uniforms[1].inputs[0] = operand(SOURCE_UNIFORM, 0, 0);
    d->uniform_count = 2;
    struct kernel_value *difference = value_add(d, OP_SUBTRACT, 0, -1), *square = value_add(d, OP_MULTIPLY, 0, -1);
    struct kernel_value *sum = value_add(d, OP_SUM, 0, -1), *scaled = value_add(d, OP_SCALE, 3, term);
    struct kernel_value *product = value_add(d, OP_MULTIPLY, 0, -1), *total = value_add(d, OP_ADD, 0, out);
    input_add(difference, SOURCE_ARRAY, a, 0);
    input_add(difference, SOURCE_ARRAY, b, 0);
    input_add(square, SOURCE_VALUE, 0, 0);
    input_add(square, SOURCE_VALUE, 0, 0);
    input_add(sum, SOURCE_VALUE, 1, 0);
    input_add(scaled, SOURCE_VALUE, 2, 0);
    input_add(product, SOURCE_VALUE, 0, 0);
    input_add(product, SOURCE_ARRAY, one, 0);
    input_add(total, SOURCE_VALUE, 4, 0);
    input_add(total, SOURCE_UNIFORM, 1, 0);
    sum->after_sum = scaled->after_sum = true;
}

static void arrays_describe(struct kernel_description *d, const struct nest_case *c) {
    const struct geometry *g = &d->geometry;
    size_t large = (size_t)(g->large_height * g->large_width * g->large_channels);
    size_t small = (size_t)(g->small_height * g->small_width * g->small_channels);
    size_t weight = (size_t)(g->kernel[0] * g->kernel[1] * g->large_channels * g->small_channels);
    bool up = d->kind == KERNEL_TRANSPOSED;
    size_t in = up ? small : large, out = up ? large : small, channels = (size_t)g->large_channels;
    switch (d->kind) {
    case KERNEL_CONVOLVE:
    case KERNEL_TRANSPOSED:
        d->roles.input = array_add(d, "input", in, in, false);
        d->roles.weight = array_add(d, "weight", weight, 0, false);
        if (!up) channels = (size_t)g->small_channels;
        if (c->bias) d->roles.bias = array_add(d, "bias", channels, 0, false);
        d->count = out;
        if (c->values != VALUES_RELU) d->roles.output = array_add(d, "output", out, out, true);
        return;
    case KERNEL_WEIGHT_GRADIENT:
        d->roles.input = array_add(d, "large", large, large, false);
        d->roles.weight = array_add(d, "small", small, small, false);
        d->roles.output = array_add(d, "gradient", d->count = weight, 0, true);
        return;
    case KERNEL_BIAS_GRADIENT:
        d->roles.input = array_add(d, "image", large, large, false);
        d->roles.output = array_add(d, "gradient", d->count = channels, 0, true);
        return;
    case KERNEL_REPACK:
        d->roles.input = array_add(d, "weight", weight, 0, false);
        d->roles.output = array_add(d, "packed", d->count = weight, 0, true);
        return;
    case KERNEL_PERMUTE:
        d->count = large;
        d->roles.input = array_add(d, "input", large, large + 4, false);
        d->roles.output = array_add(d, "output", large, large + 1, true);
        return;
    case KERNEL_PACK:
    case KERNEL_UNPACK:
        d->roles.input = array_add(d, "input", c->count, c->count, false);
        d->roles.output = array_add(d, "output", c->count, c->count, true);
        return;
    case KERNEL_RANDOM: d->roles.output = array_add(d, "output", c->count, c->count + 2, true); return;
    case KERNEL_ELEMENTWISE: return;
    }
}

// The rows x columns of a variant and, for a weight's gradient, the side of the lanes; false if the variant does not
// exist.
static bool tiling_vary(struct tiling *tiling, const struct nest_case *c, const struct machine *machine, int variant) {
    static const struct tile tiles[] = {{1, 1}, {3, 1}, {4, 2}, {6, 2}, {2, 4}};
    enum { TILES = sizeof tiles / sizeof *tiles };
    const struct geometry *g = &c->geometry;
    bool gradient = c->kind == KERNEL_WEIGHT_GRADIENT, point = g->small_height * g->small_width == 1;
    if (variant > TILES * (gradient ? 2 : 1) || kernel_rows[c->kind].sums == SUMS_NONE) return false;
    struct tile tile = tiles[(variant - 1) % TILES];
    int unit = g->panel && !tiling->packed ? PANEL / machine->lanes : 1;
    tile.columns *= unit;
    if (!tile_fits(machine, tile.rows, tile.columns)) tile = (struct tile){1, unit};
    if (c->kind == KERNEL_CONVOLVE && point)
        while (tile.rows & (tile.rows - 1))
            tile.rows--;
    if (c->kind == KERNEL_TRANSPOSED && tile.rows % g->stride[1]) tile.rows = 1;
    tiling->tile = tile;
    if (!gradient) return true;
    tiling->turned = variant > TILES && machine->macro && !g->panel;
    long taps = tile.rows / g->large_channels;
    tiling->taps = (int)(!g->padding[1] ? g->kernel[1] : tiling->turned || taps < 1 ? 1 : taps);
    if (tiling->taps > g->kernel[1]) tiling->taps = (int)g->kernel[1];
    return true;
}

// Tasks of a dense layer's gradient have whole tiles of rows.
static void task_describe(struct kernel_description *d, const struct machine *machine) {
    const struct tiling *tiling = &d->tiling;
    long rows = tiling->turned ? (long)tiling->tile.columns * machine->lanes : tiling->tile.rows;
    if (d->kind != KERNEL_WEIGHT_GRADIENT || !tiling->task_rows) return;
    d->whole_batch = true;
    d->tiling.task_rows = tiling->task_rows < rows ? rows : tiling->task_rows / rows * rows;
}

const struct kernel_description *case_describe(struct arena *arena, const struct nest_case *c,
                                               const struct machine *machine, int variant) {
    struct kernel_description *d = ARENA_NEW(arena, struct kernel_description);
    if (c->packed && !machine->macro) return NULL;
    d->kind = c->kind;
    d->op = c->op;
    d->geometry = c->geometry;
    d->tiling.packed = c->packed && c->kind != KERNEL_UNPACK;
    d->tiling.task_rows = c->task_rows;
    d->back = c->back;
    d->site = 3;
    d->probability = 0.25;
    d->count = c->count;
    d->roles = (struct kernel_roles){-1, -1, -1, -1};
    d->arrays = ARENA_ARRAY(arena, struct kernel_array, 8);
    d->values = ARENA_ARRAY(arena, struct kernel_value, 8);
    d->uniforms = ARENA_ARRAY(arena, struct kernel_uniform, 8);
    if (variant == 0)
        tiling_choose(machine, d);
    else if (!tiling_vary(&d->tiling, c, machine, variant))
        return NULL;
    task_describe(d, machine);
    arrays_describe(d, c);
    if (c->values == VALUES_RELU) relu_describe(d);
    if (c->values == VALUES_SELECT) select_describe(d);
    if (c->values == VALUES_LOSS) loss_describe(d);
    return d;
}
