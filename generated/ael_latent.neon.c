// The autoencoder ael_latent, made by aespec from ael_latent.aespec: kernels, then training, evaluation and tables.
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

// decoder.2 repack (ael_latent.aespec:8): 401408 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void net_decoder_2_repack(ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict weight,
        ae_real *restrict packed) {
    for (ptrdiff_t l = from; l < to; l += 16) {
        for (ptrdiff_t s = 0; s < 784; s += 16) {
            ae_turn(16, 16, weight + s * 512 + l * 16, 16, packed + s * 16 + l * 784, 16);
        }
    }
}

// decoder.0 repack (ael_latent.aespec:8): 1024 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void net_decoder_0_repack(
        const ae_real *restrict weight,
        ae_real *restrict packed) {
    for (ptrdiff_t s = 0; s < 512; s += 16) {
        ae_turn(2, 16, weight + s * 2, 16, packed + s * 2, 2);
    }
}

// encoder.3 repack (ael_latent.aespec:6): 1024 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void net_encoder_3_repack(ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict weight,
        ae_real *restrict packed) {
    for (ptrdiff_t l = from; l < to; l += 16) {
        ae_turn(16, 2, weight + l * 2, 2, packed + l * 2, 16);
    }
}

// encoder.1 forward (ael_latent.aespec:6): 784 -> 512, 802816 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 16 sums together: 4 samples x 4 vectors of 4 output channels.
AE_KERNEL void net_encoder_1_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
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
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
            ae_store(out0_at + 512, ae_vector_relu(sum4));
            ae_store(out0_at + 516, ae_vector_relu(sum5));
            ae_store(out0_at + 520, ae_vector_relu(sum6));
            ae_store(out0_at + 524, ae_vector_relu(sum7));
            ae_store(out0_at + 1024, ae_vector_relu(sum8));
            ae_store(out0_at + 1028, ae_vector_relu(sum9));
            ae_store(out0_at + 1032, ae_vector_relu(sum10));
            ae_store(out0_at + 1036, ae_vector_relu(sum11));
            ae_store(out0_at + 1536, ae_vector_relu(sum12));
            ae_store(out0_at + 1540, ae_vector_relu(sum13));
            ae_store(out0_at + 1544, ae_vector_relu(sum14));
            ae_store(out0_at + 1548, ae_vector_relu(sum15));
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
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
            ae_store(out0_at + 512, ae_vector_relu(sum4));
            ae_store(out0_at + 516, ae_vector_relu(sum5));
            ae_store(out0_at + 520, ae_vector_relu(sum6));
            ae_store(out0_at + 524, ae_vector_relu(sum7));
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
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
        }
    }
}

// encoder.3 forward (ael_latent.aespec:6): 512 -> 2, 2048 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 16 sums together: 16 samples x 1 vector of 4 output channels.
AE_KERNEL void net_encoder_3_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < (samples / 16) * 16; s += 16) {
        ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13, sum14,
            sum15;
        sum0 = ae_load_first(bias, 2); sum1 = ae_load_first(bias, 2); sum2 = ae_load_first(bias, 2);
        sum3 = ae_load_first(bias, 2); sum4 = ae_load_first(bias, 2); sum5 = ae_load_first(bias, 2);
        sum6 = ae_load_first(bias, 2); sum7 = ae_load_first(bias, 2); sum8 = ae_load_first(bias, 2);
        sum9 = ae_load_first(bias, 2); sum10 = ae_load_first(bias, 2); sum11 = ae_load_first(bias, 2);
        sum12 = ae_load_first(bias, 2); sum13 = ae_load_first(bias, 2); sum14 = ae_load_first(bias, 2);
        sum15 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_vector w0 = ae_load_first(weight + j * 2, 2); AE_FMA(sum0, ae_splat(input_at[0]), w0);
            AE_FMA(sum1, ae_splat(input_at[512]), w0); AE_FMA(sum2, ae_splat(input_at[1024]), w0);
            AE_FMA(sum3, ae_splat(input_at[1536]), w0); AE_FMA(sum4, ae_splat(input_at[2048]), w0);
            AE_FMA(sum5, ae_splat(input_at[2560]), w0); AE_FMA(sum6, ae_splat(input_at[3072]), w0);
            AE_FMA(sum7, ae_splat(input_at[3584]), w0); AE_FMA(sum8, ae_splat(input_at[4096]), w0);
            AE_FMA(sum9, ae_splat(input_at[4608]), w0); AE_FMA(sum10, ae_splat(input_at[5120]), w0);
            AE_FMA(sum11, ae_splat(input_at[5632]), w0); AE_FMA(sum12, ae_splat(input_at[6144]), w0);
            AE_FMA(sum13, ae_splat(input_at[6656]), w0); AE_FMA(sum14, ae_splat(input_at[7168]), w0);
            AE_FMA(sum15, ae_splat(input_at[7680]), w0);
        }
        ae_real *const out0_at = out0 + (s * 2);
        ae_store_first(out0_at, ae_vector_relu(sum0), 2);
        ae_store_first(out0_at + 2, ae_vector_relu(sum1), 2);
        ae_store_first(out0_at + 4, ae_vector_relu(sum2), 2);
        ae_store_first(out0_at + 6, ae_vector_relu(sum3), 2);
        ae_store_first(out0_at + 8, ae_vector_relu(sum4), 2);
        ae_store_first(out0_at + 10, ae_vector_relu(sum5), 2);
        ae_store_first(out0_at + 12, ae_vector_relu(sum6), 2);
        ae_store_first(out0_at + 14, ae_vector_relu(sum7), 2);
        ae_store_first(out0_at + 16, ae_vector_relu(sum8), 2);
        ae_store_first(out0_at + 18, ae_vector_relu(sum9), 2);
        ae_store_first(out0_at + 20, ae_vector_relu(sum10), 2);
        ae_store_first(out0_at + 22, ae_vector_relu(sum11), 2);
        ae_store_first(out0_at + 24, ae_vector_relu(sum12), 2);
        ae_store_first(out0_at + 26, ae_vector_relu(sum13), 2);
        ae_store_first(out0_at + 28, ae_vector_relu(sum14), 2);
        ae_store_first(out0_at + 30, ae_vector_relu(sum15), 2);
    }
    for (ptrdiff_t s = (samples / 16) * 16; s < (samples / 8) * 8; s += 8) {
        ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
        sum0 = ae_load_first(bias, 2); sum1 = ae_load_first(bias, 2); sum2 = ae_load_first(bias, 2);
        sum3 = ae_load_first(bias, 2); sum4 = ae_load_first(bias, 2); sum5 = ae_load_first(bias, 2);
        sum6 = ae_load_first(bias, 2); sum7 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_vector w0 = ae_load_first(weight + j * 2, 2); AE_FMA(sum0, ae_splat(input_at[0]), w0);
            AE_FMA(sum1, ae_splat(input_at[512]), w0); AE_FMA(sum2, ae_splat(input_at[1024]), w0);
            AE_FMA(sum3, ae_splat(input_at[1536]), w0); AE_FMA(sum4, ae_splat(input_at[2048]), w0);
            AE_FMA(sum5, ae_splat(input_at[2560]), w0); AE_FMA(sum6, ae_splat(input_at[3072]), w0);
            AE_FMA(sum7, ae_splat(input_at[3584]), w0);
        }
        ae_real *const out0_at = out0 + (s * 2);
        ae_store_first(out0_at, ae_vector_relu(sum0), 2);
        ae_store_first(out0_at + 2, ae_vector_relu(sum1), 2);
        ae_store_first(out0_at + 4, ae_vector_relu(sum2), 2);
        ae_store_first(out0_at + 6, ae_vector_relu(sum3), 2);
        ae_store_first(out0_at + 8, ae_vector_relu(sum4), 2);
        ae_store_first(out0_at + 10, ae_vector_relu(sum5), 2);
        ae_store_first(out0_at + 12, ae_vector_relu(sum6), 2);
        ae_store_first(out0_at + 14, ae_vector_relu(sum7), 2);
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = ae_load_first(bias, 2); sum1 = ae_load_first(bias, 2); sum2 = ae_load_first(bias, 2);
        sum3 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_vector w0 = ae_load_first(weight + j * 2, 2); AE_FMA(sum0, ae_splat(input_at[0]), w0);
            AE_FMA(sum1, ae_splat(input_at[512]), w0); AE_FMA(sum2, ae_splat(input_at[1024]), w0);
            AE_FMA(sum3, ae_splat(input_at[1536]), w0);
        }
        ae_real *const out0_at = out0 + (s * 2);
        ae_store_first(out0_at, ae_vector_relu(sum0), 2);
        ae_store_first(out0_at + 2, ae_vector_relu(sum1), 2);
        ae_store_first(out0_at + 4, ae_vector_relu(sum2), 2);
        ae_store_first(out0_at + 6, ae_vector_relu(sum3), 2);
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_vector sum0, sum1;
        sum0 = ae_load_first(bias, 2); sum1 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_vector w0 = ae_load_first(weight + j * 2, 2); AE_FMA(sum0, ae_splat(input_at[0]), w0);
            AE_FMA(sum1, ae_splat(input_at[512]), w0);
        }
        ae_real *const out0_at = out0 + (s * 2);
        ae_store_first(out0_at, ae_vector_relu(sum0), 2);
        ae_store_first(out0_at + 2, ae_vector_relu(sum1), 2);
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_vector sum0;
        sum0 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            AE_FMA(sum0, ae_splat(input[s * 512 + j]), ae_load_first(weight + j * 2, 2));
        }
        ae_store_first(out0 + s * 2, ae_vector_relu(sum0), 2);
    }
}

