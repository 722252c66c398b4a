"""Layouts of a spec, implemented only from docs/language.md: splits it into words by the rule for lines, makes random
sentences of the grammar, and prints the same words with other blanks, line ends, semicolons and comments."""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from rows import layers_without_arguments  # noqa: E402

WORD = re.compile(r'"(?:[^"\\\n]|\\.)*"|#[^\r\n]*|[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9][0-9_]*)?'
                  r"|[A-Za-z_][A-Za-z0-9_]*|->|\.\.|\n|[-+*/%^=~:,;()\[\]{}]|[ \t\r\ufeff]+")
END = "\n"
WITHOUT_ARGUMENTS = layers_without_arguments()


def raw_words(text):
    place = 0
    while place < len(text):
        match = WORD.match(text, place)
        assert match, f"no word at {text[place:place + 20]!r}"
        place = match.end()
        if match[0].strip(" \t\r\ufeff"):
            yield match[0]


def read(text):
    """(words with END after each statement, comments)"""
    raw = list(raw_words(text))
    comments = [word.rstrip(" \t") for word in raw if word[0] == "#"]
    raw = [word for word in raw if word[0] != "#"]
    words, depth = [], 0
    for place, word in enumerate(raw):
        before = words[-1] if words else END
        if word == "\n":
            ahead = next((other for other in raw[place:] if other != "\n"), "")
            if depth or before in ("->", ",") or ahead in ("->", "{"):
                continue
        if word in "\n;":
            if before not in (END, "{"):
                words.append(END)
            continue
        depth += (word in "([") - (word in ")]")
        if word == "}" and before not in (END, "{"):
            words.append(END)
        words.append(word)
    return words + [END] * (words[-1:] not in ([], [END])), comments


def is_name(word):
    return word[0].isalpha() or word[0] == "_"


def is_call_bracket(words, place):
    return place > 0 and words[place] == "(" and is_name(words[place - 1]) and words[place - 1] not in ("repeat", "in")


def plain(words):
    """The words without trailing commas and without the empty brackets of calls."""
    result = []
    for word in words:
        if word in ")]" and result[-1] == ",":
            result.pop()
        if word == ")" and result[-1] == "(" and is_call_bracket(result, len(result) - 1) and result[-3] != "block":
            result.pop()
        else:
            result.append(word)
    return result


# Sentences

NAMES = ["x", "z", "width", "kernel", "a_long_name_of_a_layer", "model", "p", "conv", "Data2", "_", "loss"]
NUMBERS = ["0", "1", "28", "1_000", "0.3081", "1e-3", "2.5e+10"]
STRINGS = ['"data/mnist"', '"a # b; { c"', '"say \\"no\\" \\\\"', '"Größe → 日本"', '""']


def some(rng, most):
    return rng.randint(0, rng.choice([1, 2, most]))


def expression(rng, depth):
    kind = rng.randrange(5 if depth <= 0 else 10)
    if kind < 2:
        return [rng.choice(NUMBERS)]
    if kind == 2:
        return [rng.choice(NAMES)]
    if kind == 3:
        return [rng.choice(STRINGS)]
    if kind == 4:
        return ["-", *expression(rng, depth - 1)]
    if kind == 5:
        return ["(", *expression(rng, depth - 1), ")"]
    if kind == 6:
        return ["[", *(arguments(rng, depth - 1) if rng.random() < 0.8 else []), "]"]
    if kind == 7:
        return call(rng, depth - 1)
    return [*expression(rng, depth - 1), rng.choice("+-*/%^"), *expression(rng, depth - 1)]


def arguments(rng, depth, count=None):
    words = []
    for _ in range(count or 1 + some(rng, 12)):
        named = [rng.choice(NAMES), "="] if rng.random() < 0.4 else []
        words += [",", *named, *expression(rng, depth)]
    return words[1:]


def call(rng, depth):
    brackets = rng.choice([[], ["(", ")"], ["(", *arguments(rng, depth), ")"]])
    return [rng.choice(NAMES), *brackets]


def block(rng, statement, depth):
    words = ["{"]
    for _ in range(some(rng, 5)):
        words += [*statement(rng, depth - 1), END]
    return [*words, "}"]


def layers_from(rng, depth):
    source = ["(", *arguments(rng, 1), ")"] if rng.random() < 0.3 else []
    return [*source, *block(rng, line, depth)]


def element(rng, depth):
    kind = rng.randrange(6) if depth > 0 else 0
    if kind < 3:
        return call(rng, 2)
    if kind == 3:
        return ["residual", *layers_from(rng, depth)]
    if kind == 4:
        return ["repeat", *expression(rng, 1), *block(rng, line, depth)]
    return ["repeat", rng.choice(NAMES), "in", *expression(rng, 1), "..", *expression(rng, 1),
            *block(rng, line, depth)]


