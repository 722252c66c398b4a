// The autoencoder ael, made by aespec from ael.aespec: kernels, then training, evaluation and tables.
// A tensor of shape [C, H, W] lies in memory as [H][W][C], a convolution's weight as
// [kernel y][kernel x][larger image's channel][smaller image's channel], a dense layer's as [input][output], or
// in panels of 16 outputs, [output / 16][input][output % 16], where 16 divides them. Every sum has one order,
// fixed by shapes and batch, so the same seed gives the same bits with any compiler, its flags and any target.
// In a kernel, sum0, sum1, ... are the sums that are made together, t0, t1, ... the inputs and w0, w1, ... the
// weights they take, ARRAY_at a place in an array; s is the sample, g a group of samples, c the channel, and j
// walks (kernel x, input channel), which lie side by side in image and weight.

#include "runtime/api/processor.h"
#include "runtime/api/kernel.h"
#include "runtime/api/model.h"

// decoder.0 repack (ael.aespec:10): 50176 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void dense_64_to_784_repack(ptrdiff_t from, ptrdiff_t to,
        const ae_real weight[restrict 49][64][16],
        ae_real packed[restrict 4][784][16]) {
    for (ptrdiff_t l = from; l < to; l += 16)
        for (ptrdiff_t s = 0; s < 784; s += 16)
            ae_turn(16, 16, weight[s / 16][l], 16, packed[l / 16][s], 16);
}

AE_INLINE void dense_784_to_64_forward_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real bias[restrict 64],
        const ae_real weight[restrict 4][784][16],
        const ae_real input[restrict][784],
        ae_real out0[restrict][64]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = bias[c + lane];
    for (ptrdiff_t j = 0; j < 784; j++)
        for (int lane = 0; lane < 16; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 16; lane++) {
            const ae_real a0 = sum[row][lane];
            out0[s + row][c + lane] = a0 <= 0 ? 0 : a0;
        }
}

// encoder.1 forward (ael.aespec:8): 784 -> 64, 100352 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_784_to_64_forward(ptrdiff_t samples,
        const ae_real input[restrict][784],
        const ae_real weight[restrict 4][784][16],
        const ae_real bias[restrict 64],
        ae_real out0[restrict][64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_784_to_64_forward_block(8, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_784_to_64_forward_block(4, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_784_to_64_forward_block(2, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_784_to_64_forward_block(1, c, s, bias, weight, input, out0);
    }
}

AE_INLINE void dense_64_to_784_forward_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real bias[restrict 784],
        const ae_real weight[restrict 49][64][16],
        const ae_real input[restrict][64],
        ae_real out0[restrict][784]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = bias[c + lane];
    for (ptrdiff_t j = 0; j < 64; j++)
        for (int lane = 0; lane < 16; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 16; lane++) {
            const ae_real a0 = sum[row][lane];
            out0[s + row][c + lane] = a0 <= 0 ? 0 : a0;
        }
}

// decoder.0 forward (ael.aespec:10): 64 -> 784, 100352 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_64_to_784_forward(ptrdiff_t samples,
        const ae_real input[restrict][64],
        const ae_real weight[restrict 49][64][16],
        const ae_real bias[restrict 784],
        ae_real out0[restrict][784]) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_64_to_784_forward_block(8, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_64_to_784_forward_block(4, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_64_to_784_forward_block(2, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_64_to_784_forward_block(1, c, s, bias, weight, input, out0);
    }
}

// mse forward (ael.aespec:11): 784 elements
//   subtract, multiply, sum, scale, scale, multiply, select
AE_KERNEL void loss_mse_forward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real in0[restrict][784],
        const ae_real in1[restrict][784],
        ae_real out0[restrict][1],
        ae_real out1[restrict][784]) {
    const ae_real u0 = term_scale[0];
    const ae_real u1 = u0 * AE_REAL(0.0012755102040816326);
    const ae_real u2 = u1;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0[s][i + lane] - in1[s][i + lane];
                partial2[lane] += v0 * v0;
                const ae_real a6 = in0[s][i + lane];
                out1[s][i + lane] = a6 <= 0 ? AE_REAL(0.0) : (u2 * (v0 * AE_REAL(2.0)));
            }
        const ae_real v2 = ae_join(partial2);
        const ae_real v3 = v2 * AE_REAL(0.0012755102040816326);
        out0[s][0] = v3;
    }
}

