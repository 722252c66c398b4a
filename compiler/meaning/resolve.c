#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "compiler/meaning/resolver.h"

struct expression *assigned_value(struct resolver *r, const char *name, struct expression *value) {
    for (size_t i = 0; i < r->assignment_count; i++)
        if (r->assignments[i].item && strcmp(r->assignments[i].item->name.text, name) == 0) {
            r->assignments[i].used = true;
            value = r->assignments[i].item->value;
        }
    return value;
}

bool same_name(struct name a, const char *b) {
    return a.text && b && strcmp(a.text, b) == 0;
}

// Checks the name of a const, an input or a latent; false after reporting that it is already in use.
static bool name_define(struct resolver *r, struct name name, const char *what) {
    struct constant *constant = constant_find(r->spec, name.text);
    bool is_const = strcmp(what, "a const") == 0;
    if (constant && is_const) {
        struct diagnostic *error = error_at(r->diagnostics, ERROR_duplicate_name, name.span, name.text);
        diagnostic_note(r->diagnostics, error, constant->name.span, "first defined here");
        return false;
    }
    const char *taken = constant ? "a const" : name_meaning(&r->scope, name.text);
    bool by_table = taken && !constant && taken == table_describe(name.text);
    if (!taken || (by_table && !is_const)) return true;
    struct diagnostic *error = error_at(r->diagnostics, ERROR_name_taken, name.span, name.text, taken);
    if (constant)
        diagnostic_note(r->diagnostics, error, constant->name.span, "defined here");
    else if (strcmp(taken, "the input") == 0)
        diagnostic_note(r->diagnostics, error, r->scope.input.span, "defined here");
    else if (strcmp(taken, "the latent") == 0)
        diagnostic_note(r->diagnostics, error, r->scope.latent.span, "defined here");
    return false;
}

static void resolve_const(struct resolver *r, const struct item *item) {
    bool fine = name_define(r, item->name, "a const");
    if (!fine && constant_find(r->spec, item->name.text)) return;
    struct constant *constant = ARENA_NEW(r->arena, struct constant);
    constant->name = item->name;
    constant->value = assigned_value(r, item->name.text, item->value);
    struct result result = evaluate(&r->scope, constant->value, false);
    constant->is_number = result.kind == RESULT_NUMBER;
    constant->number = result.number;
    constant->string = result.string;
    constant->list = result.list;
    constant->damaged = result.kind == RESULT_NONE;
    constant->fixed = !constant->is_number;
    if (constant->fixed && !constant->damaged) evaluate(&r->scope, constant->value, true);
    if (!fine) return;
    names_add(&r->spec->constant_names, item->name.text, constant);
    if (r->spec->last_constant)
        r->spec->last_constant->next = constant;
    else
        r->spec->constants = constant;
    r->spec->last_constant = constant;
}

static const struct argument_row size_row = {"a size", ARGUMENT_SIZES, NAN, 1, 1e8, NULL};

static bool sizes_evaluate(struct resolver *r, const struct expression *list, struct shape *shape) {
    size_t count;
    const double *sizes = evaluate_list(&r->scope, list, &size_row, &count);
    if (!sizes) return false;
    if (count == 2) {
        struct diagnostic *error = error_at(r->diagnostics, ERROR_input_rank, list->span, 2);
        diagnostic_hint(r->diagnostics, error, "write [1, %.0f, %.0f]", sizes[0], sizes[1]);
    } else if (count != 1 && count != 3) {
        error_at(r->diagnostics, ERROR_input_rank, list->span, (int)count);
    }
    if (count != 1 && count != 3) return false;
    shape->rank = (int)count;
    for (size_t i = 0; i < count; i++)
        shape->size[i] = (size_t)sizes[i];
    return true;
}

static void resolve_input(struct resolver *r, const struct item *item) {
    struct spec *spec = r->spec;
    if (name_define(r, item->name, "the input")) r->scope.input = spec->input_name = item->name;
    spec->input_span = item->value->span;
    struct result result = evaluate(&r->scope, item->value, true);
    if (result.kind == RESULT_LIST)
        spec->input_known = sizes_evaluate(r, result.list, &spec->input);
    else if (result.kind != RESULT_NONE)
        error_at(r->diagnostics, ERROR_wrong_type, item->value->span, "an input", "a list of sizes, [C, H, W] or [N]",
                 result.kind == RESULT_STRING ? "a string" : "a number");
}

static void not_supported(struct resolver *r, struct span span, const char *what) {
    error_at(r->diagnostics, ERROR_not_supported, span, what);
}

