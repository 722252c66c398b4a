// The autoencoder vae, compiled by aespec from vae.aespec: the spec; the parameters; encoder and decoder in plain
// loops; the kernels, layer by layer; a training step, in phases that call them; encoder, decoder and loss; tables for
// the runtime.
//
// Memory: a tensor of shape [C, H, W] is stored as [H][W][C], one sample after the other. A dense layer's weight is
// [input][output], or panels [output / 16][input][output % 16] where 16 divides the outputs. Each sum has one order,
// fixed by shapes and batch size: with -ffp-contract=off the same seed gives the same bits on any compiler,
// optimisation level, target and number of threads.
//
// Names: encoder_1 is the result of layer encoder.1, d_encoder_1 the gradient of the loss with respect to it,
// encoder_1_back the part of a gradient that comes through encoder.1, before the parts are added; loss_NAME_part is an
// intermediate value. In kernels, s is a sample, c the first channel of a block, j the index of the sum; in a weight's
// gradient j is the first input of a block. in0, in1, ... are operands of the operations after the sum. select after a
// sum is the derivative of relu: in0 is relu's result. _strided: an array has more elements per sample than the kernel
// uses.
// A kernel computes a block of sums at once; `row` and `lane` are the indices in the block. A block fits in registers,
// and its number of rows is a constant, so that compilers unroll the loops over rows: 8 samples at a time, then 4, 2
// and 1. NAME_block computes one block.

#include "runtime/api/processor.h"
#include "runtime/api/kernel.h"
#include "runtime/api/model.h"

static const char net_text[] =
    "# vae.aespec - the variational autoencoder (Fig 8, 9, 10)\nmodel vae\n\n"
    "data { source = idx(\"data/mnist\"); scale = 1/255; mean = 0.1307; std = 0.3081 }\ninput x : [1, 28, 28]\n"
    "encoder { flatten; dense(512) -> relu }\nlatent z ~ gaussian(2, prior_std = sqrt(1/2))\n"
    "decoder { dense(512) -> relu; dense(784); reshape(1, 28, 28) }\nloss { sse(x); kl(z) }\n"
    "train { optimizer = adam; learning_rate = 1e-3; batch = 1000; epochs = 8; reduction = sum }\n";

// The parameters in memory, and the gradient with respect to them. Each begins at a multiple of 16 elements.
struct net_tensors {
    ae_real encoder_1_weight[32][784][16];
    ae_real encoder_1_bias[512];
    ae_real z_mu_weight[512][2];
    ae_real z_mu_bias[2], padding_3[14];
    ae_real z_log_sigma_weight[512][2];
    ae_real z_log_sigma_bias[2], padding_5[14];
    ae_real decoder_0_weight[32][2][16];
    ae_real decoder_0_bias[512];
    ae_real decoder_2_weight[49][512][16];
    ae_real decoder_2_bias[784];
};
_Static_assert(sizeof(struct net_tensors) == 807728 * sizeof(ae_real), "padding is explicit");

// Encoder and decoder in plain loops, one sample at a time. The kernels after them compute the same bits, faster.

// output[o] = bias[o] + sum over i of input[i] * weight[i][o]; the weight is in panels of `panel` outputs.
AE_PLAIN void plain_dense(int inputs, int outputs, int panel, const ae_real *input, const ae_real *weight,
        const ae_real *bias, ae_real *output) {
    for (int o = 0; o < outputs; o++) {
        ae_real sum = bias ? bias[o] : 0;
        for (int i = 0; i < inputs; i++)
            sum = ae_fma(input[i], weight[(o / panel * inputs + i) * panel + o % panel], sum);
        output[o] = sum;
    }
}

AE_PLAIN void plain_encode(const struct net_tensors *net, const ae_real *input_x, ae_real *code) {
    ae_real encoder_1[512], encoder_2[512];
    ae_real *const z_mu = code + 0, *const z_log_sigma = code + 2;
    plain_dense(784, 512, 16, input_x, net->encoder_1_weight[0][0], net->encoder_1_bias, encoder_1);
    for (int i = 0; i < 512; i++) encoder_2[i] = ae_relu(encoder_1[i]);
    plain_dense(512, 2, 2, encoder_2, net->z_mu_weight[0], net->z_mu_bias, z_mu);
    plain_dense(512, 2, 2, encoder_2, net->z_log_sigma_weight[0], net->z_log_sigma_bias, z_log_sigma);
}

AE_PLAIN void plain_decode(const struct net_tensors *net, const ae_real *latent_z, ae_real *output) {
    ae_real decoder_0[512], decoder_1[512];
    ae_real *const decoder_2 = output + 0;
    plain_dense(2, 512, 16, latent_z, net->decoder_0_weight[0][0], net->decoder_0_bias, decoder_0);
    for (int i = 0; i < 512; i++) decoder_1[i] = ae_relu(decoder_0[i]);
    plain_dense(512, 784, 16, decoder_1, net->decoder_2_weight[0][0], net->decoder_2_bias, decoder_2);
}

// encoder.1, dense (vae.aespec:6): dense_784_to_512_forward_relu, dense_784_to_512_weight_gradient, bias_gradient_512

AE_INLINE void dense_784_to_512_forward_relu_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real bias[restrict 512], const ae_real weight[restrict 32][784][16],
        const ae_real input[restrict][784], ae_real output[restrict][512]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = bias[c + lane];
    for (ptrdiff_t j = 0; j < 784; j++)
        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        output[s + row][c + lane] = ae_relu(sum[row][lane]);
}

