// The canonical form of a spec's text, described in docs/language.md. It depends only on the words, comments and blank
// lines of the text; names are not resolved.
#ifndef FORMAT_H
#define FORMAT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/source.h"

// Appends the canonical form of a source without syntax errors. The result is parsed again and compared. False if its
// words or comments differ from those of the source, which is a bug of the formatter; the result must then not be used.
bool format_spec(struct arena *arena, const struct source *source, struct buffer *out);

#endif
