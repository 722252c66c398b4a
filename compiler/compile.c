#include "compiler/compiler.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "compiler/emit/emit.h"
#include "compiler/emit/nests.h"
#include "compiler/graph/check.h"
#include "compiler/graph/gradient.h"
#include "compiler/lower.h"
#include "compiler/plan/plan.h"
#include "compiler/spec.h"
#include "compiler/views/highlight.h"
#include "compiler/views/show.h"
#include "compiler/views/topology.h"
#include "grammar/format.h"
#include "grammar/parser.h"

// A spec that was read, and the results of the passes.
struct compilation {
    const struct compile_options *options;
    struct arena arena;
    struct diagnostics diagnostics;
    struct source source;
    struct syntax *syntax;
    struct spec *spec;
    struct network *network;
    struct plan *plan;
};

enum { SPEC_BYTES_MAX = 16 << 20 };

static int source_read(struct compilation *c) {
    const char *path = c->options->path;
    struct buffer text = {0};
    bool done = file_try_read_most(path, SPEC_BYTES_MAX, &text);
    int error = errno;
    c->source = (struct source){.name = path, .length = text.length};
    c->source.text = arena_copy(&c->arena, text.text ? text.text : "", text.length);
    source_index(&c->arena, &c->source);
    buffer_free(&text);
    if (!done) return message_error(EXIT_FILE, "%s: %s", path, error_text(error));
    if (c->source.length <= SPEC_BYTES_MAX) return EXIT_OK;
    return message_error(EXIT_CONTENT, "%s: a spec of more than %d bytes", path, SPEC_BYTES_MAX);
}

static struct assignment *assignments_parse(struct compilation *c) {
    struct assignment *assignments = ARENA_ARRAY(&c->arena, struct assignment, c->options->set_count);
    for (size_t i = 0; i < c->options->set_count; i++) {
        struct source *source = ARENA_NEW(&c->arena, struct source);
        *source = (struct source){.name = arena_print(&c->arena, "--set %s", c->options->sets[i]),
                                  .text = c->options->sets[i],
                                  .length = strlen(c->options->sets[i]),
                                  .order = (int)i + 1};
        assignments[i].item = parse_assignment(&c->arena, source, &c->diagnostics);
    }
    return assignments;
}

// An error in a --set is an error in the command line, so it has the exit code of one.
static int errors_print(struct compilation *c) {
    struct buffer text = {0};
    diagnostics_print(&c->diagnostics, c->options->show_ids, c->options->colour, &text);
    fwrite(text.text, 1, text.length, stderr);
    buffer_free(&text);
    return diagnostics_touch(&c->diagnostics, 0) ? EXIT_CONTENT : EXIT_USAGE;
}

static int ast_run(struct compilation *c) {
    c->diagnostics.arena = &c->arena;
    int code = source_read(c);
    if (code == EXIT_OK) c->syntax = parse_spec(&c->arena, &c->source, &c->diagnostics);
    return code;
}

static int spec_run(struct compilation *c) {
    struct assignment *assignments = assignments_parse(c);
    c->spec = resolve(&c->arena, c->syntax, assignments, c->options->set_count, &c->diagnostics);
    return EXIT_OK;
}

// The last pass that can refuse a spec reports the errors of all passes, so that one run reports every error.
static int shapes_run(struct compilation *c) {
    shapes_infer(c->spec);
    return c->diagnostics.count ? errors_print(c) : EXIT_OK;
}

static int graph_run(struct compilation *c) {
    c->network = lower(c->spec);
    graph_differentiate(&c->network->training);
    return EXIT_OK;
}

static int plan_run(struct compilation *c) {
    c->plan = plan_make(c->network, machine_of(c->options->target));
    return EXIT_OK;
}

static const char *graph_fault(const struct compilation *c) {
    return network_check(c->network);
}

static const char *plan_fault(const struct compilation *c) {
    return plan_check(c->plan);
}

static const char *nests_fault(const struct compilation *c) {
    return nests_check(c->plan);
}

static void ast_print(struct compilation *c, struct buffer *out) {
    syntax_print(c->syntax, out);
}

static void analysed_print(struct compilation *c, struct buffer *out) {
    spec_print(c->spec, out);
}

static void shapes_print(struct compilation *c, struct buffer *out) {
    show_shapes(c->spec, out);
}

static void graphs_print(struct compilation *c, struct buffer *out) {
    network_print(c->network, out);
}

static void planned_print(struct compilation *c, struct buffer *out) {
    plan_print(c->plan, out);
}

static void built_print(struct compilation *c, struct buffer *out) {
    nests_print(c->plan, out);
}

// The length of the character at `text` if it must not be in a comment of the generated C, else 0. Such characters are
// control characters, a backslash, which would join two lines, and those that change the direction of text (U+061C,
// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069).
static size_t harmful_length(const unsigned char *text) {
    if (text[0] < 0x20 || text[0] == 0x7f || text[0] == '\\') return 1;
    if (text[0] == 0xd8 && text[1] == 0x9c) return 2;
    if (text[0] != 0xe2 || (text[1] != 0x80 && text[1] != 0x81)) return 0;
    unsigned char last = text[2];
    bool harmful =
        text[1] == 0x80 ? last == 0x8e || last == 0x8f || (last >= 0xaa && last <= 0xae) : last >= 0xa6 && last <= 0xa9;
    return harmful ? 3 : 0;
}

// The name of the spec in messages and in comments of the generated C.
static const char *base_name(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    char *name = arena_copy(arena, base, strlen(base)), *end = name;
    for (const char *c = base; *c;) {
        size_t harmful = harmful_length((const unsigned char *)c);
        *end++ = harmful ? '?' : *c;
        c += harmful ? harmful : 1;
    }
    *end = 0;
    return name;
}

