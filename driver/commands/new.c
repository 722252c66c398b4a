// new: writes a commented spec to start from. The model is named after the file.
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/message.h"
#include "driver/commands/commands.h"

// The row of --template in language/commands.def must list the same names; other names are rejected there.
static const struct template {
    const char *name, *text;
}
templates[] = {
#define TEMPLATE(name, text) {#name, text},
#include "driver/commands/templates.def"
#undef TEMPLATE
};

static const struct template *template_find(const char *name) {
    size_t i = 0;
    while (strcmp(templates[i].name, name) != 0)
        i++;
    return &templates[i];
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_reserved(const char *name) {
    static const char *const words[] = {"in", "repeat", "residual"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i]) == 0) return true;
    return false;
}

// The base name of the file as an identifier: my-digits.aespec becomes my_digits.
static const char *model_name(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    char *name = arena_print(arena, "%s%s", is_letter(*base) ? "" : "_", base);
    name[strcspn(name, ".")] = 0;
    for (char *c = name; *c; c++)
        if (!is_letter(*c) && !(*c >= '0' && *c <= '9')) *c = '_';
    return is_reserved(name) ? arena_print(arena, "%s_", name) : name;
}

// The text with every `mark` replaced by the name.
static const char *replace(struct arena *arena, const char *text, const char *mark, const char *by) {
    struct buffer out = {0};
    for (const char *next; (next = strstr(text, mark)); text = next + strlen(mark)) {
        buffer_add(&out, text, (size_t)(next - text));
        buffer_add(&out, by, strlen(by));
    }
    buffer_add(&out, text, strlen(text));
    const char *replaced = arena_copy(arena, out.text, out.length);
    buffer_free(&out);
    return replaced;
}

int command_new(struct arena *arena, const struct line *line) {
    const char *wanted = line_value(line, "template"), *path = line_value(line, "output");
    const struct template *template = template_find(wanted ? wanted : "ae");
    if (path && file_exists(path)) return line_refuse(line, EXIT_USAGE, "%s exists; choose another name with -o", path);
    const char *file = path ? path : arena_print(arena, "%s.aespec", template->name);
    const char *text = replace(arena, template->text, "MODEL", model_name(arena, file));
    struct buffer spec = {0};
    buffer_print(&spec, "%s", replace(arena, text, "FILE", file));
    int code = put_result(line, &spec);
    buffer_free(&spec);
    if (code == EXIT_OK && path) message_note("%s was written; next: aespec train %s", path, path);
    return code;
}
