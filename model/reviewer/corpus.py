"""The labelled posts, and which of them may be seen when.

The test fifth is told by the block of a post's id alone. It is kept apart here, so that nothing that trains, chooses or
calibrates can come by it: `posts("test")` is called by the last measurement only.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "tests" / "corpus"

# The order of the protocol, which the engine shares; "any" is the head that says whether anything is risky at all.
CATEGORIES = [
    "respect", "disrepute", "confidentiality", "bullying", "advantage", "candidacy",
    "party", "campaigning", "adverse", "offensive", "business",
]
HEADS = [*CATEGORIES, "any"]
# Files of this name are by a writer whose posts nothing is learnt from, whatever fifth they fall in.
STRANGER = "x"


@dataclass(frozen=True)
class Post:
    """One labelled post: evidence as half-open ranges of characters."""

    id: str
    text: str
    surface: str
    labels: tuple[str, ...]
    evidence: tuple[tuple[int, int], ...]


def fifth(post_id: str) -> int:
    """Which fifth a post falls in: 0 is the test fifth. Posts are split in runs of twenty."""
    name, number = post_id.rsplit("-", 1)
    block = f"{name}-{(int(number) - 1) // 20}"
    return hashlib.sha256(block.encode()).digest()[0] % 5


def held_back(post_id: str, which: int | None) -> bool:
    """Whether a post calibrates and gives the levels instead of being learnt from: a fifth (1 to 4) of the `s1` to `s9`
    files. The rules were written from the `t`, `w` and `n` files, so levels cannot come from these; `s10` and the
    following are focused on what was read worst, and are no sample of anything."""
    return which is not None and re.match(r"s\d-", post_id) is not None and fifth(post_id) == which


def posts(which: str, every: int = 1) -> list[Post]:
    """All posts of "test", of the other four fifths ("learn"), or of a writer that nothing is learnt from ("stranger"),
    in the order of their files; with `every`, each so-many-th of them, for trying the path."""
    found = []
    for path in sorted(CORPUS.glob("*.jsonl")):
        if path.name.startswith(STRANGER) != (which == "stranger"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            raw = json.loads(line)
            if which != "stranger" and (fifth(raw["id"]) == 0) != (which == "test"):
                continue
            unknown = set(raw["labels"]) - set(CATEGORIES)
            if unknown:
                raise ValueError(f"{path.name}:{number}: unknown labels {sorted(unknown)}")
            places = []
            for words in raw["evidence"]:
                at = raw["text"].find(words)
                if at < 0:
                    raise ValueError(f"{path.name}:{number}: the evidence {words!r} is not in the text")
                places.append((at, at + len(words)))
            found.append(Post(raw["id"], raw["text"], raw["surface"], tuple(raw["labels"]), tuple(places)))
    return found[::every]
