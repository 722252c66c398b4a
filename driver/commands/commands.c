#include "driver/commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/message.h"
#include "compiler/spec.h"
#include "driver/trainers/build.h"
#include "driver/trainers/prepare.h"

int command_check(struct arena *arena, const struct line *line) {
    int first = EXIT_OK;
    for (size_t i = 0; i < line->operand_count; i++) {
        struct compile_options options;
        struct compilation *compilation = NULL;
        int code = compile_options_read(arena, line, line->operands[i], &options);
        options.show_ids = line_has(line, "ids");
        if (code == EXIT_OK) code = compilation_open(&options, &compilation);
        compilation_close(compilation);
        if (first == EXIT_OK) first = code;
    }
    return first;
}

int put_result(const struct line *line, const struct buffer *result) {
    const char *path = line_value(line, "output");
    if (!path) {
        fwrite(result->text, 1, result->length, stdout);
        return EXIT_OK;
    }
    return file_write(path, result->text, result->length);
}

static int show_view(struct compilation *compilation, const struct line *line, struct buffer *out) {
    return compile_show(compilation, line_has(line, "json"), out);
}

static int emit_view(struct compilation *compilation, const struct line *line, struct buffer *out) {
    return compile_emit(compilation, (enum pass)line_choice(line, "dump", PASS_C), out);
}

// Writes a view of the command line's SPEC.
static int put_view(struct arena *arena, const struct line *line,
                    int (*view)(struct compilation *, const struct line *, struct buffer *)) {
    struct compile_options options;
    struct compilation *compilation = NULL;
    struct buffer result = {0};
    int code = compile_options_read(arena, line, line->operands[0], &options);
    if (code == EXIT_OK) code = compilation_open(&options, &compilation);
    if (code == EXIT_OK) code = view(compilation, line, &result);
    if (code == EXIT_OK) code = put_result(line, &result);
    buffer_free(&result);
    compilation_close(compilation);
    return code;
}

int command_show(struct arena *arena, const struct line *line) {
    return put_view(arena, line, show_view);
}

int command_emit(struct arena *arena, const struct line *line) {
    return put_view(arena, line, emit_view);
}

static int put_form(const struct line *line, const char *path, const struct buffer *form, bool changed) {
    if (line_has(line, "in_place")) {
        return changed ? file_rewrite(path, form->text, form->length) : EXIT_OK;
    }
    if (line_has(line, "check")) {
        if (changed) puts(path);
        return changed ? EXIT_CONTENT : EXIT_OK;
    }
    return put_result(line, form);
}

int command_fmt(struct arena *arena, const struct line *line) {
    bool in_place = line_has(line, "in_place"), check = line_has(line, "check");
    if (in_place && check)
        return line_refuse(line, EXIT_USAGE,
                           "-i and --check must not be given together: -i rewrites files and --check does not");
    if (!in_place && !check && line->operand_count > 1)
        return line_refuse(line, EXIT_USAGE,
                           "only one SPEC can be formatted to stdout; use -i to rewrite several files, or --check");
    int first = EXIT_OK;
    for (size_t i = 0; i < line->operand_count; i++) {
        struct compile_options options;
        struct buffer form = {0};
        bool changed = false;
        int code = compile_options_read(arena, line, line->operands[i], &options);
        if (code == EXIT_OK) code = compile_format(&options, &form, &changed);
        if (code == EXIT_OK) code = put_form(line, line->operands[i], &form, changed);
        buffer_free(&form);
        if (first == EXIT_OK) first = code;
    }
    return first;
}

int command_build(struct arena *arena, const struct line *line) {
    struct compile_options options;
    struct compilation *compilation = NULL;
    int code = compile_options_read(arena, line, line->operands[0], &options);
    if (code == EXIT_OK) target_choose(line, &options);
    if (code == EXIT_OK) code = compilation_open(&options, &compilation);
    if (code != EXIT_OK) return code;
    const char *output = line_value(line, "output"), *trainer;
    if (!output) output = compilation_spec(compilation)->model;
    code = trainer_may_replace(output);
    if (code == EXIT_OK) code = trainer_build(arena, &options, compilation, &trainer);
    if (code == EXIT_OK) code = trainer_install(trainer, output);
    compilation_close(compilation);
    return code;
}
