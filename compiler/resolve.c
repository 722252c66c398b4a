#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "evaluate.h"

struct resolver {
    struct scope scope;
    struct spec *spec;
    struct diagnostics *diagnostics;
    struct arena *arena;
    const struct syntax *syntax;
    const struct item *seen[ITEM_KINDS];
    struct assignment *assignments;
    size_t assignment_count;
    bool loss_damaged;
};

// Reports that `kind` or a name of a const, an input or a latent is given a second time.
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
    if (constant) diagnostic_note(r->diagnostics, error, constant->name.span, "defined here");
    else if (strcmp(taken, "the input") == 0)
        diagnostic_note(r->diagnostics, error, r->scope.input.span, "defined here");
    else if (strcmp(taken, "the latent") == 0)
        diagnostic_note(r->diagnostics, error, r->scope.latent.span, "defined here");
    return false;
}

static struct expression *assigned_value(struct resolver *r, const char *name, struct expression *value) {
    for (size_t i = 0; i < r->assignment_count; i++)
        if (r->assignments[i].item && strcmp(r->assignments[i].item->name.text, name) == 0) {
            r->assignments[i].used = true;
            value = r->assignments[i].item->value;
        }
    return value;
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
    constant->damaged = result.kind == RESULT_NONE;
    constant->fixed = !constant->is_number;
    if (constant->fixed && !constant->damaged) evaluate(&r->scope, constant->value, true);
    if (!fine) return;
    if (r->spec->last_constant) r->spec->last_constant->next = constant;
    else r->spec->constants = constant;
    r->spec->last_constant = constant;
}

static const struct argument_row size_row = {"a size", ARGUMENT_SIZES, NAN, 1, 1e8};

static bool sizes_evaluate(struct resolver *r, const struct expression *list, struct ae_shape *shape) {
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
    for (size_t i = 0; i < count; i++) shape->size[i] = (size_t)sizes[i];
    return true;
}

static void resolve_input(struct resolver *r, const struct item *item) {
    struct spec *spec = r->spec;
    if (name_define(r, item->name, "the input")) r->scope.input = spec->input_name = item->name;
    spec->input_span = item->value->span;
    struct result result = evaluate(&r->scope, item->value, true);
    if (result.kind == RESULT_LIST) spec->input_known = sizes_evaluate(r, result.list, &spec->input);
    else if (result.kind != RESULT_NONE)
        error_at(r->diagnostics, ERROR_wrong_type, item->value->span, "an input", "a list of sizes, [C, H, W] or [N]",
                 result.kind == RESULT_STRING ? "a string" : "a number");
}

static void not_supported(struct resolver *r, struct span span, const char *what) {
    error_at(r->diagnostics, ERROR_not_supported, span, what);
}

// True for a layer's name that only an unsupported item defines: said once, there.
static bool is_block(const struct resolver *r, const char *name) {
    for (const struct item *item = r->syntax->first; item; item = item->next)
        if (item->kind == ITEM_BLOCK && strcmp(item->name.text, name) == 0) return true;
    return false;
}

static int layer_find(struct resolver *r, struct name name) {
    const char *names[LAYER_KINDS];
    for (int i = 0; i < LAYER_KINDS; i++) {
        names[i] = layer_rows[i].name;
        if (strcmp(names[i], name.text) == 0) return i;
    }
    if (is_block(r, name.text)) return -1;
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
    if (list->last) list->last->next = layer;
    else list->first = layer;
    list->last = layer;
}

static void claim_resolve(struct resolver *r, const struct line *line, struct layer *layer) {
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
    for (size_t i = 0; i < count; i++) layer->claim.size[i] = (size_t)sizes[i];
}

static void resolve_layers(struct resolver *r, const struct item *item, struct layer_list *list) {
    list->word = item->word.span;
    if (item->layers.from.source) {
        not_supported(r, item->layers.from, "'from'");
        list->damaged = true;
    }
    for (const struct line *line = item->layers.first; line; line = line->next) {
        if (line->name.text) not_supported(r, line->name.span, "a named line");
        for (const struct element *element = line->first; element; element = element->next)
            layer_add(list, layer_resolve(r, element, item->kind == ITEM_DECODER));
        claim_resolve(r, line, list->last);
    }
}

