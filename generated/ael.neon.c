// The autoencoder ael, made by aespec from ael.aespec: kernels, then training, evaluation and tables.
// A tensor of shape [C, H, W] lies in memory as [H][W][C], a convolution's weight as
// [kernel y][kernel x][larger image's channel][smaller image's channel], a dense layer's as [input][output], or
// in panels of 16 outputs, [output / 16][input][output % 16], where 16 divides them. Every sum has one order,
// fixed by shapes and batch, so the same seed gives the same bits with any compiler, its flags and any target.
// In a kernel, sum0, sum1, ... are the sums that are made together, t0, t1, ... the inputs and w0, w1, ... the
// weights they take, ARRAY_at a place in an array; s is the sample, g a group of samples, c the channel, and j
// walks (kernel x, input channel), which lie side by side in image and weight.
//
// Made for neon: a vector has 4 lanes. A kernel holds a block of sums in registers over all its inner loops,
// rows (positions of an image, samples, weights) times columns (vectors of channels). One step reads the number
// of each row and the vector of each column once and multiplies every pair, so loads are few beside the
// multiply-adds, and so many sums are under way that none waits for the one before it. Channels lie innermost:
// a vector is one load, images are read where they are, and nothing is added up across lanes. Where an image has
// too few channels to fill a vector, 4 samples stand in the lanes instead (ae_pack, ae_unpack). Activations are
// applied to sums that are still in registers, and a few samples go forward and backward together while what they
// made is in the second-level cache.

#include "runtime/api/processor.h"
#define AE_TARGET_NEON
#include "runtime/api/vector.h"
#include "runtime/api/model.h"

// decoder.0 repack (ael.aespec:10): 50176 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void net_decoder_0_repack(ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict weight,
        ae_real *restrict packed) {
    for (ptrdiff_t l = from; l < to; l += 16) {
        for (ptrdiff_t s = 0; s < 784; s += 16) {
            ae_turn(16, 16, weight + s * 64 + l * 16, 16, packed + s * 16 + l * 784, 16);
        }
    }
}

// encoder.1 forward (ael.aespec:8): 784 -> 64, 100352 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 16 sums together: 4 samples x 4 vectors of 4 output channels.
AE_KERNEL void net_encoder_1_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 4) * 4; s += 4) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13,
                sum14, sum15;
            sum0 = ae_load(bias + c); sum4 = ae_load(bias + c); sum8 = ae_load(bias + c); sum12 = ae_load(bias + c);
            sum1 = ae_load(bias + c + 4); sum5 = ae_load(bias + c + 4); sum9 = ae_load(bias + c + 4);
            sum13 = ae_load(bias + c + 4);
            sum2 = ae_load(bias + c + 8); sum6 = ae_load(bias + c + 8); sum10 = ae_load(bias + c + 8);
            sum14 = ae_load(bias + c + 8);
            sum3 = ae_load(bias + c + 12); sum7 = ae_load(bias + c + 12); sum11 = ae_load(bias + c + 12);
            sum15 = ae_load(bias + c + 12);
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const weight_at = weight + (c * 784 + j * 16);
                const ae_real *const input_at = input + (s * 784 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[784]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
                const ae_vector t2 = ae_splat(input_at[1568]); AE_FMA(sum8, t2, w0_0); AE_FMA(sum9, t2, w0_1);
                AE_FMA(sum10, t2, w0_2); AE_FMA(sum11, t2, w0_3);
                const ae_vector t3 = ae_splat(input_at[2352]); AE_FMA(sum12, t3, w0_0); AE_FMA(sum13, t3, w0_1);
                AE_FMA(sum14, t3, w0_2); AE_FMA(sum15, t3, w0_3);
            }
            ae_real *const out0_at = out0 + (s * 64 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
            ae_store(out0_at + 64, ae_vector_relu(sum4));
            ae_store(out0_at + 68, ae_vector_relu(sum5));
            ae_store(out0_at + 72, ae_vector_relu(sum6));
            ae_store(out0_at + 76, ae_vector_relu(sum7));
            ae_store(out0_at + 128, ae_vector_relu(sum8));
            ae_store(out0_at + 132, ae_vector_relu(sum9));
            ae_store(out0_at + 136, ae_vector_relu(sum10));
            ae_store(out0_at + 140, ae_vector_relu(sum11));
            ae_store(out0_at + 192, ae_vector_relu(sum12));
            ae_store(out0_at + 196, ae_vector_relu(sum13));
            ae_store(out0_at + 200, ae_vector_relu(sum14));
            ae_store(out0_at + 204, ae_vector_relu(sum15));
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
            sum0 = ae_load(bias + c); sum4 = ae_load(bias + c);
            sum1 = ae_load(bias + c + 4); sum5 = ae_load(bias + c + 4);
            sum2 = ae_load(bias + c + 8); sum6 = ae_load(bias + c + 8);
            sum3 = ae_load(bias + c + 12); sum7 = ae_load(bias + c + 12);
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const weight_at = weight + (c * 784 + j * 16);
                const ae_real *const input_at = input + (s * 784 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[784]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
            }
            ae_real *const out0_at = out0 + (s * 64 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
            ae_store(out0_at + 64, ae_vector_relu(sum4));
            ae_store(out0_at + 68, ae_vector_relu(sum5));
            ae_store(out0_at + 72, ae_vector_relu(sum6));
            ae_store(out0_at + 76, ae_vector_relu(sum7));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_load(bias + c);
            sum1 = ae_load(bias + c + 4);
            sum2 = ae_load(bias + c + 8);
            sum3 = ae_load(bias + c + 12);
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const weight_at = weight + (c * 784 + j * 16);
                const ae_vector t0 = ae_splat(input[s * 784 + j]); AE_FMA(sum0, t0, ae_load(weight_at));
                AE_FMA(sum1, t0, ae_load(weight_at + 4)); AE_FMA(sum2, t0, ae_load(weight_at + 8));
                AE_FMA(sum3, t0, ae_load(weight_at + 12));
            }
            ae_real *const out0_at = out0 + (s * 64 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
        }
    }
}

