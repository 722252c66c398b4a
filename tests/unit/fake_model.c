// A model written by hand, for tests of the runtime: x -> z = E x + e -> y = D z + d on pictures of 2x2, with the
// losses mse and weight * l2(z). The encoder's matrix is transposed in memory, and there is padding between the
// tensors.
#include "fake_model.h"

#include <string.h>

#include "runtime/api/build.h"
#include "runtime/api/kernel.h"

enum { INPUT = 4, LATENT = 2, TERMS = 2, PARAMETERS = 32 };
enum { ENCODER_WEIGHT = 0, ENCODER_BIAS = 8, DECODER_WEIGHT = 16, DECODER_BIAS = 24 };

static const struct ae_parameter parameters[] = {
    {"encoder.1.weight", {2, {LATENT, INPUT}}, 2, {LATENT, INPUT}, {1, LATENT}, ENCODER_WEIGHT, 0.5},
    {"encoder.1.bias", {1, {LATENT}}, 1, {LATENT}, {1}, ENCODER_BIAS, 0.5},
    {"decoder.0.weight", {2, {INPUT, LATENT}}, 2, {INPUT, LATENT}, {LATENT, 1}, DECODER_WEIGHT, 0.7},
    {"decoder.0.bias", {1, {INPUT}}, 1, {INPUT}, {1}, DECODER_BIAS, 0.7},
};

static const struct ae_layer layers[] = {
    {"encoder.0", "flatten", 4, {1, {INPUT}}, 0, 0},
    {"encoder.1", "dense", 4, {1, {LATENT}}, 10, 20},
    {"decoder.0", "dense", 6, {1, {INPUT}}, 12, 20},
    {"decoder.1", "reshape", 6, {3, {1, 2, 2}}, 0, 0},
};

static const struct ae_term terms[] = {{"mse", "mse"}, {"size", "l2"}};
static const struct ae_constant constants[] = {{"strength"}};
static const double means[] = {0.25}, deviations[] = {0.5};

static void derive(double *constant, const bool *given, double *weights, double *settings) {
    if (!given[0]) constant[0] = 0.125;
    settings[AE_SETTING_batch] = 8;
    settings[AE_SETTING_epochs] = 3;
    settings[AE_SETTING_learning_rate] = 0.01;
    weights[0] = 1;
    weights[1] = constant[0];
}

static void encode_one(const ae_real *parameter, const ae_real *x, ae_real *z) {
    for (int j = 0; j < LATENT; j++) {
        z[j] = parameter[ENCODER_BIAS + j];
        for (int i = 0; i < INPUT; i++)
            z[j] += parameter[ENCODER_WEIGHT + i * LATENT + j] * x[i];
    }
}

static void decode_one(const ae_real *parameter, const ae_real *z, ae_real *y) {
    for (int i = 0; i < INPUT; i++) {
        y[i] = parameter[DECODER_BIAS + i];
        for (int j = 0; j < LATENT; j++)
            y[i] += parameter[DECODER_WEIGHT + i * LATENT + j] * z[j];
    }
}

static void measure_one(const ae_real *x, const ae_real *z, const ae_real *y, ae_real *term) {
    term[0] = term[1] = 0;
    for (int i = 0; i < INPUT; i++)
        term[0] += (y[i] - x[i]) * (y[i] - x[i]) / INPUT;
    for (int j = 0; j < LATENT; j++)
        term[1] += z[j] * z[j];
}

static void backward_one(const struct ae_step *step, const ae_real *x, const ae_real *z, const ae_real *y,
                         ae_real *sum) {
    const ae_real *parameter = step->parameters;
    ae_real dz[LATENT];
    for (int j = 0; j < LATENT; j++)
        dz[j] = 2 * step->term_scale[1] * z[j];
    for (int i = 0; i < INPUT; i++) {
        ae_real dy = 2 * step->term_scale[0] * (y[i] - x[i]) / INPUT;
        sum[DECODER_BIAS + i] += dy;
        for (int j = 0; j < LATENT; j++) {
            sum[DECODER_WEIGHT + i * LATENT + j] += dy * z[j];
            dz[j] += dy * parameter[DECODER_WEIGHT + i * LATENT + j];
        }
    }
    for (int j = 0; j < LATENT; j++) {
        sum[ENCODER_BIAS + j] += dz[j];
        for (int i = 0; i < INPUT; i++)
            sum[ENCODER_WEIGHT + i * LATENT + j] += dz[j] * x[i];
    }
}