// decoder.0 forward (ael_latent.aespec:8): 2 -> 512, 2048 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 16 sums together: 4 samples x 4 vectors of 4 output channels.
AE_KERNEL void net_decoder_0_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
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
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const weight_at = weight + (c * 2 + j * 16);
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[2]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
                const ae_vector t2 = ae_splat(input_at[4]); AE_FMA(sum8, t2, w0_0); AE_FMA(sum9, t2, w0_1);
                AE_FMA(sum10, t2, w0_2); AE_FMA(sum11, t2, w0_3);
                const ae_vector t3 = ae_splat(input_at[6]); AE_FMA(sum12, t3, w0_0); AE_FMA(sum13, t3, w0_1);
                AE_FMA(sum14, t3, w0_2); AE_FMA(sum15, t3, w0_3);
            }
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
            ae_store(out0_at + 512, ae_vector_relu(sum4));
            ae_store(out0_at + 516, ae_vector_relu(sum5));
            ae_store(out0_at + 520, ae_vector_relu(sum6));
            ae_store(out0_at + 524, ae_vector_relu(sum7));
            ae_store(out0_at + 1024, ae_vector_relu(sum8));
            ae_store(out0_at + 1028, ae_vector_relu(sum9));
            ae_store(out0_at + 1032, ae_vector_relu(sum10));
            ae_store(out0_at + 1036, ae_vector_relu(sum11));
            ae_store(out0_at + 1536, ae_vector_relu(sum12));
            ae_store(out0_at + 1540, ae_vector_relu(sum13));
            ae_store(out0_at + 1544, ae_vector_relu(sum14));
            ae_store(out0_at + 1548, ae_vector_relu(sum15));
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
            sum0 = ae_load(bias + c); sum4 = ae_load(bias + c);
            sum1 = ae_load(bias + c + 4); sum5 = ae_load(bias + c + 4);
            sum2 = ae_load(bias + c + 8); sum6 = ae_load(bias + c + 8);
            sum3 = ae_load(bias + c + 12); sum7 = ae_load(bias + c + 12);
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const weight_at = weight + (c * 2 + j * 16);
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[2]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
            }
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
            ae_store(out0_at + 512, ae_vector_relu(sum4));
            ae_store(out0_at + 516, ae_vector_relu(sum5));
            ae_store(out0_at + 520, ae_vector_relu(sum6));
            ae_store(out0_at + 524, ae_vector_relu(sum7));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_load(bias + c);
            sum1 = ae_load(bias + c + 4);
            sum2 = ae_load(bias + c + 8);
            sum3 = ae_load(bias + c + 12);
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const weight_at = weight + (c * 2 + j * 16);
                const ae_vector t0 = ae_splat(input[s * 2 + j]); AE_FMA(sum0, t0, ae_load(weight_at));
                AE_FMA(sum1, t0, ae_load(weight_at + 4)); AE_FMA(sum2, t0, ae_load(weight_at + 8));
                AE_FMA(sum3, t0, ae_load(weight_at + 12));
            }
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_relu(sum0));
            ae_store(out0_at + 4, ae_vector_relu(sum1));
            ae_store(out0_at + 8, ae_vector_relu(sum2));
            ae_store(out0_at + 12, ae_vector_relu(sum3));
        }
    }
}

// decoder.2 forward (ael_latent.aespec:8): 512 -> 784, 802816 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 16 sums together: 4 samples x 4 vectors of 4 output channels.
AE_KERNEL void net_decoder_2_forward(ptrdiff_t samples,
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
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real *const weight_at = weight + (c * 512 + j * 16);
                const ae_real *const input_at = input + (s * 512 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[512]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
                const ae_vector t2 = ae_splat(input_at[1024]); AE_FMA(sum8, t2, w0_0); AE_FMA(sum9, t2, w0_1);
                AE_FMA(sum10, t2, w0_2); AE_FMA(sum11, t2, w0_3);
                const ae_vector t3 = ae_splat(input_at[1536]); AE_FMA(sum12, t3, w0_0); AE_FMA(sum13, t3, w0_1);
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
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real *const weight_at = weight + (c * 512 + j * 16);
                const ae_real *const input_at = input + (s * 512 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[512]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
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
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real *const weight_at = weight + (c * 512 + j * 16);
                const ae_vector t0 = ae_splat(input[s * 512 + j]); AE_FMA(sum0, t0, ae_load(weight_at));
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

// sse forward (ael_latent.aespec:9): 784 elements
//   subtract, multiply, sum, scale, multiply, select
AE_KERNEL void net_loss_sse_forward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real *restrict in0,
        const ae_real *restrict in1,
        ae_real *restrict out0,
        ae_real *restrict out1) {
    const ae_real u20 = term_scale[0];
    const ae_real u21 = u20;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial2[4] = {{0}};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            const ae_real *const in0_at = in0 + (s * 784 + i);
            const ae_real *const in1_at = in1 + (s * 784 + i);
            ae_real *const out1_at = out1 + (s * 784 + i);
            {
                const ae_vector v0 = ae_load(in0_at) - ae_load(in1_at); partial2[0] += (v0 * v0);
                ae_store(out1_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), (ae_splat(u21) * (v0 * ae_splat(AE_REAL(2.0))))));
            }
            {
                const ae_vector v0 = ae_load(in0_at + 4) - ae_load(in1_at + 4); partial2[1] += (v0 * v0);
                ae_store(out1_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), (ae_splat(u21) * (v0 * ae_splat(AE_REAL(2.0))))));
            }
            {
                const ae_vector v0 = ae_load(in0_at + 8) - ae_load(in1_at + 8); partial2[2] += (v0 * v0);
                ae_store(out1_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), (ae_splat(u21) * (v0 * ae_splat(AE_REAL(2.0))))));
            }
            {
                const ae_vector v0 = ae_load(in0_at + 12) - ae_load(in1_at + 12); partial2[3] += (v0 * v0);
                ae_store(out1_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), (ae_splat(u21) * (v0 * ae_splat(AE_REAL(2.0))))));
            }
        }
        const ae_real v2 = ae_vector_join(partial2);
        out0[s] = v2;
    }
}