// decoder.0 forward (ael.aespec:10): 64 -> 784, 100352 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 16 sums together: 4 samples x 4 vectors of 4 output channels.
AE_KERNEL void net_decoder_0_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 4) * 4; s += 4) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13,
                sum14, sum15;
            sum0 = ae_load(bias + c); sum4 = ae_load(bias + c); sum8 = ae_load(bias + c); sum12 = ae_load(bias + c);
            sum1 = ae_load(bias + c + 4); sum5 = ae_load(bias + c + 4); sum9 = ae_load(bias + c + 4);
            sum13 = ae_load(bias + c + 4);
            sum2 = ae_load(bias + c + 8); sum6 = ae_load(bias + c + 8); sum10 = ae_load(bias + c + 8);
            sum14 = ae_load(bias + c + 8);
            sum3 = ae_load(bias + c + 12); sum7 = ae_load(bias + c + 12); sum11 = ae_load(bias + c + 12);
            sum15 = ae_load(bias + c + 12);
            for (ptrdiff_t j = 0; j < 64; j++) {
                const ae_real *const weight_at = weight + (c * 64 + j * 16);
                const ae_real *const input_at = input + (s * 64 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[64]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
                const ae_vector t2 = ae_splat(input_at[128]); AE_FMA(sum8, t2, w0_0); AE_FMA(sum9, t2, w0_1);
                AE_FMA(sum10, t2, w0_2); AE_FMA(sum11, t2, w0_3);
                const ae_vector t3 = ae_splat(input_at[192]); AE_FMA(sum12, t3, w0_0); AE_FMA(sum13, t3, w0_1);
                AE_FMA(sum14, t3, w0_2); AE_FMA(sum15, t3, w0_3);
            }
            ae_real *const out0_at = out0 + (s * 784 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
            ae_store(out0_at + 784, ae_vector_relu(sum4));
            ae_store(out0_at + 788, ae_vector_relu(sum5));
            ae_store(out0_at + 792, ae_vector_relu(sum6));
            ae_store(out0_at + 796, ae_vector_relu(sum7));
            ae_store(out0_at + 1568, ae_vector_relu(sum8));
            ae_store(out0_at + 1572, ae_vector_relu(sum9));
            ae_store(out0_at + 1576, ae_vector_relu(sum10));
            ae_store(out0_at + 1580, ae_vector_relu(sum11));
            ae_store(out0_at + 2352, ae_vector_relu(sum12));
            ae_store(out0_at + 2356, ae_vector_relu(sum13));
            ae_store(out0_at + 2360, ae_vector_relu(sum14));
            ae_store(out0_at + 2364, ae_vector_relu(sum15));
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
            sum0 = ae_load(bias + c); sum4 = ae_load(bias + c);
            sum1 = ae_load(bias + c + 4); sum5 = ae_load(bias + c + 4);
            sum2 = ae_load(bias + c + 8); sum6 = ae_load(bias + c + 8);
            sum3 = ae_load(bias + c + 12); sum7 = ae_load(bias + c + 12);
            for (ptrdiff_t j = 0; j < 64; j++) {
                const ae_real *const weight_at = weight + (c * 64 + j * 16);
                const ae_real *const input_at = input + (s * 64 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[64]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
            }
            ae_real *const out0_at = out0 + (s * 784 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
            ae_store(out0_at + 784, ae_vector_relu(sum4));
            ae_store(out0_at + 788, ae_vector_relu(sum5));
            ae_store(out0_at + 792, ae_vector_relu(sum6));
            ae_store(out0_at + 796, ae_vector_relu(sum7));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_load(bias + c);
            sum1 = ae_load(bias + c + 4);
            sum2 = ae_load(bias + c + 8);
            sum3 = ae_load(bias + c + 12);
            for (ptrdiff_t j = 0; j < 64; j++) {
                const ae_real *const weight_at = weight + (c * 64 + j * 16);
                const ae_vector t0 = ae_splat(input[s * 64 + j]); AE_FMA(sum0, t0, ae_load(weight_at));
                AE_FMA(sum1, t0, ae_load(weight_at + 4)); AE_FMA(sum2, t0, ae_load(weight_at + 8));
                AE_FMA(sum3, t0, ae_load(weight_at + 12));
            }
            ae_real *const out0_at = out0 + (s * 784 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
        }
    }
}

// mse forward (ael.aespec:11): 784 elements
//   subtract, multiply, sum, scale, scale, multiply, select
AE_KERNEL void net_loss_mse_forward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real *restrict in0,
        const ae_real *restrict in1,
        ae_real *restrict out0,
        ae_real *restrict out1) {
    const ae_real u13 = term_scale[0];
    const ae_real u14 = u13 * AE_REAL(0x1.4e5e0a72f0539p-10);
    const ae_real u15 = u14;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial2[4] = {{0}};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            const ae_real *const in0_at = in0 + (s * 784 + i);
            const ae_real *const in1_at = in1 + (s * 784 + i);
            ae_real *const out1_at = out1 + (s * 784 + i);
            {
                const ae_vector v0 = ae_load(in0_at) - ae_load(in1_at); partial2[0] += (v0 * v0);
                ae_store(out1_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), (ae_splat(u15) * (v0 * ae_splat(AE_REAL(2.0))))));
            }
            {
                const ae_vector v0 = ae_load(in0_at + 4) - ae_load(in1_at + 4); partial2[1] += (v0 * v0);
                ae_store(out1_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), (ae_splat(u15) * (v0 * ae_splat(AE_REAL(2.0))))));
            }
            {
                const ae_vector v0 = ae_load(in0_at + 8) - ae_load(in1_at + 8); partial2[2] += (v0 * v0);
                ae_store(out1_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), (ae_splat(u15) * (v0 * ae_splat(AE_REAL(2.0))))));
            }
            {
                const ae_vector v0 = ae_load(in0_at + 12) - ae_load(in1_at + 12); partial2[3] += (v0 * v0);
                ae_store(out1_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), (ae_splat(u15) * (v0 * ae_splat(AE_REAL(2.0))))));
            }
        }
        const ae_real v2 = ae_vector_join(partial2);
        const ae_real v3 = v2 * AE_REAL(0x1.4e5e0a72f0539p-10);
        out0[s] = v3;
    }
}

