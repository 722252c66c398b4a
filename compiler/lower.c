#include <math.h>
#include <string.h>

#include "compiler/graph/graph.h"

// A value on its way through the layers. Its memory holds the image `layout` (channels innermost) even where flatten
// or dense has made its shape a vector; layout.rank 1 is a plain vector. So flatten and reshape cost nothing where a
// dense layer can take the order up in its weight.
struct flow {
    struct node *node;
    struct shape shape, layout;
};

struct lowering {
    struct spec *spec;
    struct network *network;
    struct graph *graph;
    bool training;
    int sites;    // random places so far
};

static bool layout_plain(struct shape layout) {
    return layout.rank == 1 || layout.size[0] == 1 || layout.size[1] * layout.size[2] == 1;
}

// Brings a vector whose memory holds an image into channels-first order.
static struct flow flow_plain(struct lowering *lowering, struct flow flow) {
    if (flow.shape.rank == 1 && !layout_plain(flow.layout))
        flow.node = graph_permute(lowering->graph, flow.node, flow.layout, false);
    if (flow.shape.rank == 1) flow.layout = flow.shape;
    return flow;
}

// Brings a value into the memory order of an image of this shape.
static struct flow flow_image(struct lowering *lowering, struct flow flow, struct shape shape) {
    if (flow.layout.rank == 3 && shape_equal(flow.layout, shape)) {
        flow.shape = shape;
        return flow;
    }
    if (!layout_plain(flow.layout)) flow.node = graph_permute(lowering->graph, flow.node, flow.layout, false);
    flow.node = graph_permute(lowering->graph, flow.node, shape, true);
    flow.shape = flow.layout = shape;
    return flow;
}

// The number of a parameter; each graph that uses it finds it by name.
static int parameter_find(struct parameters *parameters, const char *name) {
    for (int i = 0; i < parameters->count; i++)
        if (strcmp(parameters->list[i].info.name, name) == 0) return i;
    return -1;
}

static struct node *parameter_node(struct lowering *lowering, struct parameter_info info) {
    struct parameters *parameters = &lowering->network->parameters;
    struct arena *arena = lowering->spec->arena;
    int number = parameter_find(parameters, info.name);
    size_t count = shape_count(info.shape);
    if (number < 0) {
        if (parameters->count == parameters->capacity) {
            int capacity = parameters->capacity ? 2 * parameters->capacity : 32;
            struct parameter *list = ARENA_ARRAY(arena, struct parameter, capacity);
            if (parameters->count) memcpy(list, parameters->list, (size_t)parameters->count * sizeof *list);
            parameters->list = list;
            parameters->capacity = capacity;
        }
        number = parameters->count++;
        parameters->list[number] = (struct parameter){.info = info, .count = count};
    }
    return graph_numbered(lowering->graph, OP_PARAMETER, EXTENT_SHARED, count, number, 0);
}

// Splits one dimension of a file's tensor, whose elements lie `step` apart in memory order, by the image it holds.
static void view_add(struct parameter_info *info, struct shape layout, size_t step) {
    if (layout_plain(layout)) {
        info->view[info->view_rank] = shape_count(layout);
        info->stride[info->view_rank++] = step;
        return;
    }
    size_t channels = layout.size[0], width = layout.size[2];
    const size_t strides[] = {step, width * channels * step, channels * step};
    for (int i = 0; i < 3; i++) {
        info->view[info->view_rank] = layout.size[i];
        info->stride[info->view_rank++] = strides[i];
    }
}

// The outputs of a dense layer's weight of `in` inputs, in panels.
static void panels_add(struct parameter_info *info, size_t in, size_t out) {
    info->view[info->view_rank] = out / PANEL;
    info->stride[info->view_rank++] = in * PANEL;
    info->view[info->view_rank] = PANEL;
    info->stride[info->view_rank++] = 1;
}

static struct shape vector_shape(size_t count) {
    return (struct shape){1, {count}};
}

