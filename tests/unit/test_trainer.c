// The trainer's commands with the hand-written model. Expected numbers were computed by NumPy in double.
#include <check.h>
#include <fcntl.h>
#include <math.h>
#include <png.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/message.h"
#include "fake_model.h"
#include "runtime/commands/commands.h"
#include "runtime/data/npy.h"
#include "scratch.h"
#include "suite.h"

enum { ARGUMENTS = 32, SAMPLES = 3, FLOATS = 22 };

static const unsigned char data[] = {0, 0, 0x08, 3,   0,  0,   0,   SAMPLES, 0, 0,   0,   2,   0,  0,
                                     0, 2, 0,    255, 51, 102, 204, 0,       0, 255, 255, 153, 51, 0};

static const float weights[FLOATS] = {0.5f,  -0.25f, 0.125f, 0,     0.25f,  0.5f, -0.5f, 0.75f, 0.125f, -0.125f, 0.5f,
                                      0.25f, -0.5f,  0.125f, 0.25f, -0.75f, 1,    0.5f,  0,     0.25f,  -0.25f,  0.5f};

static const char header[] = "{\"encoder.1.weight\":{\"dtype\":\"F32\",\"shape\":[2,4],\"data_offsets\":[0,32]},"
                             "\"encoder.1.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[32,40]},"
                             "\"decoder.0.weight\":{\"dtype\":\"F32\",\"shape\":[4,2],\"data_offsets\":[40,72]},"
                             "\"decoder.0.bias\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[72,88]}}";

static void make_files(void) {
    unsigned char file[sizeof header - 1 + 8 + sizeof weights] = {(sizeof header - 1) & 0xff, (sizeof header - 1) >> 8};
    memcpy(file + 8, header, sizeof header - 1);
    memcpy(file + 8 + sizeof header - 1, weights, sizeof weights);
    scratch_make();
    scratch_write("weights", file, sizeof file);
    scratch_write("data", data, sizeof data);
    ck_assert_int_eq(chdir(scratch_path(".")), 0);
}

static void remove_files(void) {
    ck_assert_int_eq(chdir("/"), 0);
    scratch_remove();
}

// Runs the trainer with the words of `line` in a separate process, with stdout to the file `out` and stderr to `words`.
static pid_t start(const char *line) {
    pid_t child = fork();
    if (child != 0) return child;
    char *text = strdup(line), *words[ARGUMENTS] = {"trainer"};
    int count = 1;
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
        words[count++] = word;
    int out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0666), err = open("words", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    int code = trainer_run(&fake_model, count, words);
    free(text);
    fflush(NULL);
    _exit(code);
}

