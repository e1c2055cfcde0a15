"""Cutting a text into what is read at once, exactly as the engine's `semantic::segment` does.

A segment is a run of whole sentences of at most `TARGET` pieces, read with up to `AROUND` pieces of what stands before
and after it. Most posts are one segment. In a long one an edit costs the segment it falls in and its neighbours, and a
risky sentence is not drowned by the harmless ones around it.
"""

from dataclasses import dataclass

from tokenizers import Tokenizer

TARGET = 80
AROUND = 24
ENDS = {".", "!", "?", "…"}


@dataclass(frozen=True)
class Segment:
    """Half-open ranges of pieces: what is judged, and the window that is read around it."""

    start: int
    end: int
    window_start: int
    window_end: int


def sentences(text: str, offsets: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of pieces: cut at new lines, and after a full stop (or !, ?, …) with white space behind it."""
    found = []
    start = 0
    for at in range(1, len(offsets)):
        gap = text[offsets[at - 1][1] : offsets[at][0]]
        last = text[offsets[at - 1][0] : offsets[at - 1][1]]
        if "\n" in gap or (gap and last in ENDS):
            found.append((start, at))
            start = at
    if start < len(offsets):
        found.append((start, len(offsets)))
    return found


def segments(text: str, offsets: list[tuple[int, int]]) -> list[Segment]:
    """All segments of a text that was read into pieces at these offsets."""
    runs: list[list[int]] = []
    for start, end in sentences(text, offsets):
        for part in range(start, end, TARGET):
            stop = min(part + TARGET, end)
            if runs and stop - runs[-1][0] <= TARGET:
                runs[-1][1] = stop
            else:
                runs.append([part, stop])
    total = len(offsets)
    return [Segment(s, e, max(0, s - AROUND), min(total, e + AROUND)) for s, e in runs]


def read(tokenizer: Tokenizer, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """The numbers of a text's pieces and their places in characters of the text."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    return encoding.ids, encoding.offsets
