// The autoencoder aec, made by aespec from aec.aespec: kernels, then training, evaluation and tables.
// A tensor of shape [C, H, W] lies in memory as [H][W][C], a convolution's weight as
// [kernel y][kernel x][larger image's channel][smaller image's channel], a dense layer's as [input][output], or
// in panels of 16 outputs, [output / 16][input][output % 16], where 16 divides them. Every sum has one order,
// fixed by shapes and batch, so the same seed gives the same bits with any compiler, its flags and any target.
// In a kernel, sum0, sum1, ... are the sums that are made together, t0, t1, ... the inputs and w0, w1, ... the
// weights they take, ARRAY_at a place in an array; s is the sample, g a group of samples, c the channel, and j
// walks (kernel x, input channel), which lie side by side in image and weight.
//
// Made for avx2: a vector has 8 lanes. A kernel holds a block of sums in registers over all its inner loops,
// rows (positions of an image, samples, weights) times columns (vectors of channels). One step reads the number
// of each row and the vector of each column once and multiplies every pair, so loads are few beside the
// multiply-adds, and so many sums are under way that none waits for the one before it. Channels lie innermost:
// a vector is one load, images are read where they are, and nothing is added up across lanes. Where an image has
// too few channels to fill a vector, 8 samples stand in the lanes instead (ae_pack, ae_unpack). Activations are
// applied to sums that are still in registers, and a few samples go forward and backward together while what they
// made is in the second-level cache.

#include "runtime/api/processor.h"
#define AE_TARGET_AVX2
#include "runtime/api/vector.h"
#include "runtime/api/model.h"

// decoder.0 repack (aec.aespec:17): 51200 elements
// encoder.4 repack (aec.aespec:11): 51200 elements
//   packed[ky][s][kx][l] = weight[ky][kx][l][s]: the larger image's channels side by side
AE_KERNEL void net_decoder_0_repack(
        const ae_real *restrict weight,
        ae_real *restrict packed) {
    for (ptrdiff_t ky = 0; ky < 5; ky++) {
        for (ptrdiff_t kx = 0; kx < 5; kx++) {
            ae_turn(32, 64, weight + ky * 10240 + kx * 2048, 64, packed + ky * 10240 + kx * 32, 160);
        }
    }
}

// decoder.2 repack (aec.aespec:18): 25088 elements
// encoder.2 repack (aec.aespec:10): 25088 elements
//   packed[ky][s][kx][l] = weight[ky][kx][l][s]: the larger image's channels side by side
AE_KERNEL void net_decoder_2_repack(
        const ae_real *restrict weight,
        ae_real *restrict packed) {
    for (ptrdiff_t ky = 0; ky < 7; ky++) {
        for (ptrdiff_t kx = 0; kx < 7; kx++) {
            ae_turn(16, 32, weight + ky * 3584 + kx * 512, 32, packed + ky * 3584 + kx * 16, 112);
        }
    }
}

// decoder.4 repack (aec.aespec:19): 3600 elements
//   packed[ky][s][kx][l] = weight[ky][kx][l][s]: the larger image's channels side by side
AE_KERNEL void net_decoder_4_repack(
        const ae_real *restrict weight,
        ae_real *restrict packed) {
    for (ptrdiff_t ky = 0; ky < 15; ky++) {
        for (ptrdiff_t kx = 0; kx < 15; kx++) {
            ae_turn(1, 16, weight + ky * 240 + kx * 16, 16, packed + ky * 240 + kx, 15);
        }
    }
}

// encoder.0 forward (aec.aespec:9): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 14 sums together: 14 positions x 1 vector of 8 output channels.
AE_KERNEL void net_encoder_0_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 16; c += 8) {
            for (ptrdiff_t y = 0; y < 14; y++) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13;
                sum0 = ae_load(bias + c); sum1 = ae_load(bias + c); sum2 = ae_load(bias + c);
                sum3 = ae_load(bias + c); sum4 = ae_load(bias + c); sum5 = ae_load(bias + c);
                sum6 = ae_load(bias + c); sum7 = ae_load(bias + c); sum8 = ae_load(bias + c);
                sum9 = ae_load(bias + c); sum10 = ae_load(bias + c); sum11 = ae_load(bias + c);
                sum12 = ae_load(bias + c); sum13 = ae_load(bias + c);
                for (ptrdiff_t ky = 0; ky < 15; ky++) {
                    for (ptrdiff_t j = 0; j < 15; j++) {
                        const ae_real *const input_at = input + (s * 784 + y * 28 + ky * 28 + j);
                        const ae_vector w0 = ae_load(weight + ky * 240 + j * 16 + c);
                        AE_FMA(sum0, ae_splat(input_at[0]), w0); AE_FMA(sum1, ae_splat(input_at[1]), w0);
                        AE_FMA(sum2, ae_splat(input_at[2]), w0); AE_FMA(sum3, ae_splat(input_at[3]), w0);
                        AE_FMA(sum4, ae_splat(input_at[4]), w0); AE_FMA(sum5, ae_splat(input_at[5]), w0);
                        AE_FMA(sum6, ae_splat(input_at[6]), w0); AE_FMA(sum7, ae_splat(input_at[7]), w0);
                        AE_FMA(sum8, ae_splat(input_at[8]), w0); AE_FMA(sum9, ae_splat(input_at[9]), w0);
                        AE_FMA(sum10, ae_splat(input_at[10]), w0); AE_FMA(sum11, ae_splat(input_at[11]), w0);
                        AE_FMA(sum12, ae_splat(input_at[12]), w0); AE_FMA(sum13, ae_splat(input_at[13]), w0);
                    }
                }
                ae_real *const out0_at = out0 + (s * 3136 + y * 224 + c);
                ae_store(out0_at, ae_vector_relu(sum0));
                ae_store(out0_at + 16, ae_vector_relu(sum1));
                ae_store(out0_at + 32, ae_vector_relu(sum2));
                ae_store(out0_at + 48, ae_vector_relu(sum3));
                ae_store(out0_at + 64, ae_vector_relu(sum4));
                ae_store(out0_at + 80, ae_vector_relu(sum5));
                ae_store(out0_at + 96, ae_vector_relu(sum6));
                ae_store(out0_at + 112, ae_vector_relu(sum7));
                ae_store(out0_at + 128, ae_vector_relu(sum8));
                ae_store(out0_at + 144, ae_vector_relu(sum9));
                ae_store(out0_at + 160, ae_vector_relu(sum10));
                ae_store(out0_at + 176, ae_vector_relu(sum11));
                ae_store(out0_at + 192, ae_vector_relu(sum12));
                ae_store(out0_at + 208, ae_vector_relu(sum13));
            }
        }
    }
}

// encoder.2 forward (aec.aespec:10): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 8 output channels.
AE_KERNEL void net_encoder_2_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 32; c += 8) {
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_load(bias + c); sum1 = ae_load(bias + c); sum2 = ae_load(bias + c);
                sum3 = ae_load(bias + c); sum4 = ae_load(bias + c); sum5 = ae_load(bias + c);
                sum6 = ae_load(bias + c); sum7 = ae_load(bias + c);
                for (ptrdiff_t ky = 0; ky < 7; ky++) {
                    for (ptrdiff_t j = 0; j < 112; j++) {
                        const ae_real *const input_at = input + (s * 3136 + y * 224 + ky * 224 + j);
                        const ae_vector w0 = ae_load(weight + ky * 3584 + j * 32 + c);
                        AE_FMA(sum0, ae_splat(input_at[0]), w0); AE_FMA(sum1, ae_splat(input_at[16]), w0);
                        AE_FMA(sum2, ae_splat(input_at[32]), w0); AE_FMA(sum3, ae_splat(input_at[48]), w0);
                        AE_FMA(sum4, ae_splat(input_at[64]), w0); AE_FMA(sum5, ae_splat(input_at[80]), w0);
                        AE_FMA(sum6, ae_splat(input_at[96]), w0); AE_FMA(sum7, ae_splat(input_at[112]), w0);
                    }
                }
                ae_real *const out0_at = out0 + (s * 2048 + y * 256 + c);
                ae_store(out0_at, ae_vector_relu(sum0));
                ae_store(out0_at + 32, ae_vector_relu(sum1));
                ae_store(out0_at + 64, ae_vector_relu(sum2));
                ae_store(out0_at + 96, ae_vector_relu(sum3));
                ae_store(out0_at + 128, ae_vector_relu(sum4));
                ae_store(out0_at + 160, ae_vector_relu(sum5));
                ae_store(out0_at + 192, ae_vector_relu(sum6));
                ae_store(out0_at + 224, ae_vector_relu(sum7));
            }
        }
    }
}

// encoder.4 forward (aec.aespec:11): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 8 output channels.
AE_KERNEL void net_encoder_4_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 64; c += 8) {
            for (ptrdiff_t y = 0; y < 4; y += 2) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_load(bias + c); sum1 = ae_load(bias + c); sum2 = ae_load(bias + c);
                sum3 = ae_load(bias + c); sum4 = ae_load(bias + c); sum5 = ae_load(bias + c);
                sum6 = ae_load(bias + c); sum7 = ae_load(bias + c);
                for (ptrdiff_t ky = 0; ky < 5; ky++) {
                    for (ptrdiff_t j = 0; j < 160; j++) {
                        const ae_real *const input_at = input + (s * 2048 + y * 256 + ky * 256 + j);
                        const ae_vector w0 = ae_load(weight + ky * 10240 + j * 64 + c);
                        AE_FMA(sum0, ae_splat(input_at[0]), w0); AE_FMA(sum1, ae_splat(input_at[32]), w0);
                        AE_FMA(sum2, ae_splat(input_at[64]), w0); AE_FMA(sum3, ae_splat(input_at[96]), w0);
                        AE_FMA(sum4, ae_splat(input_at[256]), w0); AE_FMA(sum5, ae_splat(input_at[288]), w0);
                        AE_FMA(sum6, ae_splat(input_at[320]), w0); AE_FMA(sum7, ae_splat(input_at[352]), w0);
                    }
                }
                ae_real *const out0_at = out0 + (s * 1024 + y * 256 + c);
                ae_store(out0_at, ae_vector_relu(sum0));
                ae_store(out0_at + 64, ae_vector_relu(sum1));
                ae_store(out0_at + 128, ae_vector_relu(sum2));
                ae_store(out0_at + 192, ae_vector_relu(sum3));
                ae_store(out0_at + 256, ae_vector_relu(sum4));
                ae_store(out0_at + 320, ae_vector_relu(sum5));
                ae_store(out0_at + 384, ae_vector_relu(sum6));
                ae_store(out0_at + 448, ae_vector_relu(sum7));
            }
        }
    }
}

