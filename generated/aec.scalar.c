// The autoencoder aec, made by aespec from aec.aespec: kernels, then training, evaluation and tables.
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
//   Up to 7 sums together: 7 positions x 1 vector of 16 output channels.
AE_KERNEL void net_encoder_0_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t y = 0; y < 14; y++) {
            for (ptrdiff_t x = 0; x < 14; x += 7) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = bias[lane]; sum1[lane] = bias[lane]; sum2[lane] = bias[lane];
                    sum3[lane] = bias[lane]; sum4[lane] = bias[lane]; sum5[lane] = bias[lane];
                    sum6[lane] = bias[lane];
                }
                for (ptrdiff_t ky = 0; ky < 15; ky++) {
                    for (ptrdiff_t j = 0; j < 15; j++) {
                        const ae_real *const input_at = input + (s * 784 + y * 28 + ky * 28 + x + j);
                        const ae_real t0 = input_at[0], t1 = input_at[1], t2 = input_at[2], t3 = input_at[3];
                        const ae_real t4 = input_at[4], t5 = input_at[5], t6 = input_at[6];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight[ky * 240 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                            AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                            AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                        }
                    }
                }
                ae_real *const out0_at = out0 + (s * 3136 + y * 224 + x * 16);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[16 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[32 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[48 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[64 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[80 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[96 + lane] = v0;
                }
            }
        }
    }
}

