// The autoencoder ael, compiled by aespec from ael.aespec: the spec; the parameters; encoder and decoder in plain
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
    "# ael.aespec - the linear autoencoder (Fig 2)\nmodel ael\n\nconst p = 0  # the study's variant: --set p=0.1\n\n"
    "data { source = idx(\"data/mnist\"); scale = 1/255; mean = 0.1307; std = 0.3081 }\ninput x : [1, 28, 28]\n"
    "encoder { flatten; dense(64) -> relu -> dropout(p) }\nlatent z = code\n"
    "decoder { dense(784) -> relu; reshape(1, 28, 28) }\nloss { mse(x) }\n"
    "train { optimizer = adam; learning_rate = 1e-3; batch = 1000; epochs = 16 }\n";

// The parameters in memory, and the gradient with respect to them. Each begins at a multiple of 16 elements.
struct net_tensors {
    ae_real encoder_1_weight[4][784][16];
    ae_real encoder_1_bias[64];
    ae_real decoder_0_weight[49][64][16];
    ae_real decoder_0_bias[784];
};
_Static_assert(sizeof(struct net_tensors) == 101200 * sizeof(ae_real), "padding is explicit");

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
    ae_real encoder_1[64];
    ae_real *const encoder_2 = code + 0;
    plain_dense(784, 64, 16, input_x, net->encoder_1_weight[0][0], net->encoder_1_bias, encoder_1);
    for (int i = 0; i < 64; i++) encoder_2[i] = ae_relu(encoder_1[i]);
}

AE_PLAIN void plain_decode(const struct net_tensors *net, const ae_real *latent_z, ae_real *output) {
    ae_real decoder_0[784];
    ae_real *const decoder_1 = output + 0;
    plain_dense(64, 784, 16, latent_z, net->decoder_0_weight[0][0], net->decoder_0_bias, decoder_0);
    for (int i = 0; i < 784; i++) decoder_1[i] = ae_relu(decoder_0[i]);
}

// encoder.1, dense (ael.aespec:8): dense_784_to_64_forward_relu, dense_784_to_64_weight_gradient, bias_gradient_64

AE_INLINE void dense_784_to_64_forward_relu_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real bias[restrict 64], const ae_real weight[restrict 4][784][16], const ae_real input[restrict][784],
        ae_real output[restrict][64]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = bias[c + lane];
    for (ptrdiff_t j = 0; j < 784; j++)
        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        output[s + row][c + lane] = ae_relu(sum[row][lane]);
}

