// The only interface between generated code and the runtime. The C of a spec's `model NAME` defines one `const struct
// ae_model ae_model_NAME` and exports nothing else, so one program can hold several models. The runtime gets a pointer
// to it, calls its functions and owns everything else: files, memory, threads, optimizers, the order of epochs and
// batches.
//
// Conventions
// - A tensor of shape [C, H, W] is stored as [H][W][C] (channels innermost), a vector without change. A file
//   has it channels first. A batch is a sequence of samples: [samples][H][W][C].
// - Generated code has no mutable globals, allocates nothing, starts no threads and cannot fail. The caller provides
//   every buffer, aligned to AE_ALIGNMENT bytes; the model has its size.
// - A step is a list of phases. The tasks of one phase are independent of each other and may run in any order on
//   any thread; a phase begins when the previous phase is finished. The result of a task depends only on its
//   number, the batch and the inputs, so it has the same bits for any number of threads.
#ifndef AE_MODEL_H
#define AE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/step_memory.h"
#include "runtime/api/real_type.h"

enum { AE_ALIGNMENT = 64, AE_RANK_MAX = 4, AE_VIEW_MAX = 6 };

struct ae_shape {
    int rank;                    // 0 (a scalar) to AE_RANK_MAX
    size_t size[AE_RANK_MAX];    // channels first, as in the spec and in files
};

// One parameter or buffer: its form in a file (PyTorch's name and shape) and the place of its elements in memory. The
// first `memory.trainable` elements are trained; a tensor whose offset is not below that is a buffer, without a
// gradient. `view` splits the file's dimensions (same elements, same row-major order, product equal to the shape's);
// element (i0, i1, ...) of the view is at offset + sum of i * stride in the arrays of parameters and gradients.
struct ae_parameter {
    const char *name;         // "encoder.0.weight"
    struct ae_shape shape;    // [out, in, kernel height, kernel width], [in, out, kh, kw], [out, in] or [out]
    int view_rank;
    size_t view[AE_VIEW_MAX];
    size_t stride[AE_VIEW_MAX];
    size_t offset;
    double bound;    // initial values are uniform in [-bound, bound)
};

// A layer as printed by `info`. FLOPs are those of the forward pass of one sample, 2 for each multiply-add.
struct ae_layer {
    const char *name;         // "encoder.0", "z.mu", "decoder.3"
    const char *kind;         // "conv", "relu", ...
    int line;                 // of the spec
    struct ae_shape shape;    // of its output
    size_t parameters;
    double flops;
};

// A kernel of a training step, as printed by `bench`.
struct ae_kernel {
    const char *name;    // "encoder.0 forward"
    double flops;        // 2 for each multiply-add of the direct algorithm
    double cost;         // predicted, in multiply-adds of whole vectors
    bool once;           // true: both are per step; false: per sample
};

// One line of the loss block. The weight is a run-time number: see `derive`.
struct ae_term {
    const char *name;        // "mse", or the name given in the spec
    const char *function;    // "mse"
};

// A const of the spec that is used only in `train` or as a loss weight, so that it can be changed without compiling.
struct ae_constant {
    const char *name;
};

// Settings of the train block, in the order of settings.def.
enum ae_setting {
#define SETTING(id, kind, default_value, minimum, maximum, doc) AE_SETTING_##id,
#include "language/settings.def"
    AE_SETTING_COUNT
};

// Values of the settings that are words.
enum ae_optimizer {
#define OPTIMIZER(word, states, reads) AE_OPTIMIZER_##word,
#include "language/settings.def"
    AE_OPTIMIZER_COUNT
};
enum ae_reduction {
#define REDUCTION(word) AE_REDUCTION_##word,
#include "language/settings.def"
    AE_REDUCTION_COUNT
};

enum ae_latent_kind { AE_LATENT_CODE, AE_LATENT_GAUSSIAN };
enum ae_output_kind { AE_OUTPUT_VALUES, AE_OUTPUT_LOGITS };    // logits (bce): the sigmoid is applied to pictures

