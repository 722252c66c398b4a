// The last pass: a plan printed as C.
#ifndef EMIT_H
#define EMIT_H

#include <stdint.h>

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

// A function of the generated C; kernels whose nests are the same are one function.
struct function {
    const char *name, *stem;    // stem: the name without the number that tells equal ones apart
    struct nest *nest;
    struct buffer serialized;    // of the nest, until the functions are printed
    uint64_t hash;
    struct buffer heading;    // comment lines, one for each use
    const char *formula;      // comment lines: what it computes
    struct function *next;
};

// A use of a function: what a call needs.
struct use {
    const struct function *function;
    const struct described *described;
};

struct emitter {
    const struct plan *plan;
    const struct spec *spec;
    const struct emit_options *options;
    struct arena *arena;
    struct function *first, *last;
    struct buffer *out;
};

// The function of a kernel, made at its first use.
struct use emit_kernel(struct emitter *emitter, const struct kernel *kernel);
// "encoder.0 forward": the label and what the kernel does with it; the arena's.
const char *emit_kernel_name(struct emitter *emitter, const struct kernel *kernel);
// Kernels of a training step, joining the slots included.
int emit_kernel_count(const struct emitter *emitter);
void emit_functions(struct emitter *emitter);
// Phases, evaluation; printed behind the kernels, but walked first so that the kernels are known.
void emit_training(struct emitter *emitter, struct buffer *out);
void emit_evaluation(struct emitter *emitter, struct buffer *out);
// Tables: parameters, layers, terms, constants, and the model itself.
void emit_model(struct emitter *emitter, struct buffer *out);

#endif
