#include "runtime/train/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/json/json.h"
#include "base/message.h"
#include "base/number.h"
#include "base/text.h"
#include "runtime/api/build.h"

static int store_text(const struct run *run, const char *name, const char *text) {
    char *path = path_join(run->folder, name);
    int code = file_write_inside(path, text, strlen(text));
    free(path);
    return code;
}

int run_check(const char *folder) {
    static const char *const names[] = {"run.json", "spec.aespec", "metrics.csv", "weights.safetensors"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = path_join(folder, names[i]);
        bool exists = file_exists(path);
        free(path);
        if (exists)
            return message_error(EXIT_USAGE, "%s already contains a run (%s); choose another folder with --out", folder,
                                 names[i]);
    }
    return EXIT_OK;
}

static json_t *number_or_null(uint64_t value) {
    return value == UINT64_MAX ? json_null() : json_integer((json_int_t)value);
}

static bool same_name(const char *a, const char *b) {
    size_t length = strcspn(a, "=");
    return strncmp(a, b, length + 1) == 0;
}

// A later --set of a name replaces an earlier one.
static void add_set(json_t *sets, const char *set) {
    for (size_t i = json_array_size(sets); i-- > 0;)
        if (same_name(json_string_value(json_array_get(sets, i)), set)) json_array_remove(sets, i);
    json_append(sets, json_text(set));
}

static json_t *make_sets(const struct line *line) {
    json_t *sets = json_array();
    for (size_t i = 0; i < ae_build.set_count; i++)
        add_set(sets, ae_build.sets[i]);
    for (size_t i = 0; i < line->given_count; i++)
        if (strcmp(line->given[i].option->name, "set") == 0) add_set(sets, line->given[i].value);
    return sets;
}

static json_t *make_file(const char *path, const struct idx *idx) {
    char sum[16];
    snprintf(sum, sizeof sum, "%08x", (unsigned)idx->checksum);
    json_t *shape = json_array();
    for (size_t i = 0; i < idx->rank; i++)
        json_append(shape, json_integer((json_int_t)idx->size[i]));
    return json_make("{s:o, s:o, s:s}", "path", json_text(path), "shape", shape, "crc32", sum);
}

static json_t *make_data(const struct data *data) {
    json_t *object = json_make("{s:o}", "path", json_text(data->path));
    for (int i = 0; i < SPLIT_COUNT; i++) {
        const struct split *split = &data->split[i];
        if (!split->count) continue;
        json_t *part = json_make("{s:I, s:o}", "samples", (json_int_t)split->count, "images",
                                 make_file(split->image_path, &split->images));
        if (split->label_path) json_put(part, "labels", make_file(split->label_path, &split->labels));
        json_put(object, split_name((enum data_split)i), part);
    }
    return object;
}

static json_t *make_numbers(const struct settings *settings, bool weights) {
    const struct ae_model *model = settings->model;
    json_t *object = json_object();
    size_t count = weights ? model->term_count : model->constant_count;
    for (size_t i = 0; i < count; i++)
        json_put(object, weights ? model->terms[i].name : model->constants[i].name,
                 json_number(weights ? settings->weights[i] : settings->constants[i]));
    return object;
}

static json_t *make_facts(const struct run_facts *facts) {
    const struct ae_model *model = facts->settings->model;
    const char *init = line_value(facts->line, "init");
    json_t *root = json_make("{s:s, s:o, s:s, s:o, s:o, s:s, s:s}", "model", model->name, "spec",
                             json_text(model->file), "version", ae_build.version, "compiler",
                             json_text(ae_build.compiler), "flags", json_text(ae_build.flags), "target", model->target,
                             "real", model->real_bytes == 8 ? "double" : "float");
    json_put(root, "set", make_sets(facts->line));
    json_put(root, "train", settings_to_json(facts->settings));
    json_put(root, "consts", make_numbers(facts->settings, false));
    json_put(root, "weights", make_numbers(facts->settings, true));
    json_put(root, "steps", number_or_null(facts->steps));
    json_put(root, "limit", number_or_null(facts->limit));
    json_put(root, "shuffle", json_boolean(facts->shuffle));
    json_put(root, "init", init ? json_text(init) : json_null());
    json_put(root, "threads", json_integer((json_int_t)facts->threads));
    json_put(root, "data", make_data(facts->data));
    return root;
}

static int store_facts(const struct run *run, const struct run_facts *facts) {
    struct buffer text = {0};
    json_write(make_facts(facts), JSON_INDENT(2), &text);
    buffer_add(&text, "\n", 1);
    int code = store_text(run, "run.json", text.text);
    buffer_free(&text);
    return code;
}

static void append(char **text, const char *more) {
    char *longer = text_join(*text, more);
    free(*text);
    *text = longer;
}

