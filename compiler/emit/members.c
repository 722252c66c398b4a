#include <stdlib.h>

#include "compiler/emit/emit.h"
#include "compiler/plan/names.h"

// The parameters as members of a struct; the gradient has the same form.

void emit_members(struct emitter *emitter) {
    const struct parameters *parameters = &emitter->plan->network->parameters;
    emitter->members = ARENA_ARRAY(emitter->arena, struct member, parameters->count);
    struct names taken = {.arena = emitter->arena};
    for (int i = 0; i < parameters->count; i++) {
        const char *name = identifier(emitter->arena, parameters->list[i].info.name);
        for (int same = 2; !names_add(&taken, name, &emitter->members[i]); same++)
            name = arena_print(emitter->arena, "%s_%d", name, same);
        emitter->members[i].name = name;
    }
}

static void member_print(const struct emitter *emitter, int parameter, size_t room, struct buffer *out) {
    const struct member *member = &emitter->members[parameter];
    size_t count = emitter->plan->network->parameters.list[parameter].count;
    buffer_print(out, "    ae_real %s", member->name);
    for (int i = 0; member->array && i < member->array->rank; i++)
        buffer_print(out, "[%ld]", member->array->size[i]);
    if (!member->array) buffer_print(out, "[%zu]", count);
    if (room > count) buffer_print(out, ", padding_%d[%zu]", parameter, room - count);
    buffer_print(out, ";\n");
}

struct placed {
    size_t offset;
    int parameter;
};

static int placed_order(const void *a, const void *b) {
    const struct placed *x = a, *y = b;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

void emit_tensors(const struct emitter *emitter, struct buffer *out) {
    const struct plan *plan = emitter->plan;
    int count = plan->network->parameters.count;
    if (count == 0) return;
    struct placed *order = ARENA_ARRAY(emitter->arena, struct placed, count);
    for (int i = 0; i < count; i++)
        order[i] = (struct placed){plan->parameters[i].offset, i};
    qsort(order, (size_t)count, sizeof *order, placed_order);
    buffer_print(out,
                 "// The parameters in memory, and the gradient with respect to them. Each begins at a multiple of %d "
                 "elements.\nstruct net_tensors {\n",
                 LINE_ELEMENTS);
    for (int i = 0; i < count; i++) {
        size_t end = i + 1 < count ? order[i + 1].offset : plan->parameter_count;
        member_print(emitter, order[i].parameter, end - order[i].offset, out);
    }
    buffer_print(
        out, "};\n_Static_assert(sizeof(struct net_tensors) == %zu * sizeof(ae_real), \"padding is explicit\");\n\n",
        plan->parameter_count);
}
