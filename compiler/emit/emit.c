#include "compiler/emit/emit.h"

#include <ctype.h>
#include <string.h>

#include "compiler/emit/kernel_names.h"
#include "compiler/nest/walk.h"

static const char *role_of(const struct kernel *kernel) {
    const struct node *anchor = kernel->anchor;
    if (!anchor) return kernel->nodes[0]->backward ? "backward" : "forward";
    if (kernel_is_packing(kernel)) return kernel_op_name(kernel);
    if (anchor->op == OP_CONVOLVE_WEIGHT) return "weight_gradient";
    if (anchor->op == OP_BIAS_SUM) return "bias_gradient";
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

// The place in the spec that a label comes from.
static struct span label_span(const struct spec *spec, const struct node *node) {
    if (node->layer) return node->layer->span;
    for (const struct term *term = spec->terms; term && node->label; term = term->next)
        if (strcmp(term->name, node->label) == 0 && node->part == PART_LOSS) return term->span;
    return spec->latent.span;
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

// The elementwise work, on a line of its own where there is much.
static void operations_print(const struct kernel *kernel, struct buffer *line) {
    buffer_print(line, kernel->node_count > 3 ? "\n//   " : "; ");
    if (kernel->anchor) buffer_print(line, "then ");
    size_t start = line->length;
    for (int i = 0; i < kernel->node_count; i++) {
        if (line->length - start > 90) {
            buffer_print(line, ",\n//   ");
            start = line->length;
        } else if (i) {
            buffer_print(line, ", ");
        }
        buffer_print(line, "%s", op_name(kernel->nodes[i]->op));
    }
}

static void heading_add(struct emitter *emitter, struct function *function, const struct kernel *kernel) {
    const struct node *head = head_of(kernel);
    struct buffer line = {0};
    buffer_print(&line, "// %s %s (%s:%d)", head->label ? head->label : emitter->spec->model, role_of(kernel),
                 emitter->options->file, position_of(label_span(emitter->spec, head)).line);
    if (kernel_flops(kernel) > 0) {
        buffer_print(&line, ": ");
        shape_describe(kernel->anchor, &line);
        buffer_print(&line, ", %.0f FLOP a sample", kernel_flops(kernel));
    } else {
        buffer_print(&line, ": %zu elements", kernel->count);
    }
    if (kernel->node_count) operations_print(kernel, &line);
    buffer_print(&line, "\n");
    if (!function->heading.text || !strstr(function->heading.text, line.text))
        buffer_add(&function->heading, line.text, line.length);
    buffer_free(&line);
}

// What a kernel computes, in one line or two. An image's positions are [y][x], a kernel's [ky][kx].
static const char *formula_of(const struct kernel *kernel) {
    static const char *const formulas[OP_KINDS][2] = {
        [OP_CONVOLVE] =
            {"//   output[y][x][o] = bias[o] + sum over ky, kx, i of\n"
             "//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]\n",
             "//   What the layer spread over its output is gathered again: the gradient of a transposed "
             "convolution's\n"
             "//   input is the convolution of its output's gradient with the same weight.\n"
             "//   output[y][x][o] = sum over ky, kx, i of\n"
             "//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]\n"},
        [OP_CONVOLVE_TRANSPOSED] =
            {"//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no rest, of\n"
             "//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]\n",
             "//   What the layer gathered is spread again: the gradient of a convolution's input is the transposed\n"
             "//   convolution of its output's gradient: input row y met kernel row ky in output row\n"
             "//   (y + padding - ky) / stride, where the division leaves no rest.\n"
             "//   output[y][x][o] = sum over ky, i, kx of\n"
             "//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]\n"},
        [OP_CONVOLVE_WEIGHT] =
            {NULL, "//   Each weight gets the products of the pairs it joined: gradient[ky][kx][l][s] += sum over "
                   "samples, y, x of\n"
                   "//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]\n"},
        [OP_BIAS_SUM] = {NULL, "//   gradient[c] += sum over samples and positions of image[y][x][c]\n"},
        [OP_REPACK] = {"//   packed[ky][s][kx][l] = weight[ky][kx][l][s]: the larger image's channels side by side\n",
                       "//   packed[ky][s][kx][l] = weight[ky][kx][l][s]: the larger image's channels side by side\n"},
    };
    static const char *const dense[OP_KINDS][2] = {
        [OP_CONVOLVE] = {"//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]\n",
                         "//   output[o] = sum over i of input[i] * weight[i][o]\n"},
        [OP_CONVOLVE_TRANSPOSED] =
            {"//   output[o] = bias[o] + sum over i of input[i] * weight[i][o], the weight with its sides exchanged\n",
             "//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged\n"},
        [OP_CONVOLVE_WEIGHT] = {NULL, "//   gradient[i][o] = sum over samples of large[i] * small[o]\n"},
        [OP_BIAS_SUM] = {NULL, "//   gradient[c] = sum over samples of image[c]\n"},
        [OP_REPACK] = {"//   packed[o][i] = weight[i][o]\n", "//   packed[o][i] = weight[i][o]\n"},
    };
    const struct node *anchor = kernel->anchor;
    if (!anchor || kernel_is_packing(kernel)) return "";
    const struct geometry geometry = node_geometry(anchor), *g = &geometry;
    bool point = anchor->op == OP_BIAS_SUM && g->large_height * g->large_width == 1;
    const char *formula = (point || geometry_is_dense(g) ? dense : formulas)[anchor->op][anchor->backward];
    return formula ? formula : "";
}

// The largest block of sums, in a line behind the formula.
static const char *block_text(struct emitter *emitter, const struct kernel *kernel) {
    struct kernel_block block;
    if (!kernel_block(kernel, &block)) return "";
    int rows = block.tile.rows, columns = block.tile.columns, lanes = emitter->plan->machine->lanes;
    if (block.packed)
        return arena_print(emitter->arena, "//   Up to %d sums together: %d %s x %d %s, each of %d samples.\n",
                           rows * columns, rows, block.rows, columns, block.columns, lanes);
    return arena_print(emitter->arena, "//   Up to %d sums together: %d %s x %d vector%s of %d %s.\n", rows * columns,
                       rows, block.rows, columns, columns == 1 ? "" : "s", lanes, block.columns);
}

static int lines_of(const struct buffer *text) {
    int lines = 0;
    for (size_t i = 0; i < text->length; i++)
        lines += text->text[i] == '\n';
    return lines;
}

static const char *function_name(struct emitter *emitter, const struct kernel *kernel) {
    const char *name = kernel_name(emitter->arena, kernel);
    int same = 1;
    for (const struct function *f = emitter->first; f; f = f->next)
        if (strcmp(f->stem, name) == 0) same++;
    return same == 1 ? name : arena_print(emitter->arena, "%s_%d", name, same);
}

static struct function *function_new(struct emitter *emitter, const struct kernel *kernel, struct nest *nest) {
    struct function *function = ARENA_NEW(emitter->arena, struct function);
    function->stem = kernel_name(emitter->arena, kernel);
    function->name = function_name(emitter, kernel);
    function->nest = nest;
    function->formula = arena_print(emitter->arena, "%s%s", formula_of(kernel), block_text(emitter, kernel));
    if (emitter->last)
        emitter->last->next = function;
    else
        emitter->first = function;
    emitter->last = function;
    return function;
}

struct use emit_kernel(struct emitter *emitter, const struct kernel *kernel) {
    const struct described *described = kernel->described;
    struct nest *nest = nest_build(emitter->arena, emitter->plan->machine, &described->description);
    struct buffer serialized = {0};
    nest_serialize(nest, &serialized);
    uint64_t hash = nest_hash(&serialized);
    struct function *function = emitter->first;
    while (function && (function->hash != hash || function->serialized.length != serialized.length ||
                        memcmp(function->serialized.text, serialized.text, serialized.length) != 0))
        function = function->next;
    if (function) {
        buffer_free(&serialized);
    } else {
        function = function_new(emitter, kernel, nest);
        function->serialized = serialized;
        function->hash = hash;
    }
    heading_add(emitter, function, kernel);
    return (struct use){function, described};
}

static void function_print(struct emitter *emitter, struct function *function) {
    enum { FUNCTION_LINES = 200, BESIDES_BODY = 12 };
    struct buffer text = {0};
    nest_print(function->nest, function->name, &text);
    if (lines_of(&text) > FUNCTION_LINES - BESIDES_BODY) {
        buffer_free(&text);
        nest_outline(function->nest);
        nest_print(function->nest, function->name, &text);
    }
    nest_print_parts(function->nest, function->name, emitter->out);
    buffer_add(emitter->out, function->heading.text, function->heading.length);
    buffer_print(emitter->out, "%s", function->formula);
    buffer_add(emitter->out, text.text, text.length);
    buffer_print(emitter->out, "\n");
    buffer_free(&text);
}

void emit_functions(struct emitter *emitter) {
    for (struct function *function = emitter->first; function; function = function->next) {
        function_print(emitter, function);
        buffer_free(&function->heading);
        buffer_free(&function->serialized);
    }
}

// Why the code of a vector target is as fast as it is.
static void vectors_explain(const struct machine *machine, struct buffer *out) {
    buffer_print(
        out,
        "//\n"
        "// Made for %s: a vector has %d lanes. A kernel holds a block of sums in registers over all its inner loops,\n"
        "// rows (positions of an image, samples, weights) times columns (vectors of channels). One step reads the "
        "number\n"
        "// of each row and the vector of each column once and multiplies every pair, so loads are few beside the\n"
        "// multiply-adds, and so many sums are under way that none waits for the one before it. Channels lie "
        "innermost:\n"
        "// a vector is one load, images are read where they are, and nothing is added up across lanes. Where an image "
        "has\n"
        "// too few channels to fill a vector, %d samples stand in the lanes instead (ae_pack, ae_unpack). Activations "
        "are\n"
        "// applied to sums that are still in registers, and a few samples go forward and backward together while what "
        "they\n"
        "// made is in the second-level cache.\n",
        machine->name, machine->lanes, machine->lanes);
}

static void introduction_print(struct emitter *emitter) {
    const struct machine *machine = emitter->plan->machine;
    buffer_print(emitter->out,
                 "// The autoencoder %s, made by aespec from %s: kernels, then training, evaluation and tables.\n"
                 "// A tensor of shape [C, H, W] lies in memory as [H][W][C], a convolution's weight as\n"
                 "// [kernel y][kernel x][larger image's channel][smaller image's channel], a dense layer's as "
                 "[input][output], or\n"
                 "// in panels of 16 outputs, [output / 16][input][output %% 16], where 16 divides them. Every sum has "
                 "one order,\n"
                 "// fixed by shapes and batch, so the same seed gives the same bits with any compiler, its flags and "
                 "any target.\n"
                 "// In a kernel, sum0, sum1, ... are the sums that are made together, t0, t1, ... the inputs and w0, "
                 "w1, ... the\n"
                 "// weights they take, ARRAY_at a place in an array; s is the sample, g a group of samples, c the "
                 "channel, and j\n"
                 "// walks (kernel x, input channel), which lie side by side in image and weight.\n",
                 emitter->spec->model, emitter->options->file);
    if (machine->macro) vectors_explain(machine, emitter->out);
    buffer_print(emitter->out, "\n#include \"runtime/api/processor.h\"\n");
    if (machine->macro)
        buffer_print(emitter->out, "#define %s\n#include \"runtime/api/vector.h\"\n", machine->macro);
    else
        buffer_print(emitter->out, "#include \"runtime/api/kernel.h\"\n");
    buffer_print(emitter->out, "#include \"runtime/api/model.h\"\n\n");
    if (emitter->options->real == REAL_DOUBLE)
        buffer_print(emitter->out, "#ifndef AE_REAL_DOUBLE\n#error \"compile with -DAE_REAL_DOUBLE\"\n#endif\n\n");
}

void emit(const struct plan *plan, const struct emit_options *options, struct buffer *out) {
    const struct spec *spec = plan->network->spec;
    struct emitter emitter = {.plan = plan, .spec = spec, .options = options, .arena = spec->arena, .out = out};
    struct buffer rest = {0};
    emit_training(&emitter, &rest);
    emit_evaluation(&emitter, &rest);
    emit_model(&emitter, &rest);
    introduction_print(&emitter);
    emit_functions(&emitter);
    buffer_add(out, rest.text, rest.length);
    buffer_free(&rest);
}
