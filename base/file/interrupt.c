#include "base/file/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/file/file.h"

static volatile sig_atomic_t came, deferred;

static void handle_signal(int number) {
    (void)number;
    came = 1;
    if (deferred) return;
    files_remove_unfinished();
    _exit(EXIT_INTERRUPTED);
}

void interrupts_catch(void) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction before, action = {.sa_handler = handle_signal, .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        // nohup sets SIGHUP to be ignored
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
}

void interrupts_defer(void) {
    deferred = 1;
}

bool interrupted(void) {
    return came;
}
