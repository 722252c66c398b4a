// The speed of the run, and how to repeat it.
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "driver/report/report.h"
#include "driver/report/report_html.h"
#include "driver/trainers/sets.h"

static const char *fact(const struct report *report, const char *key) {
    const char *text = json_string_value(json_object_get(report->facts, key));
    return text ? text : "";
}

static void row_begin(struct buffer *out, const char *name) {
    buffer_print(out, "<tr><th scope=\"row\">");
    html_text(out, name);
    buffer_print(out, "</th><td>");
}

static void row_end(struct buffer *out) {
    buffer_print(out, "</td></tr>\n");
}

static void text_row(struct buffer *out, const char *name, const char *text) {
    row_begin(out, name);
    html_text(out, text);
    row_end(out);
}

static void seconds_row(const struct report *report, struct buffer *out, const char *name, double seconds) {
    row_begin(out, name);
    html_seconds(report->arena, out, seconds);
    row_end(out);
}

// Prints a setting, which is a word or a number.
static void value_row(const struct report *report, struct buffer *out, const char *name, const json_t *value) {
    row_begin(out, name);
    if (json_is_string(value))
        html_text(out, json_string_value(value));
    else
        html_number(report->arena, out, json_is_number(value) ? json_number_value(value) : NAN);
    row_end(out);
}

static void print_times(const struct report *report, struct buffer *out) {
    const struct table *timing = &report->timing;
    size_t epochs = timing->count - 1;
    double seconds = 0, least = INFINITY, samples = 0;
    for (size_t line = 1; line <= epochs; line++) {
        double own = table_number(timing, line, 1);
        seconds += own;
        least = fmin(least, own);
        samples += own * table_number(timing, line, 2);
    }
    if (epochs == 0) {
        text_row(out, "epochs", "none completed");
        return;
    }
    seconds_row(report, out, "training", seconds);
    seconds_row(report, out, "mean epoch", seconds / (double)epochs);
    seconds_row(report, out, "fastest epoch", least);
    row_begin(out, "samples a second");
    html_count(report->arena, out, (size_t)lround(samples / seconds));
    row_end(out);
}

void report_speed(const struct report *report, struct buffer *out) {
    html_section_begin(out, "speed", "Speed");
    html_table_begin(out, "Time of the training steps, without the test loss", "what|value");
    print_times(report, out);
    value_row(report, out, "threads", json_object_get(report->facts, "threads"));
    text_row(out, "processor's target", fact(report, "target"));
    text_row(out, "numbers", fact(report, "real"));
    text_row(out, "compiler", fact(report, "compiler"));
    text_row(out, "its flags", fact(report, "flags"));
    html_table_end(out);
    html_section_end(out);
}

// Prints a word of a shell command, quoted if it has any special character.
static void add_word(struct buffer *out, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+./:,@%";
    struct buffer quoted = {0};
    if (*word && !word[strspn(word, plain)]) {
        buffer_print(&quoted, "%s", word);
    } else {
        buffer_print(&quoted, "'");
        for (const char *c = word; *c; c++)
            buffer_print(&quoted, *c == '\'' ? "'\\''" : "%c", *c);
        buffer_print(&quoted, "'");
    }
    buffer_print(out, " ");
    html_text(out, quoted.text);
    buffer_free(&quoted);
}

static void add_flag(const struct report *report, struct buffer *out, const char *name, const char *value) {
    char *flag = arena_print(report->arena, "--%s", name);
    for (char *c = flag; *c; c++)
        if (*c == '_') *c = '-';
    add_word(out, flag);
    if (value) add_word(out, value);
}

static const char *value_text(const struct report *report, const json_t *value) {
    return json_is_string(value) ? json_string_value(value) : number_text(report->arena, json_number_value(value));
}

// The value of a setting according to the spec and its --sets; NULL if the spec has no setting of this name.
static const char *setting_text(const struct report *report, const char *name) {
    for (int i = 0; i < SETTING_COUNT; i++)
        if (strcmp(setting_names[i], name) == 0) return sets_value(report->arena, i, report->spec->setting_values[i]);
    return NULL;
}