AE_INLINE void dense_64_to_784_backward_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real weight[restrict 4][784][16],
        const ae_real input[restrict][784],
        const ae_real in0[restrict][64],
        ae_real out0[restrict][64]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = AE_REAL(0.0);
    for (ptrdiff_t j = 0; j < 784; j++)
        for (int lane = 0; lane < 16; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 16; lane++) {
            const ae_real a0 = in0[s + row][c + lane];
            const ae_real c0 = sum[row][lane];
            out0[s + row][c + lane] = a0 <= 0 ? AE_REAL(0.0) : c0;
        }
}

// decoder.0 backward (ael.aespec:10): 784 -> 64, 100352 FLOP a sample; then select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_64_to_784_backward(ptrdiff_t samples,
        const ae_real input[restrict][784],
        const ae_real weight[restrict 4][784][16],
        const ae_real in0[restrict][64],
        ae_real out0[restrict][64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_64_to_784_backward_block(8, c, s, weight, input, in0, out0);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_64_to_784_backward_block(4, c, s, weight, input, in0, out0);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_64_to_784_backward_block(2, c, s, weight, input, in0, out0);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_64_to_784_backward_block(1, c, s, weight, input, in0, out0);
    }
}

// decoder.0 weight_gradient (ael.aespec:10): 64 -> 784, 100352 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void dense_64_to_784_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real large[restrict][64],
        const ae_real small[restrict][784],
        ae_real gradient[restrict 49][64][16]) {
    for (ptrdiff_t c = 0; c < 784; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 784; c += 16)
            for (ptrdiff_t j = from; j < ((to - from) / 8) * 8 + from; j += 8) {
                ae_real sum[8][16];
                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    for (int lane = 0; lane < 16; lane++)
                        sum[row][lane] = gradient[c / 16][j + row][lane];
                for (ptrdiff_t s = first; s < end; s++)
                    for (int lane = 0; lane < 16; lane++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                            AE_FMA(sum[row][lane], large[s][j + row], small[s][c + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    for (int lane = 0; lane < 16; lane++)
                        gradient[c / 16][j + row][lane] = sum[row][lane];
            }
    }
}

// decoder.0 bias_gradient (ael.aespec:10): 784 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void bias_gradient_784(ptrdiff_t samples,
        const ae_real image[restrict][784],
        ae_real gradient[restrict 784]) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        ae_real sum[16];
        for (int lane = 0; lane < 16; lane++)
            sum[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++)
            for (int lane = 0; lane < 16; lane++)
                sum[lane] += image[s][c + lane];
        for (int lane = 0; lane < 16; lane++)
            gradient[c + lane] = sum[lane];
    }
}

