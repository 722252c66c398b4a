#include "compiler/graph/graph.h"

#include <math.h>
#include <string.h>

static const char *const names[OP_KINDS] = {
    [OP_INPUT] = "input",
    [OP_CODE] = "code",
    [OP_OUTPUT] = "output",
    [OP_PARAMETER] = "parameter",
    [OP_TERM_SCALE] = "term_scale",
    [OP_CONSTANT] = "constant",
    [OP_DROPOUT] = "dropout",
    [OP_NORMAL] = "normal",
    [OP_CONVOLVE] = "convolve",
    [OP_CONVOLVE_TRANSPOSED] = "convolve_transposed",
    [OP_CONVOLVE_WEIGHT] = "convolve_weight",
    [OP_BIAS_SUM] = "bias_sum",
    [OP_REPACK] = "repack",
    [OP_PERMUTE] = "permute",
    [OP_PACK] = "pack",
    [OP_UNPACK] = "unpack",
    [OP_ADD] = "add",
    [OP_SUBTRACT] = "subtract",
    [OP_MULTIPLY] = "multiply",
    [OP_SELECT] = "select",
    [OP_SCALE] = "scale",
    [OP_OFFSET] = "offset",
    [OP_RELU] = "relu",
    [OP_EXP] = "exp",
    [OP_EXPM1] = "expm1",
    [OP_TANH] = "tanh",
    [OP_ERF] = "erf",
    [OP_SIGMOID] = "sigmoid",
    [OP_SOFTPLUS] = "softplus",
    [OP_ABSOLUTE] = "absolute",
    [OP_SIGN] = "sign",
    [OP_BROADCAST] = "broadcast",
    [OP_SUM] = "sum",
};

const char *op_name(enum op op) {
    return names[op];
}

bool op_is_elementwise(enum op op) {
    return op >= OP_ADD && op <= OP_BROADCAST;
}

bool op_is_convolution(enum op op) {
    return op == OP_CONVOLVE || op == OP_CONVOLVE_TRANSPOSED;
}

size_t parameters_of(const struct parameters *parameters, const char *name) {
    size_t length = strlen(name), count = 0;
    for (int i = 0; i < parameters->count; i++) {
        const char *parameter = parameters->list[i].info.name;
        if (strncmp(parameter, name, length) == 0 && parameter[length] == '.' && !strchr(parameter + length + 1, '.'))
            count += parameters->list[i].count;
    }
    return count;
}

bool geometry_is_dense(const struct geometry *g) {
    return g->large_height * g->large_width == 1 && g->small_height * g->small_width == 1 &&
           g->kernel[0] * g->kernel[1] == 1 && g->padding[0] == 0 && g->padding[1] == 0;
}

double geometry_flops(const struct geometry *g) {
    return 2.0 * g->kernel[0] * g->kernel[1] * g->large_channels * g->small_channels * g->small_height * g->small_width;
}

double node_flops(const struct node *node) {
    bool counted = op_is_convolution(node->op) || node->op == OP_CONVOLVE_WEIGHT;
    return counted ? geometry_flops(&node->geometry) : 0;
}

// 0 and -0 are two numbers.
static bool number_equal(double a, double b) {
    return a == b && !signbit(a) == !signbit(b);
}

static bool node_equal(const struct node *a, const struct node *b) {
    return a->op == b->op && a->extent == b->extent && a->count == b->count && a->input_count == b->input_count &&
           a->inputs[0] == b->inputs[0] && a->inputs[1] == b->inputs[1] && a->inputs[2] == b->inputs[2] &&
           a->number == b->number && number_equal(a->constant, b->constant) &&
           memcmp(&a->geometry, &b->geometry, sizeof a->geometry) == 0;
}

static struct node *node_add(struct graph *graph, struct node made) {
    for (struct node *node = graph->first; node; node = node->next)
        if (node_equal(node, &made)) return node;
    struct node *node = ARENA_NEW(graph->arena, struct node);
    *node = made;
    node->id = graph->count++;
    node->part = graph->part;
    node->backward = graph->backward;
    node->layer = graph->layer;
    node->label = graph->label;
    if (graph->last)
        graph->last->next = node;
    else
        graph->first = node;
    graph->last = node;
    return node;
}

// Elementwise work on uniform numbers is uniform itself.
static enum extent extent_of(const struct node *made) {
    enum extent extent = EXTENT_UNIFORM;
    for (int i = 0; i < made->input_count; i++)
        if (made->inputs[i]->extent == EXTENT_SAMPLE) extent = EXTENT_SAMPLE;
    return extent;
}

static struct node node_made(enum op op, size_t count, struct node *a, struct node *b, struct node *c) {
    struct node made = {.op = op, .inputs = {a, b, c}, .input_count = c ? 3 : b ? 2 : a ? 1 : 0};
    made.extent = extent_of(&made);
    made.count = count;
    for (int i = 0; count == 0 && i < made.input_count; i++)
        if (made.inputs[i]->count > made.count) made.count = made.inputs[i]->count;
    return made;
}

struct node *graph_node(struct graph *graph, enum op op, size_t count, struct node *a, struct node *b, struct node *c) {
    return node_add(graph, node_made(op, count, a, b, c));
}

struct node *graph_constant(struct graph *graph, double constant) {
    return graph_numbered(graph, OP_CONSTANT, EXTENT_UNIFORM, 1, 0, constant);
}

struct node *graph_scaled(struct graph *graph, enum op op, struct node *a, double constant) {
    struct node made = node_made(op, 0, a, NULL, NULL);
    made.constant = constant;
    return node_add(graph, made);
}

