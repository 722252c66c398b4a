"""The network and the loss of an .aespec spec in PyTorch, implemented only from docs/language.md.

Parameters have the names and shapes given in language.md, so state_dict() and a trainer's safetensors agree.
"""
import math

import torch
from torch import nn
from torch.nn import functional

from noise import dropout_masks, normal_noise
from spec import Layer, SpecError, pair, whole

ACTIVATIONS = {
    "relu": lambda a: nn.ReLU(), "leaky_relu": lambda a: nn.LeakyReLU(a["slope"]), "elu": lambda a: nn.ELU(a["alpha"]),
    "gelu": lambda a: nn.GELU(approximate="none"), "silu": lambda a: nn.SiLU(), "sigmoid": lambda a: nn.Sigmoid(),
    "tanh": lambda a: nn.Tanh(), "softplus": lambda a: nn.Softplus(),
}


class Draw:
    """The source of random numbers: the step's seed, epoch (from 1) and samples; no samples means evaluation."""

    def __init__(self):
        self.seed, self.epoch, self.samples, self.sites = 1, 1, None, 0

    def next_site(self):
        self.sites += 1
        return self.sites - 1


class Dropout(nn.Module):
    def __init__(self, p, draw):
        super().__init__()
        self.p, self.draw, self.site = p, draw, draw.next_site()

    def forward(self, x):
        if self.draw.samples is None or self.p == 0:
            return x
        mask = dropout_masks(self.draw.seed, self.draw.epoch, self.draw.samples, self.site, self.p, x[0].numel())
        return x * torch.from_numpy(mask).to(x.dtype).reshape(x.shape)


class Code(nn.Module):
    """code: the encoder's output, or a plain nn.Linear of its flattening."""

    def forward(self, x):
        return x


class Gaussian(nn.Module):
    def __init__(self, inputs, units, draw):
        super().__init__()
        self.mu, self.log_sigma = nn.Linear(inputs, units), nn.Linear(inputs, units)
        self.draw, self.site = draw, draw.next_site()

    def forward(self, x):
        mu, log_sigma = self.mu(x), self.log_sigma(x)
        if self.draw.samples is None:
            return mu, mu, log_sigma
        epsilon = normal_noise(self.draw.seed, self.draw.epoch, self.draw.samples, self.site, mu.shape[1])
        return mu + log_sigma.exp() * torch.from_numpy(epsilon).to(mu.dtype), mu, log_sigma


def make_module(layer, shape, draw):
    """The module of one layer for an input of `shape`."""
    a = layer.arguments
    if layer.kind == "conv":
        return nn.Conv2d(shape[0], whole(a["channels"]), pair(a["kernel"]), pair(a["stride"]), pair(a["padding"]))
    if layer.kind == "deconv":
        return nn.ConvTranspose2d(shape[0], whole(a["channels"]), pair(a["kernel"]), pair(a["stride"]),
                                  pair(a["padding"]), pair(a["output_padding"]))
    if layer.kind == "dense":
        if len(shape) != 1:
            raise SpecError(f"dense on {shape}")
        return nn.Linear(shape[0], whole(a["units"]))
    if layer.kind == "flatten":
        return nn.Flatten()
    if layer.kind == "reshape":
        return nn.Sequential(nn.Flatten(), nn.Unflatten(1, a["shape"]))
    if layer.kind == "dropout":
        return Dropout(a["p"], draw)
    return ACTIVATIONS[layer.kind](a)


def shape_after(module, shape):
    with torch.no_grad():
        return tuple(module.eval()(torch.zeros(1, *shape)).shape[1:])


def build_layers(layers, shape, draw):
    """(nn.Sequential, the shape before each layer and after the last)."""
    modules, shapes = [], [shape]
    for layer in layers:
        modules.append(make_module(layer, shapes[-1], draw))
        shapes.append(shape_after(modules[-1], shapes[-1]))
        if layer.claim not in (None, shapes[-1]):
            raise SpecError(f"{layer.kind} gives {shapes[-1]}, claimed {layer.claim}")
    return nn.Sequential(*modules), shapes


def layer_back(layer, before, after):
    """The layer of a mirror that maps the shape `after` back to the shape `before`."""
    a = layer.arguments
    if layer.kind == "conv":
        sizes = zip(before[1:], after[1:], pair(a["kernel"]), pair(a["stride"]), pair(a["padding"]))
        rest = [size - ((out - 1) * stride - 2 * padding + kernel) for size, out, kernel, stride, padding in sizes]
        return Layer("deconv", {"channels": before[0], "kernel": a["kernel"], "stride": a["stride"],
                                "padding": a["padding"], "output_padding": rest})
    if layer.kind == "deconv":
        return Layer("conv", {"channels": before[0], "kernel": a["kernel"], "stride": a["stride"],
                              "padding": a["padding"]})
    if layer.kind == "dense":
        return Layer("dense", {"units": before[0]})
    return Layer("reshape", {"shape": before})


