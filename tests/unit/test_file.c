#include "base/buffer.h"
#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/file/start.h"
#include "base/message.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"
#include "suite.h"

static void assert_holds(const char *path, const char *text) {
    struct buffer content = {0};
    ck_assert_int_eq(file_read(path, &content), EXIT_OK);
    ck_assert_uint_eq(content.length, strlen(text));
    ck_assert_str_eq(content.text, text);
    buffer_free(&content);
}

START_TEST(writes_and_reads) {
    const char *path = scratch_path("a");
    ck_assert_int_eq(file_write_inside(path, "first", 5), EXIT_OK);
    assert_holds(path, "first");
    ck_assert_int_eq(file_write_inside(path, "2", 1), EXIT_OK);
    assert_holds(path, "2");
    ck_assert_uint_eq(scratch_count(), 1);
}
END_TEST

START_TEST(keeps_the_old_file_until_the_end) {
    const char *path = scratch_write("a", "old", 3);
    struct file_writer writer;
    ck_assert_int_eq(file_begin(&writer, path), EXIT_OK);
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
    program_start("test");
    const struct rlimit limit = {1000, 1000};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert_int_eq(file_write_inside(path, large, sizeof large), EXIT_FILE);
    assert_holds(path, "old");
    ck_assert_uint_eq(scratch_count(), 1);
}
END_TEST

static int write_named(const char *path, const char *text) {
    struct file_writer writer;
    int code = file_begin(&writer, path);
    if (code != EXIT_OK) return code;
    fputs(text, writer.stream);
    return file_end(&writer);
}

static bool has_kind(const char *path, mode_t kind) {
    struct stat status;
    return lstat(path, &status) == 0 && (status.st_mode & S_IFMT) == kind;
}

START_TEST(follows_links_of_the_user) {
    const char *target = scratch_write("target", "old", 3), *link = scratch_path("link"), *next = scratch_path("next");
    ck_assert_int_eq(symlink("target", link), 0);
    ck_assert_int_eq(symlink(link, next), 0);
    ck_assert_int_eq(write_named(next, "new"), EXIT_OK);
    assert_holds(target, "new");
    ck_assert_int_eq(unlink(target), 0);
    ck_assert_int_eq(write_named(next, "created"), EXIT_OK);
    assert_holds(target, "created");
    ck_assert(has_kind(link, S_IFLNK) && has_kind(next, S_IFLNK));
    const char *circle = scratch_path("circle");
    ck_assert_int_eq(symlink("circle", circle), 0);
    ck_assert_int_eq(write_named(circle, "x"), EXIT_FILE);
    ck_assert_uint_eq(scratch_count(), 4);
}
END_TEST

START_TEST(writes_into_a_fifo) {
    const char *fifo = scratch_path("fifo");
    char text[8] = {0};
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    int reader = open(fifo, O_RDONLY | O_NONBLOCK);
    ck_assert_int_ge(reader, 0);
    ck_assert_int_eq(write_named(fifo, "text"), EXIT_OK);
    ck_assert_int_eq(read(reader, text, sizeof text), 4);
    ck_assert_str_eq(text, "text");
    ck_assert(has_kind(fifo, S_IFIFO));
    // A write that fails.
    signal(SIGPIPE, SIG_IGN);
    struct file_writer writer;
    ck_assert_int_eq(file_begin(&writer, fifo), EXIT_OK);
    close(reader);
    fputs("text", writer.stream);
    ck_assert_int_eq(file_end(&writer), EXIT_FILE);
    ck_assert(has_kind(fifo, S_IFIFO));
}
END_TEST

START_TEST(replaces_links_and_fifos_inside_a_folder) {
    const char *target = scratch_write("target", "old", 3), *link = scratch_path("link"), *fifo = scratch_path("fifo");
    ck_assert_int_eq(symlink(target, link), 0);
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    ck_assert_int_eq(file_write_inside(link, "new", 3), EXIT_OK);
    ck_assert_int_eq(file_write_inside(fifo, "new", 3), EXIT_OK);
    assert_holds(target, "old");
    assert_holds(link, "new");
    assert_holds(fifo, "new");
    ck_assert(has_kind(link, S_IFREG) && has_kind(fifo, S_IFREG));
}
END_TEST

START_TEST(refuses_folders_and_what_is_missing) {
    struct buffer content = {0};
    ck_assert_int_eq(file_read(scratch_path("none"), &content), EXIT_FILE);
    ck_assert_int_eq(file_read(scratch_path("."), &content), EXIT_FILE);
    ck_assert_int_eq(file_write_inside(scratch_path("."), "x", 1), EXIT_FILE);
    ck_assert_int_eq(write_named(scratch_path("."), "x"), EXIT_FILE);
    ck_assert_int_eq(file_write_inside(scratch_path("none/a"), "x", 1), EXIT_FILE);
    ck_assert_uint_eq(scratch_count(), 0);
}
END_TEST

START_TEST(makes_folders_above) {
    ck_assert_int_eq(folder_make(scratch_path("a/b//c")), EXIT_OK);
    ck_assert(folder_exists(scratch_path("a/b/c")));
    ck_assert_int_eq(folder_make(scratch_path("a")), EXIT_OK);
    ck_assert_int_eq(folder_make_inside(scratch_path("a/d")), EXIT_OK);
    ck_assert_int_eq(symlink("b", scratch_path("a/link")), 0);
    ck_assert_int_eq(folder_make_inside(scratch_path("a/link")), EXIT_FILE);
    scratch_write("file", "", 0);
    ck_assert_int_eq(folder_make(scratch_path("file/d")), EXIT_FILE);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("file");
    tcase_add_checked_fixture(cases, scratch_make, scratch_remove);
    tcase_add_test(cases, writes_and_reads);
    tcase_add_test(cases, keeps_the_old_file_until_the_end);
    tcase_add_test(cases, leaves_nothing_when_there_is_no_room);
    tcase_add_test(cases, follows_links_of_the_user);
    tcase_add_test(cases, writes_into_a_fifo);
    tcase_add_test(cases, replaces_links_and_fifos_inside_a_folder);
    tcase_add_test(cases, refuses_folders_and_what_is_missing);
    tcase_add_test(cases, makes_folders_above);
    return suite_run("file", cases);
}
