// The autoencoder aec_latent, compiled by aespec from aec_latent.aespec: the spec; the parameters; encoder and decoder
// in plain loops; the kernels, layer by layer; a training step, in phases that call them; encoder, decoder and loss;
// tables for the runtime.
//
// Memory: a tensor of shape [C, H, W] is stored as [H][W][C], one sample after the other. A convolution's weight is
// [kernel y][kernel x][channel of the larger image][channel of the smaller image]; the last but one is joined with
// kernel x. A dense layer's weight is [input][output], or panels [output / 16][input][output % 16] where 16 divides the
// outputs. Each sum has one order, fixed by shapes and batch size: with -ffp-contract=off the same seed gives the same
// bits on any compiler, optimisation level, target and number of threads.
//
// Names: encoder_1 is the result of layer encoder.1, d_encoder_1 the gradient of the loss with respect to it,
// encoder_1_back the part of a gradient that comes through encoder.1, before the parts are added; loss_NAME_part is an
// intermediate value. In kernels, s is a sample, c the first channel of a block, y and x a pixel, j the index of the
// sum: kernel column and input channel as one; in a weight's gradient j is the first input of a block. in0, in1, ...
// are operands of the operations after the sum. select after a sum is the derivative of relu: in0 is relu's result.
// _strided: an array has more elements per sample than the kernel uses.
// A kernel computes a block of sums at once; `row` and `lane` are the indices in the block. A block fits in registers,
// and its number of rows is a constant, so that compilers unroll the loops over rows: 8 samples at a time, then 4, 2
// and 1. NAME_block computes one block.

#include "runtime/api/processor.h"
#include "runtime/api/kernel.h"
#include "runtime/api/model.h"

static const char net_text[] =
    "# aec_latent.aespec - 64 filters of 1x2 (Fig 4, 5)\nmodel aec_latent\n\n"
    "data { source = idx(\"data/mnist\"); scale = 1/255; mean = 0.1307; std = 0.3081 }\ninput x : [1, 28, 28]\n\n"
    "encoder {\n  conv(16, kernel = 15) -> relu\n  conv(32, kernel = 7) -> relu\n  conv(64, kernel = 5) -> relu\n"
    "  conv(64, kernel = 3) -> relu\n  conv(64, kernel = [2, 1]) -> relu  : [64, 1, 2]  # height, width\n}\n\n"
    "latent z = code\n\ndecoder { mirror(encoder) }\n\nloss { mse(x) }\n"
    "train { optimizer = adam; learning_rate = 1e-3; batch = 64; epochs = 16 }\n";

// The parameters in memory, and the gradient with respect to them. Each begins at a multiple of 16 elements.
struct net_tensors {
    ae_real encoder_0_weight[15][15][16];
    ae_real encoder_0_bias[16];
    ae_real encoder_2_weight[7][112][32];
    ae_real encoder_2_bias[32];
    ae_real encoder_4_weight[5][160][64];
    ae_real encoder_4_bias[64];
    ae_real encoder_6_weight[3][192][64];
    ae_real encoder_6_bias[64];
    ae_real encoder_8_weight[2][64][64];
    ae_real encoder_8_bias[64];
    ae_real decoder_0_weight[2][64][64];
    ae_real decoder_0_bias[64];
    ae_real decoder_2_weight[3][192][64];
    ae_real decoder_2_bias[64];
    ae_real decoder_4_weight[5][160][64];
    ae_real decoder_4_bias[32];
    ae_real decoder_6_weight[7][112][32];
    ae_real decoder_6_bias[16];
    ae_real decoder_8_weight[15][15][16];
    ae_real decoder_8_bias[1], padding_19[15];
};
_Static_assert(sizeof(struct net_tensors) == 250320 * sizeof(ae_real), "padding is explicit");

// Encoder and decoder in plain loops, one sample at a time. The kernels after them compute the same bits, faster.

// Images as {height, width, channels}.
struct plain_shape {
    int large[3], small[3], kernel[2], stride[2], padding[2];
};

// Pixel (y, x) of the small image sees pixels (y * stride + ky - padding, x * stride + kx - padding) of the large one.
AE_PLAIN void plain_conv(struct plain_shape g, const ae_real *large, const ae_real *weight, const ae_real *bias,
        ae_real *small) {
    for (int y = 0; y < g.small[0]; y++)
        for (int x = 0; x < g.small[1]; x++)
            for (int s = 0; s < g.small[2]; s++) {
                ae_real sum = bias ? bias[s] : 0;
                for (int ky = 0; ky < g.kernel[0]; ky++)
                    for (int kx = 0; kx < g.kernel[1]; kx++)
                        for (int l = 0; l < g.large[2]; l++) {
                            const int Y = y * g.stride[0] + ky - g.padding[0];
                            const int X = x * g.stride[1] + kx - g.padding[1];
                            if (Y < 0 || Y >= g.large[0] || X < 0 || X >= g.large[1]) continue;
                            sum = ae_fma(large[(Y * g.large[1] + X) * g.large[2] + l],
                                         weight[((ky * g.kernel[1] + kx) * g.large[2] + l) * g.small[2] + s], sum);
                        }
                small[(y * g.small[1] + x) * g.small[2] + s] = sum;
            }
}

// The way back: pixel (Y, X) of the large image is the sum over the pixels of the small one that see it.
AE_PLAIN void plain_deconv(struct plain_shape g, const ae_real *small, const ae_real *weight, const ae_real *bias,
        ae_real *large) {
    for (int Y = 0; Y < g.large[0]; Y++)
        for (int X = 0; X < g.large[1]; X++)
            for (int l = 0; l < g.large[2]; l++) {
                ae_real sum = bias ? bias[l] : 0;
                for (int ky = 0; ky < g.kernel[0]; ky++)
                    for (int s = 0; s < g.small[2]; s++)
                        for (int kx = 0; kx < g.kernel[1]; kx++) {
                            const int y = Y + g.padding[0] - ky, x = X + g.padding[1] - kx;
                            if (y < 0 || y % g.stride[0] || y / g.stride[0] >= g.small[0]) continue;
                            if (x < 0 || x % g.stride[1] || x / g.stride[1] >= g.small[1]) continue;
                            const int at = y / g.stride[0] * g.small[1] + x / g.stride[1];
                            sum = ae_fma(small[at * g.small[2] + s],
                                         weight[((ky * g.kernel[1] + kx) * g.large[2] + l) * g.small[2] + s], sum);
                        }
                large[(Y * g.large[1] + X) * g.large[2] + l] = sum;
            }
}

AE_PLAIN void plain_encode(const struct net_tensors *net, const ae_real *input_x, ae_real *code) {
    ae_real encoder_0[3136], encoder_1[3136], encoder_2[2048], encoder_3[2048], encoder_4[1024], encoder_5[1024],
            encoder_6[256], encoder_7[256], encoder_8[128];
    ae_real *const encoder_9 = code + 0;
    plain_conv((struct plain_shape){{28, 28, 1}, {14, 14, 16}, {15, 15}, {1, 1}, {0, 0}}, input_x,
            net->encoder_0_weight[0][0], net->encoder_0_bias, encoder_0);
    for (int i = 0; i < 3136; i++) encoder_1[i] = ae_relu(encoder_0[i]);
    plain_conv((struct plain_shape){{14, 14, 16}, {8, 8, 32}, {7, 7}, {1, 1}, {0, 0}}, encoder_1,
            net->encoder_2_weight[0][0], net->encoder_2_bias, encoder_2);
    for (int i = 0; i < 2048; i++) encoder_3[i] = ae_relu(encoder_2[i]);
    plain_conv((struct plain_shape){{8, 8, 32}, {4, 4, 64}, {5, 5}, {1, 1}, {0, 0}}, encoder_3,
            net->encoder_4_weight[0][0], net->encoder_4_bias, encoder_4);
    for (int i = 0; i < 1024; i++) encoder_5[i] = ae_relu(encoder_4[i]);
    plain_conv((struct plain_shape){{4, 4, 64}, {2, 2, 64}, {3, 3}, {1, 1}, {0, 0}}, encoder_5,
            net->encoder_6_weight[0][0], net->encoder_6_bias, encoder_6);
    for (int i = 0; i < 256; i++) encoder_7[i] = ae_relu(encoder_6[i]);
    plain_conv((struct plain_shape){{2, 2, 64}, {1, 2, 64}, {2, 1}, {1, 1}, {0, 0}}, encoder_7,
            net->encoder_8_weight[0][0], net->encoder_8_bias, encoder_8);
    for (int i = 0; i < 128; i++) encoder_9[i] = ae_relu(encoder_8[i]);
}

AE_PLAIN void plain_decode(const struct net_tensors *net, const ae_real *latent_z, ae_real *output) {
    ae_real decoder_0[256], decoder_1[256], decoder_2[1024], decoder_3[1024], decoder_4[2048], decoder_5[2048],
            decoder_6[3136], decoder_7[3136];
    ae_real *const decoder_8 = output + 0;
    plain_deconv((struct plain_shape){{2, 2, 64}, {1, 2, 64}, {2, 1}, {1, 1}, {0, 0}}, latent_z,
            net->decoder_0_weight[0][0], net->decoder_0_bias, decoder_0);
    for (int i = 0; i < 256; i++) decoder_1[i] = ae_relu(decoder_0[i]);
    plain_deconv((struct plain_shape){{4, 4, 64}, {2, 2, 64}, {3, 3}, {1, 1}, {0, 0}}, decoder_1,
            net->decoder_2_weight[0][0], net->decoder_2_bias, decoder_2);
    for (int i = 0; i < 1024; i++) decoder_3[i] = ae_relu(decoder_2[i]);
    plain_deconv((struct plain_shape){{8, 8, 32}, {4, 4, 64}, {5, 5}, {1, 1}, {0, 0}}, decoder_3,
            net->decoder_4_weight[0][0], net->decoder_4_bias, decoder_4);
    for (int i = 0; i < 2048; i++) decoder_5[i] = ae_relu(decoder_4[i]);
    plain_deconv((struct plain_shape){{14, 14, 16}, {8, 8, 32}, {7, 7}, {1, 1}, {0, 0}}, decoder_5,
            net->decoder_6_weight[0][0], net->decoder_6_bias, decoder_6);
    for (int i = 0; i < 3136; i++) decoder_7[i] = ae_relu(decoder_6[i]);
    plain_deconv((struct plain_shape){{28, 28, 1}, {14, 14, 16}, {15, 15}, {1, 1}, {0, 0}}, decoder_7,
            net->decoder_8_weight[0][0], net->decoder_8_bias, decoder_8);
}