// 784 -> 512, 802816 FLOP per sample, in blocks of 8 samples x 1 vector of 16 outputs; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_784_to_512_forward_relu(ptrdiff_t samples, const ae_real input[restrict][784],
        const ae_real weight[restrict 32][784][16], const ae_real bias[restrict 512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_784_to_512_forward_relu_block(8, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_784_to_512_forward_relu_block(4, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_784_to_512_forward_relu_block(2, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_784_to_512_forward_relu_block(1, c, s, bias, weight, input, output);
    }
}

// 784 -> 512, 802816 FLOP per sample, in blocks of 8 inputs x 1 vector of 16 outputs
//   gradient[i][o] = sum over samples of input[i] * d_output[o]
AE_KERNEL void dense_784_to_512_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real input[restrict][784], const ae_real d_output[restrict][512],
        ae_real gradient[restrict 32][784][16]) {
    for (ptrdiff_t c = 0; c < 512; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 16)
            for (ptrdiff_t j = from; j < ((to - from) / 8) * 8 + from; j += 8) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    sum[row][lane] = gradient[c / 16][j + row][lane];
                for (ptrdiff_t s = first; s < end; s++)
                    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                        AE_FMA(sum[row][lane], input[s][j + row], d_output[s][c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    gradient[c / 16][j + row][lane] = sum[row][lane];
            }
    }
}

// 512 elements
//   gradient[c] = sum over samples of d_output[c]
AE_KERNEL void bias_gradient_512(ptrdiff_t samples, const ae_real d_output[restrict][512],
        ae_real gradient[restrict 512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        ae_real sum[16];
        for (int lane = 0; lane < 16; lane++)
            sum[lane] = AE_REAL(0.0);
        for (ptrdiff_t s = 0; s < samples; s++)
            for (int lane = 0; lane < 16; lane++)
                sum[lane] += d_output[s][c + lane];
        for (int lane = 0; lane < 16; lane++)
            gradient[c + lane] = sum[lane];
    }
}

// encoder.2, relu (vae.aespec:6): dense_784_to_512_forward_relu, dense_512_to_2_backward_add_select
// z.mu, gaussian (vae.aespec:7): dense_512_to_2_forward, dense_512_to_2_forward_strided, dense_512_to_2_transpose,
// dense_512_to_2_backward_add_select, dense_512_to_2_weight_gradient, bias_gradient_2

AE_INLINE void dense_512_to_2_forward_block(ptrdiff_t rows, ptrdiff_t s, const ae_real bias[restrict 2],
        const ae_real weight[restrict 512][2], const ae_real input[restrict][512], ae_real output[restrict][2]) {
    ae_real sum[8][2];
    for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = bias[lane];
    for (ptrdiff_t j = 0; j < 512; j++)
        for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], input[s + row][j], weight[j][lane]);
    for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        output[s + row][lane] = sum[row][lane];
}

// 512 -> 2, 2048 FLOP per sample, in blocks of 8 samples x 1 vector of 2 outputs
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_512_to_2_forward(ptrdiff_t samples, const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2], const ae_real bias[restrict 2], ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
        dense_512_to_2_forward_block(8, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
        dense_512_to_2_forward_block(4, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
        dense_512_to_2_forward_block(2, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
        dense_512_to_2_forward_block(1, s, bias, weight, input, output);
}

AE_INLINE void dense_512_to_2_forward_strided_block(ptrdiff_t rows, ptrdiff_t s, const ae_real bias[restrict 2],
        const ae_real weight[restrict 512][2], const ae_real input[restrict][512], ae_real output[restrict][4]) {
    ae_real sum[8][2];
    for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = bias[lane];
    for (ptrdiff_t j = 0; j < 512; j++)
        for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], input[s + row][j], weight[j][lane]);
    for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        output[s + row][lane] = sum[row][lane];
}

// 512 -> 2, 2048 FLOP per sample, in blocks of 8 samples x 1 vector of 2 outputs
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_512_to_2_forward_strided(ptrdiff_t samples, const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2], const ae_real bias[restrict 2], ae_real output[restrict][4]) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
        dense_512_to_2_forward_strided_block(8, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
        dense_512_to_2_forward_strided_block(4, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
        dense_512_to_2_forward_strided_block(2, s, bias, weight, input, output);
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
        dense_512_to_2_forward_strided_block(1, s, bias, weight, input, output);
}

// 1024 elements
//   transposed[o][i] = weight[i][o]
AE_KERNEL void dense_512_to_2_transpose(ptrdiff_t from, ptrdiff_t to, const ae_real weight[restrict 512][2],
        ae_real transposed[restrict 32][2][16]) {
    for (ptrdiff_t i = from; i < to; i += 16)
        ae_turn(16, 2, weight[i], 2, transposed[i / 16][0], 16);
}

AE_INLINE void dense_512_to_2_backward_add_select_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real weight[restrict 32][2][16], const ae_real d_output[restrict][2],
        const ae_real z_log_sigma_back[restrict][512], const ae_real in0[restrict][512],
        ae_real output[restrict][512]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = AE_REAL(0.0);
    for (ptrdiff_t j = 0; j < 2; j++)
        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], d_output[s + row][j], weight[c / 16][j][lane]);
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        output[s + row][c + lane] = ae_select(in0[s + row][c + lane], AE_REAL(0.0),
                                              z_log_sigma_back[s + row][c + lane] + sum[row][lane]);
}

// 2 -> 512, 2048 FLOP per sample, in blocks of 8 samples x 1 vector of 16 outputs; then add, select
//   d_input[i] = sum over o of d_output[o] * weight[o][i], the transposed weight
AE_KERNEL void dense_512_to_2_backward_add_select(ptrdiff_t samples, const ae_real d_output[restrict][2],
        const ae_real weight[restrict 32][2][16], const ae_real z_log_sigma_back[restrict][512],
        const ae_real in0[restrict][512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_512_to_2_backward_add_select_block(8, c, s, weight, d_output, z_log_sigma_back, in0, output);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_512_to_2_backward_add_select_block(4, c, s, weight, d_output, z_log_sigma_back, in0, output);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_512_to_2_backward_add_select_block(2, c, s, weight, d_output, z_log_sigma_back, in0, output);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_512_to_2_backward_add_select_block(1, c, s, weight, d_output, z_log_sigma_back, in0, output);
    }
}

