#include <math.h>

#include "compiler/views/topology.h"

enum {
    MARGIN = 28,
    MAP_HEIGHT = 140,    // of the highest image
    MAP_WIDTH = 320,     // of the widest
    PIXEL_MOST = 10,     // one element of a small image
    MAP_LEAST = 3,       // the smallest visible size
    SHEETS_ALL = 4,      // up to this number, each channel is a sheet
    SHEETS_MOST = 16,
    BAR_WIDTH = 14,
    BAR_LEAST = 72,    // above a vector of UNITS_SHOWN
    BAR_MOST = 164,
    BAR_UNITS = 256,    // only vectors with at least as many units can have the height BAR_MOST
    HEAD_ROW = 19,      // the name above or below a head
    HEADS_GAP = 16,
    TEXT_GAP = 20,    // between texts of adjacent columns
    BAND_PADDING = 10
};

static double larger(double a, double b) {
    return a > b ? a : b;
}

static double smaller(double a, double b) {
    return a < b ? a : b;
}

// Scales that all figures share.
struct scale {
    double pixel;    // one element of an image
    double units_most;
    bool images, sheets, bars, enlarged;    // which notes are needed
};

static struct scale scale_find(const struct topology *topology) {
    struct scale scale = {.units_most = BAR_UNITS};
    double high = 1, wide = 1;
    for (int i = 0; i < topology->count; i++) {
        struct shape shape = topology->columns[i].figures[0].shape;
        if (shape.rank == 3) {
            high = larger(high, (double)shape.size[1]);
            wide = larger(wide, (double)shape.size[2]);
            scale.images = true;
            scale.sheets = scale.sheets || shape.size[0] > SHEETS_ALL;
        } else {
            scale.units_most = larger(scale.units_most, (double)shape.size[0]);
            scale.bars = scale.bars || shape.size[0] > UNITS_SHOWN;
        }
    }
    scale.pixel = smaller(PIXEL_MOST, smaller(MAP_HEIGHT / high, MAP_WIDTH / wide));
    return scale;
}

// A few channels have a sheet each. More are drawn as two halves, each one sheet longer when the channels double: 2 + 2
// for up to 16 channels, 3 + 3 up to 32, 4 + 4 up to 64.
static int sheets_of(size_t channels) {
    if (channels <= SHEETS_ALL) return (int)channels;
    int sheets = 4;
    for (size_t most = 16; channels > most && sheets < SHEETS_MOST; most *= 2)
        sheets += 2;
    return sheets;
}

static void image_measure(struct figure *figure, struct scale *scale) {
    double height = (double)figure->shape.size[1] * scale->pixel, width = (double)figure->shape.size[2] * scale->pixel;
    scale->enlarged = scale->enlarged || height < MAP_LEAST || width < MAP_LEAST;
    height = larger(height, MAP_LEAST);
    width = larger(width, MAP_LEAST);
    figure->sheets = sheets_of(figure->shape.size[0]);
    figure->step = larger(3, smaller(7, smaller(height, width) / 6));
    figure->gap = figure->shape.size[0] > SHEETS_ALL ? 6 + 1.5 * figure->step : 0;
    double depth = (figure->sheets - 1) * figure->step + figure->gap;
    figure->place = (struct area){.width = width + depth, .height = height + depth};
    figure->back = (struct area){.width = width, .height = height};
    figure->front = (struct area){depth, depth, width, height};
}

static void vector_measure(struct figure *figure, const struct scale *scale) {
    double units = (double)figure->shape.size[0], height;
    double least = sqrt(UNITS_SHOWN);
    if (units <= UNITS_SHOWN)
        height = UNIT_PITCH * units + 4;
    else
        height = BAR_LEAST + (BAR_MOST - BAR_LEAST) * (sqrt(units) - least) / (sqrt(scale->units_most) - least);
    figure->place = (struct area){.width = BAR_WIDTH, .height = height};
}