// encoder.2 forward (aec.aespec:10): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void net_encoder_2_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 32; c += 16) {
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane]; sum2[lane] = bias[c + lane];
                    sum3[lane] = bias[c + lane]; sum4[lane] = bias[c + lane]; sum5[lane] = bias[c + lane];
                    sum6[lane] = bias[c + lane]; sum7[lane] = bias[c + lane];
                }
                for (ptrdiff_t ky = 0; ky < 7; ky++) {
                    for (ptrdiff_t j = 0; j < 112; j++) {
                        const ae_real *const input_at = input + (s * 3136 + y * 224 + ky * 224 + j);
                        const ae_real t0 = input_at[0], t1 = input_at[16], t2 = input_at[32], t3 = input_at[48];
                        const ae_real t4 = input_at[64], t5 = input_at[80], t6 = input_at[96], t7 = input_at[112];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight[ky * 3584 + j * 32 + c + lane]; AE_FMA(sum0[lane], t0, w0);
                            AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                            AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                            AE_FMA(sum7[lane], t7, w0);
                        }
                    }
                }
                ae_real *const out0_at = out0 + (s * 2048 + y * 256 + c);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[32 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[64 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[96 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[128 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[160 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[192 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum7[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[224 + lane] = v0;
                }
            }
        }
    }
}

// encoder.4 forward (aec.aespec:11): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void net_encoder_4_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 64; c += 16) {
            for (ptrdiff_t y = 0; y < 4; y += 2) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane]; sum2[lane] = bias[c + lane];
                    sum3[lane] = bias[c + lane]; sum4[lane] = bias[c + lane]; sum5[lane] = bias[c + lane];
                    sum6[lane] = bias[c + lane]; sum7[lane] = bias[c + lane];
                }
                for (ptrdiff_t ky = 0; ky < 5; ky++) {
                    for (ptrdiff_t j = 0; j < 160; j++) {
                        const ae_real *const input_at = input + (s * 2048 + y * 256 + ky * 256 + j);
                        const ae_real t0 = input_at[0], t1 = input_at[32], t2 = input_at[64], t3 = input_at[96];
                        const ae_real t4 = input_at[256], t5 = input_at[288], t6 = input_at[320];
                        const ae_real t7 = input_at[352];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight[ky * 10240 + j * 64 + c + lane]; AE_FMA(sum0[lane], t0, w0);
                            AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                            AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                            AE_FMA(sum7[lane], t7, w0);
                        }
                    }
                }
                ae_real *const out0_at = out0 + (s * 1024 + y * 256 + c);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[64 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[128 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[192 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[256 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[320 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[384 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum7[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[448 + lane] = v0;
                }
            }
        }
    }
}

// decoder.0 forward (aec.aespec:17): [64, 4, 4] -> [32, 8, 8], kernel 5x5, 1638400 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no rest, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void net_decoder_0_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 32; c += 16) {
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane]; sum2[lane] = bias[c + lane];
                    sum3[lane] = bias[c + lane]; sum4[lane] = bias[c + lane]; sum5[lane] = bias[c + lane];
                    sum6[lane] = bias[c + lane]; sum7[lane] = bias[c + lane];
                }
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 64; i++) {
                        const ae_real *const input_at = input + (s * 1024 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 10240 + i * 160 + c);
                        const ae_real t0 = input_at[0], t1 = input_at[64], t2 = input_at[128], t3 = input_at[192];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight_at[lane]; AE_FMA(sum0[lane], t0, w0);
                            AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                            const ae_real w1 = weight_at[32 + lane]; AE_FMA(sum1[lane], t0, w1);
                            AE_FMA(sum2[lane], t1, w1); AE_FMA(sum3[lane], t2, w1); AE_FMA(sum4[lane], t3, w1);
                            const ae_real w2 = weight_at[64 + lane]; AE_FMA(sum2[lane], t0, w2);
                            AE_FMA(sum3[lane], t1, w2); AE_FMA(sum4[lane], t2, w2); AE_FMA(sum5[lane], t3, w2);
                            const ae_real w3 = weight_at[96 + lane]; AE_FMA(sum3[lane], t0, w3);
                            AE_FMA(sum4[lane], t1, w3); AE_FMA(sum5[lane], t2, w3); AE_FMA(sum6[lane], t3, w3);
                            const ae_real w4 = weight_at[128 + lane]; AE_FMA(sum4[lane], t0, w4);
                            AE_FMA(sum5[lane], t1, w4); AE_FMA(sum6[lane], t2, w4); AE_FMA(sum7[lane], t3, w4);
                        }
                    }
                }
                ae_real *const out0_at = out0 + (s * 2048 + y * 256 + c);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[32 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[64 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[96 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[128 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[160 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[192 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum7[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[224 + lane] = v0;
                }
            }
        }
    }
}

// decoder.2 forward (aec.aespec:18): [32, 8, 8] -> [16, 14, 14], kernel 7x7, 3211264 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no rest, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 7 sums together: 7 positions x 1 vector of 16 output channels.
AE_KERNEL void net_decoder_2_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t y = 0; y < 14; y++) {
            {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = bias[lane]; sum1[lane] = bias[lane]; sum2[lane] = bias[lane];
                    sum3[lane] = bias[lane]; sum4[lane] = bias[lane]; sum5[lane] = bias[lane];
                    sum6[lane] = bias[lane];
                }
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 32; i++) {
                        const ae_real *const input_at = input + (s * 2048 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 3584 + i * 112);
                        const ae_real t0 = input_at[0], t1 = input_at[32], t2 = input_at[64], t3 = input_at[96];
                        const ae_real t4 = input_at[128], t5 = input_at[160], t6 = input_at[192];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight_at[lane]; AE_FMA(sum0[lane], t0, w0);
                            AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                            AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                            const ae_real w1 = weight_at[16 + lane]; AE_FMA(sum1[lane], t0, w1);
                            AE_FMA(sum2[lane], t1, w1); AE_FMA(sum3[lane], t2, w1); AE_FMA(sum4[lane], t3, w1);
                            AE_FMA(sum5[lane], t4, w1); AE_FMA(sum6[lane], t5, w1);
                            const ae_real w2 = weight_at[32 + lane]; AE_FMA(sum2[lane], t0, w2);
                            AE_FMA(sum3[lane], t1, w2); AE_FMA(sum4[lane], t2, w2); AE_FMA(sum5[lane], t3, w2);
                            AE_FMA(sum6[lane], t4, w2);
                            const ae_real w3 = weight_at[48 + lane]; AE_FMA(sum3[lane], t0, w3);
                            AE_FMA(sum4[lane], t1, w3); AE_FMA(sum5[lane], t2, w3); AE_FMA(sum6[lane], t3, w3);
                            const ae_real w4 = weight_at[64 + lane]; AE_FMA(sum4[lane], t0, w4);
                            AE_FMA(sum5[lane], t1, w4); AE_FMA(sum6[lane], t2, w4);
                            const ae_real w5 = weight_at[80 + lane]; AE_FMA(sum5[lane], t0, w5);
                            AE_FMA(sum6[lane], t1, w5);
                            const ae_real w6 = weight_at[96 + lane]; AE_FMA(sum6[lane], t0, w6);
                        }
                    }
                }
                ae_real *const out0_at = out0 + (s * 3136 + y * 224);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[16 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[32 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[48 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[64 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[80 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[96 + lane] = v0;
                }
            }
            {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = bias[lane]; sum1[lane] = bias[lane]; sum2[lane] = bias[lane];
                    sum3[lane] = bias[lane]; sum4[lane] = bias[lane]; sum5[lane] = bias[lane];
                    sum6[lane] = bias[lane];
                }
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 32; i++) {
                        const ae_real *const input_at = input + (s * 2048 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 3584 + i * 112);
                        const ae_real t0 = input_at[32], t1 = input_at[64], t2 = input_at[96], t3 = input_at[128];
                        const ae_real t4 = input_at[160], t5 = input_at[192], t6 = input_at[224];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight_at[lane]; AE_FMA(sum0[lane], t6, w0);
                            const ae_real w1 = weight_at[16 + lane]; AE_FMA(sum0[lane], t5, w1);
                            AE_FMA(sum1[lane], t6, w1);
                            const ae_real w2 = weight_at[32 + lane]; AE_FMA(sum0[lane], t4, w2);
                            AE_FMA(sum1[lane], t5, w2); AE_FMA(sum2[lane], t6, w2);
                            const ae_real w3 = weight_at[48 + lane]; AE_FMA(sum0[lane], t3, w3);
                            AE_FMA(sum1[lane], t4, w3); AE_FMA(sum2[lane], t5, w3); AE_FMA(sum3[lane], t6, w3);
                            const ae_real w4 = weight_at[64 + lane]; AE_FMA(sum0[lane], t2, w4);
                            AE_FMA(sum1[lane], t3, w4); AE_FMA(sum2[lane], t4, w4); AE_FMA(sum3[lane], t5, w4);
                            AE_FMA(sum4[lane], t6, w4);
                            const ae_real w5 = weight_at[80 + lane]; AE_FMA(sum0[lane], t1, w5);
                            AE_FMA(sum1[lane], t2, w5); AE_FMA(sum2[lane], t3, w5); AE_FMA(sum3[lane], t4, w5);
                            AE_FMA(sum4[lane], t5, w5); AE_FMA(sum5[lane], t6, w5);
                            const ae_real w6 = weight_at[96 + lane]; AE_FMA(sum0[lane], t0, w6);
                            AE_FMA(sum1[lane], t1, w6); AE_FMA(sum2[lane], t2, w6); AE_FMA(sum3[lane], t3, w6);
                            AE_FMA(sum4[lane], t4, w6); AE_FMA(sum5[lane], t5, w6); AE_FMA(sum6[lane], t6, w6);
                        }
                    }
                }
                ae_real *const out0_at = out0 + (s * 3136 + y * 224);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[112 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[128 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[144 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[160 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[176 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[192 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[208 + lane] = v0;
                }
            }
        }
    }
}

// decoder.4 forward (aec.aespec:19): [16, 14, 14] -> [1, 28, 28], kernel 15x15, 1411200 FLOP a sample
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no rest, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 7 sums together: 7 positions x 1 vector of 16 output channels.
AE_KERNEL void net_decoder_4_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict output) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t y = 0; y < 28; y++) {
            {
                ae_real sum0, sum1, sum2, sum3, sum4, sum5, sum6;
                sum0 = bias[0]; sum1 = bias[0]; sum2 = bias[0]; sum3 = bias[0]; sum4 = bias[0]; sum5 = bias[0];
                sum6 = bias[0];
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 16; i++) {
                        const ae_real *const input_at = input + (s * 3136 + y * 224 - ky * 224 + i);
                        const ae_real *const weight_at = weight + (ky * 240 + i * 15);
                        const ae_real t0 = input_at[0], t1 = input_at[16], t2 = input_at[32], t3 = input_at[48];
                        const ae_real t4 = input_at[64], t5 = input_at[80], t6 = input_at[96];
                        const ae_real w0 = weight_at[0]; AE_FMA(sum0, t0, w0); AE_FMA(sum1, t1, w0);
                        AE_FMA(sum2, t2, w0); AE_FMA(sum3, t3, w0); AE_FMA(sum4, t4, w0); AE_FMA(sum5, t5, w0);
                        AE_FMA(sum6, t6, w0);
                        const ae_real w1 = weight_at[1]; AE_FMA(sum1, t0, w1); AE_FMA(sum2, t1, w1);
                        AE_FMA(sum3, t2, w1); AE_FMA(sum4, t3, w1); AE_FMA(sum5, t4, w1); AE_FMA(sum6, t5, w1);
                        const ae_real w2 = weight_at[2]; AE_FMA(sum2, t0, w2); AE_FMA(sum3, t1, w2);
                        AE_FMA(sum4, t2, w2); AE_FMA(sum5, t3, w2); AE_FMA(sum6, t4, w2);
                        const ae_real w3 = weight_at[3]; AE_FMA(sum3, t0, w3); AE_FMA(sum4, t1, w3);
                        AE_FMA(sum5, t2, w3); AE_FMA(sum6, t3, w3);
                        const ae_real w4 = weight_at[4]; AE_FMA(sum4, t0, w4); AE_FMA(sum5, t1, w4);
                        AE_FMA(sum6, t2, w4);
                        const ae_real w5 = weight_at[5]; AE_FMA(sum5, t0, w5); AE_FMA(sum6, t1, w5);
                        const ae_real w6 = weight_at[6]; AE_FMA(sum6, t0, w6);
                    }
                }
                ae_real *const output_at = output + (s * 784 + y * 28);
                output_at[0] = sum0;
                output_at[1] = sum1;
                output_at[2] = sum2;
                output_at[3] = sum3;
                output_at[4] = sum4;
                output_at[5] = sum5;
                output_at[6] = sum6;
            }
            {
                ae_real sum0, sum1, sum2, sum3, sum4, sum5, sum6;
                sum0 = bias[0]; sum1 = bias[0]; sum2 = bias[0]; sum3 = bias[0]; sum4 = bias[0]; sum5 = bias[0];
                sum6 = bias[0];
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 16; i++) {
                        const ae_real *const input_at = input + (s * 3136 + y * 224 - ky * 224 + i);
                        const ae_real *const weight_at = weight + (ky * 240 + i * 15);
                        const ae_real t0 = input_at[0], t1 = input_at[16], t2 = input_at[32], t3 = input_at[48];
                        const ae_real t4 = input_at[64], t5 = input_at[80], t6 = input_at[96], t7 = input_at[112];
                        const ae_real t8 = input_at[128], t9 = input_at[144], t10 = input_at[160];
                        const ae_real t11 = input_at[176], t12 = input_at[192], t13 = input_at[208];
                        const ae_real w0 = weight_at[0]; AE_FMA(sum0, t7, w0); AE_FMA(sum1, t8, w0);
                        AE_FMA(sum2, t9, w0); AE_FMA(sum3, t10, w0); AE_FMA(sum4, t11, w0); AE_FMA(sum5, t12, w0);
                        AE_FMA(sum6, t13, w0);
                        const ae_real w1 = weight_at[1]; AE_FMA(sum0, t6, w1); AE_FMA(sum1, t7, w1);
                        AE_FMA(sum2, t8, w1); AE_FMA(sum3, t9, w1); AE_FMA(sum4, t10, w1); AE_FMA(sum5, t11, w1);
                        AE_FMA(sum6, t12, w1);
                        const ae_real w2 = weight_at[2]; AE_FMA(sum0, t5, w2); AE_FMA(sum1, t6, w2);
                        AE_FMA(sum2, t7, w2); AE_FMA(sum3, t8, w2); AE_FMA(sum4, t9, w2); AE_FMA(sum5, t10, w2);
                        AE_FMA(sum6, t11, w2);
                        const ae_real w3 = weight_at[3]; AE_FMA(sum0, t4, w3); AE_FMA(sum1, t5, w3);
                        AE_FMA(sum2, t6, w3); AE_FMA(sum3, t7, w3); AE_FMA(sum4, t8, w3); AE_FMA(sum5, t9, w3);
                        AE_FMA(sum6, t10, w3);
                        const ae_real w4 = weight_at[4]; AE_FMA(sum0, t3, w4); AE_FMA(sum1, t4, w4);
                        AE_FMA(sum2, t5, w4); AE_FMA(sum3, t6, w4); AE_FMA(sum4, t7, w4); AE_FMA(sum5, t8, w4);
                        AE_FMA(sum6, t9, w4);
                        const ae_real w5 = weight_at[5]; AE_FMA(sum0, t2, w5); AE_FMA(sum1, t3, w5);
                        AE_FMA(sum2, t4, w5); AE_FMA(sum3, t5, w5); AE_FMA(sum4, t6, w5); AE_FMA(sum5, t7, w5);
                        AE_FMA(sum6, t8, w5);
                        const ae_real w6 = weight_at[6]; AE_FMA(sum0, t1, w6); AE_FMA(sum1, t2, w6);
                        AE_FMA(sum2, t3, w6); AE_FMA(sum3, t4, w6); AE_FMA(sum4, t5, w6); AE_FMA(sum5, t6, w6);
                        AE_FMA(sum6, t7, w6);
                        const ae_real w7 = weight_at[7]; AE_FMA(sum0, t0, w7); AE_FMA(sum1, t1, w7);
                        AE_FMA(sum2, t2, w7); AE_FMA(sum3, t3, w7); AE_FMA(sum4, t4, w7); AE_FMA(sum5, t5, w7);
                        AE_FMA(sum6, t6, w7);
                        const ae_real w8 = weight_at[8]; AE_FMA(sum1, t0, w8); AE_FMA(sum2, t1, w8);
                        AE_FMA(sum3, t2, w8); AE_FMA(sum4, t3, w8); AE_FMA(sum5, t4, w8); AE_FMA(sum6, t5, w8);
                        const ae_real w9 = weight_at[9]; AE_FMA(sum2, t0, w9); AE_FMA(sum3, t1, w9);
                        AE_FMA(sum4, t2, w9); AE_FMA(sum5, t3, w9); AE_FMA(sum6, t4, w9);
                        const ae_real w10 = weight_at[10]; AE_FMA(sum3, t0, w10); AE_FMA(sum4, t1, w10);
                        AE_FMA(sum5, t2, w10); AE_FMA(sum6, t3, w10);
                        const ae_real w11 = weight_at[11]; AE_FMA(sum4, t0, w11); AE_FMA(sum5, t1, w11);
                        AE_FMA(sum6, t2, w11);
                        const ae_real w12 = weight_at[12]; AE_FMA(sum5, t0, w12); AE_FMA(sum6, t1, w12);
                        const ae_real w13 = weight_at[13]; AE_FMA(sum6, t0, w13);
                    }
                }
                ae_real *const output_at = output + (s * 784 + y * 28);
                output_at[7] = sum0;
                output_at[8] = sum1;
                output_at[9] = sum2;
                output_at[10] = sum3;
                output_at[11] = sum4;
                output_at[12] = sum5;
                output_at[13] = sum6;
            }
            {
                ae_real sum0, sum1, sum2, sum3, sum4, sum5, sum6;
                sum0 = bias[0]; sum1 = bias[0]; sum2 = bias[0]; sum3 = bias[0]; sum4 = bias[0]; sum5 = bias[0];
                sum6 = bias[0];
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 16; i++) {
                        const ae_real *const input_at = input + (s * 3136 + y * 224 - ky * 224 + i);
                        const ae_real *const weight_at = weight + (ky * 240 + i * 15);
                        const ae_real t0 = input_at[0], t1 = input_at[16], t2 = input_at[32], t3 = input_at[48];
                        const ae_real t4 = input_at[64], t5 = input_at[80], t6 = input_at[96], t7 = input_at[112];
                        const ae_real t8 = input_at[128], t9 = input_at[144], t10 = input_at[160];
                        const ae_real t11 = input_at[176], t12 = input_at[192], t13 = input_at[208];
                        const ae_real w1 = weight_at[1]; AE_FMA(sum0, t13, w1);
                        const ae_real w2 = weight_at[2]; AE_FMA(sum0, t12, w2); AE_FMA(sum1, t13, w2);
                        const ae_real w3 = weight_at[3]; AE_FMA(sum0, t11, w3); AE_FMA(sum1, t12, w3);
                        AE_FMA(sum2, t13, w3);
                        const ae_real w4 = weight_at[4]; AE_FMA(sum0, t10, w4); AE_FMA(sum1, t11, w4);
                        AE_FMA(sum2, t12, w4); AE_FMA(sum3, t13, w4);
                        const ae_real w5 = weight_at[5]; AE_FMA(sum0, t9, w5); AE_FMA(sum1, t10, w5);
                        AE_FMA(sum2, t11, w5); AE_FMA(sum3, t12, w5); AE_FMA(sum4, t13, w5);
                        const ae_real w6 = weight_at[6]; AE_FMA(sum0, t8, w6); AE_FMA(sum1, t9, w6);
                        AE_FMA(sum2, t10, w6); AE_FMA(sum3, t11, w6); AE_FMA(sum4, t12, w6); AE_FMA(sum5, t13, w6);
                        const ae_real w7 = weight_at[7]; AE_FMA(sum0, t7, w7); AE_FMA(sum1, t8, w7);
                        AE_FMA(sum2, t9, w7); AE_FMA(sum3, t10, w7); AE_FMA(sum4, t11, w7); AE_FMA(sum5, t12, w7);
                        AE_FMA(sum6, t13, w7);
                        const ae_real w8 = weight_at[8]; AE_FMA(sum0, t6, w8); AE_FMA(sum1, t7, w8);
                        AE_FMA(sum2, t8, w8); AE_FMA(sum3, t9, w8); AE_FMA(sum4, t10, w8); AE_FMA(sum5, t11, w8);
                        AE_FMA(sum6, t12, w8);
                        const ae_real w9 = weight_at[9]; AE_FMA(sum0, t5, w9); AE_FMA(sum1, t6, w9);
                        AE_FMA(sum2, t7, w9); AE_FMA(sum3, t8, w9); AE_FMA(sum4, t9, w9); AE_FMA(sum5, t10, w9);
                        AE_FMA(sum6, t11, w9);
                        const ae_real w10 = weight_at[10]; AE_FMA(sum0, t4, w10); AE_FMA(sum1, t5, w10);
                        AE_FMA(sum2, t6, w10); AE_FMA(sum3, t7, w10); AE_FMA(sum4, t8, w10); AE_FMA(sum5, t9, w10);
                        AE_FMA(sum6, t10, w10);
                        const ae_real w11 = weight_at[11]; AE_FMA(sum0, t3, w11); AE_FMA(sum1, t4, w11);
                        AE_FMA(sum2, t5, w11); AE_FMA(sum3, t6, w11); AE_FMA(sum4, t7, w11); AE_FMA(sum5, t8, w11);
                        AE_FMA(sum6, t9, w11);
                        const ae_real w12 = weight_at[12]; AE_FMA(sum0, t2, w12); AE_FMA(sum1, t3, w12);
                        AE_FMA(sum2, t4, w12); AE_FMA(sum3, t5, w12); AE_FMA(sum4, t6, w12); AE_FMA(sum5, t7, w12);
                        AE_FMA(sum6, t8, w12);
                        const ae_real w13 = weight_at[13]; AE_FMA(sum0, t1, w13); AE_FMA(sum1, t2, w13);
                        AE_FMA(sum2, t3, w13); AE_FMA(sum3, t4, w13); AE_FMA(sum4, t5, w13); AE_FMA(sum5, t6, w13);
                        AE_FMA(sum6, t7, w13);
                        const ae_real w14 = weight_at[14]; AE_FMA(sum0, t0, w14); AE_FMA(sum1, t1, w14);
                        AE_FMA(sum2, t2, w14); AE_FMA(sum3, t3, w14); AE_FMA(sum4, t4, w14); AE_FMA(sum5, t5, w14);
                        AE_FMA(sum6, t6, w14);
                    }
                }
                ae_real *const output_at = output + (s * 784 + y * 28);
                output_at[14] = sum0;
                output_at[15] = sum1;
                output_at[16] = sum2;
                output_at[17] = sum3;
                output_at[18] = sum4;
                output_at[19] = sum5;
                output_at[20] = sum6;
            }
            {
                ae_real sum0, sum1, sum2, sum3, sum4, sum5, sum6;
                sum0 = bias[0]; sum1 = bias[0]; sum2 = bias[0]; sum3 = bias[0]; sum4 = bias[0]; sum5 = bias[0];
                sum6 = bias[0];
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 16; i++) {
                        const ae_real *const input_at = input + (s * 3136 + y * 224 - ky * 224 + i);
                        const ae_real *const weight_at = weight + (ky * 240 + i * 15);
                        const ae_real t0 = input_at[112], t1 = input_at[128], t2 = input_at[144];
                        const ae_real t3 = input_at[160], t4 = input_at[176], t5 = input_at[192];
                        const ae_real t6 = input_at[208];
                        const ae_real w8 = weight_at[8]; AE_FMA(sum0, t6, w8);
                        const ae_real w9 = weight_at[9]; AE_FMA(sum0, t5, w9); AE_FMA(sum1, t6, w9);
                        const ae_real w10 = weight_at[10]; AE_FMA(sum0, t4, w10); AE_FMA(sum1, t5, w10);
                        AE_FMA(sum2, t6, w10);
                        const ae_real w11 = weight_at[11]; AE_FMA(sum0, t3, w11); AE_FMA(sum1, t4, w11);
                        AE_FMA(sum2, t5, w11); AE_FMA(sum3, t6, w11);
                        const ae_real w12 = weight_at[12]; AE_FMA(sum0, t2, w12); AE_FMA(sum1, t3, w12);
                        AE_FMA(sum2, t4, w12); AE_FMA(sum3, t5, w12); AE_FMA(sum4, t6, w12);
                        const ae_real w13 = weight_at[13]; AE_FMA(sum0, t1, w13); AE_FMA(sum1, t2, w13);
                        AE_FMA(sum2, t3, w13); AE_FMA(sum3, t4, w13); AE_FMA(sum4, t5, w13); AE_FMA(sum5, t6, w13);
                        const ae_real w14 = weight_at[14]; AE_FMA(sum0, t0, w14); AE_FMA(sum1, t1, w14);
                        AE_FMA(sum2, t2, w14); AE_FMA(sum3, t3, w14); AE_FMA(sum4, t4, w14); AE_FMA(sum5, t5, w14);
                        AE_FMA(sum6, t6, w14);
                    }
                }
                ae_real *const output_at = output + (s * 784 + y * 28);
                output_at[21] = sum0;
                output_at[22] = sum1;
                output_at[23] = sum2;
                output_at[24] = sum3;
                output_at[25] = sum4;
                output_at[26] = sum5;
                output_at[27] = sum6;
            }
        }
    }
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
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0[s * 784 + i + lane] - in1[s * 784 + i + lane];
                const ae_real v1 = v0 * v0; partial2[lane] += v1;
                const ae_real v4 = v0 * AE_REAL(2.0);
                const ae_real v5 = u33 * v4; out1[s * 784 + i + lane] = v5;
            }
        }
        const ae_real v2 = ae_join(partial2);
        const ae_real v3 = v2 * AE_REAL(0x1.4e5e0a72f0539p-10);
        out0[s] = v3;
    }
}

