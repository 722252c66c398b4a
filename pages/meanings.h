// What every command has in common: its exit codes, the environment it reads, the files it leaves.
#ifndef MEANINGS_H
#define MEANINGS_H

// A name and what it means, `x` in the text being code as in Markdown; NULL behind the last one.
struct meaning {
    const char *name, *text;
};

extern const struct meaning exit_codes[], environment_variables[], file_places[];

#endif
