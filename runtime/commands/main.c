#include "runtime/api/build.h"
#include "runtime/api/model.h"
#include "runtime/api/processor.h"
#include "runtime/commands/commands.h"
#include "runtime/data/say.h"

const char ae_trainer_marker[] = AE_TRAINER_MARKER_BEGIN AE_TRAINER_MARKER_END;

// Read at run time, so that the linker keeps what it points to.
static const char *volatile marker = ae_trainer_marker;

int main(int argc, char **argv) {
    const char *missing = ae_features_missing(ae_model.features);
    if (!marker) return AE_BUG;
    if (missing)
        return say_error(AE_FILE, "this trainer was compiled for a processor with %s, which this one has not", missing);
    return trainer_run(argc, argv);
}
