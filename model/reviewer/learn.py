"""One training run: examples in, a network with averaged weights out."""

import copy
import math
import os
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from . import figures
from .examples import Example
from .network import Reviewer
from .run import Run


@dataclass
class Recipe:
    """What was chosen by measurement; see model/README.md."""

    rate: float = 1.2e-4
    heads_rate: float = 1e-3
    layer_decay: float = 0.85
    epochs: float = 5.0
    batch: int = 24
    warmup: float = 0.1
    weight_decay: float = 0.01
    smoothing: float = 0.02
    hide: float = 0.15
    pieces: float = 0.3
    average: float = 0.995
    # Words that no post uses must keep their distance to those that do, so words are not moved at all.
    fixed_words: bool = True
    dropout: float = 0.1
    taught: float = 0.5
    seed: int = 1


def groups(network: Reviewer, recipe: Recipe) -> list[dict]:
    """Lower layers learn more slowly: what they know of English is to stay."""
    layers = network.backbone.config.num_hidden_layers
    by_rate: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if recipe.fixed_words and "word_embeddings" in name:
            parameter.requires_grad_(False)
            continue
        if not name.startswith("backbone."):
            rate = recipe.heads_rate
        elif ".layer." in name:
            depth = int(name.split(".layer.")[1].split(".")[0])
            rate = recipe.rate * recipe.layer_decay ** (layers - 1 - depth)
        else:
            rate = recipe.rate * recipe.layer_decay**layers
        decay = recipe.weight_decay if parameter.dim() > 1 else 0.0
        by_rate.setdefault((rate, decay), []).append(parameter)
    return [{"params": ps, "lr": r, "base": r, "weight_decay": d} for (r, d), ps in by_rate.items()]


def batches(examples: list[Example], size: int, draw: random.Random) -> list[list[Example]]:
    """Shuffled batches of windows of like length, so that little is spent on padding."""
    order = examples[:]
    draw.shuffle(order)
    made = []
    for at in range(0, len(order), size * 16):
        pool = sorted(order[at : at + size * 16], key=lambda example: len(example.window))
        made += [pool[i : i + size] for i in range(0, len(pool), size)]
    draw.shuffle(made)
    return made


def loss_of(whole: torch.Tensor, piece: torch.Tensor, batch: dict[str, torch.Tensor], recipe: Recipe) -> torch.Tensor:
    """Labels, evidence and, where a teacher was asked, its word."""
    target = batch["target"] * (1 - 2 * recipe.smoothing) + recipe.smoothing
    weight = batch["weight"]
    hard = F.binary_cross_entropy_with_logits(whole, target, reduction="none").mean(1)
    taught = batch["taught"]
    known = ~taught.isnan().any(1)
    soft = F.binary_cross_entropy_with_logits(whole, taught.nan_to_num().sigmoid(), reduction="none").mean(1)
    # Of what nobody labelled only the teacher has something to say.
    share = torch.where(weight > 0, recipe.taught, 1.0) * known.float()
    total = ((1 - share) * hard * weight + share * soft).mean()
    if recipe.pieces:
        wanted = batch["target"].unsqueeze(1) * batch["marked"].unsqueeze(-1)
        each = F.binary_cross_entropy_with_logits(piece, wanted, reduction="none").mean(-1)
        judged = batch["judged"] * weight.unsqueeze(1)
        total = total + recipe.pieces * (each * judged).sum() / judged.sum().clamp(min=1)
    return total


# Steps between two notes of how far a run has come.
NOTED = 250


def note(file: Path, state: dict) -> None:
    """Write how far a run has come, whole or not at all."""
    part = file.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, file)


def learn(
    network: Reviewer, examples: list[Example], gather, recipe: Recipe, hidden: int, run: Run, say=print
) -> Reviewer:
    """Train and return the running average of the weights. `gather` makes tensors of a batch; `hidden` stands for a
    piece that is hidden from the network. A run of the same name that was cut off goes on from its last note, with the
    same numbers as if it had not been."""
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)
    optimiser = torch.optim.AdamW(groups(network, recipe), betas=(0.9, 0.98), eps=1e-6, fused=True)
    per_epoch = math.ceil(len(examples) / recipe.batch)
    steps = math.ceil(per_epoch * recipe.epochs)
    averaged = copy.deepcopy(network)
    say(f"{len(examples)} examples, {steps} steps, {asdict(recipe)}")
    step, passed, running, skipped = 0, 0.0, 0.0, 0
    known = torch.load(run.begun, weights_only=True) if run.begun.exists() else None
    if known and known["run"] == run.name:
        network.load_state_dict(known["network"])
        averaged.load_state_dict(known["averaged"])
        optimiser.load_state_dict(known["optimiser"])
        draw.setstate(known["draw"])
        torch.set_rng_state(known["chance"])
        step, passed, running, skipped = (known[name] for name in ("step", "passed", "running", "at"))
        say(f"goes on after step {step}")
    began = time.time() - passed
    network.train()
    while step < steps:
        drawn = draw.getstate()
        for at, chosen in enumerate(batches(examples, recipe.batch, draw)):
            if step >= steps:
                break
            if at < skipped:
                continue
            batch = gather(chosen)
            numbers = batch["numbers"]
            away = (torch.rand(numbers.shape) < recipe.hide) & (batch["mask"] == 1)
            away[:, 0] = False
            numbers = torch.where(away, torch.full_like(numbers, hidden), numbers)
            with torch.autocast("cpu", torch.bfloat16):
                whole, piece = network(numbers, batch["mask"], batch["judged"])
            loss = loss_of(whole, piece, batch, recipe)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            done = step / steps
            scale = min(1.0, done / recipe.warmup) if done < recipe.warmup else (1 - done) / (1 - recipe.warmup)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * scale
            optimiser.step()
            keep = min(recipe.average, (step + 1) / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(list(averaged.parameters()), list(network.parameters()), 1 - keep)
            running = loss.item() if step == 0 else 0.98 * running + 0.02 * loss.item()
            step += 1
            if step % 50 == 0 or step == steps:
                say(f"step {step}/{steps} loss {running:.4f} {time.time() - began:.0f}s")
            if step % NOTED == 0 or step == steps:
                state = {
                    "run": run.name, "step": step, "at": at + 1, "running": running, "passed": time.time() - began,
                    "network": network.state_dict(), "averaged": averaged.state_dict(),
                    "optimiser": optimiser.state_dict(), "draw": drawn, "chance": torch.get_rng_state(),
                }  # fmt: skip
                note(run.begun, state)
        skipped = 0
    averaged.eval()
    return averaged


@torch.no_grad()
def logits(network: Reviewer, examples: list[Example], gather, weighed: bool = False, size: int = 64) -> torch.Tensor:
    """What a network says of the segments, in their order; `weighed` as the engine weighs the whole and its pieces."""
    network.eval()
    order = sorted(range(len(examples)), key=lambda at: len(examples[at].window))
    said = torch.zeros(len(examples), network.whole.out_features)
    for at in range(0, len(order), size):
        batch = gather([examples[i] for i in order[at : at + size]])
        with torch.autocast("cpu", torch.bfloat16):
            whole, pieces = network(batch["numbers"], batch["mask"], batch["judged"])
        if weighed:
            judged = zip(whole.numpy(), pieces.numpy(), batch["judged"].numpy() > 0, strict=True)
            whole = torch.from_numpy(np.stack([figures.weighed(one, each[where]) for one, each, where in judged]))
        said[order[at : at + size]] = whole
    return said
