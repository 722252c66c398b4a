// The autoencoder vae, compiled by aespec from vae.aespec: the spec; the parameters; the kernels, layer by layer; a
// training step, in phases that call them; encoder, decoder and loss; tables for the runtime.
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
// In a block, sum1_0 is the sum of row 1 and column 0, t0, t1, ... are inputs and w0, w1, ... weights; g is a group of
// samples. NAME_finish is what follows from one sum. NAME_at is NAME from the block's first element on.
// Target avx512: a vector has 16 lanes. A kernel keeps a block of sums in registers during all its inner loops: rows
// (pixels, samples or weights) times columns (vectors of channels). Each step reads one number per row and one vector
// per column and multiplies every pair, so there are few loads per multiply-add, and no sum waits for the one before
// it. Channels are innermost in memory, so a vector is one load and nothing is summed across lanes. Where an image has
// too few channels to fill a vector, the lanes hold 16 samples instead (ae_pack, ae_unpack). Activations are applied to
// sums while they are in registers. A few samples go forward and backward together, so that their tensors stay in the
// second-level cache.

#include "runtime/api/processor.h"
#define AE_TARGET_AVX512 16
#include "runtime/api/vector.h"
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

// encoder.1, dense (vae.aespec:6): dense_784_to_512_forward_relu, dense_784_to_512_weight_gradient, bias_gradient_512

