#include "compiler/nest/cost.h"

#include "compiler/nest/choose.h"

// Values of indices, the innermost first.
struct scope {
    const struct symbol *symbol;
    long value;
    const struct scope *outer;
};

enum { SUMS_MOST = TILE_ROWS_MAX * TILE_COLUMNS_MAX };

// Counts of one pass of the innermost loop of a block: multiply-adds, loads, and the multiply-adds of each sum.
struct step {
    int multiply_adds;
    double loads;
    int sum[SUMS_MOST];
};

struct walker {
    const struct nest *nest;
    struct step_loads loads;
    int lanes;            // around the statement; 0: none
    struct step *step;    // of these lanes; never NULL
};

static bool scope_find(const struct scope *scope, const struct symbol *symbol, long *value) {
    while (scope && scope->symbol != symbol)
        scope = scope->outer;
    if (scope) *value = scope->value;
    return scope;
}

// False where an index of the expression has no value yet.
static bool index_value(const struct scope *scope, const struct index *index, long *value) {
    long left = 0, right = 0;
    if (index->left && !index_value(scope, index->left, &left)) return false;
    if (index->right && !index_value(scope, index->right, &right)) return false;
    switch (index->kind) {
    case INDEX_CONSTANT: *value = index->constant; break;
    case INDEX_VARIABLE: return scope_find(scope, index->symbol, value);
    case INDEX_ADD: *value = left + right; break;
    case INDEX_MULTIPLY: *value = left * index->constant; break;
    case INDEX_DIVIDE: *value = left / index->constant; break;
    case INDEX_MODULO: *value = left % index->constant; break;
    case INDEX_MIN: *value = left < right ? left : right; break;
    case INDEX_MAX: *value = left > right ? left : right; break;
    }
    return true;
}

static long known_value(const struct scope *scope, const struct index *index) {
    long value = 0;
    index_value(scope, index, &value);
    return value;
}

static void cost_add(struct nest_cost *sum, struct nest_cost cost, double times) {
    sum->slots += times * cost.slots;
    sum->predicted += times * cost.predicted;
    sum->multiply_adds += times * cost.multiply_adds;
}

static struct nest_cost instructions(double count) {
    return (struct nest_cost){.slots = count};
}

static bool is_apart(const struct operand *operand) {
    return operand->kind == OPERAND_MEMORY && operand->lane_axis + 1 < operand->symbol->rank;
}

// Reading or writing an operand. Lanes that are apart in memory are read and written one by one.
static double access_cost(const struct walker *w, const struct operand *operand) {
    if (is_apart(operand)) return APART_COST * w->lanes;
    return operand->kind == OPERAND_ELEMENT || operand->kind == OPERAND_MEMORY;
}

static struct nest_cost assign_cost(const struct walker *w, const struct statement *assign) {
    double cost = access_cost(w, &assign->a) + access_cost(w, &assign->b);
    bool apart = is_apart(&assign->a) || is_apart(&assign->b);
    return (struct nest_cost){.slots = cost > 0 ? cost : 1, .predicted = apart ? cost : 0};
}

// Whether an operand is of a block's rows; otherwise it is of its columns.
static bool is_of_rows(const struct nest *nest, const struct operand *operand) {
    const struct kernel_description *kernel = nest->kernel;
    bool input = operand->symbol == nest->arrays[kernel->roles.input];
    return kernel->kind == KERNEL_WEIGHT_GRADIENT ? input != kernel->tiling.turned : input;
}

static void load_count(const struct walker *w, const struct operand *from) {
    w->step->loads += is_of_rows(w->nest, from) ? w->loads.row : w->loads.column;
}

static struct nest_cost fma_cost(const struct walker *w, const struct statement *fma, const struct scope *scope) {
    long row = known_value(scope, fma->a.at[0]), column = known_value(scope, fma->a.at[1]);
    long number = row * fma->a.symbol->size[1] + column;
    if (number >= 0 && number < SUMS_MOST) w->step->sum[number]++;
    w->step->multiply_adds++;
    if (fma->c.kind == OPERAND_MEMORY || fma->c.kind == OPERAND_ELEMENT) w->step->loads += w->loads.fused;
    return (struct nest_cost){.multiply_adds = w->lanes};
}

static struct nest_cost statements_cost(struct walker *w, const struct statement *first, const struct scope *scope);

