"""The words of the synthetic country: lists of facts, and names coined from the parts of British place names."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

_COMMON_SURNAMES, _COINED_SURNAMES = 0.74, 0.9
"""Bounds of chance: below the first a British surname, below the second one coined like a place, else a rare one."""
_COMPASS = ("NORTH", "SOUTH", "EAST", "WEST")
_VILLAGE_HEADS = (
    "NEW",
    "OLD",
    "GREAT",
    "LITTLE",
    "UPPER",
    "LOWER",
    "HIGH",
    "NETHER",
    "LONG",
    "KINGS",
    "BISHOPS",
    *_COMPASS,
)
_VILLAGE_TAILS = (
    "GREEN",
    "HEATH",
    "COMMON",
    "PARK",
    "HILL",
    "VALE",
    "END",
    "CROSS",
    "MOOR",
    "ST MARY",
    "ST PETER",
    "MAGNA",
    "PARVA",
)
_CHAINS = 30
"""Chains of one category."""
_REGIONAL = {
    "S": (("scottish_prefixes", "scottish_suffixes"), 0.6),
    "N": (("irish_prefixes", "irish_suffixes"), 0.6),
    "W": (("welsh_prefixes", "welsh_suffixes"), 0.5),
}
"""Country: where its coined names are taken from, and how often; else from the English parts."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word lists by category, an entry as often as it weighs; nothing in it is an address."""

    words: dict[str, tuple[str, ...]]
    surnames: tuple[str, ...]
    """British ones, by falling frequency."""
    rare_surnames: tuple[str, ...]
    given_names: tuple[str, ...]
    """By falling frequency."""
    places: tuple[str, ...]
    chains: dict[str, tuple[str, ...]]
    """Names of businesses that many towns have, by category."""

    def pick(self, category: str, rng: Random) -> str:
        """Draw a word of a category."""
        words = self.words[category]
        return words[int(rng.random() * len(words))]

    def surname(self, rng: Random) -> str:
        """Draw a surname, a frequent one more often."""
        chance = rng.random()
        if chance < _COMMON_SURNAMES:
            return self.surnames[int(rng.random() ** 1.8 * len(self.surnames))]
        if chance < _COINED_SURNAMES:
            return self.coin("E", rng)
        return self.rare_surnames[int(rng.random() * len(self.rare_surnames))]

    def given_name(self, rng: Random) -> str:
        """Draw a given name, a frequent one more often."""
        return self.given_names[int(rng.random() ** 2.5 * len(self.given_names))]

    def place(self, rng: Random) -> str:
        """Draw the name of a place, after which streets are called."""
        return self.places[int(rng.random() * len(self.places))]

    def coin(self, country: str, rng: Random) -> str:
        """Coin the name of a place that does not exist, in the manner of a country: HECKERLEY, AUCHTERLAW."""
        parts, share = _REGIONAL.get(country, (("prefixes", "suffixes"), 1.0))
        if rng.random() >= share:
            parts = ("prefixes", "suffixes")
        head, tail = self.pick(parts[0], rng), self.pick(parts[1], rng)
        if head.endswith(tail[0]) and head.endswith(tail[0] * 2):
            tail = tail[1:]
        return head + tail

    def village(self, country: str, rng: Random) -> str:
        """Coin the name of a village or a suburb, of one to three words: HECKERLEY, GREAT HECKERLEY, MAR CUM LYDBY."""
        chance, name = rng.random(), self.coin(country, rng)
        if chance < 0.5:
            return name
        if chance < 0.72:
            return f"{rng.choice(_VILLAGE_HEADS)} {name}"
        if chance < 0.88:
            return f"{name} {rng.choice(_VILLAGE_TAILS)}"
        if chance < 0.93:
            return f"{name} {self.surname(rng)}"
        if chance < 0.97:
            return f"{name}-{rng.choice(('ON', 'UPON', 'IN', 'BY', 'LE', 'UNDER'))}-{self.coin(country, rng)}"
        return f"{name} {rng.choice(('CUM', 'AND', 'WITH', 'IN', 'ON'))} {self.coin(country, rng)}"


def _listed(name: str) -> tuple[str, ...]:
    text = files("address_match.models.synthesis").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _weighted(entries: str) -> tuple[str, ...]:
    words: list[str] = []
    for entry in entries.split(", "):
        word, _, weight = entry.partition("*")
        words.extend([word.strip()] * int(weight or 1))
    return tuple(words)


def _chains(words: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    rng = Random("chains")
    chains: dict[str, tuple[str, ...]] = {}
    for category in ("shops", "food", "health", "trades", "offices", "care"):
        names = [rng.choice(words["prefixes"]) + rng.choice(words["suffixes"]) for _ in range(_CHAINS)]
        tails = [f" {rng.choice(words[category])}" if rng.random() < 0.6 else "S" for _ in names]
        chains[category] = tuple(name + tail for name, tail in zip(names, tails, strict=True))
    return chains


@cache
def vocabulary() -> Vocabulary:
    """Read the word lists, once."""
    categories = (line.split(": ", 1) for line in _listed("words.txt"))
    words = {name: _weighted(entries) for name, entries in categories}
    return Vocabulary(
        words=words,
        chains=_chains(words),
        surnames=tuple(name for line in _listed("british_surnames.txt") for name in line.split()),
        rare_surnames=_listed("surnames.txt"),
        given_names=_listed("given_names.txt"),
        places=_listed("places.txt"),
    )
