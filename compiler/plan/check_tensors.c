#include "compiler/plan/check.h"

// Checks a tensor. If it is not packed, it must be that of its node; a packed tensor must be made by a kernel for
// convolutions.
static bool tensor_check(struct checker *c, int number) {
    const struct tensor *tensor = c->program->tensors[number];
    if (!tensor || tensor->number != number) return check_fails(c, "tensor %d has a wrong number", number);
    bool right = tensor->packed ? tensor->kernel && tensor->kernel->output == tensor
                                : c->program->nodes[tensor->node->id].tensor == tensor;
    return right || check_fails(c, "tensor %d is not node %d's", number, tensor->node->id);
}

static bool node_check(struct checker *c, const struct node *node) {
    const struct program *program = c->program;
    const struct tensor *tensor = program->nodes[node->id].tensor;
    bool right = tensor && tensor->node == node && !tensor->packed && tensor->number < program->tensor_count &&
                 program->tensors[tensor->number] == tensor;
    return right || check_fails(c, "node %d has a wrong tensor", node->id);
}

static bool is_tensor(const struct tensor *tensor, const struct node *node, bool packed) {
    return tensor->node == node && tensor->packed == packed;
}

static bool kind_check(struct checker *c, const struct kernel *kernel) {
    const struct node *anchor = kernel->anchor;
    enum kernel_kind kind = anchor ? node_kernel_kind(anchor) : KERNEL_ELEMENTWISE;
    if (anchor && kind == KERNEL_ELEMENTWISE) return check_fails(c, "no kernel can compute %s", op_name(anchor->op));
    bool right = kernel->kind == kind || (kernel_is_packing(kernel) && anchor && op_is_convolution(anchor->op));
    int inputs = anchor ? kernel_is_packing(kernel) ? 1 : anchor->input_count : 0;
    if (!right || kernel->input_count != inputs || !kernel->output != !anchor)
        return check_fails(c, "kernel %d is of the wrong kind", kernel->number);
    return true;
}

// Checks the tensors of a kernel. PACK: from the convolution's image to its packed tensor. A packed convolution: from
// that to the packed result. UNPACK: from that to the result. Other kernels have no packed tensors.
static bool anchor_check(struct checker *c, const struct kernel *kernel) {
    const struct node *anchor = kernel->anchor;
    const struct tensor *output = kernel->output;
    bool pack = kernel->kind == KERNEL_PACK, unpack = kernel->kind == KERNEL_UNPACK;
    bool packed = output->packed && op_is_convolution(anchor->op) && !pack && !unpack;
    bool right = output->kernel == kernel && is_tensor(output, pack ? anchor->inputs[0] : anchor, pack || packed);
    for (int i = 0; right && i < kernel->input_count; i++)
        right = is_tensor(kernel->inputs[i], unpack ? anchor : anchor->inputs[i], unpack || (packed && i == 0));
    return right || check_fails(c, "kernel %d: its tensors are not those of its anchor", kernel->number);
}

bool tensors_check(struct checker *c) {
    const struct program *program = c->program;
    for (int i = 0; i < program->tensor_count; i++)
        if (!tensor_check(c, i)) return false;
    for (const struct node *node = program->graph->first; node; node = node->next)
        if (!node_check(c, node)) return false;
    for (int i = 0; i < program->kernel_count; i++) {
        const struct kernel *kernel = program->kernels[i];
        if (!kind_check(c, kernel) || (kernel->anchor && !anchor_check(c, kernel))) return false;
    }
    return true;
}
