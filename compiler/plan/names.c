#include "compiler/plan/names.h"

#include <ctype.h>
#include <string.h>

const char *identifier(struct arena *arena, const char *name) {
    char *identifier = arena_copy(arena, name, strlen(name));
    for (char *c = identifier; *c; c++)
        if (!isalnum((unsigned char)*c)) *c = '_';
    return identifier;
}

// The name of a layer or head. Names of terms and latents are chosen by the user, so the kind is added as a prefix.
static const char *label_name(struct arena *arena, const struct spec *spec, const struct node *node) {
    const char *label = node->label ? node->label : spec->model, *name = identifier(arena, label);
    if (node->part == PART_LOSS) return arena_print(arena, "loss_%s", name);
    return strchr(label, '.') ? name : arena_print(arena, "latent_%s", name);
}

static const char *leaf_name(struct arena *arena, const struct spec *spec, const struct program *program,
                             const struct node *node) {
    const char *input = identifier(arena, spec->input_name.text);
    if (node->op == OP_INPUT) return arena_print(arena, "input_%s", input);
    if (node->op == OP_OUTPUT) return arena_print(arena, "output_%s", input);
    if (node->op != OP_CODE) return op_name(node->op);
    // decode takes z.
    const char *head = program->graph->purpose == GRAPH_DECODE
                           ? spec->latent.name.text
                           : latent_head_name(arena, &spec->latent, node->code.head);
    return arena_print(arena, "%s%s", strchr(head, '.') ? "" : "latent_", identifier(arena, head));
}

static const char *node_name(struct arena *arena, const struct spec *spec, const struct program *program,
                             const struct node *node) {
    if (node_is_leaf(node)) return leaf_name(arena, spec, program, node);
    if (node->gradient_of) return arena_print(arena, "d_%s", label_name(arena, spec, node->gradient_of));
    const char *name = label_name(arena, spec, node);
    if (node->backward) return arena_print(arena, "%s_back", name);
    if (node->part == PART_LOSS && node_storage(program, node)->place != PLACE_TERM)
        return arena_print(arena, "%s_part", name);
    bool moved = op_rows[node->op].class == CLASS_MOVE;
    return moved ? arena_print(arena, "%s_%s", name, op_name(node->op)) : name;
}

static const char *tensor_name(const struct plan *plan, const struct program *program, const struct tensor *tensor) {
    struct arena *arena = program->arena;
    const struct node *node = tensor->node, *first = node->inputs[0];
    if (node->op == OP_REPACK && first->op == OP_PARAMETER) {
        const char *parameter = plan->network->parameters.list[first->parameter.index].info.name;
        return arena_print(arena, "%s_transposed", identifier(arena, parameter));
    }
    const char *name = node_name(arena, plan->network->spec, program, node);
    return tensor->packed ? arena_print(arena, "%s_packed", name) : name;
}

// Tensors in memory are named first, because the others appear only in the plain loops.
void tensors_name(const struct plan *plan, struct program *program) {
    struct names taken = {.arena = program->arena};
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < program->tensor_count; i++) {
            struct tensor *tensor = program->tensors[i];
            if ((tensor->storage.place == PLACE_NONE) != (pass == 1)) continue;
            const char *stem = tensor_name(plan, program, tensor);
            tensor->name = stem;
            for (int same = 2; !names_add(&taken, tensor->name, tensor); same++)
                tensor->name = arena_print(program->arena, "%s_%d", stem, same);
        }
}
