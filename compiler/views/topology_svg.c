#include <math.h>
#include <string.h>

#include "compiler/views/topology.h"

// A picture may be embedded in a page: it has no ids, its classes begin with "aespec-", and its colours are attributes,
// which style sheets can override.
#define KERNEL "#1d6a86"
#define OUTLINE "#4a5a6c"
#define WIRE "#9aa6b2"
#define FONT "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

static void escape(const char *text, struct buffer *out) {
    buffer_escape(out, text, strlen(text));
}

static void text_print(enum text_style style, double x, double y, const char *text, struct buffer *out) {
    const struct text_row *row = &text_rows[style];
    buffer_print(out, "<text class=\"aespec-%s\" x=\"%.2f\" y=\"%.2f\" font-size=\"%.0f\" fill=\"%s\"%s%s>", row->class,
                 x, y, row->size, row->colour, row->bold ? " font-weight=\"bold\"" : "",
                 row->centred ? " text-anchor=\"middle\"" : "");
    escape(text, out);
    buffer_print(out, "</text>\n");
}

// Everything up to group_end is drawn in this style.
static void group_begin(const char *class, const char *fill, const char *stroke, double width, struct buffer *out) {
    buffer_print(out, "<g class=\"aespec-%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"%.2f\">\n", class, fill, stroke,
                 width);
}

static void group_end(struct buffer *out) {
    buffer_print(out, "</g>\n");
}

static void box_print(struct area place, double radius, struct buffer *out) {
    buffer_print(out, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"", place.x, place.y, place.width,
                 place.height);
    if (radius > 0) buffer_print(out, " rx=\"%.2f\"", radius);
    buffer_print(out, "/>\n");
}

static void circle_print(double x, double y, double radius, struct buffer *out) {
    buffer_print(out, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\"/>\n", x, y, radius);
}

struct point {
    double x, y;
};

static void line_print(struct point from, struct point to, struct buffer *out) {
    buffer_print(out, "<path d=\"M%.2f %.2fL%.2f %.2f\"/>\n", from.x, from.y, to.x, to.y);
}

static void image_print(const struct figure *figure, bool latent, struct buffer *out) {
    group_begin(latent ? "latent" : "map", latent ? "#f6dfc3" : "#e9eef4", latent ? ACCENT : OUTLINE, latent ? 1.4 : 1,
                out);
    struct area sheet = figure->back;
    int half = figure->sheets / 2;
    for (int i = 0; i < figure->sheets; i++) {
        if (i > 0 && i == half) {
            sheet.x += figure->gap;
            sheet.y += figure->gap;
        }
        box_print(sheet, 0, out);
        sheet.x += figure->step;
        sheet.y += figure->step;
    }
    group_end(out);
    if (figure->gap == 0) return;
    // Diagonals between the halves, at the upper right and the lower left, represent the omitted sheets.
    double first = (half - 1) * figure->step, last = first + figure->step + figure->gap;
    buffer_print(out, "<g class=\"aespec-more\" fill=\"none\" stroke=\"%s\" stroke-dasharray=\"2.5 2.5\">\n",
                 latent ? ACCENT : OUTLINE);
    struct area back = figure->back;
    line_print((struct point){back.x + back.width + first, back.y + first},
               (struct point){back.x + back.width + last, back.y + last}, out);
    line_print((struct point){back.x + first, back.y + back.height + first},
               (struct point){back.x + last, back.y + back.height + last}, out);
    group_end(out);
}