// encoder.0, conv (aec_latent.aespec:8): conv15_1_to_16_forward_relu, conv15_1_to_16_weight_gradient,
// bias_gradient_16_of_14x14

// [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP per sample, in blocks of 7 positions x 1 vector of 16 output
// channels; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
AE_KERNEL void conv15_1_to_16_forward_relu(ptrdiff_t samples, const ae_real input[restrict][28][28],
        const ae_real weight[restrict 15][15][16], const ae_real bias[restrict 16],
        ae_real output[restrict][14][14][16]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t y = 0; y < 14; y++)
            for (ptrdiff_t x = 0; x < 14; x += 7) {
                ae_real sum[7][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row][lane] = bias[lane];
                for (ptrdiff_t ky = 0; ky < 15; ky++)
                    for (ptrdiff_t j = 0; j < 15; j++)
                        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                            AE_FMA(sum[row][lane], input[s][y + ky][x + row + j], weight[ky][j][lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][x + row][lane] = ae_relu(sum[row][lane]);
            }
}

// [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP per sample, in blocks of 8 weight rows x 1 vector of 16
// channels of the small image
//   gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
AE_KERNEL void conv15_1_to_16_weight_gradient(ptrdiff_t samples, const ae_real large[restrict][28][28],
        const ae_real small[restrict][14][224], ae_real gradient[restrict 15][15][16]) {
    for (ptrdiff_t ky = 0; ky < 15; ky++) {
        {
            ae_real sum[8][16];
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                sum[row][lane] = gradient[ky][row][lane];
            for (ptrdiff_t s = 0; s < samples; s++)
                for (ptrdiff_t y = 0; y < 14; y++)
                    for (ptrdiff_t x = 0; x < 14; x++)
                        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                            AE_FMA(sum[row][lane], large[s][y + ky][x + row], small[s][y][x * 16 + lane]);
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                gradient[ky][row][lane] = sum[row][lane];
        }
        {
            ae_real sum[7][16];
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                sum[row][lane] = gradient[ky][row + 8][lane];
            for (ptrdiff_t s = 0; s < samples; s++)
                for (ptrdiff_t y = 0; y < 14; y++)
                    for (ptrdiff_t x = 0; x < 14; x++)
                        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                            AE_FMA(sum[row][lane], large[s][y + ky][x + row + 8], small[s][y][x * 16 + lane]);
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                gradient[ky][row + 8][lane] = sum[row][lane];
        }
    }
}

// 16 elements
//   gradient[c] += sum over samples and pixels of d_output[y][x][c]
AE_KERNEL void bias_gradient_16_of_14x14(ptrdiff_t samples, const ae_real d_output[restrict][196][16],
        ae_real gradient[restrict 16]) {
    ae_real sum[16];
    for (int lane = 0; lane < 16; lane++)
        sum[lane] = gradient[lane];
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t i = 0; i < 196; i++)
            for (int lane = 0; lane < 16; lane++)
                sum[lane] += d_output[s][i][lane];
    for (int lane = 0; lane < 16; lane++)
        gradient[lane] = sum[lane];
}

// encoder.1, relu (aec_latent.aespec:8): conv15_1_to_16_forward_relu, conv7_16_to_32_backward_select
// encoder.2, conv (aec_latent.aespec:9): conv7_16_to_32_forward_relu, conv7_16_to_32_transpose,
// conv7_16_to_32_backward_select, conv7_16_to_32_weight_gradient, bias_gradient_32_of_8x8

// [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP per sample, in blocks of 8 positions x 1 vector of 16 output
// channels; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
AE_KERNEL void conv7_16_to_32_forward_relu(ptrdiff_t samples, const ae_real input[restrict][14][224],
        const ae_real weight[restrict 7][112][32], const ae_real bias[restrict 32],
        ae_real output[restrict][8][8][32]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 32; c += 16)
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    sum[row][lane] = bias[c + lane];
                for (ptrdiff_t ky = 0; ky < 7; ky++)
                    for (ptrdiff_t j = 0; j < 112; j++)
                        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                            AE_FMA(sum[row][lane], input[s][y + ky][row * 16 + j], weight[ky][j][c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    output[s][y][row][c + lane] = ae_relu(sum[row][lane]);
            }
}

// 25088 elements
//   transposed[ky][o][kx][i] = weight[ky][kx][i][o]
AE_KERNEL void conv7_16_to_32_transpose(const ae_real weight[restrict 7][112][32],
        ae_real transposed[restrict 7][32][112]) {
    for (ptrdiff_t ky = 0; ky < 7; ky++)
        for (ptrdiff_t kx = 0; kx < 7; kx++)
            ae_turn(16, 32, weight[ky][kx * 16], 32, transposed[ky][0] + kx * 16, 112);
}

// [32, 8, 8] -> [16, 14, 14], kernel 7x7, 3211264 FLOP per sample, in blocks of 7 positions x 1 vector of 16 output
// channels; then select
//   The gradient of a convolution's input is the transposed convolution of its output's gradient.
//   d_input[y][x][i] = sum over ky, o, kx, where the divisions leave no remainder, of
//       d_output[(y + padding - ky) / stride][(x + padding - kx) / stride][o] * weight[ky][o][kx][i]
AE_KERNEL void conv7_16_to_32_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][8][256],
        const ae_real weight[restrict 7][32][112], const ae_real in0[restrict][14][14][16],
        ae_real output[restrict][14][14][16]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t y = 0; y < 14; y++) {
            {
                ae_real sum[7][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 32; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 7; kx++) for (int lane = 0; lane < 16; lane++) AE_UNROLL
                                for (ptrdiff_t row = kx; row < 7; row++)
                            AE_FMA(sum[row][lane], d_output[s][y - ky][kx * -32 + row * 32 + i],
                                   weight[ky][i][kx * 16 + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][row][lane] = ae_select(in0[s][y][row][lane], AE_REAL(0.0), sum[row][lane]);
            }
            {
                ae_real sum[7][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 32; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 7; kx++) for (int lane = 0; lane < 16; lane++) AE_UNROLL
                                for (ptrdiff_t row = 0; row < kx + 1; row++)
                            AE_FMA(sum[row][lane], d_output[s][y - ky][kx * -32 + row * 32 + i + 224],
                                   weight[ky][i][kx * 16 + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][row + 7][lane] = ae_select(in0[s][y][row + 7][lane], AE_REAL(0.0), sum[row][lane]);
            }
        }
}

// [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP per sample, in blocks of 8 weight rows x 1 vector of 16 channels
// of the small image
//   gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
AE_KERNEL void conv7_16_to_32_weight_gradient(ptrdiff_t samples, const ae_real large[restrict][14][224],
        const ae_real small[restrict][8][256], ae_real gradient[restrict 7][112][32]) {
    for (ptrdiff_t c = 0; c < 32; c += 16)
        for (ptrdiff_t ky = 0; ky < 7; ky++)
            for (ptrdiff_t j = 0; j < 112; j += 8) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    sum[row][lane] = gradient[ky][j + row][c + lane];
                for (ptrdiff_t s = 0; s < samples; s++)
                    for (ptrdiff_t y = 0; y < 8; y++)
                        for (ptrdiff_t x = 0; x < 8; x++)
                            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                                AE_FMA(sum[row][lane], large[s][y + ky][x * 16 + j + row],
                                       small[s][y][x * 32 + c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    gradient[ky][j + row][c + lane] = sum[row][lane];
            }
}

// 32 elements
//   gradient[c] += sum over samples and pixels of d_output[y][x][c]
AE_KERNEL void bias_gradient_32_of_8x8(ptrdiff_t samples, const ae_real d_output[restrict][64][32],
        ae_real gradient[restrict 32]) {
    for (ptrdiff_t c = 0; c < 32; c += 16) {
        ae_real sum[16];
        for (int lane = 0; lane < 16; lane++)
            sum[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++)
            for (ptrdiff_t i = 0; i < 64; i++)
                for (int lane = 0; lane < 16; lane++)
                    sum[lane] += d_output[s][i][c + lane];
        for (int lane = 0; lane < 16; lane++)
            gradient[c + lane] = sum[lane];
    }
}

// encoder.3, relu (aec_latent.aespec:9): conv7_16_to_32_forward_relu, conv5_32_to_64_backward_select
// encoder.4, conv (aec_latent.aespec:10): conv5_32_to_64_forward_relu, conv5_32_to_64_transpose,
// conv5_32_to_64_backward_select, conv5_32_to_64_weight_gradient, bias_gradient_64_of_4x4

// [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP per sample, in blocks of 8 positions x 1 vector of 16 output
// channels; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
AE_KERNEL void conv5_32_to_64_forward_relu(ptrdiff_t samples, const ae_real input[restrict][8][256],
        const ae_real weight[restrict 5][160][64], const ae_real bias[restrict 64],
        ae_real output[restrict][4][4][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16)
            for (ptrdiff_t y = 0; y < 4; y += 2) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                        sum[down * 4 + row][lane] = bias[c + lane];
                for (ptrdiff_t ky = 0; ky < 5; ky++)
                    for (ptrdiff_t j = 0; j < 160; j++)
                        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                            AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                                AE_FMA(sum[down * 4 + row][lane], input[s][y + down + ky][row * 32 + j],
                                       weight[ky][j][c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                        output[s][y + down][row][c + lane] = ae_relu(sum[down * 4 + row][lane]);
            }
}

// 51200 elements
//   transposed[ky][o][kx][i] = weight[ky][kx][i][o]
AE_KERNEL void conv5_32_to_64_transpose(const ae_real weight[restrict 5][160][64],
        ae_real transposed[restrict 5][64][160]) {
    for (ptrdiff_t ky = 0; ky < 5; ky++)
        for (ptrdiff_t kx = 0; kx < 5; kx++)
            ae_turn(32, 64, weight[ky][kx * 32], 64, transposed[ky][0] + kx * 32, 160);
}

// [64, 4, 4] -> [32, 8, 8], kernel 5x5, 1638400 FLOP per sample, in blocks of 8 positions x 1 vector of 16 output
// channels; then select
//   The gradient of a convolution's input is the transposed convolution of its output's gradient.
//   d_input[y][x][i] = sum over ky, o, kx, where the divisions leave no remainder, of
//       d_output[(y + padding - ky) / stride][(x + padding - kx) / stride][o] * weight[ky][o][kx][i]
AE_KERNEL void conv5_32_to_64_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][4][256],
        const ae_real weight[restrict 5][64][160], const ae_real in0[restrict][8][8][32],
        ae_real output[restrict][8][8][32]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 32; c += 16)
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 64; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 5; kx++) for (int lane = 0; lane < 16; lane++) AE_UNROLL
                                for (ptrdiff_t row = kx; row < kx + 4; row++)
                            AE_FMA(sum[row][lane], d_output[s][y - ky][kx * -64 + row * 64 + i],
                                   weight[ky][i][kx * 32 + c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    output[s][y][row][c + lane] = ae_select(in0[s][y][row][c + lane], AE_REAL(0.0), sum[row][lane]);
            }
}

