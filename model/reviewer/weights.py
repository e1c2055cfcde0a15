"""The file of weights, as the engine's `semantic::weight_file` reads it.

Matrices are whole numbers from -63 to 63 with a scale for each output: a seventh bit less costs nothing measurable,
lets two products be summed in sixteen bits by the widest vector instructions, and packs smaller.
"""

import struct
from dataclasses import dataclass

import numpy as np

MAGIC = b"2ndRead1"
MOST = 63
TABLE_MOST = 127


@dataclass
class Matrix:
    """Whole numbers (outputs, inputs), a scale for each output, and what is added to each."""

    values: np.ndarray
    scales: np.ndarray
    bias: np.ndarray

    def bytes(self) -> bytes:
        return floats(self.scales) + floats(self.bias) + self.values.astype(np.int8).tobytes()


@dataclass
class Table:
    """Whole numbers (rows, width) and a scale for each row."""

    values: np.ndarray
    scales: np.ndarray

    def bytes(self) -> bytes:
        return floats(self.scales) + self.values.astype(np.int8).tobytes()


@dataclass
class Norm:
    scale: np.ndarray
    offset: np.ndarray

    def bytes(self) -> bytes:
        return floats(self.scale) + floats(self.offset)


@dataclass
class Head:
    """Not rounded: (judgements, width)."""

    weights: np.ndarray
    bias: np.ndarray

    def bytes(self) -> bytes:
        return floats(self.bias) + floats(self.weights)


@dataclass
class Layer:
    """Queries, keys and values side by side in `mix`; the queries are scaled already."""

    mix: Matrix
    join: Matrix
    after_attention: Norm
    widen: Matrix
    narrow: Matrix
    after: Norm

    def bytes(self) -> bytes:
        parts = (self.mix, self.join, self.after_attention, self.widen, self.narrow, self.after)
        return b"".join(part.bytes() for part in parts)


@dataclass
class Weights:
    """All that the engine needs."""

    vocabulary: list[str]
    calibration: np.ndarray
    words: Table
    places: Table
    first: Norm
    layers: list[Layer]
    attention_heads: int
    whole: Head
    piece: Head

    def bytes(self) -> bytes:
        width = self.words.values.shape[1]
        words = ("\n".join(self.vocabulary) + "\n").encode()
        sizes = (
            len(self.layers), width, self.attention_heads, self.layers[0].widen.values.shape[0],
            self.places.values.shape[0], len(self.vocabulary), len(self.whole.bias), len(words),
        )
        return b"".join(
            [MAGIC, struct.pack("<8I", *sizes), words, floats(self.calibration), self.words.bytes(),
             self.places.bytes(), self.first.bytes(), *(layer.bytes() for layer in self.layers),
             self.whole.bytes(), self.piece.bytes()]
        )


def floats(numbers: np.ndarray) -> bytes:
    return np.ascontiguousarray(numbers, dtype="<f4").tobytes()


