#include "driver/commands/commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/message.h"
#include "driver/trainers/build.h"

static bool stderr_has_colour(void) {
    const char *no_colour = getenv("NO_COLOR"), *kind = getenv("TERM");
    return isatty(STDERR_FILENO) && !(no_colour && *no_colour) && !(kind && strcmp(kind, "dumb") == 0);
}

int compile_options_read(struct arena *arena, const struct line *line, const char *spec,
                         struct compile_options *options) {
    *options = (struct compile_options){.path = spec, .colour = stderr_has_colour()};
    options->set_count = line_values(arena, line, "set", &options->sets);
    for (size_t i = 0; i < options->set_count; i++) {
        const char *equals = strchr(options->sets[i], '=');
        if (equals && equals > options->sets[i] && equals[1]) continue;
        return message_error(EXIT_USAGE, "%s: --set takes NAME=EXPR, found '%s'", line->command->name,
                             options->sets[i]);
    }
    options->target = (enum target)line_choice(arena, line, "target", TARGET_SCALAR);
    options->real = (enum real)line_choice(arena, line, "real", REAL_FLOAT);
    if (options->real == REAL_DOUBLE && options->target != TARGET_SCALAR)
        return message_error(EXIT_USAGE, "%s: --real=double is for the target scalar, found --target=%s",
                             line->command->name, line_value(line, "target"));
    return EXIT_OK;
}

void target_choose(const struct line *line, struct compile_options *options) {
    if (!line_value(line, "target") && options->real == REAL_FLOAT) options->target = target_of_host();
}

int command_check(struct arena *arena, const struct line *line) {
    int first = EXIT_OK;
    for (size_t i = 0; i < line->operand_count; i++) {
        struct compile_options options;
        int code = compile_options_read(arena, line, line->operands[i], &options);
        options.show_ids = line_value(line, "ids") != NULL;
        if (code == EXIT_OK) code = compile_check(&options);
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

int command_show(struct arena *arena, const struct line *line) {
    struct compile_options options;
    int code = compile_options_read(arena, line, line->operands[0], &options);
    struct buffer result = {0};
    if (code == EXIT_OK) code = compile_show(&options, line_value(line, "json") != NULL, &result);
    if (code == EXIT_OK) code = put_result(line, &result);
    buffer_free(&result);
    return code;
}

int command_emit(struct arena *arena, const struct line *line) {
    struct compile_options options;
    int code = compile_options_read(arena, line, line->operands[0], &options);
    if (code != EXIT_OK) return code;
    struct buffer result = {0};
    code = compile_emit(&options, (enum pass)line_choice(arena, line, "dump", PASS_C), &result);
    if (code == EXIT_OK) code = put_result(line, &result);
    buffer_free(&result);
    return code;
}

static int put_form(const struct line *line, const char *path, const struct buffer *form, bool changed) {
    if (line_value(line, "in_place")) return changed ? file_rewrite(path, form->text, form->length) : EXIT_OK;
    if (line_value(line, "check")) {
        if (changed) puts(path);
        return changed ? EXIT_CONTENT : EXIT_OK;
    }
    return put_result(line, form);
}

int command_fmt(struct arena *arena, const struct line *line) {
    bool in_place = line_value(line, "in_place"), check = line_value(line, "check");
    if (in_place && check)
        return message_error(EXIT_USAGE, "fmt: -i rewrites files and --check does not: choose one of them");
    if (!in_place && !check && line->operand_count > 1)
        return message_error(EXIT_USAGE,
                             "fmt: one SPEC goes to stdout; for several use -i, which rewrites the files, or --check");
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

static int default_output(struct arena *arena, const struct compile_options *options, const char **path) {
    struct buffer name = {0};
    int code = compile_model_name(options, &name);
    if (code == EXIT_OK) *path = arena_copy(arena, name.text, name.length);
    buffer_free(&name);
    return code;
}

int command_build(struct arena *arena, const struct line *line) {
    struct compile_options options;
    int code = compile_options_read(arena, line, line->operands[0], &options);
    target_choose(line, &options);
    const char *output = line_value(line, "output"), *trainer;
    if (code == EXIT_OK && !output) code = default_output(arena, &options, &output);
    if (code == EXIT_OK) code = trainer_may_replace(output);
    if (code == EXIT_OK) code = trainer_build(arena, &options, &trainer);
    if (code == EXIT_OK) code = trainer_install(trainer, output);
    return code;
}
