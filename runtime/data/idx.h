// IDX files, plain or compressed by gzip: a big-endian header (two zero bytes, the type of an element, the rank, then a
// size of 32 bits for each dimension) and the elements, the last dimension fastest.
// http://yann.lecun.com/exdb/mnist describes the format.
#ifndef AE_IDX_H
#define AE_IDX_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum { IDX_RANK_MAX = 8 };

enum idx_type { IDX_U8 = 0x08, IDX_I8 = 0x09, IDX_I16 = 0x0B, IDX_I32 = 0x0C, IDX_F32 = 0x0D, IDX_F64 = 0x0E };

struct idx {
    enum idx_type type;
    size_t rank;                      // 1 to IDX_RANK_MAX
    size_t size[IDX_RANK_MAX];        // all at least 1
    size_t count;                     // of elements, the product of the sizes
    const unsigned char *elements;    // in this machine's byte order; points into `content`
    uint32_t checksum;                // crc32 of the decompressed bytes
    struct buffer content;
};

// Returns EXIT_FILE if the file cannot be read, EXIT_CONTENT if it is not exactly one complete IDX file or has numbers
// that are not finite; errors are reported on stderr. The caller must call idx_free, also after an error.
int idx_load(const char *path, struct idx *idx);
void idx_free(struct idx *idx);
double idx_value(const struct idx *idx, size_t element);
// The range of an integer type; [0, 1] for floating point.
void idx_range(enum idx_type type, double *low, double *high);

#endif
