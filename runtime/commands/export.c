#include "runtime/commands/export.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/json.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/number.h"
#include "runtime/commands/commands.h"
#include "runtime/commands/output.h"
#include "runtime/data/normalise.h"
#include "runtime/data/npy.h"
#include "runtime/net/latents.h"
#include "runtime/numbers/random.h"
#include "runtime/numbers/reals.h"
#include "runtime/train/trained.h"

enum { BLOCK = 1024 };

int subject_load(const struct ae_model *model, const struct line *line, struct subject *subject) {
    const char *split = line_value(line, "split");
    *subject = (struct subject){.which = split && strcmp(split, "train") == 0 ? SPLIT_TRAIN : SPLIT_TEST};
    int code = trained_load(model, line, &subject->trained);
    if (code == EXIT_OK)
        code = data_load_split(model, line_value(line, "data"), subject->which, &subject->data, &subject->which);
    subject->split = &subject->data.split[subject->which];
    return code;
}

void subject_free(struct subject *subject) {
    trained_free(&subject->trained);
    data_free(&subject->data);
}

static void print_measures(const struct subject *subject, double loss, const double *terms, bool json) {
    const struct ae_model *model = subject->trained.model;
    if (!json) {
        printf("split %s\nsamples %zu\nloss %.9g\n", split_name(subject->which), subject->split->count,
               number_unsigned_nan(loss));
        for (size_t i = 0; i < model->term_count; i++)
            printf("%s %.9g\n", model->terms[i].name, number_unsigned_nan(terms[i]));
        return;
    }
    json_t *values = json_object();
    for (size_t i = 0; i < model->term_count; i++)
        json_put(values, model->terms[i].name, json_number(terms[i]));
    json_print(json_make("{s:s, s:I, s:o, s:o}", "split", split_name(subject->which), "samples",
                         (json_int_t)subject->split->count, "loss", json_number(loss), "terms", values));
}

int command_evaluate(const struct ae_model *model, const struct line *line) {
    struct subject subject;
    int code = subject_load(model, line, &subject);
    if (code == EXIT_OK) {
        double *terms = memory_allocate(model->term_count, sizeof *terms);
        double loss =
            evaluation_measure(&subject.trained.evaluation, subject.split, subject.trained.settings.weights, terms);
        print_measures(&subject, loss, terms, line_has(line, "json"));
        free(terms);
    }
    subject_free(&subject);
    return code;
}

static void write_codes(const struct ae_model *model, FILE *stream, enum output_format format,
                        const struct split *split, const ae_real *code, size_t first, size_t samples, ae_real *file) {
    for (size_t i = 0; i < samples; i++) {
        const ae_real *own = code + i * model->code_count;
        long long label = split->label_path ? (long long)idx_value(&split->labels, first + i) : 0;
        if (format == OUTPUT_CSV) {
            latents_write_row(model, stream, own, split->label_path ? &label : NULL);
        } else {
            shape_to_file(&model_latent(model)->shape, own, file);
            fwrite(file, sizeof *file, model->latent_count, stream);
        }
    }
}

// The number of the first sample whose code has a number that is not finite, or `samples`. encode does not write such
// numbers because decode refuses them.
static size_t find_infinite(const struct ae_model *model, enum output_format format, const ae_real *code,
                            size_t samples) {
    size_t written = format == OUTPUT_CSV ? model->code_count : model->latent_count;
    for (size_t i = 0; i < samples; i++)
        for (size_t j = 0; j < written; j++)
            if (!isfinite(code[i * model->code_count + j])) return i;
    return samples;
}

static int write_all_codes(const struct subject *subject, const char *path, enum output_format format) {
    const struct ae_model *model = subject->trained.model;
    const struct split *split = subject->split;
    struct file_writer writer;
    int result = file_begin(&writer, path);
    if (result != EXIT_OK) return result;
    if (format == OUTPUT_CSV)
        latents_write_head(model, writer.stream, split->label_path != NULL);
    else
        npy_write_header(writer.stream, 2, (const size_t[]){split->count, model->latent_count});
    ae_real *code = reals_allocate(BLOCK * model->code_count), *file = reals_allocate(model->latent_count);
    for (size_t first = 0; first < split->count; first += BLOCK) {
        size_t samples = split->count - first < BLOCK ? split->count - first : BLOCK;
        evaluation_encode(&subject->trained.evaluation, split, first, samples, code);
        size_t fine = find_infinite(model, format, code, samples);
        if (fine < samples) {
            result = message_error(EXIT_CONTENT, "%s: the code of sample %zu is not finite", split->image_path,
                                   first + fine);
            break;
        }
        write_codes(model, writer.stream, format, split, code, first, samples, file);
    }
    free(code);
    free(file);
    if (result == EXIT_OK) return file_end(&writer);
    file_abandon(&writer);
    return result;
}

int command_encode(const struct ae_model *model, const struct line *line) {
    struct subject subject;
    int code = subject_load(model, line, &subject);
    if (code == EXIT_OK) code = write_all_codes(&subject, line_value(line, "output"), output_format(line));
    subject_free(&subject);
    return code;
}

// Sets the range of the data that the weights were trained on, if it is known.
static void set_range(struct output *output, const struct trained *trained) {
    double low = trained->notes.low, high = trained->notes.high;
    if (!trained->notes.has_range) unit_range(trained->model, &low, &high);
    output_range(output, low, high);
}

