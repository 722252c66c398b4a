#include "base/text.h"

#include <string.h>

#include "base/memory.h"

char *text_copy(const char *text) {
    return text_join(text, "");
}

char *text_join(const char *first, const char *second) {
    size_t first_length = strlen(first), second_length = strlen(second);
    char *text = memory_allocate(first_length + second_length + 1, 1);
    memcpy(text, first, first_length);
    memcpy(text + first_length, second, second_length);
    return text;
}

bool text_ends_with(const char *text, const char *ending) {
    size_t length = strlen(text), ending_length = strlen(ending);
    return length >= ending_length && strcmp(text + length - ending_length, ending) == 0;
}
