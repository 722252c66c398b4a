// Completion for bash, zsh and fish: the commands, the options of each, and what an option or an operand can be.
#include <string.h>

#include "pages/pages.h"

// What begins a --set.
static const char *const settings[] = {
#define SETTING(id, kind, initial, least, most, doc) #id "=",
#include "language/settings.def"
};

enum { SETTINGS = sizeof settings / sizeof *settings };

enum offer_kind { OFFER_NOTHING, OFFER_WORD, OFFER_ENDING, OFFER_FOLDERS, OFFER_FILES, OFFER_SETTINGS };

// What a part of an argument can be; `text` is the word, or the ending with its point.
struct offer {
    enum offer_kind kind;
    const char *text;
};

// What a part of operands or of an option's value can be, by its name.
static struct offer offer_of(const char *part) {
    static const struct {
        const char *placeholder;
        struct offer offer;
    } known[] = {
        {"SPEC", {OFFER_ENDING, ".aespec"}}, {"SPEC...", {OFFER_ENDING, ".aespec"}},
        {"RUN", {OFFER_FOLDERS, ""}},        {"DIR", {OFFER_FOLDERS, ""}},
        {"FILE", {OFFER_FILES, ""}},         {"PATH", {OFFER_FILES, ""}},
        {"BIN", {OFFER_FILES, ""}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(part, known[i].placeholder) == 0) return known[i].offer;
    const char *point = strchr(part, '.');
    return point ? (struct offer){OFFER_ENDING, point} : (struct offer){OFFER_NOTHING, ""};
}

static struct offer value_offer(enum value_kind kind, const char *part) {
    switch (kind) {
    case VALUE_WORD: return (struct offer){OFFER_WORD, part};
    case VALUE_ASSIGNMENT: return (struct offer){OFFER_SETTINGS, ""};
    case VALUE_FORMAT:
    case VALUE_FILE:
    case VALUE_FOLDER:
    case VALUE_INPUT:
    case VALUE_TABLE: return offer_of(part);
    case VALUE_FLAG:
    case VALUE_WHOLE:
    case VALUE_REAL:
    case VALUE_POSITIVE:
    case VALUE_FRACTION:
    case VALUE_PAIR:
    case VALUE_SETTING: break;
    }
    return (struct offer){OFFER_NOTHING, ""};
}

struct offers {
    struct offer *offer;    // [count]
    size_t count;
};

static struct offers operand_offers(struct arena *arena, const struct command_row *command) {
    const char *const *parts;
    size_t count = option_split(arena, command->operands, &parts);
    struct offers offers = {ARENA_ARRAY(arena, struct offer, count + 1), count};
    for (size_t i = 0; i < count; i++)
        offers.offer[i] = offer_of(parts[i]);
    return offers;
}

static struct offers option_offers(struct arena *arena, const struct option_row *option) {
    const struct option_value *value = option_takes(pages_table(), option);
    const char *const *parts;
    size_t count = option_split(arena, value->shown, &parts);
    struct offers offers = {ARENA_ARRAY(arena, struct offer, count + 1), count};
    for (size_t i = 0; i < count; i++)
        offers.offer[i] = value_offer(value->kind, parts[i]);
    return offers;
}

static bool offers_have(struct offers offers, enum offer_kind kind) {
    for (size_t i = 0; i < offers.count; i++)
        if (offers.offer[i].kind == kind) return true;
    return false;
}

// The next option of a command, NULL behind --help, which is the last one.
static const struct option_row *option_after(const struct command_row *command, const struct option_row *before) {
    if (before == &option_help_row) return NULL;
    const struct option_row *next = option_next(pages_table(), command, before);
    return next ? next : &option_help_row;
}

static bool takes_value(const struct option_row *option) {
    return option->value.kind != VALUE_FLAG;
}

// A text inside of single quotes, each quote in it being `quote`.
static const char *quoted(struct arena *arena, const char *text, const char *quote) {
    const char *found = strchr(text, '\'');
    if (!found) return text;
    return arena_print(arena, "%.*s%s%s", (int)(found - text), text, quote, quoted(arena, found + 1, quote));
}

static const char bash_head[] =
    "# bash completion for aespec, made from the rows of its options by pages.\n"
    "\n"
    "# What stands for an argument below: a word, .csv for files that end so, NAME= for what begins so, and\n"
    "# @files, @folders, @nothing.\n"
    "_aespec_offer() {\n"
    "    local word=$1 offer reply folders=\n"
    "    shift\n"
    "    for offer; do\n"
    "        case $offer in\n"
    "        @nothing) ;;\n"
    "        @folders) folders=1 ;;\n"
    "        @files) while IFS= read -r reply; do COMPREPLY+=(\"$reply\"); done < <(compgen -f -- \"$word\") ;;\n"
    "        .*)\n"
    "            folders=1\n"
    "            while IFS= read -r reply; do\n"
    "                [[ -d $reply ]] || COMPREPLY+=(\"$reply\")\n"
    "            done < <(compgen -f -X \"!*$offer\" -- \"$word\")\n"
    "            ;;\n"
    "        *) [[ $offer != \"$word\"* ]] || COMPREPLY+=(\"$offer\") ;;\n"
    "        esac\n"
    "        # compopt is for a shell that someone types into.\n"
    "        case $offer in\n"
    "        @files | @folders | .*) compopt -o filenames 2>/dev/null ;;\n"
    "        *=) compopt -o nospace 2>/dev/null ;;\n"
    "        esac\n"
    "    done\n"
    "    [[ -z $folders ]] ||\n"
    "        while IFS= read -r reply; do COMPREPLY+=(\"$reply\"); done < <(compgen -d -- \"$word\")\n"
    "}\n"
    "\n"
    "_aespec() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} offers= options= operands=\n"
    "    COMPREPLY=()\n"
    "    # bash takes --option=value apart at its '='.\n"
    "    if [[ $word == = ]]; then\n"
    "        word=\n"
    "        [[ $before == --* ]] || return\n"
    "    elif [[ $before == = ]]; then\n"
    "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "        [[ $before == --* ]] || return\n"
    "    fi\n"
    "    # Names with blanks: what was typed with quotes is looked for without.\n"
    "    word=${word#[\\\"\\']}\n"
    "    word=${word//\\\\/}\n"
    "    if ((COMP_CWORD == 1)); then\n";

static const char bash_tail[] = "    *) return ;;\n"
                                "    esac\n"
                                "    if [[ -z $offers ]]; then\n"
                                "        offers=$operands\n"
                                "        [[ $word != -* ]] || offers=$options\n"
                                "    fi\n"
                                "    _aespec_offer \"$word\" $offers\n"
                                "}\n"
                                "complete -F _aespec aespec\n";

static void bash_offers(struct offers offers, struct buffer *out) {
    bool files = offers_have(offers, OFFER_FILES);    // folders among them
    for (size_t i = 0; i < offers.count; i++) {
        if (files && offers.offer[i].kind == OFFER_FOLDERS) continue;
        if (i > 0) buffer_print(out, " ");
        switch (offers.offer[i].kind) {
        case OFFER_NOTHING: buffer_print(out, "@nothing"); break;
        case OFFER_WORD:
        case OFFER_ENDING: buffer_print(out, "%s", offers.offer[i].text); break;
        case OFFER_FOLDERS: buffer_print(out, "@folders"); break;
        case OFFER_FILES: buffer_print(out, "@files"); break;
        case OFFER_SETTINGS:
            for (int j = 0; j < SETTINGS; j++)
                buffer_print(out, "%s%s", j ? " " : "", settings[j]);
        }
    }
}

static void bash_command(struct arena *arena, const struct command_row *command, struct buffer *out) {
    buffer_print(out, "    %s)\n        options='", command->name);
    const char *space = "";
    for (const struct option_row *option = NULL; (option = option_after(command, option)); space = " ")
        buffer_print(out, "%s--%s", space, option_spelling(arena, option->name));
    buffer_print(out, "'\n        operands='");
    bash_offers(operand_offers(arena, command), out);
    buffer_print(out, "'\n        case $before in\n");
    for (const struct option_row *option = NULL; (option = option_after(command, option));) {
        if (!takes_value(option)) continue;
        buffer_print(out, "        ");
        if (option->letter) buffer_print(out, "-%c | ", option->letter);
        buffer_print(out, "--%s) offers='", option_spelling(arena, option->name));
        bash_offers(option_offers(arena, option), out);
        buffer_print(out, "' ;;\n");
    }
    buffer_print(out, "        esac\n        ;;\n");
}

void completion_bash(struct arena *arena, struct buffer *out) {
    buffer_print(out, "%s        _aespec_offer \"$word\"", bash_head);
    const struct option_table *table = pages_table();
    for (size_t i = 0; i < table->command_count; i++)
        buffer_print(out, " %s", table->commands[i].name);
    buffer_print(out, " --help --version\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; i < table->command_count; i++)
        bash_command(arena, &table->commands[i], out);
    buffer_print(out, "%s", bash_tail);
}

// A text in single quotes as _arguments reads it.
static const char *zsh_text(struct arena *arena, const char *text) {
    struct buffer escaped = {0};
    for (const char *c = text; *c; c++)
        buffer_print(&escaped, strchr("[]:\\", *c) ? "\\%c" : "%c", *c);
    const char *copy = arena_copy(arena, escaped.text ? escaped.text : "", escaped.length);
    buffer_free(&escaped);
    return quoted(arena, copy, "'\\''");
}

// The endings of files as a pattern: "*.csv", "*.(csv|npy)"; brackets without a '|' would be no ending.
static void zsh_pattern(struct arena *arena, struct offers offers, struct buffer *out) {
    const char *endings = "";
    for (size_t i = 0; i < offers.count; i++)
        if (offers.offer[i].kind == OFFER_ENDING)
            endings = arena_print(arena, "%s%s%s", endings, *endings ? "|" : "", offers.offer[i].text + 1);
    buffer_print(out, strchr(endings, '|') ? "*.(%s)" : "*.%s", endings);
}

static void zsh_action(struct arena *arena, struct offers offers, struct buffer *out) {
    if (offers_have(offers, OFFER_WORD)) {
        for (size_t i = 0; i < offers.count; i++)
            buffer_print(out, "%s%s", i ? " " : "(", offers.offer[i].text);
        buffer_print(out, ")");
    } else if (offers_have(offers, OFFER_SETTINGS)) {
        buffer_print(out, "{compadd -S \"\" --");
        for (int i = 0; i < SETTINGS; i++)
            buffer_print(out, " %s", settings[i]);
        buffer_print(out, "}");
    } else if (offers_have(offers, OFFER_FILES)) {
        buffer_print(out, "_files");
    } else if (offers_have(offers, OFFER_ENDING)) {
        buffer_print(out, "_files -g \"");
        zsh_pattern(arena, offers, out);
        buffer_print(out, "\"%s", offers_have(offers, OFFER_FOLDERS) ? " -/" : "");
    } else
        buffer_print(out, offers_have(offers, OFFER_FOLDERS) ? "_files -/" : " ");
}

static void zsh_option(struct arena *arena, const struct option_row *option, struct buffer *out) {
    const char *name = option_spelling(arena, option->name);
    const char *equals = takes_value(option) ? "=" : "";
    // --set is repeatable.
    const char *again = option->value.kind == VALUE_ASSIGNMENT ? "*" : "";
    buffer_print(out, " \\\n        ");
    if (option->letter)
        buffer_print(out, "'(-%c --%s)'{-%c,--%s%s}'", option->letter, name, option->letter, name, equals);
    else
        buffer_print(out, "'%s--%s%s", again, name, equals);
    buffer_print(out, "[%s]", zsh_text(arena, option->help));
    if (takes_value(option)) {
        buffer_print(out, ":%s:", zsh_text(arena, option_takes(pages_table(), option)->shown));
        zsh_action(arena, option_offers(arena, option), out);
    }
    buffer_print(out, "'");
}

static void zsh_command(struct arena *arena, const struct command_row *command, struct buffer *out) {
    buffer_print(out, "%s)\n    _arguments", command->name);
    for (const struct option_row *option = NULL; (option = option_after(command, option));)
        zsh_option(arena, option, out);
    if (*command->operands) {
        buffer_print(out, " \\\n        '%s:%s:", command->most > 1 ? "*" : "", zsh_text(arena, command->operands));
        zsh_action(arena, operand_offers(arena, command), out);
        buffer_print(out, "'");
    }
    buffer_print(out, "\n    ;;\n");
}

void completion_zsh(struct arena *arena, struct buffer *out) {
    buffer_print(out, "#compdef aespec\n"
                      "# zsh completion for aespec, made from the rows of its options by pages.\n"
                      "local -a known\n"
                      "known=(\n");
    const struct option_table *table = pages_table();
    for (size_t i = 0; i < table->command_count; i++)
        buffer_print(out, "    '%s:%s'\n", table->commands[i].name, zsh_text(arena, table->commands[i].summary));
    buffer_print(out, ")\n"
                      "if ((CURRENT == 2)); then\n"
                      "    [[ $PREFIX == -* ]] && compadd -- --help --version || _describe command known\n"
                      "    return\n"
                      "fi\n"
                      "shift words\n"
                      "((CURRENT--))\n"
                      "case $words[1] in\n");
    for (size_t i = 0; i < table->command_count; i++)
        zsh_command(arena, &table->commands[i], out);
    buffer_print(out, "esac\n");
}

static const char *fish_text(struct arena *arena, const char *text) {
    return quoted(arena, text, "\\'");
}

// How fish is told of it; an option or operand without offers takes no files. Files of other endings come last (-k).
static void fish_offers(struct offers offers, struct buffer *out) {
    if (offers_have(offers, OFFER_FILES)) {
        buffer_print(out, " -rF");
        return;
    }
    buffer_print(out, offers_have(offers, OFFER_ENDING) ? " -kx" : " -x");
    const char *before = " -a '";
    for (size_t i = 0; i < offers.count; i++) {
        if (offers.offer[i].kind == OFFER_NOTHING) continue;
        buffer_print(out, "%s", before);
        before = " ";
        switch (offers.offer[i].kind) {
        case OFFER_WORD: buffer_print(out, "%s", offers.offer[i].text); break;
        case OFFER_ENDING: buffer_print(out, "(__fish_complete_suffix %s)", offers.offer[i].text); break;
        case OFFER_FOLDERS: buffer_print(out, "(__fish_complete_directories)"); break;
        case OFFER_SETTINGS:
            for (int j = 0; j < SETTINGS; j++)
                buffer_print(out, "%s%s", j ? " " : "", settings[j]);
            break;
        case OFFER_FILES:
        case OFFER_NOTHING: break;
        }
    }
    if (*before == ' ' && before[1] == 0) buffer_print(out, "'");
}

static void fish_command(struct arena *arena, const struct command_row *command, struct buffer *out) {
    buffer_print(out, "\ncomplete -c aespec -n '__aespec_command' -a %s -d '%s'\n", command->name,
                 fish_text(arena, command->summary));
    const char *only = arena_print(arena, "complete -c aespec -n '__aespec_command %s'", command->name);
    if (*command->operands) {
        buffer_print(out, "%s", only);
        fish_offers(operand_offers(arena, command), out);
        buffer_print(out, "\n");
    }
    for (const struct option_row *option = NULL; (option = option_after(command, option));) {
        buffer_print(out, "%s", only);
        if (option->letter) buffer_print(out, " -s %c", option->letter);
        buffer_print(out, " -l %s", option_spelling(arena, option->name));
        if (takes_value(option)) fish_offers(option_offers(arena, option), out);
        buffer_print(out, " -d '%s'\n", fish_text(arena, option->help));
    }
}

void completion_fish(struct arena *arena, struct buffer *out) {
    buffer_print(out, "# fish completion for aespec, made from the rows of its options by pages.\n"
                      "\n"
                      "# Whether the command on the line is this one; without one, whether there is none yet.\n"
                      "function __aespec_command\n"
                      "    set -l words (commandline -opc)\n"
                      "    if test (count $words) -lt 2\n"
                      "        test (count $argv) -eq 0\n"
                      "    else\n"
                      "        test \"$words[2]\" = \"$argv\"\n"
                      "    end\n"
                      "end\n"
                      "\n"
                      "complete -c aespec -f\n"
                      "complete -c aespec -n '__aespec_command' -s h -l help -d 'the list of commands'\n"
                      "complete -c aespec -n '__aespec_command' -l version -d 'the version'\n");
    for (size_t i = 0; i < pages_table()->command_count; i++)
        fish_command(arena, &pages_table()->commands[i], out);
}
