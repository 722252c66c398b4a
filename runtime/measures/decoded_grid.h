// The measures of decoded points of the latent space.
#ifndef AE_DECODED_GRID_H
#define AE_DECODED_GRID_H

#include "runtime/measures/latent_measures.h"

// Computes cycle, nearest and both sharpnesses for z [measures->plane.cells][units], units channels first. If `missing`
// is not NULL, it is the reason why they are missing. code [measures->samples][units] are the codes of the split.
void decoded_measure(const struct evaluation *evaluation, const struct data *data, const ae_real *code,
                     const ae_real *z, const char *missing, struct measures *measures);

#endif