// decoder.0 forward (aec.aespec:17): [64, 4, 4] -> [32, 8, 8], kernel 5x5, 1638400 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no rest, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 8 sums together: 2 positions x 4 vectors of 8 output channels.
AE_KERNEL void net_decoder_0_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t y = 0; y < 8; y++) {
            {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_load(bias); sum4 = ae_load(bias);
                sum1 = ae_load(bias + 8); sum5 = ae_load(bias + 8);
                sum2 = ae_load(bias + 16); sum6 = ae_load(bias + 16);
                sum3 = ae_load(bias + 24); sum7 = ae_load(bias + 24);
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 64; i++) {
                        const ae_real *const input_at = input + (s * 1024 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 10240 + i * 160);
                        const ae_vector t0 = ae_splat(input_at[0]);
                        const ae_vector t1 = ae_splat(input_at[64]);
                        const ae_vector w0_0 = ae_load(weight_at);
                        const ae_vector w0_1 = ae_load(weight_at + 8);
                        const ae_vector w0_2 = ae_load(weight_at + 16);
                        const ae_vector w0_3 = ae_load(weight_at + 24); AE_FMA(sum0, t0, w0_0);
                        AE_FMA(sum1, t0, w0_1); AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                        AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1); AE_FMA(sum6, t1, w0_2);
                        AE_FMA(sum7, t1, w0_3); AE_FMA(sum4, t0, ae_load(weight_at + 32));
                        AE_FMA(sum5, t0, ae_load(weight_at + 40)); AE_FMA(sum6, t0, ae_load(weight_at + 48));
                        AE_FMA(sum7, t0, ae_load(weight_at + 56));
                    }
                }
                ae_real *const out0_at = out0 + (s * 2048 + y * 256);
                ae_store(out0_at, ae_vector_relu(sum0));
                ae_store(out0_at + 8, ae_vector_relu(sum1));
                ae_store(out0_at + 16, ae_vector_relu(sum2));
                ae_store(out0_at + 24, ae_vector_relu(sum3));
                ae_store(out0_at + 32, ae_vector_relu(sum4));
                ae_store(out0_at + 40, ae_vector_relu(sum5));
                ae_store(out0_at + 48, ae_vector_relu(sum6));
                ae_store(out0_at + 56, ae_vector_relu(sum7));
            }
            {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_load(bias); sum4 = ae_load(bias);
                sum1 = ae_load(bias + 8); sum5 = ae_load(bias + 8);
                sum2 = ae_load(bias + 16); sum6 = ae_load(bias + 16);
                sum3 = ae_load(bias + 24); sum7 = ae_load(bias + 24);
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 64; i++) {
                        const ae_real *const input_at = input + (s * 1024 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 10240 + i * 160);
                        const ae_vector t0 = ae_splat(input_at[0]);
                        const ae_vector t1 = ae_splat(input_at[64]);
                        const ae_vector t2 = ae_splat(input_at[128]);
                        const ae_vector t3 = ae_splat(input_at[192]);
                        const ae_vector w0_0 = ae_load(weight_at);
                        const ae_vector w0_1 = ae_load(weight_at + 8);
                        const ae_vector w0_2 = ae_load(weight_at + 16);
                        const ae_vector w0_3 = ae_load(weight_at + 24); AE_FMA(sum0, t2, w0_0);
                        AE_FMA(sum1, t2, w0_1); AE_FMA(sum2, t2, w0_2); AE_FMA(sum3, t2, w0_3);
                        AE_FMA(sum4, t3, w0_0); AE_FMA(sum5, t3, w0_1); AE_FMA(sum6, t3, w0_2);
                        AE_FMA(sum7, t3, w0_3);
                        const ae_vector w1_0 = ae_load(weight_at + 32);
                        const ae_vector w1_1 = ae_load(weight_at + 40);
                        const ae_vector w1_2 = ae_load(weight_at + 48);
                        const ae_vector w1_3 = ae_load(weight_at + 56); AE_FMA(sum0, t1, w1_0);
                        AE_FMA(sum1, t1, w1_1); AE_FMA(sum2, t1, w1_2); AE_FMA(sum3, t1, w1_3);
                        AE_FMA(sum4, t2, w1_0); AE_FMA(sum5, t2, w1_1); AE_FMA(sum6, t2, w1_2);
                        AE_FMA(sum7, t2, w1_3);
                        const ae_vector w2_0 = ae_load(weight_at + 64);
                        const ae_vector w2_1 = ae_load(weight_at + 72);
                        const ae_vector w2_2 = ae_load(weight_at + 80);
                        const ae_vector w2_3 = ae_load(weight_at + 88); AE_FMA(sum0, t0, w2_0);
                        AE_FMA(sum1, t0, w2_1); AE_FMA(sum2, t0, w2_2); AE_FMA(sum3, t0, w2_3);
                        AE_FMA(sum4, t1, w2_0); AE_FMA(sum5, t1, w2_1); AE_FMA(sum6, t1, w2_2);
                        AE_FMA(sum7, t1, w2_3); AE_FMA(sum4, t0, ae_load(weight_at + 96));
                        AE_FMA(sum5, t0, ae_load(weight_at + 104)); AE_FMA(sum6, t0, ae_load(weight_at + 112));
                        AE_FMA(sum7, t0, ae_load(weight_at + 120));
                    }
                }
                ae_real *const out0_at = out0 + (s * 2048 + y * 256);
                ae_store(out0_at + 64, ae_vector_relu(sum0));
                ae_store(out0_at + 72, ae_vector_relu(sum1));
                ae_store(out0_at + 80, ae_vector_relu(sum2));
                ae_store(out0_at + 88, ae_vector_relu(sum3));
                ae_store(out0_at + 96, ae_vector_relu(sum4));
                ae_store(out0_at + 104, ae_vector_relu(sum5));
                ae_store(out0_at + 112, ae_vector_relu(sum6));
                ae_store(out0_at + 120, ae_vector_relu(sum7));
            }
            {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_load(bias); sum4 = ae_load(bias);
                sum1 = ae_load(bias + 8); sum5 = ae_load(bias + 8);
                sum2 = ae_load(bias + 16); sum6 = ae_load(bias + 16);
                sum3 = ae_load(bias + 24); sum7 = ae_load(bias + 24);
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 64; i++) {
                        const ae_real *const input_at = input + (s * 1024 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 10240 + i * 160);
                        const ae_vector t0 = ae_splat(input_at[0]);
                        const ae_vector t1 = ae_splat(input_at[64]);
                        const ae_vector t2 = ae_splat(input_at[128]);
                        const ae_vector t3 = ae_splat(input_at[192]); AE_FMA(sum0, t3, ae_load(weight_at + 32));
                        AE_FMA(sum1, t3, ae_load(weight_at + 40)); AE_FMA(sum2, t3, ae_load(weight_at + 48));
                        AE_FMA(sum3, t3, ae_load(weight_at + 56));
                        const ae_vector w2_0 = ae_load(weight_at + 64);
                        const ae_vector w2_1 = ae_load(weight_at + 72);
                        const ae_vector w2_2 = ae_load(weight_at + 80);
                        const ae_vector w2_3 = ae_load(weight_at + 88); AE_FMA(sum0, t2, w2_0);
                        AE_FMA(sum1, t2, w2_1); AE_FMA(sum2, t2, w2_2); AE_FMA(sum3, t2, w2_3);
                        AE_FMA(sum4, t3, w2_0); AE_FMA(sum5, t3, w2_1); AE_FMA(sum6, t3, w2_2);
                        AE_FMA(sum7, t3, w2_3);
                        const ae_vector w3_0 = ae_load(weight_at + 96);
                        const ae_vector w3_1 = ae_load(weight_at + 104);
                        const ae_vector w3_2 = ae_load(weight_at + 112);
                        const ae_vector w3_3 = ae_load(weight_at + 120); AE_FMA(sum0, t1, w3_0);
                        AE_FMA(sum1, t1, w3_1); AE_FMA(sum2, t1, w3_2); AE_FMA(sum3, t1, w3_3);
                        AE_FMA(sum4, t2, w3_0); AE_FMA(sum5, t2, w3_1); AE_FMA(sum6, t2, w3_2);
                        AE_FMA(sum7, t2, w3_3);
                        const ae_vector w4_0 = ae_load(weight_at + 128);
                        const ae_vector w4_1 = ae_load(weight_at + 136);
                        const ae_vector w4_2 = ae_load(weight_at + 144);
                        const ae_vector w4_3 = ae_load(weight_at + 152); AE_FMA(sum0, t0, w4_0);
                        AE_FMA(sum1, t0, w4_1); AE_FMA(sum2, t0, w4_2); AE_FMA(sum3, t0, w4_3);
                        AE_FMA(sum4, t1, w4_0); AE_FMA(sum5, t1, w4_1); AE_FMA(sum6, t1, w4_2);
                        AE_FMA(sum7, t1, w4_3);
                    }
                }
                ae_real *const out0_at = out0 + (s * 2048 + y * 256);
                ae_store(out0_at + 128, ae_vector_relu(sum0));
                ae_store(out0_at + 136, ae_vector_relu(sum1));
                ae_store(out0_at + 144, ae_vector_relu(sum2));
                ae_store(out0_at + 152, ae_vector_relu(sum3));
                ae_store(out0_at + 160, ae_vector_relu(sum4));
                ae_store(out0_at + 168, ae_vector_relu(sum5));
                ae_store(out0_at + 176, ae_vector_relu(sum6));
                ae_store(out0_at + 184, ae_vector_relu(sum7));
            }
            {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_load(bias); sum4 = ae_load(bias);
                sum1 = ae_load(bias + 8); sum5 = ae_load(bias + 8);
                sum2 = ae_load(bias + 16); sum6 = ae_load(bias + 16);
                sum3 = ae_load(bias + 24); sum7 = ae_load(bias + 24);
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 64; i++) {
                        const ae_real *const input_at = input + (s * 1024 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 10240 + i * 160);
                        const ae_vector t0 = ae_splat(input_at[128]);
                        const ae_vector t1 = ae_splat(input_at[192]); AE_FMA(sum0, t1, ae_load(weight_at + 96));
                        AE_FMA(sum1, t1, ae_load(weight_at + 104)); AE_FMA(sum2, t1, ae_load(weight_at + 112));
                        AE_FMA(sum3, t1, ae_load(weight_at + 120));
                        const ae_vector w4_0 = ae_load(weight_at + 128);
                        const ae_vector w4_1 = ae_load(weight_at + 136);
                        const ae_vector w4_2 = ae_load(weight_at + 144);
                        const ae_vector w4_3 = ae_load(weight_at + 152); AE_FMA(sum0, t0, w4_0);
                        AE_FMA(sum1, t0, w4_1); AE_FMA(sum2, t0, w4_2); AE_FMA(sum3, t0, w4_3);
                        AE_FMA(sum4, t1, w4_0); AE_FMA(sum5, t1, w4_1); AE_FMA(sum6, t1, w4_2);
                        AE_FMA(sum7, t1, w4_3);
                    }
                }
                ae_real *const out0_at = out0 + (s * 2048 + y * 256);
                ae_store(out0_at + 192, ae_vector_relu(sum0));
                ae_store(out0_at + 200, ae_vector_relu(sum1));
                ae_store(out0_at + 208, ae_vector_relu(sum2));
                ae_store(out0_at + 216, ae_vector_relu(sum3));
                ae_store(out0_at + 224, ae_vector_relu(sum4));
                ae_store(out0_at + 232, ae_vector_relu(sum5));
                ae_store(out0_at + 240, ae_vector_relu(sum6));
                ae_store(out0_at + 248, ae_vector_relu(sum7));
            }
        }
    }
}

// decoder.2 forward (aec.aespec:18): [32, 8, 8] -> [16, 14, 14], kernel 7x7, 3211264 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no rest, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 14 sums together: 14 positions x 1 vector of 8 output channels.
AE_KERNEL void net_decoder_2_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 16; c += 8) {
            for (ptrdiff_t y = 0; y < 14; y++) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13;
                sum0 = ae_load(bias + c); sum1 = ae_load(bias + c); sum2 = ae_load(bias + c);
                sum3 = ae_load(bias + c); sum4 = ae_load(bias + c); sum5 = ae_load(bias + c);
                sum6 = ae_load(bias + c); sum7 = ae_load(bias + c); sum8 = ae_load(bias + c);
                sum9 = ae_load(bias + c); sum10 = ae_load(bias + c); sum11 = ae_load(bias + c);
                sum12 = ae_load(bias + c); sum13 = ae_load(bias + c);
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 32; i++) {
                        const ae_real *const input_at = input + (s * 2048 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 3584 + i * 112 + c);
                        const ae_vector t7 = ae_splat(input_at[224]); AE_FMA(sum7, t7, ae_load(weight_at));
                        AE_FMA(sum8, t7, ae_load(weight_at + 16)); AE_FMA(sum9, t7, ae_load(weight_at + 32));
                        AE_FMA(sum10, t7, ae_load(weight_at + 48)); AE_FMA(sum11, t7, ae_load(weight_at + 64));
                        AE_FMA(sum12, t7, ae_load(weight_at + 80)); AE_FMA(sum13, t7, ae_load(weight_at + 96));
                        const ae_vector t6 = ae_splat(input_at[192]); AE_FMA(sum6, t6, ae_load(weight_at));
                        AE_FMA(sum7, t6, ae_load(weight_at + 16)); AE_FMA(sum8, t6, ae_load(weight_at + 32));
                        AE_FMA(sum9, t6, ae_load(weight_at + 48)); AE_FMA(sum10, t6, ae_load(weight_at + 64));
                        AE_FMA(sum11, t6, ae_load(weight_at + 80)); AE_FMA(sum12, t6, ae_load(weight_at + 96));
                        const ae_vector t5 = ae_splat(input_at[160]); AE_FMA(sum5, t5, ae_load(weight_at));
                        AE_FMA(sum6, t5, ae_load(weight_at + 16)); AE_FMA(sum7, t5, ae_load(weight_at + 32));
                        AE_FMA(sum8, t5, ae_load(weight_at + 48)); AE_FMA(sum9, t5, ae_load(weight_at + 64));
                        AE_FMA(sum10, t5, ae_load(weight_at + 80)); AE_FMA(sum11, t5, ae_load(weight_at + 96));
                        const ae_vector t4 = ae_splat(input_at[128]); AE_FMA(sum4, t4, ae_load(weight_at));
                        AE_FMA(sum5, t4, ae_load(weight_at + 16)); AE_FMA(sum6, t4, ae_load(weight_at + 32));
                        AE_FMA(sum7, t4, ae_load(weight_at + 48)); AE_FMA(sum8, t4, ae_load(weight_at + 64));
                        AE_FMA(sum9, t4, ae_load(weight_at + 80)); AE_FMA(sum10, t4, ae_load(weight_at + 96));
                        const ae_vector t3 = ae_splat(input_at[96]); AE_FMA(sum3, t3, ae_load(weight_at));
                        AE_FMA(sum4, t3, ae_load(weight_at + 16)); AE_FMA(sum5, t3, ae_load(weight_at + 32));
                        AE_FMA(sum6, t3, ae_load(weight_at + 48)); AE_FMA(sum7, t3, ae_load(weight_at + 64));
                        AE_FMA(sum8, t3, ae_load(weight_at + 80)); AE_FMA(sum9, t3, ae_load(weight_at + 96));
                        const ae_vector t2 = ae_splat(input_at[64]); AE_FMA(sum2, t2, ae_load(weight_at));
                        AE_FMA(sum3, t2, ae_load(weight_at + 16)); AE_FMA(sum4, t2, ae_load(weight_at + 32));
                        AE_FMA(sum5, t2, ae_load(weight_at + 48)); AE_FMA(sum6, t2, ae_load(weight_at + 64));
                        AE_FMA(sum7, t2, ae_load(weight_at + 80)); AE_FMA(sum8, t2, ae_load(weight_at + 96));
                        const ae_vector t1 = ae_splat(input_at[32]); AE_FMA(sum1, t1, ae_load(weight_at));
                        AE_FMA(sum2, t1, ae_load(weight_at + 16)); AE_FMA(sum3, t1, ae_load(weight_at + 32));
                        AE_FMA(sum4, t1, ae_load(weight_at + 48)); AE_FMA(sum5, t1, ae_load(weight_at + 64));
                        AE_FMA(sum6, t1, ae_load(weight_at + 80)); AE_FMA(sum7, t1, ae_load(weight_at + 96));
                        const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, ae_load(weight_at));
                        AE_FMA(sum1, t0, ae_load(weight_at + 16)); AE_FMA(sum2, t0, ae_load(weight_at + 32));
                        AE_FMA(sum3, t0, ae_load(weight_at + 48)); AE_FMA(sum4, t0, ae_load(weight_at + 64));
                        AE_FMA(sum5, t0, ae_load(weight_at + 80)); AE_FMA(sum6, t0, ae_load(weight_at + 96));
                    }
                }
                ae_real *const out0_at = out0 + (s * 3136 + y * 224 + c);
                ae_store(out0_at, ae_vector_relu(sum0));
                ae_store(out0_at + 16, ae_vector_relu(sum1));
                ae_store(out0_at + 32, ae_vector_relu(sum2));
                ae_store(out0_at + 48, ae_vector_relu(sum3));
                ae_store(out0_at + 64, ae_vector_relu(sum4));
                ae_store(out0_at + 80, ae_vector_relu(sum5));
                ae_store(out0_at + 96, ae_vector_relu(sum6));
                ae_store(out0_at + 112, ae_vector_relu(sum7));
                ae_store(out0_at + 128, ae_vector_relu(sum8));
                ae_store(out0_at + 144, ae_vector_relu(sum9));
                ae_store(out0_at + 160, ae_vector_relu(sum10));
                ae_store(out0_at + 176, ae_vector_relu(sum11));
                ae_store(out0_at + 192, ae_vector_relu(sum12));
                ae_store(out0_at + 208, ae_vector_relu(sum13));
            }
        }
    }
}

