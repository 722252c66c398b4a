// The manual: what is not in the rows stands here once, for all commands.
#include "driver/commands/command_table.h"
#include "pages/meanings.h"
#include "pages/pages.h"
#include "pages/roff.h"

static const char later[] = "Not supported yet: it answers --help and refuses wrong options; run, it exits with 2.\n";

// What an option takes: words as they stand, all else as placeholders.
static const char *argument_roff(const struct roff *roff, const char *argument) {
    const char *const *parts, *text = "";
    size_t count = argument_split(roff->arena, argument, &parts);
    for (size_t i = 0; i < count; i++)
        text = arena_print(roff->arena, "%s%s%s", text, i ? "|" : "",
                           argument_is_word(parts[i]) ? roff_bold(roff, parts[i]) : roff_italic(roff, parts[i]));
    return text;
}

static void option_print(const struct roff *roff, const struct option_row *option) {
    const char *name = roff_bold(roff, arena_print(roff->arena, "--%s", option_spelling(roff->arena, option->name)));
    if (option->letter)
        name =
            arena_print(roff->arena, "%s, %s", roff_bold(roff, arena_print(roff->arena, "-%c", option->letter)), name);
    if (option->argument) name = arena_print(roff->arena, "%s %s", name, argument_roff(roff, option->argument));
    const char *text = option->help;
    if (option->use == OPTION_LATER) text = arena_print(roff->arena, "%s (not supported yet)", text);
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

static void synopsis_print(const struct roff *roff, const struct command *command) {
    const char *operands = command->operands;
    roff_section(roff, "SYNOPSIS");
    buffer_print(roff->out, "%s %s%s%s [\\fIoptions\\fR]\n", roff_bold(roff, "aespec"), roff_bold(roff, command->name),
                 *operands ? " " : "", *operands ? argument_roff(roff, operands) : "");
}

static const char *command_page(struct arena *arena, const struct command *command) {
    return arena_print(arena, "aespec-%s", command->name);
}

void manual_command(struct arena *arena, const struct command *command, struct buffer *out) {
    struct roff roff = {arena, out};
    roff_title(&roff, command_page(arena, command), 1);
    name_print(&roff, command_page(arena, command), command->summary);
    synopsis_print(&roff, command);
    roff_section(&roff, "DESCRIPTION");
    if (!command->run) roff_text(&roff, later);
    roff_text(&roff, command->description ? command->description : arena_print(arena, "%s\n", command->summary));
    roff_section(&roff, "OPTIONS");
    for (size_t i = 0; i < command->option_count; i++)
        option_print(&roff, &command->options[i]);
    option_print(&roff, &option_help_row);
    roff_section(&roff, "EXAMPLES");
    roff_example(&roff, command->examples);
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
    for (size_t i = 0; i < command_count; i++)
        roff_item(&roff, roff_page(&roff, command_page(arena, &commands[i]), 1),
                  arena_print(arena, "%s%s", commands[i].summary, commands[i].run ? "" : " (not supported yet)"));
    roff_section(&roff, "OPTIONS");
    option_print(&roff, &(struct option_row){.name = "help", .letter = 'h', .help = "the list of commands"});
    option_print(&roff, &(struct option_row){.name = "version", .help = "the version"});
    roff_section(&roff, "EXAMPLES");
    for (size_t i = 0; i < command_count; i++)
        if (commands[i].run) roff_example(&roff, commands[i].examples);
    ends_print(&roff);
    roff_section(&roff, "SEE ALSO");
    buffer_print(out, "%s, %s\n", roff_page(&roff, "aespec", 5), roff_page(&roff, "gnuplot", 1));
}