static struct node *bias_node(struct lowering *lowering, const char *name, struct shape layout, double bound) {
    size_t count = shape_count(layout);
    struct parameter_info info = {.name = name, .shape = vector_shape(count), .bound = bound};
    view_add(&info, layout, 1);
    return parameter_node(lowering, info);
}

// An affine map of a value to a vector; `layout` is the memory order its output shall have. Bounds of the initial
// values are those of PyTorch's Linear: 1 / sqrt(in).
static struct flow dense_lower(struct lowering *lowering, struct flow flow, struct shape layout, const char *name) {
    struct arena *arena = lowering->spec->arena;
    size_t in = shape_count(flow.shape), out = shape_count(layout);
    double bound = 1 / sqrt((double)in);
    struct parameter_info info = {
        .name = arena_print(arena, "%s.weight", name), .shape = {2, {out, in}}, .bound = bound};
    // Panels of a weight are read from end to end; a layer that makes an image has its outputs in that image's order.
    long panel = layout_plain(layout) && out % PANEL == 0 ? PANEL : 0;
    if (panel)
        panels_add(&info, in, out);
    else
        view_add(&info, layout, 1);
    view_add(&info, flow.layout, panel ? PANEL : out);
    struct node *weight = parameter_node(lowering, info);
    struct node *bias = bias_node(lowering, arena_print(arena, "%s.bias", name), layout, bound);
    struct geometry geometry = {1, 1, (long)in, 1, 1, (long)out, {1, 1}, {1, 1}, {0, 0}, panel};
    struct node *node = graph_convolution(lowering->graph, OP_CONVOLVE, &geometry, flow.node, weight, bias);
    return (struct flow){node, vector_shape(out), layout};
}

// The order in which a dense layer's output is wanted: that of an image when only activations stand before a reshape.
static struct shape dense_layout(const struct layer *layer) {
    const struct layer *next = layer->next;
    while (next && (layer_is_activation(next->kind) || next->kind == LAYER_dropout))
        next = next->next;
    if (next && next->kind == LAYER_reshape && next->output.rank == 3) return next->output;
    return layer->output;
}

// Bounds of PyTorch's Conv2d and ConvTranspose2d: 1 / sqrt(weight.size(1) * taps).
static struct flow convolution_lower(struct lowering *lowering, struct flow flow, const struct layer *layer) {
    struct arena *arena = lowering->spec->arena;
    bool transposed = layer->kind == LAYER_deconv;
    struct shape large = transposed ? layer->output : layer->input, small = transposed ? layer->input : layer->output;
    const struct value *a = layer->arguments;
    struct geometry g = {(long)large.size[1],          (long)large.size[2],
                         (long)large.size[0],          (long)small.size[1],
                         (long)small.size[2],          (long)small.size[0],
                         {a[1].pair[0], a[1].pair[1]}, {a[2].pair[0], a[2].pair[1]},
                         {a[3].pair[0], a[3].pair[1]}, 0};
    size_t l = large.size[0], s = small.size[0], height = (size_t)g.kernel[0], width = (size_t)g.kernel[1];
    double bound = 1 / sqrt((double)(l * height * width));
    struct parameter_info info = {.name = arena_print(arena, "%s.weight", layer->name),
                                  .shape = {4, {s, l, height, width}},
                                  .view_rank = 4,
                                  .view = {s, l, height, width},
                                  .stride = {1, s, width * l * s, l * s},
                                  .bound = bound};
    struct node *weight = parameter_node(lowering, info);
    struct node *bias =
        bias_node(lowering, arena_print(arena, "%s.bias", layer->name), vector_shape(transposed ? l : s), bound);
    if (transposed) weight = graph_convolution(lowering->graph, OP_REPACK, &g, weight, NULL, NULL);
    flow.node = graph_convolution(lowering->graph, transposed ? OP_CONVOLVE_TRANSPOSED : OP_CONVOLVE, &g, flow.node,
                                  weight, bias);
    flow.shape = flow.layout = layer->output;
    return flow;
}

