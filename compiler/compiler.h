// The compiler as its driver sees it: one call per command that needs a spec.
#ifndef COMPILER_H
#define COMPILER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/exit_code.h"
#include "compiler/target.h"

enum pass { PASS_AST, PASS_SHAPES, PASS_GRAPH, PASS_PLAN, PASS_C };

struct compile_options {
    const char *path;           // of the spec; it names the file in messages
    const char *const *sets;    // [set_count] NAME=EXPR of each --set, in the order of the command line
    size_t set_count;
    enum target target;
    enum real real;
    bool show_ids;    // end each error's message with its id in brackets
    bool colour;      // messages are for a terminal
};

// Each returns an exit code and has told the user on stderr what is wrong; on EXIT_OK `out` holds the result, whole.
// Memory of `out` is the caller's.

// Nothing but the checks: EXIT_OK when the spec is fine.
int compile_check(const struct compile_options *options);
// What `pass` made, as text; PASS_C is the generated C.
int compile_emit(const struct compile_options *options, enum pass pass, struct buffer *out);
// The layer table for people, or as JSON.
int compile_show(const struct compile_options *options, bool json, struct buffer *out);
// The spec's text in its canonical form, of which only the grammar is checked; `changed` when it was not in it.
int compile_format(const struct compile_options *options, struct buffer *out, bool *changed);
// The picture of the topology, as SVG.
int compile_graph(const struct compile_options *options, struct buffer *out);
// The spec's text as HTML, its words in spans of the classes comment, string, number, keyword and word.
int compile_highlight(const struct compile_options *options, struct buffer *out);
// The model's name (the word after `model`).
int compile_model_name(const struct compile_options *options, struct buffer *out);

#endif
