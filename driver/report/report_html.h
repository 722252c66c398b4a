// Pieces of a page. Every string that comes from a file, a trainer or the command line is printed by html_text or
// html_escaped; headings, captions and classes are constants. What a function opens it closes.
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/arena.h"
#include "base/buffer.h"

// NULL is no text: a run.json may have been changed by hand.
void html_text(struct buffer *out, const char *text);
// The same as a text, the arena's.
const char *html_escaped(struct arena *arena, const char *text);
// A number to be read, with all of its digits beside it; a dash when it is not finite.
void html_number(struct arena *arena, struct buffer *out, double value);
// The same of a count.
void html_count(struct arena *arena, struct buffer *out, size_t value);
// A time, in hours and minutes where it is long.
void html_seconds(struct arena *arena, struct buffer *out, double seconds);
void html_section_begin(struct buffer *out, const char *id, const char *heading);
void html_section_end(struct buffer *out);
// A table in a box that scrolls by itself; heads are separated by '|'.
void html_table_begin(struct buffer *out, const char *caption, const char *heads);
void html_table_end(struct buffer *out);
// "data:image/png;base64,..."
void html_png(struct buffer *out, const struct buffer *png);

#endif