// decoder.4 pack (aec.aespec:19): 3136 elements
AE_KERNEL void net_decoder_4_pack(ptrdiff_t samples,
        const ae_real *restrict input,
        ae_real *restrict output) {
    ae_pack(samples, 3136, 3136, input, output);
}

// decoder.4 forward (aec.aespec:19): [16, 14, 14] -> [1, 28, 28], kernel 15x15, 1411200 FLOP a sample
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no rest, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 14 sums together: 14 positions x 1 output channels, each of 8 samples.
AE_KERNEL void net_decoder_4_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict output) {
    for (ptrdiff_t g = 0; g < (samples + 7) / 8; g++) {
        for (ptrdiff_t y = 0; y < 28; y++) {
            {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13;
                sum0 = ae_splat(bias[0]); sum1 = ae_splat(bias[0]); sum2 = ae_splat(bias[0]);
                sum3 = ae_splat(bias[0]); sum4 = ae_splat(bias[0]); sum5 = ae_splat(bias[0]);
                sum6 = ae_splat(bias[0]); sum7 = ae_splat(bias[0]); sum8 = ae_splat(bias[0]);
                sum9 = ae_splat(bias[0]); sum10 = ae_splat(bias[0]); sum11 = ae_splat(bias[0]);
                sum12 = ae_splat(bias[0]); sum13 = ae_splat(bias[0]);
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 16; i++) {
                        const ae_real *const input_at = input + (g * 25088 + y * 1792 - ky * 1792 + i * 8);
                        const ae_real *const weight_at = weight + (ky * 240 + i * 15);
                        AE_FMA(sum13, ae_load(input_at + 1664), ae_splat(weight_at[0]));
                        const ae_vector t12 = ae_load(input_at + 1536); AE_FMA(sum12, t12, ae_splat(weight_at[0]));
                        AE_FMA(sum13, t12, ae_splat(weight_at[1]));
                        const ae_vector t11 = ae_load(input_at + 1408); AE_FMA(sum11, t11, ae_splat(weight_at[0]));
                        AE_FMA(sum12, t11, ae_splat(weight_at[1])); AE_FMA(sum13, t11, ae_splat(weight_at[2]));
                        const ae_vector t10 = ae_load(input_at + 1280); AE_FMA(sum10, t10, ae_splat(weight_at[0]));
                        AE_FMA(sum11, t10, ae_splat(weight_at[1])); AE_FMA(sum12, t10, ae_splat(weight_at[2]));
                        AE_FMA(sum13, t10, ae_splat(weight_at[3]));
                        const ae_vector t9 = ae_load(input_at + 1152); AE_FMA(sum9, t9, ae_splat(weight_at[0]));
                        AE_FMA(sum10, t9, ae_splat(weight_at[1])); AE_FMA(sum11, t9, ae_splat(weight_at[2]));
                        AE_FMA(sum12, t9, ae_splat(weight_at[3])); AE_FMA(sum13, t9, ae_splat(weight_at[4]));
                        const ae_vector t8 = ae_load(input_at + 1024); AE_FMA(sum8, t8, ae_splat(weight_at[0]));
                        AE_FMA(sum9, t8, ae_splat(weight_at[1])); AE_FMA(sum10, t8, ae_splat(weight_at[2]));
                        AE_FMA(sum11, t8, ae_splat(weight_at[3])); AE_FMA(sum12, t8, ae_splat(weight_at[4]));
                        AE_FMA(sum13, t8, ae_splat(weight_at[5]));
                        const ae_vector t7 = ae_load(input_at + 896); AE_FMA(sum7, t7, ae_splat(weight_at[0]));
                        AE_FMA(sum8, t7, ae_splat(weight_at[1])); AE_FMA(sum9, t7, ae_splat(weight_at[2]));
                        AE_FMA(sum10, t7, ae_splat(weight_at[3])); AE_FMA(sum11, t7, ae_splat(weight_at[4]));
                        AE_FMA(sum12, t7, ae_splat(weight_at[5])); AE_FMA(sum13, t7, ae_splat(weight_at[6]));
                        const ae_vector t6 = ae_load(input_at + 768); AE_FMA(sum6, t6, ae_splat(weight_at[0]));
                        AE_FMA(sum7, t6, ae_splat(weight_at[1])); AE_FMA(sum8, t6, ae_splat(weight_at[2]));
                        AE_FMA(sum9, t6, ae_splat(weight_at[3])); AE_FMA(sum10, t6, ae_splat(weight_at[4]));
                        AE_FMA(sum11, t6, ae_splat(weight_at[5])); AE_FMA(sum12, t6, ae_splat(weight_at[6]));
                        AE_FMA(sum13, t6, ae_splat(weight_at[7]));
                        const ae_vector t5 = ae_load(input_at + 640); AE_FMA(sum5, t5, ae_splat(weight_at[0]));
                        AE_FMA(sum6, t5, ae_splat(weight_at[1])); AE_FMA(sum7, t5, ae_splat(weight_at[2]));
                        AE_FMA(sum8, t5, ae_splat(weight_at[3])); AE_FMA(sum9, t5, ae_splat(weight_at[4]));
                        AE_FMA(sum10, t5, ae_splat(weight_at[5])); AE_FMA(sum11, t5, ae_splat(weight_at[6]));
                        AE_FMA(sum12, t5, ae_splat(weight_at[7])); AE_FMA(sum13, t5, ae_splat(weight_at[8]));
                        const ae_vector t4 = ae_load(input_at + 512); AE_FMA(sum4, t4, ae_splat(weight_at[0]));
                        AE_FMA(sum5, t4, ae_splat(weight_at[1])); AE_FMA(sum6, t4, ae_splat(weight_at[2]));
                        AE_FMA(sum7, t4, ae_splat(weight_at[3])); AE_FMA(sum8, t4, ae_splat(weight_at[4]));
                        AE_FMA(sum9, t4, ae_splat(weight_at[5])); AE_FMA(sum10, t4, ae_splat(weight_at[6]));
                        AE_FMA(sum11, t4, ae_splat(weight_at[7])); AE_FMA(sum12, t4, ae_splat(weight_at[8]));
                        AE_FMA(sum13, t4, ae_splat(weight_at[9]));
                        const ae_vector t3 = ae_load(input_at + 384); AE_FMA(sum3, t3, ae_splat(weight_at[0]));
                        AE_FMA(sum4, t3, ae_splat(weight_at[1])); AE_FMA(sum5, t3, ae_splat(weight_at[2]));
                        AE_FMA(sum6, t3, ae_splat(weight_at[3])); AE_FMA(sum7, t3, ae_splat(weight_at[4]));
                        AE_FMA(sum8, t3, ae_splat(weight_at[5])); AE_FMA(sum9, t3, ae_splat(weight_at[6]));
                        AE_FMA(sum10, t3, ae_splat(weight_at[7])); AE_FMA(sum11, t3, ae_splat(weight_at[8]));
                        AE_FMA(sum12, t3, ae_splat(weight_at[9])); AE_FMA(sum13, t3, ae_splat(weight_at[10]));
                        const ae_vector t2 = ae_load(input_at + 256); AE_FMA(sum2, t2, ae_splat(weight_at[0]));
                        AE_FMA(sum3, t2, ae_splat(weight_at[1])); AE_FMA(sum4, t2, ae_splat(weight_at[2]));
                        AE_FMA(sum5, t2, ae_splat(weight_at[3])); AE_FMA(sum6, t2, ae_splat(weight_at[4]));
                        AE_FMA(sum7, t2, ae_splat(weight_at[5])); AE_FMA(sum8, t2, ae_splat(weight_at[6]));
                        AE_FMA(sum9, t2, ae_splat(weight_at[7])); AE_FMA(sum10, t2, ae_splat(weight_at[8]));
                        AE_FMA(sum11, t2, ae_splat(weight_at[9])); AE_FMA(sum12, t2, ae_splat(weight_at[10]));
                        AE_FMA(sum13, t2, ae_splat(weight_at[11]));
                        const ae_vector t1 = ae_load(input_at + 128); AE_FMA(sum1, t1, ae_splat(weight_at[0]));
                        AE_FMA(sum2, t1, ae_splat(weight_at[1])); AE_FMA(sum3, t1, ae_splat(weight_at[2]));
                        AE_FMA(sum4, t1, ae_splat(weight_at[3])); AE_FMA(sum5, t1, ae_splat(weight_at[4]));
                        AE_FMA(sum6, t1, ae_splat(weight_at[5])); AE_FMA(sum7, t1, ae_splat(weight_at[6]));
                        AE_FMA(sum8, t1, ae_splat(weight_at[7])); AE_FMA(sum9, t1, ae_splat(weight_at[8]));
                        AE_FMA(sum10, t1, ae_splat(weight_at[9])); AE_FMA(sum11, t1, ae_splat(weight_at[10]));
                        AE_FMA(sum12, t1, ae_splat(weight_at[11])); AE_FMA(sum13, t1, ae_splat(weight_at[12]));
                        const ae_vector t0 = ae_load(input_at); AE_FMA(sum0, t0, ae_splat(weight_at[0]));
                        AE_FMA(sum1, t0, ae_splat(weight_at[1])); AE_FMA(sum2, t0, ae_splat(weight_at[2]));
                        AE_FMA(sum3, t0, ae_splat(weight_at[3])); AE_FMA(sum4, t0, ae_splat(weight_at[4]));
                        AE_FMA(sum5, t0, ae_splat(weight_at[5])); AE_FMA(sum6, t0, ae_splat(weight_at[6]));
                        AE_FMA(sum7, t0, ae_splat(weight_at[7])); AE_FMA(sum8, t0, ae_splat(weight_at[8]));
                        AE_FMA(sum9, t0, ae_splat(weight_at[9])); AE_FMA(sum10, t0, ae_splat(weight_at[10]));
                        AE_FMA(sum11, t0, ae_splat(weight_at[11])); AE_FMA(sum12, t0, ae_splat(weight_at[12]));
                        AE_FMA(sum13, t0, ae_splat(weight_at[13]));
                    }
                }
                ae_real *const output_at = output + (g * 6272 + y * 224);
                ae_store(output_at, sum0);
                ae_store(output_at + 8, sum1);
                ae_store(output_at + 16, sum2);
                ae_store(output_at + 24, sum3);
                ae_store(output_at + 32, sum4);
                ae_store(output_at + 40, sum5);
                ae_store(output_at + 48, sum6);
                ae_store(output_at + 56, sum7);
                ae_store(output_at + 64, sum8);
                ae_store(output_at + 72, sum9);
                ae_store(output_at + 80, sum10);
                ae_store(output_at + 88, sum11);
                ae_store(output_at + 96, sum12);
                ae_store(output_at + 104, sum13);
            }
            {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13;
                sum0 = ae_splat(bias[0]); sum1 = ae_splat(bias[0]); sum2 = ae_splat(bias[0]);
                sum3 = ae_splat(bias[0]); sum4 = ae_splat(bias[0]); sum5 = ae_splat(bias[0]);
                sum6 = ae_splat(bias[0]); sum7 = ae_splat(bias[0]); sum8 = ae_splat(bias[0]);
                sum9 = ae_splat(bias[0]); sum10 = ae_splat(bias[0]); sum11 = ae_splat(bias[0]);
                sum12 = ae_splat(bias[0]); sum13 = ae_splat(bias[0]);
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 16; i++) {
                        const ae_real *const input_at = input + (g * 25088 + y * 1792 - ky * 1792 + i * 8);
                        const ae_real *const weight_at = weight + (ky * 240 + i * 15);
                        const ae_vector t13 = ae_load(input_at + 1664); AE_FMA(sum0, t13, ae_splat(weight_at[1]));
                        AE_FMA(sum1, t13, ae_splat(weight_at[2])); AE_FMA(sum2, t13, ae_splat(weight_at[3]));
                        AE_FMA(sum3, t13, ae_splat(weight_at[4])); AE_FMA(sum4, t13, ae_splat(weight_at[5]));
                        AE_FMA(sum5, t13, ae_splat(weight_at[6])); AE_FMA(sum6, t13, ae_splat(weight_at[7]));
                        AE_FMA(sum7, t13, ae_splat(weight_at[8])); AE_FMA(sum8, t13, ae_splat(weight_at[9]));
                        AE_FMA(sum9, t13, ae_splat(weight_at[10])); AE_FMA(sum10, t13, ae_splat(weight_at[11]));
                        AE_FMA(sum11, t13, ae_splat(weight_at[12])); AE_FMA(sum12, t13, ae_splat(weight_at[13]));
                        AE_FMA(sum13, t13, ae_splat(weight_at[14]));
                        const ae_vector t12 = ae_load(input_at + 1536); AE_FMA(sum0, t12, ae_splat(weight_at[2]));
                        AE_FMA(sum1, t12, ae_splat(weight_at[3])); AE_FMA(sum2, t12, ae_splat(weight_at[4]));
                        AE_FMA(sum3, t12, ae_splat(weight_at[5])); AE_FMA(sum4, t12, ae_splat(weight_at[6]));
                        AE_FMA(sum5, t12, ae_splat(weight_at[7])); AE_FMA(sum6, t12, ae_splat(weight_at[8]));
                        AE_FMA(sum7, t12, ae_splat(weight_at[9])); AE_FMA(sum8, t12, ae_splat(weight_at[10]));
                        AE_FMA(sum9, t12, ae_splat(weight_at[11])); AE_FMA(sum10, t12, ae_splat(weight_at[12]));
                        AE_FMA(sum11, t12, ae_splat(weight_at[13])); AE_FMA(sum12, t12, ae_splat(weight_at[14]));
                        const ae_vector t11 = ae_load(input_at + 1408); AE_FMA(sum0, t11, ae_splat(weight_at[3]));
                        AE_FMA(sum1, t11, ae_splat(weight_at[4])); AE_FMA(sum2, t11, ae_splat(weight_at[5]));
                        AE_FMA(sum3, t11, ae_splat(weight_at[6])); AE_FMA(sum4, t11, ae_splat(weight_at[7]));
                        AE_FMA(sum5, t11, ae_splat(weight_at[8])); AE_FMA(sum6, t11, ae_splat(weight_at[9]));
                        AE_FMA(sum7, t11, ae_splat(weight_at[10])); AE_FMA(sum8, t11, ae_splat(weight_at[11]));
                        AE_FMA(sum9, t11, ae_splat(weight_at[12])); AE_FMA(sum10, t11, ae_splat(weight_at[13]));
                        AE_FMA(sum11, t11, ae_splat(weight_at[14]));
                        const ae_vector t10 = ae_load(input_at + 1280); AE_FMA(sum0, t10, ae_splat(weight_at[4]));
                        AE_FMA(sum1, t10, ae_splat(weight_at[5])); AE_FMA(sum2, t10, ae_splat(weight_at[6]));
                        AE_FMA(sum3, t10, ae_splat(weight_at[7])); AE_FMA(sum4, t10, ae_splat(weight_at[8]));
                        AE_FMA(sum5, t10, ae_splat(weight_at[9])); AE_FMA(sum6, t10, ae_splat(weight_at[10]));
                        AE_FMA(sum7, t10, ae_splat(weight_at[11])); AE_FMA(sum8, t10, ae_splat(weight_at[12]));
                        AE_FMA(sum9, t10, ae_splat(weight_at[13])); AE_FMA(sum10, t10, ae_splat(weight_at[14]));
                        const ae_vector t9 = ae_load(input_at + 1152); AE_FMA(sum0, t9, ae_splat(weight_at[5]));
                        AE_FMA(sum1, t9, ae_splat(weight_at[6])); AE_FMA(sum2, t9, ae_splat(weight_at[7]));
                        AE_FMA(sum3, t9, ae_splat(weight_at[8])); AE_FMA(sum4, t9, ae_splat(weight_at[9]));
                        AE_FMA(sum5, t9, ae_splat(weight_at[10])); AE_FMA(sum6, t9, ae_splat(weight_at[11]));
                        AE_FMA(sum7, t9, ae_splat(weight_at[12])); AE_FMA(sum8, t9, ae_splat(weight_at[13]));
                        AE_FMA(sum9, t9, ae_splat(weight_at[14]));
                        const ae_vector t8 = ae_load(input_at + 1024); AE_FMA(sum0, t8, ae_splat(weight_at[6]));
                        AE_FMA(sum1, t8, ae_splat(weight_at[7])); AE_FMA(sum2, t8, ae_splat(weight_at[8]));
                        AE_FMA(sum3, t8, ae_splat(weight_at[9])); AE_FMA(sum4, t8, ae_splat(weight_at[10]));
                        AE_FMA(sum5, t8, ae_splat(weight_at[11])); AE_FMA(sum6, t8, ae_splat(weight_at[12]));
                        AE_FMA(sum7, t8, ae_splat(weight_at[13])); AE_FMA(sum8, t8, ae_splat(weight_at[14]));
                        const ae_vector t7 = ae_load(input_at + 896); AE_FMA(sum0, t7, ae_splat(weight_at[7]));
                        AE_FMA(sum1, t7, ae_splat(weight_at[8])); AE_FMA(sum2, t7, ae_splat(weight_at[9]));
                        AE_FMA(sum3, t7, ae_splat(weight_at[10])); AE_FMA(sum4, t7, ae_splat(weight_at[11]));
                        AE_FMA(sum5, t7, ae_splat(weight_at[12])); AE_FMA(sum6, t7, ae_splat(weight_at[13]));
                        AE_FMA(sum7, t7, ae_splat(weight_at[14]));
                        const ae_vector t6 = ae_load(input_at + 768); AE_FMA(sum0, t6, ae_splat(weight_at[8]));
                        AE_FMA(sum1, t6, ae_splat(weight_at[9])); AE_FMA(sum2, t6, ae_splat(weight_at[10]));
                        AE_FMA(sum3, t6, ae_splat(weight_at[11])); AE_FMA(sum4, t6, ae_splat(weight_at[12]));
                        AE_FMA(sum5, t6, ae_splat(weight_at[13])); AE_FMA(sum6, t6, ae_splat(weight_at[14]));
                        const ae_vector t5 = ae_load(input_at + 640); AE_FMA(sum0, t5, ae_splat(weight_at[9]));
                        AE_FMA(sum1, t5, ae_splat(weight_at[10])); AE_FMA(sum2, t5, ae_splat(weight_at[11]));
                        AE_FMA(sum3, t5, ae_splat(weight_at[12])); AE_FMA(sum4, t5, ae_splat(weight_at[13]));
                        AE_FMA(sum5, t5, ae_splat(weight_at[14]));
                        const ae_vector t4 = ae_load(input_at + 512); AE_FMA(sum0, t4, ae_splat(weight_at[10]));
                        AE_FMA(sum1, t4, ae_splat(weight_at[11])); AE_FMA(sum2, t4, ae_splat(weight_at[12]));
                        AE_FMA(sum3, t4, ae_splat(weight_at[13])); AE_FMA(sum4, t4, ae_splat(weight_at[14]));
                        const ae_vector t3 = ae_load(input_at + 384); AE_FMA(sum0, t3, ae_splat(weight_at[11]));
                        AE_FMA(sum1, t3, ae_splat(weight_at[12])); AE_FMA(sum2, t3, ae_splat(weight_at[13]));
                        AE_FMA(sum3, t3, ae_splat(weight_at[14]));
                        const ae_vector t2 = ae_load(input_at + 256); AE_FMA(sum0, t2, ae_splat(weight_at[12]));
                        AE_FMA(sum1, t2, ae_splat(weight_at[13])); AE_FMA(sum2, t2, ae_splat(weight_at[14]));
                        const ae_vector t1 = ae_load(input_at + 128); AE_FMA(sum0, t1, ae_splat(weight_at[13]));
                        AE_FMA(sum1, t1, ae_splat(weight_at[14]));
                        AE_FMA(sum0, ae_load(input_at), ae_splat(weight_at[14]));
                    }
                }
                ae_real *const output_at = output + (g * 6272 + y * 224);
                ae_store(output_at + 112, sum0);
                ae_store(output_at + 120, sum1);
                ae_store(output_at + 128, sum2);
                ae_store(output_at + 136, sum3);
                ae_store(output_at + 144, sum4);
                ae_store(output_at + 152, sum5);
                ae_store(output_at + 160, sum6);
                ae_store(output_at + 168, sum7);
                ae_store(output_at + 176, sum8);
                ae_store(output_at + 184, sum9);
                ae_store(output_at + 192, sum10);
                ae_store(output_at + 200, sum11);
                ae_store(output_at + 208, sum12);
                ae_store(output_at + 216, sum13);
            }
        }
    }
}