// NOLINTBEGIN(readability-non-const-parameter): the types are those of model.h
static void run_slot(const struct ae_step *step, size_t slot, ae_real *scratch) {
    ae_real *sum = ae_slot_gradient(step, slot, PARAMETERS), *z = scratch, *y = scratch + LATENT;
    memset(sum, 0, PARAMETERS * sizeof *sum);
    for (size_t i = ae_slot_begin(step, slot); i < ae_slot_begin(step, slot + 1); i++) {
        const ae_real *x = step->input + i * INPUT;
        encode_one(step->parameters, x, z);
        decode_one(step->parameters, z, y);
        measure_one(x, z, y, step->term + i * TERMS);
        backward_one(step, x, z, y, sum);
    }
}

static void join_slots(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)task;
    (void)scratch;
    for (size_t slot = 1; slot < step_slots(step->samples); slot++)
        for (size_t i = 0; i < PARAMETERS; i++)
            step->gradient[i] += ae_slot_gradient(step, slot, PARAMETERS)[i];
}

static const struct ae_work all = {0, 1, PARAMETERS, PARAMETERS, {0, 1, 1, 0}};
static const struct ae_phase phases[] = {{0, NULL, run_slot}, {1, &all, join_slots}};

static void encode(const ae_real *parameter, size_t samples, const ae_real *input, ae_real *code, ae_real *scratch) {
    (void)scratch;
    for (size_t i = 0; i < samples; i++)
        encode_one(parameter, input + i * INPUT, code + i * LATENT);
}

static void decode(const ae_real *parameter, size_t samples, const ae_real *z, ae_real *output, ae_real *scratch) {
    (void)scratch;
    for (size_t i = 0; i < samples; i++)
        decode_one(parameter, z + i * LATENT, output + i * INPUT);
}

static void measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output, ae_real *term,
                    ae_real *scratch) {
    (void)scratch;
    for (size_t i = 0; i < samples; i++)
        measure_one(input + i * INPUT, code + i * LATENT, output + i * INPUT, term + i * TERMS);
}

// NOLINTEND(readability-non-const-parameter)

static const struct ae_input inputs[] = {
    {"x", {3, {1, 2, 2}}, INPUT, {.scale = 1.0 / 255, .mean = means, .std = deviations}},
};
static const struct ae_latent latents[] = {{"z", AE_LATENT_CODE, {1, {LATENT}}, LATENT, 0, 0}};
static const struct ae_output outputs[] = {{"x", {3, {1, 2, 2}}, INPUT, AE_OUTPUT_VALUES}};

static const struct ae_inference inference = {
    .samples_max = 5, .scratch_count = 1, .encode = encode, .decode = decode, .measure = measure};

static const struct ae_training training = {.memory = {.parameters = PARAMETERS,
                                                       .trainable = PARAMETERS,
                                                       .slotted = PARAMETERS,
                                                       .terms = TERMS,
                                                       .input = INPUT,
                                                       .scratch = LATENT + INPUT},
                                            .phases = phases,
                                            .phase_count = sizeof phases / sizeof *phases};

const struct ae_model fake_model = {
    .name = "fake",
    .file = "fake.aespec",
    .text = "model fake\n",
    .target = "scalar",
    .real_bytes = sizeof(ae_real),
    .input_count = INPUT,
    .latent_count = LATENT,
    .code_count = LATENT,
    .output_count = INPUT,
    .inputs = inputs,
    .input_tensors = 1,
    .latents = latents,
    .latent_tensors = 1,
    .outputs = outputs,
    .output_tensors = 1,
    .parameters = parameters,
    .parameter_tensors = sizeof parameters / sizeof *parameters,
    .parameter_count = PARAMETERS,
    .layers = layers,
    .layer_count = sizeof layers / sizeof *layers,
    .terms = terms,
    .term_count = TERMS,
    .constants = constants,
    .constant_count = 1,
    .derive = derive,
    .inference = &inference,
    .training = &training,
};

static const char *const sets[] = {"width=2"};
const struct ae_build ae_build = {&fake_model, "0.0", "none", "-O0", sets, 1};
