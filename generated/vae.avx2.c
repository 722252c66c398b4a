// The autoencoder vae, compiled by aespec from vae.aespec: the parameters; the kernels, layer by layer; the phases of a
// training step, which call them; encoder, decoder and loss; tables for the runtime.
//
// Memory: a tensor of shape [C, H, W] is stored as [H][W][C], one sample after the other. A convolution's weight is
// [kernel y][kernel x][channel of the larger image][channel of the smaller image]; kernels see kernel x and the first
// channel as one dimension. A dense layer's weight is [input][output], or panels [output / 16][input][output % 16]
// where 16 divides the outputs. Each sum has one order, fixed by shapes and batch size, so the same seed gives the same
// bits with any compiler, optimisation level, target and number of threads.
//
// Names: encoder_1 is the result of layer encoder.1, d_encoder_1 the gradient of the loss by it, NAME_back a part of
// one, NAME_turned a weight in the order of its transposed use. In kernels, s is the sample, y and x the pixel, c the
// channel, j the kernel column and input channel as one index, g a group of samples; sum0, sum1, ... are sums, t inputs
// and w weights.
//
// Target avx2: a vector has 8 lanes. A kernel keeps a block of sums in registers during all its inner loops: rows
// (pixels, samples or weights) times columns (vectors of channels). Each step reads one number per row and one vector
// per column and multiplies every pair, so there are few loads per multiply-add, and no sum waits for the one before
// it. Channels are innermost in memory, so a vector is one load and nothing is summed across lanes. Where an image has
// too few channels to fill a vector, the lanes hold 8 samples instead (ae_pack, ae_unpack). Activations are applied to
// sums while they are in registers. A few samples go forward and backward together, so that their tensors stay in the
// second-level cache.

#include "runtime/api/processor.h"
#define AE_TARGET_AVX2
#include "runtime/api/vector.h"
#include "runtime/api/model.h"

// The parameters in memory, and the gradient by each of them. Each begins at a multiple of 16 elements.
struct net_tensors {
    ae_real encoder_1_weight[32][784][16];
    ae_real encoder_1_bias[512];
    ae_real z_mu_weight[512][2];
    ae_real z_mu_bias[2], room_3[14];
    ae_real z_log_sigma_weight[512][2];
    ae_real z_log_sigma_bias[2], room_5[14];
    ae_real decoder_0_weight[32][2][16];
    ae_real decoder_0_bias[512];
    ae_real decoder_2_weight[49][512][16];
    ae_real decoder_2_bias[784];
};
_Static_assert(sizeof(struct net_tensors) == 807728 * sizeof(ae_real), "no padding");

// encoder.1, dense (vae.aespec:6): dense_784_to_512_forward, dense_784_to_512_weight_gradient, bias_gradient_512

// 784 -> 512, 802816 FLOP a sample, in blocks of up to 2 samples x 4 vectors of 8 output channels; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_784_to_512_forward(ptrdiff_t samples, const ae_real input[restrict][784],
        const ae_real weight[restrict 32][784][16], const ae_real bias[restrict 512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum1_0, sum1_1, sum1_2, sum1_3;
            sum0_0 = sum1_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = ae_load(bias + c + 8);
            sum0_2 = sum1_2 = ae_load(bias + c + 16);
            sum0_3 = sum1_3 = ae_load(bias + c + 24);
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_vector w0 = ae_load(weight[c / 16][j]);
                const ae_vector w1 = ae_load(weight[c / 16][j] + 8);
                const ae_vector w2 = ae_load(weight[c / 16 + 1][j]);
                const ae_vector w3 = ae_load(weight[c / 16 + 1][j] + 8);
                const ae_vector t0 = ae_splat(input[s][j]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                AE_FMA(sum0_2, t0, w2); AE_FMA(sum0_3, t0, w3);
                const ae_vector t1 = ae_splat(input[s + 1][j]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                AE_FMA(sum1_2, t1, w2); AE_FMA(sum1_3, t1, w3);
            }
            ae_store(output[s] + c, ae_vector_relu(sum0_0)); ae_store(output[s] + c + 8, ae_vector_relu(sum0_1));
            ae_store(output[s] + c + 16, ae_vector_relu(sum0_2)); ae_store(output[s] + c + 24, ae_vector_relu(sum0_3));
            ae_store(output[s + 1] + c, ae_vector_relu(sum1_0));
            ae_store(output[s + 1] + c + 8, ae_vector_relu(sum1_1));
            ae_store(output[s + 1] + c + 16, ae_vector_relu(sum1_2));
            ae_store(output[s + 1] + c + 24, ae_vector_relu(sum1_3));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_load(bias + c); sum1 = ae_load(bias + c + 8); sum2 = ae_load(bias + c + 16);
            sum3 = ae_load(bias + c + 24);
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_vector t = ae_splat(input[s][j]); AE_FMA(sum0, t, ae_load(weight[c / 16][j]));
                AE_FMA(sum1, t, ae_load(weight[c / 16][j] + 8)); AE_FMA(sum2, t, ae_load(weight[c / 16 + 1][j]));
                AE_FMA(sum3, t, ae_load(weight[c / 16 + 1][j] + 8));
            }
            ae_store(output[s] + c, ae_vector_relu(sum0)); ae_store(output[s] + c + 8, ae_vector_relu(sum1));
            ae_store(output[s] + c + 16, ae_vector_relu(sum2)); ae_store(output[s] + c + 24, ae_vector_relu(sum3));
        }
    }
}

// 784 -> 512, 802816 FLOP a sample, in blocks of up to 6 weight rows x 2 vectors of 8 channels of the small image
//   gradient[i][o] = sum over samples of large[i] * small[o]
AE_KERNEL void dense_784_to_512_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real large[restrict][784], const ae_real small[restrict][512],
        ae_real gradient[restrict 32][784][16]) {
    for (ptrdiff_t c = 0; c < 512; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 16) {
            for (ptrdiff_t j = from; j < ((to - from) / 6) * 6 + from; j += 6) {
                ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                    sum5_1;
                sum0_0 = ae_load(gradient[c / 16][j]); sum0_1 = ae_load(gradient[c / 16][j] + 8);
                sum1_0 = ae_load(gradient[c / 16][j + 1]); sum1_1 = ae_load(gradient[c / 16][j + 1] + 8);
                sum2_0 = ae_load(gradient[c / 16][j + 2]); sum2_1 = ae_load(gradient[c / 16][j + 2] + 8);
                sum3_0 = ae_load(gradient[c / 16][j + 3]); sum3_1 = ae_load(gradient[c / 16][j + 3] + 8);
                sum4_0 = ae_load(gradient[c / 16][j + 4]); sum4_1 = ae_load(gradient[c / 16][j + 4] + 8);
                sum5_0 = ae_load(gradient[c / 16][j + 5]); sum5_1 = ae_load(gradient[c / 16][j + 5] + 8);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_vector g0 = ae_load(small[s] + c);
                    const ae_vector g1 = ae_load(small[s] + c + 8);
                    const ae_vector t0 = ae_splat(large[s][j]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                    const ae_vector t1 = ae_splat(large[s][j + 1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                    const ae_vector t2 = ae_splat(large[s][j + 2]); AE_FMA(sum2_0, t2, g0); AE_FMA(sum2_1, t2, g1);
                    const ae_vector t3 = ae_splat(large[s][j + 3]); AE_FMA(sum3_0, t3, g0); AE_FMA(sum3_1, t3, g1);
                    const ae_vector t4 = ae_splat(large[s][j + 4]); AE_FMA(sum4_0, t4, g0); AE_FMA(sum4_1, t4, g1);
                    const ae_vector t5 = ae_splat(large[s][j + 5]); AE_FMA(sum5_0, t5, g0); AE_FMA(sum5_1, t5, g1);
                }
                ae_store(gradient[c / 16][j], sum0_0); ae_store(gradient[c / 16][j] + 8, sum0_1);
                ae_store(gradient[c / 16][j + 1], sum1_0); ae_store(gradient[c / 16][j + 1] + 8, sum1_1);
                ae_store(gradient[c / 16][j + 2], sum2_0); ae_store(gradient[c / 16][j + 2] + 8, sum2_1);
                ae_store(gradient[c / 16][j + 3], sum3_0); ae_store(gradient[c / 16][j + 3] + 8, sum3_1);
                ae_store(gradient[c / 16][j + 4], sum4_0); ae_store(gradient[c / 16][j + 4] + 8, sum4_1);
                ae_store(gradient[c / 16][j + 5], sum5_0); ae_store(gradient[c / 16][j + 5] + 8, sum5_1);
            }
            for (ptrdiff_t j = ((to - from) / 6) * 6 + from; j < to; j += 4) {
                ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1;
                sum0_0 = ae_load(gradient[c / 16][j]); sum0_1 = ae_load(gradient[c / 16][j] + 8);
                sum1_0 = ae_load(gradient[c / 16][j + 1]); sum1_1 = ae_load(gradient[c / 16][j + 1] + 8);
                sum2_0 = ae_load(gradient[c / 16][j + 2]); sum2_1 = ae_load(gradient[c / 16][j + 2] + 8);
                sum3_0 = ae_load(gradient[c / 16][j + 3]); sum3_1 = ae_load(gradient[c / 16][j + 3] + 8);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_vector g0 = ae_load(small[s] + c);
                    const ae_vector g1 = ae_load(small[s] + c + 8);
                    const ae_vector t0 = ae_splat(large[s][j]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                    const ae_vector t1 = ae_splat(large[s][j + 1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                    const ae_vector t2 = ae_splat(large[s][j + 2]); AE_FMA(sum2_0, t2, g0); AE_FMA(sum2_1, t2, g1);
                    const ae_vector t3 = ae_splat(large[s][j + 3]); AE_FMA(sum3_0, t3, g0); AE_FMA(sum3_1, t3, g1);
                }
                ae_store(gradient[c / 16][j], sum0_0); ae_store(gradient[c / 16][j] + 8, sum0_1);
                ae_store(gradient[c / 16][j + 1], sum1_0); ae_store(gradient[c / 16][j + 1] + 8, sum1_1);
                ae_store(gradient[c / 16][j + 2], sum2_0); ae_store(gradient[c / 16][j + 2] + 8, sum2_1);
                ae_store(gradient[c / 16][j + 3], sum3_0); ae_store(gradient[c / 16][j + 3] + 8, sum3_1);
            }
        }
    }
}

// 512 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void bias_gradient_512(ptrdiff_t samples, const ae_real image[restrict][512],
        ae_real gradient[restrict 512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
        sum3 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t s = 0; s < samples; s++) {
            sum0 += ae_load(image[s] + c); sum1 += ae_load(image[s] + c + 8); sum2 += ae_load(image[s] + c + 16);
            sum3 += ae_load(image[s] + c + 24);
        }
        ae_store(gradient + c, sum0); ae_store(gradient + c + 8, sum1); ae_store(gradient + c + 16, sum2);
        ae_store(gradient + c + 24, sum3);
    }
}

// encoder.2, relu (vae.aespec:6): dense_784_to_512_forward, dense_512_to_2_backward_2
// z.mu, gaussian (vae.aespec:7): dense_512_to_2_forward, dense_512_to_2_forward_3, dense_512_to_2_repack,
// dense_512_to_2_backward_2, dense_512_to_2_weight_gradient, bias_gradient_2

// 512 -> 2, 2048 FLOP a sample, in blocks of up to 8 samples x 1 vector of 8 output channels
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_512_to_2_forward(ptrdiff_t samples, const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2], const ae_real bias[restrict 2], ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
        ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
        sum0 = sum1 = sum2 = sum3 = sum4 = sum5 = sum6 = sum7 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w); AE_FMA(sum2, ae_splat(input[s + 2][j]), w);
            AE_FMA(sum3, ae_splat(input[s + 3][j]), w); AE_FMA(sum4, ae_splat(input[s + 4][j]), w);
            AE_FMA(sum5, ae_splat(input[s + 5][j]), w); AE_FMA(sum6, ae_splat(input[s + 6][j]), w);
            AE_FMA(sum7, ae_splat(input[s + 7][j]), w);
        }
        ae_store_first(output[s], sum0, 2); ae_store_first(output[s + 1], sum1, 2);
        ae_store_first(output[s + 2], sum2, 2); ae_store_first(output[s + 3], sum3, 2);
        ae_store_first(output[s + 4], sum4, 2); ae_store_first(output[s + 5], sum5, 2);
        ae_store_first(output[s + 6], sum6, 2); ae_store_first(output[s + 7], sum7, 2);
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = sum1 = sum2 = sum3 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w); AE_FMA(sum2, ae_splat(input[s + 2][j]), w);
            AE_FMA(sum3, ae_splat(input[s + 3][j]), w);
        }
        ae_store_first(output[s], sum0, 2); ae_store_first(output[s + 1], sum1, 2);
        ae_store_first(output[s + 2], sum2, 2); ae_store_first(output[s + 3], sum3, 2);
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_vector sum0, sum1;
        sum0 = sum1 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w);
        }
        ae_store_first(output[s], sum0, 2); ae_store_first(output[s + 1], sum1, 2);
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_vector sum;
        sum = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++)
            AE_FMA(sum, ae_splat(input[s][j]), ae_load_first(weight[j], 2));
        ae_store_first(output[s], sum, 2);
    }
}

