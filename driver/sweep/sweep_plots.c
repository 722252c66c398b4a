#include "driver/sweep/sweep_plots.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/message.h"
#include "driver/plots/gnuplot.h"

static bool is_epochs(const struct sweep_plan *plan, size_t axis) {
    return strcmp(plan->axis[axis].name, "epochs") == 0;
}

// The index of a training's value of an axis; -1 if the axis has no effect on the training, which then covers several
// values.
static long value_of(const struct sweep_plan *plan, size_t training, size_t axis) {
    long found = -1;
    for (size_t i = 0; i < plan->points; i++) {
        const struct sweep_point *point = &plan->point[i];
        if (point->training != training) continue;
        if (found >= 0 && found != (long)point->value[axis]) return -1;
        found = (long)point->value[axis];
    }
    return found;
}

// The losses of all trainings, a block of lines each: epoch, loss, then the index of its value of each axis.
static void print_curves(const struct sweep_results *results, struct buffer *out) {
    const struct sweep_plan *plan = results->run->plan;
    buffer_print(out, "epoch,loss,");
    sweep_names_print(plan, out);
    buffer_print(out, "\n");
    bool *seen = ARENA_ARRAY(results->arena, bool, plan->trainings);
    for (size_t i = 0; i < plan->points; i++) {
        const struct sweep_point *point = &plan->point[i];
        const struct sweep_losses *losses = sweep_losses_of(results, point);
        if (seen[point->training] || point->epochs < plan->training[point->training].epochs) continue;
        seen[point->training] = true;
        struct buffer values = {0};
        for (size_t axis = 0; axis < plan->axes; axis++)
            buffer_print(&values, ",%ld", value_of(plan, point->training, axis));
        for (size_t epoch = 0; epoch < point->epochs; epoch++) {
            buffer_print(out, "%zu,%s%s\n", epoch + 1, (losses->tested ? losses->test : losses->train)[epoch],
                         values.text);
        }
        buffer_free(&values);
        buffer_print(out, "\n");
    }
}

// NAME = 'TEXT'
static void print_string(const struct sweep_results *results, const char *name, const char *text, struct buffer *out) {
    buffer_print(out, "%s = %s\n", name, gnuplot_string(results->arena, text));
}

static const char *join_values(struct arena *arena, const struct sweep_axis_values *axis) {
    const char *list = axis->value[0];
    for (size_t i = 1; i < axis->count; i++)
        list = arena_print(arena, "%s %s", list, axis->value[i]);
    return list;
}

static const char curves_head[] = "# Loss against epochs, coloured by each axis; grey where it has no effect. Run it "
                                  "in this folder: gnuplot curves.gnuplot\n"
                                  "data = 'curves.csv'\n";

static const char curves_tail[] =
    "columns = axes < 3 ? axes : 2\n"
    "rows = ceil(1.0 * axes / columns)\n"
    "array colours[8] = [0x4e79a7, 0xf28e2b, 0xe15759, 0x17a2a8, 0x59a14f, 0xd4a72c, 0x9c6bb0, 0x7f7f7f]\n"
    "colour(i) = i < 0 ? 0xbbbbbb : colours[1 + int(i) % 8]\n"
    "set xlabel 'epoch'\n"
    "set ylabel loss\n"
    "stats data using 'epoch' nooutput\n"
    "set xtics ceil(STATS_max / 10.0)\n"
    "set key outside right top noenhanced\n"
    "stats data using 2 nooutput\n"
    "top = STATS_up_quartile * (STATS_min > 0 ? 3 : 1.5)\n"
    "if (STATS_min > 0) {\n"
    "    set logscale y\n"
    "    if (top < 1000 * STATS_min) {\n"
    "        do for [decade = -9 : 9] { set ytics add (sprintf('%g', 2 * 10.0**decade) 2 * 10.0**decade, \\\n"
    "                                                  sprintf('%g', 5 * 10.0**decade) 5 * 10.0**decade) }\n"
    "    }\n"
    "}\n"
    "set yrange [STATS_min * 0.9 : top > STATS_max ? STATS_max * 1.1 : top]\n"
    "do for [kind in 'png svg'] {\n"
    "    if (kind eq 'png') {\n"
    "        set terminal pngcairo size 620 * columns, 440 * rows + 40 font 'sans,12'\n"
    "    } else {\n"
    "        set terminal svg size 620 * columns, 440 * rows + 40 font 'sans,12' background rgb 'white'\n"
    "    }\n"
    "    set output 'curves.' . kind\n"
    "    set multiplot layout rows, columns title title font ',14' noenhanced\n"
    "    do for [i = 1 : axes] {\n"
    "        set title word(names, i) noenhanced\n"
    "        plot data using 1:2:(colour(column(2 + column_of[i]))) with lines linecolor rgb variable notitle, \\\n"
    "            for [j = 1 : words(values[i])] NaN with lines linewidth 3 linecolor rgb colour(j - 1) \\\n"
    "            title word(values[i], j)\n"
    "    }\n"
    "    unset multiplot\n"
    "}\n";

