#!/usr/bin/env python3
"""report.py PAGE             the page is well formed, self-contained and accessible; prints its outline
report.py PAGE RUN DATA SCALE MEAN STD TERM
                           its numbers, too, are those of the run's files, of `evaluate` and of `measure`, and its best and
                           worst samples those that NumPy finds; TERM is sse or mse, beside kl or not
report.py --command PAGE   prints the command that repeats the run"""
import base64
import html.parser
import json
import os
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "torch"))
from files import read_idx  # noqa: E402

VOID = {"meta", "img", "br"}


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, dict(attributes), parent, []

    def all(self, tag, **wanted):
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag and all(child.attributes.get(name) == value for name, value in wanted.items()):
                    yield child
                yield from child.all(tag, **wanted)

    def text(self):
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.root = self.at = Element("", [], None)
        self.ids = set()
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())
        self.close()
        assert self.at is self.root, f"<{self.at.tag}> is left open"

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag, attributes):
        element = Element(tag, attributes, self.at)
        assert len(element.attributes) == len(attributes), f"an attribute twice: <{tag} {attributes}>"
        self.at.children.append(element)
        name = element.attributes.get("id")
        assert name not in self.ids, f"two elements '{name}'"
        if name:
            self.ids.add(name)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag):
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)

    def section(self, name):
        return next(self.root.all("section", id=name))


def check_alone(page):
    for tag in ("script", "link", "iframe", "object", "base", "form"):
        assert not list(page.root.all(tag)), tag
    for element in everything(page.root):
        for name, value in element.attributes.items():
            assert not name.startswith("on"), name
            if name in ("src", "href"):
                inside = value[0] == "#" and value[1:] in page.ids
                assert inside or value.startswith("data:image/png;base64,"), value[:40]
    policy = next(page.root.all("meta", **{"http-equiv": "Content-Security-Policy"})).attributes["content"]
    assert "default-src 'none'" in policy and "script" not in policy and "http" not in policy, policy
    style = next(page.root.all("style")).text()
    assert "url(" not in style and "@import" not in style


def everything(element):
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from everything(child)


def check_accessible(page):
    level = 0
    for element in everything(page.root):
        if re.fullmatch("h[1-6]", element.tag):
            assert int(element.tag[1]) <= level + 1, f"{element.tag} after h{level}"
            level = int(element.tag[1])
        if element.tag == "img":
            assert element.attributes["alt"]
        if element.tag == "svg" and element.attributes.get("aria-hidden") != "true":
            assert element.attributes["role"] == "img"
            assert element.attributes.get("aria-label") or next(element.all("title")).text()
        if element.tag == "th":
            assert element.attributes["scope"] in ("row", "col") and element.text().strip()
        if element.tag == "table":
            assert next(element.all("caption")).text() and next(element.all("th"))
    assert next(page.root.all("html")).attributes["lang"] == "en"


# Headings, the content of each section, and the text of empty sections.
def print_outline(page):
    for section in page.root.all("section"):
        found = {tag: sum(1 for _ in section.all(tag)) for tag in ("svg", "img", "table", "pre")}
        counts = [f"{count} {tag}" for tag, count in found.items() if count]
        print(f"{next(section.all('h2')).text()}: {', '.join(counts) if counts else 'nothing'}")
        for heading in section.all("h3"):
            print(f"    {heading.text()}")


def rows(section):
    """Cells of each row of all tables: the numbers by their `data`, else the words."""
    for row in section.all("tr"):
        cells = [child for child in row.children if isinstance(child, Element)]
        yield [[float(data.attributes["value"]) for data in cell.all("data")] or cell.text().strip() for cell in cells]


def csv(path):
    with open(path) as file:
        head = file.readline().strip().split(",")
    values = np.genfromtxt(path, delimiter=",", skip_header=1, ndmin=2)
    return {name: values[:, i] for i, name in enumerate(head)}


def aespec(*words):
    command = [os.environ["AESPEC"], *words]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def ask(*words):
    return json.loads(aespec(*words))


def check_losses(page, run):
    metrics = csv(f"{run}/metrics.csv")
    found = {row[0]: row[1:] for row in rows(page.section("loss")) if isinstance(row[1], list)}
    for name, cells in found.items():
        expected = []
        for split in ("train", "test"):
            values = metrics[f"{split}_{name}"]
            if not np.isnan(values).any():
                expected += [values[-1], values.min()]
        assert [cell[0] for cell in cells] == expected, (name, cells, expected)
    titles = [title.text() for title in page.section("loss").all("title")]
    for name in found:
        for epoch, value in zip(metrics["epoch"], metrics[f"train_{name}"]):
            assert f"epoch {epoch:.0f}, train {name} {value:.9g}" in titles
    print("losses:", *found)


def check_facts(page, run, evaluated):
    facts = {item.text(): item.parent for item in page.root.all("dt")}
    number = lambda name: float(next(facts[name].all("data")).attributes["value"])    # noqa: E731
    shown, timing = ask("show", f"{run}/spec.aespec", "--json"), csv(f"{run}/timing.csv")
    assert number("parameters") == shown["parameters"]
    assert number("latent units") == np.prod(shown["latent"]["shape"])
    assert number("test loss") == evaluated["loss"]
    assert number("training loss") == csv(f"{run}/metrics.csv")["train_loss"][-1]
    assert number("epochs") == len(timing["epoch"])
    assert np.isclose(number("training time"), timing["seconds"].sum())
    print("facts:", *facts)


