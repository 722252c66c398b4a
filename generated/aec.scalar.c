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
AE_KERNEL void conv5_32_to_64_repack(
        const ae_real weight[restrict 5][160][64],
        ae_real packed[restrict 5][64][160]) {
    for (ptrdiff_t ky = 0; ky < 5; ky++)
        for (ptrdiff_t kx = 0; kx < 5; kx++)
            ae_turn(32, 64, weight[ky][kx * 32], 64, packed[ky][0] + kx * 32, 160);
}

// decoder.2 repack (aec.aespec:18): 25088 elements
// encoder.2 repack (aec.aespec:10): 25088 elements
//   packed[ky][s][kx][l] = weight[ky][kx][l][s]: the larger image's channels side by side
AE_KERNEL void conv7_16_to_32_repack(
        const ae_real weight[restrict 7][112][32],
        ae_real packed[restrict 7][32][112]) {
    for (ptrdiff_t ky = 0; ky < 7; ky++)
        for (ptrdiff_t kx = 0; kx < 7; kx++)
            ae_turn(16, 32, weight[ky][kx * 16], 32, packed[ky][0] + kx * 16, 112);
}

// decoder.4 repack (aec.aespec:19): 3600 elements
//   packed[ky][s][kx][l] = weight[ky][kx][l][s]: the larger image's channels side by side
AE_KERNEL void conv15_1_to_16_repack(
        const ae_real weight[restrict 15][15][16],
        ae_real packed[restrict 15][16][15]) {
    for (ptrdiff_t ky = 0; ky < 15; ky++)
        for (ptrdiff_t kx = 0; kx < 15; kx++)
            ae_turn(1, 16, weight[ky][kx], 16, packed[ky][0] + kx, 15);
}

// encoder.0 forward (aec.aespec:9): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 7 sums together: 7 positions x 1 vector of 16 output channels.
AE_KERNEL void conv15_1_to_16_forward(ptrdiff_t samples,
        const ae_real input[restrict][28][28],
        const ae_real weight[restrict 15][15][16],
        const ae_real bias[restrict 16],
        ae_real out0[restrict][14][14][16]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t y = 0; y < 14; y++)
            for (ptrdiff_t x = 0; x < 14; x += 7) {
                ae_real sum[7][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                        sum[row][lane] = bias[lane];
                for (ptrdiff_t ky = 0; ky < 15; ky++)
                    for (ptrdiff_t j = 0; j < 15; j++)
                        for (int lane = 0; lane < 16; lane++)
                            AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                                AE_FMA(sum[row][lane], input[s][y + ky][x + row + j], weight[ky][j][lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real a0 = sum[row][lane];
                        out0[s][y][x + row][lane] = a0 <= 0 ? 0 : a0;
                    }
            }
}

// encoder.2 forward (aec.aespec:10): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void conv7_16_to_32_forward(ptrdiff_t samples,
        const ae_real input[restrict][14][224],
        const ae_real weight[restrict 7][112][32],
        const ae_real bias[restrict 32],
        ae_real out0[restrict][8][8][32]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 32; c += 16)
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                        sum[row][lane] = bias[c + lane];
                for (ptrdiff_t ky = 0; ky < 7; ky++)
                    for (ptrdiff_t j = 0; j < 112; j++)
                        for (int lane = 0; lane < 16; lane++)
                            AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                                AE_FMA(sum[row][lane], input[s][y + ky][row * 16 + j], weight[ky][j][c + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real a0 = sum[row][lane];
                        out0[s][y][row][c + lane] = a0 <= 0 ? 0 : a0;
                    }
            }
}

// encoder.4 forward (aec.aespec:11): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void conv5_32_to_64_forward(ptrdiff_t samples,
        const ae_real input[restrict][8][256],
        const ae_real weight[restrict 5][160][64],
        const ae_real bias[restrict 64],
        ae_real out0[restrict][4][4][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16)
            for (ptrdiff_t y = 0; y < 4; y += 2) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                            sum[down * 4 + row][lane] = bias[c + lane];
                for (ptrdiff_t ky = 0; ky < 5; ky++)
                    for (ptrdiff_t j = 0; j < 160; j++)
                        for (int lane = 0; lane < 16; lane++)
                            AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                                AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                                    AE_FMA(sum[down * 4 + row][lane], input[s][y + down + ky][row * 32 + j],
                                           weight[ky][j][c + lane]);
                AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real a0 = sum[down * 4 + row][lane];
                            out0[s][y + down][row][c + lane] = a0 <= 0 ? 0 : a0;
                        }
            }
}

