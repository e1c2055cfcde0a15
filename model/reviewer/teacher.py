"""Trains a teacher and writes what it says: `python -m reviewer.teacher SOURCE OUT [--hold-back 1] [--set name=value …]`.

SOURCE is the unpacked folder of all-mpnet-base-v2. OUT gets `taught.jsonl`: for the learnt posts' segments, with the
teacher's logits beside their labels, the same posts about others (`swaps`), and for variations of them that nobody
labelled: sentences of two posts one after the other, and posts with sentences left out. `reviewer.student --taught`
learns from these lines. A run that was cut off goes on where it last noted how far it had come.
"""

import argparse
import json
import random
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from . import corpus, examples, figures, learn, network, swaps, vocabulary
from .run import Run, name as run_name
from .segments import WHOLE, read, sentences
from .student import recipe_of, truth


def variations(tokenizer: Tokenizer, posts: list[corpus.Post], count: int, seed: int) -> list[examples.Example]:
    """Windows that nobody labelled, each at most a segment long."""
    draw = random.Random(seed)
    parts = {}
    for post in posts:
        _, offsets = read(tokenizer, post.text)
        parts[post.id] = [post.text[offsets[s][0] : offsets[e - 1][1]] for s, e in sentences(post.text, offsets)]
    made = []
    while len(made) < count:
        one, other = draw.sample(posts, 2)
        kept = [part for part in parts[one.id] if draw.random() < 0.7]
        if draw.random() < 0.5:
            kept += [part for part in parts[other.id] if draw.random() < 0.4]
        text = " ".join(kept)
        numbers, _ = read(tokenizer, text)
        if 3 <= len(numbers) <= WHOLE and text not in (one.text, other.text):
            made.append(examples.Example("variation", text, (0, len(text)), [], [0.0] * len(corpus.HEADS), 0.0))
    return made


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("source", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--hold-back", type=int, default=None)
    asked.add_argument("--begin", type=Path, help="a teacher.pt to go on from; with `--set epochs=0` it only speaks")
    asked.add_argument("--variations", type=int, default=5000)
    asked.add_argument("--every", type=int, default=1, help="read each so-many-th post only, to try the path")
    asked.add_argument("--set", action="append", default=[])
    given = asked.parse_args()
    recipe = recipe_of(learn.Recipe(rate=6e-5, layer_decay=0.9, epochs=3.0, batch=24, hide=0.1, average=0.98), given.set)
    asked_for = ["teacher", given.hold_back, given.variations, given.every, asdict(recipe)]
    run = Run(given.out, run_name(asked_for, [given.source / "model.safetensors", *([given.begin] if given.begin else [])]))
    if run.is_done:
        print(f"{given.out} is of this very run: left as it is")
        return
    torch.manual_seed(recipe.seed)
    every = corpus.posts("learn", given.every)
    learnt = [post for post in every if not corpus.held_back(post.id, given.hold_back)]
    words, _ = vocabulary.prune([post.text for post in learnt])
    told = learnt + swaps.swapped(learnt, recipe.seed)
    cutter = vocabulary.tokenizer(words)
    own = Tokenizer.from_file(str(given.source / "tokenizer.json"))
    own.no_truncation()
    own.no_padding()
    special = [own.token_to_id(piece) for piece in ("<s>", "</s>", "<pad>")]
    gather = partial(examples.collate, own, *special)
    made = [example for post in told for example in examples.cut(cutter, post)]
    begun = network.teacher(given.source, recipe.dropout)
    if given.begin:
        begun.load_state_dict(torch.load(given.begin, weights_only=True))
    trained = learn.learn(begun, made, gather, recipe, own.token_to_id("<mask>"), run)
    torch.save(trained.state_dict(), given.out / "teacher.pt")
    held = [post for post in every if corpus.held_back(post.id, given.hold_back)]
    if held:
        parts = [example for post in held for example in examples.cut(cutter, post)]
        ids, best = figures.by_post([part.post for part in parts], learn.logits(trained, parts, gather).numpy())
        true = truth(held)
        np.savez(given.out / "held.npz", ids=ids, said=best)
        print(json.dumps(figures.summary(best, np.array([true[post] for post in ids]))), flush=True)
    made += variations(cutter, learnt, given.variations, recipe.seed)
    said = learn.logits(trained, made, gather)
    with (given.out / "taught.jsonl").open("w", encoding="utf-8") as out:
        for example, logits in zip(made, said.tolist(), strict=True):
            out.write(json.dumps({**asdict(example), "taught": [round(number, 3) for number in logits]}) + "\n")
    run.end()
    print(f"taught.jsonl: {len(made)} windows")


if __name__ == "__main__":
    main()
