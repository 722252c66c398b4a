// The memory of a training step, in elements. The compiler, the trainer and `aespec show` use this one formula.
// Generated C includes this file through runtime/api/model.h, so it must contain no other code.
#ifndef STEP_MEMORY_H
#define STEP_MEMORY_H

#include <stddef.h>

// A batch is split into slots. Each slot accumulates its own gradients of the layers that sum by slots; the number of
// slots depends only on the batch size.
enum { STEP_SLOT_SAMPLES = 16, STEP_SLOTS_MAX = 16 };

struct step_memory {
    size_t parameters;    // parameters and buffers, padding included
    size_t trainable;     // the leading ones that are trained; also the size of the gradient and of each state
    size_t slotted;       // the leading ones that have a gradient in each slot; the first slot uses the step's gradient
    size_t repacked;      // weights in a second order, recomputed in each step
    size_t terms;         // terms of the loss
    size_t input;         // of each sample: the input
    size_t kept;          // of each sample: values that later phases read
    size_t scratch;       // of each thread
};

static inline size_t step_slots(size_t samples) {
    size_t slots = samples / STEP_SLOT_SAMPLES;
    return slots < 1 ? 1 : slots > STEP_SLOTS_MAX ? STEP_SLOTS_MAX : slots;
}

// The elements of all arrays for steps of up to `samples` samples: parameters, gradient, the `states` of the optimizer,
// inputs, the terms of each sample and their scales, the gradients of all slots but the first, repacked weights, values
// kept for each sample, and the scratch memory of each thread.
static inline size_t step_memory_elements(const struct step_memory *memory, size_t samples, size_t states,
                                          size_t threads) {
    return memory->parameters + (1 + states) * memory->trainable + (step_slots(samples) - 1) * memory->slotted +
           memory->repacked + memory->terms + samples * (memory->input + memory->terms + memory->kept) +
           threads * memory->scratch;
}

#endif