// decoder.0 forward (aec.aespec:17): [64, 4, 4] -> [32, 8, 8], kernel 5x5, 1638400 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no rest, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void deconv5_64_to_32_forward(ptrdiff_t samples,
        const ae_real input[restrict][4][256],
        const ae_real weight[restrict 5][64][160],
        const ae_real bias[restrict 32],
        ae_real out0[restrict][8][8][32]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 32; c += 16)
            for (ptrdiff_t y = 0; y < 8; y++) {
                {
                    ae_real sum[4][16];
                    for (int lane = 0; lane < 16; lane++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                            sum[row][lane] = bias[c + lane];
                    for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++)
                        for (ptrdiff_t i = 0; i < 64; i++)
                            for (ptrdiff_t kx = 0; kx < 5; kx++)
                                for (ptrdiff_t row = kx; row < 4; row++)
                                    for (int lane = 0; lane < 16; lane++)
                                        AE_FMA(sum[row][lane], input[s][y - ky][kx * -64 + row * 64 + i],
                                               weight[ky][i][kx * 32 + c + lane]);
                    AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real a0 = sum[row][lane];
                            out0[s][y][row][c + lane] = a0 <= 0 ? 0 : a0;
                        }
                }
                {
                    ae_real sum[4][16];
                    for (int lane = 0; lane < 16; lane++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                            sum[row][lane] = bias[c + lane];
                    for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++)
                        for (ptrdiff_t i = 0; i < 64; i++)
                            for (ptrdiff_t kx = 0; kx < 5; kx++)
                                for (ptrdiff_t row = 0; row < kx; row++)
                                    for (int lane = 0; lane < 16; lane++)
                                        AE_FMA(sum[row][lane], input[s][y - ky][kx * -64 + row * 64 + i + 256],
                                               weight[ky][i][kx * 32 + c + lane]);
                    AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real a0 = sum[row][lane];
                            out0[s][y][row + 4][c + lane] = a0 <= 0 ? 0 : a0;
                        }
                }
            }
}

// decoder.2 forward (aec.aespec:18): [32, 8, 8] -> [16, 14, 14], kernel 7x7, 3211264 FLOP a sample; then relu
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no rest, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 7 sums together: 7 positions x 1 vector of 16 output channels.
AE_KERNEL void deconv7_32_to_16_forward(ptrdiff_t samples,
        const ae_real input[restrict][8][256],
        const ae_real weight[restrict 7][32][112],
        const ae_real bias[restrict 16],
        ae_real out0[restrict][14][14][16]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t y = 0; y < 14; y++) {
            {
                ae_real sum[6][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 6; row++)
                        sum[row][lane] = bias[lane];
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 32; i++)
                        for (ptrdiff_t kx = 0; kx < 7; kx++)
                            for (ptrdiff_t row = kx; row < 6; row++)
                                for (int lane = 0; lane < 16; lane++)
                                    AE_FMA(sum[row][lane], input[s][y - ky][kx * -32 + row * 32 + i],
                                           weight[ky][i][kx * 16 + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 6; row++)
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real a0 = sum[row][lane];
                        out0[s][y][row][lane] = a0 <= 0 ? 0 : a0;
                    }
            }
            {
                ae_real sum[2][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                        sum[row][lane] = bias[lane];
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 32; i++)
                        for (ptrdiff_t kx = 0; kx < 7; kx++)
                            for (int lane = 0; lane < 16; lane++)
                                AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                                    AE_FMA(sum[row][lane], input[s][y - ky][kx * -32 + row * 32 + i + 192],
                                           weight[ky][i][kx * 16 + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real a0 = sum[row][lane];
                        out0[s][y][row + 6][lane] = a0 <= 0 ? 0 : a0;
                    }
            }
            {
                ae_real sum[6][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 6; row++)
                        sum[row][lane] = bias[lane];
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 32; i++)
                        for (ptrdiff_t kx = 0; kx < 7; kx++)
                            for (ptrdiff_t row = 0; row < kx; row++)
                                for (int lane = 0; lane < 16; lane++)
                                    AE_FMA(sum[row][lane], input[s][y - ky][kx * -32 + row * 32 + i + 256],
                                           weight[ky][i][kx * 16 + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 6; row++)
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real a0 = sum[row][lane];
                        out0[s][y][row + 8][lane] = a0 <= 0 ? 0 : a0;
                    }
            }
        }
}

