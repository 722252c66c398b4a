#include "compiler/compiler.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/message.h"
#include "compiler/emit/emit.h"
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

// A spec that was read, and what the passes made of it.
struct compilation {
    const struct compile_options *options;
    struct arena arena;
    struct diagnostics diagnostics;
    struct source source;
    struct syntax *syntax;
    struct spec *spec;
};

enum { SPEC_BYTES_MAX = 16 << 20 };

static int file_error(const char *path, const char *why) {
    fprintf(stderr, "aespec: %s: %s\n", path, why);
    return EXIT_FILE;
}

static int source_read(struct compilation *c) {
    FILE *file = fopen(c->options->path, "rb");
    if (!file) return file_error(c->options->path, strerror(errno));
    struct buffer text = {0};
    char block[65536];
    size_t got;
    buffer_add(&text, "", 0);
    while ((got = fread(block, 1, sizeof block, file)) > 0 && text.length <= SPEC_BYTES_MAX)
        buffer_add(&text, block, got);
    int error = ferror(file) ? errno : 0;
    fclose(file);
    c->source = (struct source){.name = c->options->path, .length = text.length};
    c->source.text = arena_copy(&c->arena, text.text, text.length);
    source_index(&c->arena, &c->source);
    buffer_free(&text);
    if (error) return file_error(c->options->path, strerror(error));
    if (c->source.length <= SPEC_BYTES_MAX) return EXIT_OK;
    fprintf(stderr, "aespec: %s: a spec of more than %d bytes\n", c->options->path, SPEC_BYTES_MAX);
    return EXIT_CONTENT;
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

// An error in a --set is one of the command line.
static int errors_print(struct compilation *c) {
    struct buffer text = {0};
    diagnostics_print(&c->diagnostics, c->options->show_ids, c->options->colour, &text);
    fwrite(text.text, 1, text.length, stderr);
    buffer_free(&text);
    return diagnostics_touch(&c->diagnostics, 0) ? EXIT_CONTENT : EXIT_USAGE;
}

static int parse(struct compilation *c) {
    c->diagnostics.arena = &c->arena;
    int code = source_read(c);
    if (code == EXIT_OK) c->syntax = parse_spec(&c->arena, &c->source, &c->diagnostics);
    return code;
}

// The passes that can refuse a spec.
static int analyse(struct compilation *c) {
    int code = parse(c);
    if (code != EXIT_OK) return code;
    struct assignment *assignments = assignments_parse(c);
    c->spec = resolve(&c->arena, c->syntax, assignments, c->options->set_count, &c->diagnostics);
    shapes_infer(c->spec);
    return c->diagnostics.count ? errors_print(c) : EXIT_OK;
}

int compilation_open(const struct compile_options *options, struct compilation **compilation) {
    struct compilation *c = memory_allocate(1, sizeof *c);
    *c = (struct compilation){.options = options};
    int code = analyse(c);
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

// The passes that no spec makes fail.
static int plan_spec(const struct compilation *c, enum target target, struct plan **plan) {
    struct network *network = lower(c->spec);
    graph_differentiate(&network->training);
    const char *fault = network_check(network);
    if (fault) return message_error(EXIT_BUG, "%s: a fault of aespec itself: %s", c->options->path, fault);
    *plan = plan_make(network, machine_of(target));
    return EXIT_OK;
}

// The length of the character at `text` that must not be in a comment of the generated C, 0 for one that may: a control
// character, a backslash, which would join two lines, and those that turn the direction of a text (U+061C, U+200E,
// U+200F, U+202A to U+202E, U+2066 to U+2069).
static size_t harmful_length(const unsigned char *text) {
    if (text[0] < 0x20 || text[0] == 0x7f || text[0] == '\\') return 1;
    if (text[0] == 0xd8 && text[1] == 0x9c) return 2;
    if (text[0] != 0xe2 || (text[1] != 0x80 && text[1] != 0x81)) return 0;
    unsigned char last = text[2];
    bool harmful =
        text[1] == 0x80 ? last == 0x8e || last == 0x8f || (last >= 0xaa && last <= 0xae) : last >= 0xa6 && last <= 0xa9;
    return harmful ? 3 : 0;
}

// The name in messages and in the comments of the generated C.
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

static void plan_view(struct compilation *c, enum pass pass, struct plan *plan, struct buffer *out) {
    struct emit_options options = {base_name(&c->arena, c->options->path), &c->source, c->options->real};
    switch (pass) {
    case PASS_AST:
    case PASS_SHAPES: break;
    case PASS_GRAPH: network_print(plan->network, out); break;
    case PASS_PLAN: plan_print(plan, out); break;
    case PASS_C: emit(plan, &options, out); break;
    }
}

int compile_emit(struct compilation *c, enum pass pass, struct buffer *out) {
    struct plan *plan;
    int code = EXIT_OK;
    if (pass == PASS_AST)
        syntax_print(c->syntax, out);
    else if (pass == PASS_SHAPES)
        show_shapes(c->spec, out);
    else if ((code = plan_spec(c, c->options->target, &plan)) == EXIT_OK)
        plan_view(c, pass, plan, out);
    return code;
}

int compile_show(struct compilation *c, bool json, struct buffer *out) {
    struct plan *plan;
    int code = plan_spec(c, TARGET_SCALAR, &plan);
    if (code == EXIT_OK) show(plan, json, out);
    return code;
}

int compile_costs(struct compilation *c, struct compile_costs *costs) {
    struct plan *plan;
    int code = plan_spec(c, TARGET_SCALAR, &plan);
    if (code == EXIT_OK) *costs = (struct compile_costs){show_step_flops(plan), show_parameters(plan)};
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
    int code = parse(&c);
    if (code == EXIT_OK) code = format_source(&c, out, changed);
    arena_free(&c.arena);
    return code;
}
