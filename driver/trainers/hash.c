#include "driver/trainers/hash.h"

#include <inttypes.h>
#include <stdio.h>

// Two multiply-and-xor hashes in the manner of FNV-1a, with different odd multipliers and shifts.
static const uint64_t multiplier[2] = {0x100000001b3, 0x9e3779b97f4a7c15};
static const uint64_t first_state[2] = {0xcbf29ce484222325, 0x6a09e667f3bcc908};

static void add_byte(struct hash *hash, unsigned char byte) {
    hash->state[0] = (hash->state[0] ^ byte) * multiplier[0];
    hash->state[1] = (hash->state[1] ^ byte) * multiplier[1];
    hash->state[1] ^= hash->state[1] >> 29;
}

void hash_begin(struct hash *hash) {
    hash->state[0] = first_state[0];
    hash->state[1] = first_state[1];
}

void hash_add(struct hash *hash, const char *text, size_t length) {
    for (size_t rest = length, i = 0; i < sizeof length; i++, rest >>= 8)
        add_byte(hash, (unsigned char)rest);
    for (size_t i = 0; i < length; i++)
        add_byte(hash, (unsigned char)text[i]);
}

void hash_name(const struct hash *hash, char name[HASH_NAME_LENGTH + 1]) {
    snprintf(name, HASH_NAME_LENGTH + 1, "%016" PRIx64 "%016" PRIx64, hash->state[0], hash->state[1]);
}