// decoder.4 unpack (aec.aespec:19): 784 elements
AE_KERNEL void net_decoder_4_unpack(ptrdiff_t samples,
        const ae_real *restrict input,
        ae_real *restrict output) {
    ae_unpack(samples, 784, 784, input, output);
}

// mse forward (aec.aespec:22): 784 elements
//   subtract, multiply, sum, scale, scale, multiply
AE_KERNEL void net_loss_mse_forward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real *restrict in0,
        const ae_real *restrict in1,
        ae_real *restrict out0,
        ae_real *restrict out1) {
    const ae_real u31 = term_scale[0];
    const ae_real u32 = u31 * AE_REAL(0x1.4e5e0a72f0539p-10);
    const ae_real u33 = u32;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial2[2] = {{0}};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            const ae_real *const in0_at = in0 + (s * 784 + i);
            const ae_real *const in1_at = in1 + (s * 784 + i);
            ae_real *const out1_at = out1 + (s * 784 + i);
            {
                const ae_vector v0 = ae_load(in0_at) - ae_load(in1_at); partial2[0] += (v0 * v0);
                ae_store(out1_at, (ae_splat(u33) * (v0 * ae_splat(AE_REAL(2.0)))));
            }
            {
                const ae_vector v0 = ae_load(in0_at + 8) - ae_load(in1_at + 8); partial2[1] += (v0 * v0);
                ae_store(out1_at + 8, (ae_splat(u33) * (v0 * ae_splat(AE_REAL(2.0)))));
            }
        }
        const ae_real v2 = ae_vector_join(partial2);
        const ae_real v3 = v2 * AE_REAL(0x1.4e5e0a72f0539p-10);
        out0[s] = v3;
    }
}

// decoder.4 backward (aec.aespec:19): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample; then select
//   What the layer spread over its output is gathered again: the gradient of a transposed convolution's
//   input is the convolution of its output's gradient with the same weight.
//   output[y][x][o] = sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 14 sums together: 14 positions x 1 vector of 8 output channels.
AE_KERNEL void net_decoder_4_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 16; c += 8) {
            for (ptrdiff_t y = 0; y < 14; y++) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13;
                sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
                sum3 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
                sum6 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0)); sum8 = ae_splat(AE_REAL(0.0));
                sum9 = ae_splat(AE_REAL(0.0)); sum10 = ae_splat(AE_REAL(0.0)); sum11 = ae_splat(AE_REAL(0.0));
                sum12 = ae_splat(AE_REAL(0.0)); sum13 = ae_splat(AE_REAL(0.0));
                for (ptrdiff_t ky = 0; ky < 15; ky++) {
                    for (ptrdiff_t j = 0; j < 15; j++) {
                        const ae_real *const input_at = input + (s * 784 + y * 28 + ky * 28 + j);
                        const ae_vector w0 = ae_load(weight + ky * 240 + j * 16 + c);
                        AE_FMA(sum0, ae_splat(input_at[0]), w0); AE_FMA(sum1, ae_splat(input_at[1]), w0);
                        AE_FMA(sum2, ae_splat(input_at[2]), w0); AE_FMA(sum3, ae_splat(input_at[3]), w0);
                        AE_FMA(sum4, ae_splat(input_at[4]), w0); AE_FMA(sum5, ae_splat(input_at[5]), w0);
                        AE_FMA(sum6, ae_splat(input_at[6]), w0); AE_FMA(sum7, ae_splat(input_at[7]), w0);
                        AE_FMA(sum8, ae_splat(input_at[8]), w0); AE_FMA(sum9, ae_splat(input_at[9]), w0);
                        AE_FMA(sum10, ae_splat(input_at[10]), w0); AE_FMA(sum11, ae_splat(input_at[11]), w0);
                        AE_FMA(sum12, ae_splat(input_at[12]), w0); AE_FMA(sum13, ae_splat(input_at[13]), w0);
                    }
                }
                const ae_real *const in0_at = in0 + (s * 3136 + y * 224 + c);
                ae_real *const out0_at = out0 + (s * 3136 + y * 224 + c);
                ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
                ae_store(out0_at + 16, ae_vector_select(ae_load(in0_at + 16), ae_splat(AE_REAL(0.0)), sum1));
                ae_store(out0_at + 32, ae_vector_select(ae_load(in0_at + 32), ae_splat(AE_REAL(0.0)), sum2));
                ae_store(out0_at + 48, ae_vector_select(ae_load(in0_at + 48), ae_splat(AE_REAL(0.0)), sum3));
                ae_store(out0_at + 64, ae_vector_select(ae_load(in0_at + 64), ae_splat(AE_REAL(0.0)), sum4));
                ae_store(out0_at + 80, ae_vector_select(ae_load(in0_at + 80), ae_splat(AE_REAL(0.0)), sum5));
                ae_store(out0_at + 96, ae_vector_select(ae_load(in0_at + 96), ae_splat(AE_REAL(0.0)), sum6));
                ae_store(out0_at + 112, ae_vector_select(ae_load(in0_at + 112), ae_splat(AE_REAL(0.0)), sum7));
                ae_store(out0_at + 128, ae_vector_select(ae_load(in0_at + 128), ae_splat(AE_REAL(0.0)), sum8));
                ae_store(out0_at + 144, ae_vector_select(ae_load(in0_at + 144), ae_splat(AE_REAL(0.0)), sum9));
                ae_store(out0_at + 160, ae_vector_select(ae_load(in0_at + 160), ae_splat(AE_REAL(0.0)), sum10));
                ae_store(out0_at + 176, ae_vector_select(ae_load(in0_at + 176), ae_splat(AE_REAL(0.0)), sum11));
                ae_store(out0_at + 192, ae_vector_select(ae_load(in0_at + 192), ae_splat(AE_REAL(0.0)), sum12));
                ae_store(out0_at + 208, ae_vector_select(ae_load(in0_at + 208), ae_splat(AE_REAL(0.0)), sum13));
            }
        }
    }
}

// decoder.4 weight_gradient (aec.aespec:19): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample
// encoder.0 weight_gradient (aec.aespec:9): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample
//   Each weight gets the products of the pairs it joined: gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
//   Up to 10 sums together: 5 weight rows x 2 vectors of 8 channels of the small image.
AE_KERNEL void net_decoder_4_weight_gradient(ptrdiff_t samples,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t ky = 0; ky < 15; ky++) {
        for (ptrdiff_t j = 0; j < 15; j += 5) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9;
            ae_real *const gradient_at = gradient + (ky * 240 + j * 16);
            sum0 = ae_load(gradient_at); sum2 = ae_load(gradient_at + 16); sum4 = ae_load(gradient_at + 32);
            sum6 = ae_load(gradient_at + 48); sum8 = ae_load(gradient_at + 64);
            sum1 = ae_load(gradient_at + 8); sum3 = ae_load(gradient_at + 24); sum5 = ae_load(gradient_at + 40);
            sum7 = ae_load(gradient_at + 56); sum9 = ae_load(gradient_at + 72);
            for (ptrdiff_t s = 0; s < samples; s++) {
                for (ptrdiff_t y = 0; y < 14; y++) {
                    for (ptrdiff_t x = 0; x < 14; x++) {
                        const ae_real *const small_at = small + (s * 3136 + y * 224 + x * 16);
                        const ae_real *const large_at = large + (s * 784 + y * 28 + ky * 28 + x + j);
                        const ae_vector g0 = ae_load(small_at);
                        const ae_vector g1 = ae_load(small_at + 8);
                        const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                        const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum2, t1, g0); AE_FMA(sum3, t1, g1);
                        const ae_vector t2 = ae_splat(large_at[2]); AE_FMA(sum4, t2, g0); AE_FMA(sum5, t2, g1);
                        const ae_vector t3 = ae_splat(large_at[3]); AE_FMA(sum6, t3, g0); AE_FMA(sum7, t3, g1);
                        const ae_vector t4 = ae_splat(large_at[4]); AE_FMA(sum8, t4, g0); AE_FMA(sum9, t4, g1);
                    }
                }
            }
            ae_store(gradient_at, sum0); ae_store(gradient_at + 16, sum2); ae_store(gradient_at + 32, sum4);
            ae_store(gradient_at + 48, sum6); ae_store(gradient_at + 64, sum8);
            ae_store(gradient_at + 8, sum1); ae_store(gradient_at + 24, sum3); ae_store(gradient_at + 40, sum5);
            ae_store(gradient_at + 56, sum7); ae_store(gradient_at + 72, sum9);
        }
    }
}

