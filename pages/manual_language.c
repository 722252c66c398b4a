// aespec(5): the language. The rules of its text are written here, everything else is generated from the rows.
#include <math.h>

#include "pages/pages.h"
#include "pages/roff.h"
#include "pages/rows.h"

static const char text_rules[] =
    "A statement ends at the end of its line or at `;`. It continues on the next line inside `( )` and `[ ]`, after\n"
    "`->` and `,`, if the next line begins with `->`, and before a `{`. A comment begins with `#` and ends at the end "
    "of\n"
    "the line. A name consists of letters, digits and `_` and does not begin with a digit. A number begins and ends "
    "with\n"
    "a digit: `3`, `0.5`, `1e-3`, `1_000_000`. A string is written in double quotes, on one line.\n"
    "\n"
    "`LAYERS` are layers and activations in sequence, on separate lines or joined by `->`; `: [C, H, W]` at the end of "
    "a\n"
    "line claims the shape of its output, which is checked. `SETTINGS` are lines `NAME = EXPR`. An expression consists "
    "of\n"
    "numbers, consts, functions, `+ - * / % ^` and brackets. Arguments are given by position, by name, or both;\n"
    "positional arguments come first.\n";

static const char *argument_text(const struct roff *roff, const struct argument_row *argument) {
    return arena_print(roff->arena, "%s; %s%s",
                       value_text(roff->arena, argument->kind, argument->least, argument->most),
                       isfinite(argument->initial) ? "default " : "", argument_initial_text(roff->arena, argument));
}

static void row_print(const struct roff *roff, const struct row *row, const char *form, const char *doc) {
    roff_item(roff, roff_bold(roff, form), doc);
    if (row->arguments[0].name) buffer_print(roff->out, ".RS\n");
    for (const struct argument_row *argument = row->arguments; argument->name; argument++)
        roff_item(roff, roff_italic(roff, argument->name), argument_text(roff, argument));
    if (row->arguments[0].name) buffer_print(roff->out, ".RE\n");
}

static void items_print(const struct roff *roff) {
    roff_section(roff, "ITEMS");
    roff_text(roff,
              "Items follow the order in which data flow through the network. `const` may be repeated, the others\n"
              "must appear at most once. `model`, `input`, `encoder`, `latent`, `decoder` and `loss` are required.\n");
    for (int i = 0; i < ITEM_ROWS; i++)
        roff_item(roff, roff_bold(roff, item_rows[i].form), item_rows[i].doc);
    const char *reserved = "";
    for (int i = 0; i < RESERVED_ROWS; i++)
        reserved = arena_print(roff->arena, "%s%s`%s`", reserved, i ? ", " : "", reserved_rows[i]);
    buffer_print(roff->out, ".PP\n");
    roff_text(roff, arena_print(roff->arena, "Reserved: %s.\n", reserved));
}

static void layers_print(const struct roff *roff, bool activations) {
    roff_section(roff, activations ? "ACTIVATIONS" : "LAYERS");
    for (int i = 0; i < LAYER_KINDS; i++) {
        const struct row *row = &layer_rows[i];
        if (layer_is_activation((enum layer_kind)i) != activations) continue;
        row_print(roff, row, call_text(roff->arena, row), row->doc);
    }
}

static void latents_print(const struct roff *roff) {
    roff_section(roff, "LATENTS");
    for (int i = 0; i < LATENT_KINDS; i++)
        row_print(roff, &latent_rows[i].row, call_text(roff->arena, &latent_rows[i].row),
                  arena_print(roff->arena, "written with `%c`: %s", latent_rows[i].symbol, latent_rows[i].row.doc));
}

static void terms_print(const struct roff *roff) {
    roff_section(roff, "TERMS");
    for (int i = 0; i < TERM_KINDS; i++)
        row_print(roff, &term_rows[i].row, term_text(roff->arena, &term_rows[i]),
                  arena_print(roff->arena, "of %s: %s", target_text(term_rows[i].target), term_rows[i].row.doc));
}

static void functions_print(const struct roff *roff) {
    roff_section(roff, "FUNCTIONS");
    for (int i = 0; i < FUNCTION_ROWS; i++)
        roff_item(roff, roff_bold(roff, function_rows[i].name),
                  arena_print(roff->arena, "%s; arguments: %s", function_rows[i].doc,
                              count_text(roff->arena, &function_rows[i])));
}

static void settings_print(const struct roff *roff) {
    roff_section(roff, "SETTINGS OF DATA");
    roff_text(roff, "A raw value v becomes (v * scale - mean) / std.\n");
    for (int i = 0; i < DATA_ROWS; i++)
        roff_item(roff, roff_bold(roff, data_rows[i]), data_docs[i]);
    roff_section(roff, "SETTINGS OF TRAIN");
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting_row *row = &setting_rows[i];
        roff_item(roff, roff_bold(roff, row->name),
                  arena_print(roff->arena, "%s: %s; default %s", row->doc,
                              setting_text(roff->arena, (enum setting_id)i),
                              setting_initial_text(roff->arena, (enum setting_id)i)));
    }
}

void manual_language(struct arena *arena, const char *example, struct buffer *out) {
    struct roff roff = {arena, out};
    roff_title(&roff, "aespec", 5);
    roff_section(&roff, "NAME");
    buffer_print(out, "aespec \\- the language of autoencoder specs\n");
    roff_section(&roff, "DESCRIPTION");
    roff_text(&roff,
              "A spec is a file whose name ends with `.aespec`. It describes an autoencoder: its data, its input, the\n"
              "layers of its encoder, its latent space, the layers of its decoder, its loss, and the defaults of\n"
              "training. `aespec check` checks it.\n");
    roff_section(&roff, "TEXT");
    roff_text(&roff, text_rules);
    items_print(&roff);
    layers_print(&roff, false);
    layers_print(&roff, true);
    latents_print(&roff);
    terms_print(&roff);
    functions_print(&roff);
    settings_print(&roff);
    roff_section(&roff, "EXAMPLES");
    roff_example(&roff, example);
    roff_section(&roff, "SEE ALSO");
    buffer_print(out, "%s, %s, %s\n", roff_page(&roff, "aespec", 1), roff_page(&roff, "aespec-check", 1),
                 roff_page(&roff, "aespec-show", 1));
}
