"""study_statistics.py make|check   makes random losses for a sweep and for an author's runs, rounded so that there are
ties, and checks the output of study/sweep.awk with ranks by sorting and orders by lookup."""
import csv
import itertools
import math
import random
import re
import sys

AXES = [(8, 16), (128, 256, 1000), ("adam", "sgd"), (0.1, 0.01, 0.001), (0.2, 0.4, 0.6, 0.8)]
POINTS = list(itertools.product(*AXES))
CONSTANT = 0.71


def make():
    random.seed(7)
    with open("images.csv", "w") as file:
        file.write(f"name,value\nimages,10\nrelu_floor,0.1466\nconstant,{CONSTANT}\n")
    with open("author.csv", "w") as author, open("sweep.csv", "w") as sweep:
        author.write("epochs,batch,optimizer,learning_rate,momentum,epoch,train_loss,test_loss,epoch_seconds\n")
        sweep.write("epochs,batch,optimizer,learning_rate,momentum,epoch,train_loss,test_loss\n")
        for epochs, batch, optimizer, rate, momentum in POINTS:
            level = 0.1 * (batch / 128) ** 0.5 * (1.2 - momentum) * (16 / epochs) * (0.1 / rate) ** 0.3
            for epoch in range(1, epochs + 1):
                theirs = round(level * epochs / epoch * math.exp(random.gauss(0, 0.3)), 1) + 0.1
                ours = round(theirs * math.exp(random.gauss(0, 0.3)), 1) + 0.1
                text = "nan" if optimizer == "adam" and rate == 0.1 and batch == 256 else f"{ours:.9g}"
                their_train, our_train = (loss * math.exp(random.gauss(0, 0.3)) for loss in (theirs, ours))
                author.write(f"{epochs},{batch},{optimizer.upper()},{rate},{momentum},{epoch},{their_train:.6f},"
                             f"{theirs:.6f},100\n")
                sweep.write(f"{epochs},{batch},{optimizer},{rate:g},{momentum:g},{epoch},{our_train:.9g},{text}\n")


def final(path, column="test_loss"):
    losses = {}
    for row in csv.DictReader(open(path)):
        if row["epoch"] == row["epochs"]:
            where = int(row["epochs"]), int(row["batch"]), row["optimizer"].lower()
            where += float(row["learning_rate"]), float(row["momentum"])
            losses[where] = float(row[column]) if row[column] != "nan" else math.inf
    return losses


def ranks(values):
    """Ranks in the sorted list; those of equal values are averaged."""
    places = {}
    for place, value in enumerate(sorted(values), 1):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) for value in values]


def spearman(one, other):
    one, other = ranks(one), ranks(other)
    middle = (len(one) + 1) / 2
    def product(a, b):
        return sum((x - middle) * (y - middle) for x, y in zip(a, b))
    return product(one, other) / math.sqrt(product(one, one) * product(other, other))


def orders(losses):
    sgd = {key: loss for key, loss in losses.items() if key[2] == "sgd"}
    def lower(axis, low, high):
        pairs = [(loss, sgd[key[:axis] + (high,) + key[axis + 1:]]) for key, loss in sgd.items() if key[axis] == low]
        return sum(a < b for a, b in pairs), len(pairs)
    hot = [loss for key, loss in losses.items() if key[2] == "adam" and key[3] in (0.1, 0.01)]
    cold = [loss for key, loss in losses.items() if key[2] == "adam" and key[3] == 0.001]
    return [lower(4, 0.8, 0.2), lower(0, 16, 8), lower(1, 128, 1000), lower(3, 0.1, 0.01), lower(3, 0.01, 0.001),
            (sum(loss > 0.15 for loss in hot), len(hot)), (sum(loss < 0.2 for loss in cold), len(cold))]


def repeats(path):
    """Losses of each group of runs with the same steps, below the best constant image."""
    groups = {}
    for row in csv.DictReader(open(path)):
        optimizer, rate = row["optimizer"].lower(), float(row["learning_rate"])
        ends = row["epoch"] in ("8", "16") and row["epoch"] == row["epochs"]
        if ends or row["epoch"] == "8":
            key = (optimizer, rate, row["batch"], row["epoch"], row["momentum"] if optimizer == "sgd" else "")
            if float(row["test_loss"]) < CONSTANT:
                groups.setdefault(key, []).append(math.log(float(row["test_loss"])))
    return groups