// decoder.4 backward (aec.aespec:19): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample; then select
//   What the layer spread over its output is gathered again: the gradient of a transposed convolution's
//   input is the convolution of its output's gradient with the same weight.
//   output[y][x][o] = sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 7 sums together: 7 positions x 1 vector of 16 output channels.
AE_KERNEL void net_decoder_4_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t y = 0; y < 14; y++) {
            for (ptrdiff_t x = 0; x < 14; x += 7) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                    sum3[lane] = AE_REAL(0.0); sum4[lane] = AE_REAL(0.0); sum5[lane] = AE_REAL(0.0);
                    sum6[lane] = AE_REAL(0.0);
                }
                for (ptrdiff_t ky = 0; ky < 15; ky++) {
                    for (ptrdiff_t j = 0; j < 15; j++) {
                        const ae_real *const input_at = input + (s * 784 + y * 28 + ky * 28 + x + j);
                        const ae_real t0 = input_at[0], t1 = input_at[1], t2 = input_at[2], t3 = input_at[3];
                        const ae_real t4 = input_at[4], t5 = input_at[5], t6 = input_at[6];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight[ky * 240 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                            AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                            AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                        }
                    }
                }
                const ae_real *const in0_at = in0 + (s * 3136 + y * 224 + x * 16);
                ae_real *const out0_at = out0 + (s * 3136 + y * 224 + x * 16);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[lane];
                    const ae_real c0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[16 + lane];
                    const ae_real c0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[16 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[32 + lane];
                    const ae_real c0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[32 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[48 + lane];
                    const ae_real c0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[48 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[64 + lane];
                    const ae_real c0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[64 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[80 + lane];
                    const ae_real c0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[80 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[96 + lane];
                    const ae_real c0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[96 + lane] = v0;
                }
            }
        }
    }
}