static const struct latent_row *latent_find(struct resolver *r, struct name name) {
    const char *names[LATENT_ROWS];
    for (int i = 0; i < LATENT_ROWS; i++) {
        names[i] = latent_rows[i].row.name;
        if (strcmp(names[i], name.text) == 0) return &latent_rows[i];
    }
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_latent, name.span, name.text);
    diagnostic_suggest(r->diagnostics, error, nearest_name(name.text, names, LATENT_ROWS));
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
    if (row->operator!= item->latent.operator) {
        char right[2] = {row->operator, 0};
        struct diagnostic *error =
            error_at(r->diagnostics, ERROR_latent_operator, item->latent.span, row->row.name, right);
        diagnostic_hint(r->diagnostics, error, "write '%s'", right);
    }
    latent->kind = row == &latent_rows[0] ? AE_LATENT_CODE : AE_LATENT_GAUSSIAN;
    struct value values[ARGUMENTS_MAX] = {0};
    if (!arguments_bind(&r->scope, call, &row->row, values)) return;
    latent->units = values[0].given ? (int)values[0].number : 0;
    latent->prior_std = values[1].number;
    r->spec->latent_known = true;
}

// Reports a setting given twice; `before` is the first one.
static bool setting_duplicate(struct resolver *r, struct name name, const struct setting *first) {
    for (const struct setting *s = first; s; s = s->next) {
        if (!s->name.text || s->name.span.start >= name.span.start) return false;
        if (strcmp(s->name.text, name.text) != 0) continue;
        struct diagnostic *error = error_at(r->diagnostics, ERROR_duplicate_setting, name.span, name.text);
        diagnostic_note(r->diagnostics, error, s->name.span, "first set here");
        return true;
    }
    return false;
}

static int setting_find(struct resolver *r, struct name name, const char *const *names, int count, const char *where) {
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name.text) == 0) return i;
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_setting, name.span, name.text, where);
    diagnostic_suggest(r->diagnostics, error, nearest_name(name.text, names, (size_t)count));
    return -1;
}

// The row of a line of data or train, or -1 after an error.
static int setting_row(struct resolver *r, const struct item *item, const struct setting *setting,
                       const char *const *names, int count) {
    const char *where = item_word(item->kind);
    if (!setting->name.text) {
        error_at(r->diagnostics, ERROR_setting_form, setting->value->span, where);
        return -1;
    }
    int row = setting_find(r, setting->name, names, count, where);
    if (row < 0 || setting_duplicate(r, setting->name, item->settings.first)) return -1;
    if (setting->value) return row;
    error_at(r->diagnostics, ERROR_setting_form, setting->name.span, where);
    return -1;
}

static void resolve_source(struct resolver *r, const struct expression *value) {
    const struct expression *bare = expression_bare(value);
    const struct call *call = bare->kind == EXPRESSION_CALL ? bare->call : NULL;
    if (!call || strcmp(call->name.text, "idx") != 0) {
        struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_choice, value->span, "source", "idx(\"PATH\")",
                                            expression_describe(&r->scope, value));
        if (bare->kind == EXPRESSION_STRING) diagnostic_hint(r->diagnostics, error, "write idx(\"%s\")", bare->string);
        return;
    }
    const struct argument *path = call->arguments.first;
    if (!path) {
        error_at(r->diagnostics, ERROR_missing_argument, call->name.span, "idx", "path");
        return;
    }
    if (path->next) error_at(r->diagnostics, ERROR_too_many_arguments, path->next->value->span, "idx", "1 argument", 2);
    if (path->name.text && strcmp(path->name.text, "path") != 0)
        error_at(r->diagnostics, ERROR_unknown_argument, path->name.span, "idx", path->name.text);
    struct result result = evaluate(&r->scope, path->value, true);
    if (result.kind == RESULT_STRING) r->spec->source = result.string;
    else if (result.kind != RESULT_NONE)
        error_at(r->diagnostics, ERROR_wrong_type, path->value->span, "the path of idx", "a string",
                 result.kind == RESULT_LIST ? "a list" : "a number");
}

