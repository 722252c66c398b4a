// Highlighting for Vim and, as a TextMate grammar, for the editors that read those. Both know the same words: an item's
// word only where an item can begin, a setting's only in front of its value.
#include <string.h>

#include "base/json/json.h"
#include "pages/pages.h"
#include "pages/rows.h"

enum group { ITEMS, RESERVED, LAYERS, ACTIVATIONS, LATENTS, TERMS, FUNCTIONS, READERS, CHOICES, ARGUMENTS, SETTINGS };
enum { GROUPS = SETTINGS + 1, WORDS_MAX = 100 };

static const struct {
    const char *vim, *vim_link, *scope;
} groups[GROUPS] = {
    [ITEMS] = {"Item", "Statement", "keyword.control.item"},
    [RESERVED] = {"Reserved", "Keyword", "keyword.control"},
    [LAYERS] = {"Layer", "Function", "entity.name.function.layer"},
    [ACTIVATIONS] = {"Activation", "Special", "support.function.activation"},
    [LATENTS] = {"Latent", "Type", "support.type.latent"},
    [TERMS] = {"Term", "Function", "entity.name.function.term"},
    [FUNCTIONS] = {"Function", "Function", "support.function"},
    [READERS] = {"Reader", "Function", "support.function.reader"},
    [CHOICES] = {"Choice", "Constant", "constant.language"},
    [ARGUMENTS] = {"Argument", "Identifier", "variable.parameter"},
    [SETTINGS] = {"Setting", "Identifier", "variable.other.setting"},
};

struct words {
    const char *word[WORDS_MAX];
    size_t count;
};

static void words_add(struct words *words, const char *word) {
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->word[i], word) == 0) return;
    words->word[words->count++] = word;
}

static void add_arguments(struct words *words, const struct row *row) {
    for (const struct argument_row *argument = row->arguments; argument->name; argument++)
        if (argument->kind != ARGUMENT_SIZES && argument->kind != ARGUMENT_ENCODER) words_add(words, argument->name);
}

static void collect_layers(enum group group, struct words *words) {
    for (int i = 0; i < LAYER_KINDS; i++) {
        if (group == ARGUMENTS)
            add_arguments(words, &layer_rows[i]);
        else if (layer_is_activation((enum layer_kind)i) == (group == ACTIVATIONS))
            words_add(words, layer_rows[i].name);
    }
}

static void collect_settings(struct words *words) {
    for (int i = 0; i < DATA_ROWS; i++)
        words_add(words, data_rows[i]);
    for (int i = 0; i < SETTING_COUNT; i++)
        words_add(words, setting_names[i]);
}

static struct words collect(enum group group) {
    struct words words = {.count = 0};
    switch (group) {
    case ITEMS:
        for (int i = 0; i < ITEM_ROWS; i++)
            words_add(&words, item_rows[i].name);
        break;
    case RESERVED:
        for (int i = 0; i < RESERVED_ROWS; i++)
            words_add(&words, reserved_rows[i]);
        break;
    case LAYERS:
    case ACTIVATIONS: collect_layers(group, &words); break;
    case LATENTS:
        for (int i = 0; i < LATENT_KINDS; i++)
            words_add(&words, latent_rows[i].row.name);
        break;
    case TERMS:
        for (int i = 0; i < TERM_KINDS; i++)
            words_add(&words, term_rows[i].row.name);
        break;
    case FUNCTIONS:
        for (int i = 0; i < FUNCTION_ROWS; i++)
            words_add(&words, function_rows[i].name);
        break;
    case READERS:
        for (int i = 0; i < READER_ROWS; i++)
            words_add(&words, reader_rows[i]);
        break;
    case CHOICES:
        for (int i = 0; i < CHOICE_ROWS; i++) {
            const char *list[CHOICE_WORDS];
            for (int j = 0, count = choice_words((enum choice_kind)i, list); j < count; j++)
                words_add(&words, list[j]);
        }
        break;
    case ARGUMENTS:
        collect_layers(group, &words);
        for (int i = 0; i < LATENT_KINDS; i++)
            add_arguments(&words, &latent_rows[i].row);
        for (int i = 0; i < TERM_KINDS; i++)
            add_arguments(&words, &term_rows[i].row);
        break;
    case SETTINGS: collect_settings(&words); break;
    }
    return words;
}

