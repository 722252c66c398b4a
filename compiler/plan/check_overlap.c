#include <stdlib.h>

#include "compiler/plan/check.h"

static int from_order(const void *a, const void *b) {
    const struct range *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

static int maker_order(const void *a, const void *b) {
    const struct range *x = *(struct range *const *)a, *y = *(struct range *const *)b;
    return x->maker < y->maker ? -1 : x->maker > y->maker;
}

static int last_order(const void *a, const void *b) {
    const struct range *x = *(struct range *const *)a, *y = *(struct range *const *)b;
    return x->last < y->last ? -1 : x->last > y->last;
}

static struct range **ranges_sort(struct arena *arena, struct range *ranges, int count,
                                  int (*order)(const void *, const void *)) {
    struct range **sorted = ARENA_ARRAY(arena, struct range *, count);
    for (int i = 0; i < count; i++)
        sorted[i] = &ranges[i];
    qsort(sorted, (size_t)count, sizeof *sorted, order);
    return sorted;
}

// A tree of maxima over the ends of the ranges that are alive, 0 for the others: nodes[count + i] is the end of range
// i, and a parent is the larger of its two children.
struct ends {
    size_t *nodes;    // [2 * count]
    int count;
};

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static void ends_set(struct ends *ends, int range, size_t end) {
    size_t node = (size_t)ends->count + (size_t)range;
    ends->nodes[node] = end;
    for (node /= 2; node >= 1; node /= 2)
        ends->nodes[node] = larger(ends->nodes[2 * node], ends->nodes[2 * node + 1]);
}

// The largest end of the first `count` ranges.
static size_t ends_largest(const struct ends *ends, int count) {
    size_t largest = 0;
    for (int low = ends->count, high = ends->count + count; low < high; low /= 2, high /= 2) {
        if (low % 2) largest = larger(largest, ends->nodes[low++]);
        if (high % 2) largest = larger(largest, ends->nodes[--high]);
    }
    return largest;
}

// The number of ranges that begin before `to`.
static int ranges_before(const struct range *ranges, int count, size_t to) {
    int low = 0, high = count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (ranges[middle].from < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Visits the ranges in the order of the kernels that make them. A range overlaps if another range that is alive begins
// before its end and ends after its beginning.
bool overlap_check(struct checker *c, struct range *ranges, int count) {
    qsort(ranges, (size_t)count, sizeof *ranges, from_order);
    struct range **made = ranges_sort(c->arena, ranges, count, maker_order);
    struct range **read = ranges_sort(c->arena, ranges, count, last_order);
    struct ends ends = {ARENA_ARRAY(c->arena, size_t, 2 * (size_t)count), count};
    for (int i = 0; i < count; i++) {
        const struct range *range = made[i];
        for (; (*read)->last < range->maker; read++)
            ends_set(&ends, (int)(*read - ranges), 0);
        if (ends_largest(&ends, ranges_before(ranges, count, range->to)) > range->from)
            return check_fails(c, "node %d overlaps another tensor", range->node);
        ends_set(&ends, (int)(range - ranges), range->to);
    }
    return true;
}