// [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP per sample, in blocks of 8 weight rows x 1 vector of 16 channels
// of the small image
//   gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
AE_KERNEL void conv5_32_to_64_weight_gradient(ptrdiff_t samples, const ae_real large[restrict][8][256],
        const ae_real small[restrict][4][256], ae_real gradient[restrict 5][160][64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16)
        for (ptrdiff_t ky = 0; ky < 5; ky++)
            for (ptrdiff_t j = 0; j < 160; j += 8) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    sum[row][lane] = gradient[ky][j + row][c + lane];
                for (ptrdiff_t s = 0; s < samples; s++)
                    for (ptrdiff_t y = 0; y < 4; y++)
                        for (ptrdiff_t x = 0; x < 4; x++)
                            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                                AE_FMA(sum[row][lane], large[s][y + ky][x * 32 + j + row],
                                       small[s][y][x * 64 + c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    gradient[ky][j + row][c + lane] = sum[row][lane];
            }
}

// 64 elements
//   gradient[c] += sum over samples and pixels of d_output[y][x][c]
AE_KERNEL void bias_gradient_64_of_4x4(ptrdiff_t samples, const ae_real d_output[restrict][16][64],
        ae_real gradient[restrict 64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        ae_real sum[16];
        for (int lane = 0; lane < 16; lane++)
            sum[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++)
            for (ptrdiff_t i = 0; i < 16; i++)
                for (int lane = 0; lane < 16; lane++)
                    sum[lane] += d_output[s][i][c + lane];
        for (int lane = 0; lane < 16; lane++)
            gradient[c + lane] = sum[lane];
    }
}

// encoder.5, relu (aec_latent.aespec:10): conv5_32_to_64_forward_relu, conv3_64_to_64_backward_select
// encoder.6, conv (aec_latent.aespec:11): conv3_64_to_64_forward_relu, conv3_64_to_64_transpose,
// conv3_64_to_64_backward_select, conv3_64_to_64_weight_gradient, bias_gradient_64_of_2x2

// [64, 4, 4] -> [64, 2, 2], kernel 3x3, 294912 FLOP per sample, in blocks of 4 positions x 1 vector of 16 output
// channels; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
AE_KERNEL void conv3_64_to_64_forward_relu(ptrdiff_t samples, const ae_real input[restrict][4][256],
        const ae_real weight[restrict 3][192][64], const ae_real bias[restrict 64],
        ae_real output[restrict][2][2][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16) {
            ae_real sum[4][16];
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    sum[down * 2 + row][lane] = bias[c + lane];
            for (ptrdiff_t ky = 0; ky < 3; ky++)
                for (ptrdiff_t j = 0; j < 192; j++)
                    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                            AE_FMA(sum[down * 2 + row][lane], input[s][down + ky][row * 64 + j],
                                   weight[ky][j][c + lane]);
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    output[s][down][row][c + lane] = ae_relu(sum[down * 2 + row][lane]);
        }
}

// 36864 elements
//   transposed[ky][o][kx][i] = weight[ky][kx][i][o]
AE_KERNEL void conv3_64_to_64_transpose(const ae_real weight[restrict 3][192][64],
        ae_real transposed[restrict 3][64][192]) {
    for (ptrdiff_t ky = 0; ky < 3; ky++)
        for (ptrdiff_t kx = 0; kx < 3; kx++)
            ae_turn(64, 64, weight[ky][kx * 64], 64, transposed[ky][0] + kx * 64, 192);
}

// [64, 2, 2] -> [64, 4, 4], kernel 3x3, 294912 FLOP per sample, in blocks of 4 positions x 1 vector of 16 output
// channels; then select
//   The gradient of a convolution's input is the transposed convolution of its output's gradient.
//   d_input[y][x][i] = sum over ky, o, kx, where the divisions leave no remainder, of
//       d_output[(y + padding - ky) / stride][(x + padding - kx) / stride][o] * weight[ky][o][kx][i]
AE_KERNEL void conv3_64_to_64_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][2][128],
        const ae_real weight[restrict 3][64][192], const ae_real in0[restrict][4][4][64],
        ae_real output[restrict][4][4][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16)
            for (ptrdiff_t y = 0; y < 4; y++) {
                ae_real sum[4][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                    sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = ae_most(0, y - 1); ky < ae_least(3, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 64; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 3; kx++) for (int lane = 0; lane < 16; lane++) AE_UNROLL
                                for (ptrdiff_t row = kx; row < kx + 2; row++)
                            AE_FMA(sum[row][lane], d_output[s][y - ky][kx * -64 + row * 64 + i],
                                   weight[ky][i][kx * 64 + c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                    output[s][y][row][c + lane] = ae_select(in0[s][y][row][c + lane], AE_REAL(0.0), sum[row][lane]);
            }
}

// [64, 4, 4] -> [64, 2, 2], kernel 3x3, 294912 FLOP per sample, in blocks of 8 weight rows x 1 vector of 16 channels of
// the small image
//   gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
AE_KERNEL void conv3_64_to_64_weight_gradient(ptrdiff_t samples, const ae_real large[restrict][4][256],
        const ae_real small[restrict][2][128], ae_real gradient[restrict 3][192][64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16)
        for (ptrdiff_t ky = 0; ky < 3; ky++)
            for (ptrdiff_t j = 0; j < 192; j += 8) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    sum[row][lane] = gradient[ky][j + row][c + lane];
                for (ptrdiff_t s = 0; s < samples; s++)
                    for (ptrdiff_t y = 0; y < 2; y++)
                        for (ptrdiff_t x = 0; x < 2; x++)
                            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                                AE_FMA(sum[row][lane], large[s][y + ky][x * 64 + j + row],
                                       small[s][y][x * 64 + c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    gradient[ky][j + row][c + lane] = sum[row][lane];
            }
}

// 64 elements
//   gradient[c] += sum over samples and pixels of d_output[y][x][c]
AE_KERNEL void bias_gradient_64_of_2x2(ptrdiff_t samples, const ae_real d_output[restrict][4][64],
        ae_real gradient[restrict 64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        ae_real sum[16];
        for (int lane = 0; lane < 16; lane++)
            sum[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++)
            for (ptrdiff_t i = 0; i < 4; i++)
                for (int lane = 0; lane < 16; lane++)
                    sum[lane] += d_output[s][i][c + lane];
        for (int lane = 0; lane < 16; lane++)
            gradient[c + lane] = sum[lane];
    }
}

// encoder.7, relu (aec_latent.aespec:11): conv3_64_to_64_forward_relu, conv2x1_64_to_64_backward_select
// encoder.8, conv (aec_latent.aespec:12): conv2x1_64_to_64_forward_relu, conv2x1_64_to_64_transpose,
// conv2x1_64_to_64_backward_select, conv2x1_64_to_64_weight_gradient, bias_gradient_64_of_1x2

// [64, 2, 2] -> [64, 1, 2], kernel 2x1, 32768 FLOP per sample, in blocks of 2 positions x 1 vector of 16 output
// channels; then relu
//   output[y][x][o] = bias[o] + sum over ky, kx, i of
//       input[y * stride + ky - padding][x * stride + kx - padding][i] * weight[ky][kx][i][o]
AE_KERNEL void conv2x1_64_to_64_forward_relu(ptrdiff_t samples, const ae_real input[restrict][2][128],
        const ae_real weight[restrict 2][64][64], const ae_real bias[restrict 64], ae_real output[restrict][1][2][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16) {
            ae_real sum[2][16];
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                sum[row][lane] = bias[c + lane];
            for (ptrdiff_t ky = 0; ky < 2; ky++)
                for (ptrdiff_t j = 0; j < 64; j++)
                    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                        AE_FMA(sum[row][lane], input[s][ky][row * 64 + j], weight[ky][j][c + lane]);
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                output[s][0][row][c + lane] = ae_relu(sum[row][lane]);
        }
}

// 8192 elements
//   transposed[ky][o][kx][i] = weight[ky][kx][i][o]
AE_KERNEL void conv2x1_64_to_64_transpose(const ae_real weight[restrict 2][64][64],
        ae_real transposed[restrict 2][64][64]) {
    for (ptrdiff_t ky = 0; ky < 2; ky++)
        ae_turn(64, 64, weight[ky][0], 64, transposed[ky][0], 64);
}

// [64, 1, 2] -> [64, 2, 2], kernel 2x1, 32768 FLOP per sample, in blocks of 2 positions x 1 vector of 16 output
// channels; then select
//   The gradient of a convolution's input is the transposed convolution of its output's gradient.
//   d_input[y][x][i] = sum over ky, o, kx, where the divisions leave no remainder, of
//       d_output[(y + padding - ky) / stride][(x + padding - kx) / stride][o] * weight[ky][o][kx][i]
AE_KERNEL void conv2x1_64_to_64_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][128],
        const ae_real weight[restrict 2][64][64], const ae_real in0[restrict][2][2][64],
        ae_real output[restrict][2][2][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16)
            for (ptrdiff_t y = 0; y < 2; y++) {
                ae_real sum[2][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = y; ky < y + 1; ky++)
                    for (ptrdiff_t i = 0; i < 64; i++)
                        for (ptrdiff_t kx = 0; kx < 1; kx++)
                            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                                AE_FMA(sum[row][lane], d_output[s][row * 64 + i], weight[ky][i][c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    output[s][y][row][c + lane] = ae_select(in0[s][y][row][c + lane], AE_REAL(0.0), sum[row][lane]);
            }
}

// [64, 2, 2] -> [64, 1, 2], kernel 2x1, 32768 FLOP per sample, in blocks of 8 weight rows x 1 vector of 16 channels of
// the small image
//   gradient[ky][kx][l][s] += sum over samples, y, x of
//       large[y * stride + ky - padding][x * stride + kx - padding][l] * small[y][x][s]
AE_KERNEL void conv2x1_64_to_64_weight_gradient(ptrdiff_t samples, const ae_real large[restrict][2][128],
        const ae_real small[restrict][128], ae_real gradient[restrict 2][64][64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16)
        for (ptrdiff_t ky = 0; ky < 2; ky++)
            for (ptrdiff_t j = 0; j < 64; j += 8) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    sum[row][lane] = gradient[ky][j + row][c + lane];
                for (ptrdiff_t s = 0; s < samples; s++)
                    for (ptrdiff_t x = 0; x < 2; x++)
                        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                            AE_FMA(sum[row][lane], large[s][ky][x * 64 + j + row], small[s][x * 64 + c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    gradient[ky][j + row][c + lane] = sum[row][lane];
            }
}

// 64 elements
//   gradient[c] += sum over samples and pixels of d_output[y][x][c]
AE_KERNEL void bias_gradient_64_of_1x2(ptrdiff_t samples, const ae_real d_output[restrict][2][64],
        ae_real gradient[restrict 64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        ae_real sum[16];
        for (int lane = 0; lane < 16; lane++)
            sum[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++)
            for (ptrdiff_t i = 0; i < 2; i++)
                for (int lane = 0; lane < 16; lane++)
                    sum[lane] += d_output[s][i][c + lane];
        for (int lane = 0; lane < 16; lane++)
            gradient[c + lane] = sum[lane];
    }
}

// encoder.9, relu (aec_latent.aespec:12): conv2x1_64_to_64_forward_relu, deconv2x1_64_to_64_backward_select
// decoder.0, deconv (aec_latent.aespec:17): deconv2x1_64_to_64_forward_relu, conv2x1_64_to_64_transpose,
// deconv2x1_64_to_64_backward_select, conv2x1_64_to_64_weight_gradient, bias_gradient_64_of_2x2

// [64, 1, 2] -> [64, 2, 2], kernel 2x1, 32768 FLOP per sample, in blocks of 2 positions x 1 vector of 16 output
// channels; then relu
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no remainder, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
AE_KERNEL void deconv2x1_64_to_64_forward_relu(ptrdiff_t samples, const ae_real input[restrict][128],
        const ae_real weight[restrict 2][64][64], const ae_real bias[restrict 64], ae_real output[restrict][2][2][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16)
            for (ptrdiff_t y = 0; y < 2; y++) {
                ae_real sum[2][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    sum[row][lane] = bias[c + lane];
                for (ptrdiff_t ky = y; ky < y + 1; ky++)
                    for (ptrdiff_t i = 0; i < 64; i++)
                        for (ptrdiff_t kx = 0; kx < 1; kx++)
                            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                                AE_FMA(sum[row][lane], input[s][row * 64 + i], weight[ky][i][c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    output[s][y][row][c + lane] = ae_relu(sum[row][lane]);
            }
}

// [64, 2, 2] -> [64, 1, 2], kernel 2x1, 32768 FLOP per sample, in blocks of 2 positions x 1 vector of 16 output
// channels; then select
//   The gradient of a transposed convolution's input is the convolution of its output's gradient.
//   d_input[y][x][i] = sum over ky, kx, o of
//       d_output[y * stride + ky - padding][x * stride + kx - padding][o] * weight[ky][kx][o][i]
AE_KERNEL void deconv2x1_64_to_64_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][2][128],
        const ae_real weight[restrict 2][64][64], const ae_real in0[restrict][1][2][64],
        ae_real output[restrict][1][2][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16) {
            ae_real sum[2][16];
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                sum[row][lane] = AE_REAL(0.0);
            for (ptrdiff_t ky = 0; ky < 2; ky++)
                for (ptrdiff_t j = 0; j < 64; j++)
                    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                        AE_FMA(sum[row][lane], d_output[s][ky][row * 64 + j], weight[ky][j][c + lane]);
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                output[s][0][row][c + lane] = ae_select(in0[s][0][row][c + lane], AE_REAL(0.0), sum[row][lane]);
        }
}

// decoder.1, relu (aec_latent.aespec:17): deconv2x1_64_to_64_forward_relu, deconv3_64_to_64_backward_select
// decoder.2, deconv (aec_latent.aespec:17): deconv3_64_to_64_forward_relu, conv3_64_to_64_transpose,
// deconv3_64_to_64_backward_select, conv3_64_to_64_weight_gradient, bias_gradient_64_of_4x4

// [64, 2, 2] -> [64, 4, 4], kernel 3x3, 294912 FLOP per sample, in blocks of 4 positions x 1 vector of 16 output
// channels; then relu
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no remainder, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
AE_KERNEL void deconv3_64_to_64_forward_relu(ptrdiff_t samples, const ae_real input[restrict][2][128],
        const ae_real weight[restrict 3][64][192], const ae_real bias[restrict 64],
        ae_real output[restrict][4][4][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16)
            for (ptrdiff_t y = 0; y < 4; y++) {
                ae_real sum[4][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                    sum[row][lane] = bias[c + lane];
                for (ptrdiff_t ky = ae_most(0, y - 1); ky < ae_least(3, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 64; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 3; kx++) for (int lane = 0; lane < 16; lane++) AE_UNROLL
                                for (ptrdiff_t row = kx; row < kx + 2; row++)
                            AE_FMA(sum[row][lane], input[s][y - ky][kx * -64 + row * 64 + i],
                                   weight[ky][i][kx * 64 + c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                    output[s][y][row][c + lane] = ae_relu(sum[row][lane]);
            }
}

// [64, 4, 4] -> [64, 2, 2], kernel 3x3, 294912 FLOP per sample, in blocks of 4 positions x 1 vector of 16 output
// channels; then select
//   The gradient of a transposed convolution's input is the convolution of its output's gradient.
//   d_input[y][x][i] = sum over ky, kx, o of
//       d_output[y * stride + ky - padding][x * stride + kx - padding][o] * weight[ky][kx][o][i]
AE_KERNEL void deconv3_64_to_64_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][4][256],
        const ae_real weight[restrict 3][192][64], const ae_real in0[restrict][2][2][64],
        ae_real output[restrict][2][2][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16) {
            ae_real sum[4][16];
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    sum[down * 2 + row][lane] = AE_REAL(0.0);
            for (ptrdiff_t ky = 0; ky < 3; ky++)
                for (ptrdiff_t j = 0; j < 192; j++)
                    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                        AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                            AE_FMA(sum[down * 2 + row][lane], d_output[s][down + ky][row * 64 + j],
                                   weight[ky][j][c + lane]);
            for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    output[s][down][row][c + lane] = ae_select(in0[s][down][row][c + lane], AE_REAL(0.0),
                                                               sum[down * 2 + row][lane]);
        }
}

// decoder.3, relu (aec_latent.aespec:17): deconv3_64_to_64_forward_relu, deconv5_64_to_32_backward_select
// decoder.4, deconv (aec_latent.aespec:17): deconv5_64_to_32_forward_relu, conv5_32_to_64_transpose,
// deconv5_64_to_32_backward_select, conv5_32_to_64_weight_gradient, bias_gradient_32_of_8x8

// [64, 4, 4] -> [32, 8, 8], kernel 5x5, 1638400 FLOP per sample, in blocks of 8 positions x 1 vector of 16 output
// channels; then relu
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no remainder, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
AE_KERNEL void deconv5_64_to_32_forward_relu(ptrdiff_t samples, const ae_real input[restrict][4][256],
        const ae_real weight[restrict 5][64][160], const ae_real bias[restrict 32],
        ae_real output[restrict][8][8][32]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 32; c += 16)
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    sum[row][lane] = bias[c + lane];
                for (ptrdiff_t ky = ae_most(0, y - 3); ky < ae_least(5, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 64; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 5; kx++) for (int lane = 0; lane < 16; lane++) AE_UNROLL
                                for (ptrdiff_t row = kx; row < kx + 4; row++)
                            AE_FMA(sum[row][lane], input[s][y - ky][kx * -64 + row * 64 + i],
                                   weight[ky][i][kx * 32 + c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    output[s][y][row][c + lane] = ae_relu(sum[row][lane]);
            }
}

// [32, 8, 8] -> [64, 4, 4], kernel 5x5, 1638400 FLOP per sample, in blocks of 8 positions x 1 vector of 16 output
// channels; then select
//   The gradient of a transposed convolution's input is the convolution of its output's gradient.
//   d_input[y][x][i] = sum over ky, kx, o of
//       d_output[y * stride + ky - padding][x * stride + kx - padding][o] * weight[ky][kx][o][i]
AE_KERNEL void deconv5_64_to_32_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][8][256],
        const ae_real weight[restrict 5][160][64], const ae_real in0[restrict][4][4][64],
        ae_real output[restrict][4][4][64]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 64; c += 16)
            for (ptrdiff_t y = 0; y < 4; y += 2) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                        sum[down * 4 + row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = 0; ky < 5; ky++)
                    for (ptrdiff_t j = 0; j < 160; j++)
                        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                            AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                                AE_FMA(sum[down * 4 + row][lane], d_output[s][y + down + ky][row * 32 + j],
                                       weight[ky][j][c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t down = 0; down < 2; down++)
                    AE_UNROLL for (ptrdiff_t row = 0; row < 4; row++)
                        output[s][y + down][row][c + lane] = ae_select(in0[s][y + down][row][c + lane], AE_REAL(0.0),
                                                                       sum[down * 4 + row][lane]);
            }
}

// decoder.5, relu (aec_latent.aespec:17): deconv5_64_to_32_forward_relu, deconv7_32_to_16_backward_select
// decoder.6, deconv (aec_latent.aespec:17): deconv7_32_to_16_forward_relu, conv7_16_to_32_transpose,
// deconv7_32_to_16_backward_select, conv7_16_to_32_weight_gradient, bias_gradient_16_of_14x14

// [32, 8, 8] -> [16, 14, 14], kernel 7x7, 3211264 FLOP per sample, in blocks of 7 positions x 1 vector of 16 output
// channels; then relu
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no remainder, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
AE_KERNEL void deconv7_32_to_16_forward_relu(ptrdiff_t samples, const ae_real input[restrict][8][256],
        const ae_real weight[restrict 7][32][112], const ae_real bias[restrict 16],
        ae_real output[restrict][14][14][16]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t y = 0; y < 14; y++) {
            {
                ae_real sum[7][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row][lane] = bias[lane];
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 32; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 7; kx++) for (int lane = 0; lane < 16; lane++) AE_UNROLL
                                for (ptrdiff_t row = kx; row < 7; row++)
                            AE_FMA(sum[row][lane], input[s][y - ky][kx * -32 + row * 32 + i],
                                   weight[ky][i][kx * 16 + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][row][lane] = ae_relu(sum[row][lane]);
            }
            {
                ae_real sum[7][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row][lane] = bias[lane];
                for (ptrdiff_t ky = ae_most(0, y - 7); ky < ae_least(7, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 32; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 7; kx++) for (int lane = 0; lane < 16; lane++) AE_UNROLL
                                for (ptrdiff_t row = 0; row < kx + 1; row++)
                            AE_FMA(sum[row][lane], input[s][y - ky][kx * -32 + row * 32 + i + 224],
                                   weight[ky][i][kx * 16 + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][row + 7][lane] = ae_relu(sum[row][lane]);
            }
        }
}

// [16, 14, 14] -> [32, 8, 8], kernel 7x7, 3211264 FLOP per sample, in blocks of 8 positions x 1 vector of 16 output
// channels; then select
//   The gradient of a transposed convolution's input is the convolution of its output's gradient.
//   d_input[y][x][i] = sum over ky, kx, o of
//       d_output[y * stride + ky - padding][x * stride + kx - padding][o] * weight[ky][kx][o][i]
AE_KERNEL void deconv7_32_to_16_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][14][224],
        const ae_real weight[restrict 7][112][32], const ae_real in0[restrict][8][8][32],
        ae_real output[restrict][8][8][32]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t c = 0; c < 32; c += 16)
            for (ptrdiff_t y = 0; y < 8; y++) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = 0; ky < 7; ky++)
                    for (ptrdiff_t j = 0; j < 112; j++)
                        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                            AE_FMA(sum[row][lane], d_output[s][y + ky][row * 16 + j], weight[ky][j][c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    output[s][y][row][c + lane] = ae_select(in0[s][y][row][c + lane], AE_REAL(0.0), sum[row][lane]);
            }
}

// decoder.7, relu (aec_latent.aespec:17): deconv7_32_to_16_forward_relu, deconv15_16_to_1_backward_select
// decoder.8, deconv (aec_latent.aespec:17): deconv15_16_to_1_forward, conv15_1_to_16_transpose,
// deconv15_16_to_1_backward_select, conv15_1_to_16_weight_gradient, bias_gradient_1_of_28x28

// [16, 14, 14] -> [1, 28, 28], kernel 15x15, 1411200 FLOP per sample, in blocks of 7 positions x 1 vector of 1 output
// channels
//   output[y][x][o] = bias[o] + sum over ky, i, kx, where the divisions leave no remainder, of
//       input[(y + padding - ky) / stride][(x + padding - kx) / stride][i] * weight[ky][i][kx][o]
AE_KERNEL void deconv15_16_to_1_forward(ptrdiff_t samples, const ae_real input[restrict][14][224],
        const ae_real weight[restrict 15][16][15], const ae_real bias[restrict 1],
        ae_real output[restrict][28][28][1]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t y = 0; y < 28; y++) {
            {
                ae_real sum[7];
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row] = bias[0];
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 16; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 15; kx++)
                            AE_UNROLL for (ptrdiff_t row = kx; row < 7; row++)
                                AE_FMA(sum[row], input[s][y - ky][kx * -16 + row * 16 + i], weight[ky][i][kx]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][row][0] = sum[row];
            }
            {
                ae_real sum[7];
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row] = bias[0];
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 16; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 15; kx++)
                            AE_UNROLL for (ptrdiff_t row = ae_most(0, kx - 7); row < 7; row++)
                                AE_FMA(sum[row], input[s][y - ky][kx * -16 + row * 16 + i + 112], weight[ky][i][kx]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][row + 7][0] = sum[row];
            }
            {
                ae_real sum[7];
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row] = bias[0];
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 16; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 15; kx++)
                            AE_UNROLL for (ptrdiff_t row = 0; row < ae_least(7, kx); row++)
                                AE_FMA(sum[row], input[s][y - ky][kx * -16 + row * 16 + i + 224], weight[ky][i][kx]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][row + 14][0] = sum[row];
            }
            {
                ae_real sum[7];
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row] = bias[0];
                for (ptrdiff_t ky = ae_most(0, y - 13); ky < ae_least(15, y + 1); ky++)
                    for (ptrdiff_t i = 0; i < 16; i++)
                        AE_UNROLL for (ptrdiff_t kx = 0; kx < 15; kx++)
                            AE_UNROLL for (ptrdiff_t row = 0; row < kx - 7; row++)
                                AE_FMA(sum[row], input[s][y - ky][kx * -16 + row * 16 + i + 336], weight[ky][i][kx]);
                AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][row + 21][0] = sum[row];
            }
        }
}

