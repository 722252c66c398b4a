// What aespec is, in a line; what its commands take, in lines that end in '\n'. For help and the manual.
#ifndef PROGRAM_H
#define PROGRAM_H

extern const char program_summary[], program_description[];

#endif