// decoder.4 weight_gradient (aec.aespec:19): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample
// encoder.0 weight_gradient (aec.aespec:9): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample
//   Each weight gets the products of the pairs it joined: gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void net_decoder_4_weight_gradient(ptrdiff_t samples,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t ky = 0; ky < 15; ky++) {
        {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
            ae_real *const gradient_at = gradient + (ky * 240);
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = gradient_at[lane]; sum1[lane] = gradient_at[16 + lane];
                sum2[lane] = gradient_at[32 + lane]; sum3[lane] = gradient_at[48 + lane];
                sum4[lane] = gradient_at[64 + lane]; sum5[lane] = gradient_at[80 + lane];
                sum6[lane] = gradient_at[96 + lane]; sum7[lane] = gradient_at[112 + lane];
            }
            for (ptrdiff_t s = 0; s < samples; s++) {
                for (ptrdiff_t y = 0; y < 14; y++) {
                    for (ptrdiff_t x = 0; x < 14; x++) {
                        const ae_real *const large_at = large + (s * 784 + y * 28 + ky * 28 + x);
                        const ae_real t0 = large_at[0], t1 = large_at[1], t2 = large_at[2], t3 = large_at[3];
                        const ae_real t4 = large_at[4], t5 = large_at[5], t6 = large_at[6], t7 = large_at[7];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real g = small[s * 3136 + y * 224 + x * 16 + lane]; AE_FMA(sum0[lane], t0, g);
                            AE_FMA(sum1[lane], t1, g); AE_FMA(sum2[lane], t2, g); AE_FMA(sum3[lane], t3, g);
                            AE_FMA(sum4[lane], t4, g); AE_FMA(sum5[lane], t5, g); AE_FMA(sum6[lane], t6, g);
                            AE_FMA(sum7[lane], t7, g);
                        }
                    }
                }
            }
            for (int lane = 0; lane < 16; lane++) {
                gradient_at[lane] = sum0[lane]; gradient_at[16 + lane] = sum1[lane];
                gradient_at[32 + lane] = sum2[lane]; gradient_at[48 + lane] = sum3[lane];
                gradient_at[64 + lane] = sum4[lane]; gradient_at[80 + lane] = sum5[lane];
                gradient_at[96 + lane] = sum6[lane]; gradient_at[112 + lane] = sum7[lane];
            }
        }
        {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16];
            ae_real *const gradient_at = gradient + (ky * 240);
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = gradient_at[128 + lane]; sum1[lane] = gradient_at[144 + lane];
                sum2[lane] = gradient_at[160 + lane]; sum3[lane] = gradient_at[176 + lane];
                sum4[lane] = gradient_at[192 + lane]; sum5[lane] = gradient_at[208 + lane];
                sum6[lane] = gradient_at[224 + lane];
            }
            for (ptrdiff_t s = 0; s < samples; s++) {
                for (ptrdiff_t y = 0; y < 14; y++) {
                    for (ptrdiff_t x = 0; x < 14; x++) {
                        const ae_real *const large_at = large + (s * 784 + y * 28 + ky * 28 + x);
                        const ae_real t0 = large_at[8], t1 = large_at[9], t2 = large_at[10], t3 = large_at[11];
                        const ae_real t4 = large_at[12], t5 = large_at[13], t6 = large_at[14];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real g = small[s * 3136 + y * 224 + x * 16 + lane]; AE_FMA(sum0[lane], t0, g);
                            AE_FMA(sum1[lane], t1, g); AE_FMA(sum2[lane], t2, g); AE_FMA(sum3[lane], t3, g);
                            AE_FMA(sum4[lane], t4, g); AE_FMA(sum5[lane], t5, g); AE_FMA(sum6[lane], t6, g);
                        }
                    }
                }
            }
            for (int lane = 0; lane < 16; lane++) {
                gradient_at[128 + lane] = sum0[lane]; gradient_at[144 + lane] = sum1[lane];
                gradient_at[160 + lane] = sum2[lane]; gradient_at[176 + lane] = sum3[lane];
                gradient_at[192 + lane] = sum4[lane]; gradient_at[208 + lane] = sum5[lane];
                gradient_at[224 + lane] = sum6[lane];
            }
        }
    }
}

