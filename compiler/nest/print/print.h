// The printer of nests, between its files.
#ifndef NEST_PRINT_H
#define NEST_PRINT_H

#include "compiler/nest/build.h"

struct printer {
    const struct nest *nest;
    const char *name;    // of the kernel
    struct buffer *out;
    int lanes;                       // of the statements being printed; 0 outside of lanes
    const struct statement *body;    // of the lanes
    struct view **views;             // those that are declared here, the innermost first
};

enum { LINE_MOST = 120 };

void print_indent(const struct printer *printer, int depth);
// A number as C reads it back exactly, in the kernel's own precision.
void number_print(double number, struct buffer *out);
// The same in the fewest digits that a double is read back from.
void double_print(double number, struct buffer *out);
bool operand_equal(const struct operand *a, const struct operand *b);
void operand_print(const struct printer *printer, const struct operand *operand);
// Where memory begins that an operand names: array[...] + ...
void address_print(const struct printer *printer, const struct operand *operand);
// Declares a view of each array that a run of lanes uses at several places: a pointer to its first place, from which
// the others are printed as constants. A view ends with its block.
void views_declare(const struct printer *printer, const struct statement *lanes, int depth);
// The view with the operand's place, or NULL.
const struct view *view_find(const struct printer *printer, const struct operand *operand);
const char *view_name(const struct view *view);
// The first dimension of the array that the view has.
int view_first(const struct view *view);
long view_offset(const struct view *view, const struct operand *operand, int dimension);
// One statement inside lanes, with its semicolon.
void simple_print(const struct printer *printer, const struct statement *statement);
// The statement that declares a value which a single expression uses: it is printed in the place of the name; else
// NULL.
const struct statement *value_inline(const struct printer *printer, const struct operand *value);
// Prints lanes, and those after them that share their lines; returns the last. `braces`: there are others beside them.
const struct statement *lanes_print(const struct printer *printer, const struct statement *lanes, bool braces,
                                    int depth);
// Whether a block is nothing but a loop over lanes, which can go on the line of the loop around it.
bool lanes_are_loop(const struct printer *printer, const struct statement *first);
// That loop, its head on the line that has begun.
void lanes_print_beside(const struct printer *printer, const struct statement *lanes, int depth);
// Whether lanes are printed as one statement.
bool lanes_print_one(const struct printer *printer, const struct statement *lanes);
void call_print(const struct printer *printer, const struct statement *call);
// One statement on its own line, or lines where it is long.
void statement_line_print(const struct printer *printer, const struct statement *statement, int depth);
void block_end_print(const struct printer *printer, int depth);
// "for (...)" without its body.
void loop_head_print(const struct printer *printer, const struct statement *loop);
void statements_print(const struct printer *printer, const struct statement *first, int depth);

#endif