// 512 -> 2, 2048 FLOP a sample, in blocks of up to 8 samples x 1 vector of 8 output channels
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_512_to_2_forward_3(ptrdiff_t samples, const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2], const ae_real bias[restrict 2], ae_real output[restrict][4]) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
        ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
        sum0 = sum1 = sum2 = sum3 = sum4 = sum5 = sum6 = sum7 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w); AE_FMA(sum2, ae_splat(input[s + 2][j]), w);
            AE_FMA(sum3, ae_splat(input[s + 3][j]), w); AE_FMA(sum4, ae_splat(input[s + 4][j]), w);
            AE_FMA(sum5, ae_splat(input[s + 5][j]), w); AE_FMA(sum6, ae_splat(input[s + 6][j]), w);
            AE_FMA(sum7, ae_splat(input[s + 7][j]), w);
        }
        ae_store_first(output[s], sum0, 2); ae_store_first(output[s + 1], sum1, 2);
        ae_store_first(output[s + 2], sum2, 2); ae_store_first(output[s + 3], sum3, 2);
        ae_store_first(output[s + 4], sum4, 2); ae_store_first(output[s + 5], sum5, 2);
        ae_store_first(output[s + 6], sum6, 2); ae_store_first(output[s + 7], sum7, 2);
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = sum1 = sum2 = sum3 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w); AE_FMA(sum2, ae_splat(input[s + 2][j]), w);
            AE_FMA(sum3, ae_splat(input[s + 3][j]), w);
        }
        ae_store_first(output[s], sum0, 2); ae_store_first(output[s + 1], sum1, 2);
        ae_store_first(output[s + 2], sum2, 2); ae_store_first(output[s + 3], sum3, 2);
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_vector sum0, sum1;
        sum0 = sum1 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w);
        }
        ae_store_first(output[s], sum0, 2); ae_store_first(output[s + 1], sum1, 2);
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_vector sum;
        sum = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++)
            AE_FMA(sum, ae_splat(input[s][j]), ae_load_first(weight[j], 2));
        ae_store_first(output[s], sum, 2);
    }
}

// 1024 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void dense_512_to_2_repack(ptrdiff_t from, ptrdiff_t to, const ae_real weight[restrict 512][2],
        ae_real packed[restrict 32][2][16]) {
    for (ptrdiff_t l = from; l < to; l += 16)
        ae_turn(16, 2, weight[l], 2, packed[l / 16][0], 16);
}

AE_INLINE void dense_512_to_2_backward_2_finish(ptrdiff_t s, ptrdiff_t c, ae_vector sum,
        const ae_real in0[restrict][512], const ae_real in1[restrict][512], ae_real output[restrict][512]) {
    ae_store(output[s] + c, ae_vector_select(ae_load(in1[s] + c), ae_splat(AE_REAL(0.0)), ae_load(in0[s] + c) + sum));
}

// 2 -> 512, 2048 FLOP a sample, in blocks of up to 2 samples x 4 vectors of 8 output channels; then add, select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
AE_KERNEL void dense_512_to_2_backward_2(ptrdiff_t samples, const ae_real input[restrict][2],
        const ae_real weight[restrict 32][2][16], const ae_real in0[restrict][512], const ae_real in1[restrict][512],
        ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum1_0, sum1_1, sum1_2, sum1_3;
            sum0_0 = sum1_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = ae_splat(AE_REAL(0.0));
            sum0_2 = sum1_2 = ae_splat(AE_REAL(0.0));
            sum0_3 = sum1_3 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_vector w0 = ae_load(weight[c / 16][j]);
                const ae_vector w1 = ae_load(weight[c / 16][j] + 8);
                const ae_vector w2 = ae_load(weight[c / 16 + 1][j]);
                const ae_vector w3 = ae_load(weight[c / 16 + 1][j] + 8);
                const ae_vector t0 = ae_splat(input[s][j]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                AE_FMA(sum0_2, t0, w2); AE_FMA(sum0_3, t0, w3);
                const ae_vector t1 = ae_splat(input[s + 1][j]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                AE_FMA(sum1_2, t1, w2); AE_FMA(sum1_3, t1, w3);
            }
            dense_512_to_2_backward_2_finish(s, c, sum0_0, in0, in1, output);
            dense_512_to_2_backward_2_finish(s, c + 8, sum0_1, in0, in1, output);
            dense_512_to_2_backward_2_finish(s, c + 16, sum0_2, in0, in1, output);
            dense_512_to_2_backward_2_finish(s, c + 24, sum0_3, in0, in1, output);
            dense_512_to_2_backward_2_finish(s + 1, c, sum1_0, in0, in1, output);
            dense_512_to_2_backward_2_finish(s + 1, c + 8, sum1_1, in0, in1, output);
            dense_512_to_2_backward_2_finish(s + 1, c + 16, sum1_2, in0, in1, output);
            dense_512_to_2_backward_2_finish(s + 1, c + 24, sum1_3, in0, in1, output);
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
            sum3 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_vector t = ae_splat(input[s][j]); AE_FMA(sum0, t, ae_load(weight[c / 16][j]));
                AE_FMA(sum1, t, ae_load(weight[c / 16][j] + 8)); AE_FMA(sum2, t, ae_load(weight[c / 16 + 1][j]));
                AE_FMA(sum3, t, ae_load(weight[c / 16 + 1][j] + 8));
            }
            dense_512_to_2_backward_2_finish(s, c, sum0, in0, in1, output);
            dense_512_to_2_backward_2_finish(s, c + 8, sum1, in0, in1, output);
            dense_512_to_2_backward_2_finish(s, c + 16, sum2, in0, in1, output);
            dense_512_to_2_backward_2_finish(s, c + 24, sum3, in0, in1, output);
        }
    }
}

