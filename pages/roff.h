// Manual pages in the man macros of roff.
#ifndef ROFF_H
#define ROFF_H

#include "base/arena.h"
#include "base/buffer.h"

struct roff {
    struct arena *arena;
    struct buffer *out;
};

void roff_title(const struct roff *roff, const char *name, int section);
void roff_section(const struct roff *roff, const char *name);
// Prints filled text; `x` is bold, an empty line begins a paragraph.
void roff_text(const struct roff *roff, const char *text);
// Prints lines without filling.
void roff_example(const struct roff *roff, const char *lines);
// Prints an entry of a list; `name` is roff, from the functions below.
void roff_item(const struct roff *roff, const char *name, const char *text);
// Escapes text for roff ('\' and '-'); `x` becomes bold.
const char *roff_plain(const struct roff *roff, const char *text);
const char *roff_bold(const struct roff *roff, const char *text);
const char *roff_italic(const struct roff *roff, const char *text);
// A reference to another page: "aespec-train(1)".
const char *roff_page(const struct roff *roff, const char *name, int section);

#endif
