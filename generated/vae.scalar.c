// The autoencoder vae, made by aespec from vae.aespec: kernels, then training, evaluation and tables.
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

// decoder.2 repack (vae.aespec:8): 401408 elements
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

// decoder.0 repack (vae.aespec:8): 1024 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void net_decoder_0_repack(
        const ae_real *restrict weight,
        ae_real *restrict packed) {
    for (ptrdiff_t s = 0; s < 512; s += 16) {
        ae_turn(2, 16, weight + s * 2, 16, packed + s * 2, 2);
    }
}

// z.log_sigma repack (vae.aespec:7): 1024 elements
// z.mu repack (vae.aespec:7): 1024 elements
//   packed[o][i] = weight[i][o]
AE_KERNEL void net_z_log_sigma_repack(ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict weight,
        ae_real *restrict packed) {
    for (ptrdiff_t l = from; l < to; l += 16) {
        ae_turn(16, 2, weight + l * 2, 2, packed + l * 2, 16);
    }
}

// encoder.1 forward (vae.aespec:6): 784 -> 512, 802816 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void net_encoder_1_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane]; sum2[lane] = bias[c + lane];
                sum3[lane] = bias[c + lane]; sum4[lane] = bias[c + lane]; sum5[lane] = bias[c + lane];
                sum6[lane] = bias[c + lane]; sum7[lane] = bias[c + lane];
            }
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const input_at = input + (s * 784 + j);
                const ae_real t0 = input_at[0], t1 = input_at[784], t2 = input_at[1568], t3 = input_at[2352];
                const ae_real t4 = input_at[3136], t5 = input_at[3920], t6 = input_at[4704], t7 = input_at[5488];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 784 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                    AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                    AE_FMA(sum7[lane], t7, w0);
                }
            }
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum1[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[512 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum2[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[1024 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum3[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[1536 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum4[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[2048 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum5[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[2560 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum6[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[3072 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum7[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[3584 + lane] = v0;
            }
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane]; sum2[lane] = bias[c + lane];
                sum3[lane] = bias[c + lane];
            }
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const input_at = input + (s * 784 + j);
                const ae_real t0 = input_at[0], t1 = input_at[784], t2 = input_at[1568], t3 = input_at[2352];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 784 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                }
            }
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum1[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[512 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum2[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[1024 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum3[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[1536 + lane] = v0;
            }
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_real sum0[16], sum1[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane];
            }
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const input_at = input + (s * 784 + j);
                const ae_real t0 = input_at[0], t1 = input_at[784];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 784 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0);
                }
            }
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum1[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[512 + lane] = v0;
            }
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_real sum0[16];
            for (int lane = 0; lane < 16; lane++) sum0[lane] = bias[c + lane];
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real t0 = input[s * 784 + j];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 784 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                }
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0[s * 512 + c + lane] = v0;
            }
        }
    }
}

// z.mu forward (vae.aespec:7): 512 -> 2, 2048 FLOP a sample
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void net_z_mu_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict output) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
        ae_real sum0[2], sum1[2], sum2[2], sum3[2], sum4[2], sum5[2], sum6[2], sum7[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = bias[lane]; sum1[lane] = bias[lane]; sum2[lane] = bias[lane]; sum3[lane] = bias[lane];
            sum4[lane] = bias[lane]; sum5[lane] = bias[lane]; sum6[lane] = bias[lane]; sum7[lane] = bias[lane];
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512], t2 = input_at[1024], t3 = input_at[1536];
            const ae_real t4 = input_at[2048], t5 = input_at[2560], t6 = input_at[3072], t7 = input_at[3584];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
                AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0); AE_FMA(sum4[lane], t4, w0);
                AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0); AE_FMA(sum7[lane], t7, w0);
            }
        }
        ae_real *const output_at = output + (s * 2);
        for (int lane = 0; lane < 2; lane++) output_at[lane] = sum0[lane];
        for (int lane = 0; lane < 2; lane++) output_at[2 + lane] = sum1[lane];
        for (int lane = 0; lane < 2; lane++) output_at[4 + lane] = sum2[lane];
        for (int lane = 0; lane < 2; lane++) output_at[6 + lane] = sum3[lane];
        for (int lane = 0; lane < 2; lane++) output_at[8 + lane] = sum4[lane];
        for (int lane = 0; lane < 2; lane++) output_at[10 + lane] = sum5[lane];
        for (int lane = 0; lane < 2; lane++) output_at[12 + lane] = sum6[lane];
        for (int lane = 0; lane < 2; lane++) output_at[14 + lane] = sum7[lane];
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_real sum0[2], sum1[2], sum2[2], sum3[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = bias[lane]; sum1[lane] = bias[lane]; sum2[lane] = bias[lane]; sum3[lane] = bias[lane];
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512], t2 = input_at[1024], t3 = input_at[1536];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
                AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
            }
        }
        ae_real *const output_at = output + (s * 2);
        for (int lane = 0; lane < 2; lane++) output_at[lane] = sum0[lane];
        for (int lane = 0; lane < 2; lane++) output_at[2 + lane] = sum1[lane];
        for (int lane = 0; lane < 2; lane++) output_at[4 + lane] = sum2[lane];
        for (int lane = 0; lane < 2; lane++) output_at[6 + lane] = sum3[lane];
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_real sum0[2], sum1[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = bias[lane]; sum1[lane] = bias[lane];
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
            }
        }
        ae_real *const output_at = output + (s * 2);
        for (int lane = 0; lane < 2; lane++) output_at[lane] = sum0[lane];
        for (int lane = 0; lane < 2; lane++) output_at[2 + lane] = sum1[lane];
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_real sum0[2];
        for (int lane = 0; lane < 2; lane++) sum0[lane] = bias[lane];
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real t0 = input[s * 512 + j];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0);
            }
        }
        for (int lane = 0; lane < 2; lane++) output[s * 2 + lane] = sum0[lane];
    }
}

// z.log_sigma forward (vae.aespec:7): 512 -> 2, 2048 FLOP a sample; then exp
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void net_z_log_sigma_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict output,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
        ae_real sum0[2], sum1[2], sum2[2], sum3[2], sum4[2], sum5[2], sum6[2], sum7[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = bias[lane]; sum1[lane] = bias[lane]; sum2[lane] = bias[lane]; sum3[lane] = bias[lane];
            sum4[lane] = bias[lane]; sum5[lane] = bias[lane]; sum6[lane] = bias[lane]; sum7[lane] = bias[lane];
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512], t2 = input_at[1024], t3 = input_at[1536];
            const ae_real t4 = input_at[2048], t5 = input_at[2560], t6 = input_at[3072], t7 = input_at[3584];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
                AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0); AE_FMA(sum4[lane], t4, w0);
                AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0); AE_FMA(sum7[lane], t7, w0);
            }
        }
        ae_real *const output_at = output + (s * 2);
        ae_real *const out0_at = out0 + (s * 2);
        for (int lane = 0; lane < 2; lane++) {
            output_at[lane] = sum0[lane];
            const ae_real v0 = ae_exp(sum0[lane]); out0_at[lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[2 + lane] = sum1[lane];
            const ae_real v0 = ae_exp(sum1[lane]); out0_at[2 + lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[4 + lane] = sum2[lane];
            const ae_real v0 = ae_exp(sum2[lane]); out0_at[4 + lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[6 + lane] = sum3[lane];
            const ae_real v0 = ae_exp(sum3[lane]); out0_at[6 + lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[8 + lane] = sum4[lane];
            const ae_real v0 = ae_exp(sum4[lane]); out0_at[8 + lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[10 + lane] = sum5[lane];
            const ae_real v0 = ae_exp(sum5[lane]); out0_at[10 + lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[12 + lane] = sum6[lane];
            const ae_real v0 = ae_exp(sum6[lane]); out0_at[12 + lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[14 + lane] = sum7[lane];
            const ae_real v0 = ae_exp(sum7[lane]); out0_at[14 + lane] = v0;
        }
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_real sum0[2], sum1[2], sum2[2], sum3[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = bias[lane]; sum1[lane] = bias[lane]; sum2[lane] = bias[lane]; sum3[lane] = bias[lane];
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512], t2 = input_at[1024], t3 = input_at[1536];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
                AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
            }
        }
        ae_real *const output_at = output + (s * 2);
        ae_real *const out0_at = out0 + (s * 2);
        for (int lane = 0; lane < 2; lane++) {
            output_at[lane] = sum0[lane];
            const ae_real v0 = ae_exp(sum0[lane]); out0_at[lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[2 + lane] = sum1[lane];
            const ae_real v0 = ae_exp(sum1[lane]); out0_at[2 + lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[4 + lane] = sum2[lane];
            const ae_real v0 = ae_exp(sum2[lane]); out0_at[4 + lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[6 + lane] = sum3[lane];
            const ae_real v0 = ae_exp(sum3[lane]); out0_at[6 + lane] = v0;
        }
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_real sum0[2], sum1[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = bias[lane]; sum1[lane] = bias[lane];
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
            }
        }
        ae_real *const output_at = output + (s * 2);
        ae_real *const out0_at = out0 + (s * 2);
        for (int lane = 0; lane < 2; lane++) {
            output_at[lane] = sum0[lane];
            const ae_real v0 = ae_exp(sum0[lane]); out0_at[lane] = v0;
        }
        for (int lane = 0; lane < 2; lane++) {
            output_at[2 + lane] = sum1[lane];
            const ae_real v0 = ae_exp(sum1[lane]); out0_at[2 + lane] = v0;
        }
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_real sum0[2];
        for (int lane = 0; lane < 2; lane++) sum0[lane] = bias[lane];
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real t0 = input[s * 512 + j];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0);
            }
        }
        for (int lane = 0; lane < 2; lane++) {
            output[s * 2 + lane] = sum0[lane];
            const ae_real v0 = ae_exp(sum0[lane]); out0[s * 2 + lane] = v0;
        }
    }
}

// z normal (vae.aespec:7): 2 elements
AE_KERNEL void net_z_normal(ptrdiff_t samples, const struct ae_step *step, size_t first,
        ae_real *restrict output) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_random_normal(step->seed, step->epoch, step->sample[first + s], 0, 2, output + s * 2);
    }
}

