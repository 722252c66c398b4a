#include "grammar/format.h"

#include <limits.h>
#include <string.h>

#include "grammar/aespec.y.h"
#include "grammar/scan.h"
#include "grammar/tokens.h"

enum { COLUMNS_MAX = 96, INDENT = 2, CONTINUATION = 4 };

// A token of the canonical form. Line ends are not words; the first word of a statement is marked instead.
struct word {
    int kind;    // of the grammar; 0 at the end of the text
    const char *text, *end;
    const char *gap;    // the text between the word before, or the start of the text, and this word
    size_t width;       // characters
    int braces;         // number of enclosing braces; a brace does not enclose itself
    int brackets;       // number of enclosing brackets
    bool begins;        // the word begins a statement or is the end of the text
    bool comment;       // a comment precedes it
    bool blank;         // a blank line separates it from the statement before
};

struct words {
    struct word *list;    // [count]; the last one is the end of the text
    size_t count;
};

// An iteration over the comments of a gap.
struct gap {
    const char *at, *end;
    const char *comment;
    size_t length;    // of the comment
    bool follows;     // the comment follows a word on its line
    bool blank;       // a blank line precedes it or, at the end, follows the last comment
};

static struct gap gap_before(const struct word *word) {
    return (struct gap){.at = word->gap, .end = word->text, .follows = true};
}

