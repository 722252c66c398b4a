// How a program begins.
#ifndef START_H
#define START_H

// Must be called before anything else: names the program for its messages, opens those of stdin, stdout and stderr that
// are closed, so that no file gets their numbers, sets the signals that a parent may have left in another state, and
// prepares for a lack of memory.
void program_start(const char *name);

#endif
