#include "runtime/data/file.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/data/say.h"
#include "scratch.h"

static void assert_holds(const char *path, const char *text) {
    struct bytes content;
    ck_assert_int_eq(file_load(path, &content), AE_OK);
    ck_assert_uint_eq(content.size, strlen(text));
    ck_assert_str_eq((const char *)content.data, text);
    free(content.data);
}

START_TEST(writes_and_reads) {
    const char *path = scratch_path("a");
    ck_assert_int_eq(file_store(path, "first", 5), AE_OK);
    assert_holds(path, "first");
    ck_assert_int_eq(file_store(path, "2", 1), AE_OK);
    assert_holds(path, "2");
    ck_assert_uint_eq(scratch_count(), 1);
}
END_TEST

START_TEST(keeps_the_old_file_until_the_end) {
    const char *path = scratch_write("a", "old", 3);
    struct file_writer writer;
    ck_assert_int_eq(file_begin(&writer, path), AE_OK);
    fputs("new", writer.stream);
    fflush(writer.stream);
    assert_holds(path, "old");
    file_abandon(&writer);
    assert_holds(path, "old");
    ck_assert_uint_eq(scratch_count(), 1);
}
END_TEST

START_TEST(leaves_nothing_when_there_is_no_room) {
    const char *path = scratch_write("a", "old", 3);
    char large[5000] = {0};
    files_catch_signals();
    const struct rlimit limit = {1000, 1000};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert_int_eq(file_store(path, large, sizeof large), AE_FILE);
    assert_holds(path, "old");
    ck_assert_uint_eq(scratch_count(), 1);
}
END_TEST

START_TEST(follows_links_and_spares_devices) {
    const char *target = scratch_write("target", "old", 3), *link = scratch_path("link");
    ck_assert_int_eq(symlink(target, link), 0);
    ck_assert_int_eq(file_store(link, "new", 3), AE_OK);
    assert_holds(target, "new");
    struct stat status;
    ck_assert(lstat(link, &status) == 0 && S_ISLNK(status.st_mode));
    ck_assert_int_eq(file_store("/dev/null", "x", 1), AE_OK);
    ck_assert(stat("/dev/null", &status) == 0 && S_ISCHR(status.st_mode));
    ck_assert_int_eq(file_store("/dev/full", "x", 1), AE_FILE);
}
END_TEST

START_TEST(refuses_folders_and_what_is_missing) {
    struct bytes content;
    ck_assert_int_eq(file_load(scratch_path("none"), &content), AE_FILE);
    ck_assert_int_eq(file_load(scratch_path("."), &content), AE_FILE);
    ck_assert_int_eq(file_store(scratch_path("."), "x", 1), AE_FILE);
    ck_assert_int_eq(file_store(scratch_path("none/a"), "x", 1), AE_FILE);
    ck_assert_uint_eq(scratch_count(), 0);
}
END_TEST

START_TEST(makes_folders_above) {
    ck_assert_int_eq(file_make_folder(scratch_path("a/b//c")), AE_OK);
    ck_assert(file_is_folder(scratch_path("a/b/c")));
    ck_assert_int_eq(file_make_folder(scratch_path("a")), AE_OK);
    scratch_write("file", "", 0);
    ck_assert_int_eq(file_make_folder(scratch_path("file/d")), AE_FILE);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("file");
    TCase *cases = tcase_create("file");
    tcase_add_checked_fixture(cases, scratch_make, scratch_remove);
    tcase_add_test(cases, writes_and_reads);
    tcase_add_test(cases, keeps_the_old_file_until_the_end);
    tcase_add_test(cases, leaves_nothing_when_there_is_no_room);
    tcase_add_test(cases, follows_links_and_spares_devices);
    tcase_add_test(cases, refuses_folders_and_what_is_missing);
    tcase_add_test(cases, makes_folders_above);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