// decoder.2 backward (ael_latent.aespec:8): 784 -> 512, 802816 FLOP a sample; then select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 16 sums together: 4 samples x 4 vectors of 4 output channels.
AE_KERNEL void net_decoder_2_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
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
            const ae_real *const in0_at = in0 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(out0_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), sum1));
            ae_store(out0_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), sum2));
            ae_store(out0_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), sum3));
            ae_store(out0_at + 512, ae_vector_select(ae_load(in0_at + 512), ae_splat(AE_REAL(0.0)), sum4));
            ae_store(out0_at + 516, ae_vector_select(ae_load(in0_at + 516), ae_splat(AE_REAL(0.0)), sum5));
            ae_store(out0_at + 520, ae_vector_select(ae_load(in0_at + 520), ae_splat(AE_REAL(0.0)), sum6));
            ae_store(out0_at + 524, ae_vector_select(ae_load(in0_at + 524), ae_splat(AE_REAL(0.0)), sum7));
            ae_store(out0_at + 1024, ae_vector_select(ae_load(in0_at + 1024), ae_splat(AE_REAL(0.0)), sum8));
            ae_store(out0_at + 1028, ae_vector_select(ae_load(in0_at + 1028), ae_splat(AE_REAL(0.0)), sum9));
            ae_store(out0_at + 1032, ae_vector_select(ae_load(in0_at + 1032), ae_splat(AE_REAL(0.0)), sum10));
            ae_store(out0_at + 1036, ae_vector_select(ae_load(in0_at + 1036), ae_splat(AE_REAL(0.0)), sum11));
            ae_store(out0_at + 1536, ae_vector_select(ae_load(in0_at + 1536), ae_splat(AE_REAL(0.0)), sum12));
            ae_store(out0_at + 1540, ae_vector_select(ae_load(in0_at + 1540), ae_splat(AE_REAL(0.0)), sum13));
            ae_store(out0_at + 1544, ae_vector_select(ae_load(in0_at + 1544), ae_splat(AE_REAL(0.0)), sum14));
            ae_store(out0_at + 1548, ae_vector_select(ae_load(in0_at + 1548), ae_splat(AE_REAL(0.0)), sum15));
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
            const ae_real *const in0_at = in0 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(out0_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), sum1));
            ae_store(out0_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), sum2));
            ae_store(out0_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), sum3));
            ae_store(out0_at + 512, ae_vector_select(ae_load(in0_at + 512), ae_splat(AE_REAL(0.0)), sum4));
            ae_store(out0_at + 516, ae_vector_select(ae_load(in0_at + 516), ae_splat(AE_REAL(0.0)), sum5));
            ae_store(out0_at + 520, ae_vector_select(ae_load(in0_at + 520), ae_splat(AE_REAL(0.0)), sum6));
            ae_store(out0_at + 524, ae_vector_select(ae_load(in0_at + 524), ae_splat(AE_REAL(0.0)), sum7));
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
            const ae_real *const in0_at = in0 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(out0_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), sum1));
            ae_store(out0_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), sum2));
            ae_store(out0_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), sum3));
        }
    }
}

