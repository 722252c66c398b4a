#include "base/buffer.h"
#include "base/file/file.h"
#include "base/message.h"
#include "runtime/net/safetensors.h"

#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake_model.h"
#include "runtime/net/parameters.h"
#include "scratch.h"
#include "suite.h"

enum { FLOATS = 22, PARAMETERS = 32, FILE_MAX = 4096 };

// The model's four tensors, in another order than that of the trainer.
#define BIAS "\"encoder.1.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}"
#define WEIGHT "\"encoder.1.weight\":{\"dtype\":\"F32\",\"shape\":[2,4],\"data_offsets\":[8,40]}"
#define OUTPUT "\"decoder.0.weight\":{\"dtype\":\"F32\",\"shape\":[4,2],\"data_offsets\":[40,72]}"
#define LAST "\"decoder.0.bias\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[72,88]}"

static size_t make(unsigned char *file, const char *header, size_t floats) {
    size_t length = strlen(header);
    for (size_t i = 0; i < 8; i++)
        file[i] = (unsigned char)((uint64_t)length >> (8 * i));
    snprintf((char *)file + 8, FILE_MAX - 8, "%s", header);
    for (size_t i = 0; i < floats; i++) {
        float value = (float)i;
        memcpy(file + 8 + length + 4 * i, &value, sizeof value);
    }
    return 8 + length + 4 * floats;
}

static int load(const char *header, size_t floats, ae_real *memory, struct weights_notes *notes) {
    unsigned char file[FILE_MAX];
    return safetensors_read(&fake_model, scratch_write("w", file, make(file, header, floats)), memory, notes);
}

START_TEST(reads_any_order) {
    ae_real memory[PARAMETERS] = {0}, weight[8];
    struct weights_notes notes;
    ck_assert_int_eq(load("{" WEIGHT "," LAST "," BIAS "," OUTPUT "}   ", FLOATS, memory, &notes), EXIT_OK);
    parameter_to_file(&fake_model.parameters[0], memory, weight);
    for (int i = 0; i < 8; i++)
        ck_assert_float_eq((float)weight[i], (float)(2 + i));
    ck_assert_float_eq((float)memory[8], 0);
    ck_assert_float_eq((float)memory[9], 1);
    ck_assert(!notes.has_grid && !notes.has_range);
}
END_TEST

START_TEST(reads_what_stands_beside_the_weights) {
    ae_real memory[PARAMETERS];
    struct weights_notes notes;
    ck_assert_int_eq(load("{\"__metadata__\":{\"format\":\"pt\",\"grid_from\":\"-1.5,2\",\"grid_to\":\"3,1e1\","
                          "\"data_range\":\"0,255\"}," BIAS "," WEIGHT "," OUTPUT "," LAST "}",
                          FLOATS, memory, &notes),
                     EXIT_OK);
    ck_assert(notes.has_grid && notes.grid_from[0] == -1.5 && notes.grid_from[1] == 2 && notes.grid_to[1] == 10);
    ck_assert(notes.has_range && notes.low == 0 && notes.high == 255);
}
END_TEST