// 512 -> 2, 2048 FLOP per sample, in blocks of 8 inputs x 1 vector of 2 outputs
//   gradient[i][o] = sum over samples of input[i] * d_output[o]
AE_KERNEL void dense_512_to_2_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real input[restrict][512], const ae_real d_output[restrict][2], ae_real gradient[restrict 512][2]) {
    memset(gradient[from], 0, (size_t)(to * 2 - from * 2) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t j = from; j < ((to - from) / 8) * 8 + from; j += 8) {
            ae_real sum[8][2];
            for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                sum[row][lane] = gradient[j + row][lane];
            for (ptrdiff_t s = first; s < end; s++)
                for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    AE_FMA(sum[row][lane], input[s][j + row], d_output[s][lane]);
            for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                gradient[j + row][lane] = sum[row][lane];
        }
    }
}

// 2 elements
//   gradient[c] = sum over samples of d_output[c]
AE_KERNEL void bias_gradient_2(ptrdiff_t samples, const ae_real d_output[restrict][2], ae_real gradient[restrict 2]) {
    ae_real sum[2];
    for (int lane = 0; lane < 2; lane++)
        sum[lane] = AE_REAL(0.0);
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++)
            sum[lane] += d_output[s][lane];
    for (int lane = 0; lane < 2; lane++)
        gradient[lane] = sum[lane];
}

// z.log_sigma, gaussian (vae.aespec:7): dense_512_to_2_forward_exp, dense_512_to_2_forward_strided,
// dense_512_to_2_transpose, dense_512_to_2_backward, dense_512_to_2_weight_gradient, bias_gradient_2

AE_INLINE void dense_512_to_2_forward_exp_block(ptrdiff_t rows, ptrdiff_t s, const ae_real bias[restrict 2],
        const ae_real weight[restrict 512][2], const ae_real input[restrict][512], ae_real output[restrict][2],
        ae_real z_sigma[restrict][2]) {
    ae_real sum[8][2];
    for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = bias[lane];
    for (ptrdiff_t j = 0; j < 512; j++)
        for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], input[s + row][j], weight[j][lane]);
    for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++) {
        output[s + row][lane] = sum[row][lane];
        z_sigma[s + row][lane] = ae_exp(sum[row][lane]);
    }
}

// 512 -> 2, 2048 FLOP per sample, in blocks of 8 samples x 1 vector of 2 outputs; then exp
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_512_to_2_forward_exp(ptrdiff_t samples, const ae_real input[restrict][512],
        const ae_real weight[restrict 512][2], const ae_real bias[restrict 2], ae_real output[restrict][2],
        ae_real z_sigma[restrict][2]) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
        dense_512_to_2_forward_exp_block(8, s, bias, weight, input, output, z_sigma);
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
        dense_512_to_2_forward_exp_block(4, s, bias, weight, input, output, z_sigma);
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
        dense_512_to_2_forward_exp_block(2, s, bias, weight, input, output, z_sigma);
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
        dense_512_to_2_forward_exp_block(1, s, bias, weight, input, output, z_sigma);
}

AE_INLINE void dense_512_to_2_backward_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real weight[restrict 32][2][16], const ae_real d_output[restrict][2], ae_real d_input[restrict][512]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = AE_REAL(0.0);
    for (ptrdiff_t j = 0; j < 2; j++)
        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], d_output[s + row][j], weight[c / 16][j][lane]);
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        d_input[s + row][c + lane] = sum[row][lane];
}

// 2 -> 512, 2048 FLOP per sample, in blocks of 8 samples x 1 vector of 16 outputs
//   d_input[i] = sum over o of d_output[o] * weight[o][i], the transposed weight
AE_KERNEL void dense_512_to_2_backward(ptrdiff_t samples, const ae_real d_output[restrict][2],
        const ae_real weight[restrict 32][2][16], ae_real d_input[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_512_to_2_backward_block(8, c, s, weight, d_output, d_input);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_512_to_2_backward_block(4, c, s, weight, d_output, d_input);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_512_to_2_backward_block(2, c, s, weight, d_output, d_input);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_512_to_2_backward_block(1, c, s, weight, d_output, d_input);
    }
}

// z.epsilon, gaussian (vae.aespec:7): normal_2

// 2 elements
AE_KERNEL void normal_2(ptrdiff_t samples, const struct ae_step *step, size_t first, ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        ae_random_normal(step->seed, step->epoch, step->sample[first + s], 0, 2, output[s]);
}

// z.sigma, gaussian (vae.aespec:7): dense_512_to_2_forward_exp, dense_2_to_512_backward_add_multiply
// z, gaussian (vae.aespec:7): elementwise_multiply_add_2, dense_2_to_512_backward_add_multiply

// 2 elements: multiply, add
AE_KERNEL void elementwise_multiply_add_2(ptrdiff_t samples, const ae_real z_sigma[restrict][2],
        const ae_real z_epsilon[restrict][2], const ae_real z_mu[restrict][2], ae_real latent_z[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++)
            latent_z[s][lane] = z_mu[s][lane] + (z_sigma[s][lane] * z_epsilon[s][lane]);
}

// decoder.0, dense (vae.aespec:8): dense_2_to_512_forward_relu, dense_2_to_512_transpose,
// dense_2_to_512_backward_add_multiply, dense_2_to_512_weight_gradient, bias_gradient_512

AE_INLINE void dense_2_to_512_forward_relu_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real bias[restrict 512], const ae_real weight[restrict 32][2][16], const ae_real input[restrict][2],
        ae_real output[restrict][512]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = bias[c + lane];
    for (ptrdiff_t j = 0; j < 2; j++)
        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        output[s + row][c + lane] = ae_relu(sum[row][lane]);
}

