// A name for content: equal texts give equal names, different ones different names but for a chance of 2^-128.
// For a cache of our own making, not against somebody who wants two texts to meet.
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash {
    uint64_t state[2];
};

enum { HASH_NAME_LENGTH = 32 };

void hash_begin(struct hash *hash);
// The text's length counts too, so that texts added one after the other cannot run into each other.
void hash_add(struct hash *hash, const char *text, size_t length);
// Hexadecimal digits [HASH_NAME_LENGTH], then a 0.
void hash_name(const struct hash *hash, char name[HASH_NAME_LENGTH + 1]);

#endif
