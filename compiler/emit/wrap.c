#include <string.h>

#include "compiler/emit/emit.h"

// Where a line is broken: after the last comma that is not too far from the end, else at the last space. 0: nowhere.
static size_t break_find(const char *line, size_t begin, size_t most) {
    enum { NEAR = 50 };
    size_t space = 0;
    for (size_t i = most; i > begin; i--) {
        if (line[i] != ' ') continue;
        if (line[i - 1] == ',' && i + NEAR > most) return i;
        if (!space) space = i;
    }
    return space;
}

static size_t indent_of(const char *line) {
    return strspn(line, " ");
}

static void line_wrap(const char *line, size_t length, struct buffer *out) {
    size_t indent = indent_of(line), begin = indent;
    bool comment = false;
    buffer_add(out, line, indent);
    for (size_t used = indent; used + (length - begin) > CODE_WIDTH; used = indent + 8) {
        size_t at = break_find(line, begin, begin + CODE_WIDTH - used);
        if (!at) break;
        buffer_add(out, line + begin, at - begin);
        for (size_t i = begin; i + 1 < at; i++)
            comment = comment || (line[i] == '/' && line[i + 1] == '/');
        buffer_print(out, "\n%*s%s", (int)indent, "", comment ? "//      " : "        ");
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