// z forward (vae.aespec:7): 2 elements; multiply, add
AE_KERNEL void net_z_forward(ptrdiff_t samples,
        const ae_real *restrict in0,
        const ae_real *restrict in1,
        const ae_real *restrict in2,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0[s * 2 + lane] * in1[s * 2 + lane];
            const ae_real v1 = in2[s * 2 + lane] + v0; out0[s * 2 + lane] = v1;
        }
    }
}

// decoder.0 forward (vae.aespec:8): 2 -> 512, 2048 FLOP a sample; then relu
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void net_decoder_0_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane]; sum2[lane] = bias[c + lane];
                sum3[lane] = bias[c + lane]; sum4[lane] = bias[c + lane]; sum5[lane] = bias[c + lane];
                sum6[lane] = bias[c + lane]; sum7[lane] = bias[c + lane];
            }
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_real t0 = input_at[0], t1 = input_at[2], t2 = input_at[4], t3 = input_at[6];
                const ae_real t4 = input_at[8], t5 = input_at[10], t6 = input_at[12], t7 = input_at[14];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                    AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                    AE_FMA(sum7[lane], t7, w0);
                }
            }
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum1[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[512 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum2[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[1024 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum3[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[1536 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum4[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[2048 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum5[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[2560 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum6[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[3072 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum7[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[3584 + lane] = v0;
            }
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane]; sum2[lane] = bias[c + lane];
                sum3[lane] = bias[c + lane];
            }
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_real t0 = input_at[0], t1 = input_at[2], t2 = input_at[4], t3 = input_at[6];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                }
            }
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum1[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[512 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum2[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[1024 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum3[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[1536 + lane] = v0;
            }
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_real sum0[16], sum1[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane];
            }
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_real t0 = input_at[0], t1 = input_at[2];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0);
                }
            }
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum1[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0_at[512 + lane] = v0;
            }
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_real sum0[16];
            for (int lane = 0; lane < 16; lane++) sum0[lane] = bias[c + lane];
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real t0 = input[s * 2 + j];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                }
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? 0 : a0; out0[s * 512 + c + lane] = v0;
            }
        }
    }
}

// decoder.2 forward (vae.aespec:8): 512 -> 784, 802816 FLOP a sample
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void net_decoder_2_forward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict output) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane]; sum2[lane] = bias[c + lane];
                sum3[lane] = bias[c + lane]; sum4[lane] = bias[c + lane]; sum5[lane] = bias[c + lane];
                sum6[lane] = bias[c + lane]; sum7[lane] = bias[c + lane];
            }
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real *const input_at = input + (s * 512 + j);
                const ae_real t0 = input_at[0], t1 = input_at[512], t2 = input_at[1024], t3 = input_at[1536];
                const ae_real t4 = input_at[2048], t5 = input_at[2560], t6 = input_at[3072], t7 = input_at[3584];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 512 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                    AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                    AE_FMA(sum7[lane], t7, w0);
                }
            }
            ae_real *const output_at = output + (s * 784 + c);
            for (int lane = 0; lane < 16; lane++) output_at[lane] = sum0[lane];
            for (int lane = 0; lane < 16; lane++) output_at[784 + lane] = sum1[lane];
            for (int lane = 0; lane < 16; lane++) output_at[1568 + lane] = sum2[lane];
            for (int lane = 0; lane < 16; lane++) output_at[2352 + lane] = sum3[lane];
            for (int lane = 0; lane < 16; lane++) output_at[3136 + lane] = sum4[lane];
            for (int lane = 0; lane < 16; lane++) output_at[3920 + lane] = sum5[lane];
            for (int lane = 0; lane < 16; lane++) output_at[4704 + lane] = sum6[lane];
            for (int lane = 0; lane < 16; lane++) output_at[5488 + lane] = sum7[lane];
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane]; sum2[lane] = bias[c + lane];
                sum3[lane] = bias[c + lane];
            }
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real *const input_at = input + (s * 512 + j);
                const ae_real t0 = input_at[0], t1 = input_at[512], t2 = input_at[1024], t3 = input_at[1536];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 512 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                }
            }
            ae_real *const output_at = output + (s * 784 + c);
            for (int lane = 0; lane < 16; lane++) output_at[lane] = sum0[lane];
            for (int lane = 0; lane < 16; lane++) output_at[784 + lane] = sum1[lane];
            for (int lane = 0; lane < 16; lane++) output_at[1568 + lane] = sum2[lane];
            for (int lane = 0; lane < 16; lane++) output_at[2352 + lane] = sum3[lane];
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_real sum0[16], sum1[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = bias[c + lane]; sum1[lane] = bias[c + lane];
            }
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real *const input_at = input + (s * 512 + j);
                const ae_real t0 = input_at[0], t1 = input_at[512];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 512 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0);
                }
            }
            ae_real *const output_at = output + (s * 784 + c);
            for (int lane = 0; lane < 16; lane++) output_at[lane] = sum0[lane];
            for (int lane = 0; lane < 16; lane++) output_at[784 + lane] = sum1[lane];
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_real sum0[16];
            for (int lane = 0; lane < 16; lane++) sum0[lane] = bias[c + lane];
            for (ptrdiff_t j = 0; j < 512; j++) {
                const ae_real t0 = input[s * 512 + j];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 512 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                }
            }
            for (int lane = 0; lane < 16; lane++) output[s * 784 + c + lane] = sum0[lane];
        }
    }
}

// sse forward (vae.aespec:9): 784 elements
//   subtract, multiply, sum, scale, multiply
AE_KERNEL void net_loss_sse_forward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real *restrict in0,
        const ae_real *restrict in1,
        ae_real *restrict out0,
        ae_real *restrict out1) {
    const ae_real u32 = term_scale[0];
    const ae_real u41 = u32;
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial2[16] = {0};
        for (ptrdiff_t i = 0; i < 784; i += 16) {
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0[s * 784 + i + lane] - in1[s * 784 + i + lane];
                const ae_real v1 = v0 * v0; partial2[lane] += v1;
                const ae_real v3 = v0 * AE_REAL(2.0);
                const ae_real v4 = u41 * v3; out1[s * 784 + i + lane] = v4;
            }
        }
        const ae_real v2 = ae_join(partial2);
        out0[s * 2] = v2;
    }
}

// kl forward (vae.aespec:9): 2 elements; multiply
AE_KERNEL void net_loss_kl_forward(ptrdiff_t samples,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        const ae_real *const in0_at = in0 + (s * 2);
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[lane] * in0_at[lane]; out0[s * 2 + lane] = v0;
        }
    }
}