static void append_number(char **text, double value) {
    char number[40];
    snprintf(number, sizeof number, ",%.9g", number_unsigned_nan(value));
    append(text, number);
}

static void make_heads(struct run *run) {
    const struct ae_model *model = run->model;
    run->metrics = text_copy("epoch,train_loss,test_loss");
    for (size_t i = 0; i < model->term_count; i++) {
        append(&run->metrics, ",train_");
        append(&run->metrics, model->terms[i].name);
        append(&run->metrics, ",test_");
        append(&run->metrics, model->terms[i].name);
    }
    append(&run->metrics, ",learning_rate\n");
    run->timing = text_copy("epoch,seconds,samples_per_second\n");
}

static int fill_folder(const struct run *run, const struct run_facts *facts) {
    int code = store_text(run, "spec.aespec", run->model->text);
    if (code == EXIT_OK) code = store_facts(run, facts);
    if (code == EXIT_OK) code = store_text(run, "metrics.csv", run->metrics);
    return code == EXIT_OK ? store_text(run, "timing.csv", run->timing) : code;
}

static void empty_folder(const struct run *run) {
    static const char *const names[] = {"spec.aespec", "run.json", "metrics.csv", "timing.csv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = path_join(run->folder, names[i]);
        unlink(path);
        free(path);
    }
}

int run_create(struct run *run, const char *folder, const struct run_facts *facts) {
    *run = (struct run){.model = facts->settings->model, .folder = text_copy(folder)};
    make_heads(run);
    char *figures = path_join(folder, "figures");
    bool folder_was = file_exists(folder), figures_were = file_exists(figures);
    int code = folder_make_inside(figures);
    if (code == EXIT_OK) code = fill_folder(run, facts);
    if (code != EXIT_OK) {
        empty_folder(run);
        if (!figures_were) rmdir(figures);
        if (!folder_was) rmdir(folder);
    }
    free(figures);
    return code;
}

int run_add_epoch(struct run *run, const struct run_epoch *epoch) {
    char number[96];
    snprintf(number, sizeof number, "%llu", (unsigned long long)epoch->epoch);
    append(&run->metrics, number);
    append_number(&run->metrics, epoch->train_loss);
    if (epoch->test_terms)
        append_number(&run->metrics, epoch->test_loss);
    else
        append(&run->metrics, ",");
    for (size_t i = 0; i < run->model->term_count; i++) {
        append_number(&run->metrics, epoch->train_terms[i]);
        if (epoch->test_terms)
            append_number(&run->metrics, epoch->test_terms[i]);
        else
            append(&run->metrics, ",");
    }
    append_number(&run->metrics, epoch->learning_rate);
    append(&run->metrics, "\n");
    snprintf(number, sizeof number, "%llu,%.6f,%.9g\n", (unsigned long long)epoch->epoch, epoch->seconds,
             (double)epoch->samples / epoch->seconds);
    append(&run->timing, number);
    int code = store_text(run, "metrics.csv", run->metrics);
    return code == EXIT_OK ? store_text(run, "timing.csv", run->timing) : code;
}

int run_save_weights(const struct run *run, const ae_real *parameters, const struct weights_notes *notes) {
    char *path = path_join(run->folder, "weights.safetensors");
    int code = safetensors_write(run->model, path, parameters, notes);
    free(path);
    return code;
}

void run_free(struct run *run) {
    free(run->folder);
    free(run->metrics);
    free(run->timing);
    *run = (struct run){0};
}

static bool made_with(const char *set) {
    for (size_t i = 0; set && i < ae_build.set_count; i++)
        if (strcmp(ae_build.sets[i], set) == 0) return true;
    return false;
}

static bool made_for(const json_t *root) {
    const json_t *sets = json_object_get(root, "set");
    for (size_t i = 0; i < json_array_size(sets); i++)
        if (!made_with(json_string_value(json_array_get(sets, i)))) return false;
    return true;
}

int run_read_constants(const char *folder, struct settings *settings) {
    char *path = path_join(folder, "run.json");
    struct buffer content = {0};
    int code = file_exists(path) ? file_read(path, &content) : EXIT_OK;
    json_error_t error;
    json_t *root = content.text ? json_loadb(content.text, content.length, 0, &error) : NULL;
    if (code == EXIT_OK && content.text && !root)
        code = message_error(EXIT_CONTENT, "%s:%d: not JSON: %s", path, error.line, error.text);
    const char *name;
    json_t *value;
    bool known = made_for(root);
    json_object_foreach(json_object_get(root, "consts"), name, value) {
        if (!known && json_is_number(value)) settings_set_constant(settings, name, json_number_value(value));
    }
    json_decref(root);
    buffer_free(&content);
    free(path);
    return code;
}
