// The compiler's interface for the driver: a spec is analysed once; each view of it is one call.
#ifndef COMPILER_H
#define COMPILER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/exit_code.h"
#include "compiler/target.h"

// The passes in order; the option --dump of language/commands.def names all but the last.
enum pass { PASS_AST, PASS_SPEC, PASS_SHAPES, PASS_GRAPH, PASS_PLAN, PASS_NEST, PASS_C, PASSES };

struct compile_options {
    const char *path;           // of the spec; it names the file in messages
    const char *const *sets;    // [set_count] NAME=EXPR of each --set, in the order of the command line
    size_t set_count;
    enum target target;
    enum real real;
    bool show_ids;    // end each error's message with its id in brackets
    bool colour;      // messages are for a terminal
};

struct compilation;    // a spec that was read and checked
struct spec;           // the analysed spec: compiler/spec.h

// Reads and checks a spec. On EXIT_OK the caller owns `*compilation` and must pass it to compilation_close; otherwise
// it is NULL and the errors were printed to stderr. The options must outlive the compilation.
int compilation_open(const struct compile_options *options, struct compilation **compilation);
// NULL is allowed.
void compilation_close(struct compilation *compilation);
const struct spec *compilation_spec(const struct compilation *compilation);

// Each function appends to `out`, which the caller owns. Those with an exit code return EXIT_OK or EXIT_BUG; a bug is
// reported on stderr.

// The result of `pass` as text; PASS_C is the generated C for the target and number type of the options.
int compile_emit(struct compilation *compilation, enum pass pass, struct buffer *out);
// The layer table for people, or as JSON; the same for every target.
int compile_show(struct compilation *compilation, bool json, struct buffer *out);
// The picture of the topology, as SVG.
void compile_graph(struct compilation *compilation, struct buffer *out);
// The spec's text as HTML, its words in spans of the classes comment, string, number, keyword and word.
void compile_highlight(struct compilation *compilation, struct buffer *out);

struct compile_costs {
    double step_flops;    // of a training step, per sample
    size_t parameters;
};
int compile_costs(struct compilation *compilation, struct compile_costs *costs);

// The spec's text in canonical form; only its grammar is checked. `*changed` says whether the text was not in that
// form. Returns an exit code; errors were printed to stderr.
int compile_format(const struct compile_options *options, struct buffer *out, bool *changed);

#endif
