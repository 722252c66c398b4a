#include "compiler/nest/print/print.h"

// A block of sums reads and stores at places that differ by constants. A view gives them one address and small constant
// offsets: C compilers take less time, and registers, than for as many places in arrays of several dimensions.

enum { VIEW_PLACES = 2 };    // one needs no declaration

struct view {
    const struct symbol *array;
    const struct index *at[NEST_RANK_MAX];    // what the places have in common; NULL: 0
    long least[NEST_RANK_MAX];                // the constants of its first element
    int first;                                // in the dimensions before this one, all places have the same index
    int places;
    const char *name;
    struct view *outer;    // declared before this one
};

// Splits an index into what is variable (NULL: nothing) and a constant.
static const struct index *index_split(const struct index *index, long *constant) {
    *constant = 0;
    if (index->kind == INDEX_CONSTANT) {
        *constant = index->constant;
        return NULL;
    }
    if (index->kind != INDEX_ADD || index->right->kind != INDEX_CONSTANT) return index;
    *constant = index->right->constant;
    return index->left;
}

static bool view_fits(const struct view *view, const struct operand *operand) {
    long constant;
    if (view->array != operand->symbol) return false;
    for (int i = 0; i < view->array->rank; i++)
        if (!index_equal(view->at[i], index_split(operand->at[i], &constant))) return false;
    return true;
}

const struct view *view_find(const struct printer *printer, const struct operand *operand) {
    for (const struct view *view = *printer->views; view; view = view->outer) {
        bool outside = !view_fits(view, operand);
        for (int i = 0; i < view->array->rank && !outside; i++) {
            long offset = view_offset(view, operand, i);
            outside = offset < 0 || (i < view->first && offset != 0);
        }
        if (!outside) return view;
    }
    return NULL;
}

const char *view_name(const struct view *view) {
    return view->name;
}

int view_first(const struct view *view) {
    return view->first;
}

long view_offset(const struct view *view, const struct operand *operand, int dimension) {
    long constant;
    index_split(operand->at[dimension], &constant);
    return constant - view->least[dimension];
}

// Adds a place to the views of a run of lanes.
static struct view *place_add(const struct printer *printer, struct view *views, const struct operand *operand) {
    bool place = (operand->kind == OPERAND_MEMORY || operand->kind == OPERAND_ELEMENT) && operand->symbol->rank > 1;
    if (!place || view_find(printer, operand)) return views;
    struct view *view = views;
    while (view && !view_fits(view, operand))
        view = view->outer;
    if (!view) {
        view = ARENA_NEW(printer->nest->arena, struct view);
        *view = (struct view){.array = operand->symbol, .first = operand->symbol->rank - 1, .outer = views};
        for (int i = 0; i < operand->symbol->rank; i++)
            view->at[i] = index_split(operand->at[i], &view->least[i]);
        views = view;
    }
    bool other = view->places == 0;
    for (int i = 0; i < operand->symbol->rank; i++) {
        long offset = view_offset(view, operand, i);
        other = other || offset != 0;
        if (offset != 0 && i < view->first) view->first = i;
        if (offset < 0) view->least[i] += offset;
    }
    view->places += other;
    return views;
}

static void view_print(const struct printer *printer, const struct view *view, int depth) {
    struct buffer *out = printer->out;
    bool rows = view->first < view->array->rank - 1;
    print_indent(printer, depth);
    buffer_print(out, rows ? "%sae_real (*const %s)" : "%sae_real *const %s", view->array->written ? "" : "const ",
                 view->name);
    for (int i = view->first + 1; i < view->array->rank; i++)
        buffer_print(out, "[%ld]", view->array->size[i]);
    buffer_print(out, " = AE_AT(%s", view->array->name);
    for (int i = 0; i < view->array->rank; i++) {
        const struct index *variable = view->at[i], *least = index_constant(printer->nest->arena, view->least[i]);
        buffer_print(out, "[");
        index_print(variable ? index_add(printer->nest->arena, variable, least) : least, out);
        buffer_print(out, "]");
    }
    buffer_print(out, ");\n");
}

static void view_declare(const struct printer *printer, struct view *view, int depth) {
    int same = 0;
    for (const struct view *other = *printer->views; other; other = other->outer)
        same += other->array == view->array;
    view->name = same ? arena_print(printer->nest->arena, "%s_at%d", view->array->name, same + 1)
                      : arena_print(printer->nest->arena, "%s_at", view->array->name);
    view->outer = *printer->views;
    *printer->views = view;
    view_print(printer, view, depth);
}

void views_declare(const struct printer *printer, const struct statement *lanes, int depth) {
    struct view *views = NULL;
    for (const struct statement *run = lanes; run && run->kind == STATEMENT_LANES; run = run->next)
        for (const struct statement *s = run->body; s; s = s->next) {
            views = place_add(printer, views, &s->a);
            views = place_add(printer, views, &s->b);
            views = place_add(printer, views, &s->c);
        }
    for (struct view *view = views, *next; view; view = next) {
        next = view->outer;
        if (view->places >= VIEW_PLACES) view_declare(printer, view, depth);
    }
}