// decoder.4 forward (aec.aespec:19): [16, 14, 14] -> [1, 28, 28], kernel 15x15, 1411200 FLOP a sample
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no rest, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 7 sums together: 7 positions x 1 vector of 16 output channels.
AE_KERNEL void deconv15_16_to_1_forward(ptrdiff_t samples,
        const ae_real input[restrict][14][224],
        const ae_real weight[restrict 15][16][15],
        const ae_real bias[restrict 1],
        ae_real output[restrict][28][28][1]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t y = 0; y < 28; y++) {
            for (ptrdiff_t q = 0; q < 14; q += 7) {
                ae_real sum[7];
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row] = bias[0];
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 16; i++)
                        for (ptrdiff_t kx = 0; kx < 15; kx++)
                            for (ptrdiff_t row = ae_most(0, kx - q); row < 7; row++)
                                AE_FMA(sum[row], input[s][y - ky][q * 16 - kx * 16 + row * 16 + i],
                                       weight[ky][i][kx]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][q + row][0] = sum[row];
            }
            for (ptrdiff_t q = 14; q < 28; q += 7) {
                ae_real sum[7];
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row] = bias[0];
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 16; i++)
                        for (ptrdiff_t kx = 0; kx < 15; kx++)
                            for (ptrdiff_t row = 0; row < ae_least(7, kx - q + 14); row++)
                                AE_FMA(sum[row], input[s][y - ky][q * 16 - kx * 16 + row * 16 + i],
                                       weight[ky][i][kx]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][q + row][0] = sum[row];
            }
        }
}

// mse forward (aec.aespec:22): 784 elements
//   subtract, multiply, sum, scale, scale, multiply
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
                out1[s][i + lane] = u2 * (v0 * AE_REAL(2.0));
            }
        const ae_real v2 = ae_join(partial2);
        const ae_real v3 = v2 * AE_REAL(0.0012755102040816326);
        out0[s][0] = v3;
    }
}

// decoder.4 backward (aec.aespec:19): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample; then select
//   What the layer spread over its output is gathered again: the gradient of a transposed convolution's
//   input is the convolution of its output's gradient with the same weight.
//   output[y][x][o] = sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 7 sums together: 7 positions x 1 vector of 16 output channels.
AE_KERNEL void deconv15_16_to_1_backward(ptrdiff_t samples,
        const ae_real input[restrict][28][28],
        const ae_real weight[restrict 15][15][16],
        const ae_real in0[restrict][14][14][16],
        ae_real out0[restrict][14][14][16]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t y = 0; y < 14; y++)
            for (ptrdiff_t x = 0; x < 14; x += 7) {
                ae_real sum[7][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                        sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = 0; ky < 15; ky++)
                    for (ptrdiff_t j = 0; j < 15; j++)
                        for (int lane = 0; lane < 16; lane++)
                            AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                                AE_FMA(sum[row][lane], input[s][y + ky][x + row + j], weight[ky][j][lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real a0 = in0[s][y][x + row][lane];
                        const ae_real c0 = sum[row][lane];
                        out0[s][y][x + row][lane] = a0 <= 0 ? AE_REAL(0.0) : c0;
                    }
            }
}

