#include "runtime/measures/latent_measures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/pool.h"
#include "runtime/data/normalise.h"
#include "runtime/measures/components.h"
#include "runtime/measures/decoded_grid.h"
#include "runtime/measures/neighbours.h"
#include "runtime/measures/silhouette.h"
#include "runtime/numbers/reals.h"

enum { BLOCK = 1024, VOTERS = 5, SILHOUETTE_MAX = 10000 };

static const double ALIVE = 0.8;

// Encodes a split: code [split->count][latent_count] out, units channels first; mu for a gaussian latent.
static void encode_split(const struct evaluation *evaluation, const struct split *split, ae_real *code) {
    const struct ae_model *model = evaluation->model;
    ae_real *memory = reals_allocate(BLOCK * model->code_count);
    for (size_t first = 0; first < split->count; first += BLOCK) {
        size_t samples = split->count - first < BLOCK ? split->count - first : BLOCK;
        evaluation_encode(evaluation, split, first, samples, memory);
        for (size_t i = 0; i < samples; i++)
            shape_to_file(&model_latent(model)->shape, memory + i * model->code_count,
                          code + (first + i) * model->latent_count);
    }
    free(memory);
}

static int check_finite(const struct split *split, const ae_real *code, size_t units) {
    for (size_t i = 0; i < split->count * units; i++)
        if (!isfinite(code[i]))
            return message_error(EXIT_CONTENT, "%s: the code of sample %zu is not finite", split->image_path,
                                 i / units);
    return EXIT_OK;
}

// The most frequent label among the voters; on a tie, the one whose first voter is nearer.
static double elect(const struct split *train, const uint32_t *voter) {
    double label[VOTERS] = {0}, elected = NAN;
    int most = 0;
    for (int i = 0; i < VOTERS; i++)
        label[i] = voter[i] == NEIGHBOUR_NONE ? NAN : idx_value(&train->labels, voter[i]);
    for (int i = 0; i < VOTERS; i++) {
        int votes = 0;
        for (int j = 0; j < VOTERS; j++)
            votes += label[j] == label[i];
        if (votes <= most) continue;
        most = votes;
        elected = label[i];
    }
    return elected;
}

// The share of the test codes [units] whose label is predicted by the nearest training codes, point [units].
static double share_told(const struct evaluation *evaluation, const struct data *data, const ae_real *code,
                         const ae_real *point, size_t units) {
    const struct split *train = &data->split[SPLIT_TRAIN], *test = &data->split[SPLIT_TEST];
    struct neighbours neighbours;
    neighbours_create(&neighbours, code, test->count, units, VOTERS);
    neighbours_add(&neighbours, evaluation->pool, point, train->count);
    size_t right = 0;
    for (size_t i = 0; i < test->count; i++)
        right += elect(train, neighbours.index + i * VOTERS) == idx_value(&test->labels, i);
    neighbours_free(&neighbours);
    return (double)right / (double)test->count;
}

// Copies units [first, first + width) of each code [units] to [count][width]. The caller must free() the result.
static ae_real *take_units(const ae_real *code, size_t count, size_t units, size_t first, size_t width) {
    ae_real *taken = reals_allocate(count * width);
    for (size_t i = 0; i < count; i++)
        memcpy(taken + i * width, code + i * units + first, width * sizeof *code);
    return taken;
}

static double measure_part(const struct evaluation *evaluation, const struct data *data, const ae_real *code,
                           const ae_real *point, size_t units, size_t first, size_t width) {
    ae_real *part_code = take_units(code, data->split[SPLIT_TEST].count, units, first, width);
    ae_real *part_point = take_units(point, data->split[SPLIT_TRAIN].count, units, first, width);
    double share = share_told(evaluation, data, part_code, part_point, width);
    free(part_code);
    free(part_point);
    return share;
}

static void measure_neighbours(const struct evaluation *evaluation, const struct data *data, const ae_real *code,
                               struct measures *measures) {
    const struct split *train = &data->split[SPLIT_TRAIN], *test = &data->split[SPLIT_TEST];
    if (test->count == 0)
        measures->knn.missing = "no test data";
    else if (!train->label_path || !test->label_path)
        measures->knn.missing = "no labels";
    if (measures->knn.missing) return;
    ae_real *point = reals_allocate(train->count * measures->units);
    encode_split(evaluation, train, point);
    measures->knn.value = share_told(evaluation, data, code, point, measures->units);
    measures->part_knn = memory_allocate(measures->parts, sizeof *measures->part_knn);
    for (size_t i = 0; i < measures->parts; i++) {
        size_t width = measures->units / measures->parts;
        measures->part_knn[i] = measure_part(evaluation, data, code, point, measures->units, i * width, width);
    }
    free(point);
}

// Only of the first codes, because the time grows with the square of their number.
static struct measured measure_silhouette(const struct evaluation *evaluation, const struct split *split,
                                          const ae_real *code, size_t units) {
    if (!split->label_path) return (struct measured){.missing = "no labels"};
    size_t count = split->count < SILHOUETTE_MAX ? split->count : SILHOUETTE_MAX;
    struct measured measured = {0};
    measured.missing = silhouette_find(evaluation->pool, code, count, units, &split->labels, &measured.value);
    return measured;
}

// Shared by the tasks, each of which measures one unit.
struct job {
    struct measures *measures;
    const ae_real *code;
};