static const struct argument_row mean_row = {"mean", ARGUMENT_REAL, 0, -1e30, 1e30};
static const struct argument_row std_row = {"std", ARGUMENT_POSITIVE, 1, 0, 1e30};
static const struct argument_row scale_row = {"scale", ARGUMENT_POSITIVE, 1, 0, 1e30};

// mean or std: one number, or one for each channel.
static const double *channels_evaluate(struct resolver *r, const struct expression *value,
                                       const struct argument_row *row, size_t *count) {
    struct result result = evaluate(&r->scope, value, true);
    if (result.kind == RESULT_LIST) return evaluate_list(&r->scope, result.list, row, count);
    double *number = ARENA_NEW(r->arena, double);
    *count = 0;
    return result.kind != RESULT_NONE && evaluate_argument(&r->scope, value, true, row, number) ? number : NULL;
}

static void resolve_data(struct resolver *r, const struct item *item) {
    struct spec *spec = r->spec;
    for (const struct setting *s = item->settings.first; s; s = s->next) {
        int row = setting_row(r, item, s, data_rows, DATA_ROWS);
        if (row == 0) resolve_source(r, s->value);
        if (row == 1 && !evaluate_argument(&r->scope, s->value, true, &scale_row, &spec->scale)) spec->scale = 1;
        if (row == 2) spec->mean_list = channels_evaluate(r, s->value, &mean_row, &spec->mean_count);
        if (row == 3) spec->std_list = channels_evaluate(r, s->value, &std_row, &spec->std_count);
        if (row == 2) spec->mean_span = s->value->span;
        if (row == 3) spec->std_span = s->value->span;
    }
}

// optimizer and reduction: one of two words.
static bool choice_evaluate(struct resolver *r, const struct expression *value, const char *what,
                            const char *const *choices, double *number) {
    const char *word = expression_word(value);
    for (int i = 0; word && i < 2; i++)
        if (strcmp(word, choices[i]) == 0) {
            *number = i;
            return true;
        }
    struct diagnostic *error =
        error_at(r->diagnostics, ERROR_unknown_choice, value->span, what,
                 arena_print(r->arena, "%s or %s", choices[0], choices[1]), expression_describe(&r->scope, value));
    if (word) diagnostic_suggest(r->diagnostics, error, nearest_name(word, choices, 2));
    return false;
}

enum setting_kind { SETTING_REAL, SETTING_POSITIVE, SETTING_FRACTION, SETTING_WHOLE, SETTING_OPTIMIZER, SETTING_REDUCTION };

static const struct {
    enum setting_kind kind;
    double initial, least, most;
} setting_rows[AE_SETTING_COUNT] = {
#define SETTING(id, kind, initial, least, most, doc) {SETTING_##kind, initial, least, most},
#include "settings.def"
#undef SETTING
};

static bool setting_evaluate(struct resolver *r, int setting, const struct expression *value, double *number) {
    static const char *const optimizers[] = {"adam", "sgd"}, *const reductions[] = {"mean", "sum"};
    struct argument_row row = {setting_names[setting], ARGUMENT_REAL, 0, setting_rows[setting].least,
                               setting_rows[setting].most};
    switch (setting_rows[setting].kind) {
    case SETTING_OPTIMIZER: return choice_evaluate(r, value, "optimizer", optimizers, number);
    case SETTING_REDUCTION: return choice_evaluate(r, value, "reduction", reductions, number);
    case SETTING_REAL: break;
    case SETTING_POSITIVE: row.kind = ARGUMENT_POSITIVE; break;
    case SETTING_FRACTION: row.kind = ARGUMENT_FRACTION; break;
    case SETTING_WHOLE: row.kind = ARGUMENT_WHOLE; break;
    }
    return evaluate_argument(&r->scope, value, false, &row, number);
}

