// Measures of the latent space, each with an explanation.
#include <string.h>

#include "driver/report/report.h"
#include "driver/report/report_html.h"

enum measured_of { EITHER, GAUSSIAN, CODE };

struct measure_row {
    const char *group, *key;    // in the output of `measure --json`; group NULL: a top-level key
    enum measured_of kind;      // the latents that have it
    const char *name, *what, *good;
    const char *needs;    // why it may be missing; NULL if it cannot be
};

static const struct measure_row rows[] = {
    {NULL, "knn", EITHER, "neighbours agree",
     "share of test codes whose label is predicted by their 5 nearest training codes",
     "near 1: labels are separated, although training did not use them", "needs labels and test data"},
    {NULL, "silhouette", EITHER, "silhouette",
     "how much nearer the codes of the same label are than those of the nearest other label",
     "near 1: each label is a cluster; near 0: labels overlap; below 0: other labels are nearer",
     "needs labels, from 2 to 256 different ones"},
    {NULL, "offset", EITHER, "offset", "distance of the codes' mean from 0, in units of their scale",
     "near 0: the codes are centred", "needs codes that differ"},
    {NULL, "kl", GAUSSIAN, "divergence", "KL divergence of the Gaussian fitted to the codes from the prior, in nats",
     "near 0: samples of the prior are distributed like the codes",
     "needs more samples than units, and codes that differ in each of them"},
    {NULL, "occupancy", EITHER, "occupancy", "how evenly the codes fill their hull in the plane",
     "near 1: evenly, without holes", "needs two units or more"},
    {NULL, "cycle", EITHER, "cycle", "how far a point moves when it is decoded and encoded again, in units of scale",
     "near 0: encoder and decoder also agree between the codes", "needs two units or more"},
    {NULL, "nearest", EITHER, "nearest image",
     "squared distance of decoded points to their nearest training image, divided by that of reconstructions",
     "near 1: pictures decoded between the codes are as good as reconstructions",
     "needs two units or more, and test data"},
    {"sharpness", "decoded", EITHER, "sharpness, decoded", "total variation divided by ink, of the decoded points",
     "near that of the images; if much lower, the pictures are blurred", "needs images, and two units or more"},
    {"sharpness", "images", EITHER, "sharpness, images", "the same for the images of the data",
     "the reference for the line above", "needs images"},
    {"live", "units_alive", CODE, "units alive", "units above 0 for at least 80 % of the codes",
     "all units, if the encoder ends in relu", NULL},
    {NULL, "scale", GAUSSIAN, "scale", "standard deviation of the codes: sqrt(trace of their covariance / 2)",
     "near the prior's deviation, for two units", NULL},
    {NULL, "scale", CODE, "scale", "standard deviation of the codes: sqrt(trace of their covariance / 2)",
     "no target; the unit of offset and cycle", NULL},
    {NULL, "prior_std", GAUSSIAN, "prior's deviation", "standard deviation of a unit under the prior",
     "set by the spec", NULL},
    {NULL, "cells", EITHER, "cells", "points of a grid of 20 × 20 inside the hull of the codes; these were decoded",
     "no target; the measures of decoded points are means over these", NULL},
};

static void print_row(const struct report *report, const struct measure_row *row, struct buffer *out) {
    const json_t *group = row->group ? json_object_get(report->measured, row->group) : report->measured;
    const json_t *value = json_object_get(group, row->key);
    buffer_print(out, "<tr><th scope=\"row\">%s", row->name);
    if (strcmp(row->name, row->key) != 0)
        buffer_print(out, " <code class=\"note\">%s%s%s</code>", row->group ? row->group : "", row->group ? "." : "",
                     row->key);
    buffer_print(out, "</th><td>");
    if (json_is_number(value))
        html_number(report->arena, out, json_number_value(value));
    else
        buffer_print(out, "none<br><span class=\"note\">%s</span>", row->needs ? row->needs : "not finite");
    buffer_print(out, "</td><td class=\"words\">%s</td><td class=\"words\">%s</td></tr>\n", row->what, row->good);
}

void report_measures(const struct report *report, struct buffer *out) {
    html_section_begin(out, "measures", "Measures of the latent space");
    if (!report->measured) {
        buffer_print(out, "<p>Not available: the measures require training data and finite codes; <code>aespec "
                          "measure</code> reports "
                          "more.</p>\n");
        html_section_end(out);
        return;
    }
    buffer_print(out, "<p>Of ");
    html_count(report->arena, out, (size_t)json_integer_value(json_object_get(report->measured, "samples")));
    buffer_print(out, " codes of the %s data, by <code>aespec measure</code>.</p>\n",
                 html_escaped(report->arena, json_string_value(json_object_get(report->measured, "split"))));
    enum measured_of kind = json_is_number(json_object_get(report->measured, "prior_std")) ? GAUSSIAN : CODE;
    html_table_begin(out, "Measures, their meaning, and good values", "measure|value|meaning|good value");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kind == EITHER || rows[i].kind == kind) print_row(report, &rows[i], out);
    html_table_end(out);
    html_section_end(out);
}
