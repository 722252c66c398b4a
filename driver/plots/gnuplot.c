#include "driver/plots/gnuplot.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/message.h"
#include "driver/trainers/process.h"

const char gnuplot_style[] = "set datafile separator ','\n"
                             "set border 3 linecolor rgb '#666666'\n"
                             "set tics nomirror out scale 0.6 textcolor rgb '#444444'\n"
                             "set grid xtics ytics back linetype 1 linewidth 1 linecolor rgb '#e4e4e4'\n";

const char *gnuplot_string(struct arena *arena, const char *text) {
    struct buffer quoted = {0};
    buffer_print(&quoted, "'");
    for (const char *c = text; *c; c++)
        buffer_print(&quoted, *c == '\'' ? "''" : "%c", *c);
    buffer_print(&quoted, "'");
    const char *string = arena_copy(arena, quoted.text, quoted.length);
    buffer_free(&quoted);
    return string;
}

// gnuplot does not report a full disk, so the last bytes of the picture are checked.
static bool picture_whole(const char *path, const char *ending) {
    struct buffer content = {0};
    bool whole = file_try_read(path, &content);
    while (content.length > 0 && content.text[content.length - 1] == '\n')
        content.length--;
    size_t length = strlen(ending);
    whole = whole && content.length >= length && memcmp(content.text + content.length - length, ending, length) == 0;
    buffer_free(&content);
    return whole;
}

bool gnuplot_draw(struct arena *arena, const char *folder, const char *name, const char *shown) {
    struct words words = {0};
    words_split(arena, &words, "gnuplot -e");
    words_add(arena, &words, arena_print(arena, "cd %s", gnuplot_string(arena, folder)));
    words_add(arena, &words, arena_print(arena, "%s.gnuplot", name));
    // Removed first, because gnuplot would follow a link with the name of a picture.
    const char *png = arena_print(arena, "%s/%s.png", folder, name),
               *svg = arena_print(arena, "%s/%s.svg", folder, name);
    remove(png);
    remove(svg);
    int code = process_run(&words, PROCESS_TO_STDERR);
    if (code < 0 && errno == ENOENT) {
        message_note("gnuplot is not installed (on Debian and Ubuntu: gnuplot-nox): %s has the scripts and their data, "
                     "but no plots",
                     shown);
        return false;
    }
    if (code == 0 && picture_whole(png, "IEND\xae\x42\x60\x82") && picture_whole(svg, "</svg>")) return true;
    remove(png);
    remove(svg);
    message_error(EXIT_FILE, "gnuplot could not draw %s.gnuplot in %s", name, shown);
    return false;
}