// 2 -> 512, 2048 FLOP per sample, in blocks of 8 samples x 1 vector of 16 outputs; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_2_to_512_forward_relu(ptrdiff_t samples, const ae_real input[restrict][2],
        const ae_real weight[restrict 32][2][16], const ae_real bias[restrict 512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_2_to_512_forward_relu_block(8, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_2_to_512_forward_relu_block(4, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_2_to_512_forward_relu_block(2, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_2_to_512_forward_relu_block(1, c, s, bias, weight, input, output);
    }
}

// 1024 elements
//   transposed[o][i] = weight[i][o]
AE_KERNEL void dense_2_to_512_transpose(const ae_real weight[restrict 32][2][16], ae_real transposed[restrict 512][2]) {
    for (ptrdiff_t o = 0; o < 512; o += 16)
        ae_turn(2, 16, weight[o / 16][0], 16, transposed[o], 2);
}

AE_INLINE void dense_2_to_512_backward_add_multiply_block(ptrdiff_t rows, ptrdiff_t s, ae_real u2,
        const ae_real weight[restrict 512][2], const ae_real d_output[restrict][512],
        const ae_real loss_kl_back_2[restrict][2], ae_real d_z_mu[restrict][2], const ae_real z_epsilon[restrict][2],
        const ae_real loss_kl_back[restrict][2], const ae_real z_sigma[restrict][2],
        ae_real d_z_log_sigma[restrict][2]) {
    ae_real sum[8][2];
    for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = AE_REAL(0.0);
    for (ptrdiff_t j = 0; j < 512; j++)
        for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], d_output[s + row][j], weight[j][lane]);
    for (int lane = 0; lane < 2; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++) {
        d_z_mu[s + row][lane] = loss_kl_back_2[s + row][lane] + sum[row][lane];
        d_z_log_sigma[s + row][lane] = u2 + ((loss_kl_back[s + row][lane] + (sum[row][lane] * z_epsilon[s + row][lane]))
                * z_sigma[s + row][lane]);
    }
}

// 512 -> 2, 2048 FLOP per sample, in blocks of 8 samples x 1 vector of 2 outputs; then add, multiply, add, multiply,
// add
//   d_input[i] = sum over o of d_output[o] * weight[o][i], the transposed weight
AE_KERNEL void dense_2_to_512_backward_add_multiply(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real d_output[restrict][512], const ae_real weight[restrict 512][2],
        const ae_real loss_kl_back_2[restrict][2], ae_real d_z_mu[restrict][2], const ae_real z_epsilon[restrict][2],
        const ae_real loss_kl_back[restrict][2], const ae_real z_sigma[restrict][2],
        ae_real d_z_log_sigma[restrict][2]) {
    const ae_real u0 = term_scale[1];
    const ae_real u1 = u0;
    const ae_real u2 = u1 * AE_REAL(-1.0);
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
        dense_2_to_512_backward_add_multiply_block(8, s, u2, weight, d_output, loss_kl_back_2, d_z_mu, z_epsilon,
                loss_kl_back, z_sigma, d_z_log_sigma);
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
        dense_2_to_512_backward_add_multiply_block(4, s, u2, weight, d_output, loss_kl_back_2, d_z_mu, z_epsilon,
                loss_kl_back, z_sigma, d_z_log_sigma);
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
        dense_2_to_512_backward_add_multiply_block(2, s, u2, weight, d_output, loss_kl_back_2, d_z_mu, z_epsilon,
                loss_kl_back, z_sigma, d_z_log_sigma);
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
        dense_2_to_512_backward_add_multiply_block(1, s, u2, weight, d_output, loss_kl_back_2, d_z_mu, z_epsilon,
                loss_kl_back, z_sigma, d_z_log_sigma);
}

// 2 -> 512, 2048 FLOP per sample, in blocks of 2 inputs x 1 vector of 16 outputs
//   gradient[i][o] = sum over samples of input[i] * d_output[o]
AE_KERNEL void dense_2_to_512_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real input[restrict][2], const ae_real d_output[restrict][512], ae_real gradient[restrict 32][2][16]) {
    for (ptrdiff_t c = 0; c < 512; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 16)
            for (ptrdiff_t j = from; j < ((to - from) / 2) * 2 + from; j += 2) {
                ae_real sum[2][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    sum[row][lane] = gradient[c / 16][j + row][lane];
                for (ptrdiff_t s = first; s < end; s++)
                    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                        AE_FMA(sum[row][lane], input[s][j + row], d_output[s][c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 2; row++)
                    gradient[c / 16][j + row][lane] = sum[row][lane];
            }
    }
}

// decoder.1, relu (vae.aespec:8): dense_2_to_512_forward_relu, dense_512_to_784_backward_select
// decoder.2, dense (vae.aespec:8): dense_512_to_784_forward, dense_512_to_784_transpose,
// dense_512_to_784_backward_select, dense_512_to_784_weight_gradient, bias_gradient_784

AE_INLINE void dense_512_to_784_forward_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real bias[restrict 784], const ae_real weight[restrict 49][512][16],
        const ae_real input[restrict][512], ae_real output[restrict][784]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = bias[c + lane];
    for (ptrdiff_t j = 0; j < 512; j++)
        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        output[s + row][c + lane] = sum[row][lane];
}

// 512 -> 784, 802816 FLOP per sample, in blocks of 8 samples x 1 vector of 16 outputs
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_512_to_784_forward(ptrdiff_t samples, const ae_real input[restrict][512],
        const ae_real weight[restrict 49][512][16], const ae_real bias[restrict 784], ae_real output[restrict][784]) {
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

// 401408 elements
//   transposed[o][i] = weight[i][o]
AE_KERNEL void dense_512_to_784_transpose(ptrdiff_t from, ptrdiff_t to, const ae_real weight[restrict 49][512][16],
        ae_real transposed[restrict 32][784][16]) {
    for (ptrdiff_t i = from; i < to; i += 16)
        for (ptrdiff_t o = 0; o < 784; o += 16)
            ae_turn(16, 16, weight[o / 16][i], 16, transposed[i / 16][o], 16);
}

AE_INLINE void dense_512_to_784_backward_select_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real weight[restrict 32][784][16], const ae_real d_output[restrict][784],
        const ae_real in0[restrict][512], ae_real output[restrict][512]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = AE_REAL(0.0);
    for (ptrdiff_t j = 0; j < 784; j++)
        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], d_output[s + row][j], weight[c / 16][j][lane]);
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        output[s + row][c + lane] = ae_select(in0[s + row][c + lane], AE_REAL(0.0), sum[row][lane]);
}

