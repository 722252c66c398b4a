#include "driver/commands/program.h"

const char program_summary[] = "a compiler for autoencoders: from a spec to plain C and a trainer";
const char program_description[] =
    "SPEC is an .aespec file; aespec(5) describes the language. RUN is a folder that train has created; it contains\n"
    "its spec and --sets, so a RUN can be given in place of a SPEC, and the command reads the weights of the RUN.\n"
    "\n"
    "Options can be anywhere on the command line. Data go to stdout, messages to stderr. A file is written\n"
    "completely or not at all. The same seed gives the same bytes, with any C compiler and any number of threads.\n";
