#include "compiler/graph/check.h"

#include "compiler/graph/ops/op.h"

#define FAULT(...) return arena_print(graph->arena, __VA_ARGS__)

static const char *geometry_check(const struct graph *graph, const struct geometry *g) {
    const long large[] = {g->large_height, g->large_width}, small[] = {g->small_height, g->small_width};
    if (g->large_channels < 1 || g->small_channels < 1) FAULT("an image without channels");
    for (int i = 0; i < 2; i++) {
        const char *axis = i ? "width" : "height";
        if (large[i] < 1 || small[i] < 1) FAULT("an image without %s", axis);
        if (g->kernel[i] < 1 || g->stride[i] < 1 || g->padding[i] < 0)
            FAULT("kernel %ld, stride %ld, padding %ld", g->kernel[i], g->stride[i], g->padding[i]);
        long room = large[i] + 2 * g->padding[i] - g->kernel[i];
        if (room < 0) FAULT("the kernel is larger than the padded image");
        if (room / g->stride[i] + 1 != small[i])
            FAULT("%s %ld of the larger image makes %ld, not %ld", axis, large[i], room / g->stride[i] + 1, small[i]);
    }
    if (g->panel == 0) return NULL;
    if (g->panel != PANEL) FAULT("panels of %ld, expected %d", g->panel, PANEL);
    if (!geometry_is_dense(g)) FAULT("panels of a convolution");
    if (g->small_channels % PANEL != 0) FAULT("panels that do not divide %ld outputs", g->small_channels);
    return NULL;
}

static const char *image_check(const struct graph *graph, struct image image) {
    if (image.height >= 1 && image.width >= 1 && image.channels >= 1) return NULL;
    FAULT("an image of %ldx%ldx%ld", image.channels, image.height, image.width);
}

const char *input_check(const struct graph *graph, const struct node *node, int input, size_t count, bool shared) {
    if (input >= node->input_count) return NULL;
    const struct node *found = node->inputs[input];
    if (found->count != count) FAULT("input %d has %zu elements, expected %zu", input, found->count, count);
    if (shared && found->extent == EXTENT_SAMPLE)
        FAULT("input %d differs between samples, expected one value for all", input);
    return NULL;
}

static const char *parameter_check(const struct graph *graph, const struct node *node) {
    int index = node->parameter.index, most = graph->parameters->count;
    if (index < 0 || index >= most) FAULT("parameter %d of %d", index, most);
    size_t count = graph->parameters->list[index].count;
    if (node->count != count) FAULT("%zu elements, the parameter has %zu", node->count, count);
    return NULL;
}

static const char *random_check(const struct graph *graph, const struct node *node) {
    double p = node->random.probability;
    if (node->random.site < 0 || node->random.site >= graph->sites)
        FAULT("site %d of %d", node->random.site, graph->sites);
    if (node->op == OP_DROPOUT ? !(p >= 0 && p < 1) : p != 0) FAULT("probability %g", p);
    return NULL;
}

static int heads_of(const struct graph *graph) {
    int count = 0;
    for (const struct node *node = graph->first; node; node = node->next)
        count += node->op == OP_CODE;
    return count;
}

static const char *attributes_check(const struct graph *graph, const struct node *node) {
    int terms = graph->outputs[OUTPUT_TERM].count;
    switch (op_rows[node->op].attributes) {
    case ATTRIBUTES_NONE: break;
    case ATTRIBUTES_CODE:
        if (node->code.head < 0 || node->code.head >= heads_of(graph)) FAULT("head %d of the code", node->code.head);
        break;
    case ATTRIBUTES_PARAMETER: return parameter_check(graph, node);
    case ATTRIBUTES_TERM:
        if (node->term.index < 0 || node->term.index >= terms) FAULT("term %d of %d", node->term.index, terms);
        break;
    case ATTRIBUTES_SCALAR:
        if (node->scalar.value != node->scalar.value) FAULT("the constant is not a number");
        if (node->scalar.copy && (node->op != OP_SCALE || node->scalar.value != 1)) FAULT("a copy with a constant");
        break;
    case ATTRIBUTES_RANDOM: return random_check(graph, node);
    case ATTRIBUTES_CONVOLUTION: return geometry_check(graph, &node->convolution.geometry);
    case ATTRIBUTES_REPACK: return geometry_check(graph, &node->repack.geometry);
    case ATTRIBUTES_BIAS: return image_check(graph, node->bias.image);
    case ATTRIBUTES_PERMUTE: return image_check(graph, node->permute.image);
    }
    return NULL;
}

static const char *inputs_check(const struct graph *graph, const struct node *node, struct node *const *nodes) {
    const struct op_row *row = &op_rows[node->op];
    if (node->input_count < row->least || node->input_count > row->most)
        FAULT("%d inputs, expected %d to %d", node->input_count, row->least, row->most);
    for (int i = 0; i < OP_INPUTS; i++) {
        const struct node *input = node->inputs[i];
        if (!input != (i >= node->input_count)) FAULT("%d inputs, input %d is %d", node->input_count, i, input != NULL);
        if (!input) continue;
        if (input->id < 0 || input->id >= node->id || nodes[input->id] != input)
            FAULT("input %d is not a node before it", i);
    }
    return NULL;
}