// decoder.0 backward (ael_latent.aespec:8): 512 -> 2, 2048 FLOP a sample; then select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 16 sums together: 16 samples x 1 vector of 4 output channels.
AE_KERNEL void net_decoder_0_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < (samples / 16) * 16; s += 16) {
        ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13, sum14,
            sum15;
        sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
        sum3 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
        sum6 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0)); sum8 = ae_splat(AE_REAL(0.0));
        sum9 = ae_splat(AE_REAL(0.0)); sum10 = ae_splat(AE_REAL(0.0)); sum11 = ae_splat(AE_REAL(0.0));
        sum12 = ae_splat(AE_REAL(0.0)); sum13 = ae_splat(AE_REAL(0.0)); sum14 = ae_splat(AE_REAL(0.0));
        sum15 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_vector w0 = ae_load_first(weight + j * 2, 2); AE_FMA(sum0, ae_splat(input_at[0]), w0);
            AE_FMA(sum1, ae_splat(input_at[512]), w0); AE_FMA(sum2, ae_splat(input_at[1024]), w0);
            AE_FMA(sum3, ae_splat(input_at[1536]), w0); AE_FMA(sum4, ae_splat(input_at[2048]), w0);
            AE_FMA(sum5, ae_splat(input_at[2560]), w0); AE_FMA(sum6, ae_splat(input_at[3072]), w0);
            AE_FMA(sum7, ae_splat(input_at[3584]), w0); AE_FMA(sum8, ae_splat(input_at[4096]), w0);
            AE_FMA(sum9, ae_splat(input_at[4608]), w0); AE_FMA(sum10, ae_splat(input_at[5120]), w0);
            AE_FMA(sum11, ae_splat(input_at[5632]), w0); AE_FMA(sum12, ae_splat(input_at[6144]), w0);
            AE_FMA(sum13, ae_splat(input_at[6656]), w0); AE_FMA(sum14, ae_splat(input_at[7168]), w0);
            AE_FMA(sum15, ae_splat(input_at[7680]), w0);
        }
        const ae_real *const in0_at = in0 + (s * 2);
        ae_real *const out0_at = out0 + (s * 2);
        ae_store_first(out0_at, ae_vector_select(ae_load_first(in0_at, 2), ae_splat(AE_REAL(0.0)), sum0), 2);
        ae_store_first(out0_at + 2, ae_vector_select(ae_load_first(in0_at + 2, 2), ae_splat(AE_REAL(0.0)), sum1), 2);
        ae_store_first(out0_at + 4, ae_vector_select(ae_load_first(in0_at + 4, 2), ae_splat(AE_REAL(0.0)), sum2), 2);
        ae_store_first(out0_at + 6, ae_vector_select(ae_load_first(in0_at + 6, 2), ae_splat(AE_REAL(0.0)), sum3), 2);
        ae_store_first(out0_at + 8, ae_vector_select(ae_load_first(in0_at + 8, 2), ae_splat(AE_REAL(0.0)), sum4), 2);
        ae_store_first(out0_at + 10, ae_vector_select(ae_load_first(in0_at + 10, 2), ae_splat(AE_REAL(0.0)), sum5), 2);
        ae_store_first(out0_at + 12, ae_vector_select(ae_load_first(in0_at + 12, 2), ae_splat(AE_REAL(0.0)), sum6), 2);
        ae_store_first(out0_at + 14, ae_vector_select(ae_load_first(in0_at + 14, 2), ae_splat(AE_REAL(0.0)), sum7), 2);
        ae_store_first(out0_at + 16, ae_vector_select(ae_load_first(in0_at + 16, 2), ae_splat(AE_REAL(0.0)), sum8), 2);
        ae_store_first(out0_at + 18, ae_vector_select(ae_load_first(in0_at + 18, 2), ae_splat(AE_REAL(0.0)), sum9), 2);
        ae_store_first(out0_at + 20, ae_vector_select(ae_load_first(in0_at + 20, 2), ae_splat(AE_REAL(0.0)), sum10), 2);
        ae_store_first(out0_at + 22, ae_vector_select(ae_load_first(in0_at + 22, 2), ae_splat(AE_REAL(0.0)), sum11), 2);
        ae_store_first(out0_at + 24, ae_vector_select(ae_load_first(in0_at + 24, 2), ae_splat(AE_REAL(0.0)), sum12), 2);
        ae_store_first(out0_at + 26, ae_vector_select(ae_load_first(in0_at + 26, 2), ae_splat(AE_REAL(0.0)), sum13), 2);
        ae_store_first(out0_at + 28, ae_vector_select(ae_load_first(in0_at + 28, 2), ae_splat(AE_REAL(0.0)), sum14), 2);
        ae_store_first(out0_at + 30, ae_vector_select(ae_load_first(in0_at + 30, 2), ae_splat(AE_REAL(0.0)), sum15), 2);
    }
    for (ptrdiff_t s = (samples / 16) * 16; s < (samples / 8) * 8; s += 8) {
        ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
        sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
        sum3 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
        sum6 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_vector w0 = ae_load_first(weight + j * 2, 2); AE_FMA(sum0, ae_splat(input_at[0]), w0);
            AE_FMA(sum1, ae_splat(input_at[512]), w0); AE_FMA(sum2, ae_splat(input_at[1024]), w0);
            AE_FMA(sum3, ae_splat(input_at[1536]), w0); AE_FMA(sum4, ae_splat(input_at[2048]), w0);
            AE_FMA(sum5, ae_splat(input_at[2560]), w0); AE_FMA(sum6, ae_splat(input_at[3072]), w0);
            AE_FMA(sum7, ae_splat(input_at[3584]), w0);
        }
        const ae_real *const in0_at = in0 + (s * 2);
        ae_real *const out0_at = out0 + (s * 2);
        ae_store_first(out0_at, ae_vector_select(ae_load_first(in0_at, 2), ae_splat(AE_REAL(0.0)), sum0), 2);
        ae_store_first(out0_at + 2, ae_vector_select(ae_load_first(in0_at + 2, 2), ae_splat(AE_REAL(0.0)), sum1), 2);
        ae_store_first(out0_at + 4, ae_vector_select(ae_load_first(in0_at + 4, 2), ae_splat(AE_REAL(0.0)), sum2), 2);
        ae_store_first(out0_at + 6, ae_vector_select(ae_load_first(in0_at + 6, 2), ae_splat(AE_REAL(0.0)), sum3), 2);
        ae_store_first(out0_at + 8, ae_vector_select(ae_load_first(in0_at + 8, 2), ae_splat(AE_REAL(0.0)), sum4), 2);
        ae_store_first(out0_at + 10, ae_vector_select(ae_load_first(in0_at + 10, 2), ae_splat(AE_REAL(0.0)), sum5), 2);
        ae_store_first(out0_at + 12, ae_vector_select(ae_load_first(in0_at + 12, 2), ae_splat(AE_REAL(0.0)), sum6), 2);
        ae_store_first(out0_at + 14, ae_vector_select(ae_load_first(in0_at + 14, 2), ae_splat(AE_REAL(0.0)), sum7), 2);
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
        sum3 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_vector w0 = ae_load_first(weight + j * 2, 2); AE_FMA(sum0, ae_splat(input_at[0]), w0);
            AE_FMA(sum1, ae_splat(input_at[512]), w0); AE_FMA(sum2, ae_splat(input_at[1024]), w0);
            AE_FMA(sum3, ae_splat(input_at[1536]), w0);
        }
        const ae_real *const in0_at = in0 + (s * 2);
        ae_real *const out0_at = out0 + (s * 2);
        ae_store_first(out0_at, ae_vector_select(ae_load_first(in0_at, 2), ae_splat(AE_REAL(0.0)), sum0), 2);
        ae_store_first(out0_at + 2, ae_vector_select(ae_load_first(in0_at + 2, 2), ae_splat(AE_REAL(0.0)), sum1), 2);
        ae_store_first(out0_at + 4, ae_vector_select(ae_load_first(in0_at + 4, 2), ae_splat(AE_REAL(0.0)), sum2), 2);
        ae_store_first(out0_at + 6, ae_vector_select(ae_load_first(in0_at + 6, 2), ae_splat(AE_REAL(0.0)), sum3), 2);
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_vector sum0, sum1;
        sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_vector w0 = ae_load_first(weight + j * 2, 2); AE_FMA(sum0, ae_splat(input_at[0]), w0);
            AE_FMA(sum1, ae_splat(input_at[512]), w0);
        }
        const ae_real *const in0_at = in0 + (s * 2);
        ae_real *const out0_at = out0 + (s * 2);
        ae_store_first(out0_at, ae_vector_select(ae_load_first(in0_at, 2), ae_splat(AE_REAL(0.0)), sum0), 2);
        ae_store_first(out0_at + 2, ae_vector_select(ae_load_first(in0_at + 2, 2), ae_splat(AE_REAL(0.0)), sum1), 2);
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_vector sum0;
        sum0 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t j = 0; j < 512; j++) {
            AE_FMA(sum0, ae_splat(input[s * 512 + j]), ae_load_first(weight + j * 2, 2));
        }
        ae_store_first(out0 + s * 2, ae_vector_select(ae_load_first(in0 + s * 2, 2), ae_splat(AE_REAL(0.0)), sum0), 2);
    }
}