// decoder.4 weight_gradient (aec.aespec:19): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample
// encoder.0 weight_gradient (aec.aespec:9): [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP a sample
//   Each weight gets the products of the pairs it joined: gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void conv15_1_to_16_weight_gradient(ptrdiff_t samples,
        const ae_real large[restrict][28][28],
        const ae_real small[restrict][14][224],
        ae_real gradient[restrict 15][15][16]) {
    for (ptrdiff_t ky = 0; ky < 15; ky++) {
        {
            ae_real sum[8][16];
            AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                for (int lane = 0; lane < 16; lane++)
                    sum[row][lane] = gradient[ky][row][lane];
            for (ptrdiff_t s = 0; s < samples; s++)
                for (ptrdiff_t y = 0; y < 14; y++)
                    for (ptrdiff_t x = 0; x < 14; x++)
                        for (int lane = 0; lane < 16; lane++)
                            AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                                AE_FMA(sum[row][lane], large[s][y + ky][x + row], small[s][y][x * 16 + lane]);
            AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                for (int lane = 0; lane < 16; lane++)
                    gradient[ky][row][lane] = sum[row][lane];
        }
        {
            ae_real sum[7][16];
            AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                for (int lane = 0; lane < 16; lane++)
                    sum[row][lane] = gradient[ky][row + 8][lane];
            for (ptrdiff_t s = 0; s < samples; s++)
                for (ptrdiff_t y = 0; y < 14; y++)
                    for (ptrdiff_t x = 0; x < 14; x++)
                        for (int lane = 0; lane < 16; lane++)
                            AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                                AE_FMA(sum[row][lane], large[s][y + ky][x + row + 8], small[s][y][x * 16 + lane]);
            AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                for (int lane = 0; lane < 16; lane++)
                    gradient[ky][row + 8][lane] = sum[row][lane];
        }
    }
}

// decoder.4 bias_gradient (aec.aespec:19): 1 elements
//   gradient[c] += sum over samples and positions of image[y][x][c]
AE_KERNEL void bias_gradient_1_of_28x28(ptrdiff_t samples,
        const ae_real image[restrict][784],
        ae_real gradient[restrict 1]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++)
                partial[lane] += image[s][i + lane];
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
AE_KERNEL void deconv7_32_to_16_backward(ptrdiff_t samples,
        const ae_real input[restrict][14][224],
        const ae_real weight[restrict 7][112][32],
        const ae_real in0[restrict][8][8][32],
        ae_real out0[restrict][8][8][32]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 32; c += 16)
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                        sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = 0; ky < 7; ky++)
                    for (ptrdiff_t j = 0; j < 112; j++)
                        for (int lane = 0; lane < 16; lane++)
                            AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                                AE_FMA(sum[row][lane], input[s][y + ky][row * 16 + j], weight[ky][j][c + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real a0 = in0[s][y][row][c + lane];
                        const ae_real c0 = sum[row][lane];
                        out0[s][y][row][c + lane] = a0 <= 0 ? AE_REAL(0.0) : c0;
                    }
            }
}

// decoder.2 weight_gradient (aec.aespec:18): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample
// encoder.2 weight_gradient (aec.aespec:10): [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP a sample
//   Each weight gets the products of the pairs it joined: gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void conv7_16_to_32_weight_gradient(ptrdiff_t samples,
        const ae_real large[restrict][14][224],
        const ae_real small[restrict][8][256],
        ae_real gradient[restrict 7][112][32]) {
    for (ptrdiff_t c = 0; c < 32; c += 16)
        for (ptrdiff_t ky = 0; ky < 7; ky++)
            for (ptrdiff_t j = 0; j < 112; j += 8) {
                ae_real sum[8][16];
                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    for (int lane = 0; lane < 16; lane++)
                        sum[row][lane] = gradient[ky][j + row][c + lane];
                for (ptrdiff_t s = 0; s < samples; s++)
                    for (ptrdiff_t y = 0; y < 8; y++)
                        for (ptrdiff_t x = 0; x < 8; x++)
                            for (int lane = 0; lane < 16; lane++)
                                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                                    AE_FMA(sum[row][lane], large[s][y + ky][x * 16 + j + row],
                                           small[s][y][x * 32 + c + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    for (int lane = 0; lane < 16; lane++)
                        gradient[ky][j + row][c + lane] = sum[row][lane];
            }
}

// decoder.2 bias_gradient (aec.aespec:18): 16 elements
// encoder.0 bias_gradient (aec.aespec:9): 16 elements
//   gradient[c] += sum over samples and positions of image[y][x][c]
AE_KERNEL void bias_gradient_16_of_14x14(ptrdiff_t samples,
        const ae_real image[restrict][196][16],
        ae_real gradient[restrict 16]) {
    ae_real sum[16];
    for (int lane = 0; lane < 16; lane++)
        sum[lane] = gradient[lane];
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t i = 0; i < 196; i++)
            for (int lane = 0; lane < 16; lane++)
                sum[lane] += image[s][i][lane];
    for (int lane = 0; lane < 16; lane++)
        gradient[lane] = sum[lane];
}

// decoder.0 backward (aec.aespec:17): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample; then select
//   What the layer spread over its output is gathered again: the gradient of a transposed convolution's
//   input is the convolution of its output's gradient with the same weight.
//   output[y][x][o] = sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void deconv5_64_to_32_backward(ptrdiff_t samples,
        const ae_real input[restrict][8][256],
        const ae_real weight[restrict 5][160][64],
        const ae_real in0[restrict][4][4][64],
        ae_real out0[restrict][4][4][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16)
            for (ptrdiff_t y = 0; y < 4; y += 2) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                            sum[down * 4 + row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = 0; ky < 5; ky++)
                    for (ptrdiff_t j = 0; j < 160; j++)
                        for (int lane = 0; lane < 16; lane++)
                            AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                                AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                                    AE_FMA(sum[down * 4 + row][lane], input[s][y + down + ky][row * 32 + j],
                                           weight[ky][j][c + lane]);
                AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real a0 = in0[s][y + down][row][c + lane];
                            const ae_real c0 = sum[down * 4 + row][lane];
                            out0[s][y + down][row][c + lane] = a0 <= 0 ? AE_REAL(0.0) : c0;
                        }
            }
}

