// KL(N(mu, sigma^2) || N(0, p^2)) = (sigma^2 + mu^2) / (2 p^2) - log sigma + log p - 1/2 for each unit
// (Kingma and Welling, Auto-Encoding Variational Bayes, appendix B, for any p).
#include <math.h>

#include "compiler/terms/terms.h"

struct node *divergence_elements(struct graph_builder *b, const struct term_inputs *inputs, const struct term *term) {
    (void)term;
    double p = inputs->latent->prior_std;
    struct node *mu = inputs->heads[0], *log_sigma = inputs->heads[1], *sigma = graph_unary(b, OP_EXP, log_sigma);
    struct node *mu_squared = graph_binary(b, OP_MULTIPLY, mu, mu);
    struct node *squares = graph_binary(b, OP_ADD, graph_binary(b, OP_MULTIPLY, sigma, sigma), mu_squared);
    struct node *each = graph_binary(b, OP_SUBTRACT, graph_scale(b, squares, 1 / (2 * p * p)), log_sigma);
    return graph_offset(b, each, log(p) - 0.5);
}
