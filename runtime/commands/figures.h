// What the figures of a trained model are made of.
#ifndef AE_FIGURES_H
#define AE_FIGURES_H

#include "runtime/commands/options.h"

// Writes into the folder of the line's -o, as far as the model has them:
//   latent.csv           a place in the plane a sample: two latent units, or the first two principal components of more
//   histogram.csv        how the codes of each latent unit are spread
//   reconstructions.png  samples above, what becomes of them below
//   plane.png            the plane of latent.csv, decoded
//   losses.csv           the loss of each sample
//   best.png, worst.png  the samples of the lowest and of the highest loss, as reconstructions.png
// Returns the program's exit code.
int command_figures(const struct ae_model *model, const struct line *line);

#endif
