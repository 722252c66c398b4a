// The tables of docs/. Each is between the lines "<!-- table: NAME -->" and "<!-- end -->".
#include <stdio.h>
#include <string.h>

#include "pages/meanings.h"
#include "pages/ops.h"
#include "pages/pages.h"
#include "pages/rows.h"

static struct arena arena;

// A '|' would end the cell of a table.
static const char *cell(const char *doc) {
    return text_replace(&arena, doc, '|', "\\|");
}

static void arguments_print(const struct row *row) {
    for (const struct argument_row *argument = row->arguments; argument->name; argument++)
        printf("| `%s` | `%s` | %s | %s |\n", row->name, argument->name,
               value_text(&arena, argument->kind, argument->least, argument->most),
               argument_initial_text(&arena, argument));
}

static void rows_print(bool activations) {
    printf("| %s | what it computes |\n| --- | --- |\n", activations ? "activation" : "layer");
    for (int i = 0; i < LAYER_KINDS; i++) {
        if (layer_is_activation((enum layer_kind)i) != activations) continue;
        printf("| `%s` | %s |\n", call_text(&arena, &layer_rows[i]), cell(layer_rows[i].doc));
    }
}

static void layers_print(void) {
    rows_print(false);
}

static void activations_print(void) {
    rows_print(true);
}

static void all_arguments_print(void) {
    printf("| name | argument | value | default |\n| --- | --- | --- | --- |\n");
    for (int i = 0; i < LAYER_KINDS; i++)
        arguments_print(&layer_rows[i]);
    for (int i = 0; i < LATENT_KINDS; i++)
        arguments_print(&latent_rows[i].row);
    for (int i = 0; i < TERM_KINDS; i++)
        arguments_print(&term_rows[i].row);
}

static void latents_print(void) {
    printf("| latent | operator | meaning |\n| --- | --- | --- |\n");
    for (int i = 0; i < LATENT_KINDS; i++)
        printf("| `%s` | `%c` | %s |\n", call_text(&arena, &latent_rows[i].row), latent_rows[i].symbol,
               cell(latent_rows[i].row.doc));
}

static void terms_print(void) {
    printf("| term | target | value per sample |\n| --- | --- | --- |\n");
    for (int i = 0; i < TERM_KINDS; i++)
        printf("| `%s` | %s | %s |\n", term_text(&arena, &term_rows[i]), target_text(term_rows[i].target),
               cell(term_rows[i].row.doc));
}

static void functions_print(void) {
    printf("| function | arguments | value |\n| --- | --- | --- |\n");
    for (int i = 0; i < FUNCTION_ROWS; i++)
        printf("| `%s` | %s | %s |\n", function_rows[i].name, count_text(&arena, &function_rows[i]),
               cell(function_rows[i].doc));
}

static void data_print(void) {
    printf("| setting | meaning |\n| --- | --- |\n");
    for (int i = 0; i < DATA_ROWS; i++)
        printf("| `%s` | %s |\n", data_rows[i], cell(data_docs[i]));
}

static void settings_print(void) {
    printf("| setting | value | default | meaning |\n| --- | --- | --- | --- |\n");
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting_row *row = &setting_rows[i];
        printf("| `%s` | %s | %s | %s |\n", row->name, setting_text(&arena, (enum setting_id)i),
               setting_initial_text(&arena, (enum setting_id)i), cell(row->doc));
    }
}

static void meanings_print(const char *what, const struct meaning *rows, const char *quote) {
    printf("| %s | meaning |\n| --- | --- |\n", what);
    for (; rows->name; rows++)
        printf("| %s%s%s | %s |\n", quote, rows->name, quote, cell(rows->text));
}

static void codes_print(void) {
    meanings_print("code", exit_codes, "");
}

static void environment_print(void) {
    meanings_print("variable", environment_variables, "`");
}

static const struct {
    const char *name;
    void (*print)(void);    // NULL: the ops of the class
    enum op_class class;
} tables[] = {
    {"layers", layers_print, CLASS_LEAF},
    {"activations", activations_print, CLASS_LEAF},
    {"latents", latents_print, CLASS_LEAF},
    {"arguments", all_arguments_print, CLASS_LEAF},
    {"terms", terms_print, CLASS_LEAF},
    {"functions", functions_print, CLASS_LEAF},
    {"data", data_print, CLASS_LEAF},
    {"settings", settings_print, CLASS_LEAF},
    {"codes", codes_print, CLASS_LEAF},
    {"environment", environment_print, CLASS_LEAF},
    {"leaves", NULL, CLASS_LEAF},
    {"random", NULL, CLASS_RANDOM},
    {"convolutions", NULL, CLASS_CONVOLUTION},
    {"sums", NULL, CLASS_BATCH_SUM},
    {"moves", NULL, CLASS_MOVE},
    {"elementwise", NULL, CLASS_ELEMENTWISE},
    {"reductions", NULL, CLASS_REDUCTION},
};

enum { TABLES = sizeof tables / sizeof *tables };

static bool table_print(const char *name) {
    for (int i = 0; i < TABLES; i++)
        if (strcmp(tables[i].name, name) == 0) {
            if (tables[i].print)
                tables[i].print();
            else
                ops_print(&arena, tables[i].class);
            return true;
        }
    fprintf(stderr, "pages: there is no table '%s'\n", name);
    return false;
}

// Skips the old table up to its end.
static bool table_skip(FILE *page, const char *name, char *line, int size) {
    while (fgets(line, size, page))
        if (strcmp(line, "<!-- end -->\n") == 0) return true;
    fprintf(stderr, "pages: the table '%s' has no end\n", name);
    return false;
}

static bool page_print(FILE *page) {
    char line[4096], name[64];
    int found = 0;
    while (fgets(line, sizeof line, page)) {
        printf("%s", line);
        if (sscanf(line, "<!-- table: %63[a-z] -->", name) != 1) continue;
        if (!table_print(name) || !table_skip(page, name, line, sizeof line)) return false;
        printf("%s", line);
        found++;
    }
    if (found == 0) fprintf(stderr, "pages: the page has no table\n");
    return found > 0;
}

bool tables_print(const char *path) {
    FILE *page = fopen(path, "r");
    if (!page) {
        fprintf(stderr, "pages: cannot read %s\n", path);
        return false;
    }
    bool fine = page_print(page);
    fclose(page);
    arena_free(&arena);
    return fine;
}
