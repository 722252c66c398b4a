#!/usr/bin/env python3
"""sweep.py points AESPEC SPEC FOLDER    every point of FOLDER/sweep.csv equals a separate training
sweep.py stop AESPEC SPEC FOLDER      stops a sweep at ten random moments, every third time by SIGKILL, and starts it again"""
import csv
import itertools
import math
import random
import signal
import subprocess
import sys
import time

AXES = {"epochs": ["2", "4"], "optimizer": ["adam", "sgd"], "learning_rate": ["0.01", "0.001", "1e30"],
        "momentum": ["0.2", "0.8"], "units": ["2", "3"]}


def train(aespec, spec, point, number):
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in point.items() if name != "units"]
    run = f"alone-{number}"
    subprocess.run([aespec, "train", spec, "--data", "data", "--quiet", "--out", run, "--set", f"units={point['units']}", *flags],
                   capture_output=True)
    rows = list(csv.reader(open(f"{run}/metrics.csv")))[1:]
    rows = [row[1:3] for row in rows]
    return rows + [["nan", "nan"]] * (int(point["epochs"]) - len(rows))


def check_points(aespec, spec, folder):
    with open(f"{folder}/sweep.csv") as file:
        rows = list(csv.reader(file))
    assert rows[0] == [*AXES, "epoch", "train_loss", "test_loss"], rows[0]
    expected, final = [], []
    for number, values in enumerate(itertools.product(*AXES.values())):
        losses = train(aespec, spec, dict(zip(AXES, values)), number)
        expected += [[*values, str(epoch + 1), *loss] for epoch, loss in enumerate(losses)]
        final.append((values, losses[-1]))
    for a, b in zip(rows[1:], expected):
        a[2] = "1e30" if float(a[2]) == 1e30 else a[2]
        assert a == b, (a, b)
    assert len(rows) == len(expected) + 1
    print(f"{len(final)} points, {len(expected)} rows: as each training gives by itself")
    with open(f"{folder}/ranking.csv") as file:
        ranking = list(csv.reader(file))[1:]
    losses = [float(row[-1]) for row in ranking]
    known = [loss for loss in losses if not math.isnan(loss)]
    assert known == sorted(known) and all(math.isnan(loss) for loss in losses[len(known):]) and len(known) < len(losses)
    assert [row[0] for row in ranking] == [str(i + 1) for i in range(len(final))]
    assert sorted(losses[:len(known)]) == sorted(float(loss[1]) for _, loss in final if loss[1] != "nan")
    print("the ranking is sorted, diverged ones last")


def stop(aespec, spec, folder):
    random.seed(5)
    codes = set()
    for i in range(10):
        sweep = subprocess.Popen([aespec, "sweep", spec, "--data", "many.idx", "--out", folder],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                 preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        sweep.stderr.readline()    # the plan is made
        time.sleep(random.uniform(0.05, 0.4))
        sweep.send_signal([signal.SIGINT, signal.SIGTERM, signal.SIGKILL][i % 3])
        words = sweep.communicate(timeout=60)[1]
        codes.add(sweep.returncode)
        assert sweep.returncode != 130 or "the same command continues" in words, words
    assert codes <= {0, 130, -signal.SIGKILL} and len(codes - {0}) == 2, codes
    print("stopped ten times")


{"points": check_points, "stop": stop}[sys.argv[1]](*sys.argv[2:])
