// nest_check finds faults: if any number of the nests of one op is changed by one, the check reports it or the results
// do not change.
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/nest/print/dump.h"
#include "nest_cases.h"
#include "nest_numbers.h"
#include "nest_run.h"
#include "suite.h"

static const long batches[] = {1, 7, 16, 37};
enum { BATCHES = sizeof batches / sizeof *batches };

// The content of a nest's arrays after its runs.
struct results {
    struct memory *memory[BATCHES];
};

static struct arena arena;

static const char *results_make(struct nest *nest, struct results *results) {
    const char *fault = NULL;
    for (int i = 0; i < BATCHES && !fault; i++)
        fault = nest_run(nest, &arena, batches[i], &results->memory[i]);
    return fault;
}

static bool results_equal(const struct nest *nest, const struct results *a, const struct results *b) {
    for (int i = 0; i < BATCHES; i++)
        for (int array = 0; array < nest->kernel->array_count; array++) {
            const struct memory *x = &a->memory[i][array], *y = &b->memory[i][array];
            for (long place = 0; place < x->outer * x->each; place++)
                if (x->elements[place].set != y->elements[place].set ||
                    x->elements[place].real != y->elements[place].real)
                    return false;
        }
    return true;
}

static const char *number_text(const struct nest_number *number) {
    struct buffer text = {0};
    buffer_print(&text, "%s", number->what);
    if (number->statement) buffer_print(&text, " in '");
    if (number->statement) statement_dump(number->statement, &text);
    if (number->statement) buffer_print(&text, "'");
    const char *kept = arena_copy(&arena, text.text, text.length);
    buffer_free(&text);
    return kept;
}

static const struct nest_case *case_find(const char *name) {
    for (int i = 0; i < nest_case_count; i++)
        if (strcmp(nest_cases[i].name, name) == 0) return &nest_cases[i];
    ck_abort_msg("no case '%s'", name);
    return NULL;
}

static const char *const changed_cases[] = {
    "convolution padded",
    "convolution packed",
    "convolution and select",
    "dense",
    "dense of panels",
    "transposed of stride 2",
    "weight gradient padded",
    "weight gradient of few channels",
    "weight gradient of panels",
    "bias gradient",
    "bias gradient of one channel",
    "repack",
    "repack of panels into panels",
    "permute back",
    "pack",
    "unpack",
    "dropout",
    "elementwise and a sum",
};

struct changes {
    int found, harmless, missed;
    const char *first_missed;
};

// With one number changed, nest_check reports it, or the nest computes the same results.
static void change_try(struct nest *nest, const struct nest_number *number, int by, const struct results *right,
                       struct changes *changes) {
    struct results changed;
    if (nest_check(nest)) {
        changes->found++;
        return;
    }
    const char *fault = results_make(nest, &changed);
    if (!fault && results_equal(nest, right, &changed)) {
        changes->harmless++;
        return;
    }
    if (changes->missed++ == 0)
        changes->first_missed =
            arena_print(nest->arena, "%+d of %s: %s", by, number_text(number), fault ? fault : "other results");
}

START_TEST(each_changed_number_is_found_or_harmless) {
    const struct nest_case *c = case_find(changed_cases[_i / TARGETS]);
    const struct machine *machine = machine_of((enum target)(_i % TARGETS));
    struct arena own = {0};
    const struct kernel_description *kernel = case_describe(&own, c, machine, 0);
    if (!kernel) return;
    struct nest *nest = nest_build(&own, machine, kernel);
    struct nest_numbers numbers = {.arena = &own};
    struct results right;
    struct changes changes = {0};
    numbers_list(&numbers, nest);
    ck_assert_ptr_null(nest_check(nest));
    ck_assert_ptr_null(results_make(nest, &right));
    for (int i = 0; i < numbers.count; i++)
        for (int by = -1; by <= 1; by += 2) {
            union number_kept kept;
            if (!number_change(&own, &numbers.list[i], by, &kept)) continue;
            change_try(nest, &numbers.list[i], by, &right, &changes);
            number_restore(&numbers.list[i], kept);
        }
    printf("%-32s %-8s %5d numbers: %5d changes found, %4d harmless, %d missed\n", c->name, machine->name,
           numbers.count, changes.found, changes.harmless, changes.missed);
    ck_assert_msg(changes.missed == 0, "%s for %s: %d changes are missed, the first: %s", c->name, machine->name,
                  changes.missed, changes.first_missed);
    ck_assert_int_gt(changes.found, 4L * changes.harmless);
    arena_free(&arena);
    arena_free(&own);
}
END_TEST

static struct statement *call_find(struct statement *first) {
    for (struct statement *s = first; s; s = s->next) {
        if (s->kind == STATEMENT_CALL) return s;
        struct statement *inner = call_find(s->body);
        if (inner) return inner;
    }
    return NULL;
}

START_TEST(a_place_must_be_in_an_array) {
    static const enum operand_kind others[] = {OPERAND_NONE, OPERAND_CONSTANT, OPERAND_SCALAR};
    struct arena own = {0};
    const struct machine *machine = machine_of(TARGET_AVX512);
    struct nest *nest = nest_build(&own, machine, case_describe(&own, case_find("pack"), machine, 0));
    struct statement *call = call_find(nest->root->body);
    ck_assert_ptr_nonnull(call);
    for (int i = 0; i < call->argument_count; i++) {
        if (call->arguments[i].kind != PASSED_PLACE) continue;
        enum operand_kind kind = call->arguments[i].operand.kind;
        call->arguments[i].operand.kind = others[_i];
        ck_assert_ptr_nonnull(nest_check(nest));
        call->arguments[i].operand.kind = kind;
    }
    ck_assert_ptr_null(nest_check(nest));
    arena_free(&own);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("nest_changes");
    tcase_set_timeout(cases, 300);
    tcase_add_loop_test(cases, each_changed_number_is_found_or_harmless, 0,
                        4 * (int)(sizeof changed_cases / sizeof *changed_cases));
    tcase_add_loop_test(cases, a_place_must_be_in_an_array, 0, 3);
    return suite_run("nest_changes", cases);
}
