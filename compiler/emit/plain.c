#include "compiler/emit/emit.h"
#include "compiler/graph/ops/convolution.h"

// The network in plain loops, for readers: one sample at a time, each op by itself. A test compares it with the
// kernels.

struct printer {
    const struct emitter *emitter;
    const struct program *program;
    struct buffer *out;
};

static const char *name_of(const struct printer *printer, const struct node *node) {
    return printer->program->nodes[node->id].tensor->name;
}

static const char *parameter_text(const struct printer *printer, const struct node *node) {
    const struct member *member = &printer->emitter->members[node->parameter.index];
    const char *text = arena_print(printer->emitter->arena, "net->%s", member->name);
    for (int i = 1; member->array && i < member->array->rank; i++)
        text = arena_print(printer->emitter->arena, "%s[0]", text);
    return text;
}

static const char *array_text(void *context, const struct node *node) {
    const struct printer *printer = context;
    // The transposed use reads the weight itself.
    if (node->op == OP_REPACK) node = node->inputs[0];
    return node->op == OP_PARAMETER ? parameter_text(printer, node) : name_of(printer, node);
}

static void operand_print(const struct printer *printer, const struct node *node) {
    if (node->op == OP_CONSTANT)
        buffer_print(printer->out, "AE_REAL(%s)", emit_double(printer->emitter, node->scalar.value));
    else
        buffer_print(printer->out, node->count == 1 ? "%s[0]" : "%s[i]", name_of(printer, node));
}

// The op's C of numbers: $a, $b, $c are its inputs, $k its constant.
static void elementwise_print(const struct printer *printer, const struct node *node) {
    struct buffer *out = printer->out;
    buffer_print(out, "    for (int i = 0; i < %zu; i++) %s[i] = ", node->count, name_of(printer, node));
    for (const char *c = op_rows[node->op].scalar; *c; c++) {
        if (*c != '$')
            buffer_add(out, c, 1);
        else if (*++c == 'k')
            buffer_print(out, "AE_REAL(%s)", emit_double(printer->emitter, node_constant(node)));
        else
            operand_print(printer, node->inputs[*c - 'a']);
    }
    buffer_print(out, ";\n");
}

// Evaluation draws nothing and sums nothing.
static void node_print(struct printer *printer, const struct node *node) {
    const struct plain plain = {printer->out, array_text, printer};
    if (op_is_elementwise(node->op))
        elementwise_print(printer, node);
    else if (op_functions[node->op].print)
        op_functions[node->op].print(&plain, node);
}

static bool is_result(const struct program *program, const struct node *node) {
    return node_storage(program, node)->place == PLACE_CODE || node_storage(program, node)->place == PLACE_OUTPUT;
}

// Arrays of the function for what is neither its input nor its result.
static void arrays_declare(const struct printer *printer) {
    const struct program *program = printer->program;
    const char *begin = "    ae_real ";
    for (const struct node *node = program->graph->first; node; node = node->next) {
        bool computed = program->nodes[node->id].needed && !node_is_leaf(node) && node->extent == EXTENT_SAMPLE;
        if (!computed || is_result(program, node)) continue;
        buffer_print(printer->out, "%s%s[%zu]", begin, name_of(printer, node), node->count);
        begin = ", ";
    }
    if (*begin == ',') buffer_print(printer->out, ";\n");
}

static void results_declare(const struct printer *printer, const char *name) {
    const struct program *program = printer->program;
    const char *begin = "    ae_real ";
    for (const struct node *node = program->graph->first; node; node = node->next) {
        if (!program->nodes[node->id].needed || node_is_leaf(node) || !is_result(program, node)) continue;
        buffer_print(printer->out, "%s*const %s = %s + %zu", begin, name_of(printer, node), name,
                     node_storage(program, node)->offset);
        begin = ", ";
    }
    buffer_print(printer->out, ";\n");
}

// Returns the first needed leaf of an extent (the input, or a parameter), or NULL.
static const struct node *leaf_find(const struct program *program, enum extent extent) {
    for (const struct node *node = program->graph->first; node; node = node->next)
        if (program->nodes[node->id].needed && node_is_leaf(node) && node->extent == extent) return node;
    return NULL;
}

static void function_print(struct emitter *emitter, const struct program *program, const char *name,
                           const char *result) {
    struct printer printer = {emitter, program, emitter->out};
    const struct node *input = leaf_find(program, EXTENT_SAMPLE), *parameter = leaf_find(program, EXTENT_SHARED);
    bool net = emitter->plan->network->parameters.count > 0;
    buffer_print(emitter->out, "AE_PLAIN void %s(%sconst ae_real *%s, ae_real *%s) {\n", name,
                 net ? "const struct net_tensors *net, " : "", input ? name_of(&printer, input) : "input", result);
    if (net && !parameter) buffer_print(emitter->out, "    (void)net;\n");
    if (!input) buffer_print(emitter->out, "    (void)input;\n");
    arrays_declare(&printer);
    results_declare(&printer, result);
    for (const struct node *node = program->graph->first; node; node = node->next)
        if (program->nodes[node->id].needed) node_print(&printer, node);
    buffer_print(emitter->out, "}\n\n");
}

void emit_plain(struct emitter *emitter) {
    const struct plan *plan = emitter->plan;
    struct buffer *out = emitter->out;
    const struct graph *const graphs[] = {plan->encode.graph, plan->decode.graph};
    buffer_print(out, "// Encoder and decoder in plain loops, one sample at a time. The kernels after them compute the "
                      "same bits, faster.\n\n");
    convolution_define(graphs, 2, out);
    function_print(emitter, &plan->encode, "plain_encode", "code");
    function_print(emitter, &plan->decode, "plain_decode", "output");
}
