#include "compiler/plan/first_fit.h"

#include <stdbool.h>

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static size_t gap_between(size_t end, size_t start) {
    return start > end ? start - end : 0;
}

static void child_add(struct lifetime *tree, const struct lifetime *child) {
    if (!child) return;
    tree->gap = larger(tree->gap, child->gap);
    if (child->latest_from > tree->latest_from) tree->latest_from = child->latest_from;
    if (child->earliest_to < tree->earliest_to) tree->earliest_to = child->earliest_to;
}

// Updates the values of a node that depend on its subtree.
static struct lifetime *tree_update(struct lifetime *tree) {
    const struct lifetime *left = tree->left, *right = tree->right;
    size_t end = tree->offset + tree->count;
    tree->start = left ? left->start : tree->offset;
    tree->gap = left ? gap_between(left->end, tree->offset) : 0;
    tree->end = left ? larger(left->end, end) : end;
    if (right) tree->gap = larger(tree->gap, gap_between(tree->end, right->start));
    if (right) tree->end = larger(tree->end, right->end);
    tree->latest_from = tree->from;
    tree->earliest_to = tree->to;
    child_add(tree, left);
    child_add(tree, right);
    return tree;
}

// Joins two trees; all of `low` must be before all of `high`.
static struct lifetime *tree_join(struct lifetime *low, struct lifetime *high) {
    if (!low || !high) return low ? low : high;
    if (low->priority > high->priority) {
        low->right = tree_join(low->right, high);
        return tree_update(low);
    }
    high->left = tree_join(low, high->left);
    return tree_update(high);
}

static void tree_split(struct lifetime *tree, size_t offset, struct lifetime **low, struct lifetime **high) {
    if (!tree) {
        *low = *high = NULL;
    } else if (tree->offset <= offset) {
        tree_split(tree->right, offset, &tree->right, high);
        *low = tree_update(tree);
    } else {
        tree_split(tree->left, offset, low, &tree->left);
        *high = tree_update(tree);
    }
}

static struct lifetime *tree_forget(struct lifetime *tree, int earliest) {
    if (!tree || tree->earliest_to >= earliest) return tree;
    tree->left = tree_forget(tree->left, earliest);
    tree->right = tree_forget(tree->right, earliest);
    return tree->to < earliest ? tree_join(tree->left, tree->right) : tree_update(tree);
}

// Searches for a gap before a tensor of the tree, in the order of offsets; *offset is the end of the tensors before it.
static bool tree_fit(const struct lifetime *tree, const struct lifetime *wanted, size_t *offset) {
    if (!tree) return false;
    bool all = tree->latest_from <= wanted->to && tree->earliest_to >= wanted->from;
    if (all && tree->gap < wanted->count && tree->start < *offset + wanted->count) {
        *offset = larger(*offset, tree->end);
        return false;
    }
    if (tree_fit(tree->left, wanted, offset)) return true;
    if (tree->from <= wanted->to && tree->to >= wanted->from) {
        if (tree->offset >= *offset + wanted->count) return true;
        *offset = larger(*offset, tree->offset + tree->count);
    }
    return tree_fit(tree->right, wanted, offset);
}

// Pseudo-random priorities keep the tree balanced for any order of the tensors.
static uint32_t priority_of(uint32_t number) {
    number = (number ^ number >> 16) * 0x7feb352dU;
    number = (number ^ number >> 15) * 0x846ca68bU;
    return number ^ number >> 16;
}

void first_fit_place(struct first_fit *fit, struct lifetime *lifetime, int earliest) {
    fit->root = tree_forget(fit->root, earliest);
    lifetime->offset = 0;
    tree_fit(fit->root, lifetime, &lifetime->offset);
    lifetime->priority = priority_of(fit->placed++);
    lifetime->left = lifetime->right = NULL;
    struct lifetime *low, *high;
    tree_split(fit->root, lifetime->offset, &low, &high);
    fit->root = tree_join(tree_join(low, tree_update(lifetime)), high);
}