static void resolve_train(struct resolver *r, const struct item *item) {
    for (const struct setting *s = item->settings.first; s; s = s->next) {
        int row = setting_row(r, item, s, setting_names, AE_SETTING_COUNT);
        if (row >= 0 && setting_evaluate(r, row, s->value, &r->spec->setting_values[row]))
            r->spec->settings[row] = s->value;
    }
}

// A name that is neither a train setting nor a const.
static void axis_unknown(struct resolver *r, struct name name) {
    if (r->syntax->damaged) return;
    size_t count = AE_SETTING_COUNT;
    for (struct constant *c = r->spec->constants; c; c = c->next) count++;
    const char **names = ARENA_ARRAY(r->arena, const char *, count);
    memcpy(names, setting_names, sizeof setting_names);
    count = AE_SETTING_COUNT;
    for (struct constant *c = r->spec->constants; c; c = c->next) names[count++] = c->name.text;
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_axis, name.span, name.text);
    diagnostic_suggest(r->diagnostics, error, nearest_name(name.text, names, count));
}

// What --set gives beats the train block, and stands where there is none.
static void resolve_assigned_settings(struct resolver *r) {
    for (int i = 0; i < AE_SETTING_COUNT; i++) {
        struct expression *value = assigned_value(r, setting_names[i], NULL);
        if (value && setting_evaluate(r, i, value, &r->spec->setting_values[i])) r->spec->settings[i] = value;
    }
    for (size_t i = 0; i < r->assignment_count; i++)
        if (!r->assignments[i].used && r->assignments[i].item) axis_unknown(r, r->assignments[i].item->name);
}

static int term_find(struct resolver *r, struct name name) {
    const char *names[TERM_KINDS];
    for (int i = 0; i < TERM_KINDS; i++) {
        names[i] = term_rows[i].name;
        if (strcmp(names[i], name.text) == 0) return i;
    }
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_term, name.span, name.text);
    diagnostic_suggest(r->diagnostics, error, nearest_name(name.text, names, TERM_KINDS));
    return -1;
}

static bool item_has(const struct resolver *r, enum item_kind kind) {
    for (const struct item *item = r->syntax->first; item; item = item->next)
        if (item->kind == kind) return true;
    return false;
}

static bool same_name(struct name a, const char *b) {
    return a.text && b && strcmp(a.text, b) == 0;
}

// Checks that a term is of what it can be of.
static bool target_check(struct resolver *r, const struct term_row *row, const struct expression *target) {
    static const char *const wanted[] = {"the input", "the latent", "a gaussian latent"};
    const char *word = expression_word(target);
    if (!word && target->kind != EXPRESSION_CALL) {
        error_at(r->diagnostics, ERROR_term_target, target->span, row->name, wanted[row->target],
                 expression_describe(&r->scope, target));
        return false;
    }
    if (!word) word = target->call->name.text;
    bool is_input = same_name(r->scope.input, word), is_latent = same_name(r->scope.latent, word);
    if (!is_input && !is_latent && !constant_find(r->spec, word) && !name_meaning(&r->scope, word)) {
        if (item_has(r, ITEM_INPUT) && item_has(r, ITEM_LATENT)) name_unknown(&r->scope, target->call->name);
        return false;
    }
    bool gaussian = r->spec->latent.kind == AE_LATENT_GAUSSIAN;
    // What an unknown latent would have been is not guessed at.
    if (is_latent && row->target == TARGET_GAUSSIAN && !r->spec->latent_known) return true;
    if (row->target == TARGET_INPUT ? is_input : is_latent && (row->target == TARGET_LATENT || gaussian)) return true;
    const char *found = is_input    ? "the input"
                        : is_latent ? (gaussian ? "the gaussian latent" : "the code")
                        : constant_find(r->spec, word) ? "the const"
                                                       : name_meaning(&r->scope, word);
    struct diagnostic *error = error_at(r->diagnostics, ERROR_term_target, target->span, row->name,
                                        wanted[row->target], arena_print(r->arena, "%s '%s'", found, word));
    struct name offer = row->target == TARGET_INPUT ? r->scope.input : r->scope.latent;
    if (offer.text && !(row->target == TARGET_GAUSSIAN && is_latent))
        diagnostic_suggest(r->diagnostics, error, offer.text);
    return false;
}

