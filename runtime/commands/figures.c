// The command `figures`: writes these files to the folder of -o, as far as they apply to the model:
//   latent.csv           for each sample, its point in the plane of two latent units or principal components
//   histogram.csv        a histogram of the codes for each latent unit
//   reconstructions.png  samples above, their reconstructions below
//   plane.png            the plane of latent.csv, decoded
//   losses.csv           the loss of each sample
//   best.png, worst.png  the samples with the lowest and the highest losses, as in reconstructions.png
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/number.h"
#include "base/quantile.h"
#include "runtime/commands/commands.h"
#include "runtime/commands/export.h"
#include "runtime/data/normalise.h"
#include "runtime/measures/components.h"
#include "runtime/measures/sample_loss.h"
#include "runtime/numbers/reals.h"

enum { POINTS_MAX = 20000, UNITS_MAX = 64, BINS = 40, PAIRS = 10, CELLS = 20, EXTREMES = 8 };

// The codes of a split, [count][units], channels first as in files.
struct codes {
    size_t count, units;
    ae_real *z;
};

// The plane shown by the scatter plot and by the decoded plane.
struct plane {
    bool of_units;    // spanned by the two latent units; else by two principal components
    struct components components;
    double from[2], to[2];    // its corners
};

static void encode_all(const struct subject *subject, struct codes *codes) {
    const struct ae_model *model = subject->trained.model;
    *codes = (struct codes){subject->split->count, model->latent_count, NULL};
    ae_real *code = reals_allocate(codes->count * model->code_count);
    codes->z = reals_allocate(codes->count * codes->units);
    evaluation_encode(&subject->trained.evaluation, subject->split, 0, codes->count, code);
    for (size_t i = 0; i < codes->count; i++)
        shape_to_file(&model_latent(model)->shape, code + i * model->code_count, codes->z + i * codes->units);
    free(code);
}

static bool codes_finite(const struct codes *codes) {
    for (size_t i = 0; i < codes->count * codes->units; i++)
        if (!isfinite(codes->z[i])) return false;
    return true;
}

static void place_of(const struct plane *plane, const struct codes *codes, size_t sample, double place[2]) {
    const ae_real *z = codes->z + sample * codes->units;
    if (!plane->of_units) {
        components_project(&plane->components, z, place);
        return;
    }
    place[0] = (double)z[0];
    place[1] = (double)z[1];
}

// The 1st and the 99th percentile of each coordinate, by nearest rank.
static void corners_of(const struct codes *codes, struct plane *plane) {
    double *along = memory_allocate(codes->count, sizeof *along), place[2];
    for (size_t axis = 0; axis < 2; axis++) {
        for (size_t i = 0; i < codes->count; i++) {
            place_of(plane, codes, i, place);
            along[i] = place[axis];
        }
        values_sort(along, codes->count);
        plane->from[axis] = quantile_of(along, codes->count, 1, 100);
        plane->to[axis] = quantile_of(along, codes->count, 99, 100);
    }
    free(along);
}

static void plane_find(const struct subject *subject, const struct codes *codes, struct plane *plane) {
    *plane = (struct plane){.of_units = codes->units == 2};
    if (plane->of_units) {
        export_plane_range(&subject->trained, plane->from, plane->to);
        return;
    }
    components_find(codes->z, codes->count, codes->units, 2, &plane->components);
    corners_of(codes, plane);
}

static void write_heads(const struct ae_model *model, FILE *stream, const struct plane *plane, bool labels) {
    const char *unit = model_latent(model)->kind == AE_LATENT_GAUSSIAN ? "mu" : "z";
    for (size_t i = 0; i < 2; i++) {
        double total = plane->components.total;
        if (plane->of_units)
            fprintf(stream, "%s%s_%zu", i ? "," : "", unit, i);
        else
            fprintf(stream, "%scomponent %zu (%.1f %% of the variance)", i ? "," : "", i + 1,
                    total > 0 ? 100 * plane->components.variance[i] / total : 0);
    }
    fputs(labels ? ",label\n" : "\n", stream);
}

static int write_points(const struct subject *subject, const struct codes *codes, const struct plane *plane,
                        const char *path) {
    const struct split *split = subject->split;
    struct file_writer writer;
    int code = file_begin_inside(&writer, path);
    if (code != EXIT_OK) return code;
    write_heads(subject->trained.model, writer.stream, plane, split->label_path != NULL);
    size_t step = (codes->count + POINTS_MAX - 1) / POINTS_MAX;
    for (size_t i = 0; i < codes->count; i += step) {
        double place[2];
        place_of(plane, codes, i, place);
        fprintf(writer.stream, "%.7g,%.7g", place[0], place[1]);
        if (split->label_path) fprintf(writer.stream, ",%lld", (long long)idx_value(&split->labels, i));
        fputc('\n', writer.stream);
    }
    return file_end(&writer);
}

static void write_bins(FILE *stream, const struct codes *codes, size_t unit) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < codes->count; i++) {
        double value = (double)codes->z[i * codes->units + unit];
        low = fmin(low, value);
        high = fmax(high, value);
    }
    size_t bins = high > low ? BINS : 1, count[BINS] = {0};
    double width = high > low ? (high - low) / BINS : 0;
    for (size_t i = 0; i < codes->count; i++) {
        double part = width > 0 ? ((double)codes->z[i * codes->units + unit] - low) / width : 0;
        count[part < (double)bins ? (size_t)part : bins - 1]++;
    }
    for (size_t bin = 0; bin < bins; bin++)
        fprintf(stream, "%zu,%.7g,%.7g,%zu\n", unit, low + width * (double)bin, low + width * (double)(bin + 1),
                count[bin]);
}

