// The last pass: a schedule printed as C.
#ifndef EMIT_H
#define EMIT_H

#include "compiler/compiler.h"
#include "compiler/plan/schedule.h"

struct emit_options {
    const char *file;               // base name of the spec
    const struct source *source;    // the spec's text
    enum real real;
};

void emit(const struct schedule *schedule, const struct emit_options *options, struct buffer *out);

// Between the files of this pass.

// A function of the generated C; kernels that print the same text are one function.
struct function {
    const char *name, *text;    // text: parameters and body
    const char *parts;          // functions that it calls and nothing else does; "" where it is short
    struct buffer heading;      // comment lines, one for each use
    const char *formula;        // comment lines: what it computes
    const struct kernel_code *code;
    struct function *next;
};

struct emitter {
    const struct schedule *schedule;
    const struct spec *spec;
    const struct emit_options *options;
    struct arena *arena;
    struct function *first, *last;
    struct buffer *out;
};

// The function of a kernel, made at its first use.
const struct function *emit_kernel(struct emitter *emitter, const struct plan *plan, const struct kernel *kernel);
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
