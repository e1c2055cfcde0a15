"""Cutting a text into what is read at once, exactly as the engine's `semantic::segment` does.

A text of at most `WHOLE` pieces is one segment, as most posts are. In a longer one a segment is a run of whole sentences
of at most `TARGET` pieces, read with up to `AROUND` pieces of what stands before and after it: so an edit costs the
segment it falls in and at times a neighbour, and a risky sentence is not drowned by the harmless ones around it.
"""

from dataclasses import dataclass

from tokenizers import Tokenizer

WHOLE = 80
TARGET = 56
AROUND = 12
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
    total = len(offsets)
    most = WHOLE if total <= WHOLE else TARGET
    runs: list[list[int]] = []
    for start, end in sentences(text, offsets):
        for part in range(start, end, most):
            stop = min(part + most, end)
            if runs and stop - runs[-1][0] <= most:
                runs[-1][1] = stop
            else:
                runs.append([part, stop])
    return [Segment(s, e, max(0, s - AROUND), min(total, e + AROUND)) for s, e in runs]


def read(tokenizer: Tokenizer, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """The numbers of a text's pieces and their places in characters of the text."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    return encoding.ids, encoding.offsets
