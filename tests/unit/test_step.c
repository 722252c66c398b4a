// The inputs and results of a training step, with a model whose gradient is 1 everywhere.
#include "runtime/net/step.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fake_model.h"
#include "suite.h"

enum { PARAMETERS = 32, TRAINABLE = 24, SAMPLES = 37, STEPS = 3, TERMS = 2, ALL_TERMS = SAMPLES * TERMS, TASKS = 2 };

static uint64_t numbers[STEPS];
static size_t tasks, steps;

// Two slots: 37 samples / 16.
static void count_task(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)scratch;
    ck_assert_uint_lt(task, TASKS);
    ck_assert_uint_eq(step->samples, SAMPLES);
    tasks++;
}

static void fill_gradient(const struct ae_step *step, size_t task, ae_real *scratch) {
    (void)task;
    (void)scratch;
    numbers[steps++] = step->number;
    for (size_t i = 0; i < TRAINABLE; i++)
        step->gradient[i] = 1;
    for (size_t i = 0; i < ALL_TERMS; i++)
        step->term[i] = 0;
}

static const struct ae_phase phases[] = {{0, NULL, count_task}, {1, NULL, fill_gradient}};

static const struct ae_training training = {
    .memory = {.parameters = PARAMETERS, .trainable = TRAINABLE, .terms = TERMS, .input = 4},
    .phases = phases,
    .phase_count = 2};

// Three steps of sgd at a rate and with a decay of 0.5, without momentum: exact in binary; the table maps all bytes of
// the samples to zero.
START_TEST(trains_parameters_and_leaves_buffers) {
    static ae_real zeros[256];
    static unsigned char bytes[SAMPLES * 4];
    static uint32_t order[SAMPLES];
    struct ae_model model = fake_model;
    model.training = &training;
    const struct split split = {
        .model = &model, .count = SAMPLES, .images = {.type = IDX_U8, .elements = bytes}, .table = zeros};
    struct settings settings;
    struct stepper stepper;
    settings_default(&model, &settings);
    settings.value[AE_SETTING_batch] = 1000;
    settings.value[AE_SETTING_optimizer] = AE_OPTIMIZER_sgd;
    settings.value[AE_SETTING_learning_rate] = settings.value[AE_SETTING_weight_decay] = 0.5;
    struct pool *pool = pool_create(1);
    stepper_create(&stepper, pool, &settings, &split);
    for (size_t i = 0; i < PARAMETERS; i++)
        stepper.parameters[i] = (ae_real)i;
    for (int i = 0; i < STEPS; i++)
        ck_assert(stepper_run(&stepper, 1, order, SAMPLES));
    for (size_t i = 0; i < PARAMETERS; i++) {
        double expected = (double)i;
        for (int step = 0; step < STEPS && i < TRAINABLE; step++)
            expected -= 0.5 * (1 + 0.5 * expected);
        ck_assert_double_eq((double)stepper.parameters[i], expected);
    }
    ck_assert_uint_eq(tasks, (size_t)TASKS * STEPS);
    for (uint64_t i = 0; i < STEPS; i++)
        ck_assert_uint_eq(numbers[i], i + 1);
    stepper_free(&stepper);
    settings_free(&settings);
    pool_free(pool);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("step");
    tcase_add_test(cases, trains_parameters_and_leaves_buffers);
    return suite_run("step", cases);
}