// encoder.3 backward (ael_latent.aespec:6): 2 -> 512, 2048 FLOP a sample; then select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 16 sums together: 4 samples x 4 vectors of 4 output channels.
AE_KERNEL void net_encoder_3_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
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
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const weight_at = weight + (c * 2 + j * 16);
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[2]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
                const ae_vector t2 = ae_splat(input_at[4]); AE_FMA(sum8, t2, w0_0); AE_FMA(sum9, t2, w0_1);
                AE_FMA(sum10, t2, w0_2); AE_FMA(sum11, t2, w0_3);
                const ae_vector t3 = ae_splat(input_at[6]); AE_FMA(sum12, t3, w0_0); AE_FMA(sum13, t3, w0_1);
                AE_FMA(sum14, t3, w0_2); AE_FMA(sum15, t3, w0_3);
            }
            const ae_real *const in0_at = in0 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(out0_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), sum1));
            ae_store(out0_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), sum2));
            ae_store(out0_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), sum3));
            ae_store(out0_at + 512, ae_vector_select(ae_load(in0_at + 512), ae_splat(AE_REAL(0.0)), sum4));
            ae_store(out0_at + 516, ae_vector_select(ae_load(in0_at + 516), ae_splat(AE_REAL(0.0)), sum5));
            ae_store(out0_at + 520, ae_vector_select(ae_load(in0_at + 520), ae_splat(AE_REAL(0.0)), sum6));
            ae_store(out0_at + 524, ae_vector_select(ae_load(in0_at + 524), ae_splat(AE_REAL(0.0)), sum7));
            ae_store(out0_at + 1024, ae_vector_select(ae_load(in0_at + 1024), ae_splat(AE_REAL(0.0)), sum8));
            ae_store(out0_at + 1028, ae_vector_select(ae_load(in0_at + 1028), ae_splat(AE_REAL(0.0)), sum9));
            ae_store(out0_at + 1032, ae_vector_select(ae_load(in0_at + 1032), ae_splat(AE_REAL(0.0)), sum10));
            ae_store(out0_at + 1036, ae_vector_select(ae_load(in0_at + 1036), ae_splat(AE_REAL(0.0)), sum11));
            ae_store(out0_at + 1536, ae_vector_select(ae_load(in0_at + 1536), ae_splat(AE_REAL(0.0)), sum12));
            ae_store(out0_at + 1540, ae_vector_select(ae_load(in0_at + 1540), ae_splat(AE_REAL(0.0)), sum13));
            ae_store(out0_at + 1544, ae_vector_select(ae_load(in0_at + 1544), ae_splat(AE_REAL(0.0)), sum14));
            ae_store(out0_at + 1548, ae_vector_select(ae_load(in0_at + 1548), ae_splat(AE_REAL(0.0)), sum15));
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
            sum0 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0));
            sum1 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
            sum2 = ae_splat(AE_REAL(0.0)); sum6 = ae_splat(AE_REAL(0.0));
            sum3 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const weight_at = weight + (c * 2 + j * 16);
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_vector w0_0 = ae_load(weight_at);
                const ae_vector w0_1 = ae_load(weight_at + 4);
                const ae_vector w0_2 = ae_load(weight_at + 8);
                const ae_vector w0_3 = ae_load(weight_at + 12);
                const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, w0_0); AE_FMA(sum1, t0, w0_1);
                AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                const ae_vector t1 = ae_splat(input_at[2]); AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1);
                AE_FMA(sum6, t1, w0_2); AE_FMA(sum7, t1, w0_3);
            }
            const ae_real *const in0_at = in0 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(out0_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), sum1));
            ae_store(out0_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), sum2));
            ae_store(out0_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), sum3));
            ae_store(out0_at + 512, ae_vector_select(ae_load(in0_at + 512), ae_splat(AE_REAL(0.0)), sum4));
            ae_store(out0_at + 516, ae_vector_select(ae_load(in0_at + 516), ae_splat(AE_REAL(0.0)), sum5));
            ae_store(out0_at + 520, ae_vector_select(ae_load(in0_at + 520), ae_splat(AE_REAL(0.0)), sum6));
            ae_store(out0_at + 524, ae_vector_select(ae_load(in0_at + 524), ae_splat(AE_REAL(0.0)), sum7));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_splat(AE_REAL(0.0));
            sum1 = ae_splat(AE_REAL(0.0));
            sum2 = ae_splat(AE_REAL(0.0));
            sum3 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const weight_at = weight + (c * 2 + j * 16);
                const ae_vector t0 = ae_splat(input[s * 2 + j]); AE_FMA(sum0, t0, ae_load(weight_at));
                AE_FMA(sum1, t0, ae_load(weight_at + 4)); AE_FMA(sum2, t0, ae_load(weight_at + 8));
                AE_FMA(sum3, t0, ae_load(weight_at + 12));
            }
            const ae_real *const in0_at = in0 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(out0_at + 4, ae_vector_select(ae_load(in0_at + 4), ae_splat(AE_REAL(0.0)), sum1));
            ae_store(out0_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), sum2));
            ae_store(out0_at + 12, ae_vector_select(ae_load(in0_at + 12), ae_splat(AE_REAL(0.0)), sum3));
        }
    }
}

// decoder.2 weight_gradient (ael_latent.aespec:8): 512 -> 784, 802816 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 24 sums together: 6 weight rows x 4 vectors of 4 channels of the small image.
AE_KERNEL void net_decoder_2_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        memset(gradient + c * 512 + from * 16, 0, (size_t)(to - from) * 16 * sizeof(ae_real));
    }
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 784; c += 16) {
            for (ptrdiff_t j = from; j < ((to - from) / 6) * 6 + from; j += 6) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13,
                    sum14, sum15, sum16, sum17, sum18, sum19, sum20, sum21, sum22, sum23;
                ae_real *const gradient_at = gradient + (c * 512 + j * 16);
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
                    const ae_real *const large_at = large + (s * 512 + j);
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
            for (ptrdiff_t j = ((to - from) / 6) * 6 + from; j < to; j += 2) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                ae_real *const gradient_at = gradient + (c * 512 + j * 16);
                sum0 = ae_load(gradient_at); sum4 = ae_load(gradient_at + 16);
                sum1 = ae_load(gradient_at + 4); sum5 = ae_load(gradient_at + 20);
                sum2 = ae_load(gradient_at + 8); sum6 = ae_load(gradient_at + 24);
                sum3 = ae_load(gradient_at + 12); sum7 = ae_load(gradient_at + 28);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const small_at = small + (s * 784 + c);
                    const ae_real *const large_at = large + (s * 512 + j);
                    const ae_vector g0 = ae_load(small_at);
                    const ae_vector g1 = ae_load(small_at + 4);
                    const ae_vector g2 = ae_load(small_at + 8);
                    const ae_vector g3 = ae_load(small_at + 12);
                    const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                    AE_FMA(sum2, t0, g2); AE_FMA(sum3, t0, g3);
                    const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum4, t1, g0); AE_FMA(sum5, t1, g1);
                    AE_FMA(sum6, t1, g2); AE_FMA(sum7, t1, g3);
                }
                ae_store(gradient_at, sum0); ae_store(gradient_at + 16, sum4);
                ae_store(gradient_at + 4, sum1); ae_store(gradient_at + 20, sum5);
                ae_store(gradient_at + 8, sum2); ae_store(gradient_at + 24, sum6);
                ae_store(gradient_at + 12, sum3); ae_store(gradient_at + 28, sum7);
            }
        }
    }
}

// decoder.2 bias_gradient (ael_latent.aespec:8): 784 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void net_decoder_2_bias_gradient(ptrdiff_t samples,
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