// The words of a group with `separator` between them.
static const char *alternatives(struct arena *arena, enum group group, const char *separator) {
    struct words words = collect(group);
    const char *text = words.word[0];
    for (size_t i = 1; i < words.count; i++)
        text = arena_print(arena, "%s%s%s", text, separator, words.word[i]);
    return text;
}

static const char vim_head[] =
    "\" Vim syntax file\n"
    "\" Language: aespec, specs of autoencoders\n"
    "\" Made from the compiler's tables by driver/pages; 'make docs' renews it.\n"
    "if exists('b:current_syntax')\n"
    "  finish\n"
    "endif\n"
    "\n"
    "syntax case match\n"
    "syntax match aespecComment /#.*/ contains=@Spell\n"
    "syntax region aespecString start=/\"/ skip=/\\\\./ end=/\"/ oneline contains=aespecEscape\n"
    "syntax match aespecEscape /\\\\./ contained\n"
    "syntax match aespecNumber /\\<\\d[0-9_]*\\%(\\.\\d[0-9_]*\\)\\?\\%([eE][-+]\\?\\d[0-9_]*\\)\\?\\>/\n"
    "syntax match aespecOperator /->\\|\\.\\.\\|[-+*\\/%^=~:]/\n"
    "\n";

static const char vim_tail[] =
    "\n"
    "syntax region aespecRound matchgroup=aespecBrace start=/(/ end=/)/ contains=@aespecValue,aespecArgument\n"
    "syntax region aespecSquare matchgroup=aespecBrace start=/\\[/ end=/\\]/ contains=@aespecValue\n"
    "syntax region aespecBlock matchgroup=aespecBrace start=/{/ end=/}/\n"
    "  \\ contains=@aespecValue,aespecSetting,aespecBlock\n"
    "\n"
    "\" A block may be long, and what is above the window opens it.\n"
    "syntax sync fromstart\n"
    "\n"
    "highlight default link aespecComment Comment\n"
    "highlight default link aespecString String\n"
    "highlight default link aespecEscape SpecialChar\n"
    "highlight default link aespecNumber Number\n"
    "highlight default link aespecOperator Operator\n"
    "highlight default link aespecBrace Delimiter\n";

// Where the words of a group are what they look like, in Vim's terms. What is contained counts in brackets alone.
static const char *vim_pattern(struct arena *arena, enum group group) {
    const char *words = alternatives(arena, group, "\\|");
    switch (group) {
    case ITEMS: return arena_print(arena, "\\%%(\\%%(^\\|[;}]\\)\\s*\\)\\@<=\\%%(%s\\)\\>", words);
    case ARGUMENTS: return arena_print(arena, "\\<\\%%(%s\\)\\ze\\s*=", words);
    case SETTINGS: return arena_print(arena, "\\<\\%%(%s\\)\\ze\\s*\\%%(=\\|\\<in\\>\\)", words);
    default: return arena_print(arena, "\\<\\%%(%s\\)\\>", words);
    }
}

void editor_vim_syntax(struct arena *arena, struct buffer *out) {
    buffer_print(out, "%s", vim_head);
    for (int i = 0; i < GROUPS; i++)
        buffer_print(out, "syntax match aespec%s /%s/%s\n", groups[i].vim, vim_pattern(arena, (enum group)i),
                     i == ARGUMENTS || i == SETTINGS ? " contained" : "");
    buffer_print(out, "\n\" Nothing inside of brackets begins an item.\nsyntax cluster aespecValue contains=");
    buffer_print(out, "aespecComment,aespecString,aespecNumber,aespecOperator,aespecRound,aespecSquare");
    for (int i = RESERVED; i < ARGUMENTS; i++)
        buffer_print(out, ",aespec%s", groups[i].vim);
    buffer_print(out, "%s", vim_tail);
    for (int i = 0; i < GROUPS; i++)
        buffer_print(out, "highlight default link aespec%s %s\n", groups[i].vim, groups[i].vim_link);
    buffer_print(out, "\nlet b:current_syntax = 'aespec'\n");
}

