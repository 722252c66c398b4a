#include "driver/trainers/build.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/message.h"
#include "compiler/spec.h"
#include "driver/trainers/hash.h"
#include "driver/trainers/toolchain.h"
#include "driver/trainers/version.h"
#include "runtime/api/build.h"

enum target target_of_host(void) {
#if defined __x86_64__
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("fma")) return TARGET_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return TARGET_AVX2;
#elif defined __aarch64__
    return TARGET_NEON;
#endif
    return TARGET_SCALAR;
}

static const char *library_name(enum real real) {
    return real == REAL_DOUBLE ? "libaespec_runtime_double.a" : "libaespec_runtime.a";
}

static void add_literal(struct buffer *out, const char *text) {
    buffer_print(out, "\"");
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        // '?' is escaped because it could begin a trigraph.
        if (*c < ' ' || *c == '"' || *c == '\\' || *c == '?' || *c > '~')
            buffer_print(out, "\\%03o", *c);
        else
            buffer_print(out, "%c", *c);
    buffer_print(out, "\"");
}

// Prints the second C file of a trainer: its model, and how it was built, for run.json.
static void write_record(struct buffer *out, const struct compile_options *options, const char *model,
                         const char *compiler, const char *flags) {
    buffer_print(out,
                 "#include \"runtime/api/build.h\"\n\nextern const struct ae_model ae_model_%s;\n"
                 "static const char *const sets[] = {",
                 model);
    for (size_t i = 0; i < options->set_count; i++) {
        add_literal(out, options->sets[i]);
        buffer_print(out, ", ");
    }
    buffer_print(out,
                 "0};\nconst struct ae_build ae_build = {\n    .model = &ae_model_%s,\n"
                 "    .version = \"" AESPEC_VERSION "\",\n    .compiler = ",
                 model);
    add_literal(out, compiler);
    buffer_print(out, ",\n    .flags = ");
    add_literal(out, flags);
    buffer_print(out, ",\n    .sets = sets,\n    .set_count = %zu,\n};\n", options->set_count);
}

static const char *cache_folder(struct arena *arena) {
    const char *cache = getenv("XDG_CACHE_HOME");
    if (cache && cache[0] == '/') return arena_print(arena, "%s/aespec", cache);
    const char *home = getenv("HOME");
    return home && *home ? arena_print(arena, "%s/.cache/aespec", home) : NULL;
}

static int hash_file(struct hash *hash, const char *path) {
    struct buffer content = {0};
    int code = file_read(path, &content);
    hash_add(hash, content.text ? content.text : "", content.length);
    buffer_free(&content);
    return code;
}

static int hash_folder(struct arena *arena, struct hash *hash, const char *folder) {
    const char **names;
    size_t count;
    int code = folder_list(arena, folder, &names, &count);
    for (size_t i = 0; i < count && code == EXIT_OK; i++) {
        const char *path = arena_print(arena, "%s/%s", folder, names[i]);
        hash_add(hash, names[i], strlen(names[i]));
        code = folder_exists(path) ? hash_folder(arena, hash, path) : hash_file(hash, path);
    }
    return code;
}

static int hash_library(struct arena *arena, struct hash *hash, const struct toolchain *toolchain, enum real real) {
    int code = hash_file(hash, arena_print(arena, "%s/%s", toolchain->library, library_name(real)));
    return code == EXIT_OK ? hash_folder(arena, hash, toolchain->include) : code;
}

static void compile_line(struct arena *arena, struct words *words, const struct toolchain *toolchain, enum real real,
                         const char *folder) {
    for (size_t i = 0; i < toolchain->compiler.count; i++)
        words_add(arena, words, toolchain->compiler.word[i]);
    bool debug = false;
    for (size_t i = 0; i < toolchain->flags.count; i++) {
        words_add(arena, words, toolchain->flags.word[i]);
        debug = debug || strncmp(toolchain->flags.word[i], "-g", 2) == 0;
    }
    if (real == REAL_DOUBLE) words_add(arena, words, "-DAE_REAL_DOUBLE");
    words_add(arena, words, "-iquote");
    words_add(arena, words, toolchain->include);
    words_add(arena, words, "-o");
    words_add(arena, words, arena_print(arena, "%s/trainer", folder));
    words_add(arena, words, arena_print(arena, "%s/model.c", folder));
    words_add(arena, words, arena_print(arena, "%s/record.c", folder));
    words_add(arena, words, arena_print(arena, "%s/%s", toolchain->library, library_name(real)));
    words_split(arena, words, "-Wl,--gc-sections -Wl,--as-needed -l:libjansson.a -lpng -lz -lm -lpthread");
    if (!debug) words_add(arena, words, "-s");
}

