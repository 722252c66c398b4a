// Shared by the tests of the graph: small graphs, one or more for each op, with values for their leaves.
#ifndef CASES_H
#define CASES_H

#include "compiler/graph/builder.h"
#include "compiler/graph/interpreter.h"

enum { CASE_SAMPLES = 3, CASE_LEAVES = 4 };

struct fixture {
    struct arena arena;
    struct parameters parameters;
    struct graph graph;
    struct graph_builder b;
    struct leaves leaves;
    double *input, *heads[2], *decoded, *term_scale;
    double *values[CASE_LEAVES];    // of the parameters
};

struct op_case {
    enum op op;
    const char *name;
    enum graph_purpose purpose;
    // The node with the op, from leaves of the fixture's graph.
    struct node *(*build)(struct fixture *f);
};

extern const struct op_case op_cases[];
extern const int op_case_count;

// Uniform in [-2, 2), the same sequence after each `fixture_open`.
double fixture_draw(void);
void fixture_open(struct fixture *f, enum graph_purpose purpose);
void fixture_close(struct fixture *f);
// The input of a case has 12 elements unless the op requires another number.
struct node *fixture_parameter(struct fixture *f, const char *name, size_t count);
// Builds a case, adds the output `sum of y * y` (training and measure) and draws values for all leaves. Returns y.
struct node *fixture_build(struct fixture *f, const struct op_case *one);
// Draws values for the current leaves of the graph.
void fixture_fill(struct fixture *f);
// The `count` values of a leaf that can be varied; NULL for one that cannot.
double *fixture_values(struct fixture *f, const struct node *leaf, size_t *count);

#endif
