#include "runtime/train/trained.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/message.h"
#include "base/pool.h"
#include "runtime/numbers/reals.h"
#include "runtime/train/run.h"

enum { THREADS_MAX = 1024 };

int weights_read(const struct ae_model *model, const char *path, ae_real *parameters, struct weights_notes *notes) {
    if (!folder_exists(path)) return safetensors_read(model, path, parameters, notes);
    char *file = path_join(path, "weights.safetensors");
    int code = file_exists(file)
                   ? safetensors_read(model, file, parameters, notes)
                   : message_error(EXIT_FILE, "%s is not a run directory: weights.safetensors is missing", path);
    free(file);
    return code;
}

size_t line_threads(const struct line *line) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t most = processors < 1 ? 1 : processors > THREADS_MAX ? THREADS_MAX : (uint64_t)processors;
    return (size_t)line_whole(line, "threads", most);
}

int trained_load(const struct ae_model *model, const struct line *line, struct trained *trained) {
    const char *path = line_value(line, "weights");
    *trained = (struct trained){.model = model};
    settings_default(model, &trained->settings);
    trained->parameters = reals_allocate(model->parameter_count);
    int code = weights_read(model, path, trained->parameters, &trained->notes);
    if (code == EXIT_OK && folder_exists(path)) code = run_read_constants(path, &trained->settings);
    if (code != EXIT_OK) return code;
    trained->pool = pool_create(line_threads(line));
    evaluation_create(&trained->evaluation, model, trained->pool, trained->parameters);
    return EXIT_OK;
}

void trained_free(struct trained *trained) {
    evaluation_free(&trained->evaluation);
    pool_free(trained->pool);
    settings_free(&trained->settings);
    free(trained->parameters);
}
