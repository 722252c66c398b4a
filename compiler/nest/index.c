#include "compiler/nest/index.h"

#include "compiler/nest/nest.h"

static long bounded(long value) {
    return value > INDEX_UNBOUNDED ? INDEX_UNBOUNDED : value < -INDEX_UNBOUNDED ? -INDEX_UNBOUNDED : value;
}

static long bounded_product(long a, long b) {
    long magnitude_a = a < 0 ? -a : a, magnitude_b = b < 0 ? -b : b;
    if (magnitude_b != 0 && magnitude_a > INDEX_UNBOUNDED / magnitude_b)
        return (a < 0) == (b < 0) ? INDEX_UNBOUNDED : -INDEX_UNBOUNDED;
    return a * b;
}

static const struct index *index_new(struct arena *arena, struct index made) {
    if (made.least == made.most && made.least > -INDEX_UNBOUNDED && made.least < INDEX_UNBOUNDED) {
        made = (struct index){.kind = INDEX_CONSTANT, .least = made.least, .most = made.least, .constant = made.least};
    }
    struct index *index = ARENA_NEW(arena, struct index);
    *index = made;
    return index;
}

const struct index *index_constant(struct arena *arena, long constant) {
    return index_new(arena, (struct index){.least = constant, .most = constant});
}

const struct index *index_variable(struct arena *arena, const struct symbol *symbol, long least, long most) {
    return index_new(arena, (struct index){.kind = INDEX_VARIABLE, .least = least, .most = most, .symbol = symbol});
}

const struct index *index_offset(struct arena *arena, const struct index *a, long constant) {
    return index_add(arena, a, index_constant(arena, constant));
}

const struct index *index_add(struct arena *arena, const struct index *a, const struct index *b) {
    if (a->kind == INDEX_CONSTANT && a->constant == 0) return b;
    if (b->kind == INDEX_CONSTANT && b->constant == 0) return a;
    if (a->kind == INDEX_CONSTANT) {
        const struct index *swap = a;
        a = b;
        b = swap;
    }
    // Constants gather at the right end of a sum.
    if (a->kind == INDEX_ADD && a->right->kind == INDEX_CONSTANT) {
        if (b->kind == INDEX_CONSTANT)
            return index_add(arena, a->left, index_constant(arena, a->right->constant + b->constant));
        return index_add(arena, index_add(arena, a->left, b), a->right);
    }
    if (b->kind == INDEX_ADD && b->right->kind == INDEX_CONSTANT)
        return index_add(arena, index_add(arena, a, b->left), b->right);
    return index_new(arena, (struct index){.kind = INDEX_ADD,
                                           .least = bounded(a->least + b->least),
                                           .most = bounded(a->most + b->most),
                                           .left = a,
                                           .right = b});
}

const struct index *index_multiply(struct arena *arena, const struct index *a, long constant) {
    if (constant == 1) return a;
    if (a->kind == INDEX_MULTIPLY) return index_multiply(arena, a->left, a->constant * constant);
    if (a->kind == INDEX_ADD)
        return index_add(arena, index_multiply(arena, a->left, constant), index_multiply(arena, a->right, constant));
    long x = bounded_product(a->least, constant), y = bounded_product(a->most, constant);
    return index_new(
        arena,
        (struct index){
            .kind = INDEX_MULTIPLY, .least = x < y ? x : y, .most = x < y ? y : x, .constant = constant, .left = a});
}

const struct index *index_divide(struct arena *arena, const struct index *a, long constant) {
    if (constant == 1) return a;
    return index_new(arena, (struct index){.kind = INDEX_DIVIDE,
                                           .least = a->least / constant,
                                           .most = a->most / constant,
                                           .constant = constant,
                                           .left = a});
}

// The remainder that all values of an index have.
static bool remainder_find(const struct index *a, long divisor, long *remainder) {
    long left, right;
    switch (a->kind) {
    case INDEX_CONSTANT: *remainder = a->constant % divisor; return true;
    case INDEX_MULTIPLY: *remainder = 0; return a->constant % divisor == 0;
    case INDEX_ADD:
        if (!remainder_find(a->left, divisor, &left) || !remainder_find(a->right, divisor, &right)) return false;
        *remainder = (left + right) % divisor;
        return true;
    case INDEX_VARIABLE:
    case INDEX_DIVIDE:
    case INDEX_MODULO:
    case INDEX_MIN:
    case INDEX_MAX: break;
    }
    return false;
}

const struct index *index_modulo(struct arena *arena, const struct index *a, long constant) {
    long remainder;
    if (constant == 1) return index_constant(arena, 0);
    if (a->least >= 0 && remainder_find(a, constant, &remainder))
        return index_constant(arena, (remainder + constant) % constant);
    if (a->least >= 0 && a->most < constant) return a;
    return index_new(
        arena, (struct index){.kind = INDEX_MODULO, .least = 0, .most = constant - 1, .constant = constant, .left = a});
}

