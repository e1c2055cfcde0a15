"""Writes the shipped file of weights: `python -m reviewer.export STUDENT OUT [--calibration FILE]`."""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from .corpus import HEADS
from .network import ATTENTION_HEADS
from .weights import from_state


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("student", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--calibration", type=Path)
    given = asked.parse_args()
    state = torch.load(given.student / "student.pt", weights_only=True)
    words = (given.student / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    weights = from_state({name: numbers.numpy() for name, numbers in state.items()}, words, ATTENTION_HEADS)
    if given.calibration:
        found = json.loads(given.calibration.read_text(encoding="utf-8"))
        weights.calibration = np.array([[found[head]["slope"], found[head]["offset"]] for head in HEADS])
    data = weights.bytes()
    given.out.write_bytes(data)
    print(f"{given.out.name}: {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
