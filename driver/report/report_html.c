#include "driver/report/report_html.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/number.h"

void html_text(struct buffer *out, const char *text) {
    if (text) buffer_escape(out, text, strlen(text));
}

const char *html_escaped(struct arena *arena, const char *text) {
    struct buffer out = {0};
    html_text(&out, text);
    const char *escaped = arena_copy(arena, out.text ? out.text : "", out.length);
    buffer_free(&out);
    return escaped;
}

void html_number(struct arena *arena, struct buffer *out, double value) {
    if (!isfinite(value))
        buffer_print(out, "–");
    else
        buffer_print(out, "<data value=\"%s\">%s</data>", number_text(arena, value), number_short(arena, value));
}

void html_count(struct arena *arena, struct buffer *out, size_t value) {
    buffer_print(out, "<data value=\"%zu\">%s</data>", value, number_grouped(arena, value));
}

void html_seconds(struct arena *arena, struct buffer *out, double seconds) {
    const char *text = arena_print(arena, "%.3g s", seconds);
    unsigned long minutes = seconds < 1e15 ? (unsigned long)(seconds / 60) : 0;
    if (minutes >= 60)
        text = arena_print(arena, "%lu h %lu min", minutes / 60, minutes % 60);
    else if (minutes >= 2)
        text = arena_print(arena, "%lu min %.0f s", minutes, floor(seconds - 60 * (double)minutes));
    buffer_print(out, "<data value=\"%s\">%s</data>", number_text(arena, seconds), text);
}

void html_section_begin(struct buffer *out, const char *id, const char *heading) {
    buffer_print(out, "<section id=\"%s\" aria-labelledby=\"%s-heading\">\n<h2 id=\"%s-heading\">%s</h2>\n", id, id, id,
                 heading);
}

void html_section_end(struct buffer *out) {
    buffer_print(out, "</section>\n");
}

// tabindex makes the scrolling box reachable by keyboard.
void html_table_begin(struct buffer *out, const char *caption, const char *heads) {
    buffer_print(
        out, "<div class=\"box\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">\n<table>\n<caption>%s</caption>\n",
        caption, caption);
    buffer_print(out, "<thead><tr>");
    while (*heads) {
        size_t length = strcspn(heads, "|");
        buffer_print(out, "<th scope=\"col\">");
        buffer_escape(out, heads, length);
        buffer_print(out, "</th>");
        heads += length + (heads[length] == '|');
    }
    buffer_print(out, "</tr></thead>\n<tbody>\n");
}

void html_table_end(struct buffer *out) {
    buffer_print(out, "</tbody>\n</table>\n</div>\n");
}

void html_png(struct buffer *out, const struct buffer *png) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *byte = (const unsigned char *)png->text;
    buffer_print(out, "data:image/png;base64,");
    for (size_t i = 0; i < png->length; i += 3) {
        size_t left = png->length - i;
        uint32_t three = (uint32_t)byte[i] << 16;
        if (left > 1) three |= (uint32_t)byte[i + 1] << 8;
        if (left > 2) three |= byte[i + 2];
        char four[4] = {digits[three >> 18], digits[three >> 12 & 63], digits[three >> 6 & 63], digits[three & 63]};
        if (left < 3) four[3] = '=';
        if (left < 2) four[2] = '=';
        buffer_add(out, four, 4);
    }
}