// 3600 elements
//   transposed[ky][o][kx][i] = weight[ky][kx][i][o]
AE_KERNEL void conv15_1_to_16_transpose(const ae_real weight[restrict 15][15][16],
        ae_real transposed[restrict 15][16][15]) {
    for (ptrdiff_t ky = 0; ky < 15; ky++)
        for (ptrdiff_t kx = 0; kx < 15; kx++)
            ae_turn(1, 16, weight[ky][kx], 16, transposed[ky][0] + kx, 15);
}

// [1, 28, 28] -> [16, 14, 14], kernel 15x15, 1411200 FLOP per sample, in blocks of 7 positions x 1 vector of 16 output
// channels; then select
//   The gradient of a transposed convolution's input is the convolution of its output's gradient.
//   d_input[y][x][i] = sum over ky, kx, o of
//       d_output[y * stride + ky - padding][x * stride + kx - padding][o] * weight[ky][kx][o][i]
AE_KERNEL void deconv15_16_to_1_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][28][28],
        const ae_real weight[restrict 15][15][16], const ae_real in0[restrict][14][14][16],
        ae_real output[restrict][14][14][16]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (ptrdiff_t y = 0; y < 14; y++)
            for (ptrdiff_t x = 0; x < 14; x += 7) {
                ae_real sum[7][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    sum[row][lane] = AE_REAL(0.0);
                for (ptrdiff_t ky = 0; ky < 15; ky++)
                    for (ptrdiff_t j = 0; j < 15; j++)
                        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                            AE_FMA(sum[row][lane], d_output[s][y + ky][x + row + j], weight[ky][j][lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 7; row++)
                    output[s][y][x + row][lane] = ae_select(in0[s][y][x + row][lane], AE_REAL(0.0), sum[row][lane]);
            }
}

// 1 elements
//   gradient[c] += sum over samples and pixels of d_output[y][x][c]
AE_KERNEL void bias_gradient_1_of_28x28(ptrdiff_t samples, const ae_real d_output[restrict][784],
        ae_real gradient[restrict 1]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++)
                partial[lane] += d_output[s][i + lane];
        const ae_real sum = ae_join(partial);
        gradient[0] += sum;
    }
}

