#include "compiler/emit/calls.h"

struct calls calls_begin(struct emitter *emitter, const struct program *program, struct buffer *out) {
    int count = program->graph->count;
    struct arena *arena = emitter->arena;
    int *parameter = ARENA_ARRAY(arena, int, count);
    const struct outputs *gradients = &program->graph->outputs[OUTPUT_GRADIENT];
    for (int i = 0; i < gradients->count; i++)
        if (gradients->list[i].node) parameter[gradients->list[i].node->id] = i;
    const struct function **functions = ARENA_ARRAY(arena, const struct function *, program->kernel_count);
    for (int i = 0; i < program->kernel_count; i++)
        functions[i] = emit_kernel(emitter, program->kernels[i]);
    return (struct calls){.emitter = emitter,
                          .program = program,
                          .walk = program->graph->purpose == GRAPH_TRAINING ? WALK_SLOT : WALK_CALLER,
                          .samples = program->graph->purpose == GRAPH_TRAINING ? "samples" : "(ptrdiff_t)samples",
                          .declared = ARENA_ARRAY(arena, int, program->tensor_count),
                          .parameter = parameter,
                          .functions = functions,
                          .out = out};
}

static void offset_print(const char *array, size_t offset, struct buffer *out) {
    buffer_print(out, "ae_place(%s, %zu)", array, offset);
}

// Of an array of the caller's that has some elements of each sample.
static void caller_print(const struct calls *calls, const char *array, const struct storage *storage) {
    struct buffer *out = calls->out;
    buffer_print(out, "ae_place(%s%s, ", calls->walk == WALK_CALLER ? "" : "step->", array);
    if (calls->walk == WALK_SLOT) {
        buffer_print(out, "first * %zu", storage->stride);
        if (storage->offset) buffer_print(out, " + %zu", storage->offset);
    } else {
        buffer_print(out, "%zu", storage->offset);
    }
    buffer_print(out, ")");
}

static void address_print(const struct calls *calls, const struct storage *storage) {
    const struct program *program = calls->program;
    struct buffer *out = calls->out;
    switch (storage->place) {
    case PLACE_INPUT: caller_print(calls, "input", storage); break;
    case PLACE_TERM: caller_print(calls, "term", storage); break;
    case PLACE_CODE: caller_print(calls, program->graph->purpose == GRAPH_DECODE ? "z" : "code", storage); break;
    case PLACE_OUTPUT: caller_print(calls, "output", storage); break;
    case PLACE_SCRATCH: offset_print("scratch", storage->offset * program->micro_batch, out); break;
    case PLACE_REPACKED:
        if (calls->walk == WALK_CALLER)
            offset_print("scratch", program->scratch * program->micro_batch + storage->offset, out);
        else
            offset_print("step->repacked", storage->offset, out);
        break;
    case PLACE_BATCH:
        buffer_print(out, "ae_kept(step, %zu, %s, %zu)", storage->offset, calls->walk == WALK_SLOT ? "first" : "0",
                     storage->stride);
        break;
    case PLACE_PARAMETERS:
    case PLACE_GRADIENT:
    case PLACE_SLOT:
    case PLACE_NONE: break;
    }
}

static bool is_member(enum place place) {
    return place == PLACE_PARAMETERS || place == PLACE_GRADIENT || place == PLACE_SLOT;
}

static bool takes(const struct kernel *kernel, enum place place) {
    const struct described *described = kernel->described;
    for (int i = 0; i < described->description.array_count; i++)
        if (described->tensors[i]->storage.place == place) return true;
    return false;
}

void calls_declare_tensors(struct calls *calls, struct kernel *const *kernels, int count, int depth) {
    bool parameters = false, gradient = false;
    for (int i = 0; i < count; i++) {
        parameters = parameters || takes(kernels[i], PLACE_PARAMETERS);
        gradient = gradient || takes(kernels[i], PLACE_GRADIENT) || takes(kernels[i], PLACE_SLOT);
    }
    const char *step = calls->walk == WALK_CALLER ? "" : "step->";
    if (parameters)
        buffer_print(calls->out, "%*sconst struct net_tensors *const net = (const void *)%sparameters;\n", 4 * depth,
                     "", step);
    if (gradient)
        buffer_print(calls->out, "%*sstruct net_tensors *const gradient = (void *)%s;\n", 4 * depth, "",
                     calls->walk == WALK_SLOT ? "slot" : "step->gradient");
}