// 784 -> 64, 100352 FLOP per sample, in blocks of 8 samples x 1 vector of 16 outputs; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_784_to_64_forward_relu(ptrdiff_t samples, const ae_real input[restrict][784],
        const ae_real weight[restrict 4][784][16], const ae_real bias[restrict 64], ae_real output[restrict][64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_784_to_64_forward_relu_block(8, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_784_to_64_forward_relu_block(4, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_784_to_64_forward_relu_block(2, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_784_to_64_forward_relu_block(1, c, s, bias, weight, input, output);
    }
}

// 784 -> 64, 100352 FLOP per sample, in blocks of 8 inputs x 1 vector of 16 outputs
//   gradient[i][o] = sum over samples of input[i] * d_output[o]
AE_KERNEL void dense_784_to_64_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real input[restrict][784], const ae_real d_output[restrict][64],
        ae_real gradient[restrict 4][784][16]) {
    for (ptrdiff_t c = 0; c < 64; c += 16)
        memset(gradient[c / 16][from], 0, (size_t)(to * 16 - from * 16) * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 64; c += 16)
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

// 64 elements
//   gradient[c] = sum over samples of d_output[c]
AE_KERNEL void bias_gradient_64(ptrdiff_t samples, const ae_real d_output[restrict][64],
        ae_real gradient[restrict 64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
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

// encoder.2, relu (ael.aespec:8): dense_784_to_64_forward_relu, dense_64_to_784_backward_select
// decoder.0, dense (ael.aespec:10): dense_64_to_784_forward_relu, dense_64_to_784_transpose,
// dense_64_to_784_backward_select, dense_64_to_784_weight_gradient, bias_gradient_784

AE_INLINE void dense_64_to_784_forward_relu_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real bias[restrict 784], const ae_real weight[restrict 49][64][16], const ae_real input[restrict][64],
        ae_real output[restrict][784]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = bias[c + lane];
    for (ptrdiff_t j = 0; j < 64; j++)
        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], input[s + row][j], weight[c / 16][j][lane]);
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        output[s + row][c + lane] = ae_relu(sum[row][lane]);
}

// 64 -> 784, 100352 FLOP per sample, in blocks of 8 samples x 1 vector of 16 outputs; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
AE_KERNEL void dense_64_to_784_forward_relu(ptrdiff_t samples, const ae_real input[restrict][64],
        const ae_real weight[restrict 49][64][16], const ae_real bias[restrict 784], ae_real output[restrict][784]) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_64_to_784_forward_relu_block(8, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_64_to_784_forward_relu_block(4, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_64_to_784_forward_relu_block(2, c, s, bias, weight, input, output);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_64_to_784_forward_relu_block(1, c, s, bias, weight, input, output);
    }
}

// 50176 elements
//   transposed[o][i] = weight[i][o]
AE_KERNEL void dense_64_to_784_transpose(ptrdiff_t from, ptrdiff_t to, const ae_real weight[restrict 49][64][16],
        ae_real transposed[restrict 4][784][16]) {
    for (ptrdiff_t i = from; i < to; i += 16)
        for (ptrdiff_t o = 0; o < 784; o += 16)
            ae_turn(16, 16, weight[o / 16][i], 16, transposed[i / 16][o], 16);
}

AE_INLINE void dense_64_to_784_backward_select_block(ptrdiff_t rows, ptrdiff_t c, ptrdiff_t s,
        const ae_real weight[restrict 4][784][16], const ae_real d_output[restrict][784],
        const ae_real in0[restrict][64], ae_real output[restrict][64]) {
    ae_real sum[8][16];
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        sum[row][lane] = AE_REAL(0.0);
    for (ptrdiff_t j = 0; j < 784; j++)
        for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
            AE_FMA(sum[row][lane], d_output[s + row][j], weight[c / 16][j][lane]);
    for (int lane = 0; lane < 16; lane++) AE_UNROLL for (ptrdiff_t row = 0; row < rows; row++)
        output[s + row][c + lane] = ae_select(in0[s + row][c + lane], AE_REAL(0.0), sum[row][lane]);
}

// 784 -> 64, 100352 FLOP per sample, in blocks of 8 samples x 1 vector of 16 outputs; then select
//   d_input[i] = sum over o of d_output[o] * weight[o][i], the transposed weight
AE_KERNEL void dense_64_to_784_backward_select(ptrdiff_t samples, const ae_real d_output[restrict][784],
        const ae_real weight[restrict 4][784][16], const ae_real in0[restrict][64], ae_real output[restrict][64]) {
    for (ptrdiff_t c = 0; c < 64; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8)
            dense_64_to_784_backward_select_block(8, c, s, weight, d_output, in0, output);
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4)
            dense_64_to_784_backward_select_block(4, c, s, weight, d_output, in0, output);
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2)
            dense_64_to_784_backward_select_block(2, c, s, weight, d_output, in0, output);
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++)
            dense_64_to_784_backward_select_block(1, c, s, weight, d_output, in0, output);
    }
}

// 64 -> 784, 100352 FLOP per sample, in blocks of 8 inputs x 1 vector of 16 outputs
//   gradient[i][o] = sum over samples of input[i] * d_output[o]
AE_KERNEL void dense_64_to_784_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real input[restrict][64], const ae_real d_output[restrict][784],
        ae_real gradient[restrict 49][64][16]) {
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

// decoder.1, relu (ael.aespec:10): dense_64_to_784_forward_relu, loss_mse_forward_backward
// mse, loss, mean of squared differences between output and normalised input (ael.aespec:11):
// loss_mse_forward_backward, loss_mse_forward

// 784 elements: subtract, multiply, sum, scale, scale, multiply, select
AE_KERNEL void loss_mse_forward_backward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real decoder_1[restrict][784], const ae_real input_x[restrict][784], ae_real loss_mse[restrict][1],
        ae_real d_decoder_0[restrict][784]) {
    const ae_real u0 = term_scale[0];
    const ae_real u1 = u0 * AE_REAL(0.0012755102040816326);
    const ae_real u2 = u1;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16)
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = decoder_1[s][i + lane] - input_x[s][i + lane];
                partial2[lane] += v0 * v0;
                d_decoder_0[s][i + lane] = ae_select(decoder_1[s][i + lane], AE_REAL(0.0), u2 * (v0 * AE_REAL(2.0)));
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
    {3, 1, 64, 64, {0, 0, 1, 0}},
};

// Transposed weights for the backward pass, once per step. A task is a weight, or some rows of one.
static void net_transpose(const struct ae_step *step, size_t task_number, ae_real *scratch) {
    (void)scratch;
    const struct ae_task task = ae_task(net_transpose_work, task_number);
    const ptrdiff_t from = task.from, to = task.to;
    const struct net_tensors *const net = (const void *)step->parameters;
    void *const decoder_0_weight_transposed = ae_place(step->repacked, 0);    // [4][784][16]
    ae_mark(step, task.kernel);
    switch (task.kernel) {
    case 3: dense_64_to_784_transpose(from, to, net->decoder_0_weight, decoder_0_weight_transposed); break;
    }
    ae_mark(step, 9);    // no kernel
}