// 512 -> 2, 2048 FLOP a sample, in blocks of up to 2 channels of the small image x 5 vectors of 8 weight rows
//   gradient[i][o] = sum over samples of large[i] * small[o]
AE_KERNEL void dense_512_to_2_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real large[restrict][512], const ae_real small[restrict][2], ae_real gradient[restrict 512][2]) {
    memset(gradient[from], 0, (size_t)(to * 2 - from * 2) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t j = from; j < ((to - from) / 40) * 40 + from; j += 40) {
            ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum0_4, sum1_0, sum1_1, sum1_2, sum1_3, sum1_4;
            sum0_0 = ae_load_apart(&gradient[j][0], 2, 8); sum0_1 = ae_load_apart(&gradient[j + 8][0], 2, 8);
            sum0_2 = ae_load_apart(&gradient[j + 16][0], 2, 8); sum0_3 = ae_load_apart(&gradient[j + 24][0], 2, 8);
            sum0_4 = ae_load_apart(&gradient[j + 32][0], 2, 8);
            sum1_0 = ae_load_apart(&gradient[j][1], 2, 8); sum1_1 = ae_load_apart(&gradient[j + 8][1], 2, 8);
            sum1_2 = ae_load_apart(&gradient[j + 16][1], 2, 8); sum1_3 = ae_load_apart(&gradient[j + 24][1], 2, 8);
            sum1_4 = ae_load_apart(&gradient[j + 32][1], 2, 8);
            for (ptrdiff_t s = first; s < end; s++) {
                const ae_vector g0 = ae_load(large[s] + j);
                const ae_vector g1 = ae_load(large[s] + j + 8);
                const ae_vector g2 = ae_load(large[s] + j + 16);
                const ae_vector g3 = ae_load(large[s] + j + 24);
                const ae_vector g4 = ae_load(large[s] + j + 32);
                const ae_vector t0 = ae_splat(small[s][0]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                AE_FMA(sum0_2, t0, g2); AE_FMA(sum0_3, t0, g3); AE_FMA(sum0_4, t0, g4);
                const ae_vector t1 = ae_splat(small[s][1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                AE_FMA(sum1_2, t1, g2); AE_FMA(sum1_3, t1, g3); AE_FMA(sum1_4, t1, g4);
            }
            ae_store_apart(&gradient[j][0], sum0_0, 2, 8); ae_store_apart(&gradient[j + 8][0], sum0_1, 2, 8);
            ae_store_apart(&gradient[j + 16][0], sum0_2, 2, 8); ae_store_apart(&gradient[j + 24][0], sum0_3, 2, 8);
            ae_store_apart(&gradient[j + 32][0], sum0_4, 2, 8);
            ae_store_apart(&gradient[j][1], sum1_0, 2, 8); ae_store_apart(&gradient[j + 8][1], sum1_1, 2, 8);
            ae_store_apart(&gradient[j + 16][1], sum1_2, 2, 8); ae_store_apart(&gradient[j + 24][1], sum1_3, 2, 8);
            ae_store_apart(&gradient[j + 32][1], sum1_4, 2, 8);
        }
        for (ptrdiff_t j = ((to - from) / 40) * 40 + from; j < to; j += 32) {
            ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum1_0, sum1_1, sum1_2, sum1_3;
            sum0_0 = ae_load_apart(&gradient[j][0], 2, 8); sum0_1 = ae_load_apart(&gradient[j + 8][0], 2, 8);
            sum0_2 = ae_load_apart(&gradient[j + 16][0], 2, 8); sum0_3 = ae_load_apart(&gradient[j + 24][0], 2, 8);
            sum1_0 = ae_load_apart(&gradient[j][1], 2, 8); sum1_1 = ae_load_apart(&gradient[j + 8][1], 2, 8);
            sum1_2 = ae_load_apart(&gradient[j + 16][1], 2, 8); sum1_3 = ae_load_apart(&gradient[j + 24][1], 2, 8);
            for (ptrdiff_t s = first; s < end; s++) {
                const ae_vector g0 = ae_load(large[s] + j);
                const ae_vector g1 = ae_load(large[s] + j + 8);
                const ae_vector g2 = ae_load(large[s] + j + 16);
                const ae_vector g3 = ae_load(large[s] + j + 24);
                const ae_vector t0 = ae_splat(small[s][0]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                AE_FMA(sum0_2, t0, g2); AE_FMA(sum0_3, t0, g3);
                const ae_vector t1 = ae_splat(small[s][1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                AE_FMA(sum1_2, t1, g2); AE_FMA(sum1_3, t1, g3);
            }
            ae_store_apart(&gradient[j][0], sum0_0, 2, 8); ae_store_apart(&gradient[j + 8][0], sum0_1, 2, 8);
            ae_store_apart(&gradient[j + 16][0], sum0_2, 2, 8); ae_store_apart(&gradient[j + 24][0], sum0_3, 2, 8);
            ae_store_apart(&gradient[j][1], sum1_0, 2, 8); ae_store_apart(&gradient[j + 8][1], sum1_1, 2, 8);
            ae_store_apart(&gradient[j + 16][1], sum1_2, 2, 8); ae_store_apart(&gradient[j + 24][1], sum1_3, 2, 8);
        }
    }
}

// 2 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void bias_gradient_2(ptrdiff_t samples, const ae_real image[restrict][2], ae_real gradient[restrict 2]) {
    ae_vector sum;
    sum = ae_splat(AE_REAL(0.0));
    for (ptrdiff_t s = 0; s < samples; s++)
        sum += ae_vector_first(ae_load_first(image[s], 2), 2);
    ae_store_first(gradient, sum, 2);
}

// z.log_sigma, gaussian (vae.aespec:7): dense_512_to_2_forward_2, dense_512_to_2_forward_3, dense_512_to_2_repack,
// dense_512_to_2_backward, dense_512_to_2_weight_gradient, bias_gradient_2

AE_INLINE void dense_512_to_2_forward_2_finish_last(ptrdiff_t s, ptrdiff_t c, ae_vector sum,
        ae_real output[restrict][2], ae_real out0[restrict][2]) {
    ae_store_first(output[s] + c, sum, 2); ae_store_first(out0[s] + c, ae_vector_exp(sum), 2);
}

// 512 -> 2, 2048 FLOP a sample, in blocks of up to 8 samples x 1 vector of 8 output channels; then exp
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_512_to_2_forward_2(ptrdiff_t samples, const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2], const ae_real bias[restrict 2], ae_real output[restrict][2],
        ae_real out0[restrict][2]) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
        ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
        sum0 = sum1 = sum2 = sum3 = sum4 = sum5 = sum6 = sum7 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w); AE_FMA(sum2, ae_splat(input[s + 2][j]), w);
            AE_FMA(sum3, ae_splat(input[s + 3][j]), w); AE_FMA(sum4, ae_splat(input[s + 4][j]), w);
            AE_FMA(sum5, ae_splat(input[s + 5][j]), w); AE_FMA(sum6, ae_splat(input[s + 6][j]), w);
            AE_FMA(sum7, ae_splat(input[s + 7][j]), w);
        }
        dense_512_to_2_forward_2_finish_last(s, 0, sum0, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 1, 0, sum1, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 2, 0, sum2, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 3, 0, sum3, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 4, 0, sum4, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 5, 0, sum5, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 6, 0, sum6, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 7, 0, sum7, output, out0);
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = sum1 = sum2 = sum3 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w); AE_FMA(sum2, ae_splat(input[s + 2][j]), w);
            AE_FMA(sum3, ae_splat(input[s + 3][j]), w);
        }
        dense_512_to_2_forward_2_finish_last(s, 0, sum0, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 1, 0, sum1, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 2, 0, sum2, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 3, 0, sum3, output, out0);
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_vector sum0, sum1;
        sum0 = sum1 = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w);
        }
        dense_512_to_2_forward_2_finish_last(s, 0, sum0, output, out0);
        dense_512_to_2_forward_2_finish_last(s + 1, 0, sum1, output, out0);
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_vector sum;
        sum = ae_load_first(bias, 2);
        for (ptrdiff_t j = 0; j < 512; j++)
            AE_FMA(sum, ae_splat(input[s][j]), ae_load_first(weight[j], 2));
        dense_512_to_2_forward_2_finish_last(s, 0, sum, output, out0);
    }
}

// 2 -> 512, 2048 FLOP a sample, in blocks of up to 2 samples x 4 vectors of 8 output channels
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
AE_KERNEL void dense_512_to_2_backward(ptrdiff_t samples, const ae_real input[restrict][2],
        const ae_real weight[restrict 32][2][16], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum1_0, sum1_1, sum1_2, sum1_3;
            sum0_0 = sum1_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = ae_splat(AE_REAL(0.0));
            sum0_2 = sum1_2 = ae_splat(AE_REAL(0.0));
            sum0_3 = sum1_3 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_vector w0 = ae_load(weight[c / 16][j]);
                const ae_vector w1 = ae_load(weight[c / 16][j] + 8);
                const ae_vector w2 = ae_load(weight[c / 16 + 1][j]);
                const ae_vector w3 = ae_load(weight[c / 16 + 1][j] + 8);
                const ae_vector t0 = ae_splat(input[s][j]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                AE_FMA(sum0_2, t0, w2); AE_FMA(sum0_3, t0, w3);
                const ae_vector t1 = ae_splat(input[s + 1][j]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                AE_FMA(sum1_2, t1, w2); AE_FMA(sum1_3, t1, w3);
            }
            ae_store(output[s] + c, sum0_0); ae_store(output[s] + c + 8, sum0_1); ae_store(output[s] + c + 16, sum0_2);
            ae_store(output[s] + c + 24, sum0_3);
            ae_store(output[s + 1] + c, sum1_0); ae_store(output[s + 1] + c + 8, sum1_1);
            ae_store(output[s + 1] + c + 16, sum1_2); ae_store(output[s + 1] + c + 24, sum1_3);
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
            sum3 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_vector t = ae_splat(input[s][j]); AE_FMA(sum0, t, ae_load(weight[c / 16][j]));
                AE_FMA(sum1, t, ae_load(weight[c / 16][j] + 8)); AE_FMA(sum2, t, ae_load(weight[c / 16 + 1][j]));
                AE_FMA(sum3, t, ae_load(weight[c / 16 + 1][j] + 8));
            }
            ae_store(output[s] + c, sum0); ae_store(output[s] + c + 8, sum1); ae_store(output[s] + c + 16, sum2);
            ae_store(output[s] + c + 24, sum3);
        }
    }
}

