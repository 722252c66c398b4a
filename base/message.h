// Messages to the user: one line each on stderr, after the name of the program.
#ifndef MESSAGE_H
#define MESSAGE_H

#include "base/exit_code.h"

// The name that begins each message. `name` must stay valid; without a call messages have no prefix.
void message_program(const char *name);
// Reports an error and returns `code`: `return message_error(EXIT_CONTENT, "...")`.
int message_error(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Prints a note, unless message_quiet() was called.
void message_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
void message_quiet(void);
// As strerror(), but ENOMEM is "out of memory", as in all messages.
const char *error_text(int error);

#endif
