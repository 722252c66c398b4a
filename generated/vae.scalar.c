// The autoencoder vae, made by aespec from vae.aespec: kernels, then training, evaluation and tables.
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

// decoder.2 repack (vae.aespec:8): 401408 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void dense_512_to_784_repack(ptrdiff_t from, ptrdiff_t to,
        const ae_real weight[restrict 49][512][16],
        ae_real packed[restrict 32][784][16]) {
    for (ptrdiff_t l = from; l < to; l += 16)
        for (ptrdiff_t s = 0; s < 784; s += 16)
            ae_turn(16, 16, weight[s / 16][l], 16, packed[l / 16][s], 16);
}

// decoder.0 repack (vae.aespec:8): 1024 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void dense_2_to_512_repack(
        const ae_real weight[restrict 32][2][16],
        ae_real packed[restrict 1][512][2]) {
    for (ptrdiff_t s = 0; s < 512; s += 16)
        ae_turn(2, 16, weight[s / 16][0], 16, packed[0][s], 2);
}

// z.log_sigma repack (vae.aespec:7): 1024 elements
// z.mu repack (vae.aespec:7): 1024 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void dense_512_to_2_repack(ptrdiff_t from, ptrdiff_t to,
        const ae_real weight[restrict 1][512][2],
        ae_real packed[restrict 32][2][16]) {
    for (ptrdiff_t l = from; l < to; l += 16)
        ae_turn(16, 2, weight[0][l], 2, packed[l / 16][0], 16);
}