static int layer_find(struct resolver *r, struct name name) {
    const char *names[LAYER_KINDS];
    for (int i = 0; i < LAYER_KINDS; i++) {
        names[i] = layer_rows[i].name;
        if (strcmp(names[i], name.text) == 0) return i;
    }
    // Blocks are not supported, which is reported once, at the block.
    if (names_find(&r->scope.blocks, name.text)) return -1;
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_layer, name.span, name.text);
    diagnostic_suggest(r->diagnostics, error, nearest_name(name.text, names, LAYER_KINDS));
    return -1;
}

static struct layer *layer_resolve(struct resolver *r, const struct element *element, bool decoder) {
    struct layer *layer = ARENA_NEW(r->arena, struct layer);
    layer->damaged = true;
    if (!element->call && !element->unsupported.text) return layer;
    if (!element->call) {
        layer->span = element->unsupported.span;
        not_supported(r, element->unsupported.span, arena_print(r->arena, "'%s'", element->unsupported.text));
        return layer;
    }
    const struct call *call = element->call;
    layer->span = call->name.span;
    int kind = layer_find(r, call->name);
    layer->damaged = kind < 0;
    if (kind < 0) return layer;
    layer->kind = (enum layer_kind)kind;
    if (layer->kind == LAYER_mirror && !decoder) {
        error_at(r->diagnostics, ERROR_mirror_misplaced, call->name.span);
        layer->damaged = true;
    }
    if (!arguments_bind(&r->scope, call, &layer_rows[kind], layer->arguments)) layer->damaged = true;
    return layer;
}

static void layer_add(struct layer_list *list, struct layer *layer) {
    if (list->last)
        list->last->next = layer;
    else
        list->first = layer;
    list->last = layer;
}

static void claim_resolve(struct resolver *r, const struct layer_line *line, struct layer *layer) {
    if (!line->claim_span.source) return;
    struct expression list = {.kind = EXPRESSION_LIST, .span = line->claim_span, .list = line->claim};
    size_t count;
    const double *sizes = evaluate_list(&r->scope, &list, &size_row, &count);
    if (!sizes) return;
    if (count > 3) {
        error_at(r->diagnostics, ERROR_list_length, line->claim_span, "a claim", "at most 3 sizes", (int)count);
        return;
    }
    layer->claim_span = line->claim_span;
    layer->claim.rank = (int)count;
    for (size_t i = 0; i < count; i++)
        layer->claim.size[i] = (size_t)sizes[i];
}

static void resolve_layers(struct resolver *r, const struct item *item, struct layer_list *list) {
    list->word = item->word.span;
    if (item->layers.from.source) {
        not_supported(r, item->layers.from, "'from'");
        list->damaged = true;
    }
    for (const struct layer_line *line = item->layers.first; line; line = line->next) {
        if (line->name.text) not_supported(r, line->name.span, "a named line");
        for (const struct element *element = line->first; element; element = element->next)
            layer_add(list, layer_resolve(r, element, item->kind == ITEM_DECODER));
        claim_resolve(r, line, list->last);
    }
}

static const struct latent_row *latent_find(struct resolver *r, struct name name) {
    const char *names[LATENT_KINDS];
    for (int i = 0; i < LATENT_KINDS; i++) {
        names[i] = latent_rows[i].row.name;
        if (strcmp(names[i], name.text) == 0) return &latent_rows[i];
    }
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_latent, name.span, name.text);
    diagnostic_suggest(r->diagnostics, error, nearest_name(name.text, names, LATENT_KINDS));
    return NULL;
}

static void resolve_latent(struct resolver *r, const struct item *item) {
    struct latent *latent = &r->spec->latent;
    const struct call *call = item->latent.call;
    if (name_define(r, item->name, "the latent")) r->scope.latent = item->name;
    latent->name = item->name;
    latent->span = call->name.span;
    if (item->from.source) not_supported(r, item->from, "'from'");
    const struct latent_row *row = latent_find(r, call->name);
    if (!row) return;
    if (row->symbol != item->latent.symbol) {
        char right[2] = {row->symbol, 0};
        struct diagnostic *error =
            error_at(r->diagnostics, ERROR_latent_operator, item->latent.span, row->row.name, right);
        diagnostic_hint(r->diagnostics, error, "write '%s'", right);
    }
    latent->kind = (enum latent_kind)(row - latent_rows);
    struct value values[ARGUMENTS_MAX] = {0};
    if (!arguments_bind(&r->scope, call, &row->row, values)) return;
    latent->units = values[0].given ? (int)values[0].number : 0;
    latent->prior_std = values[1].number;
    r->spec->latent_known = true;
}

