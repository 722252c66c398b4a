// The canonical form of a spec's text; docs/language.md describes it. It follows from the words, the comments and the
// blank lines alone, and needs the grammar but no meaning.
#ifndef FORMAT_H
#define FORMAT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/source.h"

// Appends the form of a source in which the parser found no error. The result is read again: false when its words and
// comments are not the source's, which is a fault of the formatter, and then nobody should use the result.
bool format_spec(struct arena *arena, const struct source *source, struct buffer *out);

#endif
