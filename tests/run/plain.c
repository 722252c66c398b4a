// Checks that the network in plain loops at the top of the scalar C computes the same bits as the kernels. Compiled
// with the C of a spec as MODEL_FILE, whose model is MODEL.
#include MODEL_FILE

#include <stdio.h>
#include <stdlib.h>

enum { SAMPLES = 3 };

// Numbers in [-1, 1), times `scale`; the generator is Knuth's linear one of 64 bits (MMIX).
static ae_real *numbers_make(size_t count, double scale) {
    static uint64_t state = 1;
    ae_real *numbers = aligned_alloc(AE_ALIGNMENT, (count * sizeof *numbers / AE_ALIGNMENT + 1) * AE_ALIGNMENT);
    for (size_t i = 0; i < count; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        numbers[i] = (ae_real)(scale * ((double)(state >> 40) / (1 << 23) - 1));
    }
    return numbers;
}

static size_t different(const char *what, const ae_real *a, const ae_real *b, size_t count) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += memcmp(&a[i], &b[i], sizeof *a) != 0;
    if (found) printf("%s: %zu of %zu numbers differ\n", what, found, count);
    return found;
}

int main(void) {
    const struct ae_model *model = &MODEL;
    const struct ae_inference *inference = model->inference;
    ae_real *parameters = numbers_make(model->parameter_count, 0.2), *input = numbers_make(SAMPLES * model->input_count, 1);
    ae_real *code = numbers_make(SAMPLES * model->code_count, 0), *z = numbers_make(SAMPLES * model->latent_count, 1);
    ae_real *output = numbers_make(SAMPLES * model->output_count, 0), *scratch = numbers_make(inference->scratch_count, 0);
    ae_real *plain_code = numbers_make(model->code_count, 0), *plain_output = numbers_make(model->output_count, 0);
    size_t wrong = 0;
    inference->encode(parameters, SAMPLES, input, code, scratch);
    inference->decode(parameters, SAMPLES, z, output, scratch);
    for (size_t s = 0; s < SAMPLES; s++) {
        plain_encode((const void *)parameters, input + s * model->input_count, plain_code);
        plain_decode((const void *)parameters, z + s * model->latent_count, plain_output);
        wrong += different("codes", plain_code, code + s * model->code_count, model->code_count);
        wrong += different("outputs", plain_output, output + s * model->output_count, model->output_count);
    }
    ae_real *all[] = {parameters, input, code, z, output, scratch, plain_code, plain_output};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    return wrong > 0;
}