// decoder.0 weight_gradient (aec.aespec:17): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample
// encoder.4 weight_gradient (aec.aespec:11): [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP a sample
//   Each weight gets the products of the pairs it joined: gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void conv5_32_to_64_weight_gradient(ptrdiff_t samples,
        const ae_real large[restrict][8][256],
        const ae_real small[restrict][4][256],
        ae_real gradient[restrict 5][160][64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16)
        for (ptrdiff_t ky = 0; ky < 5; ky++)
            for (ptrdiff_t j = 0; j < 160; j += 8) {
                ae_real sum[8][16];
                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    for (int lane = 0; lane < 16; lane++)
                        sum[row][lane] = gradient[ky][j + row][c + lane];
                for (ptrdiff_t s = 0; s < samples; s++)
                    for (ptrdiff_t y = 0; y < 4; y++)
                        for (ptrdiff_t x = 0; x < 4; x++)
                            for (int lane = 0; lane < 16; lane++)
                                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                                    AE_FMA(sum[row][lane], large[s][y + ky][x * 32 + j + row],
                                           small[s][y][x * 64 + c + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    for (int lane = 0; lane < 16; lane++)
                        gradient[ky][j + row][c + lane] = sum[row][lane];
            }
}

// decoder.0 bias_gradient (aec.aespec:17): 32 elements
// encoder.2 bias_gradient (aec.aespec:10): 32 elements
//   gradient[c] += sum over samples and positions of image[y][x][c]
AE_KERNEL void bias_gradient_32_of_8x8(ptrdiff_t samples,
        const ae_real image[restrict][64][32],
        ae_real gradient[restrict 32]) {
    for (ptrdiff_t c = 0; c < 32; c += 16) {
        ae_real sum[16];
        for (int lane = 0; lane < 16; lane++)
            sum[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++)
            for (ptrdiff_t i = 0; i < 64; i++)
                for (int lane = 0; lane < 16; lane++)
                    sum[lane] += image[s][i][c + lane];
        for (int lane = 0; lane < 16; lane++)
            gradient[c + lane] = sum[lane];
    }
}

// encoder.4 backward (aec.aespec:11): [64, 4, 4] -> [32, 8, 8], kernel 5x5, 1638400 FLOP a sample; then select
//   What the layer gathered is spread again: the gradient of a convolution's input is the transposed
//   convolution of its output's gradient: input row y met kernel row ky in output row
//   (y + padding - ky) / stride, where the division leaves no rest.
//   output[y][x][o] = sum over ky, i, kx of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 8 sums together: 8 positions x 1 vector of 16 output channels.
AE_KERNEL void conv5_32_to_64_backward(ptrdiff_t samples,
        const ae_real input[restrict][4][256],
        const ae_real weight[restrict 5][64][160],
        const ae_real in0[restrict][8][8][32],
        ae_real out0[restrict][8][8][32]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 32; c += 16)
            for (ptrdiff_t y = 0; y < 8; y++) {
                {
                    ae_real sum[4][16];
                    for (int lane = 0; lane < 16; lane++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                            sum[row][lane] = AE_REAL(0.0);
                    for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++)
                        for (ptrdiff_t i = 0; i < 64; i++)
                            for (ptrdiff_t kx = 0; kx < 5; kx++)
                                for (ptrdiff_t row = kx; row < 4; row++)
                                    for (int lane = 0; lane < 16; lane++)
                                        AE_FMA(sum[row][lane], input[s][y - ky][kx * -64 + row * 64 + i],
                                               weight[ky][i][kx * 32 + c + lane]);
                    AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real a0 = in0[s][y][row][c + lane];
                            const ae_real c0 = sum[row][lane];
                            out0[s][y][row][c + lane] = a0 <= 0 ? AE_REAL(0.0) : c0;
                        }
                }
                {
                    ae_real sum[4][16];
                    for (int lane = 0; lane < 16; lane++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                            sum[row][lane] = AE_REAL(0.0);
                    for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++)
                        for (ptrdiff_t i = 0; i < 64; i++)
                            for (ptrdiff_t kx = 0; kx < 5; kx++)
                                for (ptrdiff_t row = 0; row < kx; row++)
                                    for (int lane = 0; lane < 16; lane++)
                                        AE_FMA(sum[row][lane], input[s][y - ky][kx * -64 + row * 64 + i + 256],
                                               weight[ky][i][kx * 32 + c + lane]);
                    AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                        for (int lane = 0; lane < 16; lane++) {
                            const ae_real a0 = in0[s][y][row + 4][c + lane];
                            const ae_real c0 = sum[row][lane];
                            out0[s][y][row + 4][c + lane] = a0 <= 0 ? AE_REAL(0.0) : c0;
                        }
                }
            }
}

