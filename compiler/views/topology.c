#include "compiler/views/topology.h"

#include <string.h>

#include "base/number.h"
#include "compiler/meaning/evaluate.h"

#define TIMES "\xc3\x97"
#define MU "\xce\xbc"
#define SIGMA "\xcf\x83"
#define EPSILON "\xce\xb5"
#define DOT "\xc2\xb7"

enum { WORDS_WIDTH = 120 };    // of a line of words in a column, unless one word is longer

void text_add(struct arena *arena, struct texts *lines, const char *line) {
    if (lines->count == lines->room) {
        size_t room = lines->room ? 2 * lines->room : 4;
        const char **more = ARENA_ARRAY(arena, const char *, room);
        if (lines->count) memcpy(more, lines->line, lines->count * sizeof *more);
        lines->line = more;
        lines->room = room;
    }
    lines->line[lines->count++] = line;
}

static void word_add(struct arena *arena, struct texts *words, const char *word) {
    if (words->count == 0) {
        text_add(arena, words, word);
        return;
    }
    const char **last = &words->line[words->count - 1];
    const char *joined = arena_print(arena, "%s, %s", *last, word);
    if (text_width(TEXT_WORDS, joined) <= WORDS_WIDTH) {
        *last = joined;
        return;
    }
    *last = arena_print(arena, "%s,", *last);
    text_add(arena, words, word);
}

// 1234567 as "1,234,567"
static const char *count_text(struct arena *arena, size_t count) {
    const char *digits = arena_print(arena, "%zu", count);
    size_t length = strlen(digits), end = 0;
    char *text = ARENA_ARRAY(arena, char, length + length / 3 + 1);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) text[end++] = ',';
        text[end++] = digits[i];
    }
    return text;
}

static const char *parameters_text(struct arena *arena, size_t count) {
    return arena_print(arena, "%s parameter%s", count_text(arena, count), count == 1 ? "" : "s");
}

static const char *sizes_text(struct arena *arena, struct shape shape) {
    const char *text = arena_print(arena, "%zu", shape.size[0]);
    for (int i = 1; i < shape.rank; i++)
        text = arena_print(arena, "%s " TIMES " %zu", text, shape.size[i]);
    return text;
}

static struct column *column_add(struct topology *topology, enum topology_part part, enum topology_link link,
                                 const char *name, struct shape shape) {
    struct column *column = &topology->columns[topology->count++];
    *column = (struct column){.part = part, .link = link, .name = name, .figure_count = 1};
    column->figures[0] = (struct figure){.name = name, .shape = shape};
    column->shape = sizes_text(topology->arena, shape);
    return column;
}

static void parameters_add(struct topology *topology, struct column *column, size_t count) {
    column->parameter_count += count;
    if (column->parameter_count) column->parameters = parameters_text(topology->arena, column->parameter_count);
}

static const char *pair_words(struct arena *arena, const char *what, const struct value *value, bool both) {
    if (!both && value->pair[0] == value->pair[1]) return arena_print(arena, "%s %d", what, value->pair[0]);
    return arena_print(arena, "%s %d" TIMES "%d", what, value->pair[0], value->pair[1]);
}

static void convolution_words(struct arena *arena, const struct layer *layer, struct texts *words) {
    const struct row *row = &layer_rows[layer->kind];
    word_add(arena, words, pair_words(arena, row->name, &layer->arguments[1], true));
    for (int i = 2; row->arguments[i].name; i++) {
        const struct value *value = &layer->arguments[i];
        int initial = (int)row->arguments[i].initial;
        if (value->pair[0] == initial && value->pair[1] == initial) continue;
        word_add(arena, words, pair_words(arena, i == 4 ? "output padding" : row->arguments[i].name, value, false));
    }
}

// The name, and the argument if it is not the default.
static const char *plain_words(struct arena *arena, const struct layer *layer) {
    const struct row *row = &layer_rows[layer->kind];
    if (row->arguments[0].name && row->arguments[0].kind == ARGUMENT_PAIR)
        return pair_words(arena, row->name, &layer->arguments[0], true);
    double number = layer->arguments[0].number;
    bool shown = row->arguments[0].name && number != row->arguments[0].initial;
    return shown ? arena_print(arena, "%s %s", row->name, number_text(arena, number)) : row->name;
}

static enum topology_link layer_link(const struct layer *layer) {
    if (layer->kind == LAYER_conv) return LINK_CONV;
    if (layer->kind == LAYER_deconv) return LINK_DECONV;
    if (layer->kind == LAYER_dense) return LINK_DENSE;
    return shape_equal(layer->input, layer->output) ? LINK_SAME : LINK_FOLD;
}

static void layer_words(struct arena *arena, const struct layer *layer, struct texts *words) {
    if (layer->kind == LAYER_conv || layer->kind == LAYER_deconv)
        convolution_words(arena, layer, words);
    else if (layer->kind == LAYER_flatten || layer->kind == LAYER_reshape)
        word_add(arena, words, layer_rows[layer->kind].name);
    else
        word_add(arena, words, plain_words(arena, layer));
}