static void measure_unit(void *context, size_t unit, size_t thread) {
    (void)thread;
    const struct job *job = context;
    struct measures *measures = job->measures;
    double *value = memory_allocate(measures->samples, sizeof *value);
    size_t above = 0;
    for (size_t i = 0; i < measures->samples; i++) {
        value[i] = job->code[i * measures->units + unit];
        above += value[i] > 0;
    }
    quantiles_find(value, measures->samples, &measures->low[unit], &measures->high[unit]);
    if (measures->shares) measures->shares[unit] = (double)above / (double)measures->samples;
    free(value);
}

static void measure_units(struct measures *measures, const struct evaluation *evaluation, const ae_real *code) {
    size_t units = measures->units;
    measures->low = memory_allocate(units, sizeof *measures->low);
    measures->high = memory_allocate(units, sizeof *measures->high);
    if (model_latent(evaluation->model)->kind == AE_LATENT_CODE)
        measures->shares = memory_allocate(units, sizeof *measures->shares);
    pool_run(evaluation->pool, units, measure_unit, &(struct job){measures, code});
    for (size_t i = 0; i < units && measures->shares; i++)
        measures->units_alive += measures->shares[i] >= ALIVE;
}

static struct measured find_prior(const struct ae_model *model) {
    if (model_latent(model)->kind == AE_LATENT_CODE) return (struct measured){.missing = "a code has no prior"};
    return (struct measured){.value = model_latent(model)->prior_std};
}

static struct measured measure_divergence(const struct moments *moments, struct measured prior) {
    if (prior.missing) return prior;
    double value = moments_divergence(moments, prior.value);
    return (struct measured){value, isnan(value) ? "the covariance is singular" : NULL};
}

static struct measured measure_offset(const struct measures *measures) {
    if (measures->scale == 0) return (struct measured){.missing = "all codes are the same"};
    double square = 0;
    for (size_t i = 0; i < measures->units; i++)
        square += measures->moments.mean[i] * measures->moments.mean[i];
    return (struct measured){.value = sqrt(square) / measures->scale};
}

// Points [samples][2]: the two units, or the coordinates of the codes along their components.
static void project(const struct measures *measures, const ae_real *code, const struct components *components,
                    double (*points)[2]) {
    for (size_t i = 0; i < measures->samples; i++) {
        const ae_real *own = code + i * measures->units;
        if (components->count)
            components_project(components, own, points[i]);
        else
            for (size_t axis = 0; axis < 2; axis++)
                points[i][axis] = own[axis];
    }
}

// The centres of the plane's cells as codes: z [cells][units] out, the inverse of `project`.
static void place_centres(const struct measures *measures, const struct components *components, ae_real *z) {
    for (size_t cell = 0; cell < measures->plane.cells; cell++) {
        const double *centre = measures->plane.centre[cell];
        ae_real *own = z + cell * measures->units;
        if (components->count)
            components_restore(components, centre, own);
        else
            for (size_t axis = 0; axis < 2; axis++)
                own[axis] = (ae_real)centre[axis];
    }
}

static const char *plane_missing(const struct measures *measures) {
    if (measures->units < 2) return "fewer than two latent units";
    if (measures->scale == 0) return "all codes are the same";
    return measures->plane.cells == 0 ? "the codes lie on a line" : NULL;
}

static void measure_plane(const struct evaluation *evaluation, const struct data *data, const ae_real *code,
                          struct measures *measures) {
    size_t units = measures->units;
    struct components components = {0};
    double(*points)[2] = memory_allocate(measures->samples, sizeof *points);
    if (units > 1 && measures->scale > 0) {
        if (units > 2) components_find(code, measures->samples, units, 2, &components);
        project(measures, code, &components, points);
        plane_measure((const double(*)[2])points, measures->samples, &measures->plane);
    }
    const char *missing = plane_missing(measures);
    ae_real *z = reals_allocate(measures->plane.cells * units);
    place_centres(measures, &components, z);
    measures->occupancy = (struct measured){measures->plane.occupancy, missing};
    if (!missing && isnan(measures->occupancy.value)) measures->occupancy.missing = "there is only one cell";
    decoded_measure(evaluation, data, code, z, missing, measures);
    free(z);
    free(points);
    components_free(&components);
}

int measures_take(const struct evaluation *evaluation, const struct data *data, size_t parts,
                  struct measures *measures) {
    *measures = (struct measures){.which = data->split[SPLIT_TEST].count ? SPLIT_TEST : SPLIT_TRAIN,
                                  .units = evaluation->model->latent_count,
                                  .parts = parts};
    const struct split *split = &data->split[measures->which];
    measures->samples = split->count;
    ae_real *code = reals_allocate(split->count * measures->units);
    encode_split(evaluation, split, code);
    int result = check_finite(split, code, measures->units);
    if (result == EXIT_OK) {
        measure_neighbours(evaluation, data, code, measures);
        measures->silhouette = measure_silhouette(evaluation, split, code, measures->units);
        moments_create(&measures->moments, evaluation->pool, code, split->count, measures->units);
        measures->scale = sqrt(measures->moments.trace / 2);
        measures->offset = measure_offset(measures);
        measures->prior = find_prior(evaluation->model);
        measures->divergence = measure_divergence(&measures->moments, measures->prior);
        measure_units(measures, evaluation, code);
        measure_plane(evaluation, data, code, measures);
    }
    free(code);
    return result;
}

void measures_free(struct measures *measures) {
    moments_free(&measures->moments);
    free(measures->low);
    free(measures->high);
    free(measures->shares);
    free(measures->part_knn);
}
