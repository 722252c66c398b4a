// SIGINT, SIGTERM and SIGHUP.
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include <stdbool.h>

// After this call each of these signals removes the temporary files of base/file/file.h and ends the program with
// EXIT_INTERRUPTED. A signal that the parent process ignores stays ignored.
void interrupts_catch(void);
// After this call the signals are only recorded.
void interrupts_defer(void);
// Whether a signal was received.
bool interrupted(void);

#endif
