#include "runtime/data/data.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/message.h"
#include "base/number.h"
#include "base/text.h"
#include "runtime/data/normalise.h"
#include "runtime/numbers/reals.h"

static const char *const prefixes[SPLIT_COUNT][2] = {{"train-images-idx", "train-labels-idx"},
                                                     {"t10k-images-idx", "t10k-labels-idx"}};

const char *split_name(enum data_split split) {
    return split == SPLIT_TRAIN ? "train" : "test";
}

// Finds the file of the folder whose name begins with `prefix`; *path is NULL if no file matches. It is an error if
// both a plain and a compressed file exist.
static int find_file(const char *folder, const char *prefix, char **path) {
    struct arena arena = {0};
    const char **names, *found = NULL;
    size_t count;
    int code = folder_list(&arena, folder, &names, &count);
    for (size_t i = 0; i < count && code == EXIT_OK; i++) {
        if (strncmp(names[i], prefix, strlen(prefix)) != 0) continue;
        if (found)
            code = message_error(EXIT_CONTENT, "both %s/%s and %s/%s exist; keep one of them", folder, found, folder,
                                 names[i]);
        found = names[i];
    }
    *path = found ? path_join(folder, found) : NULL;
    arena_free(&arena);
    return code;
}

// [N, H, W] fits [1, H, W] and [H*W], [N, C, H, W] fits [C, H, W], [N, M] fits [M].
static bool shape_fits(const struct idx *idx, const struct ae_shape *input) {
    const size_t *size = idx->size + 1;
    if (input->rank == 1)
        return (idx->rank == 2 && size[0] == input->size[0]) || (idx->rank == 3 && size[0] * size[1] == input->size[0]);
    if (idx->rank == 3) return input->size[0] == 1 && size[0] == input->size[1] && size[1] == input->size[2];
    return idx->rank == 4 && memcmp(size, input->size, 3 * sizeof *size) == 0;
}

static int check_shape(const struct split *split) {
    const struct ae_model *model = split->model;
    if (shape_fits(&split->images, &model_input(model)->shape)) return EXIT_OK;
    char found[SIZES_TEXT], expected[SIZES_TEXT];
    sizes_format(found, split->images.size + 1, split->images.rank - 1);
    sizes_format(expected, model_input(model)->shape.size, (size_t)model_input(model)->shape.rank);
    return message_error(EXIT_CONTENT, "%s: %zu samples of %s do not fit the model's input %s of %s", split->image_path,
                         split->images.size[0], found, model_input(model)->name, expected);
}

static int check_labels(const struct split *split) {
    const struct idx *labels = &split->labels;
    if (labels->rank != 1 || labels->type == IDX_F32 || labels->type == IDX_F64)
        return message_error(EXIT_CONTENT,
                             "%s: labels must be whole numbers in one dimension, found %zu dimensions of type %02x",
                             split->label_path, labels->rank, (unsigned)labels->type);
    if (labels->size[0] != split->images.size[0])
        return message_error(EXIT_CONTENT, "%s: %zu labels for the %zu samples of %s", split->label_path,
                             labels->size[0], split->images.size[0], split->image_path);
    return EXIT_OK;
}

static size_t channel_size(const struct ae_model *model) {
    return model->input_count / unit_channels(model);
}

// A byte has only 256 values. If all of them are in range, which is common, the data need not be read.
static bool table_in_unit_interval(const struct split *split) {
    if (!split->table) return false;
    for (size_t i = 0; i < unit_channels(split->model) * 256; i++)
        if (!(split->table[i] >= 0 && split->table[i] <= 1)) return false;
    return true;
}

static int check_unit_interval(const struct split *split) {
    const struct ae_model *model = split->model;
    if (!model_input(model)->data.unit_interval || table_in_unit_interval(split)) return EXIT_OK;
    for (size_t i = 0; i < split->count * model->input_count; i++) {
        size_t channel = i / channel_size(model) % unit_channels(model);
        double value = (ae_real)unit_normalise(model, idx_value(&split->images, i), channel);
        if (value >= 0 && value <= 1) continue;
        return message_error(EXIT_CONTENT, "%s: sample %zu has the value %g, normalised %g; bce requires [0, 1]",
                             split->image_path, i / model->input_count, idx_value(&split->images, i), value);
    }
    return EXIT_OK;
}

static void make_table(struct split *split) {
    const struct ae_model *model = split->model;
    if (split->images.type != IDX_U8) return;
    split->table = reals_allocate(unit_channels(model) * 256);
    for (size_t channel = 0; channel < unit_channels(model); channel++)
        for (size_t value = 0; value < 256; value++)
            split->table[channel * 256 + value] = (ae_real)unit_normalise(model, (double)value, channel);
}

static int load_split(struct split *split, size_t limit) {
    int code = idx_load(split->image_path, &split->images);
    if (code == EXIT_OK) code = check_shape(split);
    if (code == EXIT_OK && split->images.size[0] >= UINT32_MAX)
        code = message_error(EXIT_CONTENT, "%s: %zu samples; the limit is %u", split->image_path, split->images.size[0],
                             UINT32_MAX - 1);
    if (code == EXIT_OK && split->label_path) {
        code = idx_load(split->label_path, &split->labels);
        if (code == EXIT_OK) code = check_labels(split);
    }
    if (code != EXIT_OK) return code;
    split->count = split->images.size[0] < limit ? split->images.size[0] : limit;
    make_table(split);
    return check_unit_interval(split);
}