// decoder.0 backward (ael.aespec:10): 784 -> 64, 100352 FLOP a sample; then select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 16 sums together: 4 samples x 4 vectors of 4 output channels.
AE_KERNEL void net_decoder_0_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 4) * 4; s += 4) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13,
                sum14, sum15;
            sum0 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0)); sum8 = ae_splat(AE_REAL(0.0));
            sum12 = ae_splat(AE_REAL(0.0));
            sum1 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0)); sum9 = ae_splat(AE_REAL(0.0));
            sum13 = ae_splat(AE_REAL(0.0));
            sum2 = ae_splat(AE_REAL(0.0)); sum6 = ae_splat(AE_REAL(0.0)); sum10 = ae_splat(AE_REAL(0.0));
            sum14 = ae_splat(AE_REAL(0.0));
            sum3 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0)); sum11 = ae_splat(AE_REAL(0.0));
            sum15 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const weight_at = weight + (c * 784 + j * 16);
                const ae_real *const input_at = input + (s * 784 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[784]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
                const ae_vector t2 = ae_splat(input_at[1568]); AE_FMA(sum8, t2, w0_0); AE_FMA(sum9, t2, w0_1);
                AE_FMA(sum10, t2, w0_2); AE_FMA(sum11, t2, w0_3);
                const ae_vector t3 = ae_splat(input_at[2352]); AE_FMA(sum12, t3, w0_0); AE_FMA(sum13, t3, w0_1);
                AE_FMA(sum14, t3, w0_2); AE_FMA(sum15, t3, w0_3);
            }
            const ae_real *const in0_at = in0 + (s * 64 + c);
            ae_real *const out0_at = out0 + (s * 64 + c);
            ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(out0_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), sum1));
            ae_store(out0_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), sum2));
            ae_store(out0_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), sum3));
            ae_store(out0_at + 64, ae_vector_select(ae_load(in0_at + 64), ae_splat(AE_REAL(0.0)), sum4));
            ae_store(out0_at + 68, ae_vector_select(ae_load(in0_at + 68), ae_splat(AE_REAL(0.0)), sum5));
            ae_store(out0_at + 72, ae_vector_select(ae_load(in0_at + 72), ae_splat(AE_REAL(0.0)), sum6));
            ae_store(out0_at + 76, ae_vector_select(ae_load(in0_at + 76), ae_splat(AE_REAL(0.0)), sum7));
            ae_store(out0_at + 128, ae_vector_select(ae_load(in0_at + 128), ae_splat(AE_REAL(0.0)), sum8));
            ae_store(out0_at + 132, ae_vector_select(ae_load(in0_at + 132), ae_splat(AE_REAL(0.0)), sum9));
            ae_store(out0_at + 136, ae_vector_select(ae_load(in0_at + 136), ae_splat(AE_REAL(0.0)), sum10));
            ae_store(out0_at + 140, ae_vector_select(ae_load(in0_at + 140), ae_splat(AE_REAL(0.0)), sum11));
            ae_store(out0_at + 192, ae_vector_select(ae_load(in0_at + 192), ae_splat(AE_REAL(0.0)), sum12));
            ae_store(out0_at + 196, ae_vector_select(ae_load(in0_at + 196), ae_splat(AE_REAL(0.0)), sum13));
            ae_store(out0_at + 200, ae_vector_select(ae_load(in0_at + 200), ae_splat(AE_REAL(0.0)), sum14));
            ae_store(out0_at + 204, ae_vector_select(ae_load(in0_at + 204), ae_splat(AE_REAL(0.0)), sum15));
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
            sum0 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0));
            sum1 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
            sum2 = ae_splat(AE_REAL(0.0)); sum6 = ae_splat(AE_REAL(0.0));
            sum3 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const weight_at = weight + (c * 784 + j * 16);
                const ae_real *const input_at = input + (s * 784 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[784]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
            }
            const ae_real *const in0_at = in0 + (s * 64 + c);
            ae_real *const out0_at = out0 + (s * 64 + c);
            ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(out0_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), sum1));
            ae_store(out0_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), sum2));
            ae_store(out0_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), sum3));
            ae_store(out0_at + 64, ae_vector_select(ae_load(in0_at + 64), ae_splat(AE_REAL(0.0)), sum4));
            ae_store(out0_at + 68, ae_vector_select(ae_load(in0_at + 68), ae_splat(AE_REAL(0.0)), sum5));
            ae_store(out0_at + 72, ae_vector_select(ae_load(in0_at + 72), ae_splat(AE_REAL(0.0)), sum6));
            ae_store(out0_at + 76, ae_vector_select(ae_load(in0_at + 76), ae_splat(AE_REAL(0.0)), sum7));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_splat(AE_REAL(0.0));
            sum1 = ae_splat(AE_REAL(0.0));
            sum2 = ae_splat(AE_REAL(0.0));
            sum3 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const weight_at = weight + (c * 784 + j * 16);
                const ae_vector t0 = ae_splat(input[s * 784 + j]); AE_FMA(sum0, t0, ae_load(weight_at));
                AE_FMA(sum1, t0, ae_load(weight_at + 4)); AE_FMA(sum2, t0, ae_load(weight_at + 8));
                AE_FMA(sum3, t0, ae_load(weight_at + 12));
            }
            const ae_real *const in0_at = in0 + (s * 64 + c);
            ae_real *const out0_at = out0 + (s * 64 + c);
            ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(out0_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), sum1));
            ae_store(out0_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), sum2));
            ae_store(out0_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), sum3));
        }
    }
}

