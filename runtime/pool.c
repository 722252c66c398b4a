#include "pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "allocate.h"

struct worker {
    struct pool *pool;
    size_t number;
    pthread_t thread;
};

struct pool {
    struct worker *workers;    // [threads - 1]
    size_t threads;
    pthread_mutex_t lock;
    pthread_cond_t begun, ended;
    uint64_t round;    // of work handed out; guarded by lock, as are the next two
    size_t busy;
    bool closing;
    pool_task *run;
    void *context;
    size_t tasks;
    atomic_size_t next;
};

static void take_tasks(struct pool *pool, size_t thread) {
    for (size_t task; (task = atomic_fetch_add(&pool->next, 1)) < pool->tasks;)
        pool->run(pool->context, task, thread);
}

static void *work(void *argument) {
    struct worker *worker = argument;
    struct pool *pool = worker->pool;
    uint64_t seen = 0;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->round == seen && !pool->closing)
            pthread_cond_wait(&pool->begun, &pool->lock);
        if (pool->closing) break;
        seen = pool->round;
        pthread_mutex_unlock(&pool->lock);
        take_tasks(pool, worker->number);
        pthread_mutex_lock(&pool->lock);
        if (--pool->busy == 0) pthread_cond_signal(&pool->ended);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

struct pool *pool_create(size_t threads) {
    struct pool *pool = allocate(1, sizeof *pool);
    pool->workers = allocate(threads, sizeof *pool->workers);
    pool->threads = 1;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->begun, NULL);
    pthread_cond_init(&pool->ended, NULL);
    // signals are the first thread's
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (; pool->threads < threads; pool->threads++) {
        struct worker *worker = &pool->workers[pool->threads - 1];
        *worker = (struct worker){.pool = pool, .number = pool->threads};
        if (pthread_create(&worker->thread, NULL, work, worker) != 0) break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pool;
}

size_t pool_threads(const struct pool *pool) {
    return pool->threads;
}

void pool_run(struct pool *pool, size_t tasks, pool_task *run, void *context) {
    bool alone = pool->threads == 1 || tasks == 1;
    pthread_mutex_lock(&pool->lock);
    pool->run = run;
    pool->context = context;
    pool->tasks = tasks;
    atomic_store(&pool->next, 0);
    if (!alone) {
        pool->busy = pool->threads - 1;
        pool->round++;
        pthread_cond_broadcast(&pool->begun);
    }
    pthread_mutex_unlock(&pool->lock);
    take_tasks(pool, 0);
    if (alone) return;
    pthread_mutex_lock(&pool->lock);
    while (pool->busy > 0)
        pthread_cond_wait(&pool->ended, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

void pool_free(struct pool *pool) {
    if (!pool) return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->begun);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i + 1 < pool->threads; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pthread_cond_destroy(&pool->ended);
    pthread_cond_destroy(&pool->begun);
    pthread_mutex_destroy(&pool->lock);
    free(pool->workers);
    free(pool);
}