// The next comment; false at the end.
static bool gap_next(struct gap *gap) {
    bool empty = false;    // only blanks since the last line end
    gap->blank = false;
    for (; gap->at < gap->end && *gap->at != '#'; gap->at++) {
        if (strchr(" \t\r", *gap->at)) continue;
        bool line_end = *gap->at == '\n';
        gap->blank |= line_end && empty;
        gap->follows = !line_end;
        empty = line_end;
    }
    gap->comment = gap->at;
    while (gap->at < gap->end && *gap->at != '\n' && *gap->at != '\r')
        gap->at++;
    const char *end = gap->at;
    while (end > gap->comment && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    gap->length = (size_t)(end - gap->comment);
    return gap->length > 0;
}

// True for the ')' of a call without arguments. The brackets of a block's parameters and brackets that contain a
// comment are kept.
static bool call_is_empty(const struct words *words, const struct token *close) {
    if (words->count < 2) return false;
    const struct word *open = &words->list[words->count - 1];
    size_t between = close->span.start - (size_t)(open->end - close->span.source->text);
    return close->kind == ')' && open->kind == '(' && open[-1].kind == NAME &&
           (words->count < 3 || open[-2].kind != BLOCK) && !memchr(open->end, '#', between);
}

static void words_add(struct words *words, const struct token *token, bool begins) {
    bool closes = token->kind == ')' || token->kind == ']';
    if (call_is_empty(words, token)) {
        words->count--;
        return;
    }
    if (closes && words->count && words->list[words->count - 1].kind == ',') words->count--;
    const char *text = token->span.source->text;
    words->list[words->count++] = (struct word){.kind = token->kind,
                                                .text = text + token->span.start,
                                                .end = text + token->span.end,
                                                .begins = begins && token->kind != '}'};
}

static size_t text_width(const char *text, const char *end) {
    size_t width = 0;
    for (; text < end; text += character_length(text, (size_t)(end - text)))
        width++;
    return width;
}

static void words_place(struct words *words, const char *text) {
    int braces = 0, brackets = 0, before = '{';
    for (struct word *word = words->list; word < words->list + words->count; word++) {
        word->gap = text;
        text = word->end;
        word->width = text_width(word->text, word->end);
        word->braces = braces -= word->kind == '}';
        word->brackets = brackets -= word->kind == ')' || word->kind == ']';
        braces += word->kind == '{';
        brackets += word->kind == '(' || word->kind == '[';
        struct gap gap = gap_before(word);
        word->comment = gap_next(&gap);
        word->blank = word->begins && before != '{' && gap.blank;
        before = word->kind;
    }
}

// The words of a text as the parser reads them; `count` is 0 if the text has errors.
static struct words words_read(struct arena *arena, const struct source *source) {
    struct diagnostics diagnostics = {.arena = arena};
    struct token_stream stream = token_stream_open(arena, tokens_scan(arena, source, &diagnostics), &diagnostics);
    struct words words = {.list = ARENA_ARRAY(arena, struct word, stream.tokens.count + 1)};
    for (int before = NL, kind = NL; kind != 0; before = kind) {
        struct token token = token_stream_next(&stream);
        kind = token.kind;
        if (diagnostics.count) return (struct words){0};
        if (kind != NL) words_add(&words, &token, before == NL || before == '{');
    }
    words_place(&words, source->text + scan_mark_length(source));
    return words;
}

// A line of the result in three columns: offsets where each begins in the text and where the last one ends.
enum column { COLUMN_CODE, COLUMN_CLAIM, COLUMN_COMMENT, COLUMN_COUNT };

struct row {
    size_t places[COLUMN_COUNT + 1];
    size_t blanks[COLUMN_COUNT];    // before each column
};

struct printer {
    struct buffer text;    // without the blanks before the columns
    struct buffer rows;    // finished rows, each a struct row
    struct row row;
    enum column column;    // the column that is being written
    size_t width;          // of the line
    bool begun;            // `row` is a line that is not finished
    bool fresh;            // the line has no word yet
    bool opened;           // the block or the file has no statement yet
    int braces;            // number of braces that enclose the current statement
};

static void column_begin(struct printer *p, enum column column) {
    while (p->column < column)
        p->row.places[++p->column] = p->text.length;
}

static void row_end(struct printer *p) {
    column_begin(p, COLUMN_COUNT);
    if (p->begun) buffer_add(&p->rows, (const char *)&p->row, sizeof p->row);
    p->begun = false;
}

static void row_begin(struct printer *p, size_t indent) {
    row_end(p);
    p->row = (struct row){.places = {p->text.length}, .blanks = {indent}};
    p->column = COLUMN_CODE;
    p->width = indent;
    p->begun = p->fresh = true;
}

static bool is_operand(const struct word *word) {
    return word->kind == NUMBER || word->kind == NAME || word->kind == STRING || word->kind == ')' || word->kind == ']';
}

static bool is_sign(const struct word *word) {
    return word->kind == '-' && (word->begins || !is_operand(word - 1));
}

static bool is_tight(int kind) {
    return kind == '/' || kind == '^' || kind == DOTDOT;
}

static bool takes_brackets(int kind) {
    return kind == NAME || kind == RESIDUAL || kind == ENCODER || kind == DECODER;
}

// True for a claim that is aligned; claims in a block on one line are not.
static bool is_claim(const struct printer *p, const struct word *word) {
    return word->kind == ':' && word->braces > 0 && word->braces == p->braces;
}

// The text between a word and the one before it on the same line.
static const char *separator(const struct printer *p, const struct word *word) {
    const struct word *before = word - 1;
    if (word->begins) return before->kind == '{' ? " " : "; ";
    if (is_claim(p, word)) return "  ";
    if (before->kind == '(' || before->kind == '[' || is_sign(before) || is_tight(before->kind)) return "";
    if (word->kind == ')' || word->kind == ']' || word->kind == ',' || is_tight(word->kind)) return "";
    return word->kind == '(' && takes_brackets(before->kind) ? "" : " ";
}

static void words_print(struct printer *p, const struct word *word, const struct word *end) {
    for (; word < end; word++) {
        const char *blanks = p->fresh ? "" : separator(p, word);
        p->width += strlen(blanks) + word->width;
        if (is_claim(p, word))
            column_begin(p, COLUMN_CLAIM);
        else
            buffer_print(&p->text, "%s", blanks);
        buffer_add(&p->text, word->text, (size_t)(word->end - word->text));
        p->fresh = false;
    }
}

static bool words_fit(const struct printer *p, const struct word *first, const struct word *end) {
    size_t width = p->width;
    for (const struct word *word = first; word < end && width <= COLUMNS_MAX; word++)
        width += (word == first && p->fresh ? 0 : strlen(separator(p, word))) + word->width;
    return width <= COLUMNS_MAX;
}

// The nesting depth of a line break before the word: 0 before an arrow, else the number of brackets around a comma.
static int break_depth(const struct word *word) {
    if (word->kind == ARROW) return 0;
    return word[-1].kind == ',' ? word[-1].brackets : INT_MAX;
}

static size_t indent_of(const struct printer *p, const struct word *word) {
    bool closes = word->kind == '{' || word->kind == '}' || word->kind == ')' || word->kind == ']';
    return (size_t)p->braces * INDENT + (closes ? 0 : CONTINUATION);
}

// Prints words without comments between them. If they do not fit on one line, as few lines as possible are broken, at
// the places with the lowest depth, and after each part that was itself broken.
static void words_fill(struct printer *p, const struct word *first, const struct word *end, size_t indent) {
    int depth = INT_MAX;
    for (const struct word *word = first + 1; word < end; word++)
        if (break_depth(word) < depth) depth = break_depth(word);
    if (depth == INT_MAX || words_fit(p, first, end)) {
        words_print(p, first, end);
        return;
    }
    bool broken = false;
    for (const struct word *word = first, *next; word < end; word = next) {
        for (next = word + 1; next < end && break_depth(next) != depth;)
            next++;
        bool moved = word > first && (broken || !words_fit(p, word, next));
        if (moved) row_begin(p, indent);
        size_t rows = p->rows.length;
        words_fill(p, word, next, moved ? indent + CONTINUATION : indent);
        broken = p->rows.length > rows;
    }
}

// Prints the comments before a word. A comment that follows a word on its line stays there, others have lines of their
// own. Blank lines are kept between two statements, not at the start or the end of a block.
static void gap_print(struct printer *p, const struct word *word) {
    bool between = word->begins || word->kind == '}', first = true;
    struct gap gap = gap_before(word);
    for (; gap_next(&gap); first = false) {
        if (first && gap.follows && p->begun) {
            column_begin(p, COLUMN_COMMENT);
        } else {
            if (between && gap.blank && !p->opened) row_begin(p, 0);
            row_begin(p, (size_t)p->braces * INDENT + (between ? 0 : CONTINUATION));
            p->opened = false;
        }
        buffer_add(&p->text, gap.comment, gap.length);
    }
    if (word->begins && word->kind != 0 && gap.blank && !p->opened) row_begin(p, 0);
}

static const struct word *statement_end(const struct word *first) {
    const struct word *word = first + 1;
    while (word->braces > first->braces || (word->braces == first->braces && !word->begins))
        word++;
    return word;
}

// False for the brace of an empty block, which stays on one line even in a statement that does not fit.
static bool block_opens(const struct word *brace) {
    return brace->kind == '{' && (brace[1].kind != '}' || brace[1].comment);
}

static bool on_one_line(const struct printer *p, const struct word *first, const struct word *end) {
    for (const struct word *word = first + 1; word < end; word++)
        if (word->comment || word->blank) return false;
    return words_fit(p, first, end);
}

static const struct word *statements_print(struct printer *p, const struct word *word);

static const struct word *statement_print(struct printer *p, const struct word *first) {
    const struct word *end = statement_end(first);
    if (on_one_line(p, first, end)) {
        words_print(p, first, end);
        return end;
    }
    for (const struct word *word = first, *stop; word < end; word = stop) {
        for (stop = word + 1; stop < end && !stop->comment && !block_opens(stop - 1);)
            stop++;
        words_fill(p, word, stop, (size_t)p->braces * INDENT + CONTINUATION);
        if (block_opens(stop - 1)) {
            p->braces++;
            stop = statements_print(p, stop);
            p->braces--;
        } else if (stop < end) {
            gap_print(p, stop);
        }
        if (stop < end) row_begin(p, indent_of(p, stop));
    }
    return end;
}

// Prints the statements of a block or of the text; returns the word after them.
static const struct word *statements_print(struct printer *p, const struct word *word) {
    for (p->opened = true;; p->opened = false) {
        gap_print(p, word);
        if (word->kind == '}' || word->kind == 0) return word;
        row_begin(p, (size_t)p->braces * INDENT);
        word = statement_print(p, word);
    }
}

static bool has_column(const struct row *row, enum column column) {
    return row->places[column] < row->places[column + 1];
}

static size_t width_before(const struct printer *p, const struct row *row, enum column column) {
    size_t width = text_width(p->text.text + row->places[0], p->text.text + row->places[column]);
    for (enum column c = COLUMN_CODE; c < column; c++)
        width += row->blanks[c];
    return width;
}

// Aligns this column of consecutive lines, two blanks after the longest of them. Claims of lines with different
// indentation are not aligned with each other.
static void column_align(const struct printer *p, struct row *rows, const struct row *end, enum column column) {
    for (struct row *first = rows, *next; first < end; first = next) {
        size_t widest = 0;
        for (next = first; next < end && has_column(next, column); next++) {
            if (column == COLUMN_CLAIM && next->blanks[0] != first->blanks[0]) break;
            size_t width = width_before(p, next, column);
            if (width > widest) widest = width;
        }
        for (struct row *row = first; row < next; row++)
            row->blanks[column] = widest + 2 - width_before(p, row, column);
        if (next == first) next++;
    }
}

static void rows_print(const struct printer *p, struct buffer *out) {
    struct row *rows = (struct row *)(void *)p->rows.text, *end = rows + p->rows.length / sizeof *rows;
    column_align(p, rows, end, COLUMN_CLAIM);
    column_align(p, rows, end, COLUMN_COMMENT);
    for (const struct row *row = rows; row < end; row++) {
        for (enum column c = COLUMN_CODE; c < COLUMN_COUNT; c++) {
            if (!has_column(row, c)) continue;
            buffer_print(out, "%*s", (int)row->blanks[c], "");
            buffer_add(out, p->text.text + row->places[c], row->places[c + 1] - row->places[c]);
        }
        buffer_add(out, "\n", 1);
    }
}

static bool texts_equal(const char *a, size_t a_length, const char *b, size_t b_length) {
    return a_length == b_length && memcmp(a, b, a_length) == 0;
}

static bool words_equal(const struct word *a, const struct word *b) {
    struct gap left = gap_before(a), right = gap_before(b);
    bool more;
    while ((more = gap_next(&left)) == gap_next(&right) && more)
        if (!texts_equal(left.comment, left.length, right.comment, right.length)) return false;
    return !more && left.at == left.end && right.at == right.end && a->kind == b->kind && a->begins == b->begins &&
           texts_equal(a->text, (size_t)(a->end - a->text), b->text, (size_t)(b->end - b->text));
}

// Checks the result by reading it again: it must have the same words and comments.
static bool result_is_equal(struct arena *arena, const struct words *words, const struct buffer *result) {
    struct source source = {.name = "", .text = result->text, .length = result->length};
    struct words again = words_read(arena, &source);
    if (again.count != words->count) return false;
    for (size_t i = 0; i < words->count; i++)
        if (!words_equal(&words->list[i], &again.list[i])) return false;
    return true;
}

bool format_spec(struct arena *arena, const struct source *source, struct buffer *out) {
    struct words words = words_read(arena, source);
    if (words.count == 0) return false;
    struct printer printer = {0};
    buffer_add(&printer.text, "", 0);
    buffer_add(&printer.rows, "", 0);
    buffer_add(out, "", 0);
    statements_print(&printer, words.list);
    row_end(&printer);
    rows_print(&printer, out);
    buffer_free(&printer.text);
    buffer_free(&printer.rows);
    return result_is_equal(arena, &words, out);
}
