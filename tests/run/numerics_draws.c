// Draws the numbers that docs/numerics.md describes, for numerics_document.py: raw uint32 or float on stdout.
//   numerics_draws order SEED EPOCH COUNT
//   numerics_draws dropout SEED EPOCH SAMPLE SITE P COUNT
//   numerics_draws initial SEED TENSOR BOUND COUNT
//   numerics_draws epsilon SEED EPOCH SAMPLE SITE COUNT
//   numerics_draws sample SEED INDEX COUNT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/api/model.h"
#include "runtime/numbers/random.h"

static unsigned long long whole(const char *text) {
    return strtoull(text, NULL, 10);
}

static uint32_t small(const char *text) {
    return (uint32_t)whole(text);
}

static int draw(const char *what, char **argument, size_t count, void *out) {
    uint64_t seed = whole(argument[0]);
    if (strcmp(what, "order") == 0) return ae_random_permutation(seed, small(argument[1]), count, out) ? 0 : 1;
    if (strcmp(what, "dropout") == 0)
        ae_random_dropout(seed, small(argument[1]), small(argument[2]), small(argument[3]), strtod(argument[4], NULL),
                          count, out);
    else if (strcmp(what, "initial") == 0)
        ae_random_uniform(seed, small(argument[1]), count, strtod(argument[2], NULL), out);
    else if (strcmp(what, "epsilon") == 0)
        ae_random_normal(seed, small(argument[1]), small(argument[2]), small(argument[3]), count, out);
    else if (strcmp(what, "sample") == 0)
        ae_random_sample(seed, small(argument[1]), count, out);
    else
        return 1;
    return 0;
}

int main(int count, char **arguments) {
    if (count < 5) return 2;
    size_t numbers = whole(arguments[count - 1]);
    void *out = malloc(4 * numbers + 1);
    int code = out == NULL ? 1 : draw(arguments[1], arguments + 2, numbers, out);
    if (code == 0 && fwrite(out, 4, numbers, stdout) != numbers) code = 1;
    free(out);
    return code;
}
