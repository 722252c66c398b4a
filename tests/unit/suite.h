// The main function of a unit test.
#ifndef SUITE_H
#define SUITE_H

#include <check.h>

// Runs the cases as a suite; returns the exit code of the program.
int suite_run(const char *name, TCase *cases);

#endif
