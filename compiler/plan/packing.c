#include "compiler/nest/choose.h"
#include "compiler/plan/build.h"

// Decides which convolutions are computed with samples in the lanes of vectors.

static double least_cost(const struct machine *machine, const struct node *node, bool packed) {
    struct kernel_description d = {.kind = node_kernel_kind(node), .tiling.packed = packed};
    d.geometry = node_kernel_geometry(node);
    tiling_choose(machine, &d);
    return tiling_cost(machine, &d);
}

// Samples are in the lanes if the channels would leave most of the lanes empty. This requires as many samples at a time
// as there are lanes, which for large images do not fit in the cache.
bool packing_pays(const struct machine *machine, const struct node *node) {
    enum { LARGE_IMAGE = 1 << 16, PACKED_ELEMENTS = 96 * 1024 };
    if (!machine->macro || !op_is_convolution(node->op) || node->inputs[0]->extent != EXTENT_SAMPLE) return false;
    size_t moved = node->inputs[0]->count + node->count;
    if (moved > LARGE_IMAGE) return false;
    double plain = least_cost(machine, node, false), packed = least_cost(machine, node, true);
    // If the images of a group of samples exceed the second-level cache, they are read from the third, which takes
    // twice the time (measured).
    if (node->inputs[0]->count * (size_t)machine->lanes > PACKED_ELEMENTS) packed *= 2;
    return packed + PACK_COST * (double)moved / machine->lanes < 0.8 * plain;
}
