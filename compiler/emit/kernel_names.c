#include "compiler/emit/kernel_names.h"

#include <inttypes.h>
#include <string.h>

#include "compiler/nest/cost.h"
#include "compiler/nest/walk.h"
#include "compiler/plan/names.h"

static const char *text_kept(struct arena *arena, struct buffer *text) {
    const char *kept = arena_copy(arena, text->text ? text->text : "", text->length);
    buffer_free(text);
    return kept;
}

// "dense_784_to_512" or "conv5x3_16_to_32"; a transposed convolution as a layer is a deconv.
static void layer_print(const struct node *anchor, struct buffer *out) {
    const struct geometry geometry = node_geometry(anchor), *g = &geometry;
    bool up = anchor->op == OP_CONVOLVE_TRANSPOSED ? !anchor->backward : anchor->op == OP_CONVOLVE && anchor->backward;
    long from = up ? g->small_channels : g->large_channels, to = up ? g->large_channels : g->small_channels;
    if (geometry_is_dense(g)) {
        buffer_print(out, "dense_%ld_to_%ld", g->large_channels, g->small_channels);
        return;
    }
    buffer_print(out, "%s%ld", up ? "deconv" : "conv", g->kernel[0]);
    if (g->kernel[1] != g->kernel[0]) buffer_print(out, "x%ld", g->kernel[1]);
    buffer_print(out, "_%ld_to_%ld", from, to);
}

// "_relu", "_add_select": the first elementwise ops, each once.
static void values_print(const struct kernel_description *d, struct buffer *out) {
    enum { NAMED_MOST = 3 };
    int named = 0;
    for (int i = 0; i < d->value_count; i++) {
        bool known = false;
        for (int j = 0; j < i; j++)
            known = known || d->values[j].op == d->values[i].op;
        if (known || named++ >= NAMED_MOST) continue;
        buffer_print(out, "_%s", op_name(d->values[i].op));
    }
}

// Whether samples are further apart than they have elements: in the caller's codes.
static bool is_strided(const struct kernel_description *d) {
    for (int i = 0; i < d->array_count; i++)
        if (d->arrays[i].count > 1 && d->arrays[i].stride > d->arrays[i].count) return true;
    return false;
}

static bool has_backward(const struct kernel *kernel) {
    for (int i = 0; i < kernel->node_count; i++)
        if (kernel->nodes[i]->backward) return true;
    return false;
}

static void elementwise_print(struct arena *arena, const struct kernel *kernel, const struct kernel_description *d,
                              struct buffer *out) {
    const struct node *head = kernel->nodes[0];
    if (kernel->part != PART_LOSS || !head->label) {
        buffer_print(out, "elementwise");
        values_print(d, out);
        buffer_print(out, "_%zu", d->count);
        return;
    }
    buffer_print(out, "loss_%s", identifier(arena, head->label));
    if (!head->backward) buffer_print(out, "_forward");
    if (has_backward(kernel)) buffer_print(out, "_backward");
}

static void image_print(const struct geometry *g, struct buffer *out) {
    buffer_print(out, "%ld", g->large_channels);
    if (g->large_height * g->large_width > 1) buffer_print(out, "_of_%ldx%ld", g->large_height, g->large_width);
}

const char *kernel_name(struct arena *arena, const struct kernel *kernel) {
    const struct kernel_description *d = &kernel->described->description;
    struct buffer out = {0};
    const struct node *anchor = kernel->anchor;
    switch (d->kind) {
    case KERNEL_ELEMENTWISE: elementwise_print(arena, kernel, d, &out); break;
    case KERNEL_CONVOLVE:
    case KERNEL_TRANSPOSED:
        layer_print(anchor, &out);
        buffer_print(&out, "_%s", anchor->backward ? "backward" : "forward");
        values_print(d, &out);
        break;
    case KERNEL_WEIGHT_GRADIENT:
        layer_print(anchor, &out);
        buffer_print(&out, "_weight_gradient");
        break;
    case KERNEL_BIAS_GRADIENT:
        buffer_print(&out, "bias_gradient_");
        image_print(&d->geometry, &out);
        break;
    case KERNEL_REPACK:
        layer_print(anchor, &out);
        buffer_print(&out, "_transpose");
        break;
    case KERNEL_PERMUTE:
        buffer_print(&out, d->back ? "channels_innermost_" : "channels_first_");
        image_print(&d->geometry, &out);
        break;
    case KERNEL_PACK:
    case KERNEL_UNPACK:
    case KERNEL_RANDOM: buffer_print(&out, "%s_%zu", kernel_op_name(kernel), d->arrays[d->roles.output].count); break;
    }
    if (is_strided(d)) buffer_print(&out, "_strided");
    return text_kept(arena, &out);
}

// Equal stems are numbered from 2 on, in the order of their first use.
static const char *function_name(struct shared_nests *nests, const char *stem) {
    int *same = names_find(&nests->stems, stem);
    if (!same) {
        same = ARENA_NEW(nests->arena, int);
        names_add(&nests->stems, stem, same);
    }
    const char *name;
    do
        name = ++*same == 1 ? stem : arena_print(nests->arena, "%s_variant%d", stem, *same);
    while (!names_add(&nests->names, name, same));
    return name;
}

static bool serialized_equal(const struct buffer *a, const struct buffer *b) {
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static struct shared_nest *shared_new(struct shared_nests *nests, const char *stem, struct buffer serialized) {
    struct shared_nest *nest = ARENA_NEW(nests->arena, struct shared_nest);
    nest->name = function_name(nests, arena_copy(nests->arena, stem, strlen(stem)));
    nest->serialized = serialized;
    nest->before = nests->last;
    return nests->last = nest;
}

struct shared_nest *nest_share(struct shared_nests *nests, const struct machine *machine, const struct kernel *kernel) {
    struct arena temporary = {0};
    struct buffer serialized = {0};
    const struct nest *rolled = nest_rolled(&temporary, machine, &kernel->described->description);
    nests->by_hash.arena = nests->stems.arena = nests->names.arena = nests->arena;
    nest_serialize(rolled, &serialized);
    const char *stem = kernel_name(&temporary, kernel);
    const char *key = arena_print(&temporary, "%s %016" PRIx64, stem, nest_hash(&serialized));
    struct shared_nest *first = names_find(&nests->by_hash, key), *nest = first;
    while (nest && !serialized_equal(&nest->serialized, &serialized))
        nest = nest->same_hash;
    if (nest) {
        buffer_free(&serialized);
    } else {
        nest = shared_new(nests, stem, serialized);
        nest->cost = nest_cost(rolled).slots;
        if (first) {
            nest->same_hash = first->same_hash;
            first->same_hash = nest;
        } else {
            names_add(&nests->by_hash, arena_copy(nests->arena, key, strlen(key)), nest);
        }
    }
    nest->kernels++;
    arena_free(&temporary);
    return nest;
}

void shared_nests_free(struct shared_nests *nests) {
    for (struct shared_nest *nest = nests->last; nest; nest = nest->before)
        buffer_free(&nest->serialized);
}
