#include "runtime/measures/decoded_grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/api/real.h"
#include "runtime/data/normalise.h"
#include "runtime/measures/neighbours.h"
#include "runtime/numbers/reals.h"

// The number of reconstructed test images for which the nearest training image is searched. They are evenly spaced, and
// few enough that the search takes seconds.
enum { RECONSTRUCTIONS = 1000, BLOCK = 1024 };

// Decodes z [count][units]: picture [count][input_count] out, normalised.
static void decode(const struct evaluation *evaluation, size_t count, const ae_real *z, ae_real *picture) {
    const struct ae_model *model = evaluation->model;
    size_t units = model->latent_count;
    ae_real *memory = reals_allocate(count * units);
    for (size_t i = 0; i < count; i++)
        shape_to_memory(&model_latent(model)->shape, z + i * units, memory + i * units);
    evaluation_decode(evaluation, count, memory, picture);
    if (model_output(model)->kind == AE_OUTPUT_LOGITS)
        for (size_t i = 0; i < count * model->input_count; i++)
            picture[i] = ae_sigmoid(picture[i]);
    free(memory);
}

// The normalised value of a raw 0.
static ae_real background(const struct ae_model *model, size_t channel) {
    return (ae_real)unit_normalise(model, 0, channel);
}

// Replaces values of at most 0 by background, because a decoder that ends in relu cannot output less than 0.
static void clear_background(const struct ae_model *model, ae_real *picture, size_t count) {
    size_t channels = unit_channels(model);
    for (size_t i = 0; i < count * model->input_count; i++)
        if (picture[i] <= 0) picture[i] = background(model, i % channels);
}

static void cut_at_zero(ae_real *picture, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (picture[i] <= 0) picture[i] = 0;
}

static double square_distance(const ae_real *a, const ae_real *b, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double difference = (double)a[i] - (double)b[i];
        sum += difference * difference;
    }
    return sum;
}

static struct measured measured_or(double value, const char *missing) {
    return (struct measured){value, isfinite(value) ? NULL : missing};
}

// picture [cells][input_count], cleared; z [cells][units]
static struct measured measure_cycle(const struct evaluation *evaluation, size_t cells, const ae_real *z,
                                     const ae_real *picture, double scale) {
    const struct ae_model *model = evaluation->model;
    size_t units = model->latent_count;
    ae_real *code = reals_allocate(cells * model->code_count), *back = reals_allocate(units);
    evaluation_encode_input(evaluation, picture, cells, code);
    double sum = 0;
    for (size_t i = 0; i < cells; i++) {
        shape_to_file(&model_latent(model)->shape, code + i * model->code_count, back);
        sum += sqrt(square_distance(back, z + i * units, units));
    }
    free(code);
    free(back);
    return measured_or(sum / (double)cells / scale, "a decoded picture or its code is not finite");
}

// The mean squared distances to the nearest training image: of pictures [0, cells), and of pictures [cells, count).
// picture [count][input_count], with background cleared.
static void measure_distances(const struct evaluation *evaluation, const struct split *train, const ae_real *picture,
                              size_t cells, size_t count, double mean[2]) {
    size_t size = evaluation->model->input_count;
    struct neighbours neighbours;
    ae_real *image = reals_allocate(BLOCK * size);
    neighbours_create(&neighbours, picture, count, size, 1);
    for (size_t first = 0; first < train->count; first += BLOCK) {
        size_t samples = train->count - first < BLOCK ? train->count - first : BLOCK;
        split_gather(train, NULL, first, samples, image);
        cut_at_zero(image, samples * size);
        neighbours_add(&neighbours, evaluation->pool, image, samples);
    }
    mean[0] = mean[1] = 0;
    for (size_t i = 0; i < count; i++) {
        double distance = NAN;
        if (neighbours.index[i] != NEIGHBOUR_NONE) {
            split_gather(train, NULL, neighbours.index[i], 1, image);
            cut_at_zero(image, size);
            distance = square_distance(picture + i * size, image, size);
        }
        mean[i >= cells] += distance;
    }
    mean[0] /= (double)cells;
    mean[1] /= (double)(count - cells);
    neighbours_free(&neighbours);
    free(image);
}