// z, gaussian (vae.aespec:7): dense_512_to_2_forward_2, normal_2, multiply_add_2, dense_2_to_512_backward

// 2 elements
AE_KERNEL void normal_2(ptrdiff_t samples, const struct ae_step *step, size_t first, ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        ae_random_normal(step->seed, step->epoch, step->sample[first + s], 0, 2, output[s]);
}

// 2 elements: multiply, add
AE_KERNEL void multiply_add_2(ptrdiff_t samples, const ae_real in0[restrict][2], const ae_real in1[restrict][2],
        const ae_real in2[restrict][2], ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        ae_store_first(output[s], ae_load_first(in2[s], 2) + (ae_load_first(in0[s], 2) * ae_load_first(in1[s], 2)), 2);
}

// decoder.0, dense (vae.aespec:8): dense_2_to_512_forward, dense_2_to_512_repack, dense_2_to_512_backward,
// dense_2_to_512_weight_gradient, bias_gradient_512

// 2 -> 512, 2048 FLOP a sample, in blocks of up to 2 samples x 4 vectors of 8 output channels; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_2_to_512_forward(ptrdiff_t samples, const ae_real input[restrict][2],
        const ae_real weight[restrict 32][2][16], const ae_real bias[restrict 512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum1_0, sum1_1, sum1_2, sum1_3;
            sum0_0 = sum1_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = ae_load(bias + c + 8);
            sum0_2 = sum1_2 = ae_load(bias + c + 16);
            sum0_3 = sum1_3 = ae_load(bias + c + 24);
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_vector w0 = ae_load(weight[c / 16][j]);
                const ae_vector w1 = ae_load(weight[c / 16][j] + 8);
                const ae_vector w2 = ae_load(weight[c / 16 + 1][j]);
                const ae_vector w3 = ae_load(weight[c / 16 + 1][j] + 8);
                const ae_vector t0 = ae_splat(input[s][j]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                AE_FMA(sum0_2, t0, w2); AE_FMA(sum0_3, t0, w3);
                const ae_vector t1 = ae_splat(input[s + 1][j]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                AE_FMA(sum1_2, t1, w2); AE_FMA(sum1_3, t1, w3);
            }
            ae_store(output[s] + c, ae_vector_relu(sum0_0)); ae_store(output[s] + c + 8, ae_vector_relu(sum0_1));
            ae_store(output[s] + c + 16, ae_vector_relu(sum0_2)); ae_store(output[s] + c + 24, ae_vector_relu(sum0_3));
            ae_store(output[s + 1] + c, ae_vector_relu(sum1_0));
            ae_store(output[s + 1] + c + 8, ae_vector_relu(sum1_1));
            ae_store(output[s + 1] + c + 16, ae_vector_relu(sum1_2));
            ae_store(output[s + 1] + c + 24, ae_vector_relu(sum1_3));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_load(bias + c); sum1 = ae_load(bias + c + 8); sum2 = ae_load(bias + c + 16);
            sum3 = ae_load(bias + c + 24);
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_vector t = ae_splat(input[s][j]); AE_FMA(sum0, t, ae_load(weight[c / 16][j]));
                AE_FMA(sum1, t, ae_load(weight[c / 16][j] + 8)); AE_FMA(sum2, t, ae_load(weight[c / 16 + 1][j]));
                AE_FMA(sum3, t, ae_load(weight[c / 16 + 1][j] + 8));
            }
            ae_store(output[s] + c, ae_vector_relu(sum0)); ae_store(output[s] + c + 8, ae_vector_relu(sum1));
            ae_store(output[s] + c + 16, ae_vector_relu(sum2)); ae_store(output[s] + c + 24, ae_vector_relu(sum3));
        }
    }
}

// 1024 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void dense_2_to_512_repack(const ae_real weight[restrict 32][2][16], ae_real packed[restrict 512][2]) {
    for (ptrdiff_t s = 0; s < 512; s += 16)
        ae_turn(2, 16, weight[s / 16][0], 16, packed[s], 2);
}

AE_INLINE void dense_2_to_512_backward_finish_last(ptrdiff_t s, ptrdiff_t c, ae_vector sum, ae_real u2,
        const ae_real in0[restrict][2], ae_real out0[restrict][2], const ae_real in1[restrict][2],
        const ae_real in2[restrict][2], const ae_real in3[restrict][2], ae_real out1[restrict][2]) {
    ae_store_first(out0[s] + c, ae_load_first(in0[s] + c, 2) + sum, 2);
    ae_store_first(out1[s] + c, ae_splat(u2) + ((ae_load_first(in2[s] + c, 2) + (sum * ae_load_first(in1[s] + c,
            2))) * ae_load_first(in3[s] + c, 2)), 2);
}

// 512 -> 2, 2048 FLOP a sample, in blocks of up to 8 samples x 1 vector of 8 output channels; then add, multiply, add,
// multiply, add
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
AE_KERNEL void dense_2_to_512_backward(ptrdiff_t samples, const ae_real *term_scale, const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2], const ae_real in0[restrict][2], ae_real out0[restrict][2],
        const ae_real in1[restrict][2], const ae_real in2[restrict][2], const ae_real in3[restrict][2],
        ae_real out1[restrict][2]) {
    const ae_real u0 = term_scale[1];
    const ae_real u1 = u0;
    const ae_real u2 = u1 * AE_REAL(-1.0);
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
        ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
        sum0 = sum1 = sum2 = sum3 = sum4 = sum5 = sum6 = sum7 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w); AE_FMA(sum2, ae_splat(input[s + 2][j]), w);
            AE_FMA(sum3, ae_splat(input[s + 3][j]), w); AE_FMA(sum4, ae_splat(input[s + 4][j]), w);
            AE_FMA(sum5, ae_splat(input[s + 5][j]), w); AE_FMA(sum6, ae_splat(input[s + 6][j]), w);
            AE_FMA(sum7, ae_splat(input[s + 7][j]), w);
        }
        dense_2_to_512_backward_finish_last(s, 0, sum0, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 1, 0, sum1, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 2, 0, sum2, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 3, 0, sum3, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 4, 0, sum4, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 5, 0, sum5, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 6, 0, sum6, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 7, 0, sum7, u2, in0, out0, in1, in2, in3, out1);
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = sum1 = sum2 = sum3 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w); AE_FMA(sum2, ae_splat(input[s + 2][j]), w);
            AE_FMA(sum3, ae_splat(input[s + 3][j]), w);
        }
        dense_2_to_512_backward_finish_last(s, 0, sum0, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 1, 0, sum1, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 2, 0, sum2, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 3, 0, sum3, u2, in0, out0, in1, in2, in3, out1);
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_vector sum0, sum1;
        sum0 = sum1 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w = ae_load_first(weight[j], 2); AE_FMA(sum0, ae_splat(input[s][j]), w);
            AE_FMA(sum1, ae_splat(input[s + 1][j]), w);
        }
        dense_2_to_512_backward_finish_last(s, 0, sum0, u2, in0, out0, in1, in2, in3, out1);
        dense_2_to_512_backward_finish_last(s + 1, 0, sum1, u2, in0, out0, in1, in2, in3, out1);
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_vector sum;
        sum = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t j = 0; j < 512; j++)
            AE_FMA(sum, ae_splat(input[s][j]), ae_load_first(weight[j], 2));
        dense_2_to_512_backward_finish_last(s, 0, sum, u2, in0, out0, in1, in2, in3, out1);
    }
}