// decoder.4 bias_gradient (aec.aespec:19): 1 elements
//   gradient[c] += sum over samples and positions of image[y][x][c]
AE_KERNEL void net_decoder_4_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            for (int lane = 0; lane < 16; lane++) partial[lane] += image[s * 784 + i + lane];
        }
        const ae_real sum = ae_join(partial);
        gradient[0] += sum;
    }
}

// decoder.2 backward (aec.aespec:18): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample; then select
//   What the layer spread over its output is gathered again: the gradient of a transposed convolution's
//   input is the convolution of its output's gradient with the same weight.
//   output[y][x][o] = sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void net_decoder_2_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 32; c += 16) {
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                    sum3[lane] = AE_REAL(0.0); sum4[lane] = AE_REAL(0.0); sum5[lane] = AE_REAL(0.0);
                    sum6[lane] = AE_REAL(0.0); sum7[lane] = AE_REAL(0.0);
                }
                for (ptrdiff_t ky = 0; ky < 7; ky++) {
                    for (ptrdiff_t j = 0; j < 112; j++) {
                        const ae_real *const input_at = input + (s * 3136 + y * 224 + ky * 224 + j);
                        const ae_real t0 = input_at[0], t1 = input_at[16], t2 = input_at[32], t3 = input_at[48];
                        const ae_real t4 = input_at[64], t5 = input_at[80], t6 = input_at[96], t7 = input_at[112];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight[ky * 3584 + j * 32 + c + lane]; AE_FMA(sum0[lane], t0, w0);
                            AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                            AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                            AE_FMA(sum7[lane], t7, w0);
                        }
                    }
                }
                const ae_real *const in0_at = in0 + (s * 2048 + y * 256 + c);
                ae_real *const out0_at = out0 + (s * 2048 + y * 256 + c);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[lane];
                    const ae_real c0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[32 + lane];
                    const ae_real c0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[32 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[64 + lane];
                    const ae_real c0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[64 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[96 + lane];
                    const ae_real c0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[96 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[128 + lane];
                    const ae_real c0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[128 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[160 + lane];
                    const ae_real c0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[160 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[192 + lane];
                    const ae_real c0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[192 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[224 + lane];
                    const ae_real c0 = sum7[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[224 + lane] = v0;
                }
            }
        }
    }
}

// decoder.2 weight_gradient (aec.aespec:18): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample
// encoder.2 weight_gradient (aec.aespec:10): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample
//   Each weight gets the products of the pairs it joined: gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void net_decoder_2_weight_gradient(ptrdiff_t samples,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 32; c += 16) {
        for (ptrdiff_t ky = 0; ky < 7; ky++) {
            for (ptrdiff_t j = 0; j < 112; j += 8) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
                ae_real *const gradient_at = gradient + (ky * 3584 + j * 32 + c);
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = gradient_at[lane]; sum1[lane] = gradient_at[32 + lane];
                    sum2[lane] = gradient_at[64 + lane]; sum3[lane] = gradient_at[96 + lane];
                    sum4[lane] = gradient_at[128 + lane]; sum5[lane] = gradient_at[160 + lane];
                    sum6[lane] = gradient_at[192 + lane]; sum7[lane] = gradient_at[224 + lane];
                }
                for (ptrdiff_t s = 0; s < samples; s++) {
                    for (ptrdiff_t y = 0; y < 8; y++) {
                        for (ptrdiff_t x = 0; x < 8; x++) {
                            const ae_real *const large_at = large + (s * 3136 + y * 224 + ky * 224 + x * 16 + j);
                            const ae_real t0 = large_at[0], t1 = large_at[1], t2 = large_at[2], t3 = large_at[3];
                            const ae_real t4 = large_at[4], t5 = large_at[5], t6 = large_at[6], t7 = large_at[7];
                            for (int lane = 0; lane < 16; lane++) {
                                const ae_real g = small[s * 2048 + y * 256 + x * 32 + c + lane];
                                AE_FMA(sum0[lane], t0, g); AE_FMA(sum1[lane], t1, g); AE_FMA(sum2[lane], t2, g);
                                AE_FMA(sum3[lane], t3, g); AE_FMA(sum4[lane], t4, g); AE_FMA(sum5[lane], t5, g);
                                AE_FMA(sum6[lane], t6, g); AE_FMA(sum7[lane], t7, g);
                            }
                        }
                    }
                }
                for (int lane = 0; lane < 16; lane++) {
                    gradient_at[lane] = sum0[lane]; gradient_at[32 + lane] = sum1[lane];
                    gradient_at[64 + lane] = sum2[lane]; gradient_at[96 + lane] = sum3[lane];
                    gradient_at[128 + lane] = sum4[lane]; gradient_at[160 + lane] = sum5[lane];
                    gradient_at[192 + lane] = sum6[lane]; gradient_at[224 + lane] = sum7[lane];
                }
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
    ae_real sum0[16];
    for (int lane = 0; lane < 16; lane++) sum0[lane] = gradient[lane];
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t i = 0; i < 196; i++) {
            for (int lane = 0; lane < 16; lane++) sum0[lane] += image[s * 3136 + i * 16 + lane];
        }
    }
    for (int lane = 0; lane < 16; lane++) gradient[lane] = sum0[lane];
}