def line(rng, depth):
    words = [rng.choice(NAMES), "="] if rng.random() < 0.2 else []
    words += element(rng, depth)
    for _ in range(some(rng, 6)):
        words += ["->", *element(rng, depth)]
    return words + ([":", "[", *arguments(rng, 1, 3), "]"] if rng.random() < 0.4 else [])


def setting(rng, depth):
    kind = rng.randrange(3) if depth > 0 else 1
    if kind == 0:
        # a word that begins an item would be parsed as one here, with a missing brace before it
        return [rng.choice(NAMES[:-1]), *block(rng, setting, depth)]
    return [rng.choice(NAMES), "=", *expression(rng, 3)] if kind == 1 else expression(rng, 3)


def axis(rng, _depth):
    return [rng.choice(NAMES), "in", *expression(rng, 2)]


def item(rng):
    name = rng.choice(NAMES)
    kind = rng.choice(["model", "const", "input", "latent", "encoder", "decoder", "head", "block", "settings", "sweep"])
    if kind == "model":
        return [kind, name]
    if kind in ("const", "input"):
        return [kind, name, "=" if kind == "const" else ":", *expression(rng, 4)]
    if kind == "latent":
        return [kind, name, *rng.choice([[], ["(", *arguments(rng, 1), ")"]]), rng.choice("=~"), *call(rng, 2)]
    if kind in ("encoder", "decoder"):
        return [kind, *layers_from(rng, 3)]
    if kind == "head":
        return [kind, name, *layers_from(rng, 2)]
    if kind == "block":
        parameters = rng.choice([[], ["n"], ["n", ",", "m", "=", *expression(rng, 2)]])
        return [kind, name, "(", *parameters, ")", *block(rng, line, 2)]
    if kind == "sweep":
        return [kind, *block(rng, axis, 1)]
    return [rng.choice(["data", "loss", "train"]), *block(rng, setting, 3)]


def sentence(rng):
    words = []
    for _ in range(rng.randint(0, 8)):
        words += [*item(rng), END]
    return words


# Layouts

def decorate(rng, words):
    """Adds commas after the last argument and brackets of calls without arguments, at random."""
    result, open_brackets = [], []
    for place, word in enumerate(words):
        if word in "([":
            open_brackets.append(word == "[" or is_call_bracket(words, place))
        if word in ")]":
            takes_comma = open_brackets.pop() and words[place - 1] not in ("(", "[", ",")
            if takes_comma and rng.random() < 0.2:
                result.append(",")
        result.append(word)
        ahead = words[place + 1] if place + 1 < len(words) else END
        if word in WITHOUT_ARGUMENTS and ahead in ("->", END, ":") and rng.random() < 0.3:
            result += ["(", ")"]
    return result


def blanks(rng):
    return rng.choice(["", "", " ", " ", "  ", "\t", "       "])


def line_end(rng, comments):
    """A line end with random blanks around it, and with comments and blank lines if requested."""
    if not comments:
        return blanks(rng) + "\n" + blanks(rng)
    text = blanks(rng)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        if rng.random() < 0.6:
            text += rng.choice(["# why", "#", "#tight  ", "# a; b { c -> \"d", "## größer\t"])
        text += "\n" * rng.choice([1, 1, 1, 2, 4]) + blanks(rng)
    return text


def statement_end(rng, comments):
    kind = rng.randrange(4)
    if kind == 0:
        return blanks(rng) + ";" + blanks(rng)
    if kind == 1:
        return blanks(rng) + ";" + line_end(rng, comments)
    if kind == 2:
        return line_end(rng, comments) + ";" + line_end(rng, comments)
    return line_end(rng, comments)


def between(rng, before, word, depth, comments):
    """The text between two words of one layout."""
    if END in (before, word):
        return ""
    if before == "{" or word == "}":
        return rng.choice([blanks, lambda r: statement_end(r, comments)])(rng)
    may_break = depth or before in ("->", ",") or word in ("->", "{")
    if may_break and rng.random() < 0.25:
        return line_end(rng, comments)
    joined = (before[-1].isalnum() or before[-1] == "_") and (word[0].isalnum() or word[0] == "_")
    return blanks(rng) or " " * joined


def mangle(rng, words, comments):
    text, depth, before = "", 0, END
    words = decorate(rng, words)
    for place, word in enumerate(words):
        text += between(rng, before, word, depth, comments)
        depth += (word in "([") - (word in ")]")
        if word != END:
            text += word
        elif words[place + 1:place + 2] == ["}"]:
            text += rng.choice([blanks, lambda r: statement_end(r, comments)])(rng)
        else:
            text += statement_end(rng, comments)
        before = word
    text = rng.choice(["", "", line_end(rng, comments), " ; "]) + text
    if rng.random() < 0.2:
        text = text.replace("\n", "\r\n")
    return rng.choice(["", "", "", "\ufeff"]) + text
