// Prints the bytes that a stepper with one thread allocates. Linked with -Wl,--wrap=reals_allocate, so that all arrays
// of reals are counted, with the C of a model whose symbol is NAME, and with the runtime.
//
//   step_memory BATCH OPTIMIZER MOMENTUM    OPTIMIZER: adam or sgd
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/net/step.h"
#include "runtime/numbers/reals.h"

extern const struct ae_model NAME;
static size_t elements;

ae_real *__real_reals_allocate(size_t count);
ae_real *__wrap_reals_allocate(size_t count);

ae_real *__wrap_reals_allocate(size_t count) {
    elements += count;
    return __real_reals_allocate(count);
}

int main(int count, char **arguments) {
    struct settings settings;
    struct stepper stepper;
    struct split split = {.model = &NAME, .count = 1000000};
    if (count != 4) return 2;
    settings_default(&NAME, &settings);
    settings.value[AE_SETTING_batch] = atof(arguments[1]);
    settings.value[AE_SETTING_optimizer] = strcmp(arguments[2], "sgd") == 0 ? AE_OPTIMIZER_sgd : AE_OPTIMIZER_adam;
    settings.value[AE_SETTING_momentum] = atof(arguments[3]);
    struct pool *pool = pool_create(1);
    elements = 0;
    stepper_create(&stepper, pool, &settings, &split);
    printf("%zu\n", elements * sizeof(ae_real));
    stepper_free(&stepper);
    settings_free(&settings);
    pool_free(pool);
    return 0;
}