// picture [cells][input_count] as decoded; code [samples][units] of the test images
static struct measured measure_nearest(const struct evaluation *evaluation, const struct data *data, size_t cells,
                                       const ae_real *picture, const ae_real *code) {
    const struct ae_model *model = evaluation->model;
    size_t samples = data->split[SPLIT_TEST].count, units = model->latent_count, size = model->input_count;
    if (samples == 0) return (struct measured){.missing = "no test data"};
    size_t count = samples < RECONSTRUCTIONS ? samples : RECONSTRUCTIONS;
    ae_real *z = reals_allocate(count * units), *all = reals_allocate((cells + count) * size);
    for (size_t i = 0; i < count; i++)
        memcpy(z + i * units, code + i * samples / count * units, units * sizeof *z);
    memcpy(all, picture, cells * size * sizeof *all);
    decode(evaluation, count, z, all + cells * size);
    cut_at_zero(all, (cells + count) * size);
    double mean[2];
    measure_distances(evaluation, &data->split[SPLIT_TRAIN], all, cells, cells + count, mean);
    free(z);
    free(all);
    return measured_or(mean[0] / mean[1], "the reconstructions equal training images, or are not finite");
}

// Total variation and ink of a cleared picture [input_count].
static void measure_picture(const struct ae_model *model, const ae_real *picture, double *variation, double *ink) {
    size_t channels = unit_channels(model), height = model_input(model)->shape.size[1],
           width = model_input(model)->shape.size[2];
    *variation = *ink = 0;
    for (size_t i = 0; i < model->input_count; i++) {
        size_t column = i / channels % width, row = i / channels / width;
        double own = picture[i], above = own - (double)background(model, i % channels);
        if (column + 1 < width) *variation += fabs((double)picture[i + channels] - own);
        if (row + 1 < height) *variation += fabs((double)picture[i + channels * width] - own);
        *ink += above <= 0 ? 0 : above;
    }
}

// The sum of total variation divided by ink over all pictures with ink.
struct sharpness {
    double sum;
    size_t count;
};

static void add_sharpness(const struct ae_model *model, struct sharpness *sharpness, const ae_real *picture,
                          size_t count) {
    for (size_t i = 0; i < count; i++) {
        double variation, ink;
        measure_picture(model, picture + i * model->input_count, &variation, &ink);
        if (ink == 0) continue;
        sharpness->sum += variation / ink;
        sharpness->count++;
    }
}

static struct measured finish_sharpness(const struct sharpness *sharpness) {
    if (sharpness->count == 0) return (struct measured){.missing = "no picture has ink"};
    return measured_or(sharpness->sum / (double)sharpness->count, "a decoded picture is not finite");
}

static struct measured measure_images(const struct split *split) {
    const struct ae_model *model = split->model;
    struct sharpness sharpness = {0};
    ae_real *image = reals_allocate(BLOCK * model->input_count);
    for (size_t first = 0; first < split->count; first += BLOCK) {
        size_t samples = split->count - first < BLOCK ? split->count - first : BLOCK;
        split_gather(split, NULL, first, samples, image);
        clear_background(model, image, samples);
        add_sharpness(model, &sharpness, image, samples);
    }
    free(image);
    return finish_sharpness(&sharpness);
}

void decoded_measure(const struct evaluation *evaluation, const struct data *data, const ae_real *code,
                     const ae_real *z, const char *missing, struct measures *measures) {
    const struct ae_model *model = evaluation->model;
    const struct measured none = {.missing = missing}, no_image = {.missing = "the input is not an image"};
    bool is_image = model_input(model)->shape.rank == 3;
    measures->sharp_images = is_image ? measure_images(&data->split[measures->which]) : no_image;
    measures->cycle = measures->nearest = none;
    measures->sharp_decoded = is_image ? none : no_image;
    if (missing) return;
    size_t cells = measures->plane.cells;
    ae_real *picture = reals_allocate(cells * model->input_count);
    decode(evaluation, cells, z, picture);
    measures->nearest = measure_nearest(evaluation, data, cells, picture, code);
    clear_background(model, picture, cells);
    measures->cycle = measure_cycle(evaluation, cells, z, picture, measures->scale);
    struct sharpness sharpness = {0};
    if (is_image) {
        add_sharpness(model, &sharpness, picture, cells);
        measures->sharp_decoded = finish_sharpness(&sharpness);
    }
    free(picture);
}
