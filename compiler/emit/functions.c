#include <string.h>

#include "compiler/emit/emit.h"

// The functions of the kernels, each in the section of the layer that uses it first.

static const char *role_of(const struct kernel *kernel) {
    const struct node *anchor = kernel->anchor;
    if (!anchor) return kernel->nodes[0]->backward ? "backward" : "forward";
    if (kernel_is_packing(kernel)) return kernel_op_name(kernel);
    if (anchor->op == OP_CONVOLVE_WEIGHT) return "weight_gradient";
    if (anchor->op == OP_BIAS_SUM) return "bias_gradient";
    if (anchor->op == OP_REPACK) return "transpose";
    if (op_is_convolution(anchor->op)) return anchor->backward ? "backward" : "forward";
    return op_name(anchor->op);
}

static const struct node *head_of(const struct kernel *kernel) {
    return kernel->anchor ? kernel->anchor : kernel->nodes[0];
}

const char *emit_kernel_name(struct emitter *emitter, const struct kernel *kernel) {
    const struct node *head = head_of(kernel);
    return arena_print(emitter->arena, "%s%s %s", kernel->part == PART_LOSS ? "loss " : "",
                       head->label ? head->label : emitter->spec->model, role_of(kernel));
}

int emit_kernel_count(const struct emitter *emitter) {
    return emitter->plan->training.kernel_count + (emitter->plan->slotted_count > 0);
}

// Of what a section's functions are: the way of a layer's values, then back.
static int order_of(const struct kernel *kernel) {
    const struct node *anchor = kernel->anchor;
    enum { FORWARD, REPACK, BACKWARD, WEIGHT_GRADIENT, BIAS_GRADIENT };
    if (!anchor) return kernel->nodes[0]->backward ? BACKWARD : FORWARD;
    if (anchor->op == OP_REPACK) return REPACK;
    if (anchor->op == OP_CONVOLVE_WEIGHT) return WEIGHT_GRADIENT;
    if (anchor->op == OP_BIAS_SUM) return BIAS_GRADIENT;
    return anchor->backward ? BACKWARD : FORWARD;
}

static const char *section_title(const struct emitter *emitter, const struct node *node) {
    const struct spec *spec = emitter->spec;
    const struct term *term = NULL;
    struct span span = spec->latent.span;
    const char *kind = latent_rows[spec->latent.kind].row.name;
    if (node->layer) {
        span = node->layer->span;
        kind = layer_rows[node->layer->kind].name;
    } else if (node->part == PART_LOSS && node->label) {
        term = names_find(&emitter->terms, node->label);
        span = term->span;
        kind = "loss";
    }
    const char *doc = "";
    if (term) doc = arena_print(emitter->arena, ", %s", term_rows[term->kind].row.doc);
    return arena_print(emitter->arena, "%s, %s%s (%s:%d)", node->label ? node->label : spec->model, kind, doc,
                       emitter->options->file, position_of(span).line);
}

static struct section *section_of(struct emitter *emitter, const struct node *node) {
    struct names *names = &emitter->sections[node->part];
    const char *label = node->label ? node->label : emitter->spec->model;
    struct section *section = names_find(names, label);
    if (section) return section;
    section = ARENA_NEW(emitter->arena, struct section);
    section->title = section_title(emitter, node);
    names_add(names, label, section);
    if (emitter->last_section)
        emitter->last_section->next = section;
    else
        emitter->first_section = section;
    emitter->last_section = section;
    return section;
}

void emit_sections(struct emitter *emitter) {
    const struct program *training = &emitter->plan->training;
    for (const struct term *term = emitter->spec->terms; term; term = term->next)
        names_add(&emitter->terms, term->name, (void *)term);
    for (const struct node *node = training->graph->first; node; node = node->next)
        if (training->nodes[node->id].needed && !node_is_leaf(node) && !node_is_uniform(node))
            section_of(emitter, node);
}

