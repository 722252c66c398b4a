#!/usr/bin/env python3
"""Long specs, one kind each: specs.py KIND COUNT prints one with about COUNT lines or layers, specs.py lists the kinds.

Each kind repeats a construct that once made a pass quadratic in the spec's length. The first field of a kind is the
exit code of `aespec check`: 0 for a spec without errors, 1 for one with an error in every line."""
import sys

TAIL = "latent z = code\ndecoder { dense(%s) }\nloss { %s }\n"


def network(consts="", input="4", encoder="dense(2)", decoder="4", loss="mse(x)", more=""):
    return f"model long\n{consts}input x : [{input}]\nencoder {{ {encoder} }}\n" + TAIL % (decoder, loss) + more


def lines(count, form):
    return "".join(form.format(i=i, before=i - 1, next=i + 1) + "\n" for i in range(count))


def block(word, text):
    return f"{word} {{\n{text}}}\n"


def layers(count):
    return network(encoder="\n" + lines(count // 2 - 1, "dense(4) -> relu"))


def mirrored(count):
    return layers(count // 2).replace("decoder { dense(4) }", "decoder { mirror(encoder) }")


def convolutions(count):
    encoder = "\n" + lines(count // 2, "conv(2, kernel = 3, padding = 1) -> relu")
    return network(input="2, 8, 8", encoder=encoder).replace("decoder { dense(4) }", "decoder { mirror(encoder) }")


def consts(count):
    return network("const a0 = 1\n" + lines(count, "const a{next} = a{i} + 1"), more="")


def fixed_consts(count):
    return network("const a0 = 1\n" + lines(count, "const a{next} = a{i} * 1"), decoder=f"4 * a{count}")


def string_consts(count):
    return network('const a0 = "data"\n' + lines(count, "const a{next} = a{i}"),
                   more=f"data {{ source = idx(a{count}) }}\n")


def list_consts(count):
    return network("const a0 = [1e-3, 2e-3]\n" + lines(count, "const a{next} = a{i}"),
                   more=f"sweep {{ learning_rate in a{count} }}\n")


def terms(count):
    return network(loss="\n" + lines(count, "t{i} = mse(x)"))


def axes(count):
    return network(lines(count, "const a{i} = 1"), more=block("sweep", lines(count, "a{i} in [1, 2]")))


def blank_lines(count):
    return network(encoder="dense(2)" + "\n" * count + "-> relu")


def comments(count):
    return network(lines(count, "# line {i}"))


def one_list(count):
    return network("const a = [" + ", ".join("1" for _ in range(count)) + "]\n", more="sweep { seed in a }\n")


def claims(count):
    return network(encoder="\n" + lines(count // 2, "relu : [4]") + "dense(2)")


def unknown_names(count):
    return network(lines(count, "const a{i} = b{i}"))


def misspelled_names(count):
    return network(lines(count, "const width{i} = 1") + lines(count, "const b{i} = wdth{i}"))


def names_below(count):
    return network(lines(count, "const a{i} = a{next}"))


def duplicate_consts(count):
    return network(lines(count, "const a = {i}"))


def duplicate_terms(count):
    return network(loss="\n" + lines(count, "mse(x)"))


def duplicate_settings(count):
    return network(more=block("train", lines(count, "learning{i} = 1") + lines(count, "epochs = {next}")))


def duplicate_axes(count):
    return network(more=block("sweep", lines(count, "seed in [1]")))


def unknown_axes(count):
    return network(more=block("sweep", lines(count, "axis{i} in [1]")))


def unknown_layers(count):
    return network(encoder="\n" + lines(count, "layer{i}"))


def blocks(count):
    return network(lines(count, "block b{i}() {{ relu }}"), encoder="\n" + lines(count, "b{i}"))


def unknown_targets(count):
    return network(loss="\n" + lines(count, "t{i} = mse(y{i})"))


def unknown_items(count):
    return network(lines(count, "item{i}"))


def bad_tokens(count):
    return network(encoder="\n" + lines(count, "dense(4) @"))


def one_line(count):
    return network("const a = [" + ", ".join("1/0" for _ in range(count)) + "]\n", more="sweep { seed in a }\n")


def one_line_layers(count):
    return network(encoder="; ".join("dense()" for _ in range(count)))


def one_line_names(count):
    return network("".join("const a = 1; " for _ in range(count)) + "\n")


def open_braces(count):
    return network(encoder="\n" + lines(count, "dense(4"))


def nested(count):
    return network("const a = " + "(" * count + "1" + ")" * count + "\n")


def operators(count):
    return network("const a = " + " + ".join("1" for _ in range(count)) + "\n")


def powers(count):
    return network("const a = " + "^".join("1" for _ in range(count)) + "\n")


def signs(count):
    return network("const a = " + "-" * count + "1\n")


CORRECT = [layers, mirrored, convolutions, consts, fixed_consts, string_consts, list_consts, terms, axes, blank_lines,
           comments, one_list, claims]
WRONG = [unknown_names, misspelled_names, names_below, duplicate_consts, duplicate_terms, duplicate_settings,
         duplicate_axes, unknown_axes, unknown_layers, blocks, unknown_targets, unknown_items, bad_tokens, one_line,
         one_line_layers, one_line_names, open_braces, nested, operators, powers, signs]
KINDS = {kind.__name__: kind for kind in CORRECT + WRONG}

if __name__ == "__main__":
    if len(sys.argv) == 3:
        sys.stdout.write(KINDS[sys.argv[1]](int(sys.argv[2])))
    else:
        for code, kinds in enumerate((CORRECT, WRONG)):
            for kind in kinds:
                print(code, kind.__name__)
