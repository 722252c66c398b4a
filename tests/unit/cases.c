#include "tests/unit/cases.h"

#include <stdint.h>

enum { COUNT = 12 };

// Output rows and columns that are not multiples of blocks, different axes, kernels that extend beyond each side.
static const struct geometry image_geometry = {.large_height = 6,
                                               .large_width = 5,
                                               .large_channels = 2,
                                               .small_height = 3,
                                               .small_width = 4,
                                               .small_channels = 3,
                                               .kernel = {3, 2},
                                               .stride = {2, 1},
                                               .padding = {1, 0}};
// A dense layer with panels on both sides, and one without panels.
static const struct geometry panel_geometry = {1, 1, 16, 1, 1, 32, {1, 1}, {1, 1}, {0, 0}, PANEL};
static const struct geometry dense_geometry = {1, 1, 3, 1, 1, 5, {1, 1}, {1, 1}, {0, 0}, 0};

static uint64_t random_state;

// splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014)
double fixture_draw(void) {
    uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ z >> 31) >> 11) * 0x1p-51 - 2;
}

void fixture_open(struct fixture *f, enum graph_purpose purpose) {
    *f = (struct fixture){.graph = {.purpose = purpose}};
    f->graph.arena = &f->arena;
    f->graph.parameters = &f->parameters;
    f->b.graph = &f->graph;
    random_state = 1;
}

void fixture_close(struct fixture *f) {
    arena_free(&f->arena);
}

struct node *fixture_parameter(struct fixture *f, const char *name, size_t count) {
    struct parameter_info info = {.name = name};
    return graph_parameter(&f->b, parameter_add(&f->parameters, &f->arena, &info, count));
}

static struct node *input(struct fixture *f) {
    return graph_input(&f->b, COUNT);
}

// An input times a parameter: the graph is differentiated with respect to both.
static struct node *mixed(struct fixture *f) {
    return graph_binary(&f->b, OP_MULTIPLY, input(f), fixture_parameter(f, "p", COUNT));
}

// The value of a random leaf, which depends on everything that identifies it.
static void draw(void *context, const struct node *node, size_t sample, double *values) {
    (void)context;
    for (size_t i = 0; i < node->count; i++)
        values[i] = 0.25 * (double)((i + 3 * sample + 5 * (size_t)node->random.site) % 7);
}

static double *drawn(struct fixture *f, size_t count) {
    double *values = ARENA_ARRAY(&f->arena, double, count);
    for (size_t i = 0; i < count; i++)
        values[i] = fixture_draw();
    return values;
}

void fixture_fill(struct fixture *f) {
    for (const struct node *node = f->graph.first; node; node = node->next) {
        if (node->op == OP_INPUT && !f->input) f->input = drawn(f, CASE_SAMPLES * node->count);
        if (node->op == OP_OUTPUT && !f->decoded) f->decoded = drawn(f, CASE_SAMPLES * node->count);
        if (node->op == OP_CODE && !f->heads[node->code.head])
            f->heads[node->code.head] = drawn(f, CASE_SAMPLES * node->count);
        if (node->op == OP_PARAMETER && !f->values[node->parameter.index])
            f->values[node->parameter.index] = drawn(f, node->count);
    }
    if (!f->term_scale) f->term_scale = drawn(f, 2);
    f->leaves = (struct leaves){.samples = CASE_SAMPLES,
                                .input = f->input,
                                .heads = (const double *const *)f->heads,
                                .decoded = f->decoded,
                                .parameters = (const double *const *)f->values,
                                .term_scale = f->term_scale,
                                .draw = draw};
}

double *fixture_values(struct fixture *f, const struct node *leaf, size_t *count) {
    *count = leaf->count * (leaf->extent == EXTENT_SAMPLE ? CASE_SAMPLES : 1);
    if (leaf->op == OP_INPUT) return f->input;
    if (leaf->op == OP_OUTPUT) return f->decoded;
    if (leaf->op == OP_CODE) return f->heads[leaf->code.head];
    if (leaf->op == OP_PARAMETER) return f->values[leaf->parameter.index];
    if (leaf->op == OP_TERM_SCALE) return &f->term_scale[leaf->term.index];
    return NULL;
}

struct node *fixture_build(struct fixture *f, const struct op_case *one) {
    fixture_open(f, one->purpose);
    struct node *y = one->build(f);
    graph_output_add(&f->graph, OUTPUT_TERM, "squares", graph_sum(&f->b, graph_binary(&f->b, OP_MULTIPLY, y, y)));
    fixture_fill(f);
    return y;
}

