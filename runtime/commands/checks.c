#include "runtime/commands/checks.h"

#include <string.h>

#include "base/number.h"
#include "runtime/api/command_rows.h"

static int check_sample(const struct line *line, const struct model_facts *facts) {
    if (facts->latent_is_gaussian) return EXIT_OK;
    return line_refuse(line, EXIT_USAGE, "requires a gaussian latent; %s is a code, which has no prior to sample from",
                       facts->latent_name);
}

static int check_grid(const struct line *line, const struct model_facts *facts) {
    if (facts->latent_count != 2)
        return line_refuse(line, EXIT_USAGE, "requires two latent units; %s has %zu", facts->latent_name,
                           facts->latent_count);
    if (line_has(line, "from") == line_has(line, "to")) return EXIT_OK;
    return line_refuse(line, EXIT_USAGE, "--from and --to must be given together, found --%s alone",
                       line_has(line, "from") ? "from" : "to");
}

static int check_measure(const struct line *line, const struct model_facts *facts) {
    uint64_t parts = line_whole(line, "parts", 1);
    if (parts <= facts->latent_count && facts->latent_count % parts == 0) return EXIT_OK;
    return line_refuse(line, EXIT_USAGE, "--parts %llu does not divide the number of latent units, %zu",
                       (unsigned long long)parts, facts->latent_count);
}

static int check_picture(const struct line *line, const struct model_facts *facts) {
    const char *path = line_value(line, "output"), *ending = path ? strrchr(path, '.') : NULL;
    if (!ending || strcmp(ending, ".png") != 0) return EXIT_OK;
    if (facts->input_rank == 3 && (facts->input[0] == 1 || facts->input[0] == 3)) return EXIT_OK;
    char shape[SIZES_TEXT];
    return line_refuse(line, EXIT_USAGE, "a PNG requires samples of [1, H, W] or [3, H, W], found %s; use a .npy file",
                       sizes_format(shape, facts->input, facts->input_rank));
}

int line_check_model(const struct line *line, const struct model_facts *facts) {
    int (*const checks[COMMANDS])(const struct line *, const struct model_facts *) = {
        [COMMAND_sample] = check_sample, [COMMAND_grid] = check_grid, [COMMAND_measure] = check_measure};
    size_t command = (size_t)(line->command - line->table->commands);
    int code = checks[command] ? checks[command](line, facts) : EXIT_OK;
    return code == EXIT_OK ? check_picture(line, facts) : code;
}