// 2 -> 512, 2048 FLOP a sample, in blocks of up to 2 weight rows x 4 vectors of 8 channels of the small image
//   gradient[i][o] = sum over samples of large[i] * small[o]
AE_KERNEL void dense_2_to_512_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real large[restrict][2], const ae_real small[restrict][512], ae_real gradient[restrict 32][2][16]) {
    for (ptrdiff_t c = 0; c < 512; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 32)
            for (ptrdiff_t j = from; j < ((to - from) / 2) * 2 + from; j += 2) {
                ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum1_0, sum1_1, sum1_2, sum1_3;
                sum0_0 = ae_load(gradient[c / 16][j]); sum0_1 = ae_load(gradient[c / 16][j] + 8);
                sum0_2 = ae_load(gradient[c / 16 + 1][j]); sum0_3 = ae_load(gradient[c / 16 + 1][j] + 8);
                sum1_0 = ae_load(gradient[c / 16][j + 1]); sum1_1 = ae_load(gradient[c / 16][j + 1] + 8);
                sum1_2 = ae_load(gradient[c / 16 + 1][j + 1]); sum1_3 = ae_load(gradient[c / 16 + 1][j + 1] + 8);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_vector g0 = ae_load(small[s] + c);
                    const ae_vector g1 = ae_load(small[s] + c + 8);
                    const ae_vector g2 = ae_load(small[s] + c + 16);
                    const ae_vector g3 = ae_load(small[s] + c + 24);
                    const ae_vector t0 = ae_splat(large[s][j]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                    AE_FMA(sum0_2, t0, g2); AE_FMA(sum0_3, t0, g3);
                    const ae_vector t1 = ae_splat(large[s][j + 1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                    AE_FMA(sum1_2, t1, g2); AE_FMA(sum1_3, t1, g3);
                }
                ae_store(gradient[c / 16][j], sum0_0); ae_store(gradient[c / 16][j] + 8, sum0_1);
                ae_store(gradient[c / 16 + 1][j], sum0_2); ae_store(gradient[c / 16 + 1][j] + 8, sum0_3);
                ae_store(gradient[c / 16][j + 1], sum1_0); ae_store(gradient[c / 16][j + 1] + 8, sum1_1);
                ae_store(gradient[c / 16 + 1][j + 1], sum1_2); ae_store(gradient[c / 16 + 1][j + 1] + 8, sum1_3);
            }
    }
}

// decoder.1, relu (vae.aespec:8): dense_2_to_512_forward, dense_512_to_784_backward
// decoder.2, dense (vae.aespec:8): dense_512_to_784_forward, dense_512_to_784_repack, dense_512_to_784_backward,
// dense_512_to_784_weight_gradient, bias_gradient_784

// 512 -> 784, 802816 FLOP a sample, in blocks of up to 2 samples x 4 vectors of 8 output channels
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_512_to_784_forward(ptrdiff_t samples, const ae_real input[restrict][512],
        const ae_real weight[restrict 49][512][16], const ae_real bias[restrict 784], ae_real output[restrict][784]) {
    for (ptrdiff_t c = 0; c < 768; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum1_0, sum1_1, sum1_2, sum1_3;
            sum0_0 = sum1_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = ae_load(bias + c + 8);
            sum0_2 = sum1_2 = ae_load(bias + c + 16);
            sum0_3 = sum1_3 = ae_load(bias + c + 24);
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_vector w0 = ae_load(weight[c / 16][j]);
                const ae_vector w1 = ae_load(weight[c / 16][j] + 8);
                const ae_vector w2 = ae_load(weight[c / 16 + 1][j]);
                const ae_vector w3 = ae_load(weight[c / 16 + 1][j] + 8);
                const ae_vector t0 = ae_splat(input[s][j]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                AE_FMA(sum0_2, t0, w2); AE_FMA(sum0_3, t0, w3);
                const ae_vector t1 = ae_splat(input[s + 1][j]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                AE_FMA(sum1_2, t1, w2); AE_FMA(sum1_3, t1, w3);
            }
            ae_store(output[s] + c, sum0_0); ae_store(output[s] + c + 8, sum0_1); ae_store(output[s] + c + 16, sum0_2);
            ae_store(output[s] + c + 24, sum0_3);
            ae_store(output[s + 1] + c, sum1_0); ae_store(output[s + 1] + c + 8, sum1_1);
            ae_store(output[s + 1] + c + 16, sum1_2); ae_store(output[s + 1] + c + 24, sum1_3);
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_load(bias + c); sum1 = ae_load(bias + c + 8); sum2 = ae_load(bias + c + 16);
            sum3 = ae_load(bias + c + 24);
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_vector t = ae_splat(input[s][j]); AE_FMA(sum0, t, ae_load(weight[c / 16][j]));
                AE_FMA(sum1, t, ae_load(weight[c / 16][j] + 8)); AE_FMA(sum2, t, ae_load(weight[c / 16 + 1][j]));
                AE_FMA(sum3, t, ae_load(weight[c / 16 + 1][j] + 8));
            }
            ae_store(output[s] + c, sum0); ae_store(output[s] + c + 8, sum1); ae_store(output[s] + c + 16, sum2);
            ae_store(output[s] + c + 24, sum3);
        }
    }
    for (ptrdiff_t s = 0; s < (samples / 2) * 2; s += 2) {
        ae_vector sum0_0, sum0_1, sum1_0, sum1_1;
        sum0_0 = sum1_0 = ae_load(bias + 768);
        sum0_1 = sum1_1 = ae_load(bias + 776);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector w0 = ae_load(weight[48][j]);
            const ae_vector w1 = ae_load(weight[48][j] + 8);
            const ae_vector t0 = ae_splat(input[s][j]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
            const ae_vector t1 = ae_splat(input[s + 1][j]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
        }
        ae_store(output[s] + 768, sum0_0); ae_store(output[s] + 776, sum0_1);
        ae_store(output[s + 1] + 768, sum1_0); ae_store(output[s + 1] + 776, sum1_1);
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_vector sum0, sum1;
        sum0 = ae_load(bias + 768); sum1 = ae_load(bias + 776);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_vector t = ae_splat(input[s][j]); AE_FMA(sum0, t, ae_load(weight[48][j]));
            AE_FMA(sum1, t, ae_load(weight[48][j] + 8));
        }
        ae_store(output[s] + 768, sum0); ae_store(output[s] + 776, sum1);
    }
}

// 401408 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void dense_512_to_784_repack(ptrdiff_t from, ptrdiff_t to, const ae_real weight[restrict 49][512][16],
        ae_real packed[restrict 32][784][16]) {
    for (ptrdiff_t l = from; l < to; l += 16)
        for (ptrdiff_t s = 0; s < 784; s += 16)
            ae_turn(16, 16, weight[s / 16][l], 16, packed[l / 16][s], 16);
}

