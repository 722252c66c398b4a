#include "compiler/emit/nests.h"

#include "compiler/emit/kernel_names.h"
#include "compiler/nest/nest.h"
#include "compiler/nest/print/dump.h"

// Walks the functions of the generated C:
//     struct nests_walk walk = nests_begin(plan);
//     while (nests_next(&walk)) ...
//     nests_end(&walk);
struct nests_walk {
    const struct plan *plan;
    struct arena names, temporary;
    struct shared_nests shared;
    int program, kernel;    // the next kernel
    const char *name;
    struct nest *nest;    // until the next one is made
};

static struct nests_walk nests_begin(const struct plan *plan) {
    return (struct nests_walk){.plan = plan};
}

static bool nests_next(struct nests_walk *walk) {
    const struct program *programs[PROGRAMS];
    plan_programs(walk->plan, programs);
    walk->shared.arena = &walk->names;
    arena_free(&walk->temporary);
    for (; walk->program < PROGRAMS; walk->program++, walk->kernel = 0)
        while (walk->kernel < programs[walk->program]->kernel_count) {
            const struct kernel *kernel = programs[walk->program]->kernels[walk->kernel++];
            const struct shared_nest *shared = nest_share(&walk->shared, walk->plan->machine, kernel);
            if (shared->kernels > 1) continue;
            walk->name = shared->name;
            walk->nest = nest_build(&walk->temporary, walk->plan->machine, &kernel->described->description);
            return true;
        }
    return false;
}

static void nests_end(struct nests_walk *walk) {
    shared_nests_free(&walk->shared);
    arena_free(&walk->temporary);
    arena_free(&walk->names);
}

const char *nests_check(const struct plan *plan) {
    struct nests_walk walk = nests_begin(plan);
    struct buffer text = {0};
    const char *fault = NULL;
    while (!fault && nests_next(&walk)) {
        fault = nest_check(walk.nest);
        if (!fault) continue;
        nest_dump(walk.nest, &text);
        fault = arena_print(plan->network->spec->arena, "%s: %s\n%s", walk.name, fault, text.text);
    }
    buffer_free(&text);
    nests_end(&walk);
    return fault;
}

void nests_print(const struct plan *plan, struct buffer *out) {
    struct nests_walk walk = nests_begin(plan);
    for (const char *between = ""; nests_next(&walk); between = "\n") {
        buffer_print(out, "%s%s\n", between, walk.name);
        nest_dump(walk.nest, out);
    }
    nests_end(&walk);
}