def rounded(numbers: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows as whole numbers of at most `most`, and their scales: of several, the scale with the least square error."""
    highest = np.maximum(np.abs(numbers).max(1), 1e-12)
    best = np.full(len(numbers), np.inf)
    scales = highest / most
    for share in np.linspace(0.7, 1.0, 13):
        scale = highest * share / most
        off = numbers - np.clip(np.round(numbers / scale[:, None]), -most, most) * scale[:, None]
        error = (off**2).sum(1)
        better = error < best
        best[better], scales[better] = error[better], scale[better]
    scales = scales.astype(np.float32)
    return np.clip(np.round(numbers / scales[:, None]), -most, most).astype(np.int8), scales


def matrix(weights: np.ndarray, bias: np.ndarray) -> Matrix:
    return Matrix(*rounded(weights, MOST), bias)


def from_state(state: dict[str, np.ndarray], vocabulary: list[str], attention_heads: int) -> Weights:
    """From the student's trained numbers."""
    at = {name.removeprefix("backbone."): numbers for name, numbers in state.items()}
    size = at["embeddings.word_embeddings.weight"].shape[1] // attention_heads
    depth = 1 + max(int(name.split(".")[2]) for name in at if name.startswith("encoder.layer."))
    layers = []
    for number in range(depth):
        def of(name: str, kind: str = "weight", number: int = number) -> np.ndarray:
            return at[f"encoder.layer.{number}.{name}.{kind}"]

        scale = np.float32(1 / np.sqrt(size))
        mix = np.concatenate([of("attention.self.query") * scale, of("attention.self.key"), of("attention.self.value")])
        plus = np.concatenate(
            [of("attention.self.query", "bias") * scale, of("attention.self.key", "bias"),
             of("attention.self.value", "bias")]
        )
        layers.append(
            Layer(
                matrix(mix, plus),
                matrix(of("attention.output.dense"), of("attention.output.dense", "bias")),
                Norm(of("attention.output.LayerNorm"), of("attention.output.LayerNorm", "bias")),
                matrix(of("intermediate.dense"), of("intermediate.dense", "bias")),
                matrix(of("output.dense"), of("output.dense", "bias")),
                Norm(of("output.LayerNorm"), of("output.LayerNorm", "bias")),
            )
        )
    # Every piece is of the first kind of text, so that kind's numbers belong to the places.
    places = at["embeddings.position_embeddings.weight"] + at["embeddings.token_type_embeddings.weight"][0]
    judgements = len(at["whole.bias"])
    return Weights(
        vocabulary,
        np.tile(np.array([1.0, 0.0], dtype=np.float32), (judgements, 1)),
        Table(*rounded(at["embeddings.word_embeddings.weight"], TABLE_MOST)),
        Table(*rounded(places, TABLE_MOST)),
        Norm(at["embeddings.LayerNorm.weight"], at["embeddings.LayerNorm.bias"]),
        layers,
        attention_heads,
        Head(at["whole.weight"], at["whole.bias"]),
        Head(at["piece.weight"], at["piece.bias"]),
    )


def load(data: bytes) -> Weights:
    """Reads a file of weights back."""
    if data[: len(MAGIC)] != MAGIC:
        raise ValueError("these are not weights of the semantic reviewer")
    at = len(MAGIC)

    def take(count: int, kind: str, *shape: int) -> np.ndarray:
        nonlocal at
        found = np.frombuffer(data, dtype=kind, count=count, offset=at)
        at += found.nbytes
        return found.reshape(shape) if shape else found

    layers, width, attention_heads, inner, places, pieces, judgements, size = (int(n) for n in take(8, "<u4"))
    vocabulary = take(size, "u1").tobytes().decode().splitlines()
    calibration = take(judgements * 2, "<f4", judgements, 2)

    def table(rows: int) -> Table:
        scales = take(rows, "<f4")
        return Table(take(rows * width, "i1", rows, width), scales)

    def norm() -> Norm:
        return Norm(take(width, "<f4"), take(width, "<f4"))

    def one(outputs: int, inputs: int) -> Matrix:
        scales, bias = take(outputs, "<f4"), take(outputs, "<f4")
        return Matrix(take(outputs * inputs, "i1", outputs, inputs), scales, bias)

    def head() -> Head:
        bias = take(judgements, "<f4")
        return Head(take(judgements * width, "<f4", judgements, width), bias)

    words, around, first = table(pieces), table(places), norm()
    found = []
    for _ in range(layers):
        mix, join, after_attention = one(3 * width, width), one(width, width), norm()
        found.append(Layer(mix, join, after_attention, one(inner, width), one(width, inner), norm()))
    whole, piece = head(), head()
    if at != len(data):
        raise ValueError(f"the weights have {len(data) - at} bytes too many")
    return Weights(vocabulary, calibration, words, around, first, found, attention_heads, whole, piece)
