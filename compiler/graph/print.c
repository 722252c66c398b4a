#include "base/number.h"
#include "compiler/graph/network.h"

static void image_print(struct image image, struct buffer *out) {
    buffer_print(out, " [%ld, %ld, %ld]", image.channels, image.height, image.width);
}

static void pair_print(const char *what, const long pair[2], struct buffer *out) {
    buffer_print(out, " %s %ldx%ld", what, pair[0], pair[1]);
}

static void geometry_print(const struct geometry *g, struct buffer *out) {
    if (geometry_is_dense(g) && g->stride[0] == 1 && g->stride[1] == 1) {
        buffer_print(out, " large %ld small %ld", g->large_channels, g->small_channels);
        if (g->panel) buffer_print(out, " panel %ld", g->panel);
        return;
    }
    buffer_print(out, " large");
    image_print((struct image){g->large_height, g->large_width, g->large_channels}, out);
    buffer_print(out, " small");
    image_print((struct image){g->small_height, g->small_width, g->small_channels}, out);
    pair_print("kernel", g->kernel, out);
    pair_print("stride", g->stride, out);
    pair_print("padding", g->padding, out);
}

static void attributes_print(const struct graph *graph, const struct node *node, struct buffer *out) {
    char text[NUMBER_TEXT];
    switch (op_rows[node->op].attributes) {
    case ATTRIBUTES_NONE: break;
    case ATTRIBUTES_CODE: buffer_print(out, " head %d", node->code.head); break;
    case ATTRIBUTES_PARAMETER:
        buffer_print(out, " %s", graph->parameters->list[node->parameter.index].info.name);
        break;
    case ATTRIBUTES_TERM: buffer_print(out, " %s", graph->outputs[OUTPUT_TERM].list[node->term.index].name); break;
    case ATTRIBUTES_SCALAR:
        if (node->input_count) buffer_print(out, ",");
        buffer_print(out, " %s", number_format(text, node->scalar.value));
        if (node->scalar.copy) buffer_print(out, " copy %d", node->scalar.copy);
        break;
    case ATTRIBUTES_RANDOM:
        buffer_print(out, " site %d", node->random.site);
        if (node->op == OP_DROPOUT) buffer_print(out, " probability %s", number_format(text, node->random.probability));
        break;
    case ATTRIBUTES_CONVOLUTION: geometry_print(&node->convolution.geometry, out); break;
    case ATTRIBUTES_REPACK:
        geometry_print(&node->repack.geometry, out);
        if (node->repack.back) buffer_print(out, " back");
        break;
    case ATTRIBUTES_BIAS: image_print(node->bias.image, out); break;
    case ATTRIBUTES_PERMUTE:
        image_print(node->permute.image, out);
        if (node->permute.back) buffer_print(out, " back");
        break;
    }
}

static void node_print(const struct graph *graph, const struct node *node, struct buffer *out) {
    static const char *const extents[] = {"", " shared", " uniform"};
    buffer_print(out, "  %%%d = %s", node->id, op_name(node->op));
    for (int i = 0; i < node->input_count; i++)
        buffer_print(out, "%s%%%d", i ? ", " : " ", node->inputs[i]->id);
    attributes_print(graph, node, out);
    buffer_print(out, " : %zu%s", node->count, extents[node->extent]);
    if (node->label || node->backward) buffer_print(out, "  #");
    if (node->label) buffer_print(out, " %s", node->label);
    if (node->backward) buffer_print(out, " backward");
    buffer_print(out, "\n");
}

static void output_print(enum output_kind kind, const struct output *output, struct buffer *out) {
    static const char *const kinds[OUTPUT_KINDS] = {"code", "decoded", "term", "gradient"};
    buffer_print(out, "  %s %s = ", kinds[kind], output->name);
    if (output->node)
        buffer_print(out, "%%%d\n", output->node->id);
    else
        buffer_print(out, "0\n");
}

void graph_print(const struct graph *graph, struct buffer *out) {
    buffer_print(out, "%s\n", purpose_name(graph->purpose));
    for (const struct node *node = graph->first; node; node = node->next)
        node_print(graph, node, out);
    for (int kind = 0; kind < OUTPUT_KINDS; kind++)
        for (int i = 0; i < graph->outputs[kind].count; i++)
            output_print((enum output_kind)kind, &graph->outputs[kind].list[i], out);
}

void network_print(const struct network *network, struct buffer *out) {
    graph_print(&network->training, out);
    graph_print(&network->encode, out);
    graph_print(&network->decode, out);
    graph_print(&network->measure, out);
}
