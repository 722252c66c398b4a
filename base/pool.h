// Threads that run the tasks of a phase. Which thread runs which task is open, so results may depend on the task alone.
#ifndef POOL_H
#define POOL_H

#include <stddef.h>

struct pool;

// `thread` is below pool_threads() and names the scratch memory that no other running task has.
typedef void pool_task(void *context, size_t task, size_t thread);

// A pool of `threads` threads, the caller's one of them; fewer where the system gives no more. pool_free afterwards.
struct pool *pool_create(size_t threads);
size_t pool_threads(const struct pool *pool);
// Runs tasks 0 .. tasks - 1 and returns when all have ended.
void pool_run(struct pool *pool, size_t tasks, pool_task *run, void *context);
void pool_free(struct pool *pool);

#endif
