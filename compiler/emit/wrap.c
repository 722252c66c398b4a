#include <stdbool.h>
#include <string.h>

#include "compiler/emit/emit.h"

// Where a line is broken: after the last comma that is not too far from the end, else at the last space; a comment at
// the last space. 0: nowhere.
static size_t break_find(const char *line, size_t begin, size_t most, bool comment) {
    enum { NEAR = 50 };
    size_t space = 0;
    for (size_t i = most; i > begin; i--) {
        if (line[i] != ' ') continue;
        if (comment || (line[i - 1] == ',' && i + NEAR > most)) return i;
        if (!space) space = i;
    }
    return space;
}

static bool has_comment(const char *text, size_t length) {
    for (size_t i = 0; i + 1 < length; i++)
        if (text[i] == '/' && text[i + 1] == '/') return true;
    return false;
}

// A comment goes on with the indentation of its text, code with eight spaces more.
static void line_wrap(const char *line, size_t length, struct buffer *out) {
    size_t indent = strspn(line, " "), begin = indent;
    bool comment = has_comment(line + indent, 2);
    const char *next = "        ";
    int text = comment ? (int)strspn(line + indent + 2, " ") : 1;
    buffer_add(out, line, indent);
    for (size_t used = indent; used + (length - begin) > CODE_WIDTH;) {
        size_t at = break_find(line, begin, begin + CODE_WIDTH - used, comment);
        if (!at) break;
        buffer_add(out, line + begin, at - begin);
        comment = comment || has_comment(line + begin, at - begin);
        if (comment) next = "//";
        size_t before = out->length;
        buffer_print(out, "\n%*s%s%*s", (int)indent, "", next, comment ? text : 0, "");
        used = out->length - before - 1;
        begin = at + 1;
    }
    buffer_add(out, line + begin, length - begin);
}

void code_wrap(const char *code, struct buffer *out) {
    while (*code) {
        size_t length = strcspn(code, "\n");
        line_wrap(code, length, out);
        code += length;
        if (*code) buffer_add(out, code++, 1);
    }
}

void emit_row(struct buffer *out, size_t *line, const char *row) {
    size_t length = strlen(row);
    if (*line && out->length - *line + 1 + length <= CODE_WIDTH) {
        buffer_print(out, " %s", row);
        return;
    }
    if (*line) buffer_print(out, "\n");
    *line = out->length;
    buffer_print(out, "    %s", row);
}
