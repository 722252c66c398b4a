// Places tensors in one array, each at the lowest offset where it does not overlap a tensor with an overlapping
// lifetime. The time for a tensor grows with the logarithm of the number of tensors, and with the number of stored
// tensors whose lifetimes do not overlap its own. These are few, because tensors are placed nearly in the order of
// their makers.
#ifndef FIRST_FIT_H
#define FIRST_FIT_H

#include <stddef.h>
#include <stdint.h>

// A tensor and its lifetime, from the kernel that makes it to the last one that reads it.
struct lifetime {
    size_t offset, count;
    int from, to;
    // Placed tensors are in a treap ordered by offset; higher priorities are nearer to the root.
    struct lifetime *left, *right;
    uint32_t priority;
    // Of the subtree: the lowest offset, the highest end, and the largest gap between two neighbours.
    size_t start, end, gap;
    int latest_from, earliest_to;
};

struct first_fit {
    struct lifetime *root;
    uint32_t placed;    // number of placed tensors
};

// Assigns an offset to a tensor. This tensor and all later ones must be made by kernel `earliest` or a later one;
// tensors that are not read from then on are removed.
void first_fit_place(struct first_fit *fit, struct lifetime *lifetime, int earliest);

#endif
