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

// How often a name was wanted: the next tensor of the same name gets this number, unless another has that name.
static const char *name_distinct(struct names *taken, const char *stem) {
    struct arena *arena = taken->arena;
    int *wanted = names_find(taken, stem);
    if (!wanted) {
        wanted = ARENA_NEW(arena, int);
        names_add(taken, stem, wanted);
        *wanted = 1;
        return stem;
    }
    const char *name;
    int *first = ARENA_NEW(arena, int);
    *first = 1;
    do
        name = arena_print(arena, "%s_%d", stem, ++*wanted);
    while (!names_add(taken, name, first));
    return name;
}

// Tensors in memory get their names first: the others are seen in the plain loops alone. Parameters have the names of
// their members, uniform numbers none.
void tensors_name(const struct plan *plan, struct program *program) {
    struct names taken = {.arena = program->arena};
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < program->tensor_count; i++) {
            struct tensor *tensor = program->tensors[i];
            bool named = tensor->node->op != OP_PARAMETER && !node_is_uniform(tensor->node);
            if (!named || (tensor->storage.place == PLACE_NONE) != (pass == 1)) continue;
            tensor->name = name_distinct(&taken, tensor_name(plan, program, tensor));
        }
}