AE_INLINE void dense_784_to_512_forward_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real bias[restrict 512],
        const ae_real weight[restrict 32][784][16],
        const ae_real input[restrict][784],
        ae_real out0[restrict][512]) {
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

// encoder.1 forward (vae.aespec:6): 784 -> 512, 802816 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_784_to_512_forward(ptrdiff_t samples,
        const ae_real input[restrict][784],
        const ae_real weight[restrict 32][784][16],
        const ae_real bias[restrict 512],
        ae_real out0[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_784_to_512_forward_block(8, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_784_to_512_forward_block(4, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_784_to_512_forward_block(2, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_784_to_512_forward_block(1, c, s, bias, weight, input, out0);
    }
}

AE_INLINE void dense_512_to_2_forward_block(ptrdiff_t rows, ptrdiff_t s,
        const ae_real bias[restrict 2],
        const ae_real weight[restrict 512][2],
        const ae_real input[restrict][512],
        ae_real output[restrict][2]) {
    ae_real sum[8][2];
    for (int lane = 0; lane < 2; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = bias[lane];
    for (ptrdiff_t j = 0; j < 512; j++)
        for (int lane = 0; lane < 2; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 2; lane++)
            output[s + row][lane] = sum[row][lane];
}

// z.mu forward (vae.aespec:7): 512 -> 2, 2048 FLOP a sample
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_512_to_2_forward(ptrdiff_t samples,
        const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2],
        const ae_real bias[restrict 2],
        ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
        dense_512_to_2_forward_block(8, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
        dense_512_to_2_forward_block(4, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
        dense_512_to_2_forward_block(2, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
        dense_512_to_2_forward_block(1, s, bias, weight, input, output);
}

AE_INLINE void dense_512_to_2_forward_2_block(ptrdiff_t rows, ptrdiff_t s,
        const ae_real bias[restrict 2],
        const ae_real weight[restrict 512][2],
        const ae_real input[restrict][512],
        ae_real output[restrict][2],
        ae_real out0[restrict][2]) {
    ae_real sum[8][2];
    for (int lane = 0; lane < 2; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = bias[lane];
    for (ptrdiff_t j = 0; j < 512; j++)
        for (int lane = 0; lane < 2; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 2; lane++) {
            output[s + row][lane] = sum[row][lane];
            out0[s + row][lane] = ae_exp(sum[row][lane]);
        }
}

// z.log_sigma forward (vae.aespec:7): 512 -> 2, 2048 FLOP a sample; then exp
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_512_to_2_forward_2(ptrdiff_t samples,
        const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2],
        const ae_real bias[restrict 2],
        ae_real output[restrict][2],
        ae_real out0[restrict][2]) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
        dense_512_to_2_forward_2_block(8, s, bias, weight, input, output, out0);
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
        dense_512_to_2_forward_2_block(4, s, bias, weight, input, output, out0);
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
        dense_512_to_2_forward_2_block(2, s, bias, weight, input, output, out0);
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
        dense_512_to_2_forward_2_block(1, s, bias, weight, input, output, out0);
}

// z normal (vae.aespec:7): 2 elements
AE_KERNEL void normal_2(ptrdiff_t samples, const struct ae_step *step, size_t first,
        ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        ae_random_normal(step->seed, step->epoch, step->sample[first + s], 0, 2, output[s]);
}

// z forward (vae.aespec:7): 2 elements; multiply, add
AE_KERNEL void multiply_add_2(ptrdiff_t samples,
        const ae_real in0[restrict][2],
        const ae_real in1[restrict][2],
        const ae_real in2[restrict][2],
        ae_real out0[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++)
            out0[s][lane] = in2[s][lane] + (in0[s][lane] * in1[s][lane]);
}

AE_INLINE void dense_2_to_512_forward_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real bias[restrict 512],
        const ae_real weight[restrict 32][2][16],
        const ae_real input[restrict][2],
        ae_real out0[restrict][512]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = bias[c + lane];
    for (ptrdiff_t j = 0; j < 2; j++)
        for (int lane = 0; lane < 16; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 16; lane++) {
            const ae_real a0 = sum[row][lane];
            out0[s + row][c + lane] = a0 <= 0 ? 0 : a0;
        }
}

// decoder.0 forward (vae.aespec:8): 2 -> 512, 2048 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_2_to_512_forward(ptrdiff_t samples,
        const ae_real input[restrict][2],
        const ae_real weight[restrict 32][2][16],
        const ae_real bias[restrict 512],
        ae_real out0[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_2_to_512_forward_block(8, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_2_to_512_forward_block(4, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_2_to_512_forward_block(2, c, s, bias, weight, input, out0);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_2_to_512_forward_block(1, c, s, bias, weight, input, out0);
    }
}

AE_INLINE void dense_512_to_784_forward_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real bias[restrict 784],
        const ae_real weight[restrict 49][512][16],
        const ae_real input[restrict][512],
        ae_real output[restrict][784]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = bias[c + lane];
    for (ptrdiff_t j = 0; j < 512; j++)
        for (int lane = 0; lane < 16; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 16; lane++)
            output[s + row][c + lane] = sum[row][lane];
}

// decoder.2 forward (vae.aespec:8): 512 -> 784, 802816 FLOP a sample
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_512_to_784_forward(ptrdiff_t samples,
        const ae_real input[restrict][512],
        const ae_real weight[restrict 49][512][16],
        const ae_real bias[restrict 784],
        ae_real output[restrict][784]) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_512_to_784_forward_block(8, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_512_to_784_forward_block(4, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_512_to_784_forward_block(2, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_512_to_784_forward_block(1, c, s, bias, weight, input, output);
    }
}

// sse forward (vae.aespec:9): 784 elements
//   subtract, multiply, sum, scale, multiply
AE_KERNEL void loss_sse_forward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real in0[restrict][784],
        const ae_real in1[restrict][784],
        ae_real out0[restrict][2],
        ae_real out1[restrict][784]) {
    const ae_real u0 = term_scale[0];
    const ae_real u1 = u0;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0[s][i + lane] - in1[s][i + lane];
                partial2[lane] += v0 * v0;
                out1[s][i + lane] = u1 * (v0 * AE_REAL(2.0));
            }
        const ae_real v2 = ae_join(partial2);
        out0[s][0] = v2;
    }
}

// kl forward (vae.aespec:9): 2 elements; multiply
AE_KERNEL void loss_kl_forward(ptrdiff_t samples,
        const ae_real in0[restrict][2],
        ae_real out0[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++)
            out0[s][lane] = in0[s][lane] * in0[s][lane];
}

// kl forward (vae.aespec:9): 2 elements
//   multiply, add, scale, subtract, offset, sum
AE_KERNEL void loss_kl_forward_2(ptrdiff_t samples,
        const ae_real in0[restrict][2],
        const ae_real in1[restrict][2],
        const ae_real in2[restrict][2],
        ae_real out0[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial5[16] = {0};
        for (int lane = 0; lane < 2; lane++)
            partial5[lane] += ((((in0[s][lane] * in0[s][lane]) + in1[s][lane]) * AE_REAL(0.9999999999999998)) - in2[s][lane]) + AE_REAL(-0.8465735902799726);
        const ae_real v5 = ae_join(partial5);
        out0[s][0] = v5;
    }
}

// kl backward (vae.aespec:9): 2 elements; scale, multiply
AE_KERNEL void loss_kl_backward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real in0[restrict][2],
        ae_real out0[restrict][2]) {
    const ae_real u0 = term_scale[1];
    const ae_real u1 = u0;
    const ae_real u2 = u1 * AE_REAL(0.9999999999999998);
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++)
            out0[s][lane] = u2 * (in0[s][lane] * AE_REAL(2.0));
}

AE_INLINE void dense_512_to_784_backward_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real weight[restrict 32][784][16],
        const ae_real input[restrict][784],
        const ae_real in0[restrict][512],
        ae_real out0[restrict][512]) {
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

// decoder.2 backward (vae.aespec:8): 784 -> 512, 802816 FLOP a sample; then select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_512_to_784_backward(ptrdiff_t samples,
        const ae_real input[restrict][784],
        const ae_real weight[restrict 32][784][16],
        const ae_real in0[restrict][512],
        ae_real out0[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_512_to_784_backward_block(8, c, s, weight, input, in0, out0);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_512_to_784_backward_block(4, c, s, weight, input, in0, out0);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_512_to_784_backward_block(2, c, s, weight, input, in0, out0);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_512_to_784_backward_block(1, c, s, weight, input, in0, out0);
    }
}

