"""graph.py AESPEC FILE.aespec...: checks the SVG of each spec drawn by `aespec graph`.

Shapes are read from `emit --dump=shapes`, the widths of letters from an approximate table. Prints the failures, and at
the end the number of pictures.
"""
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

SVG = "{http://www.w3.org/2000/svg}"
LEAST = 3             # pixels: the smallest size that is drawn
ROUNDED = 0.011       # rounding error of two numbers with two decimals
ALL_SHEETS, ALL_UNITS = 4, 6
SHEETS_GROW = 16, 1024    # between these, doubling the channels adds sheets
WIDE, SIGNS, NARROW = "mwMW", "×~+=", "iljtfrI.,:;|()[]' -"


def text_box(text):
    """(left, top, right, bottom), as wide as a common sans font would make it."""
    size, content = float(text.get("font-size")), "".join(text.itertext())
    widths = [1 if c in WIDE else 0.84 if c in SIGNS else 0.36 if c in NARROW else 0.6 for c in content]
    width = sum(widths) * size * (1.1 if text.get("font-weight") == "bold" else 1)
    x, y = float(text.get("x")), float(text.get("y"))
    left = x - width / 2 if text.get("text-anchor") == "middle" else x
    return left, y - 0.76 * size, left + width, y + 0.24 * size


