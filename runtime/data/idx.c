#include "runtime/data/idx.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/number.h"
#include "base/text.h"

enum { HEADER = 4, GZIP_WINDOW = 15 + 16 };

static const struct {
    enum idx_type type;
    size_t bytes;
    double low, high;
} types[] = {{IDX_U8, 1, 0, 255},         {IDX_I8, 1, -128, 127},
             {IDX_I16, 2, -32768, 32767}, {IDX_I32, 4, -2147483648.0, 2147483647.0},
             {IDX_F32, 4, 0, 1},          {IDX_F64, 8, 0, 1}};
enum { TYPES = sizeof types / sizeof *types };

static size_t find_type(unsigned type) {
    size_t i = 0;
    while (i < TYPES && types[i].type != type)
        i++;
    return i;
}

void idx_range(enum idx_type type, double *low, double *high) {
    size_t i = find_type(type);
    *low = types[i].low;
    *high = types[i].high;
}

static bool is_gzip(const unsigned char *data, size_t size) {
    return size >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

static void *stream_allocate(void *context, uInt count, uInt size) {
    (void)context;
    return memory_allocate(count, size);
}

static void stream_free(void *context, void *memory) {
    (void)context;
    free(memory);
}

// Decompresses all gzip members. The buffer grows with the actual output, so that a forged header cannot cause a large
// allocation. zlib verifies the checksum of each member; *checksum combines them.
static const char *inflate_all(z_stream *stream, struct buffer *plain, uint32_t *checksum) {
    enum { LEAST = 4096, MOST = 1 << 30 };
    size_t room = (size_t)stream->avail_in * 4 + LEAST, member = 0;
    for (;;) {
        stream->next_out = (unsigned char *)buffer_reserve(plain, room < MOST ? room : MOST);
        size_t free_bytes = plain->capacity - plain->length - 1;
        stream->avail_out = free_bytes > MOST ? MOST : (uInt)free_bytes;
        room = LEAST;
        uInt offered = stream->avail_out;
        int status = inflate(stream, Z_NO_FLUSH);
        plain->length += offered - stream->avail_out;
        if (status == Z_STREAM_END) {
            *checksum = (uint32_t)crc32_combine(*checksum, stream->adler, (z_off_t)(plain->length - member));
            member = plain->length;
            if (stream->avail_in == 0) return NULL;
            if (!is_gzip(stream->next_in, stream->avail_in)) return "extra bytes after the end of the gzip data";
            inflateReset(stream);
        } else if (status == Z_BUF_ERROR || (status == Z_OK && stream->avail_in == 0 && stream->avail_out > 0)) {
            return "unexpected end of the gzip data";
        } else if (status != Z_OK) {
            return stream->msg ? stream->msg : "the gzip data are damaged";
        }
    }
}

static int decompress(const char *path, struct buffer *content, uint32_t *checksum) {
    if (content->length > UINT32_MAX)
        return message_error(EXIT_CONTENT, "%s: gzip files of 4 GiB or more are not supported", path);
    z_stream stream = {.next_in = (unsigned char *)content->text,
                       .avail_in = (uInt)content->length,
                       .zalloc = stream_allocate,
                       .zfree = stream_free};
    if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK) return message_error(EXIT_BUG, "%s: cannot initialise zlib", path);
    struct buffer plain = {0};
    const char *wrong = inflate_all(&stream, &plain, checksum);
    int code = wrong ? message_error(EXIT_CONTENT, "%s: corrupt gzip file: %s", path, wrong) : EXIT_OK;
    inflateEnd(&stream);
    buffer_free(content);
    *content = plain;
    return code;
}

