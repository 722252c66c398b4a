# A .png of `aespec graph` is a complete PNG of twice the picture's size, or smaller if that is too large to draw.
command -v rsvg-convert >/dev/null || { echo "rsvg-convert is not installed"; exit 77; }
for spec in "$SPECS"/*.aespec "$TESTS/run/graph/hundred.aespec"; do
    "$AESPEC" graph "$spec" -o picture.svg && "$AESPEC" graph "$spec" -o picture.png || exit
    "$PYTHON" - "$(basename "$spec" .aespec)" <<'END'
import struct
import sys
import xml.etree.ElementTree as tree
import zlib

root = tree.parse("picture.svg").getroot()
width, height = (int(root.get(name)) for name in ("width", "height"))
data = open("picture.png", "rb").read()
drawn_width, drawn_height = struct.unpack(">II", data[16:24])
chunks, place = [], 8
while place < len(data):
    length, kind = struct.unpack(">I4s", data[place:place + 8])
    whole = zlib.crc32(data[place + 4:place + 8 + length]) == struct.unpack(">I", data[place + 8 + length:][:4])[0]
    chunks.append(kind if whole else b"damaged")
    place += 12 + length
whole = data[:8] == b"\x89PNG\r\n\x1a\n" and chunks[0] == b"IHDR" and chunks[-1] == b"IEND" and b"damaged" not in chunks
twice = (drawn_width, drawn_height) == (2 * width, 2 * height)
fitted = drawn_width == 32767 < 2 * width and abs(drawn_height - 32767 / width * height) <= 1
print(sys.argv[1], "whole" if whole else "damaged", "twice" if twice else "fitted" if fitted else "of another size")
END
done