static bool term_arguments(struct resolver *r, const struct call *call, const struct term_row *row) {
    const struct argument *argument = call->arguments.first;
    if (!argument) {
        error_at(r->diagnostics, ERROR_missing_argument, call->name.span, row->name,
                 row->target == TARGET_INPUT ? "x" : "z");
        return false;
    }
    if (argument->name.text) {
        error_at(r->diagnostics, ERROR_unknown_argument, argument->name.span, row->name, argument->name.text);
        return false;
    }
    if (argument->next) {
        int found = 0;
        for (const struct argument *a = argument; a; a = a->next) found++;
        struct argument *second = argument->next;
        error_at(r->diagnostics, ERROR_too_many_arguments,
                 second->name.text ? second->name.span : second->value->span, row->name, "1 argument", found);
        return false;
    }
    return target_check(r, row, argument->value);
}

static bool loss_name_check(struct resolver *r, const struct setting *setting, const char *name, struct span span) {
    if (strcmp(name, "loss") == 0) {
        error_at(r->diagnostics, ERROR_loss_name_reserved, setting->name.span, name);
        return false;
    }
    for (const struct term *term = r->spec->terms; term; term = term->next) {
        if (strcmp(term->name, name) != 0) continue;
        struct diagnostic *error = error_at(r->diagnostics, ERROR_loss_name, span, name);
        diagnostic_hint(r->diagnostics, error, "give one of them a name: NAME = WEIGHT * TERM");
        diagnostic_note(r->diagnostics, error, term->name_span, "the first one");
        return false;
    }
    return true;
}

static bool is_term(const struct expression *expression) {
    if (expression->kind != EXPRESSION_CALL) return false;
    for (int i = 0; i < TERM_KINDS; i++)
        if (strcmp(term_rows[i].name, expression->call->name.text) == 0) return true;
    return false;
}

static void loss_form(struct resolver *r, const struct expression *value) {
    struct diagnostic *error = error_at(r->diagnostics, ERROR_loss_form, value->span);
    if (value->kind == EXPRESSION_BINARY && value->binary.operator== '+')
        diagnostic_hint(r->diagnostics, error, "write each term on a line of its own");
    else if (value->kind == EXPRESSION_BINARY && value->binary.operator== '*' && !is_term(expression_bare(value->binary.right)))
        diagnostic_hint(r->diagnostics, error, "write %s * %s", span_text(r->arena, value->binary.right->span),
                        span_text(r->arena, value->binary.left->span));
    r->loss_damaged = true;
}

// Splits a loss line into weight and term; NULL after an error.
static const struct call *loss_split(struct resolver *r, const struct expression *value, struct expression **weight) {
    const struct expression *bare = expression_bare(value);
    *weight = NULL;
    if (bare->kind == EXPRESSION_CALL) return bare->call;
    if (bare->kind == EXPRESSION_BINARY && bare->binary.operator== '*') {
        const struct expression *right = expression_bare(bare->binary.right);
        if (right->kind == EXPRESSION_CALL && !is_term(expression_bare(bare->binary.left))) {
            *weight = bare->binary.left;
            return right->call;
        }
    }
    loss_form(r, value);
    return NULL;
}

static void resolve_loss_line(struct resolver *r, const struct setting *setting) {
    if (!setting->value) {
        error_at(r->diagnostics, ERROR_loss_form, setting->name.span);
        r->loss_damaged = true;
        return;
    }
    struct expression *weight;
    const struct call *call = loss_split(r, setting->value, &weight);
    if (!call) return;
    double number;
    bool fine = !weight || evaluate_number(&r->scope, weight, false, "a weight", &number);
    int kind = term_find(r, call->name);
    fine &= kind >= 0 && term_arguments(r, call, &term_rows[kind]);
    const char *name = setting->name.text ? setting->name.text : call->name.text;
    struct span span = setting->name.text ? setting->name.span : call->name.span;
    fine &= kind >= 0 && loss_name_check(r, setting, name, span);
    r->loss_damaged |= !fine;
    if (kind < 0) return;
    struct term *term = ARENA_NEW(r->arena, struct term);
    *term = (struct term){.kind = (enum term_kind)kind, .name = name, .name_span = span,
                           .span = call->name.span, .weight = weight};
    if (r->spec->last_term) r->spec->last_term->next = term;
    else r->spec->terms = term;
    r->spec->last_term = term;
    r->spec->term_count++;
}

