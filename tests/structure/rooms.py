#!/usr/bin/env python3
"""rooms.py ROOT BUILD KNOWN   checks the structure of the sources below ROOT and of their objects below BUILD:

- no #include and no symbol of an object goes up in the order of ROOMS or between rooms on one line;
- every source is in a room, and language/ has only rows that include nothing;
- no .c file is #included, no file, function or room is longer than its limit.

KNOWN lists the violations that are not fixed yet, one per line, in the form of this script without line numbers. A line
of KNOWN that no longer occurs is an error, so that the list can only become shorter. Prints the violations that are
not known and exits with 1 if there are any."""
import fnmatch
import os
import re
import subprocess
import sys
from pathlib import Path

# The rooms, lowest first. A room may use itself and all rooms on the lines above it. Rooms on one line, between bars,
# must not use each other. A room is a folder with everything below it, or the files of a list of patterns. If two rooms
# match, the longer pattern counts.
ROOMS = """
base
language
grammar
compiler/spec.* compiler/shape.* compiler/target.h
compiler/graph
compiler/lowering.*
compiler/layers | compiler/latents | compiler/terms
compiler/meaning
compiler/nest
compiler/plan
compiler/emit
compiler/views
compiler/compiler.h compiler/compile.* compiler/lower.*
runtime/api
runtime/numbers
runtime/data
runtime/net
runtime/measures
runtime/train
runtime/commands
driver/trainers
driver/plots
driver/sweep
driver/report
driver/commands
pages
"""
# The rooms of the first and of the second must not use each other.
APART = [("compiler", "runtime"), ("grammar", "runtime")]

ROOM_FILES = 30
FILE_LINES = 500
FUNCTION_LINES = 80
# These folders have one file per row, so the number of files is not limited.
FILE_A_ROW = ["layers", "latents", "terms", "ops", "kernels", "readers", "runtime/commands"]
# "FILE" or "FILE FUNCTION": its own limit of lines, and the reason.
EXCEPTIONS = {
}

TOP = ["base", "language", "grammar", "compiler", "runtime", "driver", "pages"]
SOURCES = (".c", ".h", ".def", ".l", ".y")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.M)


def read_rooms():
    """[(pattern, room, level)]; a room's name is its first pattern."""
    rooms = []
    for level, line in enumerate(ROOMS.split("\n")):
        for room in line.split("|"):
            patterns = room.split()
            rooms += [(pattern, patterns[0], level) for pattern in patterns]
    return sorted(rooms, key=lambda row: -len(row[0]))


ORDER = read_rooms()


def find_room(path):
    """(room, level) of a path from the root, None if it has none."""
    for pattern, room, level in ORDER:
        if path.startswith(pattern + "/") or fnmatch.fnmatchcase(path, pattern):
            return room, level
    return None


def may_use(user, used):
    """Whether the file `user` may use the file `used`; both are in a room."""
    (user_room, user_level), (used_room, used_level) = find_room(user), find_room(used)
    if user_room == used_room:
        return True
    tops = (user.split("/")[0], used.split("/")[0])
    return used_level < user_level and tops not in APART and tops[::-1] not in APART


def list_sources(root):
    found = []
    for top in TOP:
        for folder, _, names in os.walk(root / top):
            found += [Path(folder, name).relative_to(root).as_posix() for name in names if name.endswith(SOURCES)]
    return sorted(found)


# A violation is (path, line or 0, description).
def check_includes(path, text):
    for match in INCLUDE.finditer(text):
        line, used = text.count("\n", 0, match.start()) + 1, match.group(1)
        if used.endswith(".c"):
            yield path, line, f"must not include a .c file ({used})"
        if path.startswith("language/"):
            yield path, line, f"language must not include anything ({used})"
        elif not find_room(used):
            yield path, line, f"includes {used}, which is not the path from the root of a file in a room"
        elif not may_use(path, used):
            yield path, line, f"{find_room(path)[0]} must not include {used} ({find_room(used)[0]})"


