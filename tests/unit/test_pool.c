
#include <check.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "base/pool.h"
#include "tests/unit/suite.h"

enum { TASKS = 37, THREADS_MAX = 8 };

// How often each task ran, and whether another task used the scratch memory of the same thread at the same time.
struct log {
    size_t threads;
    atomic_int runs[TASKS];
    atomic_int inside[THREADS_MAX];
    atomic_bool collided;
    int plain;    // used only by task 0, on any thread
};

static void run_task(void *context, size_t task, size_t thread) {
    struct log *log = context;
    if (thread >= log->threads || atomic_fetch_add(&log->inside[thread], 1) != 0) log->collided = true;
    atomic_fetch_add(&log->runs[task], 1);
    if (task == 0) log->plain++;
    atomic_fetch_sub(&log->inside[thread], 1);
}

static void pause_for(long nanoseconds) {
    nanosleep(&(struct timespec){.tv_nsec = nanoseconds}, NULL);
}

// In consecutive rounds the workers poll, after a pause they sleep.
START_TEST(runs_each_task_once_a_round) {
    const int rounds = 2000;
    struct pool *pool = pool_create((size_t)_i);
    struct log log = {.threads = pool_threads(pool)};
    ck_assert_uint_eq(log.threads, (size_t)_i);
    for (int round = 0; round < rounds; round++) {
        pool_run(pool, round % (TASKS + 1), run_task, &log);
        if (round % 100 == 0) pause_for(300000);
    }
    for (int task = 0; task < TASKS; task++) {
        int expected = 0;
        for (int round = 0; round < rounds; round++)
            expected += task < round % (TASKS + 1);
        ck_assert_int_eq(log.runs[task], expected);
    }
    ck_assert_int_eq(log.plain, log.runs[0]);
    ck_assert(!log.collided);
    pool_free(pool);
}
END_TEST

START_TEST(ends_without_work) {
    for (int i = 0; i < 100; i++) {
        struct pool *pool = pool_create(3);
        if (i % 2) pause_for(100000);
        pool_free(pool);
    }
    pool_free(NULL);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("pool");
    tcase_add_loop_test(cases, runs_each_task_once_a_round, 1, THREADS_MAX + 1);
    tcase_add_test(cases, ends_without_work);
    return suite_run("pool", cases);
}