// decoder.0 backward (aec.aespec:17): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample; then select
//   What the layer spread over its output is gathered again: the gradient of a transposed convolution's
//   input is the convolution of its output's gradient with the same weight.
//   output[y][x][o] = sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void net_decoder_0_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 64; c += 16) {
            for (ptrdiff_t y = 0; y < 4; y += 2) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                    sum3[lane] = AE_REAL(0.0); sum4[lane] = AE_REAL(0.0); sum5[lane] = AE_REAL(0.0);
                    sum6[lane] = AE_REAL(0.0); sum7[lane] = AE_REAL(0.0);
                }
                for (ptrdiff_t ky = 0; ky < 5; ky++) {
                    for (ptrdiff_t j = 0; j < 160; j++) {
                        const ae_real *const input_at = input + (s * 2048 + y * 256 + ky * 256 + j);
                        const ae_real t0 = input_at[0], t1 = input_at[32], t2 = input_at[64], t3 = input_at[96];
                        const ae_real t4 = input_at[256], t5 = input_at[288], t6 = input_at[320];
                        const ae_real t7 = input_at[352];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight[ky * 10240 + j * 64 + c + lane]; AE_FMA(sum0[lane], t0, w0);
                            AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                            AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                            AE_FMA(sum7[lane], t7, w0);
                        }
                    }
                }
                const ae_real *const in0_at = in0 + (s * 1024 + y * 256 + c);
                ae_real *const out0_at = out0 + (s * 1024 + y * 256 + c);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[lane];
                    const ae_real c0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[64 + lane];
                    const ae_real c0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[64 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[128 + lane];
                    const ae_real c0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[128 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[192 + lane];
                    const ae_real c0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[192 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[256 + lane];
                    const ae_real c0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[256 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[320 + lane];
                    const ae_real c0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[320 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[384 + lane];
                    const ae_real c0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[384 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[448 + lane];
                    const ae_real c0 = sum7[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[448 + lane] = v0;
                }
            }
        }
    }
}

// decoder.0 weight_gradient (aec.aespec:17): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample
// encoder.4 weight_gradient (aec.aespec:11): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample
//   Each weight gets the products of the pairs it joined: gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void net_decoder_0_weight_gradient(ptrdiff_t samples,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        for (ptrdiff_t ky = 0; ky < 5; ky++) {
            for (ptrdiff_t j = 0; j < 160; j += 8) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
                ae_real *const gradient_at = gradient + (ky * 10240 + j * 64 + c);
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = gradient_at[lane]; sum1[lane] = gradient_at[64 + lane];
                    sum2[lane] = gradient_at[128 + lane]; sum3[lane] = gradient_at[192 + lane];
                    sum4[lane] = gradient_at[256 + lane]; sum5[lane] = gradient_at[320 + lane];
                    sum6[lane] = gradient_at[384 + lane]; sum7[lane] = gradient_at[448 + lane];
                }
                for (ptrdiff_t s = 0; s < samples; s++) {
                    for (ptrdiff_t y = 0; y < 4; y++) {
                        for (ptrdiff_t x = 0; x < 4; x++) {
                            const ae_real *const large_at = large + (s * 2048 + y * 256 + ky * 256 + x * 32 + j);
                            const ae_real t0 = large_at[0], t1 = large_at[1], t2 = large_at[2], t3 = large_at[3];
                            const ae_real t4 = large_at[4], t5 = large_at[5], t6 = large_at[6], t7 = large_at[7];
                            for (int lane = 0; lane < 16; lane++) {
                                const ae_real g = small[s * 1024 + y * 256 + x * 64 + c + lane];
                                AE_FMA(sum0[lane], t0, g); AE_FMA(sum1[lane], t1, g); AE_FMA(sum2[lane], t2, g);
                                AE_FMA(sum3[lane], t3, g); AE_FMA(sum4[lane], t4, g); AE_FMA(sum5[lane], t5, g);
                                AE_FMA(sum6[lane], t6, g); AE_FMA(sum7[lane], t7, g);
                            }
                        }
                    }
                }
                for (int lane = 0; lane < 16; lane++) {
                    gradient_at[lane] = sum0[lane]; gradient_at[64 + lane] = sum1[lane];
                    gradient_at[128 + lane] = sum2[lane]; gradient_at[192 + lane] = sum3[lane];
                    gradient_at[256 + lane] = sum4[lane]; gradient_at[320 + lane] = sum5[lane];
                    gradient_at[384 + lane] = sum6[lane]; gradient_at[448 + lane] = sum7[lane];
                }
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
    for (ptrdiff_t c = 0; c < 32; c += 16) {
        ae_real sum0[16];
        for (int lane = 0; lane < 16; lane++) sum0[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++) {
            for (ptrdiff_t i = 0; i < 64; i++) {
                for (int lane = 0; lane < 16; lane++) sum0[lane] += image[s * 2048 + i * 32 + c + lane];
            }
        }
        for (int lane = 0; lane < 16; lane++) gradient[c + lane] = sum0[lane];
    }
}

