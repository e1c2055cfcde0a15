"""Fits, for each judgement, how its logit becomes a chance, and the chance above which its kind of risk counts as said:
`python -m reviewer.calibrate HELD… OUT`.

HELD are the files that `reviewer.student --hold-back` leaves: what was said of posts that were not learnt from. Slope and
offset minimise the log loss there, drawn a little towards 1 and 0, since some kinds of risk are rare; the level is the
one with the best F1 there.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from . import corpus, figures
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
        chance = 1 / (1 + np.exp(-(logits[:, at] * slope + offset)))
        level = figures.best_level(chance, wanted[:, at] > 0)
        error = figures.calibration_error(chance, wanted[:, at])
        found[head] = {"slope": round(slope, 4), "offset": round(offset, 4), "level": round(level, 4)}
        print(f"{head:16} slope {slope:.2f}, offset {offset:.2f}, level {level:.2f}, calibration error {error:.3f}")
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