AE_INLINE void dense_2_to_512_backward_block(ptrdiff_t rows, ptrdiff_t s, ae_real u2,
        const ae_real weight[restrict 512][2],
        const ae_real input[restrict][512],
        const ae_real in0[restrict][2],
        ae_real out0[restrict][2],
        const ae_real in1[restrict][2],
        const ae_real in2[restrict][2],
        const ae_real in3[restrict][2],
        ae_real out1[restrict][2]) {
    ae_real sum[8][2];
    for (int lane = 0; lane < 2; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = AE_REAL(0.0);
    for (ptrdiff_t j = 0; j < 512; j++)
        for (int lane = 0; lane < 2; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 2; lane++) {
            out0[s + row][lane] = in0[s + row][lane] + sum[row][lane];
            out1[s + row][lane] = u2 + ((in2[s + row][lane] + (sum[row][lane] * in1[s + row][lane])) * in3[s + row][lane]);
        }
}

// decoder.0 backward (vae.aespec:8): 512 -> 2, 2048 FLOP a sample
//   then add, multiply, add, multiply, add
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_2_to_512_backward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2],
        const ae_real in0[restrict][2],
        ae_real out0[restrict][2],
        const ae_real in1[restrict][2],
        const ae_real in2[restrict][2],
        const ae_real in3[restrict][2],
        ae_real out1[restrict][2]) {
    const ae_real u0 = term_scale[1];
    const ae_real u1 = u0;
    const ae_real u2 = u1 * AE_REAL(-1.0);
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
        dense_2_to_512_backward_block(8, s, u2, weight, input, in0, out0, in1, in2, in3, out1);
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
        dense_2_to_512_backward_block(4, s, u2, weight, input, in0, out0, in1, in2, in3, out1);
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
        dense_2_to_512_backward_block(2, s, u2, weight, input, in0, out0, in1, in2, in3, out1);
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
        dense_2_to_512_backward_block(1, s, u2, weight, input, in0, out0, in1, in2, in3, out1);
}

AE_INLINE void dense_512_to_2_backward_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real weight[restrict 32][2][16],
        const ae_real input[restrict][2],
        ae_real output[restrict][512]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = AE_REAL(0.0);
    for (ptrdiff_t j = 0; j < 2; j++)
        for (int lane = 0; lane < 16; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 16; lane++)
            output[s + row][c + lane] = sum[row][lane];
}

// z.log_sigma backward (vae.aespec:7): 2 -> 512, 2048 FLOP a sample
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_512_to_2_backward(ptrdiff_t samples,
        const ae_real input[restrict][2],
        const ae_real weight[restrict 32][2][16],
        ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_512_to_2_backward_block(8, c, s, weight, input, output);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_512_to_2_backward_block(4, c, s, weight, input, output);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_512_to_2_backward_block(2, c, s, weight, input, output);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_512_to_2_backward_block(1, c, s, weight, input, output);
    }
}

AE_INLINE void dense_512_to_2_backward_2_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real weight[restrict 32][2][16],
        const ae_real input[restrict][2],
        const ae_real in0[restrict][512],
        const ae_real in1[restrict][512],
        ae_real out0[restrict][512]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = AE_REAL(0.0);
    for (ptrdiff_t j = 0; j < 2; j++)
        for (int lane = 0; lane < 16; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 16; lane++) {
            const ae_real a1 = in1[s + row][c + lane];
            out0[s + row][c + lane] = a1 <= 0 ? AE_REAL(0.0) : (in0[s + row][c + lane] + sum[row][lane]);
        }
}

// z.mu backward (vae.aespec:7): 2 -> 512, 2048 FLOP a sample; then add, select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_512_to_2_backward_2(ptrdiff_t samples,
        const ae_real input[restrict][2],
        const ae_real weight[restrict 32][2][16],
        const ae_real in0[restrict][512],
        const ae_real in1[restrict][512],
        ae_real out0[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_512_to_2_backward_2_block(8, c, s, weight, input, in0, in1, out0);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_512_to_2_backward_2_block(4, c, s, weight, input, in0, in1, out0);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_512_to_2_backward_2_block(2, c, s, weight, input, in0, in1, out0);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_512_to_2_backward_2_block(1, c, s, weight, input, in0, in1, out0);
    }
}

