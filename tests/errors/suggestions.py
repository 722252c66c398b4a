#!/usr/bin/env python3
"""Applies the hints of error messages. Reads tests/errors/*.expect: the hint after a caret is applied to the spec at
the caret's span, which must remove the error, or is listed here as a hint that cannot be applied."""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
AESPEC = os.environ.get("AESPEC") or str(HERE.parent.parent / "build" / "aespec")
ERROR = re.compile(r"^\S+?\.aespec:(\d+):(\d+): error: (.*)$")
MARK = "\ufeff"
SYNTAX = ("unexpected_character", "unexpected_token", "number_form")    # errors that a replacement must not cause


class Text:
    """A spec, and in it the place of one error."""

    def __init__(self, text, line, column, width):
        self.text = text
        starts = [0] + [match.end() for match in re.finditer("\n", text)]
        mark = 1 if line == 1 and text.startswith(MARK) else 0
        self.start = starts[line - 1] + mark + column - 1
        self.end = self.start + width

    def span(self):
        return self.text[self.start:self.end]

    def replace(self, new, start=None, end=None):
        start, end = self.start if start is None else start, self.end if end is None else end
        return self.text[:start] + new + self.text[end:]

    def statement(self):
        """Where the statement around the place begins."""
        return max(self.text.rfind(end, 0, self.start) for end in "\n;{") + 1


def replace_span(text, match, message):
    return [text.replace(match[1])]


def replace_kernel(text, match, message):
    numbers = match[1].split("x")
    kernel = numbers[0] if len(numbers) == 1 else f"[{', '.join(numbers)}]"
    return [text.replace(re.sub(r"(\[.*\]|[^\s=]+)$", kernel, text.span()))]


def insert_flatten(text, match, message):
    return [text.replace("flatten -> ", end=text.start)]


def insert_reshape(text, match, message):
    count = int(re.search(r"found \[(\d+)\]", message)[1])
    height = max(n for n in range(1, int(count ** 0.5) + 1) if count % n == 0)
    return [text.replace(f"reshape(1, {height}, {count // height}) -> ", end=text.start)]


def drop_layer(text, match, message):
    """With the arrow, the semicolon or the line end before it."""
    before = re.search(r"(->|;|\n)\s*$", text.text[:text.start])
    return [text.replace("", start=before.start())]


def leave_out_scaling(text, match, message):
    without = re.sub(r"\b(mean|std) = (\[.*?\]|[^;\s}]+)", "", text.text)
    name = text.span()
    return [without, text.replace(name.replace("bce_sum", "sse").replace("bce", "mse"))]


def split_sum(text, match, message):
    return [text.replace(text.span().replace(" + ", "; "))]


def split_difference(text, match, message):
    return [text.replace(text.span().rsplit(" - ", 1)[0] + "; " + match[1])]


def replace_call(text, match, message):
    """The call that the place is an argument of."""
    start = text.text.rfind(match[1].split("(")[0], 0, text.start)
    return [text.replace(match[1], start, text.text.index(")", text.start) + 1)]


def quote_path(text, match, message):
    return [re.sub(r"idx\(([^()]*)\)", r'idx("\1")', text.text)]


def name_line(text, match, message):
    start = text.statement()
    start += len(text.text[start:]) - len(text.text[start:].lstrip())
    line = text.text[start:]
    if re.match(r"\w+ =", line):
        return [text.replace("another", start, start + len(re.match(r"\w+", line)[0]))]
    return [text.replace("another = " + ("" if text.start > start else "1 * "), start, start)]


def join_claim(text, match, message):
    before = re.search(r"\s*$", text.text[:text.start]).start()
    return [text.replace(" ", start=before, end=text.start)]


def double_backslash(text, match, message):
    return [text.replace("\\" + text.span())]


def append_layer(text, match, message):
    """After the layer at the place."""
    call = re.match(r"\w+(\([^()]*\))?", text.text[text.start:])
    end = text.start + call.end()
    return [text.replace(" -> " + match[1], start=end, end=end)]


def double_quotes(text, match, message):
    return [text.text.replace("'", '"')]


def begin_comment(text, match, message):
    return [text.replace("#")]


