// The picture of a topology. The compiler draws the SVG; rsvg-convert converts it to PNG.
#include <errno.h>
#include <string.h>

#include "base/message.h"
#include "base/text.h"
#include "driver/commands/commands.h"
#include "driver/trainers/prepare.h"
#include "driver/trainers/process.h"

// Twice the size, or as large as rsvg-convert can draw.
static int png_make(struct arena *arena, const struct buffer *svg, struct buffer *png) {
    struct words words = {0};
    words_split(arena, &words, "rsvg-convert --format=png --zoom=2 --width=32767 --height=32767 --keep-aspect-ratio");
    int code = process_filter(&words, svg, png);
    if (code == 0) return EXIT_OK;
    if (code < 0 && errno == ENOENT)
        return message_error(
            EXIT_FILE, "graph: a .png requires rsvg-convert, which is not installed (Debian package librsvg2-bin); "
                       "an .svg does not");
    if (code < 0) return message_error(EXIT_FILE, "graph: cannot run rsvg-convert: %s", error_text(errno));
    message_error(EXIT_FILE, "graph: rsvg-convert could not create the .png");
    return code == EXIT_INTERRUPTED ? code : EXIT_FILE;
}

int command_graph(struct arena *arena, const struct line *line) {
    const char *path = line_value(line, "output");
    bool as_png = text_ends_with(path, ".png");
    struct compile_options options;
    struct compilation *compilation = NULL;
    struct buffer svg = {0}, png = {0};
    int code = compile_options_read(arena, line, line->operands[0], &options);
    if (code == EXIT_OK) code = compilation_open(&options, &compilation);
    if (code == EXIT_OK) compile_graph(compilation, &svg);
    compilation_close(compilation);
    if (code == EXIT_OK && as_png) code = png_make(arena, &svg, &png);
    if (code == EXIT_OK) code = put_result(line, as_png ? &png : &svg);
    buffer_free(&svg);
    buffer_free(&png);
    return code;
}