static double column_height(const struct column *column) {
    double height = column->figures[0].place.height;
    return column->figure_count == 1 ? height : 2 * (height + HEAD_ROW) + HEADS_GAP;
}

static void column_measure(struct column *column, struct scale *scale) {
    for (int i = 0; i < column->figure_count; i++) {
        struct figure *figure = &column->figures[i];
        if (figure->shape.rank == 3)
            image_measure(figure, scale);
        else
            vector_measure(figure, scale);
        double head = figure->head ? text_width(TEXT_HEAD, figure->head) : 0;
        column->figure_width = larger(column->figure_width, larger(figure->place.width, head));
    }
    column->text_width = text_width(TEXT_SHAPE, column->shape);
    if (column->role) column->text_width = larger(column->text_width, text_width(TEXT_ROLE, column->role));
    for (size_t i = 0; i < column->words.count; i++)
        column->text_width = larger(column->text_width, text_width(TEXT_WORDS, column->words.line[i]));
    if (column->parameters)
        column->text_width = larger(column->text_width, text_width(TEXT_PARAMETERS, column->parameters));
}

// Texts above several columns must not be wider than these columns.
static void labels_measure(struct topology *topology) {
    int count = topology->latent_last - topology->latent_first + 1;
    double share = text_width(TEXT_LATENT, topology->latent) / count;
    for (int i = topology->latent_first; i <= topology->latent_last; i++)
        topology->columns[i].text_width = larger(topology->columns[i].text_width, share);
    for (int i = 1; i < topology->count; i++) {
        struct column *column = &topology->columns[i];
        if (column->part == column[-1].part) continue;
        const char *label = column->part == TOPOLOGY_DECODER ? "decoder" : "encoder";
        column->text_width = larger(column->text_width, text_width(TEXT_PART, label));
    }
}

static double extent(const struct column *column) {
    return larger(column->figure_width, column->text_width);
}

static double link_gap(enum topology_link link) {
    switch (link) {
    case LINK_CONV:
    case LINK_DECONV: return 44;
    case LINK_DENSE: return 60;
    case LINK_FOLD: return 48;
    case LINK_NONE:
    case LINK_SAME:
    case LINK_SAMPLE: return 40;
    }
    return 0;
}

// The distance of the middles of two adjacent columns. Figures and texts are in different rows and may overlap
// horizontally, but nothing overlaps the band of the latent space.
static double distance(const struct column *a, const struct column *b) {
    double figures = (a->figure_width + b->figure_width) / 2 + link_gap(b->link);
    double texts = (a->text_width + b->text_width) / 2 + TEXT_GAP;
    double apart = larger(figures, texts);
    return a->latent == b->latent ? apart : larger(apart, (extent(a) + extent(b)) / 2 + 3 * BAND_PADDING);
}

static double column_left(const struct column *column) {
    return column->middle - extent(column) / 2 - (column->latent ? BAND_PADDING : 0);
}

static double column_right(const struct column *column) {
    return column->middle + extent(column) / 2 + (column->latent ? BAND_PADDING : 0);
}

static void notes_make(struct topology *topology, const struct scale *scale) {
    if (scale->images) {
        text_add(topology->arena, &topology->notes,
                 scale->sheets ? "Images are to scale; their sheets grow with the logarithm of the channels."
                               : "Images are to scale, a sheet for each channel.");
        if (scale->enlarged)
            text_add(topology->arena, &topology->notes,
                     arena_print(topology->arena, "Sizes below %d pixels are drawn as %d.", MAP_LEAST, MAP_LEAST));
    }
    if (scale->bars) text_add(topology->arena, &topology->notes, "Bars grow with the square root of their units.");
}

