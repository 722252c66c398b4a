#!/usr/bin/env python3
"""The five networks' training steps beside PyTorch on the same processor: forward, loss, backward, Adam, one batch.

PyTorch gets the better of its two memory orders, its own threads and oneDNN; ours is `bench`'s step, which also gathers
the batch. Both run in turn. Needs torch.

peers.py [--rounds N] [--steps N] [SPEC ...]     prints a table in Markdown
"""
import argparse
import time

import torch
from torch import nn

from measure import ROOT, SPECS, Trainers, bench, machine, table, targets


def convolutional(*layers):
    modules = []
    for up, inputs, outputs, kernel in layers:
        modules += [(nn.ConvTranspose2d if up else nn.Conv2d)(inputs, outputs, kernel), nn.ReLU()]
    return nn.Sequential(*modules[:-1])


class Variational(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Flatten(), nn.Linear(784, 512), nn.ReLU())
        self.mu, self.log_sigma = nn.Linear(512, 2), nn.Linear(512, 2)
        self.decoder = nn.Sequential(nn.Linear(2, 512), nn.ReLU(), nn.Linear(512, 784))

    def forward(self, x):
        h = self.encoder(x)
        mu, log_sigma = self.mu(h), self.log_sigma(h)
        self.kl = (log_sigma.exp() ** 2 + mu ** 2 - log_sigma - 0.5).sum()
        return self.decoder(mu + log_sigma.exp() * torch.randn_like(mu)).view_as(x)


def linear(*units):
    modules = [nn.Flatten()]
    for inputs, outputs in zip(units, units[1:]):
        modules += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*modules, nn.Unflatten(1, (1, 28, 28)))


NETWORKS = {
    "aec": lambda: convolutional((0, 1, 16, 15), (0, 16, 32, 7), (0, 32, 64, 5), (1, 64, 32, 5), (1, 32, 16, 7),
                                 (1, 16, 1, 15)),
    "aec_latent": lambda: convolutional((0, 1, 16, 15), (0, 16, 32, 7), (0, 32, 64, 5), (0, 64, 64, 3),
                                        (0, 64, 64, (2, 1)), (1, 64, 64, (2, 1)), (1, 64, 64, 3), (1, 64, 32, 5),
                                        (1, 32, 16, 7), (1, 16, 1, 15)),
    "ael": lambda: linear(784, 64, 784),
    "ael_latent": lambda: linear(784, 512, 2, 512, 784),
    "vae": Variational,
}


def torch_step(network, batch, channels_last):
    """One training step as a function without arguments."""
    model = network()
    x = torch.randn(batch, 1, 28, 28)
    if channels_last:
        model, x = model.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), fused=True)

    def step():
        optimizer.zero_grad()
        loss = ((model(x) - x) ** 2).sum() + getattr(model, "kl", 0)
        loss.backward()
        optimizer.step()
    return step


def seconds(step, steps):
    best = float("inf")
    for _ in range(steps):
        begun = time.perf_counter()
        step()
        best = min(best, time.perf_counter() - begun)
    return best


def measure(trainers, spec, target, batch, threads, options):
    trainer = trainers.get(ROOT / "specs" / f"{spec}.aespec", target)
    torch.set_num_threads(threads)
    steps = [torch_step(NETWORKS[spec], batch, last) for last in (False, True)]
    ours, theirs = [], []
    for _ in range(options.rounds):
        ours.append(bench(trainer, batch, threads)["step"]["ms"])
        theirs.append(min(seconds(step, options.steps) for step in steps) * 1e3)
    ratios = [b / a for a, b in zip(ours, theirs)]
    return [spec, batch, threads, f"{min(ours):.2f}", f"{min(theirs):.2f}", f"{min(theirs) / min(ours):.2f}",
            f"{min(ratios):.2f} to {max(ratios):.2f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("specs", nargs="*", default=SPECS)
    options = parser.parse_args()
    trainers, target = Trainers(), targets()[0]
    print(f"{machine()}; target {target}; PyTorch {torch.__version__}\n")
    rows = [measure(trainers, spec, target, batch, threads, options)
            for spec in options.specs for batch in (128, 1000) for threads in (1, 2)]
    print(table(["spec", "batch", "threads", "ms a step", "PyTorch, ms", "PyTorch / ours", "of each round"], rows))


if __name__ == "__main__":
    main()
