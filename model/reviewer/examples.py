"""Posts as what a network learns from: windows of text, what in them is judged, and what should be said of it."""

from dataclasses import dataclass, field

import torch
from tokenizers import Tokenizer

from .corpus import HEADS, Post
from .segments import read, segments

# A part of a risky post that holds none of its evidence is most likely harmless, but nobody has said so of it alone.
DOUBTFUL = 0.3


@dataclass
class Example:
    """One segment in its window; ranges are characters of the window."""

    post: str
    window: str
    judged: tuple[int, int]
    evidence: list[tuple[int, int]] = field(default_factory=list)
    target: list[float] = field(default_factory=list)
    weight: float = 1.0
    # What a teacher says of it, where one was asked: logits by head.
    taught: list[float] | None = None


def cut(tokenizer: Tokenizer, post: Post) -> list[Example]:
    """A post's segments, labelled by whether they hold evidence."""
    _, offsets = read(tokenizer, post.text)
    found = []
    parts = segments(post.text, offsets)
    for part in parts:
        left, right = offsets[part.window_start][0], offsets[part.window_end - 1][1]
        start, end = offsets[part.start][0], offsets[part.end - 1][1]
        inside = [(max(a, start) - left, min(b, end) - left) for a, b in post.evidence if a < end and b > start]
        # Evidence that straddles a cut belongs to the part that holds most of it.
        held = [b - a for a, b in inside]
        owns = bool(inside) and max(held) >= 12 or len(parts) == 1
        labels = set(post.labels) if owns else set()
        target = [float(head in labels or head == "any" and bool(labels)) for head in HEADS]
        weight = 1.0 if labels or not post.labels else DOUBTFUL
        found.append(
            Example(post.id, post.text[left:right], (start - left, end - left), inside if labels else [], target, weight)
        )
    return found


def collate(tokenizer: Tokenizer, first: int, last: int, pad: int, batch: list[Example]) -> dict[str, torch.Tensor]:
    """A batch as tensors, each window between the two special pieces."""
    rows = [read(tokenizer, example.window) for example in batch]
    # Few different lengths: the arithmetic is prepared anew for each.
    longest = -(-(max(len(numbers) for numbers, _ in rows) + 2) // 16) * 16
    shape = (len(batch), longest)
    numbers = torch.full(shape, pad)
    mask = torch.zeros(shape, dtype=torch.long)
    judged = torch.zeros(shape)
    marked = torch.zeros(shape)
    for at, ((pieces, offsets), example) in enumerate(zip(rows, batch, strict=True)):
        numbers[at, : len(pieces) + 2] = torch.tensor([first, *pieces, last])
        mask[at, : len(pieces) + 2] = 1
        for place, (start, end) in enumerate(offsets, 1):
            if start < example.judged[1] and end > example.judged[0]:
                judged[at, place] = 1
            if any(start < b and end > a for a, b in example.evidence):
                marked[at, place] = 1
    target = torch.tensor([example.target for example in batch])
    return {
        "numbers": numbers,
        "mask": mask,
        "judged": judged,
        "marked": marked,
        "target": target,
        "weight": torch.tensor([example.weight for example in batch]),
        "taught": torch.tensor([example.taught or [float("nan")] * len(HEADS) for example in batch]),
    }
