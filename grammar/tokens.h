// Tokens of a spec: the scanner splits the text into raw tokens; the stream applies the language's rules for line ends
// and keywords and passes them to the parser. Private to grammar/.
#ifndef TOKENS_H
#define TOKENS_H

#include <stdbool.h>

#include "base/source.h"
#include "grammar/errors.h"

union token_value {
    double number;
    const char *text;
};

struct token {
    int kind;    // a token kind of the grammar; TOKEN_SEMICOLON and TOKEN_NEWLINE only here
    struct span span;
    union token_value value;
    // Of a malformed token: its error, which is reported only if the token is not skipped as part of another error.
    enum error_id error;
    const char *argument, *hint;
};

enum { TOKEN_NEWLINE = 10, TOKEN_SEMICOLON = 59 };

enum { NESTING_MAX = 200 };

struct tokens {
    struct token *list;    // [count]; the last one is the end of the text (kind 0)
    size_t count;
};

// Splits the source into tokens. The stream reports malformed ones.
struct tokens tokens_scan(struct arena *arena, const struct source *source, struct diagnostics *diagnostics);

struct token_stream {
    struct tokens tokens;
    struct diagnostics *diagnostics;
    struct arena *arena;
    const size_t *ahead;              // [tokens.count] the first token from here on that is not a line end
    size_t next;                      // in tokens.list
    int previous;                     // kind of the token returned last; NL at the start
    int before;                       // kind of the one before it
    struct span open[NESTING_MAX];    // brackets and braces that are open, the outermost first
    int depth, braces;                // numbers of open brackets and braces, and of open braces
    int unclosed;                     // open braces that the text does not close and the stream must close
    size_t returned;                  // `next` when a token was last returned to the input; 0 before that
    bool closed;                      // the token returned last closed a brace
    bool failed;                      // after an error: token_stream_next must skip the rest first
    bool damaged;                     // an item was skipped
};

struct token_stream token_stream_open(struct arena *arena, struct tokens tokens, struct diagnostics *diagnostics);
// The next token for the parser. Line ends that do not end a statement are left out, a line end is inserted before each
// '}' and before the end of the text, words become keywords where an item can begin, and an unknown item is reported
// and skipped.
struct token token_stream_next(struct token_stream *stream);
// The parser must call this after it has reported an error at the last token: skips the rest of the line, or of the
// item outside of braces, and closes open brackets.
void token_stream_recover(struct token_stream *stream);
// The innermost open bracket (not brace); zero without one.
struct span token_stream_bracket(const struct token_stream *stream);
// True if that bracket follows the name of a reader, as in `idx(`.
bool token_stream_in_reader(const struct token_stream *stream);
// A token as messages name it: "'->'", "the end of the line", "the number 15".
const char *token_describe(struct arena *arena, struct token token);

#endif
