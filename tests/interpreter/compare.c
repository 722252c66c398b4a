// Compares a generated model with the interpreter of the same spec's graphs: the results of encode, decode and measure,
// the terms and gradients of a training step; and the interpreter's gradients with central differences of the
// interpreter.
//
//   compare SPEC SAMPLES TOLERANCE ENTRIES [--spoil]
//
// A tensor may differ by TOLERANCE of its largest element. ENTRIES of each parameter are checked by differences, to
// 1e-6 of the tensor's largest gradient; an entry at a kink is skipped. --spoil changes one element of each tensor by
// 100 times the tolerance: each comparison must then fail. Exit code 0: all agree, 1: they do not, 3: a wrong command
// line or spec.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/graph/check.h"
#include "compiler/graph/interpreter.h"
#include "tests/interpreter/generated.h"
#include "tests/unit/networks.h"

enum { STEP_SIZES = 3 };
static const double STEP_SIZE = 4e-6, STEP_RATIO = 8, DIFFERENCE_TOLERANCE = 1e-6, SKIPPED_MOST = 0.03;

struct comparison {
    struct arena arena;
    struct network *network, *forward;    // forward: without gradients
    struct generated g;
    struct leaves leaves;
    double tolerance;
    bool spoil;
    int tensors, wrong;
    size_t entries, skipped;
};

static void draw(void *context, const struct node *node, size_t sample, double *values) {
    (void)context;
    generated_draw(node->op == OP_DROPOUT, node->random.site, node->random.probability, sample, node->count, values);
}

static double largest_of(const double *values, size_t count) {
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        if (!(fabs(values[i]) <= largest)) largest = fabs(values[i]);
    return largest;
}

// Compares the compiled tensor with the interpreter's.
static void tensor_compare(struct comparison *c, const char *what, const char *name, double *found,
                           const double *expected, size_t count) {
    double largest = largest_of(expected, count), worst = 0;
    size_t where = 0;
    if (c->spoil) found[count / 2] += 100 * c->tolerance * (largest > 0 ? largest : 1);
    for (size_t i = 0; i < count; i++) {
        double difference = fabs(found[i] - expected[i]);
        if (difference <= worst) continue;
        worst = difference;
        where = i;
    }
    c->tensors++;
    if (worst <= c->tolerance * largest) return;
    c->wrong++;
    printf("  %s %s: element %zu of %zu: expected %.9g (the interpreter), got %.9g, %.1e of the largest\n", what, name,
           where, count, expected[where], found[where], worst / largest);
}

// The values of a node for all samples, side by side: [samples][count].
static double *gathered(double *const *values, const struct node *node, size_t samples) {
    double *all = generated_reals(samples * node->count);
    for (size_t i = 0; i < samples; i++)
        memcpy(all + i * node->count, node_values(values, node, i), node->count * sizeof *all);
    return all;
}

// The part of `width` elements from `from` on of each sample's `each`.
static double *columns(const double *all, size_t samples, size_t each, size_t from, size_t width) {
    double *part = generated_reals(samples * width);
    for (size_t i = 0; i < samples; i++)
        memcpy(part + i * width, all + i * each + from, width * sizeof *part);
    return part;
}

// Compares outputs of one kind, whose columns are side by side in `found`. Returns the values of all nodes.
static double **outputs_compare(struct comparison *c, const struct graph *graph, enum output_kind kind,
                                const double *found) {
    const struct outputs *outputs = &graph->outputs[kind];
    double **values = graph_interpret(graph, &c->leaves, &c->arena);
    size_t each = 0, from = 0, samples = c->g.samples;
    for (int i = 0; i < outputs->count; i++)
        each += outputs->list[i].node->count;
    for (int i = 0; i < outputs->count; i++) {
        const struct node *node = outputs->list[i].node;
        double *expected = gathered(values, node, samples), *part = columns(found, samples, each, from, node->count);
        tensor_compare(c, purpose_name(graph->purpose), outputs->list[i].name, part, expected, samples * node->count);
        from += node->count;
        free(expected);
        free(part);
    }
    return values;
}

static void evaluation_compare(struct comparison *c) {
    const struct generated *g = &c->g;
    double *code = generated_reals(g->samples * g->heads * g->latent_count);
    double *output = generated_reals(g->samples * g->input_count), *terms = generated_reals(g->samples * g->term_count);
    generated_encode(g, code);
    outputs_compare(c, &c->network->encode, OUTPUT_CODE, code);
    generated_decode(g, output);
    outputs_compare(c, &c->network->decode, OUTPUT_DECODED, output);
    generated_measure(g, terms);
    outputs_compare(c, &c->network->measure, OUTPUT_TERM, terms);
    free(code);
    free(output);
    free(terms);
}

// The objective: the sum over samples and terms of scale * term.
static double objective(const struct comparison *c) {
    const struct outputs *terms = &c->forward->training.outputs[OUTPUT_TERM];
    struct arena arena = {0};
    double **values = graph_interpret(&c->forward->training, &c->leaves, &arena), sum = 0;
    for (size_t sample = 0; sample < c->leaves.samples; sample++)
        for (int i = 0; i < terms->count; i++)
            sum += c->g.term_scale[i] * node_values(values, terms->list[i].node, sample)[0];
    arena_free(&arena);
    return sum;
}

static double central_difference(const struct comparison *c, double *parameter, double h) {
    double middle = *parameter;
    volatile double above = middle + h, below = middle - h;
    *parameter = above;
    double sum = objective(c);
    *parameter = below;
    sum -= objective(c);
    *parameter = middle;
    return sum / (above - below);
}