static const char *count_check(const struct graph *graph, const struct node *node) {
    size_t count = node_count(node);
    if (node->count < 1 || node->count != count) FAULT("%zu elements, expected %zu", node->count, count);
    if (node->op == OP_BROADCAST && node->inputs[0]->count != 1) FAULT("it broadcasts more than one element");
    for (int i = 0; op_rows[node->op].count == COUNT_WIDEST && i < node->input_count; i++)
        if (node->inputs[i]->count != 1 && node->inputs[i]->count != count)
            FAULT("input %d has %zu elements, expected 1 or %zu", i, node->inputs[i]->count, count);
    return NULL;
}

// The leaves that a graph of each purpose can have.
static bool leaf_allowed(enum graph_purpose purpose, const struct node *node) {
    bool training = purpose == GRAPH_TRAINING, measure = purpose == GRAPH_MEASURE;
    if (op_rows[node->op].class == CLASS_RANDOM || node->op == OP_TERM_SCALE) return training;
    if (node->op == OP_INPUT) return purpose != GRAPH_DECODE;
    if (node->op == OP_CODE) return measure || purpose == GRAPH_DECODE;
    if (node->op == OP_OUTPUT) return measure;
    return node->op != OP_PARAMETER || !measure;
}

static const char *node_check(const struct graph *graph, const struct node *node, struct node *const *nodes) {
    if ((int)node->op < 0 || node->op >= OP_KINDS) FAULT("no op %d", (int)node->op);
    if (node->part != PART_LAYERS && node->part != PART_LOSS) FAULT("no part %d", (int)node->part);
    const char *fault = inputs_check(graph, node, nodes);
    if (!fault) fault = attributes_check(graph, node);
    if (!fault && op_functions[node->op].check) fault = op_functions[node->op].check(graph, node);
    if (!fault) fault = count_check(graph, node);
    if (fault) return fault;
    if (node->extent != node_extent(node)) FAULT("extent %d, expected %d", (int)node->extent, (int)node_extent(node));
    if (!leaf_allowed(graph->purpose, node))
        FAULT("a leaf that is not allowed in the %s graph", purpose_name(graph->purpose));
    const struct node *equal = graph_find(graph, node);
    if (equal && equal != node) FAULT("it equals node %d", equal->id);
    return NULL;
}

static const char *output_check(const struct graph *graph, enum output_kind kind, int index,
                                struct node *const *nodes) {
    const struct output *output = &graph->outputs[kind].list[index];
    const struct node *node = output->node;
    if (!node && kind == OUTPUT_GRADIENT) return NULL;
    if (!node || node->id < 0 || node->id >= graph->count || nodes[node->id] != node)
        FAULT("output %s is not a node of the graph", output->name);
    bool gradient = kind == OUTPUT_GRADIENT;
    size_t count = gradient ? graph->parameters->list[index].count : kind == OUTPUT_TERM ? 1 : node->count;
    if (node->count != count) FAULT("output %s has %zu elements, expected %zu", output->name, node->count, count);
    if (gradient && node->extent == EXTENT_SAMPLE) FAULT("the gradient %s differs between samples", output->name);
    return NULL;
}

// Checks the number of outputs of each kind. Gradients must exist for all parameters or none.
static const char *outputs_check(const struct graph *graph, struct node *const *nodes) {
    static const bool needed[GRAPH_PURPOSES][OUTPUT_KINDS] = {
        [GRAPH_TRAINING] = {[OUTPUT_TERM] = true},
        [GRAPH_ENCODE] = {[OUTPUT_CODE] = true},
        [GRAPH_DECODE] = {[OUTPUT_DECODED] = true},
        [GRAPH_MEASURE] = {[OUTPUT_TERM] = true},
    };
    int gradients = graph->outputs[OUTPUT_GRADIENT].count;
    if (gradients && (graph->purpose != GRAPH_TRAINING || gradients != graph->parameters->count))
        FAULT("%d gradients of %d parameters", gradients, graph->parameters->count);
    for (int kind = 0; kind < OUTPUT_KINDS; kind++) {
        int count = graph->outputs[kind].count;
        if (kind != OUTPUT_GRADIENT && (count > 0) != needed[graph->purpose][kind])
            FAULT("%d outputs of kind %d", count, kind);
        for (int i = 0; i < count; i++) {
            const char *fault = output_check(graph, (enum output_kind)kind, i, nodes);
            if (fault) return fault;
        }
    }
    return NULL;
}

const char *graph_check(const struct graph *graph) {
    struct node **nodes = ARENA_ARRAY(graph->arena, struct node *, graph->count);
    int count = 0;
    for (struct node *node = graph->first; node; node = node->next) {
        if (count >= graph->count || node->id != count) FAULT("node %d has id %d", count, node->id);
        const char *fault = node_check(graph, node, nodes);
        if (fault) FAULT("node %d (%s): %s", node->id, node->op < OP_KINDS ? op_name(node->op) : "?", fault);
        nodes[count++] = node;
    }
    if (count != graph->count) FAULT("%d nodes, expected %d", count, graph->count);
    return outputs_check(graph, nodes);
}

const char *network_check(const struct network *network) {
    const struct graph *graphs[] = {&network->training, &network->encode, &network->decode, &network->measure};
    for (size_t i = 0; i < sizeof graphs / sizeof *graphs; i++) {
        const struct graph *graph = graphs[i];
        const char *fault = graph_check(graph);
        if (fault) FAULT("the %s graph: %s", purpose_name(graph->purpose), fault);
    }
    return NULL;
}
