#include "tests/unit/networks.h"

#include <stdio.h>
#include <string.h>

#include "compiler/graph/gradient.h"
#include "compiler/lower.h"
#include "grammar/parser.h"

struct network *network_make(struct arena *arena, const char *name, const char *text, bool differentiated) {
    struct diagnostics *diagnostics = ARENA_NEW(arena, struct diagnostics);
    struct source *source = ARENA_NEW(arena, struct source);
    diagnostics->arena = arena;
    *source = (struct source){.name = name, .length = strlen(text)};
    source->text = arena_copy(arena, text, source->length);
    struct spec *spec = resolve(arena, parse_spec(arena, source, diagnostics), NULL, 0, diagnostics);
    shapes_infer(spec);
    if (diagnostics->count) {
        struct buffer out = {0};
        diagnostics_print(diagnostics, true, false, &out);
        fwrite(out.text, 1, out.length, stderr);
        buffer_free(&out);
        return NULL;
    }
    struct network *network = lower(spec);
    if (differentiated) graph_differentiate(&network->training);
    return network;
}