// Prints settings that differ from those of the spec and its --sets, and always the seed.
static void add_settings(const struct report *report, struct buffer *out) {
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(report->facts, "train"), name, value) {
        const char *text = value_text(report, value);
        const char *other = setting_text(report, name);
        bool same = other && strcmp(text, other) == 0;
        if (!same || strcmp(name, "seed") == 0) add_flag(report, out, name, text);
    }
}

static void print_command(const struct report *report, struct buffer *out) {
    static const char *const limits[] = {"steps", "limit", "init"};
    const json_t *facts = report->facts, *data = json_object_get(facts, "data");
    buffer_print(out, "<pre class=\"command\" tabindex=\"0\"><code>aespec train");
    add_word(out, fact(report, "spec"));
    for (size_t i = 0; i < report->run.set_count; i++)
        add_flag(report, out, "set", report->run.sets[i]);
    const char *path = json_string_value(json_object_get(data, "path"));
    if (path) add_flag(report, out, "data", path);
    add_settings(report, out);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const json_t *value = json_object_get(facts, limits[i]);
        if (value && !json_is_null(value)) add_flag(report, out, limits[i], value_text(report, value));
    }
    if (json_is_false(json_object_get(facts, "shuffle"))) add_flag(report, out, "no_shuffle", NULL);
    if (strcmp(fact(report, "real"), "double") == 0) add_flag(report, out, "real", "double");
    buffer_print(out, "</code></pre>\n");
}

static void print_numbers(const struct report *report, const char *caption, const char *key, struct buffer *out) {
    const json_t *numbers = json_object_get(report->facts, key);
    if (json_object_size(numbers) == 0) return;
    html_table_begin(out, caption, "name|value");
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)numbers, name, value) value_row(report, out, name, value);
    html_table_end(out);
}

static void print_file(const struct report *report, const char *split, const char *kind, const json_t *file,
                       struct buffer *out) {
    if (!file) return;
    buffer_print(out, "<tr><th scope=\"row\">%s, %s</th><td>", split, kind);
    html_text(out, json_string_value(json_object_get(file, "path")));
    buffer_print(out, "</td><td>");
    const json_t *shape = json_object_get(file, "shape");
    for (size_t i = 0; i < json_array_size(shape); i++)
        buffer_print(out, "%s%s", i ? " × " : "",
                     number_grouped(report->arena, (uint64_t)json_integer_value(json_array_get(shape, i))));
    buffer_print(out, "</td><td><code>");
    html_text(out, json_string_value(json_object_get(file, "crc32")));
    buffer_print(out, "</code></td></tr>\n");
}

static void print_files(const struct report *report, struct buffer *out) {
    static const char *const splits[] = {"train", "test"};
    html_table_begin(out, "Data; the checksum is that of the decompressed file", "what|file|shape|CRC-32");
    for (int i = 0; i < 2; i++) {
        const json_t *split = json_object_get(json_object_get(report->facts, "data"), splits[i]);
        print_file(report, splits[i], "images", json_object_get(split, "images"), out);
        print_file(report, splits[i], "labels", json_object_get(split, "labels"), out);
    }
    html_table_end(out);
}

void report_repeat(const struct report *report, struct buffer *out) {
    html_section_begin(out, "repeat", "Repeating the run");
    buffer_print(out, "<p>With the spec above as ");
    html_text(out, fact(report, "spec"));
    buffer_print(out,
                 " and the data below, aespec %s gives the same weights and the same losses, bit for bit, on any "
                 "number of threads, with any C compiler and for any target:</p>\n",
                 html_escaped(report->arena, fact(report, "version")));
    print_command(report, out);
    print_files(report, out);
    buffer_print(out, "<div class=\"plots\">\n");
    print_numbers(report, "Settings", "train", out);
    print_numbers(report, "Weights of the loss", "weights", out);
    print_numbers(report, "Consts", "consts", out);
    buffer_print(out, "</div>\n");
    html_section_end(out);
}
