#include "driver/report/report.h"

#include <string.h>

const char *report_split(const struct report *report) {
    const char *split = json_string_value(json_object_get(report->evaluated, "split"));
    return split && strcmp(split, "train") == 0 ? "train" : "test";
}

size_t report_samples(const struct report *report) {
    return (size_t)json_integer_value(json_object_get(report->evaluated, "samples"));
}

size_t report_units(const struct report *report) {
    return shape_count(report->spec->latent.shape);
}
