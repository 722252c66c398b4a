// The commands that use a trained model, and what they are made of.
#ifndef AE_EXPORT_H
#define AE_EXPORT_H

#include "base/option/option.h"
#include "runtime/commands/output.h"
#include "runtime/data/data.h"
#include "runtime/train/trained.h"

// A trained model and the split of the data that a command is about.
struct subject {
    struct trained trained;
    struct data data;
    enum data_split which;
    const struct split *split;
};

// The model of the line's --weights and the split that its --split and --data name. An exit code, told on stderr;
// subject_free afterwards, in any case.
int subject_load(const struct ae_model *model, const struct line *line, struct subject *subject);
void subject_free(struct subject *subject);
// Samples [count] of the split, the first ones where `samples` is NULL, and what becomes of them, a pair below each
// other.
int export_pairs(const struct subject *subject, const char *path, enum output_format format, const size_t *samples,
                 size_t count);
// What the decoder makes of z [count][latent_count], as a picture of columns x rows or as numbers.
int export_decoded(const struct trained *trained, const char *path, enum output_format format, size_t count,
                   const ae_real *z, size_t columns, size_t rows);
// The corners of the plane of two latent units: those that training kept, else -2 and 2.
void export_plane_range(const struct trained *trained, double from[2], double to[2]);
// Where a cell of cells x cells lies between two corners. Cells go row after row from the top; the first coordinate
// grows to the right, the second upwards.
void export_cell(const double from[2], const double to[2], size_t cells, size_t cell, double place[2]);

#endif