// The data block: a value v of channel c becomes (v * scale - mean[c]) / std[c].
struct ae_data {
    const char *source;    // default of --data, NULL if the spec names none
    double scale;
    const double *mean, *std;    // [channels]; a vector input has one channel
    bool unit_interval;          // bce: the normalised input must be within [0, 1]
};

struct ae_input {
    const char *name;
    struct ae_shape shape;    // [C, H, W] or [N]
    size_t count;             // product of the above
    struct ae_data data;
};

struct ae_latent {
    const char *name;
    enum ae_latent_kind kind;
    struct ae_shape shape;    // of z: [C, H, W] or [N]
    size_t count;             // product of the above
    size_t offset;            // in a sample's code, of z (code) or mu (gaussian); log sigma follows mu
    double prior_std;         // gaussian only
};

struct ae_output {
    const char *name;         // name of the input with which the loss compares it
    struct ae_shape shape;    // [C, H, W] or [N]
    size_t count;             // product of the above
    enum ae_output_kind kind;
};

// The inputs and outputs of one training step. The caller owns the memory; sizes are in brackets, `memory` is that of
// the model.
struct ae_step {
    size_t samples;               // of this batch; the last of an epoch may be smaller
    uint64_t number;              // of the step, from 1, over the whole training
    uint32_t epoch;               // from 1
    uint64_t seed;                // of the training
    const ae_real *input;         // [samples][input_count], normalised
    const uint32_t *sample;       // [samples] index of each sample in the training data; selects its random numbers
    const ae_real *parameters;    // [memory.parameters]
    const ae_real *term_scale;    // [term_count] weight * (1 / samples for reduction mean, 1 for sum)
    ae_real *gradient;            // [memory.trainable] out
    ae_real *term;                // [samples][term_count] out: each term of each sample, without its weight
    // Memory that is kept from the first phase to the last:
    ae_real *slots;       // [step_slots(samples) - 1][memory.slotted] gradients of all slots but the first
    ae_real *repacked;    // [memory.repacked]
    ae_real *kept;        // [samples * memory.kept]
    // For measuring: called with the number of each kernel before it runs, and with kernel_count when no kernel runs.
    // May be NULL.
    void (*mark)(void *context, size_t kernel);
    void *mark_context;
};

static inline void ae_mark(const struct ae_step *step, size_t kernel) {
    if (step->mark) step->mark(step->mark_context, kernel);
}

// A slot's gradient [memory.slotted]. The first slot uses the step's gradient, to which the others are added at the
// end.
static inline ae_real *ae_slot_gradient(const struct ae_step *step, size_t slot, size_t slotted) {
    return slot == 0 ? step->gradient : step->slots + (slot - 1) * slotted;
}

// Elements of the gradient: `runs` runs of `length` elements; the first run is at `offset`, the runs are `stride`
// apart.
struct ae_range {
    size_t offset, length, runs, stride;
};

// The tasks of a kernel in a phase. The kernel computes `all` rows of its weight: each task `rows` of them, the last
// one the remainder. A kernel that is not divided has one row.
struct ae_work {
    size_t kernel;    // number of the kernel
    size_t tasks;     // number of tasks; they follow those of the previous entry
    size_t rows, all;
    struct ae_range row;    // elements of the gradient that row 0 completes; row i is i * length further
};

struct ae_phase {
    size_t tasks;                  // of all entries of `work`; 0: one for each slot of the batch
    const struct ae_work *work;    // NULL if the tasks are the slots
    // scratch [memory.scratch] belongs to the thread; its content is not kept between tasks
    void (*run)(const struct ae_step *step, size_t task, ae_real *scratch);
};

// A task: rows [from, to) of kernel number `kernel`.
struct ae_task {
    size_t kernel;
    ptrdiff_t from, to;
};

// Finds the entry of a phase's work that contains task number *task; *task becomes the number within that entry.
static inline const struct ae_work *ae_work_of(const struct ae_work *work, size_t *task) {
    for (; *task >= work->tasks; work++)
        *task -= work->tasks;
    return work;
}