// decoder.4 bias_gradient (aec.aespec:19): 1 elements
//   gradient[c] += sum over samples and positions of image[y][x][c]
AE_KERNEL void net_decoder_4_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial[2] = {{0}};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            const ae_real *const image_at = image + (s * 784 + i);
            partial[0] += ae_load(image_at);
            partial[1] += ae_load(image_at + 8);
        }
        const ae_real sum = ae_vector_join(partial);
        gradient[0] += sum;
    }
}

// decoder.2 backward (aec.aespec:18): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample; then select
//   What the layer spread over its output is gathered again: the gradient of a transposed convolution's
//   input is the convolution of its output's gradient with the same weight.
//   output[y][x][o] = sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 8 output channels.
AE_KERNEL void net_decoder_2_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 32; c += 8) {
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
                sum3 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
                sum6 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0));
                for (ptrdiff_t ky = 0; ky < 7; ky++) {
                    for (ptrdiff_t j = 0; j < 112; j++) {
                        const ae_real *const input_at = input + (s * 3136 + y * 224 + ky * 224 + j);
                        const ae_vector w0 = ae_load(weight + ky * 3584 + j * 32 + c);
                        AE_FMA(sum0, ae_splat(input_at[0]), w0); AE_FMA(sum1, ae_splat(input_at[16]), w0);
                        AE_FMA(sum2, ae_splat(input_at[32]), w0); AE_FMA(sum3, ae_splat(input_at[48]), w0);
                        AE_FMA(sum4, ae_splat(input_at[64]), w0); AE_FMA(sum5, ae_splat(input_at[80]), w0);
                        AE_FMA(sum6, ae_splat(input_at[96]), w0); AE_FMA(sum7, ae_splat(input_at[112]), w0);
                    }
                }
                const ae_real *const in0_at = in0 + (s * 2048 + y * 256 + c);
                ae_real *const out0_at = out0 + (s * 2048 + y * 256 + c);
                ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
                ae_store(out0_at + 32, ae_vector_select(ae_load(in0_at + 32), ae_splat(AE_REAL(0.0)), sum1));
                ae_store(out0_at + 64, ae_vector_select(ae_load(in0_at + 64), ae_splat(AE_REAL(0.0)), sum2));
                ae_store(out0_at + 96, ae_vector_select(ae_load(in0_at + 96), ae_splat(AE_REAL(0.0)), sum3));
                ae_store(out0_at + 128, ae_vector_select(ae_load(in0_at + 128), ae_splat(AE_REAL(0.0)), sum4));
                ae_store(out0_at + 160, ae_vector_select(ae_load(in0_at + 160), ae_splat(AE_REAL(0.0)), sum5));
                ae_store(out0_at + 192, ae_vector_select(ae_load(in0_at + 192), ae_splat(AE_REAL(0.0)), sum6));
                ae_store(out0_at + 224, ae_vector_select(ae_load(in0_at + 224), ae_splat(AE_REAL(0.0)), sum7));
            }
        }
    }
}

// decoder.2 weight_gradient (aec.aespec:18): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample
// encoder.2 weight_gradient (aec.aespec:10): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample
//   Each weight gets the products of the pairs it joined: gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
//   Up to 12 sums together: 6 weight rows x 2 vectors of 8 channels of the small image.
AE_KERNEL void net_decoder_2_weight_gradient(ptrdiff_t samples,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 32; c += 16) {
        for (ptrdiff_t ky = 0; ky < 7; ky++) {
            for (ptrdiff_t j = 0; j < 102; j += 6) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11;
                ae_real *const gradient_at = gradient + (ky * 3584 + j * 32 + c);
                sum0 = ae_load(gradient_at); sum2 = ae_load(gradient_at + 32); sum4 = ae_load(gradient_at + 64);
                sum6 = ae_load(gradient_at + 96); sum8 = ae_load(gradient_at + 128);
                sum10 = ae_load(gradient_at + 160);
                sum1 = ae_load(gradient_at + 8); sum3 = ae_load(gradient_at + 40); sum5 = ae_load(gradient_at + 72);
                sum7 = ae_load(gradient_at + 104); sum9 = ae_load(gradient_at + 136);
                sum11 = ae_load(gradient_at + 168);
                for (ptrdiff_t s = 0; s < samples; s++) {
                    for (ptrdiff_t y = 0; y < 8; y++) {
                        for (ptrdiff_t x = 0; x < 8; x++) {
                            const ae_real *const small_at = small + (s * 2048 + y * 256 + x * 32 + c);
                            const ae_real *const large_at = large + (s * 3136 + y * 224 + ky * 224 + x * 16 + j);
                            const ae_vector g0 = ae_load(small_at);
                            const ae_vector g1 = ae_load(small_at + 8);
                            const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                            const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum2, t1, g0); AE_FMA(sum3, t1, g1);
                            const ae_vector t2 = ae_splat(large_at[2]); AE_FMA(sum4, t2, g0); AE_FMA(sum5, t2, g1);
                            const ae_vector t3 = ae_splat(large_at[3]); AE_FMA(sum6, t3, g0); AE_FMA(sum7, t3, g1);
                            const ae_vector t4 = ae_splat(large_at[4]); AE_FMA(sum8, t4, g0); AE_FMA(sum9, t4, g1);
                            const ae_vector t5 = ae_splat(large_at[5]); AE_FMA(sum10, t5, g0); AE_FMA(sum11, t5, g1);
                        }
                    }
                }
                ae_store(gradient_at, sum0); ae_store(gradient_at + 32, sum2); ae_store(gradient_at + 64, sum4);
                ae_store(gradient_at + 96, sum6); ae_store(gradient_at + 128, sum8);
                ae_store(gradient_at + 160, sum10);
                ae_store(gradient_at + 8, sum1); ae_store(gradient_at + 40, sum3); ae_store(gradient_at + 72, sum5);
                ae_store(gradient_at + 104, sum7); ae_store(gradient_at + 136, sum9);
                ae_store(gradient_at + 168, sum11);
            }
            for (ptrdiff_t j = 102; j < 112; j += 5) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9;
                ae_real *const gradient_at = gradient + (ky * 3584 + j * 32 + c);
                sum0 = ae_load(gradient_at); sum2 = ae_load(gradient_at + 32); sum4 = ae_load(gradient_at + 64);
                sum6 = ae_load(gradient_at + 96); sum8 = ae_load(gradient_at + 128);
                sum1 = ae_load(gradient_at + 8); sum3 = ae_load(gradient_at + 40); sum5 = ae_load(gradient_at + 72);
                sum7 = ae_load(gradient_at + 104); sum9 = ae_load(gradient_at + 136);
                for (ptrdiff_t s = 0; s < samples; s++) {
                    for (ptrdiff_t y = 0; y < 8; y++) {
                        for (ptrdiff_t x = 0; x < 8; x++) {
                            const ae_real *const small_at = small + (s * 2048 + y * 256 + x * 32 + c);
                            const ae_real *const large_at = large + (s * 3136 + y * 224 + ky * 224 + x * 16 + j);
                            const ae_vector g0 = ae_load(small_at);
                            const ae_vector g1 = ae_load(small_at + 8);
                            const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                            const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum2, t1, g0); AE_FMA(sum3, t1, g1);
                            const ae_vector t2 = ae_splat(large_at[2]); AE_FMA(sum4, t2, g0); AE_FMA(sum5, t2, g1);
                            const ae_vector t3 = ae_splat(large_at[3]); AE_FMA(sum6, t3, g0); AE_FMA(sum7, t3, g1);
                            const ae_vector t4 = ae_splat(large_at[4]); AE_FMA(sum8, t4, g0); AE_FMA(sum9, t4, g1);
                        }
                    }
                }
                ae_store(gradient_at, sum0); ae_store(gradient_at + 32, sum2); ae_store(gradient_at + 64, sum4);
                ae_store(gradient_at + 96, sum6); ae_store(gradient_at + 128, sum8);
                ae_store(gradient_at + 8, sum1); ae_store(gradient_at + 40, sum3); ae_store(gradient_at + 72, sum5);
                ae_store(gradient_at + 104, sum7); ae_store(gradient_at + 136, sum9);
            }
        }
    }
}

// decoder.2 bias_gradient (aec.aespec:18): 16 elements
// encoder.0 bias_gradient (aec.aespec:9): 16 elements
//   gradient[c] += sum over samples and positions of image[y][x][c]
AE_KERNEL void net_decoder_2_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    ae_vector sum0;
    sum0 = ae_load(gradient);
    ae_vector sum1;
    sum1 = ae_load(gradient + 8);
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t i = 0; i < 196; i++) {
            const ae_real *const image_at = image + (s * 3136 + i * 16);
            sum0 += ae_load(image_at);
            sum1 += ae_load(image_at + 8);
        }
    }
    ae_store(gradient, sum0);
    ae_store(gradient + 8, sum1);
}

// decoder.0 backward (aec.aespec:17): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample; then select
//   What the layer spread over its output is gathered again: the gradient of a transposed convolution's
//   input is the convolution of its output's gradient with the same weight.
//   output[y][x][o] = sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 8 output channels.
AE_KERNEL void net_decoder_0_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 64; c += 8) {
            for (ptrdiff_t y = 0; y < 4; y += 2) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
                sum3 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
                sum6 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0));
                for (ptrdiff_t ky = 0; ky < 5; ky++) {
                    for (ptrdiff_t j = 0; j < 160; j++) {
                        const ae_real *const input_at = input + (s * 2048 + y * 256 + ky * 256 + j);
                        const ae_vector w0 = ae_load(weight + ky * 10240 + j * 64 + c);
                        AE_FMA(sum0, ae_splat(input_at[0]), w0); AE_FMA(sum1, ae_splat(input_at[32]), w0);
                        AE_FMA(sum2, ae_splat(input_at[64]), w0); AE_FMA(sum3, ae_splat(input_at[96]), w0);
                        AE_FMA(sum4, ae_splat(input_at[256]), w0); AE_FMA(sum5, ae_splat(input_at[288]), w0);
                        AE_FMA(sum6, ae_splat(input_at[320]), w0); AE_FMA(sum7, ae_splat(input_at[352]), w0);
                    }
                }
                const ae_real *const in0_at = in0 + (s * 1024 + y * 256 + c);
                ae_real *const out0_at = out0 + (s * 1024 + y * 256 + c);
                ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
                ae_store(out0_at + 64, ae_vector_select(ae_load(in0_at + 64), ae_splat(AE_REAL(0.0)), sum1));
                ae_store(out0_at + 128, ae_vector_select(ae_load(in0_at + 128), ae_splat(AE_REAL(0.0)), sum2));
                ae_store(out0_at + 192, ae_vector_select(ae_load(in0_at + 192), ae_splat(AE_REAL(0.0)), sum3));
                ae_store(out0_at + 256, ae_vector_select(ae_load(in0_at + 256), ae_splat(AE_REAL(0.0)), sum4));
                ae_store(out0_at + 320, ae_vector_select(ae_load(in0_at + 320), ae_splat(AE_REAL(0.0)), sum5));
                ae_store(out0_at + 384, ae_vector_select(ae_load(in0_at + 384), ae_splat(AE_REAL(0.0)), sum6));
                ae_store(out0_at + 448, ae_vector_select(ae_load(in0_at + 448), ae_splat(AE_REAL(0.0)), sum7));
            }
        }
    }
}

// decoder.0 weight_gradient (aec.aespec:17): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample
// encoder.4 weight_gradient (aec.aespec:11): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample
//   Each weight gets the products of the pairs it joined: gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
//   Up to 12 sums together: 6 weight rows x 2 vectors of 8 channels of the small image.
AE_KERNEL void net_decoder_0_weight_gradient(ptrdiff_t samples,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        for (ptrdiff_t ky = 0; ky < 5; ky++) {
            for (ptrdiff_t j = 0; j < 150; j += 6) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11;
                ae_real *const gradient_at = gradient + (ky * 10240 + j * 64 + c);
                sum0 = ae_load(gradient_at); sum2 = ae_load(gradient_at + 64); sum4 = ae_load(gradient_at + 128);
                sum6 = ae_load(gradient_at + 192); sum8 = ae_load(gradient_at + 256);
                sum10 = ae_load(gradient_at + 320);
                sum1 = ae_load(gradient_at + 8); sum3 = ae_load(gradient_at + 72); sum5 = ae_load(gradient_at + 136);
                sum7 = ae_load(gradient_at + 200); sum9 = ae_load(gradient_at + 264);
                sum11 = ae_load(gradient_at + 328);
                for (ptrdiff_t s = 0; s < samples; s++) {
                    for (ptrdiff_t y = 0; y < 4; y++) {
                        for (ptrdiff_t x = 0; x < 4; x++) {
                            const ae_real *const small_at = small + (s * 1024 + y * 256 + x * 64 + c);
                            const ae_real *const large_at = large + (s * 2048 + y * 256 + ky * 256 + x * 32 + j);
                            const ae_vector g0 = ae_load(small_at);
                            const ae_vector g1 = ae_load(small_at + 8);
                            const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                            const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum2, t1, g0); AE_FMA(sum3, t1, g1);
                            const ae_vector t2 = ae_splat(large_at[2]); AE_FMA(sum4, t2, g0); AE_FMA(sum5, t2, g1);
                            const ae_vector t3 = ae_splat(large_at[3]); AE_FMA(sum6, t3, g0); AE_FMA(sum7, t3, g1);
                            const ae_vector t4 = ae_splat(large_at[4]); AE_FMA(sum8, t4, g0); AE_FMA(sum9, t4, g1);
                            const ae_vector t5 = ae_splat(large_at[5]); AE_FMA(sum10, t5, g0); AE_FMA(sum11, t5, g1);
                        }
                    }
                }
                ae_store(gradient_at, sum0); ae_store(gradient_at + 64, sum2); ae_store(gradient_at + 128, sum4);
                ae_store(gradient_at + 192, sum6); ae_store(gradient_at + 256, sum8);
                ae_store(gradient_at + 320, sum10);
                ae_store(gradient_at + 8, sum1); ae_store(gradient_at + 72, sum3); ae_store(gradient_at + 136, sum5);
                ae_store(gradient_at + 200, sum7); ae_store(gradient_at + 264, sum9);
                ae_store(gradient_at + 328, sum11);
            }
            for (ptrdiff_t j = 150; j < 160; j += 5) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9;
                ae_real *const gradient_at = gradient + (ky * 10240 + j * 64 + c);
                sum0 = ae_load(gradient_at); sum2 = ae_load(gradient_at + 64); sum4 = ae_load(gradient_at + 128);
                sum6 = ae_load(gradient_at + 192); sum8 = ae_load(gradient_at + 256);
                sum1 = ae_load(gradient_at + 8); sum3 = ae_load(gradient_at + 72); sum5 = ae_load(gradient_at + 136);
                sum7 = ae_load(gradient_at + 200); sum9 = ae_load(gradient_at + 264);
                for (ptrdiff_t s = 0; s < samples; s++) {
                    for (ptrdiff_t y = 0; y < 4; y++) {
                        for (ptrdiff_t x = 0; x < 4; x++) {
                            const ae_real *const small_at = small + (s * 1024 + y * 256 + x * 64 + c);
                            const ae_real *const large_at = large + (s * 2048 + y * 256 + ky * 256 + x * 32 + j);
                            const ae_vector g0 = ae_load(small_at);
                            const ae_vector g1 = ae_load(small_at + 8);
                            const ae_vector t0 = ae_splat(large_at[0]); AE_FMA(sum0, t0, g0); AE_FMA(sum1, t0, g1);
                            const ae_vector t1 = ae_splat(large_at[1]); AE_FMA(sum2, t1, g0); AE_FMA(sum3, t1, g1);
                            const ae_vector t2 = ae_splat(large_at[2]); AE_FMA(sum4, t2, g0); AE_FMA(sum5, t2, g1);
                            const ae_vector t3 = ae_splat(large_at[3]); AE_FMA(sum6, t3, g0); AE_FMA(sum7, t3, g1);
                            const ae_vector t4 = ae_splat(large_at[4]); AE_FMA(sum8, t4, g0); AE_FMA(sum9, t4, g1);
                        }
                    }
                }
                ae_store(gradient_at, sum0); ae_store(gradient_at + 64, sum2); ae_store(gradient_at + 128, sum4);
                ae_store(gradient_at + 192, sum6); ae_store(gradient_at + 256, sum8);
                ae_store(gradient_at + 8, sum1); ae_store(gradient_at + 72, sum3); ae_store(gradient_at + 136, sum5);
                ae_store(gradient_at + 200, sum7); ae_store(gradient_at + 264, sum9);
            }
        }
    }
}

