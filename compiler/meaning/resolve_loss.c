#include <string.h>

#include "base/nearest.h"
#include "compiler/meaning/resolver.h"

static int term_find(struct resolver *r, struct name name) {
    const char *names[TERM_KINDS];
    for (int i = 0; i < TERM_KINDS; i++) {
        names[i] = term_rows[i].row.name;
        if (strcmp(names[i], name.text) == 0) return i;
    }
    struct diagnostic *error = error_at(r->diagnostics, ERROR_unknown_term, name.span, name.text);
    diagnostic_suggest(r->diagnostics, error, nearest_name(name.text, names, TERM_KINDS));
    return -1;
}

// Checks the argument of a term: the input, the latent or a gaussian latent.
static bool target_check(struct resolver *r, const struct term_row *row, const struct expression *target) {
    static const char *const wanted[] = {"the input", "the latent", "a gaussian latent"};
    const char *name = row->row.name, *word = expression_word(target);
    if (!word && target->kind != EXPRESSION_CALL) {
        error_at(r->diagnostics, ERROR_term_target, target->span, name, wanted[row->target],
                 expression_describe(&r->scope, target));
        return false;
    }
    if (!word) word = target->call->name.text;
    bool is_input = same_name(r->scope.input, word), is_latent = same_name(r->scope.latent, word);
    if (!is_input && !is_latent && !constant_find(r->spec, word) && !name_meaning(&r->scope, word)) {
        if (r->scope.given[ITEM_INPUT] && r->scope.given[ITEM_LATENT]) name_unknown(&r->scope, target->call->name);
        return false;
    }
    bool gaussian = r->spec->latent.kind == LATENT_gaussian;
    // The kind of an erroneous latent is unknown.
    if (is_latent && row->target == TARGET_GAUSSIAN && !r->spec->latent_known) return true;
    if (row->target == TARGET_INPUT ? is_input : is_latent && (row->target == TARGET_LATENT || gaussian)) return true;
    const char *found = is_input                       ? "the input"
                        : is_latent                    ? (gaussian ? "the gaussian latent" : "the code")
                        : constant_find(r->spec, word) ? "the const"
                                                       : name_meaning(&r->scope, word);
    struct diagnostic *error = error_at(r->diagnostics, ERROR_term_target, target->span, name, wanted[row->target],
                                        arena_print(r->arena, "%s '%s'", found, word));
    struct name offer = row->target == TARGET_INPUT ? r->scope.input : r->scope.latent;
    if (offer.text && !(row->target == TARGET_GAUSSIAN && is_latent))
        diagnostic_suggest(r->diagnostics, error, offer.text);
    return false;
}

static bool term_arguments(struct resolver *r, const struct call *call, const struct term_row *row,
                           struct value *values) {
    const struct argument *target = call->arguments.first;
    if (!target) {
        error_at(r->diagnostics, ERROR_missing_argument, call->name.span, row->row.name,
                 row->target == TARGET_INPUT ? "x" : "z");
        return false;
    }
    if (target->name.text) {
        error_at(r->diagnostics, ERROR_unknown_argument, target->name.span, row->row.name, target->name.text);
        return false;
    }
    return arguments_bind_rest(&r->scope, call, &row->row, values) && target_check(r, row, target->value);
}

static bool loss_name_check(struct resolver *r, const struct setting *setting, const char *name, struct span span) {
    if (strcmp(name, "loss") == 0) {
        error_at(r->diagnostics, ERROR_loss_name_reserved, setting->name.span, name);
        return false;
    }
    const struct term *first = names_find(&r->term_names, name);
    if (!first) return true;
    struct diagnostic *error = error_at(r->diagnostics, ERROR_loss_name, span, name);
    diagnostic_hint(r->diagnostics, error, "give one of them a name: NAME = WEIGHT * TERM");
    diagnostic_note(r->diagnostics, error, first->name_span, "the first line with this name");
    return false;
}

static bool is_term(const struct expression *expression) {
    if (expression->kind != EXPRESSION_CALL) return false;
    for (int i = 0; i < TERM_KINDS; i++)
        if (strcmp(term_rows[i].row.name, expression->call->name.text) == 0) return true;
    return false;
}

// The correct form of a loss line, WEIGHT * TERM. The term is NULL if the line has no such form.
struct loss_text {
    const char *weight;    // NULL: 1
    const char *term;
};

static bool has_term(const struct expression *expression) {
    switch (expression->kind) {
    case EXPRESSION_NUMBER:
    case EXPRESSION_STRING:
    case EXPRESSION_LIST: return false;
    case EXPRESSION_CALL: return is_term(expression);
    case EXPRESSION_BINARY: return has_term(expression->binary.left) || has_term(expression->binary.right);
    case EXPRESSION_NEGATE:
    case EXPRESSION_GROUP: break;
    }
    return has_term(expression->operand);
}