// 784 -> 512, 802816 FLOP a sample, in blocks of up to 2 samples x 4 vectors of 8 output channels; then select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
AE_KERNEL void dense_512_to_784_backward(ptrdiff_t samples, const ae_real input[restrict][784],
        const ae_real weight[restrict 32][784][16], const ae_real in0[restrict][512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum1_0, sum1_1, sum1_2, sum1_3;
            sum0_0 = sum1_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = ae_splat(AE_REAL(0.0));
            sum0_2 = sum1_2 = ae_splat(AE_REAL(0.0));
            sum0_3 = sum1_3 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_vector w0 = ae_load(weight[c / 16][j]);
                const ae_vector w1 = ae_load(weight[c / 16][j] + 8);
                const ae_vector w2 = ae_load(weight[c / 16 + 1][j]);
                const ae_vector w3 = ae_load(weight[c / 16 + 1][j] + 8);
                const ae_vector t0 = ae_splat(input[s][j]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                AE_FMA(sum0_2, t0, w2); AE_FMA(sum0_3, t0, w3);
                const ae_vector t1 = ae_splat(input[s + 1][j]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                AE_FMA(sum1_2, t1, w2); AE_FMA(sum1_3, t1, w3);
            }
            ae_store(output[s] + c, ae_vector_select(ae_load(in0[s] + c), ae_splat(AE_REAL(0.0)), sum0_0));
            ae_store(output[s] + c + 8, ae_vector_select(ae_load(in0[s] + c + 8), ae_splat(AE_REAL(0.0)), sum0_1));
            ae_store(output[s] + c + 16, ae_vector_select(ae_load(in0[s] + c + 16), ae_splat(AE_REAL(0.0)), sum0_2));
            ae_store(output[s] + c + 24, ae_vector_select(ae_load(in0[s] + c + 24), ae_splat(AE_REAL(0.0)), sum0_3));
            ae_store(output[s + 1] + c, ae_vector_select(ae_load(in0[s + 1] + c), ae_splat(AE_REAL(0.0)), sum1_0));
            ae_store(output[s + 1] + c + 8, ae_vector_select(ae_load(in0[s + 1] + c + 8), ae_splat(AE_REAL(0.0)),
                    sum1_1));
            ae_store(output[s + 1] + c + 16, ae_vector_select(ae_load(in0[s + 1] + c + 16), ae_splat(AE_REAL(0.0)),
                    sum1_2));
            ae_store(output[s + 1] + c + 24, ae_vector_select(ae_load(in0[s + 1] + c + 24), ae_splat(AE_REAL(0.0)),
                    sum1_3));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1, sum2, sum3;
            sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
            sum3 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_vector t = ae_splat(input[s][j]); AE_FMA(sum0, t, ae_load(weight[c / 16][j]));
                AE_FMA(sum1, t, ae_load(weight[c / 16][j] + 8)); AE_FMA(sum2, t, ae_load(weight[c / 16 + 1][j]));
                AE_FMA(sum3, t, ae_load(weight[c / 16 + 1][j] + 8));
            }
            ae_store(output[s] + c, ae_vector_select(ae_load(in0[s] + c), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(output[s] + c + 8, ae_vector_select(ae_load(in0[s] + c + 8), ae_splat(AE_REAL(0.0)), sum1));
            ae_store(output[s] + c + 16, ae_vector_select(ae_load(in0[s] + c + 16), ae_splat(AE_REAL(0.0)), sum2));
            ae_store(output[s] + c + 24, ae_vector_select(ae_load(in0[s] + c + 24), ae_splat(AE_REAL(0.0)), sum3));
        }
    }
}

// 512 -> 784, 802816 FLOP a sample, in blocks of up to 6 weight rows x 2 vectors of 8 channels of the small image
//   gradient[i][o] = sum over samples of large[i] * small[o]
AE_KERNEL void dense_512_to_784_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real large[restrict][512], const ae_real small[restrict][784],
        ae_real gradient[restrict 49][512][16]) {
    for (ptrdiff_t c = 0; c < 784; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 784; c += 16) {
            for (ptrdiff_t j = from; j < ((to - from) / 6) * 6 + from; j += 6) {
                ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                    sum5_1;
                sum0_0 = ae_load(gradient[c / 16][j]); sum0_1 = ae_load(gradient[c / 16][j] + 8);
                sum1_0 = ae_load(gradient[c / 16][j + 1]); sum1_1 = ae_load(gradient[c / 16][j + 1] + 8);
                sum2_0 = ae_load(gradient[c / 16][j + 2]); sum2_1 = ae_load(gradient[c / 16][j + 2] + 8);
                sum3_0 = ae_load(gradient[c / 16][j + 3]); sum3_1 = ae_load(gradient[c / 16][j + 3] + 8);
                sum4_0 = ae_load(gradient[c / 16][j + 4]); sum4_1 = ae_load(gradient[c / 16][j + 4] + 8);
                sum5_0 = ae_load(gradient[c / 16][j + 5]); sum5_1 = ae_load(gradient[c / 16][j + 5] + 8);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_vector g0 = ae_load(small[s] + c);
                    const ae_vector g1 = ae_load(small[s] + c + 8);
                    const ae_vector t0 = ae_splat(large[s][j]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                    const ae_vector t1 = ae_splat(large[s][j + 1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                    const ae_vector t2 = ae_splat(large[s][j + 2]); AE_FMA(sum2_0, t2, g0); AE_FMA(sum2_1, t2, g1);
                    const ae_vector t3 = ae_splat(large[s][j + 3]); AE_FMA(sum3_0, t3, g0); AE_FMA(sum3_1, t3, g1);
                    const ae_vector t4 = ae_splat(large[s][j + 4]); AE_FMA(sum4_0, t4, g0); AE_FMA(sum4_1, t4, g1);
                    const ae_vector t5 = ae_splat(large[s][j + 5]); AE_FMA(sum5_0, t5, g0); AE_FMA(sum5_1, t5, g1);
                }
                ae_store(gradient[c / 16][j], sum0_0); ae_store(gradient[c / 16][j] + 8, sum0_1);
                ae_store(gradient[c / 16][j + 1], sum1_0); ae_store(gradient[c / 16][j + 1] + 8, sum1_1);
                ae_store(gradient[c / 16][j + 2], sum2_0); ae_store(gradient[c / 16][j + 2] + 8, sum2_1);
                ae_store(gradient[c / 16][j + 3], sum3_0); ae_store(gradient[c / 16][j + 3] + 8, sum3_1);
                ae_store(gradient[c / 16][j + 4], sum4_0); ae_store(gradient[c / 16][j + 4] + 8, sum4_1);
                ae_store(gradient[c / 16][j + 5], sum5_0); ae_store(gradient[c / 16][j + 5] + 8, sum5_1);
            }
            for (ptrdiff_t j = ((to - from) / 6) * 6 + from; j < to; j += 2) {
                ae_vector sum0_0, sum0_1, sum1_0, sum1_1;
                sum0_0 = ae_load(gradient[c / 16][j]); sum0_1 = ae_load(gradient[c / 16][j] + 8);
                sum1_0 = ae_load(gradient[c / 16][j + 1]); sum1_1 = ae_load(gradient[c / 16][j + 1] + 8);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_vector g0 = ae_load(small[s] + c);
                    const ae_vector g1 = ae_load(small[s] + c + 8);
                    const ae_vector t0 = ae_splat(large[s][j]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                    const ae_vector t1 = ae_splat(large[s][j + 1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                }
                ae_store(gradient[c / 16][j], sum0_0); ae_store(gradient[c / 16][j] + 8, sum0_1);
                ae_store(gradient[c / 16][j + 1], sum1_0); ae_store(gradient[c / 16][j + 1] + 8, sum1_1);
            }
        }
    }
}

// 784 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void bias_gradient_784(ptrdiff_t samples, const ae_real image[restrict][784],
        ae_real gradient[restrict 784]) {
    for (ptrdiff_t c = 0; c < 768; c += 32) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
        sum3 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t s = 0; s < samples; s++) {
            sum0 += ae_load(image[s] + c); sum1 += ae_load(image[s] + c + 8); sum2 += ae_load(image[s] + c + 16);
            sum3 += ae_load(image[s] + c + 24);
        }
        ae_store(gradient + c, sum0); ae_store(gradient + c + 8, sum1); ae_store(gradient + c + 16, sum2);
        ae_store(gradient + c + 24, sum3);
    }
    ae_vector sum0, sum1;
    sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0));
    for (ptrdiff_t s = 0; s < samples; s++) {
        sum0 += ae_load(image[s] + 768); sum1 += ae_load(image[s] + 776);
    }
    ae_store(gradient + 768, sum0); ae_store(gradient + 776, sum1);
}

// sse, loss (vae.aespec:9): loss_sse_forward, loss_sse_forward_2

// 784 elements: subtract, multiply, sum, scale, multiply
AE_KERNEL void loss_sse_forward(ptrdiff_t samples, const ae_real *term_scale, const ae_real in0[restrict][784],
        const ae_real in1[restrict][784], ae_real out0[restrict][2], ae_real out1[restrict][784]) {
    const ae_real u0 = term_scale[0];
    const ae_real u1 = u0;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial2[2] = {{0}};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            {
                const ae_vector v0 = ae_load(in0[s] + i) - ae_load(in1[s] + i);
                partial2[0] += v0 * v0;
                ae_store(out1[s] + i, ae_splat(u1) * (v0 * ae_splat(AE_REAL(2.0))));
            }
            {
                const ae_vector v0 = ae_load(in0[s] + i + 8) - ae_load(in1[s] + i + 8);
                partial2[1] += v0 * v0;
                ae_store(out1[s] + i + 8, ae_splat(u1) * (v0 * ae_splat(AE_REAL(2.0))));
            }
        }
        const ae_real v2 = ae_vector_join(partial2);
        out0[s][0] = v2;
    }
}

// 784 elements: subtract, multiply, sum
AE_KERNEL void loss_sse_forward_2(ptrdiff_t samples, const ae_real in0[restrict][784], const ae_real in1[restrict][784],
        ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial2[2] = {{0}};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            {
                const ae_vector v0 = ae_load(in0[s] + i) - ae_load(in1[s] + i);
                partial2[0] += v0 * v0;
            }
            {
                const ae_vector v0 = ae_load(in0[s] + i + 8) - ae_load(in1[s] + i + 8);
                partial2[1] += v0 * v0;
            }
        }
        const ae_real v2 = ae_vector_join(partial2);
        output[s][0] = v2;
    }
}

// kl, loss (vae.aespec:9): loss_kl_forward, loss_kl_forward_2, loss_kl_forward_3, loss_kl_forward_4, loss_kl_backward

// 2 elements: multiply
AE_KERNEL void loss_kl_forward(ptrdiff_t samples, const ae_real in0[restrict][2], ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        ae_store_first(output[s], ae_load_first(in0[s], 2) * ae_load_first(in0[s], 2), 2);
}

// 2 elements: multiply, add, scale, subtract, offset, sum
AE_KERNEL void loss_kl_forward_2(ptrdiff_t samples, const ae_real in0[restrict][2], const ae_real in1[restrict][2],
        const ae_real in2[restrict][2], ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial5[2] = {{0}};
        partial5[0] += ae_vector_first(((((ae_load_first(in0[s], 2) * ae_load_first(in0[s], 2)) + ae_load_first(in1[s],
                2)) * ae_splat(AE_REAL(0.9999999999999998))) - ae_load_first(in2[s],
                2)) + ae_splat(AE_REAL(-0.8465735902799726)), 2);
        const ae_real v5 = ae_vector_join(partial5);
        output[s][0] = v5;
    }
}

// 2 elements: exp, multiply
AE_KERNEL void loss_kl_forward_3(ptrdiff_t samples, const ae_real in0[restrict][4], ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        const ae_vector v0 = ae_vector_exp(ae_load_first(in0[s], 2));
        ae_store_first(output[s], v0 * v0, 2);
    }
}

// 2 elements: multiply, add, scale, subtract, offset, sum
AE_KERNEL void loss_kl_forward_4(ptrdiff_t samples, const ae_real in0[restrict][4], const ae_real in1[restrict][2],
        const ae_real in2[restrict][4], ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial5[2] = {{0}};
        partial5[0] += ae_vector_first((((ae_load_first(in1[s], 2) + (ae_load_first(in0[s], 2) * ae_load_first(in0[s],
                2))) * ae_splat(AE_REAL(0.9999999999999998))) - ae_load_first(in2[s],
                2)) + ae_splat(AE_REAL(-0.8465735902799726)), 2);
        const ae_real v5 = ae_vector_join(partial5);
        output[s][0] = v5;
    }
}

// 2 elements: scale, multiply
AE_KERNEL void loss_kl_backward(ptrdiff_t samples, const ae_real *term_scale, const ae_real in0[restrict][2],
        ae_real output[restrict][2]) {
    const ae_real u0 = term_scale[1];
    const ae_real u1 = u0;
    const ae_real u2 = u1 * AE_REAL(0.9999999999999998);
    for (ptrdiff_t s = 0; s < samples; s++)
        ae_store_first(output[s], ae_splat(u2) * (ae_load_first(in0[s], 2) * ae_splat(AE_REAL(2.0))), 2);
}

// Kernel, tasks, rows of a task, all rows; of row 0 in the gradient: offset, length, runs, stride.
static const struct ae_work net_repack_work[] = {
    {12, 8, 64, 512, {0, 0, 1, 0}},
    {16, 1, 1, 1, {0, 0, 1, 0}},
    {20, 8, 64, 512, {0, 0, 1, 0}},
    {24, 8, 64, 512, {0, 0, 1, 0}},
};

