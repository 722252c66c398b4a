#include "runtime/net/latents.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/number.h"
#include "base/option/option.h"
#include "base/quantile.h"
#include "base/text.h"
#include "runtime/data/normalise.h"
#include "runtime/data/npy.h"
#include "runtime/numbers/reals.h"

enum { IGNORED = -1 };

static const char *column_prefix(const struct ae_model *model) {
    return model_latent(model)->kind == AE_LATENT_GAUSSIAN ? "mu_" : "z_";
}

void latents_write_head(const struct ae_model *model, FILE *stream, bool labels) {
    for (size_t i = 0; i < model->latent_count; i++)
        fprintf(stream, "%s%s%zu", i ? "," : "", column_prefix(model), i);
    for (size_t i = 0; i + model->latent_count < model->code_count; i++)
        fprintf(stream, ",log_sigma_%zu", i);
    fputs(labels ? ",label\n" : "\n", stream);
}

void latents_write_row(const struct ae_model *model, FILE *stream, const ae_real *code, const long long *label) {
    ae_real *file = reals_allocate(model->latent_count);
    for (size_t from = 0; from < model->code_count; from += model->latent_count) {
        shape_to_file(&model_latent(model)->shape, code + from, file);
        for (size_t i = 0; i < model->latent_count; i++)
            fprintf(stream, "%s%.*g", from + i ? "," : "", sizeof(ae_real) == 8 ? 17 : 9, (double)file[i]);
    }
    free(file);
    if (label) fprintf(stream, ",%lld", *label);
    fputc('\n', stream);
}

void latents_range(const struct evaluation *evaluation, const struct split *split, double low[2], double high[2],
                   bool *known) {
    const struct ae_model *model = evaluation->model;
    size_t count = split->count;
    ae_real *code = reals_allocate(count * model->code_count);
    double *unit = memory_allocate(count, sizeof *unit);
    evaluation_encode(evaluation, split, 0, count, code);
    *known = true;
    for (size_t axis = 0; axis < 2; axis++) {
        for (size_t i = 0; i < count; i++) {
            unit[i] = code[i * model->code_count + axis];
            *known = *known && isfinite(unit[i]);
        }
        values_sort(unit, count);
        low[axis] = quantile_of(unit, count, 1, 100);
        high[axis] = quantile_of(unit, count, 99, 100);
    }
    free(code);
    free(unit);
}

// A text that is split in place into lines, and the lines at commas.
struct table {
    const struct ae_model *model;
    const char *path;
    char *at;
    size_t line;
    char **cells;    // [columns]
    size_t columns;
};

// Returns the next line without its line ending, or NULL after the last line.
static char *next_line(struct table *table) {
    if (!*table->at) return NULL;
    char *line = table->at, *end = line + strcspn(line, "\n");
    table->at = *end ? end + 1 : end;
    *end = 0;
    if (end > line && end[-1] == '\r') end[-1] = 0;
    table->line++;
    return line;
}

static size_t count_cells(const char *line) {
    size_t count = 1;
    for (; *line; line++)
        count += *line == ',';
    return count;
}

static void cut_line(char *line, char **cells) {
    for (size_t i = 0;; i++) {
        cells[i] = line;
        line += strcspn(line, ",");
        if (!*line) return;
        *line++ = 0;
    }
}

// The unit of a column: its number, IGNORED, or -2 for an unknown name.
static long column_unit(const struct ae_model *model, const char *name) {
    static const char *const prefixes[] = {"mu_", "z_", "log_sigma_"};
    if (strcmp(name, "label") == 0) return IGNORED;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t length = strlen(prefixes[i]);
        if (strncmp(name, prefixes[i], length) != 0) continue;
        char *end;
        long unit = name[length] >= '0' && name[length] <= '9' ? strtol(name + length, &end, 10) : -2;
        if (unit < 0 || *end || (size_t)unit >= model->latent_count) return -2;
        return i == 2 ? IGNORED : unit;
    }
    return -2;
}