// A layer that keeps the shape is added to the previous column of the same part: the columns of the input and of z show
// no layers.
static void part_add(struct topology *topology, const struct layer_list *list, enum topology_part part) {
    struct column *column = NULL;
    for (const struct layer *layer = list->first; layer; layer = layer->next) {
        if (layer->kind == LAYER_dropout && layer->arguments[0].number == 0) continue;    // computes nothing
        enum topology_link link = layer_link(layer);
        if (!column || link != LINK_SAME) {
            column = column_add(topology, part, link, layer->name, layer->output);
            column->layer = layer;
        }
        layer_words(topology->arena, layer, &column->words);
        parameters_add(topology, column, parameters_of(topology->parameters, layer->name));
    }
}

static void code_add(struct topology *topology, const struct latent *latent) {
    struct arena *arena = topology->arena;
    struct column *last = &topology->columns[topology->count - 1];
    if (latent->units == 0) {
        topology->latent = arena_print(arena, "latent %s = code", latent->name.text);
        if (last->part == TOPOLOGY_INPUT)
            last = column_add(topology, TOPOLOGY_LATENT, LINK_SAME, latent->name.text, latent->shape);
    } else {
        topology->latent = arena_print(arena, "latent %s = code(%d)", latent->name.text, latent->units);
        last = column_add(topology, TOPOLOGY_LATENT, LINK_DENSE, latent->name.text, latent->shape);
        if (latent->input.rank > 1) word_add(arena, &last->words, "flatten");
        word_add(arena, &last->words, arena_print(arena, "dense %d", latent->units));
        parameters_add(topology, last, parameters_of(topology->parameters, latent->name.text));
    }
    last->latent = true;
}

static void gaussian_add(struct topology *topology, const struct latent *latent) {
    struct arena *arena = topology->arena;
    const char *z = latent->name.text;
    const char *mu = arena_print(arena, "%s.mu", z), *log_sigma = arena_print(arena, "%s.log_sigma", z);
    topology->latent = arena_print(arena, "latent %s ~ gaussian(%d)", z, latent->units);

    struct column *heads = column_add(topology, TOPOLOGY_LATENT, LINK_DENSE, mu, latent->shape);
    heads->latent = true;
    heads->figure_count = 2;
    heads->figures[1] = heads->figures[0];
    heads->figures[1].name = log_sigma;
    heads->name = arena_print(arena, "%s and %s", mu, log_sigma);
    heads->figures[0].head = MU;
    heads->figures[1].head = "log " SIGMA;
    heads->shape = arena_print(arena, "%s + %s", heads->shape, heads->shape);
    if (latent->input.rank > 1) word_add(arena, &heads->words, "flatten");
    word_add(arena, &heads->words, arena_print(arena, "2 " TIMES " dense %d", latent->units));
    parameters_add(topology, heads,
                   parameters_of(topology->parameters, mu) + parameters_of(topology->parameters, log_sigma));

    struct column *sample = column_add(topology, TOPOLOGY_LATENT, LINK_SAMPLE, z, latent->shape);
    sample->latent = true;
    text_add(arena, &sample->words, arena_print(arena, "%s = " MU " + " SIGMA " " DOT " " EPSILON, z));
    text_add(arena, &sample->words, EPSILON " ~ N(0, 1)");
    if (latent->prior_std != 1)
        text_add(arena, &sample->words, arena_print(arena, "prior std %.4g", latent->prior_std));
}

static void latent_add(struct topology *topology, const struct latent *latent) {
    if (latent->kind == LATENT_gaussian)
        gaussian_add(topology, latent);
    else
        code_add(topology, latent);
    topology->latent_last = topology->latent_first = topology->count - 1;
    while (topology->columns[topology->latent_first - 1].latent)
        topology->latent_first--;
}

static int columns_most(const struct spec *spec) {
    int most = 3;
    for (const struct layer *layer = spec->encoder.first; layer; layer = layer->next)
        most++;
    for (const struct layer *layer = spec->decoder.first; layer; layer = layer->next)
        most++;
    return most;
}

struct topology *topology_make(const struct network *network) {
    const struct spec *spec = network->spec;
    struct topology *topology = ARENA_NEW(spec->arena, struct topology);
    topology->arena = spec->arena;
    topology->parameters = &network->parameters;
    topology->columns = ARENA_ARRAY(spec->arena, struct column, columns_most(spec));

    struct column *input = column_add(topology, TOPOLOGY_INPUT, LINK_NONE, spec->input_name.text, spec->input);
    input->role = arena_print(spec->arena, "input %s", spec->input_name.text);
    part_add(topology, &spec->encoder, TOPOLOGY_ENCODER);
    latent_add(topology, &spec->latent);
    part_add(topology, &spec->decoder, TOPOLOGY_DECODER);
    struct column *last = &topology->columns[topology->count - 1];
    if (last->part == TOPOLOGY_DECODER)
        last->role = "output";
    else
        topology->latent = arena_print(spec->arena, "%s, output", topology->latent);

    size_t total = 0;
    for (int i = 0; i < network->parameters.count; i++)
        total += network->parameters.list[i].count;
    topology->title = spec->model;
    topology->subtitle = parameters_text(spec->arena, total);
    return topology;
}
