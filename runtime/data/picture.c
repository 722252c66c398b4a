#include "runtime/data/picture.h"

#include <math.h>
#include <png.h>
#include <stdlib.h>

#include "base/file/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/number.h"

enum { SIDE_MAX = 1000000 };    // limit of libpng
static const size_t pixels_max = (size_t)1 << 30;

static size_t side(size_t cells, size_t pixels) {
    return cells * (pixels + 1) - 1;
}

int picture_check(const struct ae_shape *sample, size_t columns, size_t rows) {
    char text[SIZES_TEXT];
    if (sample->rank != 3 || (sample->size[0] != 1 && sample->size[0] != 3))
        return message_error(EXIT_USAGE, "a PNG requires samples of [1, H, W] or [3, H, W], found %s; use a .npy file",
                             sizes_format(text, sample->size, (size_t)sample->rank));
    size_t height = side(rows, sample->size[1]), width = side(columns, sample->size[2]);
    if (height > SIDE_MAX || width > SIDE_MAX || height * width > pixels_max)
        return message_error(EXIT_USAGE, "a PNG of %zu x %zu pixels is too large; use a .npy file", width, height);
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

static png_voidp allocate(png_structp png, png_alloc_size_t size) {
    (void)png;
    return memory_resize(NULL, size, 1);
}

static void release(png_structp png, png_voidp memory) {
    (void)png;
    free(memory);
}

// Write errors are found at the end of the file.
static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
    fwrite(bytes, 1, count, png_get_io_ptr(png));
}

static void flush_nothing(png_structp png) {
    (void)png;
}

// Out of memory and write errors are handled elsewhere, so any other error is a bug.
static _Noreturn void fail(png_structp png, png_const_charp what) {
    (void)png;
    exit(message_error(EXIT_BUG, "internal error: libpng cannot write a picture: %s", what));
}

static void write_picture(const struct picture *picture, FILE *stream) {
    png_structp png = png_create_write_struct_2(PNG_LIBPNG_VER_STRING, NULL, fail, NULL, NULL, allocate, release);
    png_infop info = png_create_info_struct(png);
    if (!png || !info) fail(png, "cannot initialise it");
    png_set_write_fn(png, stream, write_bytes, flush_nothing);
    png_set_IHDR(png, info, (png_uint_32)picture->width, (png_uint_32)picture->height, 8,
                 picture->channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_write_info(png, info);
    for (size_t row = 0; row < picture->height; row++)
        png_write_row(png, picture->pixels + row * picture->width * picture->channels);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
}

int picture_save(const struct picture *picture, const char *path, bool inside) {
    struct file_writer writer;
    int code = (inside ? file_begin_inside : file_begin)(&writer, path);
    if (code != EXIT_OK) return code;
    write_picture(picture, writer.stream);
    return file_end(&writer);
}

void picture_free(struct picture *picture) {
    free(picture->pixels);
    *picture = (struct picture){0};
}