def box_of(rectangle):
    x, y, width, height = (float(rectangle.get(name)) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def union(boxes):
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def inside(a, b):
    return b[0] <= a[0] and b[1] <= a[1] and a[2] <= b[2] and a[3] <= b[3]


class Figure:
    def __init__(self, group):
        self.name = group.get("data-layer")
        self.shape = tuple(map(int, group.get("data-shape").split()))
        self.boxes = [box_of(rectangle) for rectangle in group.iter(SVG + "rect")]
        self.units = sum(g.get("class") == "aespec-unit" for g in group.iter(SVG + "g") for _ in g.iter(SVG + "circle"))
        self.more = any(g.get("class") in ("aespec-more", "aespec-dots") for g in group.iter(SVG + "g"))
        self.latent = any(g.get("class") == "aespec-latent" for g in group.iter(SVG + "g"))
        self.box = union(self.boxes)


def shape_text(shape):
    return " × ".join(map(str, shape))


def collapse(shapes):
    """Without consecutive duplicates."""
    return [shape for i, shape in enumerate(shapes) if i == 0 or shape != shapes[i - 1]]


def dumped_shapes(aespec, spec):
    lines = subprocess.run([aespec, "emit", "--dump=shapes", spec], check=True, capture_output=True, text=True).stdout
    return [tuple(map(int, re.search(r"\[(.*)\]", line)[1].split(", "))) for line in lines.splitlines()]


def check_shapes(figures, texts, shapes):
    drawn = [figure.shape for figure in figures]
    if collapse(drawn) != collapse(shapes):
        yield f"drawn {collapse(drawn)}, and the shapes are {collapse(shapes)}"
    words = {"".join(text.itertext()) for text in texts}
    for shape in set(shapes) - {shape for shape in shapes if shape_text(shape) in words}:
        yield f"no text says {shape_text(shape)}"


def check_scale(images):
    """Every side has the same number of pixels per element, in the whole picture."""
    sides = [(figure, box[axis + 2] - box[axis], figure.shape[2 - axis]) for figure in images for box in figure.boxes
             for axis in range(2)]
    largest = max(sides, key=lambda side: side[2], default=None)
    for figure, drawn, size in sides:
        wanted = max(LEAST, largest[1] / largest[2] * size)
        if abs(drawn - wanted) > ROUNDED + ROUNDED * size / largest[2]:
            yield f"{figure.name}: a side of {size} is drawn {drawn:.2f}, and to scale it is {wanted:.2f}"


def check_counts(figures):
    """Few channels and units are drawn one by one; twice as many have more sheets or a longer bar."""
    images, vectors = ([f for f in figures if len(f.shape) == rank] for rank in (3, 1))
    for figure in images:
        channels = figure.shape[0]
        if figure.more != (channels > ALL_SHEETS) or not figure.more and len(figure.boxes) != channels:
            yield f"{figure.name}: {len(figure.boxes)} sheets for {channels} channels"
    for figure in vectors:
        units = figure.shape[0]
        if figure.more != (units > ALL_UNITS) or not figure.more and figure.units != units:
            yield f"{figure.name}: {figure.units} circles for {units} units"
    sizes = [sorted((f.shape[0], f.box[3] - f.box[1]) for f in vectors),
             sorted((f.shape[0], len(f.boxes)) for f in images)]
    for (less, a), (more, b) in (pair for size in sizes for pair in zip(size, size[1:])):
        if b < a or b == a and more >= 2 * less and SHEETS_GROW[0] < more <= SHEETS_GROW[1]:
            yield f"{more} is drawn as {b}, {less} as {a}"


def check_kernels(root, texts, images):
    """Without padding, the windows are the kernels, in order, to scale."""
    words = ["".join(text.itertext()) for text in texts]
    if any("padding" in word for word in words) or not images:
        return
    largest = max(images, key=lambda figure: figure.shape[2])
    pixel = (largest.boxes[0][2] - largest.boxes[0][0]) / largest.shape[2]
    kernels = [tuple(map(int, pair)) for word in words for pair in re.findall(r"^(?:de)?conv (\d+)×(\d+)", word)]
    windows = [box_of(r) for g in root.iter(SVG + "g") if g.get("class") == "aespec-window" for r in g.iter(SVG + "rect")]
    if len(kernels) != len(windows):
        yield f"{len(windows)} windows for {len(kernels)} kernels"
    for (height, width), box in zip(kernels, windows):
        for kernel, drawn in ((height, box[3] - box[1]), (width, box[2] - box[0])):
            # if a small image is drawn enlarged, its window is, too
            if abs(drawn - kernel * pixel) > 2 * ROUNDED and not drawn <= LEAST + ROUNDED:
                yield f"a window of {kernel} is drawn {drawn:.2f}, and to scale it is {kernel * pixel:.2f}"


def check_places(root, figures, texts):
    canvas = (0, 0, float(root.get("width")), float(root.get("height")))
    things = [(f.name, f.box) for f in figures] + [("".join(t.itertext()), text_box(t)) for t in texts]
    for number, (name, box) in enumerate(things):
        if not inside(box, canvas):
            yield f"'{name}' reaches out of the picture"
        for other, other_box in things[number + 1:]:
            if overlap(box, other_box):
                yield f"'{name}' and '{other}' overlap"
    band = next(box_of(r) for g in root.iter(SVG + "g") if g.get("class") == "aespec-band" for r in g.iter(SVG + "rect"))
    for figure in figures:
        if not (inside(figure.box, band) if figure.latent else not overlap(figure.box, band)):
            yield f"{figure.name} and the band of the latent space"


def check(aespec, spec):
    subprocess.run([aespec, "graph", spec, "-o", "picture.svg"], check=True)
    root = tree.parse("picture.svg").getroot()
    figures = [Figure(g) for g in root.iter(SVG + "g") if g.get("class") == "aespec-figure"]
    texts = list(root.iter(SVG + "text"))
    images = [figure for figure in figures if len(figure.shape) == 3]
    if any(element.get("id") for element in root.iter()):
        yield "an id, of which a page may have another"
    if root.tag != SVG + "svg" or root[0].tag != SVG + "title" or root[1].tag != SVG + "desc":
        yield "no title and description"
    yield from check_shapes(figures, texts, dumped_shapes(aespec, spec))
    yield from check_scale(images)
    yield from check_counts(figures)
    yield from check_kernels(root, texts, images)
    yield from check_places(root, figures, texts)


def main():
    aespec, *specs = sys.argv[1:]
    for spec in specs:
        for complaint in check(aespec, spec):
            print(f"{spec}: {complaint}")
    print(f"{len(specs)} pictures")


main()
