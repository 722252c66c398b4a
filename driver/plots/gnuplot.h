// Plots by gnuplot: NAME.gnuplot in a folder draws NAME.png and NAME.svg there.
#ifndef GNUPLOT_H
#define GNUPLOT_H

#include <stdbool.h>

#include "base/arena.h"

// The house's look, for the head of every script.
extern const char gnuplot_style[];

// The text as a string of gnuplot, in quotes: nothing in it is expanded. The text must not contain a line end when the
// string goes into a script. Memory is the arena's.
const char *gnuplot_string(struct arena *arena, const char *text);

// Runs folder/name.gnuplot in its folder. False, told on stderr with the folder as `shown`, when gnuplot is missing or a
// picture is not whole; it is removed then.
bool gnuplot_draw(struct arena *arena, const char *folder, const char *name, const char *shown);

#endif