// encoder.1 weight_gradient (ael.aespec:8): 784 -> 64, 100352 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void dense_784_to_64_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real large[restrict][784],
        const ae_real small[restrict][64],
        ae_real gradient[restrict 4][784][16]) {
    for (ptrdiff_t c = 0; c < 64; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 64; c += 16)
            for (ptrdiff_t j = from; j < ((to - from) / 8) * 8 + from; j += 8) {
                ae_real sum[8][16];
                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    for (int lane = 0; lane < 16; lane++)
                        sum[row][lane] = gradient[c / 16][j + row][lane];
                for (ptrdiff_t s = first; s < end; s++)
                    for (int lane = 0; lane < 16; lane++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                            AE_FMA(sum[row][lane], large[s][j + row], small[s][c + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    for (int lane = 0; lane < 16; lane++)
                        gradient[c / 16][j + row][lane] = sum[row][lane];
            }
    }
}

// encoder.1 bias_gradient (ael.aespec:8): 64 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void bias_gradient_64(ptrdiff_t samples,
        const ae_real image[restrict][64],
        ae_real gradient[restrict 64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        ae_real sum[16];
        for (int lane = 0; lane < 16; lane++)
            sum[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++)
            for (int lane = 0; lane < 16; lane++)
                sum[lane] += image[s][c + lane];
        for (int lane = 0; lane < 16; lane++)
            gradient[c + lane] = sum[lane];
    }
}

// mse forward (ael.aespec:11): 784 elements
//   subtract, multiply, sum, scale
AE_KERNEL void loss_mse_forward_2(ptrdiff_t samples,
        const ae_real in0[restrict][784],
        const ae_real in1[restrict][784],
        ae_real out0[restrict][1]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0[s][i + lane] - in1[s][i + lane];
                partial2[lane] += v0 * v0;
            }
        const ae_real v2 = ae_join(partial2);
        const ae_real v3 = v2 * AE_REAL(0.0012755102040816326);
        out0[s][0] = v3;
    }
}

// Weights in the order of their transposed use, once a step; a task is a weight, or some rows of one.
static void net_repack(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    if (task < 1) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 64);
        ae_mark(step, 3);
        dense_64_to_784_repack(from, to, (void *)(step->parameters + 50240), (void *)(step->repacked));
        ae_mark(step, 9);
        return;
    }
    task -= 1;
}

// Forward and backward through the network; a task is a slot of samples, walked in micro-batches that
// stay in cache.
static void net_samples(const struct ae_step *step, size_t task, ae_real *scratch) {
    const size_t end = ae_slot_begin(step, task + 1);
    for (size_t first = ae_slot_begin(step, task); first < end; first += 64) {
        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), 64);
        ae_mark(step, 0);
        dense_784_to_64_forward(samples, (void *)(step->input + first * 784), (void *)(step->parameters), (void *)(step->parameters + 50176), (void *)(step->kept + first * 64));
        ae_mark(step, 1);
        dense_64_to_784_forward(samples, (void *)(step->kept + first * 64), (void *)(step->parameters + 50240), (void *)(step->parameters + 100416), (void *)(scratch));
        ae_mark(step, 2);
        loss_mse_forward(samples, step->term_scale, (void *)(scratch), (void *)(step->input + first * 784), (void *)(step->term + first * 1), (void *)(step->kept + 64 * step->samples + first * 784));
        ae_mark(step, 4);
        dense_64_to_784_backward(samples, (void *)(step->kept + 64 * step->samples + first * 784), (void *)(step->repacked), (void *)(step->kept + first * 64), (void *)(step->kept + 848 * step->samples + first * 64));
    }
    ae_mark(step, 9);
}

// Offset, length, number and stride of the runs of the gradient that each task of net_weights sums.
static const struct ae_range net_weights_ranges[] = {
    {50240, 1024, 49, 1024},
    {100416, 784, 1, 0},
    {0, 1024, 4, 12544},
    {1024, 1024, 4, 12544},
    {2048, 1024, 4, 12544},
    {3072, 1024, 4, 12544},
    {4096, 1024, 4, 12544},
    {5120, 1024, 4, 12544},
    {6144, 1024, 4, 12544},
    {7168, 1024, 4, 12544},
    {8192, 1024, 4, 12544},
    {9216, 1024, 4, 12544},
    {10240, 1024, 4, 12544},
    {11264, 1024, 4, 12544},
    {12288, 256, 4, 12544},
    {50176, 64, 1, 0},
};