static int run_compiler(const struct words *words) {
    int code = process_run(words, PROCESS_TO_STDERR);
    if (code < 0)
        return message_error(EXIT_COMPILER, "cannot run the C compiler '%s': %s", words->word[0], error_text(errno));
    if (code == EXIT_OK || code == EXIT_INTERRUPTED) return code;
    struct buffer line = {0};
    for (size_t i = 0; i < words->count; i++)
        buffer_print(&line, " %s", words->word[i]);
    message_error(EXIT_COMPILER, "the C compiler failed:%s", line.text);
    buffer_free(&line);
    return EXIT_COMPILER;
}

static int file_trouble(const char *path) {
    return message_error(EXIT_FILE, "cannot write %s: %s", path, error_text(errno));
}

// Compiles in a temporary folder and renames the result, so that concurrent builds do not interfere.
static int compile_trainer(struct arena *arena, const struct toolchain *toolchain, enum real real, const char *cache,
                           const struct buffer *model, const struct buffer *record, const char *trainer) {
    const char *folder;
    int code = folder_make(cache);
    if (code == EXIT_OK) code = folder_make_temporary(arena, cache, "build", &folder);
    if (code != EXIT_OK) return code;
    const char *model_path = arena_print(arena, "%s/model.c", folder);
    const char *record_path = arena_print(arena, "%s/record.c", folder);
    const char *made = arena_print(arena, "%s/trainer", folder);
    code = file_write_inside(model_path, model->text, model->length);
    if (code == EXIT_OK) code = file_write_inside(record_path, record->text, record->length);
    if (code == EXIT_OK) {
        struct words words = {0};
        compile_line(arena, &words, toolchain, real, folder);
        code = run_compiler(&words);
    }
    if (code == EXIT_OK && rename(made, trainer) != 0) code = file_trouble(trainer);
    folder_remove(folder);
    return code;
}

static int build_cached(struct arena *arena, const struct compile_options *options, const struct buffer *model,
                        const char *model_name, const char **path) {
    struct toolchain toolchain;
    int code = toolchain_find(arena, options->target, &toolchain);
    if (code != EXIT_OK) return code;
    const char *cache = cache_folder(arena);
    if (!cache)
        return message_error(EXIT_FILE,
                             "neither XDG_CACHE_HOME nor HOME is set, so there is no folder for the trainer");
    const char *flags = toolchain_flags(arena, &toolchain);
    struct buffer record = {0};
    write_record(&record, options, model_name, toolchain.identity, flags);
    struct hash hash;
    hash_begin(&hash);
    hash_add(&hash, model->text, model->length);
    hash_add(&hash, record.text, record.length);
    hash_add(&hash, toolchain.machine, strlen(toolchain.machine));
    for (size_t i = 0; i < toolchain.compiler.count; i++)
        hash_add(&hash, toolchain.compiler.word[i], strlen(toolchain.compiler.word[i]));
    code = hash_library(arena, &hash, &toolchain, options->real);
    char name[HASH_NAME_LENGTH + 1];
    hash_name(&hash, name);
    *path = arena_print(arena, "%s/%s", cache, name);
    if (code == EXIT_OK && !file_exists(*path))
        code = compile_trainer(arena, &toolchain, options->real, cache, model, &record, *path);
    buffer_free(&record);
    return code;
}

int trainer_build(struct arena *arena, const struct compile_options *options, struct compilation *compilation,
                  const char **path) {
    struct buffer model = {0};
    int code = compile_emit(compilation, PASS_C, &model);
    if (code == EXIT_OK) code = build_cached(arena, options, &model, compilation_spec(compilation)->model, path);
    buffer_free(&model);
    return code;
}

static bool holds_marker(const struct buffer *content) {
    static const char begin[] = AE_TRAINER_MARKER_BEGIN, end[] = AE_TRAINER_MARKER_END;
    size_t begin_length = sizeof begin - 1, length = begin_length + sizeof end - 1;
    for (size_t i = 0; i + length <= content->length; i++)
        if (content->text[i] == begin[0] && memcmp(content->text + i, begin, begin_length) == 0 &&
            memcmp(content->text + i + begin_length, end, sizeof end - 1) == 0)
            return true;
    return false;
}

int trainer_may_replace(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0 && errno == ENOENT) return EXIT_OK;
    struct buffer content = {0};
    bool trainer = stat(path, &status) == 0 && S_ISREG(status.st_mode) && file_try_read(path, &content) &&
                   content.length > 4 && memcmp(content.text, "\177ELF", 4) == 0 && holds_marker(&content);
    buffer_free(&content);
    if (trainer) return EXIT_OK;
    return message_error(EXIT_USAGE, "%s exists and is not a trainer; choose another name with -o", path);
}

int trainer_install(const char *trainer, const char *destination) {
    struct buffer content = {0};
    int code = file_read(trainer, &content);
    if (code == EXIT_OK) code = file_write_program(destination, content.text, content.length);
    buffer_free(&content);
    return code;
}
