// What the commands that use a trained model share.
#ifndef AE_EXPORT_H
#define AE_EXPORT_H

#include "base/option/option.h"
#include "runtime/commands/output.h"
#include "runtime/data/data.h"
#include "runtime/train/trained.h"

// A trained model and a split of the data.
struct subject {
    struct trained trained;
    struct data data;
    enum data_split which;
    const struct split *split;
};

// Loads the model of --weights and the split given by --split and --data. Returns an exit code; errors are reported on
// stderr. The caller must call subject_free, also after an error.
int subject_load(const struct ae_model *model, const struct line *line, struct subject *subject);
void subject_free(struct subject *subject);
// Writes samples [count] of the split (the first ones if `samples` is NULL) and their reconstructions below them.
int export_pairs(const struct subject *subject, const char *path, enum output_format format, const size_t *samples,
                 size_t count);
// Writes the decoder's outputs for z [count][latent_count], as a picture of columns x rows or as numbers.
int export_decoded(const struct trained *trained, const char *path, enum output_format format, size_t count,
                   const ae_real *z, size_t columns, size_t rows);
// The corners of the plane of two latent units: those stored by training, otherwise -2 and 2.
void export_plane_range(const struct trained *trained, double from[2], double to[2]);
// The position of a cell in a grid of cells x cells between two corners. Cells are numbered row by row from the top;
// the first coordinate grows to the right, the second upwards.
void export_cell(const double from[2], const double to[2], size_t cells, size_t cell, double place[2]);

#endif