const struct index *index_min(struct arena *arena, const struct index *a, const struct index *b) {
    if (a->most <= b->least) return a;
    if (b->most <= a->least) return b;
    return index_new(arena, (struct index){.kind = INDEX_MIN,
                                           .least = a->least < b->least ? a->least : b->least,
                                           .most = a->most < b->most ? a->most : b->most,
                                           .left = a,
                                           .right = b});
}

const struct index *index_max(struct arena *arena, const struct index *a, const struct index *b) {
    if (a->least >= b->most) return a;
    if (b->least >= a->most) return b;
    return index_new(arena, (struct index){.kind = INDEX_MAX,
                                           .least = a->least > b->least ? a->least : b->least,
                                           .most = a->most > b->most ? a->most : b->most,
                                           .left = a,
                                           .right = b});
}

bool index_equal(const struct index *a, const struct index *b) {
    if (a == b) return true;
    if (!a || !b || a->kind != b->kind || a->constant != b->constant) return false;
    if (a->kind == INDEX_VARIABLE) return a->symbol == b->symbol;
    return index_equal(a->left, b->left) && index_equal(a->right, b->right);
}

const struct index *index_replace(struct arena *arena, const struct index *a, const struct symbol *symbol,
                                  const struct index *value) {
    if (!index_uses(a, symbol)) return a;
    if (a->kind == INDEX_VARIABLE) return value;
    const struct index *left = index_replace(arena, a->left, symbol, value);
    switch (a->kind) {
    case INDEX_ADD: return index_add(arena, left, index_replace(arena, a->right, symbol, value));
    case INDEX_MULTIPLY: return index_multiply(arena, left, a->constant);
    case INDEX_DIVIDE: return index_divide(arena, left, a->constant);
    case INDEX_MODULO: return index_modulo(arena, left, a->constant);
    case INDEX_MIN: return index_min(arena, left, index_replace(arena, a->right, symbol, value));
    case INDEX_MAX: return index_max(arena, left, index_replace(arena, a->right, symbol, value));
    case INDEX_CONSTANT:
    case INDEX_VARIABLE: break;
    }
    return a;
}

bool index_is_constant(const struct index *a, long constant) {
    return a->kind == INDEX_CONSTANT && a->constant == constant;
}

bool index_uses(const struct index *a, const struct symbol *symbol) {
    switch (a->kind) {
    case INDEX_CONSTANT: return false;
    case INDEX_VARIABLE: return a->symbol == symbol;
    case INDEX_MULTIPLY:
    case INDEX_DIVIDE:
    case INDEX_MODULO: return index_uses(a->left, symbol);
    case INDEX_ADD:
    case INDEX_MIN:
    case INDEX_MAX: break;
    }
    return index_uses(a->left, symbol) || index_uses(a->right, symbol);
}

static void index_print_inner(const struct index *index, bool atom, struct buffer *out);

static void sum_print(const struct index *index, struct buffer *out) {
    if (index->left->kind == INDEX_MULTIPLY && index->left->constant < 0 && index->right->kind == INDEX_CONSTANT) {
        struct index turned = {.kind = INDEX_ADD, .left = index->right, .right = index->left};
        sum_print(&turned, out);
        return;
    }
    index_print_inner(index->left, false, out);
    const struct index *right = index->right;
    if (right->kind == INDEX_CONSTANT && right->constant < 0) {
        buffer_print(out, " - %ld", -right->constant);
    } else if (right->kind == INDEX_MULTIPLY && right->constant < 0) {
        buffer_print(out, " - ");
        index_print_inner(right->left, true, out);
        if (right->constant != -1) buffer_print(out, " * %ld", -right->constant);
    } else {
        buffer_print(out, " + ");
        index_print_inner(right, false, out);
    }
}

static void call_print(const struct index *index, const char *function, struct buffer *out) {
    buffer_print(out, "%s(", function);
    index_print_inner(index->left, false, out);
    buffer_print(out, ", ");
    index_print_inner(index->right, false, out);
    buffer_print(out, ")");
}

static void product_print(const struct index *index, const char *symbol, struct buffer *out) {
    index_print_inner(index->left, true, out);
    buffer_print(out, " %s %ld", symbol, index->constant);
}

static void index_print_inner(const struct index *index, bool atom, struct buffer *out) {
    bool compound = index->kind == INDEX_ADD || index->kind == INDEX_MULTIPLY || index->kind == INDEX_DIVIDE ||
                    index->kind == INDEX_MODULO;
    if (atom && compound) buffer_print(out, "(");
    switch (index->kind) {
    case INDEX_CONSTANT: buffer_print(out, "%ld", index->constant); break;
    case INDEX_VARIABLE: buffer_print(out, "%s", index->symbol->name); break;
    case INDEX_ADD: sum_print(index, out); break;
    case INDEX_MULTIPLY: product_print(index, "*", out); break;
    case INDEX_DIVIDE: product_print(index, "/", out); break;
    case INDEX_MODULO: product_print(index, "%", out); break;
    case INDEX_MIN: call_print(index, "ae_least", out); break;
    case INDEX_MAX: call_print(index, "ae_most", out); break;
    }
    if (atom && compound) buffer_print(out, ")");
}

void index_print(const struct index *index, struct buffer *out) {
    index_print_inner(index, false, out);
}