// Tries smaller and smaller steps until the difference agrees with the gradient. If none does but the differences agree
// with each other, the gradient is wrong; otherwise there is a kink.
static void entry_check(struct comparison *c, const char *name, double *parameter, double gradient, double limit) {
    double differences[STEP_SIZES], h = STEP_SIZE;
    c->entries++;
    for (int i = 0; i < STEP_SIZES; i++, h /= STEP_RATIO) {
        differences[i] = central_difference(c, parameter, h);
        if (fabs(differences[i] - gradient) <= limit) return;
    }
    for (int i = 1; i < STEP_SIZES; i++)
        if (fabs(differences[i] - differences[0]) > limit) {
            c->skipped++;
            return;
        }
    c->wrong++;
    printf("  %s: expected %.9g (the difference), got %.9g (the interpreter's gradient)\n", name, differences[0],
           gradient);
}

static void differences_check(struct comparison *c, const double *gradient, size_t tensor, size_t entries) {
    size_t count = c->g.counts[tensor], left = entries < count ? entries : count;
    double limit = DIFFERENCE_TOLERANCE * largest_of(gradient, count);
    for (size_t i = 0; i < count && left > 0; i++) {
        if (generated_random() * (double)(count - i) >= (double)left) continue;
        left--;
        entry_check(c, c->g.names[tensor], &c->g.parameters[tensor][i], gradient[i], limit);
    }
}

static void training_compare(struct comparison *c) {
    const struct generated *g = &c->g;
    const struct graph *graph = &c->network->training;
    double *terms = generated_reals(g->samples * g->term_count);
    double **gradients = ARENA_ARRAY(&c->arena, double *, g->tensors);
    for (size_t i = 0; i < g->tensors; i++)
        gradients[i] = generated_reals(g->counts[i]);
    generated_train(g, terms, gradients);
    double **values = outputs_compare(c, graph, OUTPUT_TERM, terms);
    for (size_t i = 0; i < g->tensors; i++) {
        const struct node *node = graph->outputs[OUTPUT_GRADIENT].list[i].node;
        const double *expected = node ? values[node->id] : generated_reals(g->counts[i]);
        tensor_compare(c, "gradient", g->names[i], gradients[i], expected, g->counts[i]);
        free(gradients[i]);
    }
    free(terms);
}

// Compares the interpreter's gradients with differences, only for the first sample, because each difference requires a
// forward pass.
static void gradients_check(struct comparison *c, size_t entries) {
    const struct graph *graph = &c->network->training;
    c->leaves.samples = 1;
    double **values = graph_interpret(graph, &c->leaves, &c->arena);
    for (size_t i = 0; i < c->g.tensors; i++) {
        const struct node *node = graph->outputs[OUTPUT_GRADIENT].list[i].node;
        differences_check(c, node ? values[node->id] : generated_reals(c->g.counts[i]), i, entries);
    }
}

// The tables of both sides must be the same.
static bool parameters_match(const struct comparison *c) {
    const struct parameters *parameters = &c->network->parameters;
    bool match = (size_t)parameters->count == c->g.tensors;
    for (int i = 0; match && i < parameters->count; i++)
        match =
            strcmp(parameters->list[i].info.name, c->g.names[i]) == 0 && parameters->list[i].count == c->g.counts[i];
    if (!match) printf("  the model has other parameters than the graph\n");
    return match;
}

static void leaves_open(struct comparison *c) {
    const struct generated *g = &c->g;
    size_t each = g->heads * g->latent_count;
    const double **heads = ARENA_ARRAY(&c->arena, const double *, g->heads);
    for (size_t i = 0; i < g->heads; i++)
        heads[i] = columns(g->code, g->samples, each, i * g->latent_count, g->latent_count);
    c->leaves = (struct leaves){.samples = g->samples,
                                .input = g->input,
                                .heads = heads,
                                .decoded = g->output,
                                .parameters = (const double *const *)g->parameters,
                                .term_scale = g->term_scale,
                                .draw = draw};
}

static char *file_text(struct arena *arena, const char *path) {
    static char block[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    size_t length = fread(block, 1, sizeof block - 1, file);
    fclose(file);
    return arena_copy(arena, block, length);
}

int main(int count, char **arguments) {
    struct comparison c = {0};
    if (count < 5) return 3;
    const char *text = file_text(&c.arena, arguments[1]);
    size_t samples = strtoul(arguments[2], NULL, 10), entries = strtoul(arguments[4], NULL, 10);
    c.tolerance = strtod(arguments[3], NULL);
    c.spoil = count > 5 && strcmp(arguments[5], "--spoil") == 0;
    if (!text || samples == 0) return 3;
    c.network = network_make(&c.arena, arguments[1], text, true);
    c.forward = network_make(&c.arena, arguments[1], text, false);
    if (!c.network || !c.forward) return 3;
    const char *fault = network_check(c.network);
    if (fault) printf("  %s\n", fault);
    generated_open(&c.g, samples);
    leaves_open(&c);
    if (fault || !parameters_match(&c)) return 1;
    evaluation_compare(&c);
    training_compare(&c);
    if (entries) gradients_check(&c, entries);
    bool few = (double)c.skipped <= SKIPPED_MOST * (double)c.entries + 1;
    printf("  %d tensors, %zu entries by differences, %zu skipped at kinks, %d wrong%s\n", c.tensors, c.entries,
           c.skipped, c.wrong, few ? "" : ": TOO MANY SKIPPED");
    // With --spoil, every tensor must be wrong.
    if (c.spoil) return c.wrong == c.tensors ? 1 : 0;
    return c.wrong == 0 && few ? 0 : 1;
}
