#include "compiler/nest/nest.h"

#include <string.h>

#include "compiler/nest/build.h"
#include "compiler/nest/kernels/kernels.h"
#include "compiler/nest/walk.h"

bool machine_names_registers(const struct machine *machine) {
    return machine->macro != NULL;
}

struct symbol *nest_symbol(struct nest *nest, enum symbol_kind kind, const char *name) {
    struct symbol *symbol = ARENA_NEW(nest->arena, struct symbol);
    symbol->kind = kind;
    symbol->name = name;
    return symbol;
}

const struct symbol *nest_value(struct nest *nest, const char *name, long count, int lanes) {
    struct symbol *value = nest_symbol(nest, SYMBOL_VALUE, name);
    value->rank = count > 1;
    value->size[0] = count;
    value->lanes = lanes;
    return value;
}

const struct symbol *nest_number(struct nest *nest, const char *name, int number) {
    return nest_symbol(nest, SYMBOL_NUMBER, arena_print(nest->arena, "%s%d", name, number));
}

const struct symbol *nest_array(struct nest *nest, int number, int rank, const long *size) {
    if (nest->arrays[number]) return nest->arrays[number];
    const struct kernel_array *array = &nest->kernel->arrays[number];
    struct symbol *symbol = nest_symbol(nest, SYMBOL_ARRAY, array->name);
    symbol->rank = rank;
    for (int i = 0; i < rank; i++)
        symbol->size[i] = size[i];
    symbol->written = array->written;
    return nest->arrays[number] = symbol;
}

const struct index *at_constant(struct nest *nest, long constant) {
    return index_constant(nest->arena, constant);
}

const struct index *at_add(struct nest *nest, const struct index *a, const struct index *b) {
    return index_add(nest->arena, a, b);
}

const struct index *at_plus(struct nest *nest, const struct index *a, long constant) {
    return index_offset(nest->arena, a, constant);
}

const struct index *at_times(struct nest *nest, const struct index *a, long constant) {
    return index_multiply(nest->arena, a, constant);
}

const struct index *at_symbol(struct nest *nest, const struct symbol *symbol) {
    return index_variable(nest->arena, symbol, 0, INDEX_UNBOUNDED);
}

struct operand operand_register(const struct symbol *block, const struct index *row, const struct index *column) {
    return (struct operand){.kind = OPERAND_REGISTER, .symbol = block, .at = {row, column}};
}

struct operand operand_value(const struct symbol *value, const struct index *which) {
    return (struct operand){.kind = OPERAND_VALUE, .symbol = value, .at = {value->rank ? which : NULL}};
}

struct operand operand_scalar(const struct symbol *number) {
    return (struct operand){.kind = OPERAND_SCALAR, .symbol = number};
}

struct operand operand_constant(double constant) {
    return (struct operand){.kind = OPERAND_CONSTANT, .constant = constant};
}

struct operand operand_memory(const struct symbol *array, const struct index *const *at) {
    struct operand operand = operand_element(array, at);
    operand.kind = OPERAND_MEMORY;
    operand.lane_axis = array->rank - 1;
    return operand;
}

struct operand operand_element(const struct symbol *array, const struct index *const *at) {
    struct operand operand = {.kind = OPERAND_ELEMENT, .symbol = array};
    for (int i = 0; i < array->rank; i++)
        operand.at[i] = at[i];
    return operand;
}

struct statement *nest_add(struct nest *nest, enum statement_kind kind) {
    struct statement *statement = ARENA_NEW(nest->arena, struct statement);
    struct statement *block = nest->block;
    statement->kind = kind;
    statement->parent = block;
    if (block->last)
        block->last->next = statement;
    else
        block->body = statement;
    return block->last = statement;
}

static void loop_open(struct nest *nest, const struct symbol *variable, const struct index *from,
                      const struct index *to, long step) {
    struct statement *loop = nest_add(nest, STATEMENT_LOOP);
    loop->symbol = variable;
    loop->from = from;
    loop->to = to;
    loop->step = step;
    nest->block = loop;
}

const struct index *nest_loop(struct nest *nest, const char *name, long from, long to, long step) {
    if (to - from <= step) {
        nest_scope(nest);
        return at_constant(nest, from);
    }
    return nest_loop_between(nest, name, at_constant(nest, from), at_constant(nest, to), step, from,
                             from + (to - from - 1) / step * step);
}

const struct index *nest_each(struct nest *nest, const char *name, long count) {
    const struct index *variable = nest_loop(nest, name, 0, count, 1);
    nest->block->unroll = true;
    return variable;
}