static int write_histogram(const struct codes *codes, const char *path) {
    struct file_writer writer;
    int code = file_begin_inside(&writer, path);
    if (code != EXIT_OK) return code;
    fputs("unit,from,to,count\n", writer.stream);
    for (size_t unit = 0; unit < codes->units && unit < UNITS_MAX; unit++)
        write_bins(writer.stream, codes, unit);
    return file_end(&writer);
}

static int write_plane(const struct subject *subject, const struct plane *plane, const char *path) {
    const struct ae_model *model = subject->trained.model;
    size_t units = model->latent_count;
    ae_real *file = reals_allocate(units), *z = reals_allocate((size_t)CELLS * CELLS * units);
    for (size_t cell = 0; cell < (size_t)CELLS * CELLS; cell++) {
        double place[2];
        export_cell(plane->from, plane->to, CELLS, cell, place);
        if (plane->of_units)
            for (size_t i = 0; i < 2; i++)
                file[i] = (ae_real)place[i];
        else
            components_restore(&plane->components, place, file);
        shape_to_memory(&model_latent(model)->shape, file, z + cell * units);
    }
    int code = export_decoded(&subject->trained, path, OUTPUT_FIGURE, (size_t)CELLS * CELLS, z, CELLS, CELLS);
    free(file);
    free(z);
    return code;
}

static bool is_picture(const struct subject *subject) {
    const struct ae_shape *input = &model_input(subject->trained.model)->shape;
    return input->rank == 3 && (input->size[0] == 1 || input->size[0] == 3);
}

static int write_codes(const struct subject *subject, const char *folder) {
    struct codes codes;
    encode_all(subject, &codes);
    int code = EXIT_OK;
    char *latent = path_join(folder, "latent.csv"), *histogram = path_join(folder, "histogram.csv"),
         *picture = path_join(folder, "plane.png");
    if (!codes_finite(&codes)) {
        message_note("some codes are not finite; the latent space is not drawn");
    } else {
        struct plane plane = {0};
        code = write_histogram(&codes, histogram);
        if (codes.units >= 2) {
            plane_find(subject, &codes, &plane);
            if (code == EXIT_OK) code = write_points(subject, &codes, &plane, latent);
            if (code == EXIT_OK && is_picture(subject)) code = write_plane(subject, &plane, picture);
        }
        components_free(&plane.components);
    }
    free(latent);
    free(histogram);
    free(picture);
    free(codes.z);
    return code;
}

static int write_reconstructions(const struct subject *subject, const char *folder) {
    if (!is_picture(subject)) return EXIT_OK;
    char *path = path_join(folder, "reconstructions.png");
    size_t count = subject->split->count < PAIRS ? subject->split->count : PAIRS;
    int code = export_pairs(subject, path, OUTPUT_FIGURE, NULL, count);
    free(path);
    return code;
}

// losses [count of the split] out, in the order of samples
static void measure_losses(const struct subject *subject, struct sample_loss *losses) {
    const struct split *split = subject->split;
    const struct trained *trained = &subject->trained;
    size_t terms = trained->model->term_count;
    ae_real *term = reals_allocate(split->count * terms);
    evaluation_terms(&trained->evaluation, split, term);
    for (size_t i = 0; i < split->count; i++)
        losses[i] =
            (struct sample_loss){evaluation_loss(&trained->evaluation, term + i * terms, trained->settings.weights), i};
    free(term);
}

static int write_losses(const struct split *split, const struct sample_loss *losses, const char *path) {
    struct file_writer writer;
    int code = file_begin_inside(&writer, path);
    if (code != EXIT_OK) return code;
    fputs(split->label_path ? "sample,loss,label\n" : "sample,loss\n", writer.stream);
    for (size_t i = 0; i < split->count; i++) {
        fprintf(writer.stream, "%zu,%.9g", i, number_unsigned_nan(losses[i].loss));
        if (split->label_path) fprintf(writer.stream, ",%lld", (long long)idx_value(&split->labels, i));
        fputc('\n', writer.stream);
    }
    return file_end(&writer);
}

// Writes the samples with the lowest losses in ascending order, or those with the highest in descending order. losses
// [count] must be sorted.
static int write_extremes(const struct subject *subject, const struct sample_loss *losses, bool worst,
                          const char *path) {
    size_t all = subject->split->count, count = all < EXTREMES ? all : EXTREMES, samples[EXTREMES];
    for (size_t i = 0; i < count; i++)
        samples[i] = losses[worst ? all - 1 - i : i].sample;
    return export_pairs(subject, path, OUTPUT_FIGURE, samples, count);
}

static int write_all_losses(const struct subject *subject, const char *folder) {
    size_t count = subject->split->count;
    struct sample_loss *losses = memory_allocate(count, sizeof *losses);
    char *table = path_join(folder, "losses.csv"), *best = path_join(folder, "best.png"),
         *worst = path_join(folder, "worst.png");
    measure_losses(subject, losses);
    int code = write_losses(subject->split, losses, table);
    if (is_picture(subject)) {
        qsort(losses, count, sizeof *losses, sample_loss_compare);
        if (code == EXIT_OK) code = write_extremes(subject, losses, false, best);
        if (code == EXIT_OK) code = write_extremes(subject, losses, true, worst);
    }
    free(losses);
    free(table);
    free(best);
    free(worst);
    return code;
}

int command_figures(const struct ae_model *model, const struct line *line) {
    const char *folder = line_value(line, "output");
    struct subject subject = {0};
    int code = subject_load(model, line, &subject);
    if (code == EXIT_OK) code = folder_make(folder);
    if (code == EXIT_OK) code = write_codes(&subject, folder);
    if (code == EXIT_OK) code = write_reconstructions(&subject, folder);
    if (code == EXIT_OK) code = write_all_losses(&subject, folder);
    subject_free(&subject);
    return code;
}
