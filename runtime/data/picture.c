#include "runtime/data/picture.h"

#include <math.h>
#include <png.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/number.h"

enum { SIDE_MAX = 1000000 };    // of libpng
static const size_t pixels_max = (size_t)1 << 30;

static size_t side(size_t cells, size_t pixels) {
    return cells * (pixels + 1) - 1;
}

int picture_check(const struct ae_shape *sample, size_t columns, size_t rows) {
    char text[SIZES_TEXT];
    if (sample->rank != 3 || (sample->size[0] != 1 && sample->size[0] != 3))
        return message_error(EXIT_USAGE,
                             "a PNG shows samples of [1, H, W] or [3, H, W], these are %s; a .npy file takes them",
                             sizes_format(text, sample->size, (size_t)sample->rank));
    size_t height = side(rows, sample->size[1]), width = side(columns, sample->size[2]);
    if (height > SIDE_MAX || width > SIDE_MAX || height * width > pixels_max)
        return message_error(EXIT_USAGE, "a PNG of %zu x %zu pixels is too large; a .npy file takes them", width,
                             height);
    return EXIT_OK;
}

void picture_create(struct picture *picture, const struct ae_shape *sample, size_t columns, size_t rows, double low,
                    double high) {
    *picture = (struct picture){.columns = columns,
                                .rows = rows,
                                .cell_width = sample->size[2],
                                .cell_height = sample->size[1],
                                .width = side(columns, sample->size[2]),
                                .height = side(rows, sample->size[1]),
                                .channels = sample->size[0],
                                .low = low,
                                .high = high};
    picture->pixels = memory_allocate(picture->width * picture->height, picture->channels);
}

static unsigned char shade(const struct picture *picture, double value) {
    double part = (value - picture->low) / (picture->high - picture->low);
    if (!(part > 0)) return 0;
    return part < 1 ? (unsigned char)rint(part * 255) : 255;
}

void picture_place(struct picture *picture, size_t column, size_t row, const double *value) {
    size_t height = picture->cell_height, width = picture->cell_width;
    size_t top = row * (height + 1), left = column * (width + 1);
    for (size_t channel = 0; channel < picture->channels; channel++)
        for (size_t y = 0; y < height; y++)
            for (size_t x = 0; x < width; x++)
                picture->pixels[((top + y) * picture->width + left + x) * picture->channels + channel] =
                    shade(picture, value[(channel * height + y) * width + x]);
}

int picture_save(const struct picture *picture, const char *path, bool inside) {
    struct file_writer writer;
    int code = (inside ? file_begin_inside : file_begin)(&writer, path);
    if (code != EXIT_OK) return code;
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)picture->width,
                       .height = (png_uint_32)picture->height,
                       .format = picture->channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB};
    if (!png_image_write_to_stdio(&image, writer.stream, 0, picture->pixels, 0, NULL)) {
        file_abandon(&writer);
        return message_error(EXIT_FILE, "cannot write %s: %s", path, image.message);
    }
    return file_end(&writer);
}

void picture_free(struct picture *picture) {
    free(picture->pixels);
    *picture = (struct picture){0};
}
