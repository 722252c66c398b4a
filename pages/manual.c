// The manual: the text that is common to all commands; the rest is generated from the rows.
#include "driver/commands/program.h"
#include "pages/meanings.h"
#include "pages/pages.h"
#include "pages/roff.h"

// Formats words in bold and placeholders in italics.
static const char *parts_roff(const struct roff *roff, const char *shown, bool words) {
    const char *const *parts, *text = "";
    size_t count = option_split(roff->arena, shown, &parts);
    for (size_t i = 0; i < count; i++)
        text = arena_print(roff->arena, "%s%s%s", text, i ? "|" : "",
                           words ? roff_bold(roff, parts[i]) : roff_italic(roff, parts[i]));
    return text;
}

static void option_print(const struct roff *roff, const struct option_row *option) {
    const char *name = roff_bold(roff, arena_print(roff->arena, "--%s", option_spelling(roff->arena, option->name)));
    if (option->letter)
        name =
            arena_print(roff->arena, "%s, %s", roff_bold(roff, arena_print(roff->arena, "-%c", option->letter)), name);
    const struct option_value *value = option_takes(pages_table(), option);
    if (value->kind != VALUE_FLAG)
        name = arena_print(roff->arena, "%s %s", name, parts_roff(roff, value->shown, value->kind == VALUE_WORD));
    const char *text = option->help;
    if (option->need == OPTION_LATER) text = arena_print(roff->arena, "%s (not supported yet)", text);
    roff_item(roff, name, text);
}

static void meanings_print(const struct roff *roff, const char *section, const struct meaning *rows) {
    roff_section(roff, section);
    for (; rows->name; rows++)
        roff_item(roff, roff_bold(roff, rows->name), rows->text);
}

static void ends_print(const struct roff *roff) {
    meanings_print(roff, "EXIT STATUS", exit_codes);
    meanings_print(roff, "ENVIRONMENT", environment_variables);
    meanings_print(roff, "FILES", file_places);
}

static void name_print(const struct roff *roff, const char *name, const char *summary) {
    roff_section(roff, "NAME");
    roff_text(roff, arena_print(roff->arena, "%s - %s", name, summary));
}

static void synopsis_print(const struct roff *roff, const struct command_row *command) {
    const char *operands = command->operands;
    roff_section(roff, "SYNOPSIS");
    buffer_print(roff->out, "%s %s%s%s [\\fIoptions\\fR]\n", roff_bold(roff, "aespec"), roff_bold(roff, command->name),
                 *operands ? " " : "", *operands ? parts_roff(roff, operands, false) : "");
}

static const char *command_page(struct arena *arena, const struct command_row *command) {
    return arena_print(arena, "aespec-%s", command->name);
}

static void command_examples(const struct roff *roff, const struct command_row *command) {
    struct buffer lines = {0};
    examples_print(pages_table(), command, &lines);
    roff_example(roff, lines.text);
    buffer_free(&lines);
}

void manual_command(struct arena *arena, const struct command_row *command, struct buffer *out) {
    struct roff roff = {arena, out};
    roff_title(&roff, command_page(arena, command), 1);
    name_print(&roff, command_page(arena, command), command->summary);
    synopsis_print(&roff, command);
    roff_section(&roff, "DESCRIPTION");
    roff_text(&roff, command->description);
    roff_section(&roff, "OPTIONS");
    for (const struct option_row *option = NULL; (option = option_next(pages_table(), command, option));)
        option_print(&roff, option);
    option_print(&roff, &option_help_row);
    roff_section(&roff, "EXAMPLES");
    command_examples(&roff, command);
    ends_print(&roff);
    roff_section(&roff, "SEE ALSO");
    buffer_print(out, "%s, %s\n", roff_page(&roff, "aespec", 1), roff_page(&roff, "aespec", 5));
}

void manual_overview(struct arena *arena, struct buffer *out) {
    struct roff roff = {arena, out};
    roff_title(&roff, "aespec", 1);
    name_print(&roff, "aespec", program_summary);
    roff_section(&roff, "SYNOPSIS");
    buffer_print(out, "\\fBaespec\\fR \\fICOMMAND\\fR [\\fISPEC\\fR|\\fIRUN\\fR] [\\fIoptions\\fR]\n");
    roff_section(&roff, "DESCRIPTION");
    roff_text(&roff, program_description);
    roff_section(&roff, "COMMANDS");
    const struct option_table *table = pages_table();
    for (size_t i = 0; i < table->command_count; i++)
        roff_item(&roff, roff_page(&roff, command_page(arena, &table->commands[i]), 1), table->commands[i].summary);
    roff_section(&roff, "OPTIONS");
    option_print(&roff, &(struct option_row){.name = "help", .letter = 'h', .help = "list the commands"});
    option_print(&roff, &(struct option_row){.name = "version", .help = "the version"});
    roff_section(&roff, "EXAMPLES");
    for (size_t i = 0; i < table->command_count; i++)
        command_examples(&roff, &table->commands[i]);
    ends_print(&roff);
    roff_section(&roff, "SEE ALSO");
    buffer_print(out, "%s, %s\n", roff_page(&roff, "aespec", 5), roff_page(&roff, "gnuplot", 1));
}
