"""The reading of shipped weights, in plain numpy: what the engine is tested against."""

import math

import numpy as np
from scipy.special import erf

from .segments import read, segments
from .vocabulary import tokenizer
from .weights import Matrix, Norm, Weights



def whole(matrix: Matrix) -> np.ndarray:
    """The whole numbers as single precision ones, made once."""
    if matrix.values.dtype != np.float32:
        matrix.values = matrix.values.astype(np.float32)
    return matrix.values


def apply(matrix: Matrix, rows: np.ndarray) -> np.ndarray:
    """Rows are rounded to whole numbers from -127 to 127 first, as the engine does."""
    most = np.maximum(np.abs(rows).max(1, keepdims=True), np.float32(1.2e-38))
    scale = most / np.float32(127)
    # Whole numbers below 2^24 are exact in single precision, however they are summed.
    sums = np.round(rows * (np.float32(127) / most)) @ whole(matrix).T
    return sums * (scale * matrix.scales) + matrix.bias


def normalise(norm: Norm, rows: np.ndarray) -> np.ndarray:
    off = rows - rows.mean(1, keepdims=True)
    return off / np.sqrt((off**2).mean(1, keepdims=True) + np.float32(1e-12)) * norm.scale + norm.offset


def gelu(rows: np.ndarray) -> np.ndarray:
    return rows * (1 + erf(rows * np.float32(math.sqrt(0.5)))) * np.float32(0.5)


def run(weights: Weights, numbers: list[int], start: int, end: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits of the whole and of each judged piece; `start` and `end` count from the piece before the window."""
    states = weights.words.values[numbers] * weights.words.scales[numbers][:, None]
    count = len(numbers)
    states = states + weights.places.values[:count] * weights.places.scales[:count][:, None]
    states = normalise(weights.first, states.astype(np.float32))
    heads, width = weights.attention_heads, states.shape[1]
    for layer in weights.layers:
        mixed = apply(layer.mix, states).reshape(count, 3, heads, width // heads)
        queries, keys, values = mixed[:, 0], mixed[:, 1], mixed[:, 2]
        scores = np.einsum("qhd,khd->hqk", queries, keys)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        joined = np.einsum("hqk,khd->qhd", shares, values).reshape(count, width)
        states = normalise(layer.after_attention, states + apply(layer.join, joined))
        states = normalise(layer.after, states + apply(layer.narrow, gelu(apply(layer.widen, states))))
    judged = states[start:end]
    return (
        weights.whole.weights @ judged.mean(0) + weights.whole.bias,
        judged @ weights.piece.weights.T + weights.piece.bias,
    )


def review(weights: Weights, text: str) -> list[dict]:
    """Every segment of a text: its place in bytes, its pieces' numbers and what was said of it."""
    reader = tokenizer(weights.vocabulary)
    numbers, offsets = read(reader, text)
    first, last = weights.vocabulary.index("[CLS]"), weights.vocabulary.index("[SEP]")
    found = []
    for part in segments(text, offsets):
        window = [first, *numbers[part.window_start : part.window_end], last]
        start = part.start - part.window_start + 1
        whole, pieces = run(weights, window, start, start + part.end - part.start)
        left, right = offsets[part.start][0], offsets[part.end - 1][1]
        found.append(
            {
                "start": len(text[:left].encode()),
                "end": len(text[:right].encode()),
                "whole": [float(number) for number in whole],
                "pieces": [[float(number) for number in row] for row in pieces],
            }
        )
    return found