// One panel for each axis that has several values, except epochs, which is the horizontal axis.
static void print_curves_script(const struct sweep_results *results, struct buffer *out) {
    const struct sweep_plan *plan = results->run->plan;
    struct arena *arena = results->arena;
    struct buffer lists = {0};
    const char *names = "";
    size_t axes = 0;
    for (size_t i = 0; i < plan->axes; i++) {
        if (is_epochs(plan, i) || plan->axis[i].count < 2) continue;
        axes++;
        names = arena_print(arena, "%s%s%s", names, axes > 1 ? " " : "", plan->axis[i].name);
        buffer_print(&lists, "column_of[%zu] = %zu\n", axes, i + 1);
        print_string(results, arena_print(arena, "values[%zu]", axes), join_values(arena, &plan->axis[i]), &lists);
    }
    if (axes > 0) {
        buffer_print(out, "%s", curves_head);
        print_string(results, "title", arena_print(arena, "%s: all trainings of the sweep", plan->model), out);
        print_string(results, "loss", results->losses[0].tested ? "test loss" : "train loss", out);
        buffer_print(out, "axes = %zu\n", axes);
        print_string(results, "names", names, out);
        buffer_print(out, "array column_of[axes]\narray values[axes]\n%s%s%s", lists.text, gnuplot_style, curves_tail);
    }
    buffer_free(&lists);
}

// The two axes of a heat map: the last two, except epochs, that have several values.
struct map {
    size_t across, up, panels;
};

static bool map_choose(const struct sweep_plan *plan, struct map *map) {
    size_t found = 0;
    for (size_t i = plan->axes; i-- > 0 && found < 2;) {
        if (is_epochs(plan, i) || plan->axis[i].count < 2) continue;
        *(found ? &map->up : &map->across) = i;
        found++;
    }
    map->panels = plan->points / (found == 2 ? plan->axis[map->across].count * plan->axis[map->up].count : 1);
    return found == 2;
}

// The values of the other axes of a point, except epochs; the name of its panel.
static const char *panel_of(struct arena *arena, const struct sweep_plan *plan, const struct map *map,
                            const struct sweep_point *point) {
    const char *name = "";
    for (size_t i = 0; i < plan->axes; i++) {
        if (i == map->across || i == map->up || is_epochs(plan, i) || plan->axis[i].count < 2) continue;
        name = arena_print(arena, "%s%s%s %s", name, *name ? ", " : "", plan->axis[i].name,
                           plan->axis[i].value[point->value[i]]);
    }
    return *name ? name : plan->model;
}

// One row for each point with the most epochs: panel, horizontal and vertical index, loss. The names of the panels are
// in the order of their numbers.
static size_t print_map(const struct sweep_results *results, const struct map *map, struct buffer *out,
                        const char **panel) {
    const struct sweep_plan *plan = results->run->plan;
    size_t panels = 0, longest = 0;
    for (size_t i = 0; i < plan->points; i++)
        if (plan->point[i].epochs > longest) longest = plan->point[i].epochs;
    buffer_print(out, "panel,across,up,loss\n");
    for (size_t i = 0; i < plan->points; i++) {
        const struct sweep_point *point = &plan->point[i];
        if (point->epochs < longest) continue;
        const char *name = panel_of(results->arena, plan, map, point);
        size_t number = 0;
        while (number < panels && strcmp(panel[number], name) != 0)
            number++;
        if (number == panels) panel[panels++] = name;
        double loss = sweep_final_loss(results, point);
        buffer_print(out, isnan(loss) ? "%zu,%zu,%zu,nan\n" : "%zu,%zu,%zu,%.9g\n", number, point->value[map->across],
                     point->value[map->up], loss);
    }
    return panels;
}

