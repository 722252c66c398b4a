#include "runtime/net/safetensors.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/json/json.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/number.h"
#include "runtime/net/parameters.h"
#include "runtime/numbers/reals.h"

enum { LENGTH_BYTES = 8, HEADER_MAX = 100000000 };

static const char *own_type(void) {
    return sizeof(ae_real) == 8 ? "F64" : "F32";
}

static void note_pair(json_t *metadata, const char *name, const double pair[2]) {
    char text[64];
    snprintf(text, sizeof text, "%.9g,%.9g", pair[0], pair[1]);
    json_put(metadata, name, json_string(text));
}

static json_t *make_metadata(const struct ae_model *model, const struct weights_notes *notes) {
    json_t *metadata = json_make("{s:s}", "model", model->name);
    if (notes->has_range) note_pair(metadata, "data_range", (const double[]){notes->low, notes->high});
    if (notes->has_grid) {
        note_pair(metadata, "grid_from", notes->grid_from);
        note_pair(metadata, "grid_to", notes->grid_to);
    }
    return metadata;
}

static json_t *make_header(const struct ae_model *model, const struct weights_notes *notes) {
    json_t *header = json_object();
    json_put(header, "__metadata__", make_metadata(model, notes));
    size_t offset = 0;
    for (size_t i = 0; i < model->parameter_tensors; i++) {
        const struct ae_parameter *parameter = &model->parameters[i];
        json_t *shape = json_array();
        for (int j = 0; j < parameter->shape.rank; j++)
            json_append(shape, json_integer((json_int_t)parameter->shape.size[j]));
        size_t end = offset + ae_shape_count(&parameter->shape) * sizeof(ae_real);
        json_put(header, parameter->name,
                 json_make("{s:s, s:o, s:[I, I]}", "dtype", own_type(), "shape", shape, "data_offsets",
                           (json_int_t)offset, (json_int_t)end));
        offset = end;
    }
    return header;
}

static void write_header(const struct ae_model *model, FILE *stream, const struct weights_notes *notes) {
    struct buffer text = {0};
    json_write(make_header(model, notes), JSON_COMPACT, &text);
    while (text.length % 8 != 0)
        buffer_add(&text, " ", 1);
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        fputc((int)((uint64_t)text.length >> (8 * i) & 0xff), stream);
    fwrite(text.text, 1, text.length, stream);
    buffer_free(&text);
}

int safetensors_write(const struct ae_model *model, const char *path, const ae_real *parameters,
                      const struct weights_notes *notes) {
    struct file_writer writer;
    int code = file_begin_inside(&writer, path);
    if (code != EXIT_OK) return code;
    write_header(model, writer.stream, notes);
    for (size_t i = 0; i < model->parameter_tensors; i++) {
        const struct ae_parameter *parameter = &model->parameters[i];
        size_t count = ae_shape_count(&parameter->shape);
        ae_real *file = reals_allocate(count);
        parameter_to_file(parameter, parameters, file);
        fwrite(file, sizeof *file, count, writer.stream);
        free(file);
    }
    return file_end(&writer);
}

// A tensor as described by the header.
struct entry {
    const char *name, *type;
    struct ae_shape shape;    // rank -1 if it is larger than that of any parameter
    size_t begin, end;
};

static int refuse_entry(const char *path, const char *name, const char *what) {
    return message_error(EXIT_CONTENT, "%s: tensor '%s': %s", path, name, what);
}

static bool is_size(const json_t *value) {
    return json_is_integer(value) && json_integer_value(value) >= 0;
}

static size_t type_bytes(const char *type) {
    static const struct {
        const char *name;
        size_t bytes;
    } types[] = {{"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"F8_E4M3", 1}, {"F8_E5M2", 1},
                 {"I16", 2},  {"U16", 2}, {"F16", 2}, {"BF16", 2},    {"I32", 4},
                 {"U32", 4},  {"F32", 4}, {"F64", 8}, {"I64", 8},     {"U64", 8}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, type) == 0) return types[i].bytes;
    return 0;
}

static int read_shape(const char *path, const json_t *sizes, struct entry *entry, size_t *count) {
    *count = 1;
    size_t rank = json_array_size(sizes);
    entry->shape.rank = rank <= AE_RANK_MAX ? (int)rank : -1;
    for (size_t i = 0; i < rank; i++) {
        const json_t *size = json_array_get(sizes, i);
        if (!is_size(size)) return refuse_entry(path, entry->name, "a size is not a whole number");
        size_t value = (size_t)json_integer_value(size);
        if (value && *count > SIZE_MAX / 16 / value) return refuse_entry(path, entry->name, "its shape is too large");
        *count *= value;
        if (rank <= AE_RANK_MAX) entry->shape.size[i] = value;
    }
    return EXIT_OK;
}

