#include "compiler/nest/check/execute.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "compiler/nest/build.h"
#include "compiler/nest/check/bindings.h"
#include "compiler/nest/print/dump.h"

struct runner {
    struct execution *execution;
    const struct nest *nest;
    const struct arithmetic *arithmetic;
    struct bindings bindings;
    int lanes;                     // around the statement; 0: none
    const struct statement *at;    // the statement
    const char *fault;
};

static bool stopped(const struct runner *r) {
    return r->fault || r->execution->left < 0;
}

static void fault_add(struct runner *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void fault_add(struct runner *r, const char *format, ...) {
    if (r->fault) return;
    va_list arguments;
    va_start(arguments, format);
    r->fault = fault_text(r->execution->arena, r->at, format, arguments);
    va_end(arguments);
}

// The binding of a symbol that is declared here.
static struct binding *bind(struct runner *r, const struct symbol *symbol) {
    return bindings_add(&r->bindings, symbol);
}

static struct binding *bound(struct runner *r, const struct symbol *symbol) {
    struct binding *binding = bindings_find(&r->bindings, symbol);
    if (binding) return binding;
    fault_add(r, "'%s' is used before it is declared", symbol->name);
    return bind(r, symbol);
}

static void index_bind(struct runner *r, const struct symbol *symbol, long value) {
    bind(r, symbol)->index = value;
}

static long index_value(struct runner *r, const struct index *index);

static long index_compute(struct runner *r, const struct index *index) {
    if (index->kind == INDEX_CONSTANT) return index->constant;
    if (index->kind == INDEX_VARIABLE) return bound(r, index->symbol)->index;
    long left = index_value(r, index->left), right = index->right ? index_value(r, index->right) : 0;
    switch (index->kind) {
    case INDEX_ADD: return left + right;
    case INDEX_MULTIPLY: return left * index->constant;
    case INDEX_DIVIDE: return left / index->constant;
    case INDEX_MODULO: return left % index->constant;
    case INDEX_MIN: return left < right ? left : right;
    case INDEX_MAX: return left > right ? left : right;
    case INDEX_CONSTANT:
    case INDEX_VARIABLE: break;
    }
    return 0;
}

static long index_value(struct runner *r, const struct index *index) {
    bool divides = index->kind == INDEX_DIVIDE || index->kind == INDEX_MODULO;
    if (divides && index->constant <= 0) {
        fault_add(r, "a division by %ld", index->constant);
        return 0;
    }
    long value = index_compute(r, index);
    if (value >= index->least && value <= index->most) return value;
    struct buffer text = {0};
    index_print(index, &text);
    fault_add(r, "%s is %ld, outside of its range %ld..%ld", text.text, value, index->least, index->most);
    buffer_free(&text);
    return value;
}

// The numbers that an operand names: lane i is first[i * apart].
struct lanes {
    struct number *first;
    long apart;
    int count;      // lanes that there are
    int *stores;    // of memory
    struct number own;
};

// The place of an array's element: (outer, within), with `lanes` from there on along an axis inside of the shape.
static bool place_find(struct runner *r, const struct operand *operand, int lanes, long *place) {
    const struct symbol *array = operand->symbol;
    const struct memory *memory = bound(r, array)->memory;
    long within = 0, outer = 0;
    if (stopped(r) || !memory) return false;
    bool shared = array->rank == 0 || array->size[0] != 0;
    for (int i = 0; i < array->rank; i++) {
        long at = index_value(r, operand->at[i]), last = at + (i == operand->lane_axis ? lanes - 1 : 0);
        bool samples = i == 0 && !shared;
        long size = samples ? memory->outer : array->size[i];
        if (at < 0 || last >= size)
            fault_add(r, "index %d of '%s' is %ld..%ld, outside of 0..%ld", i, array->name, at, last, size - 1);
        if (samples)
            outer = at;
        else
            within = within * array->size[i] + at;
    }
    *place = outer * memory->each + within;
    if (within < 0 || within >= memory->count)
        fault_add(r, "'%s' has element %ld of %ld", array->name, within, memory->count);
    return !r->fault;
}

static struct lanes memory_lanes(struct runner *r, const struct operand *operand, int lanes) {
    struct lanes found = {.count = operand->lanes ? operand->lanes : lanes};
    long place, apart = 1;
    bool element = operand->kind == OPERAND_ELEMENT;
    if (!place_find(r, operand, element ? 1 : found.count, &place)) return (struct lanes){0};
    const struct memory *memory = bound(r, operand->symbol)->memory;
    for (int i = operand->lane_axis + 1; i < operand->symbol->rank; i++)
        apart *= operand->symbol->size[i];
    long last = place % memory->each + (element ? 0 : (found.count - 1) * apart);
    if (last >= memory->count) fault_add(r, "'%s' has element %ld of %ld", operand->symbol->name, last, memory->count);
    found.first = memory->elements + place;
    found.stores = memory->stores ? memory->stores + place : NULL;
    found.apart = element ? 0 : apart;
    if (element) found.count = lanes;
    return r->fault ? (struct lanes){0} : found;
}

static struct lanes register_lanes(struct runner *r, const struct operand *operand) {
    const struct symbol *symbol = operand->symbol;
    const struct binding *binding = bound(r, symbol);
    if (stopped(r)) return (struct lanes){0};
    long number = 0;
    for (int i = 0; i < symbol->rank; i++) {
        long at = index_value(r, operand->at[i]);
        if (at < 0 || at >= symbol->size[i])
            fault_add(r, "index %d of '%s' is %ld, outside of 0..%ld", i, symbol->name, at, symbol->size[i] - 1);
        number = number * symbol->size[i] + at;
    }
    if (r->fault || (number + 1) * binding->lanes > binding->count) return (struct lanes){0};
    return (struct lanes){.first = binding->numbers + number * binding->lanes, .apart = 1, .count = binding->lanes};
}

static struct lanes partial_lanes(struct runner *r, const struct operand *operand, int lanes) {
    const struct binding *binding = bound(r, operand->symbol);
    long first = index_value(r, operand->at[0]) * r->nest->machine->lanes;
    if (stopped(r)) return (struct lanes){0};
    if (first < 0 || first + lanes > PARTIALS || binding->count != PARTIALS) {
        fault_add(r, "partial sums %ld..%ld of %d", first, first + lanes - 1, PARTIALS);
        return (struct lanes){0};
    }
    return (struct lanes){.first = binding->numbers + first, .apart = 1, .count = lanes};
}

static void operand_find(struct runner *r, const struct operand *operand, struct lanes *found) {
    int lanes = r->lanes ? r->lanes : 1;
    switch (operand->kind) {
    case OPERAND_NONE: break;
    case OPERAND_REGISTER:
    case OPERAND_VALUE: *found = register_lanes(r, operand); return;
    case OPERAND_MEMORY:
    case OPERAND_ELEMENT: *found = memory_lanes(r, operand, lanes); return;
    case OPERAND_PARTIAL: *found = partial_lanes(r, operand, lanes); return;
    case OPERAND_SCALAR:
        *found = register_lanes(r, operand);
        found->apart = 0;
        found->count = lanes;
        return;
    case OPERAND_CONSTANT:
        found->own = r->arithmetic->constant(r->arithmetic->context, operand->constant);
        found->first = &found->own;
        found->apart = 0;
        found->count = lanes;
        return;
    }
    fault_add(r, "an operand is missing");
    *found = (struct lanes){0};
}

static struct number lane_read(const struct lanes *lanes, int lane) {
    return lane < lanes->count ? lanes->first[lane * lanes->apart] : (struct number){0};
}

static void lane_write(struct runner *r, const struct lanes *to, int lane, struct number number) {
    if (lane >= to->count) return;
    if (to->stores) to->stores[lane * to->apart]++;
    if (to->stores && !number.set) fault_add(r, "lane %d is stored, but nothing is in it", lane);
    to->first[lane * to->apart] = number;
}

static struct number statement_number(struct runner *r, const struct statement *s, const struct lanes *operands,
                                      int lane) {
    const struct arithmetic *arithmetic = r->arithmetic;
    struct number inputs[3] = {{0}};
    int count = 0;
    for (int i = 0; i < 3; i++) {
        if (!operands[i].first) continue;
        inputs[count++] = lane_read(&operands[i], lane);
    }
    switch (s->kind) {
    case STATEMENT_OP: return arithmetic->op(arithmetic->context, s->op, s->constant, inputs, count);
    case STATEMENT_FMA: return arithmetic->fma(arithmetic->context, inputs[0], inputs[1], inputs[2]);
    case STATEMENT_ADD: return arithmetic->add(arithmetic->context, inputs[0], inputs[1]);
    case STATEMENT_ASSIGN: return inputs[1];
    case STATEMENT_LOAD:
    case STATEMENT_NUMBER: return inputs[0];
    case STATEMENT_LOOP:
    case STATEMENT_SCOPE:
    case STATEMENT_REGISTERS:
    case STATEMENT_PARTIALS:
    case STATEMENT_INDEX:
    case STATEMENT_LANES:
    case STATEMENT_JOIN:
    case STATEMENT_CALL: break;
    }
    return (struct number){0};
}

// The register of the value that a statement declares.
static struct lanes value_declare(struct runner *r, const struct statement *s) {
    const struct symbol *symbol = s->symbol;
    assert(symbol->rank <= 1);    // others are refused before anything is executed
    const struct operand value = {.kind = OPERAND_VALUE, .symbol = symbol, .at = {s->at}};
    const struct binding *binding = bindings_find(&r->bindings, symbol);
    long registers = symbol->rank ? symbol->size[0] : 1;
    int lanes = r->lanes ? r->nest->machine->lanes : 1;
    if (!binding || binding->count != registers * lanes) bindings_numbers(&r->bindings, symbol, registers, lanes);
    return register_lanes(r, &value);
}

static bool is_memory(const struct operand *operand) {
    return operand->kind == OPERAND_MEMORY || operand->kind == OPERAND_ELEMENT;
}

// What keeps a statement from writing to its operand a.
static void destination_check(struct runner *r, const struct statement *s, const struct lanes *to, int lanes) {
    if (is_memory(&s->a) && !bound(r, s->a.symbol)->memory->written)
        fault_add(r, "'%s' is only read", s->a.symbol->name);
    if (!is_memory(&s->a) && lanes > to->count) fault_add(r, "%d lanes of a register of %d", lanes, to->count);
    if (s->a.kind == OPERAND_CONSTANT || s->a.kind == OPERAND_SCALAR) fault_add(r, "what is assigned has no place");
}

static void numbers_execute(struct runner *r, const struct statement *s) {
    const struct operand *const operands[] = {&s->a, &s->b, &s->c};
    struct lanes found[3] = {{0}};
    for (int i = 0; i < 3; i++)
        if (operands[i]->kind != OPERAND_NONE) operand_find(r, operands[i], &found[i]);
    if (stopped(r)) return;
    bool assigns = s->kind == STATEMENT_ASSIGN || s->kind == STATEMENT_FMA || s->kind == STATEMENT_ADD;
    struct lanes to = assigns ? found[0] : value_declare(r, s);
    int lanes = r->lanes ? r->lanes : 1;
    if (assigns) destination_check(r, s, &to, lanes);
    if (stopped(r) || !to.first) return;
    for (int lane = 0; lane < lanes; lane++)
        lane_write(r, &to, lane, statement_number(r, s, found, lane));
    // A register is written whole, but for sums of fewer lanes; memory keeps its other lanes.
    bool whole = s->kind != STATEMENT_ADD && !(assigns && is_memory(&s->a));
    for (int lane = lanes; whole && lane < to.count; lane++)
        lane_write(r, &to, lane, (struct number){0});
}

static void registers_declare(struct runner *r, const struct symbol *block) {
    bool names = machine_names_registers(r->nest->machine);
    bindings_numbers(&r->bindings, block, block->size[0] * block->size[1],
                     names ? r->nest->machine->lanes : block->last_lanes);
}

static void partials_declare(struct runner *r, const struct symbol *partials) {
    struct binding *binding = bindings_numbers(&r->bindings, partials, PARTIALS, 1);
    for (int i = 0; i < PARTIALS; i++)
        binding->numbers[i] = r->arithmetic->constant(r->arithmetic->context, 0);
}

static void join_execute(struct runner *r, const struct statement *join) {
    struct binding *partials = bound(r, join->a.symbol);
    if (stopped(r)) return;
    struct number joined = r->arithmetic->join(r->arithmetic->context, partials->numbers);
    bindings_numbers(&r->bindings, join->symbol, 1, 1)->numbers[0] = joined;
}

// A run of elements of an array from the place of an argument on.
struct run {
    struct memory *memory;
    long place;
    const char *name;
};

static struct run run_find(struct runner *r, const struct statement *call, int argument) {
    const struct operand *operand = &call->arguments[argument].operand;
    long place;
    if (operand->kind != OPERAND_ELEMENT || !place_find(r, operand, 1, &place)) return (struct run){0};
    return (struct run){bound(r, operand->symbol)->memory, place, operand->symbol->name};
}

static struct number *run_element(struct runner *r, const struct run *run, long offset) {
    long place = run->place + offset, within = run->place % run->memory->each + offset;
    if (within >= 0 && within < run->memory->count) return &run->memory->elements[place];
    fault_add(r, "'%s' has element %ld of %ld", run->name, within, run->memory->count);
    return NULL;
}

static void run_store(struct runner *r, const struct run *run, long offset, struct number number) {
    struct number *element = run_element(r, run, offset);
    if (!element) return;
    if (!run->memory->written) fault_add(r, "'%s' is only read", run->name);
    if (run->memory->stores) run->memory->stores[run->place + offset]++;
    *element = number;
}

static long argument_index(struct runner *r, const struct statement *call, int argument) {
    return index_value(r, call->arguments[argument].index);
}

static void zero_execute(struct runner *r, const struct statement *call) {
    struct run to = run_find(r, call, 0);
    long count = argument_index(r, call, 1);
    for (long i = 0; i < count && !stopped(r); i++)
        run_store(r, &to, i, r->arithmetic->constant(r->arithmetic->context, 0));
}

static void turn_execute(struct runner *r, const struct statement *call) {
    long rows = argument_index(r, call, 0), columns = argument_index(r, call, 1);
    long from_stride = argument_index(r, call, 3), to_stride = argument_index(r, call, 5);
    struct run from = run_find(r, call, 2), to = run_find(r, call, 4);
    for (long row = 0; row < rows; row++)
        for (long column = 0; column < columns && !stopped(r); column++) {
            const struct number *element = run_element(r, &from, row * from_stride + column);
            if (element) run_store(r, &to, column * to_stride + row, *element);
        }
}

static void pack_execute(struct runner *r, const struct statement *call) {
    bool pack = call->callee == CALL_PACK;
    long lanes = r->nest->machine->lanes, samples = argument_index(r, call, 0), count = argument_index(r, call, 1);
    long stride = argument_index(r, call, 2), groups = (samples + lanes - 1) / lanes;
    struct run from = run_find(r, call, 3), to = run_find(r, call, 4);
    if (stopped(r)) return;
    struct run *plain = pack ? &from : &to, *packed = pack ? &to : &from;
    if (groups > packed->memory->outer || samples > plain->memory->outer || stride != plain->memory->each ||
        count * lanes != packed->memory->each) {
        fault_add(r, "%ld samples of %ld elements, %ld apart", samples, count, stride);
        return;
    }
    for (long sample = 0; sample < groups * lanes; sample++)
        for (long i = 0; i < count && !stopped(r); i++) {
            struct run p = *packed, q = *plain;
            p.place = sample / lanes * count * lanes;
            q.place = sample * stride;
            long at = i * lanes + sample % lanes;
            if (pack && sample >= samples) run_store(r, &p, at, r->arithmetic->constant(r->arithmetic->context, 0));
            if (sample >= samples) continue;
            const struct number *element = pack ? run_element(r, &q, i) : run_element(r, &p, at);
            if (element) run_store(r, pack ? &p : &q, pack ? at : i, *element);
        }
}

static void random_execute(struct runner *r, const struct statement *call) {
    long named[] = {argument_index(r, call, 0), argument_index(r, call, 1), 0};
    long count = argument_index(r, call, 2);
    struct run to = run_find(r, call, 3);
    double probability = call->callee == CALL_DROPOUT ? call->constant : 0;
    for (named[2] = 0; named[2] < count && !stopped(r); named[2]++)
        run_store(r, &to, named[2], r->arithmetic->random(r->arithmetic->context, call->callee, named, probability));
}

static void statements_execute(struct runner *r, const struct statement *first);

static void argument_bind(struct runner *r, const struct symbol *parameter, const struct passed *argument) {
    switch (argument->kind) {
    case PASSED_SYMBOL:
        if (argument->symbol != parameter) bindings_alias(&r->bindings, parameter, bound(r, argument->symbol));
        return;
    case PASSED_INDEX: index_bind(r, parameter, index_value(r, argument->index)); return;
    case PASSED_VALUE: {
        struct lanes from = {0};
        operand_find(r, &argument->operand, &from);
        if (stopped(r) || !from.first) return;
        int lanes = r->nest->machine->lanes;
        struct binding *binding = bindings_numbers(&r->bindings, parameter, 1, lanes);
        for (int lane = 0; lane < lanes; lane++)
            binding->numbers[lane] = lane_read(&from, lane);
        return;
    }
    case PASSED_PLACE: fault_add(r, "a place is passed to '%s'", parameter->name); return;
    }
}

static void part_execute(struct runner *r, const struct statement *call) {
    if (call->argument_count != call->part->parameter_count) {
        fault_add(r, "%d arguments of %d", call->argument_count, call->part->parameter_count);
        return;
    }
    for (int i = 0; i < call->argument_count; i++)
        argument_bind(r, call->part->parameters[i], &call->arguments[i]);
    int lanes = r->lanes;
    r->lanes = 0;
    statements_execute(r, call->part->body->body);
    r->lanes = lanes;
}

static void call_execute(struct runner *r, const struct statement *call) {
    switch (call->callee) {
    case CALL_ZERO: zero_execute(r, call); return;
    case CALL_TURN: turn_execute(r, call); return;
    case CALL_PACK:
    case CALL_UNPACK: pack_execute(r, call); return;
    case CALL_DROPOUT:
    case CALL_NORMAL: random_execute(r, call); return;
    case CALL_PART: part_execute(r, call); return;
    }
}

static void loop_execute(struct runner *r, const struct statement *loop) {
    long from = index_value(r, loop->from), to = index_value(r, loop->to);
    if (loop->step <= 0) fault_add(r, "a step of %ld", loop->step);
    for (long value = from; value < to && !stopped(r); value += loop->step) {
        index_bind(r, loop->symbol, value);
        statements_execute(r, loop->body);
        r->execution->left--;
    }
}

static void lanes_execute(struct runner *r, const struct statement *lanes) {
    r->lanes = lanes->lanes;
    statements_execute(r, lanes->body);
    r->lanes = 0;
}

static void statement_execute(struct runner *r, const struct statement *s) {
    switch (s->kind) {
    case STATEMENT_LOOP: loop_execute(r, s); return;
    case STATEMENT_SCOPE: statements_execute(r, s->body); return;
    case STATEMENT_REGISTERS: registers_declare(r, s->symbol); return;
    case STATEMENT_PARTIALS: partials_declare(r, s->symbol); return;
    case STATEMENT_INDEX: index_bind(r, s->symbol, index_value(r, s->from)); return;
    case STATEMENT_LANES: lanes_execute(r, s); return;
    case STATEMENT_JOIN: join_execute(r, s); return;
    case STATEMENT_CALL: call_execute(r, s); return;
    case STATEMENT_NUMBER:
    case STATEMENT_LOAD:
    case STATEMENT_OP:
    case STATEMENT_ASSIGN:
    case STATEMENT_FMA:
    case STATEMENT_ADD: numbers_execute(r, s); return;
    }
}

static void statements_execute(struct runner *r, const struct statement *first) {
    for (const struct statement *s = first; s && !stopped(r); s = s->next) {
        r->execution->left--;
        r->at = s;
        statement_execute(r, s);
    }
}

static void parameters_bind(struct runner *r) {
    const struct execution *e = r->execution;
    const struct nest *nest = r->nest;
    if (nest->samples) index_bind(r, nest->samples, e->samples);
    if (nest->from) index_bind(r, nest->from, e->from);
    if (nest->to) index_bind(r, nest->to, e->to);
    if (nest->step) index_bind(r, nest->step, 0);
    for (int i = 0; i < nest->kernel->array_count; i++)
        if (nest->arrays[i]) bind(r, nest->arrays[i])->memory = &e->memory[i];
    if (nest->term_scale) bind(r, nest->term_scale)->memory = &e->memory[nest->kernel->array_count];
}

const char *nest_execute(struct execution *execution) {
    struct runner r = {.execution = execution,
                       .nest = execution->nest,
                       .arithmetic = execution->arithmetic,
                       .bindings = {.arena = execution->arena}};
    parameters_bind(&r);
    statements_execute(&r, r.nest->root->body);
    return r.fault;
}

const char *nest_execute_tasks(struct execution *execution) {
    long step = execution->nest->kernel->tiling.task_rows, rows = execution->nest->kernel->geometry.large_channels;
    if (step <= 0) return nest_execute(execution);
    const char *fault = NULL;
    for (execution->from = 0; execution->from < rows && !fault; execution->from += step) {
        execution->to = execution->from + step < rows ? execution->from + step : rows;
        fault = nest_execute(execution);
    }
    return fault;
}
