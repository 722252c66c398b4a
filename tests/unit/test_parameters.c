#include "runtime/net/parameters.h"

#include <check.h>
#include <math.h>

#include "fake_model.h"
#include "suite.h"

// In the hand-written model, the encoder's [2, 4] is at 0, transposed, its bias at 8, the decoder's [4, 2] at 16.
START_TEST(puts_elements_where_the_strides_say) {
    const struct ae_parameter *encoder = &fake_model.parameters[0], *bias = &fake_model.parameters[1];
    const ae_real file[] = {1, 2, 3, 4, 5, 6, 7, 8};
    const ae_real expected[] = {1, 5, 2, 6, 3, 7, 4, 8};
    ae_real memory[32] = {0}, back[8];
    parameter_from_file(encoder, file, memory);
    for (int i = 0; i < 8; i++)
        ck_assert_float_eq((float)memory[i], (float)expected[i]);
    for (int i = 8; i < 32; i++)
        ck_assert_float_eq((float)memory[i], 0);
    parameter_to_file(encoder, memory, back);
    ck_assert_mem_eq(back, file, sizeof file);
    parameter_from_file(bias, file, memory);
    ck_assert_float_eq((float)memory[8], 1);
    ck_assert_float_eq((float)memory[9], 2);
    ck_assert_float_eq((float)memory[10], 0);
}
END_TEST

// A view splits a dimension of the file: [4] as [2, 2] with separate blocks.
START_TEST(walks_views_that_split_a_dimension) {
    const struct ae_parameter split = {
        .name = "split", .shape = {1, {4}}, .view_rank = 2, .view = {2, 2}, .stride = {5, 2}, .offset = 1};
    const ae_real file[] = {1, 2, 3, 4};
    ae_real memory[12] = {0};
    parameter_from_file(&split, file, memory);
    const ae_real expected[] = {0, 1, 0, 2, 0, 0, 3, 0, 4, 0, 0, 0};
    ck_assert_mem_eq(memory, expected, sizeof expected);
}
END_TEST

START_TEST(begins_within_the_bounds) {
    ae_real memory[32], again[32], other[32];
    parameters_initialise(&fake_model, 3, memory);
    parameters_initialise(&fake_model, 3, again);
    parameters_initialise(&fake_model, 4, other);
    ck_assert_mem_eq(memory, again, sizeof memory);
    ck_assert_mem_ne(memory, other, sizeof memory);
    for (int i = 0; i < 10; i++)
        ck_assert(fabs(memory[i]) <= 0.5 && memory[i] != 0);
    for (int i = 10; i < 16; i++)
        ck_assert_float_eq((float)memory[i], 0);
    ck_assert_uint_eq(parameters_total(&fake_model), 22);
}
END_TEST

START_TEST(finds_what_is_not_finite) {
    ae_real memory[32] = {0};
    ck_assert_ptr_null(parameters_find_not_finite(&fake_model, memory, 32));
    memory[12] = (ae_real)NAN;    // padding
    ck_assert_ptr_null(parameters_find_not_finite(&fake_model, memory, 32));
    memory[17] = (ae_real)INFINITY;
    ck_assert_str_eq(parameters_find_not_finite(&fake_model, memory, 32)->name, "decoder.0.weight");
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("parameters");
    tcase_add_test(cases, puts_elements_where_the_strides_say);
    tcase_add_test(cases, walks_views_that_split_a_dimension);
    tcase_add_test(cases, begins_within_the_bounds);
    tcase_add_test(cases, finds_what_is_not_finite);
    return suite_run("parameters", cases);
}
