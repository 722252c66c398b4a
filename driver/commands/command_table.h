// All commands of aespec and their options, one row each.
#ifndef COMMAND_TABLE_H
#define COMMAND_TABLE_H

#include <stddef.h>

#include "driver/commands/options.h"

extern const struct command commands[];
extern const size_t command_count;
// What aespec is, in a line; what a command takes, in lines that end in '\n'.
extern const char program_summary[], program_description[];

#endif