static void resolve_loss(struct resolver *r, const struct item *item) {
    r->loss_damaged = item->settings.damaged;
    for (const struct setting *s = item->settings.first; s; s = s->next) resolve_loss_line(r, s);
    if (!r->spec->terms && !r->loss_damaged) error_at(r->diagnostics, ERROR_loss_empty, item->word.span);
}

static void axis_values(struct resolver *r, int setting, const struct expression *values) {
    const char *word = expression_word(values);
    struct result result = {0};
    if (!word || constant_find(r->spec, word) || !table_describe(word)) {
        result = evaluate(&r->scope, values, false);
        if (result.kind == RESULT_NONE) return;
    }
    if (result.kind != RESULT_LIST || !result.list->list.first) {
        error_at(r->diagnostics, ERROR_sweep_values, values->span);
        return;
    }
    double number;
    for (const struct argument *a = result.list->list.first; a; a = a->next) {
        if (a->name.text) error_at(r->diagnostics, ERROR_unknown_argument, a->name.span, "a list", a->name.text);
        else if (setting >= 0) setting_evaluate(r, setting, a->value, &number);
        else evaluate_number(&r->scope, a->value, false, "a value of a const", &number);
    }
}

static void resolve_axis(struct resolver *r, const struct item *item, const struct axis *axis) {
    for (const struct axis *other = item->axes.first; other != axis; other = other->next)
        if (same_name(axis->name, other->name.text)) {
            struct diagnostic *error =
                error_at(r->diagnostics, ERROR_duplicate_setting, axis->name.span, axis->name.text);
            diagnostic_note(r->diagnostics, error, other->name.span, "first set here");
            return;
        }
    int setting = AE_SETTING_COUNT - 1;
    while (setting >= 0 && !same_name(axis->name, setting_names[setting])) setting--;
    if (setting < 0 && !constant_find(r->spec, axis->name.text)) axis_unknown(r, axis->name);
    axis_values(r, setting, axis->values);
    struct sweep_axis *resolved = ARENA_NEW(r->arena, struct sweep_axis);
    *resolved = (struct sweep_axis){.name = axis->name.text, .values = axis->values};
    if (r->spec->last_axis) r->spec->last_axis->next = resolved;
    else r->spec->axes = resolved;
    r->spec->last_axis = resolved;
}

static void resolve_sweep(struct resolver *r, const struct item *item) {
    for (const struct axis *axis = item->axes.first; axis; axis = axis->next) resolve_axis(r, item, axis);
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
    struct diagnostic *error =
        error_at(r->diagnostics, ERROR_duplicate_item, item->word.span, item_word(item->kind));
    diagnostic_note(r->diagnostics, error, first->word.span, "first given here");
    return true;
}

static void items_check(struct resolver *r) {
    const struct item *first = r->syntax->first;
    if (r->syntax->damaged) return;
    if (r->seen[ITEM_MODEL] && r->seen[ITEM_MODEL] != first)
        error_at(r->diagnostics, ERROR_model_not_first, r->seen[ITEM_MODEL]->word.span);
    if (!r->seen[ITEM_MODEL])
        error_at(r->diagnostics, ERROR_missing_model, first ? first->word.span : r->syntax->end,
                 first ? arena_print(r->arena, "'%s'", first->word.text) : "the end of the file");
    static const enum item_kind needed[] = {ITEM_INPUT, ITEM_ENCODER, ITEM_LATENT, ITEM_DECODER, ITEM_LOSS};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!r->seen[needed[i]])
            error_at(r->diagnostics, ERROR_missing_item, r->syntax->end, item_word(needed[i]));
}