// encoder.4 backward (aec.aespec:11): [64, 4, 4] -> [32, 8, 8], kernel 5x5, 1638400 FLOP a sample; then select
//   What the layer gathered is spread again: the gradient of a convolution's input is the transposed
//   convolution of its output's gradient: input row y met kernel row ky in output row
//   (y + padding - ky) / stride, where the division leaves no rest.
//   output[y][x][o] = sum over ky, i, kx of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void net_encoder_4_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t c = 0; c < 32; c += 16) {
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                    sum3[lane] = AE_REAL(0.0); sum4[lane] = AE_REAL(0.0); sum5[lane] = AE_REAL(0.0);
                    sum6[lane] = AE_REAL(0.0); sum7[lane] = AE_REAL(0.0);
                }
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 64; i++) {
                        const ae_real *const input_at = input + (s * 1024 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 10240 + i * 160 + c);
                        const ae_real t0 = input_at[0], t1 = input_at[64], t2 = input_at[128], t3 = input_at[192];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight_at[lane]; AE_FMA(sum0[lane], t0, w0);
                            AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                            const ae_real w1 = weight_at[32 + lane]; AE_FMA(sum1[lane], t0, w1);
                            AE_FMA(sum2[lane], t1, w1); AE_FMA(sum3[lane], t2, w1); AE_FMA(sum4[lane], t3, w1);
                            const ae_real w2 = weight_at[64 + lane]; AE_FMA(sum2[lane], t0, w2);
                            AE_FMA(sum3[lane], t1, w2); AE_FMA(sum4[lane], t2, w2); AE_FMA(sum5[lane], t3, w2);
                            const ae_real w3 = weight_at[96 + lane]; AE_FMA(sum3[lane], t0, w3);
                            AE_FMA(sum4[lane], t1, w3); AE_FMA(sum5[lane], t2, w3); AE_FMA(sum6[lane], t3, w3);
                            const ae_real w4 = weight_at[128 + lane]; AE_FMA(sum4[lane], t0, w4);
                            AE_FMA(sum5[lane], t1, w4); AE_FMA(sum6[lane], t2, w4); AE_FMA(sum7[lane], t3, w4);
                        }
                    }
                }
                const ae_real *const in0_at = in0 + (s * 2048 + y * 256 + c);
                ae_real *const out0_at = out0 + (s * 2048 + y * 256 + c);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[lane];
                    const ae_real c0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[32 + lane];
                    const ae_real c0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[32 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[64 + lane];
                    const ae_real c0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[64 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[96 + lane];
                    const ae_real c0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[96 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[128 + lane];
                    const ae_real c0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[128 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[160 + lane];
                    const ae_real c0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[160 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[192 + lane];
                    const ae_real c0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[192 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[224 + lane];
                    const ae_real c0 = sum7[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[224 + lane] = v0;
                }
            }
        }
    }
}

// encoder.4 bias_gradient (aec.aespec:11): 64 elements
//   gradient[c] += sum over samples and positions of image[y][x][c]
AE_KERNEL void net_encoder_4_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        ae_real sum0[16];
        for (int lane = 0; lane < 16; lane++) sum0[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++) {
            for (ptrdiff_t i = 0; i < 16; i++) {
                for (int lane = 0; lane < 16; lane++) sum0[lane] += image[s * 1024 + i * 64 + c + lane];
            }
        }
        for (int lane = 0; lane < 16; lane++) gradient[c + lane] = sum0[lane];
    }
}