// Uses are in the order of their functions.
static void section_use(struct emitter *emitter, const struct node *node, struct function *function, bool heads) {
    struct function_use **at = &section_of(emitter, node)->uses;
    for (; *at && (*at)->function->order <= function->order; at = &(*at)->next) {
        if ((*at)->function != function) continue;
        (*at)->heads = (*at)->heads || heads;
        return;
    }
    struct function_use *use = ARENA_NEW(emitter->arena, struct function_use);
    *use = (struct function_use){function, heads, *at};
    *at = use;
}

static void shape_describe(const struct node *anchor, struct buffer *out) {
    const struct geometry *g = &anchor->convolution.geometry;
    if (geometry_is_dense(g)) {
        buffer_print(out, "%ld -> %ld", anchor->op == OP_CONVOLVE_TRANSPOSED ? g->small_channels : g->large_channels,
                     anchor->op == OP_CONVOLVE_TRANSPOSED ? g->large_channels : g->small_channels);
        return;
    }
    struct buffer large = {0}, small = {0};
    buffer_print(&large, "[%ld, %ld, %ld]", g->large_channels, g->large_height, g->large_width);
    buffer_print(&small, "[%ld, %ld, %ld]", g->small_channels, g->small_height, g->small_width);
    bool up = anchor->op == OP_CONVOLVE_TRANSPOSED;
    buffer_print(out, "%s -> %s, kernel %ldx%ld", up ? small.text : large.text, up ? large.text : small.text,
                 g->kernel[0], g->kernel[1]);
    if (g->stride[0] != 1 || g->stride[1] != 1) buffer_print(out, ", stride %ldx%ld", g->stride[0], g->stride[1]);
    if (g->padding[0] || g->padding[1]) buffer_print(out, ", padding %ldx%ld", g->padding[0], g->padding[1]);
    buffer_free(&large);
    buffer_free(&small);
}

static void operations_print(const struct kernel *kernel, struct buffer *line) {
    buffer_print(line, kernel->anchor ? "; then " : ": ");
    for (int i = 0; i < kernel->node_count; i++)
        buffer_print(line, "%s%s", i ? ", " : "", op_name(kernel->nodes[i]->op));
}

// "8 samples", "1 position"
static void counted_print(int count, const char *plural, struct buffer *out) {
    int length = (int)strlen(plural) - (count == 1);
    buffer_print(out, "%d %.*s", count, length, plural);
}

// Channels, or weight rows, in a vector: fewer than its lanes where there are no more.
static long vector_channels(const struct machine *machine, const struct kernel_description *d) {
    const struct geometry *g = &d->geometry;
    bool larger = d->kind == KERNEL_TRANSPOSED;
    long all = d->kind == KERNEL_WEIGHT_GRADIENT && d->tiling.turned ? g->kernel[1] * g->large_channels
               : larger                                              ? g->large_channels
                                                                     : g->small_channels;
    return all < machine->lanes ? all : machine->lanes;
}

// The largest block of sums: ", in blocks of 8 samples x 2 vectors of 16 output channels"
static void block_print(struct emitter *emitter, const struct kernel *kernel, struct buffer *out) {
    struct kernel_block block;
    if (!kernel_block(kernel, &block)) return;
    buffer_print(out, ", in blocks of ");
    counted_print(block.tile.rows, block.rows, out);
    buffer_print(out, " x ");
    if (block.packed) {
        counted_print(block.tile.columns, block.columns, out);
        buffer_print(out, ", %d samples in the lanes", emitter->plan->machine->lanes);
    } else {
        counted_print(block.tile.columns, "vectors", out);
        buffer_print(out, " of %ld %s", vector_channels(emitter->plan->machine, &kernel->described->description),
                     block.columns);
    }
}

