// Threads that run the tasks of a phase. Any thread may run any task, so results must depend only on the task.
#ifndef POOL_H
#define POOL_H

#include <stddef.h>

struct pool;

// `thread` is less than pool_threads(). No two tasks that run at the same time have the same one, so it can select
// scratch memory.
typedef void pool_task(void *context, size_t task, size_t thread);

// Creates a pool of `threads` threads, including the calling thread, or fewer if the system refuses to create more. The
// caller must call pool_free.
struct pool *pool_create(size_t threads);
size_t pool_threads(const struct pool *pool);
// Runs tasks 0 .. tasks - 1 and returns when all are finished.
void pool_run(struct pool *pool, size_t tasks, pool_task *run, void *context);
void pool_free(struct pool *pool);

#endif