// The mask is drawn in channels-first order, whatever the memory's.
static struct flow dropout_lower(struct lowering *lowering, struct flow flow, const struct layer *layer) {
    int site = lowering->sites++;
    double p = layer->arguments[0].number;
    if (!lowering->training || p == 0) return flow;
    struct node *mask = graph_numbered(lowering->graph, OP_DROPOUT, EXTENT_SAMPLE, flow.node->count, site, p);
    if (!layout_plain(flow.layout)) mask = graph_permute(lowering->graph, mask, flow.layout, true);
    flow.node = graph_node(lowering->graph, OP_MULTIPLY, 0, flow.node, mask, NULL);
    return flow;
}

static struct node *unary(struct graph *graph, enum op op, struct node *a) {
    return graph_node(graph, op, 0, a, NULL, NULL);
}

static struct node *binary(struct graph *graph, enum op op, struct node *a, struct node *b) {
    return graph_node(graph, op, 0, a, b, NULL);
}

// alpha * expm1(min(x, 0)) + max(x, 0): expm1 never sees an x that overflows.
static struct node *elu_lower(struct graph *graph, struct node *x, double alpha) {
    struct node *positive = unary(graph, OP_RELU, x);
    struct node *negative = unary(graph, OP_EXPM1, binary(graph, OP_SUBTRACT, x, positive));
    return binary(graph, OP_ADD, positive, graph_scaled(graph, OP_SCALE, negative, alpha));
}

static struct node *gelu_lower(struct graph *graph, struct node *x) {
    struct node *erf = unary(graph, OP_ERF, graph_scaled(graph, OP_SCALE, x, sqrt(0.5)));
    struct node *half = graph_scaled(graph, OP_SCALE, graph_scaled(graph, OP_OFFSET, erf, 1), 0.5);
    return binary(graph, OP_MULTIPLY, x, half);
}

static struct node *activation_lower(struct graph *graph, const struct layer *layer, struct node *x) {
    double argument = layer->arguments[0].number;
    switch (layer->kind) {
    case LAYER_relu: return unary(graph, OP_RELU, x);
    case LAYER_leaky_relu: return graph_node(graph, OP_SELECT, 0, x, graph_scaled(graph, OP_SCALE, x, argument), x);
    case LAYER_elu: return elu_lower(graph, x, argument);
    case LAYER_gelu: return gelu_lower(graph, x);
    case LAYER_silu: return binary(graph, OP_MULTIPLY, x, unary(graph, OP_SIGMOID, x));
    case LAYER_sigmoid: return unary(graph, OP_SIGMOID, x);
    case LAYER_tanh: return unary(graph, OP_TANH, x);
    case LAYER_softplus: return unary(graph, OP_SOFTPLUS, x);
    case LAYER_conv:
    case LAYER_deconv:
    case LAYER_dense:
    case LAYER_flatten:
    case LAYER_reshape:
    case LAYER_dropout:
    case LAYER_mirror:
    case LAYER_KINDS: break;
    }
    return x;
}

static struct flow layer_lower(struct lowering *lowering, struct flow flow, const struct layer *layer) {
    lowering->graph->layer = layer;
    lowering->graph->label = layer->name;
    switch (layer->kind) {
    case LAYER_conv:
    case LAYER_deconv: return convolution_lower(lowering, flow, layer);
    case LAYER_dense: return dense_lower(lowering, flow, dense_layout(layer), layer->name);
    case LAYER_flatten: flow.shape = layer->output; return flow;
    case LAYER_reshape:
        if (layer->output.rank == 3) return flow_image(lowering, flow, layer->output);
        flow.shape = layer->output;
        return flow;
    case LAYER_dropout: return dropout_lower(lowering, flow, layer);
    case LAYER_relu:
    case LAYER_leaky_relu:
    case LAYER_elu:
    case LAYER_gelu:
    case LAYER_silu:
    case LAYER_sigmoid:
    case LAYER_tanh:
    case LAYER_softplus: flow.node = activation_lower(lowering->graph, layer, flow.node); return flow;
    case LAYER_mirror:
    case LAYER_KINDS: break;
    }
    return flow;
}