struct node *graph_copy(struct graph *graph, struct node *a, int number) {
    struct node made = node_made(OP_SCALE, 0, a, NULL, NULL);
    made.constant = 1;
    made.number = number;
    return node_add(graph, made);
}

struct node *graph_numbered(struct graph *graph, enum op op, enum extent extent, size_t count, int number,
                            double constant) {
    return node_add(graph,
                    (struct node){.op = op, .extent = extent, .count = count, .number = number, .constant = constant});
}

struct node *graph_convolution(struct graph *graph, enum op op, const struct geometry *geometry, struct node *a,
                               struct node *b, struct node *c) {
    struct node made = {.op = op, .inputs = {a, b, c}, .input_count = c ? 3 : b ? 2 : 1, .geometry = *geometry};
    size_t large = (size_t)geometry->large_height * (size_t)geometry->large_width * (size_t)geometry->large_channels;
    size_t small = (size_t)geometry->small_height * (size_t)geometry->small_width * (size_t)geometry->small_channels;
    size_t weight = (size_t)geometry->kernel[0] * (size_t)geometry->kernel[1] * (size_t)geometry->large_channels *
                    (size_t)geometry->small_channels;
    made.extent = op_is_convolution(op) ? EXTENT_SAMPLE : EXTENT_SHARED;
    if (op == OP_CONVOLVE)
        made.count = small;
    else if (op == OP_CONVOLVE_TRANSPOSED)
        made.count = large;
    else if (op == OP_BIAS_SUM)
        made.count = (size_t)geometry->large_channels;
    else
        made.count = weight;
    return node_add(graph, made);
}

struct node *graph_permute(struct graph *graph, struct node *image, struct shape shape, bool back) {
    if (shape.size[0] == 1 || shape.size[1] * shape.size[2] == 1) return image;
    struct node made = node_made(OP_PERMUTE, image->count, image, NULL, NULL);
    made.number = back;
    made.geometry.large_channels = (long)shape.size[0];
    made.geometry.large_height = (long)shape.size[1];
    made.geometry.large_width = (long)shape.size[2];
    return node_add(graph, made);
}

static struct node *node_insert(struct graph *graph, struct node *before, struct node made) {
    struct node *node = ARENA_NEW(graph->arena, struct node), **link = &graph->first;
    while (*link != before)
        link = &(*link)->next;
    *node = made;
    node->id = graph->count++;
    node->next = before;
    *link = node;
    return node;
}

// An image that two convolutions take is packed once.
static struct node *packed_find(struct graph *graph, const struct node *image, const struct node *before) {
    for (struct node *node = graph->first; node != before; node = node->next)
        if (node->op == OP_PACK && node->inputs[0] == image) return node;
    return NULL;
}

void graph_pack(struct graph *graph, struct node *node) {
    struct node made = {.op = OP_PACK,
                        .count = node->inputs[0]->count,
                        .packed = true,
                        .part = node->part,
                        .backward = node->backward,
                        .layer = node->layer,
                        .label = node->label,
                        .inputs = {node->inputs[0]},
                        .input_count = 1};
    struct node *image = packed_find(graph, node->inputs[0], node);
    if (!image) image = node_insert(graph, node, made);
    struct node *convolution = node_insert(graph, node, *node);
    convolution->packed = true;
    convolution->inputs[0] = image;
    node->op = OP_UNPACK;
    node->inputs[0] = convolution;
    node->input_count = 1;
    node->geometry = (struct geometry){0};
}

static void node_print(const struct node *node, struct buffer *out) {
    static const char *const extents[] = {"", " shared", " uniform"};
    buffer_print(out, "  %%%d = %s", node->id, names[node->op]);
    for (int i = 0; i < node->input_count; i++)
        buffer_print(out, "%s%%%d", i ? ", " : " ", node->inputs[i]->id);
    if (node->op == OP_SCALE || node->op == OP_OFFSET || node->op == OP_CONSTANT || node->op == OP_DROPOUT)
        buffer_print(out, " constant %.9g", node->constant);
    if (node->op == OP_PARAMETER || node->op == OP_TERM_SCALE || node->op == OP_DROPOUT || node->op == OP_NORMAL ||
        node->op == OP_CODE)
        buffer_print(out, " number %d", node->number);
    buffer_print(out, " : %zu%s", node->count, extents[node->extent]);
    if (node->label) buffer_print(out, "  # %s", node->label);
    buffer_print(out, "\n");
}

static void one_graph_print(const struct graph *graph, const char *name, const struct network *network,
                            struct buffer *out) {
    buffer_print(out, "%s\n", name);
    for (const struct node *node = graph->first; node; node = node->next)
        node_print(node, out);
    for (int i = 0; i < 2; i++)
        if (graph->code[i]) buffer_print(out, "  code %d is %%%d\n", i, graph->code[i]->id);
    if (graph->output) buffer_print(out, "  output is %%%d\n", graph->output->id);
    for (int i = 0; graph->terms && i < network->spec->term_count; i++)
        buffer_print(out, "  term %d is %%%d\n", i, graph->terms[i]->id);
    for (int i = 0; graph->gradients && i < network->parameters.count; i++)
        if (graph->gradients[i])
            buffer_print(out, "  gradient of %s is %%%d\n", network->parameters.list[i].info.name,
                         graph->gradients[i]->id);
        else
            buffer_print(out, "  gradient of %s is 0\n", network->parameters.list[i].info.name);
}

void graph_print(const struct network *network, struct buffer *out) {
    one_graph_print(&network->training, "training", network, out);
    one_graph_print(&network->encode, "encode", network, out);
    one_graph_print(&network->decode, "decode", network, out);
    one_graph_print(&network->measure, "measure", network, out);
}
