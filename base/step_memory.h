// The memory of a training step, in elements: what the compiler plans, the trainer allocates and `aespec show` prints.
// Included by generated C, by way of runtime/api/model.h: no code but this formula.
#ifndef STEP_MEMORY_H
#define STEP_MEMORY_H

#include <stddef.h>

// A batch is split into slots. Each slot accumulates its own gradients of the layers that sum by slots; the number of
// slots depends only on the batch size.
enum { STEP_SLOT_SAMPLES = 16, STEP_SLOTS_MAX = 16 };

struct step_memory {
    size_t parameters;    // parameters and buffers, padding included
    size_t trainable;     // the first of those: the gradient and each state of the optimizer have as many elements
    size_t slotted;       // the first of those: what each slot has a gradient of; the first slot's is the step's own
    size_t repacked;      // weights in the order of another use, made anew each step
    size_t terms;         // terms of the loss
    size_t input;         // of each sample of the batch: its input
    size_t kept;          // of each sample of the batch: what later phases read
    size_t scratch;       // of each thread
};

static inline size_t step_slots(size_t samples) {
    size_t slots = samples / STEP_SLOT_SAMPLES;
    return slots < 1 ? 1 : slots > STEP_SLOTS_MAX ? STEP_SLOTS_MAX : slots;
}

// The elements of the arrays that steps of up to `samples` samples need: parameters, gradient, the optimizer's
// `states`, the batch's inputs, the terms of each sample and their scales, the other slots' gradients, repacked
// weights, what is kept of each sample, and the scratch of each thread.
static inline size_t step_memory_elements(const struct step_memory *memory, size_t samples, size_t states,
                                          size_t threads) {
    return memory->parameters + (1 + states) * memory->trainable + (step_slots(samples) - 1) * memory->slotted +
           memory->repacked + memory->terms + samples * (memory->input + memory->terms + memory->kept) +
           threads * memory->scratch;
}

#endif
