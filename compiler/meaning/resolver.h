// Declarations shared by resolve*.c, which turn the syntax tree into a spec.
#ifndef RESOLVER_H
#define RESOLVER_H

#include "compiler/meaning/evaluate.h"

struct resolver {
    struct scope scope;
    struct spec *spec;
    struct diagnostics *diagnostics;
    struct arena *arena;
    const struct syntax *syntax;
    const struct item *seen[ITEM_KINDS];
    struct assignment *assignments;
    size_t assignment_count;
    struct names term_names;    // of the loss lines, each with its struct term
    bool loss_damaged;
};

// The value of a name in --set, or `value` if --set does not have the name.
struct expression *assigned_value(struct resolver *r, const char *name, struct expression *value);
// True if both are names and equal.
bool same_name(struct name a, const char *b);

void resolve_data(struct resolver *r, const struct item *item);
void resolve_train(struct resolver *r, const struct item *item);
void resolve_sweep(struct resolver *r, const struct item *item);
void resolve_loss(struct resolver *r, const struct item *item);
// Checks that need the whole spec: settings of --set, channels of mean and std, requirements of binary cross-entropy.
void resolve_assigned_settings(struct resolver *r);
void data_finish(struct resolver *r);
void loss_finish(struct resolver *r);

#endif
