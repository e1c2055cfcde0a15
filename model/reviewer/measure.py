"""How well shipped weights read: `python -m reviewer.measure WEIGHTS CALIBRATION [--on test|stranger|1|2|3|4]`.

CALIBRATION is what `reviewer.calibrate` wrote: its levels were chosen on a fifth that was held back.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from . import corpus, figures, weights
from .reference import review
from .student import truth


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("weights", type=Path)
    asked.add_argument("calibration", type=Path)
    asked.add_argument("--on", default="test")
    asked.add_argument("--every", type=int, default=1, help="read each so-many-th post only, to try the path")
    given = asked.parse_args()
    levels = {head: of["level"] for head, of in json.loads(given.calibration.read_text(encoding="utf-8")).items()}
    shipped = weights.load(given.weights.read_bytes())
    if given.on in ("test", "stranger"):
        posts = corpus.posts(given.on, given.every)
    else:
        posts = [post for post in corpus.posts("learn", given.every) if corpus.fifth(post.id) == int(given.on)]
    ids, rows = [], []
    for post in posts:
        for part in review(shipped, post.text):
            ids.append(post.id)
            rows.append(figures.weighed(np.array(part["whole"]), np.array(part["pieces"])))
    order, logits = figures.by_post(ids, np.array(rows))
    chances = 1 / (1 + np.exp(-(logits * shipped.calibration[:, 0] + shipped.calibration[:, 1])))
    known = truth(posts)
    true = np.array([known[post] for post in order])
    any_risk = corpus.HEADS.index("any")
    def told(which: np.ndarray) -> str:
        found = figures.summary(logits[which], true[which])
        return (
            f"AUC {found['auc']:.3f}, caught {found['caught at 5 %']:.1%} at 5 %, {found['caught at 2 %']:.1%} at 2 %"
        )

    every = np.ones(len(order), dtype=bool)
    print(f"{len(order)} posts, {int(true[:, any_risk].sum())} risky: {told(every)}")
    print(f"calibration error of any risk: {figures.calibration_error(chances[:, any_risk], true[:, any_risk]):.3f}")
    scores = []
    for at, head in enumerate(corpus.CATEGORIES):
        score = figures.f1(chances[:, at] >= levels[head], true[:, at] > 0)
        error = figures.calibration_error(chances[:, at], true[:, at])
        scores.append(score)
        print(f"  {head:16} F1 {score:.2f}  calibration error {error:.3f}  posts {int(true[:, at].sum())}")
    print(f"  mean F1 {np.mean(scores):.2f}")
    files: dict[str, list[int]] = defaultdict(list)
    for at, post in enumerate(order):
        files[post[0]].append(at)
    for name, places in sorted(files.items()):
        which = np.zeros(len(order), dtype=bool)
        which[places] = True
        if 0 < true[which][:, any_risk].sum() < which.sum():
            print(f"  the {name} files ({which.sum()} posts): {told(which)}")


if __name__ == "__main__":
    main()