def list_functions(path, text):
    """(name, first line, number of lines) of each function. Our C is formatted: a definition begins in the first column
    and a function ends with the next line that is a brace alone."""
    lines = [re.sub(r"\s*//.*", "", line) for line in text.split("\n")]
    after_rules = len(lines) - lines[::-1].index("%%") if path.endswith((".l", ".y")) else 0
    head, name, start = "", None, 0
    for number, line in enumerate(lines[after_rules:], after_rules + 1):
        if name:
            if line == "}":
                yield name, start, number - start + 1
                name = None
        elif head or re.match(r"[A-Za-z_]", line):
            start = start if head else number
            head += line + " "
            if line.endswith("{") and "=" not in head:
                found = re.search(r"(\w+)\(", head)
                name = found and found.group(1)
            if line.endswith(("{", ";", "}")):
                head = ""


def check_lengths(path, text):
    def limit_of(name, limit):
        return EXCEPTIONS.get(name, (limit, ""))[0]

    lines, limit = text.count("\n"), limit_of(path, FILE_LINES)
    if lines > limit and not path.endswith(".def"):
        yield path, 0, f"{lines} lines, the limit is {limit}"
    for name, start, lines in list_functions(path, text):
        limit = limit_of(f"{path} {name}", FUNCTION_LINES)
        if lines > limit:
            yield path, start, f"{name} has {lines} lines, the limit is {limit}"


def check_source(path, text):
    if not find_room(path):
        yield path, 0, "is not in a room of the table"
    else:
        yield from check_includes(path, text)
    if path.startswith("language/") and not path.endswith(".def"):
        yield path, 0, "language must only have .def files"
    yield from check_lengths(path, text)


def check_sources(root):
    folders, names = {}, set()
    for path in list_sources(root):
        text = (root / path).read_text()
        folder = os.path.dirname(path)
        folders[folder] = folders.get(folder, 0) + 1
        names |= {path} | {f"{path} {name}" for name, _, _ in list_functions(path, text)}
        yield from check_source(path, text)
    for folder, count in folders.items():
        if count > ROOM_FILES and not any(f"/{folder}".endswith(f"/{name}") for name in FILE_A_ROW):
            yield folder, 0, f"{count} files, the limit is {ROOM_FILES}"
    for name in sorted(set(EXCEPTIONS) - names):
        yield "EXCEPTIONS", 0, f"{name} does not exist"


def list_objects(root):
    """{object, a path from BUILD: source}; objects of bison and flex keep the ending of their source."""
    sources = [path for path in list_sources(root) if path.endswith((".c", ".l", ".y"))]
    return {(path[:-2] if path.endswith(".c") else path) + ".o": path for path in sources}


def read_symbols(build, objects):
    """({symbol: objects that define it}, {object: symbols that it uses})."""
    listing = subprocess.run(["nm", "-P", "-g", *objects], cwd=build, check=True, text=True, stdout=subprocess.PIPE)
    defined, used, current = {}, {}, objects[0]
    for line in listing.stdout.split("\n"):
        words = line.split()
        if len(words) == 1 and line.endswith(":"):
            current = line[:-1]
        elif len(words) >= 2 and words[1] in "Uwv":
            used.setdefault(current, []).append(words[0])
        elif len(words) >= 2:
            defined.setdefault(words[0], []).append(current)
    return defined, used


def check_objects(root, build):
    objects = list_objects(root)
    there = [path for path in objects if (build / path).exists()]
    for path in sorted(set(objects) - set(there)):
        yield path, 0, f"the object of {objects[path]} does not exist"
    defined, used = read_symbols(build, there)
    if not defined:
        yield "nm", 0, "no object has a symbol"
    there = [path for path in there if find_room(path)]
    for path in there:
        for symbol in used.get(path, []):
            definers = [other for other in defined.get(symbol, []) if find_room(other)]
            # The driver and the runtime are two programs: if both define a name, each uses its own.
            definers = [other for other in definers if other.split("/")[0] == path.split("/")[0]] or definers
            if definers and not any(may_use(path, other) for other in definers):
                other = definers[0]
                yield path, 0, f"{find_room(path)[0]} must not use {symbol} of {other} ({find_room(other)[0]})"


def main():
    root, build, known_file = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    known = {line for line in known_file.read_text().split("\n") if line and not line.startswith("#")}
    seen, wrong = set(), False
    for path, line, what in [*check_sources(root), *check_objects(root, build)]:
        if f"{path}: {what}" in known:
            seen.add(f"{path}: {what}")
        else:
            print(f"{path}:{line}: {what}" if line else f"{path}: {what}")
            wrong = True
    for what in sorted(known - seen):
        print(f"{known_file.name}: this no longer occurs, remove it: {what}")
    return wrong or seen != known


sys.exit(main())
