"""Fits, for each judgement, how its logit becomes a chance: `python -m reviewer.calibrate HELD… OUT`.

HELD are the files that `reviewer.student --hold-back` leaves: what was said of posts that were not learnt from. Slope and
offset minimise the log loss there, drawn a little towards 1 and 0, since some kinds of risk are rare.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from . import corpus
from .student import truth

DRAW = 1.0


def fit(said: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """The slope and offset of one judgement."""

    def loss(of: np.ndarray) -> float:
        logit = said * of[0] + of[1]
        return float(np.logaddexp(0, np.where(true > 0, -logit, logit)).sum() + DRAW * ((of[0] - 1) ** 2 + of[1] ** 2))

    return tuple(float(number) for number in minimize(loss, [1.0, 0.0]).x)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("held", type=Path, nargs="+")
    asked.add_argument("out", type=Path)
    given = asked.parse_args()
    labels = truth(corpus.posts("learn"))
    said, true = [], []
    for path in given.held:
        held = np.load(path)
        said.append(held["said"])
        true += [labels[post] for post in held["ids"]]
    logits, wanted = np.concatenate(said), np.array(true)
    found = {}
    for at, head in enumerate(corpus.HEADS):
        slope, offset = fit(logits[:, at], wanted[:, at])
        found[head] = {"slope": round(slope, 4), "offset": round(offset, 4)}
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