static int read_header(const char *path, struct idx *idx) {
    const unsigned char *data = (const unsigned char *)idx->content.text;
    size_t size = idx->content.length;
    if (size == 0) return message_error(EXIT_CONTENT, "%s: empty, expected an IDX file", path);
    if (size < HEADER) return message_error(EXIT_CONTENT, "%s: %zu bytes, too short for an IDX file", path, size);
    if (data[0] || data[1] || find_type(data[2]) == TYPES)
        return message_error(
            EXIT_CONTENT,
            "%s: not an IDX file: it begins with %02x %02x %02x %02x, expected 00 00, then 08, 09, 0b, 0c, "
            "0d or 0e",
            path, data[0], data[1], data[2], data[3]);
    idx->type = data[2];
    idx->rank = data[3];
    if (idx->rank < 1 || idx->rank > IDX_RANK_MAX)
        return message_error(EXIT_CONTENT, "%s: %zu dimensions, expected 1 to %d", path, idx->rank, IDX_RANK_MAX);
    if (size < HEADER + 4 * idx->rank)
        return message_error(EXIT_CONTENT, "%s: truncated: %zu bytes, but the header alone has %zu", path, size,
                             HEADER + 4 * idx->rank);
    for (size_t i = 0; i < idx->rank; i++) {
        const unsigned char *at = data + HEADER + 4 * i;
        idx->size[i] = (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
    }
    return EXIT_OK;
}

static int check_size(const char *path, struct idx *idx) {
    size_t header = HEADER + 4 * idx->rank, found = idx->content.length - header;
    size_t bytes = types[find_type(idx->type)].bytes;
    char sizes[SIZES_TEXT];
    sizes_format(sizes, idx->size, idx->rank);
    idx->count = 1;
    bool overflow = false, empty = false;
    for (size_t i = 0; i < idx->rank; i++) {
        empty = empty || idx->size[i] == 0;
        overflow = overflow || (idx->size[i] && idx->count > SIZE_MAX / 8 / idx->size[i]);
        if (!overflow) idx->count *= idx->size[i];
    }
    if (empty) return message_error(EXIT_CONTENT, "%s: no data: its sizes are %s", path, sizes);
    if (overflow || idx->count * bytes > found)
        return message_error(EXIT_CONTENT, "%s: truncated: %zu bytes of data, expected %s of %zu bytes each", path,
                             found, sizes, bytes);
    if (idx->count * bytes < found)
        return message_error(EXIT_CONTENT, "%s: %zu extra bytes after %s of %zu bytes each", path,
                             found - idx->count * bytes, sizes, bytes);
    idx->elements = (const unsigned char *)idx->content.text + header;
    return EXIT_OK;
}

static void to_native_order(struct idx *idx) {
    size_t bytes = types[find_type(idx->type)].bytes;
    const uint16_t one = 1;
    bool little = *(const unsigned char *)&one == 1;
    if (bytes == 1 || !little) return;
    unsigned char *element = (unsigned char *)idx->content.text + HEADER + 4 * idx->rank;
    for (size_t i = 0; i < idx->count; i++, element += bytes)
        for (size_t j = 0; j < bytes / 2; j++) {
            unsigned char kept = element[j];
            element[j] = element[bytes - 1 - j];
            element[bytes - 1 - j] = kept;
        }
}

static int check_finite(const char *path, const struct idx *idx) {
    if (idx->type != IDX_F32 && idx->type != IDX_F64) return EXIT_OK;
    for (size_t i = 0; i < idx->count; i++)
        if (!isfinite(idx_value(idx, i)))
            return message_error(EXIT_CONTENT, "%s: element %zu is %g, expected a finite number", path, i,
                                 idx_value(idx, i));
    return EXIT_OK;
}

static uint32_t checksum_of(const struct buffer *content) {
    uLong sum = crc32(0, NULL, 0);
    for (size_t from = 0; from < content->length;) {
        size_t part = content->length - from > 1u << 30 ? 1u << 30 : content->length - from;
        sum = crc32(sum, (const unsigned char *)content->text + from, (uInt)part);
        from += part;
    }
    return (uint32_t)sum;
}

// The file's bytes, decompressed, with their checksum.
static int read_content(const char *path, struct idx *idx) {
    int code = file_read(path, &idx->content);
    if (code != EXIT_OK) return code;
    if (is_gzip((const unsigned char *)idx->content.text, idx->content.length))
        return decompress(path, &idx->content, &idx->checksum);
    if (text_ends_with(path, ".gz"))
        return message_error(EXIT_CONTENT, "%s: not a gzip file, although its name ends in .gz", path);
    idx->checksum = checksum_of(&idx->content);
    return EXIT_OK;
}

int idx_load(const char *path, struct idx *idx) {
    *idx = (struct idx){0};
    int code = read_content(path, idx);
    if (code == EXIT_OK) code = read_header(path, idx);
    if (code == EXIT_OK) code = check_size(path, idx);
    if (code != EXIT_OK) return code;
    to_native_order(idx);
    return check_finite(path, idx);
}

void idx_free(struct idx *idx) {
    buffer_free(&idx->content);
    *idx = (struct idx){0};
}

#define LOAD(type)                                                            \
    do {                                                                      \
        type value;                                                           \
        memcpy(&value, idx->elements + element * sizeof value, sizeof value); \
        return value;                                                         \
    } while (0)

double idx_value(const struct idx *idx, size_t element) {
    switch (idx->type) {
    case IDX_U8: LOAD(uint8_t);
    case IDX_I8: LOAD(int8_t);
    case IDX_I16: LOAD(int16_t);
    case IDX_I32: LOAD(int32_t);
    case IDX_F32: LOAD(float);
    case IDX_F64: LOAD(double);
    }
    return 0;
}