// kl forward (vae.aespec:9): 2 elements
//   multiply, add, scale, subtract, offset, sum
AE_KERNEL void net_loss_kl_forward_2(ptrdiff_t samples,
        const ae_real *restrict in0,
        const ae_real *restrict in2,
        const ae_real *restrict in3,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial5[16] = {0};
        const ae_real *const in0_at = in0 + (s * 2);
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[lane] * in0_at[lane];
            const ae_real v1 = v0 + in2[s * 2 + lane];
            const ae_real v2 = v1 * AE_REAL(0x1.ffffffffffffep-1);
            const ae_real v3 = v2 - in3[s * 2 + lane];
            const ae_real v4 = v3 + AE_REAL(-0x1.b17217f7d1cf7p-1); partial5[lane] += v4;
        }
        const ae_real v5 = ae_join(partial5);
        out0[s * 2] = v5;
    }
}

// kl backward (vae.aespec:9): 2 elements; scale, multiply
AE_KERNEL void net_loss_kl_backward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    const ae_real u33 = term_scale[1];
    const ae_real u34 = u33;
    const ae_real u36 = u34 * AE_REAL(0x1.ffffffffffffep-1);
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0[s * 2 + lane] * AE_REAL(2.0);
            const ae_real v1 = u36 * v0; out0[s * 2 + lane] = v1;
        }
    }
}

// decoder.2 backward (vae.aespec:8): 784 -> 512, 802816 FLOP a sample; then select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void net_decoder_2_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                sum3[lane] = AE_REAL(0.0); sum4[lane] = AE_REAL(0.0); sum5[lane] = AE_REAL(0.0);
                sum6[lane] = AE_REAL(0.0); sum7[lane] = AE_REAL(0.0);
            }
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const input_at = input + (s * 784 + j);
                const ae_real t0 = input_at[0], t1 = input_at[784], t2 = input_at[1568], t3 = input_at[2352];
                const ae_real t4 = input_at[3136], t5 = input_at[3920], t6 = input_at[4704], t7 = input_at[5488];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 784 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                    AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                    AE_FMA(sum7[lane], t7, w0);
                }
            }
            const ae_real *const in0_at = in0 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[lane];
                const ae_real c0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[512 + lane];
                const ae_real c0 = sum1[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[512 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[1024 + lane];
                const ae_real c0 = sum2[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[1024 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[1536 + lane];
                const ae_real c0 = sum3[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[1536 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[2048 + lane];
                const ae_real c0 = sum4[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[2048 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[2560 + lane];
                const ae_real c0 = sum5[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[2560 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[3072 + lane];
                const ae_real c0 = sum6[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[3072 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[3584 + lane];
                const ae_real c0 = sum7[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[3584 + lane] = v0;
            }
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                sum3[lane] = AE_REAL(0.0);
            }
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const input_at = input + (s * 784 + j);
                const ae_real t0 = input_at[0], t1 = input_at[784], t2 = input_at[1568], t3 = input_at[2352];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 784 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                }
            }
            const ae_real *const in0_at = in0 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[lane];
                const ae_real c0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[512 + lane];
                const ae_real c0 = sum1[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[512 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[1024 + lane];
                const ae_real c0 = sum2[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[1024 + lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[1536 + lane];
                const ae_real c0 = sum3[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[1536 + lane] = v0;
            }
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_real sum0[16], sum1[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0);
            }
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real *const input_at = input + (s * 784 + j);
                const ae_real t0 = input_at[0], t1 = input_at[784];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 784 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0);
                }
            }
            const ae_real *const in0_at = in0 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[lane];
                const ae_real c0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[lane] = v0;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0_at[512 + lane];
                const ae_real c0 = sum1[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0_at[512 + lane] = v0;
            }
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_real sum0[16];
            for (int lane = 0; lane < 16; lane++) sum0[lane] = AE_REAL(0.0);
            for (ptrdiff_t j = 0; j < 784; j++) {
                const ae_real t0 = input[s * 784 + j];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 784 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                }
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real a0 = in0[s * 512 + c + lane];
                const ae_real c0 = sum0[lane];
                const ae_real v0 = a0 <= 0 ? AE_REAL(0.0) : c0; out0[s * 512 + c + lane] = v0;
            }
        }
    }
}

// decoder.0 backward (vae.aespec:8): 512 -> 2, 2048 FLOP a sample
//   then add, multiply, add, multiply, add
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void net_decoder_0_backward(ptrdiff_t samples, const ae_real *term_scale,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        ae_real *restrict out0,
        const ae_real *restrict in1,
        const ae_real *restrict in2,
        const ae_real *restrict in3,
        ae_real *restrict out1) {
    const ae_real u33 = term_scale[1];
    const ae_real u34 = u33;
    const ae_real u35 = u34 * AE_REAL(-1.0);
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
        ae_real sum0[2], sum1[2], sum2[2], sum3[2], sum4[2], sum5[2], sum6[2], sum7[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
            sum3[lane] = AE_REAL(0.0); sum4[lane] = AE_REAL(0.0); sum5[lane] = AE_REAL(0.0);
            sum6[lane] = AE_REAL(0.0); sum7[lane] = AE_REAL(0.0);
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512], t2 = input_at[1024], t3 = input_at[1536];
            const ae_real t4 = input_at[2048], t5 = input_at[2560], t6 = input_at[3072], t7 = input_at[3584];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
                AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0); AE_FMA(sum4[lane], t4, w0);
                AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0); AE_FMA(sum7[lane], t7, w0);
            }
        }
        const ae_real *const in0_at = in0 + (s * 2);
        ae_real *const out0_at = out0 + (s * 2);
        const ae_real *const in1_at = in1 + (s * 2);
        const ae_real *const in2_at = in2 + (s * 2);
        const ae_real *const in3_at = in3 + (s * 2);
        ae_real *const out1_at = out1 + (s * 2);
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[lane] + sum0[lane]; out0_at[lane] = v0;
            const ae_real v1 = sum0[lane] * in1_at[lane];
            const ae_real v2 = in2_at[lane] + v1;
            const ae_real v3 = v2 * in3_at[lane];
            const ae_real v4 = u35 + v3; out1_at[lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[2 + lane] + sum1[lane]; out0_at[2 + lane] = v0;
            const ae_real v1 = sum1[lane] * in1_at[2 + lane];
            const ae_real v2 = in2_at[2 + lane] + v1;
            const ae_real v3 = v2 * in3_at[2 + lane];
            const ae_real v4 = u35 + v3; out1_at[2 + lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[4 + lane] + sum2[lane]; out0_at[4 + lane] = v0;
            const ae_real v1 = sum2[lane] * in1_at[4 + lane];
            const ae_real v2 = in2_at[4 + lane] + v1;
            const ae_real v3 = v2 * in3_at[4 + lane];
            const ae_real v4 = u35 + v3; out1_at[4 + lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[6 + lane] + sum3[lane]; out0_at[6 + lane] = v0;
            const ae_real v1 = sum3[lane] * in1_at[6 + lane];
            const ae_real v2 = in2_at[6 + lane] + v1;
            const ae_real v3 = v2 * in3_at[6 + lane];
            const ae_real v4 = u35 + v3; out1_at[6 + lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[8 + lane] + sum4[lane]; out0_at[8 + lane] = v0;
            const ae_real v1 = sum4[lane] * in1_at[8 + lane];
            const ae_real v2 = in2_at[8 + lane] + v1;
            const ae_real v3 = v2 * in3_at[8 + lane];
            const ae_real v4 = u35 + v3; out1_at[8 + lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[10 + lane] + sum5[lane]; out0_at[10 + lane] = v0;
            const ae_real v1 = sum5[lane] * in1_at[10 + lane];
            const ae_real v2 = in2_at[10 + lane] + v1;
            const ae_real v3 = v2 * in3_at[10 + lane];
            const ae_real v4 = u35 + v3; out1_at[10 + lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[12 + lane] + sum6[lane]; out0_at[12 + lane] = v0;
            const ae_real v1 = sum6[lane] * in1_at[12 + lane];
            const ae_real v2 = in2_at[12 + lane] + v1;
            const ae_real v3 = v2 * in3_at[12 + lane];
            const ae_real v4 = u35 + v3; out1_at[12 + lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[14 + lane] + sum7[lane]; out0_at[14 + lane] = v0;
            const ae_real v1 = sum7[lane] * in1_at[14 + lane];
            const ae_real v2 = in2_at[14 + lane] + v1;
            const ae_real v3 = v2 * in3_at[14 + lane];
            const ae_real v4 = u35 + v3; out1_at[14 + lane] = v4;
        }
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_real sum0[2], sum1[2], sum2[2], sum3[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
            sum3[lane] = AE_REAL(0.0);
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512], t2 = input_at[1024], t3 = input_at[1536];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
                AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
            }
        }
        const ae_real *const in0_at = in0 + (s * 2);
        ae_real *const out0_at = out0 + (s * 2);
        const ae_real *const in1_at = in1 + (s * 2);
        const ae_real *const in2_at = in2 + (s * 2);
        const ae_real *const in3_at = in3 + (s * 2);
        ae_real *const out1_at = out1 + (s * 2);
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[lane] + sum0[lane]; out0_at[lane] = v0;
            const ae_real v1 = sum0[lane] * in1_at[lane];
            const ae_real v2 = in2_at[lane] + v1;
            const ae_real v3 = v2 * in3_at[lane];
            const ae_real v4 = u35 + v3; out1_at[lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[2 + lane] + sum1[lane]; out0_at[2 + lane] = v0;
            const ae_real v1 = sum1[lane] * in1_at[2 + lane];
            const ae_real v2 = in2_at[2 + lane] + v1;
            const ae_real v3 = v2 * in3_at[2 + lane];
            const ae_real v4 = u35 + v3; out1_at[2 + lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[4 + lane] + sum2[lane]; out0_at[4 + lane] = v0;
            const ae_real v1 = sum2[lane] * in1_at[4 + lane];
            const ae_real v2 = in2_at[4 + lane] + v1;
            const ae_real v3 = v2 * in3_at[4 + lane];
            const ae_real v4 = u35 + v3; out1_at[4 + lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[6 + lane] + sum3[lane]; out0_at[6 + lane] = v0;
            const ae_real v1 = sum3[lane] * in1_at[6 + lane];
            const ae_real v2 = in2_at[6 + lane] + v1;
            const ae_real v3 = v2 * in3_at[6 + lane];
            const ae_real v4 = u35 + v3; out1_at[6 + lane] = v4;
        }
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_real sum0[2], sum1[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0);
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
            }
        }
        const ae_real *const in0_at = in0 + (s * 2);
        ae_real *const out0_at = out0 + (s * 2);
        const ae_real *const in1_at = in1 + (s * 2);
        const ae_real *const in2_at = in2 + (s * 2);
        const ae_real *const in3_at = in3 + (s * 2);
        ae_real *const out1_at = out1 + (s * 2);
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[lane] + sum0[lane]; out0_at[lane] = v0;
            const ae_real v1 = sum0[lane] * in1_at[lane];
            const ae_real v2 = in2_at[lane] + v1;
            const ae_real v3 = v2 * in3_at[lane];
            const ae_real v4 = u35 + v3; out1_at[lane] = v4;
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[2 + lane] + sum1[lane]; out0_at[2 + lane] = v0;
            const ae_real v1 = sum1[lane] * in1_at[2 + lane];
            const ae_real v2 = in2_at[2 + lane] + v1;
            const ae_real v3 = v2 * in3_at[2 + lane];
            const ae_real v4 = u35 + v3; out1_at[2 + lane] = v4;
        }
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_real sum0[2];
        for (int lane = 0; lane < 2; lane++) sum0[lane] = AE_REAL(0.0);
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real t0 = input[s * 512 + j];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0);
            }
        }
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0[s * 2 + lane] + sum0[lane]; out0[s * 2 + lane] = v0;
            const ae_real v1 = sum0[lane] * in1[s * 2 + lane];
            const ae_real v2 = in2[s * 2 + lane] + v1;
            const ae_real v3 = v2 * in3[s * 2 + lane];
            const ae_real v4 = u35 + v3; out1[s * 2 + lane] = v4;
        }
    }
}