// 784 -> 512, 802816 FLOP per sample, in blocks of 8 samples x 2 vectors of 16 outputs; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_784_to_512_forward_relu(ptrdiff_t samples, const ae_real input[restrict][784],
        const ae_real weight[restrict 32][784][16], const ae_real bias[restrict 512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                sum5_1, sum6_0, sum6_1, sum7_0, sum7_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = sum4_0 = sum5_0 = sum6_0 = sum7_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = sum4_1 = sum5_1 = sum6_1 = sum7_1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real (*const input_at)[784] = AE_AT(input[s][j]);
                const ae_real (*const weight_at)[784][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(input_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(input_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(input_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(input_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
                const ae_vector t4 = ae_splat(input_at[4][0]); AE_FMA(sum4_0, t4, w0); AE_FMA(sum4_1, t4, w1);
                const ae_vector t5 = ae_splat(input_at[5][0]); AE_FMA(sum5_0, t5, w0); AE_FMA(sum5_1, t5, w1);
                const ae_vector t6 = ae_splat(input_at[6][0]); AE_FMA(sum6_0, t6, w0); AE_FMA(sum6_1, t6, w1);
                const ae_vector t7 = ae_splat(input_at[7][0]); AE_FMA(sum7_0, t7, w0); AE_FMA(sum7_1, t7, w1);
            }
            ae_real (*const output_at)[512] = AE_AT(output[s][c]);
            ae_store(output_at[0], ae_vector_relu(sum0_0)); ae_store(output_at[0] + 16, ae_vector_relu(sum0_1));
            ae_store(output_at[1], ae_vector_relu(sum1_0)); ae_store(output_at[1] + 16, ae_vector_relu(sum1_1));
            ae_store(output_at[2], ae_vector_relu(sum2_0)); ae_store(output_at[2] + 16, ae_vector_relu(sum2_1));
            ae_store(output_at[3], ae_vector_relu(sum3_0)); ae_store(output_at[3] + 16, ae_vector_relu(sum3_1));
            ae_store(output_at[4], ae_vector_relu(sum4_0)); ae_store(output_at[4] + 16, ae_vector_relu(sum4_1));
            ae_store(output_at[5], ae_vector_relu(sum5_0)); ae_store(output_at[5] + 16, ae_vector_relu(sum5_1));
            ae_store(output_at[6], ae_vector_relu(sum6_0)); ae_store(output_at[6] + 16, ae_vector_relu(sum6_1));
            ae_store(output_at[7], ae_vector_relu(sum7_0)); ae_store(output_at[7] + 16, ae_vector_relu(sum7_1));
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real (*const input_at)[784] = AE_AT(input[s][j]);
                const ae_real (*const weight_at)[784][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(input_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(input_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(input_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(input_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
            }
            ae_real (*const output_at)[512] = AE_AT(output[s][c]);
            ae_store(output_at[0], ae_vector_relu(sum0_0)); ae_store(output_at[0] + 16, ae_vector_relu(sum0_1));
            ae_store(output_at[1], ae_vector_relu(sum1_0)); ae_store(output_at[1] + 16, ae_vector_relu(sum1_1));
            ae_store(output_at[2], ae_vector_relu(sum2_0)); ae_store(output_at[2] + 16, ae_vector_relu(sum2_1));
            ae_store(output_at[3], ae_vector_relu(sum3_0)); ae_store(output_at[3] + 16, ae_vector_relu(sum3_1));
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1;
            sum0_0 = sum1_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real (*const input_at)[784] = AE_AT(input[s][j]);
                const ae_real (*const weight_at)[784][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(input_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(input_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
            }
            ae_real (*const output_at)[512] = AE_AT(output[s][c]);
            ae_store(output_at[0], ae_vector_relu(sum0_0)); ae_store(output_at[0] + 16, ae_vector_relu(sum0_1));
            ae_store(output_at[1], ae_vector_relu(sum1_0)); ae_store(output_at[1] + 16, ae_vector_relu(sum1_1));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1;
            sum0 = ae_load(bias + c); sum1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real (*const weight_at)[784][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector t = ae_splat(input[s][j]); AE_FMA(sum0, t, ae_load(weight_at[0][0]));
                AE_FMA(sum1, t, ae_load(weight_at[1][0]));
            }
            ae_real *const output_at = AE_AT(output[s][c]);
            ae_store(output_at, ae_vector_relu(sum0)); ae_store(output_at + 16, ae_vector_relu(sum1));
        }
    }
}

// 784 -> 512, 802816 FLOP per sample, in blocks of 14 inputs x 2 vectors of 16 outputs
//   gradient[i][o] = sum over samples of input[i] * d_output[o]
AE_KERNEL void dense_784_to_512_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real input[restrict][784], const ae_real d_output[restrict][512],
        ae_real gradient[restrict 32][784][16]) {
    for (ptrdiff_t c = 0; c < 512; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 32)
            for (ptrdiff_t j = from; j < ((to - from) / 14) * 14 + from; j += 14) {
                ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                    sum5_1, sum6_0, sum6_1, sum7_0, sum7_1, sum8_0, sum8_1, sum9_0, sum9_1, sum10_0, sum10_1,
                    sum11_0, sum11_1, sum12_0, sum12_1, sum13_0, sum13_1;
                ae_real (*const gradient_at)[784][16] = AE_AT(gradient[c / 16][j][0]);
                sum0_0 = ae_load(gradient_at[0][0]); sum0_1 = ae_load(gradient_at[1][0]);
                sum1_0 = ae_load(gradient_at[0][1]); sum1_1 = ae_load(gradient_at[1][1]);
                sum2_0 = ae_load(gradient_at[0][2]); sum2_1 = ae_load(gradient_at[1][2]);
                sum3_0 = ae_load(gradient_at[0][3]); sum3_1 = ae_load(gradient_at[1][3]);
                sum4_0 = ae_load(gradient_at[0][4]); sum4_1 = ae_load(gradient_at[1][4]);
                sum5_0 = ae_load(gradient_at[0][5]); sum5_1 = ae_load(gradient_at[1][5]);
                sum6_0 = ae_load(gradient_at[0][6]); sum6_1 = ae_load(gradient_at[1][6]);
                sum7_0 = ae_load(gradient_at[0][7]); sum7_1 = ae_load(gradient_at[1][7]);
                sum8_0 = ae_load(gradient_at[0][8]); sum8_1 = ae_load(gradient_at[1][8]);
                sum9_0 = ae_load(gradient_at[0][9]); sum9_1 = ae_load(gradient_at[1][9]);
                sum10_0 = ae_load(gradient_at[0][10]); sum10_1 = ae_load(gradient_at[1][10]);
                sum11_0 = ae_load(gradient_at[0][11]); sum11_1 = ae_load(gradient_at[1][11]);
                sum12_0 = ae_load(gradient_at[0][12]); sum12_1 = ae_load(gradient_at[1][12]);
                sum13_0 = ae_load(gradient_at[0][13]); sum13_1 = ae_load(gradient_at[1][13]);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const input_at = AE_AT(input[s][j]);
                    const ae_real *const d_output_at = AE_AT(d_output[s][c]);
                    const ae_vector g0 = ae_load(d_output_at); const ae_vector g1 = ae_load(d_output_at + 16);
                    const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                    const ae_vector t1 = ae_splat(input_at[1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                    const ae_vector t2 = ae_splat(input_at[2]); AE_FMA(sum2_0, t2, g0); AE_FMA(sum2_1, t2, g1);
                    const ae_vector t3 = ae_splat(input_at[3]); AE_FMA(sum3_0, t3, g0); AE_FMA(sum3_1, t3, g1);
                    const ae_vector t4 = ae_splat(input_at[4]); AE_FMA(sum4_0, t4, g0); AE_FMA(sum4_1, t4, g1);
                    const ae_vector t5 = ae_splat(input_at[5]); AE_FMA(sum5_0, t5, g0); AE_FMA(sum5_1, t5, g1);
                    const ae_vector t6 = ae_splat(input_at[6]); AE_FMA(sum6_0, t6, g0); AE_FMA(sum6_1, t6, g1);
                    const ae_vector t7 = ae_splat(input_at[7]); AE_FMA(sum7_0, t7, g0); AE_FMA(sum7_1, t7, g1);
                    const ae_vector t8 = ae_splat(input_at[8]); AE_FMA(sum8_0, t8, g0); AE_FMA(sum8_1, t8, g1);
                    const ae_vector t9 = ae_splat(input_at[9]); AE_FMA(sum9_0, t9, g0); AE_FMA(sum9_1, t9, g1);
                    const ae_vector t10 = ae_splat(input_at[10]); AE_FMA(sum10_0, t10, g0); AE_FMA(sum10_1, t10, g1);
                    const ae_vector t11 = ae_splat(input_at[11]); AE_FMA(sum11_0, t11, g0); AE_FMA(sum11_1, t11, g1);
                    const ae_vector t12 = ae_splat(input_at[12]); AE_FMA(sum12_0, t12, g0); AE_FMA(sum12_1, t12, g1);
                    const ae_vector t13 = ae_splat(input_at[13]); AE_FMA(sum13_0, t13, g0); AE_FMA(sum13_1, t13, g1);
                }
                ae_store(gradient_at[0][0], sum0_0); ae_store(gradient_at[1][0], sum0_1);
                ae_store(gradient_at[0][1], sum1_0); ae_store(gradient_at[1][1], sum1_1);
                ae_store(gradient_at[0][2], sum2_0); ae_store(gradient_at[1][2], sum2_1);
                ae_store(gradient_at[0][3], sum3_0); ae_store(gradient_at[1][3], sum3_1);
                ae_store(gradient_at[0][4], sum4_0); ae_store(gradient_at[1][4], sum4_1);
                ae_store(gradient_at[0][5], sum5_0); ae_store(gradient_at[1][5], sum5_1);
                ae_store(gradient_at[0][6], sum6_0); ae_store(gradient_at[1][6], sum6_1);
                ae_store(gradient_at[0][7], sum7_0); ae_store(gradient_at[1][7], sum7_1);
                ae_store(gradient_at[0][8], sum8_0); ae_store(gradient_at[1][8], sum8_1);
                ae_store(gradient_at[0][9], sum9_0); ae_store(gradient_at[1][9], sum9_1);
                ae_store(gradient_at[0][10], sum10_0); ae_store(gradient_at[1][10], sum10_1);
                ae_store(gradient_at[0][11], sum11_0); ae_store(gradient_at[1][11], sum11_1);
                ae_store(gradient_at[0][12], sum12_0); ae_store(gradient_at[1][12], sum12_1);
                ae_store(gradient_at[0][13], sum13_0); ae_store(gradient_at[1][13], sum13_1);
            }
    }
}

// 512 elements
//   gradient[c] = sum over samples of d_output[c]
AE_KERNEL void bias_gradient_512(ptrdiff_t samples, const ae_real d_output[restrict][512],
        ae_real gradient[restrict 512]) {
    for (ptrdiff_t c = 0; c < 512; c += 64) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
        sum3 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t s = 0; s < samples; s++) {
            const ae_real *const d_output_at = AE_AT(d_output[s][c]);
            sum0 += ae_load(d_output_at); sum1 += ae_load(d_output_at + 16); sum2 += ae_load(d_output_at + 32);
            sum3 += ae_load(d_output_at + 48);
        }
        ae_store(gradient + c, sum0); ae_store(gradient + c + 16, sum1); ae_store(gradient + c + 32, sum2);
        ae_store(gradient + c + 48, sum3);
    }
}

// encoder.2, relu (vae.aespec:6): dense_784_to_512_forward_relu, dense_512_to_2_backward_add_select
// z.mu, gaussian (vae.aespec:7): pack_512, dense_512_to_2_forward, unpack_2, unpack_2_strided,
// dense_512_to_2_transpose, dense_512_to_2_backward_add_select, dense_512_to_2_weight_gradient, bias_gradient_2

// 512 elements
AE_KERNEL void pack_512(ptrdiff_t samples, const ae_real input[restrict][512], ae_real output[restrict][8192]) {
    ae_pack(samples, 512, 512, input[0], output[0]);
}

// 512 -> 2, 2048 FLOP per sample, in blocks of 1 sample x 2 outputs, 16 samples in the lanes
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_512_to_2_forward(ptrdiff_t samples, const ae_real input[restrict][512][16],
        const ae_real weight[restrict 512][2], const ae_real bias[restrict 2], ae_real output[restrict][2][16]) {
    for (ptrdiff_t s = 0; s < (samples + 15) / 16; s++) {
        ae_vector sum0, sum1;
        sum0 = ae_splat(bias[0]); sum1 = ae_splat(bias[1]);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const weight_at = AE_AT(weight[j][0]);
            const ae_vector t = ae_load(input[s][j]); AE_FMA(sum0, t, ae_splat(weight_at[0]));
            AE_FMA(sum1, t, ae_splat(weight_at[1]));
        }
        ae_real (*const output_at)[16] = AE_AT(output[s][0][0]);
        ae_store(output_at[0], sum0); ae_store(output_at[1], sum1);
    }
}

// 2 elements
AE_KERNEL void unpack_2(ptrdiff_t samples, const ae_real input[restrict][32], ae_real output[restrict][2]) {
    ae_unpack(samples, 2, 2, input[0], output[0]);
}

// 2 elements
AE_KERNEL void unpack_2_strided(ptrdiff_t samples, const ae_real input[restrict][32], ae_real output[restrict][4]) {
    ae_unpack(samples, 2, 4, input[0], output[0]);
}

// 1024 elements
//   transposed[o][i] = weight[i][o]
AE_KERNEL void dense_512_to_2_transpose(ptrdiff_t from, ptrdiff_t to, const ae_real weight[restrict 512][2],
        ae_real transposed[restrict 32][2][16]) {
    for (ptrdiff_t i = from; i < to; i += 16)
        ae_turn(16, 2, weight[i], 2, transposed[i / 16][0], 16);
}

AE_INLINE void dense_512_to_2_backward_add_select_finish(ptrdiff_t s, ptrdiff_t c, ae_vector sum,
        const ae_real z_log_sigma_back[restrict][512], const ae_real in0[restrict][512],
        ae_real output[restrict][512]) {
    ae_store(output[s] + c, ae_vector_select(ae_load(in0[s] + c), ae_splat(AE_REAL(0.0)),
            ae_load(z_log_sigma_back[s] + c) + sum));
}

// 2 -> 512, 2048 FLOP per sample, in blocks of 8 samples x 2 vectors of 16 outputs; then add, select
//   d_input[i] = sum over o of d_output[o] * weight[o][i], the transposed weight
AE_KERNEL void dense_512_to_2_backward_add_select(ptrdiff_t samples, const ae_real d_output[restrict][2],
        const ae_real weight[restrict 32][2][16], const ae_real z_log_sigma_back[restrict][512],
        const ae_real in0[restrict][512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                sum5_1, sum6_0, sum6_1, sum7_0, sum7_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = sum4_0 = sum5_0 = sum6_0 = sum7_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = sum4_1 = sum5_1 = sum6_1 = sum7_1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const d_output_at)[2] = AE_AT(d_output[s][j]);
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(d_output_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(d_output_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(d_output_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(d_output_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
                const ae_vector t4 = ae_splat(d_output_at[4][0]); AE_FMA(sum4_0, t4, w0); AE_FMA(sum4_1, t4, w1);
                const ae_vector t5 = ae_splat(d_output_at[5][0]); AE_FMA(sum5_0, t5, w0); AE_FMA(sum5_1, t5, w1);
                const ae_vector t6 = ae_splat(d_output_at[6][0]); AE_FMA(sum6_0, t6, w0); AE_FMA(sum6_1, t6, w1);
                const ae_vector t7 = ae_splat(d_output_at[7][0]); AE_FMA(sum7_0, t7, w0); AE_FMA(sum7_1, t7, w1);
            }
            dense_512_to_2_backward_add_select_finish(s, c, sum0_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s, c + 16, sum0_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 1, c, sum1_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 1, c + 16, sum1_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 2, c, sum2_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 2, c + 16, sum2_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 3, c, sum3_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 3, c + 16, sum3_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 4, c, sum4_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 4, c + 16, sum4_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 5, c, sum5_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 5, c + 16, sum5_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 6, c, sum6_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 6, c + 16, sum6_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 7, c, sum7_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 7, c + 16, sum7_1, z_log_sigma_back, in0, output);
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const d_output_at)[2] = AE_AT(d_output[s][j]);
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(d_output_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(d_output_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(d_output_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(d_output_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
            }
            dense_512_to_2_backward_add_select_finish(s, c, sum0_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s, c + 16, sum0_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 1, c, sum1_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 1, c + 16, sum1_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 2, c, sum2_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 2, c + 16, sum2_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 3, c, sum3_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 3, c + 16, sum3_1, z_log_sigma_back, in0, output);
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1;
            sum0_0 = sum1_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const d_output_at)[2] = AE_AT(d_output[s][j]);
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(d_output_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(d_output_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
            }
            dense_512_to_2_backward_add_select_finish(s, c, sum0_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s, c + 16, sum0_1, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 1, c, sum1_0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s + 1, c + 16, sum1_1, z_log_sigma_back, in0, output);
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1;
            sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector t = ae_splat(d_output[s][j]); AE_FMA(sum0, t, ae_load(weight_at[0][0]));
                AE_FMA(sum1, t, ae_load(weight_at[1][0]));
            }
            dense_512_to_2_backward_add_select_finish(s, c, sum0, z_log_sigma_back, in0, output);
            dense_512_to_2_backward_add_select_finish(s, c + 16, sum1, z_log_sigma_back, in0, output);
        }
    }
}

// 512 -> 2, 2048 FLOP per sample, in blocks of 2 outputs x 8 vectors of 16 inputs
//   gradient[i][o] = sum over samples of input[i] * d_output[o]
AE_KERNEL void dense_512_to_2_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real input[restrict][512], const ae_real d_output[restrict][2], ae_real gradient[restrict 512][2]) {
    memset(gradient[from], 0, (size_t)(to * 2 - from * 2) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t j = from; j < ((to - from) / 128) * 128 + from; j += 128) {
            ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum0_4, sum0_5, sum0_6, sum0_7, sum1_0, sum1_1, sum1_2,
                sum1_3, sum1_4, sum1_5, sum1_6, sum1_7;
            ae_real (*const gradient_at)[2] = AE_AT(gradient[j][0]);
            sum0_0 = ae_load_apart(&gradient_at[0][0], 2, 16); sum0_1 = ae_load_apart(&gradient_at[16][0], 2, 16);
            sum0_2 = ae_load_apart(&gradient_at[32][0], 2, 16); sum0_3 = ae_load_apart(&gradient_at[48][0], 2, 16);
            sum0_4 = ae_load_apart(&gradient_at[64][0], 2, 16); sum0_5 = ae_load_apart(&gradient_at[80][0], 2, 16);
            sum0_6 = ae_load_apart(&gradient_at[96][0], 2, 16); sum0_7 = ae_load_apart(&gradient_at[112][0], 2, 16);
            sum1_0 = ae_load_apart(&gradient_at[0][1], 2, 16); sum1_1 = ae_load_apart(&gradient_at[16][1], 2, 16);
            sum1_2 = ae_load_apart(&gradient_at[32][1], 2, 16); sum1_3 = ae_load_apart(&gradient_at[48][1], 2, 16);
            sum1_4 = ae_load_apart(&gradient_at[64][1], 2, 16); sum1_5 = ae_load_apart(&gradient_at[80][1], 2, 16);
            sum1_6 = ae_load_apart(&gradient_at[96][1], 2, 16); sum1_7 = ae_load_apart(&gradient_at[112][1], 2, 16);
            for (ptrdiff_t s = first; s < end; s++) {
                const ae_real *const d_output_at = AE_AT(d_output[s][0]);
                const ae_real *const input_at = AE_AT(input[s][j]);
                const ae_vector g0 = ae_load(input_at); const ae_vector g1 = ae_load(input_at + 16);
                const ae_vector g2 = ae_load(input_at + 32); const ae_vector g3 = ae_load(input_at + 48);
                const ae_vector g4 = ae_load(input_at + 64); const ae_vector g5 = ae_load(input_at + 80);
                const ae_vector g6 = ae_load(input_at + 96); const ae_vector g7 = ae_load(input_at + 112);
                const ae_vector t0 = ae_splat(d_output_at[0]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                AE_FMA(sum0_2, t0, g2); AE_FMA(sum0_3, t0, g3); AE_FMA(sum0_4, t0, g4); AE_FMA(sum0_5, t0, g5);
                AE_FMA(sum0_6, t0, g6); AE_FMA(sum0_7, t0, g7);
                const ae_vector t1 = ae_splat(d_output_at[1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                AE_FMA(sum1_2, t1, g2); AE_FMA(sum1_3, t1, g3); AE_FMA(sum1_4, t1, g4); AE_FMA(sum1_5, t1, g5);
                AE_FMA(sum1_6, t1, g6); AE_FMA(sum1_7, t1, g7);
            }
            ae_store_apart(&gradient_at[0][0], sum0_0, 2, 16); ae_store_apart(&gradient_at[16][0], sum0_1, 2, 16);
            ae_store_apart(&gradient_at[32][0], sum0_2, 2, 16); ae_store_apart(&gradient_at[48][0], sum0_3, 2, 16);
            ae_store_apart(&gradient_at[64][0], sum0_4, 2, 16); ae_store_apart(&gradient_at[80][0], sum0_5, 2, 16);
            ae_store_apart(&gradient_at[96][0], sum0_6, 2, 16); ae_store_apart(&gradient_at[112][0], sum0_7, 2, 16);
            ae_store_apart(&gradient_at[0][1], sum1_0, 2, 16); ae_store_apart(&gradient_at[16][1], sum1_1, 2, 16);
            ae_store_apart(&gradient_at[32][1], sum1_2, 2, 16); ae_store_apart(&gradient_at[48][1], sum1_3, 2, 16);
            ae_store_apart(&gradient_at[64][1], sum1_4, 2, 16); ae_store_apart(&gradient_at[80][1], sum1_5, 2, 16);
            ae_store_apart(&gradient_at[96][1], sum1_6, 2, 16); ae_store_apart(&gradient_at[112][1], sum1_7, 2, 16);
        }
    }
}

// 2 elements
//   gradient[c] = sum over samples of d_output[c]
AE_KERNEL void bias_gradient_2(ptrdiff_t samples, const ae_real d_output[restrict][2], ae_real gradient[restrict 2]) {
    ae_vector sum;
    sum = ae_splat(AE_REAL(0.0));
    for (ptrdiff_t s = 0; s < samples; s++)
        sum += ae_vector_first(ae_load_first(d_output[s], 2), 2);
    ae_store_first(gradient, sum, 2);
}

// z.log_sigma, gaussian (vae.aespec:7): dense_512_to_2_forward, unpack_2, unpack_2_strided, dense_512_to_2_transpose,
// dense_512_to_2_backward, dense_512_to_2_weight_gradient, bias_gradient_2

// 2 -> 512, 2048 FLOP per sample, in blocks of 8 samples x 2 vectors of 16 outputs
//   d_input[i] = sum over o of d_output[o] * weight[o][i], the transposed weight
AE_KERNEL void dense_512_to_2_backward(ptrdiff_t samples, const ae_real d_output[restrict][2],
        const ae_real weight[restrict 32][2][16], ae_real d_input[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                sum5_1, sum6_0, sum6_1, sum7_0, sum7_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = sum4_0 = sum5_0 = sum6_0 = sum7_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = sum4_1 = sum5_1 = sum6_1 = sum7_1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const d_output_at)[2] = AE_AT(d_output[s][j]);
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(d_output_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(d_output_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(d_output_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(d_output_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
                const ae_vector t4 = ae_splat(d_output_at[4][0]); AE_FMA(sum4_0, t4, w0); AE_FMA(sum4_1, t4, w1);
                const ae_vector t5 = ae_splat(d_output_at[5][0]); AE_FMA(sum5_0, t5, w0); AE_FMA(sum5_1, t5, w1);
                const ae_vector t6 = ae_splat(d_output_at[6][0]); AE_FMA(sum6_0, t6, w0); AE_FMA(sum6_1, t6, w1);
                const ae_vector t7 = ae_splat(d_output_at[7][0]); AE_FMA(sum7_0, t7, w0); AE_FMA(sum7_1, t7, w1);
            }
            ae_real (*const d_input_at)[512] = AE_AT(d_input[s][c]);
            ae_store(d_input_at[0], sum0_0); ae_store(d_input_at[0] + 16, sum0_1);
            ae_store(d_input_at[1], sum1_0); ae_store(d_input_at[1] + 16, sum1_1);
            ae_store(d_input_at[2], sum2_0); ae_store(d_input_at[2] + 16, sum2_1);
            ae_store(d_input_at[3], sum3_0); ae_store(d_input_at[3] + 16, sum3_1);
            ae_store(d_input_at[4], sum4_0); ae_store(d_input_at[4] + 16, sum4_1);
            ae_store(d_input_at[5], sum5_0); ae_store(d_input_at[5] + 16, sum5_1);
            ae_store(d_input_at[6], sum6_0); ae_store(d_input_at[6] + 16, sum6_1);
            ae_store(d_input_at[7], sum7_0); ae_store(d_input_at[7] + 16, sum7_1);
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const d_output_at)[2] = AE_AT(d_output[s][j]);
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(d_output_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(d_output_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(d_output_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(d_output_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
            }
            ae_real (*const d_input_at)[512] = AE_AT(d_input[s][c]);
            ae_store(d_input_at[0], sum0_0); ae_store(d_input_at[0] + 16, sum0_1);
            ae_store(d_input_at[1], sum1_0); ae_store(d_input_at[1] + 16, sum1_1);
            ae_store(d_input_at[2], sum2_0); ae_store(d_input_at[2] + 16, sum2_1);
            ae_store(d_input_at[3], sum3_0); ae_store(d_input_at[3] + 16, sum3_1);
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1;
            sum0_0 = sum1_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const d_output_at)[2] = AE_AT(d_output[s][j]);
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(d_output_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(d_output_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
            }
            ae_real (*const d_input_at)[512] = AE_AT(d_input[s][c]);
            ae_store(d_input_at[0], sum0_0); ae_store(d_input_at[0] + 16, sum0_1);
            ae_store(d_input_at[1], sum1_0); ae_store(d_input_at[1] + 16, sum1_1);
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1;
            sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector t = ae_splat(d_output[s][j]); AE_FMA(sum0, t, ae_load(weight_at[0][0]));
                AE_FMA(sum1, t, ae_load(weight_at[1][0]));
            }
            ae_real *const d_input_at = AE_AT(d_input[s][c]);
            ae_store(d_input_at, sum0); ae_store(d_input_at + 16, sum1);
        }
    }
}

// z.epsilon, gaussian (vae.aespec:7): normal_2

// 2 elements
AE_KERNEL void normal_2(ptrdiff_t samples, const struct ae_step *step, size_t first, ae_real output[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        ae_random_normal(step->seed, step->epoch, step->sample[first + s], 0, 2, output[s]);
}

// z.sigma, gaussian (vae.aespec:7): elementwise_exp_multiply_add_2, elementwise_multiply_add_2

// 2 elements: exp, multiply, add, multiply, scale, multiply
AE_KERNEL void elementwise_exp_multiply_add_2(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real z_log_sigma[restrict][2], ae_real z_sigma[restrict][2], const ae_real z_epsilon[restrict][2],
        const ae_real z_mu[restrict][2], ae_real latent_z[restrict][2], ae_real loss_kl_part[restrict][2],
        ae_real loss_kl_back[restrict][2]) {
    const ae_real u0 = term_scale[1];
    const ae_real u1 = u0;
    const ae_real u2 = u1 * AE_REAL(0.9999999999999998);
    for (ptrdiff_t s = 0; s < samples; s++) {
        const ae_vector v0 = ae_vector_exp(ae_load_first(z_log_sigma[s], 2));
        ae_store_first(z_sigma[s], v0, 2);
        ae_store_first(latent_z[s], ae_load_first(z_mu[s], 2) + (v0 * ae_load_first(z_epsilon[s], 2)), 2);
        ae_store_first(loss_kl_part[s], v0 * v0, 2);
        ae_store_first(loss_kl_back[s], ae_splat(u2) * (v0 * ae_splat(AE_REAL(2.0))), 2);
    }
}

// z, gaussian (vae.aespec:7): elementwise_exp_multiply_add_2, elementwise_add_2, elementwise_multiply_add_2

// 2 elements: add
AE_KERNEL void elementwise_add_2(ptrdiff_t samples, const ae_real loss_kl_back_2[restrict][2],
        const ae_real d_latent_z[restrict][2], ae_real d_z_mu[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++)
        ae_store_first(d_z_mu[s], ae_load_first(loss_kl_back_2[s], 2) + ae_load_first(d_latent_z[s], 2), 2);
}

// 2 elements: multiply, add, multiply, add
AE_KERNEL void elementwise_multiply_add_2(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real d_latent_z[restrict][2], const ae_real z_epsilon[restrict][2],
        const ae_real loss_kl_back[restrict][2], const ae_real z_sigma[restrict][2],
        ae_real d_z_log_sigma[restrict][2]) {
    const ae_real u0 = term_scale[1];
    const ae_real u1 = u0;
    const ae_real u2 = u1 * AE_REAL(-1.0);
    for (ptrdiff_t s = 0; s < samples; s++)
        ae_store_first(d_z_log_sigma[s], ae_splat(u2) + ((ae_load_first(loss_kl_back[s],
                2) + (ae_load_first(d_latent_z[s], 2) * ae_load_first(z_epsilon[s], 2))) * ae_load_first(z_sigma[s],
                2)), 2);
}

// decoder.0, dense (vae.aespec:8): dense_2_to_512_forward_relu, pack_512, unpack_2, dense_2_to_512_transpose,
// dense_2_to_512_backward, dense_2_to_512_weight_gradient, bias_gradient_512

// 2 -> 512, 2048 FLOP per sample, in blocks of 8 samples x 2 vectors of 16 outputs; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_2_to_512_forward_relu(ptrdiff_t samples, const ae_real input[restrict][2],
        const ae_real weight[restrict 32][2][16], const ae_real bias[restrict 512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                sum5_1, sum6_0, sum6_1, sum7_0, sum7_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = sum4_0 = sum5_0 = sum6_0 = sum7_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = sum4_1 = sum5_1 = sum6_1 = sum7_1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const input_at)[2] = AE_AT(input[s][j]);
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(input_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(input_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(input_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(input_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
                const ae_vector t4 = ae_splat(input_at[4][0]); AE_FMA(sum4_0, t4, w0); AE_FMA(sum4_1, t4, w1);
                const ae_vector t5 = ae_splat(input_at[5][0]); AE_FMA(sum5_0, t5, w0); AE_FMA(sum5_1, t5, w1);
                const ae_vector t6 = ae_splat(input_at[6][0]); AE_FMA(sum6_0, t6, w0); AE_FMA(sum6_1, t6, w1);
                const ae_vector t7 = ae_splat(input_at[7][0]); AE_FMA(sum7_0, t7, w0); AE_FMA(sum7_1, t7, w1);
            }
            ae_real (*const output_at)[512] = AE_AT(output[s][c]);
            ae_store(output_at[0], ae_vector_relu(sum0_0)); ae_store(output_at[0] + 16, ae_vector_relu(sum0_1));
            ae_store(output_at[1], ae_vector_relu(sum1_0)); ae_store(output_at[1] + 16, ae_vector_relu(sum1_1));
            ae_store(output_at[2], ae_vector_relu(sum2_0)); ae_store(output_at[2] + 16, ae_vector_relu(sum2_1));
            ae_store(output_at[3], ae_vector_relu(sum3_0)); ae_store(output_at[3] + 16, ae_vector_relu(sum3_1));
            ae_store(output_at[4], ae_vector_relu(sum4_0)); ae_store(output_at[4] + 16, ae_vector_relu(sum4_1));
            ae_store(output_at[5], ae_vector_relu(sum5_0)); ae_store(output_at[5] + 16, ae_vector_relu(sum5_1));
            ae_store(output_at[6], ae_vector_relu(sum6_0)); ae_store(output_at[6] + 16, ae_vector_relu(sum6_1));
            ae_store(output_at[7], ae_vector_relu(sum7_0)); ae_store(output_at[7] + 16, ae_vector_relu(sum7_1));
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const input_at)[2] = AE_AT(input[s][j]);
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(input_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(input_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(input_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(input_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
            }
            ae_real (*const output_at)[512] = AE_AT(output[s][c]);
            ae_store(output_at[0], ae_vector_relu(sum0_0)); ae_store(output_at[0] + 16, ae_vector_relu(sum0_1));
            ae_store(output_at[1], ae_vector_relu(sum1_0)); ae_store(output_at[1] + 16, ae_vector_relu(sum1_1));
            ae_store(output_at[2], ae_vector_relu(sum2_0)); ae_store(output_at[2] + 16, ae_vector_relu(sum2_1));
            ae_store(output_at[3], ae_vector_relu(sum3_0)); ae_store(output_at[3] + 16, ae_vector_relu(sum3_1));
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1;
            sum0_0 = sum1_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const input_at)[2] = AE_AT(input[s][j]);
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(input_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(input_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
            }
            ae_real (*const output_at)[512] = AE_AT(output[s][c]);
            ae_store(output_at[0], ae_vector_relu(sum0_0)); ae_store(output_at[0] + 16, ae_vector_relu(sum0_1));
            ae_store(output_at[1], ae_vector_relu(sum1_0)); ae_store(output_at[1] + 16, ae_vector_relu(sum1_1));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1;
            sum0 = ae_load(bias + c); sum1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real (*const weight_at)[2][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector t = ae_splat(input[s][j]); AE_FMA(sum0, t, ae_load(weight_at[0][0]));
                AE_FMA(sum1, t, ae_load(weight_at[1][0]));
            }
            ae_real *const output_at = AE_AT(output[s][c]);
            ae_store(output_at, ae_vector_relu(sum0)); ae_store(output_at + 16, ae_vector_relu(sum1));
        }
    }
}

// 1024 elements
//   transposed[o][i] = weight[i][o]
AE_KERNEL void dense_2_to_512_transpose(const ae_real weight[restrict 32][2][16], ae_real transposed[restrict 512][2]) {
    for (ptrdiff_t o = 0; o < 512; o += 16)
        ae_turn(2, 16, weight[o / 16][0], 16, transposed[o], 2);
}

// 512 -> 2, 2048 FLOP per sample, in blocks of 1 sample x 2 outputs, 16 samples in the lanes
//   d_input[i] = sum over o of d_output[o] * weight[o][i], the transposed weight
AE_KERNEL void dense_2_to_512_backward(ptrdiff_t samples, const ae_real d_output[restrict][512][16],
        const ae_real weight[restrict 512][2], ae_real d_input[restrict][2][16]) {
    for (ptrdiff_t s = 0; s < (samples + 15) / 16; s++) {
        ae_vector sum0, sum1;
        sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const weight_at = AE_AT(weight[j][0]);
            const ae_vector t = ae_load(d_output[s][j]); AE_FMA(sum0, t, ae_splat(weight_at[0]));
            AE_FMA(sum1, t, ae_splat(weight_at[1]));
        }
        ae_real (*const d_input_at)[16] = AE_AT(d_input[s][0][0]);
        ae_store(d_input_at[0], sum0); ae_store(d_input_at[1], sum1);
    }
}

// 2 -> 512, 2048 FLOP per sample, in blocks of 2 inputs x 8 vectors of 16 outputs
//   gradient[i][o] = sum over samples of input[i] * d_output[o]
AE_KERNEL void dense_2_to_512_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real input[restrict][2], const ae_real d_output[restrict][512], ae_real gradient[restrict 32][2][16]) {
    for (ptrdiff_t c = 0; c < 512; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 128)
            for (ptrdiff_t j = from; j < ((to - from) / 2) * 2 + from; j += 2) {
                ae_vector sum0_0, sum0_1, sum0_2, sum0_3, sum0_4, sum0_5, sum0_6, sum0_7, sum1_0, sum1_1, sum1_2,
                    sum1_3, sum1_4, sum1_5, sum1_6, sum1_7;
                ae_real (*const gradient_at)[2][16] = AE_AT(gradient[c / 16][j][0]);
                sum0_0 = ae_load(gradient_at[0][0]); sum0_1 = ae_load(gradient_at[1][0]);
                sum0_2 = ae_load(gradient_at[2][0]); sum0_3 = ae_load(gradient_at[3][0]);
                sum0_4 = ae_load(gradient_at[4][0]); sum0_5 = ae_load(gradient_at[5][0]);
                sum0_6 = ae_load(gradient_at[6][0]); sum0_7 = ae_load(gradient_at[7][0]);
                sum1_0 = ae_load(gradient_at[0][1]); sum1_1 = ae_load(gradient_at[1][1]);
                sum1_2 = ae_load(gradient_at[2][1]); sum1_3 = ae_load(gradient_at[3][1]);
                sum1_4 = ae_load(gradient_at[4][1]); sum1_5 = ae_load(gradient_at[5][1]);
                sum1_6 = ae_load(gradient_at[6][1]); sum1_7 = ae_load(gradient_at[7][1]);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const input_at = AE_AT(input[s][j]);
                    const ae_real *const d_output_at = AE_AT(d_output[s][c]);
                    const ae_vector g0 = ae_load(d_output_at); const ae_vector g1 = ae_load(d_output_at + 16);
                    const ae_vector g2 = ae_load(d_output_at + 32); const ae_vector g3 = ae_load(d_output_at + 48);
                    const ae_vector g4 = ae_load(d_output_at + 64); const ae_vector g5 = ae_load(d_output_at + 80);
                    const ae_vector g6 = ae_load(d_output_at + 96); const ae_vector g7 = ae_load(d_output_at + 112);
                    const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                    AE_FMA(sum0_2, t0, g2); AE_FMA(sum0_3, t0, g3); AE_FMA(sum0_4, t0, g4); AE_FMA(sum0_5, t0, g5);
                    AE_FMA(sum0_6, t0, g6); AE_FMA(sum0_7, t0, g7);
                    const ae_vector t1 = ae_splat(input_at[1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                    AE_FMA(sum1_2, t1, g2); AE_FMA(sum1_3, t1, g3); AE_FMA(sum1_4, t1, g4); AE_FMA(sum1_5, t1, g5);
                    AE_FMA(sum1_6, t1, g6); AE_FMA(sum1_7, t1, g7);
                }
                ae_store(gradient_at[0][0], sum0_0); ae_store(gradient_at[1][0], sum0_1);
                ae_store(gradient_at[2][0], sum0_2); ae_store(gradient_at[3][0], sum0_3);
                ae_store(gradient_at[4][0], sum0_4); ae_store(gradient_at[5][0], sum0_5);
                ae_store(gradient_at[6][0], sum0_6); ae_store(gradient_at[7][0], sum0_7);
                ae_store(gradient_at[0][1], sum1_0); ae_store(gradient_at[1][1], sum1_1);
                ae_store(gradient_at[2][1], sum1_2); ae_store(gradient_at[3][1], sum1_3);
                ae_store(gradient_at[4][1], sum1_4); ae_store(gradient_at[5][1], sum1_5);
                ae_store(gradient_at[6][1], sum1_6); ae_store(gradient_at[7][1], sum1_7);
            }
    }
}

// decoder.1, relu (vae.aespec:8): dense_2_to_512_forward_relu, dense_512_to_784_backward_select
// decoder.2, dense (vae.aespec:8): dense_512_to_784_forward, dense_512_to_784_transpose,
// dense_512_to_784_backward_select, dense_512_to_784_weight_gradient, bias_gradient_784

// 512 -> 784, 802816 FLOP per sample, in blocks of 8 samples x 2 vectors of 16 outputs
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_512_to_784_forward(ptrdiff_t samples, const ae_real input[restrict][512],
        const ae_real weight[restrict 49][512][16], const ae_real bias[restrict 784], ae_real output[restrict][784]) {
    for (ptrdiff_t c = 0; c < 768; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                sum5_1, sum6_0, sum6_1, sum7_0, sum7_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = sum4_0 = sum5_0 = sum6_0 = sum7_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = sum4_1 = sum5_1 = sum6_1 = sum7_1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real (*const input_at)[512] = AE_AT(input[s][j]);
                const ae_real (*const weight_at)[512][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(input_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(input_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(input_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(input_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
                const ae_vector t4 = ae_splat(input_at[4][0]); AE_FMA(sum4_0, t4, w0); AE_FMA(sum4_1, t4, w1);
                const ae_vector t5 = ae_splat(input_at[5][0]); AE_FMA(sum5_0, t5, w0); AE_FMA(sum5_1, t5, w1);
                const ae_vector t6 = ae_splat(input_at[6][0]); AE_FMA(sum6_0, t6, w0); AE_FMA(sum6_1, t6, w1);
                const ae_vector t7 = ae_splat(input_at[7][0]); AE_FMA(sum7_0, t7, w0); AE_FMA(sum7_1, t7, w1);
            }
            ae_real (*const output_at)[784] = AE_AT(output[s][c]);
            ae_store(output_at[0], sum0_0); ae_store(output_at[0] + 16, sum0_1);
            ae_store(output_at[1], sum1_0); ae_store(output_at[1] + 16, sum1_1);
            ae_store(output_at[2], sum2_0); ae_store(output_at[2] + 16, sum2_1);
            ae_store(output_at[3], sum3_0); ae_store(output_at[3] + 16, sum3_1);
            ae_store(output_at[4], sum4_0); ae_store(output_at[4] + 16, sum4_1);
            ae_store(output_at[5], sum5_0); ae_store(output_at[5] + 16, sum5_1);
            ae_store(output_at[6], sum6_0); ae_store(output_at[6] + 16, sum6_1);
            ae_store(output_at[7], sum7_0); ae_store(output_at[7] + 16, sum7_1);
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real (*const input_at)[512] = AE_AT(input[s][j]);
                const ae_real (*const weight_at)[512][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(input_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(input_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(input_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(input_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
            }
            ae_real (*const output_at)[784] = AE_AT(output[s][c]);
            ae_store(output_at[0], sum0_0); ae_store(output_at[0] + 16, sum0_1);
            ae_store(output_at[1], sum1_0); ae_store(output_at[1] + 16, sum1_1);
            ae_store(output_at[2], sum2_0); ae_store(output_at[2] + 16, sum2_1);
            ae_store(output_at[3], sum3_0); ae_store(output_at[3] + 16, sum3_1);
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1;
            sum0_0 = sum1_0 = ae_load(bias + c);
            sum0_1 = sum1_1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real (*const input_at)[512] = AE_AT(input[s][j]);
                const ae_real (*const weight_at)[512][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(input_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(input_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
            }
            ae_real (*const output_at)[784] = AE_AT(output[s][c]);
            ae_store(output_at[0], sum0_0); ae_store(output_at[0] + 16, sum0_1);
            ae_store(output_at[1], sum1_0); ae_store(output_at[1] + 16, sum1_1);
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1;
            sum0 = ae_load(bias + c); sum1 = ae_load(bias + c + 16);
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real (*const weight_at)[512][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector t = ae_splat(input[s][j]); AE_FMA(sum0, t, ae_load(weight_at[0][0]));
                AE_FMA(sum1, t, ae_load(weight_at[1][0]));
            }
            ae_real *const output_at = AE_AT(output[s][c]);
            ae_store(output_at, sum0); ae_store(output_at + 16, sum1);
        }
    }
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
        ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
        sum0 = sum1 = sum2 = sum3 = sum4 = sum5 = sum6 = sum7 = ae_load(bias + 768);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real (*const input_at)[512] = AE_AT(input[s][j]);
            const ae_vector w = ae_load(weight[48][j]); AE_FMA(sum0, ae_splat(input_at[0][0]), w);
            AE_FMA(sum1, ae_splat(input_at[1][0]), w); AE_FMA(sum2, ae_splat(input_at[2][0]), w);
            AE_FMA(sum3, ae_splat(input_at[3][0]), w); AE_FMA(sum4, ae_splat(input_at[4][0]), w);
            AE_FMA(sum5, ae_splat(input_at[5][0]), w); AE_FMA(sum6, ae_splat(input_at[6][0]), w);
            AE_FMA(sum7, ae_splat(input_at[7][0]), w);
        }
        ae_real (*const output_at)[784] = AE_AT(output[s][768]);
        ae_store(output_at[0], sum0); ae_store(output_at[1], sum1); ae_store(output_at[2], sum2);
        ae_store(output_at[3], sum3); ae_store(output_at[4], sum4); ae_store(output_at[5], sum5);
        ae_store(output_at[6], sum6); ae_store(output_at[7], sum7);
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = sum1 = sum2 = sum3 = ae_load(bias + 768);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real (*const input_at)[512] = AE_AT(input[s][j]);
            const ae_vector w = ae_load(weight[48][j]); AE_FMA(sum0, ae_splat(input_at[0][0]), w);
            AE_FMA(sum1, ae_splat(input_at[1][0]), w); AE_FMA(sum2, ae_splat(input_at[2][0]), w);
            AE_FMA(sum3, ae_splat(input_at[3][0]), w);
        }
        ae_real (*const output_at)[784] = AE_AT(output[s][768]);
        ae_store(output_at[0], sum0); ae_store(output_at[1], sum1); ae_store(output_at[2], sum2);
        ae_store(output_at[3], sum3);
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_vector sum0, sum1;
        sum0 = sum1 = ae_load(bias + 768);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real (*const input_at)[512] = AE_AT(input[s][j]);
            const ae_vector w = ae_load(weight[48][j]); AE_FMA(sum0, ae_splat(input_at[0][0]), w);
            AE_FMA(sum1, ae_splat(input_at[1][0]), w);
        }
        ae_real (*const output_at)[784] = AE_AT(output[s][768]);
        ae_store(output_at[0], sum0); ae_store(output_at[1], sum1);
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_vector sum;
        sum = ae_load(bias + 768);
        for (ptrdiff_t j = 0; j < 512; j++)
            AE_FMA(sum, ae_splat(input[s][j]), ae_load(weight[48][j]));
        ae_store(output[s] + 768, sum);
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

// 784 -> 512, 802816 FLOP per sample, in blocks of 8 samples x 2 vectors of 16 outputs; then select
//   d_input[i] = sum over o of d_output[o] * weight[o][i], the transposed weight
AE_KERNEL void dense_512_to_784_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][784],
        const ae_real weight[restrict 32][784][16], const ae_real in0[restrict][512], ae_real output[restrict][512]) {
    for (ptrdiff_t c = 0; c < 512; c += 32) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                sum5_1, sum6_0, sum6_1, sum7_0, sum7_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = sum4_0 = sum5_0 = sum6_0 = sum7_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = sum4_1 = sum5_1 = sum6_1 = sum7_1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real (*const d_output_at)[784] = AE_AT(d_output[s][j]);
                const ae_real (*const weight_at)[784][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(d_output_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(d_output_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(d_output_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(d_output_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
                const ae_vector t4 = ae_splat(d_output_at[4][0]); AE_FMA(sum4_0, t4, w0); AE_FMA(sum4_1, t4, w1);
                const ae_vector t5 = ae_splat(d_output_at[5][0]); AE_FMA(sum5_0, t5, w0); AE_FMA(sum5_1, t5, w1);
                const ae_vector t6 = ae_splat(d_output_at[6][0]); AE_FMA(sum6_0, t6, w0); AE_FMA(sum6_1, t6, w1);
                const ae_vector t7 = ae_splat(d_output_at[7][0]); AE_FMA(sum7_0, t7, w0); AE_FMA(sum7_1, t7, w1);
            }
            ae_real (*const output_at)[512] = AE_AT(output[s][c]);
            const ae_real (*const in0_at)[512] = AE_AT(in0[s][c]);
            ae_store(output_at[0], ae_vector_select(ae_load(in0_at[0]), ae_splat(AE_REAL(0.0)), sum0_0));
            ae_store(output_at[0] + 16, ae_vector_select(ae_load(in0_at[0] + 16), ae_splat(AE_REAL(0.0)), sum0_1));
            ae_store(output_at[1], ae_vector_select(ae_load(in0_at[1]), ae_splat(AE_REAL(0.0)), sum1_0));
            ae_store(output_at[1] + 16, ae_vector_select(ae_load(in0_at[1] + 16), ae_splat(AE_REAL(0.0)), sum1_1));
            ae_store(output_at[2], ae_vector_select(ae_load(in0_at[2]), ae_splat(AE_REAL(0.0)), sum2_0));
            ae_store(output_at[2] + 16, ae_vector_select(ae_load(in0_at[2] + 16), ae_splat(AE_REAL(0.0)), sum2_1));
            ae_store(output_at[3], ae_vector_select(ae_load(in0_at[3]), ae_splat(AE_REAL(0.0)), sum3_0));
            ae_store(output_at[3] + 16, ae_vector_select(ae_load(in0_at[3] + 16), ae_splat(AE_REAL(0.0)), sum3_1));
            ae_store(output_at[4], ae_vector_select(ae_load(in0_at[4]), ae_splat(AE_REAL(0.0)), sum4_0));
            ae_store(output_at[4] + 16, ae_vector_select(ae_load(in0_at[4] + 16), ae_splat(AE_REAL(0.0)), sum4_1));
            ae_store(output_at[5], ae_vector_select(ae_load(in0_at[5]), ae_splat(AE_REAL(0.0)), sum5_0));
            ae_store(output_at[5] + 16, ae_vector_select(ae_load(in0_at[5] + 16), ae_splat(AE_REAL(0.0)), sum5_1));
            ae_store(output_at[6], ae_vector_select(ae_load(in0_at[6]), ae_splat(AE_REAL(0.0)), sum6_0));
            ae_store(output_at[6] + 16, ae_vector_select(ae_load(in0_at[6] + 16), ae_splat(AE_REAL(0.0)), sum6_1));
            ae_store(output_at[7], ae_vector_select(ae_load(in0_at[7]), ae_splat(AE_REAL(0.0)), sum7_0));
            ae_store(output_at[7] + 16, ae_vector_select(ae_load(in0_at[7] + 16), ae_splat(AE_REAL(0.0)), sum7_1));
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1;
            sum0_0 = sum1_0 = sum2_0 = sum3_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = sum2_1 = sum3_1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real (*const d_output_at)[784] = AE_AT(d_output[s][j]);
                const ae_real (*const weight_at)[784][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(d_output_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(d_output_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
                const ae_vector t2 = ae_splat(d_output_at[2][0]); AE_FMA(sum2_0, t2, w0); AE_FMA(sum2_1, t2, w1);
                const ae_vector t3 = ae_splat(d_output_at[3][0]); AE_FMA(sum3_0, t3, w0); AE_FMA(sum3_1, t3, w1);
            }
            ae_real (*const output_at)[512] = AE_AT(output[s][c]);
            const ae_real (*const in0_at)[512] = AE_AT(in0[s][c]);
            ae_store(output_at[0], ae_vector_select(ae_load(in0_at[0]), ae_splat(AE_REAL(0.0)), sum0_0));
            ae_store(output_at[0] + 16, ae_vector_select(ae_load(in0_at[0] + 16), ae_splat(AE_REAL(0.0)), sum0_1));
            ae_store(output_at[1], ae_vector_select(ae_load(in0_at[1]), ae_splat(AE_REAL(0.0)), sum1_0));
            ae_store(output_at[1] + 16, ae_vector_select(ae_load(in0_at[1] + 16), ae_splat(AE_REAL(0.0)), sum1_1));
            ae_store(output_at[2], ae_vector_select(ae_load(in0_at[2]), ae_splat(AE_REAL(0.0)), sum2_0));
            ae_store(output_at[2] + 16, ae_vector_select(ae_load(in0_at[2] + 16), ae_splat(AE_REAL(0.0)), sum2_1));
            ae_store(output_at[3], ae_vector_select(ae_load(in0_at[3]), ae_splat(AE_REAL(0.0)), sum3_0));
            ae_store(output_at[3] + 16, ae_vector_select(ae_load(in0_at[3] + 16), ae_splat(AE_REAL(0.0)), sum3_1));
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_vector sum0_0, sum0_1, sum1_0, sum1_1;
            sum0_0 = sum1_0 = ae_splat(AE_REAL(0.0));
            sum0_1 = sum1_1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real (*const d_output_at)[784] = AE_AT(d_output[s][j]);
                const ae_real (*const weight_at)[784][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector w0 = ae_load(weight_at[0][0]); const ae_vector w1 = ae_load(weight_at[1][0]);
                const ae_vector t0 = ae_splat(d_output_at[0][0]); AE_FMA(sum0_0, t0, w0); AE_FMA(sum0_1, t0, w1);
                const ae_vector t1 = ae_splat(d_output_at[1][0]); AE_FMA(sum1_0, t1, w0); AE_FMA(sum1_1, t1, w1);
            }
            ae_real (*const output_at)[512] = AE_AT(output[s][c]);
            const ae_real (*const in0_at)[512] = AE_AT(in0[s][c]);
            ae_store(output_at[0], ae_vector_select(ae_load(in0_at[0]), ae_splat(AE_REAL(0.0)), sum0_0));
            ae_store(output_at[0] + 16, ae_vector_select(ae_load(in0_at[0] + 16), ae_splat(AE_REAL(0.0)), sum0_1));
            ae_store(output_at[1], ae_vector_select(ae_load(in0_at[1]), ae_splat(AE_REAL(0.0)), sum1_0));
            ae_store(output_at[1] + 16, ae_vector_select(ae_load(in0_at[1] + 16), ae_splat(AE_REAL(0.0)), sum1_1));
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_vector sum0, sum1;
            sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0));
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real (*const weight_at)[784][16] = AE_AT(weight[c / 16][j][0]);
                const ae_vector t = ae_splat(d_output[s][j]); AE_FMA(sum0, t, ae_load(weight_at[0][0]));
                AE_FMA(sum1, t, ae_load(weight_at[1][0]));
            }
            ae_real *const output_at = AE_AT(output[s][c]);
            const ae_real *const in0_at = AE_AT(in0[s][c]);
            ae_store(output_at, ae_vector_select(ae_load(in0_at), ae_splat(AE_REAL(0.0)), sum0));
            ae_store(output_at + 16, ae_vector_select(ae_load(in0_at + 16), ae_splat(AE_REAL(0.0)), sum1));
        }
    }
}

// 512 -> 784, 802816 FLOP per sample, in blocks of 14 inputs x 2 vectors of 16 outputs
//   gradient[i][o] = sum over samples of input[i] * d_output[o]
AE_KERNEL void dense_512_to_784_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real input[restrict][512], const ae_real d_output[restrict][784],
        ae_real gradient[restrict 49][512][16]) {
    for (ptrdiff_t c = 0; c < 784; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 768; c += 32) {
            for (ptrdiff_t j = from; j < ((to - from) / 14) * 14 + from; j += 14) {
                ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                    sum5_1, sum6_0, sum6_1, sum7_0, sum7_1, sum8_0, sum8_1, sum9_0, sum9_1, sum10_0, sum10_1,
                    sum11_0, sum11_1, sum12_0, sum12_1, sum13_0, sum13_1;
                ae_real (*const gradient_at)[512][16] = AE_AT(gradient[c / 16][j][0]);
                sum0_0 = ae_load(gradient_at[0][0]); sum0_1 = ae_load(gradient_at[1][0]);
                sum1_0 = ae_load(gradient_at[0][1]); sum1_1 = ae_load(gradient_at[1][1]);
                sum2_0 = ae_load(gradient_at[0][2]); sum2_1 = ae_load(gradient_at[1][2]);
                sum3_0 = ae_load(gradient_at[0][3]); sum3_1 = ae_load(gradient_at[1][3]);
                sum4_0 = ae_load(gradient_at[0][4]); sum4_1 = ae_load(gradient_at[1][4]);
                sum5_0 = ae_load(gradient_at[0][5]); sum5_1 = ae_load(gradient_at[1][5]);
                sum6_0 = ae_load(gradient_at[0][6]); sum6_1 = ae_load(gradient_at[1][6]);
                sum7_0 = ae_load(gradient_at[0][7]); sum7_1 = ae_load(gradient_at[1][7]);
                sum8_0 = ae_load(gradient_at[0][8]); sum8_1 = ae_load(gradient_at[1][8]);
                sum9_0 = ae_load(gradient_at[0][9]); sum9_1 = ae_load(gradient_at[1][9]);
                sum10_0 = ae_load(gradient_at[0][10]); sum10_1 = ae_load(gradient_at[1][10]);
                sum11_0 = ae_load(gradient_at[0][11]); sum11_1 = ae_load(gradient_at[1][11]);
                sum12_0 = ae_load(gradient_at[0][12]); sum12_1 = ae_load(gradient_at[1][12]);
                sum13_0 = ae_load(gradient_at[0][13]); sum13_1 = ae_load(gradient_at[1][13]);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const input_at = AE_AT(input[s][j]);
                    const ae_real *const d_output_at = AE_AT(d_output[s][c]);
                    const ae_vector g0 = ae_load(d_output_at); const ae_vector g1 = ae_load(d_output_at + 16);
                    const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                    const ae_vector t1 = ae_splat(input_at[1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                    const ae_vector t2 = ae_splat(input_at[2]); AE_FMA(sum2_0, t2, g0); AE_FMA(sum2_1, t2, g1);
                    const ae_vector t3 = ae_splat(input_at[3]); AE_FMA(sum3_0, t3, g0); AE_FMA(sum3_1, t3, g1);
                    const ae_vector t4 = ae_splat(input_at[4]); AE_FMA(sum4_0, t4, g0); AE_FMA(sum4_1, t4, g1);
                    const ae_vector t5 = ae_splat(input_at[5]); AE_FMA(sum5_0, t5, g0); AE_FMA(sum5_1, t5, g1);
                    const ae_vector t6 = ae_splat(input_at[6]); AE_FMA(sum6_0, t6, g0); AE_FMA(sum6_1, t6, g1);
                    const ae_vector t7 = ae_splat(input_at[7]); AE_FMA(sum7_0, t7, g0); AE_FMA(sum7_1, t7, g1);
                    const ae_vector t8 = ae_splat(input_at[8]); AE_FMA(sum8_0, t8, g0); AE_FMA(sum8_1, t8, g1);
                    const ae_vector t9 = ae_splat(input_at[9]); AE_FMA(sum9_0, t9, g0); AE_FMA(sum9_1, t9, g1);
                    const ae_vector t10 = ae_splat(input_at[10]); AE_FMA(sum10_0, t10, g0); AE_FMA(sum10_1, t10, g1);
                    const ae_vector t11 = ae_splat(input_at[11]); AE_FMA(sum11_0, t11, g0); AE_FMA(sum11_1, t11, g1);
                    const ae_vector t12 = ae_splat(input_at[12]); AE_FMA(sum12_0, t12, g0); AE_FMA(sum12_1, t12, g1);
                    const ae_vector t13 = ae_splat(input_at[13]); AE_FMA(sum13_0, t13, g0); AE_FMA(sum13_1, t13, g1);
                }
                ae_store(gradient_at[0][0], sum0_0); ae_store(gradient_at[1][0], sum0_1);
                ae_store(gradient_at[0][1], sum1_0); ae_store(gradient_at[1][1], sum1_1);
                ae_store(gradient_at[0][2], sum2_0); ae_store(gradient_at[1][2], sum2_1);
                ae_store(gradient_at[0][3], sum3_0); ae_store(gradient_at[1][3], sum3_1);
                ae_store(gradient_at[0][4], sum4_0); ae_store(gradient_at[1][4], sum4_1);
                ae_store(gradient_at[0][5], sum5_0); ae_store(gradient_at[1][5], sum5_1);
                ae_store(gradient_at[0][6], sum6_0); ae_store(gradient_at[1][6], sum6_1);
                ae_store(gradient_at[0][7], sum7_0); ae_store(gradient_at[1][7], sum7_1);
                ae_store(gradient_at[0][8], sum8_0); ae_store(gradient_at[1][8], sum8_1);
                ae_store(gradient_at[0][9], sum9_0); ae_store(gradient_at[1][9], sum9_1);
                ae_store(gradient_at[0][10], sum10_0); ae_store(gradient_at[1][10], sum10_1);
                ae_store(gradient_at[0][11], sum11_0); ae_store(gradient_at[1][11], sum11_1);
                ae_store(gradient_at[0][12], sum12_0); ae_store(gradient_at[1][12], sum12_1);
                ae_store(gradient_at[0][13], sum13_0); ae_store(gradient_at[1][13], sum13_1);
            }
            for (ptrdiff_t j = ((to - from) / 14) * 14 + from; j < to; j += 8) {
                ae_vector sum0_0, sum0_1, sum1_0, sum1_1, sum2_0, sum2_1, sum3_0, sum3_1, sum4_0, sum4_1, sum5_0,
                    sum5_1, sum6_0, sum6_1, sum7_0, sum7_1;
                ae_real (*const gradient_at)[512][16] = AE_AT(gradient[c / 16][j][0]);
                sum0_0 = ae_load(gradient_at[0][0]); sum0_1 = ae_load(gradient_at[1][0]);
                sum1_0 = ae_load(gradient_at[0][1]); sum1_1 = ae_load(gradient_at[1][1]);
                sum2_0 = ae_load(gradient_at[0][2]); sum2_1 = ae_load(gradient_at[1][2]);
                sum3_0 = ae_load(gradient_at[0][3]); sum3_1 = ae_load(gradient_at[1][3]);
                sum4_0 = ae_load(gradient_at[0][4]); sum4_1 = ae_load(gradient_at[1][4]);
                sum5_0 = ae_load(gradient_at[0][5]); sum5_1 = ae_load(gradient_at[1][5]);
                sum6_0 = ae_load(gradient_at[0][6]); sum6_1 = ae_load(gradient_at[1][6]);
                sum7_0 = ae_load(gradient_at[0][7]); sum7_1 = ae_load(gradient_at[1][7]);
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const input_at = AE_AT(input[s][j]);
                    const ae_real *const d_output_at = AE_AT(d_output[s][c]);
                    const ae_vector g0 = ae_load(d_output_at); const ae_vector g1 = ae_load(d_output_at + 16);
                    const ae_vector t0 = ae_splat(input_at[0]); AE_FMA(sum0_0, t0, g0); AE_FMA(sum0_1, t0, g1);
                    const ae_vector t1 = ae_splat(input_at[1]); AE_FMA(sum1_0, t1, g0); AE_FMA(sum1_1, t1, g1);
                    const ae_vector t2 = ae_splat(input_at[2]); AE_FMA(sum2_0, t2, g0); AE_FMA(sum2_1, t2, g1);
                    const ae_vector t3 = ae_splat(input_at[3]); AE_FMA(sum3_0, t3, g0); AE_FMA(sum3_1, t3, g1);
                    const ae_vector t4 = ae_splat(input_at[4]); AE_FMA(sum4_0, t4, g0); AE_FMA(sum4_1, t4, g1);
                    const ae_vector t5 = ae_splat(input_at[5]); AE_FMA(sum5_0, t5, g0); AE_FMA(sum5_1, t5, g1);
                    const ae_vector t6 = ae_splat(input_at[6]); AE_FMA(sum6_0, t6, g0); AE_FMA(sum6_1, t6, g1);
                    const ae_vector t7 = ae_splat(input_at[7]); AE_FMA(sum7_0, t7, g0); AE_FMA(sum7_1, t7, g1);
                }
                ae_store(gradient_at[0][0], sum0_0); ae_store(gradient_at[1][0], sum0_1);
                ae_store(gradient_at[0][1], sum1_0); ae_store(gradient_at[1][1], sum1_1);
                ae_store(gradient_at[0][2], sum2_0); ae_store(gradient_at[1][2], sum2_1);
                ae_store(gradient_at[0][3], sum3_0); ae_store(gradient_at[1][3], sum3_1);
                ae_store(gradient_at[0][4], sum4_0); ae_store(gradient_at[1][4], sum4_1);
                ae_store(gradient_at[0][5], sum5_0); ae_store(gradient_at[1][5], sum5_1);
                ae_store(gradient_at[0][6], sum6_0); ae_store(gradient_at[1][6], sum6_1);
                ae_store(gradient_at[0][7], sum7_0); ae_store(gradient_at[1][7], sum7_1);
            }
        }
        for (ptrdiff_t j = from; j < ((to - from) / 14) * 14 + from; j += 14) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10, sum11, sum12, sum13;
            ae_real (*const gradient_at)[16] = AE_AT(gradient[48][j][0]);
            sum0 = ae_load(gradient_at[0]); sum1 = ae_load(gradient_at[1]); sum2 = ae_load(gradient_at[2]);
            sum3 = ae_load(gradient_at[3]); sum4 = ae_load(gradient_at[4]); sum5 = ae_load(gradient_at[5]);
            sum6 = ae_load(gradient_at[6]); sum7 = ae_load(gradient_at[7]); sum8 = ae_load(gradient_at[8]);
            sum9 = ae_load(gradient_at[9]); sum10 = ae_load(gradient_at[10]); sum11 = ae_load(gradient_at[11]);
            sum12 = ae_load(gradient_at[12]); sum13 = ae_load(gradient_at[13]);
            for (ptrdiff_t s = first; s < end; s++) {
                const ae_real *const input_at = AE_AT(input[s][j]);
                const ae_vector g = ae_load(d_output[s] + 768); AE_FMA(sum0, ae_splat(input_at[0]), g);
                AE_FMA(sum1, ae_splat(input_at[1]), g); AE_FMA(sum2, ae_splat(input_at[2]), g);
                AE_FMA(sum3, ae_splat(input_at[3]), g); AE_FMA(sum4, ae_splat(input_at[4]), g);
                AE_FMA(sum5, ae_splat(input_at[5]), g); AE_FMA(sum6, ae_splat(input_at[6]), g);
                AE_FMA(sum7, ae_splat(input_at[7]), g); AE_FMA(sum8, ae_splat(input_at[8]), g);
                AE_FMA(sum9, ae_splat(input_at[9]), g); AE_FMA(sum10, ae_splat(input_at[10]), g);
                AE_FMA(sum11, ae_splat(input_at[11]), g); AE_FMA(sum12, ae_splat(input_at[12]), g);
                AE_FMA(sum13, ae_splat(input_at[13]), g);
            }
            ae_store(gradient_at[0], sum0); ae_store(gradient_at[1], sum1); ae_store(gradient_at[2], sum2);
            ae_store(gradient_at[3], sum3); ae_store(gradient_at[4], sum4); ae_store(gradient_at[5], sum5);
            ae_store(gradient_at[6], sum6); ae_store(gradient_at[7], sum7); ae_store(gradient_at[8], sum8);
            ae_store(gradient_at[9], sum9); ae_store(gradient_at[10], sum10); ae_store(gradient_at[11], sum11);
            ae_store(gradient_at[12], sum12); ae_store(gradient_at[13], sum13);
        }
        for (ptrdiff_t j = ((to - from) / 14) * 14 + from; j < to; j += 8) {
            ae_vector sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7;
            ae_real (*const gradient_at)[16] = AE_AT(gradient[48][j][0]);
            sum0 = ae_load(gradient_at[0]); sum1 = ae_load(gradient_at[1]); sum2 = ae_load(gradient_at[2]);
            sum3 = ae_load(gradient_at[3]); sum4 = ae_load(gradient_at[4]); sum5 = ae_load(gradient_at[5]);
            sum6 = ae_load(gradient_at[6]); sum7 = ae_load(gradient_at[7]);
            for (ptrdiff_t s = first; s < end; s++) {
                const ae_real *const input_at = AE_AT(input[s][j]);
                const ae_vector g = ae_load(d_output[s] + 768); AE_FMA(sum0, ae_splat(input_at[0]), g);
                AE_FMA(sum1, ae_splat(input_at[1]), g); AE_FMA(sum2, ae_splat(input_at[2]), g);
                AE_FMA(sum3, ae_splat(input_at[3]), g); AE_FMA(sum4, ae_splat(input_at[4]), g);
                AE_FMA(sum5, ae_splat(input_at[5]), g); AE_FMA(sum6, ae_splat(input_at[6]), g);
                AE_FMA(sum7, ae_splat(input_at[7]), g);
            }
            ae_store(gradient_at[0], sum0); ae_store(gradient_at[1], sum1); ae_store(gradient_at[2], sum2);
            ae_store(gradient_at[3], sum3); ae_store(gradient_at[4], sum4); ae_store(gradient_at[5], sum5);
            ae_store(gradient_at[6], sum6); ae_store(gradient_at[7], sum7);
        }
    }
}

// 784 elements
//   gradient[c] = sum over samples of d_output[c]
AE_KERNEL void bias_gradient_784(ptrdiff_t samples, const ae_real d_output[restrict][784],
        ae_real gradient[restrict 784]) {
    for (ptrdiff_t c = 0; c < 768; c += 64) {
        ae_vector sum0, sum1, sum2, sum3;
        sum0 = ae_splat(AE_REAL(0.0)); sum1 = ae_splat(AE_REAL(0.0)); sum2 = ae_splat(AE_REAL(0.0));
        sum3 = ae_splat(AE_REAL(0.0));
        for (ptrdiff_t s = 0; s < samples; s++) {
            const ae_real *const d_output_at = AE_AT(d_output[s][c]);
            sum0 += ae_load(d_output_at); sum1 += ae_load(d_output_at + 16); sum2 += ae_load(d_output_at + 32);
            sum3 += ae_load(d_output_at + 48);
        }
        ae_store(gradient + c, sum0); ae_store(gradient + c + 16, sum1); ae_store(gradient + c + 32, sum2);
        ae_store(gradient + c + 48, sum3);
    }
    ae_vector sum;
    sum = ae_splat(AE_REAL(0.0));
    for (ptrdiff_t s = 0; s < samples; s++)
        sum += ae_load(d_output[s] + 768);
    ae_store(gradient + 768, sum);
}

// sse, loss, sum of squared differences (vae.aespec:9): loss_sse_forward_backward, loss_sse_forward

// 784 elements: subtract, multiply, sum, scale, multiply
AE_KERNEL void loss_sse_forward_backward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real decoder_2[restrict][784], const ae_real input_x[restrict][784], ae_real loss_sse[restrict][2],
        ae_real d_decoder_2[restrict][784]) {
    const ae_real u0 = term_scale[0];
    const ae_real u1 = u0;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial2[1] = {{0}};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            const ae_vector v0 = ae_load(decoder_2[s] + i) - ae_load(input_x[s] + i);
            partial2[0] += v0 * v0;
            ae_store(d_decoder_2[s] + i, ae_splat(u1) * (v0 * ae_splat(AE_REAL(2.0))));
        }
        const ae_real v2 = ae_vector_join(partial2);
        loss_sse[s][0] = v2;
    }
}

// 784 elements: subtract, multiply, sum
AE_KERNEL void loss_sse_forward(ptrdiff_t samples, const ae_real output_x[restrict][784],
        const ae_real input_x[restrict][784], ae_real loss_sse[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial2[1] = {{0}};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            const ae_vector v0 = ae_load(output_x[s] + i) - ae_load(input_x[s] + i);
            partial2[0] += v0 * v0;
        }
        const ae_real v2 = ae_vector_join(partial2);
        loss_sse[s][0] = v2;
    }
}

// kl, loss, KL divergence from N(mu, sigma^2) to N(0, prior_std^2), summed over the units (vae.aespec:9):
// elementwise_exp_multiply_add_2, loss_kl_forward, loss_kl_forward_strided, loss_kl_forward_strided_variant2,
// loss_kl_backward

// 2 elements: multiply, add, scale, subtract, offset, sum
AE_KERNEL void loss_kl_forward(ptrdiff_t samples, const ae_real z_mu[restrict][2],
        const ae_real loss_kl_part[restrict][2], const ae_real z_log_sigma[restrict][2], ae_real loss_kl[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial5[1] = {{0}};
        partial5[0] += ae_vector_first((((ae_load_first(loss_kl_part[s], 2) + (ae_load_first(z_mu[s],
                2) * ae_load_first(z_mu[s], 2))) * ae_splat(AE_REAL(0.9999999999999998))) -
                ae_load_first(z_log_sigma[s], 2)) + ae_splat(AE_REAL(-0.8465735902799726)), 2);
        const ae_real v5 = ae_vector_join(partial5);
        loss_kl[s][0] = v5;
    }
}

// 2 elements: exp, multiply
AE_KERNEL void loss_kl_forward_strided(ptrdiff_t samples, const ae_real z_log_sigma[restrict][4],
        ae_real loss_kl_part[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        const ae_vector v0 = ae_vector_exp(ae_load_first(z_log_sigma[s], 2));
        ae_store_first(loss_kl_part[s], v0 * v0, 2);
    }
}

// 2 elements: multiply, add, scale, subtract, offset, sum
AE_KERNEL void loss_kl_forward_strided_variant2(ptrdiff_t samples, const ae_real z_mu[restrict][4],
        const ae_real loss_kl_part[restrict][2], const ae_real z_log_sigma[restrict][4], ae_real loss_kl[restrict][2]) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_vector partial5[1] = {{0}};
        partial5[0] += ae_vector_first((((ae_load_first(loss_kl_part[s], 2) + (ae_load_first(z_mu[s],
                2) * ae_load_first(z_mu[s], 2))) * ae_splat(AE_REAL(0.9999999999999998))) -
                ae_load_first(z_log_sigma[s], 2)) + ae_splat(AE_REAL(-0.8465735902799726)), 2);
        const ae_real v5 = ae_vector_join(partial5);
        loss_kl[s][0] = v5;
    }
}

// 2 elements: scale, multiply
AE_KERNEL void loss_kl_backward(ptrdiff_t samples, const ae_real *term_scale, const ae_real z_mu[restrict][2],
        ae_real loss_kl_back_2[restrict][2]) {
    const ae_real u0 = term_scale[1];
    const ae_real u1 = u0;
    const ae_real u2 = u1 * AE_REAL(0.9999999999999998);
    for (ptrdiff_t s = 0; s < samples; s++)
        ae_store_first(loss_kl_back_2[s], ae_splat(u2) * (ae_load_first(z_mu[s], 2) * ae_splat(AE_REAL(2.0))), 2);
}

// Kernel, tasks, rows of a task, all rows; they complete nothing of the gradient.
static const struct ae_work net_transpose_work[] = {
    {13, 8, 64, 512, {0, 0, 1, 0}}, {17, 1, 1, 1, {0, 0, 1, 0}}, {25, 8, 64, 512, {0, 0, 1, 0}},
    {29, 8, 64, 512, {0, 0, 1, 0}},
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
    case 13: dense_512_to_784_transpose(from, to, net->decoder_2_weight, decoder_2_weight_transposed); break;
    case 17: dense_2_to_512_transpose(net->decoder_0_weight, decoder_0_weight_transposed); break;
    case 25: dense_512_to_2_transpose(from, to, net->z_log_sigma_weight, z_log_sigma_weight_transposed); break;
    case 29: dense_512_to_2_transpose(from, to, net->z_mu_weight, z_mu_weight_transposed); break;
    }
    ae_mark(step, 35);    // no kernel
}

// Forward and backward through the network. A task is a slot: a part of the batch with a gradient of its own, walked in
// micro-batches that stay in cache. Scratch memory is used again after its tensor has been read for the last time.
static void net_forward_backward(const struct ae_step *step, size_t task, ae_real *scratch) {
    const struct net_tensors *const net = (const void *)step->parameters;
    const size_t end = ae_slot_begin(step, task + 1);
    for (size_t first = ae_slot_begin(step, task); first < end; first += 16) {
        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), 16);
        void *const input_x = ae_place(step->input, first * 784);                        // [samples][784]
        void *const encoder_2 = ae_kept(step, 0, first, 512);                            // [samples][512] after relu
        void *const encoder_2_packed = ae_place(scratch, 0);                             // [groups][8192] after relu
        void *const z_mu_packed = ae_place(scratch, 8192);                               // [groups][2][16]
        void *const z_mu = ae_place(scratch, 8448);                                      // [samples][2]
        void *const z_log_sigma_packed = ae_place(scratch, 8192);                        // [groups][2][16]
        void *const z_log_sigma = ae_place(scratch, 0);                                  // [samples][2]
        void *const z_epsilon = ae_place(scratch, 256);                                  // [samples][2]
        void *const z_sigma = ae_place(scratch, 512);                                    // [samples][2] after exp
        void *const latent_z = ae_kept(step, 512, first, 2);                             // [samples][2] after add
        void *const loss_kl_part = ae_place(scratch, 768);                               // [samples][2]
        void *const loss_kl_back = ae_place(scratch, 1024);                              // [samples][2]
        void *const decoder_1 = ae_kept(step, 528, first, 512);                          // [samples][512] after relu
        void *const decoder_2 = ae_place(scratch, 8704);                                 // [samples][784]
        void *const loss_sse = ae_place(step->term, first * 2);                          // [samples][2], 1 used
        void *const d_decoder_2 = ae_kept(step, 1040, first, 784);                       // [samples][784]
        void *const loss_kl = ae_place(step->term, first * 2 + 1);                       // [samples][2], 1 used
        void *const loss_kl_back_2 = ae_place(scratch, 0);                               // [samples][2]
        void *const decoder_2_weight_transposed = ae_place(step->repacked, 0);           // [32][784][16]
        void *const d_decoder_0 = ae_kept(step, 1824, first, 512);                       // [samples][512]
        void *const d_decoder_0_packed = ae_place(scratch, 1280);                        // [groups][8192]
        void *const decoder_0_weight_transposed = ae_place(step->repacked, 401408);      // [512][2]
        void *const d_latent_z_packed = ae_place(scratch, 768);                          // [groups][2][16]
        void *const d_latent_z = ae_place(scratch, 1280);                                // [samples][2]
        void *const d_z_mu = ae_kept(step, 2336, first, 2);                              // [samples][2]
        void *const d_z_log_sigma = ae_kept(step, 2352, first, 2);                       // [samples][2]
        void *const z_log_sigma_weight_transposed = ae_place(step->repacked, 402432);    // [32][2][16]
        void *const z_log_sigma_back = ae_place(scratch, 0);                             // [samples][512]
        void *const z_mu_weight_transposed = ae_place(step->repacked, 403456);           // [32][2][16]
        void *const d_encoder_1 = ae_kept(step, 2368, first, 512);                       // [samples][512]
        AE_MARK(0) dense_784_to_512_forward_relu(samples, input_x, net->encoder_1_weight, net->encoder_1_bias,
                encoder_2);
        AE_MARK(1) pack_512(samples, encoder_2, encoder_2_packed);
        AE_MARK(2) dense_512_to_2_forward(samples, encoder_2_packed, net->z_mu_weight, net->z_mu_bias, z_mu_packed);
        AE_MARK(3) unpack_2(samples, z_mu_packed, z_mu);
        AE_MARK(4) dense_512_to_2_forward(samples, encoder_2_packed, net->z_log_sigma_weight, net->z_log_sigma_bias,
                z_log_sigma_packed);
        AE_MARK(5) unpack_2(samples, z_log_sigma_packed, z_log_sigma);
        AE_MARK(6) normal_2(samples, step, first, z_epsilon);
        AE_MARK(7) elementwise_exp_multiply_add_2(samples, step->term_scale, z_log_sigma, z_sigma, z_epsilon, z_mu,
                latent_z, loss_kl_part, loss_kl_back);
        AE_MARK(8) dense_2_to_512_forward_relu(samples, latent_z, net->decoder_0_weight, net->decoder_0_bias,
                decoder_1);
        AE_MARK(9) dense_512_to_784_forward(samples, decoder_1, net->decoder_2_weight, net->decoder_2_bias, decoder_2);
        AE_MARK(10) loss_sse_forward_backward(samples, step->term_scale, decoder_2, input_x, loss_sse, d_decoder_2);
        AE_MARK(11) loss_kl_forward(samples, z_mu, loss_kl_part, z_log_sigma, loss_kl);
        AE_MARK(12) loss_kl_backward(samples, step->term_scale, z_mu, loss_kl_back_2);
        AE_MARK(14) dense_512_to_784_backward_select(samples, d_decoder_2, decoder_2_weight_transposed, decoder_1,
                d_decoder_0);
        AE_MARK(18) pack_512(samples, d_decoder_0, d_decoder_0_packed);
        AE_MARK(19) dense_2_to_512_backward(samples, d_decoder_0_packed, decoder_0_weight_transposed,
                d_latent_z_packed);
        AE_MARK(20) unpack_2(samples, d_latent_z_packed, d_latent_z);
        AE_MARK(23) elementwise_add_2(samples, loss_kl_back_2, d_latent_z, d_z_mu);
        AE_MARK(24) elementwise_multiply_add_2(samples, step->term_scale, d_latent_z, z_epsilon, loss_kl_back, z_sigma,
                d_z_log_sigma);
        AE_MARK(26) dense_512_to_2_backward(samples, d_z_log_sigma, z_log_sigma_weight_transposed, z_log_sigma_back);
        AE_MARK(30) dense_512_to_2_backward_add_select(samples, d_z_mu, z_mu_weight_transposed, z_log_sigma_back,
                encoder_2, d_encoder_1);
    }
    ae_mark(step, 35);    // no kernel
}

// Kernel, tasks, rows of a task, all rows; the elements of the gradient that row 0 completes: offset, length, runs,
// stride.
static const struct ae_work net_weight_gradients_work[] = {
    {15, 10, 56, 512, {405536, 16, 49, 8192}}, {16, 1, 1, 1, {806944, 784, 1, 0}}, {21, 1, 64, 2, {404000, 16, 32, 32}},
    {22, 1, 1, 1, {405024, 512, 1, 0}}, {27, 4, 128, 512, {402960, 2, 1, 0}}, {28, 1, 1, 1, {403984, 2, 1, 0}},
    {31, 4, 128, 512, {401920, 2, 1, 0}}, {32, 1, 1, 1, {402944, 2, 1, 0}}, {33, 14, 56, 784, {0, 16, 32, 12544}},
    {34, 1, 1, 1, {401408, 512, 1, 0}},
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
    case 15:
        dense_512_to_784_weight_gradient(samples, from, to, decoder_1, d_decoder_2, gradient->decoder_2_weight);
        break;
    case 16: bias_gradient_784(samples, d_decoder_2, gradient->decoder_2_bias); break;
    case 21:
        dense_2_to_512_weight_gradient(samples, from, to, latent_z, d_decoder_0, gradient->decoder_0_weight);
        break;
    case 22: bias_gradient_512(samples, d_decoder_0, gradient->decoder_0_bias); break;
    case 27:
        dense_512_to_2_weight_gradient(samples, from, to, encoder_2, d_z_log_sigma, gradient->z_log_sigma_weight);
        break;
    case 28: bias_gradient_2(samples, d_z_log_sigma, gradient->z_log_sigma_bias); break;
    case 31: dense_512_to_2_weight_gradient(samples, from, to, encoder_2, d_z_mu, gradient->z_mu_weight); break;
    case 32: bias_gradient_2(samples, d_z_mu, gradient->z_mu_bias); break;
    case 33:
        dense_784_to_512_weight_gradient(samples, from, to, input_x, d_encoder_1, gradient->encoder_1_weight);
        break;
    case 34: bias_gradient_512(samples, d_encoder_1, gradient->encoder_1_bias); break;
    }
    ae_mark(step, 35);    // no kernel
}

// A step: phases, one after the other; the tasks of one may run at once. Number of tasks, or 0 for one per slot; the
// table of tasks, or NULL; the function.
static const struct ae_phase net_phases[] = {
    {25, net_transpose_work, net_transpose}, {0, NULL, net_forward_backward},
    {38, net_weight_gradients_work, net_weight_gradients},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    const struct net_tensors *const net = (const void *)parameters;
    void *const input_x = ae_place(input, 0);                   // [samples][784]
    void *const encoder_2 = ae_place(scratch, 0);               // [samples][512] after relu
    void *const encoder_2_packed = ae_place(scratch, 16384);    // [groups][8192] after relu
    void *const z_mu_packed = ae_place(scratch, 0);             // [groups][2][16]
    void *const z_mu = ae_place(code, 0);                       // [samples][4], 2 used
    void *const z_log_sigma_packed = ae_place(scratch, 0);      // [groups][2][16]
    void *const z_log_sigma = ae_place(code, 2);                // [samples][4], 2 used
    dense_784_to_512_forward_relu((ptrdiff_t)samples, input_x, net->encoder_1_weight, net->encoder_1_bias, encoder_2);
    pack_512((ptrdiff_t)samples, encoder_2, encoder_2_packed);
    dense_512_to_2_forward((ptrdiff_t)samples, encoder_2_packed, net->z_mu_weight, net->z_mu_bias, z_mu_packed);
    unpack_2_strided((ptrdiff_t)samples, z_mu_packed, z_mu);
    dense_512_to_2_forward((ptrdiff_t)samples, encoder_2_packed, net->z_log_sigma_weight, net->z_log_sigma_bias,
            z_log_sigma_packed);
    unpack_2_strided((ptrdiff_t)samples, z_log_sigma_packed, z_log_sigma);
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
    /* 0 */ {"encoder.1 forward", 802816, 2.971e+04, false}, /* 1 */ {"z.mu pack", 0, 96, false},
    /* 2 */ {"z.mu forward", 2048, 324.7, false}, /* 3 */ {"z.mu unpack", 0, 0.375, false},
    /* 4 */ {"z.log_sigma forward", 2048, 324.7, false}, /* 5 */ {"z.log_sigma unpack", 0, 0.375, false},
    /* 6 */ {"z.epsilon normal", 0, 24, false}, /* 7 */ {"z.sigma forward", 0, 32.12, false},
    /* 8 */ {"decoder.0 forward", 2048, 235.4, false}, /* 9 */ {"decoder.2 forward", 802816, 2.97e+04, false},
    /* 10 */ {"loss sse forward", 0, 409.1, false}, /* 11 */ {"loss kl forward", 0, 27, false},
    /* 12 */ {"loss kl backward", 0, 4.125, false}, /* 13 */ {"decoder.2 transpose", 0, 1.004e+05, true},
    /* 14 */ {"decoder.2 backward", 802816, 2.974e+04, false},
    /* 15 */ {"decoder.2 weight_gradient", 802816, 2.701e+04, false},
    /* 16 */ {"decoder.2 bias_gradient", 0, 98.77, false}, /* 17 */ {"decoder.0 transpose", 0, 256, true},
    /* 18 */ {"decoder.0 pack", 0, 96, false}, /* 19 */ {"decoder.0 backward", 2048, 324.7, false},
    /* 20 */ {"decoder.0 unpack", 0, 0.375, false}, /* 21 */ {"decoder.0 weight_gradient", 2048, 76.62, false},
    /* 22 */ {"decoder.0 bias_gradient", 0, 64.5, false}, /* 23 */ {"z backward", 0, 4, false},
    /* 24 */ {"z backward", 0, 9.125, false}, /* 25 */ {"z.log_sigma transpose", 0, 256, true},
    /* 26 */ {"z.log_sigma backward", 2048, 139.4, false}, /* 27 */ {"z.log_sigma weight_gradient", 2048, 107.6, false},
    /* 28 */ {"z.log_sigma bias_gradient", 0, 2.016, false}, /* 29 */ {"z.mu transpose", 0, 256, true},
    /* 30 */ {"z.mu backward", 2048, 331.4, false}, /* 31 */ {"z.mu weight_gradient", 2048, 107.6, false},
    /* 32 */ {"z.mu bias_gradient", 0, 2.016, false}, /* 33 */ {"encoder.1 weight_gradient", 802816, 2.698e+04, false},
    /* 34 */ {"encoder.1 bias_gradient", 0, 64.5, false},
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
    .samples_max = 32, .scratch_count = 32768,
    .encode = net_encode, .decode = net_decode, .measure = net_measure,
};

static const struct ae_training net_training = {
    .memory = {.parameters = 807728, .trainable = 807728, .slotted = 0, .repacked = 404480,
               .terms = 2, .input = 784, .kept = 2880, .scratch = 21248},
    .phases = net_phases, .phase_count = sizeof net_phases / sizeof *net_phases,
    .kernels = net_kernels, .kernel_count = 35, .lanes = 16, .peak = ae_peak,
};

const struct ae_model ae_model_vae = {
    .name = "vae", .file = "vae.aespec", .text = net_text,
    .target = "avx512", .real_bytes = sizeof(ae_real), .features = AE_FEATURES,
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