static struct nest_cost lanes_cost(struct walker *w, const struct statement *lanes, const struct scope *scope) {
    struct walker inner = *w;
    struct step step = {0};
    int chain = 0;
    inner.lanes = lanes->lanes;
    inner.step = &step;
    struct nest_cost cost = statements_cost(&inner, lanes->body, scope);
    if (step.multiply_adds == 0) return cost;
    for (int i = 0; i < SUMS_MOST; i++)
        if (step.sum[i] > chain) chain = step.sum[i];
    // The multiply-adds of one sum wait for each other.
    chain *= w->nest->machine->chains;
    double taken = (step.multiply_adds > chain ? step.multiply_adds : chain) + step.loads + w->loads.step;
    cost.slots += taken;
    cost.predicted += taken;
    return cost;
}

static bool bounds_use(const struct statement *first, const struct symbol *symbol);

static bool call_uses(const struct statement *call, const struct symbol *symbol) {
    for (int i = 0; call->callee == CALL_PART && i < call->argument_count; i++) {
        const struct passed *argument = &call->arguments[i];
        bool passed = argument->kind == PASSED_SYMBOL ? argument->symbol == symbol
                                                      : argument->index && index_uses(argument->index, symbol);
        if (passed && bounds_use(call->part->body->body, call->part->parameters[i])) return true;
    }
    return false;
}

static bool bounds_use(const struct statement *first, const struct symbol *symbol) {
    for (const struct statement *s = first; s; s = s->next) {
        if ((s->from && index_uses(s->from, symbol)) || (s->to && index_uses(s->to, symbol))) return true;
        if (s->kind == STATEMENT_CALL && call_uses(s, symbol)) return true;
        if (bounds_use(s->body, symbol)) return true;
    }
    return false;
}

// The bounds of the loops inside a loop that depend on its variable: where they are the same, a pass costs the same.
enum { BOUNDS_MOST = 64 };

struct bounds {
    long value[BOUNDS_MOST];
    int count;
};

// False where they cannot be known before the pass.
static bool bounds_collect(struct bounds *bounds, const struct statement *first, const struct scope *scope) {
    for (const struct statement *s = first; s; s = s->next) {
        const struct index *ends[] = {s->from, s->to};
        for (int i = 0; i < 2; i++) {
            if (!ends[i] || !index_uses(ends[i], scope->symbol)) continue;
            if (s->kind != STATEMENT_LOOP || bounds->count == BOUNDS_MOST) return false;
            if (!index_value(scope, ends[i], &bounds->value[bounds->count++])) return false;
        }
        if (s->kind == STATEMENT_CALL && call_uses(s, scope->symbol)) return false;
        if (!bounds_collect(bounds, s->body, scope)) return false;
    }
    return true;
}

static bool bounds_equal(const struct bounds *a, const struct bounds *b) {
    for (int i = 0; i < a->count; i++)
        if (a->value[i] != b->value[i]) return false;
    return a->count == b->count;
}

// Passes that are alike are walked once: an image of 1000 x 1000 positions has few that differ.
static struct nest_cost passes_cost(struct walker *w, const struct statement *loop, const struct scope *outer,
                                    long from, long to) {
    enum { KEPT = 4 };
    struct bounds kept[KEPT];
    struct nest_cost costs[KEPT], sum = {0};
    int count = 0, next = 0;
    for (long value = from; value < to; value += loop->step) {
        struct scope scope = {loop->symbol, value, outer};
        struct bounds bounds = {.count = 0};
        bool known = bounds_collect(&bounds, loop->body, &scope);
        int same = 0;
        while (known && same < count && !bounds_equal(&kept[same], &bounds))
            same++;
        if (known && same < count) {
            cost_add(&sum, costs[same], 1);
            continue;
        }
        struct nest_cost cost = statements_cost(w, loop->body, &scope);
        cost_add(&sum, cost, 1);
        if (!known) continue;
        kept[next] = bounds;
        costs[next] = cost;
        next = (next + 1) % KEPT;
        if (count < KEPT) count++;
    }
    return sum;
}

static struct nest_cost loop_cost(struct walker *w, const struct statement *loop, const struct scope *outer) {
    long from = known_value(outer, loop->from), to = known_value(outer, loop->to);
    struct nest_cost cost = {0};
    if (from >= to) return cost;
    // Inside of lanes each pass has sums of its own.
    for (long value = from; w->lanes && value < to; value += loop->step) {
        struct scope scope = {loop->symbol, value, outer};
        cost_add(&cost, statements_cost(w, loop->body, &scope), 1);
    }
    if (w->lanes) return cost;
    if (bounds_use(loop->body, loop->symbol)) return passes_cost(w, loop, outer, from, to);
    struct scope scope = {loop->symbol, from, outer};
    long passes = (to - from + loop->step - 1) / loop->step;
    cost_add(&cost, statements_cost(w, loop->body, &scope), (double)passes);
    return cost;
}

