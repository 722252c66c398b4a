#include "base/file/start.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/json/json.h"
#include "base/memory.h"
#include "base/message.h"

// Each is opened in the wrong direction, so that reading stdin and writing stdout or stderr fail as with a closed
// descriptor.
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
    signal(SIGXFSZ, SIG_IGN);    // a write beyond the file size limit fails like a write to a full disk
    signal(SIGCHLD, SIG_DFL);    // if the parent ignores it, waiting for children fails
}