// Gradients of dense layers, summed over the batch's samples in order; a task is some rows of a weight, or
// a bias.
static void net_weights(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    if (task < 1) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 64);
        ae_mark(step, 5);
        dense_64_to_784_weight_gradient((ptrdiff_t)step->samples, from, to, (void *)(step->kept), (void *)(step->kept + 64 * step->samples), (void *)(step->gradient + 50240));
        ae_mark(step, 9);
        return;
    }
    task -= 1;
    if (task < 1) {
        memset(step->gradient + 100416, 0, 784 * sizeof(ae_real));
        ae_mark(step, 6);
        bias_gradient_784((ptrdiff_t)step->samples, (void *)(step->kept + 64 * step->samples), (void *)(step->gradient + 100416));
        ae_mark(step, 9);
        return;
    }
    task -= 1;
    if (task < 13) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 784);
        ae_mark(step, 7);
        dense_784_to_64_weight_gradient((ptrdiff_t)step->samples, from, to, (void *)(step->input), (void *)(step->kept + 848 * step->samples), (void *)(step->gradient));
        ae_mark(step, 9);
        return;
    }
    task -= 13;
    if (task < 1) {
        memset(step->gradient + 50176, 0, 64 * sizeof(ae_real));
        ae_mark(step, 8);
        bias_gradient_64((ptrdiff_t)step->samples, (void *)(step->kept + 848 * step->samples), (void *)(step->gradient + 50176));
        ae_mark(step, 9);
        return;
    }
    task -= 1;
}

// Tasks, or 0 for one a slot; what they complete of the gradient; the function.
static const struct ae_phase net_phases[] = {
    {1, NULL, net_repack},
    {0, NULL, net_samples},
    {16, net_weights_ranges, net_weights},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    (void)scratch;
    dense_784_to_64_forward((ptrdiff_t)samples, (void *)(input), (void *)(parameters), (void *)(parameters + 50176), (void *)(code));
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *code, ae_real *output,
                       ae_real *scratch) {
    (void)scratch;
    dense_64_to_784_forward((ptrdiff_t)samples, (void *)(code), (void *)(parameters + 50240), (void *)(parameters + 100416), (void *)(output));
}

static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,
                        ae_real *term, ae_real *scratch) {
    (void)code;
    (void)scratch;
    loss_mse_forward_2((ptrdiff_t)samples, (void *)(output), (void *)(input), (void *)(term));
}

// Name, shape in files; view and strides in memory; offset; bound of the initial values.
static const struct ae_parameter net_parameters[] = {
    {"encoder.1.weight", {2, {64, 784}}, 3, {4, 16, 784}, {12544, 1, 16}, 0, 0.035714285714285712},
    {"encoder.1.bias", {1, {64}}, 1, {64}, {1}, 50176, 0.035714285714285712},
    {"decoder.0.weight", {2, {784, 64}}, 3, {49, 16, 64}, {1024, 1, 16}, 50240, 0.125},
    {"decoder.0.bias", {1, {784}}, 1, {784}, {1}, 100416, 0.125},
};

// Name, kind, line of the spec, shape, parameters, FLOPs of a sample's forward pass.
static const struct ae_layer net_layers[] = {
    {"encoder.0", "flatten", 8, {1, {784}}, 0, 0},
    {"encoder.1", "dense", 8, {1, {64}}, 50240, 100352},
    {"encoder.2", "relu", 8, {1, {64}}, 0, 0},
    {"encoder.3", "dropout", 8, {1, {64}}, 0, 0},
    {"z", "code", 9, {1, {64}}, 0, 0},
    {"decoder.0", "dense", 10, {1, {784}}, 50960, 100352},
    {"decoder.1", "relu", 10, {1, {784}}, 0, 0},
    {"decoder.2", "reshape", 10, {3, {1, 28, 28}}, 0, 0},
};

