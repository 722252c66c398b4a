#include "runtime/numbers/random.h"

#include <Random123/philox.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/api/model.h"
#include "runtime/api/real.h"

enum { WORDS = 4, DIGITS = 256, DIGIT_BITS = 8, KEY_BITS = 64 };

// A stream: its key, and its counter without the block number.
struct stream {
    philox4x32_key_t key;
    uint32_t sample, epoch, place;
};

struct keyed {
    uint64_t key;
    uint32_t index;
};

static struct stream stream_open(uint64_t seed, enum ae_random_purpose purpose, uint32_t site, uint32_t epoch,
                                 uint32_t sample) {
    struct stream stream = {{{(uint32_t)seed, (uint32_t)(seed >> 32)}}, sample, epoch, (uint32_t)purpose << 16 | site};
    return stream;
}

static philox4x32_ctr_t stream_block(const struct stream *stream, size_t block) {
    philox4x32_ctr_t counter = {{(uint32_t)block, stream->sample, stream->epoch, stream->place}};
    return philox4x32(counter, stream->key);
}

static void count_digits(const struct keyed *item, size_t count, int shift, size_t position[DIGITS]) {
    memset(position, 0, DIGITS * sizeof *position);
    for (size_t i = 0; i < count; i++)
        position[item[i].key >> shift & (DIGITS - 1)]++;
    size_t before = 0;
    for (size_t digit = 0; digit < DIGITS; digit++) {
        size_t here = position[digit];
        position[digit] = before;
        before += here;
    }
}

// Radix sort, least significant digit first. Each pass is stable, so the sort is stable. After an even number of passes
// the result is in `item`.
static void sort_by_key(struct keyed *item, struct keyed *other, size_t count) {
    for (int shift = 0; shift < KEY_BITS; shift += DIGIT_BITS) {
        size_t position[DIGITS];
        count_digits(item, count, shift, position);
        for (size_t i = 0; i < count; i++)
            other[position[item[i].key >> shift & (DIGITS - 1)]++] = item[i];
        struct keyed *swap = item;
        item = other;
        other = swap;
    }
}

bool ae_random_permutation(uint64_t seed, uint32_t epoch, size_t count, uint32_t *order) {
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    struct keyed *item = count > SIZE_MAX / 2 / sizeof *item ? NULL : malloc(2 * count * sizeof *item + 1);
    if (item == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        struct stream stream = stream_open(seed, AE_RANDOM_SHUFFLE, 0, epoch, (uint32_t)i);
        philox4x32_ctr_t words = stream_block(&stream, 0);
        item[i] = (struct keyed){(uint64_t)words.v[0] << 32 | words.v[1], (uint32_t)i};
    }
    sort_by_key(item, item + count, count);
    for (size_t i = 0; i < count; i++)
        order[i] = item[i].index;
    free(item);
    return true;
}

// Computed in double and rounded to float, so that float and double builds have the same values.
static ae_real uniform_value(uint32_t word, double bound) {
    return (float)(bound * (((double)(word >> 8) - 0x1p23) * 0x1p-23));
}

void ae_random_uniform(uint64_t seed, uint32_t tensor, size_t count, double bound, ae_real *value) {
    struct stream stream = stream_open(seed, AE_RANDOM_INITIAL, 0, 0, tensor);
    for (size_t i = 0; i < count; i += WORDS) {
        philox4x32_ctr_t words = stream_block(&stream, i / WORDS);
        for (size_t j = 0; j < WORDS && i + j < count; j++)
            value[i + j] = uniform_value(words.v[j], bound);
    }
}

void ae_random_dropout(uint64_t seed, uint32_t epoch, uint32_t sample, uint32_t site, double p, size_t count,
                       ae_real *keep) {
    struct stream stream = stream_open(seed, AE_RANDOM_DROPOUT, site, epoch, sample);
    double threshold = p * 0x1p32;
    ae_real kept = (ae_real)(1 / (1 - p));
    for (size_t i = 0; i < count; i += WORDS) {
        philox4x32_ctr_t words = stream_block(&stream, i / WORDS);
        for (size_t j = 0; j < WORDS && i + j < count; j++)
            keep[i + j] = words.v[j] < threshold ? 0 : kept;
    }
}

// Two normal numbers from two words (Box and Muller, "A note on the generation of random normal deviates", 1958).
static void normal_pair(const uint32_t word[2], ae_real pair[2]) {
    ae_real u = (ae_real)((word[0] >> 8) + 1) * (ae_real)0x1p-24;
    ae_real turns = (ae_real)(word[1] >> 8) * (ae_real)0x1p-24;
    ae_real radius = ae_sqrt(-2 * ae_log(u));
    ae_real sine, cosine;
    ae_sin_cos_turns(turns, &sine, &cosine);
    pair[0] = radius * cosine;
    pair[1] = radius * sine;
}

static void draw_normal(const struct stream *stream, size_t count, ae_real *value) {
    for (size_t i = 0; i < count; i += WORDS) {
        philox4x32_ctr_t words = stream_block(stream, i / WORDS);
        ae_real normal[WORDS];
        normal_pair(words.v, normal);
        normal_pair(words.v + 2, normal + 2);
        memcpy(value + i, normal, (count - i < WORDS ? count - i : WORDS) * sizeof *value);
    }
}

void ae_random_normal(uint64_t seed, uint32_t epoch, uint32_t sample, uint32_t site, size_t count, ae_real *epsilon) {
    struct stream stream = stream_open(seed, AE_RANDOM_EPSILON, site, epoch, sample);
    draw_normal(&stream, count, epsilon);
}

void ae_random_sample(uint64_t seed, uint32_t index, size_t count, ae_real *value) {
    struct stream stream = stream_open(seed, AE_RANDOM_SAMPLE, 0, 0, index);
    draw_normal(&stream, count, value);
}
