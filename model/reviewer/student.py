"""Trains a student: `python -m reviewer.student OUT [--hold-back 1] [--taught FILE] [--begin student.pt] [--every 20]
[--set name=value …]`."""

import argparse
import json
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
import torch

from . import corpus, examples, figures, learn, network, swaps, vocabulary
from .run import Run, name as run_name


def truth(posts: list[corpus.Post]) -> dict[str, list[float]]:
    """0/1 by head for each post."""
    return {
        post.id: [float(h in post.labels or h == "any" and bool(post.labels)) for h in corpus.HEADS] for post in posts
    }


def recipe_of(recipe: learn.Recipe, changes: list[str]) -> learn.Recipe:
    """The recipe with `name=value` changes."""
    for change in changes:
        name, value = change.split("=")
        setattr(recipe, name, type(getattr(recipe, name))(float(value)))
    return recipe


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("out", type=Path)
    asked.add_argument("--hold-back", type=int, default=None, help="a fifth (1 to 4) to judge on, not learn from")
    asked.add_argument("--layers", type=int, default=6)
    asked.add_argument("--taught", type=Path)
    asked.add_argument("--begin", type=Path, help="a student.pt to go on from; words are taken from their source anew")
    asked.add_argument("--every", type=int, default=1, help="read each so-many-th post only, to try the path")
    asked.add_argument("--set", action="append", default=[])
    given = asked.parse_args()
    recipe = recipe_of(learn.Recipe(), given.set)
    files = [path for path in (given.taught, given.begin) if path]
    run = Run(given.out, run_name(["student", given.hold_back, given.layers, given.every, asdict(recipe)], files))
    if run.is_done:
        print(f"{given.out} is of this very run: left as it is")
        return
    torch.manual_seed(recipe.seed)
    every = corpus.posts("learn", given.every)
    learnt = [post for post in every if not corpus.held_back(post.id, given.hold_back)]
    held = [post for post in every if corpus.held_back(post.id, given.hold_back)]
    words, kept = vocabulary.prune([post.text for post in learnt])
    tokenizer = vocabulary.tokenizer(words)
    gather = partial(
        examples.collate, tokenizer, words.index("[CLS]"), words.index("[SEP]"), words.index("[PAD]")
    )
    if given.taught:
        lines = given.taught.read_text(encoding="utf-8").splitlines()
        made = [examples.Example(**json.loads(line)) for line in lines]
    else:
        learnt += swaps.swapped(learnt, recipe.seed)
        made = [example for post in learnt for example in examples.cut(tokenizer, post)]
    begun = network.student(kept, given.layers, recipe.dropout)
    if given.begin:
        known = torch.load(given.begin, weights_only=True)
        # Other posts have other words; while words are fixed, those of the source are right.
        if not recipe.fixed_words:
            asked.error("--begin takes words from their source, which moved ones are not")
        known = {name: begun.state_dict()[name] if "word_embeddings" in name else value for name, value in known.items()}
        begun.load_state_dict(known)
    trained = learn.learn(begun, made, gather, recipe, words.index("[MASK]"), run)
    torch.save(trained.state_dict(), given.out / "student.pt")
    (given.out / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    if held:
        parts = [example for post in held for example in examples.cut(tokenizer, post)]
        said = learn.logits(trained, parts, gather, weighed=True).numpy()
        ids, best = figures.by_post([part.post for part in parts], said)
        true = truth(held)
        found = figures.summary(best, np.array([true[post] for post in ids]))
        np.savez(given.out / "held.npz", ids=ids, said=best)
        print(json.dumps(found))
    run.end()


if __name__ == "__main__":
    main()
