// The C of statements that docs/ir.md describes and no kernel uses yet.
#include <check.h>
#include <string.h>

#include "compiler/target.h"
#include "nest_cases.h"
#include "suite.h"

static struct statement *store_find(struct statement *first) {
    for (struct statement *s = first; s; s = s->next) {
        if (s->kind == STATEMENT_ASSIGN && s->a.kind == OPERAND_MEMORY) return s;
        struct statement *inner = store_find(s->body);
        if (inner) return inner;
    }
    return NULL;
}

// The first store of a case's nest for avx2, whose lanes are the machine's, in C. `add`: it adds to memory.
static const char *store_print(struct arena *arena, const char *name, bool add) {
    int i = 0;
    while (i < nest_case_count && strcmp(nest_cases[i].name, name) != 0)
        i++;
    ck_assert_int_lt(i, nest_case_count);
    const struct machine *machine = machine_of(TARGET_AVX2);
    struct nest *nest = nest_build(arena, machine, case_describe(arena, &nest_cases[i], machine, 0));
    struct statement *store = store_find(nest->root->body);
    ck_assert_ptr_nonnull(store);
    if (add) store->kind = STATEMENT_ADD;
    struct buffer text = {0};
    nest_print(nest, "f", &text);
    const char *kept = arena_copy(arena, text.text, text.length);
    buffer_free(&text);
    return kept;
}

START_TEST(vectors_are_added_to_memory_by_a_store) {
    struct arena arena = {0};
    const char *plain = store_print(&arena, "bias gradient", false),
               *added = store_print(&arena, "bias gradient", true);
    ck_assert_msg(strstr(plain, "ae_store(gradient + c, sum0);"), "%s", plain);
    ck_assert_msg(strstr(added, "ae_store(gradient + c, ae_load(gradient + c) + sum0);"), "%s", added);
    ck_assert_ptr_null(strstr(added, ") += sum"));
    arena_free(&arena);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("nest_print");
    tcase_add_test(cases, vectors_are_added_to_memory_by_a_store);
    return suite_run("nest_print", cases);
}