// decoder.0 bias_gradient (aec.aespec:17): 32 elements
// encoder.2 bias_gradient (aec.aespec:10): 32 elements
//   gradient[c] += sum over samples and positions of image[y][x][c]
AE_KERNEL void net_decoder_0_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    ae_vector sum0;
    sum0 = ae_load(gradient);
    ae_vector sum1;
    sum1 = ae_load(gradient + 8);
    ae_vector sum2;
    sum2 = ae_load(gradient + 16);
    ae_vector sum3;
    sum3 = ae_load(gradient + 24);
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t i = 0; i < 64; i++) {
            const ae_real *const image_at = image + (s * 2048 + i * 32);
            sum0 += ae_load(image_at);
            sum1 += ae_load(image_at + 8);
            sum2 += ae_load(image_at + 16);
            sum3 += ae_load(image_at + 24);
        }
    }
    ae_store(gradient, sum0);
    ae_store(gradient + 8, sum1);
    ae_store(gradient + 16, sum2);
    ae_store(gradient + 24, sum3);
}

// encoder.4 backward (aec.aespec:11): [64, 4, 4] -> [32, 8, 8], kernel 5x5, 1638400 FLOP a sample; then select
//   What the layer gathered is spread again: the gradient of a convolution's input is the transposed
//   convolution of its output's gradient: input row y met kernel row ky in output row
//   (y + padding - ky) / stride, where the division leaves no rest.
//   output[y][x][o] = sum over ky, i, kx of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 8 sums together: 2 positions x 4 vectors of 8 output channels.
AE_KERNEL void net_encoder_4_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t y = 0; y < 8; y++) {
            {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0));
                sum1 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
                sum2 = ae_splat(AE_REAL(0.0)); sum6 = ae_splat(AE_REAL(0.0));
                sum3 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0));
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 64; i++) {
                        const ae_real *const input_at = input + (s * 1024 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 10240 + i * 160);
                        const ae_vector t0 = ae_splat(input_at[0]);
                        const ae_vector t1 = ae_splat(input_at[64]);
                        const ae_vector w0_0 = ae_load(weight_at);
                        const ae_vector w0_1 = ae_load(weight_at + 8);
                        const ae_vector w0_2 = ae_load(weight_at + 16);
                        const ae_vector w0_3 = ae_load(weight_at + 24); AE_FMA(sum0, t0, w0_0);
                        AE_FMA(sum1, t0, w0_1); AE_FMA(sum2, t0, w0_2); AE_FMA(sum3, t0, w0_3);
                        AE_FMA(sum4, t1, w0_0); AE_FMA(sum5, t1, w0_1); AE_FMA(sum6, t1, w0_2);
                        AE_FMA(sum7, t1, w0_3); AE_FMA(sum4, t0, ae_load(weight_at + 32));
                        AE_FMA(sum5, t0, ae_load(weight_at + 40)); AE_FMA(sum6, t0, ae_load(weight_at + 48));
                        AE_FMA(sum7, t0, ae_load(weight_at + 56));
                    }
                }
                const ae_real *const in0_at = in0 + (s * 2048 + y * 256);
                ae_real *const out0_at = out0 + (s * 2048 + y * 256);
                ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
                ae_store(out0_at + 8, ae_vector_select(ae_load(in0_at + 8), ae_splat(AE_REAL(0.0)), sum1));
                ae_store(out0_at + 16, ae_vector_select(ae_load(in0_at + 16), ae_splat(AE_REAL(0.0)), sum2));
                ae_store(out0_at + 24, ae_vector_select(ae_load(in0_at + 24), ae_splat(AE_REAL(0.0)), sum3));
                ae_store(out0_at + 32, ae_vector_select(ae_load(in0_at + 32), ae_splat(AE_REAL(0.0)), sum4));
                ae_store(out0_at + 40, ae_vector_select(ae_load(in0_at + 40), ae_splat(AE_REAL(0.0)), sum5));
                ae_store(out0_at + 48, ae_vector_select(ae_load(in0_at + 48), ae_splat(AE_REAL(0.0)), sum6));
                ae_store(out0_at + 56, ae_vector_select(ae_load(in0_at + 56), ae_splat(AE_REAL(0.0)), sum7));
            }
            {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0));
                sum1 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
                sum2 = ae_splat(AE_REAL(0.0)); sum6 = ae_splat(AE_REAL(0.0));
                sum3 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0));
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 64; i++) {
                        const ae_real *const input_at = input + (s * 1024 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 10240 + i * 160);
                        const ae_vector t0 = ae_splat(input_at[0]);
                        const ae_vector t1 = ae_splat(input_at[64]);
                        const ae_vector t2 = ae_splat(input_at[128]);
                        const ae_vector t3 = ae_splat(input_at[192]);
                        const ae_vector w0_0 = ae_load(weight_at);
                        const ae_vector w0_1 = ae_load(weight_at + 8);
                        const ae_vector w0_2 = ae_load(weight_at + 16);
                        const ae_vector w0_3 = ae_load(weight_at + 24); AE_FMA(sum0, t2, w0_0);
                        AE_FMA(sum1, t2, w0_1); AE_FMA(sum2, t2, w0_2); AE_FMA(sum3, t2, w0_3);
                        AE_FMA(sum4, t3, w0_0); AE_FMA(sum5, t3, w0_1); AE_FMA(sum6, t3, w0_2);
                        AE_FMA(sum7, t3, w0_3);
                        const ae_vector w1_0 = ae_load(weight_at + 32);
                        const ae_vector w1_1 = ae_load(weight_at + 40);
                        const ae_vector w1_2 = ae_load(weight_at + 48);
                        const ae_vector w1_3 = ae_load(weight_at + 56); AE_FMA(sum0, t1, w1_0);
                        AE_FMA(sum1, t1, w1_1); AE_FMA(sum2, t1, w1_2); AE_FMA(sum3, t1, w1_3);
                        AE_FMA(sum4, t2, w1_0); AE_FMA(sum5, t2, w1_1); AE_FMA(sum6, t2, w1_2);
                        AE_FMA(sum7, t2, w1_3);
                        const ae_vector w2_0 = ae_load(weight_at + 64);
                        const ae_vector w2_1 = ae_load(weight_at + 72);
                        const ae_vector w2_2 = ae_load(weight_at + 80);
                        const ae_vector w2_3 = ae_load(weight_at + 88); AE_FMA(sum0, t0, w2_0);
                        AE_FMA(sum1, t0, w2_1); AE_FMA(sum2, t0, w2_2); AE_FMA(sum3, t0, w2_3);
                        AE_FMA(sum4, t1, w2_0); AE_FMA(sum5, t1, w2_1); AE_FMA(sum6, t1, w2_2);
                        AE_FMA(sum7, t1, w2_3); AE_FMA(sum4, t0, ae_load(weight_at + 96));
                        AE_FMA(sum5, t0, ae_load(weight_at + 104)); AE_FMA(sum6, t0, ae_load(weight_at + 112));
                        AE_FMA(sum7, t0, ae_load(weight_at + 120));
                    }
                }
                const ae_real *const in0_at = in0 + (s * 2048 + y * 256);
                ae_real *const out0_at = out0 + (s * 2048 + y * 256);
                ae_store(out0_at + 64, ae_vector_select(ae_load(in0_at + 64), ae_splat(AE_REAL(0.0)), sum0));
                ae_store(out0_at + 72, ae_vector_select(ae_load(in0_at + 72), ae_splat(AE_REAL(0.0)), sum1));
                ae_store(out0_at + 80, ae_vector_select(ae_load(in0_at + 80), ae_splat(AE_REAL(0.0)), sum2));
                ae_store(out0_at + 88, ae_vector_select(ae_load(in0_at + 88), ae_splat(AE_REAL(0.0)), sum3));
                ae_store(out0_at + 96, ae_vector_select(ae_load(in0_at + 96), ae_splat(AE_REAL(0.0)), sum4));
                ae_store(out0_at + 104, ae_vector_select(ae_load(in0_at + 104), ae_splat(AE_REAL(0.0)), sum5));
                ae_store(out0_at + 112, ae_vector_select(ae_load(in0_at + 112), ae_splat(AE_REAL(0.0)), sum6));
                ae_store(out0_at + 120, ae_vector_select(ae_load(in0_at + 120), ae_splat(AE_REAL(0.0)), sum7));
            }
            {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0));
                sum1 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
                sum2 = ae_splat(AE_REAL(0.0)); sum6 = ae_splat(AE_REAL(0.0));
                sum3 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0));
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 64; i++) {
                        const ae_real *const input_at = input + (s * 1024 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 10240 + i * 160);
                        const ae_vector t0 = ae_splat(input_at[0]);
                        const ae_vector t1 = ae_splat(input_at[64]);
                        const ae_vector t2 = ae_splat(input_at[128]);
                        const ae_vector t3 = ae_splat(input_at[192]); AE_FMA(sum0, t3, ae_load(weight_at + 32));
                        AE_FMA(sum1, t3, ae_load(weight_at + 40)); AE_FMA(sum2, t3, ae_load(weight_at + 48));
                        AE_FMA(sum3, t3, ae_load(weight_at + 56));
                        const ae_vector w2_0 = ae_load(weight_at + 64);
                        const ae_vector w2_1 = ae_load(weight_at + 72);
                        const ae_vector w2_2 = ae_load(weight_at + 80);
                        const ae_vector w2_3 = ae_load(weight_at + 88); AE_FMA(sum0, t2, w2_0);
                        AE_FMA(sum1, t2, w2_1); AE_FMA(sum2, t2, w2_2); AE_FMA(sum3, t2, w2_3);
                        AE_FMA(sum4, t3, w2_0); AE_FMA(sum5, t3, w2_1); AE_FMA(sum6, t3, w2_2);
                        AE_FMA(sum7, t3, w2_3);
                        const ae_vector w3_0 = ae_load(weight_at + 96);
                        const ae_vector w3_1 = ae_load(weight_at + 104);
                        const ae_vector w3_2 = ae_load(weight_at + 112);
                        const ae_vector w3_3 = ae_load(weight_at + 120); AE_FMA(sum0, t1, w3_0);
                        AE_FMA(sum1, t1, w3_1); AE_FMA(sum2, t1, w3_2); AE_FMA(sum3, t1, w3_3);
                        AE_FMA(sum4, t2, w3_0); AE_FMA(sum5, t2, w3_1); AE_FMA(sum6, t2, w3_2);
                        AE_FMA(sum7, t2, w3_3);
                        const ae_vector w4_0 = ae_load(weight_at + 128);
                        const ae_vector w4_1 = ae_load(weight_at + 136);
                        const ae_vector w4_2 = ae_load(weight_at + 144);
                        const ae_vector w4_3 = ae_load(weight_at + 152); AE_FMA(sum0, t0, w4_0);
                        AE_FMA(sum1, t0, w4_1); AE_FMA(sum2, t0, w4_2); AE_FMA(sum3, t0, w4_3);
                        AE_FMA(sum4, t1, w4_0); AE_FMA(sum5, t1, w4_1); AE_FMA(sum6, t1, w4_2);
                        AE_FMA(sum7, t1, w4_3);
                    }
                }
                const ae_real *const in0_at = in0 + (s * 2048 + y * 256);
                ae_real *const out0_at = out0 + (s * 2048 + y * 256);
                ae_store(out0_at + 128, ae_vector_select(ae_load(in0_at + 128), ae_splat(AE_REAL(0.0)), sum0));
                ae_store(out0_at + 136, ae_vector_select(ae_load(in0_at + 136), ae_splat(AE_REAL(0.0)), sum1));
                ae_store(out0_at + 144, ae_vector_select(ae_load(in0_at + 144), ae_splat(AE_REAL(0.0)), sum2));
                ae_store(out0_at + 152, ae_vector_select(ae_load(in0_at + 152), ae_splat(AE_REAL(0.0)), sum3));
                ae_store(out0_at + 160, ae_vector_select(ae_load(in0_at + 160), ae_splat(AE_REAL(0.0)), sum4));
                ae_store(out0_at + 168, ae_vector_select(ae_load(in0_at + 168), ae_splat(AE_REAL(0.0)), sum5));
                ae_store(out0_at + 176, ae_vector_select(ae_load(in0_at + 176), ae_splat(AE_REAL(0.0)), sum6));
                ae_store(out0_at + 184, ae_vector_select(ae_load(in0_at + 184), ae_splat(AE_REAL(0.0)), sum7));
            }
            {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
                sum0 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0));
                sum1 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
                sum2 = ae_splat(AE_REAL(0.0)); sum6 = ae_splat(AE_REAL(0.0));
                sum3 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0));
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 64; i++) {
                        const ae_real *const input_at = input + (s * 1024 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 10240 + i * 160);
                        const ae_vector t0 = ae_splat(input_at[128]);
                        const ae_vector t1 = ae_splat(input_at[192]); AE_FMA(sum0, t1, ae_load(weight_at + 96));
                        AE_FMA(sum1, t1, ae_load(weight_at + 104)); AE_FMA(sum2, t1, ae_load(weight_at + 112));
                        AE_FMA(sum3, t1, ae_load(weight_at + 120));
                        const ae_vector w4_0 = ae_load(weight_at + 128);
                        const ae_vector w4_1 = ae_load(weight_at + 136);
                        const ae_vector w4_2 = ae_load(weight_at + 144);
                        const ae_vector w4_3 = ae_load(weight_at + 152); AE_FMA(sum0, t0, w4_0);
                        AE_FMA(sum1, t0, w4_1); AE_FMA(sum2, t0, w4_2); AE_FMA(sum3, t0, w4_3);
                        AE_FMA(sum4, t1, w4_0); AE_FMA(sum5, t1, w4_1); AE_FMA(sum6, t1, w4_2);
                        AE_FMA(sum7, t1, w4_3);
                    }
                }
                const ae_real *const in0_at = in0 + (s * 2048 + y * 256);
                ae_real *const out0_at = out0 + (s * 2048 + y * 256);
                ae_store(out0_at + 192, ae_vector_select(ae_load(in0_at + 192), ae_splat(AE_REAL(0.0)), sum0));
                ae_store(out0_at + 200, ae_vector_select(ae_load(in0_at + 200), ae_splat(AE_REAL(0.0)), sum1));
                ae_store(out0_at + 208, ae_vector_select(ae_load(in0_at + 208), ae_splat(AE_REAL(0.0)), sum2));
                ae_store(out0_at + 216, ae_vector_select(ae_load(in0_at + 216), ae_splat(AE_REAL(0.0)), sum3));
                ae_store(out0_at + 224, ae_vector_select(ae_load(in0_at + 224), ae_splat(AE_REAL(0.0)), sum4));
                ae_store(out0_at + 232, ae_vector_select(ae_load(in0_at + 232), ae_splat(AE_REAL(0.0)), sum5));
                ae_store(out0_at + 240, ae_vector_select(ae_load(in0_at + 240), ae_splat(AE_REAL(0.0)), sum6));
                ae_store(out0_at + 248, ae_vector_select(ae_load(in0_at + 248), ae_splat(AE_REAL(0.0)), sum7));
            }
        }
    }
}