static struct flow layers_lower(struct lowering *lowering, struct flow flow, const struct layer_list *list) {
    for (const struct layer *layer = list->first; layer; layer = layer->next)
        flow = layer_lower(lowering, flow, layer);
    lowering->graph->layer = NULL;
    return flow;
}

// What a graph gives out is made by a kernel: a leaf is copied.
static struct node *made_node(struct lowering *lowering, struct node *node) {
    return node->input_count == 0 ? graph_copy(lowering->graph, node, 0) : node;
}

// mu and log sigma, or z; what the graph's code is.
static void code_lower(struct lowering *lowering, struct flow flow) {
    const struct latent *latent = &lowering->spec->latent;
    struct graph *graph = lowering->graph;
    struct arena *arena = lowering->spec->arena;
    if (latent->units == 0) {
        graph->code[0] = made_node(lowering, flow_plain(lowering, flow).node);
        return;
    }
    bool gaussian = latent->kind == LATENT_gaussian;
    flow.shape = vector_shape(shape_count(flow.shape));
    for (int i = 0; i < (gaussian ? 2 : 1); i++) {
        const char *name = latent->name.text;
        if (gaussian) name = arena_print(arena, "%s.%s", name, i ? "log_sigma" : "mu");
        graph->label = name;
        graph->code[i] = dense_lower(lowering, flow, latent->shape, name).node;
    }
}

static struct node *input_node(struct lowering *lowering) {
    return graph_numbered(lowering->graph, OP_INPUT, EXTENT_SAMPLE, shape_count(lowering->spec->input), 0, 0);
}

static void encoder_lower(struct lowering *lowering) {
    struct flow flow = {input_node(lowering), lowering->spec->input, lowering->spec->input};
    code_lower(lowering, layers_lower(lowering, flow, &lowering->spec->encoder));
}

// z while training: mu + sigma * epsilon.
static struct node *z_lower(struct lowering *lowering) {
    struct graph *graph = lowering->graph;
    const struct latent *latent = &lowering->spec->latent;
    graph->label = latent->name.text;
    if (latent->kind != LATENT_gaussian || !lowering->training) return graph->code[0];
    int site = lowering->sites++;
    struct node *epsilon = graph_numbered(graph, OP_NORMAL, EXTENT_SAMPLE, graph->code[0]->count, site, 0);
    struct node *sigma = unary(graph, OP_EXP, graph->code[1]);
    return binary(graph, OP_ADD, graph->code[0], binary(graph, OP_MULTIPLY, sigma, epsilon));
}

static void decoder_lower(struct lowering *lowering, struct node *z) {
    struct spec *spec = lowering->spec;
    struct flow flow = {z, spec->latent.shape, spec->latent.shape};
    flow = layers_lower(lowering, flow, &spec->decoder);
    lowering->graph->output = made_node(lowering, flow_plain(lowering, flow).node);
}

// KL(N(mu, sigma^2) || N(0, p^2)) = (sigma^2 + mu^2) / (2 p^2) - log sigma + log p - 1/2, summed over the units
// (Kingma and Welling, Auto-Encoding Variational Bayes, appendix B, for any p).
static struct node *kl_lower(struct lowering *lowering) {
    struct graph *graph = lowering->graph;
    double p = lowering->spec->latent.prior_std;
    struct node *mu = graph->code[0], *log_sigma = graph->code[1], *sigma = unary(graph, OP_EXP, log_sigma);
    struct node *squares =
        binary(graph, OP_ADD, binary(graph, OP_MULTIPLY, sigma, sigma), binary(graph, OP_MULTIPLY, mu, mu));
    struct node *scaled = graph_scaled(graph, OP_SCALE, squares, 1 / (2 * p * p));
    struct node *each = binary(graph, OP_SUBTRACT, scaled, log_sigma);
    return unary(graph, OP_SUM, graph_scaled(graph, OP_OFFSET, each, log(p) - 0.5));
}