static struct node *input_case(struct fixture *f) {
    return input(f);
}

static struct node *code_case(struct fixture *f) {
    struct node *second = graph_code(&f->b, 1, COUNT);
    return graph_binary(&f->b, OP_SUBTRACT, graph_code(&f->b, 0, COUNT), second);
}

static struct node *output_case(struct fixture *f) {
    return graph_binary(&f->b, OP_MULTIPLY, graph_decoded(&f->b, COUNT), graph_code(&f->b, 0, COUNT));
}

static struct node *parameter_case(struct fixture *f) {
    return fixture_parameter(f, "p", COUNT);
}

static struct node *term_scale_case(struct fixture *f) {
    return graph_binary(&f->b, OP_MULTIPLY, input(f), graph_term_scale(&f->b, 0));
}

static struct node *constant_case(struct fixture *f) {
    return graph_binary(&f->b, OP_MULTIPLY, input(f), graph_constant(&f->b, 0.75));
}

static struct node *dropout_case(struct fixture *f) {
    f->graph.sites = 1;
    return graph_binary(&f->b, OP_MULTIPLY, input(f), graph_dropout(&f->b, 0, 0.25, COUNT));
}

static struct node *normal_case(struct fixture *f) {
    f->graph.sites = 1;
    return graph_binary(&f->b, OP_ADD, input(f), graph_normal(&f->b, 0, COUNT));
}

static struct node *convolve_of(struct fixture *f, const struct geometry *g, bool bias) {
    struct node *weight = fixture_parameter(f, "weight", geometry_weight(g));
    struct node *bias_node = bias ? fixture_parameter(f, "bias", (size_t)g->small_channels) : NULL;
    return graph_convolve(&f->b, g, graph_input(&f->b, geometry_large(g)), weight, bias_node);
}

static struct node *convolve_image(struct fixture *f) {
    return convolve_of(f, &image_geometry, true);
}

static struct node *convolve_panel(struct fixture *f) {
    return convolve_of(f, &panel_geometry, false);
}

static struct node *convolve_dense(struct fixture *f) {
    return convolve_of(f, &dense_geometry, true);
}

static struct node *transposed_of(struct fixture *f, const struct geometry *g, bool repack) {
    struct node *weight = fixture_parameter(f, "weight", geometry_weight(g));
    if (repack) weight = graph_repack(&f->b, g, weight, false);
    struct node *bias = fixture_parameter(f, "bias", (size_t)g->large_channels);
    return graph_convolve_transposed(&f->b, g, graph_input(&f->b, geometry_small(g)), weight, bias);
}

static struct node *transposed_image(struct fixture *f) {
    return transposed_of(f, &image_geometry, true);
}

static struct node *transposed_panel(struct fixture *f) {
    return transposed_of(f, &panel_geometry, true);
}

// The weight is a parameter in the order for transposed convolutions.
static struct node *transposed_plain(struct fixture *f) {
    return transposed_of(f, &image_geometry, false);
}

// The larger image is the input and the smaller one is computed from it, so that both depend on the input.
static struct node *weight_of(struct fixture *f, const struct geometry *g) {
    struct node *small = convolve_of(f, g, true);
    struct node *large = graph_binary(&f->b, OP_MULTIPLY, small->inputs[0], small->inputs[0]);
    return graph_convolve_weight(&f->b, g, large, graph_unary(&f->b, OP_TANH, small));
}

static struct node *weight_image(struct fixture *f) {
    return weight_of(f, &image_geometry);
}

static struct node *weight_panel(struct fixture *f) {
    return weight_of(f, &panel_geometry);
}

// A parameter as the larger image: the same for all samples.
static struct node *weight_shared(struct fixture *f) {
    struct node *large = fixture_parameter(f, "image", geometry_large(&dense_geometry));
    return graph_convolve_weight(&f->b, &dense_geometry, large, graph_input(&f->b, geometry_small(&dense_geometry)));
}

static struct node *bias_sum_image(struct fixture *f) {
    return graph_bias_sum(&f->b, (struct image){2, 2, 3}, mixed(f));
}

static struct node *bias_sum_shared(struct fixture *f) {
    return graph_bias_sum(&f->b, (struct image){1, 3, 4}, fixture_parameter(f, "p", COUNT));
}

static struct node *bias_spread_image(struct fixture *f) {
    struct node *spread = graph_bias_spread(&f->b, (struct image){2, 2, 3}, fixture_parameter(f, "p", 3));
    return graph_binary(&f->b, OP_MULTIPLY, input(f), spread);
}