// mse, loss, mean of squared differences between output and normalised input (aec_latent.aespec:19):
// loss_mse_forward_backward, loss_mse_forward

// 784 elements: subtract, multiply, sum, scale, scale, multiply
AE_KERNEL void loss_mse_forward_backward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real decoder_8[restrict][784], const ae_real input_x[restrict][784], ae_real loss_mse[restrict][1],
        ae_real d_decoder_8[restrict][784]) {
    const ae_real u0 = term_scale[0];
    const ae_real u1 = u0 * AE_REAL(0.0012755102040816326);
    const ae_real u2 = u1;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = decoder_8[s][i + lane] - input_x[s][i + lane];
                partial2[lane] += v0 * v0;
                d_decoder_8[s][i + lane] = u2 * (v0 * AE_REAL(2.0));
            }
        const ae_real v2 = ae_join(partial2);
        const ae_real v3 = v2 * AE_REAL(0.0012755102040816326);
        loss_mse[s][0] = v3;
    }
}

// 784 elements: subtract, multiply, sum, scale
AE_KERNEL void loss_mse_forward(ptrdiff_t samples, const ae_real output_x[restrict][784],
        const ae_real input_x[restrict][784], ae_real loss_mse[restrict][1]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = output_x[s][i + lane] - input_x[s][i + lane];
                partial2[lane] += v0 * v0;
            }
        const ae_real v2 = ae_join(partial2);
        const ae_real v3 = v2 * AE_REAL(0.0012755102040816326);
        loss_mse[s][0] = v3;
    }
}

