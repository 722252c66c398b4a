#include "figures.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/buffer.h"
#include "files.h"
#include "process.h"
#include "tell.h"

static const char script_head[] =
    "# The latent space: one point a sample. Run it in this folder: gnuplot latent.gnuplot\n"
    "data = 'latent.csv'\n"
    "set datafile separator ','\n"
    "set title '%s: latent space, %zu samples' font ',14' noenhanced\n"
    "set xlabel '%s' noenhanced\n"
    "set ylabel '%s' noenhanced\n"
    "set size square\n"
    "set border 3 linecolor rgb '#666666'\n"
    "set tics nomirror out scale 0.6 textcolor rgb '#444444'\n"
    "set grid linecolor rgb '#e4e4e4'\n";

// Every colour is drawn over white and over the others, so points are a little transparent and in the data's order.
static const char script_labelled[] =
    "\n"
    "labels = %d\n"
    "array colours[10] = [0x4e79a7, 0xf28e2b, 0xe15759, 0x17a2a8, 0x59a14f, \\\n"
    "                     0xd4a72c, 0x9c6bb0, 0xe377a9, 0x8c5a3c, 0x7f7f7f]\n"
    "colour(label) = colours[1 + int(label) %% 10]\n"
    "set key outside right center samplen 0.5 spacing 1.3 title 'label'\n"
    "points = \"data using 1:2:(0x50000000 + colour(column('label'))) with points \\\n"
    "          pointtype 7 pointsize 0.35 linecolor rgb variable notitle\"\n"
    "legend = \"for [i = 0 : labels - 1] NaN with points \\\n"
    "          pointtype 7 pointsize 1.2 linecolor rgb colour(i) title sprintf('%%d', i)\"\n";

static const char script_plain[] =
    "\n"
    "set key off\n"
    "points = \"data using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb 0x504e79a7\"\n"
    "legend = \"NaN\"\n";

static const char script_tail[] = "\n"
                                  "set terminal pngcairo size 1000, 900 font 'sans,12'\n"
                                  "set output 'latent.png'\n"
                                  "plot @points, @legend\n"
                                  "set terminal svg size 1000, 900 font 'sans,12' background rgb 'white'\n"
                                  "set output 'latent.svg'\n"
                                  "plot @points, @legend\n";

// What the picture needs to know of latent.csv.
struct codes {
    char axis[2][32];    // names of the first two columns
    size_t samples;
    int labels;    // 1 + the largest, 0 when there is no column of labels
};

struct model {
    const char *name;
    size_t latent_units;
};

static bool ask_trainer(struct arena *arena, const char *trainer, struct model *model) {
    struct words words = {0};
    words_add(arena, &words, trainer);
    words_split(arena, &words, "info --json");
    struct buffer answer = {0};
    int code = process_read(&words, &answer);
    json_t *root = code == 0 ? json_loadb(answer.text, answer.length, 0, NULL) : NULL;
    buffer_free(&answer);
    const char *name = json_string_value(json_object_get(root, "model"));
    const json_t *shape = json_object_get(json_object_get(root, "latent"), "shape");
    *model = (struct model){name ? arena_copy(arena, name, strlen(name)) : NULL, 1};
    for (size_t i = 0; i < json_array_size(shape); i++)
        model->latent_units *= (size_t)json_integer_value(json_array_get(shape, i));
    json_decref(root);
    return name != NULL;
}

static int make_codes(struct arena *arena, const char *trainer, const char *run, const char *data, const char *csv) {
    struct words words = {0};
    words_add(arena, &words, trainer);
    words_split(arena, &words, "encode --weights");
    words_add(arena, &words, run);
    if (data) {
        words_add(arena, &words, "--data");
        words_add(arena, &words, data);
    }
    words_add(arena, &words, "-o");
    words_add(arena, &words, csv);
    return process_run(&words, PROCESS_TO_STDERR);
}

static int label_of(const char *line, size_t length) {
    size_t begin = length;
    while (begin > 0 && line[begin - 1] != ',')
        begin--;
    int label = 0;
    for (; begin < length && line[begin] >= '0' && line[begin] <= '9' && label < 1000; begin++)
        label = 10 * label + (line[begin] - '0');
    return label;
}

static bool read_codes(const char *csv, struct codes *codes) {
    struct buffer text = {0};
    if (!file_read(csv, &text) || text.length == 0) {
        buffer_free(&text);
        return false;
    }
    *codes = (struct codes){0};
    const char *line = text.text, *end;
    bool named = sscanf(line, "%31[^,\n],%31[^,\n]", codes->axis[0], codes->axis[1]) == 2;
    bool labelled = strstr(line, ",label\n") != NULL;
    while (named && (line = strchr(line, '\n')) && *++line) {
        end = strchr(line, '\n');
        int label = label_of(line, end ? (size_t)(end - line) : strlen(line));
        if (labelled && label >= codes->labels) codes->labels = label + 1;
        codes->samples++;
    }
    buffer_free(&text);
    return named;
}

static bool write_script(const char *path, const char *name, const struct codes *codes) {
    struct buffer script = {0};
    buffer_print(&script, script_head, name, codes->samples, codes->axis[0], codes->axis[1]);
    if (codes->labels > 0)
        buffer_print(&script, script_labelled, codes->labels);
    else
        buffer_add(&script, script_plain, strlen(script_plain));
    buffer_add(&script, script_tail, strlen(script_tail));
    bool written = file_write(path, script.text, script.length, 0666);
    buffer_free(&script);
    return written;
}

// gnuplot doubles a quote inside quotes.
static const char *change_folder(struct arena *arena, const char *folder) {
    struct buffer command = {0};
    buffer_print(&command, "cd '");
    for (const char *c = folder; *c; c++)
        buffer_print(&command, *c == '\'' ? "''" : "%c", *c);
    buffer_print(&command, "'");
    const char *text = arena_copy(arena, command.text, command.length);
    buffer_free(&command);
    return text;
}

static void run_gnuplot(struct arena *arena, const char *folder) {
    struct words words = {0};
    words_split(arena, &words, "gnuplot -e");
    words_add(arena, &words, change_folder(arena, folder));
    words_add(arena, &words, "latent.gnuplot");
    int code = process_run(&words, PROCESS_TO_STDERR);
    if (code < 0 && errno == ENOENT)
        tell("gnuplot is not installed: %s/latent.gnuplot is there, its pictures are not", folder);
    else if (code != 0)
        tell("gnuplot could not draw %s/latent.gnuplot", folder);
    else
        tell("figures: %s/latent.png, %s/latent.svg", folder, folder);
}

void figures_make(struct arena *arena, const char *trainer, const char *out, const char *data) {
    struct model model;
    if (!ask_trainer(arena, trainer, &model) || model.latent_units != 2) return;
    const char *run = out ? out : arena_print(arena, "runs/%s", model.name);
    const char *folder = arena_print(arena, "%s/figures", run);
    const char *csv = arena_print(arena, "%s/latent.csv", folder);
    struct codes codes;
    if (!folder_make(folder) || make_codes(arena, trainer, run, data, csv) != 0 || !read_codes(csv, &codes) ||
        !write_script(arena_print(arena, "%s/latent.gnuplot", folder), model.name, &codes))
        tell("the figures in %s could not be made", folder);
    else
        run_gnuplot(arena, folder);
}
