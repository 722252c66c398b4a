# ranges.py AESPEC TRAINER LANGUAGE: tries invalid values of options, and of settings in specs.
import re
import subprocess
import sys

aespec, trainer, language = sys.argv[1:]

SPEC = """model ranges
input x : [1, 4, 4]
encoder { flatten; dense(5) -> tanh }
latent z ~ gaussian(2)
decoder { mirror(encoder) }
loss { sse(x); kl(z) }
train { %s }
data { source = idx("data") }
"""
open("fine.aespec", "w").write(SPEC % "")


def calls(text, name):
    """The arguments of each NAME(...) that begins a line, split at the commas outside of brackets and strings."""
    for start in re.finditer(r"^%s\(" % name, text, re.M):
        depth, quoted, arguments, argument, i = 1, False, [], "", start.end()
        while depth:
            c = text[i]
            quoted ^= c == '"' and text[i - 1] != "\\"
            if not quoted:
                depth += (c == "(") - (c == ")")
            if depth == 1 and c == "," and not quoted:
                arguments.append(argument.strip())
                argument = ""
            elif depth:
                argument += c
            i += 1
        yield arguments + [argument.strip()]


def whole(text):
    return int(float(text)) if "." in text or "e" in text else int(text)


def wrong_values(kind, least, most):
    """Values that an option of this kind must reject."""
    words = ["", "x", "nan", "inf", "0x1", "1 ", "1,5"]
    if kind == "WHOLE":
        return words + ["1.5", str(whole(least) - 1), str(whole(most) + 1), "1e99"]
    if kind == "REAL":
        return words + [repr(float(least) - 1e-3), repr(float(most) * 1.001)]
    if kind == "POSITIVE":
        return words + [least, repr(float(least) - 1e-3), repr(float(most) * 1.001)]
    if kind == "FRACTION":
        return words + [most, repr(float(least) - 1e-3), repr(float(most) + 1e-3)]
    return {
        "WORD": ["", "none", "ADAM"],
        "PAIR": ["", "1", "1,x", "1,2,3", ","],
        "FORMAT": ["", "file", "file.txt", ".png"],
        "TABLE": ["", "file", "file.txt"],
        "ASSIGNMENT": ["", "x", "=1", "x="],
        "FILE": [""],
        "FOLDER": [""],
        "INPUT": [""],
    }[kind]


def unquote(text):
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text))


rows = open(language + "/commands.def").read()
settings = {}
for name, kind, _, least, most, _ in calls(open(language + "/settings.def").read(), "SETTING"):
    settings[name] = (kind if kind in ("WHOLE", "REAL", "POSITIVE", "FRACTION") else "WORD", least, most)
commands = {row[0]: (row[1], unquote(row[2])) for row in calls(rows, "COMMAND")}

options = []    # command, reader, need, name, kind, least, most
for name, _, reader, need, value, users, _ in calls(rows, "OPTION"):
    kind, _, least, most = [part.strip() for part in next(calls("V" + value, "V"))]
    if kind == "SETTING":
        kind, least, most = settings[name]
    options += [(user, reader, need, name, kind, least, most) for user in re.findall(r"FOR\((\w+)\)", users)]
for name, (kind, least, most) in settings.items():
    options.append(("train", "BOTH", "OPTIONAL", name, kind, least, most))

tried = 0


def refused(code, begins, *words):
    global tried
    tried += 1
    ran = subprocess.run(words, capture_output=True, text=True)
    line = ran.stderr.split("\n")[0]
    if ran.returncode != code or ran.stdout or not line.startswith(begins):
        print(f"{' '.join(words)}: not exit {code} and '{begins}', but {ran.returncode}: {ran.stdout}{line}")


def operands(command, program):
    shown = commands[command][1]
    return ["fine.aespec"] if program == aespec and shown else []


programs = (aespec, "aespec", ("DRIVER", "BOTH")), (trainer, "bell", ("TRAINER", "BOTH"))
for program, name, readers in programs:
    for command, reader, need, option, kind, least, most in options:
        if reader not in readers or (program == trainer and commands[command][0] == "DRIVER"):
            continue
        dashed = "--" + option.replace("_", "-")
        line = [program, command] + operands(command, program)
        begins = f"{name}: {command}: "
        if need == "LATER":
            refused(2, f"{begins}'{dashed}' is not supported yet", *line, dashed + ("" if kind == "FLAG" else "=1"))
            continue
        for value in [] if kind == "FLAG" else wrong_values(kind, least, most):
            refused(2, begins + "-", *line, f"{dashed}={value}")
        # A RUN can replace a required option, but a SPEC cannot.
        required = need == "REQUIRED" or need == "FROM_RUN"
        if required and not any(o[0] == command and o[2] in ("REQUIRED", "FROM_RUN") and o[1] in readers and
                                o[3] != option for o in options):
            refused(2, begins, *line)

# In a spec a value is an expression, so "1 " is 1, and numbers are doubles.
for setting, (kind, least, most) in settings.items():
    for value in wrong_values(kind, least, most):
        if value not in ("", "1 ") and not (kind == "WHOLE" and value.isdigit() and float(value) == float(most)):
            refused(2, f"--set {setting}=", aespec, "train", "fine.aespec", "--set", f"{setting}={value}")
            open("wrong.aespec", "w").write(SPEC % f"{setting} = {value}")
            refused(1, "wrong.aespec:7:", aespec, "train", "wrong.aespec")

print("refused" if tried > 600 else f"only {tried} lines were tried")
