// Places of tensors in an array are the same as those of a linear search, and plan_check accepts them.
#include <check.h>
#include <stdlib.h>

#include "compiler/plan/check.h"
#include "compiler/plan/first_fit.h"
#include "tests/unit/suite.h"

enum { TENSORS = 300, ROUNDS = 40 };

static unsigned state;

static int draw(int below) {
    state = state * 1664525 + 1013904223;
    return (int)((state >> 8) % (unsigned)below);
}

// Tensors with increasing makers, except some that are up to `back` kernels earlier. One of eight has a long lifetime.
static void lifetimes_draw(struct lifetime *tensors, int back) {
    for (int i = 0; i < TENSORS; i++) {
        int from = i > back ? i - draw(back + 1) : i, kept = draw(8) ? 1 + draw(6) : draw(TENSORS);
        tensors[i] = (struct lifetime){.count = 16 * (size_t)(1 + draw(6)), .from = from, .to = from + kept};
    }
}

static bool are_together(const struct lifetime *a, const struct lifetime *b) {
    return a->from <= b->to && b->from <= a->to;
}

static bool overlap(const struct lifetime *a, const struct lifetime *b) {
    return are_together(a, b) && a->offset < b->offset + b->count && b->offset < a->offset + a->count;
}

// The lowest multiple of 16 at which a tensor does not overlap an earlier one.
static size_t lowest_offset(const struct lifetime *tensors, int number) {
    struct lifetime moved = tensors[number];
    moved.offset = 0;
    for (int i = 0; i < number; i++)
        if (overlap(&moved, &tensors[i])) {
            moved.offset += 16;
            i = -1;
        }
    return moved.offset;
}

static void tensors_place(struct lifetime *tensors) {
    struct first_fit fit = {0};
    int earliest[TENSORS];
    for (int i = TENSORS - 1; i >= 0; i--) {
        earliest[i] = tensors[i].from;
        if (i + 1 < TENSORS && earliest[i + 1] < earliest[i]) earliest[i] = earliest[i + 1];
    }
    for (int i = 0; i < TENSORS; i++) {
        first_fit_place(&fit, &tensors[i], earliest[i]);
        ck_assert_uint_eq(tensors[i].offset, lowest_offset(tensors, i));
    }
}

static bool any_overlap(const struct lifetime *tensors) {
    for (int i = 0; i < TENSORS; i++)
        for (int j = 0; j < i; j++)
            if (overlap(&tensors[i], &tensors[j])) return true;
    return false;
}

static bool is_refused(const struct lifetime *tensors) {
    struct arena arena = {0};
    struct checker c = {.arena = &arena};
    struct range ranges[TENSORS];
    for (int i = 0; i < TENSORS; i++) {
        const struct lifetime *t = &tensors[i];
        ranges[i] = (struct range){t->offset, t->offset + t->count, t->from, t->to, i};
    }
    bool refused = !overlap_check(&c, ranges, TENSORS);
    arena_free(&arena);
    return refused;
}

// Moves one tensor after the other by a line, which causes an overlap for some of them.
static void tensors_move(struct lifetime *tensors) {
    int overlaps = 0;
    for (int i = 0; i < TENSORS; i++) {
        struct lifetime before = tensors[i];
        tensors[i].offset += 16;
        bool is_overlap = any_overlap(tensors);
        ck_assert_int_eq(is_refused(tensors), is_overlap);
        overlaps += is_overlap;
        tensors[i] = before;
    }
    ck_assert_int_gt(overlaps, TENSORS / 10);
    ck_assert_int_lt(overlaps, TENSORS);
}

START_TEST(first_fit_is_the_lowest) {
    struct lifetime tensors[TENSORS];
    state = (unsigned)_i;
    lifetimes_draw(tensors, _i % 4 * 10);
    tensors_place(tensors);
    ck_assert(!is_refused(tensors));
    if (_i < 8) tensors_move(tensors);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("first_fit");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, first_fit_is_the_lowest, 0, ROUNDS);
    return suite_run("first_fit", cases);
}