// z.log_sigma backward (vae.aespec:7): 2 -> 512, 2048 FLOP a sample
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void net_z_log_sigma_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        ae_real *restrict output) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                sum3[lane] = AE_REAL(0.0); sum4[lane] = AE_REAL(0.0); sum5[lane] = AE_REAL(0.0);
                sum6[lane] = AE_REAL(0.0); sum7[lane] = AE_REAL(0.0);
            }
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_real t0 = input_at[0], t1 = input_at[2], t2 = input_at[4], t3 = input_at[6];
                const ae_real t4 = input_at[8], t5 = input_at[10], t6 = input_at[12], t7 = input_at[14];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                    AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                    AE_FMA(sum7[lane], t7, w0);
                }
            }
            ae_real *const output_at = output + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) output_at[lane] = sum0[lane];
            for (int lane = 0; lane < 16; lane++) output_at[512 + lane] = sum1[lane];
            for (int lane = 0; lane < 16; lane++) output_at[1024 + lane] = sum2[lane];
            for (int lane = 0; lane < 16; lane++) output_at[1536 + lane] = sum3[lane];
            for (int lane = 0; lane < 16; lane++) output_at[2048 + lane] = sum4[lane];
            for (int lane = 0; lane < 16; lane++) output_at[2560 + lane] = sum5[lane];
            for (int lane = 0; lane < 16; lane++) output_at[3072 + lane] = sum6[lane];
            for (int lane = 0; lane < 16; lane++) output_at[3584 + lane] = sum7[lane];
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                sum3[lane] = AE_REAL(0.0);
            }
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_real t0 = input_at[0], t1 = input_at[2], t2 = input_at[4], t3 = input_at[6];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                }
            }
            ae_real *const output_at = output + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) output_at[lane] = sum0[lane];
            for (int lane = 0; lane < 16; lane++) output_at[512 + lane] = sum1[lane];
            for (int lane = 0; lane < 16; lane++) output_at[1024 + lane] = sum2[lane];
            for (int lane = 0; lane < 16; lane++) output_at[1536 + lane] = sum3[lane];
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_real sum0[16], sum1[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0);
            }
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_real t0 = input_at[0], t1 = input_at[2];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0);
                }
            }
            ae_real *const output_at = output + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) output_at[lane] = sum0[lane];
            for (int lane = 0; lane < 16; lane++) output_at[512 + lane] = sum1[lane];
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_real sum0[16];
            for (int lane = 0; lane < 16; lane++) sum0[lane] = AE_REAL(0.0);
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real t0 = input[s * 2 + j];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                }
            }
            for (int lane = 0; lane < 16; lane++) output[s * 512 + c + lane] = sum0[lane];
        }
    }
}

