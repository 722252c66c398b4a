#include "base/option/option.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/number.h"
#include "tests/unit/suite.h"

// A table of two commands, with an option of the driver, one of the trainer and one of both.
enum { COMMAND_bake, COMMAND_eat };
#define FOR(name) | (uint64_t)1 << COMMAND_##name
static const struct command_row commands[] = {
    {"bake", OPTION_BOTH, "DOUGH", 1, 1, "bake bread", "Bakes.\n"},
    {"eat", OPTION_DRIVER, "BREAD...", 1, SIZE_MAX, "eat bread", "Eats.\n"},
};
static const struct option_row options[] = {
    {"heat", 0, OPTION_BOTH, OPTION_OPTIONAL, {VALUE_SETTING, "", 0, 0}, 0 FOR(bake), "degrees"},
    {"oven", 'o', OPTION_DRIVER, OPTION_REQUIRED, {VALUE_WORD, "gas|wood", 0, 0}, 0 FOR(bake), "the oven"},
    {"loaf", 0, OPTION_TRAINER, OPTION_REQUIRED, {VALUE_FORMAT, "FILE.rye|.wheat", 0, 0}, 0 FOR(bake), "the loaf"},
    {"slow", 0, OPTION_DRIVER, OPTION_OPTIONAL, {VALUE_FLAG, "", 0, 0}, 0 FOR(bake) FOR(eat), "slowly"},
    {"fork", 0, OPTION_BOTH, OPTION_LATER, {VALUE_FLAG, "", 0, 0}, 0 FOR(eat), "with a fork"},
    {"heat", 0, OPTION_BOTH, OPTION_OPTIONAL, {VALUE_WHOLE, "N", 1, 300}, 0 FOR(eat), "degrees"},
};
static const struct example_row examples[] = {{COMMAND_bake, OPTION_DRIVER, "dough", "-o gas"}};

static struct option_table table_of(enum option_reader reader) {
    return (struct option_table){reader, "baker", commands, options, examples, 2, 6, 1};
}

static struct option_table table;
static struct arena arena;
static struct line line;

// Parses a line of words separated by blanks.
static int parse(enum option_reader reader, const char *text) {
    static char *argv[16];
    int argc = 0;
    for (char *word = strtok(arena_copy(&arena, text, strlen(text)), " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    table = table_of(reader);
    return line_parse(&arena, &table, &commands[strncmp(text, "eat", 3) == 0], argc, argv, &line);
}

START_TEST(values_are_those_of_the_line) {
    ck_assert_int_eq(parse(OPTION_DRIVER, "bake --heat 200 dough -o wood --heat=250"), EXIT_OK);
    ck_assert_str_eq(line_value(&line, "heat"), "250");
    ck_assert_uint_eq(line_whole(&line, "heat", 7), 250);
    ck_assert_int_eq(line_choice(&line, "oven", -1), 1);
    ck_assert_uint_eq(line.operand_count, 1);
    ck_assert_str_eq(line.operands[0], "dough");
    ck_assert(!line_has(&line, "slow"));
    const char *const *heats;
    ck_assert_uint_eq(line_values(&arena, &line, "heat", &heats), 2);
    ck_assert_str_eq(heats[0], "200");
    ck_assert_uint_eq(line_whole(&line, "loaf", 7), 7);
}
END_TEST

START_TEST(wrong_lines_are_refused) {
    static const char *const wrong[] = {
        "bake dough",                        // -o is required
        "bake -o gas",                       // DOUGH is required
        "bake -o gas dough dough",           // one operand too many
        "bake -o coal dough",                // a wrong word
        "bake -o gas dough --heat 301",      // out of the range of the other row of this name
        "bake -o gas dough --loaf a.rye",    // an option of the trainer
        "bake -o gas dough --slow=1",        // a flag takes no value
        "eat bread --fork",                  // not supported yet
        "eat bread --oven gas",              // an option of the other command
        "bake -o gas dough --heat",          // without its value
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(parse(OPTION_DRIVER, wrong[i]) == EXIT_USAGE, "%s", wrong[i]);
}
END_TEST

START_TEST(a_trainer_has_its_own_options_and_no_operand) {
    ck_assert_int_eq(parse(OPTION_TRAINER, "bake --loaf a.wheat --heat 1"), EXIT_OK);
    ck_assert_int_eq(parse(OPTION_TRAINER, "bake --heat 1"), EXIT_USAGE);
    ck_assert_int_eq(parse(OPTION_TRAINER, "bake --loaf a.wheat -o gas"), EXIT_USAGE);
    ck_assert_int_eq(parse(OPTION_TRAINER, "bake --loaf a.wheat dough"), EXIT_USAGE);
    ck_assert_ptr_null(command_find(&table, "eat"));
    ck_assert_ptr_eq(command_find(&table, "bake"), &commands[0]);
}
END_TEST

START_TEST(usage_is_that_of_the_program) {
    struct buffer out = {0};
    table = table_of(OPTION_DRIVER);
    usage_print(&table, &commands[0], &out);
    ck_assert_str_eq(out.text, "usage: baker bake DOUGH -o gas|wood [options]");
    buffer_free(&out);
    out = (struct buffer){0};
    table = table_of(OPTION_TRAINER);
    usage_print(&table, &commands[0], &out);
    ck_assert_str_eq(out.text, "usage: baker bake --loaf FILE.rye|.wheat [options]");
    buffer_free(&out);
}
END_TEST

START_TEST(numbers_are_read_exactly) {
    double value, pair[2];
    ck_assert(number_parse("1e3", &value) && value == 1000);
    ck_assert(!number_parse("0x1", &value) && !number_parse("nan", &value) && !number_parse(" 1", &value));
    ck_assert(number_parse_whole("9007199254740992", 0, 9007199254740992, &value));
    ck_assert(!number_parse_whole("9007199254740993", 0, 9007199254740992, &value));
    ck_assert(number_parse_whole("7.0", 0, 10, &value) && !number_parse_whole("7.5", 0, 10, &value));
    ck_assert(number_parse_pair("-1,2.5", pair) && pair[0] == -1 && pair[1] == 2.5);
    ck_assert(!number_parse_pair("1,2,3", pair) && !number_parse_pair("1", pair));
}
END_TEST

int main(void) {
    TCase *tests = tcase_create("option");
    tcase_add_test(tests, values_are_those_of_the_line);
    tcase_add_test(tests, wrong_lines_are_refused);
    tcase_add_test(tests, a_trainer_has_its_own_options_and_no_operand);
    tcase_add_test(tests, usage_is_that_of_the_program);
    tcase_add_test(tests, numbers_are_read_exactly);
    int code = suite_run("option", tests);
    arena_free(&arena);
    return code;
}
