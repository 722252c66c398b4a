#include "compiler/nest/build.h"
#include "compiler/nest/check/formula.h"
#include "compiler/nest/choose.h"
#include "compiler/nest/kernels/kernels.h"

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

// packed[ky][s][kx][l] = weight[ky][kx][l][s], of a dense layer packed[l / 16][s][l % 16]
static struct number repack_element(const struct formula *f, long element) {
    const struct geometry *g = &f->kernel->geometry;
    const struct geometry turned = geometry_turned(g);
    if (geometry_is_dense(g) && turned.panel) {
        long l = element / (g->small_channels * PANEL) * PANEL + element % PANEL;
        return formula_shared(f, f->kernel->roles.input,
                              formula_weight_place(g, 0, 0, l, element / PANEL % g->small_channels));
    }
    long l = element % g->large_channels, kx = element / g->large_channels % g->kernel[1];
    long s = element / g->large_channels / g->kernel[1] % g->small_channels;
    long ky = element / g->large_channels / g->kernel[1] / g->small_channels;
    return formula_shared(f, f->kernel->roles.input, formula_weight_place(g, ky, kx, l, s));
}

void repack_formula(struct formula *f) {
    for (long i = 0; i < (long)f->kernel->count; i++)
        formula_expects(f, f->kernel->roles.output, 0, i, repack_element(f, i), 1);
}

void repack_stem(const struct kernel_use *use, struct buffer *out) {
    stem_layer(use, out);
    buffer_print(out, "_transpose");
}

const char *repack_comment(const struct kernel_use *use) {
    return geometry_is_dense(&use->geometry) ? "//   transposed[o][i] = weight[i][o]\n"
                                             : "//   transposed[ky][o][kx][i] = weight[ky][kx][i][o]\n";
}
