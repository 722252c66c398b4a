#include "compiler/graph/graph.h"

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
    node->convolution.geometry = (struct geometry){0};
}
