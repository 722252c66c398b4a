// The topology of a network as a picture, in columns from left to right: the input, each layer that changes the shape,
// the latent space, the output. topology.c makes the columns, topology_layout.c places them, topology_svg.c prints
// them. Lengths are in pixels, y points down. Memory is in the arena of the spec.
#ifndef TOPOLOGY_H
#define TOPOLOGY_H

#include "compiler/graph/network.h"
#include "compiler/spec.h"

enum topology_part { TOPOLOGY_INPUT, TOPOLOGY_ENCODER, TOPOLOGY_LATENT, TOPOLOGY_DECODER };

// How a column is computed from the one before it.
enum topology_link {
    LINK_NONE,    // the input
    LINK_CONV,
    LINK_DECONV,
    LINK_DENSE,
    LINK_FOLD,    // the same elements in another shape
    LINK_SAME,    // the same shape
    LINK_SAMPLE
};

enum text_style {
    TEXT_TITLE,
    TEXT_SUBTITLE,
    TEXT_PART,
    TEXT_ROLE,
    TEXT_LATENT,
    TEXT_SHAPE,
    TEXT_HEAD,
    TEXT_WORDS,
    TEXT_PARAMETERS,
    TEXT_NOTE,
    TEXT_STYLES
};

struct area {
    double x, y, width, height;    // x, y: the upper left corner
};

// What a column draws: a stack of sheets, the front one at the lower right, for an image; a bar for a vector.
struct figure {
    const char *name;    // "encoder.3"
    struct shape shape;
    const char *head;    // "μ", NULL for all but the heads of a gaussian latent
    struct area place;
    // Of an image: the back and the front sheet. Each sheet is drawn `step` right of and below the sheet before it; the
    // front half is shifted by another `gap` if there are too many sheets to draw all.
    struct area back, front;
    int sheets;
    double step, gap;
};

struct texts {
    const char **line;
    size_t count, room;
};

struct column {
    enum topology_part part;
    enum topology_link link;
    const struct layer *layer;    // of the link; NULL if no layer made the column
    const char *name;             // "encoder.3", "z.mu and z.log_sigma"
    const char *role;             // "input x", NULL for most
    const char *shape;            // "16 × 14 × 14"
    struct texts words;           // "conv 15×15, relu"
    const char *parameters;       // "3,616 parameters", NULL without any
    size_t parameter_count;
    bool latent;
    struct figure figures[2];
    int figure_count;
    // Set by the layout.
    double middle;
    double figure_width, text_width;    // of the figures and of the texts
};

struct bracket {
    const char *label;    // NULL: not drawn
    double left, right;
};

struct topology {
    struct arena *arena;
    const struct parameters *parameters;
    const char *title, *subtitle;
    struct column *columns;
    int count;
    const char *latent;    // "latent z ~ gaussian(2)", above the latent columns
    int latent_first, latent_last;
    // Set by the layout; rows of text are baselines.
    double width, height;
    double notes_left;    // the left edge of title and notes
    double title_row, subtitle_row, part_row, role_row, shape_row, words_row, note_row;
    double axis;    // the vertical middle of all figures
    struct bracket brackets[2];
    struct area band;    // the background of the latent columns
    struct texts notes;
};

// The number of units that a vector shows individually, and their distance.
enum { TEXT_LINE = 16, UNITS_SHOWN = 6, UNIT_PITCH = 11 };

struct topology *topology_make(const struct network *network);
void topology_place(struct topology *topology);
void topology_print(const struct topology *topology, struct buffer *out);

// The style of a text.
struct text_row {
    const char *class, *colour;
    double size;
    bool bold, centred;
};

#define INK "#26303b"
#define MUTED "#66717d"
#define ACCENT "#9a4a12"
extern const struct text_row text_rows[TEXT_STYLES];

void text_add(struct arena *arena, struct texts *lines, const char *line);
// An upper bound of a text's width in all fonts that the picture names.
double text_width(enum text_style style, const char *text);
// The middle of a unit of a vector, from its top: units 0, 1, ... downwards.
double unit_offset(int unit);

#endif
