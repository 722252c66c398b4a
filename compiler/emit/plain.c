#include <string.h>

#include "compiler/emit/emit.h"

// The network in plain loops, for readers: one sample at a time, each op by itself. A test compares it with the kernels.

static const char dense_text[] =
    "// output[o] = bias[o] + sum over i of input[i] * weight[i][o]; the weight is in panels of `panel` outputs.\n"
    "AE_PLAIN void plain_dense(int inputs, int outputs, int panel, const ae_real *input, const ae_real *weight,\n"
    "        const ae_real *bias, ae_real *output) {\n"
    "    for (int o = 0; o < outputs; o++) {\n"
    "        ae_real sum = bias ? bias[o] : 0;\n"
    "        for (int i = 0; i < inputs; i++)\n"
    "            sum = ae_fma(input[i], weight[(o / panel * inputs + i) * panel + o % panel], sum);\n"
    "        output[o] = sum;\n"
    "    }\n"
    "}\n\n";

static const char convolve_text[] =
    "// Pixel (y, x) of the small image sees pixels (y * stride + ky - padding, x * stride + kx - padding) of the "
    "large one.\n"
    "AE_PLAIN void plain_conv(struct plain_shape g, const ae_real *large, const ae_real *weight, const ae_real *bias,\n"
    "        ae_real *small) {\n"
    "    for (int y = 0; y < g.small[0]; y++)\n"
    "        for (int x = 0; x < g.small[1]; x++)\n"
    "            for (int s = 0; s < g.small[2]; s++) {\n"
    "                ae_real sum = bias ? bias[s] : 0;\n"
    "                for (int ky = 0; ky < g.kernel[0]; ky++)\n"
    "                    for (int kx = 0; kx < g.kernel[1]; kx++)\n"
    "                        for (int l = 0; l < g.large[2]; l++) {\n"
    "                            const int Y = y * g.stride[0] + ky - g.padding[0];\n"
    "                            const int X = x * g.stride[1] + kx - g.padding[1];\n"
    "                            if (Y < 0 || Y >= g.large[0] || X < 0 || X >= g.large[1]) continue;\n"
    "                            sum = ae_fma(large[(Y * g.large[1] + X) * g.large[2] + l],\n"
    "                                         weight[((ky * g.kernel[1] + kx) * g.large[2] + l) * g.small[2] + s], "
    "sum);\n"
    "                        }\n"
    "                small[(y * g.small[1] + x) * g.small[2] + s] = sum;\n"
    "            }\n"
    "}\n\n";

static const char transposed_text[] =
    "// The way back: pixel (Y, X) of the large image is the sum over the pixels of the small one that see it.\n"
    "AE_PLAIN void plain_deconv(struct plain_shape g, const ae_real *small, const ae_real *weight, const ae_real "
    "*bias,\n"
    "        ae_real *large) {\n"
    "    for (int Y = 0; Y < g.large[0]; Y++)\n"
    "        for (int X = 0; X < g.large[1]; X++)\n"
    "            for (int l = 0; l < g.large[2]; l++) {\n"
    "                ae_real sum = bias ? bias[l] : 0;\n"
    "                for (int ky = 0; ky < g.kernel[0]; ky++)\n"
    "                    for (int s = 0; s < g.small[2]; s++)\n"
    "                        for (int kx = 0; kx < g.kernel[1]; kx++) {\n"
    "                            const int y = Y + g.padding[0] - ky, x = X + g.padding[1] - kx;\n"
    "                            if (y < 0 || y % g.stride[0] || y / g.stride[0] >= g.small[0]) continue;\n"
    "                            if (x < 0 || x % g.stride[1] || x / g.stride[1] >= g.small[1]) continue;\n"
    "                            const int at = y / g.stride[0] * g.small[1] + x / g.stride[1];\n"
    "                            sum = ae_fma(small[at * g.small[2] + s],\n"
    "                                         weight[((ky * g.kernel[1] + kx) * g.large[2] + l) * g.small[2] + s], "
    "sum);\n"
    "                        }\n"
    "                large[(Y * g.large[1] + X) * g.large[2] + l] = sum;\n"
    "            }\n"
    "}\n\n";

static const char struct_text[] = "// Images as {height, width, channels}.\n"
                                  "struct plain_shape {\n"
                                  "    int large[3], small[3], kernel[2], stride[2], padding[2];\n"
                                  "};\n\n";

