#include "grammar/scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct span scanner_span(const struct scanner *scanner) {
    return (struct span){scanner->source, (uint32_t)scanner->start, (uint32_t)scanner->offset};
}

size_t scan_mark_length(const struct source *source) {
    return strncmp(source->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

void scanner_add(struct scanner *scanner, int kind) {
    if (scanner->tokens.count == scanner->capacity) {
        size_t capacity = scanner->capacity ? 2 * scanner->capacity : 256;
        struct token *list = ARENA_ARRAY(scanner->arena, struct token, capacity);
        if (scanner->tokens.count) memcpy(list, scanner->tokens.list, scanner->tokens.count * sizeof *list);
        scanner->tokens.list = list;
        scanner->capacity = capacity;
    }
    struct token *token = &scanner->tokens.list[scanner->tokens.count++];
    token->kind = kind;
    token->span = scanner_span(scanner);
    if (kind == NAME || kind == REPEAT || kind == RESIDUAL || kind == IN)
        token->value.text = span_text(scanner->arena, token->span);
    else
        token->value = scanner->value;
    token->error = scanner->error;
    token->argument = scanner->argument;
    token->hint = scanner->hint;
}

static int scan_damaged(struct scanner *scanner, enum error_id error, const char *argument, const char *hint) {
    scanner->error = error;
    scanner->argument = argument;
    scanner->hint = hint;
    return GRAMMAR_error;
}

// The digits without their separators, as strtod reads them.
static double number_read(struct arena *arena, const char *text) {
    char *digits = arena_copy(arena, text, strlen(text)), *end = digits;
    for (const char *c = text; *c; c++)
        if (*c != '_') *end++ = *c;
    *end = 0;
    return strtod(digits, NULL);
}

int scan_number(struct scanner *scanner, const char *text) {
    scanner->value.number = number_read(scanner->arena, text);
    if (!isfinite(scanner->value.number)) {
        error_at(scanner->diagnostics, ERROR_number_too_large, scanner_span(scanner), text);
        scanner->value.number = 1;
    }
    return NUMBER;
}

static int number_form(struct scanner *scanner, const char *right, const char *found) {
    struct diagnostic *error = error_at(scanner->diagnostics, ERROR_number_form, scanner_span(scanner), right, found);
    diagnostic_hint(scanner->diagnostics, error, "write %s", right);
    scanner->value.number = number_read(scanner->arena, right);
    if (!isfinite(scanner->value.number)) scanner->value.number = 1;
    return NUMBER;
}

int scan_number_before_point(struct scanner *scanner, const char *text) {
    return number_form(scanner, arena_print(scanner->arena, "0%s", text), text);
}

int scan_number_after_point(struct scanner *scanner, const char *text) {
    size_t point = strcspn(text, ".");
    return number_form(scanner, arena_print(scanner->arena, "%.*s%s", (int)point, text, text + point + 1), text);
}

int scan_number_letters(struct scanner *scanner, const char *text) {
    size_t digits = strspn(text, "0123456789_.");
    // 0x10 and 1e5 are not products with a missing '*'.
    bool product = strncmp(text, "0", digits) != 0 && !strchr("eE", text[digits]);
    return scan_damaged(
        scanner, ERROR_number_form, "without letters after it",
        product ? arena_print(scanner->arena, "did you mean '%.*s * %s'?", (int)digits, text, text + digits) : NULL);
}

// The offset of the first escape other than \" and \\, or the length.
static size_t escape_find(const char *text, size_t length) {
    for (size_t i = 0; i + 1 < length; i++)
        if (text[i] == '\\' && text[++i] != '"' && text[i] != '\\') return i - 1;
    return length;
}

int scan_string(struct scanner *scanner, const char *text, size_t length) {
    size_t escape = escape_find(text, length);
    if (escape < length) {
        struct span span = scanner_span(scanner);
        size_t character = character_length(text + escape + 1, length - escape - 1);
        span.start += (uint32_t)escape;
        span.end = span.start + 1 + (uint32_t)character;
        struct diagnostic *error = error_at(scanner->diagnostics, ERROR_unknown_escape, span,
                                            arena_copy(scanner->arena, text + escape + 1, character));
        diagnostic_hint(scanner->diagnostics, error, "the only escapes are \\\" and \\\\");
    }
    char *string = arena_allocate(scanner->arena, length, 1), *end = string;
    for (size_t i = 1; i + 1 < length; i++) {
        if (text[i] == '\\' && i + 2 < length) i++;
        *end++ = text[i];
    }
    scanner->value.text = string;
    return STRING;
}

int scan_string_unterminated(struct scanner *scanner) {
    return scan_damaged(scanner, ERROR_unterminated_string, NULL, "the closing '\"' is missing");
}

static unsigned code_point(const char *text, size_t length) {
    unsigned lead = (unsigned char)text[0], point = length == 4 ? lead & 7 : length == 3 ? lead & 15 : lead & 31;
    for (size_t i = 1; i < length; i++)
        point = point << 6 | ((unsigned char)text[i] & 63);
    return point;
}

// True for unusual spaces, invisible marks and control characters.
static bool is_invisible(unsigned point) {
    return (point >= 0x80 && point <= 0xa0) || point == 0xad || (point >= 0x2000 && point <= 0x200f) ||
           (point >= 0x2028 && point <= 0x202f) || (point >= 0x205f && point <= 0x2064) || point == 0x3000 ||
           point == 0xfeff;
}

// The character in quotes, or its value if it cannot be printed.
static const char *character_describe(struct arena *arena, const char *text, size_t length) {
    unsigned char byte = (unsigned char)text[0];
    if (length == 1 && (byte < 0x20 || byte > 0x7e)) return arena_print(arena, "(byte 0x%02x)", byte);
    if (length > 1 && is_invisible(code_point(text, length)))
        return arena_print(arena, "U+%04X", code_point(text, length));
    return arena_print(arena, "'%.*s'", (int)length, text);
}

// A hint for a character that is common in other languages or in typeset text.
static const char *character_hint(const char *text, size_t length) {
    static const struct {
        const char *character, *hint;
    } hints[] = {
        {"'", "a string must be in double quotes"},
        {"\xe2\x80\x9c", "a string must be in double quotes"},
        {"\xe2\x80\x9d", "a string must be in double quotes"},
        {"\xe2\x86\x92", "write '->'"},
        {"\xe2\x88\x92", "write '-'"},
        {"\xe2\x80\x93", "write '-'"},
        {"\xc3\x97", "write '*'"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (strlen(hints[i].character) == length && memcmp(hints[i].character, text, length) == 0) return hints[i].hint;
    return NULL;
}

int scan_unexpected(struct scanner *scanner, const char *text, size_t length) {
    const struct tokens *tokens = &scanner->tokens;
    if (tokens->count && tokens->list[tokens->count - 1].kind == GRAMMAR_error &&
        tokens->list[tokens->count - 1].span.end == scanner->start) {
        tokens->list[tokens->count - 1].span.end = (uint32_t)scanner->offset;
        return SCAN_NOTHING;
    }
    return scan_damaged(scanner, ERROR_unexpected_character, character_describe(scanner->arena, text, length),
                        character_hint(text, length));
}
