#include "compiler/graph/ops/op.h"

#include <stdio.h>

const char *permute_check(const struct graph *graph, const struct node *node) {
    return input_check(graph, node, 0, image_count(node->permute.image), false);
}

void permute_rule(struct adjoints *adjoints, struct node *node, struct node *g) {
    gradient_add(adjoints, node, node->inputs[0],
                 graph_permute(&adjoints->b, node->permute.image, g, !node->permute.back));
}

void permute_evaluate(const struct evaluation *e, const struct node *node, size_t sample, double *result) {
    const struct image *image = &node->permute.image;
    const double *from = evaluation_input(e, node, 0, sample);
    long positions = image->height * image->width;
    for (long i = 0; i < positions; i++)
        for (long c = 0; c < image->channels; c++) {
            long innermost = i * image->channels + c, first = c * positions + i;
            result[node->permute.back ? innermost : first] = from[node->permute.back ? first : innermost];
        }
}

void permute_print(const struct plain *plain, const struct node *node) {
    struct image image = node->permute.image;
    long positions = image.height * image.width;
    char first[64], innermost[64];
    snprintf(first, sizeof first, "c * %ld + i", positions);
    snprintf(innermost, sizeof innermost, "i * %ld + c", image.channels);
    bool back = node->permute.back;
    buffer_print(plain->out,
                 "    for (int c = 0; c < %ld; c++)\n"
                 "        for (int i = 0; i < %ld; i++)\n"
                 "            %s[%s] = %s[%s];\n",
                 image.channels, positions, plain->array(plain->context, node), back ? innermost : first,
                 plain->array(plain->context, node->inputs[0]), back ? first : innermost);
}
