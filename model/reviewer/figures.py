"""How well a set of posts is read: figures only, never texts."""

import numpy as np

from .corpus import CATEGORIES, HEADS


# Of the judgement of any risk, so much goes by the pieces that say most, and so many of them; as in the engine
# (`semantic/judgement.rs`).
SHARE, TELLING = 0.25, 16


def weighed(whole: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """The logits of a segment, that of any risk made of the whole's and of what its judged pieces (pieces, heads) say."""
    clearest = np.sort(pieces[:, : len(CATEGORIES)].max(1))[::-1][:TELLING]
    mixed = whole.copy()
    mixed[HEADS.index("any")] = whole[HEADS.index("any")] * (1 - SHARE) + clearest.mean() * SHARE
    return mixed


def by_post(ids: list[str], said: np.ndarray) -> tuple[list[str], np.ndarray]:
    """A post is as risky as its riskiest segment."""
    order = list(dict.fromkeys(ids))
    row = {post: at for at, post in enumerate(order)}
    best = np.full((len(order), said.shape[1]), -np.inf)
    for post, values in zip(ids, said, strict=True):
        best[row[post]] = np.maximum(best[row[post]], values)
    return order, best


def auc(score: np.ndarray, risky: np.ndarray) -> float:
    """The chance that a risky post scores above a harmless one."""
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score):
        same = score == value
        ranks[same] = ranks[same].mean()
    positive = risky.sum()
    return float((ranks[risky].sum() - positive * (positive + 1) / 2) / (positive * (len(score) - positive)))


def caught(score: np.ndarray, risky: np.ndarray, false_alarms: float) -> float:
    """The share of risky posts above the level that this share of harmless ones passes."""
    level = np.quantile(score[~risky], 1 - false_alarms, method="higher")
    return float((score[risky] > level).mean())


def f1(said: np.ndarray, true: np.ndarray) -> float:
    """Harmonic mean of precision and recall."""
    hit = (said & true).sum()
    return float(2 * hit / max(1, said.sum() + true.sum()))


def best_level(score: np.ndarray, true: np.ndarray) -> float:
    """The level with the best F1 on these posts."""
    levels = np.unique(score)
    return float(max(levels, key=lambda level: f1(score >= level, true)))


def calibration_error(chance: np.ndarray, true: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    error = 0.0
    for at in range(bins):
        here = place == at
        if here.any():
            error += here.mean() * abs(chance[here].mean() - true[here].mean())
    return float(error)


def summary(said: np.ndarray, true: np.ndarray) -> dict[str, float]:
    """Figures of a threshold-free kind, from post logits and 0/1 labels by head."""
    risky = true[:, HEADS.index("any")] > 0
    score = said[:, HEADS.index("any")]
    return {
        "auc": auc(score, risky),
        "caught at 5 %": caught(score, risky, 0.05),
        "caught at 2 %": caught(score, risky, 0.02),
        "F1 (macro, at 0.5)": float(
            np.mean([f1(said[:, at] > 0, true[:, at] > 0) for at in range(len(CATEGORIES))])
        ),
    }
