// A trainer's command line.
#ifndef AE_COMMANDS_H
#define AE_COMMANDS_H

// Runs the command that argv [argc] names, argv[0] being the program; returns the program's exit code.
int trainer_run(int argc, char **argv);

#endif
