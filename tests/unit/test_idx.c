#include "base/message.h"
#include "runtime/data/idx.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "scratch.h"
#include "suite.h"

// 2 x 3 of each type, the same numbers: 1 -2 3 0 5 100 (254 in place of -2 for bytes without sign)
static const unsigned char of_u8[] = {0, 0, 0x08, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 254, 3, 0, 5, 100};
static const unsigned char of_i8[] = {0, 0, 0x09, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 254, 3, 0, 5, 100};
static const unsigned char of_i16[] = {0, 0, 0x0b, 2,    0, 0, 0, 2, 0, 0, 0, 3,
                                       0, 1, 0xff, 0xfe, 0, 3, 0, 0, 0, 5, 0, 100};
static const unsigned char of_i32[] = {0,    0,    0x0c, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 1, 0xff, 0xff,
                                       0xff, 0xfe, 0,    0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0,    100};
static const unsigned char of_f32[] = {0, 0, 0x0d, 2,    0, 0, 0, 2, 0, 0, 0,    3,    0x3f, 0x80, 0,    0,    0xc0, 0,
                                       0, 0, 0x40, 0x40, 0, 0, 0, 0, 0, 0, 0x40, 0xa0, 0,    0,    0x42, 0xc8, 0,    0};
static const unsigned char of_f64[] = {
    0, 0, 0x0e, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0,    0, 0, 0, 0, 0, 0, 0x40, 0x08, 0, 0,
    0, 0, 0,    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x14, 0, 0, 0, 0, 0, 0, 0x40, 0x59, 0, 0, 0, 0, 0, 0};

static void assert_numbers(const void *data, size_t size, double second) {
    const double expected[] = {1, second, 3, 0, 5, 100};
    struct idx idx;
    ck_assert_int_eq(idx_load(scratch_write("x", data, size), &idx), EXIT_OK);
    ck_assert_uint_eq(idx.rank, 2);
    ck_assert_uint_eq(idx.size[0], 2);
    ck_assert_uint_eq(idx.size[1], 3);
    ck_assert_uint_eq(idx.count, 6);
    for (size_t i = 0; i < 6; i++)
        ck_assert_double_eq(idx_value(&idx, i), expected[i]);
    idx_free(&idx);
}

START_TEST(reads_every_type) {
    assert_numbers(of_u8, sizeof of_u8, 254);
    assert_numbers(of_i8, sizeof of_i8, -2);
    assert_numbers(of_i16, sizeof of_i16, -2);
    assert_numbers(of_i32, sizeof of_i32, -2);
    assert_numbers(of_f32, sizeof of_f32, -2);
    assert_numbers(of_f64, sizeof of_f64, -2);
}
END_TEST

// NOLINTNEXTLINE(readability-non-const-parameter): zlib writes there
static size_t compress_file(const void *data, size_t size, unsigned char *out, size_t room) {
    z_stream stream = {
        .next_in = (unsigned char *)data, .avail_in = (uInt)size, .next_out = out, .avail_out = (uInt)room};
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return room - stream.avail_out;
}

static int load(const void *data, size_t size) {
    struct idx idx;
    int code = idx_load(scratch_write("x", data, size), &idx);
    idx_free(&idx);
    return code;
}

START_TEST(reads_gzip_and_finds_its_damage) {
    unsigned char packed[200] = {0};
    size_t size = compress_file(of_f64, sizeof of_f64, packed, sizeof packed);
    assert_numbers(packed, size, -2);
    for (size_t shorter = 2; shorter < size; shorter++)
        ck_assert_int_eq(load(packed, shorter), EXIT_CONTENT);
    ck_assert_int_eq(load(packed, size + 3), EXIT_CONTENT);
    packed[size - 6] ^= 1;
    ck_assert_int_eq(load(packed, size), EXIT_CONTENT);
    struct idx idx;
    ck_assert_int_eq(idx_load(scratch_write("plain.gz", of_u8, sizeof of_u8), &idx), EXIT_CONTENT);
    idx_free(&idx);
}
END_TEST

// Python's zlib.crc32 of the bytes of of_u8.
static const uint32_t checksum_of_u8 = 0xcc4f81bc;

START_TEST(joins_gzip_members) {
    unsigned char packed[200];
    size_t first = compress_file(of_u8, 7, packed, sizeof packed);
    size_t second = compress_file(of_u8 + 7, sizeof of_u8 - 7, packed + first, sizeof packed - first);
    assert_numbers(packed, first + second, 254);
    struct idx idx;
    ck_assert_int_eq(idx_load(scratch_write("x", packed, first + second), &idx), EXIT_OK);
    ck_assert_uint_eq(idx.checksum, checksum_of_u8);
    idx_free(&idx);
}
END_TEST

START_TEST(finds_what_is_no_idx_file) {
    for (size_t shorter = 0; shorter < sizeof of_i16; shorter++)
        ck_assert_int_eq(load(of_i16, shorter), EXIT_CONTENT);
    unsigned char wrong[sizeof of_i16 + 1] = {0};
    memcpy(wrong, of_i16, sizeof of_i16);
    ck_assert_int_eq(load(wrong, sizeof of_i16 + 1), EXIT_CONTENT);    // one byte too many
    static const struct {
        size_t place;
        unsigned char value;
    } changes[] = {{0, 1}, {1, 1}, {2, 0x0a}, {2, 0x0f}, {3, 0}, {3, 9}, {3, 255}, {4, 255}, {7, 0}, {11, 4}};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        memcpy(wrong, of_i16, sizeof of_i16);
        wrong[changes[i].place] = changes[i].value;
        ck_assert_int_eq(load(wrong, sizeof of_i16), EXIT_CONTENT);
    }
}
END_TEST

START_TEST(does_not_believe_huge_sizes) {
    unsigned char huge[4 + 8 * 4 + 1];
    memset(huge, 0xff, sizeof huge);
    huge[0] = huge[1] = 0;
    huge[2] = 0x0e;
    huge[3] = 8;
    ck_assert_int_eq(load(huge, sizeof huge), EXIT_CONTENT);
}
END_TEST

START_TEST(refuses_numbers_that_are_not_finite) {
    unsigned char wrong[sizeof of_f32];
    memcpy(wrong, of_f32, sizeof of_f32);
    wrong[12] = 0x7f;    // 0x7f800000 is infinite
    ck_assert_int_eq(load(wrong, sizeof wrong), EXIT_CONTENT);
}
END_TEST

START_TEST(tells_files_apart_by_their_checksum) {
    struct idx idx;
    ck_assert_int_eq(idx_load(scratch_write("x", of_u8, sizeof of_u8), &idx), EXIT_OK);
    ck_assert_uint_eq(idx.checksum, checksum_of_u8);
    idx_free(&idx);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("idx");
    tcase_add_checked_fixture(cases, scratch_make, scratch_remove);
    tcase_add_test(cases, reads_every_type);
    tcase_add_test(cases, reads_gzip_and_finds_its_damage);
    tcase_add_test(cases, joins_gzip_members);
    tcase_add_test(cases, finds_what_is_no_idx_file);
    tcase_add_test(cases, does_not_believe_huge_sizes);
    tcase_add_test(cases, refuses_numbers_that_are_not_finite);
    tcase_add_test(cases, tells_files_apart_by_their_checksum);
    return suite_run("idx", cases);
}
