#include "compiler/emit/emit.h"

// A paragraph is one line, which is wrapped later.

static bool has_images(const struct plan *plan) {
    const struct program *training = &plan->training;
    for (int i = 0; i < training->kernel_count; i++)
        if (kernel_flops(training->kernels[i]) > 0 &&
            !geometry_is_dense(&training->kernels[i]->described->description.geometry))
            return true;
    return false;
}

static void memory_explain(bool images, struct buffer *out) {
    buffer_print(out, "//\n// Memory: a tensor of shape [C, H, W] is stored as [H][W][C], one sample after the other.");
    if (images)
        buffer_print(out, " A convolution's weight is [kernel y][kernel x][channel of the larger image][channel of the "
                          "smaller image]; the last but one is joined with kernel x.");
    buffer_print(out,
                 " A dense layer's weight is [input][output], or panels [output / 16][input][output %% 16] where 16 "
                 "divides the outputs. Each sum has one order, fixed by shapes and batch size: with "
                 "-ffp-contract=off the same seed gives the same bits on any compiler, optimisation level, target "
                 "and number of threads.\n");
}

static void names_explain(const struct machine *machine, bool images, struct buffer *out) {
    buffer_print(out,
                 "//\n// Names: encoder_1 is the result of layer encoder.1, d_encoder_1 the gradient of the loss with "
                 "respect to it, encoder_1_back the part of a gradient that comes through encoder.1, before the parts "
                 "are added; loss_NAME_part is an intermediate value. In kernels, s is a sample, c the first channel "
                 "of a block, %s; in a weight's gradient j is the first input of a block. in0, in1, ... are operands "
                 "of the operations after the sum. select after a sum is the derivative of relu: in0 is relu's result. "
                 "_strided: an array has more elements per sample than the kernel uses.\n",
                 images ? "y and x a pixel, j the index of the sum: kernel column and input channel as one"
                        : "j the index of the sum");
    if (machine->macro)
        buffer_print(
            out, "// In a block, sum1_0 is the sum of row 1 and column 0, t0, t1, ... are inputs and w0, w1, ... "
                 "weights; g is a group of samples. NAME_finish is what follows from one sum. NAME_at is NAME from the "
                 "block's "
                 "first element on.\n");
    else
        buffer_print(out,
                     "// A kernel computes a block of sums at once; `row` and `lane` are the indices in the block. A "
                     "block fits in "
                     "registers, and its number of rows is a constant, so that compilers unroll the loops over rows: 8 "
                     "samples at a time, then 4, 2 and 1. NAME_block computes one block.\n");
}

// Why the code of a vector target is as fast as it is.
static void vectors_explain(const struct machine *machine, struct buffer *out) {
    buffer_print(
        out,
        "// Target %s: a vector has %d lanes. A kernel keeps a block of sums in registers during all its inner "
        "loops: "
        "rows (pixels, samples or weights) times columns (vectors of channels). Each step reads one number per row and "
        "one vector per column and multiplies every pair, so there are few loads per multiply-add, and no sum waits "
        "for "
        "the one before it. Channels are innermost in memory, so a vector is one load and nothing is summed across "
        "lanes. Where an image has too few channels to fill a vector, the lanes hold %d samples instead (ae_pack, "
        "ae_unpack). Activations are applied to sums while they are in registers. A few samples go forward and "
        "backward "
        "together, so that their tensors stay in the second-level cache.\n",
        machine->name, machine->lanes, machine->lanes);
}

static void introduction_print(struct emitter *emitter) {
    const struct machine *machine = emitter->plan->machine;
    bool images = has_images(emitter->plan);
    buffer_print(
        emitter->out,
        "// The autoencoder %s, compiled by aespec from %s: the spec; the parameters; %sthe kernels, layer by "
        "layer; a training step, in phases that call them; encoder, decoder and loss; tables for the runtime.\n",
        emitter->spec->model, emitter->options->file, machine->macro ? "" : "encoder and decoder in plain loops; ");
    memory_explain(images, emitter->out);
    names_explain(machine, images, emitter->out);
    if (machine->macro) vectors_explain(machine, emitter->out);
    buffer_print(emitter->out, "\n#include \"runtime/api/processor.h\"\n");
    if (machine->macro)
        buffer_print(emitter->out, "#define %s %d\n#include \"runtime/api/vector.h\"\n", machine->macro,
                     machine->lanes);
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
    code_wrap(code.text, out);
    code.length = 0;
    emit_text(&emitter, out);
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
