// Text of the help and the manual: a one-line summary, and a description of the operands in lines that end in '\n'.
#ifndef PROGRAM_H
#define PROGRAM_H

extern const char program_summary[], program_description[];

#endif