static const char map_tail[] =
    "columns = panels < 4 ? panels : ceil(sqrt(panels))\n"
    "rows = ceil(1.0 * panels / columns)\n"
    "set key off\n"
    "set palette defined (0 '#4f9f84', 0.35 '#a6d4b6', 0.6 '#f6f0d5', 0.8 '#e9a15b', 1 '#cf6a4c')\n"
    "stats data using 4 nooutput\n"
    "if (STATS_min > 0) { set logscale cb }\n"
    "set cbrange [STATS_min : STATS_up_quartile > STATS_min ? STATS_up_quartile * 3 : STATS_min + 1]\n"
    "unset colorbox\n"
    "unset grid\n"
    "set xrange [-0.5 : words(across) - 0.5]\n"
    "set yrange [-0.5 : words(up) - 0.5]\n"
    "set xlabel across_name noenhanced\n"
    "set ylabel up_name noenhanced\n"
    "set xtics ()\n"
    "set ytics ()\n"
    "set for [i = 1 : words(across)] xtics add (word(across, i) i - 1)\n"
    "set for [i = 1 : words(up)] ytics add (word(up, i) i - 1)\n"
    "do for [kind in 'png svg'] {\n"
    "    if (kind eq 'png') {\n"
    "        set terminal pngcairo size 480 * columns, 360 * rows + 40 font 'sans,11'\n"
    "    } else {\n"
    "        set terminal svg size 480 * columns, 360 * rows + 40 font 'sans,11' background rgb 'white'\n"
    "    }\n"
    "    set output 'map.' . kind\n"
    "    set multiplot layout rows, columns title title font ',14' noenhanced\n"
    "    do for [i = 0 : panels - 1] {\n"
    "        set title names[i + 1] noenhanced\n"
    "        plot data using (column('panel') == i ? column('across') : NaN):(column('up')):(0.48):(0.48): \\\n"
    "                (column('loss')) with boxxyerror fillstyle solid 1 noborder linecolor palette, \\\n"
    "            '' using (column('panel') == i ? column('across') : NaN):(column('up')): \\\n"
    "                (stringcolumn('loss') eq 'nan' ? 'diverged' : sprintf('%.4g', column('loss'))) with labels\n"
    "    }\n"
    "    unset multiplot\n"
    "}\n";

static void print_map_script(const struct sweep_results *results, const struct map *map, const char *const *panel,
                             size_t panels, struct buffer *out) {
    const struct sweep_plan *plan = results->run->plan;
    const struct sweep_axis_values *across = &plan->axis[map->across], *up = &plan->axis[map->up];
    struct arena *arena = results->arena;
    const char *title = arena_print(arena, "%s: %s loss after the last epoch", plan->model,
                                    results->losses[0].tested ? "test" : "train");
    buffer_print(out, "# Final loss over two axes. Run it in this folder: gnuplot map.gnuplot\ndata = 'map.csv'\n");
    print_string(results, "title", title, out);
    print_string(results, "across_name", across->name, out);
    print_string(results, "across", join_values(arena, across), out);
    print_string(results, "up_name", up->name, out);
    print_string(results, "up", join_values(arena, up), out);
    buffer_print(out, "panels = %zu\narray names[panels]\n", panels);
    for (size_t i = 0; i < panels; i++)
        print_string(results, arena_print(arena, "names[%zu]", i + 1), panel[i], out);
    buffer_print(out, "%s%s", gnuplot_style, map_tail);
}

static int write_plot(const struct sweep_results *results, const char *folder, const char *name,
                      const struct buffer *data, const struct buffer *script) {
    struct arena *arena = results->arena;
    int code = file_write_inside(arena_print(arena, "%s/%s.csv", folder, name), data->text, data->length);
    if (code != EXIT_OK) return code;
    return file_write_inside(arena_print(arena, "%s/%s.gnuplot", folder, name), script->text, script->length);
}

void sweep_plots_draw(const struct sweep_results *results) {
    struct arena *arena = results->arena;
    const struct sweep_plan *plan = results->run->plan;
    const char *folder = arena_print(arena, "%s/figures", results->run->folder);
    struct buffer curves = {0}, curves_script = {0}, cells = {0}, map_script = {0};
    struct map map;
    print_curves(results, &curves);
    print_curves_script(results, &curves_script);
    bool written = folder_make_inside(folder) == EXIT_OK, drawn = true;
    if (curves_script.length > 0) {
        written = written && write_plot(results, folder, "curves", &curves, &curves_script) == EXIT_OK;
        drawn = written && gnuplot_draw(arena, folder, "curves", folder);
    }
    if (map_choose(plan, &map)) {
        const char **panel = ARENA_ARRAY(arena, const char *, map.panels + 1);
        size_t panels = print_map(results, &map, &cells, panel);
        print_map_script(results, &map, panel, panels, &map_script);
        written = written && write_plot(results, folder, "map", &cells, &map_script) == EXIT_OK;
        drawn = drawn && written && gnuplot_draw(arena, folder, "map", folder);
    }
    if (drawn && !results->run->quiet) message_note("plots are in %s", folder);
    buffer_free(&curves);
    buffer_free(&curves_script);
    buffer_free(&cells);
    buffer_free(&map_script);
}
