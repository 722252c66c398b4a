#include "base/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"

// The bits of the gate: the number of rounds so far, whether the last round can still be entered, and the number of
// workers inside.
enum { GATE_ROUND = 32 };
static const uint64_t GATE_OPEN = UINT64_C(1) << 31, GATE_INSIDE = (UINT64_C(1) << 31) - 1;

// About the time that sleeping and waking up takes. The pauses between the phases of a step are shorter.
static const uint64_t SPIN_NANOSECONDS = 50000;

// How long a thread polls in a loop before it sleeps.
struct patience {
    uint64_t most, limit, begun;    // nanoseconds; most: 0 if there are more threads than processors
};

struct worker {
    struct pool *pool;
    size_t number;
    uint64_t seen;    // the last round it entered
    struct patience patience;
    pthread_t thread;
};

struct pool {
    struct worker *workers;    // [threads - 1]
    size_t threads;
    struct patience patience;    // of the calling thread
    pthread_mutex_t lock;
    pthread_cond_t opened, emptied;    // for threads that sleep until the gate opens or is empty
    _Atomic uint64_t gate;
    // Written while no worker is inside the gate, read by the workers inside.
    pool_task *run;
    void *context;
    size_t tasks;
    bool closing;
    atomic_size_t next;
};

// Hints to the processor that this is a polling loop, so that the other hardware thread gets more of the core.
static void processor_pause(void) {
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("yield");
#endif
}

static void wait_begin(struct patience *patience) {
    patience->begun = clock_nanoseconds();
}

// Called between two polls; false when the thread should sleep.
static bool wait_on(const struct patience *patience) {
    processor_pause();
    return clock_nanoseconds() - patience->begun < patience->limit;
}

// A wait that was too long for polling halves the polling time, so that polling soon stops when tasks are large or
// other programs need the processors. A wait that polling could have covered restores the full time.
static void wait_end(struct patience *patience) {
    bool bridged = clock_nanoseconds() - patience->begun < 2 * SPIN_NANOSECONDS;
    patience->limit = bridged ? patience->most : patience->limit / 2;
}

// Polls, then sleeps on `changed`, until done(context) is true.
static void wait_until(struct pool *pool, struct patience *patience, pthread_cond_t *changed, bool (*done)(void *),
                       void *context) {
    wait_begin(patience);
    do
        if (done(context)) return;
    while (wait_on(patience));
    pthread_mutex_lock(&pool->lock);
    while (!done(context))
        pthread_cond_wait(changed, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    wait_end(patience);
}

// A worker that arrives late finds the gate closed, so that no thread waits for a worker that is still asleep.
static bool try_enter(void *context) {
    struct worker *worker = context;
    uint64_t gate = atomic_load(&worker->pool->gate);
    while (gate & GATE_OPEN && gate >> GATE_ROUND != worker->seen)
        if (atomic_compare_exchange_weak(&worker->pool->gate, &gate, gate + 1)) {
            worker->seen = gate >> GATE_ROUND;
            return true;
        }
    return false;
}

static void enter(struct worker *worker) {
    wait_until(worker->pool, &worker->patience, &worker->pool->opened, try_enter, worker);
}

static void leave(struct pool *pool) {
    uint64_t gate = atomic_fetch_sub(&pool->gate, 1) - 1;
    if (gate & (GATE_OPEN | GATE_INSIDE)) return;
    pthread_mutex_lock(&pool->lock);
    pthread_cond_signal(&pool->emptied);
    pthread_mutex_unlock(&pool->lock);
}

static void open_gate(struct pool *pool) {
    pthread_mutex_lock(&pool->lock);
    atomic_store(&pool->gate, ((atomic_load(&pool->gate) >> GATE_ROUND) + 1) << GATE_ROUND | GATE_OPEN);
    pthread_cond_broadcast(&pool->opened);
    pthread_mutex_unlock(&pool->lock);
}

static bool is_empty(void *context) {
    const struct pool *pool = context;
    return !(atomic_load(&pool->gate) & GATE_INSIDE);
}

static void shut_gate(struct pool *pool) {
    atomic_fetch_and(&pool->gate, ~GATE_OPEN);
    wait_until(pool, &pool->patience, &pool->emptied, is_empty, pool);
}

static void take_tasks(struct pool *pool, size_t thread) {
    for (size_t task; (task = atomic_fetch_add(&pool->next, 1)) < pool->tasks;)
        pool->run(pool->context, task, thread);
}

static void *work(void *argument) {
    struct worker *worker = argument;
    for (enter(worker); !worker->pool->closing; enter(worker)) {
        take_tasks(worker->pool, worker->number);
        leave(worker->pool);
    }
    return NULL;
}

struct pool *pool_create(size_t threads) {
    struct pool *pool = memory_allocate(1, sizeof *pool);
    pool->workers = memory_allocate(threads, sizeof *pool->workers);
    pool->threads = 1;
    uint64_t most = (long)threads <= sysconf(_SC_NPROCESSORS_ONLN) ? SPIN_NANOSECONDS : 0;
    pool->patience = (struct patience){.most = most, .limit = most};
    if (pthread_mutex_init(&pool->lock, NULL) != 0 || pthread_cond_init(&pool->opened, NULL) != 0 ||
        pthread_cond_init(&pool->emptied, NULL) != 0)
        memory_exhausted();
    // signals must be handled by the first thread
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (; pool->threads < threads; pool->threads++) {
        struct worker *worker = &pool->workers[pool->threads - 1];
        *worker = (struct worker){.pool = pool, .number = pool->threads, .patience = pool->patience};
        if (pthread_create(&worker->thread, NULL, work, worker) != 0) break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pool;
}

size_t pool_threads(const struct pool *pool) {
    return pool->threads;
}

void pool_run(struct pool *pool, size_t tasks, pool_task *run, void *context) {
    bool alone = pool->threads == 1 || tasks <= 1;
    pool->run = run;
    pool->context = context;
    pool->tasks = tasks;
    atomic_store(&pool->next, 0);
    if (!alone) open_gate(pool);
    take_tasks(pool, 0);
    if (!alone) shut_gate(pool);
}

void pool_free(struct pool *pool) {
    if (!pool) return;
    pool->closing = true;
    open_gate(pool);
    for (size_t i = 0; i + 1 < pool->threads; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pthread_cond_destroy(&pool->emptied);
    pthread_cond_destroy(&pool->opened);
    pthread_mutex_destroy(&pool->lock);
    free(pool->workers);
    free(pool);
}