// Kernel, tasks, rows of a task, all rows; they complete nothing of the gradient.
static const struct ae_work net_transpose_work[] = {
    {5, 1, 1, 1, {0, 0, 1, 0}}, {7, 1, 1, 1, {0, 0, 1, 0}}, {9, 1, 1, 1, {0, 0, 1, 0}}, {11, 1, 1, 1, {0, 0, 1, 0}},
    {13, 1, 1, 1, {0, 0, 1, 0}}, {31, 1, 1, 1, {0, 0, 1, 0}}, {35, 1, 1, 1, {0, 0, 1, 0}}, {39, 1, 1, 1, {0, 0, 1, 0}},
    {43, 1, 1, 1, {0, 0, 1, 0}},
};

// Transposed weights for the backward pass, once per step. A task is a weight, or some rows of one.
static void net_transpose(const struct ae_step *step, size_t task_number, ae_real *scratch) {
    (void)scratch;
    const struct ae_task task = ae_task(net_transpose_work, task_number);
    const struct net_tensors *const net = (const void *)step->parameters;
    void *const decoder_0_weight_transposed = ae_place(step->repacked, 0);         // [2][64][64]
    void *const decoder_2_weight_transposed = ae_place(step->repacked, 8192);      // [3][64][192]
    void *const decoder_4_weight_transposed = ae_place(step->repacked, 45056);     // [5][64][160]
    void *const decoder_6_weight_transposed = ae_place(step->repacked, 96256);     // [7][32][112]
    void *const decoder_8_weight_transposed = ae_place(step->repacked, 121344);    // [15][16][15]
    void *const encoder_8_weight_transposed = ae_place(step->repacked, 124944);    // [2][64][64]
    void *const encoder_6_weight_transposed = ae_place(step->repacked, 133136);    // [3][64][192]
    void *const encoder_4_weight_transposed = ae_place(step->repacked, 170000);    // [5][64][160]
    void *const encoder_2_weight_transposed = ae_place(step->repacked, 221200);    // [7][32][112]
    ae_mark(step, task.kernel);
    switch (task.kernel) {
    case 5: conv2x1_64_to_64_transpose(net->decoder_0_weight, decoder_0_weight_transposed); break;
    case 7: conv3_64_to_64_transpose(net->decoder_2_weight, decoder_2_weight_transposed); break;
    case 9: conv5_32_to_64_transpose(net->decoder_4_weight, decoder_4_weight_transposed); break;
    case 11: conv7_16_to_32_transpose(net->decoder_6_weight, decoder_6_weight_transposed); break;
    case 13: conv15_1_to_16_transpose(net->decoder_8_weight, decoder_8_weight_transposed); break;
    case 31: conv2x1_64_to_64_transpose(net->encoder_8_weight, encoder_8_weight_transposed); break;
    case 35: conv3_64_to_64_transpose(net->encoder_6_weight, encoder_6_weight_transposed); break;
    case 39: conv5_32_to_64_transpose(net->encoder_4_weight, encoder_4_weight_transposed); break;
    case 43: conv7_16_to_32_transpose(net->encoder_2_weight, encoder_2_weight_transposed); break;
    }
    ae_mark(step, 50);    // no kernel
}

// Forward and backward through the network. A task is a slot: a part of the batch with a gradient of its own, walked in
// micro-batches that stay in cache. Scratch memory is used again after its tensor has been read for the last time.
static void net_forward_backward(const struct ae_step *step, size_t task, ae_real *scratch) {
    ae_real *const slot = ae_slot_gradient(step, task, 250320);
    memset(slot, 0, 250320 * sizeof *slot);
    const struct net_tensors *const net = (const void *)step->parameters;
    struct net_tensors *const gradient = (void *)slot;
    const size_t end = ae_slot_begin(step, task + 1);
    for (size_t first = ae_slot_begin(step, task); first < end; first += 16) {
        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), 16);
        void *const input_x = ae_place(step->input, first * 784);                      // [samples][28][28]
        void *const encoder_1 = ae_place(scratch, 0);                                  // [samples][14][14][16] after
        // relu
        void *const encoder_3 = ae_place(scratch, 50176);                              // [samples][8][8][32] after relu
        void *const encoder_5 = ae_place(scratch, 82944);                              // [samples][4][4][64] after relu
        void *const encoder_7 = ae_place(scratch, 99328);                              // [samples][2][2][64] after relu
        void *const encoder_9 = ae_place(scratch, 103424);                             // [samples][1][2][64] after relu
        void *const decoder_0_weight_transposed = ae_place(step->repacked, 0);         // [2][64][64]
        void *const decoder_1 = ae_place(scratch, 105472);                             // [samples][2][2][64] after relu
        void *const decoder_2_weight_transposed = ae_place(step->repacked, 8192);      // [3][64][192]
        void *const decoder_3 = ae_place(scratch, 109568);                             // [samples][4][4][64] after relu
        void *const decoder_4_weight_transposed = ae_place(step->repacked, 45056);     // [5][64][160]
        void *const decoder_5 = ae_place(scratch, 125952);                             // [samples][8][8][32] after relu
        void *const decoder_6_weight_transposed = ae_place(step->repacked, 96256);     // [7][32][112]
        void *const decoder_7 = ae_place(scratch, 158720);                             // [samples][14][14][16] after
        // relu
        void *const decoder_8_weight_transposed = ae_place(step->repacked, 121344);    // [15][16][15]
        void *const decoder_8 = ae_place(scratch, 208896);                             // [samples][28][28][1]
        void *const loss_mse = ae_place(step->term, first * 1);                        // [samples][1]
        void *const d_decoder_8 = ae_place(scratch, 221440);                           // [samples][784]
        void *const d_decoder_6 = ae_place(scratch, 233984);                           // [samples][14][14][16]
        void *const d_decoder_4 = ae_place(scratch, 158720);                           // [samples][8][8][32]
        void *const d_decoder_2 = ae_place(scratch, 125952);                           // [samples][4][4][64]
        void *const d_decoder_0 = ae_place(scratch, 109568);                           // [samples][2][2][64]
        void *const d_encoder_8 = ae_place(scratch, 105472);                           // [samples][1][2][64]
        void *const encoder_8_weight_transposed = ae_place(step->repacked, 124944);    // [2][64][64]
        void *const d_encoder_6 = ae_place(scratch, 107520);                           // [samples][2][2][64]
        void *const encoder_6_weight_transposed = ae_place(step->repacked, 133136);    // [3][64][192]
        void *const d_encoder_4 = ae_place(scratch, 111616);                           // [samples][4][4][64]
        void *const encoder_4_weight_transposed = ae_place(step->repacked, 170000);    // [5][64][160]
        void *const d_encoder_2 = ae_place(scratch, 128000);                           // [samples][8][8][32]
        void *const encoder_2_weight_transposed = ae_place(step->repacked, 221200);    // [7][32][112]
        void *const d_encoder_0 = ae_place(scratch, 50176);                            // [samples][14][14][16]
        AE_MARK(0) conv15_1_to_16_forward_relu(samples, input_x, net->encoder_0_weight, net->encoder_0_bias, encoder_1);
        AE_MARK(1) conv7_16_to_32_forward_relu(samples, encoder_1, net->encoder_2_weight, net->encoder_2_bias,
                encoder_3);
        AE_MARK(2) conv5_32_to_64_forward_relu(samples, encoder_3, net->encoder_4_weight, net->encoder_4_bias,
                encoder_5);
        AE_MARK(3) conv3_64_to_64_forward_relu(samples, encoder_5, net->encoder_6_weight, net->encoder_6_bias,
                encoder_7);
        AE_MARK(4) conv2x1_64_to_64_forward_relu(samples, encoder_7, net->encoder_8_weight, net->encoder_8_bias,
                encoder_9);
        AE_MARK(6) deconv2x1_64_to_64_forward_relu(samples, encoder_9, decoder_0_weight_transposed, net->decoder_0_bias,
                decoder_1);
        AE_MARK(8) deconv3_64_to_64_forward_relu(samples, decoder_1, decoder_2_weight_transposed, net->decoder_2_bias,
                decoder_3);
        AE_MARK(10) deconv5_64_to_32_forward_relu(samples, decoder_3, decoder_4_weight_transposed, net->decoder_4_bias,
                decoder_5);
        AE_MARK(12) deconv7_32_to_16_forward_relu(samples, decoder_5, decoder_6_weight_transposed, net->decoder_6_bias,
                decoder_7);
        AE_MARK(14) deconv15_16_to_1_forward(samples, decoder_7, decoder_8_weight_transposed, net->decoder_8_bias,
                decoder_8);
        AE_MARK(15) loss_mse_forward_backward(samples, step->term_scale, decoder_8, input_x, loss_mse, d_decoder_8);
        AE_MARK(16) deconv15_16_to_1_backward_select(samples, d_decoder_8, net->decoder_8_weight, decoder_7,
                d_decoder_6);
        AE_MARK(17) conv15_1_to_16_weight_gradient(samples, d_decoder_8, decoder_7, gradient->decoder_8_weight);
        AE_MARK(18) bias_gradient_1_of_28x28(samples, d_decoder_8, gradient->decoder_8_bias);
        AE_MARK(19) deconv7_32_to_16_backward_select(samples, d_decoder_6, net->decoder_6_weight, decoder_5,
                d_decoder_4);
        AE_MARK(20) conv7_16_to_32_weight_gradient(samples, d_decoder_6, decoder_5, gradient->decoder_6_weight);
        AE_MARK(21) bias_gradient_16_of_14x14(samples, d_decoder_6, gradient->decoder_6_bias);
        AE_MARK(22) deconv5_64_to_32_backward_select(samples, d_decoder_4, net->decoder_4_weight, decoder_3,
                d_decoder_2);
        AE_MARK(23) conv5_32_to_64_weight_gradient(samples, d_decoder_4, decoder_3, gradient->decoder_4_weight);
        AE_MARK(24) bias_gradient_32_of_8x8(samples, d_decoder_4, gradient->decoder_4_bias);
        AE_MARK(25) deconv3_64_to_64_backward_select(samples, d_decoder_2, net->decoder_2_weight, decoder_1,
                d_decoder_0);
        AE_MARK(26) conv3_64_to_64_weight_gradient(samples, d_decoder_2, decoder_1, gradient->decoder_2_weight);
        AE_MARK(27) bias_gradient_64_of_4x4(samples, d_decoder_2, gradient->decoder_2_bias);
        AE_MARK(28) deconv2x1_64_to_64_backward_select(samples, d_decoder_0, net->decoder_0_weight, encoder_9,
                d_encoder_8);
        AE_MARK(29) conv2x1_64_to_64_weight_gradient(samples, d_decoder_0, encoder_9, gradient->decoder_0_weight);
        AE_MARK(30) bias_gradient_64_of_2x2(samples, d_decoder_0, gradient->decoder_0_bias);
        AE_MARK(32) conv2x1_64_to_64_backward_select(samples, d_encoder_8, encoder_8_weight_transposed, encoder_7,
                d_encoder_6);
        AE_MARK(33) conv2x1_64_to_64_weight_gradient(samples, encoder_7, d_encoder_8, gradient->encoder_8_weight);
        AE_MARK(34) bias_gradient_64_of_1x2(samples, d_encoder_8, gradient->encoder_8_bias);
        AE_MARK(36) conv3_64_to_64_backward_select(samples, d_encoder_6, encoder_6_weight_transposed, encoder_5,
                d_encoder_4);
        AE_MARK(37) conv3_64_to_64_weight_gradient(samples, encoder_5, d_encoder_6, gradient->encoder_6_weight);
        AE_MARK(38) bias_gradient_64_of_2x2(samples, d_encoder_6, gradient->encoder_6_bias);
        AE_MARK(40) conv5_32_to_64_backward_select(samples, d_encoder_4, encoder_4_weight_transposed, encoder_3,
                d_encoder_2);
        AE_MARK(41) conv5_32_to_64_weight_gradient(samples, encoder_3, d_encoder_4, gradient->encoder_4_weight);
        AE_MARK(42) bias_gradient_64_of_4x4(samples, d_encoder_4, gradient->encoder_4_bias);
        AE_MARK(44) conv7_16_to_32_backward_select(samples, d_encoder_2, encoder_2_weight_transposed, encoder_1,
                d_encoder_0);
        AE_MARK(45) conv7_16_to_32_weight_gradient(samples, encoder_1, d_encoder_2, gradient->encoder_2_weight);
        AE_MARK(46) bias_gradient_32_of_8x8(samples, d_encoder_2, gradient->encoder_2_bias);
        AE_MARK(47) conv15_1_to_16_weight_gradient(samples, input_x, d_encoder_0, gradient->encoder_0_weight);
        AE_MARK(48) bias_gradient_16_of_14x14(samples, d_encoder_0, gradient->encoder_0_bias);
    }
    ae_mark(step, 50);    // no kernel
}

