#include "compiler/nest/build.h"

// The elementwise work of a kernel: uniform numbers once, the values of each element, and what follows from a sum.

static struct operand uniform_operand(struct nest *nest, const struct kernel_operand *operand) {
    if (operand->source == SOURCE_NUMBER) return operand_constant(operand->constant);
    return operand_scalar(nest->uniforms[operand->number]);
}

void values_begin(struct nest *nest) {
    const struct kernel_description *kernel = nest->kernel;
    for (int i = 0; i < kernel->uniform_count; i++) {
        const struct kernel_uniform *uniform = &kernel->uniforms[i];
        nest->uniforms[i] = nest_number(nest, "u", i);
        bool leaf = uniform->op == OP_TERM_SCALE;
        if (leaf) {
            struct statement *made = nest_add(nest, STATEMENT_NUMBER);
            made->symbol = nest->uniforms[i];
            const struct index *at[] = {at_constant(nest, uniform->term)};
            made->a = operand_element(nest->term_scale, at);
            continue;
        }
        struct operand operands[3] = {{0}};
        for (int j = 0; j < uniform->input_count; j++)
            operands[j] = uniform_operand(nest, &uniform->inputs[j]);
        nest_op(nest, nest->uniforms[i], uniform->op, uniform->constant, operands);
    }
}

// The element's place in an array of the kernel: its own shape may be that of the output, or flat.
static struct operand array_operand(struct nest *nest, int number, const struct place *element, bool lanes) {
    const struct kernel_array *array = &nest->kernel->arrays[number];
    const struct index *at[NEST_RANK_MAX], *flat = at_constant(nest, 0);
    long size[NEST_RANK_MAX] = {0, (long)(array->stride ? array->stride : array->count)}, elements = 1;
    int first = array->stride ? 0 : 1, rank = 2;
    for (int i = 1; i < element->rank; i++)
        elements *= element->size[i];
    at[0] = element->at[0];
    if (array->count != 1 && elements == size[1]) {
        rank = element->rank;
        for (int i = 1; i < rank; i++) {
            size[i] = element->size[i];
            at[i] = element->at[i];
        }
    } else {
        for (int i = 1; i < element->rank && array->count != 1; i++)
            flat = at_add(nest, at_times(nest, flat, element->size[i]), element->at[i]);
        at[1] = flat;
    }
    const struct symbol *symbol = nest_array(nest, number, rank - first, size + first);
    // One element for all lanes is read as such; it is stored by the one lane that there is.
    bool one = !lanes || (array->count == 1 && !array->written);
    return one ? operand_element(symbol, at + first) : operand_memory(symbol, at + first);
}

// Values are named once for a kernel, so that what follows a sum can use them.
struct values {
    struct nest *nest;
    struct operand anchor;
    const struct place *element;
    const struct symbol **named;    // [value_count]
    bool lanes;                     // inside lanes; false: once a sample, after the sums
};

static struct operand value_operand(const struct values *values, const struct kernel_operand *operand) {
    switch (operand->source) {
    case SOURCE_NUMBER:
    case SOURCE_UNIFORM: return uniform_operand(values->nest, operand);
    case SOURCE_ANCHOR: return values->anchor;
    case SOURCE_ARRAY: return array_operand(values->nest, operand->number, values->element, values->lanes);
    case SOURCE_VALUE: break;
    }
    const struct symbol *symbol = values->named[operand->number];
    return symbol->kind == SYMBOL_NUMBER ? operand_scalar(symbol) : operand_value(symbol, NULL);
}

static void value_compute(struct values *values, int number) {
    struct nest *nest = values->nest;
    const struct kernel_value *value = &nest->kernel->values[number];
    struct operand operands[3] = {{0}};
    for (int i = 0; i < value->input_count; i++)
        operands[i] = value_operand(values, &value->inputs[i]);
    const char *name = arena_print(nest->arena, "v%d", number);
    values->named[number] = values->lanes ? nest_value(nest, name, 1, 0) : nest_symbol(nest, SYMBOL_NUMBER, name);
    nest_op(nest, values->named[number], value->op, value->constant, operands);
}

