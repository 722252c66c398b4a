#include "compiler/emit/emit.h"

// Why the code of a vector target is as fast as it is.
static void vectors_explain(const struct machine *machine, struct buffer *out) {
    buffer_print(
        out,
        "//\n"
        "// Made for %s: a vector has %d lanes. A kernel holds a block of sums in registers over all its inner loops,\n"
        "// rows (positions of an image, samples, weights) times columns (vectors of channels). One step reads the "
        "number\n"
        "// of each row and the vector of each column once and multiplies every pair, so loads are few beside the\n"
        "// multiply-adds, and so many sums are under way that none waits for the one before it. Channels lie "
        "innermost:\n"
        "// a vector is one load, images are read where they are, and nothing is added up across lanes. Where an image "
        "has\n"
        "// too few channels to fill a vector, %d samples stand in the lanes instead (ae_pack, ae_unpack). Activations "
        "are\n"
        "// applied to sums that are still in registers, and a few samples go forward and backward together while what "
        "they\n"
        "// made is in the second-level cache.\n",
        machine->name, machine->lanes, machine->lanes);
}

static void introduction_print(struct emitter *emitter) {
    const struct machine *machine = emitter->plan->machine;
    buffer_print(emitter->out,
                 "// The autoencoder %s, made by aespec from %s: kernels, then training, evaluation and tables.\n"
                 "// A tensor of shape [C, H, W] lies in memory as [H][W][C], a convolution's weight as\n"
                 "// [kernel y][kernel x][larger image's channel][smaller image's channel], a dense layer's as "
                 "[input][output], or\n"
                 "// in panels of 16 outputs, [output / 16][input][output %% 16], where 16 divides them. Every sum has "
                 "one order,\n"
                 "// fixed by shapes and batch, so the same seed gives the same bits with any compiler, its flags and "
                 "any target.\n"
                 "// In a kernel, sum0, sum1, ... are the sums that are made together, t0, t1, ... the inputs and w0, "
                 "w1, ... the\n"
                 "// weights they take, ARRAY_at a place in an array; s is the sample, g a group of samples, c the "
                 "channel, and j\n"
                 "// walks (kernel x, input channel), which lie side by side in image and weight.\n",
                 emitter->spec->model, emitter->options->file);
    if (machine->macro) vectors_explain(machine, emitter->out);
    buffer_print(emitter->out, "\n#include \"runtime/api/processor.h\"\n");
    if (machine->macro)
        buffer_print(emitter->out, "#define %s\n#include \"runtime/api/vector.h\"\n", machine->macro);
    else
        buffer_print(emitter->out, "#include \"runtime/api/kernel.h\"\n");
    buffer_print(emitter->out, "#include \"runtime/api/model.h\"\n\n");
    if (emitter->options->real == REAL_DOUBLE)
        buffer_print(emitter->out, "#ifndef AE_REAL_DOUBLE\n#error \"compile with -DAE_REAL_DOUBLE\"\n#endif\n\n");
}

void emit(const struct plan *plan, const struct emit_options *options, struct buffer *out) {
    const struct spec *spec = plan->network->spec;
    struct buffer code = {0}, phases = {0};
    struct arena *arena = spec->arena;
    struct emitter emitter = {.plan = plan,
                              .spec = spec,
                              .options = options,
                              .arena = arena,
                              .functions = {.arena = arena},
                              .stems = {.arena = arena},
                              .function_names = {.arena = arena},
                              .terms = {.arena = arena},
                              .sections = {{.arena = arena}, {.arena = arena}},
                              .out = &code};
    emit_members(&emitter);
    emit_sections(&emitter);
    emit_training(&emitter, &phases);
    emit_evaluation(&emitter, &phases);
    introduction_print(&emitter);
    emit_tensors(&emitter, &code);
    emit_functions(&emitter);
    code_wrap(code.text, out);
    code_wrap(phases.text, out);
    buffer_free(&code);
    buffer_free(&phases);
    emit_model(&emitter, out);
}