static struct node *repack_of(struct fixture *f, const struct geometry *g, bool back) {
    size_t count = geometry_weight(g);
    struct node *packed = graph_repack(&f->b, g, fixture_parameter(f, "weight", count), back);
    return graph_binary(&f->b, OP_MULTIPLY, packed, fixture_parameter(f, "factor", count));
}

static struct node *repack_image(struct fixture *f) {
    return repack_of(f, &image_geometry, false);
}

static struct node *repack_panel(struct fixture *f) {
    return repack_of(f, &panel_geometry, false);
}

static struct node *repack_back(struct fixture *f) {
    return repack_of(f, &panel_geometry, true);
}

static struct node *permute_of(struct fixture *f, bool back) {
    struct node *factor = fixture_parameter(f, "factor", COUNT);
    return graph_binary(&f->b, OP_MULTIPLY, factor, graph_permute(&f->b, (struct image){3, 2, 2}, mixed(f), back));
}

static struct node *permute_case(struct fixture *f) {
    return permute_of(f, false);
}

static struct node *permute_back(struct fixture *f) {
    return permute_of(f, true);
}

static struct node *add_case(struct fixture *f) {
    return graph_binary(&f->b, OP_ADD, input(f), fixture_parameter(f, "p", COUNT));
}

static struct node *add_one(struct fixture *f) {
    return graph_binary(&f->b, OP_ADD, fixture_parameter(f, "p", 1), input(f));
}

static struct node *subtract_case(struct fixture *f) {
    return graph_binary(&f->b, OP_SUBTRACT, input(f), fixture_parameter(f, "p", COUNT));
}

static struct node *subtract_one(struct fixture *f) {
    return graph_binary(&f->b, OP_SUBTRACT, fixture_parameter(f, "p", 1), mixed(f));
}

static struct node *multiply_case(struct fixture *f) {
    return mixed(f);
}

static struct node *multiply_one(struct fixture *f) {
    return graph_binary(&f->b, OP_MULTIPLY, graph_input(&f->b, 1), fixture_parameter(f, "p", COUNT));
}

static struct node *multiply_square(struct fixture *f) {
    struct node *a = mixed(f);
    return graph_binary(&f->b, OP_MULTIPLY, a, a);
}

// Only parameters: the value is shared.
static struct node *multiply_shared(struct fixture *f) {
    return graph_binary(&f->b, OP_MULTIPLY, fixture_parameter(f, "p", COUNT), fixture_parameter(f, "q", COUNT));
}

static struct node *select_case(struct fixture *f) {
    return graph_select(&f->b, input(f), mixed(f), fixture_parameter(f, "q", COUNT));
}

static struct node *select_one(struct fixture *f) {
    return graph_select(&f->b, fixture_parameter(f, "c", COUNT), fixture_parameter(f, "q", 1), mixed(f));
}

static struct node *scale_case(struct fixture *f) {
    return graph_scale(&f->b, mixed(f), -1.5);
}

static struct node *offset_case(struct fixture *f) {
    return graph_offset(&f->b, mixed(f), 0.5);
}

static struct node *broadcast_case(struct fixture *f) {
    struct node *one = graph_binary(&f->b, OP_MULTIPLY, graph_input(&f->b, 1), fixture_parameter(f, "p", 1));
    return graph_binary(&f->b, OP_MULTIPLY, graph_broadcast(&f->b, one, COUNT), fixture_parameter(f, "q", COUNT));
}

static struct node *sum_case(struct fixture *f) {
    return graph_sum(&f->b, mixed(f));
}

static struct node *sum_shared(struct fixture *f) {
    return graph_sum(&f->b, fixture_parameter(f, "p", COUNT));
}

#define UNARY_CASE(id, name)                             \
    static struct node *name##_case(struct fixture *f) { \
        return graph_unary(&f->b, OP_##id, mixed(f));    \
    }
UNARY_CASE(RELU, relu)
UNARY_CASE(EXP, exp)
UNARY_CASE(EXPM1, expm1)
UNARY_CASE(TANH, tanh)
UNARY_CASE(ERF, erf)
UNARY_CASE(SIGMOID, sigmoid)
UNARY_CASE(SOFTPLUS, softplus)
UNARY_CASE(ABSOLUTE, absolute)
UNARY_CASE(SIGN, sign)