// units [columns] out: the unit of each column. Every unit must have exactly one column.
static int read_head(struct table *table, long **units) {
    const struct ae_model *model = table->model;
    char *line = next_line(table);
    if (!line) return message_error(EXIT_CONTENT, "%s: empty, expected a header line and codes", table->path);
    table->columns = count_cells(line);
    table->cells = memory_allocate(table->columns, sizeof *table->cells);
    *units = memory_allocate(table->columns, sizeof **units);
    cut_line(line, table->cells);
    bool *seen = memory_allocate(model->latent_count, sizeof *seen);
    int code = EXIT_OK;
    for (size_t i = 0; i < table->columns && code == EXIT_OK; i++) {
        long unit = (*units)[i] = column_unit(model, table->cells[i]);
        if (unit < IGNORED || (unit >= 0 && seen[unit]))
            code = message_error(EXIT_CONTENT, "%s:1: unexpected column '%s'; expected %s0 to %s%zu", table->path,
                                 table->cells[i], column_prefix(model), column_prefix(model), model->latent_count - 1);
        else if (unit >= 0)
            seen[unit] = true;
    }
    for (size_t i = 0; i < model->latent_count && code == EXIT_OK; i++)
        if (!seen[i])
            code =
                message_error(EXIT_CONTENT, "%s:1: the column %s%zu is missing", table->path, column_prefix(model), i);
    free(seen);
    return code;
}

static int read_row(const struct table *table, const long *units, char *line, ae_real *file) {
    size_t cells = count_cells(line);
    if (cells != table->columns)
        return message_error(EXIT_CONTENT, "%s:%zu: %zu columns, expected %zu", table->path, table->line, cells,
                             table->columns);
    cut_line(line, table->cells);
    for (size_t i = 0; i < table->columns; i++) {
        double value;
        if (units[i] < 0) continue;
        if (!number_parse(table->cells[i], &value) || !isfinite((ae_real)value))
            return message_error(EXIT_CONTENT, "%s:%zu: '%s' is not a number", table->path, table->line,
                                 table->cells[i]);
        file[units[i]] = (ae_real)value;
    }
    return EXIT_OK;
}

static int read_table(struct table *table, struct latents *latents) {
    const struct ae_model *model = table->model;
    long *units = NULL;
    int code = read_head(table, &units);
    size_t capacity = 0;
    ae_real *file = reals_allocate(model->latent_count);
    for (char *line; code == EXIT_OK && (line = next_line(table));) {
        code = read_row(table, units, line, file);
        if (code != EXIT_OK) break;
        if (latents->count == capacity) {
            capacity = capacity ? 2 * capacity : 64;
            latents->z = memory_resize(latents->z, capacity * model->latent_count, sizeof *latents->z);
        }
        shape_to_memory(&model_latent(model)->shape, file, latents->z + latents->count++ * model->latent_count);
    }
    free(file);
    free(units);
    free(table->cells);
    return code;
}

static int load_csv(const struct ae_model *model, const char *path, struct latents *latents) {
    struct buffer content = {0};
    int code = file_read(path, &content);
    if (code != EXIT_OK) return code;
    struct table table = {.model = model, .path = path, .at = content.text};
    if (memchr(content.text, 0, content.length))
        code = message_error(EXIT_CONTENT, "%s: not a CSV file: it has zero bytes", path);
    else
        code = read_table(&table, latents);
    buffer_free(&content);
    return code;
}

static bool shape_matches(const struct ae_model *model, const struct npy *npy) {
    const struct ae_shape *latent = &model_latent(model)->shape;
    if (npy->rank == 2 && npy->size[1] == model->latent_count) return true;
    if (npy->rank != (size_t)latent->rank + 1) return false;
    return memcmp(npy->size + 1, latent->size, (size_t)latent->rank * sizeof *latent->size) == 0;
}

static int load_npy(const struct ae_model *model, const char *path, struct latents *latents) {
    struct npy npy;
    char found[SIZES_TEXT];
    int code = npy_load(path, &npy);
    if (code == EXIT_OK && !shape_matches(model, &npy))
        code = message_error(EXIT_CONTENT, "%s: its shape is %s, expected [N, %zu]", path,
                             sizes_format(found, npy.size, npy.rank), model->latent_count);
    ae_real *file = reals_allocate(model->latent_count);
    if (code == EXIT_OK) latents->z = reals_allocate(npy.count);
    for (size_t i = 0; code == EXIT_OK && i < npy.size[0]; i++) {
        bool finite = true;
        for (size_t j = 0; j < model->latent_count; j++) {
            file[j] = (ae_real)npy.value[i * model->latent_count + j];
            finite = finite && isfinite(file[j]);
        }
        if (!finite) code = message_error(EXIT_CONTENT, "%s: code %zu is not finite", path, i);
        shape_to_memory(&model_latent(model)->shape, file, latents->z + i * model->latent_count);
        latents->count++;
    }
    free(file);
    free(npy.value);
    return code;
}

int latents_load(const struct ae_model *model, const char *path, struct latents *latents) {
    *latents = (struct latents){0};
    int code = text_ends_with(path, ".csv") ? load_csv(model, path, latents) : load_npy(model, path, latents);
    if (code == EXIT_OK && latents->count == 0) code = message_error(EXIT_CONTENT, "%s: no codes", path);
    return code;
}
