"""Chooses the bundle's levels: `python -m reviewer.levels COMMAND HELD CALIBRATION`.

COMMAND is `target/release/second-reading`, whose rules have their say; HELD is what the student said of posts that it did
not learn from; CALIBRATION is what `reviewer.calibrate` wrote. Of the held posts only those of the `s` files count:
the rules were written from the others. What is printed belongs into `[semantic]` of a bundle's `bundle.toml` and into
`rules/common/semantic.toml`.

A rule's finding adds to the log-odds of any risk; how much, and the levels of a notice and of a warning, are those that
catch most while at most FALSE_NOTICES and FALSE_WARNINGS of the harmless posts are raised and held. These aim lower than
what is wanted (4 % and 1.5 %): the held posts' writers are learnt from, and of others' harmless posts half as many again are
raised, and twice as many held. Writers of rules may
have seen these posts, and rules fire on MISFIRES times as many harmless posts that nobody saw: harmless posts on which one
fires count so many times.
"""

import argparse
import json
import subprocess
from pathlib import Path

import numpy as np

from . import corpus
from .student import truth

FALSE_NOTICES, FALSE_WARNINGS = 0.025, 0.006
MISFIRES = 3.0
GAINS = np.arange(0, 5.5, 0.5)
ANY = corpus.HEADS.index("any")


def rules_say(command: Path, posts: list[corpus.Post]) -> list[list[tuple[str, str]]]:
    """Category and severity of every finding of the rules, by post."""
    lines = "".join(json.dumps({"id": p.id, "text": p.text, "surface": p.surface}) + "\n" for p in posts)
    asked = [command, "check", "--input", "jsonl", "--format", "jsonl", "--reviewers", "rules", "-"]
    said = subprocess.run(asked, input=lines, capture_output=True, text=True, check=True).stdout
    return [[(f["category"], f["severity"]) for f in json.loads(line)["findings"]] for line in said.splitlines()]


def caught(score: np.ndarray, risky: np.ndarray, weight: np.ndarray, false: float) -> tuple[float, float]:
    """The share of risky posts above the level that this share of harmless ones passes, and the level."""
    order = np.argsort(-score[~risky])
    passing = np.cumsum(weight[~risky][order]) / weight[~risky].sum()
    level = float(score[~risky][order][np.argmax(passing > false)])
    return float((score[risky] > level).mean()), level


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("command", type=Path)
    asked.add_argument("held", type=Path)
    asked.add_argument("calibration", type=Path)
    given = asked.parse_args()
    fitted = json.loads(given.calibration.read_text(encoding="utf-8"))
    slopes = np.array([[fitted[head]["slope"], fitted[head]["offset"]] for head in corpus.HEADS])
    held = np.load(given.held)
    known = {post.id: post for post in corpus.posts("learn")}
    places = [at for at, post in enumerate(held["ids"]) if post.startswith("s")]
    posts = [known[held["ids"][at]] for at in places]
    logits = held["said"][places] * slopes[:, 0] + slopes[:, 1]
    labels = truth(posts)
    true = np.array([labels[post.id] for post in posts]) > 0
    risky = true[:, ANY]
    found = rules_say(given.command, posts)
    noticed = np.array([any(severity == "notice" for _, severity in one) for one in found])
    warned = np.array([any(severity == "warn" for _, severity in one) for one in found])
    weight = np.where(noticed | warned, MISFIRES, 1.0)
    print(f"{len(posts)} posts, {int(risky.sum())} risky; rules alone raise {(noticed | warned)[risky].mean():.1%} of "
          f"these and {(noticed | warned)[~risky].mean():.1%} of the harmless")
    for false in (FALSE_NOTICES, FALSE_WARNINGS):
        print(f"the reviewer alone catches {caught(logits[:, ANY], risky, np.ones(len(posts)), false)[0]:.1%} at {false:.2%}")
    best = None
    for notice in GAINS:
        for warn in GAINS[GAINS >= notice]:
            score = logits[:, ANY] + np.where(warned, warn, np.where(noticed, notice, 0))
            raised, held_back = (caught(score, risky, weight, false) for false in (FALSE_NOTICES, FALSE_WARNINGS))
            if best is None or raised[0] + held_back[0] > best[0]:
                best = (raised[0] + held_back[0], notice, warn, raised, held_back, score)
    _, notice, warn, raised, held_back, score = best
    chance = lambda level: 1 / (1 + np.exp(-level))  # noqa: E731
    print(f"together they raise {raised[0]:.1%} and hold {held_back[0]:.1%}")
    print(f"notice = {chance(raised[1]):.3f}\nwarn = {chance(held_back[1]):.3f}")
    print(f"rule_notice = {notice:.1f}\nrule_warn = {warn:.1f}")
    chances = 1 / (1 + np.exp(-logits[:, :ANY]))
    for share in (1.0, 0.85, 0.7, 0.55):
        levels = np.array([fitted[head]["level"] * share for head in corpus.CATEGORIES])
        right, named = [], []
        for at in np.flatnonzero((score > raised[1]) & risky):
            said = {corpus.CATEGORIES.index(category) for category, _ in found[at]}
            said |= set(np.flatnonzero(chances[at] >= levels).tolist())
            said |= {int(chances[at].argmax())} if not found[at] else set()
            right.append(bool(said & set(np.flatnonzero(true[at, :ANY]).tolist())))
            named.append(len(said))
        print(f"named from {share:.2f} of the best level: clause right {np.mean(right):.1%}, {np.mean(named):.2f} kinds a post")
    for head in corpus.CATEGORIES:
        print(f"{head}: named = {fitted[head]['level']:.2f}")


if __name__ == "__main__":
    main()