static void vector_print(const struct figure *figure, bool latent, struct buffer *out) {
    struct area place = figure->place;
    const char *stroke = latent ? ACCENT : OUTLINE;
    double middle = place.x + place.width / 2, end = place.y + place.height;
    size_t units = figure->shape.size[0];
    group_begin(latent ? "latent" : "map", latent ? "#f6dfc3" : "#e9eef4", stroke, latent ? 1.4 : 1, out);
    box_print(place, place.width / 2, out);
    group_end(out);
    group_begin("unit", "#ffffff", stroke, 1, out);
    for (int i = 0; i < UNITS_SHOWN && (size_t)i < units; i++) {
        if (units <= UNITS_SHOWN || i < 2) circle_print(middle, place.y + unit_offset(i), 4, out);
        if (units > UNITS_SHOWN && i < 2) circle_print(middle, end - unit_offset(i), 4, out);
    }
    group_end(out);
    if (units <= UNITS_SHOWN) return;
    group_begin("dots", stroke, "none", 0, out);
    for (int i = -1; i <= 1; i++)
        circle_print(middle, place.y + place.height / 2 + 6 * i, 1.2, out);
    group_end(out);
}

static void figure_print(const struct figure *figure, bool latent, struct buffer *out) {
    buffer_print(out, "<g class=\"aespec-figure\" data-layer=\"");
    escape(figure->name, out);
    buffer_print(out, "\" data-shape=\"");
    for (int i = 0; i < figure->shape.rank; i++)
        buffer_print(out, "%s%zu", i ? " " : "", figure->shape.size[i]);
    buffer_print(out, "\">\n<title>");
    escape(figure->name, out);
    buffer_print(out, "</title>\n");
    if (figure->shape.rank == 3)
        image_print(figure, latent, out);
    else
        vector_print(figure, latent, out);
    group_end(out);
}

static void column_texts_print(const struct topology *topology, const struct column *column, struct buffer *out) {
    double middle = column->middle, row = topology->words_row;
    if (column->role) text_print(TEXT_ROLE, middle, topology->role_row, column->role, out);
    text_print(TEXT_SHAPE, middle, topology->shape_row, column->shape, out);
    for (size_t i = 0; i < column->words.count; i++, row += TEXT_LINE)
        text_print(TEXT_WORDS, middle, row, column->words.line[i], out);
    if (column->parameters) text_print(TEXT_PARAMETERS, middle, row, column->parameters, out);
    if (column->figure_count == 1) return;
    const struct area *lower = &column->figures[1].place;
    text_print(TEXT_HEAD, middle, column->figures[0].place.y - 8, column->figures[0].head, out);
    text_print(TEXT_HEAD, middle, lower->y + lower->height + 16, column->figures[1].head, out);
}

// A convolution reads a window of one image for a point of the other; a transposed one writes one.
struct reach {
    struct area window;
    struct point point;
};

// The window of a point along one axis (0: height), clipped to the image.
static bool reach_along(const struct layer *layer, int axis, size_t window_size, size_t index, double *begin,
                        double *end) {
    *begin = (double)index * layer->arguments[2].pair[axis] - layer->arguments[3].pair[axis];
    *end = *begin + layer->arguments[1].pair[axis];
    if (*begin < 0) *begin = 0;
    if (*end > (double)window_size) *end = (double)window_size;
    return *begin < *end;
}

// The window of the point at these fractions of its image's height and width.
static bool reach_at(const struct layer *layer, const struct figure *windowed, const struct figure *pointed,
                     const double fraction[2], struct reach *reach) {
    double begin[2], end[2], at[2];
    for (int axis = 0; axis < 2; axis++) {
        size_t window_size = windowed->shape.size[axis + 1], size = pointed->shape.size[axis + 1];
        size_t index = (size_t)((double)(size - 1) * fraction[axis]);
        if (!reach_along(layer, axis, window_size, index, &begin[axis], &end[axis])) return false;
        begin[axis] /= (double)window_size;
        end[axis] /= (double)window_size;
        at[axis] = ((double)index + 0.5) / (double)size;
    }
    struct area from = windowed->front, to = pointed->front;
    reach->window = (struct area){from.x + begin[1] * from.width, from.y + begin[0] * from.height,
                                  (end[1] - begin[1]) * from.width, (end[0] - begin[0]) * from.height};
    reach->point = (struct point){to.x + at[1] * to.width, to.y + at[0] * to.height};
    return true;
}

