// Plots by gnuplot: NAME.gnuplot in a folder draws NAME.png and NAME.svg there.
#ifndef GNUPLOT_H
#define GNUPLOT_H

#include <stdbool.h>

#include "base/arena.h"

// The house's look, for the head of every script.
extern const char gnuplot_style[];

// Runs folder/name.gnuplot in its folder. False, told on stderr with the folder as `shown`, when gnuplot is missing or a
// picture is not whole; it is removed then.
bool gnuplot_draw(struct arena *arena, const char *folder, const char *name, const char *shown);

#endif
