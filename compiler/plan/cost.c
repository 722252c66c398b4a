#include "compiler/plan/cost.h"

double join_slots(const struct plan *plan) {
    // The gradient of each slot is read from the third-level cache.
    enum { SLOTS = 8, FAR = 8 };
    return (double)plan->slotted_count / plan->machine->lanes * SLOTS * FAR;
}
