#!/usr/bin/env python3
"""scripts/study_torch.py [FILE.csv]   trains networks of the study with PyTorch, for comparison in study.md: AEL, the
VAE with both priors, AEL latent, the AEC with the settings of the author's best run and, for many seeds, its first
epoch with slow SGD. Requires torch; the rest of the study does not.

FILE.csv (docs/study/torch.csv) has one row per run; existing runs are skipped. AEL latent is trained for one epoch with
seeds 1, 2, ... and continues only if both of its code units are alive, until there are five such runs."""

import argparse
import csv
import gzip
import math
import os
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

COLUMNS = ["torch", "threads", "model", "seed", "epochs", "units_alive", "test_loss", "seconds"]
ALIVE = 0.8  # a unit is alive if it is above 0 for this share of the test images, as in `aespec measure`


class Autoencoder(nn.Module):
    """Encoder, code, decoder; the loss of a batch is summed or averaged as in the study's code."""

    def __init__(self, encoder, decoder, summed):
        super().__init__()
        self.encoder, self.decoder, self.summed = encoder, decoder, summed

    def code(self, x):
        return self.encoder(x)

    def losses(self, x, training):
        """The loss of each sample."""
        errors = (self.decoder(self.encoder(x)) - x) ** 2
        return errors.sum(1) if self.summed else errors.mean(1)


class Variational(nn.Module):
    summed = True

    def __init__(self, prior_std):
        super().__init__()
        self.prior_std = prior_std
        self.encoder = nn.Sequential(nn.Linear(784, 512), nn.ReLU())
        self.mu, self.log_sigma = nn.Linear(512, 2), nn.Linear(512, 2)
        self.decoder = nn.Sequential(nn.Linear(2, 512), nn.ReLU(), nn.Linear(512, 784))

    def code(self, x):
        return self.mu(self.encoder(x))

    def losses(self, x, training):
        hidden = self.encoder(x)
        mu, log_sigma = self.mu(hidden), self.log_sigma(hidden)
        z = mu + torch.exp(log_sigma) * torch.randn_like(mu) if training else mu
        variance = self.prior_std**2
        divergence = (torch.exp(2 * log_sigma) + mu**2) / (2 * variance) - log_sigma + math.log(self.prior_std) - 0.5
        return ((self.decoder(z) - x) ** 2).sum(1) + divergence.sum(1)


def ael():
    return Autoencoder(
        nn.Sequential(nn.Linear(784, 64), nn.ReLU()), nn.Sequential(nn.Linear(64, 784), nn.ReLU()), summed=False
    )


def ael_latent():
    return Autoencoder(
        nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 2), nn.ReLU()),
        nn.Sequential(nn.Linear(2, 512), nn.ReLU(), nn.Linear(512, 784), nn.ReLU()),
        summed=True,
    )


def aec():
    return Autoencoder(
        nn.Sequential(
            nn.Unflatten(1, (1, 28, 28)),
            *(nn.Conv2d(1, 16, 15), nn.ReLU()),
            *(nn.Conv2d(16, 32, 7), nn.ReLU()),
            *(nn.Conv2d(32, 64, 5), nn.ReLU()),
        ),
        nn.Sequential(
            *(nn.ConvTranspose2d(64, 32, 5), nn.ReLU()),
            *(nn.ConvTranspose2d(32, 16, 7), nn.ReLU()),
            nn.ConvTranspose2d(16, 1, 15),
            nn.Flatten(),
        ),
        summed=False,
    )


def adam(parameters):
    return torch.optim.Adam(parameters, lr=1e-3)


def best_sgd(parameters):
    return torch.optim.SGD(parameters, lr=0.1, momentum=0.8)


def slow_sgd(parameters):
    return torch.optim.SGD(parameters, lr=1e-3, momentum=0.8)


# constructor, optimizer, batch size, epochs, seeds
MODELS = {
    "ael": (ael, adam, 1000, 16, 5),
    "vae": (lambda: Variational(math.sqrt(1 / 2)), adam, 1000, 8, 5),
    "vae_usual_prior": (lambda: Variational(1.0), adam, 1000, 8, 5),
    "ael_latent": (ael_latent, adam, 128, 16, 5),
    "aec_best": (aec, best_sgd, 128, 16, 3),
    "aec_start": (aec, slow_sgd, 128, 1, 8),
}


def read_images(path):
    raw = bytearray(gzip.decompress(path.read_bytes()))
    pixels = torch.frombuffer(raw, dtype=torch.uint8, offset=16).reshape(-1, 784)
    return (pixels / 255 - 0.1307) / 0.3081


@torch.no_grad()
def test_loss(model, images):
    return model.losses(images, training=False).double().mean().item()


@torch.no_grad()
def count_alive(model, images):
    return int(((model.code(images) > 0).float().mean(0) >= ALIVE).sum())


def train_epoch(model, optimizer, images, batch):
    for chosen in torch.randperm(len(images)).split(batch):
        losses = model.losses(images[chosen], training=True)
        optimizer.zero_grad()
        (losses.sum() if model.summed else losses.mean()).backward()
        optimizer.step()


def train(name, seed, splits):
    """A row. AEL latent stops after one epoch if a unit is dead, because a dead unit stays dead."""
    make, make_optimizer, batch, epochs, _ = MODELS[name]
    torch.manual_seed(seed)
    model = make()
    optimizer = make_optimizer(model.parameters())
    begin, alive = time.monotonic(), ""
    for epoch in range(1, epochs + 1):
        train_epoch(model, optimizer, splits["train"], batch)
        if name == "ael_latent":
            alive = count_alive(model, splits["test"])
            if alive < 2:
                break
    seconds = round(time.monotonic() - begin, 1)
    loss = f"{test_loss(model, splits['test']):.9g}"
    values = [torch.__version__, torch.get_num_threads(), name, seed, epoch, alive, loss, seconds]
    return dict(zip(COLUMNS, values, strict=True))


def read_rows(path):
    return list(csv.DictReader(path.open())) if path.exists() else []


def write_rows(path, rows):
    beside = path.with_suffix(".new")
    with beside.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(beside, path)


def main():
    parser = argparse.ArgumentParser(description="networks of the study, by PyTorch")
    parser.add_argument("file", nargs="?", type=Path, default=Path("docs/study/torch.csv"))
    parser.add_argument("--data", type=Path, default=Path("data/mnist"))
    parser.add_argument("--threads", type=int, default=1, help="the sums depend on it")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    files = {"train": "train-images-idx3-ubyte.gz", "test": "t10k-images-idx3-ubyte.gz"}
    splits = {split: read_images(arguments.data / file) for split, file in files.items()}
    rows = read_rows(arguments.file)
    for name, (*_, epochs, seeds) in MODELS.items():
        seed, whole = 0, 0
        while whole < seeds:
            seed += 1
            row = next((row for row in rows if row["model"] == name and int(row["seed"]) == seed), None)
            if row is None:
                row = train(name, seed, splits)
                rows.append(row)
                write_rows(arguments.file, rows)
                print(*row.values(), flush=True)
            whole += int(row["epochs"]) == epochs


if __name__ == "__main__":
    main()
