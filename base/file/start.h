// Startup of a program.
#ifndef START_H
#define START_H

// Must be called before anything else. Sets the program's name for messages. Opens stdin, stdout and stderr where they
// are closed, so that no other file gets their descriptors. Resets signals whose state is inherited. Reserves memory
// for cleanup when memory is exhausted.
void program_start(const char *name);

#endif