// Weights in the order of their transposed use, once a step; a task is a weight, or some rows of one.
static void net_repack(const struct ae_step *step, size_t number, ae_real *scratch) {
    (void)scratch;
    const struct ae_task task = ae_task(net_repack_work, number);
    const ptrdiff_t from = task.from, to = task.to;
    const struct net_tensors *const net = (const void *)step->parameters;
    void *const decoder_2_weight_turned = ae_place(step->repacked, 0);           // [32][784][16]
    void *const decoder_0_weight_turned = ae_place(step->repacked, 401408);      // [512][2]
    void *const z_log_sigma_weight_turned = ae_place(step->repacked, 402432);    // [32][2][16]
    void *const z_mu_weight_turned = ae_place(step->repacked, 403456);           // [32][2][16]
    ae_mark(step, task.kernel);
    switch (task.kernel) {
    case 12: dense_512_to_784_repack(from, to, net->decoder_2_weight, decoder_2_weight_turned); break;
    case 16: dense_2_to_512_repack(net->decoder_0_weight, decoder_0_weight_turned); break;
    case 20: dense_512_to_2_repack(from, to, net->z_log_sigma_weight, z_log_sigma_weight_turned); break;
    case 24: dense_512_to_2_repack(from, to, net->z_mu_weight, z_mu_weight_turned); break;
    }
    ae_mark(step, 30);
}

// Forward and backward through the network; a task is a slot of samples, walked in micro-batches that
// stay in cache.
static void net_samples(const struct ae_step *step, size_t task, ae_real *scratch) {
    const struct net_tensors *const net = (const void *)step->parameters;
    const size_t end = ae_slot_begin(step, task + 1);
    for (size_t first = ae_slot_begin(step, task); first < end; first += 32) {
        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), 32);
        void *const input_x = ae_place(step->input, first * 784);                    // [samples][784]
        void *const encoder_2 = ae_kept(step, 0, first, 512);                        // [samples][512] after relu
        void *const z_mu = ae_place(scratch, 0);                                     // [samples][2]
        void *const z_log_sigma = ae_place(scratch, 512);                            // [samples][2]
        void *const latent_z = ae_place(scratch, 1536);                              // [samples][2] after exp
        void *const latent_z_normal = ae_place(scratch, 1024);                       // [samples][2]
        void *const latent_z_2 = ae_kept(step, 512, first, 2);                       // [samples][2] after add
        void *const decoder_1 = ae_kept(step, 528, first, 512);                      // [samples][512] after relu
        void *const decoder_2 = ae_place(scratch, 2048);                             // [samples][784]
        void *const loss_sse = ae_place(step->term, first * 2);                      // [samples][2]
        void *const d_decoder_2 = ae_kept(step, 1040, first, 784);                   // [samples][784]
        void *const loss_kl_part = ae_place(scratch, 2048);                          // [samples][2]
        void *const loss_kl = ae_place(step->term, first * 2 + 1);                   // [samples][2]
        void *const loss_kl_back = ae_place(scratch, 512);                           // [samples][2]
        void *const loss_kl_back_2 = ae_place(scratch, 2048);                        // [samples][2]
        void *const decoder_2_weight_turned = ae_place(step->repacked, 0);           // [32][784][16]
        void *const d_decoder_0 = ae_kept(step, 1824, first, 512);                   // [samples][512]
        void *const decoder_0_weight_turned = ae_place(step->repacked, 401408);      // [512][2]
        void *const d_z_mu = ae_kept(step, 2336, first, 2);                          // [samples][2]
        void *const d_z_log_sigma = ae_kept(step, 2352, first, 2);                   // [samples][2]
        void *const z_log_sigma_weight_turned = ae_place(step->repacked, 402432);    // [32][2][16]
        void *const z_log_sigma_back = ae_place(scratch, 0);                         // [samples][512]
        void *const z_mu_weight_turned = ae_place(step->repacked, 403456);           // [32][2][16]
        void *const d_encoder_1 = ae_kept(step, 2368, first, 512);                   // [samples][512]
        AE_MARK(0) dense_784_to_512_forward(samples, input_x, net->encoder_1_weight, net->encoder_1_bias, encoder_2);
        AE_MARK(1) dense_512_to_2_forward(samples, encoder_2, net->z_mu_weight, net->z_mu_bias, z_mu);
        AE_MARK(2) dense_512_to_2_forward_2(samples, encoder_2, net->z_log_sigma_weight, net->z_log_sigma_bias,
                z_log_sigma, latent_z);
        AE_MARK(3) normal_2(samples, step, first, latent_z_normal);
        AE_MARK(4) multiply_add_2(samples, latent_z, latent_z_normal, z_mu, latent_z_2);
        AE_MARK(5) dense_2_to_512_forward(samples, latent_z_2, net->decoder_0_weight, net->decoder_0_bias, decoder_1);
        AE_MARK(6) dense_512_to_784_forward(samples, decoder_1, net->decoder_2_weight, net->decoder_2_bias, decoder_2);
        AE_MARK(7) loss_sse_forward(samples, step->term_scale, decoder_2, input_x, loss_sse, d_decoder_2);
        AE_MARK(8) loss_kl_forward(samples, z_mu, loss_kl_part);
        AE_MARK(9) loss_kl_forward_2(samples, latent_z, loss_kl_part, z_log_sigma, loss_kl);
        AE_MARK(10) loss_kl_backward(samples, step->term_scale, latent_z, loss_kl_back);
        AE_MARK(11) loss_kl_backward(samples, step->term_scale, z_mu, loss_kl_back_2);
        AE_MARK(13) dense_512_to_784_backward(samples, d_decoder_2, decoder_2_weight_turned, decoder_1, d_decoder_0);
        AE_MARK(17) dense_2_to_512_backward(samples, step->term_scale, d_decoder_0, decoder_0_weight_turned,
                loss_kl_back_2, d_z_mu, latent_z_normal, loss_kl_back, latent_z, d_z_log_sigma);
        AE_MARK(21) dense_512_to_2_backward(samples, d_z_log_sigma, z_log_sigma_weight_turned, z_log_sigma_back);
        AE_MARK(25) dense_512_to_2_backward_2(samples, d_z_mu, z_mu_weight_turned, z_log_sigma_back, encoder_2,
                d_encoder_1);
    }
    ae_mark(step, 30);
}

// Kernel, tasks, rows of a task, all rows; of row 0 in the gradient: offset, length, runs, stride.
static const struct ae_work net_weights_work[] = {
    {14, 9, 60, 512, {405536, 16, 49, 8192}},
    {15, 1, 1, 1, {806944, 784, 1, 0}},
    {18, 1, 64, 2, {404000, 16, 32, 32}},
    {19, 1, 1, 1, {405024, 512, 1, 0}},
    {22, 13, 40, 512, {402960, 2, 1, 1024}},
    {23, 1, 1, 1, {403984, 2, 1, 0}},
    {26, 13, 40, 512, {401920, 2, 1, 1024}},
    {27, 1, 1, 1, {402944, 2, 1, 0}},
    {28, 14, 60, 784, {0, 16, 32, 12544}},
    {29, 1, 1, 1, {401408, 512, 1, 0}},
};

// Gradients of dense layers, summed over the batch's samples in order; a task is some rows of a weight, or a
// bias.
static void net_weights(const struct ae_step *step, size_t number, ae_real *scratch) {
    (void)scratch;
    const struct ae_task task = ae_task(net_weights_work, number);
    const ptrdiff_t samples = (ptrdiff_t)step->samples, from = task.from, to = task.to;
    struct net_tensors *const gradient = (void *)step->gradient;
    void *const decoder_1 = ae_kept(step, 528, 0, 512);       // [samples][512] after relu
    void *const d_decoder_2 = ae_kept(step, 1040, 0, 784);    // [samples][784]
    void *const latent_z_2 = ae_kept(step, 512, 0, 2);        // [samples][2] after add
    void *const d_decoder_0 = ae_kept(step, 1824, 0, 512);    // [samples][512]
    void *const encoder_2 = ae_kept(step, 0, 0, 512);         // [samples][512] after relu
    void *const d_z_log_sigma = ae_kept(step, 2352, 0, 2);    // [samples][2]
    void *const d_z_mu = ae_kept(step, 2336, 0, 2);           // [samples][2]
    void *const input_x = ae_place(step->input, 0);           // [samples][784]
    void *const d_encoder_1 = ae_kept(step, 2368, 0, 512);    // [samples][512]
    ae_mark(step, task.kernel);
    switch (task.kernel) {
    case 14:
        dense_512_to_784_weight_gradient(samples, from, to, decoder_1, d_decoder_2, gradient->decoder_2_weight);
        break;
    case 15: bias_gradient_784(samples, d_decoder_2, gradient->decoder_2_bias); break;
    case 18:
        dense_2_to_512_weight_gradient(samples, from, to, latent_z_2, d_decoder_0, gradient->decoder_0_weight);
        break;
    case 19: bias_gradient_512(samples, d_decoder_0, gradient->decoder_0_bias); break;
    case 22:
        dense_512_to_2_weight_gradient(samples, from, to, encoder_2, d_z_log_sigma, gradient->z_log_sigma_weight);
        break;
    case 23: bias_gradient_2(samples, d_z_log_sigma, gradient->z_log_sigma_bias); break;
    case 26: dense_512_to_2_weight_gradient(samples, from, to, encoder_2, d_z_mu, gradient->z_mu_weight); break;
    case 27: bias_gradient_2(samples, d_z_mu, gradient->z_mu_bias); break;
    case 28:
        dense_784_to_512_weight_gradient(samples, from, to, input_x, d_encoder_1, gradient->encoder_1_weight);
        break;
    case 29: bias_gradient_512(samples, d_encoder_1, gradient->encoder_1_bias); break;
    }
    ae_mark(step, 30);
}

