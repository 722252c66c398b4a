// What the files that resolve a spec share. Private to resolve*.c.
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

// The value that --set gives a name, or `value` where it gives none.
struct expression *assigned_value(struct resolver *r, const char *name, struct expression *value);
// True when the name is there and is this one.
bool same_name(struct name a, const char *b);

// What a train setting is when neither spec nor --set gives it.
double setting_default(int setting);

void resolve_data(struct resolver *r, const struct item *item);
void resolve_train(struct resolver *r, const struct item *item);
void resolve_sweep(struct resolver *r, const struct item *item);
void resolve_loss(struct resolver *r, const struct item *item);
// What can be told only when all items are known: --set of settings, channels of mean and std, binary cross-entropy's
// needs.
void resolve_assigned_settings(struct resolver *r);
void data_finish(struct resolver *r);
void loss_finish(struct resolver *r);

#endif
