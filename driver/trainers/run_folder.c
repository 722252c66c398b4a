#include "driver/trainers/run_folder.h"

#include <errno.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/json/json.h"
#include "base/message.h"

static int wrong(const char *path, const char *what) {
    return message_error(EXIT_CONTENT, "%s/run.json %s", path, what);
}

static int read_sets(struct arena *arena, const json_t *list, struct run_folder *run) {
    if (!json_is_array(list)) return wrong(run->path, "has no list 'set'");
    run->set_count = json_array_size(list);
    const char **sets = ARENA_ARRAY(arena, const char *, run->set_count + 1);
    for (size_t i = 0; i < run->set_count; i++) {
        const char *set = json_string_value(json_array_get(list, i));
        if (!set) return wrong(run->path, "has an entry in 'set' that is not NAME=VALUE");
        sets[i] = arena_copy(arena, set, strlen(set));
    }
    run->sets = sets;
    return EXIT_OK;
}

int run_folder_read(struct arena *arena, const char *path, struct run_folder *run) {
    *run = (struct run_folder){.path = path, .spec = arena_print(arena, "%s/spec.aespec", path)};
    struct buffer text = {0};
    if (!file_try_read(arena_print(arena, "%s/run.json", path), &text)) {
        message_error(EXIT_FILE, "%s is not a run directory: cannot read run.json: %s", path, error_text(errno));
        buffer_free(&text);
        return EXIT_FILE;
    }
    json_t *root = json_loadb(text.text ? text.text : "", text.length, 0, NULL);
    buffer_free(&text);
    const char *real = json_string_value(json_object_get(root, "real"));
    run->real = real && strcmp(real, "double") == 0 ? REAL_DOUBLE : REAL_FLOAT;
    int code = json_is_object(root) ? read_sets(arena, json_object_get(root, "set"), run)
                                    : wrong(path, "is not a JSON object");
    json_decref(root);
    return code;
}