// z.mu backward (vae.aespec:7): 2 -> 512, 2048 FLOP a sample; then add, select
//   output[o] = sum over i of input[i] * weight[i][o], the layer's weight with its sides exchanged
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void net_z_mu_backward(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict in0,
        const ae_real *restrict in1,
        ae_real *restrict out0) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                sum3[lane] = AE_REAL(0.0); sum4[lane] = AE_REAL(0.0); sum5[lane] = AE_REAL(0.0);
                sum6[lane] = AE_REAL(0.0); sum7[lane] = AE_REAL(0.0);
            }
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_real t0 = input_at[0], t1 = input_at[2], t2 = input_at[4], t3 = input_at[6];
                const ae_real t4 = input_at[8], t5 = input_at[10], t6 = input_at[12], t7 = input_at[14];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                    AE_FMA(sum4[lane], t4, w0); AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0);
                    AE_FMA(sum7[lane], t7, w0);
                }
            }
            const ae_real *const in0_at = in0 + (s * 512 + c);
            const ae_real *const in1_at = in1 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[lane] + sum0[lane];
                const ae_real a1 = in1_at[lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[512 + lane] + sum1[lane];
                const ae_real a1 = in1_at[512 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[512 + lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[1024 + lane] + sum2[lane];
                const ae_real a1 = in1_at[1024 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[1024 + lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[1536 + lane] + sum3[lane];
                const ae_real a1 = in1_at[1536 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[1536 + lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[2048 + lane] + sum4[lane];
                const ae_real a1 = in1_at[2048 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[2048 + lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[2560 + lane] + sum5[lane];
                const ae_real a1 = in1_at[2560 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[2560 + lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[3072 + lane] + sum6[lane];
                const ae_real a1 = in1_at[3072 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[3072 + lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[3584 + lane] + sum7[lane];
                const ae_real a1 = in1_at[3584 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[3584 + lane] = v1;
            }
        }
        for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
            ae_real sum0[16], sum1[16], sum2[16], sum3[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0); sum2[lane] = AE_REAL(0.0);
                sum3[lane] = AE_REAL(0.0);
            }
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_real t0 = input_at[0], t1 = input_at[2], t2 = input_at[4], t3 = input_at[6];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0); AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
                }
            }
            const ae_real *const in0_at = in0 + (s * 512 + c);
            const ae_real *const in1_at = in1 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[lane] + sum0[lane];
                const ae_real a1 = in1_at[lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[512 + lane] + sum1[lane];
                const ae_real a1 = in1_at[512 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[512 + lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[1024 + lane] + sum2[lane];
                const ae_real a1 = in1_at[1024 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[1024 + lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[1536 + lane] + sum3[lane];
                const ae_real a1 = in1_at[1536 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[1536 + lane] = v1;
            }
        }
        for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
            ae_real sum0[16], sum1[16];
            for (int lane = 0; lane < 16; lane++) {
                sum0[lane] = AE_REAL(0.0); sum1[lane] = AE_REAL(0.0);
            }
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real *const input_at = input + (s * 2 + j);
                const ae_real t0 = input_at[0], t1 = input_at[2];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                    AE_FMA(sum1[lane], t1, w0);
                }
            }
            const ae_real *const in0_at = in0 + (s * 512 + c);
            const ae_real *const in1_at = in1 + (s * 512 + c);
            ae_real *const out0_at = out0 + (s * 512 + c);
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[lane] + sum0[lane];
                const ae_real a1 = in1_at[lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[lane] = v1;
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0_at[512 + lane] + sum1[lane];
                const ae_real a1 = in1_at[512 + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0_at[512 + lane] = v1;
            }
        }
        for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
            ae_real sum0[16];
            for (int lane = 0; lane < 16; lane++) sum0[lane] = AE_REAL(0.0);
            for (ptrdiff_t j = 0; j < 2; j++) {
                const ae_real t0 = input[s * 2 + j];
                for (int lane = 0; lane < 16; lane++) {
                    const ae_real w0 = weight[c * 2 + j * 16 + lane]; AE_FMA(sum0[lane], t0, w0);
                }
            }
            for (int lane = 0; lane < 16; lane++) {
                const ae_real v0 = in0[s * 512 + c + lane] + sum0[lane];
                const ae_real a1 = in1[s * 512 + c + lane];
                const ae_real v1 = a1 <= 0 ? AE_REAL(0.0) : v0; out0[s * 512 + c + lane] = v1;
            }
        }
    }
}

// decoder.2 weight_gradient (vae.aespec:8): 512 -> 784, 802816 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
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
            for (ptrdiff_t j = from; j < ((to - from) / 8) * 8 + from; j += 8) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
                ae_real *const gradient_at = gradient + (c * 512 + j * 16);
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = gradient_at[lane]; sum1[lane] = gradient_at[16 + lane];
                    sum2[lane] = gradient_at[32 + lane]; sum3[lane] = gradient_at[48 + lane];
                    sum4[lane] = gradient_at[64 + lane]; sum5[lane] = gradient_at[80 + lane];
                    sum6[lane] = gradient_at[96 + lane]; sum7[lane] = gradient_at[112 + lane];
                }
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const large_at = large + (s * 512 + j);
                    const ae_real t0 = large_at[0], t1 = large_at[1], t2 = large_at[2], t3 = large_at[3];
                    const ae_real t4 = large_at[4], t5 = large_at[5], t6 = large_at[6], t7 = large_at[7];
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real g = small[s * 784 + c + lane]; AE_FMA(sum0[lane], t0, g);
                        AE_FMA(sum1[lane], t1, g); AE_FMA(sum2[lane], t2, g); AE_FMA(sum3[lane], t3, g);
                        AE_FMA(sum4[lane], t4, g); AE_FMA(sum5[lane], t5, g); AE_FMA(sum6[lane], t6, g);
                        AE_FMA(sum7[lane], t7, g);
                    }
                }
                for (int lane = 0; lane < 16; lane++) {
                    gradient_at[lane] = sum0[lane]; gradient_at[16 + lane] = sum1[lane];
                    gradient_at[32 + lane] = sum2[lane]; gradient_at[48 + lane] = sum3[lane];
                    gradient_at[64 + lane] = sum4[lane]; gradient_at[80 + lane] = sum5[lane];
                    gradient_at[96 + lane] = sum6[lane]; gradient_at[112 + lane] = sum7[lane];
                }
            }
        }
    }
}

// decoder.2 bias_gradient (vae.aespec:8): 784 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void net_decoder_2_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 784; c += 16) {
        ae_real sum0[16];
        for (int lane = 0; lane < 16; lane++) sum0[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++) {
            for (int lane = 0; lane < 16; lane++) sum0[lane] += image[s * 784 + c + lane];
        }
        for (int lane = 0; lane < 16; lane++) gradient[c + lane] = sum0[lane];
    }
}

// decoder.0 weight_gradient (vae.aespec:8): 2 -> 512, 2048 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 2 sums together: 2 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void net_decoder_0_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        memset(gradient + c * 2 + from * 16, 0, (size_t)(to - from) * 16 * sizeof(ae_real));
    }
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t c = 0; c < 512; c += 16) {
            for (ptrdiff_t j = from; j < ((to - from) / 2) * 2 + from; j += 2) {
                ae_real sum0[16], sum1[16];
                ae_real *const gradient_at = gradient + (c * 2 + j * 16);
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = gradient_at[lane]; sum1[lane] = gradient_at[16 + lane];
                }
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const large_at = large + (s * 2 + j);
                    const ae_real t0 = large_at[0], t1 = large_at[1];
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real g = small[s * 512 + c + lane]; AE_FMA(sum0[lane], t0, g);
                        AE_FMA(sum1[lane], t1, g);
                    }
                }
                for (int lane = 0; lane < 16; lane++) {
                    gradient_at[lane] = sum0[lane]; gradient_at[16 + lane] = sum1[lane];
                }
            }
        }
    }
}

// decoder.0 bias_gradient (vae.aespec:8): 512 elements
// encoder.1 bias_gradient (vae.aespec:6): 512 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void net_decoder_0_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    for (ptrdiff_t c = 0; c < 512; c += 16) {
        ae_real sum0[16];
        for (int lane = 0; lane < 16; lane++) sum0[lane] = gradient[c + lane];
        for (ptrdiff_t s = 0; s < samples; s++) {
            for (int lane = 0; lane < 16; lane++) sum0[lane] += image[s * 512 + c + lane];
        }
        for (int lane = 0; lane < 16; lane++) gradient[c + lane] = sum0[lane];
    }
}

// z.log_sigma weight_gradient (vae.aespec:7): 512 -> 2, 2048 FLOP a sample
// z.mu weight_gradient (vae.aespec:7): 512 -> 2, 2048 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
AE_KERNEL void net_z_log_sigma_weight_gradient(ptrdiff_t samples, ptrdiff_t from, ptrdiff_t to,
        const ae_real *restrict large,
        const ae_real *restrict small,
        ae_real *restrict gradient) {
    memset(gradient + 0 + from * 2, 0, (size_t)(to - from) * 2 * sizeof(ae_real));
    for (ptrdiff_t first = 0; first < samples; first += 128) {
        const ptrdiff_t end = ae_least(first + 128, samples);
        for (ptrdiff_t j = from; j < ((to - from) / 8) * 8 + from; j += 8) {
            ae_real sum0[2], sum1[2], sum2[2], sum3[2], sum4[2], sum5[2], sum6[2], sum7[2];
            ae_real *const gradient_at = gradient + (j * 2);
            for (int lane = 0; lane < 2; lane++) {
                sum0[lane] = gradient_at[lane]; sum1[lane] = gradient_at[2 + lane];
                sum2[lane] = gradient_at[4 + lane]; sum3[lane] = gradient_at[6 + lane];
                sum4[lane] = gradient_at[8 + lane]; sum5[lane] = gradient_at[10 + lane];
                sum6[lane] = gradient_at[12 + lane]; sum7[lane] = gradient_at[14 + lane];
            }
            for (ptrdiff_t s = first; s < end; s++) {
                const ae_real *const large_at = large + (s * 512 + j);
                const ae_real t0 = large_at[0], t1 = large_at[1], t2 = large_at[2], t3 = large_at[3];
                const ae_real t4 = large_at[4], t5 = large_at[5], t6 = large_at[6], t7 = large_at[7];
                for (int lane = 0; lane < 2; lane++) {
                    const ae_real g = small[s * 2 + lane]; AE_FMA(sum0[lane], t0, g); AE_FMA(sum1[lane], t1, g);
                    AE_FMA(sum2[lane], t2, g); AE_FMA(sum3[lane], t3, g); AE_FMA(sum4[lane], t4, g);
                    AE_FMA(sum5[lane], t5, g); AE_FMA(sum6[lane], t6, g); AE_FMA(sum7[lane], t7, g);
                }
            }
            for (int lane = 0; lane < 2; lane++) {
                gradient_at[lane] = sum0[lane]; gradient_at[2 + lane] = sum1[lane];
                gradient_at[4 + lane] = sum2[lane]; gradient_at[6 + lane] = sum3[lane];
                gradient_at[8 + lane] = sum4[lane]; gradient_at[10 + lane] = sum5[lane];
                gradient_at[12 + lane] = sum6[lane]; gradient_at[14 + lane] = sum7[lane];
            }
        }
    }
}

