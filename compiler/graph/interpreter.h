// A straightforward evaluation of a graph in double, independent of the generated code. Used only by tests.
#ifndef INTERPRETER_H
#define INTERPRETER_H

#include "compiler/graph/graph.h"

// The values of the leaves, in memory order, sample by sample. Fields that no leaf uses may be NULL.
struct leaves {
    size_t samples;
    const double *input;                // [samples][count]
    const double *const *heads;         // [head] [samples][count]
    const double *decoded;              // [samples][count]
    const double *const *parameters;    // [parameter] [count]
    const double *term_scale;           // [term]
    // Draws the values [node->count] of a random leaf for one sample.
    void (*draw)(void *context, const struct node *node, size_t sample, double *values);
    void *context;
};

// The values of all nodes by id, [samples][count], or [count] for shared and uniform nodes. In the arena.
double **graph_interpret(const struct graph *graph, const struct leaves *leaves, struct arena *arena);
// The values [count] of a node for one sample.
const double *node_values(double *const *values, const struct node *node, size_t sample);

#endif