// encoder.4 bias_gradient (aec.aespec:11): 64 elements
//   gradient[c] += sum over samples and positions of image[y][x][c]
AE_KERNEL void bias_gradient_64_of_4x4(ptrdiff_t samples,
        const ae_real image[restrict][16][64],
        ae_real gradient[restrict 64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        ae_real sum[16];
        for (int lane = 0; lane < 16; lane++)
            sum[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++)
            for (ptrdiff_t i = 0; i < 16; i++)
                for (int lane = 0; lane < 16; lane++)
                    sum[lane] += image[s][i][c + lane];
        for (int lane = 0; lane < 16; lane++)
            gradient[c + lane] = sum[lane];
    }
}

// encoder.2 backward (aec.aespec:10): [32, 8, 8] -> [16, 14, 14], kernel 7x7, 3211264 FLOP a sample; then select
//   What the layer gathered is spread again: the gradient of a convolution's input is the transposed
//   convolution of its output's gradient: input row y met kernel row ky in output row
//   (y + padding - ky) / stride, where the division leaves no rest.
//   output[y][x][o] = sum over ky, i, kx of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
//   Up to 7 sums together: 7 positions x 1 vector of 16 output channels.
AE_KERNEL void conv7_16_to_32_backward(ptrdiff_t samples,
        const ae_real input[restrict][8][256],
        const ae_real weight[restrict 7][32][112],
        const ae_real in0[restrict][14][14][16],
        ae_real out0[restrict][14][14][16]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t y = 0; y < 14; y++) {
            {
                ae_real sum[6][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 6; row++)
                        sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 32; i++)
                        for (ptrdiff_t kx = 0; kx < 7; kx++)
                            for (ptrdiff_t row = kx; row < 6; row++)
                                for (int lane = 0; lane < 16; lane++)
                                    AE_FMA(sum[row][lane], input[s][y - ky][kx * -32 + row * 32 + i],
                                           weight[ky][i][kx * 16 + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 6; row++)
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real a0 = in0[s][y][row][lane];
                        const ae_real c0 = sum[row][lane];
                        out0[s][y][row][lane] = a0 <= 0 ? AE_REAL(0.0) : c0;
                    }
            }
            {
                ae_real sum[2][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                        sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 32; i++)
                        for (ptrdiff_t kx = 0; kx < 7; kx++)
                            for (int lane = 0; lane < 16; lane++)
                                AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                                    AE_FMA(sum[row][lane], input[s][y - ky][kx * -32 + row * 32 + i + 192],
                                           weight[ky][i][kx * 16 + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real a0 = in0[s][y][row + 6][lane];
                        const ae_real c0 = sum[row][lane];
                        out0[s][y][row + 6][lane] = a0 <= 0 ? AE_REAL(0.0) : c0;
                    }
            }
            {
                ae_real sum[6][16];
                for (int lane = 0; lane < 16; lane++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 6; row++)
                        sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 32; i++)
                        for (ptrdiff_t kx = 0; kx < 7; kx++)
                            for (ptrdiff_t row = 0; row < kx; row++)
                                for (int lane = 0; lane < 16; lane++)
                                    AE_FMA(sum[row][lane], input[s][y - ky][kx * -32 + row * 32 + i + 256],
                                           weight[ky][i][kx * 16 + lane]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 6; row++)
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real a0 = in0[s][y][row + 8][lane];
                        const ae_real c0 = sum[row][lane];
                        out0[s][y][row + 8][lane] = a0 <= 0 ? AE_REAL(0.0) : c0;
                    }
            }
        }
}

