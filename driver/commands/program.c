#include "driver/commands/program.h"

const char program_summary[] = "a compiler for autoencoders: a spec in, plain C out, and the trainer made of it";
const char program_description[] =
    "SPEC is an .aespec file; aespec(5) describes the language. RUN is the folder that a training leaves; it keeps "
    "its\n"
    "spec and its --sets, so a RUN may be given wherever a SPEC may, and the command takes its weights from there.\n"
    "\n"
    "Options may be anywhere on the line. Data goes to stdout, messages go to stderr. Files are written whole or not "
    "at\n"
    "all. The same seed gives the same bytes, with any C compiler and on any number of threads.\n";