START_TEST(refuses_what_is_not_exactly_the_model) {
    static const char *const headers[] = {
        "{" BIAS "," WEIGHT "," OUTPUT "}",
        "{" BIAS "," WEIGHT "," OUTPUT "," LAST ",\"more\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[88,88]}}",
        "{" BIAS ",\"encoder.1.weight\":{\"dtype\":\"F32\",\"shape\":[4,2],\"data_offsets\":[8,40]}," OUTPUT "," LAST
        "}",
        "{" BIAS ",\"encoder.1.weight\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[8,40]}," OUTPUT "," LAST "}",
        "{" BIAS ",\"encoder.1.weight\":{\"dtype\":\"I32\",\"shape\":[2,4],\"data_offsets\":[8,40]}," OUTPUT "," LAST
        "}",
        "{" BIAS ",\"encoder.1.weight\":{\"dtype\":\"F3\",\"shape\":[2,4],\"data_offsets\":[8,40]}," OUTPUT "," LAST
        "}",
        "{" BIAS ",\"encoder.1.weight\":{\"dtype\":\"F32\",\"shape\":[2,4],\"data_offsets\":[0,32]}," OUTPUT "," LAST
        "}",
        "{" BIAS ",\"encoder.1.weight\":{\"dtype\":\"F32\",\"shape\":[2,4],\"data_offsets\":[8,44]}," OUTPUT "," LAST
        "}",
        "{" BIAS ",\"encoder.1.weight\":{\"dtype\":\"F32\",\"shape\":[2,4],\"data_offsets\":[40,8]}," OUTPUT "," LAST
        "}",
        "{" BIAS ",\"encoder.1.weight\":{\"dtype\":\"F32\",\"shape\":[2,4]}," OUTPUT "," LAST "}",
        "{" BIAS "," BIAS "," WEIGHT "," OUTPUT "," LAST "}",
        "{\"__metadata__\":{\"a\":1}," BIAS "," WEIGHT "," OUTPUT "," LAST "}",
        "{" BIAS "," WEIGHT "," OUTPUT "," LAST "} x",
        "[]",
        "",
    };
    ae_real memory[PARAMETERS];
    struct weights_notes notes;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        ck_assert_msg(load(headers[i], FLOATS, memory, &notes) == EXIT_CONTENT, "header %zu was taken: %s", i,
                      headers[i]);
    const char *fine = "{" BIAS "," WEIGHT "," OUTPUT "," LAST "}";
    ck_assert_int_eq(load(fine, FLOATS, memory, &notes), EXIT_OK);
    const char *overlapping = "{" BIAS "," WEIGHT "," OUTPUT
                              ",\"decoder.0.bias\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[56,72]}}";
    ck_assert_int_eq(load(overlapping, FLOATS - 4, memory, &notes), EXIT_CONTENT);
    ck_assert_int_eq(load(fine, FLOATS - 1, memory, &notes), EXIT_CONTENT);
    ck_assert_int_eq(load(fine, FLOATS + 1, memory, &notes), EXIT_CONTENT);
}
END_TEST

START_TEST(finds_files_that_are_cut) {
    unsigned char file[FILE_MAX];
    ae_real memory[PARAMETERS];
    struct weights_notes notes;
    size_t size = make(file, "{" BIAS "," WEIGHT "," OUTPUT "," LAST "}", FLOATS);
    for (size_t shorter = 0; shorter < size; shorter++)
        ck_assert_int_eq(safetensors_read(&fake_model, scratch_write("w", file, shorter), memory, &notes),
                         EXIT_CONTENT);
    memset(file, 0xff, 8);
    ck_assert_int_eq(safetensors_read(&fake_model, scratch_write("w", file, size), memory, &notes), EXIT_CONTENT);
}
END_TEST

START_TEST(writes_what_it_reads) {
    ae_real memory[PARAMETERS], back[PARAMETERS] = {0};
    const struct weights_notes notes = {.has_grid = true, .grid_from = {-0.5, 1}, .grid_to = {2, 3}};
    struct weights_notes read;
    parameters_initialise(&fake_model, 1, memory);
    const char *path = scratch_path("own");
    ck_assert_int_eq(safetensors_write(&fake_model, path, memory, &notes), EXIT_OK);
    ck_assert_int_eq(safetensors_read(&fake_model, path, back, &read), EXIT_OK);
    ck_assert_mem_eq(back, memory, sizeof memory);
    ck_assert(read.has_grid && read.grid_from[0] == -0.5 && read.grid_to[1] == 3 && !read.has_range);
    struct buffer content = {0};
    ck_assert_int_eq(file_read(path, &content), EXIT_OK);
    size_t length = content.text[0] | (size_t)content.text[1] << 8;
    ck_assert_uint_eq(length % 8, 0);
    ck_assert_uint_eq(content.length, 8 + length + FLOATS * sizeof(ae_real));
    ck_assert_int_eq(content.text[8], '{');
    buffer_free(&content);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("safetensors");
    tcase_add_checked_fixture(cases, scratch_make, scratch_remove);
    tcase_add_test(cases, reads_any_order);
    tcase_add_test(cases, reads_what_stands_beside_the_weights);
    tcase_add_test(cases, refuses_what_is_not_exactly_the_model);
    tcase_add_test(cases, finds_files_that_are_cut);
    tcase_add_test(cases, writes_what_it_reads);
    return suite_run("safetensors", cases);
}