// Tasks, or 0 for one a slot; what they are; the function.
static const struct ae_phase net_phases[] = {
    {25, net_repack_work, net_repack},
    {0, NULL, net_samples},
    {55, net_weights_work, net_weights},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    const struct net_tensors *const net = (const void *)parameters;
    void *const input_x = ae_place(input, 0);        // [samples][784]
    void *const encoder_2 = ae_place(scratch, 0);    // [samples][512] after relu
    void *const z_mu = ae_place(code, 0);            // [samples][4]
    void *const z_log_sigma = ae_place(code, 2);     // [samples][4]
    dense_784_to_512_forward((ptrdiff_t)samples, input_x, net->encoder_1_weight, net->encoder_1_bias, encoder_2);
    dense_512_to_2_forward_3((ptrdiff_t)samples, encoder_2, net->z_mu_weight, net->z_mu_bias, z_mu);
    dense_512_to_2_forward_3((ptrdiff_t)samples, encoder_2, net->z_log_sigma_weight, net->z_log_sigma_bias,
            z_log_sigma);
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *code, ae_real *output,
                       ae_real *scratch) {
    const struct net_tensors *const net = (const void *)parameters;
    void *const latent_z = ae_place(code, 0);        // [samples][2]
    void *const decoder_1 = ae_place(scratch, 0);    // [samples][512] after relu
    void *const decoder_2 = ae_place(output, 0);     // [samples][784]
    dense_2_to_512_forward((ptrdiff_t)samples, latent_z, net->decoder_0_weight, net->decoder_0_bias, decoder_1);
    dense_512_to_784_forward((ptrdiff_t)samples, decoder_1, net->decoder_2_weight, net->decoder_2_bias, decoder_2);
}

static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,
                        ae_real *term, ae_real *scratch) {
    void *const output_x = ae_place(output, 0);         // [samples][784]
    void *const input_x = ae_place(input, 0);           // [samples][784]
    void *const loss_sse = ae_place(term, 0);           // [samples][2]
    void *const z_log_sigma = ae_place(code, 2);        // [samples][4]
    void *const loss_kl_part = ae_place(scratch, 0);    // [samples][2]
    void *const z_mu = ae_place(code, 0);               // [samples][4]
    void *const loss_kl = ae_place(term, 1);            // [samples][2]
    loss_sse_forward_2((ptrdiff_t)samples, output_x, input_x, loss_sse);
    loss_kl_forward_3((ptrdiff_t)samples, z_log_sigma, loss_kl_part);
    loss_kl_forward_4((ptrdiff_t)samples, z_mu, loss_kl_part, z_log_sigma, loss_kl);
}

// Name, shape in files; view and strides in memory; offset; bound of the initial values.
static const struct ae_parameter net_parameters[] = {
    {"encoder.1.weight", {2, {512, 784}}, 3, {32, 16, 784}, {12544, 1, 16}, 0, 0.03571428571428571},
    {"encoder.1.bias", {1, {512}}, 1, {512}, {1}, 401408, 0.03571428571428571},
    {"z.mu.weight", {2, {2, 512}}, 2, {2, 512}, {1, 2}, 401920, 0.044194173824159216},
    {"z.mu.bias", {1, {2}}, 1, {2}, {1}, 402944, 0.044194173824159216},
    {"z.log_sigma.weight", {2, {2, 512}}, 2, {2, 512}, {1, 2}, 402960, 0.044194173824159216},
    {"z.log_sigma.bias", {1, {2}}, 1, {2}, {1}, 403984, 0.044194173824159216},
    {"decoder.0.weight", {2, {512, 2}}, 3, {32, 16, 2}, {32, 1, 16}, 404000, 0.7071067811865475},
    {"decoder.0.bias", {1, {512}}, 1, {512}, {1}, 405024, 0.7071067811865475},
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
    /* 0 */ {"encoder.1 forward", 802816, 5.677e+04, false},
    /* 1 */ {"z.mu forward", 2048, 659.8, false},
    /* 2 */ {"z.log_sigma forward", 2048, 680.8, false},
    /* 3 */ {"z normal", 0, 24, false},
    /* 4 */ {"z forward", 0, 6, false},
    /* 5 */ {"decoder.0 forward", 2048, 464, false},
    /* 6 */ {"decoder.2 forward", 802816, 5.774e+04, false},
    /* 7 */ {"loss sse forward", 0, 802.1, false},
    /* 8 */ {"loss kl forward", 0, 4, false},
    /* 9 */ {"loss kl forward", 0, 28, false},
    /* 10 */ {"loss kl backward", 0, 4.125, false},
    /* 11 */ {"loss kl backward", 0, 4.125, false},
    /* 12 */ {"decoder.2 repack", 0, 2.007e+05, true},
    /* 13 */ {"decoder.2 backward", 802816, 5.683e+04, false},
    /* 14 */ {"decoder.2 weight_gradient", 802816, 5.91e+04, false},
    /* 15 */ {"decoder.2 bias_gradient", 0, 197.5, false},
    /* 16 */ {"decoder.0 repack", 0, 512, true},
    /* 17 */ {"decoder.0 backward", 2048, 669.8, false},
    /* 18 */ {"decoder.0 weight_gradient", 2048, 159.8, false},
    /* 19 */ {"decoder.0 bias_gradient", 0, 129, false},
    /* 20 */ {"z.log_sigma repack", 0, 512, true},
    /* 21 */ {"z.log_sigma backward", 2048, 272, false},
    /* 22 */ {"z.log_sigma weight_gradient", 2048, 188, false},
    /* 23 */ {"z.log_sigma bias_gradient", 0, 2.016, false},
    /* 24 */ {"z.mu repack", 0, 512, true},
    /* 25 */ {"z.mu backward", 2048, 656, false},
    /* 26 */ {"z.mu weight_gradient", 2048, 188, false},
    /* 27 */ {"z.mu bias_gradient", 0, 2.016, false},
    /* 28 */ {"encoder.1 weight_gradient", 802816, 5.889e+04, false},
    /* 29 */ {"encoder.1 bias_gradient", 0, 129, false},
};

static const struct ae_term net_terms[] = {
    {"sse", "sse"},
    {"kl", "kl"},
};

static void net_derive(double *constants, const bool *given, double *weights, double *settings) {
    (void)constants, (void)given;
    weights[0] = 1;
    weights[1] = 1;
    settings[AE_SETTING_optimizer] = AE_OPTIMIZER_adam;
    settings[AE_SETTING_learning_rate] = 0.001;
    settings[AE_SETTING_batch] = 1000.0;
    settings[AE_SETTING_epochs] = 8.0;
    settings[AE_SETTING_reduction] = AE_REDUCTION_sum;
}

static const double net_mean[] = {0.1307};
static const double net_std[] = {0.3081};
// Name, shape, elements; data: source, scale, mean, std, whether values must be in [0, 1].
static const struct ae_input net_inputs[] = {
    {"x", {3, {1, 28, 28}}, 784, {"data/mnist", 0.00392156862745098, net_mean, net_std, false}},
};

// Name, kind, shape, elements, offset in the code, prior_std.
static const struct ae_latent net_latents[] = {
    {"z", AE_LATENT_GAUSSIAN, {1, {2}}, 2, 0, 0.7071067811865476},
};

// Name, shape, elements, kind.
static const struct ae_output net_outputs[] = {
    {"x", {3, {1, 28, 28}}, 784, AE_OUTPUT_VALUES},
};

static const struct ae_inference net_inference = {
    .samples_max = 32, .scratch_count = 16384,
    .encode = net_encode, .decode = net_decode, .measure = net_measure,
};

static const struct ae_training net_training = {
    .memory = {.parameters = 807728, .trainable = 807728, .slotted = 0, .repacked = 404480,
               .terms = 2, .input = 784, .kept = 2880, .scratch = 27136},
    .phases = net_phases, .phase_count = sizeof net_phases / sizeof *net_phases,
    .kernels = net_kernels, .kernel_count = 30, .lanes = 8, .peak = ae_peak,
};

static const char net_text[] =
    "# vae.aespec - the variational autoencoder (Fig 8, 9, 10)\nmodel vae\n\n"
    "data { source = idx(\"data/mnist\"); scale = 1/255; mean = 0.1307; std = 0.3081 }\ninput x : [1, 28, 28]\n"
    "encoder { flatten; dense(512) -> relu }\nlatent z ~ gaussian(2, prior_std = sqrt(1/2))\n"
    "decoder { dense(512) -> relu; dense(784); reshape(1, 28, 28) }\nloss { sse(x); kl(z) }\n"
    "train { optimizer = adam; learning_rate = 1e-3; batch = 1000; epochs = 8; reduction = sum }\n";

const struct ae_model ae_model_vae = {
    .name = "vae", .file = "vae.aespec", .text = net_text,
    .target = "avx2", .real_bytes = sizeof(ae_real), .features = AE_FEATURES,
    .input_count = 784, .latent_count = 2, .code_count = 4, .output_count = 784,
    .inputs = net_inputs, .input_tensors = 1,
    .latents = net_latents, .latent_tensors = 1,
    .outputs = net_outputs, .output_tensors = 1,
    .parameters = net_parameters, .parameter_tensors = 10, .parameter_count = 807728,
    .layers = net_layers, .layer_count = 9,
    .terms = net_terms, .term_count = 2,
    .constants = NULL, .constant_count = 0,
    .derive = net_derive, .inference = &net_inference, .training = &net_training,
};