// Forward and backward through the network. A task is a slot: a part of the batch with a gradient of its own, walked in
// micro-batches that stay in cache. Scratch memory is used again after its tensor has been read for the last time.
static void net_forward_backward(const struct ae_step *step, size_t task, ae_real *scratch) {
    const struct net_tensors *const net = (const void *)step->parameters;
    const size_t end = ae_slot_begin(step, task + 1);
    for (size_t first = ae_slot_begin(step, task); first < end; first += 64) {
        const ptrdiff_t samples = ae_least((ptrdiff_t)(end - first), 64);
        void *const input_x = ae_place(step->input, first * 784);                 // [samples][784]
        void *const encoder_2 = ae_kept(step, 0, first, 64);                      // [samples][64] after relu
        void *const decoder_1 = ae_place(scratch, 0);                             // [samples][784] after relu
        void *const loss_mse = ae_place(step->term, first * 1);                   // [samples][1]
        void *const d_decoder_0 = ae_kept(step, 64, first, 784);                  // [samples][784]
        void *const decoder_0_weight_transposed = ae_place(step->repacked, 0);    // [4][784][16]
        void *const d_encoder_1 = ae_kept(step, 848, first, 64);                  // [samples][64]
        AE_MARK(0) dense_784_to_64_forward_relu(samples, input_x, net->encoder_1_weight, net->encoder_1_bias,
                encoder_2);
        AE_MARK(1) dense_64_to_784_forward_relu(samples, encoder_2, net->decoder_0_weight, net->decoder_0_bias,
                decoder_1);
        AE_MARK(2) loss_mse_forward_backward(samples, step->term_scale, decoder_1, input_x, loss_mse, d_decoder_0);
        AE_MARK(4) dense_64_to_784_backward_select(samples, d_decoder_0, decoder_0_weight_transposed, encoder_2,
                d_encoder_1);
    }
    ae_mark(step, 9);    // no kernel
}

// Kernel, tasks, rows of a task, all rows; the elements of the gradient that row 0 completes: offset, length, runs,
// stride.
static const struct ae_work net_weight_gradients_work[] = {
    {5, 1, 64, 64, {50240, 16, 49, 1024}}, {6, 1, 1, 1, {100416, 784, 1, 0}}, {7, 13, 64, 784, {0, 16, 4, 12544}},
    {8, 1, 1, 1, {50176, 64, 1, 0}},
};

// Gradients of dense layers, summed over the batch's samples in order. A task is some rows of a weight (a row has the
// weights of one input), or a bias.
static void net_weight_gradients(const struct ae_step *step, size_t task_number, ae_real *scratch) {
    (void)scratch;
    const struct ae_task task = ae_task(net_weight_gradients_work, task_number);
    const ptrdiff_t samples = (ptrdiff_t)step->samples, from = task.from, to = task.to;
    struct net_tensors *const gradient = (void *)step->gradient;
    void *const encoder_2 = ae_kept(step, 0, 0, 64);        // [samples][64] after relu
    void *const d_decoder_0 = ae_kept(step, 64, 0, 784);    // [samples][784]
    void *const input_x = ae_place(step->input, 0);         // [samples][784]
    void *const d_encoder_1 = ae_kept(step, 848, 0, 64);    // [samples][64]
    ae_mark(step, task.kernel);
    switch (task.kernel) {
    case 5:
        dense_64_to_784_weight_gradient(samples, from, to, encoder_2, d_decoder_0, gradient->decoder_0_weight);
        break;
    case 6: bias_gradient_784(samples, d_decoder_0, gradient->decoder_0_bias); break;
    case 7:
        dense_784_to_64_weight_gradient(samples, from, to, input_x, d_encoder_1, gradient->encoder_1_weight);
        break;
    case 8: bias_gradient_64(samples, d_encoder_1, gradient->encoder_1_bias); break;
    }
    ae_mark(step, 9);    // no kernel
}

