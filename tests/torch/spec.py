"""A reader of .aespec text, implemented only from docs/language.md and sharing no code with the compiler.

read_spec(text, sets) returns a Spec. It assumes a correct spec: a wrong one raises SpecError or another exception.
"""
import math
import re
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""(?P<space>[ \t\r]+|\#[^\n]*) | (?P<line>\n|;) | (?P<number>[0-9][0-9_]*(?:\.[0-9_]+)?(?:[eE][+-]?[0-9]+)?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*) | "(?P<string>(?:[^"\\\n]|\\["\\])*)"
      | (?P<mark>->|\.\.|[{}()\[\],:=~+\-*/%^])""",
    re.VERBOSE)

# Arguments of each layer, latent and activation, in order, with their defaults; None marks a required one. A term is here
# if it has arguments after its target.
ARGUMENTS = {
    "conv": {"channels": None, "kernel": None, "stride": 1, "padding": 0},
    "deconv": {"channels": None, "kernel": None, "stride": 1, "padding": 0, "output_padding": 0},
    "dense": {"units": None},
    "flatten": {},
    "dropout": {"p": None},
    "relu": {}, "leaky_relu": {"slope": 0.01}, "elu": {"alpha": 1}, "gelu": {}, "silu": {}, "sigmoid": {}, "tanh": {},
    "softplus": {},
    "code": {"units": 0},
    "gaussian": {"units": None, "prior_std": 1},
}
FUNCTIONS = {"sqrt": math.sqrt, "exp": math.exp, "log": math.log, "min": min, "max": max}
OPERATORS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
             "%": math.fmod, "^": lambda a, b: a ** b}
TRAIN_DEFAULTS = {"optimizer": "adam", "learning_rate": 1e-3, "momentum": 0, "weight_decay": 0, "beta1": 0.9,
                  "beta2": 0.999, "epsilon": 1e-8, "batch": 128, "epochs": 10, "reduction": "mean", "seed": 1}


class SpecError(Exception):
    pass


@dataclass
class Layer:
    kind: str
    arguments: dict          # of reshape: {"shape": (...)}
    claim: tuple = None


@dataclass
class Term:
    name: str
    function: str
    target: str
    weight: float
    arguments: dict


@dataclass
class Spec:
    name: str = ""
    constants: dict = field(default_factory=dict)
    data: dict = field(default_factory=lambda: {"source": None, "scale": 1.0, "mean": 0.0, "std": 1.0})
    input_name: str = ""
    input_shape: tuple = ()
    encoder: list = field(default_factory=list)
    latent_name: str = ""
    latent: Layer = None
    decoder: list = field(default_factory=list)
    terms: list = field(default_factory=list)
    train: dict = field(default_factory=lambda: dict(TRAIN_DEFAULTS))


def read_spec(text, sets=()):
    """sets: strings NAME=EXPR, as for --set."""
    return Parser(text, dict(item.split("=", 1) for item in sets)).spec()


def split_tokens(text):
    """(kind, value) pairs; newlines that do not end a statement are omitted."""
    tokens, depth, position = [], 0, 0
    text = text.removeprefix("\ufeff")
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise SpecError(f"no token at {text[position:position + 20]!r}")
        position, kind = match.end(), match.lastgroup
        value = match.group(kind)
        if kind == "space" or (kind == "line" and depth > 0):
            continue
        depth += (value in ("(", "[")) - (value in (")", "]")) if kind == "mark" else 0
        if kind == "line" and (not tokens or tokens[-1][0] == "line" or tokens[-1][1] in ("->", ",")):
            continue
        if kind == "mark" and value in ("->", "{") and tokens and tokens[-1][0] == "line":
            tokens.pop()
        tokens.append((kind, value))
    return tokens + [("end", "")]


def whole(value):
    if value != int(value):
        raise SpecError(f"{value} is not whole")
    return int(value)


def pair(value):
    """One number or [height, width]."""
    return tuple(whole(v) for v in value) if isinstance(value, list) else (whole(value), whole(value))


class Parser:
    def __init__(self, text, sets):
        self.tokens, self.position, self.sets = split_tokens(text), 0, sets
        self.result = Spec()

    # Tokens

    def peek(self, ahead=0):
        return self.tokens[min(self.position + ahead, len(self.tokens) - 1)]

    def next(self):
        token = self.peek()
        self.position += 1
        return token

    def accept(self, value):
        if self.peek()[0] in ("mark", "name") and self.peek()[1] == value:
            return self.next()
        return None

    def expect(self, value):
        if not self.accept(value):
            raise SpecError(f"expected {value}, found {self.peek()[1]!r}")

    def name(self):
        kind, value = self.next()
        if kind != "name":
            raise SpecError(f"expected a name, found {value!r}")
        return value

    def statements(self, read):
        """Calls read for each statement between braces."""
        self.expect("{")
        while not self.accept("}"):
            if self.peek()[0] == "line":
                self.next()
            else:
                read()

    # Expressions, as trees: a float, a string in quotes is ("string", s), else (kind, ...)

    def expression(self):
        left = self.product()
        while self.peek() in (("mark", "+"), ("mark", "-")):
            left = ("binary", self.next()[1], left, self.product())
        return left

    def product(self):
        left = self.unary()
        while self.peek() in (("mark", "*"), ("mark", "/"), ("mark", "%")):
            left = ("binary", self.next()[1], left, self.unary())
        return left

    def unary(self):
        return ("negate", self.unary()) if self.accept("-") else self.power()

    def power(self):
        base = self.primary()
        return ("binary", "^", base, self.unary()) if self.accept("^") else base

    def primary(self):
        kind, value = self.next()
        if kind == "number":
            return float(value.replace("_", ""))
        if kind == "string":
            return ("string", re.sub(r"\\(.)", r"\1", value))
        if kind == "name":
            return ("call", value, self.arguments(")")) if self.accept("(") else ("name", value)
        if value == "[":
            return ("list", self.arguments("]"))
        if value == "(":
            inside = self.expression()
            self.expect(")")
            return inside
        raise SpecError(f"expected a value, found {value!r}")

    def arguments(self, closing):
        """(name or None, tree) of each argument up to the closing bracket."""
        found = []
        while not self.accept(closing):
            named = self.peek()[0] == "name" and self.peek(1) == ("mark", "=")
            key = self.name() if named else None
            if named:
                self.expect("=")
            found.append((key, self.expression()))
            if not self.accept(","):
                self.expect(closing)
                break
        return found

    def value(self, tree):
        """A number, a string, a list of them, or the name if it is not a const."""
        if isinstance(tree, float):
            return tree
        kind, *parts = tree
        if kind == "string":
            return parts[0]
        if kind == "name":
            return self.result.constants.get(parts[0], parts[0])
        if kind == "negate":
            return -self.value(parts[0])
        if kind == "binary":
            return OPERATORS[parts[0]](self.value(parts[1]), self.value(parts[2]))
        if kind == "list":
            return [self.value(item) for _, item in parts[0]]
        return FUNCTIONS[parts[0]](*(self.value(item) for _, item in parts[1]))

    # Items

    def spec(self):
        readers = {"model": self.read_model, "const": self.read_constant, "input": self.read_input,
                   "encoder": lambda: self.read_layers(self.result.encoder),
                   "decoder": lambda: self.read_layers(self.result.decoder),
                   "latent": self.read_latent, "data": lambda: self.statements(self.read_data),
                   "loss": lambda: self.statements(self.read_term), "train": lambda: self.statements(self.read_setting),
                   "sweep": lambda: self.statements(self.read_axis)}
        while self.peek()[0] != "end":
            if self.peek()[0] == "line":
                self.next()
            else:
                readers[self.name()]()
        for key in self.result.train.keys() & self.sets.keys():
            self.result.train[key] = self.outside_value(self.sets[key])
        return self.result

    def outside_value(self, text):
        inner = Parser(text, {})
        inner.result = self.result
        return inner.value(inner.expression())

    def read_model(self):
        self.result.name = self.name()

    def read_constant(self):
        name = self.name()
        self.expect("=")
        tree = self.expression()
        self.result.constants[name] = self.outside_value(self.sets[name]) if name in self.sets else self.value(tree)

    def read_input(self):
        self.result.input_name = self.name()
        self.expect(":")
        self.result.input_shape = tuple(whole(v) for v in self.value(self.expression()))

    def read_latent(self):
        self.result.latent_name = self.name()
        self.next()
        self.result.latent = self.layer(self.expression())

    def read_data(self):
        name = self.name()
        self.expect("=")
        tree = self.expression()
        self.result.data[name] = self.value(tree[2][0][1]) if name == "source" else self.value(tree)

    def read_setting(self):
        name = self.name()
        self.expect("=")
        self.result.train[name] = self.value(self.expression())

    def read_axis(self):
        self.name()
        self.expect("in")
        self.expression()

    def read_term(self):
        name = None
        if self.peek(1) == ("mark", "="):
            name = self.name()
            self.expect("=")
        tree, weight = self.expression(), 1.0
        if tree[:2] == ("binary", "*"):
            weight, tree = self.value(tree[2]), tree[3]
        kind, function, given = tree
        arguments = self.bind(function, ARGUMENTS.get(function, {}), given[1:])
        self.result.terms.append(Term(name or function, function, given[0][1][1], weight, arguments))

    # Layers

    def read_layers(self, layers):
        def read_line():
            layers.append(self.layer(self.expression()))
            while self.accept("->"):
                layers.append(self.layer(self.expression()))
            if self.accept(":"):
                layers[-1].claim = tuple(whole(v) for v in self.value(self.expression()))
        self.statements(read_line)

    def layer(self, tree):
        kind, given = tree[1], tree[2] if tree[0] == "call" else []
        if kind == "reshape":
            return Layer(kind, {"shape": tuple(whole(self.value(item)) for _, item in given)})
        if kind == "mirror":
            return Layer(kind, {})
        return Layer(kind, self.bind(kind, ARGUMENTS[kind], given))

    def bind(self, kind, table, given):
        """The arguments of a call by name: those that are given, else their defaults."""
        arguments = dict(table)
        for place, (key, item) in zip(list(table) + [None] * len(given), given):
            arguments[key or place] = self.value(item)
        if arguments.keys() != table.keys() or None in arguments.values():
            raise SpecError(f"wrong arguments of {kind}: {arguments}")
        return arguments