void editor_vim_detect(struct arena *arena, struct buffer *out) {
    (void)arena;
    buffer_print(out, "autocmd BufRead,BufNewFile *.aespec setfiletype aespec\n");
}

static json_t *match(const char *scope, const char *pattern) {
    return json_make("{s:s+, s:s}", "name", scope, ".aespec", "match", pattern);
}

static const char *textmate_pattern(struct arena *arena, enum group group) {
    const char *words = alternatives(arena, group, "|");
    switch (group) {
    case ITEMS: return arena_print(arena, "(?:^|(?<=[;}]))\\s*(?:%s)\\b", words);
    case ARGUMENTS: return arena_print(arena, "\\b(?:%s)\\b(?=\\s*=)", words);
    case SETTINGS: return arena_print(arena, "\\b(?:%s)\\b(?=\\s*(?:=|in\\b))", words);
    default: return arena_print(arena, "\\b(?:%s)\\b", words);
    }
}

static json_t *include(const char *name) {
    return json_make("{s:s+}", "include", "#", name);
}

// Something between brackets, with what `first` finds in it besides values.
static json_t *region(const char *scope, const char *begin, const char *end, json_t *first) {
    return json_make("{s:s+, s:s, s:s, s:[o*, o]}", "name", scope, ".aespec", "begin", begin, "end", end, "patterns",
                     first, include("values"));
}

// What can stand anywhere.
static json_t *textmate_values(struct arena *arena) {
    json_t *list = json_array();
    json_append(list, match("comment.line.number-sign", "#.*$"));
    json_append(list, json_make("{s:s, s:s, s:s, s:[o]}", "name", "string.quoted.double.aespec", "begin", "\"", "end",
                                "\"|$", "patterns", match("constant.character.escape", "\\\\.")));
    json_append(list, match("constant.numeric", "\\b\\d[0-9_]*(?:\\.\\d[0-9_]*)?(?:[eE][-+]?\\d[0-9_]*)?\\b"));
    for (int i = RESERVED; i < ARGUMENTS; i++)
        json_append(list, match(groups[i].scope, textmate_pattern(arena, (enum group)i)));
    json_append(list, match("keyword.operator", "->|\\.\\.|[-+*/%^=~:]"));
    json_append(list, region("meta.round", "\\(", "\\)", include("argument")));
    json_append(list, region("meta.square", "\\[", "\\]", NULL));
    return list;
}

// Nothing inside of brackets begins an item.
void editor_textmate(struct arena *arena, struct buffer *out) {
    json_t *block = region("meta.block", "\\{", "\\}", include("setting"));
    json_append(json_object_get(block, "patterns"), include("block"));
    json_t *grammar = json_make("{s:s, s:s, s:s, s:[s], s:[o, o, o], s:{s:{s:o}, s:o, s:o, s:o}}", "comment",
                                "Made from the compiler's tables by driver/pages; 'make docs' renews it.", "name",
                                "aespec", "scopeName", "source.aespec", "fileTypes", "aespec", "patterns",
                                match(groups[ITEMS].scope, textmate_pattern(arena, ITEMS)), include("block"),
                                include("values"), "repository", "values", "patterns", textmate_values(arena), "block",
                                block, "argument", match(groups[ARGUMENTS].scope, textmate_pattern(arena, ARGUMENTS)),
                                "setting", match(groups[SETTINGS].scope, textmate_pattern(arena, SETTINGS)));
    json_write(grammar, JSON_INDENT(2), out);
    buffer_add(out, "\n", 1);
}