// 784 -> 512, 802816 FLOP per sample, in blocks of 8 samples x 1 vector of 16 outputs; then select
//   d_input[i] = sum over o of d_output[o] * weight[o][i], the transposed weight
AE_KERNEL void dense_512_to_784_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][784],
        const ae_real weight[restrict 32][784][16], const ae_real in0[restrict][512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_512_to_784_backward_select_block(8, c, s, weight, d_output, in0, output);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_512_to_784_backward_select_block(4, c, s, weight, d_output, in0, output);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_512_to_784_backward_select_block(2, c, s, weight, d_output, in0, output);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_512_to_784_backward_select_block(1, c, s, weight, d_output, in0, output);
    }
}

// 512 -> 784, 802816 FLOP per sample, in blocks of 8 inputs x 1 vector of 16 outputs
//   gradient[i][o] = sum over samples of input[i] * d_output[o]
AE_KERNEL void dense_512_to_784_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real input[restrict][512], const ae_real d_output[restrict][784],
        ae_real gradient[restrict 49][512][16]) {
    for (ptrdiff_t c = 0; c < 784; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 784; c += 16)
            for (ptrdiff_t j = from; j < ((to - from) / 8) * 8 + from; j += 8) {
                ae_real sum[8][16];
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    sum[row][lane] = gradient[c / 16][j + row][lane];
                for (ptrdiff_t s = first; s < end; s++)
                    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                        AE_FMA(sum[row][lane], input[s][j + row], d_output[s][c + lane]);
                for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < 8; row++)
                    gradient[c / 16][j + row][lane] = sum[row][lane];
            }
    }
}

// 784 elements
//   gradient[c] = sum over samples of d_output[c]
AE_KERNEL void bias_gradient_784(ptrdiff_t samples, const ae_real d_output[restrict][784],
        ae_real gradient[restrict 784]) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        ae_real sum[16];
        for (int lane = 0; lane < 16; lane++)
            sum[lane] = AE_REAL(0.0);
        for (ptrdiff_t s = 0; s < samples; s++)
            for (int lane = 0; lane < 16; lane++)
                sum[lane] += d_output[s][c + lane];
        for (int lane = 0; lane < 16; lane++)
            gradient[c + lane] = sum[lane];
    }
}

// sse, loss, sum of squared differences (vae.aespec:9): loss_sse_forward_backward, loss_sse_forward

// 784 elements: subtract, multiply, sum, scale, multiply
AE_KERNEL void loss_sse_forward_backward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real decoder_2[restrict][784], const ae_real input_x[restrict][784], ae_real loss_sse[restrict][2],
        ae_real d_decoder_2[restrict][784]) {
    const ae_real u0 = term_scale[0];
    const ae_real u1 = u0;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = decoder_2[s][i + lane] - input_x[s][i + lane];
                partial2[lane] += v0 * v0;
                d_decoder_2[s][i + lane] = u1 * (v0 * AE_REAL(2.0));
            }
        const ae_real v2 = ae_join(partial2);
        loss_sse[s][0] = v2;
    }
}

// 784 elements: subtract, multiply, sum
AE_KERNEL void loss_sse_forward(ptrdiff_t samples, const ae_real output_x[restrict][784],
        const ae_real input_x[restrict][784], ae_real loss_sse[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = output_x[s][i + lane] - input_x[s][i + lane];
                partial2[lane] += v0 * v0;
            }
        const ae_real v2 = ae_join(partial2);
        loss_sse[s][0] = v2;
    }
}

// kl, loss, KL divergence from N(mu, sigma^2) to N(0, prior_std^2), summed over the units (vae.aespec:9):
// loss_kl_forward, loss_kl_forward_variant2, loss_kl_forward_strided, loss_kl_forward_strided_variant2,
// loss_kl_backward, loss_kl_backward_variant2

// 2 elements: multiply
AE_KERNEL void loss_kl_forward(ptrdiff_t samples, const ae_real z_mu[restrict][2], ae_real loss_kl_part[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++)
            loss_kl_part[s][lane] = z_mu[s][lane] * z_mu[s][lane];
}

// 2 elements: multiply, add, scale, subtract, offset, sum
AE_KERNEL void loss_kl_forward_variant2(ptrdiff_t samples, const ae_real z_sigma[restrict][2],
        const ae_real loss_kl_part[restrict][2], const ae_real z_log_sigma[restrict][2], ae_real loss_kl[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial5[16] = {0};
        for (int lane = 0; lane < 2; lane++)
            partial5[lane] += ((((z_sigma[s][lane] * z_sigma[s][lane]) + loss_kl_part[s][lane]) *
                    AE_REAL(0.9999999999999998)) - z_log_sigma[s][lane]) + AE_REAL(-0.8465735902799726);
        const ae_real v5 = ae_join(partial5);
        loss_kl[s][0] = v5;
    }
}

// 2 elements: exp, multiply
AE_KERNEL void loss_kl_forward_strided(ptrdiff_t samples, const ae_real z_log_sigma[restrict][4],
        ae_real loss_kl_part[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = ae_exp(z_log_sigma[s][lane]);
            loss_kl_part[s][lane] = v0 * v0;
        }
}

// 2 elements: multiply, add, scale, subtract, offset, sum
AE_KERNEL void loss_kl_forward_strided_variant2(ptrdiff_t samples, const ae_real z_mu[restrict][4],
        const ae_real loss_kl_part[restrict][2], const ae_real z_log_sigma[restrict][4], ae_real loss_kl[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial5[16] = {0};
        for (int lane = 0; lane < 2; lane++)
            partial5[lane] += (((loss_kl_part[s][lane] + (z_mu[s][lane] * z_mu[s][lane])) * AE_REAL(0.9999999999999998))
                    - z_log_sigma[s][lane]) + AE_REAL(-0.8465735902799726);
        const ae_real v5 = ae_join(partial5);
        loss_kl[s][0] = v5;
    }
}

