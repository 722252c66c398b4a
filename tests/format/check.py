#!/usr/bin/env python3
"""check.py [COUNT [SEED [FIRST]]]: aespec fmt over the specs of this repository and COUNT random ones (60).

Each spec is first given other layouts. The form of a form must be the form itself; it must have the words and comments
of its source, as read by layout.py; without comments and blank lines it must not depend on the layout; and the C must
be the same except for the copy of the spec's text and line numbers. Every second random spec is one of
tests/targets/make_specs.py; the others are random sentences of the grammar without a meaning. The last line has the
number of specs.
"""
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "targets"))
import layout  # noqa: E402
from make_specs import random_spec  # noqa: E402

AESPEC = os.environ.get("AESPEC", str(ROOT / "build" / "aespec"))
MUST_PARSE = ["specs", "tests/shapes", "tests/plan", "tests/run", "tests/gradient", "tests/torch/cases", "tests/format"]


def run(folder, command, text):
    """(exit code, stdout) of a command for a spec with this text."""
    path = Path(folder) / "random.aespec"
    path.write_bytes(text)
    done = subprocess.run([AESPEC, command, str(path)], capture_output=True, check=False)
    assert done.returncode in (0, 1), f"{command} exits with {done.returncode}: {done.stderr.decode()}"
    assert done.returncode == 0 or not done.stdout, f"{command} fails and prints"
    return done.returncode, done.stdout


def form(folder, text):
    code, result = run(folder, "fmt", text.encode())
    assert code == 0, "fmt does not take this layout:\n" + text
    return result.decode()


def program(folder, text):
    """The C without the parts that depend on the layout; None if the spec has errors."""
    code, result = run(folder, "emit", text.encode())
    if code:
        return None
    result = re.sub(r"\bnet_text\[\] =\n.*?\n\n", "", result.decode(), flags=re.DOTALL)
    # Where a comment or a row is wrapped depends on the length of the line's number.
    result = re.sub(r"\s+", " ", result.replace("\n// ", " "))
    result = re.sub(r"\(random\.aespec:\d+\)", "()", result)
    return re.sub(r'(\{"[^"]*", "[^"]*"), \d+,', r"\1,", result)


def check_tidy(text):
    assert not text or text.endswith("\n"), "no line end at the end"
    assert "\n\n\n" not in text and "\r" not in text and not text.endswith("\n\n") and text[:1] != "\n", "blank lines"
    assert not re.search(r"[ \t]\n", text) and not text.startswith("\ufeff"), "trailing blanks or a mark"


def check_form(folder, text):
    """The form of a text, checked."""
    result = form(folder, text)
    check_tidy(result)
    words, comments = layout.read(text)
    new_words, new_comments = layout.read(result)
    assert layout.plain(words) == layout.plain(new_words), f"other words:\n{text}\nbecomes\n{result}"
    assert comments == new_comments, f"other comments:\n{text}\nbecomes\n{result}"
    again = form(folder, result)
    assert again == result, f"the form is not its own:\n{result}\nbecomes\n{again}"
    return result


def check_spec(folder, rng, text, means):
    words, _ = layout.read(text)
    commented = layout.mangle(rng, words, True)
    first, second = (check_form(folder, layout.mangle(rng, words, False)) for _ in range(2))
    assert first == second, f"two layouts, two forms:\n{first}\nand\n{second}"
    forms = [check_form(folder, text), check_form(folder, commented), first]
    if means:
        made = program(folder, text)
        for result in forms if made else []:
            assert program(folder, result) == made, f"other C:\n{text}\nbecomes\n{result}"


def random_text(seed, number):
    rng = random.Random(f"{seed} {number} layout")
    if number % 2:
        return rng, random_spec(seed, number)[0], True
    return rng, layout.mangle(rng, layout.sentence(rng), False), False


def repository(folder):
    """(name, text) of specs without syntax errors."""
    for path in sorted([*ROOT.glob("specs/*.aespec"), *ROOT.glob("study/*.aespec"), *ROOT.glob("tests/**/*.aespec")]):
        text = path.read_bytes()
        if run(folder, "fmt", text)[0] == 0:
            yield path.relative_to(ROOT), text.decode()
        else:
            assert str(path.parent.relative_to(ROOT)) not in MUST_PARSE, f"{path} is refused"


def canonical(folder):
    for path in sorted([*ROOT.glob("specs/*.aespec"), *ROOT.glob("study/*.aespec")]):
        assert form(folder, path.read_text()) == path.read_text(), f"{path.name} is not in its form: aespec fmt -i"
    readme, page = (ROOT / "README.md").read_text(), (ROOT / "docs" / "language.md").read_text()
    examples = re.findall(r"^```\n(# vae\.aespec.*?)^```", readme, re.DOTALL | re.MULTILINE)
    examples += re.findall(r"^```aespec.*?\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    others = [example for example in examples if form(folder, example) != example]
    assert len(examples) > 20 and len(others) == 1 and "continues the statement" in others[0], f"not in the form: {others}"


def failures(name, check, *arguments):
    try:
        check(*arguments)
    except AssertionError as error:
        print(f"FAILED {name}: {error}")
        return 1
    return 0


def main():
    count, seed, first = (int(word) for word in (sys.argv[1:] + ["60", "1", "1"][len(sys.argv) - 1:]))
    with tempfile.TemporaryDirectory() as folder:
        failed = failures("what is committed", canonical, folder)
        specs = list(repository(folder))
        for name, text in specs:
            failed += failures(name, check_spec, folder, random.Random(str(name)), text, True)
        for number in range(first, first + count):
            failed += failures(f"number {number}", check_spec, folder, *random_text(seed, number))
    print(f"{len(specs)} specs of the repository and {count} random ones from seed {seed}, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
