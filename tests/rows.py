"""Rows of language/*.def for tests that draw from them: a new row takes part by itself."""
import re
from pathlib import Path

LANGUAGE = Path(__file__).resolve().parent.parent / "language"
# Other values of arguments than their defaults; 0.5 for what is not here.
OTHER_CALLS = {"leaky_relu": "leaky_relu(0.2)", "elu": "elu(alpha = 0.5)"}


def read_rows(file, macro):
    """[(name, the names of its arguments, those that are needed)] of the rows MACRO(name, ...) of a file."""
    found = []
    for row in re.split(rf"^{macro}\(", (LANGUAGE / file).read_text(encoding="ascii"), flags=re.MULTILINE)[1:]:
        row = re.split(r"^[A-Z]+\(|^#", row, flags=re.MULTILINE)[0]
        arguments = re.findall(r"ARGUMENT\((\w+), \w+, (\w+)", row)
        found.append((row.split(",")[0], [name for name, _ in arguments],
                      [name for name, initial in arguments if initial == "NEEDED"]))
    return found


def activation_calls():
    """A call of each activation, and one with another argument where it has any."""
    calls = []
    for name, arguments, _ in read_rows("activations.def", "ACTIVATION"):
        calls.append(name)
        if arguments:
            calls.append(OTHER_CALLS.get(name, f"{name}({arguments[0]} = 0.5)"))
    return calls


def layers_without_arguments():
    """Layers and activations that can be written without brackets."""
    rows = read_rows("layers.def", "LAYER") + read_rows("activations.def", "ACTIVATION")
    return [name for name, _, needed in rows if not needed]
