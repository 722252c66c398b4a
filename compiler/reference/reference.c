// reference PAGE   prints the page with its tables made anew from the rows that the compiler itself reads.
//
// A table stands between the lines "<!-- table: NAME -->" and "<!-- end -->". Exit code 1 when a name is unknown, an
// end is missing or a table stands nowhere in the page, 3 when the page cannot be read.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "evaluate.h"

// What only settings can be, beside the kinds of arguments.
enum { ARGUMENT_OPTIMIZER = ARGUMENT_ENCODER + 1, ARGUMENT_REDUCTION };

struct setting_row {
    const char *name, *doc;
    int kind;
    double initial, least, most;
};

static const struct setting_row setting_rows[AE_SETTING_COUNT] = {
#define SETTING(id, kind, initial, least, most, doc) {#id, doc, ARGUMENT_##kind, initial, least, most},
#include "settings.def"
};

static const char *const data_docs[DATA_ROWS] = {
#define DATA(name, doc) doc,
#include "tables.def"
};

static struct arena arena;

static const char *number(double value) {
    return floor(value) == value ? arena_print(&arena, "%.0f", value) : number_text(&arena, value);
}

// A '|' would end the cell of a table.
static const char *cell(const char *doc) {
    const char *bar = strchr(doc, '|');
    return bar ? arena_print(&arena, "%.*s\\|%s", (int)(bar - doc), doc, cell(bar + 1)) : doc;
}

// Limits of this size only keep numbers finite.
static bool is_limit(double bound) {
    return fabs(bound) < 1e30;
}

static const char *range_text(double least, double most) {
    if (is_limit(least) && is_limit(most)) return arena_print(&arena, "%s to %s", number(least), number(most));
    return is_limit(least) ? arena_print(&arena, "at least %s", number(least)) : "any";
}

static const char *value_text(int kind, double least, double most) {
    const char *range = range_text(least, most);
    switch (kind) {
    case ARGUMENT_WHOLE: return arena_print(&arena, "whole number, %s", range);
    case ARGUMENT_PAIR: return arena_print(&arena, "whole number, or `[height, width]`, %s", range);
    case ARGUMENT_REAL: return arena_print(&arena, "number, %s", range);
    case ARGUMENT_POSITIVE: return arena_print(&arena, "number above %s", number(least));
    case ARGUMENT_FRACTION: return arena_print(&arena, "number, at least %s and below %s", number(least), number(most));
    case ARGUMENT_SIZES: return arena_print(&arena, "1 or 3 whole numbers, each %s", range);
    case ARGUMENT_ENCODER: return "the word `encoder`";
    case ARGUMENT_OPTIMIZER: return "`adam` or `sgd`";
    default: return "`mean` or `sum`";
    }
}

static const char *initial_text(const struct argument_row *argument) {
    if (isnan(argument->initial)) return "needed";
    return isinf(argument->initial) ? "may be left out" : number(argument->initial);
}

// "conv(channels, kernel, stride = 1)"
static void call_print(const struct row *row) {
    const struct argument_row *argument = row->arguments;
    printf("`%s", row->name);
    for (int i = 0; argument[i].name; i++) {
        printf("%s%s", i ? ", " : "(", argument[i].name);
        if (isfinite(argument[i].initial)) printf(" = %s", number(argument[i].initial));
    }
    printf("%s`", argument[0].name ? ")" : "");
}

static void arguments_print(const struct row *row) {
    for (const struct argument_row *argument = row->arguments; argument->name; argument++)
        printf("| `%s` | `%s` | %s | %s |\n", row->name, argument->name,
               value_text(argument->kind, argument->least, argument->most), initial_text(argument));
}

static void rows_print(bool activations) {
    printf("| %s | what it computes |\n| --- | --- |\n", activations ? "activation" : "layer");
    for (int i = 0; i < LAYER_KINDS; i++) {
        if (layer_is_activation((enum layer_kind)i) != activations) continue;
        printf("| ");
        call_print(&layer_rows[i]);
        printf(" | %s |\n", cell(layer_rows[i].doc));
    }
}

static void layers_print(void) {
    rows_print(false);
}

static void activations_print(void) {
    rows_print(true);
}