// mse forward (aec.aespec:22): 784 elements
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
        ae_mark(step, 3);
        conv5_32_to_64_repack((void *)(step->parameters + 80000), (void *)(step->repacked));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 5);
        conv7_16_to_32_repack((void *)(step->parameters + 131232), (void *)(step->repacked + 51200));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 7);
        conv15_1_to_16_repack((void *)(step->parameters + 156336), (void *)(step->repacked + 76288));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 19);
        conv5_32_to_64_repack((void *)(step->parameters + 28736), (void *)(step->repacked + 79888));
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        ae_mark(step, 23);
        conv7_16_to_32_repack((void *)(step->parameters + 3616), (void *)(step->repacked + 131088));
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
        conv15_1_to_16_forward(samples, (void *)(step->input + first * 784), (void *)(step->parameters), (void *)(step->parameters + 3600), (void *)(scratch));
        ae_mark(step, 1);
        conv7_16_to_32_forward(samples, (void *)(scratch), (void *)(step->parameters + 3616), (void *)(step->parameters + 28704), (void *)(scratch + 50176));
        ae_mark(step, 2);
        conv5_32_to_64_forward(samples, (void *)(scratch + 50176), (void *)(step->parameters + 28736), (void *)(step->parameters + 79936), (void *)(scratch + 82944));
        ae_mark(step, 4);
        deconv5_64_to_32_forward(samples, (void *)(scratch + 82944), (void *)(step->repacked), (void *)(step->parameters + 131200), (void *)(scratch + 99328));
        ae_mark(step, 6);
        deconv7_32_to_16_forward(samples, (void *)(scratch + 99328), (void *)(step->repacked + 51200), (void *)(step->parameters + 156320), (void *)(scratch + 132096));
        ae_mark(step, 8);
        deconv15_16_to_1_forward(samples, (void *)(scratch + 132096), (void *)(step->repacked + 76288), (void *)(step->parameters + 159936), (void *)(scratch + 182272));
        ae_mark(step, 9);
        loss_mse_forward(samples, step->term_scale, (void *)(scratch + 182272), (void *)(step->input + first * 784), (void *)(step->term + first * 1), (void *)(scratch + 194816));
        ae_mark(step, 10);
        deconv15_16_to_1_backward(samples, (void *)(scratch + 194816), (void *)(step->parameters + 156336), (void *)(scratch + 132096), (void *)(scratch + 207360));
        ae_mark(step, 11);
        conv15_1_to_16_weight_gradient(samples, (void *)(scratch + 194816), (void *)(scratch + 132096), (void *)(gradient + 156336));
        ae_mark(step, 12);
        bias_gradient_1_of_28x28(samples, (void *)(scratch + 194816), (void *)(gradient + 159936));
        ae_mark(step, 13);
        deconv7_32_to_16_backward(samples, (void *)(scratch + 207360), (void *)(step->parameters + 131232), (void *)(scratch + 99328), (void *)(scratch + 132096));
        ae_mark(step, 14);
        conv7_16_to_32_weight_gradient(samples, (void *)(scratch + 207360), (void *)(scratch + 99328), (void *)(gradient + 131232));
        ae_mark(step, 15);
        bias_gradient_16_of_14x14(samples, (void *)(scratch + 207360), (void *)(gradient + 156320));
        ae_mark(step, 16);
        deconv5_64_to_32_backward(samples, (void *)(scratch + 132096), (void *)(step->parameters + 80000), (void *)(scratch + 82944), (void *)(scratch + 99328));
        ae_mark(step, 17);
        conv5_32_to_64_weight_gradient(samples, (void *)(scratch + 132096), (void *)(scratch + 82944), (void *)(gradient + 80000));
        ae_mark(step, 18);
        bias_gradient_32_of_8x8(samples, (void *)(scratch + 132096), (void *)(gradient + 131200));
        ae_mark(step, 20);
        conv5_32_to_64_backward(samples, (void *)(scratch + 99328), (void *)(step->repacked + 79888), (void *)(scratch + 50176), (void *)(scratch + 115712));
        ae_mark(step, 21);
        conv5_32_to_64_weight_gradient(samples, (void *)(scratch + 50176), (void *)(scratch + 99328), (void *)(gradient + 28736));
        ae_mark(step, 22);
        bias_gradient_64_of_4x4(samples, (void *)(scratch + 99328), (void *)(gradient + 79936));
        ae_mark(step, 24);
        conv7_16_to_32_backward(samples, (void *)(scratch + 115712), (void *)(step->repacked + 131088), (void *)(scratch), (void *)(scratch + 50176));
        ae_mark(step, 25);
        conv7_16_to_32_weight_gradient(samples, (void *)(scratch), (void *)(scratch + 115712), (void *)(gradient + 3616));
        ae_mark(step, 26);
        bias_gradient_32_of_8x8(samples, (void *)(scratch + 115712), (void *)(gradient + 28704));
        ae_mark(step, 27);
        conv15_1_to_16_weight_gradient(samples, (void *)(step->input + first * 784), (void *)(scratch + 50176), (void *)(gradient));
        ae_mark(step, 28);
        bias_gradient_16_of_14x14(samples, (void *)(scratch + 50176), (void *)(gradient + 3600));
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
    conv15_1_to_16_forward((ptrdiff_t)samples, (void *)(input), (void *)(parameters), (void *)(parameters + 3600), (void *)(scratch));
    conv7_16_to_32_forward((ptrdiff_t)samples, (void *)(scratch), (void *)(parameters + 3616), (void *)(parameters + 28704), (void *)(scratch + 100352));
    conv5_32_to_64_forward((ptrdiff_t)samples, (void *)(scratch + 100352), (void *)(parameters + 28736), (void *)(parameters + 79936), (void *)(code));
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *code, ae_real *output,
                       ae_real *scratch) {
    ae_real *repacked = scratch + 165888;
    conv5_32_to_64_repack((void *)(parameters + 80000), (void *)(repacked));
    deconv5_64_to_32_forward((ptrdiff_t)samples, (void *)(code), (void *)(repacked), (void *)(parameters + 131200), (void *)(scratch));
    conv7_16_to_32_repack((void *)(parameters + 131232), (void *)(repacked + 51200));
    deconv7_32_to_16_forward((ptrdiff_t)samples, (void *)(scratch), (void *)(repacked + 51200), (void *)(parameters + 156320), (void *)(scratch + 65536));
    conv15_1_to_16_repack((void *)(parameters + 156336), (void *)(repacked + 76288));
    deconv15_16_to_1_forward((ptrdiff_t)samples, (void *)(scratch + 65536), (void *)(repacked + 76288), (void *)(parameters + 159936), (void *)(output));
}

static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,
                        ae_real *term, ae_real *scratch) {
    (void)code;
    (void)scratch;
    loss_mse_forward_2((ptrdiff_t)samples, (void *)(output), (void *)(input), (void *)(term));
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
