// How a program begins.
#ifndef START_H
#define START_H

// Must be called before anything else: names the program for its messages, opens those of stdin, stdout and stderr that
// are closed, so that no file gets their numbers, and sets the signals that a parent may have left in another state.
void program_start(const char *name);

#endif
