// Exit codes, one row each in exit_code.def.
#ifndef EXIT_CODE_H
#define EXIT_CODE_H

enum exit_code {
#define EXIT_CODE(name, number, meaning) EXIT_##name = (number),
#include "base/exit_code.def"
#undef EXIT_CODE
};

#endif