// decoder.0 weight_gradient (ael.aespec:10): 64 -> 784, 100352 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 24 sums together: 6 weight rows x 4 vectors of 4 channels of the small image.
AE_KERNEL void net_decoder_0_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        memset(gradient + c * 64 + from * 16, 0, (size_t)(to - from) * 16 * sizeof(ae_real));
    }
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 784; c += 16) {
            for (ptrdiff_t j = from; j < ((to - from) / 6) * 6 + from; j += 6) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13,
                    sum14, sum15, sum16, sum17, sum18, sum19, sum20, sum21, sum22, sum23;
                ae_real *const gradient_at = gradient + (c * 64 + j * 16);
                sum0 = ae_load(gradient_at); sum4 = ae_load(gradient_at + 16); sum8 = ae_load(gradient_at + 32);
                sum12 = ae_load(gradient_at + 48); sum16 = ae_load(gradient_at + 64);
                sum20 = ae_load(gradient_at + 80);
                sum1 = ae_load(gradient_at + 4); sum5 = ae_load(gradient_at + 20); sum9 = ae_load(gradient_at + 36);
                sum13 = ae_load(gradient_at + 52); sum17 = ae_load(gradient_at + 68);
                sum21 = ae_load(gradient_at + 84);
                sum2 = ae_load(gradient_at + 8); sum6 = ae_load(gradient_at + 24); sum10 = ae_load(gradient_at + 40);
                sum14 = ae_load(gradient_at + 56); sum18 = ae_load(gradient_at + 72);
                sum22 = ae_load(gradient_at + 88);
                sum3 = ae_load(gradient_at + 12); sum7 = ae_load(gradient_at + 28); sum11 = ae_load(gradient_at + 44);
                sum15 = ae_load(gradient_at + 60); sum19 = ae_load(gradient_at + 76);
                sum23 = ae_load(gradient_at + 92);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const small_at = small + (s * 784 + c);
                    const ae_real *const large_at = large + (s * 64 + j);
                    const ae_vector g0 = ae_load(small_at);
                    const ae_vector g1 = ae_load(small_at + 4);
                    const ae_vector g2 = ae_load(small_at + 8);
                    const ae_vector g3 = ae_load(small_at + 12);
                    const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                    AE_FMA(sum2, t0, g2); AE_FMA(sum3, t0, g3);
                    const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum4, t1, g0); AE_FMA(sum5, t1, g1);
                    AE_FMA(sum6, t1, g2); AE_FMA(sum7, t1, g3);
                    const ae_vector t2 = ae_splat(large_at[2]); AE_FMA(sum8, t2, g0); AE_FMA(sum9, t2, g1);
                    AE_FMA(sum10, t2, g2); AE_FMA(sum11, t2, g3);
                    const ae_vector t3 = ae_splat(large_at[3]); AE_FMA(sum12, t3, g0); AE_FMA(sum13, t3, g1);
                    AE_FMA(sum14, t3, g2); AE_FMA(sum15, t3, g3);
                    const ae_vector t4 = ae_splat(large_at[4]); AE_FMA(sum16, t4, g0); AE_FMA(sum17, t4, g1);
                    AE_FMA(sum18, t4, g2); AE_FMA(sum19, t4, g3);
                    const ae_vector t5 = ae_splat(large_at[5]); AE_FMA(sum20, t5, g0); AE_FMA(sum21, t5, g1);
                    AE_FMA(sum22, t5, g2); AE_FMA(sum23, t5, g3);
                }
                ae_store(gradient_at, sum0); ae_store(gradient_at + 16, sum4); ae_store(gradient_at + 32, sum8);
                ae_store(gradient_at + 48, sum12); ae_store(gradient_at + 64, sum16);
                ae_store(gradient_at + 80, sum20);
                ae_store(gradient_at + 4, sum1); ae_store(gradient_at + 20, sum5); ae_store(gradient_at + 36, sum9);
                ae_store(gradient_at + 52, sum13); ae_store(gradient_at + 68, sum17);
                ae_store(gradient_at + 84, sum21);
                ae_store(gradient_at + 8, sum2); ae_store(gradient_at + 24, sum6); ae_store(gradient_at + 40, sum10);
                ae_store(gradient_at + 56, sum14); ae_store(gradient_at + 72, sum18);
                ae_store(gradient_at + 88, sum22);
                ae_store(gradient_at + 12, sum3); ae_store(gradient_at + 28, sum7); ae_store(gradient_at + 44, sum11);
                ae_store(gradient_at + 60, sum15); ae_store(gradient_at + 76, sum19);
                ae_store(gradient_at + 92, sum23);
            }
            for (ptrdiff_t j = ((to - from) / 6) * 6 + from; j < to; j += 4) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13,
                    sum14, sum15;
                ae_real *const gradient_at = gradient + (c * 64 + j * 16);
                sum0 = ae_load(gradient_at); sum4 = ae_load(gradient_at + 16); sum8 = ae_load(gradient_at + 32);
                sum12 = ae_load(gradient_at + 48);
                sum1 = ae_load(gradient_at + 4); sum5 = ae_load(gradient_at + 20); sum9 = ae_load(gradient_at + 36);
                sum13 = ae_load(gradient_at + 52);
                sum2 = ae_load(gradient_at + 8); sum6 = ae_load(gradient_at + 24); sum10 = ae_load(gradient_at + 40);
                sum14 = ae_load(gradient_at + 56);
                sum3 = ae_load(gradient_at + 12); sum7 = ae_load(gradient_at + 28); sum11 = ae_load(gradient_at + 44);
                sum15 = ae_load(gradient_at + 60);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const small_at = small + (s * 784 + c);
                    const ae_real *const large_at = large + (s * 64 + j);
                    const ae_vector g0 = ae_load(small_at);
                    const ae_vector g1 = ae_load(small_at + 4);
                    const ae_vector g2 = ae_load(small_at + 8);
                    const ae_vector g3 = ae_load(small_at + 12);
                    const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                    AE_FMA(sum2, t0, g2); AE_FMA(sum3, t0, g3);
                    const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum4, t1, g0); AE_FMA(sum5, t1, g1);
                    AE_FMA(sum6, t1, g2); AE_FMA(sum7, t1, g3);
                    const ae_vector t2 = ae_splat(large_at[2]); AE_FMA(sum8, t2, g0); AE_FMA(sum9, t2, g1);
                    AE_FMA(sum10, t2, g2); AE_FMA(sum11, t2, g3);
                    const ae_vector t3 = ae_splat(large_at[3]); AE_FMA(sum12, t3, g0); AE_FMA(sum13, t3, g1);
                    AE_FMA(sum14, t3, g2); AE_FMA(sum15, t3, g3);
                }
                ae_store(gradient_at, sum0); ae_store(gradient_at + 16, sum4); ae_store(gradient_at + 32, sum8);
                ae_store(gradient_at + 48, sum12);
                ae_store(gradient_at + 4, sum1); ae_store(gradient_at + 20, sum5); ae_store(gradient_at + 36, sum9);
                ae_store(gradient_at + 52, sum13);
                ae_store(gradient_at + 8, sum2); ae_store(gradient_at + 24, sum6); ae_store(gradient_at + 40, sum10);
                ae_store(gradient_at + 56, sum14);
                ae_store(gradient_at + 12, sum3); ae_store(gradient_at + 28, sum7); ae_store(gradient_at + 44, sum11);
                ae_store(gradient_at + 60, sum15);
            }
        }
    }
}