struct plain {
    const struct emitter *emitter;
    const struct program *program;
    struct buffer *out;
};

static const char *name_of(struct plain *plain, const struct node *node) {
    return plain->program->nodes[node->id].tensor->name;
}

static void operand_print(struct plain *plain, const struct node *node) {
    if (node->op == OP_CONSTANT)
        buffer_print(plain->out, "AE_REAL(%s)", emit_double(plain->emitter, node->scalar.value));
    else
        buffer_print(plain->out, node->count == 1 ? "%s[0]" : "%s[i]", name_of(plain, node));
}

// The op's C of numbers: $a, $b, $c are its inputs, $k its constant.
static void elementwise_print(struct plain *plain, const struct node *node) {
    struct buffer *out = plain->out;
    buffer_print(out, "    for (int i = 0; i < %zu; i++) %s[i] = ", node->count, name_of(plain, node));
    for (const char *c = op_rows[node->op].scalar; *c; c++) {
        if (*c != '$')
            buffer_add(out, c, 1);
        else if (*++c == 'k')
            buffer_print(out, "AE_REAL(%s)", emit_double(plain->emitter, node_constant(node)));
        else
            operand_print(plain, node->inputs[*c - 'a']);
    }
    buffer_print(out, ";\n");
}

static void permute_print(struct plain *plain, const struct node *node) {
    struct image image = node->permute.image;
    long positions = image.height * image.width;
    const char *first = arena_print(plain->emitter->arena, "c * %ld + i", positions);
    const char *innermost = arena_print(plain->emitter->arena, "i * %ld + c", image.channels);
    bool back = node->permute.back;
    buffer_print(plain->out,
                 "    for (int c = 0; c < %ld; c++)\n"
                 "        for (int i = 0; i < %ld; i++)\n"
                 "            %s[%s] = %s[%s];\n",
                 image.channels, positions, name_of(plain, node), back ? innermost : first,
                 name_of(plain, node->inputs[0]), back ? first : innermost);
}

static void parameter_print(struct plain *plain, const struct node *node) {
    // The transposed use reads the weight itself.
    if (node->op == OP_REPACK) node = node->inputs[0];
    const struct member *member = &plain->emitter->members[node->parameter.index];
    buffer_print(plain->out, "net->%s", member->name);
    for (int i = 1; member->array && i < member->array->rank; i++)
        buffer_print(plain->out, "[0]");
}

static void convolution_print(struct plain *plain, const struct node *node) {
    const struct geometry *g = &node->convolution.geometry;
    struct buffer *out = plain->out;
    bool up = node->op == OP_CONVOLVE_TRANSPOSED;
    if (geometry_is_dense(g) && !up)
        buffer_print(out, "    plain_dense(%ld, %ld, %ld", g->large_channels, g->small_channels,
                     g->panel ? g->panel : g->small_channels);
    else
        buffer_print(out,
                     "    plain_%s((struct plain_shape){{%ld, %ld, %ld}, {%ld, %ld, %ld}, {%ld, %ld}, {%ld, %ld}, "
                     "{%ld, %ld}}",
                     up ? "deconv" : "conv", g->large_height, g->large_width, g->large_channels, g->small_height,
                     g->small_width, g->small_channels, g->kernel[0], g->kernel[1], g->stride[0], g->stride[1],
                     g->padding[0], g->padding[1]);
    buffer_print(out, ", %s, ", name_of(plain, node->inputs[0]));
    parameter_print(plain, node->inputs[1]);
    buffer_print(out, ", ");
    if (node->input_count > 2)
        parameter_print(plain, node->inputs[2]);
    else
        buffer_print(out, "NULL");
    buffer_print(out, ", %s);\n", name_of(plain, node));
}

// A convolution reads the weight itself.
static void repack_print(struct plain *plain, const struct node *node) {
    (void)plain;
    (void)node;
}

// Encoder and decoder have no gradients.
static void bias_spread_print(struct plain *plain, const struct node *node) {
    (void)plain;
    (void)node;
}

// Evaluation draws nothing and sums nothing. A move without its function does not compile.
#define LEAF_PRINT(name) NULL
#define RANDOM_PRINT(name) NULL
#define CONVOLUTION_PRINT(name) convolution_print
#define BATCH_SUM_PRINT(name) NULL
#define MOVE_PRINT(name) name##_print
#define ELEMENTWISE_PRINT(name) elementwise_print
#define REDUCTION_PRINT(name) NULL