static int find_split(const char *path, enum data_split which, struct split *split) {
    if (!folder_exists(path)) {
        split->image_path = text_copy(path);
        return EXIT_OK;
    }
    int code = find_file(path, prefixes[which][0], &split->image_path);
    if (code == EXIT_OK) code = find_file(path, prefixes[which][1], &split->label_path);
    if (code == EXIT_OK && which == SPLIT_TEST && split->label_path && !split->image_path)
        code = message_error(EXIT_CONTENT, "%s is without samples: there is no %s*", split->label_path,
                             prefixes[which][0]);
    return code;
}

// If --data is one file, both splits share it. It has no labels.
static void split_borrow(const struct split *from, struct split *split) {
    split->count = from->count;
    split->images = from->images;
    split->table = from->table;
    split->borrowed = true;
}

int data_load(const struct ae_model *model, const char *path, const bool wanted[SPLIT_COUNT], size_t limit,
              struct data *data) {
    *data = (struct data){0};
    if (!path) path = model_input(model)->data.source;
    if (!path) return message_error(EXIT_USAGE, "--data is missing, and %s has no source", model->file);
    data->path = text_copy(path);
    if (!file_exists(path)) return message_error(EXIT_FILE, "cannot read the data %s: %s", path, error_text(errno));
    int code = EXIT_OK;
    bool any = false, one_file = !folder_exists(path);
    for (int i = 0; i < SPLIT_COUNT && code == EXIT_OK; i++) {
        struct split *split = &data->split[i];
        if (!wanted[i]) continue;
        code = find_split(path, (enum data_split)i, split);
        if (code != EXIT_OK || !split->image_path) continue;
        any = true;
        split->model = model;
        if (one_file && data->split[SPLIT_TRAIN].count > 0)
            split_borrow(&data->split[SPLIT_TRAIN], split);
        else
            code = load_split(split, limit);
    }
    if (code == EXIT_OK && wanted[SPLIT_TRAIN] && !(any && data->split[SPLIT_TRAIN].count))
        code = message_error(EXIT_FILE, "the folder %s has no %s*", path, prefixes[SPLIT_TRAIN][0]);
    return code;
}

int data_load_split(const struct ae_model *model, const char *path, enum data_split split, struct data *data,
                    enum data_split *found) {
    bool wanted[SPLIT_COUNT] = {false};
    wanted[split] = true;
    *found = split;
    int code = data_load(model, path, wanted, SIZE_MAX, data);
    if (code != EXIT_OK || data->split[split].count) return code;
    message_note("%s has no test data; using the training data", data->path);
    data_free(data);
    *found = SPLIT_TRAIN;
    return data_load(model, path, (const bool[SPLIT_COUNT]){[SPLIT_TRAIN] = true}, SIZE_MAX, data);
}

void split_free(struct split *split) {
    if (!split->borrowed) {
        idx_free(&split->images);
        idx_free(&split->labels);
        free(split->table);
    }
    free(split->image_path);
    free(split->label_path);
    *split = (struct split){0};
}

void data_free(struct data *data) {
    for (int i = 0; i < SPLIT_COUNT; i++)
        split_free(&data->split[i]);
    free(data->path);
    *data = (struct data){0};
}

static void gather_bytes(const struct split *split, size_t sample, ae_real *input) {
    const struct ae_model *model = split->model;
    size_t channels = unit_channels(model), size = channel_size(model);
    const unsigned char *from = split->images.elements + sample * model->input_count;
    for (size_t channel = 0; channel < channels; channel++) {
        const ae_real *table = split->table + channel * 256;
        for (size_t i = 0; i < size; i++)
            input[i * channels + channel] = table[from[channel * size + i]];
    }
}

static void gather_values(const struct split *split, size_t sample, ae_real *input) {
    const struct ae_model *model = split->model;
    size_t channels = unit_channels(model), size = channel_size(model), from = sample * model->input_count;
    for (size_t channel = 0; channel < channels; channel++)
        for (size_t i = 0; i < size; i++)
            input[i * channels + channel] =
                (ae_real)unit_normalise(model, idx_value(&split->images, from + channel * size + i), channel);
}

void split_gather(const struct split *split, const uint32_t *order, size_t first, size_t count, ae_real *input) {
    size_t size = split->model->input_count;
    for (size_t i = 0; i < count; i++) {
        size_t sample = order ? order[i] : first + i;
        if (split->table)
            gather_bytes(split, sample, input + i * size);
        else
            gather_values(split, sample, input + i * size);
    }
}

void split_raw(const struct split *split, size_t sample, double *value) {
    size_t size = split->model->input_count;
    for (size_t i = 0; i < size; i++)
        value[i] = idx_value(&split->images, sample * size + i);
}

void split_range(const struct split *split, double *low, double *high) {
    enum idx_type type = split->images.type;
    if (type == IDX_U8 || type == IDX_I8 || type == IDX_I16)
        idx_range(type, low, high);
    else
        unit_range(split->model, low, high);
}
