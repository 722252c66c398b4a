#include "driver/plots/figures.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/json/json.h"
#include "base/message.h"
#include "compiler/compiler.h"
#include "driver/plots/gnuplot.h"
#include "driver/trainers/metrics.h"
#include "driver/trainers/process.h"
#include "driver/trainers/table.h"
#include "runtime/api/build.h"

// Users can edit and rerun the scripts in their folder. Everything that depends on the run is at the top of the script.
static const char loss_script[] =
    "# Loss against epochs. Run it in this folder: gnuplot loss.gnuplot\n"
    "data = 'loss.csv'\n"
    "title = %s\n"
    "panels = %s\n"
    "tested = %d\n"
    "%s\n"
    "columns = words(panels) < 4 ? words(panels) : ceil(sqrt(words(panels)))\n"
    "rows = ceil(1.0 * words(panels) / columns)\n"
    "wide = words(panels) == 1 ? 900 : 480 * columns\n"
    "high = words(panels) == 1 ? 560 : 380 * rows + 40\n"
    "set xlabel 'epoch'\n"
    "stats data using 'epoch' nooutput\n"
    "set xrange [STATS_min - 0.5 : STATS_max + 0.5]\n"
    "set xtics ceil(STATS_max / 10.0)\n"
    "train = \"using 'epoch':(column('train_' . name)) with linespoints linecolor rgb '#4e79a7' \\\n"
    "    linewidth 2 pointtype 7 pointsize 0.5 title 'train'\"\n"
    "test = \"using 'epoch':(column('test_' . name)) with linespoints linecolor rgb '#f28e2b' \\\n"
    "    linewidth 2 pointtype 5 pointsize 0.5 title 'test'\"\n"
    "do for [kind in 'png svg'] {\n"
    "    if (kind eq 'png') {\n"
    "        set terminal pngcairo size wide, high font 'sans,12'\n"
    "    } else {\n"
    "        set terminal svg size wide, high font 'sans,12' background rgb 'white'\n"
    "    }\n"
    "    set output 'loss.' . kind\n"
    "    set multiplot layout rows, columns title title font ',14' noenhanced\n"
    "    do for [i = 1 : words(panels)] {\n"
    "        name = word(panels, i)\n"
    "        if (i == 1) { set key above left } else { set key off }\n"
    "        set ylabel name noenhanced\n"
    "        stats data using (column('train_' . name)) nooutput\n"
    "        if (STATS_min > 0 && STATS_max > 30 * STATS_min) { set logscale y } else { unset logscale y }\n"
    "        if (tested) { plot data @train, data @test } else { plot data @train }\n"
    "    }\n"
    "    unset multiplot\n"
    "}\n";

// Points of different colours overlap, so they are slightly transparent and drawn in the order of the data.
static const char latent_script[] =
    "# The latent space: one point a sample. Run it in this folder: gnuplot latent.gnuplot\n"
    "data = 'latent.csv'\n"
    "labels = %d\n"
    "set title %s font ',14' noenhanced\n"
    "set xlabel %s noenhanced\n"
    "set ylabel %s noenhanced\n"
    "%s\n"
    "set size square\n"
    "array colours[10] = [0x4e79a7, 0xf28e2b, 0xe15759, 0x17a2a8, 0x59a14f, \\\n"
    "                     0xd4a72c, 0x9c6bb0, 0xe377a9, 0x8c5a3c, 0x7f7f7f]\n"
    "colour(label) = labels <= 10 ? colours[1 + int(label)] : hsv2rgb(label / labels, 0.7, 0.8)\n"
    "shown = labels <= 30 ? labels : 0\n"
    "set key outside right center samplen 0.5 spacing 1.3 title 'label'\n"
    "if (shown == 0) { set key off }\n"
    "points = labels > 0 ? \"data using 1:2:(0x50000000 + colour(column('label'))) with points \\\n"
    "    pointtype 7 pointsize 0.35 linecolor rgb variable notitle\" : \\\n"
    "    \"data using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb 0x504e79a7 notitle\"\n"
    "legend = \"for [i = 0 : shown - 1] NaN with points \\\n"
    "    pointtype 7 pointsize 1.2 linecolor rgb colour(i) title sprintf('%%d', i)\"\n"
    "set terminal pngcairo size 1000, 900 font 'sans,12'\n"
    "set output 'latent.png'\n"
    "plot @points, @legend\n"
    "set terminal svg size 1000, 900 font 'sans,12' background rgb 'white'\n"
    "set output 'latent.svg'\n"
    "plot @points, @legend\n";

