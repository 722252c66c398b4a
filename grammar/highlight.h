// The text of a spec as HTML, as it stands, with classes for what its words are.
#ifndef HIGHLIGHT_H
#define HIGHLIGHT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/source.h"

// Words in spans of the classes comment, string, number, keyword (items and reserved words) and word (all others of the
// language's tables). A damaged text has its words, too.
void highlight_spec(struct arena *arena, const struct source *source, struct buffer *out);

#endif
