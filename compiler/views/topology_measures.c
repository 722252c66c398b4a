// Text styles and sizes that the layout and the printer share.
#include "compiler/views/topology.h"

const struct text_row text_rows[TEXT_STYLES] = {
    [TEXT_TITLE] = {"title", INK, 20, true, false},       [TEXT_SUBTITLE] = {"note", MUTED, 12, false, false},
    [TEXT_PART] = {"part", MUTED, 13, true, true},        [TEXT_ROLE] = {"text", INK, 12, true, true},
    [TEXT_LATENT] = {"accent", ACCENT, 12, true, true},   [TEXT_SHAPE] = {"text", INK, 13, false, true},
    [TEXT_HEAD] = {"accent", ACCENT, 12, true, true},     [TEXT_WORDS] = {"text", INK, 12, false, true},
    [TEXT_PARAMETERS] = {"note", MUTED, 11, false, true}, [TEXT_NOTE] = {"note", MUTED, 11, false, false},
};

// Advances of DejaVu Sans, the widest of the picture's fonts, in hundredths of its size, from ' ' to '~'. The other
// characters of the picture are Greek letters, or signs as wide as '+'.
static const unsigned char advances[] = {32, 41, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 37,  32, 34, 64, 64, 64,
                                         64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 77, 64,
                                         58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64,  62, 74, 69, 99, 69,
                                         62, 69, 39, 34, 39, 84, 50, 50, 62, 64, 55, 64, 62, 36,  64, 64, 28, 28, 58,
                                         28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60,  53, 64, 34, 64, 84};

double text_width(enum text_style style, const char *text) {
    double width = 0;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c >= 0x80 && c < 0xc0) continue;    // within a letter of several bytes
        width += c >= ' ' && c <= '~' ? advances[c - ' '] : 84;
    }
    return width / 100 * text_rows[style].size * (text_rows[style].bold ? 1.15 : 1);
}

double unit_offset(int unit) {
    return 7.5 + UNIT_PITCH * unit;
}
