"""Posts with who is named exchanged: another party for a party, another group of people for a group.

What is wrong in a post does not hang on which party or group it is about, but writers name some seldom, and then mostly
in anger. A network that reads the same post about others too cannot learn that from a name. No sentence of the check of
equal treatment (`tests/corpus/bias`) is used.
"""

import random
import re

from .corpus import Post

# One party a line: each of its names as it stands before a noun or alone, with its people.
PARTIES = [
    [("Labour", "Labour people")],
    [("Conservative", "Conservatives"), ("Tory", "Tories")],
    [("Liberal Democrat", "Liberal Democrats"), ("Lib Dem", "Lib Dems")],
    [("Green", "Greens")],
    [("Reform UK", "Reform people"), ("Reform", "Reform people")],
    [("Plaid Cymru", "Plaid people"), ("Plaid", "Plaid people")],
    [("SNP", "SNP people")],
    [("DUP", "DUP people")],
    [("UUP", "Ulster Unionists")],
    [("SDLP", "SDLP people")],
    [("Sinn Féin", "Sinn Féin people")],
    [("Alliance", "Alliance people")],
    [("Independent", "Independents")],
]
# Words that are a party's name only before such a noun.
AFTER = r"(?= (?:group|part(?:y|ies)|candidates?|councillors?|cllrs?|leader|team|lot|voters?|members?|motion|amendment|" \
    r"vote|MPs?|MSPs?|administration|colleagues?|leaflets?|manifesto|budget)\b)"  # fmt: skip
DOUBTFUL = {"Green", "Reform", "Alliance", "Independent"}
FAITHS = [
    ("Muslim", "Muslims"), ("Jewish", "Jews"), ("Christian", "Christians"), ("Sikh", "Sikhs"), ("Hindu", "Hindus"),
    ("Catholic", "Catholics"),
]  # fmt: skip
NATIONS = [
    ("Traveller", "Travellers"), ("Polish", "Poles"), ("Romanian", "Romanians"), ("Roma", "Roma people"),
    ("Irish", "Irish people"), ("Bulgarian", "Bulgarians"), ("Somali", "Somalis"),
]  # fmt: skip
# Said of persons only: a disabled bay is no group.
KINDS = [(kind, f"{kind} people") for kind in ("elderly", "disabled", "gay", "trans", "deaf", "unemployed")]
PERSONS = r"(?= (?:people|person|residents?|famil(?:y|ies)|communit(?:y|ies)|volunteers?|couples?|neighbours?|drivers?|" \
    r"lot|folk|men|women|man|woman|kids|parents?|tenants?|members?|groups?)\b)"  # fmt: skip

# One line for each who may be named: the names, each as it stands before a noun and for the people.
Names = list[list[tuple[str, str]]]


def _table(names: Names, follow: dict[str, str]) -> tuple[re.Pattern, dict[str, tuple[int, int, int]]]:
    """What is looked for, and for each found word whose it is, which of its names and in which form."""
    told: dict[str, tuple[int, int, int]] = {}
    for number, ways in enumerate(names):
        for way, forms in enumerate(ways):
            for form, word in enumerate(forms):
                told.setdefault(word, (number, way, form))
                told.setdefault(word.replace("é", "e"), (number, way, form))
    wanted = sorted(told, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(word)}\b{follow.get(word, '')}" for word in wanted)), told


# Who may stand for whom, what is looked for, and whose each found word is.
SETS = [
    (names, *_table(names, follow))
    for names, follow in (
        (PARTIES, dict.fromkeys(DOUBTFUL, AFTER)),
        ([[forms] for forms in FAITHS], {}),
        ([[forms] for forms in NATIONS], {}),
        ([[forms] for forms in KINDS], {kind: PERSONS for kind, _ in KINDS}),
    )
]


def exchanged(post: Post, draw: random.Random) -> Post | None:
    """The post about others, or None where it names none or too many."""
    changes: list[tuple[int, int, str]] = []
    for names, pattern, told in SETS:
        found = [(match.start(), match.end(), told[match.group()]) for match in pattern.finditer(post.text)]
        named = sorted({number for _, _, (number, _, _) in found})
        free = [number for number in range(len(names)) if number not in named]
        # A post that names most of them is about none.
        if len(named) > len(free):
            continue
        instead = dict(zip(named, draw.sample(free, len(named)), strict=True))
        for start, end, (number, way, form) in found:
            ways = names[instead[number]]
            changes.append((start, end, ways[way % len(ways)][form]))
    if not changes:
        return None
    changes.sort()

    text, at, moved = "", 0, []
    for start, end, words in changes:
        text += post.text[at:start]
        moved.append((start, end, len(text), len(text) + len(words)))
        text += words
        at = end
    text += post.text[at:]

    def place(old: int, last: bool) -> int:
        """Where a place of the old text lies in the new one; inside an exchanged word, at its edge."""
        shift = 0
        for start, end, new_start, new_end in moved:
            if old <= start:
                break
            if old < end:
                return new_end if last else new_start
            shift = new_end - end
        return old + shift

    evidence = tuple((place(start, False), place(end, True)) for start, end in post.evidence)
    return Post(post.id, text, post.surface, post.labels, evidence)


def swapped(posts: list[Post], seed: int, times: int = 3) -> list[Post]:
    """For each post that names a party or a group, the same about others, so many times."""
    draw = random.Random(seed)
    made = (exchanged(post, draw) for post in posts for _ in range(times))
    return [post for post in made if post is not None]
