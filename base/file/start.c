#include "base/file/start.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/json/json.h"
#include "base/memory.h"
#include "base/message.h"

// Reading stdin and writing stdout or stderr then fails, as it does with a closed descriptor.
static void open_standard_files(void) {
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
        if (fcntl(file, F_GETFD) < 0 && open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY) != file)
            exit(EXIT_FILE);
}

void program_start(const char *name) {
    message_program(name);
    open_standard_files();
    memory_prepare();
    json_use_memory();
    signal(SIGXFSZ, SIG_IGN);    // a write beyond the limit of sizes fails like one to a full disk
    signal(SIGCHLD, SIG_DFL);    // a parent may ignore it: no child could be waited for
}
