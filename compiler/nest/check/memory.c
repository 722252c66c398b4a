#include "compiler/nest/check/execute.h"

// The memory of a nest's arrays.

bool array_is_packed(const struct kernel_description *kernel, int number) {
    if (kernel->kind == KERNEL_PACK) return number == kernel->roles.output;
    if (kernel->kind == KERNEL_UNPACK) return number == kernel->roles.input;
    return kernel->tiling.packed && kernel->arrays[number].stride > 0;
}

long memory_place(const struct nest *nest, int array, long sample, long element) {
    long stride = (long)nest->kernel->arrays[array].stride, lanes = nest->machine->lanes;
    if (!array_is_packed(nest->kernel, array)) return sample * stride + element;
    return (sample / lanes * stride + element) * lanes + sample % lanes;
}

struct memory *memory_make(struct arena *arena, const struct nest *nest, long samples, long terms) {
    const struct kernel_description *kernel = nest->kernel;
    struct memory *memory = ARENA_ARRAY(arena, struct memory, kernel->array_count + 1);
    for (int i = 0; i < kernel->array_count; i++) {
        const struct kernel_array *array = &kernel->arrays[i];
        long lanes = array_is_packed(kernel, i) ? nest->machine->lanes : 1;
        memory[i] = (struct memory){.outer = array->stride ? (samples + lanes - 1) / lanes : 1,
                                    .each = (long)(array->stride ? array->stride : array->count) * lanes,
                                    .count = (long)array->count * lanes,
                                    .written = array->written};
    }
    memory[kernel->array_count] = (struct memory){.outer = terms, .each = 1, .count = 1};
    for (int i = 0; i <= kernel->array_count; i++) {
        memory[i].elements = ARENA_ARRAY(arena, struct number, memory[i].outer * memory[i].each + 1);
        if (memory[i].written) memory[i].stores = ARENA_ARRAY(arena, int, memory[i].outer *memory[i].each + 1);
    }
    return memory;
}
