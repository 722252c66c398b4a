// Plots drawn by gnuplot: the script NAME.gnuplot in a folder draws NAME.png and NAME.svg there.
#ifndef GNUPLOT_H
#define GNUPLOT_H

#include <stdbool.h>

#include "base/arena.h"

// The common style, at the top of every script.
extern const char gnuplot_style[];

// The text as a quoted string of gnuplot without expansions, in the arena. For use in a script, the text must not
// contain a line end.
const char *gnuplot_string(struct arena *arena, const char *text);

// Runs folder/name.gnuplot in its folder. If gnuplot is missing or a picture is incomplete, removes the picture,
// reports the error on stderr with the folder as `shown`, and returns false.
bool gnuplot_draw(struct arena *arena, const char *folder, const char *name, const char *shown);

#endif