static int read_entry(const char *path, const json_t *value, size_t room, struct entry *entry) {
    const json_t *sizes = json_object_get(value, "shape"), *offsets = json_object_get(value, "data_offsets");
    const json_t *begin = json_array_get(offsets, 0), *end = json_array_get(offsets, 1);
    entry->type = json_string_value(json_object_get(value, "dtype"));
    if (!entry->type || !json_is_array(sizes) || json_array_size(offsets) != 2 || !is_size(begin) || !is_size(end) ||
        json_object_size(value) != 3)
        return refuse_entry(path, entry->name, "expected dtype, shape and two data_offsets");
    size_t count, bytes = type_bytes(entry->type);
    int code = read_shape(path, sizes, entry, &count);
    if (code != EXIT_OK) return code;
    if (!bytes) return refuse_entry(path, entry->name, "unknown dtype");
    entry->begin = (size_t)json_integer_value(begin);
    entry->end = (size_t)json_integer_value(end);
    if (entry->begin > entry->end || entry->end > room)
        return message_error(
            EXIT_CONTENT, "%s: tensor '%s' is at bytes %zu to %zu of the data, but the file has only %zu: truncated?",
            path, entry->name, entry->begin, entry->end, room);
    if (entry->end - entry->begin != count * bytes)
        return message_error(EXIT_CONTENT, "%s: tensor '%s' has %zu bytes, but its shape and dtype require %zu", path,
                             entry->name, entry->end - entry->begin, count * bytes);
    return EXIT_OK;
}

static int compare_entries(const void *a, const void *b) {
    const struct entry *first = a, *second = b;
    if (first->begin != second->begin) return first->begin < second->begin ? -1 : 1;
    return (first->end > second->end) - (first->end < second->end);
}

// The format requires that the tensors fill the data without overlaps or gaps.
static int check_layout(const char *path, struct entry *entries, size_t count, size_t room) {
    qsort(entries, count, sizeof *entries, compare_entries);
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].begin < end) return refuse_entry(path, entries[i].name, "it overlaps another");
        if (entries[i].begin > end) return refuse_entry(path, entries[i].name, "there is a gap in the data before it");
        end = entries[i].end;
    }
    if (end != room) return message_error(EXIT_CONTENT, "%s: %zu extra bytes after the last tensor", path, room - end);
    return EXIT_OK;
}

static const struct entry *find_entry(const struct entry *entries, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(entries[i].name, name) == 0) return &entries[i];
    return NULL;
}

static bool same_shape(const struct ae_shape *a, const struct ae_shape *b) {
    return a->rank == b->rank && memcmp(a->size, b->size, (size_t)a->rank * sizeof *a->size) == 0;
}

static int match_parameter(const char *path, const struct ae_parameter *parameter, const struct entry *entry) {
    char found[SIZES_TEXT], expected[SIZES_TEXT];
    sizes_format(expected, parameter->shape.size, (size_t)parameter->shape.rank);
    if (!entry) return message_error(EXIT_CONTENT, "%s: tensor '%s' of %s is missing", path, parameter->name, expected);
    if (entry->shape.rank < 0)
        return message_error(EXIT_CONTENT, "%s: tensor '%s' has more dimensions than %s", path, parameter->name,
                             expected);
    if (!same_shape(&entry->shape, &parameter->shape))
        return message_error(EXIT_CONTENT, "%s: tensor '%s' has the shape %s, expected %s", path, parameter->name,
                             sizes_format(found, entry->shape.size, (size_t)entry->shape.rank), expected);
    if (strcmp(entry->type, "F32") == 0 || (strcmp(entry->type, "F64") == 0 && sizeof(ae_real) == 8)) return EXIT_OK;
    return message_error(EXIT_CONTENT, "%s: tensor '%s' is %s, expected F32%s", path, parameter->name, entry->type,
                         sizeof(ae_real) == 8 ? " or F64" : "");
}

static int match_all(const struct ae_model *model, const char *path, const struct entry *entries, size_t count) {
    int code = EXIT_OK;
    for (size_t i = 0; i < model->parameter_tensors; i++) {
        const struct ae_parameter *parameter = &model->parameters[i];
        int match = match_parameter(path, parameter, find_entry(entries, count, parameter->name));
        if (match != EXIT_OK) code = match;
    }
    for (size_t i = 0; i < count; i++) {
        size_t j = 0;
        while (j < model->parameter_tensors && strcmp(model->parameters[j].name, entries[i].name) != 0)
            j++;
        if (j == model->parameter_tensors)
            code = refuse_entry(path, entries[i].name, "the model has no parameter of this name");
    }
    return code;
}