static void (*const prints[])(struct plain *plain, const struct node *node) = {
#define OP(id, name, class, ...) class##_PRINT(name),
#include "language/ops.def"
};

static bool is_result(const struct program *program, const struct node *node) {
    return node_storage(program, node)->place == PLACE_CODE || node_storage(program, node)->place == PLACE_OUTPUT;
}

// Arrays of the function for what is neither its input nor its result.
static void arrays_declare(struct plain *plain) {
    const struct program *program = plain->program;
    const char *begin = "    ae_real ";
    for (const struct node *node = program->graph->first; node; node = node->next) {
        bool computed = program->nodes[node->id].needed && !node_is_leaf(node) && node->op != OP_REPACK;
        if (!computed || is_result(program, node)) continue;
        buffer_print(plain->out, "%s%s[%zu]", begin, name_of(plain, node), node->count);
        begin = ", ";
    }
    if (*begin == ',') buffer_print(plain->out, ";\n");
}

static void results_declare(struct plain *plain, const char *name) {
    const struct program *program = plain->program;
    const char *begin = "    ae_real ";
    for (const struct node *node = program->graph->first; node; node = node->next) {
        if (!program->nodes[node->id].needed || node_is_leaf(node) || !is_result(program, node)) continue;
        buffer_print(plain->out, "%s*const %s = %s + %zu", begin, name_of(plain, node), name,
                     node_storage(program, node)->offset);
        begin = ", ";
    }
    buffer_print(plain->out, ";\n");
}

// Returns the first needed leaf of an extent (the input, or a parameter), or NULL.
static const struct node *leaf_find(const struct program *program, enum extent extent) {
    for (const struct node *node = program->graph->first; node; node = node->next)
        if (program->nodes[node->id].needed && node_is_leaf(node) && node->extent == extent) return node;
    return NULL;
}

static void function_print(struct emitter *emitter, const struct program *program, const char *name,
                           const char *result) {
    struct plain plain = {emitter, program, emitter->out};
    const struct node *input = leaf_find(program, EXTENT_SAMPLE), *parameter = leaf_find(program, EXTENT_SHARED);
    bool net = emitter->plan->network->parameters.count > 0;
    buffer_print(emitter->out, "AE_PLAIN void %s(%sconst ae_real *%s, ae_real *%s) {\n", name,
                 net ? "const struct net_tensors *net, " : "", input ? name_of(&plain, input) : "input", result);
    if (net && !parameter) buffer_print(emitter->out, "    (void)net;\n");
    if (!input) buffer_print(emitter->out, "    (void)input;\n");
    arrays_declare(&plain);
    results_declare(&plain, result);
    for (const struct node *node = program->graph->first; node; node = node->next)
        if (program->nodes[node->id].needed && prints[node->op]) prints[node->op](&plain, node);
    buffer_print(emitter->out, "}\n\n");
}

static bool has(const struct plan *plan, enum op op, bool dense) {
    const struct graph *graphs[] = {plan->encode.graph, plan->decode.graph};
    for (int i = 0; i < 2; i++)
        for (const struct node *node = graphs[i]->first; node; node = node->next)
            if (node->op == op && geometry_is_dense(&node->convolution.geometry) == dense) return true;
    return false;
}

void emit_plain(struct emitter *emitter) {
    const struct plan *plan = emitter->plan;
    struct buffer *out = emitter->out;
    bool up = has(plan, OP_CONVOLVE_TRANSPOSED, false) || has(plan, OP_CONVOLVE_TRANSPOSED, true);
    bool down = has(plan, OP_CONVOLVE, false);
    buffer_print(out, "// Encoder and decoder in plain loops, one sample at a time. The kernels after them compute the "
                      "same bits, faster.\n\n");
    if (up || down) buffer_print(out, "%s", struct_text);
    if (has(plan, OP_CONVOLVE, true)) buffer_print(out, "%s", dense_text);
    if (down) buffer_print(out, "%s", convolve_text);
    if (up) buffer_print(out, "%s", transposed_text);
    function_print(emitter, &plan->encode, "plain_encode", "code");
    function_print(emitter, &plan->decode, "plain_decode", "output");
}