// encoder.2 backward (aec.aespec:10): [32, 8, 8] -> [16, 14, 14], kernel 7x7, 3211264 FLOP a sample; then select
//   What the layer gathered is spread again: the gradient of a convolution's input is the transposed
//   convolution of its output's gradient: input row y met kernel row ky in output row
//   (y + padding - ky) / stride, where the division leaves no rest.
//   output[y][x][o] = sum over ky, i, kx of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 7 sums together: 7 positions x 1 vector of 16 output channels.
AE_KERNEL void net_encoder_2_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (ptrdiff_t y = 0; y < 14; y++) {
            {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                    sum3[lane] = AE_REAL(0.0); sum4[lane] = AE_REAL(0.0); sum5[lane] = AE_REAL(0.0);
                    sum6[lane] = AE_REAL(0.0);
                }
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 32; i++) {
                        const ae_real *const input_at = input + (s * 2048 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 3584 + i * 112);
                        const ae_real t0 = input_at[0], t1 = input_at[32], t2 = input_at[64], t3 = input_at[96];
                        const ae_real t4 = input_at[128], t5 = input_at[160], t6 = input_at[192];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight_at[lane]; AE_FMA(sum0[lane], t0, w0);
                            AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                            AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                            const ae_real w1 = weight_at[16 + lane]; AE_FMA(sum1[lane], t0, w1);
                            AE_FMA(sum2[lane], t1, w1); AE_FMA(sum3[lane], t2, w1); AE_FMA(sum4[lane], t3, w1);
                            AE_FMA(sum5[lane], t4, w1); AE_FMA(sum6[lane], t5, w1);
                            const ae_real w2 = weight_at[32 + lane]; AE_FMA(sum2[lane], t0, w2);
                            AE_FMA(sum3[lane], t1, w2); AE_FMA(sum4[lane], t2, w2); AE_FMA(sum5[lane], t3, w2);
                            AE_FMA(sum6[lane], t4, w2);
                            const ae_real w3 = weight_at[48 + lane]; AE_FMA(sum3[lane], t0, w3);
                            AE_FMA(sum4[lane], t1, w3); AE_FMA(sum5[lane], t2, w3); AE_FMA(sum6[lane], t3, w3);
                            const ae_real w4 = weight_at[64 + lane]; AE_FMA(sum4[lane], t0, w4);
                            AE_FMA(sum5[lane], t1, w4); AE_FMA(sum6[lane], t2, w4);
                            const ae_real w5 = weight_at[80 + lane]; AE_FMA(sum5[lane], t0, w5);
                            AE_FMA(sum6[lane], t1, w5);
                            const ae_real w6 = weight_at[96 + lane]; AE_FMA(sum6[lane], t0, w6);
                        }
                    }
                }
                const ae_real *const in0_at = in0 + (s * 3136 + y * 224);
                ae_real *const out0_at = out0 + (s * 3136 + y * 224);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[lane];
                    const ae_real c0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[16 + lane];
                    const ae_real c0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[16 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[32 + lane];
                    const ae_real c0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[32 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[48 + lane];
                    const ae_real c0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[48 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[64 + lane];
                    const ae_real c0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[64 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[80 + lane];
                    const ae_real c0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[80 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[96 + lane];
                    const ae_real c0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[96 + lane] = v0;
                }
            }
            {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16];
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                    sum3[lane] = AE_REAL(0.0); sum4[lane] = AE_REAL(0.0); sum5[lane] = AE_REAL(0.0);
                    sum6[lane] = AE_REAL(0.0);
                }
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++) {
                    for (ptrdiff_t i = 0; i < 32; i++) {
                        const ae_real *const input_at = input + (s * 2048 + y * 256 - ky * 256 + i);
                        const ae_real *const weight_at = weight + (ky * 3584 + i * 112);
                        const ae_real t0 = input_at[32], t1 = input_at[64], t2 = input_at[96], t3 = input_at[128];
                        const ae_real t4 = input_at[160], t5 = input_at[192], t6 = input_at[224];
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real w0 = weight_at[lane]; AE_FMA(sum0[lane], t6, w0);
                            const ae_real w1 = weight_at[16 + lane]; AE_FMA(sum0[lane], t5, w1);
                            AE_FMA(sum1[lane], t6, w1);
                            const ae_real w2 = weight_at[32 + lane]; AE_FMA(sum0[lane], t4, w2);
                            AE_FMA(sum1[lane], t5, w2); AE_FMA(sum2[lane], t6, w2);
                            const ae_real w3 = weight_at[48 + lane]; AE_FMA(sum0[lane], t3, w3);
                            AE_FMA(sum1[lane], t4, w3); AE_FMA(sum2[lane], t5, w3); AE_FMA(sum3[lane], t6, w3);
                            const ae_real w4 = weight_at[64 + lane]; AE_FMA(sum0[lane], t2, w4);
                            AE_FMA(sum1[lane], t3, w4); AE_FMA(sum2[lane], t4, w4); AE_FMA(sum3[lane], t5, w4);
                            AE_FMA(sum4[lane], t6, w4);
                            const ae_real w5 = weight_at[80 + lane]; AE_FMA(sum0[lane], t1, w5);
                            AE_FMA(sum1[lane], t2, w5); AE_FMA(sum2[lane], t3, w5); AE_FMA(sum3[lane], t4, w5);
                            AE_FMA(sum4[lane], t5, w5); AE_FMA(sum5[lane], t6, w5);
                            const ae_real w6 = weight_at[96 + lane]; AE_FMA(sum0[lane], t0, w6);
                            AE_FMA(sum1[lane], t1, w6); AE_FMA(sum2[lane], t2, w6); AE_FMA(sum3[lane], t3, w6);
                            AE_FMA(sum4[lane], t4, w6); AE_FMA(sum5[lane], t5, w6); AE_FMA(sum6[lane], t6, w6);
                        }
                    }
                }
                const ae_real *const in0_at = in0 + (s * 3136 + y * 224);
                ae_real *const out0_at = out0 + (s * 3136 + y * 224);
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[112 + lane];
                    const ae_real c0 = sum0[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[112 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[128 + lane];
                    const ae_real c0 = sum1[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[128 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[144 + lane];
                    const ae_real c0 = sum2[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[144 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[160 + lane];
                    const ae_real c0 = sum3[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[160 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[176 + lane];
                    const ae_real c0 = sum4[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[176 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[192 + lane];
                    const ae_real c0 = sum5[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[192 + lane] = v0;
                }
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real a0 = in0_at[208 + lane];
                    const ae_real c0 = sum6[lane];
                    const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[208 + lane] = v0;
                }
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
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0[s * 784 + i + lane] - in1[s * 784 + i + lane];
                const ae_real v1 = v0 * v0; partial2[lane] += v1;
            }
        }
        const ae_real v2 = ae_join(partial2);
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
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 5);
        net_decoder_2_repack(step->parameters + 131232, step->repacked + 51200);
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 7);
        net_decoder_4_repack(step->parameters + 156336, step->repacked + 76288);
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 19);
        net_decoder_0_repack(step->parameters + 28736, step->repacked + 79888);
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 23);
        net_decoder_2_repack(step->parameters + 3616, step->repacked + 131088);
        ae_mark(step, 30);
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
        net_decoder_4_forward(samples, scratch + 132096, step->repacked + 76288, step->parameters + 159936, scratch + 182272);
        ae_mark(step, 9);
        net_loss_mse_forward(samples, step->term_scale, scratch + 182272, step->input + first * 784, step->term + first * 1, scratch + 194816);
        ae_mark(step, 10);
        net_decoder_4_backward(samples, scratch + 194816, step->parameters + 156336, scratch + 132096, scratch + 207360);
        ae_mark(step, 11);
        net_decoder_4_weight_gradient(samples, scratch + 194816, scratch + 132096, gradient + 156336);
        ae_mark(step, 12);
        net_decoder_4_bias_gradient(samples, scratch + 194816, gradient + 159936);
        ae_mark(step, 13);
        net_decoder_2_backward(samples, scratch + 207360, step->parameters + 131232, scratch + 99328, scratch + 132096);
        ae_mark(step, 14);
        net_decoder_2_weight_gradient(samples, scratch + 207360, scratch + 99328, gradient + 131232);
        ae_mark(step, 15);
        net_decoder_2_bias_gradient(samples, scratch + 207360, gradient + 156320);
        ae_mark(step, 16);
        net_decoder_0_backward(samples, scratch + 132096, step->parameters + 80000, scratch + 82944, scratch + 99328);
        ae_mark(step, 17);
        net_decoder_0_weight_gradient(samples, scratch + 132096, scratch + 82944, gradient + 80000);
        ae_mark(step, 18);
        net_decoder_0_bias_gradient(samples, scratch + 132096, gradient + 131200);
        ae_mark(step, 20);
        net_encoder_4_backward(samples, scratch + 99328, step->repacked + 79888, scratch + 50176, scratch + 115712);
        ae_mark(step, 21);
        net_decoder_0_weight_gradient(samples, scratch + 50176, scratch + 99328, gradient + 28736);
        ae_mark(step, 22);
        net_encoder_4_bias_gradient(samples, scratch + 99328, gradient + 79936);
        ae_mark(step, 24);
        net_encoder_2_backward(samples, scratch + 115712, step->repacked + 131088, scratch, scratch + 50176);
        ae_mark(step, 25);
        net_decoder_2_weight_gradient(samples, scratch, scratch + 115712, gradient + 3616);
        ae_mark(step, 26);
        net_decoder_0_bias_gradient(samples, scratch + 115712, gradient + 28704);
        ae_mark(step, 27);
        net_decoder_4_weight_gradient(samples, step->input + first * 784, scratch + 50176, gradient);
        ae_mark(step, 28);
        net_decoder_2_bias_gradient(samples, scratch + 50176, gradient + 3600);
    }
    ae_mark(step, 30);
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
    ae_mark(step, 29);
    ae_join_slots(step, 159952, &net_join_ranges[task]);
    ae_mark(step, 30);
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
    ae_real *repacked = scratch + 165888;
    net_decoder_0_repack(parameters + 80000, repacked);
    net_decoder_0_forward((ptrdiff_t)samples, code, repacked, parameters + 131200, scratch);
    net_decoder_2_repack(parameters + 131232, repacked + 51200);
    net_decoder_2_forward((ptrdiff_t)samples, scratch, repacked + 51200, parameters + 156320, scratch + 65536);
    net_decoder_4_repack(parameters + 156336, repacked + 76288);
    net_decoder_4_forward((ptrdiff_t)samples, scratch + 65536, repacked + 76288, parameters + 159936, output);
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
    {"encoder.0 forward", 1411200, 5.465e+04, false},
    {"encoder.2 forward", 3211264, 1.209e+05, false},
    {"encoder.4 forward", 1638400, 6.17e+04, false},
    {"decoder.0 repack", 0, 1.28e+04, true},
    {"decoder.0 forward", 1638400, 5.914e+04, false},
    {"decoder.2 repack", 0, 6272, true},
    {"decoder.2 forward", 3211264, 1.155e+05, false},
    {"decoder.4 repack", 0, 900, true},
    {"decoder.4 forward", 1411200, 8.071e+05, false},
    {"loss mse forward", 0, 490, false},
    {"decoder.4 backward", 1411200, 5.485e+04, false},
    {"decoder.4 weight_gradient", 1411200, 4.983e+04, false},
    {"decoder.4 bias_gradient", 0, 98, false},
    {"decoder.2 backward", 3211264, 1.211e+05, false},
    {"decoder.2 weight_gradient", 3211264, 1.129e+05, false},
    {"decoder.2 bias_gradient", 0, 392, false},
    {"decoder.0 backward", 1638400, 6.176e+04, false},
    {"decoder.0 weight_gradient", 1638400, 5.76e+04, false},
    {"decoder.0 bias_gradient", 0, 256, false},
    {"encoder.4 repack", 0, 1.28e+04, true},
    {"encoder.4 backward", 1638400, 5.926e+04, false},
    {"encoder.4 weight_gradient", 1638400, 5.76e+04, false},
    {"encoder.4 bias_gradient", 0, 128, false},
    {"encoder.2 repack", 0, 6272, true},
    {"encoder.2 backward", 3211264, 1.157e+05, false},
    {"encoder.2 weight_gradient", 3211264, 1.129e+05, false},
    {"encoder.2 bias_gradient", 0, 256, false},
    {"encoder.0 weight_gradient", 1411200, 4.983e+04, false},
    {"encoder.0 bias_gradient", 0, 392, false},
    {"join", 0, 6.398e+05, true},
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
    .scratch_count = 245776,
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
    .kernel_count = 30,
    .lanes = 16,
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
    .target = "scalar",
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