// Kernel, tasks, rows of a task, all rows; the elements of the gradient that row 0 completes: offset, length, runs,
// stride.
static const struct ae_work net_join_gradients_work[] = {
    {49, 16, 16384, 250320, {0, 1, 1, 0}},
};

// The slots' gradients, joined by a fixed tree; a task is a block of weights.
static void net_join_gradients(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    ae_mark(step, 49);
    ae_join_slots(step, 250320, ae_task_range(net_join_gradients_work, task));
    ae_mark(step, 50);    // no kernel
}

// A step: phases, one after the other; the tasks of one may run at once. Number of tasks, or 0 for one per slot; the
// table of tasks, or NULL; the function.
static const struct ae_phase net_phases[] = {
    {9, net_transpose_work, net_transpose}, {0, NULL, net_forward_backward},
    {16, net_join_gradients_work, net_join_gradients},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    const struct net_tensors *const net = (const void *)parameters;
    void *const input_x = ae_place(input, 0);             // [samples][28][28]
    void *const encoder_1 = ae_place(scratch, 0);         // [samples][14][14][16] after relu
    void *const encoder_3 = ae_place(scratch, 100352);    // [samples][8][8][32] after relu
    void *const encoder_5 = ae_place(scratch, 0);         // [samples][4][4][64] after relu
    void *const encoder_7 = ae_place(scratch, 32768);     // [samples][2][2][64] after relu
    void *const encoder_9 = ae_place(code, 0);            // [samples][1][2][64] after relu
    conv15_1_to_16_forward_relu((ptrdiff_t)samples, input_x, net->encoder_0_weight, net->encoder_0_bias, encoder_1);
    conv7_16_to_32_forward_relu((ptrdiff_t)samples, encoder_1, net->encoder_2_weight, net->encoder_2_bias, encoder_3);
    conv5_32_to_64_forward_relu((ptrdiff_t)samples, encoder_3, net->encoder_4_weight, net->encoder_4_bias, encoder_5);
    conv3_64_to_64_forward_relu((ptrdiff_t)samples, encoder_5, net->encoder_6_weight, net->encoder_6_bias, encoder_7);
    conv2x1_64_to_64_forward_relu((ptrdiff_t)samples, encoder_7, net->encoder_8_weight, net->encoder_8_bias, encoder_9);
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *z, ae_real *output,
                       ae_real *scratch) {
    const struct net_tensors *const net = (const void *)parameters;
    void *const decoder_0_weight_transposed = ae_place(scratch, 206848);    // [2][64][64]
    void *const latent_z = ae_place(z, 0);                                  // [samples][128]
    void *const decoder_1 = ae_place(scratch, 0);                           // [samples][2][2][64] after relu
    void *const decoder_2_weight_transposed = ae_place(scratch, 215040);    // [3][64][192]
    void *const decoder_3 = ae_place(scratch, 8192);                        // [samples][4][4][64] after relu
    void *const decoder_4_weight_transposed = ae_place(scratch, 251904);    // [5][64][160]
    void *const decoder_5 = ae_place(scratch, 40960);                       // [samples][8][8][32] after relu
    void *const decoder_6_weight_transposed = ae_place(scratch, 303104);    // [7][32][112]
    void *const decoder_7 = ae_place(scratch, 106496);                      // [samples][14][14][16] after relu
    void *const decoder_8_weight_transposed = ae_place(scratch, 328192);    // [15][16][15]
    void *const decoder_8 = ae_place(output, 0);                            // [samples][28][28][1]
    conv2x1_64_to_64_transpose(net->decoder_0_weight, decoder_0_weight_transposed);
    deconv2x1_64_to_64_forward_relu((ptrdiff_t)samples, latent_z, decoder_0_weight_transposed, net->decoder_0_bias,
            decoder_1);
    conv3_64_to_64_transpose(net->decoder_2_weight, decoder_2_weight_transposed);
    deconv3_64_to_64_forward_relu((ptrdiff_t)samples, decoder_1, decoder_2_weight_transposed, net->decoder_2_bias,
            decoder_3);
    conv5_32_to_64_transpose(net->decoder_4_weight, decoder_4_weight_transposed);
    deconv5_64_to_32_forward_relu((ptrdiff_t)samples, decoder_3, decoder_4_weight_transposed, net->decoder_4_bias,
            decoder_5);
    conv7_16_to_32_transpose(net->decoder_6_weight, decoder_6_weight_transposed);
    deconv7_32_to_16_forward_relu((ptrdiff_t)samples, decoder_5, decoder_6_weight_transposed, net->decoder_6_bias,
            decoder_7);
    conv15_1_to_16_transpose(net->decoder_8_weight, decoder_8_weight_transposed);
    deconv15_16_to_1_forward((ptrdiff_t)samples, decoder_7, decoder_8_weight_transposed, net->decoder_8_bias,
            decoder_8);
}

static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,
                        ae_real *term, ae_real *scratch) {
    (void)code;
    (void)scratch;
    void *const output_x = ae_place(output, 0);    // [samples][784]
    void *const input_x = ae_place(input, 0);      // [samples][784]
    void *const loss_mse = ae_place(term, 0);      // [samples][1]
    loss_mse_forward((ptrdiff_t)samples, output_x, input_x, loss_mse);
}

// Parameters: name, shape in files; view and strides in memory; offset; bound of the initial values.
static const struct ae_parameter net_parameters[] = {
    {"encoder.0.weight", {4, {16, 1, 15, 15}}, 4, {16, 1, 15, 15}, {1, 16, 240, 16}, 0, 0.06666666666666667},
    {"encoder.0.bias", {1, {16}}, 1, {16}, {1}, 3600, 0.06666666666666667},
    {"encoder.2.weight", {4, {32, 16, 7, 7}}, 4, {32, 16, 7, 7}, {1, 32, 3584, 512}, 3616, 0.03571428571428571},
    {"encoder.2.bias", {1, {32}}, 1, {32}, {1}, 28704, 0.03571428571428571},
    {"encoder.4.weight", {4, {64, 32, 5, 5}}, 4, {64, 32, 5, 5}, {1, 64, 10240, 2048}, 28736, 0.035355339059327376},
    {"encoder.4.bias", {1, {64}}, 1, {64}, {1}, 79936, 0.035355339059327376},
    {"encoder.6.weight", {4, {64, 64, 3, 3}}, 4, {64, 64, 3, 3}, {1, 64, 12288, 4096}, 80000, 0.041666666666666664},
    {"encoder.6.bias", {1, {64}}, 1, {64}, {1}, 116864, 0.041666666666666664},
    {"encoder.8.weight", {4, {64, 64, 2, 1}}, 4, {64, 64, 2, 1}, {1, 64, 4096, 4096}, 116928, 0.08838834764831843},
    {"encoder.8.bias", {1, {64}}, 1, {64}, {1}, 125120, 0.08838834764831843},
    {"decoder.0.weight", {4, {64, 64, 2, 1}}, 4, {64, 64, 2, 1}, {1, 64, 4096, 4096}, 125184, 0.08838834764831843},
    {"decoder.0.bias", {1, {64}}, 1, {64}, {1}, 133376, 0.08838834764831843},
    {"decoder.2.weight", {4, {64, 64, 3, 3}}, 4, {64, 64, 3, 3}, {1, 64, 12288, 4096}, 133440, 0.041666666666666664},
    {"decoder.2.bias", {1, {64}}, 1, {64}, {1}, 170304, 0.041666666666666664},
    {"decoder.4.weight", {4, {64, 32, 5, 5}}, 4, {64, 32, 5, 5}, {1, 64, 10240, 2048}, 170368, 0.035355339059327376},
    {"decoder.4.bias", {1, {32}}, 1, {32}, {1}, 221568, 0.035355339059327376},
    {"decoder.6.weight", {4, {32, 16, 7, 7}}, 4, {32, 16, 7, 7}, {1, 32, 3584, 512}, 221600, 0.03571428571428571},
    {"decoder.6.bias", {1, {16}}, 1, {16}, {1}, 246688, 0.03571428571428571},
    {"decoder.8.weight", {4, {16, 1, 15, 15}}, 4, {16, 1, 15, 15}, {1, 16, 240, 16}, 246704, 0.06666666666666667},
    {"decoder.8.bias", {1, {1}}, 1, {1}, {1}, 250304, 0.06666666666666667},
};

