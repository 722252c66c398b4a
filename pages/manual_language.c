// aespec(5): the language. The rules of its text stand here, everything else is in the rows.
#include <math.h>

#include "pages/pages.h"
#include "pages/roff.h"
#include "pages/rows.h"

static const char text_rules[] =
    "A statement ends at the end of its line or at `;`. A line goes on inside `( )` and `[ ]`, after `->` and `,`,\n"
    "before a line that begins with `->`, and before a `{`. `#` begins a comment, which goes to the end of the line.\n"
    "A name begins with a letter or `_` and goes on with letters, digits and `_`. A number begins and ends with a\n"
    "digit: `3`, `0.5`, `1e-3`, `1_000_000`. A string stands in double quotes, on one line.\n"
    "\n"
    "`LAYERS` are layers and activations, one after the other, on lines of their own or joined by `->`; `: [C, H, W]`\n"
    "at the end of a line claims the shape there, which is checked. `SETTINGS` are lines `NAME = EXPR`. An expression\n"
    "has numbers, consts, functions, `+ - * / % ^` and brackets. Arguments are given by position, by name, or both,\n"
    "those by position first.\n";

static const char *argument_text(const struct roff *roff, const struct argument_row *argument) {
    return arena_print(roff->arena, "%s; %s%s",
                       value_text(roff->arena, argument->kind, argument->least, argument->most),
                       isfinite(argument->initial) ? "default " : "", argument_initial_text(roff->arena, argument));
}

static void row_print(const struct roff *roff, const struct row *row, const char *doc) {
    roff_item(roff, roff_bold(roff, call_text(roff->arena, row)), doc);
    if (row->arguments[0].name) buffer_print(roff->out, ".RS\n");
    for (const struct argument_row *argument = row->arguments; argument->name; argument++)
        roff_item(roff, roff_italic(roff, argument->name), argument_text(roff, argument));
    if (row->arguments[0].name) buffer_print(roff->out, ".RE\n");
}

static void items_print(const struct roff *roff) {
    roff_section(roff, "ITEMS");
    roff_text(roff,
              "Each stands once, `const` as often as wanted, in the order in which data flow through the network.\n"
              "`model`, `input`, `encoder`, `latent`, `decoder` and `loss` are needed.\n");
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
    for (int i = 0; i < LAYER_KINDS; i++)
        if (layer_is_activation((enum layer_kind)i) == activations) row_print(roff, &layer_rows[i], layer_rows[i].doc);
}

static void latents_print(const struct roff *roff) {
    roff_section(roff, "LATENTS");
    for (int i = 0; i < LATENT_KINDS; i++)
        row_print(roff, &latent_rows[i].row,
                  arena_print(roff->arena, "written with `%c`: %s", latent_rows[i].symbol, latent_rows[i].row.doc));
}

static void terms_print(const struct roff *roff) {
    roff_section(roff, "TERMS");
    for (int i = 0; i < TERM_KINDS; i++)
        roff_item(roff, roff_bold(roff, term_text(roff->arena, &term_rows[i])),
                  arena_print(roff->arena, "of %s: %s", target_text(term_rows[i].target), term_rows[i].doc));
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
              "A spec, a file whose name ends in `.aespec`, says what an autoencoder is: its data, its input, the\n"
              "layers of its encoder, its latent space, the layers of its decoder, its loss, and how it is\n"
              "trained unless an option says otherwise. It is checked by `aespec check`.\n");
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