def spread(optimizer, rate):
    squares, degrees = 0, 0
    for key, logs in repeats("author.csv").items():
        if key[:2] == (optimizer, rate):
            mean = sum(logs) / len(logs)
            squares += sum((log - mean) ** 2 for log in logs)
            degrees += len(logs) - 1
    return math.sqrt(squares / degrees) if degrees else None


def near(author, ours, limit):
    return limit is not None and abs(math.log(ours / author)) <= 2 * math.sqrt(2) * limit


def judge(author, ours, limit):
    if author >= CONSTANT and ours >= CONSTANT:
        return "neither learned"
    if near(author, ours, limit):
        return "same"
    if author >= CONSTANT or ours >= CONSTANT:
        return "only ours learned" if ours < CONSTANT else "only the author's learned"
    return "no repeats" if limit is None else "ours higher" if ours > author else "ours lower"


def is_upset(row):
    return 1.15 * float(row["train_loss"]) < float(row["test_loss"]) < CONSTANT


def upsets(path):
    rows = [row for row in csv.DictReader(open(path)) if float(row["test_loss"]) < CONSTANT]
    return f"{100 * sum(map(is_upset, rows)) / len(rows):.1f} %"


def ends(path):
    rows = [row for row in csv.DictReader(open(path)) if row["batch"] in ("128", "256") and row["epoch"] == "16"]
    rows = [row for row in rows if row["optimizer"] == "sgd"]
    return f"{sum(map(is_upset, rows))} of {len(rows)}"


def check():
    author, ours = final("author.csv"), final("sweep.csv")
    said = dict(line.rstrip("\n").split("\t") for line in open("numbers"))
    for name, keys in (("all", POINTS), ("sgd", [key for key in POINTS if key[2] == "sgd"])):
        found = said[f"spearman_{name}"]
        wanted = f"{spearman([author[key] for key in keys], [ours[key] for key in keys]):.3f}"
        print(f"spearman, {name}:", found == wanted or f"{found}, not {wanted}")
    found = [(int(row["author"]), int(row["ours"]), int(row["of"])) for row in csv.DictReader(open("orders.csv"))]
    wanted = [(a, b, of) for (a, of), (b, _) in zip(orders(author), orders(ours))]
    print("orders:", found == wanted or f"{found}, not {wanted}")
    held = sum(own >= least for (own, _), least in zip(orders(ours), (12, 27, 20, 14, 20, 40, 20)))
    print("held:", f"{held} of 7 orders" in open("numbers").read())
    print("epochs:", said["epochs"] == "720" or said["epochs"])
    rows = list(csv.DictReader(open("points.csv")))
    author_train, our_train = final("author.csv", "train_loss"), final("sweep.csv", "train_loss")
    ours_upset = theirs_upset = 0
    for row, key in zip(rows, POINTS, strict=True):
        limit = spread(key[2], key[3])
        verdict = judge(author[key], ours[key], limit)
        if row["verdict"] != verdict or (limit or 0) and abs(float(row["spread"]) - limit) > 1e-3:
            print(key, row, "not", verdict, limit)
        if verdict in ("ours higher", "ours lower"):
            ours_upset += ours[key] > 1.15 * our_train[key]
            theirs_upset += author[key] > 1.15 * author_train[key]
    found = re.search(r"at (\d+) points ours and at (\d+) the", said["reasons"])
    wanted = (str(ours_upset), str(theirs_upset))
    print("upset:", ours_upset and theirs_upset and found.groups() == wanted or f"{found}, not {wanted}")
    found = re.findall(r"[0-9.]+ %|\d+ of \d+", said["reasons"])
    wanted = [upsets("author.csv"), upsets("sweep.csv"), ends("sweep.csv")]
    print("upset epochs:", found == wanted or f"{found}, not {wanted}")
    print("verdicts:", *sorted({row["verdict"] for row in rows}), sep="\n  ")


{"make": make, "check": check}[sys.argv[1]]()
