// Names that no spec can have: they contain special characters of XML.
#include <check.h>
#include <string.h>

#include "compiler/views/topology.h"
#include "tests/unit/suite.h"

START_TEST(texts_are_escaped) {
    struct topology topology = {.title = "a<b>&\"c\"", .subtitle = "", .latent = ""};
    struct buffer out = {0};
    topology_print(&topology, &out);
    ck_assert_ptr_nonnull(strstr(out.text, "<title>a&lt;b&gt;&amp;&quot;c&quot;: topology</title>"));
    ck_assert_ptr_nonnull(strstr(out.text, ">a&lt;b&gt;&amp;&quot;c&quot;</text>"));
    ck_assert_ptr_null(strstr(out.text, "a<b"));
    buffer_free(&out);
}
END_TEST

// A letter of two bytes is one letter, as wide as the widest one; bold and larger fonts are wider.
START_TEST(texts_are_measured) {
    ck_assert_double_eq(text_width(TEXT_WORDS, ""), 0);
    ck_assert_double_eq_tol(text_width(TEXT_WORDS, "\xc3\x97"), 0.838 * 12, 0.05);
    ck_assert_double_eq_tol(text_width(TEXT_WORDS, "Wil"), (0.989 + 0.278 + 0.278) * 12, 0.2);
    ck_assert_double_ge(text_width(TEXT_ROLE, "Wil"), (1.103 + 0.343 + 0.343) * 12 - 0.4);
    ck_assert_double_gt(text_width(TEXT_TITLE, "Wil"), text_width(TEXT_ROLE, "Wil"));
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("topology");
    tcase_add_test(cases, texts_are_escaped);
    tcase_add_test(cases, texts_are_measured);
    return suite_run("topology", cases);
}