def mirror_layers(layers, shapes):
    """layers[i] maps shapes[i] to shapes[i + 1]; returns the layers of mirror(encoder)."""
    back, pending = [], []
    for layer, before, after in reversed(list(zip(layers, shapes, shapes[1:]))):
        if layer.kind in ACTIVATIONS:
            pending.insert(0, layer)
        elif layer.kind != "dropout":
            # `pending` followed this layer. The last layer made reproduces this layer's output, so they follow it.
            back += pending if back else []
            back.append(layer_back(layer, before, after))
            pending = []
    return back


def with_latent(spec, layers, shapes):
    """The encoder's layers and shapes with the latent's dense layer at the end, as mirror sees them."""
    units = whole(spec.latent.arguments["units"])
    if units == 0:
        return layers, shapes
    layers, shapes = list(layers), list(shapes)
    if len(shapes[-1]) > 1:
        layers.append(Layer("flatten", {}))
        shapes.append((math.prod(shapes[-1]),))
    return layers + [Layer("dense", {"units": units})], shapes + [(units,)]


def expand_mirror(layers, mirrored):
    return [made for layer in layers for made in (mirrored() if layer.kind == "mirror" else [layer])]


class Autoencoder(nn.Module):
    def __init__(self, spec, dtype=torch.float64):
        super().__init__()
        self.spec, self.draw = spec, Draw()
        self.encoder, shapes = build_layers(spec.encoder, spec.input_shape, self.draw)
        units, inputs = whole(spec.latent.arguments["units"]), math.prod(shapes[-1])
        self.gaussian = spec.latent.kind == "gaussian"
        if self.gaussian:
            latent = Gaussian(inputs, units, self.draw)
        else:
            latent = nn.Linear(inputs, units) if units else Code()
        self.add_module(spec.latent_name, latent)
        layers = expand_mirror(spec.decoder, lambda: mirror_layers(*with_latent(spec, spec.encoder, shapes)))
        self.decoder, decoded = build_layers(layers, (units,) if units else shapes[-1], self.draw)
        if decoded[-1] != spec.input_shape:
            raise SpecError(f"the decoder ends in {decoded[-1]}, the input is {spec.input_shape}")
        self.to(dtype)

    def encode(self, x):
        """z, and for a gaussian mu and log sigma."""
        y = self.encoder(x)
        latent = getattr(self, self.spec.latent_name)
        y = y if isinstance(latent, Code) else y.flatten(1)
        return latent(y) if self.gaussian else (latent(y), None, None)

    def terms(self, x):
        """Each term of each sample, [samples] by name, without its weight."""
        z, mu, log_sigma = self.encode(x)
        y = self.decoder(z)
        return {term.name: self.term(term, x, y, z, mu, log_sigma) for term in self.spec.terms}

    def term(self, term, x, y, z, mu, log_sigma):
        if term.function == "kl":
            prior = self.spec.latent.arguments["prior_std"]
            ratio = (log_sigma.exp() ** 2 + mu ** 2) / (2 * prior ** 2)
            return (math.log(prior) - log_sigma + ratio - 0.5).sum(1)
        elements = {
            "mse": lambda: (y - x) ** 2, "sse": lambda: (y - x) ** 2, "mae": lambda: (y - x).abs(),
            "sae": lambda: (y - x).abs(), "l1": z.abs, "l2": lambda: z ** 2,
            "bce": lambda: functional.binary_cross_entropy_with_logits(y, x, reduction="none"),
            "bce_sum": lambda: functional.binary_cross_entropy_with_logits(y, x, reduction="none"),
        }[term.function]().flatten(1)
        return elements.mean(1) if term.function in ("mse", "mae", "bce") else elements.sum(1)

    def loss(self, x):
        """The loss of each sample, [samples]."""
        terms = self.terms(x)
        return sum(term.weight * terms[term.name] for term in self.spec.terms)

    def at_step(self, seed, epoch, samples):
        """Training: the noise of these samples (indexes into the training data)."""
        self.draw.seed, self.draw.epoch, self.draw.samples = seed, epoch, samples

    def at_rest(self):
        """Evaluation: no dropout, z is the mean."""
        self.draw.samples = None


def normalise(spec, values, dtype=torch.float64):
    """Raw data [samples, ...] to the network's input."""
    x = torch.as_tensor(values).to(dtype).reshape(-1, *spec.input_shape)
    mean, std = (torch.tensor(spec.data[key], dtype=dtype) for key in ("mean", "std"))
    if len(spec.input_shape) == 3:
        mean, std = mean.reshape(-1, 1, 1), std.reshape(-1, 1, 1)
    return (x * spec.data["scale"] - mean) / std


def make_optimizer(parameters, settings):
    common = {"lr": settings["learning_rate"], "weight_decay": settings["weight_decay"]}
    moments = {"betas": (settings["beta1"], settings["beta2"]), "eps": settings["epsilon"]}
    return {
        "adam": lambda: torch.optim.Adam(parameters, **common, **moments),
        "sgd": lambda: torch.optim.SGD(parameters, **common, momentum=settings["momentum"]),
    }[settings["optimizer"]]()


def train_step(network, optimizer, x, reduction):
    """The mean loss of the samples before the update."""
    optimizer.zero_grad()
    losses = network.loss(x)
    (losses.mean() if reduction == "mean" else losses.sum()).backward()
    optimizer.step()
    return losses.detach().mean().item()
