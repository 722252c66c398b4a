#include "runtime/commands/output.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "runtime/data/normalise.h"
#include "runtime/data/npy.h"
#include "runtime/numbers/reals.h"

enum { BLOCK = 1024 };    // samples decoded at a time

enum output_format output_format(const struct line *line) {
    const char *path = line_value(line, "output");
    if (text_ends_with(path, ".csv")) return OUTPUT_CSV;
    return text_ends_with(path, ".npy") ? OUTPUT_NPY : OUTPUT_PNG;
}

int output_begin(struct output *output, const struct ae_model *model, const char *path, enum output_format format,
                 size_t rank, const size_t *leading, size_t columns, size_t rows) {
    *output = (struct output){.model = model, .path = path, .is_figure = format == OUTPUT_FIGURE, .columns = columns};
    output->is_picture = output->is_figure || format == OUTPUT_PNG;
    const struct ae_shape *input = &model_input(model)->shape;
    size_t size[NPY_RANK_MAX];
    memcpy(size, leading, rank * sizeof *size);
    memcpy(size + rank, input->size, (size_t)input->rank * sizeof *size);
    int code = output->is_picture ? picture_check(input, columns, rows) : file_begin(&output->writer, path);
    if (code != EXIT_OK) return code;
    if (output->is_picture)
        picture_create(&output->picture, input, columns, rows, 0, 1);
    else
        npy_write_header(output->writer.stream, rank + (size_t)input->rank, size);
    output->value = memory_allocate(model->input_count, sizeof *output->value);
    return EXIT_OK;
}

void output_range(struct output *output, double low, double high) {
    output->picture.low = low;
    output->picture.high = high;
}

void output_add(struct output *output, const double *value) {
    if (output->is_picture) {
        picture_place(&output->picture, output->placed % output->columns, output->placed / output->columns, value);
        output->placed++;
        return;
    }
    for (size_t i = 0; i < output->model->input_count; i++) {
        ae_real element = (ae_real)value[i];
        fwrite(&element, sizeof element, 1, output->writer.stream);
    }
}

void output_add_decoded(struct output *output, const struct evaluation *evaluation, size_t count, const ae_real *z) {
    const struct ae_model *model = output->model;
    ae_real *decoded = reals_allocate((count < BLOCK ? count : BLOCK) * model->output_count);
    for (size_t from = 0; from < count; from += BLOCK) {
        size_t samples = count - from < BLOCK ? count - from : BLOCK;
        evaluation_decode(evaluation, samples, z + from * model->latent_count, decoded);
        for (size_t i = 0; i < samples; i++) {
            unit_restore(model, decoded + i * model->output_count, output->value);
            output_add(output, output->value);
        }
    }
    free(decoded);
}

int output_end(struct output *output) {
    int code = output->is_picture ? picture_save(&output->picture, output->path, output->is_figure)
                                  : file_end(&output->writer);
    picture_free(&output->picture);
    free(output->value);
    return code;
}