// decoder.2 weight_gradient (vae.aespec:8): 512 -> 784, 802816 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void dense_512_to_784_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real large[restrict][512],
        const ae_real small[restrict][784],
        ae_real gradient[restrict 49][512][16]) {
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

// decoder.2 bias_gradient (vae.aespec:8): 784 elements
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

// decoder.0 weight_gradient (vae.aespec:8): 2 -> 512, 2048 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 2 sums together: 2 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void dense_2_to_512_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real large[restrict][2],
        const ae_real small[restrict][512],
        ae_real gradient[restrict 32][2][16]) {
    for (ptrdiff_t c = 0; c < 512; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 16)
            for (ptrdiff_t j = from; j < ((to - from) / 2) * 2 + from; j += 2) {
                ae_real sum[2][16];
                AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    for (int lane = 0; lane < 16; lane++)
                        sum[row][lane] = gradient[c / 16][j + row][lane];
                for (ptrdiff_t s = first; s < end; s++)
                    for (int lane = 0; lane < 16; lane++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                            AE_FMA(sum[row][lane], large[s][j + row], small[s][c + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    for (int lane = 0; lane < 16; lane++)
                        gradient[c / 16][j + row][lane] = sum[row][lane];
            }
    }
}

// decoder.0 bias_gradient (vae.aespec:8): 512 elements
// encoder.1 bias_gradient (vae.aespec:6): 512 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void bias_gradient_512(ptrdiff_t samples,
        const ae_real image[restrict][512],
        ae_real gradient[restrict 512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
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

// z.log_sigma weight_gradient (vae.aespec:7): 512 -> 2, 2048 FLOP a sample
// z.mu weight_gradient (vae.aespec:7): 512 -> 2, 2048 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void dense_512_to_2_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real large[restrict][512],
        const ae_real small[restrict][2],
        ae_real gradient[restrict 512][2]) {
    memset(gradient[from], 0, (size_t)(to * 2 - from * 2) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t j = from; j < ((to - from) / 8) * 8 + from; j += 8) {
            ae_real sum[8][2];
            AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                for (int lane = 0; lane < 2; lane++)
                    sum[row][lane] = gradient[j + row][lane];
            for (ptrdiff_t s = first; s < end; s++)
                for (int lane = 0; lane < 2; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                        AE_FMA(sum[row][lane], large[s][j + row], small[s][lane]);
            AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                for (int lane = 0; lane < 2; lane++)
                    gradient[j + row][lane] = sum[row][lane];
        }
    }
}

// z.log_sigma bias_gradient (vae.aespec:7): 2 elements
// z.mu bias_gradient (vae.aespec:7): 2 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void bias_gradient_2(ptrdiff_t samples,
        const ae_real image[restrict][2],
        ae_real gradient[restrict 2]) {
    ae_real sum[2];
    for (int lane = 0; lane < 2; lane++)
        sum[lane] = gradient[lane];
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++)
            sum[lane] += image[s][lane];
    for (int lane = 0; lane < 2; lane++)
        gradient[lane] = sum[lane];
}

// encoder.1 weight_gradient (vae.aespec:6): 784 -> 512, 802816 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void dense_784_to_512_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real large[restrict][784],
        const ae_real small[restrict][512],
        ae_real gradient[restrict 32][784][16]) {
    for (ptrdiff_t c = 0; c < 512; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 16)
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

AE_INLINE void dense_512_to_2_forward_3_block(ptrdiff_t rows, ptrdiff_t s,
        const ae_real bias[restrict 2],
        const ae_real weight[restrict 512][2],
        const ae_real input[restrict][512],
        ae_real output[restrict][4]) {
    ae_real sum[8][2];
    for (int lane = 0; lane < 2; lane++)
        AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            sum[row][lane] = bias[lane];
    for (ptrdiff_t j = 0; j < 512; j++)
        for (int lane = 0; lane < 2; lane++)
            AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
                AE_FMA(sum[row][lane], input[s + row][j], weight[j][lane]);
    AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        for (int lane = 0; lane < 2; lane++)
            output[s + row][lane] = sum[row][lane];
}

// z.mu forward (vae.aespec:7): 512 -> 2, 2048 FLOP a sample
// z.log_sigma forward (vae.aespec:7): 512 -> 2, 2048 FLOP a sample
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void dense_512_to_2_forward_3(ptrdiff_t samples,
        const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2],
        const ae_real bias[restrict 2],
        ae_real output[restrict][4]) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
        dense_512_to_2_forward_3_block(8, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
        dense_512_to_2_forward_3_block(4, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
        dense_512_to_2_forward_3_block(2, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
        dense_512_to_2_forward_3_block(1, s, bias, weight, input, output);
}

// sse forward (vae.aespec:9): 784 elements; subtract, multiply, sum
AE_KERNEL void loss_sse_forward_2(ptrdiff_t samples,
        const ae_real in0[restrict][784],
        const ae_real in1[restrict][784],
        ae_real out0[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0[s][i + lane] - in1[s][i + lane];
                partial2[lane] += v0 * v0;
            }
        const ae_real v2 = ae_join(partial2);
        out0[s][0] = v2;
    }
}

// kl forward (vae.aespec:9): 2 elements; exp, multiply
AE_KERNEL void loss_kl_forward_3(ptrdiff_t samples,
        const ae_real in0[restrict][4],
        ae_real out0[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = ae_exp(in0[s][lane]);
            out0[s][lane] = v0 * v0;
        }
}

// kl forward (vae.aespec:9): 2 elements
//   multiply, add, scale, subtract, offset, sum
AE_KERNEL void loss_kl_forward_4(ptrdiff_t samples,
        const ae_real in0[restrict][4],
        const ae_real in1[restrict][2],
        const ae_real in2[restrict][4],
        ae_real out0[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial5[16] = {0};
        for (int lane = 0; lane < 2; lane++)
            partial5[lane] += (((in1[s][lane] + (in0[s][lane] * in0[s][lane])) * AE_REAL(0.9999999999999998)) - in2[s][lane]) + AE_REAL(-0.8465735902799726);
        const ae_real v5 = ae_join(partial5);
        out0[s][0] = v5;
    }
}

// Weights in the order of their transposed use, once a step; a task is a weight, or some rows of one.
static void net_repack(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 12);
        dense_512_to_784_repack(from, to, (void *)(step->parameters + 405536), (void *)(step->repacked));
        ae_mark(step, 30);
        return;
    }
    task -= 8;
    if (task < 1) {
        ae_mark(step, 16);
        dense_2_to_512_repack((void *)(step->parameters + 404000), (void *)(step->repacked + 401408));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 20);
        dense_512_to_2_repack(from, to, (void *)(step->parameters + 402960), (void *)(step->repacked + 402432));
        ae_mark(step, 30);
        return;
    }
    task -= 8;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 24);
        dense_512_to_2_repack(from, to, (void *)(step->parameters + 401920), (void *)(step->repacked + 403456));
        ae_mark(step, 30);
        return;
    }
    task -= 8;
}