// 2 elements: scale, multiply
AE_KERNEL void loss_kl_backward(ptrdiff_t samples, const ae_real *term_scale, const ae_real z_sigma[restrict][2],
        ae_real loss_kl_back[restrict][2]) {
    const ae_real u0 = term_scale[1];
    const ae_real u1 = u0;
    const ae_real u2 = u1 * AE_REAL(0.9999999999999998);
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++)
            loss_kl_back[s][lane] = u2 * (z_sigma[s][lane] * AE_REAL(2.0));
}

// 2 elements: scale, multiply
AE_KERNEL void loss_kl_backward_variant2(ptrdiff_t samples, const ae_real *term_scale, const ae_real z_mu[restrict][2],
        ae_real loss_kl_back_2[restrict][2]) {
    const ae_real u0 = term_scale[1];
    const ae_real u1 = u0;
    const ae_real u2 = u1 * AE_REAL(0.9999999999999998);
    for (ptrdiff_t s = 0; s < samples; s++)
        for (int lane = 0; lane < 2; lane++)
            loss_kl_back_2[s][lane] = u2 * (z_mu[s][lane] * AE_REAL(2.0));
}

// Kernel, tasks, rows of a task, all rows; they complete nothing of the gradient.
static const struct ae_work net_transpose_work[] = {
    {12, 8, 64, 512, {0, 0, 1, 0}}, {16, 1, 1, 1, {0, 0, 1, 0}}, {20, 8, 64, 512, {0, 0, 1, 0}},
    {24, 8, 64, 512, {0, 0, 1, 0}},
};

// Transposed weights for the backward pass, once per step. A task is a weight, or some rows of one.
static void net_transpose(const struct ae_step *step, size_t task_number, ae_real *scratch) {
    (void)scratch;
    const struct ae_task task = ae_task(net_transpose_work, task_number);
    const ptrdiff_t from = task.from, to = task.to;
    const struct net_tensors *const net = (const void *)step->parameters;
    void *const decoder_2_weight_transposed = ae_place(step->repacked, 0);           // [32][784][16]
    void *const decoder_0_weight_transposed = ae_place(step->repacked, 401408);      // [512][2]
    void *const z_log_sigma_weight_transposed = ae_place(step->repacked, 402432);    // [32][2][16]
    void *const z_mu_weight_transposed = ae_place(step->repacked, 403456);           // [32][2][16]
    ae_mark(step, task.kernel);
    switch (task.kernel) {
    case 12: dense_512_to_784_transpose(from, to, net->decoder_2_weight, decoder_2_weight_transposed); break;
    case 16: dense_2_to_512_transpose(net->decoder_0_weight, decoder_0_weight_transposed); break;
    case 20: dense_512_to_2_transpose(from, to, net->z_log_sigma_weight, z_log_sigma_weight_transposed); break;
    case 24: dense_512_to_2_transpose(from, to, net->z_mu_weight, z_mu_weight_transposed); break;
    }
    ae_mark(step, 30);    // no kernel
}

// Forward and backward through the network. A task is a slot: a part of the batch with a gradient of its own, walked in
// micro-batches that stay in cache. Scratch memory is used again after its tensor has been read for the last time.
static void net_forward_backward(const struct ae_step *step, size_t task, ae_real *scratch) {
    const struct net_tensors *const net = (const void *)step->parameters;
    const size_t end = ae_slot_begin(step, task + 1);
    for (size_t first = ae_slot_begin(step, task); first < end; first += 32) {
        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), 32);
        void *const input_x = ae_place(step->input, first * 784);                        // [samples][784]
        void *const encoder_2 = ae_kept(step, 0, first, 512);                            // [samples][512] after relu
        void *const z_mu = ae_place(scratch, 0);                                         // [samples][2]
        void *const z_log_sigma = ae_place(scratch, 512);                                // [samples][2]
        void *const z_sigma = ae_place(scratch, 1536);                                   // [samples][2] after exp
        void *const z_epsilon = ae_place(scratch, 1024);                                 // [samples][2]
        void *const latent_z = ae_kept(step, 512, first, 2);                             // [samples][2] after add
        void *const decoder_1 = ae_kept(step, 528, first, 512);                          // [samples][512] after relu
        void *const decoder_2 = ae_place(scratch, 2048);                                 // [samples][784]
        void *const loss_sse = ae_place(step->term, first * 2);                          // [samples][2], 1 used
        void *const d_decoder_2 = ae_kept(step, 1040, first, 784);                       // [samples][784]
        void *const loss_kl_part = ae_place(scratch, 2048);                              // [samples][2]
        void *const loss_kl = ae_place(step->term, first * 2 + 1);                       // [samples][2], 1 used
        void *const loss_kl_back = ae_place(scratch, 512);                               // [samples][2]
        void *const loss_kl_back_2 = ae_place(scratch, 2048);                            // [samples][2]
        void *const decoder_2_weight_transposed = ae_place(step->repacked, 0);           // [32][784][16]
        void *const d_decoder_0 = ae_kept(step, 1824, first, 512);                       // [samples][512]
        void *const decoder_0_weight_transposed = ae_place(step->repacked, 401408);      // [512][2]
        void *const d_z_mu = ae_kept(step, 2336, first, 2);                              // [samples][2]
        void *const d_z_log_sigma = ae_kept(step, 2352, first, 2);                       // [samples][2]
        void *const z_log_sigma_weight_transposed = ae_place(step->repacked, 402432);    // [32][2][16]
        void *const z_log_sigma_back = ae_place(scratch, 0);                             // [samples][512]
        void *const z_mu_weight_transposed = ae_place(step->repacked, 403456);           // [32][2][16]
        void *const d_encoder_1 = ae_kept(step, 2368, first, 512);                       // [samples][512]
        AE_MARK(0) dense_784_to_512_forward_relu(samples, input_x, net->encoder_1_weight, net->encoder_1_bias,
                encoder_2);
        AE_MARK(1) dense_512_to_2_forward(samples, encoder_2, net->z_mu_weight, net->z_mu_bias, z_mu);
        AE_MARK(2) dense_512_to_2_forward_exp(samples, encoder_2, net->z_log_sigma_weight, net->z_log_sigma_bias,
                z_log_sigma, z_sigma);
        AE_MARK(3) normal_2(samples, step, first, z_epsilon);
        AE_MARK(4) elementwise_multiply_add_2(samples, z_sigma, z_epsilon, z_mu, latent_z);
        AE_MARK(5) dense_2_to_512_forward_relu(samples, latent_z, net->decoder_0_weight, net->decoder_0_bias,
                decoder_1);
        AE_MARK(6) dense_512_to_784_forward(samples, decoder_1, net->decoder_2_weight, net->decoder_2_bias, decoder_2);
        AE_MARK(7) loss_sse_forward_backward(samples, step->term_scale, decoder_2, input_x, loss_sse, d_decoder_2);
        AE_MARK(8) loss_kl_forward(samples, z_mu, loss_kl_part);
        AE_MARK(9) loss_kl_forward_variant2(samples, z_sigma, loss_kl_part, z_log_sigma, loss_kl);
        AE_MARK(10) loss_kl_backward(samples, step->term_scale, z_sigma, loss_kl_back);
        AE_MARK(11) loss_kl_backward_variant2(samples, step->term_scale, z_mu, loss_kl_back_2);
        AE_MARK(13) dense_512_to_784_backward_select(samples, d_decoder_2, decoder_2_weight_transposed, decoder_1,
                d_decoder_0);
        AE_MARK(17) dense_2_to_512_backward_add_multiply(samples, step->term_scale, d_decoder_0,
                decoder_0_weight_transposed, loss_kl_back_2, d_z_mu, z_epsilon, loss_kl_back, z_sigma, d_z_log_sigma);
        AE_MARK(21) dense_512_to_2_backward(samples, d_z_log_sigma, z_log_sigma_weight_transposed, z_log_sigma_back);
        AE_MARK(25) dense_512_to_2_backward_add_select(samples, d_z_mu, z_mu_weight_transposed, z_log_sigma_back,
                encoder_2, d_encoder_1);
    }
    ae_mark(step, 30);    // no kernel
}