// decoder.0 bias_gradient (ael.aespec:10): 784 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void net_decoder_0_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        ae_vector sum0;
        sum0 = ae_load(gradient + c);
        ae_vector sum1;
        sum1 = ae_load(gradient + c + 4);
        ae_vector sum2;
        sum2 = ae_load(gradient + c + 8);
        ae_vector sum3;
        sum3 = ae_load(gradient + c + 12);
        for (ptrdiff_t s = 0; s < samples; s++) {
            const ae_real *const image_at = image + (s * 784 + c);
            sum0 += ae_load(image_at);
            sum1 += ae_load(image_at + 4);
            sum2 += ae_load(image_at + 8);
            sum3 += ae_load(image_at + 12);
        }
        ae_store(gradient + c, sum0);
        ae_store(gradient + c + 4, sum1);
        ae_store(gradient + c + 8, sum2);
        ae_store(gradient + c + 12, sum3);
    }
}

// encoder.1 weight_gradient (ael.aespec:8): 784 -> 64, 100352 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 24 sums together: 6 weight rows x 4 vectors of 4 channels of the small image.
AE_KERNEL void net_encoder_1_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        memset(gradient + c * 784 + from * 16, 0, (size_t)(to - from) * 16 * sizeof(ae_real));
    }
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 64; c += 16) {
            for (ptrdiff_t j = from; j < ((to - from) / 6) * 6 + from; j += 6) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13,
                    sum14, sum15, sum16, sum17, sum18, sum19, sum20, sum21, sum22, sum23;
                ae_real *const gradient_at = gradient + (c * 784 + j * 16);
                sum0 = ae_load(gradient_at); sum4 = ae_load(gradient_at + 16); sum8 = ae_load(gradient_at + 32);
                sum12 = ae_load(gradient_at + 48); sum16 = ae_load(gradient_at + 64);
                sum20 = ae_load(gradient_at + 80);
                sum1 = ae_load(gradient_at + 4); sum5 = ae_load(gradient_at + 20); sum9 = ae_load(gradient_at + 36);
                sum13 = ae_load(gradient_at + 52); sum17 = ae_load(gradient_at + 68);
                sum21 = ae_load(gradient_at + 84);
                sum2 = ae_load(gradient_at + 8); sum6 = ae_load(gradient_at + 24); sum10 = ae_load(gradient_at + 40);
                sum14 = ae_load(gradient_at + 56); sum18 = ae_load(gradient_at + 72);
                sum22 = ae_load(gradient_at + 88);
                sum3 = ae_load(gradient_at + 12); sum7 = ae_load(gradient_at + 28); sum11 = ae_load(gradient_at + 44);
                sum15 = ae_load(gradient_at + 60); sum19 = ae_load(gradient_at + 76);
                sum23 = ae_load(gradient_at + 92);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const small_at = small + (s * 64 + c);
                    const ae_real *const large_at = large + (s * 784 + j);
                    const ae_vector g0 = ae_load(small_at);
                    const ae_vector g1 = ae_load(small_at + 4);
                    const ae_vector g2 = ae_load(small_at + 8);
                    const ae_vector g3 = ae_load(small_at + 12);
                    const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                    AE_FMA(sum2, t0, g2); AE_FMA(sum3, t0, g3);
                    const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum4, t1, g0); AE_FMA(sum5, t1, g1);
                    AE_FMA(sum6, t1, g2); AE_FMA(sum7, t1, g3);
                    const ae_vector t2 = ae_splat(large_at[2]); AE_FMA(sum8, t2, g0); AE_FMA(sum9, t2, g1);
                    AE_FMA(sum10, t2, g2); AE_FMA(sum11, t2, g3);
                    const ae_vector t3 = ae_splat(large_at[3]); AE_FMA(sum12, t3, g0); AE_FMA(sum13, t3, g1);
                    AE_FMA(sum14, t3, g2); AE_FMA(sum15, t3, g3);
                    const ae_vector t4 = ae_splat(large_at[4]); AE_FMA(sum16, t4, g0); AE_FMA(sum17, t4, g1);
                    AE_FMA(sum18, t4, g2); AE_FMA(sum19, t4, g3);
                    const ae_vector t5 = ae_splat(large_at[5]); AE_FMA(sum20, t5, g0); AE_FMA(sum21, t5, g1);
                    AE_FMA(sum22, t5, g2); AE_FMA(sum23, t5, g3);
                }
                ae_store(gradient_at, sum0); ae_store(gradient_at + 16, sum4); ae_store(gradient_at + 32, sum8);
                ae_store(gradient_at + 48, sum12); ae_store(gradient_at + 64, sum16);
                ae_store(gradient_at + 80, sum20);
                ae_store(gradient_at + 4, sum1); ae_store(gradient_at + 20, sum5); ae_store(gradient_at + 36, sum9);
                ae_store(gradient_at + 52, sum13); ae_store(gradient_at + 68, sum17);
                ae_store(gradient_at + 84, sum21);
                ae_store(gradient_at + 8, sum2); ae_store(gradient_at + 24, sum6); ae_store(gradient_at + 40, sum10);
                ae_store(gradient_at + 56, sum14); ae_store(gradient_at + 72, sum18);
                ae_store(gradient_at + 88, sum22);
                ae_store(gradient_at + 12, sum3); ae_store(gradient_at + 28, sum7); ae_store(gradient_at + 44, sum11);
                ae_store(gradient_at + 60, sum15); ae_store(gradient_at + 76, sum19);
                ae_store(gradient_at + 92, sum23);
            }
            for (ptrdiff_t j = ((to - from) / 6) * 6 + from; j < to; j += 4) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13,
                    sum14, sum15;
                ae_real *const gradient_at = gradient + (c * 784 + j * 16);
                sum0 = ae_load(gradient_at); sum4 = ae_load(gradient_at + 16); sum8 = ae_load(gradient_at + 32);
                sum12 = ae_load(gradient_at + 48);
                sum1 = ae_load(gradient_at + 4); sum5 = ae_load(gradient_at + 20); sum9 = ae_load(gradient_at + 36);
                sum13 = ae_load(gradient_at + 52);
                sum2 = ae_load(gradient_at + 8); sum6 = ae_load(gradient_at + 24); sum10 = ae_load(gradient_at + 40);
                sum14 = ae_load(gradient_at + 56);
                sum3 = ae_load(gradient_at + 12); sum7 = ae_load(gradient_at + 28); sum11 = ae_load(gradient_at + 44);
                sum15 = ae_load(gradient_at + 60);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const small_at = small + (s * 64 + c);
                    const ae_real *const large_at = large + (s * 784 + j);
                    const ae_vector g0 = ae_load(small_at);
                    const ae_vector g1 = ae_load(small_at + 4);
                    const ae_vector g2 = ae_load(small_at + 8);
                    const ae_vector g3 = ae_load(small_at + 12);
                    const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                    AE_FMA(sum2, t0, g2); AE_FMA(sum3, t0, g3);
                    const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum4, t1, g0); AE_FMA(sum5, t1, g1);
                    AE_FMA(sum6, t1, g2); AE_FMA(sum7, t1, g3);
                    const ae_vector t2 = ae_splat(large_at[2]); AE_FMA(sum8, t2, g0); AE_FMA(sum9, t2, g1);
                    AE_FMA(sum10, t2, g2); AE_FMA(sum11, t2, g3);
                    const ae_vector t3 = ae_splat(large_at[3]); AE_FMA(sum12, t3, g0); AE_FMA(sum13, t3, g1);
                    AE_FMA(sum14, t3, g2); AE_FMA(sum15, t3, g3);
                }
                ae_store(gradient_at, sum0); ae_store(gradient_at + 16, sum4); ae_store(gradient_at + 32, sum8);
                ae_store(gradient_at + 48, sum12);
                ae_store(gradient_at + 4, sum1); ae_store(gradient_at + 20, sum5); ae_store(gradient_at + 36, sum9);
                ae_store(gradient_at + 52, sum13);
                ae_store(gradient_at + 8, sum2); ae_store(gradient_at + 24, sum6); ae_store(gradient_at + 40, sum10);
                ae_store(gradient_at + 56, sum14);
                ae_store(gradient_at + 12, sum3); ae_store(gradient_at + 28, sum7); ae_store(gradient_at + 44, sum11);
                ae_store(gradient_at + 60, sum15);
            }
        }
    }
}

