"""Random numbers of a trainer in NumPy, as docs/numerics.md defines them (Philox4x32-10 of Random123)."""
import numpy as np

MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
SHUFFLE, DROPOUT, EPSILON = 1, 2, 3   # purposes


def philox(counter, key):
    """counter: four arrays or numbers, key: two numbers, all below 2^32; gives uint32 [4, ...]."""
    c = [np.asarray(word, np.uint64) for word in counter]
    k = [int(word) for word in key]
    for _ in range(10):
        first, second = c[0] * np.uint64(MULTIPLIERS[0]), c[2] * np.uint64(MULTIPLIERS[1])
        c = [(second >> HALF) ^ c[1] ^ np.uint64(k[0]), second & LOW,
             (first >> HALF) ^ c[3] ^ np.uint64(k[1]), first & LOW]
        k = [(word + weyl) & 0xFFFFFFFF for word, weyl in zip(k, WEYL)]
    return np.stack(np.broadcast_arrays(*c)).astype(np.uint32)


def draw_words(seed, purpose, site, epoch, samples, count):
    """[samples, count] uint32: the stream of each sample."""
    blocks, samples = np.arange((count + 3) // 4)[None, :], np.asarray(samples)[:, None]
    words = philox((blocks, samples, epoch, purpose << 16 | site), (seed & 0xFFFFFFFF, seed >> 32))
    return np.moveaxis(words, 0, 2).reshape(len(samples), -1)[:, :count]


def epoch_order(seed, epoch, count):
    """[count]: the samples in the order of the epoch (from 1)."""
    words = draw_words(seed, SHUFFLE, 0, epoch, np.arange(count), 2).astype(np.uint64)
    return np.argsort(words[:, 0] << HALF | words[:, 1], kind="stable")


def dropout_masks(seed, epoch, samples, site, p, count):
    """[samples, count] float32: 0 with probability p, else 1 / (1 - p)."""
    words = draw_words(seed, DROPOUT, site, epoch, samples, count)
    return np.where(words < p * 2.0 ** 32, np.float32(0), np.float32(1 / (1 - p)))


def normal_noise(seed, epoch, samples, site, count):
    """[samples, count] float64, standard normal, by the method of Box and Muller."""
    words = draw_words(seed, EPSILON, site, epoch, samples, count + count % 2) >> 8
    radius = np.sqrt(-2 * np.log((words[:, 0::2] + 1.0) * 2.0 ** -24))
    angle = 2 * np.pi * (words[:, 1::2] * 2.0 ** -24)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 2).reshape(len(words), -1)[:, :count]
