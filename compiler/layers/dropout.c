// Inverted dropout in training, otherwise the identity. mirror omits it.
#include "compiler/layers/layers.h"

// The mask is drawn in channels-first order, independent of the memory order.
struct flow dropout_lower(struct lowering *lowering, struct flow flow, const struct layer *layer) {
    int site = lowering->sites++;
    double p = layer->arguments[0].number;
    if (!lowering->training || p == 0) return flow;
    struct node *mask = graph_dropout(&lowering->b, site, p, flow.node->count);
    if (!layout_plain(flow.layout)) mask = lowering_permute(lowering, mask, flow.layout, true);
    flow.node = graph_binary(&lowering->b, OP_MULTIPLY, flow.node, mask);
    return flow;
}
