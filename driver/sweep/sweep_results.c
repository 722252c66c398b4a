#include "driver/sweep/sweep_results.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/json/json.h"
#include "base/message.h"
#include "driver/trainers/metrics.h"

enum { SHOWN = 10 };    // lines of the ranking printed to stdout

static bool is_number(const char *text) {
    char *end;
    strtod(text, &end);
    return (unsigned char)*text > ' ' && !*end;
}

// Checks that all losses are numbers, because the cells are copied to the tables of the sweep and to the terminal.
static int losses_check(const char *run, const struct sweep_losses *losses, size_t epochs) {
    for (size_t i = 0; i < epochs; i++) {
        if (is_number(losses->train[i]) && (is_number(losses->test[i]) || !*losses->test[i])) continue;
        return message_error(
            EXIT_CONTENT, "%s is not a complete run: a loss of epoch %zu in metrics.csv is not a number", run, i + 1);
    }
    return EXIT_OK;
}

static int losses_read(struct arena *arena, const struct sweep_run *run, size_t training, struct sweep_losses *losses) {
    const char *folder = sweep_run_folder(arena, run, training);
    size_t epochs = run->plan->training[training].epochs;
    struct table metrics;
    int code = run_table_read(arena, folder, "metrics.csv", &metrics);
    if (code != EXIT_OK) return code;
    *losses = (struct sweep_losses){ARENA_ARRAY(arena, const char *, epochs), ARENA_ARRAY(arena, const char *, epochs),
                                    metrics.count < 2 || *table_cell(arena, metrics.line[1], 2)};
    for (size_t i = 0; i < epochs; i++) {
        bool there = i + 1 < metrics.count;
        losses->train[i] = there ? table_cell(arena, metrics.line[i + 1], 1) : "nan";
        losses->test[i] = there ? table_cell(arena, metrics.line[i + 1], 2) : losses->tested ? "nan" : "";
    }
    return losses_check(folder, losses, epochs);
}

// The checksums of the data of a training.
static const char *data_of(struct arena *arena, const struct sweep_run *run, size_t training) {
    struct buffer text = {0};
    file_try_read(arena_print(arena, "%s/run.json", sweep_run_folder(arena, run, training)), &text);
    json_t *facts = json_loadb(text.text ? text.text : "", text.length, 0, NULL);
    buffer_free(&text);
    const char *sums = "", *split;
    json_t *part;
    json_object_foreach(json_object_get(facts, "data"), split, part) {
        const char *sum = json_string_value(json_object_get(json_object_get(part, "images"), "crc32"));
        if (sum) sums = arena_print(arena, "%s %s %s", sums, split, sum);
    }
    json_decref(facts);
    return sums;
}

static int read_all(struct sweep_results *results) {
    const struct sweep_plan *plan = results->run->plan;
    const char *first = data_of(results->arena, results->run, 0);
    for (size_t i = 0; i < plan->trainings; i++) {
        int code = losses_read(results->arena, results->run, i, &results->losses[i]);
        if (code != EXIT_OK) return code;
        const char *sums = data_of(results->arena, results->run, i);
        if (strcmp(sums, first) == 0) continue;
        return message_error(
            EXIT_CONTENT,
            "%s and %s were trained on different data (checksums%s,%s); remove one of them to train it again",
            sweep_run_folder(results->arena, results->run, 0), sweep_run_folder(results->arena, results->run, i), first,
            sums);
    }
    return EXIT_OK;
}

const struct sweep_losses *sweep_losses_of(const struct sweep_results *results, const struct sweep_point *point) {
    return &results->losses[point->training];
}

double sweep_final_loss(const struct sweep_results *results, const struct sweep_point *point) {
    const struct sweep_losses *losses = sweep_losses_of(results, point);
    return strtod((losses->tested ? losses->test : losses->train)[point->epochs - 1], NULL);
}

static void print_values(const struct sweep_plan *plan, const struct sweep_point *point, struct buffer *out) {
    for (size_t i = 0; i < plan->axes; i++)
        buffer_print(out, "%s%s", i ? "," : "", plan->axis[i].value[point->value[i]]);
}

