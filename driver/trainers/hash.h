// Names for content, for the cache: equal texts have equal names, and different texts have different names except with
// a probability of about 2^-128. Not a cryptographic hash: collisions can be constructed.
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash {
    uint64_t state[2];
};

enum { HASH_NAME_LENGTH = 32 };

void hash_begin(struct hash *hash);
// Also adds the length, so that the boundaries between consecutive texts matter.
void hash_add(struct hash *hash, const char *text, size_t length);
// Hexadecimal digits [HASH_NAME_LENGTH], then a 0.
void hash_name(const struct hash *hash, char name[HASH_NAME_LENGTH + 1]);

#endif
