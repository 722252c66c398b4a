// The data of a trainer: the splits of a folder of IDX files, or of one file, checked against the model's input.
#ifndef AE_DATA_H
#define AE_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/api/model.h"
#include "runtime/data/idx.h"

enum data_split { SPLIT_TRAIN, SPLIT_TEST, SPLIT_COUNT };

// One split. Values are stored as in the file, in the file's order (channels first), and are normalised when they are
// used.
struct split {
    const struct ae_model *model;     // the samples are inputs of this model
    size_t count;                     // of samples; 0 if the split does not exist
    char *image_path, *label_path;    // label_path: NULL without labels
    struct idx images, labels;
    bool borrowed;     // images and table belong to another split
    ae_real *table;    // [channels][256] the normalised values of bytes, for IDX_U8
};

struct data {
    char *path;    // the value of --data, or the spec's source
    struct split split[SPLIT_COUNT];
};

// Loads the wanted splits that exist from `path` or, if that is NULL, from the spec's source; at most `limit` samples
// of each. Returns EXIT_OK, or EXIT_FILE, EXIT_CONTENT or EXIT_USAGE with an error on stderr. The caller must call
// data_free in any case.
int data_load(const struct ae_model *model, const char *path, const bool wanted[SPLIT_COUNT], size_t limit,
              struct data *data);
// Loads one split, or the training data, with a note, if there are no test data. *found is the split that was loaded.
int data_load_split(const struct ae_model *model, const char *path, enum data_split split, struct data *data,
                    enum data_split *found);
void data_free(struct data *data);
void split_free(struct split *split);

// Normalises the samples order[0 .. count), or those from `first` on if `order` is NULL: input [count][input_count]
// out, in memory order.
void split_gather(const struct split *split, const uint32_t *order, size_t first, size_t count, ae_real *input);
// The values of a sample as in the file: value [input_count] out, channels first.
void split_raw(const struct split *split, size_t sample, double *value);
// The range of values in pictures of these data: that of the type for bytes and 16-bit numbers, otherwise unit_range().
void split_range(const struct split *split, double *low, double *high);
const char *split_name(enum data_split split);

#endif