// Forward and backward through the network; a task is a slot of samples, walked in micro-batches that
// stay in cache.
static void net_samples(const struct ae_step *step, size_t task, ae_real *scratch) {
    const size_t end = ae_slot_begin(step, task + 1);
    for (size_t first = ae_slot_begin(step, task); first < end; first += 32) {
        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), 32);
        ae_mark(step, 0);
        dense_784_to_512_forward(samples, (void *)(step->input + first * 784), (void *)(step->parameters), (void *)(step->parameters + 401408), (void *)(step->kept + first * 512));
        ae_mark(step, 1);
        dense_512_to_2_forward(samples, (void *)(step->kept + first * 512), (void *)(step->parameters + 401920), (void *)(step->parameters + 402944), (void *)(scratch));
        ae_mark(step, 2);
        dense_512_to_2_forward_2(samples, (void *)(step->kept + first * 512), (void *)(step->parameters + 402960), (void *)(step->parameters + 403984), (void *)(scratch + 512), (void *)(scratch + 1536));
        ae_mark(step, 3);
        normal_2(samples, step, first, (void *)(scratch + 1024));
        ae_mark(step, 4);
        multiply_add_2(samples, (void *)(scratch + 1536), (void *)(scratch + 1024), (void *)(scratch), (void *)(step->kept + 512 * step->samples + first * 2));
        ae_mark(step, 5);
        dense_2_to_512_forward(samples, (void *)(step->kept + 512 * step->samples + first * 2), (void *)(step->parameters + 404000), (void *)(step->parameters + 405024), (void *)(step->kept + 528 * step->samples + first * 512));
        ae_mark(step, 6);
        dense_512_to_784_forward(samples, (void *)(step->kept + 528 * step->samples + first * 512), (void *)(step->parameters + 405536), (void *)(step->parameters + 806944), (void *)(scratch + 2048));
        ae_mark(step, 7);
        loss_sse_forward(samples, step->term_scale, (void *)(scratch + 2048), (void *)(step->input + first * 784), (void *)(step->term + first * 2), (void *)(step->kept + 1040 * step->samples + first * 784));
        ae_mark(step, 8);
        loss_kl_forward(samples, (void *)(scratch), (void *)(scratch + 2048));
        ae_mark(step, 9);
        loss_kl_forward_2(samples, (void *)(scratch + 1536), (void *)(scratch + 2048), (void *)(scratch + 512), (void *)(step->term + first * 2 + 1));
        ae_mark(step, 10);
        loss_kl_backward(samples, step->term_scale, (void *)(scratch + 1536), (void *)(scratch + 512));
        ae_mark(step, 11);
        loss_kl_backward(samples, step->term_scale, (void *)(scratch), (void *)(scratch + 2048));
        ae_mark(step, 13);
        dense_512_to_784_backward(samples, (void *)(step->kept + 1040 * step->samples + first * 784), (void *)(step->repacked), (void *)(step->kept + 528 * step->samples + first * 512), (void *)(step->kept + 1824 * step->samples + first * 512));
        ae_mark(step, 17);
        dense_2_to_512_backward(samples, step->term_scale, (void *)(step->kept + 1824 * step->samples + first * 512), (void *)(step->repacked + 401408), (void *)(scratch + 2048), (void *)(step->kept + 2336 * step->samples + first * 2), (void *)(scratch + 1024), (void *)(scratch + 512), (void *)(scratch + 1536), (void *)(step->kept + 2352 * step->samples + first * 2));
        ae_mark(step, 21);
        dense_512_to_2_backward(samples, (void *)(step->kept + 2352 * step->samples + first * 2), (void *)(step->repacked + 402432), (void *)(scratch));
        ae_mark(step, 25);
        dense_512_to_2_backward_2(samples, (void *)(step->kept + 2336 * step->samples + first * 2), (void *)(step->repacked + 403456), (void *)(scratch), (void *)(step->kept + first * 512), (void *)(step->kept + 2368 * step->samples + first * 512));
    }
    ae_mark(step, 30);
}

