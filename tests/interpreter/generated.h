// A generated model that is run on random values. All results are doubles, in memory order. It is linked with the C
// that `aespec emit` prints, to which `checked_model` is added, and with random.c.
#ifndef GENERATED_H
#define GENERATED_H

#include <stdbool.h>
#include <stddef.h>

struct generated {
    size_t samples, input_count, latent_count, heads, term_count, tensors;
    double *input;            // [samples][input_count]
    double *code, *output;    // [samples][heads][latent_count], [samples][input_count]: of decode and measure
    double *term_scale;       // [term_count]
    double **parameters;      // [tensors][counts[i]]
    const char **names;       // [tensors]
    size_t *counts;
};

// Draws parameters, larger than their initial values, and all inputs. A weight of 0 is replaced by 1.
void generated_open(struct generated *g, size_t samples);
// terms [samples][term_count] and gradients [tensors][counts[i]] out.
void generated_train(const struct generated *g, double *terms, double *const *gradients);
// code [samples][heads][latent_count] out.
void generated_encode(const struct generated *g, double *code);
// Of the first head. output [samples][input_count] out.
void generated_decode(const struct generated *g, double *output);
// terms [samples][term_count] out.
void generated_measure(const struct generated *g, double *terms);
// The numbers [count] that a random leaf of the training graph draws for a sample.
void generated_draw(bool dropout, int site, double probability, size_t sample, size_t count, double *values);
// Uniform in [0, 1), always the same sequence.
double generated_random(void);
// Zeroed memory, aligned for a model.
double *generated_reals(size_t count);

#endif