static const char histogram_script[] =
    "# The distribution of the codes of each latent unit. Run it in this folder: gnuplot histogram.gnuplot\n"
    "data = 'histogram.csv'\n"
    "units = %d\n"
    "title = %s\n"
    "%s\n"
    "columns = ceil(sqrt(units))\n"
    "rows = ceil(1.0 * units / columns)\n"
    "large = units <= 4\n"
    "wide = large ? 480 * columns : 220 * columns\n"
    "high = large ? 360 * rows + 40 : 150 * rows + 60\n"
    "points = large ? 12 : 9\n"
    "set key off\n"
    "set style fill solid 0.8 noborder\n"
    "if (!large) { set format y ''; unset grid; unset ytics; set lmargin 2; set rmargin 3; set tmargin 3; set bmargin "
    "1.5 }\n"
    "do for [kind in 'png svg'] {\n"
    "    if (kind eq 'png') {\n"
    "        set terminal pngcairo size wide, high font sprintf('sans,%%d', points)\n"
    "    } else {\n"
    "        set terminal svg size wide, high font sprintf('sans,%%d', points) background rgb 'white'\n"
    "    }\n"
    "    set output 'histogram.' . kind\n"
    "    set multiplot layout rows, columns title title font ',14' noenhanced\n"
    "    do for [i = 0 : units - 1] {\n"
    "        set xrange [*:*]\n"
    "        set yrange [*:*]\n"
    "        stats data using (column('unit') == i ? column('from') : NaN) nooutput\n"
    "        constant = STATS_records == 1\n"
    "        low = STATS_min\n"
    "        stats data using (column('unit') == i ? column('to') : NaN) nooutput\n"
    "        last = STATS_max\n"
    "        set yrange [0:*]\n"
    "        set title sprintf(constant ? 'unit %%d: constant' : 'unit %%d', i)\n"
    "        if (constant) { set xrange [low - 1 : low + 1] } else { set xrange [low : last] }\n"
    "        if (!large) { set xtics (sprintf('%%.3g', low) low, sprintf('%%.3g', last) last) }\n"
    "        plot data using ((column('from') + column('to')) / 2):(column('unit') == i ? column('count') : NaN): \\\n"
    "            (constant ? 0.5 : column('to') - column('from')) with boxes linecolor rgb '#4e79a7'\n"
    "    }\n"
    "    unset multiplot\n"
    "}\n";

// Files are created in a temporary folder and moved to RUN/figures when they are complete.
struct drawing {
    struct arena *arena;
    const struct figures *figures;
    const char *run, *folder;    // RUN, and the temporary folder
    const char *model;
    struct metrics metrics;
    size_t units;    // of the latent space
    bool drawn;      // all plots so far were drawn; false without gnuplot
};

static const char *path_in(const struct drawing *drawing, const char *name, const char *ending) {
    return arena_print(drawing->arena, "%s/%s.%s", drawing->folder, name, ending);
}

// "MODEL: WHAT" as a string of gnuplot.
static const char *title_of(const struct drawing *drawing, const char *what) {
    return gnuplot_string(drawing->arena, arena_print(drawing->arena, "%s: %s", drawing->model, what));
}

// Reads the model's description from the trainer.
static bool ask_trainer(struct drawing *drawing) {
    struct words words = {0};
    words_add(drawing->arena, &words, drawing->figures->trainer);
    words_split(drawing->arena, &words, "info --json");
    struct buffer answer = {0};
    int code = process_read(&words, &answer);
    json_t *root = code == 0 ? json_loadb(answer.text, answer.length, 0, NULL) : NULL;
    buffer_free(&answer);
    const char *name = json_string_value(json_object_get(root, "model"));
    drawing->model = name ? arena_copy(drawing->arena, name, strlen(name)) : NULL;
    const json_t *shape = json_object_get(json_object_get(root, "latent"), "shape");
    drawing->units = 1;
    for (size_t i = 0; i < json_array_size(shape); i++)
        drawing->units *= (size_t)json_integer_value(json_array_get(shape, i));
    json_decref(root);
    return name != NULL;
}

static int make_data(const struct drawing *drawing) {
    const struct figures *figures = drawing->figures;
    const char *options[][2] = {
        {"--weights", drawing->run}, {"--data", figures->data}, {"--split", figures->split}, {"-o", drawing->folder}};
    struct words words = {0};
    words_program(drawing->arena, &words, figures->trainer, AESPEC_NAME);
    words_add(drawing->arena, &words, "figures");
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (!options[i][1]) continue;
        words_add(drawing->arena, &words, options[i][0]);
        words_add(drawing->arena, &words, options[i][1]);
    }
    int code = process_run(&words, PROCESS_TO_STDERR);
    if (code >= 0) return code;
    return message_error(EXIT_FILE, "cannot run %s: %s", figures->trainer, error_text(errno));
}

