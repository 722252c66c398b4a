// Words of a spec: the scanner cuts the text into raw words, the stream gives them to the parser with the language's
// rule for line ends applied. Private to the parser.
#ifndef TOKENS_H
#define TOKENS_H

#include <stdbool.h>

#include "base/diagnostics.h"
#include "base/source.h"

union token_value {
    double number;
    const char *text;
};

struct token {
    int kind;    // a token kind of the grammar; TOKEN_SEMICOLON and TOKEN_NEWLINE only here
    struct span span;
    union token_value value;
    // Of a word that is none: its error, reported only where the word is not skipped with others, so that one mistake
    // is told once.
    enum error_id error;
    const char *argument, *hint;
};

enum { TOKEN_NEWLINE = 10, TOKEN_SEMICOLON = 59 };

enum { NESTING_MAX = 200 };

struct tokens {
    struct token *list;    // [count]; the last one is the end of the text (kind 0)
    size_t count;
};

// Cuts the source into words and reports the ones that are none.
struct tokens tokens_scan(struct arena *arena, const struct source *source, struct diagnostics *diagnostics);

struct token_stream {
    struct tokens tokens;
    struct diagnostics *diagnostics;
    struct arena *arena;
    const size_t *ahead;              // [tokens.count] the first token from here on that is not a line end
    size_t next;                      // in tokens.list
    int previous;                     // kind of the token given last; NL at the start
    int before;                       // kind of the one before it
    struct span open[NESTING_MAX];    // brackets and braces that are open, the outermost first
    int depth, braces;                // how many are open in all, and braces alone
    int unclosed;                     // braces still to be closed on behalf of the text
    size_t returned;                  // how far the text was read when a token was last given back, 0 before
    bool closed;                      // the token given last closed a brace
    bool failed;                      // the parser found an error: skip to the end of the line
    bool damaged;                     // an item was skipped
};

struct token_stream token_stream_open(struct arena *arena, struct tokens tokens, struct diagnostics *diagnostics);
// The next token as the parser sees it: line ends that end nothing are left out, a line end stands before each '}'
// and before the end of the text, top-level words are keywords where an item can begin, an unknown item is reported and
// skipped whole.
struct token token_stream_next(struct token_stream *stream);
// Called when the parser has reported an error at the token given last: what follows is skipped up to the end of the
// line, or of the item outside of braces, and open brackets are forgotten.
void token_stream_recover(struct token_stream *stream);
// The bracket (not brace) that is open innermost, or no place.
struct span token_stream_bracket(const struct token_stream *stream);
// True when that bracket is open after the name of a reader, as in `idx(`.
bool token_stream_in_reader(const struct token_stream *stream);
// How a message calls a token that was found: "'->'", "the end of the line", "the number 15".
const char *token_describe(struct arena *arena, struct token token);

#endif
