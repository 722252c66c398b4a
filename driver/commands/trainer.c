// The commands of a trainer: aespec builds the trainer and passes the command line to it.
#include <errno.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/file/folder.h"
#include "base/message.h"
#include "driver/commands/commands.h"
#include "driver/plots/figures.h"
#include "driver/trainers/prepare.h"

int command_trainer(struct arena *arena, const struct line *line) {
    struct prepared prepared;
    int code = trainer_prepare(arena, line, &prepared);
    prepared_close(&prepared);
    if (code != EXIT_OK) return code;
    process_become(&prepared.words);
    return message_error(EXIT_FILE, "cannot run %s: %s", words_file(&prepared.words), error_text(errno));
}

int command_train(struct arena *arena, const struct line *line) {
    struct prepared prepared;
    int code = trainer_prepare(arena, line, &prepared);
    prepared_close(&prepared);
    if (code != EXIT_OK) return code;
    code = process_run(&prepared.words, PROCESS_INHERIT);
    if (code < 0) return message_error(EXIT_FILE, "cannot run %s: %s", words_file(&prepared.words), error_text(errno));
    // A failure to draw figures must not change the exit code of train.
    if (code == EXIT_OK)
        figures_make(arena, &(struct figures){.trainer = words_file(&prepared.words),
                                              .run = line_value(line, "out"),
                                              .data = line_value(line, "data"),
                                              .quiet = line_has(line, "quiet")});
    return code;
}

int command_figures(struct arena *arena, const struct line *line) {
    if (!folder_exists(line->operands[0]))
        return line_refuse(line, EXIT_FILE, "%s is not a run directory", line->operands[0]);
    struct prepared prepared;
    int code = trainer_prepare(arena, line, &prepared);
    prepared_close(&prepared);
    if (code != EXIT_OK) return code;
    return figures_make(arena, &(struct figures){.trainer = words_file(&prepared.words),
                                                 .run = line->operands[0],
                                                 .data = line_value(line, "data"),
                                                 .split = line_value(line, "split")});
}
