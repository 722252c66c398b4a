#include "runtime/data/npy.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file/file.h"
#include "base/memory.h"
#include "base/message.h"

enum { PREFIX = 10, ALIGNMENT = 64, TEXT_MAX = 512 };
static const unsigned char magic[6] = {0x93, 'N', 'U', 'M', 'P', 'Y'};

void npy_write_header(FILE *stream, size_t rank, const size_t *size) {
    char text[TEXT_MAX];
    size_t length =
        (size_t)snprintf(text, sizeof text, "{'descr': '<f%zu', 'fortran_order': False, 'shape': (", sizeof(ae_real));
    for (size_t i = 0; i < rank; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%zu%s", size[i],
                                   i + 1 < rank ? ", "
                                   : rank == 1  ? ","
                                                : "");
    length += (size_t)snprintf(text + length, sizeof text - length, "), }");
    size_t padded = (PREFIX + length + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - PREFIX;
    fwrite(magic, 1, sizeof magic, stream);
    const unsigned char rest[] = {1, 0, padded & 0xff, (unsigned char)(padded >> 8)};
    fwrite(rest, 1, sizeof rest, stream);
    fprintf(stream, "%-*s\n", (int)padded - 1, text);
}

// Parser of the header, a Python dict with three keys. The first error is stored in `wrong`.
struct reader {
    const char *at, *end;
    const char *wrong;
};

static void skip_spaces(struct reader *reader) {
    while (reader->at < reader->end && strchr(" \t\n", *reader->at))
        reader->at++;
}

static bool take(struct reader *reader, const char *word) {
    skip_spaces(reader);
    size_t length = strlen(word);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0) return false;
    reader->at += length;
    return true;
}

static void expect(struct reader *reader, const char *word, const char *wrong) {
    if (!reader->wrong && !take(reader, word)) reader->wrong = wrong;
}

static void read_shape(struct reader *reader, struct npy *npy) {
    expect(reader, "(", "its shape is not a tuple");
    while (!reader->wrong && !take(reader, ")")) {
        skip_spaces(reader);
        size_t size = 0;
        const char *begin = reader->at;
        while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9' && size < SIZE_MAX / 100)
            size = size * 10 + (size_t)(*reader->at++ - '0');
        if (reader->at == begin || npy->rank == NPY_RANK_MAX) {
            reader->wrong = "its shape cannot be read";
            return;
        }
        npy->size[npy->rank++] = size;
        if (take(reader, ",")) continue;
        expect(reader, ")", "its shape cannot be read");
        return;
    }
}

static size_t read_type(struct reader *reader) {
    if (take(reader, "'<f4'")) return 4;
    if (take(reader, "'<f8'")) return 8;
    reader->wrong = "its numbers are neither float32 nor float64, little endian";
    return 0;
}

static size_t read_dict(struct reader *reader, struct npy *npy) {
    size_t bytes = 0;
    unsigned seen = 0;
    expect(reader, "{", "its header is not a dict");
    while (!reader->wrong && !take(reader, "}")) {
        unsigned key = take(reader, "'descr'")           ? 1
                       : take(reader, "'fortran_order'") ? 2
                       : take(reader, "'shape'")         ? 4
                                                         : 0;
        if (!key || (seen & key)) reader->wrong = "its header has an unexpected key";
        seen |= key;
        expect(reader, ":", "its header is not a dict");
        if (reader->wrong) return 0;
        if (key == 1) bytes = read_type(reader);
        if (key == 2) expect(reader, "False", "it is in Fortran order, expected C order");
        if (key == 4) read_shape(reader, npy);
        if (!reader->wrong && !take(reader, ",")) {
            expect(reader, "}", "its header is not a dict");
            break;
        }
    }
    skip_spaces(reader);
    if (!reader->wrong && (seen != 7 || reader->at != reader->end)) reader->wrong = "its header is not complete";
    return bytes;
}

static const char *count_elements(struct npy *npy, size_t found, size_t bytes) {
    npy->count = 1;
    for (size_t i = 0; i < npy->rank; i++) {
        if (npy->size[i] && npy->count > SIZE_MAX / 8 / npy->size[i])
            return "truncated: it has less data than its shape";
        npy->count *= npy->size[i];
    }
    if (npy->count * bytes > found) return "truncated: it has less data than its shape";
    return npy->count * bytes < found ? "it has more data than its shape" : NULL;
}

static const char *read_content(const struct buffer *content, struct npy *npy) {
    const unsigned char *data = (const unsigned char *)content->text;
    if (content->length < PREFIX || memcmp(data, magic, sizeof magic) != 0) return "not an .npy file";
    if ((data[6] != 1 && data[6] != 2) || data[7] != 0) return "not version 1.0 or 2.0 of .npy";
    size_t begin = data[6] == 1 ? PREFIX : PREFIX + 2;
    if (content->length < begin) return "truncated in its header";
    size_t length = data[8] | (size_t)data[9] << 8;
    if (data[6] == 2) length |= (size_t)data[10] << 16 | (size_t)data[11] << 24;
    if (length > content->length - begin) return "truncated in its header";
    struct reader reader = {(const char *)data + begin, (const char *)data + begin + length, NULL};
    size_t bytes = read_dict(&reader, npy);
    if (reader.wrong) return reader.wrong;
    const char *wrong = count_elements(npy, content->length - begin - length, bytes);
    if (wrong) return wrong;
    npy->value = memory_allocate(npy->count, sizeof *npy->value);
    const unsigned char *from = data + begin + length;
    for (size_t i = 0; i < npy->count; i++) {
        float single = 0;
        if (bytes == sizeof(double)) {
            memcpy(&npy->value[i], from + i * sizeof(double), sizeof(double));
        } else {
            memcpy(&single, from + i * sizeof single, sizeof single);
            npy->value[i] = single;
        }
    }
    return NULL;
}

int npy_load(const char *path, struct npy *npy) {
    *npy = (struct npy){0};
    struct buffer content = {0};
    int code = file_read(path, &content);
    if (code != EXIT_OK) return code;
    const char *wrong = read_content(&content, npy);
    buffer_free(&content);
    return wrong ? message_error(EXIT_CONTENT, "%s: %s", path, wrong) : EXIT_OK;
}
