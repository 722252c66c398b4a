// SIGINT, SIGTERM and SIGHUP.
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include <stdbool.h>

// From now on each of them removes the temporary files of base/file/file.h and ends the program with EXIT_INTERRUPTED. One that
// the parent ignores stays ignored.
void interrupts_catch(void);
// From now on they are only remembered.
void interrupts_defer(void);
// Whether one has come.
bool interrupted(void);

#endif
