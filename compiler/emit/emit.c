#include "compiler/emit/emit.h"

// Why the code of a vector target is as fast as it is. A paragraph is one line, which is wrapped later.
static void vectors_explain(const struct machine *machine, struct buffer *out) {
    buffer_print(
        out,
        "//\n"
        "// Target %s: a vector has %d lanes. A kernel keeps a block of sums in registers during all its inner loops: "
        "rows "
        "(pixels, samples or weights) times columns (vectors of channels). Each step reads one number per row and one "
        "vector per column and multiplies every pair, so there are few loads per multiply-add, and no sum waits for "
        "the "
        "one before it. Channels are innermost in memory, so a vector is one load and nothing is summed across lanes. "
        "Where an image has too few channels to fill a vector, the lanes hold %d samples instead (ae_pack, ae_unpack). "
        "Activations are applied to sums while they are in registers. A few samples go forward and backward together, "
        "so "
        "that their tensors stay in the second-level cache.\n",
        machine->name, machine->lanes, machine->lanes);
}

static void introduction_print(struct emitter *emitter) {
    const struct machine *machine = emitter->plan->machine;
    buffer_print(
        emitter->out,
        "// The autoencoder %s, compiled by aespec from %s: the parameters; %sthe kernels, layer by layer; the phases "
        "of a "
        "training step, which call them; encoder, decoder and loss; tables for the runtime.\n"
        "//\n"
        "// Memory: a tensor of shape [C, H, W] is stored as [H][W][C], one sample after the other. A convolution's "
        "weight is [kernel y][kernel x][channel of the larger image][channel of the smaller image]; kernels see kernel "
        "x "
        "and the first channel as one dimension. A dense layer's weight is [input][output], or panels "
        "[output / 16][input][output %% 16] where 16 divides the outputs. Each sum has one order, fixed by shapes and "
        "batch size, so the same seed gives the same bits with any compiler, optimisation level, target and number of "
        "threads.\n"
        "//\n"
        "// Names: encoder_1 is the result of layer encoder.1, d_encoder_1 the gradient of the loss by it, NAME_back a "
        "part "
        "of one, NAME_turned a weight in the order of its transposed use. In kernels, s is the sample, y and x the "
        "pixel, "
        "c the channel, j the kernel column and input channel as one index%s.\n",
        emitter->spec->model, emitter->options->file, machine->macro ? "" : "the network in plain loops; ",
        machine->macro ? ", g a group of samples; sum0, sum1, ... are sums, t inputs and w weights" : "");
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
                              .nests = {.arena = arena},
                              .terms = {.arena = arena},
                              .sections = {{.arena = arena}, {.arena = arena}},
                              .out = &code};
    emit_members(&emitter);
    emit_sections(&emitter);
    emit_training(&emitter, &phases);
    emit_evaluation(&emitter, &phases);
    introduction_print(&emitter);
    emit_tensors(&emitter, &code);
    if (!plan->machine->macro) emit_plain(&emitter);
    emit_functions(&emitter);
    code_wrap(code.text, out);
    code_wrap(phases.text, out);
    buffer_free(&code);
    buffer_free(&phases);
    shared_nests_free(&emitter.nests);
    emit_model(&emitter, out);
}