// z.log_sigma bias_gradient (vae.aespec:7): 2 elements
// z.mu bias_gradient (vae.aespec:7): 2 elements
//   gradient[c] = sum over samples of image[c]
AE_KERNEL void net_z_log_sigma_bias_gradient(ptrdiff_t samples,
        const ae_real *restrict image,
        ae_real *restrict gradient) {
    ae_real sum0[2];
    for (int lane = 0; lane < 2; lane++) sum0[lane] = gradient[lane];
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (int lane = 0; lane < 2; lane++) sum0[lane] += image[s * 2 + lane];
    }
    for (int lane = 0; lane < 2; lane++) gradient[lane] = sum0[lane];
}

// encoder.1 weight_gradient (vae.aespec:6): 784 -> 512, 802816 FLOP a sample
//   gradient[i][o] = sum over samples of large[i] * small[o]
//   Up to 8 sums together: 8 weight rows x 1 vector of 16 channels of the small image.
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
            for (ptrdiff_t j = from; j < ((to - from) / 8) * 8 + from; j += 8) {
                ae_real sum0[16], sum1[16], sum2[16], sum3[16], sum4[16], sum5[16], sum6[16], sum7[16];
                ae_real *const gradient_at = gradient + (c * 784 + j * 16);
                for (int lane = 0; lane < 16; lane++) {
                    sum0[lane] = gradient_at[lane]; sum1[lane] = gradient_at[16 + lane];
                    sum2[lane] = gradient_at[32 + lane]; sum3[lane] = gradient_at[48 + lane];
                    sum4[lane] = gradient_at[64 + lane]; sum5[lane] = gradient_at[80 + lane];
                    sum6[lane] = gradient_at[96 + lane]; sum7[lane] = gradient_at[112 + lane];
                }
                for (ptrdiff_t s = first; s < end; s++) {
                    const ae_real *const large_at = large + (s * 784 + j);
                    const ae_real t0 = large_at[0], t1 = large_at[1], t2 = large_at[2], t3 = large_at[3];
                    const ae_real t4 = large_at[4], t5 = large_at[5], t6 = large_at[6], t7 = large_at[7];
                    for (int lane = 0; lane < 16; lane++) {
                        const ae_real g = small[s * 512 + c + lane]; AE_FMA(sum0[lane], t0, g);
                        AE_FMA(sum1[lane], t1, g); AE_FMA(sum2[lane], t2, g); AE_FMA(sum3[lane], t3, g);
                        AE_FMA(sum4[lane], t4, g); AE_FMA(sum5[lane], t5, g); AE_FMA(sum6[lane], t6, g);
                        AE_FMA(sum7[lane], t7, g);
                    }
                }
                for (int lane = 0; lane < 16; lane++) {
                    gradient_at[lane] = sum0[lane]; gradient_at[16 + lane] = sum1[lane];
                    gradient_at[32 + lane] = sum2[lane]; gradient_at[48 + lane] = sum3[lane];
                    gradient_at[64 + lane] = sum4[lane]; gradient_at[80 + lane] = sum5[lane];
                    gradient_at[96 + lane] = sum6[lane]; gradient_at[112 + lane] = sum7[lane];
                }
            }
        }
    }
}

// z.mu forward (vae.aespec:7): 512 -> 2, 2048 FLOP a sample
// z.log_sigma forward (vae.aespec:7): 512 -> 2, 2048 FLOP a sample
//   output[o] = bias[o] + sum over i of input[i] * weight[i][o]
//   Up to 8 sums together: 8 samples x 1 vector of 16 output channels.
AE_KERNEL void net_z_mu_forward_2(ptrdiff_t samples,
        const ae_real *restrict input,
        const ae_real *restrict weight,
        const ae_real *restrict bias,
        ae_real *restrict output) {
    for (ptrdiff_t s = 0; s < (samples / 8) * 8; s += 8) {
        ae_real sum0[2], sum1[2], sum2[2], sum3[2], sum4[2], sum5[2], sum6[2], sum7[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = bias[lane]; sum1[lane] = bias[lane]; sum2[lane] = bias[lane]; sum3[lane] = bias[lane];
            sum4[lane] = bias[lane]; sum5[lane] = bias[lane]; sum6[lane] = bias[lane]; sum7[lane] = bias[lane];
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512], t2 = input_at[1024], t3 = input_at[1536];
            const ae_real t4 = input_at[2048], t5 = input_at[2560], t6 = input_at[3072], t7 = input_at[3584];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
                AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0); AE_FMA(sum4[lane], t4, w0);
                AE_FMA(sum5[lane], t5, w0); AE_FMA(sum6[lane], t6, w0); AE_FMA(sum7[lane], t7, w0);
            }
        }
        ae_real *const output_at = output + (s * 4);
        for (int lane = 0; lane < 2; lane++) output_at[lane] = sum0[lane];
        for (int lane = 0; lane < 2; lane++) output_at[4 + lane] = sum1[lane];
        for (int lane = 0; lane < 2; lane++) output_at[8 + lane] = sum2[lane];
        for (int lane = 0; lane < 2; lane++) output_at[12 + lane] = sum3[lane];
        for (int lane = 0; lane < 2; lane++) output_at[16 + lane] = sum4[lane];
        for (int lane = 0; lane < 2; lane++) output_at[20 + lane] = sum5[lane];
        for (int lane = 0; lane < 2; lane++) output_at[24 + lane] = sum6[lane];
        for (int lane = 0; lane < 2; lane++) output_at[28 + lane] = sum7[lane];
    }
    for (ptrdiff_t s = (samples / 8) * 8; s < (samples / 4) * 4; s += 4) {
        ae_real sum0[2], sum1[2], sum2[2], sum3[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = bias[lane]; sum1[lane] = bias[lane]; sum2[lane] = bias[lane]; sum3[lane] = bias[lane];
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512], t2 = input_at[1024], t3 = input_at[1536];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
                AE_FMA(sum2[lane], t2, w0); AE_FMA(sum3[lane], t3, w0);
            }
        }
        ae_real *const output_at = output + (s * 4);
        for (int lane = 0; lane < 2; lane++) output_at[lane] = sum0[lane];
        for (int lane = 0; lane < 2; lane++) output_at[4 + lane] = sum1[lane];
        for (int lane = 0; lane < 2; lane++) output_at[8 + lane] = sum2[lane];
        for (int lane = 0; lane < 2; lane++) output_at[12 + lane] = sum3[lane];
    }
    for (ptrdiff_t s = (samples / 4) * 4; s < (samples / 2) * 2; s += 2) {
        ae_real sum0[2], sum1[2];
        for (int lane = 0; lane < 2; lane++) {
            sum0[lane] = bias[lane]; sum1[lane] = bias[lane];
        }
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real *const input_at = input + (s * 512 + j);
            const ae_real t0 = input_at[0], t1 = input_at[512];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0); AE_FMA(sum1[lane], t1, w0);
            }
        }
        ae_real *const output_at = output + (s * 4);
        for (int lane = 0; lane < 2; lane++) output_at[lane] = sum0[lane];
        for (int lane = 0; lane < 2; lane++) output_at[4 + lane] = sum1[lane];
    }
    for (ptrdiff_t s = (samples / 2) * 2; s < samples; s++) {
        ae_real sum0[2];
        for (int lane = 0; lane < 2; lane++) sum0[lane] = bias[lane];
        for (ptrdiff_t j = 0; j < 512; j++) {
            const ae_real t0 = input[s * 512 + j];
            for (int lane = 0; lane < 2; lane++) {
                const ae_real w0 = weight[j * 2 + lane]; AE_FMA(sum0[lane], t0, w0);
            }
        }
        for (int lane = 0; lane < 2; lane++) output[s * 4 + lane] = sum0[lane];
    }
}

// sse forward (vae.aespec:9): 784 elements; subtract, multiply, sum
AE_KERNEL void net_loss_sse_forward_2(ptrdiff_t samples,
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
        out0[s * 2] = v2;
    }
}