static void resolve_item(struct resolver *r, const struct item *item) {
    switch (item->kind) {
    case ITEM_MODEL: r->spec->model = item->name.text; break;
    case ITEM_CONST: resolve_const(r, item); break;
    case ITEM_INPUT: resolve_input(r, item); break;
    case ITEM_ENCODER: resolve_layers(r, item, &r->spec->encoder); break;
    case ITEM_DECODER: resolve_layers(r, item, &r->spec->decoder); break;
    case ITEM_HEAD: not_supported(r, item->word.span, "'head'"); break;
    case ITEM_LATENT: resolve_latent(r, item); break;
    case ITEM_BLOCK: not_supported(r, item->word.span, "'block'"); break;
    case ITEM_DATA: resolve_data(r, item); break;
    case ITEM_LOSS: resolve_loss(r, item); break;
    case ITEM_TRAIN: resolve_train(r, item); break;
    case ITEM_SWEEP: resolve_sweep(r, item); break;
    case ITEM_KINDS: break;
    }
}

static bool item_repeats(struct resolver *r, const struct item *item) {
    bool many = item->kind == ITEM_CONST || item->kind == ITEM_HEAD || item->kind == ITEM_BLOCK;
    const struct item *first = r->seen[item->kind];
    if (!first) r->seen[item->kind] = item;
    if (many || !first) return false;
    struct diagnostic *error = error_at(r->diagnostics, ERROR_duplicate_item, item->word.span, item_word(item->kind));
    diagnostic_note(r->diagnostics, error, first->word.span, "first given here");
    return true;
}

static void items_check(struct resolver *r) {
    const struct item *first = r->syntax->first;
    if (r->scope.damaged) return;
    if (r->seen[ITEM_MODEL] && r->seen[ITEM_MODEL] != first)
        error_at(r->diagnostics, ERROR_model_not_first, r->seen[ITEM_MODEL]->word.span);
    if (!r->seen[ITEM_MODEL])
        error_at(r->diagnostics, ERROR_missing_model, first ? first->word.span : r->syntax->end,
                 first ? arena_print(r->arena, "'%s'", first->word.text) : "the end of the file");
    static const enum item_kind needed[] = {ITEM_INPUT, ITEM_ENCODER, ITEM_LATENT, ITEM_DECODER, ITEM_LOSS};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!r->seen[needed[i]]) error_at(r->diagnostics, ERROR_missing_item, r->syntax->end, item_word(needed[i]));
}

static void constants_number(struct spec *spec) {
    for (struct constant *constant = spec->constants; constant; constant = constant->next)
        if (!constant->fixed) constant->number_of = spec->constant_count++;
}

static void scope_open(struct scope *scope, struct spec *spec, const struct syntax *syntax) {
    *scope = (struct scope){
        .spec = spec, .damaged = syntax->damaged, .defined = {.arena = spec->arena}, .blocks = {.arena = spec->arena}};
    for (struct item *item = syntax->first; item; item = item->next) {
        scope->given[item->kind] = true;
        if (item->kind == ITEM_CONST || item->kind == ITEM_INPUT || item->kind == ITEM_LATENT)
            names_add(&scope->defined, item->name.text, item);
        if (item->kind == ITEM_BLOCK) names_add(&scope->blocks, item->name.text, item);
    }
}

struct spec *resolve(struct arena *arena, const struct syntax *syntax, struct assignment *assignments,
                     size_t assignment_count, struct diagnostics *diagnostics) {
    struct spec *spec = ARENA_NEW(arena, struct spec);
    *spec = (struct spec){.arena = arena, .diagnostics = diagnostics, .scale = 1, .constant_names = {.arena = arena}};
    for (int i = 0; i < SETTING_COUNT; i++)
        spec->setting_values[i] = setting_rows[i].initial;
    struct resolver r = {.spec = spec,
                         .diagnostics = diagnostics,
                         .arena = arena,
                         .syntax = syntax,
                         .assignments = assignments,
                         .assignment_count = assignment_count};
    scope_open(&r.scope, spec, syntax);
    for (const struct item *item = syntax->first; item; item = item->next)
        if (!item_repeats(&r, item)) resolve_item(&r, item);
    items_check(&r);
    resolve_assigned_settings(&r);
    data_finish(&r);
    loss_finish(&r);
    constants_number(spec);
    return spec;
}
