// The last pass: a plan printed as C.
#ifndef EMIT_H
#define EMIT_H

#include <stdint.h>

#include "compiler/emit/kernel_names.h"
#include "compiler/nest/nest.h"
#include "compiler/plan/plan.h"
#include "compiler/target.h"

struct emit_options {
    const char *file;               // base name of the spec
    const struct source *source;    // the spec's text
    enum real real;
};

void emit(const struct plan *plan, const struct emit_options *options, struct buffer *out);

// Between the files of this pass.

// Adds code whose lines are at most CODE_WIDTH characters: longer ones are broken after a comma, else at a space.
enum { CODE_WIDTH = 120 };
void code_wrap(const char *code, struct buffer *out);
// Adds a short row of a table, several on a line as long as they fit. `line` is 0 before the first one.
void emit_row(struct buffer *out, size_t *line, const char *row);

// A function of the generated C; kernels whose nests are the same are one function.
struct function {
    const char *name;
    bool takes_samples, takes_step, takes_rows, takes_term_scale;
    double cost;              // predicted cost of its nest, as nest_cost
    struct symbol *arrays;    // [array_count] of the kernel, with the shapes in which it sees them; rank 0: not used
    struct buffer text;       // its C, until it is printed
    int order;                // among the functions that a layer uses: forward, then backward
    bool printed;
};

struct function_use {
    struct function *function;
    bool heads;    // for the kernel's heavy op, not only for work that is fused into it
    struct function_use *next;
};

// A layer, a head of the latent or a term of the loss: which functions it uses. Those that no section before it uses
// are printed with it, forward and backward side by side.
struct section {
    const char *title;    // "encoder.1, dense (vae.aespec:6)"
    struct function_use *uses;
    struct section *next;
};

// A parameter as a member of the generated struct net_tensors.
struct member {
    const char *name;              // "encoder_1_weight"
    const struct symbol *array;    // whose shape the kernels see; NULL: none uses it
};

struct emitter {
    const struct plan *plan;
    const struct spec *spec;
    const struct emit_options *options;
    struct arena *arena;
    struct shared_nests nests;
    struct names terms;          // of the loss, by name: struct term
    struct names sections[2];    // by label, of each part of the network
    struct section *first_section, *last_section;
    const struct function **functions;    // [kernel_count] of a training step
    struct member *members;               // [parameters]
    struct buffer *out;
};

// The sections, in the order of the network.
void emit_sections(struct emitter *emitter);
// The function of a kernel, made at its first use.
const struct function *emit_kernel(struct emitter *emitter, const struct kernel *kernel);
// "encoder.0 forward": the label and what the kernel does with it; the arena's.
const char *emit_kernel_name(struct emitter *emitter, const struct kernel *kernel);
// Kernels of a training step, joining the slots included.
int emit_kernel_count(const struct emitter *emitter);
void emit_functions(struct emitter *emitter);
// The names of the parameters, then, when kernels have shown their shapes, the struct.
void emit_members(struct emitter *emitter);
void emit_tensors(const struct emitter *emitter, struct buffer *out);
// Encoder and decoder as plain loops.
void emit_plain(struct emitter *emitter);
// Phases, evaluation; printed after the kernels, but walked first so that the kernels are known.
void emit_training(struct emitter *emitter, struct buffer *out);
void emit_evaluation(struct emitter *emitter, struct buffer *out);
// The spec.
void emit_text(const struct emitter *emitter, struct buffer *out);
// Tables: parameters, layers, terms, constants, and the model itself.
void emit_model(struct emitter *emitter, struct buffer *out);
// An expression of the spec in C, of doubles. Run-time consts are elements of `constants`.
void emit_expression(const struct emitter *emitter, const struct expression *expression, struct buffer *out);
// A double in C: the shortest decimals that read back as it, with a point so that 1 / 2 is a half. In the arena.
const char *emit_double(const struct emitter *emitter, double number);

#endif
