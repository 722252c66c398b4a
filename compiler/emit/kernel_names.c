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

struct kernel_use kernel_use(struct arena *arena, const struct kernel *kernel) {
    const struct node *anchor = kernel->anchor, *head = anchor ? anchor : kernel->nodes[0];
    bool loss = !anchor && kernel->part == PART_LOSS && head->label;
    return (struct kernel_use){.kernel = &kernel->described->description,
                               .geometry = node_geometry(head),
                               .backward = head->backward,
                               .any_backward = has_backward(kernel),
                               .loss = loss ? identifier(arena, head->label) : NULL};
}

const char *kernel_name(struct arena *arena, const struct kernel *kernel) {
    const struct kernel_use use = kernel_use(arena, kernel);
    struct buffer out = {0};
    kernel_functions[kernel->kind].stem(&use, &out);
    if (is_strided(use.kernel)) buffer_print(&out, "_strided");
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