const struct op_case op_cases[] = {
    {OP_INPUT, "input", GRAPH_TRAINING, input_case},
    {OP_CODE, "code", GRAPH_MEASURE, code_case},
    {OP_OUTPUT, "output", GRAPH_MEASURE, output_case},
    {OP_PARAMETER, "parameter", GRAPH_TRAINING, parameter_case},
    {OP_TERM_SCALE, "term_scale", GRAPH_TRAINING, term_scale_case},
    {OP_CONSTANT, "constant", GRAPH_TRAINING, constant_case},
    {OP_DROPOUT, "dropout", GRAPH_TRAINING, dropout_case},
    {OP_NORMAL, "normal", GRAPH_TRAINING, normal_case},
    {OP_CONVOLVE, "convolve of an image", GRAPH_TRAINING, convolve_image},
    {OP_CONVOLVE, "convolve with panels", GRAPH_TRAINING, convolve_panel},
    {OP_CONVOLVE, "convolve, dense", GRAPH_TRAINING, convolve_dense},
    {OP_CONVOLVE_TRANSPOSED, "convolve_transposed of an image", GRAPH_TRAINING, transposed_image},
    {OP_CONVOLVE_TRANSPOSED, "convolve_transposed with panels", GRAPH_TRAINING, transposed_panel},
    {OP_CONVOLVE_TRANSPOSED, "convolve_transposed without repack", GRAPH_TRAINING, transposed_plain},
    {OP_CONVOLVE_WEIGHT, "convolve_weight of an image", GRAPH_TRAINING, weight_image},
    {OP_CONVOLVE_WEIGHT, "convolve_weight with panels", GRAPH_TRAINING, weight_panel},
    {OP_CONVOLVE_WEIGHT, "convolve_weight of a shared image", GRAPH_TRAINING, weight_shared},
    {OP_BIAS_SUM, "bias_sum of an image", GRAPH_TRAINING, bias_sum_image},
    {OP_BIAS_SUM, "bias_sum of a parameter", GRAPH_TRAINING, bias_sum_shared},
    {OP_BIAS_SPREAD, "bias_spread", GRAPH_TRAINING, bias_spread_image},
    {OP_REPACK, "repack of an image", GRAPH_TRAINING, repack_image},
    {OP_REPACK, "repack with panels", GRAPH_TRAINING, repack_panel},
    {OP_REPACK, "repack back", GRAPH_TRAINING, repack_back},
    {OP_PERMUTE, "permute", GRAPH_TRAINING, permute_case},
    {OP_PERMUTE, "permute back", GRAPH_TRAINING, permute_back},
    {OP_ADD, "add", GRAPH_TRAINING, add_case},
    {OP_ADD, "add of one element", GRAPH_TRAINING, add_one},
    {OP_SUBTRACT, "subtract", GRAPH_TRAINING, subtract_case},
    {OP_SUBTRACT, "subtract from one element", GRAPH_TRAINING, subtract_one},
    {OP_MULTIPLY, "multiply", GRAPH_TRAINING, multiply_case},
    {OP_MULTIPLY, "multiply by one element", GRAPH_TRAINING, multiply_one},
    {OP_MULTIPLY, "multiply by itself", GRAPH_TRAINING, multiply_square},
    {OP_MULTIPLY, "multiply of parameters", GRAPH_TRAINING, multiply_shared},
    {OP_SELECT, "select", GRAPH_TRAINING, select_case},
    {OP_SELECT, "select of one element", GRAPH_TRAINING, select_one},
    {OP_SCALE, "scale", GRAPH_TRAINING, scale_case},
    {OP_OFFSET, "offset", GRAPH_TRAINING, offset_case},
    {OP_RELU, "relu", GRAPH_TRAINING, relu_case},
    {OP_EXP, "exp", GRAPH_TRAINING, exp_case},
    {OP_EXPM1, "expm1", GRAPH_TRAINING, expm1_case},
    {OP_TANH, "tanh", GRAPH_TRAINING, tanh_case},
    {OP_ERF, "erf", GRAPH_TRAINING, erf_case},
    {OP_SIGMOID, "sigmoid", GRAPH_TRAINING, sigmoid_case},
    {OP_SOFTPLUS, "softplus", GRAPH_TRAINING, softplus_case},
    {OP_ABSOLUTE, "absolute", GRAPH_TRAINING, absolute_case},
    {OP_SIGN, "sign", GRAPH_TRAINING, sign_case},
    {OP_BROADCAST, "broadcast", GRAPH_TRAINING, broadcast_case},
    {OP_SUM, "sum", GRAPH_TRAINING, sum_case},
    {OP_SUM, "sum of a parameter", GRAPH_TRAINING, sum_shared},
};

const int op_case_count = sizeof op_cases / sizeof *op_cases;