# Pattern of a hint -> how it is applied (the resulting specs). None: it cannot be applied.
FORMS = [
    (r"did you mean '(.*)'\?", replace_span),
    (r"write each term on a line of its own", split_sum),
    (r"write each term on a line of its own, the last as (.*)", split_difference),
    (r"the input's size is inferred: (.*)", replace_call),
    (r"a path must be quoted", quote_path),
    (r"write '(.*)'", replace_span),
    (r"write (.*)", replace_span),
    (r"with(?:out)? padding.* the largest kernel here is (\S+)", replace_kernel),
    (r"add flatten before it", insert_flatten),
    (r"add reshape\(C, H, W\) before it", insert_reshape),
    (r"remove it: .*", drop_layer),
    (r"remove mean and std from data, or use mse", leave_out_scaling),
    (r"give one of them a name: .*", name_line),
    (r"a claim must follow its layer on the same line", join_claim),
    (r"the only escapes are .*", double_backslash),
    (r"add (reshape\(.*\))", append_layer),
    (r"a string must be in double quotes", double_quotes),
    (r"a comment begins with '#'", begin_comment),
    (r"\w+ takes .*", None),
    (r"a line must not end with '.*' outside of brackets", None),
    (r"the closing '\"' is missing", None),
    (r"its (height|width) would be .*", None),
]


def read_messages(expect):
    """(line, column, message, width of the caret's span, hint) of each error; no hint, no entry."""
    lines = expect.read_text(errors="replace").split("\n")
    for place, line in enumerate(lines):
        error = ERROR.match(line)
        caret = error and place + 2 < len(lines) and re.match(r"^ *\|[\s]*(\^~*) (.+)$", lines[place + 2])
        if caret:
            yield int(error[1]), int(error[2]), error[3], len(caret[1]), caret[2]


def read_errors(text, folder):
    """(line, column, id) of the errors in a spec."""
    (folder / "tried.aespec").write_bytes(text.encode(errors="surrogateescape"))
    done = subprocess.run([AESPEC, "check", "--ids", "tried.aespec"], cwd=folder, capture_output=True, text=True,
                          errors="replace", check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"exit {done.returncode}: {done.stderr}")
    found = re.findall(r"^tried\.aespec:(\d+):(\d+): error: .*\[(\w+)\]$", done.stderr, re.M)
    return [(int(line), int(column), name) for line, column, name in found]


def count_errors(errors, name, line):
    """How often the error is in this line, or in the one before, to which a suggestion may have moved it."""
    return sum(found == name and place in (line - 1, line) for place, _, found in errors)


def try_hint(spec, line, column, message, width, hint, folder):
    """None if the hint cannot be applied, else (spec is accepted, problem or None)."""
    for form, apply in FORMS:
        match = re.fullmatch(form, hint)
        if not match:
            continue
        if not apply:
            return None
        text = spec.read_bytes().decode(errors="surrogateescape")
        errors = read_errors(text, folder)
        here = next(name for *place, name in errors if place == [line, column])
        for tried in apply(Text(text, line, column, width), match, message):
            after = read_errors(tried, folder)
            if tried == text or count_errors(after, here, line) >= count_errors(errors, here, line):
                return False, f"{spec.name}:{line}:{column}: '{hint}' was followed, there is still {here} in\n{tried}"
            for name in SYNTAX:
                if count_errors(after, name, line) > count_errors(errors, name, line):
                    return False, f"{spec.name}:{line}:{column}: '{hint}' was followed, there is {name} now in\n{tried}"
        return not after, None
    return False, f"{spec.name}:{line}:{column}: this test does not know how to follow '{hint}'"


def main():
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        for expect in sorted(HERE.glob("*.expect")):
            for found in read_messages(expect):
                outcome = try_hint(expect.with_suffix(".aespec"), *found, Path(folder))
                if outcome:
                    outcomes.append(outcome)
    problems = [problem for _, problem in outcomes if problem]
    for problem in problems:
        print(problem)
    print(f"{len(outcomes)} suggestions followed, {sum(fine for fine, _ in outcomes)} of them leave no error at all, "
          f"{len(problems)} problems")
    return 1 if problems or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
