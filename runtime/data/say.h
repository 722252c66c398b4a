// Words to the user on stderr, and the trainer's exit codes. One line a message, in front of it the program's name.
#ifndef AE_SAY_H
#define AE_SAY_H

#include <stddef.h>

enum ae_exit {
    AE_OK = 0,
    AE_CONTENT = 1,    // the content of data, weights or latents is wrong
    AE_USAGE = 2,      // a command line that is wrong, a feature still to come
    AE_FILE = 3,       // missing or unreadable file, failed write, wrong processor
    AE_DIVERGED = 5,
    AE_BUG = 70,
    AE_INTERRUPTED = 130
};

// The name in front of each message from now on, not copied: the model's, in a trainer.
void say_begin(const char *name);
// Says what is wrong and returns `code`, so that a caller can write `return say_error(AE_CONTENT, "...")`.
__attribute__((format(printf, 2, 3))) int say_error(int code, const char *format, ...);
// Says what the user may want to know; nothing after say_quiet().
__attribute__((format(printf, 1, 2))) void say_note(const char *format, ...);
void say_quiet(void);

// The number to print: the sign of a NaN, which is the processor's whim, is taken off.
double say_number(double value);

// "[1, 28, 28]" into text [AE_SIZES_TEXT]; returns text.
enum { AE_SIZES_TEXT = 256 };
const char *say_sizes(char *text, const size_t *size, size_t rank);

#endif
