#include "base/buffer.h"
#include "base/file/file.h"
#include "base/message.h"
#include "runtime/data/npy.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"
#include "suite.h"

// As numpy.save writes numpy.array([[0.5, -1]], '<f4'), versions 1.0 and 2.0; '|' stands for a zero byte.
static const char head_1[] = "\x93NUMPY\1|v|{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
static const char head_2[] = "\x93NUMPY\2|t|||{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
static const unsigned char numbers[] = {0, 0, 0, 0x3f, 0, 0, 0x80, 0xbf};

enum { HEAD = 128, SIZE = HEAD + sizeof numbers };

static void make(unsigned char file[SIZE], const char *head) {
    memset(file, ' ', HEAD);
    for (size_t i = 0; head[i]; i++)
        file[i] = head[i] == '|' ? 0 : (unsigned char)head[i];
    file[HEAD - 1] = '\n';
    memcpy(file + HEAD, numbers, sizeof numbers);
}

static int load(const void *data, size_t size) {
    struct npy npy;
    int code = npy_load(scratch_write("x.npy", data, size), &npy);
    free(npy.value);
    return code;
}

static void assert_reads(const char *head) {
    unsigned char file[SIZE];
    struct npy npy;
    make(file, head);
    ck_assert_int_eq(npy_load(scratch_write("x.npy", file, SIZE), &npy), EXIT_OK);
    ck_assert(npy.rank == 2 && npy.size[0] == 1 && npy.size[1] == 2 && npy.count == 2);
    ck_assert_double_eq(npy.value[0], 0.5);
    ck_assert_double_eq(npy.value[1], -1);
    free(npy.value);
}

START_TEST(reads_both_versions) {
    assert_reads(head_1);
    assert_reads(head_2);
    assert_reads("\x93NUMPY\1|v|{'shape':(1,2),'fortran_order':False,'descr':'<f4'}");
}
END_TEST

START_TEST(refuses_everything_else) {
    static const char *const heads[] = {
        "\x93NUMPY\1|v|{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2), }",
        "\x93NUMPY\1|v|{'descr': '>f4', 'fortran_order': False, 'shape': (1, 2), }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }",
        "\x93NUMPY\1|v|{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999999, 2), }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2 }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'fortran_order': False, 'shape': (1, -2), }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'fortran_order': False, }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'shape': (1, 2), }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), 'more': 1 }",
        "\x93NUMPY\1|v|{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), } and more",
        "\x93NUMPY\3|v|{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
        "\x93NUMPI\1|v|{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
    };
    unsigned char file[SIZE];
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        make(file, heads[i]);
        ck_assert_msg(load(file, SIZE) == EXIT_CONTENT, "header %zu was taken: %s", i, heads[i]);
    }
}
END_TEST

START_TEST(finds_files_that_are_cut_or_too_long) {
    unsigned char file[SIZE + 1] = {0};
    make(file, head_1);
    for (size_t size = 0; size < SIZE; size++)
        ck_assert_int_eq(load(file, size), EXIT_CONTENT);
    ck_assert_int_eq(load(file, SIZE + 1), EXIT_CONTENT);
}
END_TEST

START_TEST(writes_as_numpy_does) {
    unsigned char expected[SIZE];
    struct file_writer writer;
    struct buffer content = {0};
    make(expected, head_1);
    const char *path = scratch_path("y.npy");
    ck_assert_int_eq(file_begin(&writer, path), EXIT_OK);
    npy_write_header(writer.stream, 2, (const size_t[]){1, 2});
    const ae_real values[] = {0.5, -1};
    fwrite(values, sizeof *values, 2, writer.stream);
    ck_assert_int_eq(file_end(&writer), EXIT_OK);
    ck_assert_int_eq(file_read(path, &content), EXIT_OK);
    ck_assert_uint_eq(content.length, SIZE);
    ck_assert_mem_eq(content.text, expected, SIZE);
    buffer_free(&content);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("npy");
    tcase_add_checked_fixture(cases, scratch_make, scratch_remove);
    tcase_add_test(cases, reads_both_versions);
    tcase_add_test(cases, refuses_everything_else);
    tcase_add_test(cases, finds_files_that_are_cut_or_too_long);
    tcase_add_test(cases, writes_as_numpy_does);
    return suite_run("npy", cases);
}