// encoder.4 bias_gradient (aec.aespec:11): 64 elements
//   gradient[c] += sum over samples and positions of image[y][x][c]
AE_KERNEL void net_encoder_4_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 64; c += 32) {
        ae_vector sum0;
        sum0 = ae_load(gradient + c);
        ae_vector sum1;
        sum1 = ae_load(gradient + c + 8);
        ae_vector sum2;
        sum2 = ae_load(gradient + c + 16);
        ae_vector sum3;
        sum3 = ae_load(gradient + c + 24);
        for (ptrdiff_t s = 0; s < samples; s++) {
            for (ptrdiff_t i = 0; i < 16; i++) {
                const ae_real *const image_at = image + (s * 1024 + i * 64 + c);
                sum0 += ae_load(image_at);
                sum1 += ae_load(image_at + 8);
                sum2 += ae_load(image_at + 16);
                sum3 += ae_load(image_at + 24);
            }
        }
        ae_store(gradient + c, sum0);
        ae_store(gradient + c + 8, sum1);
        ae_store(gradient + c + 16, sum2);
        ae_store(gradient + c + 24, sum3);
    }
}

// encoder.2 backward (aec.aespec:10): [32, 8, 8] -> [16, 14, 14], kernel 7x7, 3211264 FLOP a sample; then select
//   What the layer gathered is spread again: the gradient of a convolution's input is the transposed
//   convolution of its output's gradient: input row y met kernel row ky in output row
//   (y + padding - ky) / stride, where the division leaves no rest.
//   output[y][x][o] = sum over ky, i, kx of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 14 sums together: 14 positions x 1 vector of 8 output channels.
AE_KERNEL void net_encoder_2_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 16; c += 8) {
            for (ptrdiff_t y = 0; y < 14; y++) {
                ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13;
                sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
                sum3 = ae_splat(AE_REAL(0.0)); sum4 = ae_splat(AE_REAL(0.0)); sum5 = ae_splat(AE_REAL(0.0));
                sum6 = ae_splat(AE_REAL(0.0)); sum7 = ae_splat(AE_REAL(0.0)); sum8 = ae_splat(AE_REAL(0.0));
                sum9 = ae_splat(AE_REAL(0.0)); sum10 = ae_splat(AE_REAL(0.0)); sum11 = ae_splat(AE_REAL(0.0));
                sum12 = ae_splat(AE_REAL(0.0)); sum13 = ae_splat(AE_REAL(0.0));
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 32; i++) {
                        const ae_real *const input_at = input + (s * 2048 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 3584 + i * 112 + c);
                        const ae_vector t7 = ae_splat(input_at[224]); AE_FMA(sum7, t7, ae_load(weight_at));
                        AE_FMA(sum8, t7, ae_load(weight_at + 16)); AE_FMA(sum9, t7, ae_load(weight_at + 32));
                        AE_FMA(sum10, t7, ae_load(weight_at + 48)); AE_FMA(sum11, t7, ae_load(weight_at + 64));
                        AE_FMA(sum12, t7, ae_load(weight_at + 80)); AE_FMA(sum13, t7, ae_load(weight_at + 96));
                        const ae_vector t6 = ae_splat(input_at[192]); AE_FMA(sum6, t6, ae_load(weight_at));
                        AE_FMA(sum7, t6, ae_load(weight_at + 16)); AE_FMA(sum8, t6, ae_load(weight_at + 32));
                        AE_FMA(sum9, t6, ae_load(weight_at + 48)); AE_FMA(sum10, t6, ae_load(weight_at + 64));
                        AE_FMA(sum11, t6, ae_load(weight_at + 80)); AE_FMA(sum12, t6, ae_load(weight_at + 96));
                        const ae_vector t5 = ae_splat(input_at[160]); AE_FMA(sum5, t5, ae_load(weight_at));
                        AE_FMA(sum6, t5, ae_load(weight_at + 16)); AE_FMA(sum7, t5, ae_load(weight_at + 32));
                        AE_FMA(sum8, t5, ae_load(weight_at + 48)); AE_FMA(sum9, t5, ae_load(weight_at + 64));
                        AE_FMA(sum10, t5, ae_load(weight_at + 80)); AE_FMA(sum11, t5, ae_load(weight_at + 96));
                        const ae_vector t4 = ae_splat(input_at[128]); AE_FMA(sum4, t4, ae_load(weight_at));
                        AE_FMA(sum5, t4, ae_load(weight_at + 16)); AE_FMA(sum6, t4, ae_load(weight_at + 32));
                        AE_FMA(sum7, t4, ae_load(weight_at + 48)); AE_FMA(sum8, t4, ae_load(weight_at + 64));
                        AE_FMA(sum9, t4, ae_load(weight_at + 80)); AE_FMA(sum10, t4, ae_load(weight_at + 96));
                        const ae_vector t3 = ae_splat(input_at[96]); AE_FMA(sum3, t3, ae_load(weight_at));
                        AE_FMA(sum4, t3, ae_load(weight_at + 16)); AE_FMA(sum5, t3, ae_load(weight_at + 32));
                        AE_FMA(sum6, t3, ae_load(weight_at + 48)); AE_FMA(sum7, t3, ae_load(weight_at + 64));
                        AE_FMA(sum8, t3, ae_load(weight_at + 80)); AE_FMA(sum9, t3, ae_load(weight_at + 96));
                        const ae_vector t2 = ae_splat(input_at[64]); AE_FMA(sum2, t2, ae_load(weight_at));
                        AE_FMA(sum3, t2, ae_load(weight_at + 16)); AE_FMA(sum4, t2, ae_load(weight_at + 32));
                        AE_FMA(sum5, t2, ae_load(weight_at + 48)); AE_FMA(sum6, t2, ae_load(weight_at + 64));
                        AE_FMA(sum7, t2, ae_load(weight_at + 80)); AE_FMA(sum8, t2, ae_load(weight_at + 96));
                        const ae_vector t1 = ae_splat(input_at[32]); AE_FMA(sum1, t1, ae_load(weight_at));
                        AE_FMA(sum2, t1, ae_load(weight_at + 16)); AE_FMA(sum3, t1, ae_load(weight_at + 32));
                        AE_FMA(sum4, t1, ae_load(weight_at + 48)); AE_FMA(sum5, t1, ae_load(weight_at + 64));
                        AE_FMA(sum6, t1, ae_load(weight_at + 80)); AE_FMA(sum7, t1, ae_load(weight_at + 96));
                        const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0, t0, ae_load(weight_at));
                        AE_FMA(sum1, t0, ae_load(weight_at + 16)); AE_FMA(sum2, t0, ae_load(weight_at + 32));
                        AE_FMA(sum3, t0, ae_load(weight_at + 48)); AE_FMA(sum4, t0, ae_load(weight_at + 64));
                        AE_FMA(sum5, t0, ae_load(weight_at + 80)); AE_FMA(sum6, t0, ae_load(weight_at + 96));
                    }
                }
                const ae_real *const in0_at = in0 + (s * 3136 + y * 224 + c);
                ae_real *const out0_at = out0 + (s * 3136 + y * 224 + c);
                ae_store(out0_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
                ae_store(out0_at + 16, ae_vector_select(ae_load(in0_at + 16), ae_splat(AE_REAL(0.0)), sum1));
                ae_store(out0_at + 32, ae_vector_select(ae_load(in0_at + 32), ae_splat(AE_REAL(0.0)), sum2));
                ae_store(out0_at + 48, ae_vector_select(ae_load(in0_at + 48), ae_splat(AE_REAL(0.0)), sum3));
                ae_store(out0_at + 64, ae_vector_select(ae_load(in0_at + 64), ae_splat(AE_REAL(0.0)), sum4));
                ae_store(out0_at + 80, ae_vector_select(ae_load(in0_at + 80), ae_splat(AE_REAL(0.0)), sum5));
                ae_store(out0_at + 96, ae_vector_select(ae_load(in0_at + 96), ae_splat(AE_REAL(0.0)), sum6));
                ae_store(out0_at + 112, ae_vector_select(ae_load(in0_at + 112), ae_splat(AE_REAL(0.0)), sum7));
                ae_store(out0_at + 128, ae_vector_select(ae_load(in0_at + 128), ae_splat(AE_REAL(0.0)), sum8));
                ae_store(out0_at + 144, ae_vector_select(ae_load(in0_at + 144), ae_splat(AE_REAL(0.0)), sum9));
                ae_store(out0_at + 160, ae_vector_select(ae_load(in0_at + 160), ae_splat(AE_REAL(0.0)), sum10));
                ae_store(out0_at + 176, ae_vector_select(ae_load(in0_at + 176), ae_splat(AE_REAL(0.0)), sum11));
                ae_store(out0_at + 192, ae_vector_select(ae_load(in0_at + 192), ae_splat(AE_REAL(0.0)), sum12));
                ae_store(out0_at + 208, ae_vector_select(ae_load(in0_at + 208), ae_splat(AE_REAL(0.0)), sum13));
            }
        }
    }
}

// mse forward (aec.aespec:22): 784 elements
//   subtract, multiply, sum, scale
AE_KERNEL void net_loss_mse_forward_2(ptrdiff_t samples,
        const ae_real *restrict in0,
        const ae_real *restrict in1,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial2[2] = {{0}};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            const ae_real *const in0_at = in0 + (s * 784 + i);
            const ae_real *const in1_at = in1 + (s * 784 + i);
            {
                const ae_vector v0 = ae_load(in0_at) - ae_load(in1_at); partial2[0] += (v0 * v0);
            }
            {
                const ae_vector v0 = ae_load(in0_at + 8) - ae_load(in1_at + 8); partial2[1] += (v0 * v0);
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
        ae_mark(step, 3);
        net_decoder_0_repack(step->parameters + 80000, step->repacked);
        ae_mark(step, 32);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 5);
        net_decoder_2_repack(step->parameters + 131232, step->repacked + 51200);
        ae_mark(step, 32);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 7);
        net_decoder_4_repack(step->parameters + 156336, step->repacked + 76288);
        ae_mark(step, 32);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 21);
        net_decoder_0_repack(step->parameters + 28736, step->repacked + 79888);
        ae_mark(step, 32);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 25);
        net_decoder_2_repack(step->parameters + 3616, step->repacked + 131088);
        ae_mark(step, 32);
        return;
    }
    task -= 1;
}