// Offset, length, number and stride of the runs of the gradient that each task of net_weights sums.
static const struct ae_range net_weights_ranges[] = {
    {405536, 1024, 49, 8192},
    {406560, 1024, 49, 8192},
    {407584, 1024, 49, 8192},
    {408608, 1024, 49, 8192},
    {409632, 1024, 49, 8192},
    {410656, 1024, 49, 8192},
    {411680, 1024, 49, 8192},
    {412704, 1024, 49, 8192},
    {806944, 784, 1, 0},
    {404000, 32, 32, 32},
    {405024, 512, 1, 0},
    {402960, 128, 1, 1024},
    {403088, 128, 1, 1024},
    {403216, 128, 1, 1024},
    {403344, 128, 1, 1024},
    {403472, 128, 1, 1024},
    {403600, 128, 1, 1024},
    {403728, 128, 1, 1024},
    {403856, 128, 1, 1024},
    {403984, 2, 1, 0},
    {401920, 128, 1, 1024},
    {402048, 128, 1, 1024},
    {402176, 128, 1, 1024},
    {402304, 128, 1, 1024},
    {402432, 128, 1, 1024},
    {402560, 128, 1, 1024},
    {402688, 128, 1, 1024},
    {402816, 128, 1, 1024},
    {402944, 2, 1, 0},
    {0, 1024, 32, 12544},
    {1024, 1024, 32, 12544},
    {2048, 1024, 32, 12544},
    {3072, 1024, 32, 12544},
    {4096, 1024, 32, 12544},
    {5120, 1024, 32, 12544},
    {6144, 1024, 32, 12544},
    {7168, 1024, 32, 12544},
    {8192, 1024, 32, 12544},
    {9216, 1024, 32, 12544},
    {10240, 1024, 32, 12544},
    {11264, 1024, 32, 12544},
    {12288, 256, 32, 12544},
    {401408, 512, 1, 0},
};

// Gradients of dense layers, summed over the batch's samples in order; a task is some rows of a weight, or
// a bias.
static void net_weights(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 14);
        dense_512_to_784_weight_gradient((ptrdiff_t)step->samples, from, to, (void *)(step->kept + 528 * step->samples), (void *)(step->kept + 1040 * step->samples), (void *)(step->gradient + 405536));
        ae_mark(step, 30);
        return;
    }
    task -= 8;
    if (task < 1) {
        memset(step->gradient + 806944, 0, 784 * sizeof(ae_real));
        ae_mark(step, 15);
        bias_gradient_784((ptrdiff_t)step->samples, (void *)(step->kept + 1040 * step->samples), (void *)(step->gradient + 806944));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 2);
        ae_mark(step, 18);
        dense_2_to_512_weight_gradient((ptrdiff_t)step->samples, from, to, (void *)(step->kept + 512 * step->samples), (void *)(step->kept + 1824 * step->samples), (void *)(step->gradient + 404000));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        memset(step->gradient + 405024, 0, 512 * sizeof(ae_real));
        ae_mark(step, 19);
        bias_gradient_512((ptrdiff_t)step->samples, (void *)(step->kept + 1824 * step->samples), (void *)(step->gradient + 405024));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 22);
        dense_512_to_2_weight_gradient((ptrdiff_t)step->samples, from, to, (void *)(step->kept), (void *)(step->kept + 2352 * step->samples), (void *)(step->gradient + 402960));
        ae_mark(step, 30);
        return;
    }
    task -= 8;
    if (task < 1) {
        memset(step->gradient + 403984, 0, 2 * sizeof(ae_real));
        ae_mark(step, 23);
        bias_gradient_2((ptrdiff_t)step->samples, (void *)(step->kept + 2352 * step->samples), (void *)(step->gradient + 403984));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 26);
        dense_512_to_2_weight_gradient((ptrdiff_t)step->samples, from, to, (void *)(step->kept), (void *)(step->kept + 2336 * step->samples), (void *)(step->gradient + 401920));
        ae_mark(step, 30);
        return;
    }
    task -= 8;
    if (task < 1) {
        memset(step->gradient + 402944, 0, 2 * sizeof(ae_real));
        ae_mark(step, 27);
        bias_gradient_2((ptrdiff_t)step->samples, (void *)(step->kept + 2336 * step->samples), (void *)(step->gradient + 402944));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 13) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 784);
        ae_mark(step, 28);
        dense_784_to_512_weight_gradient((ptrdiff_t)step->samples, from, to, (void *)(step->input), (void *)(step->kept + 2368 * step->samples), (void *)(step->gradient));
        ae_mark(step, 30);
        return;
    }
    task -= 13;
    if (task < 1) {
        memset(step->gradient + 401408, 0, 512 * sizeof(ae_real));
        ae_mark(step, 29);
        bias_gradient_512((ptrdiff_t)step->samples, (void *)(step->kept + 2368 * step->samples), (void *)(step->gradient + 401408));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
}