// encoder.1 bias_gradient (ael.aespec:8): 64 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void net_encoder_1_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        ae_vector sum0;
        sum0 = ae_load(gradient + c);
        ae_vector sum1;
        sum1 = ae_load(gradient + c + 4);
        ae_vector sum2;
        sum2 = ae_load(gradient + c + 8);
        ae_vector sum3;
        sum3 = ae_load(gradient + c + 12);
        for (ptrdiff_t s = 0; s < samples; s++) {
            const ae_real *const image_at = image + (s * 64 + c);
            sum0 += ae_load(image_at);
            sum1 += ae_load(image_at + 4);
            sum2 += ae_load(image_at + 8);
            sum3 += ae_load(image_at + 12);
        }
        ae_store(gradient + c, sum0);
        ae_store(gradient + c + 4, sum1);
        ae_store(gradient + c + 8, sum2);
        ae_store(gradient + c + 12, sum3);
    }
}

// mse forward (ael.aespec:11): 784 elements
//   subtract, multiply, sum, scale
AE_KERNEL void net_loss_mse_forward_2(ptrdiff_t samples,
        const ae_real *restrict in0,
        const ae_real *restrict in1,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial2[4] = {{0}};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            const ae_real *const in0_at = in0 + (s * 784 + i);
            const ae_real *const in1_at = in1 + (s * 784 + i);
            {
                const ae_vector v0 = ae_load(in0_at) - ae_load(in1_at); partial2[0] += (v0 * v0);
            }
            {
                const ae_vector v0 = ae_load(in0_at + 4) - ae_load(in1_at + 4); partial2[1] += (v0 * v0);
            }
            {
                const ae_vector v0 = ae_load(in0_at + 8) - ae_load(in1_at + 8); partial2[2] += (v0 * v0);
            }
            {
                const ae_vector v0 = ae_load(in0_at + 12) - ae_load(in1_at + 12); partial2[3] += (v0 * v0);
            }
        }
        const ae_real v2 = ae_vector_join(partial2);
        const ae_real v3 = v2 * AE_REAL(0x1.4e5e0a72f0539p-10);
        out0[s] = v3;
    }
}

