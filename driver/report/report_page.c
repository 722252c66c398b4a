// The page: header, key facts, and the sections in order.
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "driver/report/report.h"
#include "driver/report/report_html.h"

static const char style[] =
#include "driver/report/report.css.def"
    ;

// The page contains its style sheet, style attributes and pictures. Nothing else may be loaded, run or sent.
static const char content_policy[] =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

static void fact_begin(struct buffer *out, const char *name) {
    buffer_print(out, "<div><dt>%s</dt><dd>", name);
}

static void fact_end(struct buffer *out) {
    buffer_print(out, "</dd></div>\n");
}

static void print_epochs(const struct report *report, struct buffer *out) {
    const json_t *planned = json_object_get(json_object_get(report->facts, "train"), "epochs");
    size_t epochs = report->metrics.epochs;
    fact_begin(out, "epochs");
    html_count(report->arena, out, epochs);
    if (epochs != (size_t)json_integer_value(planned))
        buffer_print(out, " of %s", number_grouped(report->arena, (uint64_t)json_integer_value(planned)));
    fact_end(out);
}

static void print_facts(const struct report *report, struct buffer *out) {
    struct arena *arena = report->arena;
    const struct table *metrics = &report->metrics.table;
    buffer_print(out, "<dl class=\"facts\">\n");
    fact_begin(out, "parameters");
    html_count(arena, out, report->costs.parameters);
    fact_end(out);
    fact_begin(out, "latent units");
    html_count(arena, out, report_units(report));
    fact_end(out);
    if (report->metrics.epochs > 0) {
        fact_begin(out, "training loss");
        html_number(arena, out, table_number(metrics, report->metrics.epochs, 1));
        fact_end(out);
    }
    const json_t *loss = json_object_get(report->evaluated, "loss");
    fact_begin(out, strcmp(report_split(report), "test") == 0 ? "test loss" : "loss on the training data");
    html_number(arena, out, json_is_number(loss) ? json_number_value(loss) : NAN);
    fact_end(out);
    print_epochs(report, out);
    double seconds = 0;
    for (size_t line = 1; line < report->timing.count; line++)
        seconds += table_number(&report->timing, line, 1);
    fact_begin(out, "training time");
    html_seconds(arena, out, seconds);
    fact_end(out);
    buffer_print(out, "</dl>\n");
    if (report->own_data && !report->split) return;
    buffer_print(out, "<p class=\"note\">Latent space, reconstructions and measures are those of the %s data",
                 report_split(report));
    if (!report->own_data) {
        buffer_print(out, " in ");
        html_text(out, report->data);
    }
    buffer_print(out, "; the losses below are those of the training.</p>\n");
}

static void print_contents(struct buffer *out) {
    static const char *const entries[][2] = {{"spec", "spec"},
                                             {"topology", "topology"},
                                             {"loss", "loss"},
                                             {"latent", "latent space"},
                                             {"reconstructions", "reconstructions"},
                                             {"plane", "plane"},
                                             {"measures", "measures"},
                                             {"speed", "speed"},
                                             {"repeat", "repeat"}};
    buffer_print(out, "<nav aria-label=\"Contents\">");
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        buffer_print(out, "<a href=\"#%s\">%s</a> ", entries[i][0], entries[i][1]);
    buffer_print(out, "</nav>\n");
}

static void print_spec(const struct report *report, struct buffer *out) {
    html_section_begin(out, "spec", "Spec");
    buffer_print(out, "<pre class=\"spec\" tabindex=\"0\"><code>");
    buffer_add(out, report->source.text ? report->source.text : "", report->source.length);
    buffer_print(out, "</code></pre>\n");
    if (report->run.set_count > 0) {
        buffer_print(out, "<p>With");
        for (size_t i = 0; i < report->run.set_count; i++) {
            buffer_print(out, "%s <code>--set ", i ? "," : "");
            html_text(out, report->run.sets[i]);
            buffer_print(out, "</code>");
        }
        buffer_print(out, ".</p>\n");
    }
    html_section_end(out);
}

static void print_topology(const struct report *report, struct buffer *out) {
    html_section_begin(out, "topology", "Topology");
    buffer_print(out, "<div class=\"box graph\" tabindex=\"0\" role=\"group\" aria-label=\"Topology, to scale\">\n");
    buffer_add(out, report->topology.text, report->topology.length);
    buffer_print(out, "</div>\n");
    html_section_end(out);
}

void report_page(const struct report *report, struct buffer *out) {
    const char *model = html_escaped(report->arena, report->spec->model);
    buffer_print(out,
                 "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n<title>%s – a run of aespec</title>\n",
                 content_policy, model);
    buffer_print(out, "<style>\n%s</style>\n</head>\n<body>\n<main>\n<header>\n", style);
    buffer_print(out, "<p class=\"kind\">a run of aespec</p>\n<h1>%s</h1>\n", model);
    print_facts(report, out);
    print_contents(out);
    buffer_print(out, "</header>\n");
    print_spec(report, out);
    print_topology(report, out);
    report_loss(report, out);
    report_latent(report, out);
    report_reconstructions(report, out);
    report_plane(report, out);
    report_measures(report, out);
    report_speed(report, out);
    report_repeat(report, out);
    buffer_print(out, "</main>\n</body>\n</html>\n");
}
