// Pictures of samples in a grid, separated by one black pixel, as PNG.
#ifndef AE_PICTURE_H
#define AE_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/api/model.h"

struct picture {
    size_t columns, rows;              // of samples
    size_t cell_width, cell_height;    // of a sample, in pixels
    size_t width, height, channels;    // in pixels; 1 or 3 channels
    unsigned char *pixels;             // [height][width][channels]
    double low, high;                  // values that become 0 and 255; values outside are clamped
};

// EXIT_USAGE, with an error on stderr, if samples of this shape cannot be drawn or the grid is too large.
int picture_check(const struct ae_shape *sample, size_t columns, size_t rows);
// Creates a black picture. The caller must call picture_free.
void picture_create(struct picture *picture, const struct ae_shape *sample, size_t columns, size_t rows, double low,
                    double high);
// value [C][H][W]: a sample in the units of the data
void picture_place(struct picture *picture, size_t column, size_t row, const double *value);
// `inside`: use file_begin_inside.
int picture_save(const struct picture *picture, const char *path, bool inside);
void picture_free(struct picture *picture);

#endif