int export_decoded(const struct trained *trained, const char *path, enum output_format format, size_t count,
                   const ae_real *z, size_t columns, size_t rows) {
    struct output output;
    int code = output_begin(&output, trained->model, path, format, 1, &count, columns, rows);
    if (code != EXIT_OK) return code;
    set_range(&output, trained);
    output_add_decoded(&output, &trained->evaluation, count, z);
    return output_end(&output);
}

// As export_decoded, in the smallest square grid that holds all samples.
static int write_square(const struct trained *trained, const char *path, enum output_format format, size_t count,
                        const ae_real *z) {
    size_t side = 1;
    while (side * side < count)
        side++;
    return export_decoded(trained, path, format, count, z, side, (count + side - 1) / side);
}

int command_decode(const struct ae_model *model, const struct line *line) {
    struct trained trained;
    struct latents latents = {0};
    int code = trained_load(model, line, &trained);
    if (code == EXIT_OK) code = latents_load(model, line_value(line, "latent"), &latents);
    if (code == EXIT_OK)
        code = write_square(&trained, line_value(line, "output"), output_format(line), latents.count, latents.z);
    free(latents.z);
    trained_free(&trained);
    return code;
}

int export_pairs(const struct subject *subject, const char *path, enum output_format format, const size_t *samples,
                 size_t count) {
    const struct ae_model *model = subject->trained.model;
    struct output output;
    double low, high;
    int result = output_begin(&output, model, path, format, 2, (const size_t[]){2, count}, count, 2);
    if (result != EXIT_OK) return result;
    split_range(subject->split, &low, &high);
    output_range(&output, low, high);
    for (size_t i = 0; i < count; i++) {
        split_raw(subject->split, samples ? samples[i] : i, output.value);
        output_add(&output, output.value);
    }
    ae_real *code = reals_allocate(count * model->code_count), *z = reals_allocate(count * model->latent_count);
    if (!samples) evaluation_encode(&subject->trained.evaluation, subject->split, 0, count, code);
    for (size_t i = 0; samples && i < count; i++)
        evaluation_encode(&subject->trained.evaluation, subject->split, samples[i], 1, code + i * model->code_count);
    code_to_z(model, count, code, z);
    output_add_decoded(&output, &subject->trained.evaluation, count, z);
    free(code);
    free(z);
    return output_end(&output);
}

int command_reconstruct(const struct ae_model *model, const struct line *line) {
    uint64_t count = line_whole(line, "count", 10);
    struct subject subject;
    int code = subject_load(model, line, &subject);
    if (code == EXIT_OK && count > subject.split->count) {
        count = subject.split->count;
        message_note("there are only %llu samples", (unsigned long long)count);
    }
    if (code == EXIT_OK)
        code = export_pairs(&subject, line_value(line, "output"), output_format(line), NULL, (size_t)count);
    subject_free(&subject);
    return code;
}

int command_sample(const struct ae_model *model, const struct line *line) {
    uint64_t count = line_whole(line, "count", 100), seed = line_whole(line, "seed", 1);
    struct trained trained;
    int code = trained_load(model, line, &trained);
    if (code == EXIT_OK) {
        size_t units = model->latent_count;
        ae_real *z = reals_allocate((size_t)count * units);
        for (size_t i = 0; i < count; i++)
            ae_random_sample(seed, (uint32_t)i, units, z + i * units);
        for (size_t i = 0; i < count * units; i++)
            z[i] = (ae_real)(model_latent(model)->prior_std * (double)z[i]);
        code = write_square(&trained, line_value(line, "output"), output_format(line), (size_t)count, z);
        free(z);
    }
    trained_free(&trained);
    return code;
}

static double cell_place(double from, double to, size_t cell, size_t cells) {
    return cells == 1 ? (from + to) / 2 : from + (to - from) * (double)cell / (double)(cells - 1);
}

void export_cell(const double from[2], const double to[2], size_t cells, size_t cell, double place[2]) {
    place[0] = cell_place(from[0], to[0], cell % cells, cells);
    place[1] = cell_place(from[1], to[1], cells - 1 - cell / cells, cells);
}

static int write_grid(const struct trained *trained, const char *path, enum output_format format, size_t cells,
                      const double from[2], const double to[2]) {
    ae_real *z = reals_allocate(cells * cells * 2);
    for (size_t cell = 0; cell < cells * cells; cell++) {
        double place[2];
        export_cell(from, to, cells, cell, place);
        z[cell * 2] = (ae_real)place[0];
        z[cell * 2 + 1] = (ae_real)place[1];
    }
    int code = export_decoded(trained, path, format, cells * cells, z, cells, cells);
    free(z);
    return code;
}

void export_plane_range(const struct trained *trained, double from[2], double to[2]) {
    for (int i = 0; i < 2; i++) {
        from[i] = trained->notes.has_grid ? trained->notes.grid_from[i] : -2;
        to[i] = trained->notes.has_grid ? trained->notes.grid_to[i] : 2;
    }
}

int command_grid(const struct ae_model *model, const struct line *line) {
    const char *lower = line_value(line, "from"), *upper = line_value(line, "to");
    enum output_format format = output_format(line);
    size_t cells = (size_t)line_whole(line, "cells", 12);
    double from[2], to[2];
    struct trained trained;
    int code = format == OUTPUT_PNG ? picture_check(&model_input(model)->shape, cells, cells) : EXIT_OK;
    if (code != EXIT_OK) return code;
    code = trained_load(model, line, &trained);
    export_plane_range(&trained, from, to);
    if (lower) number_parse_pair(lower, from);
    if (upper) number_parse_pair(upper, to);
    if (code == EXIT_OK) code = write_grid(&trained, line_value(line, "output"), format, cells, from, to);
    trained_free(&trained);
    return code;
}