// decoder.0 weight_gradient (ael_latent.aespec:8): 2 -> 512, 2048 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 16 sums together: 2 weight rows x 8 vectors of 4 channels of the small image.
AE_KERNEL void net_decoder_0_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        memset(gradient + c * 2 + from * 16, 0, (size_t)(to - from) * 16 * sizeof(ae_real));
    }
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 32) {
            for (ptrdiff_t j = from; j < ((to - from) / 2) * 2 + from; j += 2) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13,
                    sum14, sum15;
                ae_real *const gradient_at = gradient + (c * 2 + j * 16);
                sum0 = ae_load(gradient_at); sum8 = ae_load(gradient_at + 16);
                sum1 = ae_load(gradient_at + 4); sum9 = ae_load(gradient_at + 20);
                sum2 = ae_load(gradient_at + 8); sum10 = ae_load(gradient_at + 24);
                sum3 = ae_load(gradient_at + 12); sum11 = ae_load(gradient_at + 28);
                sum4 = ae_load(gradient_at + 32); sum12 = ae_load(gradient_at + 48);
                sum5 = ae_load(gradient_at + 36); sum13 = ae_load(gradient_at + 52);
                sum6 = ae_load(gradient_at + 40); sum14 = ae_load(gradient_at + 56);
                sum7 = ae_load(gradient_at + 44); sum15 = ae_load(gradient_at + 60);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const small_at = small + (s * 512 + c);
                    const ae_real *const large_at = large + (s * 2 + j);
                    const ae_vector g0 = ae_load(small_at);
                    const ae_vector g1 = ae_load(small_at + 4);
                    const ae_vector g2 = ae_load(small_at + 8);
                    const ae_vector g3 = ae_load(small_at + 12);
                    const ae_vector g4 = ae_load(small_at + 16);
                    const ae_vector g5 = ae_load(small_at + 20);
                    const ae_vector g6 = ae_load(small_at + 24);
                    const ae_vector g7 = ae_load(small_at + 28);
                    const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                    AE_FMA(sum2, t0, g2); AE_FMA(sum3, t0, g3); AE_FMA(sum4, t0, g4); AE_FMA(sum5, t0, g5);
                    AE_FMA(sum6, t0, g6); AE_FMA(sum7, t0, g7);
                    const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum8, t1, g0); AE_FMA(sum9, t1, g1);
                    AE_FMA(sum10, t1, g2); AE_FMA(sum11, t1, g3); AE_FMA(sum12, t1, g4); AE_FMA(sum13, t1, g5);
                    AE_FMA(sum14, t1, g6); AE_FMA(sum15, t1, g7);
                }
                ae_store(gradient_at, sum0); ae_store(gradient_at + 16, sum8);
                ae_store(gradient_at + 4, sum1); ae_store(gradient_at + 20, sum9);
                ae_store(gradient_at + 8, sum2); ae_store(gradient_at + 24, sum10);
                ae_store(gradient_at + 12, sum3); ae_store(gradient_at + 28, sum11);
                ae_store(gradient_at + 32, sum4); ae_store(gradient_at + 48, sum12);
                ae_store(gradient_at + 36, sum5); ae_store(gradient_at + 52, sum13);
                ae_store(gradient_at + 40, sum6); ae_store(gradient_at + 56, sum14);
                ae_store(gradient_at + 44, sum7); ae_store(gradient_at + 60, sum15);
            }
        }
    }
}

// decoder.0 bias_gradient (ael_latent.aespec:8): 512 elements
// encoder.1 bias_gradient (ael_latent.aespec:6): 512 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void net_decoder_0_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        ae_vector sum0;
        sum0 = ae_load(gradient + c);
        ae_vector sum1;
        sum1 = ae_load(gradient + c + 4);
        ae_vector sum2;
        sum2 = ae_load(gradient + c + 8);
        ae_vector sum3;
        sum3 = ae_load(gradient + c + 12);
        for (ptrdiff_t s = 0; s < samples; s++) {
            const ae_real *const image_at = image + (s * 512 + c);
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

// encoder.3 weight_gradient (ael_latent.aespec:6): 512 -> 2, 2048 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 16 sums together: 2 channels of the small image x 8 vectors of 4 weight rows.
AE_KERNEL void net_encoder_3_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    memset(gradient + 0 + from * 2, 0, (size_t)(to - from) * 2 * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t j = from; j < ((to - from) / 32) * 32 + from; j += 32) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13,
                sum14, sum15;
            ae_real *const gradient_at = gradient + (j * 2);
            sum0 = ae_load_apart(gradient_at, 2, 4); sum8 = ae_load_apart(gradient_at + 1, 2, 4);
            sum1 = ae_load_apart(gradient_at + 8, 2, 4); sum9 = ae_load_apart(gradient_at + 9, 2, 4);
            sum2 = ae_load_apart(gradient_at + 16, 2, 4); sum10 = ae_load_apart(gradient_at + 17, 2, 4);
            sum3 = ae_load_apart(gradient_at + 24, 2, 4); sum11 = ae_load_apart(gradient_at + 25, 2, 4);
            sum4 = ae_load_apart(gradient_at + 32, 2, 4); sum12 = ae_load_apart(gradient_at + 33, 2, 4);
            sum5 = ae_load_apart(gradient_at + 40, 2, 4); sum13 = ae_load_apart(gradient_at + 41, 2, 4);
            sum6 = ae_load_apart(gradient_at + 48, 2, 4); sum14 = ae_load_apart(gradient_at + 49, 2, 4);
            sum7 = ae_load_apart(gradient_at + 56, 2, 4); sum15 = ae_load_apart(gradient_at + 57, 2, 4);
            for (ptrdiff_t s = first; s < end; s++) {
                const ae_real *const large_at = large + (s * 512 + j);
                const ae_real *const small_at = small + (s * 2);
                const ae_vector g0 = ae_load(large_at);
                const ae_vector g1 = ae_load(large_at + 4);
                const ae_vector g2 = ae_load(large_at + 8);
                const ae_vector g3 = ae_load(large_at + 12);
                const ae_vector g4 = ae_load(large_at + 16);
                const ae_vector g5 = ae_load(large_at + 20);
                const ae_vector g6 = ae_load(large_at + 24);
                const ae_vector g7 = ae_load(large_at + 28);
                const ae_vector t0 = ae_splat(small_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                AE_FMA(sum2, t0, g2); AE_FMA(sum3, t0, g3); AE_FMA(sum4, t0, g4); AE_FMA(sum5, t0, g5);
                AE_FMA(sum6, t0, g6); AE_FMA(sum7, t0, g7);
                const ae_vector t1 = ae_splat(small_at[1]); AE_FMA(sum8, t1, g0); AE_FMA(sum9, t1, g1);
                AE_FMA(sum10, t1, g2); AE_FMA(sum11, t1, g3); AE_FMA(sum12, t1, g4); AE_FMA(sum13, t1, g5);
                AE_FMA(sum14, t1, g6); AE_FMA(sum15, t1, g7);
            }
            ae_store_apart(gradient_at, sum0, 2, 4); ae_store_apart(gradient_at + 1, sum8, 2, 4);
            ae_store_apart(gradient_at + 8, sum1, 2, 4); ae_store_apart(gradient_at + 9, sum9, 2, 4);
            ae_store_apart(gradient_at + 16, sum2, 2, 4); ae_store_apart(gradient_at + 17, sum10, 2, 4);
            ae_store_apart(gradient_at + 24, sum3, 2, 4); ae_store_apart(gradient_at + 25, sum11, 2, 4);
            ae_store_apart(gradient_at + 32, sum4, 2, 4); ae_store_apart(gradient_at + 33, sum12, 2, 4);
            ae_store_apart(gradient_at + 40, sum5, 2, 4); ae_store_apart(gradient_at + 41, sum13, 2, 4);
            ae_store_apart(gradient_at + 48, sum6, 2, 4); ae_store_apart(gradient_at + 49, sum14, 2, 4);
            ae_store_apart(gradient_at + 56, sum7, 2, 4); ae_store_apart(gradient_at + 57, sum15, 2, 4);
        }
    }
}

// encoder.3 bias_gradient (ael_latent.aespec:6): 2 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void net_encoder_3_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    ae_vector sum0;
    sum0 = ae_load_first(gradient, 2);
    for (ptrdiff_t s = 0; s < samples; s++) {
        sum0 += ae_vector_first(ae_load_first(image + s * 2, 2), 2);
    }
    ae_store_first(gradient, sum0, 2);
}

