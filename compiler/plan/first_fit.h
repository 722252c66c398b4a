// Places tensors in one array, each at the lowest offset where it overlaps no tensor that is needed at the same time. The
// time for a tensor grows with the logarithm of their number, and with the number of those that are remembered but not
// needed at the same time: few, as makers go forward but for fused nodes.
#ifndef FIRST_FIT_H
#define FIRST_FIT_H

#include <stddef.h>
#include <stdint.h>

// A tensor, from the kernel that makes it to the last that reads it.
struct lifetime {
    size_t offset, count;
    int from, to;
    // Those that were placed before are a treap by offset: of two priorities the higher is nearer to the root.
    struct lifetime *left, *right;
    uint32_t priority;
    // Of the tree below: the lowest offset, the highest end, and the largest gap between two neighbours.
    size_t start, end, gap;
    int latest_from, earliest_to;
};

struct first_fit {
    struct lifetime *root;
    uint32_t placed;    // how many were
};

// Gives a tensor its offset. Neither this tensor nor a later one is made before kernel `earliest`: what is not read from
// then on is forgotten.
void first_fit_place(struct first_fit *fit, struct lifetime *lifetime, int earliest);

#endif
