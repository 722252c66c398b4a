// pages share FOLDER SPEC    writes the manual and the completions below FOLDER, in the layout of share/;
//                            SPEC is the example of aespec(5)
// pages editors FOLDER       writes the editors' files below FOLDER
// pages tables PAGE          prints a page of docs/ with its tables renewed
#include "pages/pages.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/file/start.h"
#include "base/message.h"
#include "compiler/compiler.h"
#include "runtime/api/build.h"
#include "runtime/api/command_rows.h"

const struct option_table *pages_table(void) {
    static struct option_table table;
    if (!table.commands) table = command_table(OPTION_DRIVER, AESPEC_NAME);
    return &table;
}

struct place {
    struct arena *arena;
    const char *folder;
    bool failed;    // reported on stderr
};

// Writes the page to a file below the folder and empties the buffer.
static void put(struct place *place, const char *name, struct buffer *page) {
    const char *path = arena_print(place->arena, "%s/%s", place->folder, name);
    int code = folder_make(path_folder(place->arena, path));
    if (code == EXIT_OK) code = file_write(path, page->text, page->length);
    if (code != EXIT_OK) place->failed = true;
    buffer_free(page);
}

static void write_manual(struct place *place, const char *example) {
    struct buffer page = {0};
    manual_overview(place->arena, &page);
    put(place, "man/man1/aespec.1", &page);
    const struct option_table *table = pages_table();
    for (size_t i = 0; i < table->command_count; i++) {
        manual_command(place->arena, &table->commands[i], &page);
        put(place, arena_print(place->arena, "man/man1/aespec-%s.1", table->commands[i].name), &page);
    }
    manual_language(place->arena, example, &page);
    put(place, "man/man5/aespec.5", &page);
}

static void write_completions(struct place *place) {
    struct buffer page = {0};
    completion_bash(place->arena, &page);
    put(place, "bash-completion/completions/aespec", &page);
    completion_zsh(place->arena, &page);
    put(place, "zsh/site-functions/_aespec", &page);
    completion_fish(place->arena, &page);
    put(place, "fish/vendor_completions.d/aespec.fish", &page);
}

static void write_editors(struct place *place) {
    struct buffer page = {0};
    editor_vim_syntax(place->arena, &page);
    put(place, "vim/syntax/aespec.vim", &page);
    editor_vim_detect(place->arena, &page);
    put(place, "vim/ftdetect/aespec.vim", &page);
    editor_textmate(place->arena, &page);
    put(place, "aespec.tmLanguage.json", &page);
}

static bool write_share(struct place *place, const char *spec) {
    struct buffer example = {0};
    if (file_read(spec, &example) != EXIT_OK) return false;
    write_manual(place, example.text);
    write_completions(place);
    buffer_free(&example);
    return true;
}

int main(int argc, char **argv) {
    program_start("pages");
    if (argc == 3 && strcmp(argv[1], "tables") == 0) return tables_print(argv[2]) ? EXIT_OK : EXIT_FILE;
    struct arena arena = {0};
    struct place place = {&arena, argc > 2 ? argv[2] : "", false};
    if (argc == 4 && strcmp(argv[1], "share") == 0)
        place.failed = !write_share(&place, argv[3]) || place.failed;
    else if (argc == 3 && strcmp(argv[1], "editors") == 0)
        write_editors(&place);
    else {
        fprintf(stderr, "usage: pages share FOLDER SPEC, pages editors FOLDER, pages tables PAGE\n");
        return EXIT_USAGE;
    }
    arena_free(&arena);
    return place.failed ? EXIT_FILE : EXIT_OK;
}
