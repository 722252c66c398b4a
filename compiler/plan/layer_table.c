#include "compiler/plan/layer_table.h"

static struct names layer_flops(const struct network *network) {
    struct names names = {.arena = network->spec->arena};
    for (const struct node *node = network->training.first; node; node = node->next) {
        if (node->backward || !node->label) continue;
        double *flops = names_find(&names, node->label);
        if (!flops) {
            flops = ARENA_NEW(names.arena, double);
            names_add(&names, node->label, flops);
        }
        *flops += node_flops(node);
    }
    return names;
}

// The table under construction.
struct table_maker {
    struct layer_table table;
    const struct network *network;
    struct names flops;    // FLOPs of each layer, a double
};

static void entry_add(struct table_maker *maker, struct layer_entry entry) {
    const double *flops = names_find(&maker->flops, entry.name);
    entry.parameters = parameters_of(&maker->network->parameters, entry.name);
    entry.flops = flops ? *flops : 0;
    maker->table.list[maker->table.count++] = entry;
}

static void entries_add(struct table_maker *maker, const struct layer_list *list) {
    for (const struct layer *layer = list->first; layer; layer = layer->next)
        entry_add(maker, (struct layer_entry){.name = layer->name,
                                              .kind = layer_rows[layer->kind].name,
                                              .layer = layer,
                                              .span = layer->span,
                                              .shape = layer->output});
}

static void heads_add(struct table_maker *maker, const struct spec *spec) {
    const struct latent *latent = &spec->latent;
    for (int i = 0; i < latent_heads(latent); i++)
        entry_add(maker, (struct layer_entry){.name = latent_head_name(spec->arena, latent, i),
                                              .kind = latent_rows[latent->kind].row.name,
                                              .span = latent->span,
                                              .shape = latent->shape});
}

static int layers_count(const struct layer_list *list) {
    int count = 0;
    for (const struct layer *layer = list->first; layer; layer = layer->next)
        count++;
    return count;
}

struct layer_table layer_table(const struct network *network) {
    const struct spec *spec = network->spec;
    int most = layers_count(&spec->encoder) + layers_count(&spec->decoder) + HEADS_MAX;
    struct table_maker maker = {.table = {ARENA_ARRAY(spec->arena, struct layer_entry, most), 0},
                                .network = network,
                                .flops = layer_flops(network)};
    entries_add(&maker, &spec->encoder);
    heads_add(&maker, spec);
    entries_add(&maker, &spec->decoder);
    return maker.table;
}