// Kernel, tasks, rows of a task, all rows; the elements of the gradient that row 0 completes: offset, length, runs,
// stride.
static const struct ae_work net_weight_gradients_work[] = {
    {14, 8, 64, 512, {405536, 16, 49, 8192}}, {15, 1, 1, 1, {806944, 784, 1, 0}}, {18, 1, 64, 2, {404000, 16, 32, 32}},
    {19, 1, 1, 1, {405024, 512, 1, 0}}, {22, 8, 64, 512, {402960, 2, 1, 0}}, {23, 1, 1, 1, {403984, 2, 1, 0}},
    {26, 8, 64, 512, {401920, 2, 1, 0}}, {27, 1, 1, 1, {402944, 2, 1, 0}}, {28, 13, 64, 784, {0, 16, 32, 12544}},
    {29, 1, 1, 1, {401408, 512, 1, 0}},
};

// Gradients of dense layers, summed over the batch's samples in order. A task is some rows of a weight (a row has the
// weights of one input), or a bias.
static void net_weight_gradients(const struct ae_step *step, size_t task_number, ae_real *scratch) {
    (void)scratch;
    const struct ae_task task = ae_task(net_weight_gradients_work, task_number);
    const ptrdiff_t samples = (ptrdiff_t)step->samples, from = task.from, to = task.to;
    struct net_tensors *const gradient = (void *)step->gradient;
    void *const decoder_1 = ae_kept(step, 528, 0, 512);       // [samples][512] after relu
    void *const d_decoder_2 = ae_kept(step, 1040, 0, 784);    // [samples][784]
    void *const latent_z = ae_kept(step, 512, 0, 2);          // [samples][2] after add
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
        dense_2_to_512_weight_gradient(samples, from, to, latent_z, d_decoder_0, gradient->decoder_0_weight);
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
    ae_mark(step, 30);    // no kernel
}

// A step: phases, one after the other; the tasks of one may run at once. Number of tasks, or 0 for one per slot; the
// table of tasks, or NULL; the function.
static const struct ae_phase net_phases[] = {
    {25, net_transpose_work, net_transpose}, {0, NULL, net_forward_backward},
    {43, net_weight_gradients_work, net_weight_gradients},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    const struct net_tensors *const net = (const void *)parameters;
    void *const input_x = ae_place(input, 0);        // [samples][784]
    void *const encoder_2 = ae_place(scratch, 0);    // [samples][512] after relu
    void *const z_mu = ae_place(code, 0);            // [samples][4], 2 used
    void *const z_log_sigma = ae_place(code, 2);     // [samples][4], 2 used
    dense_784_to_512_forward_relu((ptrdiff_t)samples, input_x, net->encoder_1_weight, net->encoder_1_bias, encoder_2);
    dense_512_to_2_forward_strided((ptrdiff_t)samples, encoder_2, net->z_mu_weight, net->z_mu_bias, z_mu);
    dense_512_to_2_forward_strided((ptrdiff_t)samples, encoder_2, net->z_log_sigma_weight, net->z_log_sigma_bias,
            z_log_sigma);
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *z, ae_real *output,
                       ae_real *scratch) {
    const struct net_tensors *const net = (const void *)parameters;
    void *const latent_z = ae_place(z, 0);           // [samples][2]
    void *const decoder_1 = ae_place(scratch, 0);    // [samples][512] after relu
    void *const decoder_2 = ae_place(output, 0);     // [samples][784]
    dense_2_to_512_forward_relu((ptrdiff_t)samples, latent_z, net->decoder_0_weight, net->decoder_0_bias, decoder_1);
    dense_512_to_784_forward((ptrdiff_t)samples, decoder_1, net->decoder_2_weight, net->decoder_2_bias, decoder_2);
}