// A step: phases, one after the other; the tasks of one may run at once. Number of tasks, or 0 for one per slot; the
// table of tasks, or NULL; the function.
static const struct ae_phase net_phases[] = {
    {1, net_transpose_work, net_transpose}, {0, NULL, net_forward_backward},
    {16, net_weight_gradients_work, net_weight_gradients},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    (void)scratch;
    const struct net_tensors *const net = (const void *)parameters;
    void *const input_x = ae_place(input, 0);     // [samples][784]
    void *const encoder_2 = ae_place(code, 0);    // [samples][64] after relu
    dense_784_to_64_forward_relu((ptrdiff_t)samples, input_x, net->encoder_1_weight, net->encoder_1_bias, encoder_2);
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *z, ae_real *output,
                       ae_real *scratch) {
    (void)scratch;
    const struct net_tensors *const net = (const void *)parameters;
    void *const latent_z = ae_place(z, 0);          // [samples][64]
    void *const decoder_1 = ae_place(output, 0);    // [samples][784] after relu
    dense_64_to_784_forward_relu((ptrdiff_t)samples, latent_z, net->decoder_0_weight, net->decoder_0_bias, decoder_1);
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
    {"encoder.1.weight", {2, {64, 784}}, 3, {4, 16, 784}, {12544, 1, 16}, 0, 0.03571428571428571},
    {"encoder.1.bias", {1, {64}}, 1, {64}, {1}, 50176, 0.03571428571428571},
    {"decoder.0.weight", {2, {784, 64}}, 3, {49, 16, 64}, {1024, 1, 16}, 50240, 0.125},
    {"decoder.0.bias", {1, {784}}, 1, {784}, {1}, 100416, 0.125},
};

// Layers: name, kind, line of the spec, shape, parameters, FLOPs per sample of the forward pass.
static const struct ae_layer net_layers[] = {
    {"encoder.0", "flatten", 8, {1, {784}}, 0, 0}, {"encoder.1", "dense", 8, {1, {64}}, 50240, 100352},
    {"encoder.2", "relu", 8, {1, {64}}, 0, 0}, {"encoder.3", "dropout", 8, {1, {64}}, 0, 0},
    {"z", "code", 9, {1, {64}}, 0, 0}, {"decoder.0", "dense", 10, {1, {784}}, 50960, 100352},
    {"decoder.1", "relu", 10, {1, {784}}, 0, 0}, {"decoder.2", "reshape", 10, {3, {1, 28, 28}}, 0, 0},
};

// Kernels by their numbers: name, FLOPs and predicted cost (multiply-adds of whole vectors), per step if true, else
// per sample.
static const struct ae_kernel net_kernels[] = {
    /* 0 */ {"encoder.1 forward", 100352, 3821, false}, /* 1 */ {"decoder.0 forward", 100352, 4046, false},
    /* 2 */ {"loss mse forward", 0, 606.1, false}, /* 3 */ {"decoder.0 transpose", 0, 1.254e+04, true},
    /* 4 */ {"decoder.0 backward", 100352, 3825, false}, /* 5 */ {"decoder.0 weight_gradient", 100352, 3602, false},
    /* 6 */ {"decoder.0 bias_gradient", 0, 98.77, false}, /* 7 */ {"encoder.1 weight_gradient", 100352, 3602, false},
    /* 8 */ {"encoder.1 bias_gradient", 0, 8.062, false},
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
    settings[AE_SETTING_batch] = 1000.0;
    settings[AE_SETTING_epochs] = 16.0;
}

static const double net_mean[] = {0.1307};
static const double net_std[] = {0.3081};
// Inputs: name, shape, elements; data: source, scale, mean, std, whether values must be in [0, 1].
static const struct ae_input net_inputs[] = {
    {"x", {3, {1, 28, 28}}, 784, {"data/mnist", 0.00392156862745098, net_mean, net_std, false}}};

// Latents: name, kind, shape, elements, offset in the code, prior_std.
static const struct ae_latent net_latents[] = {{"z", AE_LATENT_CODE, {1, {64}}, 64, 0, 0.0}};

// Outputs: name, shape, elements, kind.
static const struct ae_output net_outputs[] = {{"x", {3, {1, 28, 28}}, 784, AE_OUTPUT_VALUES}};

static const struct ae_inference net_inference = {
    .samples_max = 32, .scratch_count = 0,
    .encode = net_encode, .decode = net_decode, .measure = net_measure,
};

static const struct ae_training net_training = {
    .memory = {.parameters = 101200, .trainable = 101200, .slotted = 0, .repacked = 50176,
               .terms = 1, .input = 784, .kept = 912, .scratch = 50176},
    .phases = net_phases, .phase_count = sizeof net_phases / sizeof *net_phases,
    .kernels = net_kernels, .kernel_count = 9, .lanes = 16, .peak = ae_peak,
};

const struct ae_model ae_model_ael = {
    .name = "ael", .file = "ael.aespec", .text = net_text,
    .target = "scalar", .real_bytes = sizeof(ae_real), .features = AE_FEATURES,
    .input_count = 784, .latent_count = 64, .code_count = 64, .output_count = 784,
    .inputs = net_inputs, .input_tensors = 1,
    .latents = net_latents, .latent_tensors = 1,
    .outputs = net_outputs, .output_tensors = 1,
    .parameters = net_parameters, .parameter_tensors = 4, .parameter_count = 101200,
    .layers = net_layers, .layer_count = 8,
    .terms = net_terms, .term_count = 1,
    .constants = NULL, .constant_count = 0,
    .derive = net_derive, .inference = &net_inference, .training = &net_training,
};