static void value_store(const struct values *values, int number) {
    const struct kernel_value *value = &values->nest->kernel->values[number];
    if (value->array < 0) return;
    const struct symbol *symbol = values->named[number];
    struct operand from = symbol->kind == SYMBOL_NUMBER ? operand_scalar(symbol) : operand_value(symbol, NULL);
    nest_assign(values->nest, array_operand(values->nest, value->array, values->element, values->lanes), from);
}

static struct operand partial_operand(struct nest *nest, const struct symbol *partial, int vector) {
    return (struct operand){.kind = OPERAND_PARTIAL, .symbol = partial, .at = {at_constant(nest, vector)}};
}

void values_build(struct nest *nest, struct operand anchor, const struct place *element,
                  const struct symbol *const *partials, int vector) {
    const struct kernel_description *kernel = nest->kernel;
    struct values values = {nest, anchor, element,
                            ARENA_ARRAY(nest->arena, const struct symbol *, kernel->value_count + 1), true};
    if (kernel->roles.output >= 0 && anchor.kind == OPERAND_REGISTER)
        nest_assign(nest, array_operand(nest, kernel->roles.output, element, true), anchor);
    for (int i = 0; i < kernel->value_count; i++) {
        const struct kernel_value *value = &kernel->values[i];
        if (value->op == OP_SUM && partials && partials[i]) {
            nest_sum(nest, partial_operand(nest, partials[i], vector), value_operand(&values, &value->inputs[0]));
            continue;
        }
        if (value->after_sum) continue;
        value_compute(&values, i);
        value_store(&values, i);
    }
}

// Whether a sum adds up elements, and not what follows from another sum.
static bool sums_elements(const struct kernel_description *kernel, int number) {
    const struct kernel_value *value = &kernel->values[number];
    if (value->op != OP_SUM) return false;
    const struct kernel_operand *input = &value->inputs[0];
    return input->source != SOURCE_VALUE || !kernel->values[input->number].after_sum;
}

const struct symbol **values_partials(struct nest *nest, bool *any) {
    const struct kernel_description *kernel = nest->kernel;
    const struct symbol **partials = ARENA_ARRAY(nest->arena, const struct symbol *, kernel->value_count + 1);
    for (int i = 0; i < kernel->value_count; i++) {
        if (!sums_elements(kernel, i)) continue;
        partials[i] = nest_symbol(nest, SYMBOL_PARTIALS, arena_print(nest->arena, "partial%d", i));
        nest_add(nest, STATEMENT_PARTIALS)->symbol = partials[i];
        *any = true;
    }
    return partials;
}

// Joins the partial sums and computes what follows from them.
void values_finish(struct nest *nest, const struct symbol *const *partials, const struct place *element) {
    const struct kernel_description *kernel = nest->kernel;
    struct values values = {
        nest, {0}, element, ARENA_ARRAY(nest->arena, const struct symbol *, kernel->value_count + 1), false};
    for (int i = 0; i < kernel->value_count; i++) {
        if (!kernel->values[i].after_sum) continue;
        if (partials[i]) {
            struct statement *join = nest_add(nest, STATEMENT_JOIN);
            join->symbol = values.named[i] = nest_number(nest, "v", i);
            join->a = (struct operand){.kind = OPERAND_PARTIAL, .symbol = partials[i]};
        } else {
            value_compute(&values, i);
        }
        value_store(&values, i);
    }
}

bool elements_next(struct nest *nest, struct elements_walk *walk) {
    long lanes = nest->machine->lanes, step = walk->partials ? PARTIALS : lanes, full = walk->count / step * step;
    if (walk->open) {
        nest_close(nest, 1);
        walk->vector++;
    } else {
        if (full) walk->loop = nest_loop(nest, "i", 0, full, step);
    }
    if (walk->loop && walk->vector * lanes == step) {
        nest_close(nest, 1);
        walk->loop = NULL;
        walk->vector = 0;
    }
    walk->open = true;
    long left = walk->count - full - walk->vector * lanes;
    if (!walk->loop && left <= 0) return false;
    nest_lanes(nest, (int)(walk->loop || left > lanes ? lanes : left));
    walk->at = at_plus(nest, walk->loop ? walk->loop : at_constant(nest, full), walk->vector * lanes);
    return true;
}