const struct index *nest_loop_between(struct nest *nest, const char *name, const struct index *from,
                                      const struct index *to, long step, long least, long most) {
    const struct symbol *variable = nest_symbol(nest, SYMBOL_INDEX, name);
    loop_open(nest, variable, from, to, step);
    return index_variable(nest->arena, variable, least, most);
}

const struct index *nest_samples(struct nest *nest) {
    return nest_loop_between(nest, "s", at_constant(nest, 0), at_symbol(nest, nest->samples), 1, 0, INDEX_UNBOUNDED);
}

const struct index *window_from(struct nest *nest, const struct index *position, int axis) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct index *back = at_times(nest, position, -g->stride[axis]);
    return index_max(nest->arena, at_constant(nest, 0), at_plus(nest, back, g->padding[axis]));
}

const struct index *window_to(struct nest *nest, const struct index *position, int axis) {
    const struct geometry *g = &nest->kernel->geometry;
    const struct index *back = at_times(nest, position, -g->stride[axis]);
    long end = (axis ? g->large_width : g->large_height) + g->padding[axis];
    return index_min(nest->arena, at_constant(nest, g->kernel[axis]), at_plus(nest, back, end));
}

const struct index *nest_columns(struct nest *nest, const struct column_run *run) {
    if (!run->alone) return nest_loop(nest, "c", run->from, run->to, (long)run->columns * run->lanes);
    nest_scope(nest);
    return at_constant(nest, run->from);
}

void nest_scope(struct nest *nest) {
    nest->block = nest_add(nest, STATEMENT_SCOPE);
}

void nest_lanes(struct nest *nest, int lanes) {
    nest->block = nest_add(nest, STATEMENT_LANES);
    nest->block->lanes = lanes;
}

void nest_close(struct nest *nest, int blocks) {
    for (int i = 0; i < blocks; i++)
        nest->block = nest->block->parent;
}

const struct symbol *nest_registers(struct nest *nest, const char *name, long rows, long columns, int lanes,
                                    int last_lanes) {
    struct symbol *block = nest_symbol(nest, SYMBOL_BLOCK, name);
    block->rank = 2;
    block->size[0] = rows;
    block->size[1] = columns;
    block->lanes = lanes;
    block->last_lanes = last_lanes;
    nest_add(nest, STATEMENT_REGISTERS)->symbol = block;
    return block;
}

void nest_load(struct nest *nest, const struct symbol *value, const struct index *which, struct operand from) {
    struct statement *load = nest_add(nest, STATEMENT_LOAD);
    load->symbol = value;
    load->at = value->rank ? which : NULL;
    load->a = from;
}

void nest_assign(struct nest *nest, struct operand to, struct operand from) {
    struct statement *assign = nest_add(nest, STATEMENT_ASSIGN);
    assign->a = to;
    assign->b = from;
}

void nest_fma(struct nest *nest, struct operand sum, struct operand a, struct operand b) {
    struct statement *fma = nest_add(nest, STATEMENT_FMA);
    fma->a = sum;
    fma->b = a;
    fma->c = b;
}

void nest_sum(struct nest *nest, struct operand sum, struct operand a) {
    struct statement *add = nest_add(nest, STATEMENT_ADD);
    add->a = sum;
    add->b = a;
}

void nest_op(struct nest *nest, const struct symbol *result, enum op op, double constant,
             const struct operand operands[OP_INPUTS]) {
    struct statement *made = nest_add(nest, STATEMENT_OP);
    made->symbol = result;
    made->op = op;
    made->constant = constant;
    made->a = operands[0];
    made->b = operands[1];
    made->c = operands[2];
}

struct statement *nest_call(struct nest *nest, enum callee callee) {
    struct statement *call = nest_add(nest, STATEMENT_CALL);
    call->callee = callee;
    call->arguments = ARENA_ARRAY(nest->arena, struct passed, CALL_ARGUMENTS_MAX);
    return call;
}

void call_index(struct nest *nest, struct statement *call, const struct index *index) {
    (void)nest;
    call->arguments[call->argument_count++] = (struct passed){.kind = PASSED_INDEX, .index = index};
}

void call_place(struct nest *nest, struct statement *call, struct operand place) {
    (void)nest;
    call->arguments[call->argument_count++] = (struct passed){.kind = PASSED_PLACE, .operand = place};
}

