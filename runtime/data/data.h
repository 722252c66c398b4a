// The data of a trainer: the splits of a folder of IDX files (or of one), fitted to the model's input.
#ifndef AE_DATA_H
#define AE_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/api/model.h"
#include "runtime/data/idx.h"

enum data_split { SPLIT_TRAIN, SPLIT_TEST, SPLIT_COUNT };

// One split. Values stay as the file has them, in the file's order (channels first), and are normalised as they are used.
struct split {
    const struct ae_model *model;     // whose input the samples are
    size_t count;                     // of samples; 0 when there is no such split
    char *image_path, *label_path;    // label_path NULL when there are no labels
    struct idx images, labels;
    bool borrowed;     // images and table belong to another split
    ae_real *table;    // [channels][256] the normalised values of bytes, for IDX_U8
};

struct data {
    char *path;    // as given, or the spec's source
    struct split split[SPLIT_COUNT];
};

// Loads the splits that are wanted, as far as there are any, from `path` or, where that is NULL, the spec's source.
// Samples beyond `limit` are left out. EXIT_FILE, EXIT_CONTENT or EXIT_USAGE, told on stderr; data_free afterwards in any case.
int data_load(const struct ae_model *model, const char *path, const bool wanted[SPLIT_COUNT], size_t limit,
              struct data *data);
// Loads one split; the training data, with a note, where there is no test data. *found is the split it has become.
int data_load_split(const struct ae_model *model, const char *path, enum data_split split, struct data *data,
                    enum data_split *found);
void data_free(struct data *data);
void split_free(struct split *split);

// The normalised samples `order[0 .. count)`, or from `first` on where order is NULL, as the model's memory has them:
// input [count][input_count].
void split_gather(const struct split *split, const uint32_t *order, size_t first, size_t count, ae_real *input);
// A sample's own values, channels first: value [input_count].
void split_raw(const struct split *split, size_t sample, double *value);
// The range of pictures of these data: of bytes and of 16-bit numbers the type's own, of others unit_range().
void split_range(const struct split *split, double *low, double *high);
const char *split_name(enum data_split split);

#endif
