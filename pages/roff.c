#include "pages/roff.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "driver/trainers/version.h"

const char *roff_plain(const struct roff *roff, const char *text) {
    struct buffer escaped = {0};
    bool bold = false;
    for (const char *c = text; *c; c++) {
        if (*c == '\\')
            buffer_print(&escaped, "\\e");
        else if (*c == '-')
            buffer_print(&escaped, "\\-");
        else if (*c == '`') {
            bold = !bold;
            buffer_print(&escaped, bold ? "\\fB" : "\\fR");
        } else
            buffer_add(&escaped, c, 1);
    }
    const char *result = arena_copy(roff->arena, escaped.text ? escaped.text : "", escaped.length);
    buffer_free(&escaped);
    return result;
}

static const char *upper(const struct roff *roff, const char *text) {
    char *copy = arena_copy(roff->arena, text, strlen(text));
    for (char *c = copy; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return copy;
}

void roff_title(const struct roff *roff, const char *name, int section) {
    buffer_print(roff->out, ".\\\" Made from the rows of aespec's tables by driver/pages.\n");
    buffer_print(roff->out, ".TH %s %d \"%s\" \"aespec %s\" \"aespec\"\n", roff_plain(roff, upper(roff, name)), section,
                 AESPEC_DATE, AESPEC_VERSION);
}

void roff_section(const struct roff *roff, const char *name) {
    buffer_print(roff->out, ".SH %s\n", name);
}

// Words one after the other, broken where a line gets long.
static void print_paragraph(const struct roff *roff, const char *text) {
    enum { WIDTH = 78 };
    size_t column = 0;
    for (size_t length; *(text += strspn(text, " \n")); text += length) {
        length = strcspn(text, " \n");
        const char *word = arena_copy(roff->arena, text, length);
        bool breaks = column > 0 && column + 1 + strlen(word) > WIDTH;
        if (breaks) column = 0;
        if (column == 0 && strchr(".'", *word)) word = arena_print(roff->arena, "\\&%s", word);
        buffer_print(roff->out, "%s%s", breaks ? "\n" : column > 0 ? " " : "", word);
        column += (column > 0) + strlen(word);
    }
    buffer_print(roff->out, "\n");
}

void roff_text(const struct roff *roff, const char *text) {
    const char *plain = roff_plain(roff, text), *end;
    for (; (end = strstr(plain, "\n\n")); plain = end + 2) {
        print_paragraph(roff, arena_copy(roff->arena, plain, (size_t)(end - plain)));
        buffer_print(roff->out, ".PP\n");
    }
    print_paragraph(roff, plain);
}

void roff_example(const struct roff *roff, const char *lines) {
    buffer_print(roff->out, ".EX\n");
    for (size_t length; *lines; lines += length + (lines[length] == '\n')) {
        length = strcspn(lines, "\n");
        const char *line = roff_plain(roff, arena_copy(roff->arena, lines, length));
        buffer_print(roff->out, "%s%s\n", strchr(".'", *line) ? "\\&" : "", line);
    }
    buffer_print(roff->out, ".EE\n");
}

void roff_item(const struct roff *roff, const char *name, const char *text) {
    buffer_print(roff->out, ".TP\n%s\n", name);
    roff_text(roff, text);
}

const char *roff_bold(const struct roff *roff, const char *text) {
    return arena_print(roff->arena, "\\fB%s\\fR", roff_plain(roff, text));
}

const char *roff_italic(const struct roff *roff, const char *text) {
    return arena_print(roff->arena, "\\fI%s\\fR", roff_plain(roff, text));
}

const char *roff_page(const struct roff *roff, const char *name, int section) {
    return arena_print(roff->arena, "\\fB%s\\fR(%d)", roff_plain(roff, name), section);
}