static inline struct ae_task ae_task(const struct ae_work *work, size_t task) {
    work = ae_work_of(work, &task);
    const size_t from = task * work->rows, left = work->all - from;
    return (struct ae_task){work->kernel, (ptrdiff_t)from, (ptrdiff_t)(from + (left < work->rows ? left : work->rows))};
}

// The elements of the step's gradient that the task completes; length 0: none.
static inline struct ae_range ae_task_range(const struct ae_work *work, size_t task) {
    const struct ae_task rows = ae_task(work, task);
    struct ae_range range = ae_work_of(work, &task)->row;
    range.offset += (size_t)rows.from * range.length;
    range.length *= (size_t)(rows.to - rows.from);
    return range;
}

struct ae_training {
    struct step_memory memory;
    const struct ae_phase *phases;
    size_t phase_count;
    const struct ae_kernel *kernels;    // of a step
    size_t kernel_count;
    int lanes;                        // reals in a vector; 16 for the target scalar
    double (*peak)(size_t rounds);    // runs independent chains of multiply-adds; returns their FLOPs
};

// Each result depends only on the bits of its own sample.
struct ae_inference {
    size_t samples_max;      // samples at a time
    size_t scratch_count;    // length of `scratch` below
    // code [samples][code_count] out: for each latent: z (code), or mu, then log sigma (gaussian)
    void (*encode)(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code, ae_real *scratch);
    // z [samples][latent_count]; output [samples][output_count] out, logits if the output's kind says so
    void (*decode)(const ae_real *parameters, size_t samples, const ae_real *z, ae_real *output, ae_real *scratch);
    // term [samples][term_count] out, without weights
    void (*measure)(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output, ae_real *term,
                    ae_real *scratch);
};

struct ae_model {
    const char *name;      // from the spec's model line
    const char *file;      // base name of the spec: "vae.aespec"
    const char *text;      // the whole spec
    const char *target;    // "scalar", "avx2", ...
    int real_bytes;        // sizeof(ae_real): 4, or 8 with --real=double
    uint64_t features;     // processor features for which the code was compiled, AE_FEATURES of processor.h

    // Elements per sample: of all its inputs, latents (z), codes and outputs, each stored in sequence.
    size_t input_count, latent_count, code_count, output_count;
    const struct ae_input *inputs;
    size_t input_tensors;
    const struct ae_latent *latents;
    size_t latent_tensors;
    const struct ae_output *outputs;
    size_t output_tensors;

    const struct ae_parameter *parameters;
    size_t parameter_tensors;
    size_t parameter_count;    // length of the array of parameters (elements, padding included)
    const struct ae_layer *layers;
    size_t layer_count;
    const struct ae_term *terms;
    size_t term_count;
    const struct ae_constant *constants;
    size_t constant_count;

    // constants [constant_count]: on entry the values given by the user where given[i], on return all values. weights
    // [term_count] out. settings [AE_SETTING_COUNT]: on entry the defaults of settings.def, on return those of the
    // spec.
    void (*derive)(double *constants, const bool *given, double *weights, double *settings);

    const struct ae_inference *inference;
    const struct ae_training *training;
};

// For code that supports only models with exactly one of each.
static inline const struct ae_input *model_input(const struct ae_model *model) {
    return &model->inputs[0];
}

static inline const struct ae_latent *model_latent(const struct ae_model *model) {
    return &model->latents[0];
}

static inline const struct ae_output *model_output(const struct ae_model *model) {
    return &model->outputs[0];
}

// Random numbers that the runtime provides for generated code (random.h defines the streams). `site` is the number of
// the place in the network that draws them, from 0 in the order of the spec.

// keep [count] out: 0 with probability p, else 1 / (1 - p); element i is the i-th in channels-first order
void ae_random_dropout(uint64_t seed, uint32_t epoch, uint32_t sample, uint32_t site, double p, size_t count,
                       ae_real *keep);
// epsilon [count] out: standard normal
void ae_random_normal(uint64_t seed, uint32_t epoch, uint32_t sample, uint32_t site, size_t count, ae_real *epsilon);

#endif