// Weights in the order of their transposed use, once a step; a task is a weight, or some rows of one.
static void net_repack(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    if (task < 1) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 64);
        ae_mark(step, 3);
        net_decoder_0_repack(from, to, step->parameters + 50240, step->repacked);
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
        net_encoder_1_forward(samples, step->input + first * 784, step->parameters, step->parameters + 50176, step->kept + first * 64);
        ae_mark(step, 1);
        net_decoder_0_forward(samples, step->kept + first * 64, step->parameters + 50240, step->parameters + 100416, scratch);
        ae_mark(step, 2);
        net_loss_mse_forward(samples, step->term_scale, scratch, step->input + first * 784, step->term + first * 1, step->kept + 64 * step->samples + first * 784);
        ae_mark(step, 4);
        net_decoder_0_backward(samples, step->kept + 64 * step->samples + first * 784, step->repacked, step->kept + first * 64, step->kept + 848 * step->samples + first * 64);
    }
    ae_mark(step, 9);
}

// Offset, length, number and stride of the runs of the gradient that each task of net_weights sums.
static const struct ae_range net_weights_ranges[] = {
    {50240, 960, 49, 1024},
    {51200, 64, 49, 1024},
    {100416, 784, 1, 0},
    {0, 960, 4, 12544},
    {960, 960, 4, 12544},
    {1920, 960, 4, 12544},
    {2880, 960, 4, 12544},
    {3840, 960, 4, 12544},
    {4800, 960, 4, 12544},
    {5760, 960, 4, 12544},
    {6720, 960, 4, 12544},
    {7680, 960, 4, 12544},
    {8640, 960, 4, 12544},
    {9600, 960, 4, 12544},
    {10560, 960, 4, 12544},
    {11520, 960, 4, 12544},
    {12480, 64, 4, 12544},
    {50176, 64, 1, 0},
};