// Tasks, or 0 for one a slot; what they complete of the gradient; the function.
static const struct ae_phase net_phases[] = {
    {25, NULL, net_repack},
    {0, NULL, net_samples},
    {43, net_weights_ranges, net_weights},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    dense_784_to_512_forward((ptrdiff_t)samples, (void *)(input), (void *)(parameters), (void *)(parameters + 401408), (void *)(scratch));
    dense_512_to_2_forward_3((ptrdiff_t)samples, (void *)(scratch), (void *)(parameters + 401920), (void *)(parameters + 402944), (void *)(code));
    dense_512_to_2_forward_3((ptrdiff_t)samples, (void *)(scratch), (void *)(parameters + 402960), (void *)(parameters + 403984), (void *)(code + 2));
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *code, ae_real *output,
                       ae_real *scratch) {
    dense_2_to_512_forward((ptrdiff_t)samples, (void *)(code), (void *)(parameters + 404000), (void *)(parameters + 405024), (void *)(scratch));
    dense_512_to_784_forward((ptrdiff_t)samples, (void *)(scratch), (void *)(parameters + 405536), (void *)(parameters + 806944), (void *)(output));
}

static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,
                        ae_real *term, ae_real *scratch) {
    loss_sse_forward_2((ptrdiff_t)samples, (void *)(output), (void *)(input), (void *)(term));
    loss_kl_forward_3((ptrdiff_t)samples, (void *)(code + 2), (void *)(scratch));
    loss_kl_forward_4((ptrdiff_t)samples, (void *)(code), (void *)(scratch), (void *)(code + 2), (void *)(term + 1));
}

// Name, shape in files; view and strides in memory; offset; bound of the initial values.
static const struct ae_parameter net_parameters[] = {
    {"encoder.1.weight", {2, {512, 784}}, 3, {32, 16, 784}, {12544, 1, 16}, 0, 0.035714285714285712},
    {"encoder.1.bias", {1, {512}}, 1, {512}, {1}, 401408, 0.035714285714285712},
    {"z.mu.weight", {2, {2, 512}}, 2, {2, 512}, {1, 2}, 401920, 0.044194173824159216},
    {"z.mu.bias", {1, {2}}, 1, {2}, {1}, 402944, 0.044194173824159216},
    {"z.log_sigma.weight", {2, {2, 512}}, 2, {2, 512}, {1, 2}, 402960, 0.044194173824159216},
    {"z.log_sigma.bias", {1, {2}}, 1, {2}, {1}, 403984, 0.044194173824159216},
    {"decoder.0.weight", {2, {512, 2}}, 3, {32, 16, 2}, {32, 1, 16}, 404000, 0.70710678118654746},
    {"decoder.0.bias", {1, {512}}, 1, {512}, {1}, 405024, 0.70710678118654746},
    {"decoder.2.weight", {2, {784, 512}}, 3, {49, 16, 512}, {8192, 1, 16}, 405536, 0.044194173824159216},
    {"decoder.2.bias", {1, {784}}, 1, {784}, {1}, 806944, 0.044194173824159216},
};

// Name, kind, line of the spec, shape, parameters, FLOPs of a sample's forward pass.
static const struct ae_layer net_layers[] = {
    {"encoder.0", "flatten", 6, {1, {784}}, 0, 0},
    {"encoder.1", "dense", 6, {1, {512}}, 401920, 802816},
    {"encoder.2", "relu", 6, {1, {512}}, 0, 0},
    {"z.mu", "gaussian", 7, {1, {2}}, 1026, 2048},
    {"z.log_sigma", "gaussian", 7, {1, {2}}, 1026, 2048},
    {"decoder.0", "dense", 8, {1, {512}}, 1536, 2048},
    {"decoder.1", "relu", 8, {1, {512}}, 0, 0},
    {"decoder.2", "dense", 8, {1, {784}}, 402192, 802816},
    {"decoder.3", "reshape", 8, {3, {1, 28, 28}}, 0, 0},
};

