// JSON values of strings and numbers.
#include <check.h>
#include <math.h>

#include "base/json/json.h"
#include "tests/unit/suite.h"

// The text of a value in a JSON file.
static void check_text(const char *text, const char *expected) {
    struct buffer out = {0};
    json_write(json_text(text), JSON_ENCODE_ANY, &out);
    ck_assert_str_eq(out.text, expected);
    buffer_free(&out);
}

START_TEST(text_that_is_utf_8_stays) {
    check_text("", "\"\"");
    check_text("a/b \"c\"\n", "\"a/b \\\"c\\\"\\n\"");
    check_text("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"");
}
END_TEST

START_TEST(other_bytes_are_escaped) {
    check_text("\xff", "\"\\\\xff\"");
    check_text("a\xe9.idx", "\"a\\\\xe9.idx\"");
    check_text("\xc3\xa9\xc3", "\"\xc3\xa9\\\\xc3\"");
    check_text("\xe2\x82", "\"\\\\xe2\\\\x82\"");
    check_text("\xe0\x80\x80", "\"\\\\xe0\\\\x80\\\\x80\"");               // longer than it must be
    check_text("\xed\xa0\x80", "\"\\\\xed\\\\xa0\\\\x80\"");               // a surrogate
    check_text("\xf4\x90\x80\x80", "\"\\\\xf4\\\\x90\\\\x80\\\\x80\"");    // beyond U+10FFFF
}
END_TEST

START_TEST(numbers_that_are_not_finite_are_null) {
    struct buffer out = {0};
    json_t *list = json_array();
    json_append(list, json_number(0.5));
    json_append(list, json_number(INFINITY));
    json_append(list, json_number(NAN));
    json_write(list, JSON_COMPACT, &out);
    ck_assert_str_eq(out.text, "[0.5,null,null]");
    buffer_free(&out);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("json");
    tcase_add_test(cases, text_that_is_utf_8_stays);
    tcase_add_test(cases, other_bytes_are_escaped);
    tcase_add_test(cases, numbers_that_are_not_finite_are_null);
    return suite_run("json", cases);
}