// A part's body, with its parameters from `next` on bound to what the call passes.
static struct nest_cost part_cost(struct walker *w, const struct statement *call, int next, const struct scope *caller,
                                  const struct scope *scope) {
    while (next < call->argument_count && call->arguments[next].kind != PASSED_INDEX)
        next++;
    if (next < call->argument_count) {
        struct scope bound = {call->part->parameters[next], known_value(caller, call->arguments[next].index), scope};
        return part_cost(w, call, next + 1, caller, &bound);
    }
    struct walker inner = *w;
    inner.lanes = 0;
    return statements_cost(&inner, call->part->body->body, scope);
}

static double elements_cost(const struct walker *w, enum op op, double elements) {
    const struct op_row *row = &op_rows[op];
    return row->cost * elements / (row->unit == COST_VECTOR ? w->nest->machine->lanes : 1);
}

static struct nest_cost call_cost(struct walker *w, const struct statement *call, const struct scope *scope) {
    long number[CALL_ARGUMENTS_MAX] = {0}, lanes = w->nest->machine->lanes;
    if (call->callee == CALL_PART) return part_cost(w, call, 0, scope, scope);
    for (int i = 0; i < call->argument_count; i++)
        if (call->arguments[i].kind == PASSED_INDEX) number[i] = known_value(scope, call->arguments[i].index);
    long groups = (number[0] + lanes - 1) / lanes;
    switch (call->callee) {
    case CALL_ZERO: return instructions((double)number[1] / (double)lanes);
    case CALL_TURN: return instructions(elements_cost(w, OP_REPACK, (double)number[0] * (double)number[1]));
    case CALL_PACK:
    case CALL_UNPACK: return instructions(PACK_COST * (double)number[1] * (double)groups);
    case CALL_DROPOUT: return instructions(elements_cost(w, OP_DROPOUT, (double)number[2]));
    case CALL_NORMAL: return instructions(elements_cost(w, OP_NORMAL, (double)number[2]));
    case CALL_PART: break;
    }
    return instructions(0);
}

static struct nest_cost statement_cost(struct walker *w, const struct statement *s, const struct scope *scope) {
    double a = access_cost(w, &s->a), b = access_cost(w, &s->b), c = access_cost(w, &s->c);
    switch (s->kind) {
    case STATEMENT_LOOP: return loop_cost(w, s, scope);
    case STATEMENT_SCOPE: return statements_cost(w, s->body, scope);
    case STATEMENT_LANES: return lanes_cost(w, s, scope);
    case STATEMENT_CALL: return call_cost(w, s, scope);
    case STATEMENT_FMA: return fma_cost(w, s, scope);
    case STATEMENT_LOAD: load_count(w, &s->a); return instructions(0);
    case STATEMENT_OP: return instructions(op_rows[s->op].cost + a + b + c);
    case STATEMENT_ASSIGN: return assign_cost(w, s);
    case STATEMENT_ADD: return instructions(1 + 2 * a + b);
    case STATEMENT_NUMBER: return instructions(a);
    case STATEMENT_JOIN: return instructions(PARTIALS - 1);
    case STATEMENT_PARTIALS: return instructions((double)PARTIALS / w->nest->machine->lanes);
    case STATEMENT_REGISTERS:
    case STATEMENT_INDEX: return instructions(0);
    }
    return instructions(0);
}

static struct nest_cost statements_cost(struct walker *w, const struct statement *first, const struct scope *scope) {
    struct nest_cost sum = {0};
    for (const struct statement *s = first; s; s = s->next) {
        if (s->kind == STATEMENT_INDEX) {
            struct scope inner = {s->symbol, known_value(scope, s->from), scope};
            cost_add(&sum, statements_cost(w, s->next, &inner), 1);
            return sum;
        }
        cost_add(&sum, statement_cost(w, s, scope), 1);
    }
    return sum;
}

// Of one sample, where the kernel is called with so many.
static struct nest_cost samples_cost(const struct nest *nest, long samples) {
    struct step outside = {0};    // of lanes there are no steps
    struct walker walker = {nest, step_loads_of(nest->machine, nest->kernel), 0, &outside};
    // All tasks, as one.
    struct scope from = {nest->from, 0, NULL}, to = {nest->to, nest->kernel->geometry.large_channels, &from};
    struct scope all = {nest->samples, samples, &to};
    struct nest_cost cost = {0};
    cost_add(&cost, statements_cost(&walker, nest->root->body, &all), 1 / (double)samples);
    return cost;
}

struct nest_cost nest_cost(const struct nest *nest) {
    long counts[2];
    int count = reference_samples(nest->machine, nest->kernel, counts);
    struct nest_cost cost = {0};
    for (int i = 0; i < count; i++)
        cost_add(&cost, samples_cost(nest, counts[i]), 1 / (double)count);
    return cost;
}
