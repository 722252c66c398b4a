// Parts of an HTML page. Every string from a file, a trainer or the command line must be printed by html_text or
// html_escaped; headings, captions and classes are constants.
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/arena.h"
#include "base/buffer.h"

// NULL prints nothing: a run.json may have been edited by hand.
void html_text(struct buffer *out, const char *text);
// The escaped text, in the arena.
const char *html_escaped(struct arena *arena, const char *text);
// A rounded number, with the exact one as machine-readable value; a dash if it is not finite.
void html_number(struct arena *arena, struct buffer *out, double value);
// The same for a count.
void html_count(struct arena *arena, struct buffer *out, size_t value);
// A duration, in hours and minutes if it is long.
void html_seconds(struct arena *arena, struct buffer *out, double seconds);
void html_section_begin(struct buffer *out, const char *id, const char *heading);
void html_section_end(struct buffer *out);
// Begins a table in a box that scrolls on its own; `heads` are separated by '|'.
void html_table_begin(struct buffer *out, const char *caption, const char *heads);
void html_table_end(struct buffer *out);
// "data:image/png;base64,..."
void html_png(struct buffer *out, const struct buffer *png);

#endif
