// What all commands have in common: exit codes, environment variables, files.
#ifndef MEANINGS_H
#define MEANINGS_H

// A name and its meaning; `x` in the text is code, as in Markdown. The last one is NULL.
struct meaning {
    const char *name, *text;
};

extern const struct meaning exit_codes[], environment_variables[], file_places[];

#endif
