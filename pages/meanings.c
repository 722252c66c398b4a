#include "pages/meanings.h"

#include <stddef.h>

const struct meaning exit_codes[] = {
#define EXIT_CODE(name, number, meaning) {#number, meaning},
#include "base/exit_code.def"
#undef EXIT_CODE
    {NULL, NULL},
};

const struct meaning environment_variables[] = {
    {"CC", "the C compiler, words separated by blanks (`ccache gcc`); else `cc`, `gcc` or `clang`, whichever is there"},
    {"CFLAGS",
     "replaces `-O2 -march=native`. What exact numbers need follows it (`-std=c11 -ffp-contract=off "
     "-fno-fast-math`), and `-fPIE`; flags that change results (`-ffast-math`, `-Ofast`, `-mdaz-ftz` and their like) "
     "are refused with 2, in `CC`, too"},
    {"XDG_CACHE_HOME", "trainers are kept in `$XDG_CACHE_HOME/aespec`, else `~/.cache/aespec`, by the content of all "
                       "that goes into them; the folder may be removed at any time"},
    {"AESPEC_RUNTIME", "folder of the runtime library, where it is neither beside `aespec` nor in `../lib/aespec`"},
    {"NO_COLOR", "no colour on a terminal"},
    {NULL, NULL},
};

const struct meaning file_places[] = {
    {"runs/MODEL",
     "a RUN, as `train` leaves it where `--out` names no other: `spec.aespec`, `run.json`, `metrics.csv`, "
     "`timing.csv`, `weights.safetensors` and `figures/`"},
    {"~/.cache/aespec", "trainers that were built; the folder may be removed at any time"},
    {NULL, NULL},
};