// kl forward (vae.aespec:9): 2 elements; exp, multiply
AE_KERNEL void net_loss_kl_forward_3(ptrdiff_t samples,
        const ae_real *restrict in0,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = ae_exp(in0[s * 4 + lane]);
            const ae_real v1 = v0 * v0; out0[s * 2 + lane] = v1;
        }
    }
}

// kl forward (vae.aespec:9): 2 elements
//   multiply, add, scale, subtract, offset, sum
AE_KERNEL void net_loss_kl_forward_4(ptrdiff_t samples,
        const ae_real *restrict in0,
        const ae_real *restrict in2,
        const ae_real *restrict in3,
        ae_real *restrict out0) {
    for (ptrdiff_t s = 0; s < samples; s++) {
        ae_real partial5[16] = {0};
        const ae_real *const in0_at = in0 + (s * 4);
        for (int lane = 0; lane < 2; lane++) {
            const ae_real v0 = in0_at[lane] * in0_at[lane];
            const ae_real v1 = in2[s * 2 + lane] + v0;
            const ae_real v2 = v1 * AE_REAL(0x1.ffffffffffffep-1);
            const ae_real v3 = v2 - in3[s * 4 + lane];
            const ae_real v4 = v3 + AE_REAL(-0x1.b17217f7d1cf7p-1); partial5[lane] += v4;
        }
        const ae_real v5 = ae_join(partial5);
        out0[s * 2] = v5;
    }
}

// Weights in the order of their transposed use, once a step; a task is a weight, or some rows of one.
static void net_repack(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 12);
        net_decoder_2_repack(from, to, step->parameters + 405536, step->repacked);
        ae_mark(step, 30);
        return;
    }
    task -= 8;
    if (task < 1) {
        ae_mark(step, 16);
        net_decoder_0_repack(step->parameters + 404000, step->repacked + 401408);
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 20);
        net_z_log_sigma_repack(from, to, step->parameters + 402960, step->repacked + 402432);
        ae_mark(step, 30);
        return;
    }
    task -= 8;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 24);
        net_z_log_sigma_repack(from, to, step->parameters + 401920, step->repacked + 403456);
        ae_mark(step, 30);
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
        net_z_mu_forward(samples, step->kept + first * 512, step->parameters + 401920, step->parameters + 402944, scratch);
        ae_mark(step, 2);
        net_z_log_sigma_forward(samples, step->kept + first * 512, step->parameters + 402960, step->parameters + 403984, scratch + 512, scratch + 1536);
        ae_mark(step, 3);
        net_z_normal(samples, step, first, scratch + 1024);
        ae_mark(step, 4);
        net_z_forward(samples, scratch + 1536, scratch + 1024, scratch, step->kept + 512 * step->samples + first * 2);
        ae_mark(step, 5);
        net_decoder_0_forward(samples, step->kept + 512 * step->samples + first * 2, step->parameters + 404000, step->parameters + 405024, step->kept + 528 * step->samples + first * 512);
        ae_mark(step, 6);
        net_decoder_2_forward(samples, step->kept + 528 * step->samples + first * 512, step->parameters + 405536, step->parameters + 806944, scratch + 2048);
        ae_mark(step, 7);
        net_loss_sse_forward(samples, step->term_scale, scratch + 2048, step->input + first * 784, step->term + first * 2, step->kept + 1040 * step->samples + first * 784);
        ae_mark(step, 8);
        net_loss_kl_forward(samples, scratch, scratch + 2048);
        ae_mark(step, 9);
        net_loss_kl_forward_2(samples, scratch + 1536, scratch + 2048, scratch + 512, step->term + first * 2 + 1);
        ae_mark(step, 10);
        net_loss_kl_backward(samples, step->term_scale, scratch + 1536, scratch + 512);
        ae_mark(step, 11);
        net_loss_kl_backward(samples, step->term_scale, scratch, scratch + 2048);
        ae_mark(step, 13);
        net_decoder_2_backward(samples, step->kept + 1040 * step->samples + first * 784, step->repacked, step->kept + 528 * step->samples + first * 512, step->kept + 1824 * step->samples + first * 512);
        ae_mark(step, 17);
        net_decoder_0_backward(samples, step->term_scale, step->kept + 1824 * step->samples + first * 512, step->repacked + 401408, scratch + 2048, step->kept + 2336 * step->samples + first * 2, scratch + 1024, scratch + 512, scratch + 1536, step->kept + 2352 * step->samples + first * 2);
        ae_mark(step, 21);
        net_z_log_sigma_backward(samples, step->kept + 2352 * step->samples + first * 2, step->repacked + 402432, scratch);
        ae_mark(step, 25);
        net_z_mu_backward(samples, step->kept + 2336 * step->samples + first * 2, step->repacked + 403456, scratch, step->kept + first * 512, step->kept + 2368 * step->samples + first * 512);
    }
    ae_mark(step, 30);
}

// Offset, length, number and stride of the runs of the gradient that each task of net_weights sums.
static const struct ae_range net_weights_ranges[] = {
    {405536, 1024, 49, 8192},
    {406560, 1024, 49, 8192},
    {407584, 1024, 49, 8192},
    {408608, 1024, 49, 8192},
    {409632, 1024, 49, 8192},
    {410656, 1024, 49, 8192},
    {411680, 1024, 49, 8192},
    {412704, 1024, 49, 8192},
    {806944, 784, 1, 0},
    {404000, 32, 32, 32},
    {405024, 512, 1, 0},
    {402960, 128, 1, 1024},
    {403088, 128, 1, 1024},
    {403216, 128, 1, 1024},
    {403344, 128, 1, 1024},
    {403472, 128, 1, 1024},
    {403600, 128, 1, 1024},
    {403728, 128, 1, 1024},
    {403856, 128, 1, 1024},
    {403984, 2, 1, 0},
    {401920, 128, 1, 1024},
    {402048, 128, 1, 1024},
    {402176, 128, 1, 1024},
    {402304, 128, 1, 1024},
    {402432, 128, 1, 1024},
    {402560, 128, 1, 1024},
    {402688, 128, 1, 1024},
    {402816, 128, 1, 1024},
    {402944, 2, 1, 0},
    {0, 1024, 32, 12544},
    {1024, 1024, 32, 12544},
    {2048, 1024, 32, 12544},
    {3072, 1024, 32, 12544},
    {4096, 1024, 32, 12544},
    {5120, 1024, 32, 12544},
    {6144, 1024, 32, 12544},
    {7168, 1024, 32, 12544},
    {8192, 1024, 32, 12544},
    {9216, 1024, 32, 12544},
    {10240, 1024, 32, 12544},
    {11264, 1024, 32, 12544},
    {12288, 256, 32, 12544},
    {401408, 512, 1, 0},
};

// Gradients of dense layers, summed over the batch's samples in order; a task is some rows of a weight, or
// a bias.
static void net_weights(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 14);
        net_decoder_2_weight_gradient((ptrdiff_t)step->samples, from, to, step->kept + 528 * step->samples, step->kept + 1040 * step->samples, step->gradient + 405536);
        ae_mark(step, 30);
        return;
    }
    task -= 8;
    if (task < 1) {
        memset(step->gradient + 806944, 0, 784 * sizeof(ae_real));
        ae_mark(step, 15);
        net_decoder_2_bias_gradient((ptrdiff_t)step->samples, step->kept + 1040 * step->samples, step->gradient + 806944);
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 2);
        ae_mark(step, 18);
        net_decoder_0_weight_gradient((ptrdiff_t)step->samples, from, to, step->kept + 512 * step->samples, step->kept + 1824 * step->samples, step->gradient + 404000);
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 1) {
        memset(step->gradient + 405024, 0, 512 * sizeof(ae_real));
        ae_mark(step, 19);
        net_decoder_0_bias_gradient((ptrdiff_t)step->samples, step->kept + 1824 * step->samples, step->gradient + 405024);
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 22);
        net_z_log_sigma_weight_gradient((ptrdiff_t)step->samples, from, to, step->kept, step->kept + 2352 * step->samples, step->gradient + 402960);
        ae_mark(step, 30);
        return;
    }
    task -= 8;
    if (task < 1) {
        memset(step->gradient + 403984, 0, 2 * sizeof(ae_real));
        ae_mark(step, 23);
        net_z_log_sigma_bias_gradient((ptrdiff_t)step->samples, step->kept + 2352 * step->samples, step->gradient + 403984);
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 8) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 512);
        ae_mark(step, 26);
        net_z_log_sigma_weight_gradient((ptrdiff_t)step->samples, from, to, step->kept, step->kept + 2336 * step->samples, step->gradient + 401920);
        ae_mark(step, 30);
        return;
    }
    task -= 8;
    if (task < 1) {
        memset(step->gradient + 402944, 0, 2 * sizeof(ae_real));
        ae_mark(step, 27);
        net_z_log_sigma_bias_gradient((ptrdiff_t)step->samples, step->kept + 2336 * step->samples, step->gradient + 402944);
        ae_mark(step, 30);
        return;
    }
    task -= 1;
    if (task < 13) {
        const ptrdiff_t from = (ptrdiff_t)task * 64, to = ae_least(from + 64, 784);
        ae_mark(step, 28);
        net_encoder_1_weight_gradient((ptrdiff_t)step->samples, from, to, step->input, step->kept + 2368 * step->samples, step->gradient);
        ae_mark(step, 30);
        return;
    }
    task -= 13;
    if (task < 1) {
        memset(step->gradient + 401408, 0, 512 * sizeof(ae_real));
        ae_mark(step, 29);
        net_decoder_0_bias_gradient((ptrdiff_t)step->samples, step->kept + 2368 * step->samples, step->gradient + 401408);
        ae_mark(step, 30);
        return;
    }
    task -= 1;
}

