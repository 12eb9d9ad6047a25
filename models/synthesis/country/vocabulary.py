"""The words of the synthetic country: lists of facts, and names coined from the parts of British place names."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from importlib.resources import files
from random import Random

from address_match.models.synthesis.shares import Shares


class _Surname(Enum):
    COMMON = auto()
    """A British one."""
    COINED = auto()
    """Like a place: HECKERLEY."""
    RARE = auto()


_SURNAMES = Shares({_Surname.COMMON: 0.74, _Surname.COINED: 0.16, _Surname.RARE: 0.1})
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
_VILLAGES = Shares(
    {
        "{name}": 0.5,
        "{head} {name}": 0.22,
        "{name} {tail}": 0.16,
        "{name} {surname}": 0.05,
        "{name}-{hyphened}-{coined}": 0.04,
        "{name} {joined} {coined}": 0.03,
    }
)
"""Forms of the names of villages."""
_VILLAGE_PARTS: Mapping[str, tuple[str, ...]] = {
    "head": _VILLAGE_HEADS,
    "tail": _VILLAGE_TAILS,
    "hyphened": ("ON", "UPON", "IN", "BY", "LE", "UNDER"),
    "joined": ("CUM", "AND", "WITH", "IN", "ON"),
}
_CHAINS = 30
"""Chains of one category."""
_CHAIN_WITH_TRADE = 0.6
"""Share of the chains whose name ends with what they trade in, as HECKERLEY NEWS; the others are HECKERLEYS."""
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
        origin = _SURNAMES.draw(rng)
        if origin is _Surname.COMMON:
            return self.surnames[int(rng.random() ** 1.8 * len(self.surnames))]
        if origin is _Surname.COINED:
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
        form, name = _VILLAGES.draw(rng), self.coin(country, rng)
        return self.fill(form, country, rng, name=name, **_VILLAGE_PARTS)

    def fill(self, form: str, country: str, rng: Random, **given: str | tuple[str, ...]) -> str:
        """Fill a form of names, as {surname} {land}: what stands in braces is drawn from the left to the right.

        It is a category of words, `surname`, `given_name`, `place`, `coined` (a place that does not exist, in the
        manner of the country), or the name of what is `given`: a text stands for itself, of several one is chosen
        evenly.
        """
        return form.format_map(_Words(self, country, rng, given))


@dataclass(frozen=True, slots=True)
class _Words:
    """Draws the words of a form when they are reached."""

    vocabulary: Vocabulary
    country: str
    rng: Random
    given: Mapping[str, str | tuple[str, ...]]

    def __getitem__(self, name: str) -> str:
        vocabulary, rng = self.vocabulary, self.rng
        given = self.given.get(name)
        if given is not None:
            return given if isinstance(given, str) else rng.choice(given)
        if name == "coined":
            return vocabulary.coin(self.country, rng)
        if name == "surname":
            return vocabulary.surname(rng)
        if name == "given_name":
            return vocabulary.given_name(rng)
        if name == "place":
            return vocabulary.place(rng)
        return vocabulary.pick(name, rng)


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
        tails = [
            f" {rng.choice(words[category])}" if rng.random() < _CHAIN_WITH_TRADE else "S" for _ in names
        ]
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
