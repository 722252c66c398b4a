// Loop nests as typed data: what a kernel's function takes, declares and does. A builder (one file an op) makes the
// nest of a kernel's description with its loops over rows, columns and lanes; nest_unroll writes out what a machine
// keeps in named registers; print.c prints the result. Free variables, sharing (walk.h) and cost (cost.h) are walks
// over the same data.
#ifndef NEST_H
#define NEST_H

#include "compiler/nest/index.h"
#include "compiler/nest/kernel.h"

enum { NEST_RANK_MAX = 5, CALL_ARGUMENTS_MAX = 8, PARTIALS = 16 };

enum symbol_kind {
    SYMBOL_ARRAY,       // memory: a parameter of the function
    SYMBOL_INDEX,       // ptrdiff_t: a loop's variable, a parameter, or a declared bound
    SYMBOL_NUMBER,      // one ae_real for all lanes
    SYMBOL_VALUE,       // one number in each lane; with sizes, a row of such
    SYMBOL_BLOCK,       // sums in registers: size[0] rows x size[1] columns of lanes
    SYMBOL_PARTIALS,    // the 16 partial sums of a sum over a sample's elements
    SYMBOL_STEP         // the step and the number of the first sample: what random numbers are named by
};

// A name with an identity: two symbols may print alike where their scopes are apart.
struct symbol {
    enum symbol_kind kind;
    const char *name;
    int rank;                    // of an array, with the dimension of samples; of a block 2; of a value 0 or 1
    long size[NEST_RANK_MAX];    // 0: as many as there are samples
    int lanes;                   // of a block or value; that of the last column may be less (last_lanes)
    int last_lanes;
    bool written;    // array: the kernel stores into it
};

enum operand_kind {
    OPERAND_NONE,
    OPERAND_REGISTER,    // block[at[0]][at[1]]
    OPERAND_VALUE,       // a value, of several that at[0]; declared inside the same lanes
    OPERAND_SCALAR,      // a number, the same in all lanes
    OPERAND_MEMORY,      // array[at...], lanes along the dimension `lane_axis`
    OPERAND_ELEMENT,     // array[at...], one number for all lanes
    OPERAND_PARTIAL,     // partial sums of the vector at[0] of lanes
    OPERAND_CONSTANT     // `constant`
};

struct operand {
    enum operand_kind kind;
    const struct symbol *symbol;
    const struct index *at[NEST_RANK_MAX];
    int lane_axis;
    int lanes;    // of memory: fewer than the lanes around it; 0: as many
    double constant;
};

enum callee {
    CALL_ZERO,       // place, elements: sets memory to 0
    CALL_TURN,       // rows, columns, place, stride, place, stride: a matrix turned
    CALL_PACK,       // samples, elements, stride, place, place: samples -> groups of samples, one a lane
    CALL_UNPACK,     // and back
    CALL_DROPOUT,    // sample, site, probability, elements, place
    CALL_NORMAL,     // sample, site, elements, place
    CALL_PART        // a function of this nest's own: `part`
};

// An argument: a place in an array, an index, a symbol that is handed on, or a register.
enum passed_kind { PASSED_INDEX, PASSED_PLACE, PASSED_SYMBOL, PASSED_VALUE };

struct passed {
    enum passed_kind kind;
    const struct index *index;
    const struct symbol *symbol;
    struct operand operand;    // of PLACE, memory; of VALUE, a register or number
};

enum statement_kind {
    STATEMENT_LOOP,         // for (symbol = from; symbol < to; symbol += step) body
    STATEMENT_SCOPE,        // the body once: a loop of one pass
    STATEMENT_REGISTERS,    // declares a block
    STATEMENT_PARTIALS,     // declares partial sums, all 0
    STATEMENT_INDEX,        // declares symbol = from
    STATEMENT_NUMBER,       // declares symbol = a
    STATEMENT_LANES,        // the body in each of `lanes` lanes
    STATEMENT_LOAD,         // declares value = a, inside lanes
    STATEMENT_ASSIGN,       // a = b
    STATEMENT_FMA,          // a = b * c + a, rounded once
    STATEMENT_ADD,          // a = a + b
    STATEMENT_OP,           // declares value = op(a, b, c); outside of lanes a number
    STATEMENT_JOIN,         // declares number = the fixed tree over partial sums `a`
    STATEMENT_CALL
};

struct statement {
    enum statement_kind kind;
    const struct symbol *symbol;
    const struct index *at;    // of a value that is one of several: which
    const struct index *from, *to;
    long step;
    bool unroll;    // a loop that a machine with named registers has written out
    int lanes;
    enum op op;
    double constant;
    struct operand a, b, c;
    enum callee callee;
    struct nest_part *part;
    struct passed *arguments;
    int argument_count;
    struct statement *body, *last;
    struct statement *next, *parent;
};

// A function that the kernel's function calls: a block of sums, or what follows from one sum.
struct nest_part {
    const char *name, *stem;             // "block", "finish2": the kernel's name is put in front of it
    const struct symbol **parameters;    // [parameter_count]
    int parameter_count;
    bool inlined;    // where it is called
    struct statement *body;
    struct nest_part *next;
};

struct nest {
    struct arena *arena;
    const struct machine *machine;
    const struct kernel_description *kernel;
    struct statement *root, *block;    // block: where statements are added, the innermost open one
    const struct symbol **arrays;      // [kernel->array_count] parameters, by the description's numbers
    const struct symbol *samples;      // parameters; NULL: not taken
    const struct symbol *from, *to;    // rows of a weight that a task computes
    const struct symbol *step;
    const struct symbol *term_scale;    // an array
    const struct symbol **uniforms;     // [kernel->uniform_count]
    struct nest_part *parts, *last_part;
};

// The nest of a kernel for a machine, written out as far as the machine wants it.
struct nest *nest_build(struct arena *arena, const struct machine *machine, const struct kernel_description *kernel);
// The same with all its loops. Two that are equal are equal when written out.
struct nest *nest_rolled(struct arena *arena, const struct machine *machine, const struct kernel_description *kernel);

// Writes out loops marked `unroll`: copies of the body, the variable a constant in each.
void nest_unroll(struct nest *nest, struct statement *block);

// Returns the first fault of a nest, as text of the arena, or NULL. Finds what a machine cannot hold, what is used
// before it is declared or declared twice, stores into what is read, and places outside of an array's shape. A small
// nest is executed, too: whatever changes what is computed, or the order of a sum, is found.
const char *nest_check(struct nest *nest);

// Moves every block of sums into a part of its own: where a kernel's text would be long.
void nest_outline(struct nest *nest);

// As C: the functions of the parts; the kernel's function. `name` is the kernel's.
void nest_print_parts(const struct nest *nest, const char *name, struct buffer *out);
void nest_print(const struct nest *nest, const char *name, struct buffer *out);

#endif
