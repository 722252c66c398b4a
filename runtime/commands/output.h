// Samples in the data's own units, written as .npy or .png.
#ifndef AE_OUTPUT_H
#define AE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/file/file.h"
#include "base/option/option.h"
#include "runtime/data/picture.h"
#include "runtime/net/evaluation.h"
#include "runtime/net/safetensors.h"

struct output {
    const struct ae_model *model;
    const char *path;
    bool is_picture, is_figure;
    struct picture picture;
    struct file_writer writer;
    size_t columns, placed;
    double *value;    // [input_count]
};

// OUTPUT_FIGURE is a .png in a folder of figures; links are not followed there.
enum output_format { OUTPUT_CSV, OUTPUT_NPY, OUTPUT_PNG, OUTPUT_FIGURE };

// The format, from the ending of the value of -o.
enum output_format output_format(const struct line *line);
// Begins a file: a .npy whose shape is sizes [rank] followed by the shape of a sample, or a picture of columns x rows.
int output_begin(struct output *output, const struct ae_model *model, const char *path, enum output_format format,
                 size_t rank, const size_t *leading, size_t columns, size_t rows);
// Sets the range of values for pictures, which is 0 to 1 after output_begin. Must be called before the first
// output_add.
void output_range(struct output *output, double low, double high);
// Adds a sample, value [input_count], channels first. Pictures are filled row by row.
void output_add(struct output *output, const double *value);
// Adds samples: the decoder's outputs for z [count][latent_count].
void output_add_decoded(struct output *output, const struct evaluation *evaluation, size_t count, const ae_real *z);
// Finishes the file.
int output_end(struct output *output);

#endif
