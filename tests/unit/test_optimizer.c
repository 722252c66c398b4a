#include "runtime/net/optimizer.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer_reference.h"
#include "tests/unit/suite.h"

static struct ae_optimizer_state open(const struct reference *reference) {
    double settings[AE_SETTING_COUNT] = {0};
    settings[AE_SETTING_optimizer] = reference->kind;
    settings[AE_SETTING_learning_rate] = reference->learning_rate;
    settings[AE_SETTING_momentum] = reference->momentum;
    settings[AE_SETTING_weight_decay] = reference->weight_decay;
    settings[AE_SETTING_beta1] = reference->beta1;
    settings[AE_SETTING_beta2] = reference->beta2;
    settings[AE_SETTING_epsilon] = reference->epsilon;
    return ae_optimizer_create(settings);
}

static void take(float *to, const double *from, size_t count) {
    for (size_t i = 0; i < count; i++)
        to[i] = (float)from[i];
}

// Weights and updates are about 1 here: the bound is a few roundings of a float, a thousandth of the smallest learning
// rate.
START_TEST(follows_pytorch) {
    const struct reference *reference = &references[_i];
    struct ae_optimizer_state optimizer = open(reference);
    float weights[COUNT], gradient[COUNT], first[COUNT] = {0}, second[COUNT] = {0};
    float *states[] = {first, second};
    take(weights, start, COUNT);
    for (size_t step = 0; step < STEPS; step++) {
        take(gradient, gradients[step], COUNT);
        ae_optimizer_advance(&optimizer);
        ae_optimizer_update(&optimizer, 0, COUNT, gradient, weights, states);
        for (size_t i = 0; i < COUNT; i++)
            ck_assert_msg(fabs(weights[i] - reference->after[step][i]) < 1e-6,
                          "%s, step %zu, weight %zu: expected %.9g, got %.9g", reference->name, step + 1, i,
                          reference->after[step][i], weights[i]);
    }
}
END_TEST

static const char *const optimizers[] = {
#define OPTIMIZER(word, ...) #word,
#include "language/settings.def"
};

static const char *const setting_rows[] = {
#define SETTING(name, ...) #name,
#include "language/settings.def"
};

START_TEST(every_optimizer_has_a_reference) {
    bool seen[AE_OPTIMIZER_COUNT] = {false};
    for (size_t i = 0; i < sizeof references / sizeof *references; i++)
        seen[references[i].kind] = true;
    for (int kind = 0; kind < AE_OPTIMIZER_COUNT; kind++)
        ck_assert_msg(seen[kind], "tests/unit/make_optimizer_reference.py has no case of %s", optimizers[kind]);
}
END_TEST

enum { MANY = 1000 };

struct arrays {
    float gradient[MANY], weights[MANY], first[MANY], second[MANY];
};

static void fill(struct arrays *arrays) {
    *arrays = (struct arrays){0};
    for (int i = 0; i < MANY; i++) {
        arrays->gradient[i] = sinf((float)i);
        arrays->weights[i] = cosf((float)(i * i));
    }
}

static void update(const struct ae_optimizer_state *optimizer, struct arrays *arrays, size_t from, size_t to) {
    float *states[] = {arrays->first, arrays->second};
    ae_optimizer_update(optimizer, from, to, arrays->gradient, arrays->weights, states);
}

START_TEST(ranges_do_not_change_the_bits) {
    struct ae_optimizer_state optimizer = open(&references[_i]);
    static struct arrays whole, parts;
    fill(&whole);
    fill(&parts);
    for (int step = 0; step < 3; step++) {
        ae_optimizer_advance(&optimizer);
        update(&optimizer, &whole, 0, MANY);
        for (size_t from = 0, to; from < MANY; from = to) {
            to = from + 1 + from % 7 < MANY ? from + 1 + from % 7 : MANY;
            update(&optimizer, &parts, from, to);
        }
        for (int i = 0; i < MANY; i++)
            ck_assert(whole.weights[i] == parts.weights[i] && whole.first[i] == parts.first[i]);
    }
}
END_TEST

static const bool of_every_training[AE_SETTING_COUNT] = {
#define READS(name) [AE_SETTING_##name] = true,
#define TRAINING(reads) reads
#include "language/settings.def"
};

// Weights after two steps where every setting is 0.5 but one.
static void take_steps(int kind, int setting, double value, struct arrays *arrays) {
    double settings[AE_SETTING_COUNT];
    for (int i = 0; i < AE_SETTING_COUNT; i++)
        settings[i] = 0.5;
    settings[setting] = value;
    settings[AE_SETTING_optimizer] = kind;
    struct ae_optimizer_state optimizer = ae_optimizer_create(settings);
    fill(arrays);
    for (int step = 0; step < 2; step++) {
        ae_optimizer_advance(&optimizer);
        update(&optimizer, arrays, 0, MANY);
    }
}

// A sweep takes runs for the same that differ in a setting which is not read.
START_TEST(rows_name_the_settings_that_are_read) {
    static struct arrays first, second;
    for (int i = 0; i < AE_SETTING_COUNT; i++) {
        if (of_every_training[i]) continue;
        take_steps(_i, i, 0.5, &first);
        take_steps(_i, i, 0.25, &second);
        bool differs = false;
        for (size_t w = 0; w < sizeof first.weights / sizeof *first.weights; w++)
            differs = differs || first.weights[w] != second.weights[w];
        ck_assert_msg(differs == ae_optimizer_reads((enum ae_optimizer)_i, (enum ae_setting)i),
                      "%s %s %s, its row in settings.def says otherwise", optimizers[_i],
                      differs ? "reads" : "does not read", setting_rows[i]);
    }
}
END_TEST