// Layers: name, kind, line of the spec, shape, parameters, FLOPs per sample of the forward pass.
static const struct ae_layer net_layers[] = {
    {"encoder.0", "conv", 8, {3, {16, 14, 14}}, 3616, 1411200}, {"encoder.1", "relu", 8, {3, {16, 14, 14}}, 0, 0},
    {"encoder.2", "conv", 9, {3, {32, 8, 8}}, 25120, 3211264}, {"encoder.3", "relu", 9, {3, {32, 8, 8}}, 0, 0},
    {"encoder.4", "conv", 10, {3, {64, 4, 4}}, 51264, 1638400}, {"encoder.5", "relu", 10, {3, {64, 4, 4}}, 0, 0},
    {"encoder.6", "conv", 11, {3, {64, 2, 2}}, 36928, 294912}, {"encoder.7", "relu", 11, {3, {64, 2, 2}}, 0, 0},
    {"encoder.8", "conv", 12, {3, {64, 1, 2}}, 8256, 32768}, {"encoder.9", "relu", 12, {3, {64, 1, 2}}, 0, 0},
    {"z", "code", 15, {3, {64, 1, 2}}, 0, 0}, {"decoder.0", "deconv", 17, {3, {64, 2, 2}}, 8256, 32768},
    {"decoder.1", "relu", 17, {3, {64, 2, 2}}, 0, 0}, {"decoder.2", "deconv", 17, {3, {64, 4, 4}}, 36928, 294912},
    {"decoder.3", "relu", 17, {3, {64, 4, 4}}, 0, 0}, {"decoder.4", "deconv", 17, {3, {32, 8, 8}}, 51232, 1638400},
    {"decoder.5", "relu", 17, {3, {32, 8, 8}}, 0, 0}, {"decoder.6", "deconv", 17, {3, {16, 14, 14}}, 25104, 3211264},
    {"decoder.7", "relu", 17, {3, {16, 14, 14}}, 0, 0}, {"decoder.8", "deconv", 17, {3, {1, 28, 28}}, 3601, 1411200},
};

// Kernels by their numbers: name, FLOPs and predicted cost (multiply-adds of whole vectors), per step if true, else
// per sample.
static const struct ae_kernel net_kernels[] = {
    /* 0 */ {"encoder.0 forward", 1411200, 5.484e+04, false}, /* 1 */ {"encoder.2 forward", 3211264, 1.211e+05, false},
    /* 2 */ {"encoder.4 forward", 1638400, 6.176e+04, false}, /* 3 */ {"encoder.6 forward", 294912, 1.252e+04, false},
    /* 4 */ {"encoder.8 forward", 32768, 1730, false}, /* 5 */ {"decoder.0 transpose", 0, 2048, true},
    /* 6 */ {"decoder.0 forward", 32768, 1770, false}, /* 7 */ {"decoder.2 transpose", 0, 9216, true},
    /* 8 */ {"decoder.2 forward", 294912, 1.553e+04, false}, /* 9 */ {"decoder.4 transpose", 0, 1.28e+04, true},
    /* 10 */ {"decoder.4 forward", 1638400, 7.872e+04, false}, /* 11 */ {"decoder.6 transpose", 0, 6272, true},
    /* 12 */ {"decoder.6 forward", 3211264, 1.54e+05, false}, /* 13 */ {"decoder.8 transpose", 0, 900, true},
    /* 14 */ {"decoder.8 forward", 1411200, 1.06e+06, false}, /* 15 */ {"loss mse forward", 0, 410.1, false},
    /* 16 */ {"decoder.8 backward", 1411200, 5.504e+04, false},
    /* 17 */ {"decoder.8 weight_gradient", 1411200, 4.986e+04, false},
    /* 18 */ {"decoder.8 bias_gradient", 0, 117, false}, /* 19 */ {"decoder.6 backward", 3211264, 1.212e+05, false},
    /* 20 */ {"decoder.6 weight_gradient", 3211264, 1.131e+05, false},
    /* 21 */ {"decoder.6 bias_gradient", 0, 392.1, false}, /* 22 */ {"decoder.4 backward", 1638400, 6.182e+04, false},
    /* 23 */ {"decoder.4 weight_gradient", 1638400, 5.8e+04, false},
    /* 24 */ {"decoder.4 bias_gradient", 0, 256.2, false}, /* 25 */ {"decoder.2 backward", 294912, 1.254e+04, false},
    /* 26 */ {"decoder.2 weight_gradient", 294912, 1.066e+04, false},
    /* 27 */ {"decoder.2 bias_gradient", 0, 128.5, false}, /* 28 */ {"decoder.0 backward", 32768, 1738, false},
    /* 29 */ {"decoder.0 weight_gradient", 32768, 1216, false}, /* 30 */ {"decoder.0 bias_gradient", 0, 32.5, false},
    /* 31 */ {"encoder.8 transpose", 0, 2048, true}, /* 32 */ {"encoder.8 backward", 32768, 1786, false},
    /* 33 */ {"encoder.8 weight_gradient", 32768, 1216, false}, /* 34 */ {"encoder.8 bias_gradient", 0, 16.5, false},
    /* 35 */ {"encoder.6 transpose", 0, 9216, true}, /* 36 */ {"encoder.6 backward", 294912, 1.559e+04, false},
    /* 37 */ {"encoder.6 weight_gradient", 294912, 1.066e+04, false},
    /* 38 */ {"encoder.6 bias_gradient", 0, 32.5, false}, /* 39 */ {"encoder.4 transpose", 0, 1.28e+04, true},
    /* 40 */ {"encoder.4 backward", 1638400, 7.885e+04, false},
    /* 41 */ {"encoder.4 weight_gradient", 1638400, 5.8e+04, false},
    /* 42 */ {"encoder.4 bias_gradient", 0, 128.5, false}, /* 43 */ {"encoder.2 transpose", 0, 6272, true},
    /* 44 */ {"encoder.2 backward", 3211264, 1.542e+05, false},
    /* 45 */ {"encoder.2 weight_gradient", 3211264, 1.131e+05, false},
    /* 46 */ {"encoder.2 bias_gradient", 0, 256.2, false},
    /* 47 */ {"encoder.0 weight_gradient", 1411200, 4.986e+04, false},
    /* 48 */ {"encoder.0 bias_gradient", 0, 392.1, false}, /* 49 */ {"join", 0, 1.001e+06, true},
};

// Terms of the loss: name, function.
static const struct ae_term net_terms[] = {
    {"mse", "mse"},
};

// Computes the consts, loss weights and settings of the spec, given the consts that the user has set.
static void net_derive(double *constants, const bool *given, double *weights, double *settings) {
    (void)constants, (void)given;
    weights[0] = 1;
    settings[AE_SETTING_optimizer] = AE_OPTIMIZER_adam;
    settings[AE_SETTING_learning_rate] = 0.001;
    settings[AE_SETTING_batch] = 64.0;
    settings[AE_SETTING_epochs] = 16.0;
}

static const double net_mean[] = {0.1307};
static const double net_std[] = {0.3081};
// Inputs: name, shape, elements; data: source, scale, mean, std, whether values must be in [0, 1].
static const struct ae_input net_inputs[] = {
    {"x", {3, {1, 28, 28}}, 784, {"data/mnist", 0.00392156862745098, net_mean, net_std, false}}};

// Latents: name, kind, shape, elements, offset in the code, prior_std.
static const struct ae_latent net_latents[] = {{"z", AE_LATENT_CODE, {3, {64, 1, 2}}, 128, 0, 0.0}};

// Outputs: name, shape, elements, kind.
static const struct ae_output net_outputs[] = {{"x", {3, {1, 28, 28}}, 784, AE_OUTPUT_VALUES}};

static const struct ae_inference net_inference = {
    .samples_max = 32, .scratch_count = 331792,
    .encode = net_encode, .decode = net_decode, .measure = net_measure,
};

static const struct ae_training net_training = {
    .memory = {.parameters = 250320, .trainable = 250320, .slotted = 250320, .repacked = 246288,
               .terms = 1, .input = 784, .kept = 0, .scratch = 284160},
    .phases = net_phases, .phase_count = sizeof net_phases / sizeof *net_phases,
    .kernels = net_kernels, .kernel_count = 50, .lanes = 16, .peak = ae_peak,
};

const struct ae_model ae_model_aec_latent = {
    .name = "aec_latent", .file = "aec_latent.aespec", .text = net_text,
    .target = "scalar", .real_bytes = sizeof(ae_real), .features = AE_FEATURES,
    .input_count = 784, .latent_count = 128, .code_count = 128, .output_count = 784,
    .inputs = net_inputs, .input_tensors = 1,
    .latents = net_latents, .latent_tensors = 1,
    .outputs = net_outputs, .output_tensors = 1,
    .parameters = net_parameters, .parameter_tensors = 20, .parameter_count = 250320,
    .layers = net_layers, .layer_count = 20,
    .terms = net_terms, .term_count = 1,
    .constants = NULL, .constant_count = 0,
    .derive = net_derive, .inference = &net_inference, .training = &net_training,
};
