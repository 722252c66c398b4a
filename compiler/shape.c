#include "compiler/shape.h"

#include "base/buffer.h"

size_t shape_count(struct shape shape) {
    size_t count = 1;
    for (int i = 0; i < shape.rank; i++)
        count *= shape.size[i];
    return count;
}

bool shape_equal(struct shape a, struct shape b) {
    if (a.rank != b.rank) return false;
    for (int i = 0; i < a.rank; i++)
        if (a.size[i] != b.size[i]) return false;
    return true;
}

const char *shape_text(struct arena *arena, struct shape shape) {
    struct buffer text = {0};
    buffer_print(&text, "[");
    for (int i = 0; i < shape.rank; i++)
        buffer_print(&text, "%s%zu", i ? ", " : "", shape.size[i]);
    buffer_print(&text, "]");
    const char *copy = arena_copy(arena, text.text, text.length);
    buffer_free(&text);
    return copy;
}
