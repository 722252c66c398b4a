// Loop nests as data. The schedule says which loops stand where, which part is unrolled into named registers and which
// runs over lanes; one walker (walk.c) prints them for a target. Indices are small integer expressions that know
// their range, so that bounds that cannot bind vanish: an unpadded convolution has plain loops.
#ifndef NEST_H
#define NEST_H

#include "base/arena.h"
#include "base/buffer.h"
#include "compiler/graph/graph.h"
#include "compiler/nest/machine.h"

enum index_kind {
    INDEX_CONSTANT,
    INDEX_VARIABLE,
    INDEX_ADD,
    INDEX_MULTIPLY,
    INDEX_DIVIDE,
    INDEX_MODULO,
    INDEX_MIN,
    INDEX_MAX
};

struct index {
    enum index_kind kind;
    long least, most;    // what it can be; a run-time bound has INDEX_UNBOUNDED
    long constant;       // of CONSTANT, and the right side of MULTIPLY, DIVIDE and MODULO
    const char *variable;
    const struct index *left, *right;
};

// A range that reaches this far has no end: sums and products stop here, so that they never overflow.
#define INDEX_UNBOUNDED (1L << 60)

// Constructors fold what they can.
const struct index *index_constant(struct arena *arena, long constant);
const struct index *index_variable(struct arena *arena, const char *name, long least, long most);
const struct index *index_add(struct arena *arena, const struct index *a, const struct index *b);
const struct index *index_offset(struct arena *arena, const struct index *a, long constant);
const struct index *index_multiply(struct arena *arena, const struct index *a, long constant);
const struct index *index_divide(struct arena *arena, const struct index *a, long constant);
const struct index *index_modulo(struct arena *arena, const struct index *a, long constant);
const struct index *index_min(struct arena *arena, const struct index *a, const struct index *b);
const struct index *index_max(struct arena *arena, const struct index *a, const struct index *b);
bool index_equal(const struct index *a, const struct index *b);
void index_print(const struct index *index, struct buffer *out);

// A value inside a nest. Inside lanes it stands for one number in each lane.
enum operand_kind {
    OPERAND_NONE,
    OPERAND_REGISTER,    // name: a sum, one number for each lane
    OPERAND_VALUE,       // name: declared by LOAD or OP where it is used, in lanes or outside
    OPERAND_SCALAR,      // name: declared outside the lanes, one number for all
    OPERAND_MEMORY,      // name[at + lane * stride]
    OPERAND_ELEMENT,     // name[at]: one number for all lanes
    OPERAND_NUMBER       // constant
};

struct operand {
    enum operand_kind kind;
    const char *name;
    const struct index *at;
    long stride;
    int lanes;    // of memory: fewer than those around it; 0: as many
    double constant;
};

enum statement_kind {
    STATEMENT_LOOP,         // for (variable = from; variable < to; variable += step) body
    STATEMENT_SCOPE,        // { body }: a loop that has one pass
    STATEMENT_REGISTERS,    // declares `name` for `lanes` lanes
    STATEMENT_PARTIALS,     // declares `name`, PARTIALS partial sums, and makes them 0
    STATEMENT_SCALAR,       // declares name = a, one number
    STATEMENT_LANES,        // the body, in each of `lanes` lanes
    STATEMENT_LOAD,         // declares name = a, inside lanes
    STATEMENT_ASSIGN,       // a = b
    STATEMENT_FMA,          // a = b * c + a, fused
    STATEMENT_ADD,          // a = a + b
    STATEMENT_OP,           // declares name = op(a, b, c)
    STATEMENT_JOIN,         // declares name = the fixed tree over the partial sums `a`
    STATEMENT_TEXT          // printed as it is
};

struct statement {
    enum statement_kind kind;
    const char *name;
    const struct index *from, *to;    // of a loop
    long step;
    int lanes;
    enum op op;
    double constant;    // of an op that has one
    struct operand a, b, c;
    struct statement *body, *last;    // of a loop or lanes
    struct statement *next;
};

struct nest {
    struct arena *arena;
    struct statement *block;    // where statements are added: the innermost open loop
};

struct operand operand_register(const char *name);
struct operand operand_value(const char *name);
struct operand operand_scalar(const char *name);
struct operand operand_memory(const char *name, const struct index *at);
struct operand operand_apart(const char *name, const struct index *at, long stride);
struct operand operand_element(const char *name, const struct index *at);
struct operand operand_number(double number);

// Adds a statement to the open block and returns it.
struct statement *nest_add(struct nest *nest, enum statement_kind kind, const char *name);
// Each opens a block and returns the one outside of it, which nest_end takes to close it.
struct statement *nest_loop(struct nest *nest, const char *variable, const struct index *from, const struct index *to,
                            long step);
struct statement *nest_scope(struct nest *nest);
struct statement *nest_lanes(struct nest *nest, int lanes);
void nest_end(struct nest *nest, struct statement *outer);

enum { PARTIALS = 16 };    // partial sums of a sum over the elements of a sample, on every target

// Prints the statements for a machine, indented by `depth` steps of four.
void nest_print(const struct machine *machine, struct arena *arena, const struct statement *first, int depth,
                struct buffer *out);
// A number as C reads it back exactly.
void number_print(double number, struct buffer *out);

#endif