static void reach_print(const struct reach *reach, bool converges, struct buffer *out) {
    struct area window = reach->window;
    double side = converges ? window.x + window.width : window.x;
    buffer_print(out, "<g class=\"aespec-window\" fill=\"" KERNEL "\" fill-opacity=\"0.14\" stroke=\"" KERNEL "\">\n");
    box_print(window, 0, out);
    group_end(out);
    group_begin("kernel", KERNEL, KERNEL, 1, out);
    line_print((struct point){side, window.y}, reach->point, out);
    line_print((struct point){side, window.y + window.height}, reach->point, out);
    circle_print(reach->point.x, reach->point.y, 2.2, out);
    group_end(out);
}

// An arrow along the middle, for layers that keep the shape.
static void arrow_print(const struct figure *from, const struct figure *to, double axis, struct buffer *out) {
    double tip = to->place.x - 5;
    group_begin("link", "none", MUTED, 1, out);
    line_print((struct point){from->place.x + from->place.width + 5, axis}, (struct point){tip, axis}, out);
    buffer_print(out, "<path d=\"M%.2f %.2fL%.2f %.2fL%.2f %.2f\"/>\n", tip - 5, axis - 3.5, tip, axis, tip - 5,
                 axis + 3.5);
    group_end(out);
}

static void convolution_link_print(const struct column *column, const struct figure *from, const struct figure *to,
                                   double axis, bool above, struct buffer *out) {
    bool converges = column->link == LINK_CONV;
    const struct figure *windowed = converges ? from : to, *pointed = converges ? to : from;
    const double aside[2] = {above ? 0.15 : 0.85, 0.65}, centre[2] = {0.5, 0.5};
    struct reach reach;
    if (reach_at(column->layer, windowed, pointed, aside, &reach) ||
        reach_at(column->layer, windowed, pointed, centre, &reach))
        reach_print(&reach, converges, out);
    else
        arrow_print(from, to, axis, out);
}

// The points where lines of a figure begin or end: its units if all are shown, else both ends of its side.
static int anchors_of(const struct figure *figure, bool right, bool ends, struct point *anchors) {
    bool image = figure->shape.rank == 3;
    struct area place = image ? right ? figure->front : figure->back : figure->place;
    double x = right ? place.x + place.width : place.x;
    if (!image && !ends && figure->shape.size[0] <= UNITS_SHOWN) {
        for (int i = 0; (size_t)i < figure->shape.size[0]; i++)
            anchors[i] = (struct point){x, place.y + unit_offset(i)};
        return (int)figure->shape.size[0];
    }
    double inset = image ? 0 : unit_offset(0);
    anchors[0] = (struct point){x, place.y + inset};
    anchors[1] = (struct point){x, place.y + place.height - inset};
    return 2;
}

static void dense_link_print(const struct figure *from, const struct figure *to, struct buffer *out) {
    struct point left[UNITS_SHOWN], right[UNITS_SHOWN];
    int lefts = anchors_of(from, true, false, left), rights = anchors_of(to, false, false, right);
    group_begin("link", "none", WIRE, 0.8, out);
    for (int i = 0; i < lefts; i++)
        for (int j = 0; j < rights; j++)
            line_print(left[i], right[j], out);
    group_end(out);
}

static void fold_link_print(const struct figure *from, const struct figure *to, struct buffer *out) {
    struct point left[UNITS_SHOWN], right[UNITS_SHOWN];
    anchors_of(from, true, true, left);
    anchors_of(to, false, true, right);
    buffer_print(out, "<g class=\"aespec-fold\" fill=\"none\" stroke=\"" WIRE "\" stroke-dasharray=\"4 3\">\n");
    line_print(left[0], right[0], out);
    line_print(left[1], right[1], out);
    group_end(out);
}

static void sample_link_print(const struct column *heads, const struct figure *to, double axis, struct buffer *out) {
    group_begin("sample", "none", ACCENT, 1, out);
    for (int i = 0; i < heads->figure_count; i++) {
        const struct area *place = &heads->figures[i].place;
        line_print((struct point){place->x + place->width + 3, place->y + place->height / 2},
                   (struct point){to->place.x - 3, axis}, out);
    }
    group_end(out);
}