static bool loss_write(const struct drawing *drawing, struct buffer *script) {
    struct arena *arena = drawing->arena;
    const struct metrics *metrics = &drawing->metrics;
    if (metrics->epochs == 0) return false;
    struct buffer copy = {0};
    for (size_t i = 0; i < metrics->table.count; i++)
        buffer_print(&copy, "%s\n", metrics->table.line[i]);
    bool written = file_write_inside(path_in(drawing, "loss", "csv"), copy.text, copy.length) == EXIT_OK;
    buffer_free(&copy);
    const char *panels = metrics->quantity[0];
    for (size_t i = 1; i < metrics->quantity_count; i++)
        panels = arena_print(arena, "%s %s", panels, metrics->quantity[i]);
    buffer_print(script, loss_script, title_of(drawing, "loss against epochs"), gnuplot_string(arena, panels),
                 metrics->tested, gnuplot_style);
    return written;
}

static bool latent_write(const struct drawing *drawing, struct buffer *script) {
    struct arena *arena = drawing->arena;
    struct table points;
    if (!table_read(arena, path_in(drawing, "latent", "csv"), &points)) return false;
    const char *head = points.line[0];
    int labels = 0;
    for (size_t i = 1; i < points.count && *table_cell(arena, head, 2); i++) {
        int label = atoi(strrchr(points.line[i], ',') + 1);
        if (label >= labels) labels = label + 1;
    }
    const char *title = title_of(drawing, arena_print(arena, "latent space, %zu samples", points.count - 1));
    buffer_print(script, latent_script, labels, title, gnuplot_string(arena, table_cell(arena, head, 0)),
                 gnuplot_string(arena, table_cell(arena, head, 1)), gnuplot_style);
    return true;
}

static bool histogram_write(const struct drawing *drawing, struct buffer *script) {
    struct table bins;
    if (!table_read(drawing->arena, path_in(drawing, "histogram", "csv"), &bins) || bins.count < 2) return false;
    int units = 1 + atoi(bins.line[bins.count - 1]);
    const char *what = units == 1 ? "spread of the latent unit" : "spread of each latent unit";
    if ((size_t)units < drawing->units)
        what = arena_print(drawing->arena, "spread of the first %d of %zu latent units", units, drawing->units);
    buffer_print(script, histogram_script, units, title_of(drawing, what), gnuplot_style);
    return true;
}

// A plot without data is omitted.
static void make_plot(struct drawing *drawing, const char *name,
                      bool (*write)(const struct drawing *, struct buffer *)) {
    struct buffer script = {0};
    if (write(drawing, &script)) {
        bool written = file_write_inside(path_in(drawing, name, "gnuplot"), script.text, script.length) == EXIT_OK;
        drawing->drawn = drawing->drawn && written &&
                         gnuplot_draw(drawing->arena, drawing->folder, name,
                                      arena_print(drawing->arena, "%s/figures", drawing->run));
    }
    buffer_free(&script);
}

static int move_all(const struct drawing *drawing, const char *to) {
    const char **names;
    size_t count;
    int code = folder_list(drawing->arena, drawing->folder, &names, &count);
    if (code == EXIT_OK) code = folder_make_inside(to);
    for (size_t i = 0; i < count && code == EXIT_OK; i++)
        if (rename(arena_print(drawing->arena, "%s/%s", drawing->folder, names[i]),
                   arena_print(drawing->arena, "%s/%s", to, names[i])) != 0)
            code = message_error(EXIT_FILE, "cannot write to %s: %s", to, error_text(errno));
    return code;
}

static int fill_folder(struct drawing *drawing) {
    int code = metrics_read(drawing->arena, drawing->run, &drawing->metrics);
    if (code == EXIT_OK) code = make_data(drawing);
    if (code != EXIT_OK) return code;
    make_plot(drawing, "loss", loss_write);
    make_plot(drawing, "latent", latent_write);
    make_plot(drawing, "histogram", histogram_write);
    const char *to = arena_print(drawing->arena, "%s/figures", drawing->run);
    code = move_all(drawing, to);
    if (code != EXIT_OK) return code;
    if (!drawing->drawn) return EXIT_FILE;
    if (!drawing->figures->quiet) message_note("figures are in %s", to);
    return EXIT_OK;
}

int figures_make(struct arena *arena, const struct figures *figures) {
    struct drawing drawing = {.arena = arena, .figures = figures, .drawn = true};
    if (!ask_trainer(&drawing)) return message_error(EXIT_FILE, "cannot run %s", figures->trainer);
    drawing.run = figures->run ? figures->run : arena_print(arena, "runs/%s", drawing.model);
    int code = folder_make_temporary(arena, drawing.run, "figures", &drawing.folder);
    if (code != EXIT_OK) return code;
    code = fill_folder(&drawing);
    folder_remove(drawing.folder);
    return code;
}
