// Latent codes in files: CSV with a header line, or NPY. In files a code is channels first.
#ifndef AE_LATENTS_H
#define AE_LATENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "runtime/net/evaluation.h"

struct latents {
    size_t count;
    ae_real *z;    // [count][latent_count] in memory order; the caller must free() it
};

// Reads a .csv (columns mu_0.. or z_0.. in any order; log_sigma_.. and label are ignored) or a .npy of shape [N, units]
// or [N] followed by the latent's shape. Returns EXIT_OK, or EXIT_FILE or EXIT_CONTENT with an error on stderr.
int latents_load(const struct ae_model *model, const char *path, struct latents *latents);
// Writes the header line of a CSV.
void latents_write_head(const struct ae_model *model, FILE *stream, bool labels);
// Writes one line; code [code_count] in memory order, label NULL for none.
void latents_write_row(const struct ae_model *model, FILE *stream, const ae_real *code, const long long *label);
// The 1st and 99th percentile (nearest rank) of each of two latent units over a split; *known is false if a code is not
// finite.
void latents_range(const struct evaluation *evaluation, const struct split *split, double low[2], double high[2],
                   bool *known);

#endif