static void link_print(const struct topology *topology, int number, struct buffer *out) {
    const struct column *before = &topology->columns[number - 1], *column = &topology->columns[number];
    const struct figure *from = &before->figures[0], *to = &column->figures[0];
    switch (column->link) {
    case LINK_NONE: break;
    case LINK_CONV:
    case LINK_DECONV: convolution_link_print(column, from, to, topology->axis, number % 2 == 0, out); break;
    case LINK_DENSE:
        for (int i = 0; i < column->figure_count; i++)
            dense_link_print(from, &column->figures[i], out);
        break;
    case LINK_FOLD: fold_link_print(from, to, out); break;
    case LINK_SAME: arrow_print(from, to, topology->axis, out); break;
    case LINK_SAMPLE: sample_link_print(before, to, topology->axis, out); break;
    }
}

static void bracket_print(const struct bracket *bracket, double row, struct buffer *out) {
    if (!bracket->label) return;
    text_print(TEXT_PART, (bracket->left + bracket->right) / 2, row, bracket->label, out);
    group_begin("bracket", "none", MUTED, 1, out);
    buffer_print(out, "<path d=\"M%.2f %.2fv-6H%.2fv6\"/>\n", bracket->left, row + 15, bracket->right);
    group_end(out);
}

static void description_print(const struct topology *topology, struct buffer *out) {
    buffer_print(out, "<desc>From left to right:");
    for (int i = 0; i < topology->count; i++) {
        const struct column *column = &topology->columns[i];
        buffer_print(out, "%s ", i ? ";" : "");
        escape(column->role && i == 0 ? column->role : column->name, out);
        buffer_print(out, " ");
        escape(column->shape, out);
        for (size_t j = 0; j < column->words.count; j++) {
            buffer_print(out, j ? " " : ", ");
            escape(column->words.line[j], out);
        }
    }
    buffer_print(out, ".</desc>\n");
}

static void head_print(const struct topology *topology, struct buffer *out) {
    buffer_print(out,
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"aespec-graph\" width=\"%.0f\" height=\"%.0f\" "
                 "viewBox=\"0 0 %.0f %.0f\" role=\"img\" font-family=\"" FONT "\">\n<title>",
                 topology->width, topology->height, topology->width, topology->height);
    escape(topology->title, out);
    buffer_print(out, ": topology</title>\n");
    description_print(topology, out);
    group_begin("paper", "#ffffff", "#d8dde3", 1, out);
    box_print((struct area){0.5, 0.5, topology->width - 1, topology->height - 1}, 10, out);
    group_end(out);
    group_begin("band", "#fcf4e9", "none", 0, out);
    box_print(topology->band, 6, out);
    group_end(out);
}

void topology_print(const struct topology *topology, struct buffer *out) {
    head_print(topology, out);
    for (int i = 0; i < topology->count; i++)
        for (int j = 0; j < topology->columns[i].figure_count; j++)
            figure_print(&topology->columns[i].figures[j], topology->columns[i].latent, out);
    for (int i = 1; i < topology->count; i++)
        link_print(topology, i, out);

    double left = topology->notes_left;
    text_print(TEXT_TITLE, left, topology->title_row, topology->title, out);
    text_print(TEXT_SUBTITLE, left, topology->subtitle_row, topology->subtitle, out);
    text_print(TEXT_LATENT, topology->band.x + topology->band.width / 2, topology->role_row, topology->latent, out);
    for (int i = 0; i < 2; i++)
        bracket_print(&topology->brackets[i], topology->part_row, out);
    for (int i = 0; i < topology->count; i++)
        column_texts_print(topology, &topology->columns[i], out);
    for (size_t i = 0; i < topology->notes.count; i++)
        text_print(TEXT_NOTE, left, topology->note_row + (double)i * TEXT_LINE, topology->notes.line[i], out);
    buffer_print(out, "</svg>\n");
}
