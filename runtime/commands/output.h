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

// OUTPUT_FIGURE is a .png in a folder of figures, where links are not followed.
enum output_format { OUTPUT_CSV, OUTPUT_NPY, OUTPUT_PNG, OUTPUT_FIGURE };

// The format by the ending of the line's -o.
enum output_format output_format(const struct line *line);
// Begins a file of leading sizes [rank], then the sample's own: a .npy of that shape, or a picture of columns x rows.
int output_begin(struct output *output, const struct ae_model *model, const char *path, enum output_format format,
                 size_t rank, const size_t *leading, size_t columns, size_t rows);
// The range of values for pictures; before the first sample.
void output_range(struct output *output, double low, double high);
// The next sample, value [input_count] channels first; pictures fill row after row.
void output_add(struct output *output, const double *value);
// The next samples: what the decoder makes of z [count][latent_count].
void output_add_decoded(struct output *output, const struct evaluation *evaluation, size_t count, const ae_real *z);
// Puts the file in its place.
int output_end(struct output *output);

#endif