def check_measures(page, measured):
    count = 0
    for row in rows(page.section("measures")):
        key = row[0].split()[-1]
        value = measured.get(key, measured)
        if "." in key:
            value = measured[key.split(".")[0]][key.split(".")[1]]
        if key == "units_alive":
            value = measured["live"][key]
        if isinstance(value, dict):
            continue
        assert row[1] == [value] if value is not None else row[1].startswith("none"), row
        count += 1
    print("measures:", count)


def read_png(text):
    """Pixels of a PNG of 8 bits, [height][width][channels]."""
    content = base64.b64decode(text.split(",", 1)[1])
    data, at, channels = b"", 8, {0: 1, 2: 3}
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at:at + 8])
        part = content[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", part[:10])
        if kind == b"IDAT":
            data += part
        at += length + 12
    assert depth == 8
    step = channels[colour]
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + width * step)
    pixels = np.zeros([height, width * step], int)
    for y, line in enumerate(lines):
        above = pixels[y - 1] if y else np.zeros(width * step, int)
        for x, byte in enumerate(line[1:].astype(int)):
            left, corner = (pixels[y, x - step], above[x - step]) if x >= step else (0, 0)
            guess = left + above[x] - corner
            nearest = min((left, above[x], corner), key=lambda value: abs(guess - value))
            pixels[y, x] = (byte + (0, left, above[x], (left + above[x]) // 2, nearest)[line[0]]) % 256
    return pixels.reshape(height, width, step)


def sample_losses(run, data, scale, mean, std, term):
    """The loss of each test sample, of what `reconstruct` and `encode` give."""
    images = read_idx(next(str(path) for path in Path(data).glob("t10k-images*")))
    aespec("reconstruct", run, "--data", data, "--count", str(len(images)), "-o", "pairs.npy")
    aespec("encode", run, "--data", data, "-o", "codes.csv")
    before, after = (np.load("pairs.npy").astype(float).reshape(2, len(images), -1) * scale - mean) / std
    error = (before - after) ** 2
    loss = error.mean(1) if term == "mse" else error.sum(1)
    codes, facts = csv("codes.csv"), json.load(open(f"{run}/run.json"))
    if "kl" in facts["weights"]:
        mu = np.stack([codes[name] for name in codes if name.startswith("mu_")], 1)
        log_sigma = np.stack([codes[name] for name in codes if name.startswith("log_sigma_")], 1)
        kl = ((mu ** 2 + np.exp(2 * log_sigma)) / 2 - 0.5 - log_sigma).sum(1)
        loss = loss + facts["weights"]["kl"] * kl
    return loss, images


def check_samples(page, loss, images):
    section, order = page.section("reconstructions"), np.argsort(loss, kind="stable")
    groups = {"First samples": np.arange(len(loss))[:10], "Lowest loss": order[:8], "Highest loss": order[::-1][:8]}
    numbers = []
    if any(section.all("figcaption")):
        captions = [caption for caption in section.all("figcaption")]
        numbers = [int(re.search(r"no\. (\d+)", caption.text())[1]) for caption in captions]
        values = [float(next(caption.all("data")).attributes["value"]) for caption in captions]
        assert numbers == [sample for group in groups.values() for sample in group]
        for name, group in zip(("first-samples", "best-samples", "worst-samples"), groups.values()):
            picture = next(section.all("image", id=name))
            pixels = read_png(picture.attributes["href"])
            size = [int(picture.attributes[name]) for name in ("height", "width")]
            assert [*pixels.shape[:2]] == size
            for i, sample in enumerate(group):
                image = images[sample].reshape(-1, *images.shape[-2:]).transpose(1, 2, 0)
                height, width = image.shape[:2]
                assert (pixels[:height, i * (width + 1):i * (width + 1) + width] == image).all(), (name, sample)
    else:
        cells = [row for row in rows(section) if isinstance(row[1], list)]
        numbers = [int(row[0].split()[1]) for row in cells]
        values = [row[1][0] for row in cells]
        assert numbers == [*groups["Lowest loss"], *groups["Highest loss"]]
    assert np.allclose(values, loss[numbers], rtol=2e-5), (values, loss[numbers])
    print("samples:", len(numbers))


def check_numbers(page, run, data, scale, mean, std, term):
    evaluated = ask("evaluate", run, "--data", data, "--json")
    check_facts(page, run, evaluated)
    check_losses(page, run)
    check_measures(page, ask("measure", run, "--data", data, "--json"))
    loss, images = sample_losses(run, data, float(scale), float(mean), float(std), term)
    assert np.isclose(loss.mean(), evaluated["loss"], rtol=1e-4), (loss.mean(), evaluated["loss"])
    check_samples(page, loss, images)
    facts = json.load(open(f"{run}/run.json"))
    words = page.section("repeat").text() + page.section("speed").text()
    files = [split[kind] for split in (facts["data"]["train"], facts["data"]["test"]) for kind in ("images", "labels")]
    known = [facts[name] for name in ("compiler", "flags", "target", "version")]
    for part in known + [file[name] for file in files for name in ("path", "crc32")]:
        assert part in words, part
    settings = {row[0]: row[1] for row in rows(page.section("repeat"))}
    for name, value in facts["train"].items():
        assert settings[name] == (value if isinstance(value, str) else [value]), name
    spec = next(page.section("spec").all("pre")).text()
    assert spec == open(f"{run}/spec.aespec", encoding="utf-8").read(), "the spec is another"


if sys.argv[1] == "--command":
    print(next(Page(sys.argv[2]).section("repeat").all("pre")).text())
else:
    parsed = Page(sys.argv[1])
    check_alone(parsed)
    check_accessible(parsed)
    print_outline(parsed)
    if len(sys.argv) > 2:
        check_numbers(parsed, *sys.argv[2:])