// Tasks, or 0 for one a slot; what they complete of the gradient; the function.
static const struct ae_phase net_phases[] = {
    {25, NULL, net_repack},
    {0, NULL, net_samples},
    {43, net_weights_ranges, net_weights},
};

static void net_encode(const ae_real *parameters, size_t samples, const ae_real *input, ae_real *code,
                       ae_real *scratch) {
    net_encoder_1_forward((ptrdiff_t)samples, input, parameters, parameters + 401408, scratch);
    net_z_mu_forward_2((ptrdiff_t)samples, scratch, parameters + 401920, parameters + 402944, code);
    net_z_mu_forward_2((ptrdiff_t)samples, scratch, parameters + 402960, parameters + 403984, code + 2);
}

static void net_decode(const ae_real *parameters, size_t samples, const ae_real *code, ae_real *output,
                       ae_real *scratch) {
    net_decoder_0_forward((ptrdiff_t)samples, code, parameters + 404000, parameters + 405024, scratch);
    net_decoder_2_forward((ptrdiff_t)samples, scratch, parameters + 405536, parameters + 806944, output);
}

static void net_measure(size_t samples, const ae_real *input, const ae_real *code, const ae_real *output,
                        ae_real *term, ae_real *scratch) {
    net_loss_sse_forward_2((ptrdiff_t)samples, output, input, term);
    net_loss_kl_forward_3((ptrdiff_t)samples, code + 2, scratch);
    net_loss_kl_forward_4((ptrdiff_t)samples, code, scratch, code + 2, term + 1);
}

// Name, shape in files; view and strides in memory; offset; bound of the initial values.
static const struct ae_parameter net_parameters[] = {
    {"encoder.1.weight", {2, {512, 784}}, 3, {32, 16, 784}, {12544, 1, 16}, 0, 0.035714285714285712},
    {"encoder.1.bias", {1, {512}}, 1, {512}, {1}, 401408, 0.035714285714285712},
    {"z.mu.weight", {2, {2, 512}}, 2, {2, 512}, {1, 2}, 401920, 0.044194173824159216},
    {"z.mu.bias", {1, {2}}, 1, {2}, {1}, 402944, 0.044194173824159216},
    {"z.log_sigma.weight", {2, {2, 512}}, 2, {2, 512}, {1, 2}, 402960, 0.044194173824159216},
    {"z.log_sigma.bias", {1, {2}}, 1, {2}, {1}, 403984, 0.044194173824159216},
    {"decoder.0.weight", {2, {512, 2}}, 3, {32, 16, 2}, {32, 1, 16}, 404000, 0.70710678118654746},
    {"decoder.0.bias", {1, {512}}, 1, {512}, {1}, 405024, 0.70710678118654746},
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
    {"encoder.1 forward", 802816, 3.054e+04, false},
    {"z.mu forward", 2048, 620.6, false},
    {"z.log_sigma forward", 2048, 623.2, false},
    {"z normal", 0, 24, false},
    {"z forward", 0, 0.75, false},
    {"decoder.0 forward", 2048, 205.6, false},
    {"decoder.2 forward", 802816, 3.041e+04, false},
    {"loss sse forward", 0, 441, false},
    {"loss kl forward", 0, 0.5, false},
    {"loss kl forward", 0, 1.375, false},
    {"loss kl backward", 0, 0.5, false},
    {"loss kl backward", 0, 0.5, false},
    {"decoder.2 repack", 0, 1.004e+05, true},
    {"decoder.2 backward", 802816, 3.057e+04, false},
    {"decoder.2 weight_gradient", 802816, 2.822e+04, false},
    {"decoder.2 bias_gradient", 0, 98, false},
    {"decoder.0 repack", 0, 256, true},
    {"decoder.0 backward", 2048, 622, false},
    {"decoder.0 weight_gradient", 2048, 86.4, false},
    {"decoder.0 bias_gradient", 0, 64, false},
    {"z.log_sigma repack", 0, 256, true},
    {"z.log_sigma backward", 2048, 77.57, false},
    {"z.log_sigma weight_gradient", 2048, 576, false},
    {"z.log_sigma bias_gradient", 0, 0.25, false},
    {"z.mu repack", 0, 256, true},
    {"z.mu backward", 2048, 301.6, false},
    {"z.mu weight_gradient", 2048, 576, false},
    {"z.mu bias_gradient", 0, 0.25, false},
    {"encoder.1 weight_gradient", 802816, 2.822e+04, false},
    {"encoder.1 bias_gradient", 0, 64, false},
};

static double net_peak(size_t rounds) {
    return ae_peak(rounds);
}

static const struct ae_term net_terms[] = {
    {"sse", "sse"},
    {"kl", "kl"},
};

static void net_derive(double *constants, const bool *given, double *weights, double *settings) {
    (void)constants;
    (void)given;
    weights[0] = 1;
    weights[1] = 1;
    settings[AE_SETTING_optimizer] = AE_OPTIMIZER_adam;
    settings[AE_SETTING_learning_rate] = 0.001;
    settings[AE_SETTING_batch] = 1000.0;
    settings[AE_SETTING_epochs] = 8.0;
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
    {"z", AE_LATENT_GAUSSIAN, {1, {2}}, 2, 0, 0.70710678118654757},
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
    .memory = {.parameters = 807728,
               .trainable = 807728,
               .slotted = 0,
               .repacked = 404480,
               .terms = 2,
               .input = 784,
               .kept = 2880,
               .scratch = 27136},
    .phases = net_phases,
    .phase_count = sizeof net_phases / sizeof *net_phases,
    .kernels = net_kernels,
    .kernel_count = 30,
    .lanes = 16,
    .peak = net_peak,
};

static const char net_text[] =
    "# vae.aespec - the variational autoencoder (Fig 8, 9, 10)\n"
    "model vae\n"
    "\n"
    "data { source = idx(\"data/mnist\"); scale = 1/255; mean = 0.1307; std = 0.3081 }\n"
    "input x : [1, 28, 28]\n"
    "encoder { flatten; dense(512) -> relu }\n"
    "latent z ~ gaussian(2, prior_std = sqrt(1/2))\n"
    "decoder { dense(512) -> relu; dense(784); reshape(1, 28, 28) }\n"
    "loss { sse(x); kl(z) }\n"
    "train { optimizer = adam; learning_rate = 1e-3; batch = 1000; epochs = 8; reduction = sum }\n";

const struct ae_model ae_model_vae = {
    .name = "vae",
    .file = "vae.aespec",
    .text = net_text,
    .target = "scalar",
    .real_bytes = sizeof(ae_real),
    .features = AE_FEATURES,
    .input_count = 784,
    .latent_count = 2,
    .code_count = 4,
    .output_count = 784,
    .inputs = net_inputs,
    .input_tensors = 1,
    .latents = net_latents,
    .latent_tensors = 1,
    .outputs = net_outputs,
    .output_tensors = 1,
    .parameters = net_parameters,
    .parameter_tensors = 10,
    .parameter_count = 807728,
    .layers = net_layers,
    .layer_count = 9,
    .terms = net_terms,
    .term_count = 2,
    .constants = NULL,
    .constant_count = 0,
    .derive = net_derive,
    .inference = &net_inference,
    .training = &net_training,
};