static void c_print(struct compilation *c, struct buffer *out) {
    struct emit_options options = {base_name(&c->arena, c->options->path), &c->source, c->options->real};
    emit(c->plan, &options, out);
}

// A pass stores its result in the compilation. Passes from the graph on cannot fail: a fault that a check finds is a
// bug of aespec.
struct pass_row {
    const char *name;
    int (*run)(struct compilation *c);                    // returns an exit code; NULL: printing is all that it does
    const char *(*check)(const struct compilation *c);    // the first fault, NULL when there is none
    void (*print)(struct compilation *c, struct buffer *out);
    bool slow;    // the check takes as long as the compilation
};

static const struct pass_row passes[PASSES] = {
    [PASS_AST] = {"ast", ast_run, NULL, ast_print, false},
    [PASS_SPEC] = {"spec", spec_run, NULL, analysed_print, false},
    [PASS_SHAPES] = {"shapes", shapes_run, NULL, shapes_print, false},
    [PASS_GRAPH] = {"graph", graph_run, graph_fault, graphs_print, false},
    [PASS_PLAN] = {"plan", plan_run, plan_fault, planned_print, false},
    [PASS_NEST] = {"nest", NULL, nests_fault, built_print, true},
    [PASS_C] = {"C", NULL, NULL, c_print, false},
};

// Slow checks run for dumps, and in builds for finding faults (`make sanitize`).
static bool is_checked(const struct pass_row *pass, bool printed) {
    bool any = true, slow = printed;
#ifdef AE_CHECK_PASSES
    slow = true;
#endif
#ifdef NDEBUG
    any = false;
#endif
    return any && pass->check && (slow || !pass->slow);
}

static int pass_check(struct compilation *c, const struct pass_row *pass) {
    const char *fault = pass->check(c);
    if (!fault) return EXIT_OK;
    return message_error(EXIT_BUG, "%s: a fault of aespec itself: after the pass '%s': %s", c->options->path,
                         pass->name, fault);
}

// Runs the passes first..last and prints the result of the last one to `out`, unless that is NULL.
static int passes_run(struct compilation *c, enum pass first, enum pass last, struct buffer *out) {
    int code = EXIT_OK;
    for (int i = (int)first; code == EXIT_OK && i <= (int)last; i++) {
        const struct pass_row *pass = &passes[i];
        bool printed = out && i == (int)last;
        if (pass->run) code = pass->run(c);
        if (code == EXIT_OK && is_checked(pass, printed)) code = pass_check(c, pass);
        if (code == EXIT_OK && printed) pass->print(c, out);
    }
    return code;
}

int compilation_open(const struct compile_options *options, struct compilation **compilation) {
    struct compilation *c = memory_allocate(1, sizeof *c);
    *c = (struct compilation){.options = options};
    int code = passes_run(c, PASS_AST, PASS_SHAPES, NULL);
    *compilation = code == EXIT_OK ? c : NULL;
    if (code != EXIT_OK) compilation_close(c);
    return code;
}

void compilation_close(struct compilation *compilation) {
    if (!compilation) return;
    arena_free(&compilation->arena);
    free(compilation);
}

const struct spec *compilation_spec(const struct compilation *compilation) {
    return compilation->spec;
}

int compile_emit(struct compilation *c, enum pass pass, struct buffer *out) {
    if (pass > PASS_SHAPES) return passes_run(c, PASS_GRAPH, pass, out);
    // Inferring shapes changed the spec of the passes before it, so they run again.
    struct compilation again = {.options = c->options};
    int code = passes_run(&again, PASS_AST, pass, out);
    arena_free(&again.arena);
    return code;
}

// Results that do not depend on the target are computed for the scalar target.
static int plain_plan(struct compilation *c) {
    struct compile_options options = *c->options, *given = &options;
    const struct compile_options *asked = c->options;
    given->target = TARGET_SCALAR;
    c->options = given;
    int code = passes_run(c, PASS_GRAPH, PASS_PLAN, NULL);
    c->options = asked;
    return code;
}

int compile_show(struct compilation *c, bool json, struct buffer *out) {
    int code = plain_plan(c);
    if (code == EXIT_OK) show(c->plan, json, out);
    return code;
}

int compile_costs(struct compilation *c, struct compile_costs *costs) {
    int code = plain_plan(c);
    if (code == EXIT_OK) *costs = (struct compile_costs){show_step_flops(c->plan), show_parameters(c->plan)};
    return code;
}

void compile_graph(struct compilation *c, struct buffer *out) {
    struct topology *topology = topology_make(lower(c->spec));
    topology_place(topology);
    topology_print(topology, out);
}

void compile_highlight(struct compilation *c, struct buffer *out) {
    highlight_spec(&c->arena, &c->source, out);
}

static int format_source(struct compilation *c, struct buffer *out, bool *changed) {
    if (c->diagnostics.count) return errors_print(c);
    if (!format_spec(&c->arena, &c->source, out)) {
        fprintf(stderr, "aespec: %s: a fault of aespec itself: its form would not mean the same\n", c->options->path);
        return EXIT_BUG;
    }
    *changed = out->length != c->source.length || memcmp(out->text, c->source.text, out->length) != 0;
    return EXIT_OK;
}

int compile_format(const struct compile_options *options, struct buffer *out, bool *changed) {
    struct compilation c = {.options = options};
    int code = ast_run(&c);
    if (code == EXIT_OK) code = format_source(&c, out, changed);
    arena_free(&c.arena);
    return code;
}