static int copy_parameter(const char *path, const struct ae_parameter *parameter, const struct entry *entry,
                          const unsigned char *data, ae_real *parameters) {
    size_t count = ae_shape_count(&parameter->shape);
    bool wide = strcmp(entry->type, "F64") == 0, finite = true;
    ae_real *file = reals_allocate(count);
    for (size_t i = 0; i < count; i++) {
        float single;
        double real;
        if (wide) {
            memcpy(&real, data + entry->begin + i * sizeof real, sizeof real);
            file[i] = (ae_real)real;
        } else {
            memcpy(&single, data + entry->begin + i * sizeof single, sizeof single);
            file[i] = single;
        }
        finite = finite && isfinite(file[i]);
    }
    parameter_from_file(parameter, file, parameters);
    free(file);
    return finite ? EXIT_OK : refuse_entry(path, parameter->name, "it has a number that is not finite");
}

static bool read_pair(const json_t *metadata, const char *name, double *first, double *second) {
    const char *text = json_string_value(json_object_get(metadata, name));
    int length = 0;
    double a, b;
    if (!text || sscanf(text, "%lf,%lf%n", &a, &b, &length) != 2 || text[length]) return false;
    *first = a;
    *second = b;
    return isfinite(a) && isfinite(b);
}

static int read_notes(const char *path, const json_t *metadata, struct weights_notes *notes) {
    const char *key;
    json_t *value;
    *notes = (struct weights_notes){0};
    if (!metadata) return EXIT_OK;
    if (!json_is_object(metadata)) return message_error(EXIT_CONTENT, "%s: __metadata__ is not an object", path);
    json_object_foreach((json_t *)metadata, key, value) {
        if (!json_is_string(value))
            return message_error(EXIT_CONTENT, "%s: __metadata__ '%s' is not a string", path, key);
    }
    notes->has_range = read_pair(metadata, "data_range", &notes->low, &notes->high) && notes->low < notes->high;
    notes->has_grid = read_pair(metadata, "grid_from", &notes->grid_from[0], &notes->grid_from[1]) &&
                      read_pair(metadata, "grid_to", &notes->grid_to[0], &notes->grid_to[1]);
    return EXIT_OK;
}

static int read_tensors(const struct ae_model *model, const char *path, json_t *header, const unsigned char *data,
                        size_t room, ae_real *parameters) {
    struct entry *entries = memory_allocate(json_object_size(header), sizeof *entries);
    size_t count = 0;
    int code = EXIT_OK;
    const char *name;
    json_t *value;
    json_object_foreach(header, name, value) {
        if (strcmp(name, "__metadata__") == 0) continue;
        entries[count].name = name;
        int entry = read_entry(path, value, room, &entries[count++]);
        if (entry != EXIT_OK) code = entry;
    }
    if (code == EXIT_OK) code = check_layout(path, entries, count, room);
    if (code == EXIT_OK) code = match_all(model, path, entries, count);
    for (size_t i = 0; i < model->parameter_tensors && code == EXIT_OK; i++) {
        const struct ae_parameter *parameter = &model->parameters[i];
        code = copy_parameter(path, parameter, find_entry(entries, count, parameter->name), data, parameters);
    }
    free(entries);
    return code;
}

static int find_header(const char *path, const struct buffer *content, size_t *length) {
    if (content->length < LENGTH_BYTES)
        return message_error(EXIT_CONTENT, "%s: %zu bytes, expected a safetensors file", path, content->length);
    uint64_t told = 0;
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        told |= (uint64_t)(unsigned char)content->text[i] << (8 * i);
    if (told > HEADER_MAX)
        return message_error(EXIT_CONTENT, "%s: not a safetensors file: its header would have %llu bytes", path,
                             (unsigned long long)told);
    if (told > content->length - LENGTH_BYTES)
        return message_error(EXIT_CONTENT, "%s: truncated: a header of %llu bytes in a file of %zu", path,
                             (unsigned long long)told, content->length);
    *length = (size_t)told;
    return EXIT_OK;
}

static int read_content(const struct ae_model *model, const char *path, const struct buffer *content,
                        ae_real *parameters, struct weights_notes *notes) {
    size_t length = 0;
    int code = find_header(path, content, &length);
    if (code != EXIT_OK) return code;
    json_error_t error;
    json_t *header = json_loadb((const char *)content->text + LENGTH_BYTES, length, JSON_REJECT_DUPLICATES, &error);
    if (!header)
        return message_error(EXIT_CONTENT, "%s: not a safetensors file: its header is not JSON: %s", path, error.text);
    if (json_is_object(header)) {
        code = read_notes(path, json_object_get(header, "__metadata__"), notes);
        size_t begin = LENGTH_BYTES + length;
        if (code == EXIT_OK)
            code = read_tensors(model, path, header, (const unsigned char *)content->text + begin,
                                content->length - begin, parameters);
    } else {
        code = message_error(EXIT_CONTENT, "%s: not a safetensors file: its header is not a JSON object", path);
    }
    json_decref(header);
    return code;
}

int safetensors_read(const struct ae_model *model, const char *path, ae_real *parameters, struct weights_notes *notes) {
    struct buffer content = {0};
    int code = file_read(path, &content);
    if (code != EXIT_OK) return code;
    code = read_content(model, path, &content, parameters, notes);
    buffer_free(&content);
    return code;
}