// "[samples][14][14][16] after relu"
static void place_describe(const struct tensor *tensor, const struct symbol *array, struct buffer *out) {
    const struct node *node = tensor->node;
    for (int i = 0; i < array->rank; i++)
        buffer_print(out, array->size[i] ? "[%ld]" : tensor->packed ? "[groups]" : "[samples]", array->size[i]);
    if (!array->rank) buffer_print(out, "%zu elements, not used", node->count);
    if (tensor->storage.stride > node->count) buffer_print(out, ", %zu used", node->count);
    bool layer = node->part == PART_LAYERS && !node->backward;
    if (layer && op_is_elementwise(node->op)) buffer_print(out, " after %s", op_name(node->op));
}

// "void *const encoder_2 = ae_kept(step, 0, first, 512);"
static void place_declare(struct calls *calls, const struct tensor *tensor, int depth) {
    buffer_print(calls->out, "%*svoid *const %s = ", 4 * depth, "", tensor->name);
    address_print(calls, &tensor->storage);
    buffer_print(calls->out, ";");
}

struct declaration {
    const struct tensor *tensor;
    const struct symbol *array;
};

// Places that the kernels take, in the order of their first use; [*found], of the arena.
static struct declaration *places_find(struct calls *calls, struct kernel *const *kernels, int count, int *found) {
    int most = 0;
    for (int i = 0; i < count; i++)
        most += kernels[i]->described->description.array_count;
    struct declaration *places = ARENA_ARRAY(calls->emitter->arena, struct declaration, most);
    calls->declaring++;
    for (int i = 0; i < count; i++) {
        const struct described *described = kernels[i]->described;
        for (int j = 0; j < described->description.array_count; j++) {
            const struct tensor *tensor = described->tensors[j];
            if (is_member(tensor->storage.place) || calls->declared[tensor->number] == calls->declaring) continue;
            calls->declared[tensor->number] = calls->declaring;
            places[(*found)++] = (struct declaration){tensor, &calls->functions[kernels[i]->number]->arrays[j]};
        }
    }
    return places;
}

void calls_declare_places(struct calls *calls, struct kernel *const *kernels, int count, int depth) {
    int found = 0;
    const struct declaration *places = places_find(calls, kernels, count, &found);
    struct buffer text = {0}, *out = calls->out;
    size_t widest = 0;
    calls->out = &text;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < found; i++) {
            text.length = 0;
            place_declare(calls, places[i].tensor, depth);
            if (text.length > widest) widest = text.length;
            if (pass == 0) continue;
            buffer_print(out, "%-*s    // ", (int)widest, text.text);
            place_describe(places[i].tensor, places[i].array, out);
            buffer_print(out, "\n");
        }
    calls->out = out;
    buffer_free(&text);
}

static void array_print(struct calls *calls, const struct tensor *tensor, const struct symbol *array) {
    const struct node *node = tensor->node;
    enum place place = tensor->storage.place;
    if (!is_member(place)) {
        buffer_print(calls->out, "%s", tensor->name);
        return;
    }
    int parameter = place == PLACE_PARAMETERS ? node->parameter.index : calls->parameter[node->id];
    struct member *member = &calls->emitter->members[parameter];
    if (array->rank) member->array = array;
    buffer_print(calls->out, "%s->%s", place == PLACE_PARAMETERS ? "net" : "gradient", member->name);
}

void calls_print(struct calls *calls, const struct kernel *kernel) {
    const struct function *function = calls->functions[kernel->number];
    const struct described *described = kernel->described;
    struct buffer *out = calls->out;
    const char *comma = "";
    buffer_print(out, "%s(", function->name);
    if (function->takes_samples) {
        buffer_print(out, "%s", calls->samples);
        comma = ", ";
    }
    if (function->takes_step) buffer_print(out, "%sstep, first", comma);
    if (function->takes_rows && calls->from_to) buffer_print(out, "%s%s", comma, calls->from_to);
    if (function->takes_rows && !calls->from_to)
        buffer_print(out, "%s0, %ld", comma, node_geometry(kernel->anchor).large_channels);
    if (function->takes_rows) comma = ", ";
    if (function->takes_term_scale) buffer_print(out, "%sstep->term_scale", comma);
    if (function->takes_term_scale) comma = ", ";
    for (int i = 0; i < described->description.array_count; i++) {
        buffer_print(out, "%s", comma);
        array_print(calls, described->tensors[i], &function->arrays[i]);
        comma = ", ";
    }
    buffer_print(out, ");");
}