// encoder.1 weight_gradient (ael_latent.aespec:6): 784 -> 512, 802816 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 24 sums together: 6 weight rows x 4 vectors of 4 channels of the small image.
AE_KERNEL void net_encoder_1_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        memset(gradient + c * 784 + from * 16, 0, (size_t)(to - from) * 16 * sizeof(ae_real));
    }
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 16) {
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
                    const ae_real *const small_at = small + (s * 512 + c);
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
                    const ae_real *const small_at = small + (s * 512 + c);
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

// sse forward (ael_latent.aespec:9): 784 elements; subtract, multiply, sum
AE_KERNEL void net_loss_sse_forward_2(ptrdiff_t samples,
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
        out0[s] = v2;
    }
}

// Weights in the order of their transposed use, once a step; a task is a weight, or some rows of one.
static void net_repack(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 5);
        net_decoder_2_repack(from, to, step->parameters + 404496, step->repacked);
        ae_mark(step, 19);
        return;
    }
    task -= 8;
    if (task < 1) {
        ae_mark(step, 9);
        net_decoder_0_repack(step->parameters + 402960, step->repacked + 401408);
        ae_mark(step, 19);
        return;
    }
    task -= 1;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 13);
        net_encoder_3_repack(from, to, step->parameters + 401920, step->repacked + 402432);
        ae_mark(step, 19);
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
        net_encoder_1_forward(samples, step->input + first * 784, step->parameters, step->parameters + 401408, step->kept + first * 512);
        ae_mark(step, 1);
        net_encoder_3_forward(samples, step->kept + first * 512, step->parameters + 401920, step->parameters + 402944, step->kept + 512 * step->samples + first * 2);
        ae_mark(step, 2);
        net_decoder_0_forward(samples, step->kept + 512 * step->samples + first * 2, step->parameters + 402960, step->parameters + 403984, step->kept + 528 * step->samples + first * 512);
        ae_mark(step, 3);
        net_decoder_2_forward(samples, step->kept + 528 * step->samples + first * 512, step->parameters + 404496, step->parameters + 805904, scratch);
        ae_mark(step, 4);
        net_loss_sse_forward(samples, step->term_scale, scratch, step->input + first * 784, step->term + first * 1, step->kept + 1040 * step->samples + first * 784);
        ae_mark(step, 6);
        net_decoder_2_backward(samples, step->kept + 1040 * step->samples + first * 784, step->repacked, step->kept + 528 * step->samples + first * 512, step->kept + 1824 * step->samples + first * 512);
        ae_mark(step, 10);
        net_decoder_0_backward(samples, step->kept + 1824 * step->samples + first * 512, step->repacked + 401408, step->kept + 512 * step->samples + first * 2, step->kept + 2336 * step->samples + first * 2);
        ae_mark(step, 14);
        net_encoder_3_backward(samples, step->kept + 2336 * step->samples + first * 2, step->repacked + 402432, step->kept + first * 512, step->kept + 2352 * step->samples + first * 512);
    }
    ae_mark(step, 19);
}

// Offset, length, number and stride of the runs of the gradient that each task of net_weights sums.
static const struct ae_range net_weights_ranges[] = {
    {404496, 960, 49, 8192},
    {405456, 960, 49, 8192},
    {406416, 960, 49, 8192},
    {407376, 960, 49, 8192},
    {408336, 960, 49, 8192},
    {409296, 960, 49, 8192},
    {410256, 960, 49, 8192},
    {411216, 960, 49, 8192},
    {412176, 512, 49, 8192},
    {805904, 784, 1, 0},
    {402960, 32, 32, 32},
    {403984, 512, 1, 0},
    {401920, 128, 1, 1024},
    {402048, 128, 1, 1024},
    {402176, 128, 1, 1024},
    {402304, 128, 1, 1024},
    {402432, 128, 1, 1024},
    {402560, 128, 1, 1024},
    {402688, 128, 1, 1024},
    {402816, 128, 1, 1024},
    {402944, 2, 1, 0},
    {0, 960, 32, 12544},
    {960, 960, 32, 12544},
    {1920, 960, 32, 12544},
    {2880, 960, 32, 12544},
    {3840, 960, 32, 12544},
    {4800, 960, 32, 12544},
    {5760, 960, 32, 12544},
    {6720, 960, 32, 12544},
    {7680, 960, 32, 12544},
    {8640, 960, 32, 12544},
    {9600, 960, 32, 12544},
    {10560, 960, 32, 12544},
    {11520, 960, 32, 12544},
    {12480, 64, 32, 12544},
    {401408, 512, 1, 0},
};

// Gradients of dense layers, summed over the batch's samples in order; a task is some rows of a weight, or
// a bias.
static void net_weights(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    if (task < 9) {
        const ptrdiff_t from = (ptrdiff_t)task * 60, to = ae_least(from + 60, 512);
        ae_mark(step, 7);
        net_decoder_2_weight_gradient((ptrdiff_t)step->samples, from, to, step->kept + 528 * step->samples, step->kept + 1040 * step->samples, step->gradient + 404496);
        ae_mark(step, 19);
        return;
    }
    task -= 9;
    if (task < 1) {
        memset(step->gradient + 805904, 0, 784 * sizeof(ae_real));
        ae_mark(step, 8);
        net_decoder_2_bias_gradient((ptrdiff_t)step->samples, step->kept + 1040 * step->samples, step->gradient + 805904);
        ae_mark(step, 19);
        return;
    }
    task -= 1;
    if (task < 1) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 2);
        ae_mark(step, 11);
        net_decoder_0_weight_gradient((ptrdiff_t)step->samples, from, to, step->kept + 512 * step->samples, step->kept + 1824 * step->samples, step->gradient + 402960);
        ae_mark(step, 19);
        return;
    }
    task -= 1;
    if (task < 1) {
        memset(step->gradient + 403984, 0, 512 * sizeof(ae_real));
        ae_mark(step, 12);
        net_decoder_0_bias_gradient((ptrdiff_t)step->samples, step->kept + 1824 * step->samples, step->gradient + 403984);
        ae_mark(step, 19);
        return;
    }
    task -= 1;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 15);
        net_encoder_3_weight_gradient((ptrdiff_t)step->samples, from, to, step->kept, step->kept + 2336 * step->samples, step->gradient + 401920);
        ae_mark(step, 19);
        return;
    }
    task -= 8;
    if (task < 1) {
        memset(step->gradient + 402944, 0, 2 * sizeof(ae_real));
        ae_mark(step, 16);
        net_encoder_3_bias_gradient((ptrdiff_t)step->samples, step->kept + 2336 * step->samples, step->gradient + 402944);
        ae_mark(step, 19);
        return;
    }
    task -= 1;
    if (task < 14) {
        const ptrdiff_t from = (ptrdiff_t)task * 60, to = ae_least(from + 60, 784);
        ae_mark(step, 17);
        net_encoder_1_weight_gradient((ptrdiff_t)step->samples, from, to, step->input, step->kept + 2352 * step->samples, step->gradient);
        ae_mark(step, 19);
        return;
    }
    task -= 14;
    if (task < 1) {
        memset(step->gradient + 401408, 0, 512 * sizeof(ae_real));
        ae_mark(step, 18);
        net_decoder_0_bias_gradient((ptrdiff_t)step->samples, step->kept + 2352 * step->samples, step->gradient + 401408);
        ae_mark(step, 19);
        return;
    }
    task -= 1;
}

