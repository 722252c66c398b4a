#include "base/message.h"
#include "runtime/api/build.h"
#include "runtime/commands/commands.h"

const char ae_trainer_marker[] = AE_TRAINER_MARKER_BEGIN AE_TRAINER_MARKER_END;

// volatile, so that the linker keeps the marker.
static const char *volatile marker = ae_trainer_marker;

int main(int argc, char **argv) {
    return marker ? trainer_run(ae_build.model, argc, argv) : EXIT_BUG;
}
