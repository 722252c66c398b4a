// The measures of what the decoder makes of places in the latent space.
#ifndef AE_DECODED_GRID_H
#define AE_DECODED_GRID_H

#include "runtime/measures/latent_measures.h"

// Takes cycle, nearest and both sharpnesses of z [measures->plane.cells][units], units channels first; they are missing
// for the reason `missing` where that is not NULL. code [measures->samples][units] are the split's codes.
void decoded_measure(const struct evaluation *evaluation, const struct data *data, const ae_real *code,
                     const ae_real *z, const char *missing, struct measures *measures);

#endif
