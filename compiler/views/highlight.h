// The unchanged text of a spec as HTML, with classes for its words.
#ifndef HIGHLIGHT_H
#define HIGHLIGHT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/source.h"

// Appends the text with spans of the classes comment, string, number, keyword (items and reserved words) and word (all
// other words of the language's tables). The text may have errors.
void highlight_spec(struct arena *arena, const struct source *source, struct buffer *out);

#endif