// Tasks, or 0 for one a slot; what they complete of the gradient; the function.
static const struct ae_phase net_phases[] = {
    {17, NULL, net_repack},
    {0, NULL, net_samples},
    {36, net_weights_ranges, net_weights},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    net_encoder_1_forward((ptrdiff_t)samples, input, parameters, parameters + 401408, scratch);
    net_encoder_3_forward((ptrdiff_t)samples, scratch, parameters + 401920, parameters + 402944, code);
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *code, ae_real *output,
                       ae_real *scratch) {
    net_decoder_0_forward((ptrdiff_t)samples, code, parameters + 402960, parameters + 403984, scratch);
    net_decoder_2_forward((ptrdiff_t)samples, scratch, parameters + 404496, parameters + 805904, output);
}

static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,
                        ae_real *term, ae_real *scratch) {
    (void)code;
    (void)scratch;
    net_loss_sse_forward_2((ptrdiff_t)samples, output, input, term);
}

// Name, shape in files; view and strides in memory; offset; bound of the initial values.
static const struct ae_parameter net_parameters[] = {
    {"encoder.1.weight", {2, {512, 784}}, 3, {32, 16, 784}, {12544, 1, 16}, 0, 0.035714285714285712},
    {"encoder.1.bias", {1, {512}}, 1, {512}, {1}, 401408, 0.035714285714285712},
    {"encoder.3.weight", {2, {2, 512}}, 2, {2, 512}, {1, 2}, 401920, 0.044194173824159216},
    {"encoder.3.bias", {1, {2}}, 1, {2}, {1}, 402944, 0.044194173824159216},
    {"decoder.0.weight", {2, {512, 2}}, 3, {32, 16, 2}, {32, 1, 16}, 402960, 0.70710678118654746},
    {"decoder.0.bias", {1, {512}}, 1, {512}, {1}, 403984, 0.70710678118654746},
    {"decoder.2.weight", {2, {784, 512}}, 3, {49, 16, 512}, {8192, 1, 16}, 404496, 0.044194173824159216},
    {"decoder.2.bias", {1, {784}}, 1, {784}, {1}, 805904, 0.044194173824159216},
};

// Name, kind, line of the spec, shape, parameters, FLOPs of a sample's forward pass.
static const struct ae_layer net_layers[] = {
    {"encoder.0", "flatten", 6, {1, {784}}, 0, 0},
    {"encoder.1", "dense", 6, {1, {512}}, 401920, 802816},
    {"encoder.2", "relu", 6, {1, {512}}, 0, 0},
    {"encoder.3", "dense", 6, {1, {2}}, 1026, 2048},
    {"encoder.4", "relu", 6, {1, {2}}, 0, 0},
    {"z", "code", 7, {1, {2}}, 0, 0},
    {"decoder.0", "dense", 8, {1, {512}}, 1536, 2048},
    {"decoder.1", "relu", 8, {1, {512}}, 0, 0},
    {"decoder.2", "dense", 8, {1, {784}}, 402192, 802816},
    {"decoder.3", "relu", 8, {1, {784}}, 0, 0},
    {"decoder.4", "reshape", 8, {3, {1, 28, 28}}, 0, 0},
};

// Name, FLOPs and predicted cost in vector multiply-adds of a sample; true: of a step.
static const struct ae_kernel net_kernels[] = {
    {"encoder.1 forward", 802816, 1.091e+05, false},
    {"encoder.3 forward", 2048, 648.4, false},
    {"decoder.0 forward", 2048, 789, false},
    {"decoder.2 forward", 802816, 1.094e+05, false},
    {"loss sse forward", 0, 2548, false},
    {"decoder.2 repack", 0, 4.014e+05, true},
    {"decoder.2 backward", 802816, 1.092e+05, false},
    {"decoder.2 weight_gradient", 802816, 1.104e+05, false},
    {"decoder.2 bias_gradient", 0, 392, false},
    {"decoder.0 repack", 0, 1024, true},
    {"decoder.0 backward", 2048, 648.9, false},
    {"decoder.0 weight_gradient", 2048, 304, false},
    {"decoder.0 bias_gradient", 0, 256, false},
    {"encoder.3 repack", 0, 1024, true},
    {"encoder.3 backward", 2048, 917, false},
    {"encoder.3 weight_gradient", 2048, 336, false},
    {"encoder.3 bias_gradient", 0, 1, false},
    {"encoder.1 weight_gradient", 802816, 1.104e+05, false},
    {"encoder.1 bias_gradient", 0, 256, false},
};

static double net_peak(size_t rounds) {
    return ae_peak(rounds);
}

static const struct ae_term net_terms[] = {
    {"sse", "sse"},
};

static void net_derive(double *constants, const bool *given, double *weights, double *settings) {
    (void)constants;
    (void)given;
    weights[0] = 1;
    settings[AE_SETTING_optimizer] = AE_OPTIMIZER_adam;
    settings[AE_SETTING_learning_rate] = 0.001;
    settings[AE_SETTING_batch] = 128.0;
    settings[AE_SETTING_epochs] = 16.0;
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
    {"z", AE_LATENT_CODE, {1, {2}}, 2, 0, 0},
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
    .memory = {.parameters = 806688,
               .trainable = 806688,
               .slotted = 0,
               .repacked = 403456,
               .terms = 1,
               .input = 784,
               .kept = 2864,
               .scratch = 25088},
    .phases = net_phases,
    .phase_count = sizeof net_phases / sizeof *net_phases,
    .kernels = net_kernels,
    .kernel_count = 19,
    .lanes = 4,
    .peak = net_peak,
};

static const char net_text[] =
    "# ael_latent.aespec - 784-512-2-512-784 (Fig 6, 7)\n"
    "model ael_latent\n"
    "\n"
    "data { source = idx(\"data/mnist\"); scale = 1/255; mean = 0.1307; std = 0.3081 }\n"
    "input x : [1, 28, 28]\n"
    "encoder { flatten; dense(512) -> relu; dense(2) -> relu }\n"
    "latent z = code\n"
    "decoder { dense(512) -> relu; dense(784) -> relu; reshape(1, 28, 28) }\n"
    "loss { sse(x) }\n"
    "train { optimizer = adam; learning_rate = 1e-3; batch = 128; epochs = 16; reduction = sum }\n";

const struct ae_model ae_model_ael_latent = {
    .name = "ael_latent",
    .file = "ael_latent.aespec",
    .text = net_text,
    .target = "neon",
    .real_bytes = sizeof(ae_real),
    .features = AE_FEATURES,
    .input_count = 784,
    .latent_count = 2,
    .code_count = 2,
    .output_count = 784,
    .inputs = net_inputs,
    .input_tensors = 1,
    .latents = net_latents,
    .latent_tensors = 1,
    .outputs = net_outputs,
    .output_tensors = 1,
    .parameters = net_parameters,
    .parameter_tensors = 8,
    .parameter_count = 806688,
    .layers = net_layers,
    .layer_count = 11,
    .terms = net_terms,
    .term_count = 1,
    .constants = NULL,
    .constant_count = 0,
    .derive = net_derive,
    .inference = &net_inference,
    .training = &net_training,
};
