// The functions that the scanner's actions call. Private to grammar/aespec.l and scan.c.
#ifndef SCAN_H
#define SCAN_H

#include "base/memory.h"
#include "grammar/aespec.y.h"
#include "grammar/tokens.h"

enum { SCAN_NOTHING = -1 };

struct scanner {
    struct arena *arena;
    const struct source *source;
    struct diagnostics *diagnostics;
    size_t start, offset;       // of the current token: its first byte and the byte after it
    union token_value value;    // of the current token
    enum error_id error;        // of a malformed token
    const char *argument, *hint;
    struct tokens tokens;
    size_t capacity;
};

// Each returns the kind of the token, or SCAN_NOTHING if the text was added to the malformed token before it.
int scan_number(struct scanner *scanner, const char *text);
int scan_number_before_point(struct scanner *scanner, const char *text);
int scan_number_after_point(struct scanner *scanner, const char *text);
int scan_number_letters(struct scanner *scanner, const char *text);
int scan_string(struct scanner *scanner, const char *text, size_t length);
int scan_string_unterminated(struct scanner *scanner);
int scan_unexpected(struct scanner *scanner, const char *text, size_t length);
// The length of the byte order mark at the start of the source, 0 without one.
size_t scan_mark_length(const struct source *source);
void scanner_add(struct scanner *scanner, int kind);

#endif
