// All numbers of a nest, for a test that changes each of them.
#ifndef NEST_NUMBERS_H
#define NEST_NUMBERS_H

#include "compiler/nest/nest.h"

enum number_kind { NUMBER_LONG, NUMBER_INT, NUMBER_DOUBLE, NUMBER_INDEX };

// The place of a number: in a statement, in a symbol, or in node `node` of the index at `place`.
struct nest_number {
    enum number_kind kind;
    void *place;
    int node;
    const char *what;                     // "step", "size[1] of sum"
    const struct statement *statement;    // NULL: a symbol's
};

struct nest_numbers {
    struct arena *arena;
    struct nest_number *list;
    int count, capacity;
    const struct symbol **symbols;    // whose numbers are listed
    int symbol_count, symbol_capacity;
};

// Lists the numbers of all statements, parts and symbols.
void numbers_list(struct nest_numbers *numbers, struct nest *nest);
// Adds `by` to a number; false if no nest can be built with it. number_restore undoes the change.
union number_kept {
    long whole;
    int small;
    double real;
    const struct index *index;
};
bool number_change(struct arena *arena, const struct nest_number *number, int by, union number_kept *kept);
void number_restore(const struct nest_number *number, union number_kept kept);

#endif
