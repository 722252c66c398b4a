#include "pages/meanings.h"

#include <stddef.h>

const struct meaning exit_codes[] = {
#define EXIT_CODE(name, number, meaning) {#number, meaning},
#include "base/exit_code.def"
#undef EXIT_CODE
    {NULL, NULL},
};

const struct meaning environment_variables[] = {
    {"CC", "the C compiler, words separated by blanks (`ccache gcc`); default: the first of `cc`, `gcc` and `clang` "
           "that exists"},
    {"CFLAGS",
     "replaces `-O2 -march=native`. The flags for exact results always follow (`-std=c11 -ffp-contract=off "
     "-fno-fast-math`), and `-fPIE`; flags that change results (`-ffast-math`, `-Ofast`, `-mdaz-ftz` and their like) "
     "are rejected with exit code 2, also in `CC`"},
    {"XDG_CACHE_HOME",
     "trainers are cached in `$XDG_CACHE_HOME/aespec`, else `~/.cache/aespec`, by the content of all their "
     "inputs; the folder can be removed at any time"},
    {"AESPEC_RUNTIME", "folder of the runtime library, if it is neither next to `aespec` nor in `../lib/aespec`"},
    {"NO_COLOR", "no colour on a terminal"},
    {NULL, NULL},
};

const struct meaning file_places[] = {
    {"runs/MODEL", "the RUN that `train` creates unless `--out` is given: `spec.aespec`, `run.json`, `metrics.csv`, "
                   "`timing.csv`, `weights.safetensors` and `figures/`"},
    {"~/.cache/aespec", "cached trainers; the folder can be removed at any time"},
    {NULL, NULL},
};
