"""Writes what the engine's own test must find: `python -m reviewer.golden`.

The test's network is tiny and its numbers come from a counter that the test repeats in Rust, so that no weights have
to be kept for it. Texts are chosen for how they are read: marks, accents, emoji, long words, long posts.
"""

import json
from pathlib import Path

import numpy as np

from .corpus import HEADS
from .reference import review
from .weights import Head, Layer, Matrix, Norm, Table, Weights

OUT = Path(__file__).resolve().parents[2] / "crate" / "engine" / "tests" / "semantic" / "golden.jsonl"
WIDTH, INNER, HEADS_OF_ATTENTION, LAYERS, PLACES = 64, 64, 2, 2, 160
VOCABULARY = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] ! \" # ' ( ) , - . / : ? @ £ … 🌹 a b c d e f g h i k l m n o p r s t u v w y 1 2 "
    "##a ##b ##e ##i ##l ##n ##o ##r ##s ##t ##u ##ing ##er ##ed the to of and vote council meeting thursday cafe "
    "library labour bin road great thank you don st ##ation 10 ##0 fire ⁄"
).split()
TEXTS = [
    "Vote!",
    "The library meeting is Thursday. Thank you to the council…\n\nGreat 🌹great🌹great",
    "Don’t “vote” #VoteLabour @theCouncil £100 ½ ﬁre 𝐕𝐨𝐭𝐞 Café CAFÉ cafe\u0301",
    "co\u00adun\u200bcil \u202eab\u2066 x\u0000y İstanbul ß 中文 ❤️ ² e\u0301",
    "a" * 101 + " " + "b" * 100 + " station stations stationed",
    " \n\t ",
    "",
    "The road. " * 60,
    "the " * 200,
    "The bin?! Great... thank you (the road): 10/10.\nVote\nlabour\n\n" * 9,
]


class Counter:
    """The numbers of the test's network: the usual linear congruence, its upper bits."""

    def __init__(self) -> None:
        self.state = 1

    def next(self) -> int:
        self.state = (self.state * 1_664_525 + 1_013_904_223) % 2**32
        return self.state >> 8

    def whole(self, rows: int, width: int) -> np.ndarray:
        return np.array([[self.next() % 127 - 63 for _ in range(width)] for _ in range(rows)], dtype=np.int64)

    def floats(self, *shape: int, middle: float = 0.0, reach: float = 0.5) -> np.ndarray:
        count = int(np.prod(shape))
        numbers = [middle + (self.next() / 2**24 - 0.5) * 2 * reach for _ in range(count)]
        return np.array(numbers, dtype=np.float32).reshape(shape)


def network() -> Weights:
    """Made in the order of the file."""
    draw = Counter()
    calibration = draw.floats(len(HEADS), 2, middle=1.0)

    def table(rows: int) -> Table:
        scales = draw.floats(rows, middle=0.02, reach=0.01)
        return Table(draw.whole(rows, WIDTH), scales)

    def norm() -> Norm:
        return Norm(draw.floats(WIDTH, middle=1.0), draw.floats(WIDTH))

    def matrix(outputs: int, inputs: int) -> Matrix:
        scales = draw.floats(outputs, middle=0.001, reach=0.0005)
        bias = draw.floats(outputs)
        return Matrix(draw.whole(outputs, inputs), scales, bias)

    def head() -> Head:
        bias = draw.floats(len(HEADS))
        return Head(draw.floats(len(HEADS), WIDTH), bias)

    words, places, first = table(len(VOCABULARY)), table(PLACES), norm()
    layers = []
    for _ in range(LAYERS):
        mix, join, after_attention = matrix(3 * WIDTH, WIDTH), matrix(WIDTH, WIDTH), norm()
        layers.append(Layer(mix, join, after_attention, matrix(INNER, WIDTH), matrix(WIDTH, INNER), norm()))
    return Weights(VOCABULARY, calibration, words, places, first, layers, HEADS_OF_ATTENTION, head(), head())


def main() -> None:
    weights = network()
    cases = []
    for text in TEXTS:
        parts = [
            {**part, "whole": [round(n, 5) for n in part["whole"]],
             "pieces": [[round(n, 4) for n in row[:2]] for row in part["pieces"]]}
            for part in review(weights, text)
        ]
        cases.append({"text": text, "segments": parts})
    OUT.parent.mkdir(parents=True, exist_ok=True)
    lines = [{"vocabulary": VOCABULARY}, *cases]
    with OUT.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps(line, separators=(",", ":")) + "\n")
    print(f"{OUT.name}: {len(cases)} texts, {sum(len(case['segments']) for case in cases)} segments")


if __name__ == "__main__":
    main()