// Name, FLOPs and predicted cost in vector multiply-adds of a sample; true: of a step.
static const struct ae_kernel net_kernels[] = {
    {"encoder.1 forward", 100352, 3817, false},
    {"decoder.0 forward", 100352, 3997, false},
    {"loss mse forward", 0, 686, false},
    {"decoder.0 repack", 0, 1.254e+04, true},
    {"decoder.0 backward", 100352, 3821, false},
    {"decoder.0 weight_gradient", 100352, 3528, false},
    {"decoder.0 bias_gradient", 0, 98, false},
    {"encoder.1 weight_gradient", 100352, 3528, false},
    {"encoder.1 bias_gradient", 0, 8, false},
};

static double net_peak(size_t rounds) {
    return ae_peak(rounds);
}

static const struct ae_term net_terms[] = {
    {"mse", "mse"},
};

static void net_derive(double *constants, const bool *given, double *weights, double *settings) {
    (void)constants;
    (void)given;
    weights[0] = 1;
    settings[AE_SETTING_optimizer] = AE_OPTIMIZER_adam;
    settings[AE_SETTING_learning_rate] = 0.001;
    settings[AE_SETTING_batch] = 1000.0;
    settings[AE_SETTING_epochs] = 16.0;
}

static const double net_mean[] = {0.13070000000000001};
static const double net_std[] = {0.30809999999999998};
// Name, shape, elements; data: source, scale, mean, std, whether values must be in [0, 1].
static const struct ae_input net_inputs[] = {
    {"x", {3, {1, 28, 28}}, 784, {"data/mnist", 0.0039215686274509803, net_mean, net_std, false}},
};

// Name, kind, shape, elements, offset in the code, prior_std.
static const struct ae_latent net_latents[] = {
    {"z", AE_LATENT_CODE, {1, {64}}, 64, 0, 0},
};

// Name, shape, elements, kind.
static const struct ae_output net_outputs[] = {
    {"x", {3, {1, 28, 28}}, 784, AE_OUTPUT_VALUES},
};

static const struct ae_inference net_inference = {
    .samples_max = 32,
    .scratch_count = 0,
    .encode = net_encode,
    .decode = net_decode,
    .measure = net_measure,
};

static const struct ae_training net_training = {
    .memory = {.parameters = 101200,
               .trainable = 101200,
               .slotted = 0,
               .repacked = 50176,
               .terms = 1,
               .input = 784,
               .kept = 912,
               .scratch = 50176},
    .phases = net_phases,
    .phase_count = sizeof net_phases / sizeof *net_phases,
    .kernels = net_kernels,
    .kernel_count = 9,
    .lanes = 16,
    .peak = net_peak,
};

static const char net_text[] =
    "# ael.aespec - the linear autoencoder (Fig 2)\n"
    "model ael\n"
    "\n"
    "const p = 0  # the study's variant: --set p=0.1\n"
    "\n"
    "data { source = idx(\"data/mnist\"); scale = 1/255; mean = 0.1307; std = 0.3081 }\n"
    "input x : [1, 28, 28]\n"
    "encoder { flatten; dense(64) -> relu -> dropout(p) }\n"
    "latent z = code\n"
    "decoder { dense(784) -> relu; reshape(1, 28, 28) }\n"
    "loss { mse(x) }\n"
    "train { optimizer = adam; learning_rate = 1e-3; batch = 1000; epochs = 16 }\n";

const struct ae_model ae_model_ael = {
    .name = "ael",
    .file = "ael.aespec",
    .text = net_text,
    .target = "scalar",
    .real_bytes = sizeof(ae_real),
    .features = AE_FEATURES,
    .input_count = 784,
    .latent_count = 64,
    .code_count = 64,
    .output_count = 784,
    .inputs = net_inputs,
    .input_tensors = 1,
    .latents = net_latents,
    .latent_tensors = 1,
    .outputs = net_outputs,
    .output_tensors = 1,
    .parameters = net_parameters,
    .parameter_tensors = 4,
    .parameter_count = 101200,
    .layers = net_layers,
    .layer_count = 8,
    .terms = net_terms,
    .term_count = 1,
    .constants = NULL,
    .constant_count = 0,
    .derive = net_derive,
    .inference = &net_inference,
    .training = &net_training,
};