START_TEST(every_setting_is_read) {
    for (int i = 0; i < AE_SETTING_COUNT; i++) {
        bool read = false;
        for (int kind = 0; kind < AE_OPTIMIZER_COUNT; kind++)
            read |= ae_optimizer_reads((enum ae_optimizer)kind, (enum ae_setting)i);
        ck_assert_msg(read, "no row of settings.def READS %s", setting_rows[i]);
    }
}
END_TEST

START_TEST(small_state_becomes_zero) {
    const double limit = 0x1p-100;
    struct ae_optimizer_state optimizer = open(&references[0]);
    float gradient[] = {0, 0, 0, NAN}, weights[] = {1, 1, 1, 1};
    float first[] = {(float)(limit * 1.2), -(float)(limit * 1.05), 0x1p-140f, 0};
    float second[] = {(float)(limit * 1.2), (float)(limit * 1.0001), 0x1p-140f, 0};
    float *states[] = {first, second};
    ae_optimizer_advance(&optimizer);
    ae_optimizer_update(&optimizer, 0, 4, gradient, weights, states);
    ck_assert(first[0] > 0 && second[0] > 0);
    ck_assert(first[1] == 0 && second[1] == 0);
    ck_assert(first[2] == 0 && second[2] == 0);
    ck_assert(isnan(first[3]) && isnan(second[3]) && isnan(weights[3]));
    ck_assert(weights[2] == 1);
}
END_TEST

// More than any optimizer has.
enum { STATES_MOST = 4 };

// The memory of a trainer is for as many arrays as the row says.
START_TEST(changes_as_many_states_as_its_row_says) {
    struct ae_optimizer_state optimizer = open(&references[_i]);
    float gradient = 0.5f, weight = 1, state[STATES_MOST] = {0};
    float *states[] = {&state[0], &state[1], &state[2], &state[3]};
    ae_optimizer_advance(&optimizer);
    ae_optimizer_update(&optimizer, 0, 1, &gradient, &weight, states);
    for (size_t i = 0; i < STATES_MOST; i++)
        ck_assert_msg((state[i] != 0) == (i < ae_optimizer_states(&optimizer)),
                      "%s %s state %zu, its row in settings.def has %zu", references[_i].name,
                      state[i] != 0 ? "changes" : "does not change", i + 1, ae_optimizer_states(&optimizer));
}
END_TEST

// Numbers that small would slow a processor down, or be lost on another.
START_TEST(tiny_states_become_zero) {
    struct ae_optimizer_state optimizer = open(&references[_i]);
    float gradient = 0, weight = 0, state[STATES_MOST] = {0x1p-140f, 0x1p-140f, 0x1p-140f, 0x1p-140f};
    float *states[] = {&state[0], &state[1], &state[2], &state[3]};
    ae_optimizer_advance(&optimizer);
    ae_optimizer_update(&optimizer, 0, 1, &gradient, &weight, states);
    for (size_t i = 0; i < ae_optimizer_states(&optimizer); i++)
        ck_assert_msg(state[i] == 0, "%s keeps %g in state %zu", references[_i].name, state[i], i + 1);
}
END_TEST

START_TEST(says_how_many_states) {
    const struct reference sgd = {"sgd", AE_OPTIMIZER_sgd, 0.1, 0, 0, 0, 0, 1, {{0}}};
    const struct reference momentum = {"momentum", AE_OPTIMIZER_sgd, 0.1, 0.5, 0, 0, 0, 1, {{0}}};
    struct ae_optimizer_state adam_state = open(&references[0]), sgd_state = open(&sgd);
    struct ae_optimizer_state momentum_state = open(&momentum);
    ck_assert_uint_eq(ae_optimizer_states(&adam_state), 2);
    ck_assert_uint_eq(ae_optimizer_states(&sgd_state), 0);
    ck_assert_uint_eq(ae_optimizer_states(&momentum_state), 1);
    float gradient = 2, weight = 1;
    ae_optimizer_advance(&sgd_state);
    ae_optimizer_update(&sgd_state, 0, 1, &gradient, &weight, NULL);
    ck_assert(weight == 1 - 0.1f * 2);
}
END_TEST

START_TEST(powers_are_repeated_products) {
    struct ae_optimizer_state optimizer = open(&references[0]);
    double power1 = 1, power2 = 1;
    for (int step = 1; step <= 1000; step++) {
        ae_optimizer_advance(&optimizer);
        power1 *= 0.9;
        power2 *= 0.999;
        ck_assert(optimizer.power1 == power1 && optimizer.power2 == power2);
        ck_assert_uint_eq(optimizer.steps, step);
    }
}
END_TEST

int main(void) {
    const int count = sizeof references / sizeof *references;
    TCase *cases = tcase_create("optimizer");
    tcase_add_test(cases, every_optimizer_has_a_reference);
    tcase_add_loop_test(cases, follows_pytorch, 0, count);
    tcase_add_loop_test(cases, ranges_do_not_change_the_bits, 0, count);
    tcase_add_loop_test(cases, rows_name_the_settings_that_are_read, 0, AE_OPTIMIZER_COUNT);
    tcase_add_test(cases, every_setting_is_read);
    tcase_add_test(cases, small_state_becomes_zero);
    tcase_add_loop_test(cases, changes_as_many_states_as_its_row_says, 0, count);
    tcase_add_loop_test(cases, tiny_states_become_zero, 0, count);
    tcase_add_test(cases, says_how_many_states);
    tcase_add_test(cases, powers_are_repeated_products);
    return suite_run("optimizer", cases);
}