static size_t input_channels(const struct spec *spec) {
    return spec->input.rank == 3 ? spec->input.size[0] : 1;
}

static void channels_check(struct resolver *r, const char *what, size_t count, struct span span) {
    size_t channels = input_channels(r->spec);
    if (count == 0 || !r->spec->input_known || count == channels) return;
    error_at(r->diagnostics, ERROR_channels_mismatch, span, what, (int)count,
             arena_print(r->arena, channels == 1 ? "1 channel" : "%zu channels", channels));
}

static double channel_value(const double *list, size_t count, size_t channel, double initial) {
    if (!list) return initial;
    return list[count == 0 || channel >= count ? 0 : channel];
}

// Binary cross-entropy takes data in [0, 1] and logits.
static void bce_check(struct resolver *r) {
    const struct spec *spec = r->spec;
    for (const struct term *term = spec->terms; term; term = term->next) {
        if (term->kind != TERM_bce && term->kind != TERM_bce_sum) continue;
        const char *name = term_rows[term->kind].name;
        for (size_t c = 0; c < (spec->input_known ? input_channels(spec) : 1); c++) {
            double zero = (0 - channel_value(spec->mean_list, spec->mean_count, c, 0)) /
                          channel_value(spec->std_list, spec->std_count, c, 1);
            if (zero >= 0 && zero <= 1) continue;
            struct diagnostic *error = error_at(r->diagnostics, ERROR_bce_range, term->span, name,
                                                arena_print(r->arena, "%.4g", zero));
            diagnostic_hint(r->diagnostics, error, "leave out mean and std of the data, or take mse");
            break;
        }
        const struct layer *last = spec->decoder.last;
        if (!last || last->damaged || spec->decoder.damaged || last->kind != LAYER_sigmoid) continue;
        struct diagnostic *error = error_at(r->diagnostics, ERROR_bce_sigmoid, last->span, name);
        diagnostic_hint(r->diagnostics, error, "drop it: decoded pictures get the sigmoid");
    }
}

static void data_finish(struct resolver *r) {
    struct spec *spec = r->spec;
    channels_check(r, "mean", spec->mean_count, spec->mean_span);
    channels_check(r, "std", spec->std_count, spec->std_span);
    bce_check(r);
    size_t channels = input_channels(spec);
    double *mean = ARENA_ARRAY(r->arena, double, channels), *std = ARENA_ARRAY(r->arena, double, channels);
    for (size_t c = 0; c < channels; c++) {
        mean[c] = channel_value(spec->mean_list, spec->mean_count, c, 0);
        std[c] = channel_value(spec->std_list, spec->std_count, c, 1);
    }
    spec->mean_list = mean;
    spec->std_list = std;
}

static void constants_number(struct spec *spec) {
    for (struct constant *constant = spec->constants; constant; constant = constant->next)
        if (!constant->fixed) constant->number_of = spec->constant_count++;
}

struct spec *resolve(struct arena *arena, const struct syntax *syntax, struct assignment *assignments,
                     size_t assignment_count, struct diagnostics *diagnostics) {
    struct spec *spec = ARENA_NEW(arena, struct spec);
    *spec = (struct spec){.arena = arena, .diagnostics = diagnostics, .scale = 1};
    for (int i = 0; i < AE_SETTING_COUNT; i++) spec->setting_values[i] = setting_rows[i].initial;
    struct resolver r = {.scope = {.spec = spec, .syntax = syntax}, .spec = spec, .diagnostics = diagnostics,
                         .arena = arena, .syntax = syntax, .assignments = assignments,
                         .assignment_count = assignment_count};
    for (const struct item *item = syntax->first; item; item = item->next)
        if (!item_repeats(&r, item)) resolve_item(&r, item);
    items_check(&r);
    resolve_assigned_settings(&r);
    data_finish(&r);
    constants_number(spec);
    return spec;
}