static int run(const char *line) {
    int status;
    pid_t child = start(line);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char *text_of(const char *path) {
    struct buffer content = {0};
    ck_assert_int_eq(file_read(path, &content), EXIT_OK);
    return (char *)content.text;
}

static void assert_in_file(const char *path, const char *part) {
    char *text = text_of(path);
    ck_assert_msg(strstr(text, part) != NULL, "%s has no '%s': %s", path, part, text);
    free(text);
}

static void assert_close(double found, double expected) {
    ck_assert_msg(fabs(found - expected) <= 1e-6 * fmax(1, fabs(expected)), "found %.9g, expected %.9g", found,
                  expected);
}

static void assert_same_file(const char *a, const char *b) {
    struct buffer first = {0}, second = {0};
    ck_assert(file_read(a, &first) == EXIT_OK && file_read(b, &second) == EXIT_OK);
    ck_assert_uint_eq(first.length, second.length);
    ck_assert_mem_eq(first.text, second.text, first.length);
    buffer_free(&first);
    buffer_free(&second);
}

#define TRAIN "train --data data --init weights --optimizer sgd --learning-rate 0.1 --set strength=0.5 --no-shuffle "

START_TEST(trains_as_numpy_does) {
    ck_assert_int_eq(run(TRAIN "--batch 2 --epochs 1 --trace trace.csv --out r"), EXIT_OK);
    double first, second, number[7];
    char *trace = text_of("trace.csv"), *metrics = text_of("r/metrics.csv");
    ck_assert_int_eq(sscanf(trace, "step,loss\n1,%lf\n2,%lf\n", &first, &second), 2);
    assert_close(first, 1.0851220703125);
    assert_close(second, 1.3969094574558418);
    const char head[] = "epoch,train_loss,test_loss,train_mse,test_mse,train_size,test_size,learning_rate\n1,";
    ck_assert_int_eq(strncmp(metrics, head, sizeof head - 1), 0);
    ck_assert_int_eq(sscanf(metrics + sizeof head - 1, "%lf,%lf,%lf,%lf,%lf,%lf,%lf\n", &number[0], &number[1],
                            &number[2], &number[3], &number[4], &number[5], &number[6]),
                     7);
    static const double expected[] = {1.1890511993602806,
                                      0.7090600663839064,
                                      0.611435032960007,
                                      0.45727471658159846,
                                      1.1552323328005474,
                                      0.5035706996046158,
                                      0.1};
    for (size_t i = 0; i < 7; i++)
        assert_close(number[i], expected[i]);
    free(trace);
    free(metrics);
    ck_assert_int_eq(run("encode --weights r --data data -o codes.csv"), EXIT_OK);
    char *codes = text_of("codes.csv");
    ck_assert_int_eq(sscanf(codes, "z_0,z_1\n%lf,%lf\n%lf,%lf\n", &number[0], &number[1], &number[2], &number[3]), 4);
    static const double z[] = {-0.63542708, 0.52330418, 0.36309974, 0.83118412};
    for (size_t i = 0; i < 4; i++)
        assert_close(number[i], z[i]);
    free(codes);
}
END_TEST

START_TEST(sums_samples_where_it_is_told_to) {
    ck_assert_int_eq(run(TRAIN "--batch 2 --epochs 1 --reduction sum --trace trace.csv --out r"), EXIT_OK);
    double first, second;
    char *trace = text_of("trace.csv");
    ck_assert_int_eq(sscanf(trace, "step,loss\n1,%lf\n2,%lf\n", &first, &second), 2);
    assert_close(first, 1.0851220703125);
    assert_close(second, 1.306312592948008);
    free(trace);
}
END_TEST

START_TEST(evaluates_with_the_consts_of_the_run) {
    ck_assert_int_eq(run(TRAIN "--batch 2 --epochs 1 --out r"), EXIT_OK);
    ck_assert_int_eq(run("evaluate --weights r --data data"), EXIT_OK);
    assert_in_file("out", "split test\nsamples 3\nloss 0.70906");
    ck_assert_int_eq(run("evaluate --weights r/weights.safetensors --data data"), EXIT_OK);    // strength is 0.125 here
    assert_in_file("out", "loss 0.52022");
    ck_assert_int_eq(run("evaluate --weights r --data data --json --split train"), EXIT_OK);
    assert_in_file("out", "\"split\": \"train\"");
}
END_TEST

START_TEST(keeps_its_bits_for_any_number_of_threads) {
    ck_assert_int_eq(run("train --data data --epochs 9 --batch 2 --threads 1 --out one"), EXIT_OK);
    ck_assert_int_eq(run("train --data data --epochs 9 --batch 2 --threads 7 --out seven"), EXIT_OK);
    assert_same_file("one/weights.safetensors", "seven/weights.safetensors");
    assert_same_file("one/metrics.csv", "seven/metrics.csv");
    ck_assert_int_eq(run("train --data data --epochs 9 --batch 2 --seed 2 --out other"), EXIT_OK);
    struct buffer first = {0}, second = {0};
    ck_assert(file_read("one/metrics.csv", &first) == EXIT_OK && file_read("other/metrics.csv", &second) == EXIT_OK);
    ck_assert_str_ne((char *)first.text, (char *)second.text);
    buffer_free(&first);
    buffer_free(&second);
}
END_TEST

START_TEST(gives_the_weights_back) {
    ck_assert_int_eq(run("train --data data --init weights --steps 0 --out r"), EXIT_OK);
    struct buffer content = {0};
    ck_assert_int_eq(file_read("r/weights.safetensors", &content), EXIT_OK);
    ck_assert_mem_eq(content.text + content.length - sizeof weights, weights, sizeof weights);
    buffer_free(&content);
    char *metrics = text_of("r/metrics.csv");
    ck_assert_ptr_eq(strchr(metrics, '\n') + 1, metrics + strlen(metrics));
    free(metrics);
}
END_TEST

START_TEST(decodes_what_it_encodes) {
    ck_assert_int_eq(run("encode --weights weights --data data -o codes.csv"), EXIT_OK);
    ck_assert_int_eq(run("encode --weights weights --data data -o codes.npy"), EXIT_OK);
    ck_assert_int_eq(run("decode --weights weights --latent codes.csv -o a.npy"), EXIT_OK);
    ck_assert_int_eq(run("decode --weights weights --latent codes.npy -o b.npy"), EXIT_OK);
    ck_assert_int_eq(run("reconstruct --weights weights --data data --count 3 -o pairs.npy"), EXIT_OK);
    assert_same_file("a.npy", "b.npy");
    struct npy decoded, pairs;
    ck_assert(npy_load("a.npy", &decoded) == EXIT_OK && npy_load("pairs.npy", &pairs) == EXIT_OK);
    ck_assert(pairs.rank == 5 && pairs.size[0] == 2 && pairs.size[1] == 3 && pairs.size[2] == 1 && pairs.size[4] == 2);
    for (size_t i = 0; i < 12; i++) {
        ck_assert_double_eq(pairs.value[i], data[16 + i]);
        ck_assert_double_eq(pairs.value[12 + i], decoded.value[i]);
    }
    free(decoded.value);
    free(pairs.value);
}
END_TEST

// With bias 0 and unit codes, grid shows the decoder's columns in their places.
START_TEST(shows_the_plane_with_the_second_unit_upwards) {
    ck_assert_int_eq(run("grid --weights weights --cells 2 --from 0,0 --to 1,10 -o grid.npy"), EXIT_OK);
    struct npy grid;
    ck_assert_int_eq(npy_load("grid.npy", &grid), EXIT_OK);
    ck_assert(grid.rank == 4 && grid.size[0] == 4);
    // the first pixel is 0.5 z_0 + 0.25 z_1, in the data's units (y * 0.5 + 0.25) * 255
    static const double expected[] = {(2.5 * 0.5 + 0.25) * 255, (3 * 0.5 + 0.25) * 255, 0.25 * 255, 0.5 * 255};
    for (size_t i = 0; i < 4; i++)
        assert_close(grid.value[i * 4], expected[i]);
    free(grid.value);
}
END_TEST

// Three inputs of 2 x 2 above their reconstructions, one pixel of black between all.
START_TEST(paints_inputs_above_outputs) {
    ck_assert_int_eq(run("reconstruct --weights weights --data data -o pairs.png"), EXIT_OK);
    ck_assert_int_eq(run("reconstruct --weights weights --data data -o pairs.npy"), EXIT_OK);
    struct npy pairs;
    ck_assert_int_eq(npy_load("pairs.npy", &pairs), EXIT_OK);
    png_image image = {.version = PNG_IMAGE_VERSION};
    ck_assert(png_image_begin_read_from_file(&image, "pairs.png"));
    ck_assert(image.width == 8 && image.height == 5 && image.format == PNG_FORMAT_GRAY);
    unsigned char pixels[5][8];
    ck_assert(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    for (size_t y = 0; y < 5; y++)
        for (size_t x = 0; x < 8; x++) {
            size_t sample = y / 3 * 3 + x / 3, place = y % 3 * 2 + x % 3;
            bool gap = y % 3 == 2 || x % 3 == 2;
            double value = gap ? 0 : fmin(255, fmax(0, pairs.value[sample * 4 + place]));
            ck_assert_msg(fabs(pixels[y][x] - value) <= 0.5, "pixel %zu, %zu is %d, expected %g", x, y, pixels[y][x],
                          value);
        }
    free(pairs.value);
}
END_TEST

START_TEST(stops_when_the_loss_is_not_finite) {
    ck_assert_int_eq(run(TRAIN "--batch 2 --epochs 9 --learning-rate 1e25 --trace trace.csv --out r"), EXIT_DIVERGED);
    assert_in_file("words", "is not finite: layer ");
    assert_in_file("words", "initial weights");
    assert_in_file("trace.csv", "2,");
    struct buffer content = {0};
    ck_assert_int_eq(file_read("r/weights.safetensors", &content), EXIT_OK);
    ck_assert_mem_eq(content.text + content.length - sizeof weights, weights, sizeof weights);
    buffer_free(&content);
}
END_TEST

START_TEST(keeps_the_weights_of_the_last_whole_epoch) {
    ck_assert_int_eq(run(TRAIN "--batch 3 --epochs 1 --learning-rate 1e25 --out one"), EXIT_OK);
    ck_assert_int_eq(run(TRAIN "--batch 3 --epochs 9 --learning-rate 1e25 --out r"), EXIT_DIVERGED);
    assert_in_file("words", "weights of epoch 1,");
    struct buffer one = {0}, kept = {0};
    ck_assert(file_read("one/weights.safetensors", &one) == EXIT_OK &&
              file_read("r/weights.safetensors", &kept) == EXIT_OK);
    ck_assert_mem_eq(one.text + one.length - sizeof weights, kept.text + kept.length - sizeof weights, sizeof weights);
    buffer_free(&one);
    buffer_free(&kept);
}
END_TEST

START_TEST(goes_on_while_the_loss_is_merely_huge) {
    ck_assert_int_eq(run(TRAIN "--batch 3 --epochs 2 --learning-rate 1e5 --out r"), EXIT_OK);
}
END_TEST

START_TEST(stops_at_a_signal) {
    pid_t child = start("train --data data --epochs 1000000 --out r");
    for (int i = 0; i < 200 && !file_exists("r/weights.safetensors"); i++)
        nanosleep(&(struct timespec){0, 50000000}, NULL);
    ck_assert_int_eq(kill(child, SIGTERM), 0);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_INTERRUPTED);
    assert_in_file("words", "interrupted after step ");
    ck_assert_int_eq(run("evaluate --weights r --data data"), EXIT_OK);
}
END_TEST

// Wrong command lines and their exit codes; none may leave a file.
static const struct {
    const char *line;
    int code;
} wrong[] = {
    {"", EXIT_USAGE},
    {"trian", EXIT_USAGE},
    {"bench --batch 0", EXIT_USAGE},
    {"train --resume", EXIT_USAGE},
    {"train --deadline 3", EXIT_USAGE},
    {"train --checkpoint-seconds 3", EXIT_USAGE},
    {"train --epoch 3 --out r", EXIT_USAGE},
    {"train --out r", EXIT_USAGE},
    {"train --data data --out r --epochs 0", EXIT_USAGE},
    {"train --data data --out r --epochs 1.5", EXIT_USAGE},
    {"train --data data --out r --batch -3", EXIT_USAGE},
    {"train --data data --out r --learning-rate inf", EXIT_USAGE},
    {"train --data data --out r --seed 9007199254740993", EXIT_USAGE},
    {"train --data data --out r --beta2 1", EXIT_USAGE},
    {"train --data data --out r --epsilon 0", EXIT_USAGE},
    {"train --data data --out r --optimizer adm", EXIT_USAGE},
    {"train --data data --out r --reduction max", EXIT_USAGE},
    {"train --data data --out r --set strenght=1", EXIT_USAGE},
    {"train --data data --out r --set strength", EXIT_USAGE},
    {"train --data data --out r --set strength=two", EXIT_USAGE},
    {"train --data data --out r --threads 0", EXIT_USAGE},
    {"train --data data --out r --limit 0", EXIT_USAGE},
    {"train --data data --out r words", EXIT_USAGE},
    {"train --data data --out r --quiet=yes", EXIT_USAGE},
    {"train --data none --out r", EXIT_FILE},
    {"train --data weights --out r", EXIT_CONTENT},
    {"train --data data --out r --init none", EXIT_FILE},
    {"train --data data --out r --init data", EXIT_CONTENT},
    {"train --data data --out data", EXIT_FILE},
    {"train --data . --out r", EXIT_FILE},
    {"train --data data --out r --trace none/trace.csv", EXIT_FILE},
    {"evaluate --data data", EXIT_USAGE},
    {"evaluate --data data --weights data", EXIT_CONTENT},
    {"evaluate --data data --weights .", EXIT_FILE},
    {"evaluate --data data --weights weights --split all", EXIT_USAGE},
    {"encode --data data --weights weights", EXIT_USAGE},
    {"encode --data data --weights weights -o codes.png", EXIT_USAGE},
    {"encode --data data --weights weights -o none/codes.csv", EXIT_FILE},
    {"decode --weights weights --latent data -o x.npy", EXIT_USAGE},
    {"decode --weights weights --latent none.csv -o x.npy", EXIT_FILE},
    {"reconstruct --data data --weights weights --count 0 -o x.png", EXIT_USAGE},
    {"sample --weights weights -o x.png", EXIT_USAGE},
    {"grid --weights weights --from 1,1 -o x.png", EXIT_USAGE},
    {"grid --weights weights --from 1 --to 2,2 -o x.png", EXIT_USAGE},
    {"grid --weights weights --cells 0 -o x.png", EXIT_USAGE},
};

START_TEST(refuses_wrong_lines_and_leaves_nothing) {
    ck_assert_int_eq(run("info"), EXIT_OK);    // makes the files of stdout and stderr
    size_t files = scratch_count();
    int code = run(wrong[_i].line);
    ck_assert_msg(code == wrong[_i].code, "'%s' ended with %d, expected %d", wrong[_i].line, code, wrong[_i].code);
    ck_assert_msg(scratch_count() == files, "'%s' left something behind", wrong[_i].line);
    assert_in_file("words", "fake: ");
}
END_TEST

START_TEST(does_not_train_into_a_run) {
    ck_assert_int_eq(run("train --data data --epochs 1 --out r"), EXIT_OK);
    char *before = text_of("r/run.json");
    ck_assert_int_eq(run("train --data data --epochs 2 --out r"), EXIT_USAGE);
    assert_in_file("r/run.json", before);
    free(before);
}
END_TEST

START_TEST(helps_with_examples) {
    static const char *const lines[] = {"--help",        "train --help",       "evaluate --help", "encode --help",
                                        "decode --help", "reconstruct --help", "sample --help",   "grid --help",
                                        "info --help",   "bench --help"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ck_assert_int_eq(run(lines[i]), EXIT_OK);
        assert_in_file("out", "example");
    }
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("trainer");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, make_files, remove_files);
    tcase_add_test(cases, trains_as_numpy_does);
    tcase_add_test(cases, sums_samples_where_it_is_told_to);
    tcase_add_test(cases, evaluates_with_the_consts_of_the_run);
    tcase_add_test(cases, keeps_its_bits_for_any_number_of_threads);
    tcase_add_test(cases, gives_the_weights_back);
    tcase_add_test(cases, decodes_what_it_encodes);
    tcase_add_test(cases, shows_the_plane_with_the_second_unit_upwards);
    tcase_add_test(cases, paints_inputs_above_outputs);
    tcase_add_test(cases, stops_when_the_loss_is_not_finite);
    tcase_add_test(cases, keeps_the_weights_of_the_last_whole_epoch);
    tcase_add_test(cases, goes_on_while_the_loss_is_merely_huge);
    tcase_add_test(cases, stops_at_a_signal);
    tcase_add_loop_test(cases, refuses_wrong_lines_and_leaves_nothing, 0, sizeof wrong / sizeof *wrong);
    tcase_add_test(cases, does_not_train_into_a_run);
    tcase_add_test(cases, helps_with_examples);
    return suite_run("trainer", cases);
}