static void all_arguments_print(void) {
    printf("| of | argument | value | default |\n| --- | --- | --- | --- |\n");
    for (int i = 0; i < LAYER_KINDS; i++)
        arguments_print(&layer_rows[i]);
    for (int i = 0; i < LATENT_ROWS; i++)
        arguments_print(&latent_rows[i].row);
}

static void latents_print(void) {
    printf("| latent | written with | what it is |\n| --- | --- | --- |\n");
    for (int i = 0; i < LATENT_ROWS; i++) {
        printf("| ");
        call_print(&latent_rows[i].row);
        printf(" | `%c` | %s |\n", latent_rows[i].symbol, cell(latent_rows[i].row.doc));
    }
}

static void terms_print(void) {
    static const char *const targets[] = {"the input", "the latent", "a gaussian latent"};
    printf("| term | of | of one sample |\n| --- | --- | --- |\n");
    for (int i = 0; i < TERM_KINDS; i++)
        printf("| `%s(%s)` | %s | %s |\n", term_rows[i].name, term_rows[i].target == TARGET_INPUT ? "x" : "z",
               targets[term_rows[i].target], cell(term_rows[i].doc));
}

static void functions_print(void) {
    printf("| function | arguments | value |\n| --- | --- | --- |\n");
    for (int i = 0; i < FUNCTION_ROWS; i++) {
        const struct function_row *row = &function_rows[i];
        printf("| `%s` | %d", row->name, row->least);
        if (row->most > row->least) printf(" to %d", row->most);
        printf(" | %s |\n", cell(row->doc));
    }
}

static void data_print(void) {
    printf("| setting | meaning |\n| --- | --- |\n");
    for (int i = 0; i < DATA_ROWS; i++)
        printf("| `%s` | %s |\n", data_rows[i], cell(data_docs[i]));
}

static void settings_print(void) {
    printf("| setting | value | default | meaning |\n| --- | --- | --- | --- |\n");
    for (int i = 0; i < AE_SETTING_COUNT; i++) {
        const struct setting_row *row = &setting_rows[i];
        const char *initial = row->kind == ARGUMENT_OPTIMIZER   ? "adam"
                              : row->kind == ARGUMENT_REDUCTION ? "mean"
                                                                : number(row->initial);
        printf("| `%s` | %s | %s | %s |\n", row->name, value_text(row->kind, row->least, row->most), initial,
               cell(row->doc));
    }
}

static struct {
    const char *name;
    void (*print)(void);
    bool found;
} tables[] = {
    {"layers", layers_print, false},   {"activations", activations_print, false},
    {"latents", latents_print, false}, {"arguments", all_arguments_print, false},
    {"terms", terms_print, false},     {"functions", functions_print, false},
    {"data", data_print, false},       {"settings", settings_print, false},
};

enum { TABLES = sizeof tables / sizeof *tables };

static bool table_print(const char *name) {
    for (int i = 0; i < TABLES; i++) {
        if (strcmp(tables[i].name, name) != 0) continue;
        tables[i].found = true;
        tables[i].print();
        return true;
    }
    fprintf(stderr, "reference: there is no table '%s'\n", name);
    return false;
}

// Leaves out the old table, up to its end.
static bool table_skip(FILE *page, const char *name, char *line, int size) {
    while (fgets(line, size, page))
        if (strcmp(line, "<!-- end -->\n") == 0) return true;
    fprintf(stderr, "reference: the table '%s' has no end\n", name);
    return false;
}

static bool page_print(FILE *page) {
    char line[4096], name[64];
    bool fine = true;
    while (fine && fgets(line, sizeof line, page)) {
        printf("%s", line);
        if (sscanf(line, "<!-- table: %63[a-z] -->", name) != 1) continue;
        fine = table_print(name) && table_skip(page, name, line, sizeof line);
        if (fine) printf("%s", line);
    }
    for (int i = 0; fine && i < TABLES; i++) {
        if (tables[i].found) continue;
        fprintf(stderr, "reference: the page has no table '%s'\n", tables[i].name);
        fine = false;
    }
    return fine;
}

int main(int argument_count, char **arguments) {
    FILE *page = argument_count == 2 ? fopen(arguments[1], "r") : NULL;
    if (!page) {
        fprintf(stderr, "usage: reference PAGE\n");
        return 3;
    }
    bool fine = page_print(page);
    fclose(page);
    arena_free(&arena);
    return fine ? 0 : 1;
}