// Gradients of dense layers, summed over the batch's samples in order; a task is some rows of a weight, or
// a bias.
static void net_weights(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    if (task < 2) {
        const ptrdiff_t from = (ptrdiff_t)task * 60, to = ae_least(from + 60, 64);
        ae_mark(step, 5);
        net_decoder_0_weight_gradient((ptrdiff_t)step->samples, from, to, step->kept, step->kept + 64 * step->samples, step->gradient + 50240);
        ae_mark(step, 9);
        return;
    }
    task -= 2;
    if (task < 1) {
        memset(step->gradient + 100416, 0, 784 * sizeof(ae_real));
        ae_mark(step, 6);
        net_decoder_0_bias_gradient((ptrdiff_t)step->samples, step->kept + 64 * step->samples, step->gradient + 100416);
        ae_mark(step, 9);
        return;
    }
    task -= 1;
    if (task < 14) {
        const ptrdiff_t from = (ptrdiff_t)task * 60, to = ae_least(from + 60, 784);
        ae_mark(step, 7);
        net_encoder_1_weight_gradient((ptrdiff_t)step->samples, from, to, step->input, step->kept + 848 * step->samples, step->gradient);
        ae_mark(step, 9);
        return;
    }
    task -= 14;
    if (task < 1) {
        memset(step->gradient + 50176, 0, 64 * sizeof(ae_real));
        ae_mark(step, 8);
        net_encoder_1_bias_gradient((ptrdiff_t)step->samples, step->kept + 848 * step->samples, step->gradient + 50176);
        ae_mark(step, 9);
        return;
    }
    task -= 1;
}

// Tasks, or 0 for one a slot; what they complete of the gradient; the function.
static const struct ae_phase net_phases[] = {
    {1, NULL, net_repack},
    {0, NULL, net_samples},
    {18, net_weights_ranges, net_weights},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    (void)scratch;
    net_encoder_1_forward((ptrdiff_t)samples, input, parameters, parameters + 50176, code);
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *code, ae_real *output,
                       ae_real *scratch) {
    (void)scratch;
    net_decoder_0_forward((ptrdiff_t)samples, code, parameters + 50240, parameters + 100416, output);
}

static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,
                        ae_real *term, ae_real *scratch) {
    (void)code;
    (void)scratch;
    net_loss_mse_forward_2((ptrdiff_t)samples, output, input, term);
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
    {"encoder.1 forward", 100352, 1.364e+04, false},
    {"decoder.0 forward", 100352, 1.436e+04, false},
    {"loss mse forward", 0, 2744, false},
    {"decoder.0 repack", 0, 5.018e+04, true},
    {"decoder.0 backward", 100352, 1.365e+04, false},
    {"decoder.0 weight_gradient", 100352, 1.382e+04, false},
    {"decoder.0 bias_gradient", 0, 392, false},
    {"encoder.1 weight_gradient", 100352, 1.38e+04, false},
    {"encoder.1 bias_gradient", 0, 32, false},
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
    .lanes = 4,
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
    .target = "neon",
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
