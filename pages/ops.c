#include "pages/ops.h"

#include <stdio.h>

#include "pages/rows.h"

// "a, b" or "a, b, c or none"
static const char *inputs_text(struct arena *arena, const struct op_row *row) {
    static const char *const names[OP_INPUTS] = {"a", "b", "c"};
    const char *text = "";
    for (int i = 0; i < row->most && i < OP_INPUTS; i++)
        text = arena_print(arena, "%s%s%s%s", text, i ? ", " : "", names[i], i < row->least ? "" : " or none");
    return text;
}

static const char *attributes_text(enum op_attributes attributes) {
    switch (attributes) {
    case ATTRIBUTES_NONE: return "";
    case ATTRIBUTES_CODE: return "head";
    case ATTRIBUTES_PARAMETER: return "parameter";
    case ATTRIBUTES_TERM: return "term";
    case ATTRIBUTES_SCALAR: return "k";
    case ATTRIBUTES_RANDOM: return "site, probability p";
    case ATTRIBUTES_CONVOLUTION: return "geometry";
    case ATTRIBUTES_REPACK: return "geometry, back";
    case ATTRIBUTES_BIAS: return "image";
    case ATTRIBUTES_PERMUTE: return "image, back";
    }
    return "";
}

static const char *count_text_of(enum op_count count) {
    switch (count) {
    case COUNT_GIVEN: return "given";
    case COUNT_ONE: return "1";
    case COUNT_INPUT: return "of a";
    case COUNT_WIDEST: return "largest of the inputs";
    case COUNT_LARGE: return "of the large image";
    case COUNT_SMALL: return "of the small image";
    case COUNT_WEIGHT: return "of the weight";
    case COUNT_CHANNELS: return "the image's channels";
    case COUNT_IMAGE: return "of the image";
    }
    return "";
}

static const char *extent_text(enum extent extent) {
    switch (extent) {
    case EXTENT_SAMPLE: return "sample";
    case EXTENT_SHARED: return "shared";
    case EXTENT_UNIFORM: return "uniform";
    case EXTENT_INPUTS: return "of the inputs";
    }
    return "";
}

static const char *rule_text(const struct op_row *row) {
    switch (row->rule) {
    case RULE_SLOPE:
    case RULE_FUNCTION: return "yes";
    case RULE_ZERO: return row->most ? "0" : "";
    case RULE_REFUSED: return "refused";
    }
    return "";
}

void ops_print(struct arena *arena, enum op_class class) {
    printf("| op | inputs | attributes | elements | extent | slope | result |\n"
           "| --- | --- | --- | --- | --- | --- | --- |\n");
    for (int op = 0; op < OP_KINDS; op++) {
        const struct op_row *row = &op_rows[op];
        if (row->class != class) continue;
        printf("| `%s` | %s | %s | %s | %s | %s | %s |\n", row->name, inputs_text(arena, row),
               attributes_text(row->attributes), count_text_of(row->count), extent_text(row->extent), rule_text(row),
               text_replace(arena, row->doc, '|', "\\|"));
    }
}
