#include "compiler/nest/build.h"

// Kernels that move elements, and those that draw random ones.

// A weight in the order of its transposed use: [ky][kx][large][small] -> [ky][small][kx][large], each kernel position a
// matrix that is turned. A dense layer's matrices may be panels on either side: each pair of panels is turned.
void repack_build(struct nest *nest) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct kernel_roles *roles = &nest->kernel->roles;
    bool panels = nest->kernel->tiling.task_rows != 0;
    long in = g->large_channels, out = g->small_channels;
    long rows = panels ? PANEL : in, columns = g->panel ? g->panel : out, merged = g->kernel[1] * in;
    const struct index *ky = nest_loop(nest, "ky", 0, g->kernel[0], 1), *kx = nest_loop(nest, "kx", 0, g->kernel[1], 1);
    const struct index *l = panels ? nest_loop_between(nest, "i", at_symbol(nest, nest->from),
                                                       at_symbol(nest, nest->to), rows, 0, INDEX_UNBOUNDED)
                                   : nest_loop(nest, "i", 0, in, rows);
    const struct index *s = nest_loop(nest, "o", 0, out, columns);
    const long panel_size[] = {out / (g->panel ? g->panel : 1), in, g->panel};
    const long from_size[] = {g->kernel[0], merged, out};
    const struct index *panel_at[] = {index_divide(nest->arena, s, g->panel ? g->panel : 1), l, at_constant(nest, 0)};
    const struct index *from_at[] = {ky, at_add(nest, at_times(nest, kx, in), l), s};
    const long turned_size[] = {in / PANEL, out, PANEL}, to_size[] = {g->kernel[0], out, merged};
    // A kernel of one row without panels is a matrix.
    int flat = g->kernel[0] == 1, from_skip = flat && !g->panel, to_skip = flat && !panels;
    const struct index *turned_at[] = {index_divide(nest->arena, l, PANEL), s, at_constant(nest, 0)};
    const struct index *to_at[] = {ky, s, at_add(nest, at_times(nest, kx, in), l)};
    const struct symbol *from =
        nest_array(nest, roles->input, 3 - from_skip, g->panel ? panel_size : from_size + from_skip);
    const struct symbol *to = nest_array(nest, roles->output, 3 - to_skip, panels ? turned_size : to_size + to_skip);
    struct statement *turn = nest_call(nest, CALL_TURN);
    call_index(nest, turn, at_constant(nest, rows));
    call_index(nest, turn, at_constant(nest, columns));
    call_place(nest, turn, operand_element(from, g->panel ? panel_at : from_at + from_skip));
    call_index(nest, turn, at_constant(nest, g->panel ? g->panel : out));
    call_place(nest, turn, operand_element(to, panels ? turned_at : to_at + to_skip));
    call_index(nest, turn, at_constant(nest, panels ? PANEL : merged));
    nest_close(nest, 4);
}

// Channels innermost -> channels first, or back.
void permute_build(struct nest *nest) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct kernel_description *kernel = nest->kernel;
    long positions = g->large_height * g->large_width;
    const struct index *sample = nest_samples(nest), *channel = nest_loop(nest, "c", 0, g->large_channels, 1);
    const struct index *position = nest_loop(nest, "i", 0, positions, 1);
    const struct index *first = at_add(nest, at_times(nest, channel, positions), position);
    const struct index *innermost = at_add(nest, at_times(nest, position, g->large_channels), channel);
    const struct index *from[] = {sample, kernel->back ? first : innermost};
    const struct index *to[] = {sample, kernel->back ? innermost : first};
    const long from_size[] = {0, (long)kernel->arrays[kernel->roles.input].stride};
    const long to_size[] = {0, (long)kernel->arrays[kernel->roles.output].stride};
    nest_assign(nest, operand_element(nest_array(nest, kernel->roles.output, 2, to_size), to),
                operand_element(nest_array(nest, kernel->roles.input, 2, from_size), from));
    nest_close(nest, 3);
}

// Samples one after the other -> groups of samples, one a lane, or back.
static void packing_build(struct nest *nest) {
    const struct kernel_description *kernel = nest->kernel;
    const struct kernel_array *input = &kernel->arrays[kernel->roles.input];
    const struct kernel_array *output = &kernel->arrays[kernel->roles.output];
    bool pack = kernel->kind == KERNEL_PACK;
    long lanes = nest->machine->lanes, count = (long)output->count;
    const long from_size[] = {0, (long)input->stride * (pack ? 1 : lanes)};
    const long to_size[] = {0, (long)output->stride * (pack ? lanes : 1)};
    const struct index *zero[] = {at_constant(nest, 0), at_constant(nest, 0)};
    struct statement *call = nest_call(nest, pack ? CALL_PACK : CALL_UNPACK);
    call_index(nest, call, at_symbol(nest, nest->samples));
    call_index(nest, call, at_constant(nest, count));
    call_index(nest, call, at_constant(nest, (long)(pack ? input : output)->stride));
    call_place(nest, call, operand_element(nest_array(nest, kernel->roles.input, 2, from_size), zero));
    call_place(nest, call, operand_element(nest_array(nest, kernel->roles.output, 2, to_size), zero));
}

void pack_build(struct nest *nest) {
    packing_build(nest);
}

void unpack_build(struct nest *nest) {
    packing_build(nest);
}

void random_build(struct nest *nest) {
    const struct kernel_description *kernel = nest->kernel;
    const struct kernel_array *output = &kernel->arrays[kernel->roles.output];
    const long size[] = {0, (long)output->stride};
    const struct index *at[] = {nest_samples(nest), at_constant(nest, 0)};
    struct statement *draw = nest_call(nest, kernel->op == OP_DROPOUT ? CALL_DROPOUT : CALL_NORMAL);
    draw->constant = kernel->probability;
    call_index(nest, draw, at[0]);
    call_index(nest, draw, at_constant(nest, kernel->site));
    call_index(nest, draw, at_constant(nest, (long)output->count));
    call_place(nest, draw, operand_element(nest_array(nest, kernel->roles.output, 2, size), at));
    nest_close(nest, 1);
}