// Moves the factors and divisors of a product's only term to its left.
static struct loss_text loss_rewrite(struct arena *arena, const struct expression *expression) {
    const struct expression *bare = expression_bare(expression);
    struct loss_text inner = {0};
    if (is_term(bare)) return (struct loss_text){.term = span_text(arena, bare->span)};
    if (bare->kind == EXPRESSION_NEGATE) {
        inner = loss_rewrite(arena, bare->operand);
        inner.weight = inner.weight ? arena_print(arena, "-1 * %s", inner.weight) : "-1";
        return inner;
    }
    if (bare->kind != EXPRESSION_BINARY) return inner;
    const struct expression *factor = bare->binary.left, *rest = bare->binary.right;
    bool divided = bare->binary.symbol == '/';
    if (divided || has_term(factor)) {
        factor = bare->binary.right;
        rest = bare->binary.left;
    }
    if ((!divided && bare->binary.symbol != '*') || has_term(factor)) return inner;
    inner = loss_rewrite(arena, rest);
    const char *text = span_text(arena, factor->span);
    if (divided)
        inner.weight = arena_print(arena, "%s/%s", inner.weight ? inner.weight : "1", text);
    else
        inner.weight = inner.weight ? arena_print(arena, "%s * %s", text, inner.weight) : text;
    return inner;
}

static void loss_form(struct resolver *r, const struct expression *value) {
    enum { HEIGHT_MAX = 16 };    // of an expression that is worth rewriting
    struct diagnostic *error = error_at(r->diagnostics, ERROR_loss_form, value->span);
    r->loss_damaged = true;
    if (value->height > HEIGHT_MAX) return;
    struct loss_text right = loss_rewrite(r->arena, value);
    bool sum = value->kind == EXPRESSION_BINARY && strchr("+-", value->binary.symbol);
    if (right.term) {
        diagnostic_hint(r->diagnostics, error, "write %s * %s", right.weight, right.term);
    } else if (sum && has_term(value->binary.left) && has_term(value->binary.right)) {
        right = loss_rewrite(r->arena, value->binary.right);
        if (value->binary.symbol == '+')
            diagnostic_hint(r->diagnostics, error, "write each term on a line of its own");
        else if (right.term)
            diagnostic_hint(r->diagnostics, error, "write each term on a line of its own, the last as -%s * %s",
                            right.weight ? right.weight : "1", right.term);
    }
}

// Splits a loss line into weight and term; NULL after an error.
static const struct call *loss_split(struct resolver *r, const struct expression *value, struct expression **weight) {
    const struct expression *bare = expression_bare(value);
    *weight = NULL;
    if (bare->kind == EXPRESSION_CALL) return bare->call;
    if (bare->kind == EXPRESSION_BINARY && bare->binary.symbol == '*') {
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
    double number = 1;
    bool fine = !weight || evaluate_number(&r->scope, weight, false, "a weight", &number);
    int kind = term_find(r, call->name);
    struct value arguments[ARGUMENTS_MAX] = {{0}};
    fine &= kind >= 0 && term_arguments(r, call, &term_rows[kind], arguments);
    const char *name = setting->name.text ? setting->name.text : call->name.text;
    struct span span = setting->name.text ? setting->name.span : call->name.span;
    fine &= kind >= 0 && loss_name_check(r, setting, name, span);
    r->loss_damaged |= !fine;
    if (kind < 0) return;
    struct term *term = ARENA_NEW(r->arena, struct term);
    *term = (struct term){.kind = (enum term_kind)kind,
                          .name = name,
                          .name_span = span,
                          .span = call->name.span,
                          .weight = weight,
                          .weight_value = number};
    memcpy(term->arguments, arguments, sizeof term->arguments);
    names_add(&r->term_names, name, term);
    if (r->spec->last_term)
        r->spec->last_term->next = term;
    else
        r->spec->terms = term;
    r->spec->last_term = term;
    r->spec->term_count++;
}

void resolve_loss(struct resolver *r, const struct item *item) {
    r->loss_damaged = item->settings.damaged;
    r->term_names = (struct names){.arena = r->arena};
    for (const struct setting *s = item->settings.first; s; s = s->next)
        resolve_loss_line(r, s);
    if (!r->spec->terms && !r->loss_damaged) error_at(r->diagnostics, ERROR_loss_empty, item->word.span);
}

// Binary cross-entropy requires data in [0, 1] and logits.
void loss_finish(struct resolver *r) {
    const struct spec *spec = r->spec;
    size_t channels = spec->input_known && spec->input.rank == 3 ? spec->input.size[0] : 1;
    for (const struct term *term = spec->terms; term; term = term->next) {
        if (term_rows[term->kind].expects != EXPECTS_LOGITS) continue;
        const char *name = term_rows[term->kind].row.name;
        for (size_t c = 0; c < channels; c++) {
            double zero = (0 - spec->mean_list[c]) / spec->std_list[c];
            if (zero >= 0 && zero <= 1) continue;
            struct diagnostic *error =
                error_at(r->diagnostics, ERROR_bce_range, term->span, name, arena_print(r->arena, "%.4g", zero));
            diagnostic_hint(r->diagnostics, error, "remove mean and std from data, or use mse");
            break;
        }
        const struct layer *last = spec->decoder.last;
        if (!last || last->damaged || spec->decoder.damaged || last->kind != LAYER_sigmoid) continue;
        struct diagnostic *error = error_at(r->diagnostics, ERROR_bce_sigmoid, last->span, name);
        diagnostic_hint(r->diagnostics, error, "remove it: the sigmoid is applied to decoded images");
    }
}
