#include "compiler/lower.h"

#include "compiler/latents/latents.h"
#include "compiler/layers/layers.h"
#include "compiler/terms/terms.h"

static struct flow layers_lower(struct lowering *lowering, struct flow flow, const struct layer_list *list) {
    for (const struct layer *layer = list->first; layer; layer = layer->next)
        flow = layer_lower(lowering, flow, layer);
    lowering->b.layer = NULL;
    return flow;
}

static struct node *input_node(struct lowering *lowering) {
    return graph_input(&lowering->b, shape_count(lowering->spec->input));
}

static void encoder_lower(struct lowering *lowering, struct node **heads) {
    struct flow flow = {input_node(lowering), lowering->spec->input, lowering->spec->input};
    latent_encode(lowering, layers_lower(lowering, flow, &lowering->spec->encoder), heads);
}

static struct node *decoder_lower(struct lowering *lowering, struct node *z) {
    const struct spec *spec = lowering->spec;
    struct flow flow = {z, spec->latent.shape, spec->latent.shape};
    flow = layers_lower(lowering, flow, &spec->decoder);
    return lowering_result(lowering, flow_plain(lowering, flow).node);
}

// Two loss lines with the same term are two outputs, so each needs a node of its own.
static struct node *term_distinct(struct graph_builder *b, struct node *node) {
    const struct outputs *terms = &b->graph->outputs[OUTPUT_TERM];
    for (int i = 0; i < terms->count; i++)
        if (terms->list[i].node == node) return graph_copy(b, node, terms->count);
    return node;
}

static void terms_lower(struct lowering *lowering, struct term_inputs inputs) {
    struct graph_builder *b = &lowering->b;
    b->part = PART_LOSS;
    inputs.latent = &lowering->spec->latent;
    for (const struct term *term = lowering->spec->terms; term; term = term->next) {
        b->label = term->name;
        inputs.input = input_node(lowering);
        graph_output_add(b->graph, OUTPUT_TERM, term->name, term_distinct(b, term_lower(b, &inputs, term)));
    }
}

static void training_lower(struct lowering *lowering) {
    struct node *heads[HEADS_MAX] = {NULL};
    lowering->training = true;
    encoder_lower(lowering, heads);
    struct node *z = latent_draw(lowering, heads);
    struct node *output = decoder_lower(lowering, z);
    terms_lower(lowering, (struct term_inputs){.output = output, .z = z, .heads = heads});
}

static void encode_lower(struct lowering *lowering) {
    const struct latent *latent = &lowering->spec->latent;
    struct node *heads[HEADS_MAX] = {NULL};
    encoder_lower(lowering, heads);
    for (int i = 0; i < latent_heads(latent); i++)
        graph_output_add(lowering->b.graph, OUTPUT_CODE, latent_head_name(lowering->arena, latent, i), heads[i]);
}

static void code_leaves(struct lowering *lowering, struct node **heads) {
    const struct latent *latent = &lowering->spec->latent;
    for (int i = 0; i < latent_heads(latent); i++)
        heads[i] = graph_code(&lowering->b, i, shape_count(latent->shape));
}

static void decode_lower(struct lowering *lowering) {
    struct node *heads[HEADS_MAX] = {NULL};
    code_leaves(lowering, heads);
    graph_output_add(lowering->b.graph, OUTPUT_DECODED, lowering->spec->input_name.text,
                     decoder_lower(lowering, heads[0]));
}

static void measure_lower(struct lowering *lowering) {
    struct node *heads[HEADS_MAX] = {NULL};
    code_leaves(lowering, heads);
    struct node *output = graph_decoded(&lowering->b, shape_count(lowering->spec->input));
    terms_lower(lowering, (struct term_inputs){.output = output, .z = heads[0], .heads = heads});
}

static void graph_lower(struct network *network, struct graph *graph, enum graph_purpose purpose,
                        void (*build)(struct lowering *lowering)) {
    struct arena *arena = network->spec->arena;
    *graph = (struct graph){.arena = arena, .purpose = purpose, .parameters = &network->parameters};
    struct lowering lowering = {.b = {.graph = graph}, .arena = arena, .spec = network->spec};
    build(&lowering);
    graph->sites = lowering.sites;
}

struct network *lower(struct spec *spec) {
    struct network *network = ARENA_NEW(spec->arena, struct network);
    network->spec = spec;
    graph_lower(network, &network->training, GRAPH_TRAINING, training_lower);
    graph_lower(network, &network->encode, GRAPH_ENCODE, encode_lower);
    graph_lower(network, &network->decode, GRAPH_DECODE, decode_lower);
    graph_lower(network, &network->measure, GRAPH_MEASURE, measure_lower);
    return network;
}