// Forward and backward through the network; a task is a slot of samples, walked in micro-batches that
// stay in cache.
static void net_samples(const struct ae_step *step, size_t task, ae_real *scratch) {
    ae_real *gradient = ae_slot_gradient(step, task, 159952);
    memset(gradient, 0, 159952 * sizeof *gradient);
    const size_t end = ae_slot_begin(step, task + 1);
    for (size_t first = ae_slot_begin(step, task); first < end; first += 16) {
        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), 16);
        ae_mark(step, 0);
        net_encoder_0_forward(samples, step->input + first * 784, step->parameters, step->parameters + 3600, scratch);
        ae_mark(step, 1);
        net_encoder_2_forward(samples, scratch, step->parameters + 3616, step->parameters + 28704, scratch + 50176);
        ae_mark(step, 2);
        net_encoder_4_forward(samples, scratch + 50176, step->parameters + 28736, step->parameters + 79936, scratch + 82944);
        ae_mark(step, 4);
        net_decoder_0_forward(samples, scratch + 82944, step->repacked, step->parameters + 131200, scratch + 99328);
        ae_mark(step, 6);
        net_decoder_2_forward(samples, scratch + 99328, step->repacked + 51200, step->parameters + 156320, scratch + 132096);
        ae_mark(step, 8);
        net_decoder_4_pack(samples, scratch + 132096, scratch + 182272);
        ae_mark(step, 9);
        net_decoder_4_forward(samples, scratch + 182272, step->repacked + 76288, step->parameters + 159936, scratch + 232448);
        ae_mark(step, 10);
        net_decoder_4_unpack(samples, scratch + 232448, scratch + 182272);
        ae_mark(step, 11);
        net_loss_mse_forward(samples, step->term_scale, scratch + 182272, step->input + first * 784, step->term + first * 1, scratch + 194816);
        ae_mark(step, 12);
        net_decoder_4_backward(samples, scratch + 194816, step->parameters + 156336, scratch + 132096, scratch + 207360);
        ae_mark(step, 13);
        net_decoder_4_weight_gradient(samples, scratch + 194816, scratch + 132096, gradient + 156336);
        ae_mark(step, 14);
        net_decoder_4_bias_gradient(samples, scratch + 194816, gradient + 159936);
        ae_mark(step, 15);
        net_decoder_2_backward(samples, scratch + 207360, step->parameters + 131232, scratch + 99328, scratch + 132096);
        ae_mark(step, 16);
        net_decoder_2_weight_gradient(samples, scratch + 207360, scratch + 99328, gradient + 131232);
        ae_mark(step, 17);
        net_decoder_2_bias_gradient(samples, scratch + 207360, gradient + 156320);
        ae_mark(step, 18);
        net_decoder_0_backward(samples, scratch + 132096, step->parameters + 80000, scratch + 82944, scratch + 99328);
        ae_mark(step, 19);
        net_decoder_0_weight_gradient(samples, scratch + 132096, scratch + 82944, gradient + 80000);
        ae_mark(step, 20);
        net_decoder_0_bias_gradient(samples, scratch + 132096, gradient + 131200);
        ae_mark(step, 22);
        net_encoder_4_backward(samples, scratch + 99328, step->repacked + 79888, scratch + 50176, scratch + 115712);
        ae_mark(step, 23);
        net_decoder_0_weight_gradient(samples, scratch + 50176, scratch + 99328, gradient + 28736);
        ae_mark(step, 24);
        net_encoder_4_bias_gradient(samples, scratch + 99328, gradient + 79936);
        ae_mark(step, 26);
        net_encoder_2_backward(samples, scratch + 115712, step->repacked + 131088, scratch, scratch + 50176);
        ae_mark(step, 27);
        net_decoder_2_weight_gradient(samples, scratch, scratch + 115712, gradient + 3616);
        ae_mark(step, 28);
        net_decoder_0_bias_gradient(samples, scratch + 115712, gradient + 28704);
        ae_mark(step, 29);
        net_decoder_4_weight_gradient(samples, step->input + first * 784, scratch + 50176, gradient);
        ae_mark(step, 30);
        net_decoder_2_bias_gradient(samples, scratch + 50176, gradient + 3600);
    }
    ae_mark(step, 32);
}

// The runs of the gradient that each task of net_join completes.
static const struct ae_range net_join_ranges[] = {
    {0, 16384, 1, 0},
    {16384, 16384, 1, 0},
    {32768, 16384, 1, 0},
    {49152, 16384, 1, 0},
    {65536, 16384, 1, 0},
    {81920, 16384, 1, 0},
    {98304, 16384, 1, 0},
    {114688, 16384, 1, 0},
    {131072, 16384, 1, 0},
    {147456, 12496, 1, 0},
};

// The slots' gradients, joined by a fixed tree; a task is a block of weights.
static void net_join(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    ae_mark(step, 31);
    ae_join_slots(step, 159952, &net_join_ranges[task]);
    ae_mark(step, 32);
}

// Tasks, or 0 for one a slot; what they complete of the gradient; the function.
static const struct ae_phase net_phases[] = {
    {5, NULL, net_repack},
    {0, NULL, net_samples},
    {10, net_join_ranges, net_join},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    net_encoder_0_forward((ptrdiff_t)samples, input, parameters, parameters + 3600, scratch);
    net_encoder_2_forward((ptrdiff_t)samples, scratch, parameters + 3616, parameters + 28704, scratch + 100352);
    net_encoder_4_forward((ptrdiff_t)samples, scratch + 100352, parameters + 28736, parameters + 79936, code);
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *code, ae_real *output,
                       ae_real *scratch) {
    ae_real *repacked = scratch + 266240;
    net_decoder_0_repack(parameters + 80000, repacked);
    net_decoder_0_forward((ptrdiff_t)samples, code, repacked, parameters + 131200, scratch);
    net_decoder_2_repack(parameters + 131232, repacked + 51200);
    net_decoder_2_forward((ptrdiff_t)samples, scratch, repacked + 51200, parameters + 156320, scratch + 65536);
    net_decoder_4_repack(parameters + 156336, repacked + 76288);
    net_decoder_4_pack((ptrdiff_t)samples, scratch + 65536, scratch + 165888);
    net_decoder_4_forward((ptrdiff_t)samples, scratch + 165888, repacked + 76288, parameters + 159936, scratch);
    net_decoder_4_unpack((ptrdiff_t)samples, scratch, output);
}

static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,
                        ae_real *term, ae_real *scratch) {
    (void)code;
    (void)scratch;
    net_loss_mse_forward_2((ptrdiff_t)samples, output, input, term);
}

// Name, shape in files; view and strides in memory; offset; bound of the initial values.
static const struct ae_parameter net_parameters[] = {
    {"encoder.0.weight", {4, {16, 1, 15, 15}}, 4, {16, 1, 15, 15}, {1, 16, 240, 16}, 0, 0.066666666666666666},
    {"encoder.0.bias", {1, {16}}, 1, {16}, {1}, 3600, 0.066666666666666666},
    {"encoder.2.weight", {4, {32, 16, 7, 7}}, 4, {32, 16, 7, 7}, {1, 32, 3584, 512}, 3616, 0.035714285714285712},
    {"encoder.2.bias", {1, {32}}, 1, {32}, {1}, 28704, 0.035714285714285712},
    {"encoder.4.weight", {4, {64, 32, 5, 5}}, 4, {64, 32, 5, 5}, {1, 64, 10240, 2048}, 28736, 0.035355339059327376},
    {"encoder.4.bias", {1, {64}}, 1, {64}, {1}, 79936, 0.035355339059327376},
    {"decoder.0.weight", {4, {64, 32, 5, 5}}, 4, {64, 32, 5, 5}, {1, 64, 10240, 2048}, 80000, 0.035355339059327376},
    {"decoder.0.bias", {1, {32}}, 1, {32}, {1}, 131200, 0.035355339059327376},
    {"decoder.2.weight", {4, {32, 16, 7, 7}}, 4, {32, 16, 7, 7}, {1, 32, 3584, 512}, 131232, 0.035714285714285712},
    {"decoder.2.bias", {1, {16}}, 1, {16}, {1}, 156320, 0.035714285714285712},
    {"decoder.4.weight", {4, {16, 1, 15, 15}}, 4, {16, 1, 15, 15}, {1, 16, 240, 16}, 156336, 0.066666666666666666},
    {"decoder.4.bias", {1, {1}}, 1, {1}, {1}, 159936, 0.066666666666666666},
};

// Name, kind, line of the spec, shape, parameters, FLOPs of a sample's forward pass.
static const struct ae_layer net_layers[] = {
    {"encoder.0", "conv", 9, {3, {16, 14, 14}}, 3616, 1411200},
    {"encoder.1", "relu", 9, {3, {16, 14, 14}}, 0, 0},
    {"encoder.2", "conv", 10, {3, {32, 8, 8}}, 25120, 3211264},
    {"encoder.3", "relu", 10, {3, {32, 8, 8}}, 0, 0},
    {"encoder.4", "conv", 11, {3, {64, 4, 4}}, 51264, 1638400},
    {"encoder.5", "relu", 11, {3, {64, 4, 4}}, 0, 0},
    {"z", "code", 14, {3, {64, 4, 4}}, 0, 0},
    {"decoder.0", "deconv", 17, {3, {32, 8, 8}}, 51232, 1638400},
    {"decoder.1", "relu", 17, {3, {32, 8, 8}}, 0, 0},
    {"decoder.2", "deconv", 18, {3, {16, 14, 14}}, 25104, 3211264},
    {"decoder.3", "relu", 18, {3, {16, 14, 14}}, 0, 0},
    {"decoder.4", "deconv", 19, {3, {1, 28, 28}}, 3601, 1411200},
};

// Name, FLOPs and predicted cost in vector multiply-adds of a sample; true: of a step.
static const struct ae_kernel net_kernels[] = {
    {"encoder.0 forward", 1411200, 1.106e+05, false},
    {"encoder.2 forward", 3211264, 2.619e+05, false},
    {"encoder.4 forward", 1638400, 1.336e+05, false},
    {"decoder.0 repack", 0, 2.56e+04, true},
    {"decoder.0 forward", 1638400, 1.69e+05, false},
    {"decoder.2 repack", 0, 1.254e+04, true},
    {"decoder.2 forward", 3211264, 2.671e+05, false},
    {"decoder.4 repack", 0, 1800, true},
    {"decoder.4 pack", 0, 1176, false},
    {"decoder.4 forward", 1411200, 1.221e+05, false},
    {"decoder.4 unpack", 0, 294, false},
    {"loss mse forward", 0, 980, false},
    {"decoder.4 backward", 1411200, 1.11e+05, false},
    {"decoder.4 weight_gradient", 1411200, 1.028e+05, false},
    {"decoder.4 bias_gradient", 0, 196, false},
    {"decoder.2 backward", 3211264, 2.622e+05, false},
    {"decoder.2 weight_gradient", 3211264, 2.311e+05, false},
    {"decoder.2 bias_gradient", 0, 784, false},
    {"decoder.0 backward", 1638400, 1.338e+05, false},
    {"decoder.0 weight_gradient", 1638400, 1.179e+05, false},
    {"decoder.0 bias_gradient", 0, 512, false},
    {"encoder.4 repack", 0, 2.56e+04, true},
    {"encoder.4 backward", 1638400, 1.692e+05, false},
    {"encoder.4 weight_gradient", 1638400, 1.179e+05, false},
    {"encoder.4 bias_gradient", 0, 256, false},
    {"encoder.2 repack", 0, 1.254e+04, true},
    {"encoder.2 backward", 3211264, 2.675e+05, false},
    {"encoder.2 weight_gradient", 3211264, 2.311e+05, false},
    {"encoder.2 bias_gradient", 0, 512, false},
    {"encoder.0 weight_gradient", 1411200, 1.028e+05, false},
    {"encoder.0 bias_gradient", 0, 784, false},
    {"join", 0, 1.28e+06, true},
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
    {"z", AE_LATENT_CODE, {3, {64, 4, 4}}, 1024, 0, 0},
};

// Name, shape, elements, kind.
static const struct ae_output net_outputs[] = {
    {"x", {3, {1, 28, 28}}, 784, AE_OUTPUT_VALUES},
};

static const struct ae_inference net_inference = {
    .samples_max = 32,
    .scratch_count = 346128,
    .encode = net_encode,
    .decode = net_decode,
    .measure = net_measure,
};

static const struct ae_training net_training = {
    .memory = {.parameters = 159952,
               .trainable = 159952,
               .slotted = 159952,
               .repacked = 156176,
               .terms = 1,
               .input = 784,
               .kept = 0,
               .scratch = 257536},
    .phases = net_phases,
    .phase_count = sizeof net_phases / sizeof *net_phases,
    .kernels = net_kernels,
    .kernel_count = 32,
    .lanes = 8,
    .peak = net_peak,
};

static const char net_text[] =
    "# aec.aespec - the convolutional autoencoder (Fig 1)\n"
    "model aec\n"
    "\n"
    "data { source = idx(\"data/mnist\"); scale = 1/255; mean = 0.1307; std = 0.3081 }\n"
    "\n"
    "input x : [1, 28, 28]\n"
    "\n"
    "encoder {\n"
    "  conv(16, kernel = 15) -> relu  : [16, 14, 14]\n"
    "  conv(32, kernel = 7) -> relu   : [32, 8, 8]\n"
    "  conv(64, kernel = 5) -> relu   : [64, 4, 4]\n"
    "}\n"
    "\n"
    "latent z = code\n"
    "\n"
    "decoder {\n"
    "  deconv(32, kernel = 5) -> relu\n"
    "  deconv(16, kernel = 7) -> relu\n"
    "  deconv(1, kernel = 15)\n"
    "}\n"
    "\n"
    "loss { mse(x) }\n"
    "\n"
    "train { optimizer = adam; learning_rate = 1e-3; batch = 1000; epochs = 16 }\n"
    "\n"
    "sweep {\n"
    "  epochs in [8, 16]\n"
    "  batch in [128, 256, 1000]\n"
    "  optimizer in [adam, sgd]\n"
    "  learning_rate in [1e-1, 1e-2, 1e-3]\n"
    "  momentum in [0.2, 0.4, 0.6, 0.8]\n"
    "}\n";

const struct ae_model ae_model_aec = {
    .name = "aec",
    .file = "aec.aespec",
    .text = net_text,
    .target = "avx2",
    .real_bytes = sizeof(ae_real),
    .features = AE_FEATURES,
    .input_count = 784,
    .latent_count = 1024,
    .code_count = 1024,
    .output_count = 784,
    .inputs = net_inputs,
    .input_tensors = 1,
    .latents = net_latents,
    .latent_tensors = 1,
    .outputs = net_outputs,
    .output_tensors = 1,
    .parameters = net_parameters,
    .parameter_tensors = 12,
    .parameter_count = 159952,
    .layers = net_layers,
    .layer_count = 12,
    .terms = net_terms,
    .term_count = 1,
    .constants = NULL,
    .constant_count = 0,
    .derive = net_derive,
    .inference = &net_inference,
    .training = &net_training,
};