struct passed passed_index(const struct index *index) {
    return (struct passed){.kind = PASSED_INDEX, .index = index};
}

struct nest_part *part_begin(struct nest *nest, const char *name, bool inlined) {
    struct nest_part *part = ARENA_NEW(nest->arena, struct nest_part);
    int same = 1;
    for (const struct nest_part *other = nest->parts; other; other = other->next)
        same += strcmp(other->stem, name) == 0;
    part->stem = name;
    part->name = same == 1 ? name : arena_print(nest->arena, "%s%d", name, same);
    part->inlined = inlined;
    part->body = ARENA_NEW(nest->arena, struct statement);
    part->body->kind = STATEMENT_SCOPE;
    part->body->parent = nest->block;
    nest->block = part->body;
    return part;
}

// Numbers first, then arrays.
static void parameters_sort(struct arena *arena, struct nest_part *part) {
    const struct symbol **sorted = ARENA_ARRAY(arena, const struct symbol *, part->parameter_count + 1);
    int count = 0;
    for (int arrays = 0; arrays <= 1; arrays++)
        for (int i = 0; i < part->parameter_count; i++)
            if ((part->parameters[i]->kind == SYMBOL_ARRAY) == (arrays == 1)) sorted[count++] = part->parameters[i];
    part->parameters = sorted;
}

void part_end(struct nest *nest, struct nest_part *part) {
    nest->block = part->body->parent;
    part->parameters = nest_free_symbols(nest->arena, part->body->body, &part->parameter_count);
    parameters_sort(nest->arena, part);
    if (nest->last_part)
        nest->last_part->next = part;
    else
        nest->parts = part;
    nest->last_part = part;
}

void part_call(struct nest *nest, struct nest_part *part, const struct symbol *const *symbols,
               const struct passed *arguments, int count) {
    struct statement *call = nest_add(nest, STATEMENT_CALL);
    call->callee = CALL_PART;
    call->part = part;
    call->arguments = ARENA_ARRAY(nest->arena, struct passed, part->parameter_count + 1);
    call->argument_count = part->parameter_count;
    for (int i = 0; i < part->parameter_count; i++) {
        call->arguments[i] = (struct passed){.kind = PASSED_SYMBOL, .symbol = part->parameters[i]};
        for (int j = 0; j < count; j++)
            if (symbols[j] == part->parameters[i]) call->arguments[i] = arguments[j];
    }
}

static void parameters_begin(struct nest *nest) {
    const struct kernel_description *kernel = nest->kernel;
    nest->arrays = ARENA_ARRAY(nest->arena, const struct symbol *, kernel->array_count + 1);
    nest->uniforms = ARENA_ARRAY(nest->arena, const struct symbol *, kernel->uniform_count + 1);
    if (kernel_rows[kernel->kind].work != WORK_SHARED) nest->samples = nest_symbol(nest, SYMBOL_INDEX, "samples");
    if (kernel->tiling.task_rows) {
        nest->from = nest_symbol(nest, SYMBOL_INDEX, "from");
        nest->to = nest_symbol(nest, SYMBOL_INDEX, "to");
    }
    if (kernel_rows[kernel->kind].work == WORK_DRAWS) nest->step = nest_symbol(nest, SYMBOL_STEP, "step");
    for (int i = 0; i < kernel->uniform_count && !nest->term_scale; i++)
        if (kernel->uniforms[i].op == OP_TERM_SCALE) {
            struct symbol *scale = nest_symbol(nest, SYMBOL_ARRAY, "term_scale");
            scale->rank = 1;
            nest->term_scale = scale;
        }
}

struct nest *nest_rolled(struct arena *arena, const struct machine *machine, const struct kernel_description *kernel) {
    struct nest *nest = ARENA_NEW(arena, struct nest);
    nest->arena = arena;
    nest->machine = machine;
    nest->kernel = kernel;
    nest->root = nest->block = ARENA_NEW(arena, struct statement);
    nest->root->kind = STATEMENT_SCOPE;
    parameters_begin(nest);
    values_begin(nest);
    kernel_functions[kernel->kind].build(nest);
    return nest;
}

struct nest *nest_build(struct arena *arena, const struct machine *machine, const struct kernel_description *kernel) {
    struct nest *nest = nest_rolled(arena, machine, kernel);
    if (machine_names_registers(machine)) {
        nest_unroll(nest, nest->root);
        for (struct nest_part *part = nest->parts; part; part = part->next)
            nest_unroll(nest, part->body);
    }
    return nest;
}
