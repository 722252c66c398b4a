#include "runtime/commands/commands.h"

#include <math.h>
#include <stdio.h>

#include "base/json/json.h"
#include "base/message.h"
#include "base/number.h"
#include "runtime/data/data.h"
#include "runtime/measures/latent_measures.h"
#include "runtime/train/trained.h"

// The most units that are printed one by one, and the most for which JSON has the covariance.
enum { LINES_MAX = 16, COVARIANCE_MAX = 256 };

// The measures that are single numbers, named as in JSON, in order.
struct row {
    const char *name;
    struct measured measured;
};

enum { ROWS = 9 };

static void list_rows(const struct measures *measures, struct row rows[ROWS]) {
    const struct row all[ROWS] = {
        {"scale", {measures->scale, NULL}},   {"prior_std", measures->prior}, {"knn", measures->knn},
        {"silhouette", measures->silhouette}, {"offset", measures->offset},   {"kl", measures->divergence},
        {"occupancy", measures->occupancy},   {"cycle", measures->cycle},     {"nearest", measures->nearest},
    };
    for (int i = 0; i < ROWS; i++)
        rows[i] = all[i];
}

static json_t *to_json(struct measured measured) {
    return measured.missing ? json_null() : json_number(measured.value);
}

static json_t *numbers_to_json(const double *value, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_append(array, json_number(value[i]));
    return array;
}

static json_t *extent_to_json(const struct measures *measures) {
    json_t *array = json_array();
    for (size_t i = 0; i < measures->units; i++)
        json_append(array, json_make("[o, o]", json_number(measures->low[i]), json_number(measures->high[i])));
    return array;
}

static json_t *covariance_to_json(const struct moments *moments) {
    if (moments->units > COVARIANCE_MAX) return json_null();
    json_t *rows = json_array();
    for (size_t i = 0; i < moments->units; i++)
        json_append(rows, numbers_to_json(moments->covariance + i * moments->units, moments->units));
    return rows;
}

static json_t *parts_to_json(const struct measures *measures) {
    return measures->part_knn ? numbers_to_json(measures->part_knn, measures->parts) : json_null();
}

static json_t *live_to_json(const struct measures *measures) {
    if (!measures->shares) return json_null();
    return json_make("{s:I, s:o}", "units_alive", (json_int_t)measures->units_alive, "shares",
                     numbers_to_json(measures->shares, measures->units));
}

static void print_json(const struct measures *measures) {
    struct row rows[ROWS];
    list_rows(measures, rows);
    json_t *root = json_make("{s:s, s:I, s:I}", "split", split_name(measures->which), "samples",
                             (json_int_t)measures->samples, "units", (json_int_t)measures->units);
    for (int i = 0; i < ROWS; i++)
        json_put(root, rows[i].name, to_json(rows[i].measured));
    json_put(root, "cells", json_integer((json_int_t)measures->plane.cells));
    json_put(root, "sharpness",
             json_make("{s:o, s:o}", "decoded", to_json(measures->sharp_decoded), "images",
                       to_json(measures->sharp_images)));
    json_put(root, "live", live_to_json(measures));
    if (measures->parts) json_put(root, "parts", parts_to_json(measures));
    json_put(root, "extent", extent_to_json(measures));
    json_put(root, "covariance", covariance_to_json(&measures->moments));
    json_print(root);
}

static void print_row(const char *name, struct measured measured) {
    if (measured.missing)
        printf("%s none: %s\n", name, measured.missing);
    else
        printf("%s %.9g\n", name, number_unsigned_nan(measured.value));
}

static void print_units(const struct measures *measures) {
    const struct moments *moments = &measures->moments;
    for (size_t i = 0; i < measures->units; i++)
        printf("extent %zu %.9g %.9g\n", i, measures->low[i], measures->high[i]);
    for (size_t i = 0; i < measures->units; i++) {
        printf("covariance %zu", i);
        for (size_t j = 0; j < measures->units; j++)
            printf(" %.9g", moments->covariance[i * measures->units + j]);
        putchar('\n');
    }
    for (size_t i = 0; i < measures->units && measures->shares; i++)
        printf("live %zu %.9g\n", i, measures->shares[i]);
}

static void print_units_together(const struct measures *measures) {
    const struct moments *moments = &measures->moments;
    double low = INFINITY, high = -INFINITY, least = INFINITY, most = 0;
    for (size_t i = 0; i < measures->units; i++) {
        double variance = moments->variance[i];
        low = fmin(low, measures->low[i]);
        high = fmax(high, measures->high[i]);
        least = fmin(least, variance);
        most = fmax(most, variance);
    }
    printf("extent %.9g %.9g over all units; --json prints each\n", low, high);
    printf("covariance: variances from %.9g to %.9g; ", least, most);
    if (measures->units <= COVARIANCE_MAX)
        puts("--json prints all of it");
    else
        printf("it is printed for up to %d units\n", COVARIANCE_MAX);
}

// Prints the first and the last unit of each part, and its knn.
static void print_parts(const struct measures *measures) {
    size_t width = measures->parts ? measures->units / measures->parts : 0;
    if (measures->parts && !measures->part_knn) printf("parts none: %s\n", measures->knn.missing);
    for (size_t i = 0; i < measures->parts && measures->part_knn; i++)
        printf("part %zu %zu %.9g\n", i * width, (i + 1) * width - 1, measures->part_knn[i]);
}

static void print_lines(const struct measures *measures) {
    struct row rows[ROWS];
    list_rows(measures, rows);
    printf("split %s\nsamples %zu\nunits %zu\n", split_name(measures->which), measures->samples, measures->units);
    for (int i = 0; i < ROWS; i++)
        print_row(rows[i].name, rows[i].measured);
    printf("cells %zu\n", measures->plane.cells);
    print_row("sharpness decoded", measures->sharp_decoded);
    print_row("sharpness images", measures->sharp_images);
    if (measures->shares)
        printf("units_alive %zu\n", measures->units_alive);
    else
        puts("units_alive none: the latent space is gaussian");
    print_parts(measures);
    if (measures->units <= LINES_MAX)
        print_units(measures);
    else
        print_units_together(measures);
}

int command_measure(const struct ae_model *model, const struct line *line) {
    static const bool both[SPLIT_COUNT] = {true, true};
    struct trained trained = {0};
    struct data data = {0};
    struct measures measures = {0};
    size_t parts = (size_t)line_whole(line, "parts", 0);    // 0: none
    int code = trained_load(model, line, &trained);
    if (code == EXIT_OK) code = data_load(model, line_value(line, "data"), both, SIZE_MAX, &data);
    if (code == EXIT_OK && data.split[SPLIT_TEST].count == 0)
        message_note("%s has no test data; using the training data", data.path);
    if (code == EXIT_OK) code = measures_take(&trained.evaluation, &data, parts, &measures);
    if (code == EXIT_OK && line_has(line, "json"))
        print_json(&measures);
    else if (code == EXIT_OK)
        print_lines(&measures);
    measures_free(&measures);
    data_free(&data);
    trained_free(&trained);
    return code;
}