static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,
                        ae_real *term, ae_real *scratch) {
    void *const output_x = ae_place(output, 0);         // [samples][784]
    void *const input_x = ae_place(input, 0);           // [samples][784]
    void *const loss_sse = ae_place(term, 0);           // [samples][2], 1 used
    void *const z_log_sigma = ae_place(code, 2);        // [samples][4], 2 used
    void *const loss_kl_part = ae_place(scratch, 0);    // [samples][2]
    void *const z_mu = ae_place(code, 0);               // [samples][4], 2 used
    void *const loss_kl = ae_place(term, 1);            // [samples][2], 1 used
    loss_sse_forward((ptrdiff_t)samples, output_x, input_x, loss_sse);
    loss_kl_forward_strided((ptrdiff_t)samples, z_log_sigma, loss_kl_part);
    loss_kl_forward_strided_variant2((ptrdiff_t)samples, z_mu, loss_kl_part, z_log_sigma, loss_kl);
}

// Parameters: name, shape in files; view and strides in memory; offset; bound of the initial values.
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

// Layers: name, kind, line of the spec, shape, parameters, FLOPs per sample of the forward pass.
static const struct ae_layer net_layers[] = {
    {"encoder.0", "flatten", 6, {1, {784}}, 0, 0}, {"encoder.1", "dense", 6, {1, {512}}, 401920, 802816},
    {"encoder.2", "relu", 6, {1, {512}}, 0, 0}, {"z.mu", "gaussian", 7, {1, {2}}, 1026, 2048},
    {"z.log_sigma", "gaussian", 7, {1, {2}}, 1026, 2048}, {"decoder.0", "dense", 8, {1, {512}}, 1536, 2048},
    {"decoder.1", "relu", 8, {1, {512}}, 0, 0}, {"decoder.2", "dense", 8, {1, {784}}, 402192, 802816},
    {"decoder.3", "reshape", 8, {3, {1, 28, 28}}, 0, 0},
};

// Kernels by their numbers: name, FLOPs and predicted cost (multiply-adds of whole vectors), per step if true, else
// per sample.
static const struct ae_kernel net_kernels[] = {
    /* 0 */ {"encoder.1 forward", 802816, 3.057e+04, false}, /* 1 */ {"z.mu forward", 2048, 622.6, false},
    /* 2 */ {"z.log_sigma forward", 2048, 643.6, false}, /* 3 */ {"z.epsilon normal", 0, 24, false},
    /* 4 */ {"z forward", 0, 6, false}, /* 5 */ {"decoder.0 forward", 2048, 237.6, false},
    /* 6 */ {"decoder.2 forward", 802816, 3.051e+04, false}, /* 7 */ {"loss sse forward", 0, 409.1, false},
    /* 8 */ {"loss kl forward", 0, 4, false}, /* 9 */ {"loss kl forward", 0, 27, false},
    /* 10 */ {"loss kl backward", 0, 4.125, false}, /* 11 */ {"loss kl backward", 0, 4.125, false},
    /* 12 */ {"decoder.2 transpose", 0, 1.004e+05, true}, /* 13 */ {"decoder.2 backward", 802816, 3.06e+04, false},
    /* 14 */ {"decoder.2 weight_gradient", 802816, 2.881e+04, false},
    /* 15 */ {"decoder.2 bias_gradient", 0, 98.77, false}, /* 16 */ {"decoder.0 transpose", 0, 256, true},
    /* 17 */ {"decoder.0 backward", 2048, 632.7, false}, /* 18 */ {"decoder.0 weight_gradient", 2048, 87.9, false},
    /* 19 */ {"decoder.0 bias_gradient", 0, 64.5, false}, /* 20 */ {"z.log_sigma transpose", 0, 256, true},
    /* 21 */ {"z.log_sigma backward", 2048, 141.6, false}, /* 22 */ {"z.log_sigma weight_gradient", 2048, 584.5, false},
    /* 23 */ {"z.log_sigma bias_gradient", 0, 2.016, false}, /* 24 */ {"z.mu transpose", 0, 256, true},
    /* 25 */ {"z.mu backward", 2048, 333.6, false}, /* 26 */ {"z.mu weight_gradient", 2048, 584.5, false},
    /* 27 */ {"z.mu bias_gradient", 0, 2.016, false}, /* 28 */ {"encoder.1 weight_gradient", 802816, 2.881e+04, false},
    /* 29 */ {"encoder.1 bias_gradient", 0, 64.5, false},
};

// Terms of the loss: name, function.
static const struct ae_term net_terms[] = {
    {"sse", "sse"}, {"kl", "kl"},
};

// Computes the consts, loss weights and settings of the spec, given the consts that the user has set.
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
// Inputs: name, shape, elements; data: source, scale, mean, std, whether values must be in [0, 1].
static const struct ae_input net_inputs[] = {
    {"x", {3, {1, 28, 28}}, 784, {"data/mnist", 0.00392156862745098, net_mean, net_std, false}}};

// Latents: name, kind, shape, elements, offset in the code, prior_std.
static const struct ae_latent net_latents[] = {{"z", AE_LATENT_GAUSSIAN, {1, {2}}, 2, 0, 0.7071067811865476}};

// Outputs: name, shape, elements, kind.
static const struct ae_output net_outputs[] = {{"x", {3, {1, 28, 28}}, 784, AE_OUTPUT_VALUES}};

static const struct ae_inference net_inference = {
    .samples_max = 32, .scratch_count = 16384,
    .encode = net_encode, .decode = net_decode, .measure = net_measure,
};

static const struct ae_training net_training = {
    .memory = {.parameters = 807728, .trainable = 807728, .slotted = 0, .repacked = 404480,
               .terms = 2, .input = 784, .kept = 2880, .scratch = 27136},
    .phases = net_phases, .phase_count = sizeof net_phases / sizeof *net_phases,
    .kernels = net_kernels, .kernel_count = 30, .lanes = 16, .peak = ae_peak,
};

const struct ae_model ae_model_vae = {
    .name = "vae", .file = "vae.aespec", .text = net_text,
    .target = "scalar", .real_bytes = sizeof(ae_real), .features = AE_FEATURES,
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
