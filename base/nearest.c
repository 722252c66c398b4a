#include "base/nearest.h"

#include <string.h>

enum { LENGTH_MAX = 63 };    // longer words are not treated as misspellings

static int fold_character(char character) {
    return character == '-' ? '_' : character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character;
}

static size_t minimum(size_t a, size_t b) {
    return a < b ? a : b;
}

// Optimal string alignment (Damerau 1964); `limit` if the distance is at least that. Row i of the table has the edit
// distances of the first i characters of `a`.
static size_t count_edits(const char *a, size_t a_length, const char *b, size_t b_length, size_t limit) {
    if (a_length >= b_length + limit || b_length >= a_length + limit) return limit;
    size_t rows[3][LENGTH_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        last[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t least = row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            int from = fold_character(a[i - 1]), to = fold_character(b[j - 1]);
            row[j] = minimum(last[j - 1] + (from != to), minimum(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && from == fold_character(b[j - 2]) && to == fold_character(a[i - 2]))
                row[j] = minimum(row[j], before[j - 2] + 1);
            least = minimum(least, row[j]);
        }
        // A row's minimum exceeds that of the previous row by at most 1, so no later row has an entry below `limit`.
        if (least >= limit) return limit;
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[b_length];
}

const char *nearest_name(const char *word, const char *const *names, size_t count) {
    size_t length = strlen(word);
    if (length < 2 || length > LENGTH_MAX) return NULL;
    size_t fewest = (length < 6 ? 1 : length / 3) + 1;
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t name_length = strlen(names[i]);
        if (name_length > LENGTH_MAX) continue;
        size_t edits = count_edits(word, length, names[i], name_length, fewest);
        if (edits < fewest) {
            fewest = edits;
            nearest = names[i];
        }
    }
    return nearest;
}