// Name, FLOPs and predicted cost in vector multiply-adds of a sample; true: of a step.
static const struct ae_kernel net_kernels[] = {
    {"encoder.1 forward", 802816, 3.054e+04, false},
    {"z.mu forward", 2048, 620.6, false},
    {"z.log_sigma forward", 2048, 623.2, false},
    {"z normal", 0, 24, false},
    {"z forward", 0, 0.75, false},
    {"decoder.0 forward", 2048, 205.6, false},
    {"decoder.2 forward", 802816, 3.041e+04, false},
    {"loss sse forward", 0, 441, false},
    {"loss kl forward", 0, 0.5, false},
    {"loss kl forward", 0, 1.375, false},
    {"loss kl backward", 0, 0.5, false},
    {"loss kl backward", 0, 0.5, false},
    {"decoder.2 repack", 0, 1.004e+05, true},
    {"decoder.2 backward", 802816, 3.057e+04, false},
    {"decoder.2 weight_gradient", 802816, 2.822e+04, false},
    {"decoder.2 bias_gradient", 0, 98, false},
    {"decoder.0 repack", 0, 256, true},
    {"decoder.0 backward", 2048, 622, false},
    {"decoder.0 weight_gradient", 2048, 86.4, false},
    {"decoder.0 bias_gradient", 0, 64, false},
    {"z.log_sigma repack", 0, 256, true},
    {"z.log_sigma backward", 2048, 77.57, false},
    {"z.log_sigma weight_gradient", 2048, 576, false},
    {"z.log_sigma bias_gradient", 0, 0.25, false},
    {"z.mu repack", 0, 256, true},
    {"z.mu backward", 2048, 301.6, false},
    {"z.mu weight_gradient", 2048, 576, false},
    {"z.mu bias_gradient", 0, 0.25, false},
    {"encoder.1 weight_gradient", 802816, 2.822e+04, false},
    {"encoder.1 bias_gradient", 0, 64, false},
};

static double net_peak(size_t rounds) {
    return ae_peak(rounds);
}

static const struct ae_term net_terms[] = {
    {"sse", "sse"},
    {"kl", "kl"},
};

static void net_derive(double *constants, const bool *given, double *weights, double *settings) {
    (void)constants;
    (void)given;
    weights[0] = 1;
    weights[1] = 1;
    settings[AE_SETTING_optimizer] = AE_OPTIMIZER_adam;
    settings[AE_SETTING_learning_rate] = 0.001;
    settings[AE_SETTING_batch] = 1000.0;
    settings[AE_SETTING_epochs] = 8.0;
    settings[AE_SETTING_reduction] = AE_REDUCTION_sum;
}

static const double net_mean[] = {0.13070000000000001};
static const double net_std[] = {0.30809999999999998};
// Name, shape, elements; data: source, scale, mean, std, whether values must be in [0, 1].
static const struct ae_input net_inputs[] = {
    {"x", {3, {1, 28, 28}}, 784, {"data/mnist", 0.0039215686274509803, net_mean, net_std, false}},
};

// Name, kind, shape, elements, offset in the code, prior_std.
static const struct ae_latent net_latents[] = {
    {"z", AE_LATENT_GAUSSIAN, {1, {2}}, 2, 0, 0.70710678118654757},
};

// Name, shape, elements, kind.
static const struct ae_output net_outputs[] = {
    {"x", {3, {1, 28, 28}}, 784, AE_OUTPUT_VALUES},
};

static const struct ae_inference net_inference = {
    .samples_max = 32,
    .scratch_count = 16384,
    .encode = net_encode,
    .decode = net_decode,
    .measure = net_measure,
};

static const struct ae_training net_training = {
    .memory = {.parameters = 807728,
               .trainable = 807728,
               .slotted = 0,
               .repacked = 404480,
               .terms = 2,
               .input = 784,
               .kept = 2880,
               .scratch = 27136},
    .phases = net_phases,
    .phase_count = sizeof net_phases / sizeof *net_phases,
    .kernels = net_kernels,
    .kernel_count = 30,
    .lanes = 16,
    .peak = net_peak,
};

static const char net_text[] =
    "# vae.aespec - the variational autoencoder (Fig 8, 9, 10)\n"
    "model vae\n"
    "\n"
    "data { source = idx(\"data/mnist\"); scale = 1/255; mean = 0.1307; std = 0.3081 }\n"
    "input x : [1, 28, 28]\n"
    "encoder { flatten; dense(512) -> relu }\n"
    "latent z ~ gaussian(2, prior_std = sqrt(1/2))\n"
    "decoder { dense(512) -> relu; dense(784); reshape(1, 28, 28) }\n"
    "loss { sse(x); kl(z) }\n"
    "train { optimizer = adam; learning_rate = 1e-3; batch = 1000; epochs = 8; reduction = sum }\n";

const struct ae_model ae_model_vae = {
    .name = "vae",
    .file = "vae.aespec",
    .text = net_text,
    .target = "scalar",
    .real_bytes = sizeof(ae_real),
    .features = AE_FEATURES,
    .input_count = 784,
    .latent_count = 2,
    .code_count = 4,
    .output_count = 784,
    .inputs = net_inputs,
    .input_tensors = 1,
    .latents = net_latents,
    .latent_tensors = 1,
    .outputs = net_outputs,
    .output_tensors = 1,
    .parameters = net_parameters,
    .parameter_tensors = 10,
    .parameter_count = 807728,
    .layers = net_layers,
    .layer_count = 9,
    .terms = net_terms,
    .term_count = 2,
    .constants = NULL,
    .constant_count = 0,
    .derive = net_derive,
    .inference = &net_inference,
    .training = &net_training,
};
