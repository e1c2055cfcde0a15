"""The networks: a transformer, the mean of the judged pieces, and two heads.

One head says how likely each kind of risk is for the whole segment; the other says the same of every piece, so that a
finding can point at words. The student is MiniLM with a pruned vocabulary, the teacher a larger model that is never
shipped.
"""

from pathlib import Path

import torch
from torch import nn
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel
from safetensors.torch import load_file

from .corpus import HEADS
from .vocabulary import SOURCE

POSITIONS = 160
ATTENTION_HEADS = 12


class Reviewer(nn.Module):
    """A backbone and its two heads."""

    def __init__(self, backbone: nn.Module, width: int, dropout: float):
        super().__init__()
        self.backbone = backbone
        self.drop = nn.Dropout(dropout)
        self.whole = nn.Linear(width, len(HEADS))
        self.piece = nn.Linear(width, len(HEADS))

    def forward(
        self, numbers: torch.Tensor, mask: torch.Tensor, judged: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the segments (batch, heads) and of their pieces (batch, pieces, heads)."""
        states = self.backbone(input_ids=numbers, attention_mask=mask).last_hidden_state
        weight = judged.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1).clamp(min=1)
        return self.whole(self.drop(mean)).float(), self.piece(self.drop(states)).float()


def student(kept: list[list[int]], layers: int = 6, dropout: float = 0.1) -> Reviewer:
    """MiniLM with the pieces that were kept."""
    config = BertConfig.from_json_file(SOURCE / "config.json")
    config.num_hidden_layers = layers
    config.hidden_dropout_prob = dropout
    # On one core dropping attention takes a sixth of the time, and fused attention learns half as fast as plain.
    config.attention_probs_dropout_prob = 0.0
    config.vocab_size = len(kept)
    config.max_position_embeddings = POSITIONS
    weights = load_file(SOURCE / "model.safetensors")
    words = "embeddings.word_embeddings.weight"
    weights[words] = torch.stack([weights[words][numbers].mean(0) for numbers in kept])
    places = "embeddings.position_embeddings.weight"
    weights[places] = weights[places][:POSITIONS]
    config._attn_implementation = "eager"
    backbone = BertModel(config, add_pooling_layer=False)
    load(backbone, weights)
    return Reviewer(backbone, config.hidden_size, dropout)


def teacher(source: Path, dropout: float = 0.1) -> Reviewer:
    """The larger model, from its unpacked files."""
    config = MPNetConfig.from_json_file(source / "config.json")
    config.hidden_dropout_prob = dropout
    # On one core dropping attention takes a sixth of the time, and fused attention learns half as fast as plain.
    config.attention_probs_dropout_prob = 0.0
    config._attn_implementation = "eager"
    backbone = MPNetModel(config, add_pooling_layer=False)
    load(backbone, load_file(source / "model.safetensors"))
    return Reviewer(backbone, config.hidden_size, dropout)


def load(backbone: nn.Module, weights: dict[str, torch.Tensor]) -> None:
    """Fill a backbone; what it needs must be there, what else is there must be what it does without."""
    lacking, over = backbone.load_state_dict(weights, strict=False)
    lacking = [name for name in lacking if "position_ids" not in name]
    over = [name for name in over if not name.startswith(("pooler.", "encoder.layer.")) and "position_ids" not in name]
    if lacking or over:
        raise ValueError(f"the source's weights do not fit: lacking {lacking}, over {over}")