static void heading_print(struct emitter *emitter, const struct kernel *kernel, struct buffer *out) {
    buffer_print(out, "// ");
    if (kernel_flops(kernel) > 0) {
        shape_describe(kernel->anchor, out);
        buffer_print(out, ", %.0f FLOP per sample", kernel_flops(kernel));
        block_print(emitter, kernel, out);
    } else {
        buffer_print(out, "%zu elements", kernel->count);
    }
    if (kernel->node_count) operations_print(kernel, out);
    const struct kernel_use use = kernel_use(emitter->arena, kernel);
    buffer_print(out, "\n%s", kernel_functions[kernel->kind].comment(&use));
}

static int lines_of(const struct buffer *text) {
    int lines = 0;
    for (size_t i = 0; i < text->length; i++)
        lines += text->text[i] == '\n';
    return lines;
}

// The C of a function: its parts, its heading, itself.
static struct buffer function_text(struct emitter *emitter, const char *name, struct nest *nest,
                                   const struct kernel *kernel) {
    enum { FUNCTION_LINES = 200, BESIDES_BODY = 12 };
    struct buffer text = {0}, whole = {0};
    nest_print(nest, name, &text);
    if (lines_of(&text) > FUNCTION_LINES - BESIDES_BODY) {
        buffer_free(&text);
        nest_outline(nest);
        nest_print(nest, name, &text);
    }
    nest_print_parts(nest, name, &whole);
    heading_print(emitter, kernel, &whole);
    buffer_add(&whole, text.text, text.length);
    buffer_print(&whole, "\n");
    buffer_free(&text);
    return whole;
}

static struct function *function_new(struct emitter *emitter, const struct kernel *kernel,
                                     const struct shared_nest *shared) {
    struct function *function = ARENA_NEW(emitter->arena, struct function);
    const struct kernel_description *description = &kernel->described->description;
    struct arena temporary = {0};
    struct nest *nest = nest_build(&temporary, emitter->plan->machine, description);
    *function = (struct function){.name = shared->name,
                                  .cost = shared->cost,
                                  .takes_samples = nest->samples,
                                  .takes_step = nest->step,
                                  .takes_rows = nest->from,
                                  .takes_term_scale = nest->term_scale,
                                  .arrays = ARENA_ARRAY(emitter->arena, struct symbol, description->array_count),
                                  .order = order_of(kernel)};
    for (int i = 0; i < description->array_count; i++)
        if (nest->arrays[i]) function->arrays[i] = *nest->arrays[i];
    function->text = function_text(emitter, function->name, nest, kernel);
    arena_free(&temporary);
    return function;
}

const struct function *emit_kernel(struct emitter *emitter, const struct kernel *kernel) {
    struct shared_nest *nest = nest_share(&emitter->nests, emitter->plan->machine, kernel);
    if (!nest->function) nest->function = function_new(emitter, kernel, nest);
    section_use(emitter, head_of(kernel), nest->function, true);
    for (int i = 0; i < kernel->node_count; i++)
        section_use(emitter, kernel->nodes[i], nest->function, false);
    return nest->function;
}

static void function_print(struct emitter *emitter, struct function *function) {
    buffer_add(emitter->out, function->text.text, function->text.length);
    buffer_free(&function->text);
    function->printed = true;
}

static void section_head_print(const struct section *section, struct buffer *out) {
    buffer_print(out, "// %s:", section->title);
    for (const struct function_use *use = section->uses; use; use = use->next)
        buffer_print(out, " %s%s", use->function->name, use->next ? "," : "\n");
}

void emit_functions(struct emitter *emitter) {
    for (const struct section *section = emitter->first_section; section; section = section->next) {
        bool any = !section->next;
        section_head_print(section, emitter->out);
        for (const struct function_use *use = section->uses; use; use = use->next)
            any = any || (use->heads && !use->function->printed);
        if (any) buffer_print(emitter->out, "\n");
        for (const struct function_use *use = section->uses; use; use = use->next)
            if (use->heads && !use->function->printed) function_print(emitter, use->function);
    }
}
