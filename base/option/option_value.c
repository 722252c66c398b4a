// The values that an option can take.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"
#include "base/option/option.h"

size_t option_split(struct arena *arena, const char *shown, const char *const **parts) {
    const char **found = ARENA_ARRAY(arena, const char *, strlen(shown) + 1);
    size_t count = 0;
    for (const char *part = shown; *part; part += strspn(part, "|")) {
        size_t length = strcspn(part, "|");
        found[count++] = arena_copy(arena, part, length);
        part += length;
    }
    *parts = found;
    return count;
}

// Whether the path has one of the endings in "FILE.csv|.npy" and a name before it.
static bool has_ending(const char *shown, const char *path) {
    struct arena arena = {0};
    const char *const *parts;
    size_t count = option_split(&arena, shown, &parts), length = strlen(path);
    bool found = false;
    for (size_t i = 0; i < count && !found; i++) {
        const char *ending = strchr(parts[i], '.');
        size_t tail = strlen(ending);
        found = length > tail && strcmp(path + length - tail, ending) == 0;
    }
    arena_free(&arena);
    return found;
}

int value_word(const struct option_value *value, const char *word) {
    struct arena arena = {0};
    const char *const *parts;
    size_t count = option_split(&arena, value->shown, &parts), i = 0;
    while (i < count && strcmp(parts[i], word) != 0)
        i++;
    arena_free(&arena);
    return i < count ? (int)i : -1;
}

bool value_holds(const struct option_value *value, double number) {
    switch (value->kind) {
    case VALUE_WHOLE: return number >= value->minimum && number <= value->maximum && number == floor(number);
    case VALUE_REAL: return number >= value->minimum && number <= value->maximum;
    case VALUE_POSITIVE: return number > value->minimum && number <= value->maximum;
    case VALUE_FRACTION: return number >= value->minimum && number < value->maximum;
    case VALUE_FLAG:
    case VALUE_PAIR:
    case VALUE_WORD:
    case VALUE_FORMAT:
    case VALUE_FILE:
    case VALUE_FOLDER:
    case VALUE_INPUT:
    case VALUE_TABLE:
    case VALUE_ASSIGNMENT:
    case VALUE_SETTING: break;
    }
    return false;
}

bool value_check(const struct option_value *value, const char *text) {
    double number, pair[2];
    size_t name = strcspn(text, "=");
    switch (value->kind) {
    case VALUE_FLAG: return true;
    case VALUE_WHOLE: return number_parse_whole(text, value->minimum, value->maximum, &number);
    case VALUE_REAL:
    case VALUE_POSITIVE:
    case VALUE_FRACTION: return number_parse(text, &number) && value_holds(value, number);
    case VALUE_PAIR: return number_parse_pair(text, pair);
    case VALUE_WORD: return value_word(value, text) >= 0;
    case VALUE_FORMAT:
    case VALUE_TABLE: return has_ending(value->shown, text);
    case VALUE_FILE:
    case VALUE_FOLDER:
    case VALUE_INPUT: return *text;
    case VALUE_ASSIGNMENT: return name > 0 && text[name] && text[name + 1];
    case VALUE_SETTING: break;
    }
    return false;
}

// "adam or sgd". If `from` is not 0, each part is printed from that character on: ".csv or .npy".
static void list_parts(struct buffer *out, const char *shown, char from) {
    struct arena arena = {0};
    const char *const *parts;
    size_t count = option_split(&arena, shown, &parts);
    for (size_t i = 0; i < count; i++) {
        const char *part = from ? strchr(parts[i], from) : parts[i];
        buffer_print(out, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", part);
    }
    arena_free(&arena);
}

const char *value_describe(const struct option_value *value, char *text) {
    struct buffer out = {0};
    double minimum = value->minimum, maximum = value->maximum;
    switch (value->kind) {
    case VALUE_FLAG: buffer_print(&out, "no value"); break;
    case VALUE_WHOLE: buffer_print(&out, "a whole number from %.0f to %.0f", minimum, maximum); break;
    case VALUE_REAL: buffer_print(&out, "a number from %g to %g", minimum, maximum); break;
    case VALUE_POSITIVE: buffer_print(&out, "a number above %g, at most %g", minimum, maximum); break;
    case VALUE_FRACTION: buffer_print(&out, "at least %g and below %g", minimum, maximum); break;
    case VALUE_PAIR: buffer_print(&out, "X,Y, two numbers"); break;
    case VALUE_WORD: list_parts(&out, value->shown, 0); break;
    case VALUE_FORMAT:
    case VALUE_TABLE:
        buffer_print(&out, "a ");
        list_parts(&out, value->shown, '.');
        buffer_print(&out, " file");
        break;
    case VALUE_FILE: buffer_print(&out, "a file"); break;
    case VALUE_FOLDER: buffer_print(&out, "a folder"); break;
    case VALUE_INPUT: buffer_print(&out, "a file or folder"); break;
    case VALUE_ASSIGNMENT: buffer_print(&out, "%s", value->shown); break;
    case VALUE_SETTING: break;
    }
    snprintf(text, VALUE_TEXT, "%s", out.text ? out.text : "");
    buffer_free(&out);
    return text;
}

const char *value_nearest(struct arena *arena, const struct option_value *value, const char *text) {
    if (value->kind != VALUE_WORD) return NULL;
    const char *const *words;
    size_t count = option_split(arena, value->shown, &words);
    return nearest_name(text, words, count);
}
