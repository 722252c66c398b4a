// What the builders of nests are made of. Each opens, adds to or closes the innermost open block of a nest.
#ifndef NEST_BUILD_H
#define NEST_BUILD_H

#include "compiler/nest/nest.h"
#include "compiler/nest/split.h"

// Whether sums are kept in registers with a name each; otherwise rows and lanes stay loops.
bool machine_names_registers(const struct machine *machine);

struct symbol *nest_symbol(struct nest *nest, enum symbol_kind kind, const char *name);
// A value that nest_load or nest_op declares; count 0: it is alone, as operand_value(value, NULL).
const struct symbol *nest_value(struct nest *nest, const char *name, long count, int lanes);
const struct symbol *nest_number(struct nest *nest, const char *name, int number);
// The parameter of an array by its number; its shape is [samples or first][sizes...], given at its first use.
const struct symbol *nest_array(struct nest *nest, int number, int rank, const long *size);

// Shorthand for index arithmetic.
const struct index *at_constant(struct nest *nest, long constant);
const struct index *at_add(struct nest *nest, const struct index *a, const struct index *b);
const struct index *at_plus(struct nest *nest, const struct index *a, long constant);
const struct index *at_times(struct nest *nest, const struct index *a, long constant);
const struct index *at_symbol(struct nest *nest, const struct symbol *symbol);    // from 0, no upper bound

struct operand operand_register(const struct symbol *block, const struct index *row, const struct index *column);
struct operand operand_value(const struct symbol *value, const struct index *which);    // which: NULL where it is alone
struct operand operand_scalar(const struct symbol *number);
struct operand operand_constant(double constant);
// array[at...]: lanes along the last dimension, or one element.
struct operand operand_memory(const struct symbol *array, const struct index *const *at);
struct operand operand_element(const struct symbol *array, const struct index *const *at);

struct statement *nest_add(struct nest *nest, enum statement_kind kind);
// Opens a loop and returns its variable; a loop of one pass is a scope and its variable a constant.
const struct index *nest_loop(struct nest *nest, const char *name, long from, long to, long step);
// The same over what a machine with named registers has written out.
const struct index *nest_each(struct nest *nest, const char *name, long count);
// A loop over bounds that are not constants; the variable is in least..most, both included. For the rows of a window:
// nest_loop_between(nest, "ky", window_from(nest, y, 0), window_to(nest, y, 0), 1, 0, kernel rows - 1). The range of
// an index that is computed from such a variable can begin below 0.
const struct index *nest_loop_between(struct nest *nest, const char *name, const struct index *from,
                                      const struct index *to, long step, long least, long most);
const struct index *nest_samples(struct nest *nest);
// The rows (axis 0) or columns (axis 1) of the kernel that meet the larger image at a position of the smaller one:
// from..to.
const struct index *window_from(struct nest *nest, const struct index *position, int axis);
const struct index *window_to(struct nest *nest, const struct index *position, int axis);
// A loop over the blocks of a run of columns; returns the first lane of one.
const struct index *nest_columns(struct nest *nest, const struct column_run *run);
void nest_scope(struct nest *nest);
void nest_lanes(struct nest *nest, int lanes);
void nest_close(struct nest *nest, int blocks);

// Declares sums, rows x columns vectors of `lanes`, which is machine->lanes; the last column has last_lanes of them.
const struct symbol *nest_registers(struct nest *nest, const char *name, long rows, long columns, int lanes,
                                    int last_lanes);
void nest_load(struct nest *nest, const struct symbol *value, const struct index *which, struct operand from);
void nest_assign(struct nest *nest, struct operand to, struct operand from);
void nest_fma(struct nest *nest, struct operand sum, struct operand a, struct operand b);
void nest_sum(struct nest *nest, struct operand sum, struct operand a);
// Declares `result`, a value inside of lanes, else a number: an elementwise op of the operands that it has, and of
// `constant` where it has one.
void nest_op(struct nest *nest, const struct symbol *result, enum op op, double constant,
             const struct operand operands[OP_INPUTS]);
// A call of the runtime, whose arguments are then added in the order of nest.h's enum callee. CALL_ZERO of `count`
// numbers from array[at] on: call_place(nest, call, operand_element(array, at)), then call_index(nest, call, count).
struct statement *nest_call(struct nest *nest, enum callee callee);
void call_index(struct nest *nest, struct statement *call, const struct index *index);
void call_place(struct nest *nest, struct statement *call, struct operand place);

// A function of the nest's own: its statements are added between part_begin and part_end, which finds its parameters:
// what the statements use and do not declare, in the order of their first use. `inlined`: at each call, with its
// constants.
struct nest_part *part_begin(struct nest *nest, const char *name, bool inlined);
void part_end(struct nest *nest, struct nest_part *part);
// Calls a part; `operands` [count] take the places of `symbols`, all other parameters are handed on.
void part_call(struct nest *nest, struct nest_part *part, const struct symbol *const *symbols,
               const struct passed *arguments, int count);
struct passed passed_index(const struct index *index);

// What follows from the heavy op: the values of the description for one element in each open lane. `anchor`: the sum's
// register (or OPERAND_NONE); `at`: the element's place in the arrays of the kernel's output, rank of `shape` with the
// sample first; `partials` [value_count] where a sum's element goes, NULL without sums; `vector`: which vector of them.
struct place {
    const struct index *at[NEST_RANK_MAX];
    int rank;
    const long *size;    // of the output's shape, [rank], size[0] the samples
};

void values_begin(struct nest *nest);    // declares uniform numbers
void values_build(struct nest *nest, struct operand anchor, const struct place *element,
                  const struct symbol *const *partials, int vector);
// Walks elements 0..count of a sample in order, a vector of lanes at a time: a loop over whole steps, then the
// remainder. A step is PARTIALS elements with partial sums, one vector without. Each call opens the lanes of the next
// vector and closes those of the one before:
//     struct elements_walk walk = {.count = count, .partials = sums};
//     while (elements_next(nest, &walk)) ...
struct elements_walk {
    long count;
    bool partials;
    const struct index *at;    // the first lane's element
    int vector;                // which vector of the partial sums the lanes are
    const struct index *loop;
    bool open;
};

bool elements_next(struct nest *nest, struct elements_walk *walk);
// Declares the partial sums of the values that sum over elements; *any: there is one. [value_count], NULL for the
// others.
const struct symbol **values_partials(struct nest *nest, bool *any);
// Joins the partial sums of a sample and computes what follows from them, at `element`.
void values_finish(struct nest *nest, const struct symbol *const *partials, const struct place *element);

#endif