static struct node *sum_lower(struct graph *graph, struct node *a, bool mean) {
    struct node *sum = graph_node(graph, OP_SUM, 1, a, NULL, NULL);
    return mean ? graph_scaled(graph, OP_SCALE, sum, 1 / (double)a->count) : sum;
}

static struct node *term_lower(struct lowering *lowering, enum term_kind kind, struct node *z) {
    struct graph *graph = lowering->graph;
    struct node *x = input_node(lowering), *y = graph->output;
    struct node *difference;
    switch (kind) {
    case TERM_mse:
    case TERM_sse:
        difference = binary(graph, OP_SUBTRACT, y, x);
        return sum_lower(graph, binary(graph, OP_MULTIPLY, difference, difference), kind == TERM_mse);
    case TERM_mae:
    case TERM_sae:
        difference = binary(graph, OP_SUBTRACT, y, x);
        return sum_lower(graph, unary(graph, OP_ABSOLUTE, difference), kind == TERM_mae);
    case TERM_bce:
    case TERM_bce_sum:
        // -x log s(y) - (1 - x) log(1 - s(y)) = softplus(y) - x y, which cannot overflow.
        difference = binary(graph, OP_SUBTRACT, unary(graph, OP_SOFTPLUS, y), binary(graph, OP_MULTIPLY, x, y));
        return sum_lower(graph, difference, kind == TERM_bce);
    case TERM_kl: return kl_lower(lowering);
    case TERM_l1: return sum_lower(graph, unary(graph, OP_ABSOLUTE, z), false);
    case TERM_l2: return sum_lower(graph, binary(graph, OP_MULTIPLY, z, z), false);
    case TERM_KINDS: break;
    }
    return z;
}

// Two lines of one term are two results.
static struct node *term_distinct(struct graph *graph, struct node *node, int number) {
    for (int i = 0; i < number; i++)
        if (graph->terms[i] == node) return graph_copy(graph, node, number);
    return node;
}

static void terms_lower(struct lowering *lowering, struct node *z) {
    struct spec *spec = lowering->spec;
    struct graph *graph = lowering->graph;
    graph->part = PART_LOSS;
    graph->terms = ARENA_ARRAY(spec->arena, struct node *, spec->term_count);
    int i = 0;
    for (const struct term *term = spec->terms; term; term = term->next) {
        graph->label = term->name;
        graph->terms[i] = term_distinct(graph, term_lower(lowering, term->kind, z), i);
        i++;
    }
}

static void training_lower(struct lowering *lowering) {
    lowering->training = true;
    encoder_lower(lowering);
    struct node *z = z_lower(lowering);
    decoder_lower(lowering, z);
    terms_lower(lowering, z);
}

static void code_leaves(struct lowering *lowering) {
    size_t count = shape_count(lowering->spec->latent.shape);
    for (int i = 0; i < (lowering->spec->latent.kind == LATENT_gaussian ? 2 : 1); i++)
        lowering->graph->code[i] = graph_numbered(lowering->graph, OP_CODE, EXTENT_SAMPLE, count, i, 0);
}

static void graph_begin(struct lowering *lowering, struct graph *graph) {
    *graph = (struct graph){.arena = lowering->spec->arena, .parameters = &lowering->network->parameters};
    lowering->graph = graph;
    lowering->training = false;
    lowering->sites = 0;
}

struct network *lower(struct spec *spec) {
    struct network *network = ARENA_NEW(spec->arena, struct network);
    network->spec = spec;
    struct lowering lowering = {.spec = spec, .network = network};
    graph_begin(&lowering, &network->training);
    training_lower(&lowering);
    graph_begin(&lowering, &network->encode);
    encoder_lower(&lowering);
    graph_begin(&lowering, &network->decode);
    code_leaves(&lowering);
    decoder_lower(&lowering, network->decode.code[0]);
    graph_begin(&lowering, &network->measure);
    code_leaves(&lowering);
    network->measure.output =
        graph_numbered(&network->measure, OP_OUTPUT, EXTENT_SAMPLE, shape_count(spec->input), 0, 0);
    terms_lower(&lowering, network->measure.code[0]);
    return network;
}