// Horizontal positions. The width is that of the columns or of the widest line; the columns are centred.
static void columns_spread(struct topology *topology) {
    struct column *columns = topology->columns;
    double x = 0;
    for (int i = 0; i < topology->count; i++) {
        if (i > 0) x += distance(&columns[i - 1], &columns[i]);
        columns[i].middle = x;
    }
    double left = column_left(&columns[0]), right = column_right(&columns[topology->count - 1]), widest = right - left;
    widest = larger(widest, text_width(TEXT_TITLE, topology->title));
    widest = larger(widest, text_width(TEXT_SUBTITLE, topology->subtitle));
    for (size_t i = 0; i < topology->notes.count; i++)
        widest = larger(widest, text_width(TEXT_NOTE, topology->notes.line[i]));
    topology->width = ceil(widest + 2 * MARGIN);
    topology->notes_left = MARGIN;
    double shift = (topology->width - right - left) / 2;
    for (int i = 0; i < topology->count; i++)
        columns[i].middle += shift;
}

static void area_move(struct area *place, double x, double y) {
    place->x += x;
    place->y += y;
}

static void figure_move(struct figure *figure, double middle, double top) {
    double left = middle - figure->place.width / 2;
    area_move(&figure->place, left, top);
    area_move(&figure->back, left, top);
    area_move(&figure->front, left, top);
}

static void column_figures_move(struct column *column, double axis) {
    double top = axis - column_height(column) / 2, height = column->figures[0].place.height;
    if (column->figure_count == 1) {
        figure_move(&column->figures[0], column->middle, top);
        return;
    }
    figure_move(&column->figures[0], column->middle, top + HEAD_ROW);
    figure_move(&column->figures[1], column->middle, top + HEAD_ROW + height + HEADS_GAP);
}

static double words_height(const struct column *column) {
    return TEXT_LINE * ((double)column->words.count + (column->parameters ? 1 : 0));
}

// Vertical positions, from top to bottom: title, brackets, shapes, figures, words, notes.
static void rows_place(struct topology *topology) {
    double figures = 0, words = 0, latent_words = 0;
    for (int i = 0; i < topology->count; i++) {
        const struct column *column = &topology->columns[i];
        figures = larger(figures, column_height(column));
        words = larger(words, words_height(column));
        if (column->latent) latent_words = larger(latent_words, words_height(column));
    }
    topology->title_row = MARGIN + 16;
    topology->subtitle_row = topology->title_row + 20;
    topology->part_row = topology->subtitle_row + 36;
    topology->role_row = topology->part_row + 42;
    topology->shape_row = topology->role_row + 18;
    topology->axis = topology->shape_row + 16 + figures / 2;
    topology->words_row = topology->axis + figures / 2 + 30;
    topology->note_row = topology->words_row + words + 22;
    double last = topology->note_row + TEXT_LINE * ((double)topology->notes.count - 1);
    topology->height = ceil(last + MARGIN - 6);

    const struct column *first = &topology->columns[topology->latent_first];
    double top = topology->role_row - 20, left = column_left(first);
    topology->band = (struct area){left, top, column_right(&topology->columns[topology->latent_last]) - left,
                                   topology->words_row + latent_words - top};
}

static void brackets_place(struct topology *topology) {
    topology->brackets[0].label = topology->brackets[1].label = NULL;
    for (int i = 0; i < topology->count; i++) {
        const struct column *column = &topology->columns[i];
        if (column->part != TOPOLOGY_ENCODER && column->part != TOPOLOGY_DECODER) continue;
        struct bracket *bracket = &topology->brackets[column->part == TOPOLOGY_DECODER];
        if (!bracket->label) bracket->left = column_left(column);
        bracket->label = column->part == TOPOLOGY_DECODER ? "decoder" : "encoder";
        bracket->right = column_right(column);
    }
}

void topology_place(struct topology *topology) {
    struct scale scale = scale_find(topology);
    for (int i = 0; i < topology->count; i++)
        column_measure(&topology->columns[i], &scale);
    labels_measure(topology);
    notes_make(topology, &scale);
    columns_spread(topology);
    rows_place(topology);
    for (int i = 0; i < topology->count; i++)
        column_figures_move(&topology->columns[i], topology->axis);
    brackets_place(topology);
}