void sweep_names_print(const struct sweep_plan *plan, struct buffer *out) {
    for (size_t i = 0; i < plan->axes; i++)
        buffer_print(out, "%s%s", i ? "," : "", plan->axis[i].name);
}

static void print_table(const struct sweep_results *results, struct buffer *out) {
    const struct sweep_plan *plan = results->run->plan;
    sweep_names_print(plan, out);
    buffer_print(out, ",epoch,train_loss,test_loss\n");
    for (size_t i = 0; i < plan->points; i++) {
        const struct sweep_point *point = &plan->point[i];
        const struct sweep_losses *losses = sweep_losses_of(results, point);
        for (size_t epoch = 0; epoch < point->epochs; epoch++) {
            print_values(plan, point, out);
            buffer_print(out, ",%zu,%s,%s\n", epoch + 1, losses->train[epoch], losses->test[epoch]);
        }
    }
}

static const struct sweep_results *ranked;

// NaN is the worst loss; points with equal losses keep the order of the product.
static int compare_points(const void *a, const void *b) {
    size_t first = *(const size_t *)a, second = *(const size_t *)b;
    double x = sweep_final_loss(ranked, &ranked->run->plan->point[first]);
    double y = sweep_final_loss(ranked, &ranked->run->plan->point[second]);
    if (isnan(x) != isnan(y)) return isnan(x) ? 1 : -1;
    if (x < y || x > y) return x < y ? -1 : 1;
    return (first > second) - (first < second);
}

static void rank_points(struct sweep_results *results) {
    size_t points = results->run->plan->points;
    results->order = ARENA_ARRAY(results->arena, size_t, points);
    for (size_t i = 0; i < points; i++)
        results->order[i] = i;
    ranked = results;
    qsort(results->order, points, sizeof *results->order, compare_points);
}

static void print_ranking(const struct sweep_results *results, struct buffer *out) {
    const struct sweep_plan *plan = results->run->plan;
    buffer_print(out, "rank,");
    sweep_names_print(plan, out);
    buffer_print(out, ",train_loss,test_loss\n");
    for (size_t i = 0; i < plan->points; i++) {
        const struct sweep_point *point = &plan->point[results->order[i]];
        const struct sweep_losses *losses = sweep_losses_of(results, point);
        buffer_print(out, "%zu,", i + 1);
        print_values(plan, point, out);
        buffer_print(out, ",%s,%s\n", losses->train[point->epochs - 1], losses->test[point->epochs - 1]);
    }
}

void sweep_results_show(const struct sweep_results *results) {
    const struct sweep_plan *plan = results->run->plan;
    printf("%-5s", "rank");
    for (size_t i = 0; i < plan->axes; i++)
        printf(" %14s", plan->axis[i].name);
    printf(" %14s %14s\n", "train loss", "test loss");
    for (size_t i = 0; i < plan->points && i < SHOWN; i++) {
        const struct sweep_point *point = &plan->point[results->order[i]];
        const struct sweep_losses *losses = sweep_losses_of(results, point);
        printf("%-5zu", i + 1);
        for (size_t j = 0; j < plan->axes; j++)
            printf(" %14s", plan->axis[j].value[point->value[j]]);
        printf(" %14s %14s\n", losses->train[point->epochs - 1], losses->test[point->epochs - 1]);
    }
}

static int write_file(const struct sweep_results *results, const char *name, const struct buffer *text) {
    const char *path = arena_print(results->arena, "%s/%s", results->run->folder, name);
    return file_write_inside(path, text->text, text->length);
}

int sweep_results_read(struct arena *arena, const struct sweep_run *run, struct sweep_results *results) {
    *results = (struct sweep_results){
        .arena = arena, .run = run, .losses = ARENA_ARRAY(arena, struct sweep_losses, run->plan->trainings)};
    int code = read_all(results);
    if (code == EXIT_OK) rank_points(results);
    return code;
}

int sweep_results_write(const struct sweep_results *results) {
    struct buffer table = {0}, ranking = {0};
    print_table(results, &table);
    print_ranking(results, &ranking);
    int code = write_file(results, "sweep.csv", &table);
    if (code == EXIT_OK) code = write_file(results, "ranking.csv", &ranking);
    buffer_free(&table);
    buffer_free(&ranking);
    return code;
}
